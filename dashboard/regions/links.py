"""Addresses of the pages of regions and pairs, and what to say where there is no such page."""

from __future__ import annotations

import difflib
from typing import Any

from dash import html

from dashboard.keys import names_at
from dashboard.text import Words
from layers import Atlas

NAMES = ("name_en", "name_ru", "name_uz", "name_kk", "centre_en")


def region_address(region_id: str, words: Words) -> str:
    return f"/regions/{region_id}?lang={words.language}"


def pair_address(uz_region_id: str, kz_region_id: str, words: Words) -> str:
    return f"/pairs/{uz_region_id}/{kz_region_id}?lang={words.language}"


def region_link(region_id: str, atlas: Atlas, words: Words) -> html.A:
    """The name of a region, which leads to its profile."""
    name, language = words.name_and_language(names_at(atlas, "regions", region_id))
    return html.A(name, href=region_address(region_id, words), lang=language)


def pair_link(uz_region_id: str, kz_region_id: str, atlas: Atlas, words: Words) -> html.A:
    """The names of two regions, which lead to the profile of the pair."""
    names = [words.name(names_at(atlas, "regions", one)) for one in (uz_region_id, kz_region_id)]
    return html.A(" – ".join(names), href=pair_address(uz_region_id, kz_region_id, words))


def light(region_id: str, atlas: Atlas) -> dict[str, str]:
    """What makes a row light a region up on the map: its centre."""
    lon, lat = (atlas.regions.at[region_id, column] for column in ("centre_lon", "centre_lat"))
    spot = f"{lon:.3f},{lat:.3f}"
    return {"data-light": f"region:{region_id}", "data-spot": spot}


def nearest_regions(text: str, atlas: Atlas, most: int = 3) -> list[str]:
    """The regions whose id, name or centre is most like a text; none where nothing is like it."""
    known: dict[str, list[str]] = {}
    for region_id, *names in atlas.regions[list(NAMES)].itertuples(name=None):
        for name in (region_id, *names):
            known.setdefault(name.casefold().removesuffix(" region"), []).append(region_id)
    near = difflib.get_close_matches(text[:60].casefold().strip(), list(known), n=6, cutoff=0.55)
    return list(dict.fromkeys(region_id for name in near for region_id in known[name]))[:most]


def no_such_region(region_id: str, atlas: Atlas, words: Words) -> html.Div:
    """Says that the link names no region, and leads to the nearest names or to all."""
    near = nearest_regions(region_id, atlas)
    shown = near or list(atlas.regions.index)
    return html.Div(
        [
            html.H1(words("There is no such region")),
            html.P(
                words("The link names the region {id}, which the atlas does not have.", id=region_id[:60])
            ),
            html.P(words("Perhaps you mean:") if near else words("These are all regions:")),
            html.Ul([html.Li(region_link(one, atlas, words)) for one in shown]),
            html.P(html.A(words("All regions"), href=f"/regions?lang={words.language}")),
        ],
        className="text-page",
    )


def note_of(ignored: tuple[str, ...], words: Words) -> html.Div:
    """Says which parts of a link were left out."""
    told: Any = None
    if ignored:
        text = words(
            "Part of this link means nothing here and was left out: {parts}", parts=", ".join(ignored)
        )
        told = html.P(text, className="note")
    return html.Div(told, role="status")
