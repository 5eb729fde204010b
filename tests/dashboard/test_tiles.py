"""Vector tiles: what is in them, by which address, and which layers travel so."""

from __future__ import annotations

import dataclasses
import gzip
import json
import sys

import geopandas as gpd
import mapbox_vector_tile
import numpy as np
import pandas as pd
import pytest
import shapely

import layers
from dashboard import tiles
from dashboard.figures.picture_ground import Same
from dashboard.figures.picture_labels import label_shapes
from dashboard.figures.picture_shapes import many_clusters, point_shapes
from dashboard.figures.picture_view import view_of, world
from dashboard.figures.screen import HOME
from dashboard.figures.style import base_style
from dashboard.figures.tiled import draw_from_tiles, tiled
from dashboard.filters import Filters, map_marks
from dashboard.geometry import map_urls, names
from dashboard.text import speak
from dashboard.tiles import regions, segments, served, sites
from dashboard.tiles.choices import lines_shown, usual_shown
from dashboard.tiles.grid import EXTENT, Tile, encoded, tiles_of

BOUNDS = (46, 36, 88, 56)
NONE = {"sites": {"features": []}, "segments": {"features": []}}


@pytest.fixture(scope="module")
def crowd(atlas):
    """The atlas with 5,000 sites, of which many stand on one spot."""
    copies = [atlas.sites] * (5_000 // len(atlas.sites) + 1)
    frame = pd.concat(copies).iloc[:5_000]
    moved = (
        np.random.default_rng(1).normal(0, 0.3, (len(frame), 2)) * (np.arange(len(frame)) % 4 > 0)[:, None]
    )
    points = gpd.points_from_xy(frame.geometry.x + moved[:, 0], frame.geometry.y + moved[:, 1], crs=4326)
    ids = pd.Index([f"T-{number}" for number in range(len(frame))], name="site_id")
    many = gpd.GeoDataFrame(frame.set_index(ids).assign(geometry=points), geometry="geometry")
    return dataclasses.replace(atlas, sites=many, version="c0ffee000000")


@pytest.fixture
def reader(client, atlas, crowd):
    """A reader of the atlas that serves the crowd."""
    before = layers.held()
    layers.serve(crowd)
    yield client
    for one in reversed(before):
        layers.serve(one)


def instructions(atlas, filters: Filters) -> list[dict]:
    """What the overview tells its map; its module needs the application."""
    return sys.modules["dashboard.pages.overview"]._instructions(atlas, filters, "en")


def read(body: bytes) -> dict:
    if not body:
        return NONE
    return mapbox_vector_tile.decode(body, default_options={"y_coord_down": True, "geojson": True})


def window(z: int) -> list[Tile]:
    (west, east), (south, north) = world(BOUNDS[::2], BOUNDS[1::2])
    return tiles_of((west, north, east, south), z)


def told(atlas, z: int, kept=None) -> list[dict]:
    """What the tiles of a zoom say of sites."""
    every = [read(encoded({"sites": sites.features(atlas, kept, tile)})) for tile in window(z)]
    return [feature["properties"] for one in every for feature in one["sites"]["features"]]


# Which layers


def test_small_layers_travel_whole_and_large_ones_as_tiles(atlas, crowd):
    assert tiles.tiled_layers(atlas) == ()
    assert not any("{z}" in url for url in map_urls(atlas, {}).values())
    assert tiles.tiled_layers(crowd) == ("sites",)
    assert "sites" not in names(crowd) and "segments" in names(crowd)
    assert [name for name, url in map_urls(crowd, {}).items() if "{z}" in url] == ["sites"]


def test_the_number_of_vertices_decides_too(atlas, monkeypatch):
    monkeypatch.setitem(tiles.LARGEST_WHOLE, "regions", tiles.Limit(1_000, 5_000))
    other = dataclasses.replace(atlas)  # what was decided is kept by atlas
    assert tiles.tiled_layers(other) == ("regions",)


# Sites


@pytest.mark.parametrize("z", [3, 6])
def test_each_site_is_in_one_cluster_or_alone_in_one_tile(crowd, z):
    found = told(crowd, z)
    alone = [one["site_id"] for one in found if "site_id" in one]
    counts = [one["point_count"] for one in found if one.get("cluster")]
    assert len(alone) == len(set(alone)) and set(alone) <= set(crowd.sites.index)
    assert len(alone) + sum(counts) == len(crowd.sites)
    assert len({one["cluster_id"] for one in found if one.get("cluster")}) == len(counts) > 0


def test_circles_stay_in_their_cells_and_say_where_their_sites_lie(crowd):
    for tile in window(4):
        for shape, about in sites.features(crowd, None, tile):
            assert 0 <= shape.x <= EXTENT and 0 <= shape.y <= EXTENT
            if about.get("cluster"):
                _, column, row = map(int, about["cluster_id"].split("/"))
                size = EXTENT / sites.CELLS
                assert column - tile.x * sites.CELLS == shape.x // size, "circles of two cells overlap"
                assert row - tile.y * sites.CELLS == shape.y // size
                west, south, east, north = map(float, about["bounds"].split(","))
                inside = crowd.sites.cx[west - 1e-4 : east + 1e-4, south - 1e-4 : north + 1e-4]
                assert len(inside) >= about["point_count"]


def test_sites_on_one_spot_are_offered_to_choose_from(crowd):
    place = crowd.sites.geometry.iloc[0]
    (column,), (row,) = world([place.x], [place.y])
    (tile,) = tiles_of((column, row, column, row), 12)
    found = [about for _, about in sites.features(crowd, None, tile) if about.get("site_ids")]
    assert found
    for one in found:
        ids = one["site_ids"].split(";")
        assert len(ids) == min(one["point_count"], sites.MOST_OFFERED)
        assert shapely.union_all(crowd.sites.geometry[ids]).envelope.length < 4 * sites.SPOT


def test_a_single_site_says_what_the_whole_layer_would(crowd):
    few = np.zeros(len(crowd.sites), dtype=bool)
    few[::500] = True
    alone = {one["site_id"]: one for one in told(crowd, 8, few) if "site_id" in one}
    assert alone
    for site_id, about in alone.items():
        row = crowd.sites.loc[site_id]
        assert (about["kind"], about["status"], about["name_ru"]) == (
            row["kind"],
            row["status"],
            row["name_ru"],
        )
        assert about["is_approximate"] == (row["location_precision"] == "region-centre")


# Lines


def test_near_tiles_hold_the_segments_that_meet_them(atlas):
    usual, found = usual_shown(atlas), set()
    for tile in window(8)[::40]:
        body = encoded({"segments": segments.features(atlas, usual, tile)})
        here = {f["properties"]["segment_id"]: f for f in read(body)["segments"]["features"]}
        box = shapely.box(*tile.box(0))
        assert set(atlas.segments.index[shapely.intersects(segments.lines(atlas), box)]) <= here.keys()
        for segment_id, feature in here.items():
            row = atlas.segments.loc[segment_id]
            assert feature["properties"]["corridors"] == ";".join(row["corridor_ids"])
            assert feature["properties"]["status"] == row["status"]
        found |= here.keys()
    assert found


def test_far_tiles_hold_all_lines_run_together_by_look(atlas):
    together = segments.run_together(atlas, usual_shown(atlas), segments.DETAILS[-1])
    length = sum(shape.length for shape, _ in together)
    assert length == pytest.approx(sum(shapely.length(segments.lines(atlas))), rel=0.01)
    assert len(together) < len(atlas.segments)


def test_a_choice_of_lines_has_its_rows_and_colours(atlas):
    some = map_marks(atlas, Filters(corridors=("trans-caspian",), corridor_statuses=("operating",))).lines
    shown = lines_shown(atlas, Same(some))
    assert shown.kept.sum() == len(some) < len(atlas.segments)
    for zoom in segments.DETAILS:
        about = [one for _, one in segments.run_together(atlas, shown, zoom)]
        assert {one["status"] for one in about} == {"operating"}
        assert {f"#{one['colour']}" for one in about} == set(some["colour"])
    assert lines_shown(atlas, Same(map_marks(atlas, Filters()).lines)) is usual_shown(atlas)


# Regions


def test_borders_stay_shared_at_every_zoom(atlas):
    for zoom in regions.COARSE:
        borders = regions.borders(atlas, zoom)
        assert shapely.coverage_is_valid(borders)
        assert (
            shapely.get_num_coordinates(borders).sum()
            < shapely.get_num_coordinates(atlas.regions.geometry).sum()
        )


def test_tiles_hold_each_region_whole_where_it_lies_inside(atlas):
    found, named = {}, []
    for tile in window(4):
        layers_ = read(served.tile_of(atlas, "regions", None, tile))
        for feature in layers_.get("regions", NONE["sites"])["features"]:
            shape = shapely.geometry.shape(feature["geometry"])
            found[feature["properties"]["region_id"]] = shape.bounds
            assert min(shape.bounds) >= -70 and max(shape.bounds) <= EXTENT + 70
        named += [f["properties"]["region_id"] for f in layers_.get("names", NONE["sites"])["features"]]
    assert found.keys() == set(atlas.regions.index)
    assert sorted(named) == sorted(atlas.regions.index[atlas.regions["kind"] != "city"])


def test_farther_tiles_hold_fewer_vertices(atlas):
    usual = usual_shown(atlas)
    for made, zooms in (
        (lambda zoom: regions.borders(atlas, zoom), regions.COARSE),
        (lambda zoom: [one for one, _ in segments.run_together(atlas, usual, zoom)], segments.DETAILS),
    ):
        counts = [int(shapely.get_num_coordinates(made(zoom)).sum()) for zoom in zooms]
        assert counts == sorted(counts) and counts[0] < 0.8 * counts[-1], counts


# Addresses


def filled(url: str, tile: Tile) -> str:
    return url.replace("{z}", str(tile.z)).replace("{x}", str(tile.x)).replace("{y}", str(tile.y))


def test_a_filter_is_a_new_address_whose_tiles_hold_what_it_leaves(reader, crowd):
    filters = Filters.from_query("?kind=plant&metric=population", crowd)
    left = filters.apply(crowd).sites
    assert 0 < len(left) < len(crowd.sites)
    changes = [one for one in instructions(crowd, filters) if "tiles" in one]
    (url,) = [one["tiles"] for one in changes if one["source"] == "sites"]
    count = 0
    for tile in window(4):
        answer = reader.get(filled(url, tile), headers={"Accept-Encoding": "gzip"})
        assert answer.status_code in (200, 204)
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        body = gzip.decompress(answer.data) if answer.content_encoding == "gzip" else answer.data
        assert len(answer.data) < 20_000
        count += sum(f["properties"].get("point_count", 1) for f in read(body)["sites"]["features"])
    assert count == len(left)


def test_instructions_of_a_filter_name_no_sites(site, crowd):
    sent = json.dumps(instructions(crowd, Filters(kinds=("plant",))))
    assert len(sent) < 60_000
    assert "T-1" not in sent
    same = Filters(kinds=("plant",), metric="none", selected=("region:UZ-SA",))
    urls = [
        next(one["tiles"] for one in instructions(crowd, filters) if "tiles" in one)
        for filters in (Filters(kinds=("plant",)), same)
    ]
    assert urls[0] == urls[1], "tiles of sites do not depend on what else is chosen"


def test_where_one_site_lies_can_be_asked(reader, crowd):
    address = tiles.tiles_url(crowd, "sites").split("/{z}")[0]
    answer = reader.get(f"{address}/T-7.geojson")
    assert answer.status_code == 200, answer.data
    assert answer.json["coordinates"] == list(crowd.sites.geometry["T-7"].coords[0])
    assert reader.get(f"{address}/T-x.geojson").status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        ("sites", "trade"),
        ("sites", "segments"),  # which travels whole
        ("/4/", "/15/"),
        ("/4/", "/-1/"),
        ("/4/11", "/4/16"),
        ("/5.mvt", "/16.mvt"),
        ("/5.mvt", "/5.png"),
        ("/5.mvt", "/5.mvt?of=nothing"),
        ("/5.mvt", "/5.mvt?of=corridor&which=none-such"),
        ("sites.", "sites.x"),
    ],
)
def test_a_wrong_address_is_not_found(reader, crowd, change):
    right = filled(tiles.tiles_url(crowd, "sites"), Tile(4, 11, 5))
    assert reader.get(right).status_code == 200
    wrong = right.replace(*change)
    assert wrong != right
    answer = reader.get(wrong)
    assert answer.status_code == 404 and answer.mimetype == "text/plain", wrong


