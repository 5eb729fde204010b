"""Whether the corridors can be walked: lines that meet their nodes, segments that join, variants that lead
through.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import shapely
from pyproj import Geod

from layers.contract.contents import Contents
from layers.contract.faults import Fault
from layers.contract.words import MODES

Way = tuple[str, str, str]
"""The from_node, to_node and mode of a segment."""

WGS84 = Geod(ellps="WGS84")
NODE_REACH_KM = 2
"""How far from its node a line may end; coordinates have three decimals, about 0.1 km."""

SHORTEST_WAY = 0.85
"""The part of the straight line below which a length cannot be right; nodes are town points, not stations."""

STATED_LENGTH = 0.01
"""The part by which computed_length_km may differ from the length of the line."""


def broken_ways(contents: Contents) -> Iterator[Fault]:
    """A fault for each line that misses its nodes, each corridor in pieces, and each variant and each length
    without a way.
    """
    if contents.has("segments.csv", "nodes.csv", "corridors.geojson"):
        yield from loose_ends(contents)
    if contents.has("segments.csv", "nodes.csv"):
        yield from impossible_lengths(contents)
    if contents.has("corridors.geojson"):
        yield from misstated_lengths(contents)
    if contents.has("segments.csv", "corridors.csv"):
        yield from corridors_in_pieces(contents)
    if contents.has("segments.csv", "corridors.csv", "corridor_variants.csv"):
        yield from variants_without_way(contents)
    if contents.has("corridors.csv", "corridor_variants.csv"):
        yield from corridors_without_variant(contents)
    if contents.has("segments.csv", "corridors.csv", "corridor_metrics.csv"):
        yield from lengths_without_way(contents)


def loose_ends(contents: Contents) -> Iterator[Fault]:
    """A fault for each line that does not begin and end at the nodes of its segment."""
    lines = contents.shapes["corridors"].geometry.dropna()
    nodes = contents.tables["nodes"].drop_duplicates("node_id").set_index("node_id")[["lon", "lat"]].dropna()
    segments = contents.tables["segments"]
    segments = segments[segments["segment_id"].isin(lines.index)]
    segments = segments[segments["from_node"].isin(nodes.index) & segments["to_node"].isin(nodes.index)]
    drawn = lines.loc[segments["segment_id"]].to_numpy()
    begin, end = (shapely.get_coordinates(shapely.get_point(drawn, at)) for at in (0, -1))
    start, goal = (nodes.loc[segments[column]].to_numpy() for column in ("from_node", "to_node"))
    off = {"from_node": distances_km(begin, start), "to_node": distances_km(end, goal)}
    backwards = (distances_km(begin, goal) <= NODE_REACH_KM) & (distances_km(end, start) <= NODE_REACH_KM)
    for column, word in (("from_node", "begins"), ("to_node", "ends")):
        for position in np.flatnonzero(off[column] > NODE_REACH_KM):
            node = segments[column].iloc[position]
            problem = f"line {word} {off[column][position]:.1f} km from {node}, its {column}"
            problem += " (it is drawn from its to_node to its from_node)" if backwards[position] else ""
            expected = f"a line that {word} within {NODE_REACH_KM} km of {node}"
            yield contents.shape_fault("corridors", segments["segment_id"].iloc[position], problem, expected)


def distances_km(here: np.ndarray, there: np.ndarray) -> np.ndarray:
    """Geodesic distances between two arrays of (lon, lat) degrees, in kilometres."""
    return WGS84.inv(here[:, 0], here[:, 1], there[:, 0], there[:, 1])[2] / 1000


def impossible_lengths(contents: Contents) -> Iterator[Fault]:
    """A fault for each published length that is shorter than the straight way between the two nodes."""
    nodes = contents.tables["nodes"].drop_duplicates("node_id").set_index("node_id")[["lon", "lat"]].dropna()
    rows = contents.tables["segments"]
    rows = rows[rows["length_km"].ge(0)]
    rows = rows[rows["from_node"].isin(nodes.index) & rows["to_node"].isin(nodes.index)]
    ends = (nodes.loc[rows[column]].to_numpy() for column in ("from_node", "to_node"))
    for row, straight_km in zip(rows.index, distances_km(*ends), strict=True):
        if rows.at[row, "length_km"] < SHORTEST_WAY * straight_km:
            problem = "shorter than the straight line between its nodes"
            expected = f"at least {straight_km:.0f} km, or empty where the source must be wrong"
            yield contents.row_fault("segments", row, "length_km", problem, expected)


def misstated_lengths(contents: Contents) -> Iterator[Fault]:
    """A fault for each line whose computed_length_km is not the geodesic length of the line."""
    lines = contents.shapes["corridors"].dropna(subset="geometry")
    lengths_km = geodesic_lengths_km(lines.geometry.to_numpy())
    for segment, length_km, stated in zip(lines.index, lengths_km, lines["computed_length_km"], strict=True):
        near_km = max(0.2, STATED_LENGTH * length_km)
        if not (isinstance(stated, (int, float)) and abs(stated - length_km) <= near_km):
            problem = f"computed_length_km {stated} is not the length of the line"
            yield contents.shape_fault("corridors", segment, problem, f"{length_km:.1f}")


def geodesic_lengths_km(lines: np.ndarray) -> list[float]:
    """The geodesic length of each line (degrees), in kilometres."""
    corners, line = shapely.get_coordinates(lines, return_index=True)
    follows = np.flatnonzero(line[1:] == line[:-1])
    steps_km = distances_km(corners[follows], corners[follows + 1])
    return np.bincount(line[follows], steps_km, minlength=len(lines)).tolist()


def corridors_in_pieces(contents: Contents) -> Iterator[Fault]:
    """A fault for each corridor without segments or in several pieces; parents of others are exempt."""
    corridors, ways = contents.tables["corridors"], ways_by_corridor(contents)
    parents = set(corridors["parent_id"])
    for row, corridor in corridors["corridor_id"].items():
        if corridor in parents:
            continue
        pieces = joined(ways.get(corridor, []))
        if not pieces:
            problem = "no segment of this corridor in segments.csv"
            yield contents.row_fault("corridors", row, "corridor_id", problem, "at least one segment")
        elif len(pieces) > 1:
            smallest = ", ".join(sorted(min(pieces, key=len))[:5])
            problem = (
                f"its segments fall into {len(pieces)} pieces that do not meet; the smallest is at {smallest}"
            )
            yield contents.row_fault("corridors", row, "corridor_id", problem, "segments that all join")


def corridors_without_variant(contents: Contents) -> Iterator[Fault]:
    """A fault for each corridor of which no row says from where to where it leads; parents are exempt."""
    corridors = contents.tables["corridors"]
    stated = {*contents.tables["corridor_variants"]["corridor_id"], *corridors["parent_id"]}
    for row, corridor in corridors["corridor_id"].items():
        if corridor and corridor not in stated:
            problem = "no way of this corridor in corridor_variants.csv"
            expected = "at least one row there that says from which node to which it leads"
            yield contents.row_fault("corridors", row, "corridor_id", problem, expected)


def variants_without_way(contents: Contents) -> Iterator[Fault]:
    """A fault for each stop of a variant that cannot be reached along its corridor by the variant's modes."""
    variants, ways = contents.tables["corridor_variants"], ways_by_corridor(contents)
    for row, variant in variants.iterrows():
        others = set(MODES) - set(variant["modes"])  # a misspelt mode of a segment is a fault of its own
        pieces = joined(way for way in ways.get(variant["corridor_id"], []) if way[2] not in others)
        yield from unreached_stops(contents, "corridor_variants", row, pieces, " or ".join(variant["modes"]))


