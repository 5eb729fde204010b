"""What the pages of the Council publish: the projects, the stated totals, the events, the priority list."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np
import pandas as pd

from dashboard.council.agenda_links import AGENDA_PATH
from dashboard.council.criteria import TITLES
from dashboard.council.events import event_cells
from dashboard.council.names import FACET_TITLES, value_name
from dashboard.council.portfolio import (
    BARS,
    Groups,
    bars_name,
    groups_of,
    label_of,
    portfolio_finding,
    value_of,
)
from dashboard.council.published_agenda import agenda_table
from dashboard.council.published_barriers import register
from dashboard.council.rank_chart import (
    RANKS,
    RANKS_TITLE,
    STANDINGS,
    first_of,
    rank_chart,
    rank_signs,
    standing_of,
)
from dashboard.council.ranking import ranking_finding, rows_of
from dashboard.council.statement_chart import statement_chart
from dashboard.council.statements import (
    FIGURE,
    RULES,
    TITLE,
    occasion_notes,
    statement_finding,
    statement_signs,
)
from dashboard.council.story import council_finding
from dashboard.council.totals import NOTES
from dashboard.council.view import COUNCIL, PRIORITIES, PortfolioView, PriorityView
from dashboard.export.cells import Cells
from dashboard.export.kinds import View, chart_of, filter_text, table_of
from dashboard.export.project_cells import project_cells, statement_total_cells
from dashboard.export.publication import PUBLISHERS, Column, Makers, Publication
from dashboard.export.row_cells import cited, texts
from dashboard.figures.charts import Figure, bar_chart
from dashboard.text import N_, Words
from layers import Atlas
from layers.portfolio import UNKNOWN, chosen, worth
from layers.priorities import CRITERIA, EQUAL, in_top, marks, ranking
from layers.projects import dated_statements

LEFT_OPEN = N_("What no source states is left open, so that a project may take several places.")


def council(atlas: Atlas, given: Mapping[str, str], words: Words) -> Makers:
    """The named projects of a choice, and what was stated of all projects together."""
    view = PortfolioView.from_query(given, atlas)
    labels = [
        f"{words(FACET_TITLES[facet])}: {value_name(facet, value, atlas, words)}"
        for facet, value in view.choice.active().items()
    ]
    here = View(atlas, words, COUNCIL + view.to_query(), filter_text(labels, words))
    page = View(atlas, words, COUNCIL)
    groups = {facet: groups_of(facet, view.choice, atlas) for facet in BARS}
    charts = {
        bars_name(facet): partial(_bars, here, facet, own)
        for facet, own in groups.items()
        if any(own.values())
    }
    totals = {FIGURE: partial(_totals, page)} if len(dated_statements(atlas)) else {}
    events = {"events": partial(_events, page)} if len(atlas.council) else {}
    main = {} if view.choice.active() else totals
    return {**main, **charts, "portfolio": partial(_portfolio, here, view), **totals, **events}


def _portfolio(here: View, view: PortfolioView) -> Publication:
    atlas, words = here.atlas, here.words
    rows = atlas.projects.loc[list(chosen(atlas, view.choice))]
    return table_of(
        here,
        project_cells(rows, atlas, words),
        words("Named joint projects"),
        cited(rows),
        name="portfolio",
        subtitle=portfolio_finding(view, atlas, words),
        notes=(words(NOTES[1]),),
    )


def _bars(here: View, facet: str, groups: Groups) -> Publication:
    """How many projects each value has; how many name none is told in words, as on the page."""
    atlas, words = here.atlas, here.words
    kept = {values: ids for values, ids in groups.items() if ids}
    unknown = [dict(values) for values in kept if UNKNOWN in dict(values).values()]
    told = [
        f"{label_of(values, atlas, words)}: {words.number(len(kept[tuple(values.items())]))}."
        for values in unknown
    ]
    ids = tuple(dict.fromkeys(one for own in kept.values() for one in own))
    return chart_of(
        here,
        lambda: _bar_figure(kept, atlas, words),
        words("Named joint projects: {how}", how=words(BARS[facet])),
        _bar_cells(facet, kept, atlas, words),
        cited(atlas.projects.loc[list(ids)]),
        name=bars_name(facet),
        notes=(*told, words(NOTES[0])),
        stretches=False,
    )


def _bar_figure(groups: Groups, atlas: Atlas, words: Words) -> Figure:
    drawn = {values: ids for values, ids in groups.items() if UNKNOWN not in dict(values).values()}
    count = [len(ids) for ids in drawn.values()]
    bars = pd.DataFrame(
        {
            "id": [" ".join(value for _, value in values) for values in drawn],
            "name": [label_of(dict(values), atlas, words) for values in drawn],
            "low": count,
            "high": count,
            "shown": [words.number(n) for n in count],
            "said": [value_of(ids, atlas, words) for ids in drawn.values()],
        }
    )
    return bar_chart(bars, words, is_sorted=False)


def _bar_cells(facet: str, groups: Groups, atlas: Atlas, words: Words) -> Cells:
    found = [worth(atlas, ids) for ids in groups.values()]
    label = words(FACET_TITLES.get(facet, BARS[facet]))
    return [
        (Column("code", words("Id")), ["; ".join(value for _, value in values) for values in groups]),
        (Column("value", label), [label_of(dict(values), atlas, words) for values in groups]),
        (Column("projects", words("Number"), words("projects")), [len(ids) for ids in groups.values()]),
        (
            Column("stated_value", words("Sum of the stated values"), "USD"),
            [one.value_usd if one.valued else None for one in found],
        ),
        (Column("with_value", words("Projects with a stated value")), [len(one.valued) for one in found]),
        (
            Column("value_is_least", words("The value is a lower bound")),
            [words("yes") if one.is_least else "" for one in found],
        ),
        (Column("project_ids", words("Projects")), ["; ".join(ids) for ids in groups.values()]),
    ]


def _totals(here: View) -> Publication:
    atlas, words, rows = here.atlas, here.words, dated_statements(here.atlas)
    return chart_of(
        here,
        lambda: statement_chart(rows, words),
        words(TITLE),
        statement_total_cells(rows, atlas, words),
        cited(rows),
        name=FIGURE,
        subtitle=statement_finding(rows, words),
        signs=statement_signs(rows[rows["value_usd"].notna()], words),
        notes=(words(RULES[0]), *occasion_notes(rows, words)),
    )


def _events(here: View) -> Publication:
    atlas, words, rows = here.atlas, here.words, here.atlas.council
    return table_of(
        here,
        event_cells(rows, atlas, words),
        words("The Council of Heads of Regions: how it came about"),
        cited(rows),
        name="events",
        subtitle=council_finding(atlas, words),
    )


def priorities(atlas: Atlas, given: Mapping[str, str], words: Words) -> Makers:
    """The ranking of the projects by a reader's weights; nothing where nothing is ranked."""
    view = PriorityView.from_query(given)
    if not view.weights.total or rows_of(view, atlas)[0].empty:
        return {}
    labels = []
    if view.weights != EQUAL:
        weights = view.weights.by_criterion().items()
        listed = ", ".join(f"{words(TITLES[one])} {weight}" for one, weight in weights)
        labels.append(words("Weights: {list}.", list=listed))
    only = filter_text([words("what neither operates nor is completed")] if view.is_todo else [], words)
    here = View(atlas, words, PRIORITIES + view.to_query(), (*labels, *only))
    return {RANKS: partial(_ranks, here, view)}


