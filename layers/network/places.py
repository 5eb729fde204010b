"""Where routes begin and end: centres of regions, sites, nodes; how the first two reach the network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import networkx as nx
import numpy as np
import pandas as pd
import shapely
from pyproj import Geod

from layers.atlas import Atlas
from layers.corridors import places as nodes_that_are_places
from layers.network.refusals import Refused
from layers.network.whatif import OPEN

WGS84 = Geod(ellps="WGS84")

TABLES = {"region": "regions", "site": "sites", "node": "nodes"}
"""Kinds of places, with their tables."""

MANY_NODES, NEAR_NODES = 1_000, 64
"""Of more nodes than that only so many, the nearest in degrees, are measured on the ellipsoid."""

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
    if served.empty:
        served, _ = joined_nodes(atlas, "")
    return (*nearest(place, served, 2), *nearest(place, coming, 0))


def nearest(place: Place, nodes: pd.DataFrame, least: int) -> tuple[Connector, ...]:
    """At least so many of the nearest nodes, and those that are not much further than the first."""
    if len(nodes) > MANY_NODES:
        nodes = roughly_nearest(place, nodes)
    here = (np.full(len(nodes), one) for one in (place.lon, place.lat))
    km = WGS84.inv(*here, nodes["lon"].to_numpy(float), nodes["lat"].to_numpy(float))[2] / 1000
    order = np.argsort(km, kind="stable")[:MOST_CONNECTORS]
    limit = FURTHER_KM + (km[order[0]] if least and len(order) else 0.0)
    return tuple(
        Connector(nodes.index[at], float(km[at]))
        for rank, at in enumerate(order)
        if rank < least or km[at] <= limit
    )


def roughly_nearest(place: Place, nodes: pd.DataFrame) -> pd.DataFrame:
    """The NEAR_NODES nodes that are nearest in degrees, those of longitude as short as at the place."""
    east = (nodes["lon"].to_numpy(float) - place.lon) * np.cos(np.radians(place.lat))
    north = nodes["lat"].to_numpy(float) - place.lat
    return nodes.iloc[np.sort(np.argpartition(east**2 + north**2, NEAR_NODES)[:NEAR_NODES])]


@lru_cache(maxsize=64)
def joined_nodes(atlas: Atlas, country_iso3: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The nodes of a country ("" for all) on lines by land in operation, and those on other lines alone."""
    nodes = nodes_that_are_places(atlas.nodes)
    if country_iso3:
        nodes = nodes[nodes["country_iso3"].eq(country_iso3)]
    land = atlas.segments[atlas.segments["mode"].ne("sea")]
    served, drawn = (
        nodes.index.isin(rows["from_node"]) | nodes.index.isin(rows["to_node"])
        for rows in (land[land["status"].isin(OPEN)], land)
    )
    places = pd.DataFrame(nodes[["lon", "lat"]])
    return places[served], places[drawn & ~served]


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
