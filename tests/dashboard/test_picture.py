"""The picture of a map: small, well-formed, with the colours and the place of the live map."""

import math
import subprocess
from shutil import which
from xml.etree import ElementTree

import numpy as np
import pytest

from dashboard.export.publication import find
from dashboard.figures import marks as m
from dashboard.figures.picture import camera_of, map_picture, picture_shapes
from dashboard.figures.picture_clusters import clusters
from dashboard.figures.picture_view import view_of
from dashboard.figures.theme import table
from dashboard.text import speak
from tests.dashboard.export.conftest import needed

SIZE = (1280, 640)
VIEWS = (
    ("/", "en"),
    ("/corridors/trans-caspian", "ru"),
    ("/regions", "kk"),
    ("/?metric=population&camera=69.2,41.2,6.8", "uz"),
)


def drawn(atlas, address, language="en", **rest):
    words = speak(language)
    scene = find(address, "map", atlas, words).scene
    return map_picture(scene, atlas, words, SIZE, camera_of(address), **rest)


@pytest.mark.parametrize(("address", "language"), VIEWS)
def test_a_picture_is_small_and_well_formed(atlas, address, language):
    picture = drawn(atlas, address, language)
    assert len(picture.encode()) <= 25_000
    root = ElementTree.fromstring(picture)
    assert root.get("viewBox") == "0 0 1280 640"
    assert root.get("aria-hidden") == "true"
    assert "nan" not in picture.lower().replace("nandan", "")


def test_a_picture_has_the_colours_of_its_theme(atlas):
    light, dark, page = (drawn(atlas, "/", theme=theme) for theme in ("light", "dark", "page"))
    blue = m.GROUP_COLOURS["trans-caspian"]
    assert f"stroke:{blue}" in light and "var(" not in light
    assert f"stroke:{table()[blue]}" in dark and blue not in dark
    assert f"var(--p-{blue[1:]}, {blue})" in page


def test_a_picture_shows_dashes_names_and_its_title(atlas):
    picture = drawn(atlas, "/", "ru", title='Карта "всего" <b>')
    assert "stroke-dasharray" in picture
    assert "КАЗАХСТАН" in picture and "Ташкент" in picture
    assert 'aria-label="Карта &quot;всего&quot; &lt;b&gt;"' in picture


def test_shapes_are_named_by_what_a_reader_selects(atlas):
    words = speak("en")
    scene = find("/?layer=corridors,sites,crossings,labels", "map", atlas, words).scene
    shapes = picture_shapes(scene, atlas, words, SIZE, is_clustered=False)
    keys = {shape.key: shape for shape in shapes if shape.kind != "text"}
    assert {f"region:{i}" for i in atlas.regions.index} <= keys.keys()
    assert keys["region:UZ-SI"].name == "Syrdarya Region"
    sites = [key for key in keys if key.startswith("site:")]
    assert len(sites) > 0.9 * len(atlas.sites)
    assert keys["corridor:trans-caspian"].name.startswith("Trans-Caspian")
    assert all(len(shape.points) for shape in shapes)


def test_home_is_fitted_as_the_live_map_fits_it():
    # What MapLibre says of the overview in a frame of 650 by 507 pixels: getZoom and getCenter.
    view = view_of((46.2, 36.8, 87.6, 55.7), (650, 507))
    latitude = math.degrees(2 * math.atan(math.exp((0.5 - view.y) * 2 * math.pi)) - math.pi / 2)
    assert view.zoom == pytest.approx(3.410313, abs=1e-5)
    assert (view.x * 360 - 180, latitude) == pytest.approx((66.9, 47.079714), abs=1e-4)


@pytest.mark.parametrize(
    ("address", "camera"),
    [
        ("/?camera=69.2,41.2,7.8", (69.2, 41.2, 7.8)),
        ("/?camera=69.2,41.2", None),
        ("/?camera=690,41,3", None),
        ("/?camera=nan,inf,1", None),
        ("/", None),
    ],
)
def test_a_camera_is_read_from_the_address(address, camera):
    assert camera_of(address) == camera


def test_a_camera_moves_the_picture(atlas):
    words = speak("en")
    scene = find("/", "map", atlas, words).scene
    shapes = picture_shapes(scene, atlas, words, SIZE, (69.24, 41.3, 8.0))
    tashkent = next(shape for shape in shapes if shape.lines == ("Tashkent",))
    assert np.hypot(*(tashkent.points[0][0] - (640, 320))) < 60


def test_sites_on_one_spot_are_one_circle():
    near, far = (0.5, 0.5), (0.6, 0.5)
    found = clusters((near, far, near), 3, 13.0)
    assert sorted(len(members) for _, _, members in found) == [1, 2]
    assert len(clusters((near, far), 0, 60.0)) == 1
    assert clusters((), 3, 13.0) == ()


def test_a_picture_can_be_drawn(atlas, tmp_path):
    needed(which("rsvg-convert") is not None, "rsvg-convert (package librsvg2-bin)")
    (tmp_path / "map.svg").write_text(drawn(atlas, "/", theme="light"), encoding="utf-8")
    subprocess.run(
        ["rsvg-convert", str(tmp_path / "map.svg"), "-o", str(tmp_path / "map.png")], check=True, timeout=60
    )
    assert (tmp_path / "map.png").stat().st_size > 20_000
