"""Vector tiles made by a real PostGIS, and the same tiles made from what is in memory."""

from __future__ import annotations

import dataclasses

import mapbox_vector_tile
import numpy as np
import pytest
import shapely

import layers
from dashboard.figures.picture_view import world
from dashboard.tiles import regions, segments, sites
from dashboard.tiles.choices import usual_shown
from dashboard.tiles.database import database_tile
from dashboard.tiles.grid import encoded, tiles_of
from layers.postgis.tables import schema_of

UNITS = 2.5


@pytest.fixture(scope="module")
def version(postgres, published, folders):
    """The first folder as an atlas that knows its tables in the database, and the address of these."""
    atlas = layers.load(folders[0])
    with pytest.MonkeyPatch.context() as surroundings:
        surroundings.setenv("ATLAS_DATABASE_URL", postgres.url(published))
        yield dataclasses.replace(atlas, schema=schema_of(atlas.version))
    postgres.leave(published)


def read(body: bytes, layer: str) -> list[tuple[dict, shapely.Geometry]]:
    assert body is not None, "the database has refused"
    found = mapbox_vector_tile.decode(body, default_options={"y_coord_down": True}) if body else {}
    features = found.get(layer, {"features": []})["features"]
    return [(one["properties"], shapely.geometry.shape(one["geometry"])) for one in features]


def window(z: int, west: float, south: float, east: float, north: float):
    (left, right), (bottom, top) = world([west, east], [south, north])
    return tiles_of((left, top, right, bottom), z)


def id_of(feature: tuple[dict, object]) -> str:
    """Of a site or a circle of sites."""
    return feature[0].get("site_id") or feature[0]["cluster_id"]


@pytest.mark.parametrize("z", [2, 4, 6, 14])
@pytest.mark.parametrize("is_chosen", [False, True])
def test_sites_stand_together_as_they_do_from_memory(version, z, is_chosen):
    kept = np.arange(len(version.sites)) % 3 > 0 if is_chosen else None
    place = version.sites.geometry.iloc[1]
    around = (46, 36, 88, 56) if z < 8 else (place.x, place.y, place.x, place.y)
    count = 0
    for tile in window(z, *around):
        own = read(encoded({"sites": sites.features(version, kept, tile)}), "sites")
        made = read(database_tile(version, "sites", tile, kept, None), "sites")
        for (about, at), (said, there) in zip(sorted(own, key=id_of), sorted(made, key=id_of), strict=True):
            bounds, others = about.pop("bounds", ""), said.pop("bounds", "")
            assert about == said
            assert at.distance(there) <= UNITS
            if bounds:
                assert np.allclose(*(np.array(one.split(","), float) for one in (bounds, others)), atol=2e-4)
            count += about.get("point_count", 1)
    assert count == (len(version.sites) if kept is None else kept.sum()) or z == 14


def test_near_segments_and_regions_are_those_from_memory(version):
    usual, seen = usual_shown(version), set()
    for tile in window(8, 66, 40, 70, 42):
        own = {
            a["segment_id"]: (a, s)
            for a, s in read(encoded({"segments": segments.features(version, usual, tile)}), "segments")
        }
        made = {
            a["segment_id"]: (a, s)
            for a, s in read(database_tile(version, "segments", tile, None, usual), "segments")
        }
        for segment_id in own.keys() & made.keys():
            (about, line), (said, there) = own[segment_id], made[segment_id]
            assert about == said
            assert line.hausdorff_distance(there) < 8, "half a pixel may be simplified"
        inside = shapely.box(0, 0, 4096, 4096)
        for segment_id in own.keys() ^ made.keys():  # a line that only touches the rim
            assert not (own.get(segment_id) or made[segment_id])[1].intersects(inside)
        seen |= made.keys()
        areas = dict(
            (a["region_id"], s)
            for a, s in read(encoded({"regions": regions.features(version, tile)}), "regions")
        )
        theirs = dict(
            (a["region_id"], s)
            for a, s in read(database_tile(version, "regions", tile, None, None), "regions")
        )
        assert areas.keys() == theirs.keys()
        for region_id, area in areas.items():
            other = shapely.make_valid(theirs[region_id])
            assert shapely.make_valid(area).symmetric_difference(other).area <= UNITS * (area.length + 1)
    assert len(seen) > 5


def test_a_database_that_is_away_leaves_it_to_what_is_in_memory(version, monkeypatch):
    monkeypatch.setenv("ATLAS_DATABASE_URL", "postgresql://nobody@/none?host=/nowhere")
    (tile, *_) = window(8, 66, 40, 66, 40)
    assert database_tile(version, "regions", tile, None, None) is None
    assert database_tile(dataclasses.replace(version, schema=""), "regions", tile, None, None) is None
