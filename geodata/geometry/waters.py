"""Lakes and rivers of the area shown.

Lakes come from OpenStreetMap (2017, within 1 km), in pieces cut along straight lines that are put
together again; rivers come from a world file in TopoJSON (1:50 million). Neither has names.
"""

import numpy as np
import shapely

from geometry.features import DECIMALS
from geometry.units import AREA_SHOWN, CASPIAN_POINT

NEAR = shapely.box(44, 34, 90, 57)
# Near the two countries, then elsewhere: square degrees of the smallest piece looked at and of the smallest
# lake drawn, and the least mean width in degrees, which leaves out rivers.
NEAR_LAKES = (0.004, 0.02, 0.035)
FAR_LAKES = (0.1, 0.25, 0.07)
OCEAN = 100  # square degrees: a larger piece is the ocean
SEA_FRINGE = 0.04  # degrees by which the sources differ on where the sea ends
MOST_FRINGE = 0.3  # share of an outline that lies on the sea: such a piece is shore, not lake

RIVERS_SHOWN = shapely.box(20, 20, 125, 60)
SHORTEST_RIVER = 0.5  # degrees
LAKE_TOLERANCE = 0.006
RIVER_TOLERANCE = 0.015  # the file itself is on a grid of about 0.02


def lakes(waterbodies: shapely.Geometry, sea: shapely.Geometry) -> list[shapely.Polygon]:
    """Lakes as polygons: water outside the sea, and waters the land encloses."""
    pieces = shapely.get_parts(shapely.get_parts(waterbodies))
    area = shapely.area(pieces)
    near = shapely.intersects(pieces, NEAR) & (area > NEAR_LAKES[0])
    far = shapely.intersects(pieces, AREA_SHOWN) & (area > FAR_LAKES[0])
    pieces = shapely.make_valid(pieces[(near | far) & (area < OCEAN)])
    water = shapely.union_all(pieces, grid_size=10.0**-DECIMALS)
    sea_and_fringe = shapely.buffer(sea, SEA_FRINGE, quad_segs=2)
    found = shapely.intersection(shapely.difference(water, sea_and_fringe), AREA_SHOWN)
    found = shapely.get_parts(found)
    found = found[is_lake(found, sea_and_fringe)]
    return sorted_by_place(on_grid(shapely.simplify([*found, *enclosed(sea)], LAKE_TOLERANCE)))


def is_lake(shapes: np.ndarray, sea_and_fringe: shapely.Geometry) -> np.ndarray:
    """Whether a water is large and wide enough for its place, and no strip along the sea."""
    area, length = shapely.area(shapes), shapely.length(shapes)
    width = 2 * area / length
    near = shapely.intersects(shapes, NEAR) & (area >= NEAR_LAKES[1]) & (width >= NEAR_LAKES[2])
    far = (area >= FAR_LAKES[1]) & (width >= FAR_LAKES[2])
    shore = shapely.intersection(shapely.boundary(shapes), sea_and_fringe.boundary)
    return (near | far) & (shapely.length(shore) < MOST_FRINGE * length)


def enclosed(sea: shapely.Geometry) -> np.ndarray:
    """Parts of the sea that land encloses, without the Caspian: Garabogazkol."""
    parts = shapely.get_parts(sea)
    inner = ~shapely.intersects(parts, AREA_SHOWN.boundary) & ~shapely.contains(parts, CASPIAN_POINT)
    return parts[inner & (shapely.area(parts) >= NEAR_LAKES[1])]


def rivers(topology: dict) -> list[shapely.LineString]:
    """River lines, joined where they meet end to end."""
    arcs = decoded_arcs(topology)
    paths = [path for item in topology["objects"]["rivers"]["geometries"] for path in line_paths(item, arcs)]
    lines = [shapely.linestrings(path) for path in paths if len(path) > 1]
    merged = shapely.line_merge(shapely.intersection(shapely.union_all(lines), RIVERS_SHOWN))
    parts = shapely.get_parts(merged)
    parts = parts[shapely.length(parts) >= SHORTEST_RIVER]
    return sorted_by_place(on_grid(shapely.simplify(parts, RIVER_TOLERANCE)))


def on_grid(shapes: np.ndarray) -> np.ndarray:
    """Shapes snapped to the decimals of the output and still valid, empty ones left out."""
    snapped = shapely.get_parts(shapely.set_precision(shapes, 10.0**-DECIMALS))
    return snapped[~shapely.is_empty(snapped)]


def sorted_by_place(shapes: np.ndarray) -> list:
    """Shapes in a fixed order: west to east by their bounds."""
    return [shapes[row] for row in np.lexsort(shapely.bounds(shapes).T[::-1])]


def decoded_arcs(topology: dict) -> list[np.ndarray]:
    """Arcs in degrees; the file stores steps on a grid."""
    scale, offset = topology["transform"]["scale"], topology["transform"]["translate"]
    return [np.cumsum(arc, axis=0) * scale + offset for arc in topology["arcs"]]


def joined_arcs(indexes: list[int], arcs: list[np.ndarray]) -> np.ndarray:
    """Coordinates of arcs joined end to end; a negative index (~i) runs arc i backwards."""
    pieces = [arcs[index] if index >= 0 else arcs[~index][::-1] for index in indexes]
    joined = np.concatenate([pieces[0], *[piece[1:] for piece in pieces[1:]]])
    moves = np.append(True, (np.diff(joined, axis=0) != 0).any(axis=1))
    return joined[moves]


def line_paths(item: dict, arcs: list[np.ndarray]) -> list[np.ndarray]:
    """Coordinates of each line of one geometry."""
    groups = {"LineString": [item.get("arcs")], "MultiLineString": item.get("arcs")}.get(item["type"]) or []
    return [joined_arcs(group, arcs) for group in groups]