def _ranks(here: View, view: PriorityView) -> Publication:
    atlas, words = here.atlas, here.words
    low, high = rows_of(view, atlas)
    ranked, shares = ranking(low, high, view.weights), in_top(low, high, view.weights)
    drawn = first_of(ranked)
    only = words("The first {n} of {all} projects; the table has all.", n=len(drawn), all=len(ranked))
    return chart_of(
        here,
        lambda: rank_chart(drawn, atlas, words, len(ranked), lines=2),
        words("Named joint projects: {how}", how=words(RANKS_TITLE)),
        rank_cells(ranked, shares.loc[ranked.index], atlas, words),
        cited(atlas.projects.loc[ranked.index]),
        name=RANKS,
        subtitle=ranking_finding(ranked, shares, atlas, words),
        signs=rank_signs(words),
        notes=(words(LEFT_OPEN), *([only] if len(drawn) < len(ranked) else [])),
        stretches=False,
    )


def rank_cells(ranked: pd.DataFrame, shares: pd.DataFrame, atlas: Atlas, words: Words) -> Cells:
    """The ranked projects with their scores, how sure their place is, and both marks of each criterion."""
    rows, given = atlas.projects.loc[ranked.index], marks(atlas)
    ends = {"low": (given.low, words("at worst")), "high": (given.high, words("at best"))}
    scores = {"low": words("lowest"), "middle": words("middle"), "high": words("highest")}
    cases = {"if_worst": words("at worst"), "if_middle": words("middle"), "if_best": words("at best")}
    return [
        (Column("project_id", words("Id")), rows.index),
        (Column("project", words("Project")), texts(rows, "name", words)),
        (Column("place", words("Place by the middle")), ranked["place"]),
        (Column("best_place", words("Best place possible")), ranked["best"]),
        (Column("worst_place", words("Worst place possible")), ranked["worst"]),
        (
            Column("standing", words("Among the first ten")),
            [words(STANDINGS[standing_of(row)]) for row in ranked.to_dict("records")],
        ),
        *(
            (Column(f"score_{one}", f"{words('Score, of 100')}, {name}"), np.round(100 * ranked[one], 1))
            for one, name in scores.items()
        ),
        *(
            (
                Column(f"first_ten_{one}", f"{words('Among the first ten as weights vary')}, {name}", "%"),
                np.round(100 * shares[one], 1),
            )
            for one, name in cases.items()
        ),
        *(
            (
                Column(f"{criterion}_{end}", f"{words(TITLES[criterion])}, {name}"),
                own.loc[rows.index, criterion].round(3),
            )
            for criterion in CRITERIA
            for end, (own, name) in ends.items()
        ),
        (Column("source_ids", words("Sources")), ["; ".join(ids) for ids in rows["source_ids"]]),
    ]


PUBLISHERS[COUNCIL] = council
PUBLISHERS[PRIORITIES] = priorities
PUBLISHERS["/council/barriers"] = register
PUBLISHERS[AGENDA_PATH] = agenda_table
