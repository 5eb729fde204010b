"""Very many regions in a picture of the map: areas of one class, in the colours of the classes."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import shapely

from dashboard import tiles
from dashboard.figures.picture_classes import Patches, absorbed, classed
from dashboard.figures.picture_frame import NARROW, frame_picture
from dashboard.figures.picture_land import ground_shapes, region_fill
from dashboard.figures.picture_view import projected, view_of
from dashboard.figures.screen import HOME
from dashboard.figures.theme import css
from dashboard.filters import Filters, map_marks
from dashboard.page_map import Scene
from dashboard.text import speak

VIEW = view_of(HOME, (715, 478))


@pytest.fixture
def large(atlas, monkeypatch):
    """The atlas where so many regions travel as tiles."""
    monkeypatch.setitem(tiles.LARGEST_WHOLE, "regions", tiles.Limit(10, 1_000))
    other = dataclasses.replace(atlas)  # what was decided is kept by atlas
    assert tiles.tiled_layers(other) == ("regions",)
    return other


def marks_of(atlas, query=""):
    return map_marks(atlas, Filters.from_query(query, atlas))


@pytest.mark.parametrize("query", ["", "?metric=crossing_hours", "?metric=population", "?metric=none"])
def test_a_picture_of_many_regions_is_small_and_has_the_colours_of_their_classes(large, query):
    marks = marks_of(large, query)
    picture = frame_picture(Scene(marks, HOME), large, speak("en"), NARROW)
    assert len(picture.encode()) <= 25_000
    fills = {region_fill(marks.regions, region_id) for region_id in large.regions.index}
    assert all(css(fill) in picture for fill in fills)
    assert len(fills) == 1 or len(fills) > 3


def test_each_class_is_where_its_regions_are(large):
    regions = marks_of(large, "?metric=crossing_hours").regions
    shapes = ground_shapes(regions, (), large, speak("en"), VIEW, 0.6, (), is_joined=True, has_borders=False)
    painted = [
        (one.fill, shapely.polygons([shapely.linearrings(ring) for ring in one.points]))
        for one in shapes
        if one.layer == "regions" and one.fill
    ]
    places = VIEW.pixels(shapely.get_coordinates(shapely.point_on_surface(projected(large.regions.geometry))))
    areas = shapely.area(projected(large.regions.geometry)) * VIEW.scale**2
    seen = 0
    for region_id, place, area in zip(large.regions.index, places, areas, strict=True):
        if area > 30:  # square pixels: what is smaller may belong to the class round it
            colours = [fill for fill, rings in painted if shapely.contains_xy(rings, *place).sum() % 2]
            assert colours[-1] == region_fill(regions, region_id), region_id
            seen += 1
    assert seen > 25


def test_classes_leave_nothing_of_the_countries_out(large):
    regions = large.regions
    halves = tuple(tuple(regions.index[start::2]) for start in (0, 1))
    found = classed(large, VIEW, 3.0, halves)
    assert sum(shape.area for shape in found.areas) == pytest.approx(found.countries.area, rel=1e-3)
    whole = shapely.area(projected(regions.geometry)).sum()
    assert found.countries.area == pytest.approx(whole, rel=0.02)
    assert found.lines.length > 0, "the border between the two countries"


def test_a_selected_region_is_outlined(large):
    regions, words = marks_of(large).regions, speak("en")
    look = {"is_joined": True, "has_borders": False}
    shapes = ground_shapes(regions, (), large, words, VIEW, 1.0, ("region:UZ-QR",), **look)
    (outline,) = [one for one in shapes if one.layer == "regions" and not one.fill]
    low, high = (getattr(np.concatenate(outline.points), side)(axis=0) for side in ("min", "max"))
    bounds = VIEW.pixels(np.reshape(projected(large.regions.geometry[["UZ-QR"]])[0].bounds, (2, 2)))
    assert np.abs(np.stack([low, high]) - bounds).max() < 3


def test_what_is_too_small_to_be_seen_belongs_to_what_it_borders_longest():
    # 0 | 1 | 2 side by side, 3 an island; 1 borders 2 longer than 0, and is the smallest.
    areas = np.array([shapely.box(0, 0, 1, 3), shapely.box(1, 0, 1.5, 3), shapely.box(1.5, 0, 9, 3)])
    areas = np.append(areas, shapely.box(20, 0, 20.5, 0.5))
    groups = np.array([[0, 0], [0, 1], [0, 2], [0, 3]])
    found = Patches(areas, groups, np.array([[0, 1], [1, 2]]), np.array([2.0, 3.0]))
    assert absorbed(found, 1.0)[:, 1].tolist() == [0, 1, 2, 3], "all can be seen but the island, which stays"
    assert absorbed(found, 2.0)[:, 1].tolist() == [0, 2, 2, 3]
    assert absorbed(found, 5.0)[:, 1].tolist() == [2, 2, 2, 3], "0 borders what has taken in 1"
