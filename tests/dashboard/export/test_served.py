"""Exports over the web: what is answered, what is refused, and that nobody has to wait."""

import json

import pytest

from dashboard.export import chrome
from dashboard.export.order import Order, WrongOrder
from dashboard.export.publication import SIZES
from dashboard.export.workshop import Busy, Workshop
from dashboard.kept import LARGEST_KEPT, Kept
from layers.contract import data_bytes
from layers.store import Store


def test_the_figure_comes_with_its_size_and_the_name_of_its_file(client):
    answer = client.get(
        "/export/figure?view=/corridors/btk%3Fwithin%3D50&figure=strip&lang=kk&size=a4-portrait"
    )
    assert answer.status_code == 200 and answer.mimetype == "application/json"
    told = json.loads(answer.data)
    assert told["file_name"] == "corridor-atlas-corridors-btk-within-50-strip-a4-portrait-kk"
    assert (told["width"], told["height"], told["density"]) == (794, 1123, pytest.approx(3.125))
    assert told["figure"]["layout"]["width"] and told["alt"]
    again = client.get(answer.request.full_path, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_a_map_whose_frame_cuts_regions_apart_is_drawn(client):
    """Cut at this frame, two regions no longer met in every corner, and joining them failed."""
    answer = client.get("/export/figure?view=/pairs/UZ-TO/KZ-61&size=web")
    assert answer.status_code == 200


def test_the_dialog_is_told_what_can_be_had(client):
    told = client.get("/export/about?view=/&figure=sites&lang=en").json
    formats = {one["id"] for one in told["formats"]}
    assert {"csv", "xlsx", "gpkg", "kit", "svg", "pdf", "png"} <= formats
    assert "figure=sites" in told["embed"] and set(told["citation"]) == {"text", "bibtex", "ris"}
    told = client.get("/export/about?view=/&lang=ru").json
    assert told["name"] == "map" and told["figures"] == ["map", "sites"]
    assert {one["id"] for one in told["sizes"]} == set(SIZES)
    assert '/embed/?figure=map&amp;lang=ru"' in told["embed"]
    assert told["pdf_possible"] == chrome.has_chrome()


def test_a_file_is_saved_under_a_readable_name(client):
    answer = client.get("/export/file?view=/%3Fkind%3Dsez&figure=sites&format=xlsx&lang=uz")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="corridor-atlas-kind-sez-sites-uz.xlsx"'
    )
    assert answer.data[:2] == b"PK"


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("view=/nowhere&format=csv", 404, "Nothing is published"),
        ("view=/&figure=castle&format=csv", 404, "castle"),
        ("view=/&format=doc", 400, "doc"),
        ("view=/&size=poster&format=csv", 400, "poster"),
        ("view=/&width=ten&height=4&format=csv", 400, "whole numbers"),
        ("view=/sources&format=geojson", 400, "cannot be had as geojson"),
        ("view=/", 400, "Say a format"),
    ],
)
def test_what_cannot_be_had_is_one_line(client, query, status, said):
    answer = client.get(f"/export/file?{query}&lang=en")
    assert answer.status_code == status and answer.mimetype == "text/plain"
    assert said in answer.text and answer.text.count("\n") == 1
    assert "no-store" in answer.headers["Cache-Control"]


def test_an_unknown_route_is_no_page(client):
    assert client.get("/export/castle").status_code == 404
    assert client.post("/export/file").status_code == 405


def test_without_chrome_a_pdf_is_refused_with_what_to_do(client, monkeypatch):
    monkeypatch.setattr(chrome, "has_chrome", lambda: False)
    answer = client.get("/export/file?view=/corridors/btk&figure=strip&format=pdf&lang=en&title=none")
    assert answer.status_code == 503 and "printing" in answer.text


def test_a_full_workshop_refuses_at_once(atlas):
    workshop = Workshop(at_once=1)
    workshop._places.acquire()
    with pytest.raises(Busy):
        workshop.file(Order.of({"format": "csv"}, "en"), atlas)


@pytest.fixture
def versions(whole_copy, tmp_path):
    """The data as they are and corrected, one at a time, as a store publishes them."""
    store = Store(tmp_path / "state", whole_copy)
    found = data_bytes(whole_copy)
    sites = found["sites.csv"].replace(b"cluster (70 ha)", b"cluster (71 ha)", 1)

    def published():
        for files, how in ((found, "start"), (found | {"sites.csv": sites}, "saved")):
            with store.alone():
                store.add(files, how, "")
            yield store.load(store.record().version)

    return published()


def test_the_workshop_makes_the_same_file_of_any_version_and_begins_anew_after_a_fall(atlas, versions):
    """Its program is started with one version of the data, and later orders are about others."""
    order = Order.of({"view": "/corridors/btk?within=50", "figure": "sites", "format": "csv"}, "kk")
    list_ = Order.of({"view": "/sources", "figure": "versions", "format": "csv"}, "en")
    workshop = Workshop()
    try:
        for one in versions:
            made = workshop.file(list_, one)
            assert made == list_.file(one) and one.version.encode() in made
        assert workshop.file(order, atlas) == order.file(atlas)
        workshop._program.kill()
        workshop._program.wait()
        assert workshop.file(order, atlas) == order.file(atlas)
        wrong = Order.of({"view": "/regions", "figure": "ranking", "format": "gpkg"}, "en")
        with pytest.raises(WrongOrder, match="cannot be had"):
            workshop.file(wrong, atlas)
    finally:
        workshop.close()
    assert workshop._program is None


def test_files_that_hold_very_much_are_made_beside_the_server(client, monkeypatch):
    asked = []

    def file(_workshop, order, atlas):
        asked.append((order.figure, order.format_id))
        return order.file(atlas)

    monkeypatch.setattr(Workshop, "file", file)
    addresses = [
        f"/export/file?view=/%3Fkind%3Dsez&figure={one}&lang=uz"
        for one in ("sites&format=csv", "map&format=geojson")
    ]
    usual = [client.get(f"{address}&title=a").data for address in addresses]
    assert not asked
    monkeypatch.setattr("dashboard.export.served.MOST_ROWS", 1)
    assert client.get(f"{addresses[0]}&title=b").data == usual[0]
    monkeypatch.setattr("dashboard.export.served.tiled_layers", lambda _atlas: ("sites",))
    monkeypatch.setattr("dashboard.export.served.MOST_ROWS", 10**9)
    assert len(client.get(f"{addresses[1]}&title=b").data) == len(usual[1])
    assert asked == [("sites", "csv"), ("map", "geojson")]


def test_an_order_travels_as_a_query():
    given = {"view": "/", "figure": "map", "format": "svg", "size": "square", "title": "A", "subtitle": ""}
    order = Order.of(given | {"legend": "0", "grey": "1"}, "ru", "https://atlas.example.org")
    assert not order.wishes.legend and order.wishes.grey and order.wishes.subtitle == ""
    assert Order.of(order.to_query(), "ru", "https://atlas.example.org") == order
    own = Order.of({"width": "390", "height": "600"}, "en")
    assert Order.of(own.to_query(), "en").size == own.size


def test_answers_that_are_kept_stay_few():
    kept = Kept(most=100)
    for number in range(9):
        kept.put(number, (b"x" * 30, "text/plain"))
    assert kept.get(0) is None and kept.get(8) == (b"x" * 30, "text/plain")
    kept.put("large", (b"x" * (LARGEST_KEPT + 1), "text/plain"))
    assert kept.get("large") is None and kept.get(8)
