"""Made-up regions of the second level: the real regions cut into pieces that cover them without overlap.

The piece around the centre of a real region keeps its id and its facts, so that whatever names it still
does; the others are districts with ids of their own ("KZ-10-001"). Borders are as dense and crooked as traced
ones, and the same for both neighbours.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from tests.bench.big_names import made_up_names

GRID = 1e-4
"""Degrees between the places that a corner of a border can have, about 10 m."""

CROOKED = 0.04
"""How far a border may leave the straight line, as a part of its length."""


def cut(
    regions: gpd.GeoDataFrame, count: int, vertices: int, chance: np.random.Generator
) -> gpd.GeoDataFrame:
    """So many pieces of the regions (EPSG:4326), with about so many vertices in all.

    Indexed by their ids, with `parent` (the region each is a piece of), `lon` and `lat` (a point in it).
    """
    seeds = seeds_of(regions, count, chance)
    straight = [cells(regions.geometry[parent], own) for parent, own in seeds.groupby("parent")]
    straight = pd.concat(straight)
    lines = crooked(segments_of([*regions.geometry, *straight.geometry]), vertices)
    faces = gpd.GeoSeries(list(shapely.polygonize(lines).geoms))
    inside = gpd.GeoDataFrame(geometry=faces.representative_point())
    owner = inside.sjoin_nearest(straight, max_distance=10 * GRID)["piece"]
    owner = owner[~owner.index.duplicated()]
    shapes = {
        piece: shapely.coverage_union_all(faces[rows].to_numpy())
        for piece, rows in owner.groupby(owner).groups.items()
    }
    return gpd.GeoDataFrame(seeds, geometry=gpd.GeoSeries(shapes, crs=4326).reindex(seeds.index))


def seeds_of(regions: gpd.GeoDataFrame, count: int, chance: np.random.Generator) -> pd.DataFrame:
    """The points that the pieces are made around: the centre of each region, then others anywhere in it."""
    weight = pd.Series(np.sqrt(shapely.area(regions.geometry.to_numpy())), index=regions.index)
    shares = np.maximum(1, np.floor(weight / weight.sum() * (count - len(regions)))).astype(int)
    shares.iloc[np.argsort(-weight.to_numpy())[: count - len(regions) - shares.sum()]] += 1
    rows = []
    for parent, further in shares.items():
        outline = regions.geometry[parent]
        centre = shapely.Point(regions.at[parent, "centre_lon"], regions.at[parent, "centre_lat"])
        centre = centre if outline.contains(centre) else outline.representative_point()
        rows.append((parent, parent, centre.x, centre.y))
        for number, (lon, lat) in enumerate(points_in(outline, further, chance), start=1):
            rows.append((f"{parent}-{number:03}", parent, lon, lat))
    return pd.DataFrame(rows, columns=["piece", "parent", "lon", "lat"]).round(4).set_index("piece")


def points_in(outline: shapely.Geometry, count: int, chance: np.random.Generator) -> np.ndarray:
    """So many points in an area, none too near to another."""
    west, south, east, north = outline.bounds
    apart = 0.6 * np.sqrt(outline.area / (count + 1))
    found: list[tuple[float, float]] = []
    shapely.prepare(outline)
    while len(found) < count:
        lon, lat = chance.uniform(west, east, 2000), chance.uniform(south, north, 2000)
        for place in np.column_stack([lon, lat])[shapely.contains_xy(outline, lon, lat)]:
            if not found or np.hypot(*(np.array(found) - place).T).min() > apart:
                found.append(tuple(place))
        apart *= 0.9
    return np.array(found[:count]).reshape(-1, 2)


def cells(outline: shapely.Geometry, seeds: pd.DataFrame) -> gpd.GeoDataFrame:
    """The part of an area that is nearest to each seed, straight-sided."""
    points = shapely.MultiPoint(seeds[["lon", "lat"]].to_numpy())
    found = (
        shapely.voronoi_polygons(points, extend_to=outline, ordered=True)
        if len(seeds) > 1
        else points.convex_hull
    )
    parts = np.array(found.geoms) if len(seeds) > 1 else np.array([outline.envelope])
    return gpd.GeoDataFrame({"piece": seeds.index}, geometry=shapely.intersection(parts, outline))


def segments_of(areas: list[shapely.Geometry]) -> np.ndarray:
    """The straight lines between any two neighbouring corners of all borders, each once (n × 2 × 2)."""
    borders = shapely.union_all(shapely.boundary(areas), grid_size=GRID)
    corners, line = shapely.get_coordinates(shapely.get_parts(borders), return_index=True)
    follows = np.flatnonzero(line[1:] == line[:-1])
    ends = np.rint(np.stack([corners[follows], corners[follows + 1]], axis=1) / GRID).astype(int)
    swapped = (ends[:, 0] > ends[:, 1])[:, 0] | (
        (ends[:, 0, 0] == ends[:, 1, 0]) & (ends[:, 0, 1] > ends[:, 1, 1])
    )
    ends[swapped] = ends[swapped][:, ::-1]
    return np.unique(ends, axis=0) * GRID


def crooked(segments: np.ndarray, vertices: int) -> np.ndarray:
    """A crooked line for each straight one, dense enough for so many vertices of the areas between them.

    Lines that would cross another one stay straight.
    """
    bend = np.full(len(segments), CROOKED)
    while True:
        corners, line = dense(segments, vertices, bend)
        lines = shapely.linestrings(corners, indices=line)
        crossing = shapely.STRtree(lines).query(lines, predicate="crosses")[0]
        if not len(crossing) or not bend[crossing].any():
            return lines
        bend[crossing] = 0


def dense(segments: np.ndarray, vertices: int, bend: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Corners of a line for each straight one, and the number of the line that each is of."""
    start, end = segments[:, 0], segments[:, 1]
    along = end - start
    length = np.hypot(*along.T)
    pieces = np.maximum(1, np.rint(length / (2 * length.sum() / vertices))).astype(int)
    line = np.repeat(np.arange(len(segments)), pieces + 1)
    first = np.cumsum(pieces + 1) - (pieces + 1)
    step = np.arange(len(line)) - first[line]
    at = step / pieces[line]
    phase = np.abs(np.sin(segments.sum(axis=(1, 2)) * 1e4))[line]
    waves = np.sin(2 * np.pi * (3 * at + phase)) + 0.5 * np.sin(2 * np.pi * (11 * at - phase))
    aside = np.column_stack([-along[:, 1], along[:, 0]])[line]
    aside *= (bend[line] * np.sin(np.pi * at) * waves)[:, None]
    places = start[line] + along[line] * at[:, None] + aside
    places[at == 1], places[step == 0] = end[line[at == 1]], start[line[step == 0]]
    return np.round(np.rint(places / GRID) * GRID, 4), line


