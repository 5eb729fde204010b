"""Which barriers a reader looks at, and the register as a list: the form, the counts, the table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pandas as pd
from dash import html

from dashboard import vocabulary
from dashboard.council.barrier_words import UNTOLD, short_effect
from dashboard.free_text import translation_mark
from dashboard.plain import Plain
from dashboard.sortable import sortable_table
from dashboard.sourced import computed, sourced
from dashboard.text import N_, Words, speak
from layers import Atlas
from layers.barrier_times import asked_ways
from layers.barriers import Effect, Untold, country_of, effect_of, effects
from layers.corridors import with_branches

PATH = "/council/barriers"
KNOWN = ("lang", "theme", "show", "data", "camera")
COLUMNS = (
    N_("Barrier"),
    N_("Kind"),
    N_("Corridor"),
    N_("Place"),
    N_("What the source measured"),
    N_("Ways that get shorter without it"),
)
NO_PLACE = "none"
"""The country of barriers that have no single place."""

HOW = N_(
    "Ways between the centres of all regions and the nearest of each kind of gateway, between all pairs of "
    "an Uzbek and a Kazakh region, and between the ends of the stated ways of the corridors, with what the "
    "network counts at this place taken away. Hours follow the assumptions of the page of routes."
)


@dataclass(frozen=True)
class BarriersView:
    """A corridor, a kind and a country, "" for all; the barrier that is opened, "" for none; `ignored` names
    the parts of a link that mean nothing here."""

    corridor_id: str = ""
    kind: str = ""
    country: str = ""
    barrier_id: str = ""
    ignored: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def from_query(cls, query: str | Mapping[str, Any], atlas: Atlas) -> BarriersView:
        """The view of `?corridor=…&kind=…&country=…&barrier=…`; what means nothing goes into `ignored`."""
        given = dict(query) if isinstance(query, Mapping) else dict(parse_qsl(query.lstrip("?")[:1000]))
        allowed = {
            "corridor": set(atlas.corridors.index),
            "kind": set(vocabulary.BARRIER_KINDS),
            "country": {*country_of(atlas), NO_PLACE} - {""},
            "barrier": set(atlas.barriers.index),
        }
        chosen, ignored = dict.fromkeys(allowed, ""), []
        for name, value in given.items():
            text = str(value[-1] if isinstance(value, list) and value else value)
            if name in allowed and text in allowed[name]:
                chosen[name] = text
            elif name not in KNOWN and not (name in allowed and text == ""):
                ignored.append(f"{name[:40]}={text[:40]}")
        return cls(*(chosen[name] for name in allowed), tuple(ignored[:5]))

    def to_query(self) -> str:
        """The URL query without what is not chosen."""
        parts = {
            "corridor": self.corridor_id,
            "kind": self.kind,
            "country": self.country,
            "barrier": self.barrier_id,
        }
        pairs = [(name, value) for name, value in parts.items() if value]
        return "?" + urlencode(pairs) if pairs else ""

    def address(self, words: Words, **changes: str) -> str:
        """The address of this view, or of one that differs from it."""
        query = replace(self, **changes).to_query()
        return f"{PATH}{query}{'&' if query else '?'}lang={words.language}"

    def barriers(self, atlas: Atlas) -> pd.DataFrame:
        """The barriers of the view, in the order of the table."""
        rows, country = atlas.barriers, country_of(atlas)
        fits = pd.Series(True, index=rows.index)
        if self.corridor_id:
            fits &= rows["corridor_id"].isin(with_branches(atlas.corridors, [self.corridor_id]))
        if self.kind:
            fits &= rows["kind"].eq(self.kind)
        if self.country:
            fits &= country.eq("" if self.country == NO_PLACE else self.country)
        return rows[fits]


def barrier_address(barrier_id: str, words: Words) -> str:
    return f"{PATH}?barrier={barrier_id}&lang={words.language}"


def finding(view: BarriersView, atlas: Atlas, words: Words, waits: bool = False) -> str:
    """How many barriers of which kinds there are, and which one lengthens most ways.

    What is not computed yet is left out, unless the reader `waits` for it.
    """
    rows = view.barriers(atlas)
    if rows.empty:
        return words("No barrier of this choice is known to our sources.")
    kinds = rows["kind"].value_counts()
    listed = ", ".join(
        f"{words(vocabulary.BARRIER_KINDS[one])} {words.number(n)}" for one, n in kinds.items()
    )
    said = [
        words.plural(
            "{n} barrier on {corridors}: {kinds}.",
            "{n} barriers on {corridors}: {kinds}.",
            len(rows),
            corridors=words.plural("{n} corridor", "{n} corridors", rows["corridor_id"].nunique()),
            kinds=listed,
        )
    ]
    known = {one: effect_of(atlas, one) for one in rows.index} if waits else effects(atlas)
    return " ".join([*said, *_worst(rows, known, atlas, words)])


def _worst(rows: pd.DataFrame, known: Mapping[str, Effect | Untold], atlas: Atlas, words: Words) -> list[str]:
    """Which barrier most ways would be shorter without, once all are computed."""
    if any(one not in known for one in rows.index):
        return []
    counts = {one: len(found.ways) for one in rows.index if isinstance(found := known[one], Effect)}
    said = [
        words.plural(
            "Of {n} of them the network can say what it costs.",
            "Of {n} of them the network can say what they cost.",
            len(counts),
        )
    ]
    if counts and (most := max(counts.values())):
        worst = max(counts, key=counts.get)
        row = atlas.barriers.loc[worst]
        said.append(
            words(
                "Most ways, {n} of {all}, get shorter without {id}, {place} ({kind}).",
                id=worst,
                kind=words(vocabulary.BARRIER_KINDS[row["kind"]]),
                place=words.name(atlas.nodes.loc[row["node_id"]]),
                n=words.number(most),
                all=words.number(len(asked_ways(atlas))),
            )
        )
    return said


def choose_form(view: BarriersView, atlas: Atlas, words: Words) -> Plain:
    """Corridor, kind and country to choose; an ordinary form, whose answer is another address."""
    rows = atlas.barriers
    own = [
        one
        for one in atlas.corridors.index
        if rows["corridor_id"].isin(with_branches(atlas.corridors, [one])).any()
    ]
    kinds = rows["kind"].value_counts()
    codes = country_of(atlas)
    named = sorted(((one, words.name(atlas.countries.loc[one])) for one in set(codes) - {""}), key=_by_name)
    none = [(NO_PLACE, words("no single place"))] if codes.eq("").any() else []
    fields = {
        "corridor": (words("Corridor"), [(one, words.name(atlas.corridors.loc[one])) for one in own]),
        "kind": (
            words("Kind"),
            [(one, f"{words(vocabulary.BARRIER_KINDS[one])} ({n})") for one, n in kinds.items()],
        ),
        "country": (words("Country of the place"), [*named, *none]),
    }
    now = {"corridor": view.corridor_id, "kind": view.kind, "country": view.country}
    parts = [
        ["label", {}, label, _select(name, [("", words("all")), *options], now[name])]
        for name, (label, options) in fields.items()
    ]
    parts.append(["input", {"type": "hidden", "name": "lang", "value": words.language}])
    parts.append(["button", {"className": "btn btn-primary"}, words("Show")])
    return Plain.of([["form", {"action": PATH, "className": "choices"}, *parts]])


def _by_name(pair: tuple[str, str]) -> str:
    return pair[1].casefold()


def _select(name: str, options: list[tuple[str, str]], value: str) -> list[Any]:
    inside = [["option", {"value": code}, label] for code, label in options]
    return ["select", {"name": name, "defaultValue": value, "className": "form-select"}, *inside]


# Key: the atlas (one object a data version), the view, the language and whether all effects are known.
@lru_cache(maxsize=64)
def _table(atlas: Atlas, view: BarriersView, language: str, is_known: bool) -> Plain:
    words = speak(language)
    rows = [_row(one, row, view, is_known, atlas, words) for one, row in view.barriers(atlas).iterrows()]
    if not rows:
        return Plain(
            html.P(words("No barrier of this choice is known to our sources."), className="not-known")
        )
    caption = words("Barriers; click a heading to sort, a barrier to see which ways it lengthens")
    caption = [caption, " ", translation_mark(atlas.barriers, "description", words)]
    table = sortable_table(caption, [words(one) for one in COLUMNS], rows, "barriers-table")
    wait = words("Which ways each of them lengthens is being computed: open the page again in a moment.")
    note = [] if is_known else [html.P(wait, className="note")]
    return Plain(*note, html.Div(table, className="table-box", tabIndex=0))


def barriers_table(atlas: Atlas, view: BarriersView, words: Words) -> Plain:
    """The barriers of the view, sortable; pointing at a row lights its place up on the map."""
    known = effects(atlas)
    is_known = all(one in known for one in atlas.barriers.index)
    return _table(atlas, replace(view, barrier_id=""), words.language, is_known)


def _row(
    barrier_id: str, row: pd.Series, view: BarriersView, is_known: bool, atlas: Atlas, words: Words
) -> html.Tr:
    address = view.address(words, barrier_id=barrier_id)
    text, language = words.text_and_language(row, "description")
    link = html.A(text, href=address, lang=language)
    head = html.Th([html.Small(barrier_id), " ", link], scope="row")
    cells = _cells(atlas, barrier_id, words.language, is_known)
    if not is_known:
        cells = (*cells, html.Td(html.A(words("compute"), href=address), **{"data-value": ""}))
    return html.Tr([head, *cells], **light(row, atlas))


# Key: the atlas (one object a data version), the barrier, the language; the cells are never changed.
@lru_cache(maxsize=512)
def _cells(atlas: Atlas, barrier_id: str, language: str, is_known: bool) -> tuple[html.Td, ...]:
    """What a row holds beside its link, which depends on the view."""
    words, row = speak(language), atlas.barriers.loc[barrier_id]
    text, text_language = words.text_and_language(row, "severity_basis")
    measured = sourced(text, row["source_ids"], atlas, words) if text else "–"
    return (
        html.Td(words(vocabulary.BARRIER_KINDS[row["kind"]])),
        html.Td(html.A(corridor_name(row, atlas, words), href=_corridor(row, words))),
        html.Td(place_of_barrier(row, atlas, words)),
        html.Td(measured, lang=text_language),
        *([_effect_cell(barrier_id, atlas, words)] if is_known else []),
    )


def _effect_cell(barrier_id: str, atlas: Atlas, words: Words) -> html.Td:
    """How many ways get shorter; of what the network cannot tell, why."""
    found = effect_of(atlas, barrier_id)
    if not isinstance(found, Effect):
        return html.Td(html.Small(words(UNTOLD[found.why])), **{"data-value": ""})
    shown = computed(short_effect(found, atlas, words), words(HOW), words)
    return html.Td(shown, className="amount", **{"data-value": str(len(found.ways))})


def corridor_name(row: pd.Series, atlas: Atlas, words: Words) -> str:
    """The name of a barrier's corridor."""
    return words.name(atlas.corridors.loc[row["corridor_id"]])


def _corridor(row: pd.Series, words: Words) -> str:
    return f"/corridors/{row['corridor_id']}?lang={words.language}"


def place_of_barrier(row: pd.Series, atlas: Atlas, words: Words) -> Any:
    """The place as a button for its card, or that it is the whole corridor."""
    if not row["node_id"]:
        return words("whole corridor")
    name, language = words.name_and_language(atlas.nodes.loc[row["node_id"]])
    chosen = {"data-choose": f"node:{row['node_id']}"}
    return html.Button(name, type="button", className="choose", lang=language, **chosen)


def light(row: pd.Series, atlas: Atlas) -> dict[str, str]:
    """What makes a row light its place up on the map."""
    if not row["node_id"]:
        return {"data-light": f"corridor:{row['corridor_id']}"}
    point = atlas.nodes.geometry[row["node_id"]]
    return {"data-light": f"node:{row['node_id']}", "data-spot": f"{point.x:.3f},{point.y:.3f}"}
