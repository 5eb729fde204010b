"""Transport corridors: their segments, nodes, stated variants, published figures and barriers."""

from __future__ import annotations

from collections.abc import Collection

import geopandas as gpd
import numpy as np
import pandas as pd

from layers.contract import CheckedFolder
from layers.contract.words import STATUSES


def nodes(checked: CheckedFolder) -> gpd.GeoDataFrame:
    """One row per node, indexed by node_id, with its point (EPSG:4326); kind "shape" is no place."""
    table = checked.tables["nodes"]
    return gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(table["lon"], table["lat"]), crs="EPSG:4326")


def segments(checked: CheckedFolder) -> gpd.GeoDataFrame:
    """One row per segment, indexed by segment_id: segments.csv with its line (EPSG:4326) from from_node to
    to_node.

    length_km is published; computed_length_km is the geodesic length of the line, and geometry_kind says
    whether that line is traced or schematic.
    """
    table = checked.tables["segments"]
    lines = checked.shapes["corridors"].loc[table.index]
    table = table.assign(
        geometry_kind=lines["geometry_kind"].to_numpy(),
        computed_length_km=lines["computed_length_km"].to_numpy(float),
    )
    return gpd.GeoDataFrame(table, geometry=lines.geometry.to_numpy(), crs="EPSG:4326")


def places(nodes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The nodes that are places, which may be counted and labelled."""
    return nodes[nodes["kind"].ne("shape")]


def with_branches(corridors: pd.DataFrame, corridor_ids: Collection[str]) -> tuple[str, ...]:
    """These corridors and the branches of those that are parents, each once, in the order of the table."""
    chosen = corridors.index.isin(corridor_ids) | corridors["parent_id"].isin(corridor_ids)
    return tuple(corridors.index[chosen])


def segments_of(segments: gpd.GeoDataFrame, corridor_ids: Collection[str]) -> gpd.GeoDataFrame:
    """The segments that belong to at least one of these corridors; a parent has none of its own."""
    wanted = set(corridor_ids)
    number, several = pd.factorize(segments["corridor_ids"])  # few lists, of however many segments
    return segments[np.array([not wanted.isdisjoint(ids) for ids in several], dtype=bool)[number]]


def length_by_status(segments: gpd.GeoDataFrame, corridor_id: str) -> pd.Series:
    """Kilometres of a corridor at each status, computed from the lines, in the order of the vocabulary.

    All branches and loops count, so the sum is longer than one way from end to end.
    """
    own = segments_of(segments, [corridor_id])
    lengths = own.groupby("status")["computed_length_km"].sum().reindex(STATUSES, fill_value=0.0)
    return lengths[lengths > 0]


def status_counts(corridors: pd.DataFrame) -> pd.Series:
    """How many corridors stand at each status, in the order of the vocabulary, empty ones left out."""
    counts = corridors["status"].value_counts().reindex(STATUSES, fill_value=0)
    return counts[counts > 0]


def latest_metric(
    corridor_metrics: pd.DataFrame, corridor_id: str, metric: str, section: str = ""
) -> pd.Series | None:
    """The actual value of the latest whole period that one corridor has for a metric; None where there is
    none.
    """
    rows = corridor_metrics[
        corridor_metrics["corridor_id"].eq(corridor_id)
        & corridor_metrics["metric"].eq(metric)
        & corridor_metrics["section"].eq(section)
        & corridor_metrics["kind"].eq("actual")
        & corridor_metrics["period_end"].ne("")
        & ~corridor_metrics["cumulative"]
    ]
    return None if rows.empty else rows.sort_values("period_end", kind="stable").iloc[-1]
