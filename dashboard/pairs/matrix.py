"""The matrix of joint projects: Uzbek regions down, Kazakh regions across, one cell a pair."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd
from dash import html

from dashboard.figures.marks import NO_DATA_COLOUR, SHADES
from dashboard.figures.theme import css
from dashboard.pairs.view import BY, MatrixView
from dashboard.plain import Plain
from dashboard.regions.links import pair_address, pair_link, region_link
from dashboard.text import Words, speak
from layers import Atlas
from layers.classes import classes
from layers.pairs import frontiers, margins, pairs, region_ids, without_region
from layers.projects import named

NOTHING = "·"


def matrix_finding(atlas: Atlas, words: Words) -> str:
    """How many pairs have a joint project, and what an empty cell does not say."""
    every = pairs(atlas)
    projects = named(atlas.projects)
    return " ".join(
        [
            words.plural(
                "{n} of {all} pairs has a joint project known to our sources.",
                "{n} of {all} pairs have a joint project known to our sources.",
                int(every["count"].gt(0).sum()),
                all=words.number(len(every)),
            ),
            words.plural(
                "{n} of {all} single projects names regions on both sides.",
                "{n} of {all} single projects name regions on both sides.",
                len({project_id for ids in every["projects"] for project_id in ids}),
                all=words.number(len(projects)),
            ),
            words("An empty cell means that our sources know of none, not that there is none."),
        ]
    )


def matrix_notes(atlas: Atlas, words: Words) -> list[str]:
    """How the cells are counted, and what stands outside of them."""
    outside = words.plural(
        "{n} single project names no region and stands outside of the matrix.",
        "{n} single projects name no region and stand outside of the matrix.",
        len(without_region(atlas)),
    )
    return [
        words(
            "A project that names several regions of a side counts in the cell of each, so the cells do not "
            "add up; the last row and column count each project once."
        ),
        outside,
        words("Totals that governments state for many projects are never counted here."),
        words(
            "Values are those stated for single projects, also converted ones and lower bounds, no claims."
        ),
    ]


def toggle(view: MatrixView, words: Words) -> html.P:
    """Two links: what the cells say."""
    links = []
    for code, label in BY.items():
        marked: dict[str, Any] = {"aria-current": "true"} if code == view.by else {}
        links.append(html.A(words(label), href=f"/pairs?by={code}&lang={words.language}", **marked))
    return html.P(links, className="toggle")


# Key: the atlas (one object a data version), the view and the language; the components are never changed.
@lru_cache(maxsize=16)
def matrix(atlas: Atlas, view: MatrixView, language: str) -> Plain:
    """The legend and the table of all pairs."""
    words, every = speak(language), pairs(atlas)
    measured = _measure(every[every["count"].gt(0)], view).dropna()
    edges = classes(measured, 4)
    uzbek, kazakh = region_ids(atlas)
    rows = [_row(one, kazakh, edges, view, atlas, words) for one in uzbek]
    feet = [_foot(True, kazakh, view, atlas, words), _foot(False, kazakh, view, atlas, words)]
    heads = [
        html.Th(html.Span(region_link(one, atlas, words)), scope="col", **{"data-region": one})
        for one in kazakh
    ]
    heads.append(html.Th(html.Span(words("no Kazakh region named")), scope="col", className="edge"))
    heads.append(html.Th(html.Span(words("all, each once")), scope="col"))
    corner = html.Th(html.Span(words("Uzbek region \\ Kazakh region")), scope="col")
    table = html.Table(
        [
            html.Caption(words("Joint projects of each pair of an Uzbek and a Kazakh region")),
            html.Thead(html.Tr([corner, *heads])),
            html.Tbody([*rows, *feet]),
        ],
        className="matrix",
    )
    return Plain(_key(measured, edges, view, words), html.Div(table, className="matrix-box", tabIndex=0))


def _measure(rows: pd.DataFrame, view: MatrixView) -> pd.Series:
    return rows["count"].astype(float) if view.by == "number" else rows["value_usd"] / 1e6


def _shade(value: float, edges: tuple[float, ...]) -> str:
    """The colour of a class; paper white is kept for pairs without a project."""
    if pd.isna(value):
        return NO_DATA_COLOUR
    return SHADES[1 + sum(value > edge for edge in edges)]


def _row(
    uz_region_id: str,
    kazakh: tuple[str, ...],
    edges: tuple[float, ...],
    view: MatrixView,
    atlas: Atlas,
    words: Words,
) -> html.Tr:
    every, shared = pairs(atlas), frontiers(atlas).index
    cells = [
        _cell(
            (uz_region_id, one),
            every.loc[(uz_region_id, one)],
            (uz_region_id, one) in shared,
            edges,
            view,
            atlas,
            words,
        )
        for one in kazakh
    ]
    head = html.Th(region_link(uz_region_id, atlas, words), scope="row")
    return html.Tr([head, *cells, *_margin(uz_region_id, view, atlas, words, "edge")])


def _cell(
    pair: tuple[str, str],
    row: pd.Series,
    has_border: bool,
    edges: tuple[float, ...],
    view: MatrixView,
    atlas: Atlas,
    words: Words,
) -> html.Td:
    """One pair: its number and value, or a dot where no project is known; the whole is said in its label."""
    names = " – ".join(words.name(atlas.regions.loc[one]) for one in pair)
    said = f"{names}: {count_text(row, words)}"
    if has_border:
        said += "; " + words("shared border")
    value = _measure(row.to_frame().T, view).astype(float).iloc[0]
    kind = "" if row["count"] else "none"
    link = html.A(
        _inside(row, view, words),
        href=pair_address(*pair, words),
        title=said,
        className=kind,
        **{"aria-label": said},
    )
    style = {"--shade": css(_shade(value, edges))} if row["count"] else {}
    return html.Td(link, className="border" if has_border else "", style=style)


def _inside(row: pd.Series, view: MatrixView, words: Words) -> Any:
    if not row["count"]:
        return NOTHING
    number, value = words.number(int(row["count"])), _millions(row, words)
    first, second = (number, value) if view.by == "number" else (value or "?", number)
    return [first, html.Small(second)] if second else first


def _millions(row: pd.Series, words: Words) -> str:
    """The value in millions, short enough for a cell, "" where none is stated."""
    if pd.isna(row["value_usd"]):
        return ""
    shown = words.number(round(row["value_usd"] / 1e6))
    return f"≥ {shown}" if row["is_least"] else shown


def count_text(row: pd.Series, words: Words) -> str:
    """How many projects a row has and what is stated of their value, in words."""
    if not row["count"]:
        return words("no project known to our sources")
    counted = words.plural("{n} joint project", "{n} joint projects", int(row["count"]))
    if pd.isna(row["value_usd"]):
        return counted + ", " + words("no value stated")
    value = words.dollars(row["value_usd"])
    value = words("over {amount}", amount=value) if row["is_least"] else value
    return (
        counted
        + ", "
        + words.plural(
            "{value} stated for {n} of them",
            "{value} stated for {n} of them",
            int(row["valued"]),
            value=value,
        )
    )


def _margin(region_id: str, view: MatrixView, atlas: Atlas, words: Words, kind: str = "") -> list[html.Td]:
    """The projects that name this region and none of the other side, and all that name it."""
    row = margins(atlas).loc[region_id]
    alone = words.number(len(row["alone"])) if row["alone"] else NOTHING
    every = _inside(row, view, words)
    return [
        html.Td(html.Span(alone), className=f"margin {kind}".strip()),
        html.Td(html.Span(every), className="margin", title=count_text(row, words)),
    ]


def _foot(is_alone: bool, kazakh: tuple[str, ...], view: MatrixView, atlas: Atlas, words: Words) -> html.Tr:
    """The row of projects that name no Uzbek region, or that of all projects of each Kazakh region."""
    title = words("no Uzbek region named") if is_alone else words("all, each once")
    cells = [_margin(one, view, atlas, words)[0 if is_alone else 1] for one in kazakh]
    nothing = html.Td(html.Span(""), className="margin edge")
    total = words.number(len(named(atlas.projects)) - len(without_region(atlas))) if not is_alone else ""
    last = html.Td(html.Span(total), className="margin")
    head = html.Th(title, scope="row")
    return html.Tr([head, *cells, nothing, last], className="edge" if is_alone else "")


def _key(measured: pd.Series, edges: tuple[float, ...], view: MatrixView, words: Words) -> html.Ul:
    """What colours and signs of the cells mean; classes are named by what is in them."""
    items = [(html.I(NOTHING), words("no project known to our sources"))]
    places = measured.map(lambda value: sum(value > edge for edge in edges))
    for place, values in measured.groupby(places):
        swatch = html.I(style={"--shade": css(SHADES[1 + place])})
        items.append((swatch, _class_name(values, view, words)))
    if view.by == "value":
        items.append(
            (html.I("?", style={"--shade": css(NO_DATA_COLOUR)}), words("project without a stated value"))
        )
    items.append((html.I(className="border"), words("the two regions share a border")))
    small = (
        words("small figure: million USD stated")
        if view.by == "number"
        else words("small figure: number of projects")
    )
    return html.Ul(
        [html.Li([sign, label]) for sign, label in items] + [html.Li(small)], className="matrix-key"
    )


def _class_name(values: pd.Series, view: MatrixView, words: Words) -> str:
    low, high = (words.number(round(end)) for end in (values.min(), values.max()))
    if view.by == "number" and low == high:
        return words.plural("{n} project", "{n} projects", int(values.max()))
    shown = low if low == high else f"{low}–{high}"
    return shown + " " + (words("projects") if view.by == "number" else words("million USD"))


def pairs_with_projects(atlas: Atlas, words: Words) -> html.Ul:
    """The pairs that have a joint project, most projects first, as links."""
    every = pairs(atlas)
    having = every[every["count"].gt(0)].sort_values("count", ascending=False, kind="stable")
    items = [
        html.Li([pair_link(*pair, atlas, words), ": ", count_text(row, words)])
        for pair, row in having.iterrows()
    ]
    return html.Ul(items)
