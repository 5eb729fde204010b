"""What differs between two versions of the data, as a reader sees it: old beside new, with the sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import pandas as pd
from dash import html

from dashboard.evidence.columns import column_label, column_language
from dashboard.evidence.names import english, row_link, table_label
from dashboard.plain import Plain
from dashboard.sourced import source_list
from dashboard.text import N_, Words, speak
from layers import Atlas
from layers.changes import SIGNS, changes, counts
from layers.versions import Version, version_now, version_of, versions_of

NOW = "now"
A_PAGE = 150
LONGEST_CELL = 400
KNOWN = ("lang", "theme")
SAID = {"added": N_("added"), "removed": N_("removed"), "changed": N_("changed")}
WHOLE = {
    "column-added": N_("The column “{name}” is new."),
    "column-removed": N_("The column “{name}” is gone."),
    "table-added": N_("The whole table is new: {n} rows."),
    "table-removed": N_("The whole table is gone: {n} rows."),
}
SEVERAL = {
    "column-added": N_("New columns: {names}."),
    "column-removed": N_("Columns that are gone: {names}."),
}


@dataclass(frozen=True)
class ChangesView:
    """Two versions by name, a table ("" for all) and a page; `ignored` names what a link has in vain."""

    before: str = ""
    after: str = NOW
    table: str = ""
    page: int = 1
    ignored: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def from_query(cls, query: Mapping[str, Any], atlas: Atlas) -> ChangesView:
        """The view of `?from=…&to=…&table=…&page=…`; without a `from` it is the newest earlier version."""
        found = versions_of(atlas)
        kept = [one.name for one in found]
        earlier = next((one.name for one in found if one.version != atlas.version), kept[0] if kept else "")
        allowed = {"from": kept, "to": [NOW, *kept]}
        chosen = {"from": earlier, "to": NOW, "table": "", "page": "1"}
        ignored = []
        for name, value in query.items():
            text = str(value)
            fits = (
                text in allowed[name]
                if name in allowed
                else name == "table" and text.replace("_", "").replace(".", "").isalnum() and len(text) < 40
            )
            if fits or (name == "page" and text.isascii() and text.isdigit() and 0 < int(text[:4]) < 1000):
                chosen[name] = text
            elif name not in KNOWN and text:
                ignored.append(f"{name[:40]}={text[:40]}")
        page = int(chosen["page"][:4])
        return cls(chosen["from"], chosen["to"], chosen["table"], page, tuple(ignored[:5]))

    def address(self, words: Words, **other: Any) -> str:
        """The address of this view with some parts changed."""
        parts = {"from": self.before, "to": self.after, "table": self.table, "page": self.page} | other
        rest = {name: value for name, value in parts.items() if value not in ("", NOW, 1)}
        return "/changes?" + urlencode({**rest, "lang": words.language})


def version_called(name: str, atlas: Atlas) -> Version:
    """The version of this name; LookupError where none of this name is kept."""
    if name == NOW:
        return version_now(atlas)
    for one in versions_of(atlas):
        if one.name == name:
            return version_of(one)
    raise LookupError(name)


def title_of(name: str, atlas: Atlas, words: Words) -> str:
    """What a version is called: its day and number."""
    if name == NOW:
        return words("now (version {version})", version=atlas.version)
    day, version = name[:10], name[11:]
    return words("{date} (version {version})", date=words.date(day), version=version)


def found_between(view: ChangesView, atlas: Atlas) -> pd.DataFrame:
    """All differences of the two versions of a view."""
    return changes(version_called(view.before, atlas), version_called(view.after, atlas))


def finding(found: pd.DataFrame, view: ChangesView, atlas: Atlas, words: Words) -> str:
    """How much differs, in a sentence."""
    ends = {"a": title_of(view.before, atlas, words), "b": title_of(view.after, atlas, words)}
    if found.empty:
        return words("Nothing differs between {a} and {b}.", **ends)
    total = counts(found).sum()
    said = [
        words.plural("{n} row was added", "{n} rows were added", int(total["added"])),
        words.plural("{n} row was removed", "{n} rows were removed", int(total["removed"])),
        words.plural("{n} row was changed", "{n} rows were changed", int(total["changed"])),
    ]
    return words("Between {a} and {b}: {list}.", list=", ".join(said), **ends)


def choose_form(view: ChangesView, atlas: Atlas, words: Words) -> Plain:
    """The two versions to compare; an ordinary form."""
    kept = [(one.name, title_of(one.name, atlas, words)) for one in versions_of(atlas)]
    ends = [(NOW, title_of(NOW, atlas, words)), *kept]
    fields = [
        ["label", {}, words("From the version"), _select("from", kept, view.before)],
        ["label", {}, words("To the version"), _select("to", ends, view.after)],
        ["input", {"type": "hidden", "name": "lang", "value": words.language}],
        ["button", {"className": "btn btn-primary"}, words("Compare")],
    ]
    return Plain.of([["form", {"action": "/changes", "className": "choices"}, *fields]])


def _select(name: str, options: list[tuple[str, str]], value: str) -> list[Any]:
    inside = [["option", {"value": code}, label] for code, label in options]
    return ["select", {"name": name, "defaultValue": value, "className": "form-select"}, *inside]


def table_links(found: pd.DataFrame, view: ChangesView, words: Words) -> html.Div:
    """How many rows of each table came, went and changed; a table's name leads to its differences."""
    counted = counts(found)
    names = list(dict.fromkeys(found["table"]))
    heads = [words("Table"), *(words(label) for label in SAID.values())]
    rows = []
    for name in names:
        marked: dict[str, Any] = {"aria-current": "true"} if name == view.table else {}
        link = html.A(table_name(name, words), href=view.address(words, table=name, page=1), **marked)
        numbers = [int(counted.at[name, kind]) if name in counted.index else 0 for kind in SIGNS]
        cells = [html.Td(words.number(n) if n else "–", className="amount") for n in numbers]
        rows.append(html.Tr([html.Th(link, scope="row"), *cells]))
    table = html.Table(
        [
            html.Caption(words("Differences by table")),
            html.Thead(html.Tr([html.Th(head, scope="col") for head in heads])),
            html.Tbody(rows),
        ],
        className="change-counts",
    )
    return html.Div(table, className="table-box", tabIndex=0)


