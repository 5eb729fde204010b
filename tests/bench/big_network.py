"""Made-up local railways and roads: stations in every region and the lines between them.

Each region has one net, a corridor of its own, which joins the real network at nodes that lie in the region.
"""

from __future__ import annotations

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd
import shapely
from pyproj import Geod
from scipy.spatial import Delaunay

from tests.bench.big_names import made_up_names

WGS84 = Geod(ellps="WGS84")
NODES_TO_SEGMENTS = 0.7
MOST_CORNERS = 6


def nets(
    regions: gpd.GeoDataFrame, nodes: pd.DataFrame, count: int, first: int, chance: np.random.Generator
) -> tuple[pd.DataFrame, pd.DataFrame, list[dict]]:
    """Further rows of nodes.csv and segments.csv, so many segments, and features of corridors.geojson.

    `nodes` are the real ones (lon, lat in degrees); the ids of the segments go on from number `first`.
    """
    weight = pd.Series(np.sqrt(shapely.area(regions.geometry.to_numpy())), index=regions.index)
    shares = np.maximum(3, np.floor(weight / weight.sum() * count)).astype(int)
    shares.iloc[shares.argmax()] += count - shares.sum()
    made, drawn, total = [], [], 0
    for region_id, own in shares.items():
        outline = regions.geometry[region_id]
        inside = nodes[shapely.contains_xy(outline, nodes["lon"], nodes["lat"]) & nodes["kind"].ne("shape")]
        places = points_in_grid(outline, max(3, int(own * NODES_TO_SEGMENTS)), chance)
        ids = [f"made-up-{number:05}" for number in range(total, total + len(places))]
        total += len(places)
        all_ids = np.array([*ids, *inside.index[:2]])
        spots = np.vstack([places, inside[["lon", "lat"]].to_numpy(float)[:2]])
        pairs = joined(spots, own)
        drawn.append(
            pd.DataFrame(
                {"from_node": all_ids[pairs[:, 0]], "to_node": all_ids[pairs[:, 1]], "region": region_id}
            )
        )
        drawn[-1]["line"] = bent(spots[pairs[:, 0]], spots[pairs[:, 1]])
        made.append(
            pd.DataFrame(
                {
                    "node_id": ids,
                    "lon": places[:, 0],
                    "lat": places[:, 1],
                    "country_iso3": regions.at[region_id, "country_iso3"],
                }
            )
        )
    return node_rows(pd.concat(made, ignore_index=True)), *segment_rows(
        pd.concat(drawn, ignore_index=True), first
    )


def points_in_grid(outline: shapely.Geometry, count: int, chance: np.random.Generator) -> np.ndarray:
    """So many points in an area, one in each square of a grid, moved a little."""
    west, south, east, north = outline.bounds
    step = np.sqrt(outline.area / count) * 1.05
    shapely.prepare(outline)
    while True:
        lon, lat = np.meshgrid(np.arange(west, east, step), np.arange(south, north, step))
        lon, lat = (one.ravel() + chance.uniform(0.15, 0.85, one.size) * step for one in (lon, lat))
        places = np.round(np.column_stack([lon, lat]), 4)[shapely.contains_xy(outline, lon, lat)]
        if len(places) >= count:
            return places[chance.permutation(len(places))[:count]]
        step *= 0.95


def joined(spots: np.ndarray, count: int) -> np.ndarray:
    """So many pairs of neighbouring places (positions) that join all of them, shortest first."""
    corners = Delaunay(spots).simplices
    pairs = np.unique(
        np.sort(np.vstack([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [0, 2]]]), axis=1), axis=0
    )
    length = np.hypot(*(spots[pairs[:, 0]] - spots[pairs[:, 1]]).T)
    graph = nx.Graph()
    graph.add_weighted_edges_from(zip(*pairs.T.tolist(), length.tolist(), strict=True))
    needed = {tuple(sorted(pair)) for pair in nx.minimum_spanning_edges(graph, data=False)}
    order = sorted(range(len(pairs)), key=lambda at: (tuple(pairs[at]) not in needed, length[at]))
    return pairs[order[: max(count, len(needed))]]


