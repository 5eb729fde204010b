"""The named projects: filters with live counts, totals that open to their rows, bars, and the table."""

from __future__ import annotations

from dash import html

from dashboard import vocabulary
from dashboard.council.names import (
    FACET_TITLES,
    value_name,
    worth_text,
)
from dashboard.council.view import COUNCIL, PortfolioView, address, query_of
from dashboard.export.button import figure_head
from dashboard.plain import Tree, trees
from dashboard.routes.fields import asking, choice, field, form
from dashboard.text import N_, Words
from layers import Atlas
from layers.portfolio import (
    FACETS,
    UNKNOWN,
    ProjectChoice,
    by_facet,
    by_pair,
    chosen,
    offered,
    stated_jobs,
    worth,
)
from layers.projects import named

ASKED = "council-asked"
"""Id of the store that takes what is asked of the portfolio; assets/routes.js writes it."""

BARS = {
    "status": N_("By status"),
    "sector": N_("By sector"),
    "uz": N_("By Uzbek region"),
    "kz": N_("By Kazakh region"),
    "pair": N_("By pair of regions"),
    "year": N_("By year announced"),
}


def portfolio_form(view: PortfolioView, atlas: Atlas, words: Words) -> list[Tree]:
    """A list for each facet; each value says how many projects it would leave."""
    lists = [_list(facet, view.choice, atlas, words) for facet in FACETS]
    fields: list[Tree] = [["div", {"className": "route-fields", "key": "fields"}, *lists]]
    made = form(COUNCIL, ASKED, fields, words("Show"), words)
    if view.choice.active():
        link = asking(words("All projects"), address(COUNCIL, "", words), ASKED, className="all")
        made = [*made, *trees(link)]
    return [made]


def _list(facet: str, picked: ProjectChoice, atlas: Atlas, words: Words) -> Tree:
    left = by_facet(atlas, picked, facet)
    values = _ordered(facet, atlas)
    options = tuple(
        (one, f"{value_name(facet, one, atlas, words)} · {words.number(len(left[one]))}") for one in values
    )
    everything = ("", words("All"))
    return field(
        words(FACET_TITLES[facet]), choice(facet, [("", options)], getattr(picked, facet), everything)
    )


def _ordered(facet: str, atlas: Atlas) -> list[str]:
    """The values of a facet as they are offered: a status is one of a course of things."""
    values = offered(atlas)[facet]
    return [one for one in vocabulary.STATUSES if one in values] if facet == "status" else list(values)


def portfolio_finding(view: PortfolioView, atlas: Atlas, words: Words) -> str:
    """How many projects there are, and of how many a value and jobs are stated."""
    ids, every = chosen(atlas, view.choice), named(atlas.projects)
    if not ids:
        return words("No named project fits this choice.")
    found, jobs = worth(atlas, ids), stated_jobs(atlas, ids)[1]
    counted = words.plural("{n} named project.", "{n} named projects.", len(ids))
    if view.choice.active():
        counted = words.plural(
            "{n} of {all} named projects fits.",
            "{n} of {all} named projects fit.",
            len(ids),
            all=words.number(len(every)),
        )
    parts = [counted]
    parts.append(
        words(
            "{n} of {all} state a value in dollars, {missing} do not; {jobs} state jobs.",
            n=words.number(len(found.valued) + len(found.claimed)),
            all=words.number(len(ids)),
            missing=words.number(len(ids) - len(found.valued) - len(found.claimed)),
            jobs=words.number(len(jobs)),
        )
    )
    return " ".join(parts)


def bars(view: PortfolioView, atlas: Atlas, words: Words) -> html.Div:
    """Numbers and values by facet; a bar leads to its rows."""
    return html.Div([_bars(facet, view.choice, atlas, words) for facet in BARS], className="council-bars")


Groups = dict[tuple[tuple[str, str], ...], tuple[str, ...]]
"""Projects by the facets that a bar sets, each with its value."""


def groups_of(facet: str, picked: ProjectChoice, atlas: Atlas) -> Groups:
    """The bars of a facet in their order."""
    if facet == "pair":
        # Sides without a region are told by the bars of each side.
        return {dict_of(pair): ids for pair, ids in by_pair(atlas, picked).items() if UNKNOWN not in pair}
    left = by_facet(atlas, picked, facet)
    groups = {((facet, one),): left[one] for one in _ordered(facet, atlas)}
    if facet in ("status", "year"):
        return groups
    order = sorted(groups, key=lambda one: (one[0][1] == UNKNOWN, -len(groups[one])))
    return {one: groups[one] for one in order}


def label_of(values: dict[str, str], atlas: Atlas, words: Words) -> str:
    """What a bar is called."""
    return " – ".join(value_name(facet, one, atlas, words) for facet, one in values.items())


def bars_name(facet: str) -> str:
    """The name of the bars of a facet among what the page publishes."""
    return f"by-{facet}"


def _bars(facet: str, picked: ProjectChoice, atlas: Atlas, words: Words) -> html.Div:
    groups = groups_of(facet, picked, atlas)
    # How many name no region is told in digits: its bar would dwarf the others.
    named_ids = [ids for values, ids in groups.items() if UNKNOWN not in dict(values).values()]
    widest = max(map(len, named_ids), default=0) or 1
    items = [
        _bar(dict(values), ids, widest, picked, atlas, words)
        for values, ids in groups.items()
        if ids or _is_chosen(dict(values), picked)
    ]
    title = html.H3(words(BARS[facet]), id=f"council-by-{facet}")
    nothing = html.P(words("none known to our sources"), className="not-known")
    if not any(groups.values()):
        return html.Div([title, html.Ul(items) if items else nothing])
    listed = html.Ul(items, **{"aria-labelledby": f"council-by-{facet}"})
    return html.Div([figure_head(title, bars_name(facet), words), listed])


def dict_of(pair: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """The facets that a pair of regions sets."""
    return (("uz", pair[0]), ("kz", pair[1]))


def _is_chosen(values: dict[str, str], picked: ProjectChoice) -> bool:
    return all(getattr(picked, facet) == one for facet, one in values.items())


def _bar(
    values: dict[str, str],
    ids: tuple[str, ...],
    widest: int,
    picked: ProjectChoice,
    atlas: Atlas,
    words: Words,
) -> html.Li:
    is_chosen, marked = _is_chosen(values, picked), {}
    if is_chosen:
        marked["aria-current"] = "true"
    label = label_of(values, atlas, words)
    width = f"{100 * len(ids) / widest:.1f}%"
    inside = [
        html.Span(("✓ " if is_chosen else "") + label, className="label"),
        html.Span(None if UNKNOWN in values.values() else html.Span(style={"width": width}), className="bar"),
        html.Span(words.number(len(ids)), className="count"),
        html.Small(value_of(ids, atlas, words)),
    ]
    href = address(COUNCIL, query_of(picked.toggled(**values)), words)
    return html.Li(asking(inside, href, ASKED, **marked), key=label)


def value_of(ids: tuple[str, ...], atlas: Atlas, words: Words) -> str:
    """What is stated of the value of these projects, and of how many of them."""
    found = worth(atlas, ids)
    if not found.valued:
        return words("no value stated")
    return words("{value} in {n}", value=worth_text(found, words), n=words.number(len(found.valued)))