def lengths_without_way(contents: Contents) -> Iterator[Fault]:
    """A fault for each published length whose stretch has one end only or does not lead through."""
    metrics, ways = contents.tables["corridor_metrics"], ways_by_corridor(contents)
    pieces = {corridor: joined(own) for corridor, own in ways.items()}
    stretches = metrics[metrics[["from_node", "to_node"]].ne("").any(axis=1) | metrics["via_nodes"].map(bool)]
    for row, metric in stretches.iterrows():
        lacking = [column for column in ("from_node", "to_node") if not metric[column]]
        for column in lacking:
            problem = "a stretch without one of its ends"
            yield contents.row_fault("corridor_metrics", row, column, problem, "both ends, or none")
        if not lacking:
            own = pieces.get(metric["corridor_id"], [])
            yield from unreached_stops(contents, "corridor_metrics", row, own)


def unreached_stops(
    contents: Contents, table: str, row: int, pieces: list[set[str]], modes: str = ""
) -> Iterator[Fault]:
    """A fault for the first stop of a row that lies on another piece of its corridor than its from_node."""
    stated = contents.tables[table].loc[row]
    start = next((piece for piece in pieces if stated["from_node"] in piece), None)
    stops = [("from_node", stated["from_node"]), *(("via_nodes", node) for node in stated["via_nodes"])]
    for column, node in [*stops, ("to_node", stated["to_node"])]:
        if start is None or node not in start:
            problem = f"{node} cannot be reached from {stated['from_node']} along the corridor"
            if not any(node in piece for piece in pieces):
                problem = f"{node} lies on no {modes} segment of {stated['corridor_id']}".replace("  ", " ")
            yield contents.row_fault(table, row, column, problem, "nodes that its segments join")
            return


def ways_by_corridor(contents: Contents) -> dict[str, list[Way]]:
    """The ways of each corridor; a parent has those of its branches as well."""
    ways: dict[str, list[Way]] = {}
    columns = ["from_node", "to_node", "mode", "corridor_ids"]
    for start, end, mode, corridors in contents.tables["segments"][columns].itertuples(index=False):
        for corridor in corridors:
            ways.setdefault(corridor, []).append((start, end, mode))
    for branch, parent in contents.tables["corridors"][["corridor_id", "parent_id"]].itertuples(index=False):
        if parent:
            ways.setdefault(parent, []).extend(ways.get(branch, []))
    return ways


def joined(ways: Iterable[Way]) -> list[set[str]]:
    """The pieces into which these ways fall, each as the set of its nodes."""
    piece_of: dict[str, set[str]] = {}
    for start, end, _ in ways:
        one, other = piece_of.get(start, {start}), piece_of.get(end, {end})
        small, large = sorted((one, other), key=len)
        if small is not large:
            large |= small
            piece_of |= dict.fromkeys(small, large)
        piece_of[start] = piece_of[end] = large
    return list({id(piece): piece for piece in piece_of.values()}.values())