def table(real: pd.DataFrame, pieces: gpd.GeoDataFrame) -> pd.DataFrame:
    """The rows of regions.csv: the real regions and districts, each with its share of a region's figures."""
    rows = real.set_index("region_id").loc[pieces["parent"]].reset_index(drop=True)
    rows.insert(0, "region_id", pieces.index)
    made = (pieces.index != pieces["parent"]).to_numpy()
    names = made_up_names(len(pieces), "district")
    for column in names:
        rows.loc[made, column] = names[column][made]
    for language in ("en", "ru", "uz", "kk"):
        rows.loc[made, f"centre_{language}"] = names[f"name_{language}"][made]
    rows.loc[made, "kind"] = "district"
    rows.loc[made, [c for c in rows if c.startswith("council_role")]] = ""
    rows["centre_lat"], rows["centre_lon"] = (
        pieces["lat"].map("{:.4f}".format).to_numpy(),
        pieces["lon"].map("{:.4f}".format).to_numpy(),
    )
    area = pd.Series(shapely.area(pieces.geometry.to_numpy()), index=pieces.index)
    share = (area / area.groupby(pieces["parent"]).transform("sum")).to_numpy()
    for column in ("population", "area_km2"):
        amounts = np.maximum(1, np.rint(rows[column].astype(float) * share)).astype(int)
        rows[column] = amounts.astype(str)
    touching = pieces.sjoin(pieces[["geometry"]], predicate="intersects")
    at_border = touching.index[touching.index.str[:2] != touching["piece_right"].str[:2]]
    rows["borders_other_country"] = np.where(pieces.index.isin(at_border), "true", "false")
    return rows[real.columns]


def features(pieces: gpd.GeoDataFrame) -> list[dict]:
    """The features of regions.geojson."""
    return [
        {
            "type": "Feature",
            "id": piece,
            "properties": {"region_id": piece},
            "geometry": shapely.geometry.mapping(shape),
        }
        for piece, shape in pieces.geometry.items()
    ]
