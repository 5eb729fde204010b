"""Lines of the transport corridors: one per row of segments.csv, from node to node."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import shapely

from geometry.features import DECIMALS, feature
from geometry.geodesy import geodesic, length_km, straight_km
from geometry.packages import BuildError
from geometry.sea import sea_line
from geometry.tracing import Network, network, traced_line

TOLERANCE = 0.006  # degrees
CHORD_KM = 50  # a railway this straight for this long is a chord


def corridor_features(
    folder: Path, railways: nx.Graph, waters: np.ndarray, progress: Callable[[int, int], None]
) -> list[dict]:
    """One GeoJSON line per segment, in the order of their ids.

    Properties: geometry_kind (traced along the railway graph, or schematic) and computed_length_km
    (WGS84, along the line as drawn). `folder` holds nodes.csv and segments.csv.
    """
    places, segments = corridor_tables(folder)
    tracks = network(railways, places)
    features = []
    for done, segment in enumerate(segments.itertuples(), start=1):
        features.append(segment_feature(segment.segment_id, *segment_line(segment, places, tracks, waters)))
        progress(done, len(segments))
    return sorted(features, key=lambda item: item["id"])


def segment_line(
    segment, places: dict, tracks: Network, waters: np.ndarray
) -> tuple[shapely.LineString, str]:
    """Line of one segment, and whether it is traced or schematic.

    Only railways in operation follow the tracks. A line that does, but mostly over chords that stand in
    the source for an unknown course, is schematic too.
    """
    start, end = np.array(places[segment.from_node]), np.array(places[segment.to_node])
    if segment.mode == "rail" and segment.status == "operating":
        published = None if pd.isna(segment.length_km) else segment.length_km
        line = traced_line(tracks, segment.from_node, segment.to_node, published)
        if line is not None:
            line = shapely.simplify(line, TOLERANCE)
            return line, "schematic" if is_mostly_chords(line) else "traced"
    line = sea_line(start, end, waters) if segment.mode == "sea" else geodesic(start, end)
    return line, "schematic"


def is_mostly_chords(line: shapely.LineString) -> bool:
    """Whether long straight stretches make up more than half of a line."""
    places = shapely.get_coordinates(line)
    km = np.array([straight_km(*step) for step in pairwise(places)])
    return km[km > CHORD_KM].sum() > km.sum() / 2


def corridor_tables(folder: Path) -> tuple[dict[str, tuple[float, float]], pd.DataFrame]:
    """Places of the nodes (id -> lon, lat) and the segments, whose nodes must all exist."""
    nodes = pd.read_csv(folder / "nodes.csv", keep_default_na=False)
    segments = pd.read_csv(folder / "segments.csv")
    places = {row.node_id: (float(row.lon), float(row.lat)) for row in nodes.itertuples()}
    unknown = sorted({*segments["from_node"], *segments["to_node"]} - set(places))
    if unknown:
        raise BuildError(f"segments.csv names nodes that nodes.csv does not have: {', '.join(unknown)}")
    return places, segments


def segment_feature(segment_id: str, line: shapely.LineString, kind: str) -> dict:
    """Feature of one segment, rounded, without repeated places."""
    places = np.round(shapely.get_coordinates(line), DECIMALS)
    moves = np.append(True, (np.diff(places, axis=0) != 0).any(axis=1))
    places = places[moves]
    properties = {"geometry_kind": kind, "computed_length_km": round(length_km(places), 1)}
    return feature(shapely.LineString(places), properties, segment_id)
