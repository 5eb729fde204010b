"""Vector tiles made by PostGIS from the tables of a version, as dashboard/tiles makes them from files.

Places are shares of the world in Web Mercator from its upper left corner; a tile has 4096 units. Which rows
are left and what colour they have come by `ordinal`, the order of the rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from psycopg import sql
from sqlalchemy import Connection

NAMES = ("name_en", "name_ru", "name_uz", "name_kk")
NAMED = sql.SQL(", ").join(sql.SQL("nullif({0}, '') AS {0}").format(sql.Identifier(name)) for name in NAMES)


@dataclass(frozen=True)
class Window:
    """One tile: its zoom, column and row."""

    z: int
    x: int
    y: int


@dataclass(frozen=True)
class Clusters:
    """How sites stand together.

    `cells` along a side of a tile; `radii` are pairs of a number of sites and the radius of their circle in
    units; sites within `spot` degrees, or all where `is_nearest`, are named, `offered` of them at most.
    """

    cells: int
    radii: Sequence[tuple[int, float]]
    spot: float
    offered: int
    is_nearest: bool


SITES = """
WITH placed AS (
  SELECT s.*, ST_X(geometry) AS px, ST_Y(geometry) AS py, (ST_X(geometry) + 180) / 360 AS wx,
         0.5 - ln(tan(pi() / 4 + radians(ST_Y(geometry)) / 2)) / (2 * pi()) AS wy
  FROM {sites} s
  WHERE geometry && ST_Expand(ST_Transform(ST_TileEnvelope(%(z)s, %(x)s, %(y)s), 4326), 0.01)
    AND (%(kept)s::bigint[] IS NULL OR ordinal = ANY(%(kept)s))
), celled AS (
  SELECT *, floor(wx * %(side)s)::bigint - %(x)s::bigint * %(cells)s AS cx,
            floor(wy * %(side)s)::bigint - %(y)s::bigint * %(cells)s AS cy
  FROM placed
), inside AS (
  SELECT * FROM celled WHERE cx BETWEEN 0 AND %(cells)s - 1 AND cy BETWEEN 0 AND %(cells)s - 1
), grouped AS (
  SELECT cx, cy, count(*) AS n, min(ordinal) AS first,
         (avg(wx) * %(tiles)s - %(x)s) * 4096 AS ux, (avg(wy) * %(tiles)s - %(y)s) * 4096 AS uy,
         min(px) AS west, min(py) AS south, max(px) AS east, max(py) AS north,
         (array_agg(site_id ORDER BY ordinal))[1:%(offered)s] AS ids
  FROM inside GROUP BY cx, cy
), reaching AS (
  SELECT *, greatest(4096.0 / %(cells)s / 2 - {radius}, 0) AS reach,
         (cx + 0.5) * 4096.0 / %(cells)s AS mx, (cy + 0.5) * 4096.0 / %(cells)s AS my
  FROM grouped
), features AS (
  SELECT ST_Point(round((wx * %(tiles)s - %(x)s) * 4096), round((wy * %(tiles)s - %(y)s) * 4096)) AS geom,
         site_id, kind, status, location_precision = 'region-centre' AS is_approximate,
         status = ANY(%(standing)s) AS is_standing, status = 'under-construction' AS is_building, {named},
         NULL::boolean AS cluster, NULL::text AS cluster_id, NULL::bigint AS point_count,
         NULL::text AS bounds, NULL::text AS site_ids
  FROM inside JOIN grouped USING (cx, cy) WHERE n = 1
  UNION ALL
  SELECT ST_Point(round(least(greatest(ux, mx - reach), mx + reach)::numeric),
                  round(least(greatest(uy, my - reach), my + reach)::numeric)),
         NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, true,
         concat_ws('/', %(z)s, %(x)s::bigint * %(cells)s + cx, %(y)s::bigint * %(cells)s + cy), n,
         concat_ws(',', round(west::numeric, 4), round(south::numeric, 4),
                        round(east::numeric, 4), round(north::numeric, 4)),
         CASE WHEN %(is_nearest)s OR greatest(east - west, north - south) < %(spot)s
              THEN array_to_string(ids, ';') END
  FROM reaching WHERE n > 1
)
SELECT ST_AsMVT(features, 'sites', 4096, 'geom') FROM features
"""


def site_tile(
    connection: Connection,
    schema: str,
    window: Window,
    clusters: Clusters,
    standing: Sequence[str],
    kept: Sequence[int] | None,
) -> bytes:
    """The sites of a tile, those of one cell as one circle; `standing` are the statuses of what stands."""
    query = sql.SQL(SITES).format(
        sites=sql.Identifier(schema, "sites"), radius=_radius(clusters.radii), named=NAMED
    )
    given = {
        **window.__dict__,
        "tiles": 2.0**window.z,
        "side": 2.0**window.z * clusters.cells,
        "cells": clusters.cells,
        "spot": clusters.spot,
        "offered": clusters.offered,
        "is_nearest": clusters.is_nearest,
        "standing": list(standing),
        "kept": None if kept is None else list(kept),
    }
    return _tile(connection, query, given)


def _radius(radii: Sequence[tuple[int, float]]) -> sql.Composable:
    """The radius of the circle of n sites, which grows evenly between the given numbers."""
    parts = [sql.SQL("WHEN n <= {} THEN {}").format(*map(sql.Literal, radii[0]))]
    for (low, small), (high, large) in pairwise(radii):
        growth = sql.SQL("WHEN n <= {} THEN {} + (n - {}) * {}::float8").format(
            *map(sql.Literal, (high, small, low, (large - small) / (high - low)))
        )
        parts.append(growth)
    return sql.SQL("CASE {} ELSE {} END").format(sql.SQL(" ").join(parts), sql.Literal(radii[-1][1]))


LINES = """
WITH here AS (
  SELECT s.*, coalesce((%(colours)s::text[])[ordinal + 1], '') AS colour
  FROM {segments} s
  WHERE geometry && ST_Transform(ST_TileEnvelope(%(z)s, %(x)s, %(y)s, margin => 0.015625), 4326)
), features AS (
  SELECT ST_AsMVTGeom(ST_Transform(s.geometry, 3857), ST_TileEnvelope(%(z)s, %(x)s, %(y)s), 4096, 64) AS geom,
         segment_id, s.mode, s.status, c.group, array_to_string(s.corridor_ids, ';') AS corridors,
         s.geometry_kind IS DISTINCT FROM 'traced' AS is_schematic,
         array_to_string(s.corridor_ids, ';') = ANY(%(meshes)s) AS is_mesh, colour, {ends}
  FROM here s
  JOIN {corridors} c ON c.corridor_id = s.corridor_ids[1]
  JOIN {nodes} a ON a.node_id = s.from_node
  JOIN {nodes} b ON b.node_id = s.to_node
  WHERE colour <> ''
  ORDER BY s.ordinal
)
SELECT ST_AsMVT(features, 'segments', 4096, 'geom') FROM features WHERE geom IS NOT NULL
"""

END = "CASE WHEN a.{0} <> '' AND b.{0} <> '' THEN concat(a.{0}, ' – ', b.{0}) END AS {0}"
ENDS = sql.SQL(", ").join(sql.SQL(END).format(sql.Identifier(name)) for name in NAMES)


def line_tile(
    connection: Connection, schema: str, window: Window, colours: Sequence[str], meshes: Sequence[str]
) -> bytes:
    """The segments of a tile, each a feature; `colours` by ordinal, "" for those that are left out.

    `meshes` are the corridors, as tiles write them, of which there are so many segments that they are thin.
    """
    names = {name: sql.Identifier(schema, name) for name in ("segments", "corridors", "nodes")}
    query = sql.SQL(LINES).format(**names, ends=ENDS)
    given = {**window.__dict__, "colours": list(colours), "meshes": list(meshes)}
    return _tile(connection, query, given)


REGIONS = """
WITH features AS (
  SELECT ST_AsMVTGeom(ST_Transform(geometry, 3857), ST_TileEnvelope(%(z)s, %(x)s, %(y)s), 4096, 64) AS geom,
         region_id, {named}
  FROM {regions}
  WHERE geometry && ST_Transform(ST_TileEnvelope(%(z)s, %(x)s, %(y)s, margin => 0.015625), 4326)
  ORDER BY ordinal
)
SELECT ST_AsMVT(features, 'regions', 4096, 'geom') FROM features WHERE geom IS NOT NULL
"""


def region_tile(connection: Connection, schema: str, window: Window) -> bytes:
    """The regions of a tile with whole borders, for zooms near enough.

    Farther ones are made coarse as a coverage, which PostGIS learns only in 3.4.
    """
    query = sql.SQL(REGIONS).format(regions=sql.Identifier(schema, "regions"), named=NAMED)
    return _tile(connection, query, dict(window.__dict__))


def _tile(connection: Connection, query: sql.Composable, given: dict[str, object]) -> bytes:
    cursor = connection.connection.cursor()
    found = cursor.execute(query, given).fetchone()
    return bytes(found[0]) if found and found[0] else b""
