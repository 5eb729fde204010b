"""Where routes begin and end: centres of regions, sites, nodes; how the first two reach the network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

import networkx as nx
import numpy as np
import pandas as pd
import shapely
from pyproj import Geod
from scipy.spatial import KDTree

from layers.atlas import Atlas
from layers.corridors import places as nodes_that_are_places
from layers.network.refusals import Refused
from layers.network.whatif import OPEN

WGS84 = Geod(ellps="WGS84")

TABLES = {"region": "regions", "site": "sites", "node": "nodes"}
"""Kinds of places, with their tables."""

MANY_NODES, NEAR_NODES = 1_000, 16
"""Of more nodes than that only so many, the nearest on a sphere, are measured on the ellipsoid."""

MOST_CONNECTORS = 4
FURTHER_KM = 50
"""A place joins the nodes nearest to it: the two nearest, and up to four that are not much further than the
first, so that a connector leads to the network and not along it.
"""

EUROPEAN_UNION = frozenset(
    (
        *("AUT", "BEL", "BGR", "CYP", "CZE", "DEU", "DNK", "ESP", "EST", "FIN", "FRA", "GRC", "HRV", "HUN"),
        *("IRL", "ITA", "LTU", "LUX", "LVA", "MLT", "NLD", "POL", "PRT", "ROU", "SVK", "SVN", "SWE"),
    )
)


@dataclass(frozen=True)
class Place:
    """An end of a route: its key ("region:UZ-SA", "site:J-003", "node:poti"), country and point (WGS 84)."""

    key: str
    country_iso3: str
    lon: float
    lat: float

    @property
    def kind(self) -> str:
        """region, site or node."""
        return self.key.partition(":")[0]

    @property
    def one(self) -> str:
        """The id in its table."""
        return self.key.partition(":")[2]

    @property
    def stop(self) -> str:
        """The id of its stop on a way: a node's own, else the key."""
        return self.one if self.kind == "node" else self.key


@dataclass(frozen=True)
class Connector:
    """A road between a place and a node that no table holds: kilometres in a straight line."""

    node_id: str
    straight_km: float


def row_of(atlas: Atlas, place: Place) -> pd.Series:
    """The row of a place, with its names."""
    return getattr(atlas, TABLES[place.kind]).loc[place.one]


@lru_cache(maxsize=8192)  # more than there are regions: all of them are asked for in turn
def place_of(atlas: Atlas, key: str) -> Place:
    """The place of a key; Refused where the atlas has none, also for a shape point, which is no place."""
    kind, _, one = str(key).partition(":")
    if kind not in TABLES or one not in getattr(atlas, TABLES[kind]).index:
        raise Refused("unknown-place", key=key)
    row = getattr(atlas, TABLES[kind]).loc[one]
    if kind == "node" and row["kind"] == "shape":
        raise Refused("unknown-place", key=key)
    lat, lon = ("centre_lat", "centre_lon") if kind == "region" else ("lat", "lon")
    return Place(str(key), row["country_iso3"], float(row[lon]), float(row[lat]))


@lru_cache(maxsize=8192)
def connectors(atlas: Atlas, place: Place) -> tuple[Connector, ...]:
    """How a region's centre or a site joins the network, nearest node first; a node needs none.

    Only nodes of its own country count, because a connector passes no border, unless that country has no
    line in operation. They do not depend on what is closed or opened: otherwise opening a line could take a
    connector away, and make a route longer.
    """
    if place.kind == "node":
        return ()
    served, coming = joined_nodes(atlas, place.country_iso3)
    if served.ids.empty:
        served, _ = joined_nodes(atlas, "")
    return (*nearest(place, served, 2), *nearest(place, coming, 0))


def nearest(place: Place, nodes: Spots, least: int) -> tuple[Connector, ...]:
    """At least so many of the nearest nodes, and those that are not much further than the first."""
    at = nodes.around(place)
    here = (np.full(len(at), one) for one in (place.lon, place.lat))
    km = WGS84.inv(*here, nodes.lon[at], nodes.lat[at])[2] / 1000
    order = np.argsort(km, kind="stable")[:MOST_CONNECTORS]
    limit = FURTHER_KM + (km[order[0]] if least and len(order) else 0.0)
    return tuple(
        Connector(nodes.ids[at[one]], float(km[one]))
        for rank, one in enumerate(order)
        if rank < least or km[one] <= limit
    )


@dataclass(frozen=True, eq=False)
class Spots:
    """Nodes by id with longitude and latitude (WGS 84)."""

    ids: pd.Index
    lon: np.ndarray
    lat: np.ndarray

    def around(self, place: Place) -> np.ndarray:
        """The positions of the nodes near a place, in order: all where they are few, else the NEAR_NODES
        nearest on a sphere."""
        if len(self.ids) <= MANY_NODES:
            return np.arange(len(self.ids))
        near = self._tree.query(on_sphere(np.array([place.lon]), np.array([place.lat])), k=NEAR_NODES)[1]
        return np.sort(near[0])

    @cached_property
    def _tree(self) -> KDTree:
        return KDTree(on_sphere(self.lon, self.lat))