def table_name(table: str, words: Words) -> str:
    """What the rows of a table are called."""
    return {
        "sources": words("sources"),
        "countries": words("countries"),
        "corridor_variants": words("ways from end to end"),
        "nodes": words("places on the network"),
        "cities": words("cities"),
    }.get(table) or table_label(table, "source_ids", words)


# Key: the atlas (one object a data version), the view and the language; the components are never changed.
@lru_cache(maxsize=32)
def differences(atlas: Atlas, view: ChangesView, language: str) -> Plain:
    """The counts by table, and the differences of one page."""
    words, found = speak(language), found_between(view, atlas)
    rows = found[found["table"].eq(view.table)] if view.table else found
    first = (view.page - 1) * A_PAGE
    shown = rows.iloc[first : first + A_PAGE]
    parts: list[Any] = [table_links(found, view, words)]
    if view.table:
        parts.append(html.P(html.A(words("All tables"), href=view.address(words, table="", page=1))))
    if shown.empty:
        parts.append(html.P(words("There is no difference to show here.")))
    for name, own in shown.groupby("table", sort=False):
        parts += [html.H2(table_name(str(name), words)), _list(own, atlas, words)]
    return Plain(*parts, _pages(len(rows), view, words))


def _list(rows: pd.DataFrame, atlas: Atlas, words: Words) -> html.Div:
    """The differences of one table: what of a whole table or column, then row by row."""
    whole = rows[rows["change"].isin(WHOLE)]
    told = [html.P(_whole(own, words)) for _, own in whole.groupby("change", sort=False)]
    single = rows[rows["change"].isin(SIGNS)]
    if single.empty:
        return html.Div(told)
    titles = [words(t) for t in (N_("Row"), N_("What changed"), N_("Before"), N_("After"), N_("Sources"))]
    bodies = [html.Tbody(_cells(own, atlas, words)) for _, own in single.groupby("row_id", sort=False)]
    head = html.Thead(html.Tr([html.Th(title, scope="col") for title in titles]))
    table = html.Table([head, *bodies], className="changes")
    return html.Div([*told, html.Div(table, className="table-box", tabIndex=0)])


def _whole(rows: pd.DataFrame, words: Words) -> str:
    """That a table came or went, or in one sentence all its columns that did."""
    first, names = rows.iloc[0], [column_label(column, words) for column in rows["column"]]
    if len(rows) > 1:
        return words(SEVERAL[first["change"]], names="; ".join(names))
    return words(WHOLE[first["change"]], name=names[0], n=first["old"] or first["new"])


def _cells(rows: pd.DataFrame, atlas: Atlas, words: Words) -> list[html.Tr]:
    """The lines of one row of the data, its name once."""
    first = rows.iloc[0]
    head = html.Th(
        [row_name(first, atlas, words), html.Small([" ", first["row_id"]])],
        rowSpan=len(rows),
        scope="rowgroup",
    )
    lines = []
    for _, row in rows.iterrows():
        label = column_label(row["column"], words) if row["column"] else words(SAID[row["change"]])
        label = words("geometry") if row["column"] == "geometry" else label
        language = column_language(row["column"], row["table"])
        ids = row["new_source_ids"] or row["old_source_ids"]
        known = [one for one in ids if one in atlas.sources.index]
        cited = html.Details([html.Summary(", ".join(ids)), source_list(known, atlas, words)]) if ids else "–"
        lines.append(
            [
                html.Td(label, className=f"change {row['change']}"),
                html.Td(html.Del(_value(row["old"], row["column"], words), lang=language)),
                html.Td(html.Ins(_value(row["new"], row["column"], words), lang=language)),
                html.Td(cited),
            ]
        )
    lines[0].insert(0, head)
    return [html.Tr(line) for line in lines]


def _value(text: str, column: str, words: Words) -> Any:
    """A cell as it stands in the table; an empty one says so where the row has it."""
    if not text:
        return html.Span(words("empty"), lang=words.language, className="not-known") if column else ""
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def row_name(row: Mapping[str, Any], atlas: Atlas, words: Words) -> Any:
    """The row's name in the reader's language where the atlas still has it, else as the version had it."""
    frame = getattr(atlas, row["table"], None)
    if isinstance(frame, pd.DataFrame) and row["row_id"] in frame.index:
        return row_link(row["table"], row["row_id"], atlas, words)
    return english(row["old"] or row["new"] or row["row_id"], words)


def _pages(total: int, view: ChangesView, words: Words) -> html.Nav | None:
    last = -(-total // A_PAGE)
    if last <= 1:
        return None
    links = []
    for number in range(1, last + 1):
        marked: dict[str, Any] = {"aria-current": "page"} if number == view.page else {}
        links.append(html.Li(html.A(words.number(number), href=view.address(words, page=number), **marked)))
    return html.Nav(html.Ul(links), className="tabs", **{"aria-label": words("Pages of the list")})
