"""What the register of barriers publishes: the map, the register, and the ways that one barrier lengthens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import geopandas as gpd
import numpy as np
import pandas as pd

from dashboard import vocabulary
from dashboard.council.barrier_part import goal_of
from dashboard.council.barrier_scenes import barriers_scene
from dashboard.council.barrier_words import UNTOLD, one_line
from dashboard.council.barriers import HOW, NO_PLACE, PATH, BarriersView, finding
from dashboard.export import cells
from dashboard.export.cells import Cells
from dashboard.export.kinds import View, filter_text, map_layers, map_of, table_of
from dashboard.export.publication import Column, Layers, Makers, Publication
from dashboard.export.row_cells import cited, cited_cells, texts
from dashboard.routes.places import place_name
from dashboard.text import Words
from layers import Atlas
from layers.barrier_times import asked_ways
from layers.barriers import Effect, country_of, effect_of


def register(atlas: Atlas, given: Mapping[str, str], words: Words) -> Makers:
    """The barriers of a choice; where one is opened, the ways that get shorter without it."""
    view = BarriersView.from_query(given, atlas)
    here = View(atlas, words, PATH + view.to_query(), filter_text(_chosen(view, atlas, words), words))
    makers: Makers = {"map": partial(_map, here, view)}
    if len(view.barriers(atlas)):
        makers["barriers"] = partial(_register, here, view)
    if view.barrier_id and _ways(view.barrier_id, atlas) is not None:
        makers["ways"] = partial(_lengthened, here, view.barrier_id)
    return makers


def _chosen(view: BarriersView, atlas: Atlas, words: Words) -> list[str]:
    """What was chosen, in words."""
    country = ""
    if view.country:
        is_none = view.country == NO_PLACE
        country = words("no single place") if is_none else words.name(atlas.countries.loc[view.country])
    return [
        words.name(atlas.corridors.loc[view.corridor_id]) if view.corridor_id else "",
        words(vocabulary.BARRIER_KINDS[view.kind]) if view.kind else "",
        country,
    ]


def _ways(barrier_id: str, atlas: Atlas) -> pd.DataFrame | None:
    """The ways that get shorter without a barrier; None where none does, or the network cannot tell."""
    found = effect_of(atlas, barrier_id)
    return found.ways if isinstance(found, Effect) and len(found.ways) else None


def _map(here: View, view: BarriersView) -> Publication:
    atlas, words = here.atlas, here.words
    scene = barriers_scene(atlas, view.to_query())
    rows = atlas.barriers.loc[[view.barrier_id]] if view.barrier_id else view.barriers(atlas)
    title, told = words("Barriers on the corridors"), finding(view, atlas, words, waits=True)
    if view.barrier_id:
        title = words.text(rows.iloc[0], "description")
        told = one_line(view.barrier_id, atlas, words)
    made = map_of(here, scene, title, subtitle=told, table=lambda: barrier_cells(rows, atlas, words))

    def layers() -> Layers:
        placed = barrier_points(rows, atlas, words)
        return map_layers(scene.marks, atlas, words) | ({"barriers": placed} if len(placed) else {})

    return replace(
        made,
        alt=f"{made.alt} {told}",
        source_ids=tuple(dict.fromkeys((*cited(rows), *made.source_ids))),
        notes=(
            words("Rings: the places of the barriers; some barriers have no single place."),
            *made.notes,
        ),
        layers=layers,
    )


def _register(here: View, view: BarriersView) -> Publication:
    atlas, words = here.atlas, here.words
    rows, all_of_them = view.barriers(atlas), replace(view, barrier_id="")
    return table_of(
        replace(here, address=PATH + all_of_them.to_query()),
        barrier_cells(rows, atlas, words),
        words("Barriers on the corridors"),
        cited(rows),
        name="barriers",
        subtitle=finding(all_of_them, atlas, words, waits=True),
        notes=(words(HOW),),
        layers=lambda: {"barriers": barrier_points(rows, atlas, words)},
    )


def barrier_cells(rows: pd.DataFrame, atlas: Atlas, words: Words) -> Cells:
    """Barriers with what was measured, and what the network says of them."""
    found = [effect_of(atlas, one) for one in rows.index]
    ways = [one.ways if isinstance(one, Effect) else None for one in found]
    hours = [None if one is None else _most(one["gained"]) for one in ways]
    corridors = atlas.corridors.loc[rows["corridor_id"]]
    countries = country_of(atlas).loc[rows.index]
    nodes = atlas.nodes.reindex(rows["node_id"])
    return [
        (Column("barrier_id", words("Id")), rows.index),
        (Column("barrier", words("Barrier")), texts(rows, "description", words)),
        (Column("kind", words("Kind")), cells.coded(rows["kind"], vocabulary.BARRIER_KINDS, words)),
        (Column("corridor", words("Corridor")), texts(corridors, "name", words)),
        (Column("place", words("Place")), cells.named(rows["node_id"], atlas.nodes, words)),
        (Column("country", words("Country")), cells.named(countries, atlas.countries, words)),
        (Column("longitude", words("Longitude"), "°"), list(nodes["lon"].round(5))),
        (Column("latitude", words("Latitude"), "°"), list(nodes["lat"].round(5))),
        (Column("measured", words("What the source measured")), texts(rows, "severity_basis", words)),
        (
            Column("shorter_ways", words("Ways that get shorter without it (computed)"), words("ways")),
            [None if one is None else len(one) for one in ways],
        ),
        (Column("asked_ways", words("of so many ways asked for")), [_asked(one, atlas) for one in ways]),
        (Column("most_hours", words("Most hours that a way gets shorter (computed)"), words("hours")), hours),
        (
            Column("why_not_computed", words("Why the network cannot tell")),
            ["" if isinstance(one, Effect) else words(UNTOLD[one.why]) for one in found],
        ),
        *cited_cells(rows, words),
    ]


def _asked(ways: pd.DataFrame | None, atlas: Atlas) -> int | None:
    return None if ways is None else len(asked_ways(atlas))


def _most(gained: pd.Series) -> float | None:
    """The largest of the hours gained by ways that there are today already."""
    finite = gained[np.isfinite(gained)]
    return None if finite.empty else round(float(finite.max()), 1)


def barrier_points(rows: pd.DataFrame, atlas: Atlas, words: Words) -> gpd.GeoDataFrame:
    """The barriers that have a single place, as points (EPSG:4326)."""
    own = rows[rows["node_id"].ne("")]
    return cells.placed(barrier_cells(own, atlas, words), atlas.nodes.geometry.loc[own["node_id"]])


def _lengthened(here: View, barrier_id: str) -> Publication:
    """All ways that get shorter, those that gain most first."""
    atlas, words = here.atlas, here.words
    row, ways = atlas.barriers.loc[barrier_id], _ways(barrier_id, atlas)
    hours = words("hours")
    return table_of(
        replace(here, filters=()),
        [
            (Column("start_key", words("Id of the start")), ways["start"]),
            (Column("start", words("From")), [place_name(atlas, one, words) for one in ways["start"]]),
            (Column("goal_key", words("Id of the goal")), ways["goal"]),
            (Column("goal", words("To")), [place_name(atlas, one, words) for one in ways["goal"]]),
            (Column("what", words("What it is")), [goal_of(one, words) for one in ways["kind"]]),
            (Column("today", words("Today"), hours), _finite(ways["before"])),
            (Column("without", words("Without it"), hours), _finite(ways["after"])),
            (Column("gained", words("Shorter by"), hours), _finite(ways["gained"])),
        ],
        words(
            "{part}: {finding}",
            part=words.text(row, "description"),
            finding=words("ways that get shorter without it, computed"),
        ),
        row["source_ids"],
        name="ways",
        subtitle=one_line(barrier_id, atlas, words),
        notes=(words(HOW),),
    )


def _finite(hours: pd.Series) -> pd.Series:
    """Hours with one decimal; missing where there is no way."""
    return hours.where(np.isfinite(hours)).round(1)