def on_sphere(lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Places as points of a sphere of radius 1, of which the nearest ones are the nearest in a straight line
    too."""
    east, north = np.radians(lon), np.radians(lat)
    return np.column_stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)])


@lru_cache(maxsize=64)
def joined_nodes(atlas: Atlas, country_iso3: str) -> tuple[Spots, Spots]:
    """The nodes of a country ("" for all) on lines by land in operation, and those on other lines alone."""
    nodes = nodes_that_are_places(atlas.nodes)
    if country_iso3:
        nodes = nodes[nodes["country_iso3"].eq(country_iso3)]
    land = atlas.segments[atlas.segments["mode"].ne("sea")]
    served, drawn = (
        nodes.index.isin(rows["from_node"]) | nodes.index.isin(rows["to_node"])
        for rows in (land[land["status"].isin(OPEN)], land)
    )
    lon, lat = (nodes[column].to_numpy(float) for column in ("lon", "lat"))
    return tuple(Spots(nodes.index[one], lon[one], lat[one]) for one in (served, drawn & ~served))


def line_to(atlas: Atlas, place: Place, node_id: str) -> shapely.LineString:
    """The straight line from a place to a node (EPSG:4326)."""
    node = atlas.nodes.loc[node_id]
    return shapely.LineString([(place.lon, place.lat), (node["lon"], node["lat"])])


def seas(atlas: Atlas) -> dict[str, frozenset[str]]:
    """The nodes of each sea that ships sail on, by one of its nodes; lakes count as seas."""
    sailed = atlas.segments[atlas.segments["mode"].eq("sea")]
    parts = nx.connected_components(
        nx.from_edgelist(zip(sailed["from_node"], sailed["to_node"], strict=True))
    )
    return {min(part): frozenset(part) for part in parts}


def caspian_ports(atlas: Atlas) -> tuple[str, ...]:
    """The ports on the sea that Kazakhstan lies on."""
    country = atlas.nodes["country_iso3"]
    caspian = [part for part in seas(atlas).values() if country.loc[list(part)].eq("KAZ").any()]
    return chosen(atlas, [node for part in caspian for node in part], "port")


def sea_ports(atlas: Atlas) -> tuple[str, ...]:
    """The ports from which ships reach the oceans: all but those on the Caspian."""
    inland = caspian_ports(atlas)
    return tuple(node for node in chosen(atlas, atlas.nodes.index, "port") if node not in inland)


def china_border(atlas: Atlas) -> tuple[str, ...]:
    """The first places outside China on the lines that come from there, also on those not open yet."""
    return tuple(first for first, country in over_borders(atlas) if country == "CHN")


def european_union(atlas: Atlas) -> tuple[str, ...]:
    """The nodes in countries of the European Union; the nearest is where one enters it."""
    nodes = nodes_that_are_places(atlas.nodes)
    return tuple(nodes.index[nodes["country_iso3"].isin(EUROPEAN_UNION)])


def over_borders(atlas: Atlas) -> tuple[tuple[str, str], ...]:
    """Each node at the end of a line that crosses a border, with the country at the other end, each once."""
    country = atlas.nodes["country_iso3"]
    pairs = atlas.segments.loc[atlas.segments["mode"].ne("sea"), ["from_node", "to_node"]]
    found = {}
    for start, end in pairs.itertuples(index=False):
        if country[start] and country[end] and country[start] != country[end]:
            found |= {(start, country[end]): None, (end, country[start]): None}
    return tuple(found)


def chosen(atlas: Atlas, node_ids: object, kind: str) -> tuple[str, ...]:
    """Those of the nodes that are of one kind, in the order of the table."""
    nodes = atlas.nodes
    return tuple(nodes.index[nodes["kind"].eq(kind) & nodes.index.isin(list(node_ids))])


GATEWAYS: dict[str, Callable[[Atlas], tuple[str, ...]]] = {
    "sea-ports": sea_ports,
    "caspian-ports": caspian_ports,
    "china": china_border,
    "european-union": european_union,
}
"""Sets of gateways by name, each found in the data."""


@lru_cache(maxsize=256)
def gateways_of(atlas: Atlas, key: str) -> tuple[str, ...]:
    """The nodes of a set of gateways, or of one node by its key ("node:poti"); Refused for another key."""
    if key in GATEWAYS:
        return GATEWAYS[key](atlas)
    if not str(key).startswith("node:"):
        raise Refused("unknown-gateways", key=key)
    return (place_of(atlas, key).one,)
