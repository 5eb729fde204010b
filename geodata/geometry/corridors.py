"""Lines of the transport corridors: one per row of segments.csv, from node to node."""

from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import shapely

from geometry.features import DECIMALS, feature
from geometry.geodesy import geodesic, length_km
from geometry.packages import BuildError
from geometry.sea import sea_line
from geometry.tracing import network, traced_line

TOLERANCE = 0.006  # degrees


def corridor_features(
    folder: Path, railways: nx.Graph, waters: np.ndarray, progress=lambda done, total: None
) -> list[dict]:
    """One GeoJSON line per segment, in the order of their ids.

    Properties: geometry_kind (traced along the railway graph, or schematic) and computed_length_km
    (WGS84, along the line as drawn). `folder` holds nodes.csv and segments.csv.
    """
    places, segments = corridor_tables(folder)
    tracks = network(railways, places)
    features = []
    for done, segment in enumerate(segments.itertuples(), start=1):
        start, end = np.array(places[segment.from_node]), np.array(places[segment.to_node])
        line = None
        if segment.mode == "rail" and segment.status == "operating":
            published = None if pd.isna(segment.length_km) else segment.length_km
            line = traced_line(tracks, segment.from_node, segment.to_node, published)
        kind = "schematic" if line is None else "traced"
        if line is None:
            line = sea_line(start, end, waters) if segment.mode == "sea" else geodesic(start, end)
        features.append(segment_feature(segment.segment_id, line, kind))
        progress(done, len(segments))
    return sorted(features, key=lambda item: item["id"])


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
    """Feature of one segment: simplified, rounded, and exactly from node to node."""
    places = shapely.get_coordinates(line)
    if kind == "traced":
        places = shapely.get_coordinates(shapely.simplify(line, TOLERANCE))
    places = np.round(places, DECIMALS)
    moves = np.append(True, (np.diff(places, axis=0) != 0).any(axis=1))
    places = places[moves]
    properties = {"geometry_kind": kind, "computed_length_km": round(length_km(places), 1)}
    return feature(shapely.LineString(places), properties, segment_id)