def test_tiles_of_the_opening_view_are_made_before_readers_come(reader, crowd, monkeypatch):
    served.prepare_tiles(crowd)
    monkeypatch.setattr(served, "_made", lambda *_: pytest.fail("a tile is made for a reader"))
    zooms = set()
    for width, height in ((370, 540), (690, 510), (1160, 740)):
        view, count = view_of(HOME, (width, height)), 0
        for tile in tiles_of(view.window, int(view.zoom)):
            answer = reader.get(filled(tiles.tiles_url(crowd, "sites"), tile))
            found = read(answer.data)["sites"]["features"]
            count += sum(one["properties"].get("point_count", 1) for one in found)
        assert count == len(crowd.sites)
        zooms.add(int(view.zoom))
    assert zooms == set(served.OPENING)


def test_an_address_of_a_version_that_is_gone_leads_to_the_current_one(reader, crowd):
    right = filled(tiles.tiles_url(crowd, "sites", ("overview", "?kind=plant")), Tile(4, 11, 5))
    old = right.replace(tiles.tiles_digest(crowd), "0" * 12)
    answer = reader.get(old)
    assert (answer.status_code, answer.headers["Location"]) == (302, right)
    assert answer.headers["Cache-Control"] == "no-store"


def test_names_give_way_to_the_clusters_of_a_crowd(atlas, crowd):
    words, view = speak("en"), view_of(BOUNDS, (650, 500))
    styles = [base_style(words, map_urls(one, {})) for one in (atlas, crowd)]
    draw_from_tiles(styles[1], tiled(map_urls(crowd, {})))
    tops = [style["layers"][-1]["id"] for style in styles]
    assert tops == ["flow-names", "cluster-numbers"], "what is on top is placed first"
    assert styles[1]["layers"][-1]["layout"]["text-ignore-placement"] is False

    marks = map_marks(crowd, Filters())
    circles = many_clusters(point_shapes(marks, crowd, words, view, (), True), crowd)
    named = label_shapes(marks, crowd, words, view, covered=circles)
    assert len(circles) > 10 and named
    for name in named:
        apart = [np.abs(name.points[0][0] - circle.points[0][0]).max() - circle.radius for circle in circles]
        assert min(apart) > 0, name.name
    assert many_clusters(circles, atlas) == []
