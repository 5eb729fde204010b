"""The priority list: the weights to choose, the finding, the table, and what each score is made of."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html

from dashboard.council.criteria import TITLES, facts, rule_of
from dashboard.council.names import project_link
from dashboard.council.rank_chart import standing_of
from dashboard.council.score_parts import points, score_parts, span
from dashboard.council.view import PRIORITIES, PriorityView, address
from dashboard.free_text import translation_mark
from dashboard.plain import Plain, Tree, trees
from dashboard.routes.fields import hidden
from dashboard.sortable import sortable_table
from dashboard.text import N_, Words
from layers import Atlas
from layers.priorities import BEGUN, EQUAL, HIGHEST, TOP, marks

ASKED = "priorities-asked"
"""Id of the store that takes the weights asked for; assets/routes.js writes it."""

COLUMNS = (
    N_("Place by the middle"),
    N_("Project"),
    N_("Places possible"),
    N_("Score, of 100"),
    N_("Among the first ten: at worst · middle · best"),
)


def rows_of(view: PriorityView, atlas: Atlas) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The lowest and the highest marks of the projects that the view ranks."""
    given = marks(atlas)
    if not view.is_todo:
        return given.low, given.high
    kept = ~atlas.projects.loc[given.low.index, "status"].isin(BEGUN)
    return given.low[kept], given.high[kept]


def weight_form(view: PriorityView, words: Words, made: str = "") -> list[Tree]:
    """A slider for each criterion in an ordinary form; assets/council.js sends it when a slider is let go.

    Another `made` makes all sliders anew, also those that were moved since.
    """
    sliders = [_slider(one, weight, words) for one, weight in view.weights.by_criterion().items()]
    box: dict[str, Any] = {"type": "checkbox", "name": "todo", "value": "1"}
    box |= {"defaultChecked": view.is_todo, "key": f"todo={view.is_todo}"}
    todo = ["label", {"className": "check"}, ["input", box], words("leave out what operates or is completed")]
    send = ["button", {"className": "btn btn-primary"}, words("Show")]
    # An ordinary link: the form stays as it is while sliders move, so only a new page sets them back.
    reset = trees(html.A(words("All weights equal again"), href=address(PRIORITIES, "", words)))
    attributes = {"action": PRIORITIES, "className": "route-form weights", "data-ask": ASKED, "key": made}
    legend = words("How much each criterion counts, 0 (nothing) to {n}", n=words.number(HIGHEST))
    inside = [["fieldset", {}, ["legend", {}, legend], *sliders]]
    return [["form", attributes, *inside, todo, send, " ", *reset, hidden("lang", words.language)]]


def _slider(criterion: str, weight: int, words: Words) -> Tree:
    default = str(EQUAL.by_criterion()[criterion])
    attributes = {
        "type": "range",
        "name": criterion,
        "min": "0",
        "max": str(HIGHEST),
        "step": "1",
        "defaultValue": str(weight),
        "key": f"{criterion}={weight}",
        "data-default": default,
        "aria-label": words(TITLES[criterion]),
    }
    shown = ["output", {"key": f"{criterion}-{weight}"}, str(weight)]
    return [
        "label",
        {"title": rule_of(criterion, words)},
        words(TITLES[criterion]),
        ["input", attributes],
        shown,
    ]


def ranking_finding(ranked: pd.DataFrame, shares: pd.DataFrame, atlas: Atlas, words: Words) -> str:
    """Who comes first and how sure that is, in three sentences."""
    if ranked.empty:
        return words("No named project is to be ranked.")
    first = ranked.iloc[0]
    standings = [standing_of(row) for row in ranked.to_dict("records")]
    firm = int(shares["if_worst"].ge(1).sum())
    return " ".join(
        [
            words(
                "First by the middle: {name}, which may take the places {best} to {worst} of {all}.",
                name=words.name(atlas.projects.loc[ranked.index[0]]),
                best=words.number(int(first["best"])),
                worst=words.number(int(first["worst"])),
                all=words.number(len(ranked)),
            ),
            words(
                "Certain to be among the first {top} whatever is not known: {certain}; may be: {possible}; "
                "cannot be: {never}.",
                top=words.number(TOP),
                **{one: words.number(standings.count(one)) for one in ("certain", "possible", "never")},
            ),
            words.plural(
                "{n} project always stays there when weights vary, even if nothing not known of it counts.",
                "{n} projects always stay there when weights vary, even if nothing not known of them counts.",
                firm,
            ),
        ]
    )


def ranking_table(
    ranked: pd.DataFrame, shares: pd.DataFrame, view: PriorityView, atlas: Atlas, words: Words
) -> Plain:
    """The projects in order; each opens to what its score is made of. The key makes the table anew."""
    titles = [words(title) for title in COLUMNS]
    title = words("Priority list; click a heading to sort, a project to see what its score is made of")
    caption = [title, " ", translation_mark(atlas.projects.loc[ranked.index], "name", words)]
    [(tag, attributes, said, head, body)] = trees(sortable_table(caption, titles, [], "priority-table"))
    parts, varied = _score_parts(ranked, view, atlas, words), shares.to_dict("index")
    lines = [
        _row(project_id, row, varied[project_id], len(ranked), parts[project_id], atlas, words)
        for project_id, row in ranked.to_dict("index").items()
    ]
    box = {"className": "table-box", "tabIndex": 0, "key": view.to_query()}
    return Plain.of([["div", box, [tag, attributes, said, head, [*body, *lines]]]])


def _score_parts(ranked: pd.DataFrame, view: PriorityView, atlas: Atlas, words: Words) -> dict[str, Tree]:
    """What the score of each project is made of, by project_id."""
    given, own = marks(atlas), facts(atlas, words.language)
    low, high = given.low.to_dict("index"), given.high.to_dict("index")
    return {
        project_id: score_parts(row, low[project_id], high[project_id], own[project_id], view, words)
        for project_id, row in ranked.to_dict("index").items()
    }


def _row(
    project_id: str,
    row: dict[str, float],
    share: dict[str, float],
    number: int,
    parts: Tree,
    atlas: Atlas,
    words: Words,
) -> Tree:
    place, best, worst = (words.number(int(row[one])) for one in ("place", "best", "worst"))
    left, width = 100 * (row["best"] - 1) / number, 100 * (row["worst"] - row["best"] + 1) / number
    middle = 100 * (row["place"] - 0.5) / number
    bar = [
        "span",
        {"className": f"range {standing_of(row)}", "aria-hidden": "true"},
        ["i", {"style": {"left": f"{left:.1f}%", "width": f"{width:.1f}%"}}],
        ["b", {"style": {"left": f"{middle:.1f}%"}}],
    ]
    name = trees(project_link(project_id, atlas, words))
    cell = {"className": "amount"}
    # On a phone a row is a card, which says what its figures are.
    score, first = ({"data-title": words(COLUMNS[column])} for column in (3, 4))
    return [
        "tr",
        {"id": project_id},
        ["td", cell | {"data-value": str(int(row["place"]))}, place],
        ["th", {"scope": "row"}, *name, parts],
        ["td", {"data-value": f"{row['best']:.0f}.{row['worst']:03.0f}"}, bar, span(best, worst)],
        ["td", cell | score | {"data-value": str(row["middle"])}, points(row["low"], row["high"], words)],
        ["td", cell | first | {"data-value": str(share["if_middle"])}, _shares(share, words)],
    ]


def _shares(share: dict[str, float], words: Words) -> str:
    shown = [words.percent(100 * float(share[one]), 0) for one in ("if_worst", "if_middle", "if_best")]
    return shown[0] if len(set(shown)) == 1 else " · ".join(shown)