def bent(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """A line of a few corners from each place to another."""
    at = np.linspace(0, 1, MOST_CORNERS)
    along = end - start
    aside = np.column_stack([-along[:, 1], along[:, 0]])
    bend = 0.08 * np.sin(np.pi * at) * np.sin(np.outer(start.sum(axis=1) * 50, at))
    places = start[:, None] + along[:, None] * at[:, None] + aside[:, None] * bend[:, :, None]
    places = np.round(places, 4)
    places[:, 0], places[:, -1] = start, end
    return shapely.linestrings(places)


def node_rows(made: pd.DataFrame) -> pd.DataFrame:
    """The rows of nodes.csv for these nodes."""
    coordinates = {column: made[column].map("{:.4f}".format) for column in ("lat", "lon")}
    facts = {"kind": "station", "coord_source": "made up"}
    return made.assign(**coordinates, **facts, **made_up_names(len(made), "station"))


def segment_rows(drawn: pd.DataFrame, first: int) -> tuple[pd.DataFrame, list[dict]]:
    """The rows of segments.csv and the features of corridors.geojson for these lines."""
    number = np.arange(len(drawn))
    ids = [f"SEG-{one + first:03}" for one in number]
    rail = number % 3 == 0
    planned = number % 20 == 7
    rows = pd.DataFrame(
        {
            "segment_id": ids,
            "corridor_ids": corridor_of(drawn["region"]),
            "from_node": drawn["from_node"],
            "to_node": drawn["to_node"],
            "mode": np.where(rail, "rail", "road"),
            "status": np.where(planned, "planned", "operating"),
            "gauge_mm": np.where(rail, "1520", ""),
            "planned_year": np.where(planned, "2031", ""),
            "source_ids": "GK",
        }
    )
    lengths = [WGS84.geometry_length(line) / 1000 for line in drawn["line"]]
    found = [
        {
            "type": "Feature",
            "id": one,
            "properties": {"geometry_kind": "schematic", "computed_length_km": round(km, 1)},
            "geometry": shapely.geometry.mapping(line),
        }
        for one, km, line in zip(ids, lengths, drawn["line"], strict=True)
    ]
    return rows, found


def corridor_of(region_ids: pd.Series) -> pd.Series:
    """The corridor that the net of a region is."""
    return "net-" + region_ids.str.lower()


def corridor_rows(real: pd.DataFrame, regions: pd.DataFrame) -> pd.DataFrame:
    """A row of corridors.csv for the net of each region."""
    names = {
        f"name_{language}": regions[f"name_{language}"] + ": net" for language in ("en", "ru", "uz", "kk")
    }
    facts = {"group": "kz-uz-links", "kind": "multimodal", "status": "operating", "source_ids": "GK"}
    rows = pd.DataFrame(
        {
            "corridor_id": corridor_of(regions.index.to_series()),
            **names,
            "country_iso3s": regions["country_iso3"],
        }
    )
    return rows.assign(**facts, summary_en="Made-up local lines.").reindex(columns=real.columns)


def variant_rows(real: pd.DataFrame, segments: pd.DataFrame, regions: pd.DataFrame) -> pd.DataFrame:
    """A row of corridor_variants.csv for each net, between two of its stations."""
    own = segments[segments["corridor_ids"].str.startswith("net-")].groupby("corridor_ids", sort=False)
    ends = pd.DataFrame({"from_node": own["from_node"].first(), "to_node": own["to_node"].last()})
    named = regions.set_index(corridor_of(regions.index.to_series()))
    names = {column: named[column].reindex(ends.index) for column in regions if column.startswith("name_")}
    rows = ends.assign(variant_id=ends.index, corridor_id=ends.index, modes="rail;road", **names)
    return rows.reindex(columns=real.columns)
