"""Lakes and rivers of the area shown, from a world file in TopoJSON (1:50 million).

The Aral Sea is drawn as it was in the 2000s. The file has no names.
"""

import numpy as np
import shapely

from geometry.features import DECIMALS
from geometry.units import AREA_SHOWN

RIVERS_SHOWN = shapely.box(20, 20, 125, 60)
SMALLEST_LAKE = 0.01  # square degrees, about 90 km2
SHORTEST_RIVER = 0.5  # degrees
TOLERANCE = 0.015  # degrees; the file itself is on a grid of about 0.02


def lakes(topology: dict, sea: shapely.Polygon) -> list[shapely.Polygon]:
    """Lake polygons, without the one that stands for the sea drawn from the land."""
    shapes = layer(topology, "lakes", polygon_rings)
    shapes = [shapely.make_valid(shapely.Polygon(rings[0], rings[1:])) for rings in shapes]
    parts = shapely.get_parts(shapely.intersection(shapes, AREA_SHOWN))
    parts = parts[shapely.get_dimensions(parts) == 2]
    overlap = shapely.area(shapely.intersection(parts, sea)) / shapely.area(parts)
    parts = parts[(overlap < 0.5) & (shapely.area(parts) >= SMALLEST_LAKE)]
    return sorted_by_place(on_grid(shapely.simplify(parts, TOLERANCE)))


def rivers(topology: dict) -> list[shapely.LineString]:
    """River lines, joined where they meet end to end."""
    lines = [shapely.linestrings(path) for path in layer(topology, "rivers", line_paths) if len(path) > 1]
    merged = shapely.line_merge(shapely.intersection(shapely.union_all(lines), RIVERS_SHOWN))
    parts = shapely.get_parts(merged)
    parts = parts[shapely.length(parts) >= SHORTEST_RIVER]
    return sorted_by_place(on_grid(shapely.simplify(parts, TOLERANCE)))


def on_grid(shapes: np.ndarray) -> np.ndarray:
    """Shapes snapped to the decimals of the output and still valid, empty ones left out."""
    snapped = shapely.get_parts(shapely.set_precision(shapes, 10.0**-DECIMALS))
    return snapped[~shapely.is_empty(snapped)]


def sorted_by_place(shapes: np.ndarray) -> list:
    """Shapes in a fixed order: west to east by their bounds."""
    return [shapes[row] for row in np.lexsort(shapely.bounds(shapes).T[::-1])]


def layer(topology: dict, name: str, reader) -> list:
    """Everything that `reader` finds in the geometries of one layer of a topology."""
    arcs = decoded_arcs(topology)
    return [found for item in topology["objects"][name]["geometries"] for found in reader(item, arcs)]


def decoded_arcs(topology: dict) -> list[np.ndarray]:
    """Arcs in degrees; the file stores steps on a grid."""
    scale, offset = topology["transform"]["scale"], topology["transform"]["translate"]
    return [np.cumsum(arc, axis=0) * scale + offset for arc in topology["arcs"]]


def path(indexes: list[int], arcs: list[np.ndarray]) -> np.ndarray:
    """Coordinates of arcs joined end to end; a negative index (~i) runs arc i backwards."""
    pieces = [arcs[index] if index >= 0 else arcs[~index][::-1] for index in indexes]
    joined = np.concatenate([pieces[0], *[piece[1:] for piece in pieces[1:]]])
    moves = np.append(True, (np.diff(joined, axis=0) != 0).any(axis=1))
    return joined[moves]


def polygon_rings(item: dict, arcs: list[np.ndarray]) -> list[list[np.ndarray]]:
    """Rings of each polygon of one geometry, the outer ring first."""
    groups = {"Polygon": [item.get("arcs")], "MultiPolygon": item.get("arcs")}.get(item["type"]) or []
    polygons = [[path(ring, arcs) for ring in group] for group in groups]
    polygons = [[ring for ring in rings if len(ring) > 3] for rings in polygons]
    return [rings for rings in polygons if rings]


def line_paths(item: dict, arcs: list[np.ndarray]) -> list[np.ndarray]:
    """Coordinates of each line of one geometry."""
    groups = {"LineString": [item.get("arcs")], "MultiLineString": item.get("arcs")}.get(item["type"]) or []
    return [path(group, arcs) for group in groups]
