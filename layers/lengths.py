"""Published lengths beside the lengths computed here for the same stretch, and why they differ."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import pandas as pd
from pyproj import Geod

from layers.atlas import Atlas
from layers.corridors import segments_of
from layers.ways import Way, summary, way_of
from layers.ways.routes import way_through

WGS84 = Geod(ellps="WGS84")

NEAR = 0.12
"""The share by which a computed length may differ from the published one without a word."""

LONGEST_DETOUR = 1.45
"""How many times longer than its straight lines a railway may be; more, and they explain nothing. The longest
here is Herat–Kandahar, 737.5 km against 515 km."""

REASONS = ("absent", "other-ends", "straight-lines", "places")
"""Why a computed length is not the published one.

absent: the stretch is not in the atlas. other-ends: the published length is below the straight line between
the two places, so the source measured between others. straight-lines: the line is drawn straight between
known points and so is too short. places: points on the way are known to so many kilometres that the rest is
near.
"""


NOTES = ("length_note", "length_note_ru", "length_note_uz", "length_note_kk")


@lru_cache(maxsize=32)
def published_lengths(atlas: Atlas, corridor_ids: frozenset[str] | None = None) -> pd.DataFrame:
    """One row per published length: the segments that have one, then the rows of corridor_metrics; with
    `corridor_ids` those of these corridors and of their segments.

    Columns: subject (segment_id or metric_id), table, corridor_id, from_node, to_node (both "" where the
    source names no stretch of the atlas), published_km, computed_km (NaN where the stretch is not in the
    atlas), difference (share of the published length, negative where the computed one is shorter), within
    (at most NEAR apart), reasons (words of REASONS, () within), length_note (what the source says of the way
    that it measured, "" where nothing) and its translations, schematic_share (of the computed line).
    """
    segments = atlas.segments[atlas.segments["length_km"].notna()]
    metrics = atlas.corridor_metrics[atlas.corridor_metrics["metric"].eq("length")]
    if corridor_ids is not None:
        segments = segments_of(segments, corridor_ids)
        metrics = metrics[metrics["corridor_id"].isin(corridor_ids)]
    rows = [*of_segments(atlas, segments), *of_metrics(atlas, metrics)]
    columns = [
        *("subject", "table", "corridor_id", "from_node", "to_node", "published_km", "computed_km"),
        *("difference", "within", "reasons", *NOTES, "schematic_share"),
    ]
    return pd.DataFrame(rows, columns=columns)


def of_segments(atlas: Atlas, segments: pd.DataFrame) -> Iterator[dict]:
    """The published lengths of these rows of segments.csv."""
    for segment_id, segment in segments.iterrows():
        way = way_of(atlas, [segment_id], segment["from_node"])
        compared = comparison(atlas, segment["length_km"], way)
        yield {
            **{"subject": segment_id, "table": "segments", "corridor_id": segment["corridor_ids"][0]},
            **{"from_node": segment["from_node"], "to_node": segment["to_node"]},
            **dict.fromkeys(NOTES, ""),
            **compared,
        }


def of_metrics(atlas: Atlas, metrics: pd.DataFrame) -> Iterator[dict]:
    """The published lengths of these rows of corridor_metrics.csv."""
    for metric_id, metric in metrics.iterrows():
        nodes = (metric["from_node"], *metric["via_nodes"], metric["to_node"])
        way = way_through(atlas, metric["corridor_id"], nodes) if metric["from_node"] else None
        yield {
            **{"subject": metric_id, "table": "corridor_metrics", "corridor_id": metric["corridor_id"]},
            **{"from_node": nodes[0], "to_node": nodes[-1]},
            **metric[[*NOTES]],
            **comparison(atlas, metric["value"], way),
        }


def comparison(atlas: Atlas, published_km: float, way: Way | None) -> dict:
    """A published length beside that of a way, None where there is none."""
    if way is None:
        nothing = dict.fromkeys(("computed_km", "difference", "schematic_share"), np.nan)
        return {"published_km": published_km, **nothing, "within": False, "reasons": ("absent",)}
    share = way.length_km / published_km - 1.0
    is_near = abs(share) <= NEAR
    return {
        "published_km": published_km,
        "computed_km": way.length_km,
        "difference": share,
        "within": is_near,
        "reasons": () if is_near else tuple(reasons(atlas, published_km, way)),
        "schematic_share": summary(way).schematic_km / way.length_km,
    }


def reasons(atlas: Atlas, published_km: float, way: Way) -> Iterator[str]:
    """What the atlas itself can say of why a way is not as long as published."""
    schematic_km = summary(way).schematic_km
    longest_km = way.length_km + (LONGEST_DETOUR - 1.0) * schematic_km
    if published_km < straight_km(way):
        yield "other-ends"
    elif way.length_km < published_km <= longest_km:
        yield "straight-lines"
    if abs(way.length_km - published_km) - reach_of_places_km(atlas, way) <= NEAR * published_km:
        yield "places"


def straight_km(way: Way) -> float:
    """Kilometres of the straight line between the two ends of a way."""
    start, end = way.stops.geometry.iloc[0], way.stops.geometry.iloc[-1]
    return WGS84.inv(start.x, start.y, end.x, end.y)[2] / 1000


def reach_of_places_km(atlas: Atlas, way: Way) -> float:
    """By how many kilometres the uncertain places of a way may lengthen or shorten it: a stop between two
    segments by twice its uncertainty, an end by once.
    """
    uncertainty = atlas.nodes.loc[way.stops["node_id"], "uncertainty_km"].fillna(0.0).to_numpy()
    return float(2 * uncertainty.sum() - uncertainty[0] - uncertainty[-1])
