"""Small maps of corridors: what they show, how small they are, how they travel."""

import xml.etree.ElementTree as ET

import numpy as np
import pytest
import shapely

import layers
from dashboard.drawn import corridor_map, small_map_url
from dashboard.figures import small_map
from dashboard.figures.marks import GROUP_COLOURS, STATUS_DASHES
from dashboard.figures.small_map import HEIGHT, WIDTH
from dashboard.text import speak

ALLOWED_BYTES = 8_000
SVG = "{http://www.w3.org/2000/svg}"


def picture(atlas, corridor_id):
    return ET.fromstring(corridor_map(atlas, corridor_id).body)


def test_every_corridor_has_a_small_well_formed_map_with_a_title(atlas):
    assert len(atlas.corridors) >= 14
    for corridor_id, row in atlas.corridors.iterrows():
        assert len(corridor_map(atlas, corridor_id).body) <= ALLOWED_BYTES
        svg = picture(atlas, corridor_id)
        assert svg.find(f"{SVG}title").text == speak("en").name(row)
        assert svg.get("viewBox") == f"0 0 {WIDTH} {HEIGHT}"
        assert svg.find(f"{SVG}g").get("stroke") == GROUP_COLOURS[row["group"]]
        assert all(path.get("d").startswith("M") for path in svg.iter(f"{SVG}path"))


def test_status_is_told_by_dashes(atlas):
    paths = picture(atlas, "kz-uz-links").find(f"{SVG}g").findall(f"{SVG}path")
    statuses = {
        status
        for ids, status in zip(atlas.segments["corridor_ids"], atlas.segments["status"], strict=True)
        if "kz-uz-links" in ids
    }
    assert any(STATUS_DASHES[status] for status in statuses)
    assert {bool(path.get("stroke-dasharray")) for path in paths} == {True, False}


def test_very_many_lines_are_drawn_from_pixel_to_pixel_where_they_lie(monkeypatch):
    rise, run = np.meshgrid(np.arange(0, 9, 0.25), np.arange(0, 9, 0.25))
    starts = np.column_stack([run.ravel(), rise.ravel()])
    lines = shapely.linestrings(np.stack([starts, starts + np.array([1.6, 0.4])], axis=1))
    whole = small_map._merged(lines)
    assert len(lines) > small_map.MANY_LINES
    monkeypatch.setattr(small_map, "MANY_LINES", len(lines))
    exact = small_map._merged(lines)
    assert shapely.get_num_coordinates(whole) < shapely.get_num_coordinates(exact) / 2
    assert whole.hausdorff_distance(exact) < 1.5


def test_a_parent_shows_its_branches(atlas):
    assert picture(atlas, "north-south").find(f"{SVG}g").findall(f"{SVG}path")


def test_an_unknown_corridor_has_no_map(atlas):
    with pytest.raises(KeyError):
        corridor_map(atlas, "nowhere")


def test_an_address_that_names_its_content_is_kept_for_a_year(client):
    url = small_map_url(layers.current(), "btk")
    response = client.get(url)
    assert response.status_code == 200
    assert response.mimetype == "image/svg+xml"
    assert response.cache_control.immutable


def test_an_older_address_leads_to_the_present_one_and_a_wrong_one_nowhere(client):
    url = small_map_url(layers.current(), "btk")
    response = client.get("/drawn/corridor/btk.000000000000.svg")
    assert (response.status_code, response.location) == (302, url)
    assert client.get("/drawn/corridor/nowhere.000000000000.svg").status_code == 404
    assert client.get("/drawn/corridor/btk.x.svg").status_code == 404
