"""What a card puts into the reader's own presentation: a view that shows its thing."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2

from dash import html

from dashboard.cards.parts import title_of
from dashboard.export.button import add_button
from dashboard.filters import LAYERS_ON, Filters
from dashboard.keys import bounds_of, frame_of
from dashboard.text import Words
from layers import Atlas

PROFILES = {"site": "/sites/{}", "region": "/regions/{}", "corridor": "/corridors/{}"}
"""Pages of one thing, whose map opens where the thing is."""

CLOSEST = 7.0
"""The zoom of a view of a point, as a level of MapLibre: about 500 km across on a wide screen."""


def add_card_button(key: str, atlas: Atlas, words: Words) -> html.Button:
    """The button that adds a thing by its name; one without a place becomes a scene of words."""
    view = view_of_thing(key, atlas)
    return add_button(words, "map" if view else "", view, title_of(key, atlas, words)[0])


def view_of_thing(key: str, atlas: Atlas) -> str:
    """The address of a map that shows a thing lit up, "" for one without a place."""
    kind, _, identifier = key.partition(":")
    if kind in PROFILES:
        return PROFILES[kind].format(identifier)
    if kind == "flow":
        return f"/energy?carrier={atlas.energy_flows.loc[identifier, 'carrier']}"
    lit = places_of_project(identifier, atlas) if kind == "project" else (key,)
    if len(lit) == 1 and lit[0].partition(":")[0] in PROFILES:
        return view_of_thing(lit[0], atlas)
    bounds = bounds_of(key, atlas)
    if not lit or bounds is None:
        return ""
    shown = (*LAYERS_ON, "energy") if kind == "energy" else LAYERS_ON
    return f"/{Filters(shown=shown).select(*lit).to_query()}&camera={camera_at(bounds)}"


def places_of_project(project_id: str, atlas: Atlas) -> tuple[str, ...]:
    """The site of a project, else its regions, else its corridor."""
    row = frame_of("project", atlas).loc[project_id]
    if row["site_id"]:
        return (f"site:{row['site_id']}",)
    regions = (*row["uz_region_ids"], *row["kz_region_ids"])
    corridor = (f"corridor:{row['corridor_id']}",) if row["corridor_id"] else ()
    return tuple(f"region:{one}" for one in regions) or corridor


def camera_at(bounds: Sequence[float]) -> str:
    """Longitude, latitude and zoom at which a map of 1,000 pixels shows these bounds with room around."""
    west, south, east, north = bounds
    degrees = max(east - west, 1.6 * (north - south), 1e-6)
    zoom = min(log2(1000 * 360 / (512 * degrees)) - 0.5, CLOSEST)
    return f"{(west + east) / 2:.3f},{(south + north) / 2:.3f},{zoom:.2f}"
