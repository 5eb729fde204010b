"""The list of all corridors: one row each, with the figures of its first way from end to end."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd
from dash import html

from dashboard import vocabulary
from dashboard.corridor_terms import REPORTERS, when
from dashboard.drawn import small_map_url
from dashboard.free_text import free_text
from dashboard.plain import Plain
from dashboard.sortable import amount, sortable_table
from dashboard.sourced import computed, sourced
from dashboard.text import N_, Words, speak
from layers import Atlas
from layers.corridors import latest_metric
from layers.ways import Summary, summary, variant_way, variants_of

COLUMNS = (
    N_("Corridor"),
    N_("Status"),
    N_("Countries in order"),
    N_("Length of the way, km"),
    N_("Published length"),
    N_("Borders"),
    N_("Gauge breaks"),
    N_("Sea legs"),
    N_("Ports"),
    N_("Latest volume"),
    N_("Barriers"),
)
LENGTH_METHOD = N_(
    "Measured along the lines of this map on the WGS 84 ellipsoid, on the shortest way through the places "
    "that the way is named after."
)
COUNT_METHOD = N_(
    "Counted along the way: a border where the country changes on land, a gauge break where one railway "
    "follows another of a different known gauge, a sea leg for each crossing of a sea."
)


# Key: the atlas (one object a data version) and the language; the components are never changed.
@lru_cache(maxsize=8)
def corridor_table(atlas: Atlas, language: str) -> Plain:
    """All corridors, sortable; pointing at a row lights the corridor up on the map."""
    words = speak(language)
    rows = [_row(corridor_id, row, atlas, words) for corridor_id, row in atlas.corridors.iterrows()]
    titles = [words(title) for title in COLUMNS]
    return Plain(sortable_table(words("All corridors"), titles, rows, "corridor-table"))


def _row(corridor_id: str, row: pd.Series, atlas: Atlas, words: Words) -> html.Tr:
    is_parent = atlas.corridors["parent_id"].eq(corridor_id).any()
    variants = variants_of(atlas, corridor_id)
    first = None if is_parent else summary(variant_way(atlas, variants.index[0]))
    way_name = "" if is_parent else words.name(variants.iloc[0])
    return html.Tr(
        [
            _name(corridor_id, row, way_name, atlas, words),
            html.Td(words(vocabulary.STATUSES[row["status"]])),
            _countries(row["country_iso3s"], atlas, words),
            *_figures(first, words),
            _published(corridor_id, atlas, words),
            *_counts(first, words),
            _volume(corridor_id, atlas, words),
            _barriers(corridor_id, atlas, words),
        ],
        **{"data-light": f"corridor:{corridor_id}"},
    )


def corridor_address(corridor_id: str, words: Words) -> str:
    return f"/corridors/{corridor_id}?lang={words.language}"


def _name(corridor_id: str, row: pd.Series, way_name: str, atlas: Atlas, words: Words) -> html.Th:
    name, language = words.name_and_language(row)
    picture = html.Img(src=small_map_url(atlas, corridor_id), alt="", width=132, height=78)
    link = html.A(name, href=corridor_address(corridor_id, words), lang=language)
    under = (
        html.Small(words("way: {name}", name=way_name)) if way_name else html.Small(words("see its branches"))
    )
    return html.Th(html.Div([picture, html.Div([link, under])]), scope="row", **{"data-value": name})


def _countries(codes: tuple[str, ...], atlas: Atlas, words: Words) -> html.Td:
    names = " – ".join(words.name(atlas.countries.loc[code]) for code in codes)
    return html.Td(names, **{"data-value": str(len(codes))})


def _figures(first: Summary | None, words: Words) -> list[html.Td]:
    """The computed length, split by status where it has more than one."""
    if first is None:
        return [amount(float("nan"), None, words)]
    shown: list[Any] = [computed(words.number(round(first.length_km)), words(LENGTH_METHOD), words)]
    if set(first.km_by_status) != {"operating"}:
        parts = [
            words("{status}: {n} km", status=words(vocabulary.STATUSES[status]), n=words.number(round(km)))
            for status, km in first.km_by_status.items()
        ]
        shown.append(html.Small("; ".join(parts)))
    return [amount(first.length_km, shown, words)]


def _counts(first: Summary | None, words: Words) -> list[html.Td]:
    names = ("borders", "gauge_breaks", "sea_legs", "ports")
    values = [float("nan") if first is None else getattr(first, name) for name in names]
    return [amount(value, None if first is None else words.number(value), words) for value in values]


def _published(corridor_id: str, atlas: Atlas, words: Words) -> html.Td:
    """Every published length of the whole corridor, the newest first: sources state different ones."""
    rows = atlas.corridor_metrics
    own = rows[rows["corridor_id"].eq(corridor_id) & rows["metric"].eq("length") & rows["section"].eq("")]
    if own.empty:
        return amount(float("nan"), None, words)
    own = own.sort_values("period_start", ascending=False, kind="stable")
    told = [
        html.Div([_quantity(row, atlas, words), html.Small(when(row, words))]) for _, row in own.iterrows()
    ]
    return amount(own["value"].iloc[0], told, words)


def _volume(corridor_id: str, atlas: Atlas, words: Words) -> html.Td:
    row = latest_metric(atlas.corridor_metrics, corridor_id, "cargo_volume")
    if row is None:
        return amount(float("nan"), None, words)
    who = row["reporter"]
    told = [when(row, words), words(REPORTERS[who]) if who in REPORTERS else who]
    return amount(
        row["value"], [_quantity(row, atlas, words), html.Small(", ".join(filter(None, told)))], words
    )


def _quantity(row: pd.Series, atlas: Atlas, words: Words) -> html.Details:
    shown = vocabulary.quantity(row["value"], row["unit"], words)
    return sourced(shown, row["source_ids"], atlas, words, free_text(row, "note", words))


def _barriers(corridor_id: str, atlas: Atlas, words: Words) -> html.Td:
    kinds = atlas.barriers["kind"][atlas.barriers["corridor_id"].eq(corridor_id)].value_counts()
    told = [f"{words(vocabulary.BARRIER_KINDS[kind])}: {words.number(n)}" for kind, n in kinds.items()]
    return html.Td("; ".join(told) or "–", **{"data-value": str(int(kinds.sum()))})


def corridors_finding(atlas: Atlas, words: Words) -> str:
    """What the list says, in one sentence of counts."""
    corridors = atlas.corridors[~atlas.corridors.index.isin(atlas.corridors["parent_id"])]
    ways = [summary(variant_way(atlas, variants_of(atlas, c).index[0])) for c in corridors.index]
    whole = sum(set(way.km_by_status) == {"operating"} for way in ways)
    broken = sum(way.gauge_breaks > 0 for way in ways)
    by_sea = sum(way.sea_legs > 0 for way in ways)
    return " ".join(
        [
            words.plural(
                "The first-named way of {n} of {all} corridors operates from end to end.",
                "The first-named ways of {n} of {all} corridors operate from end to end.",
                whole,
                all=len(ways),
            ),
            words.plural("{n} has a gauge break.", "{n} have a gauge break.", broken),
            words.plural("{n} goes over a sea.", "{n} go over a sea.", by_sea),
        ]
    )
