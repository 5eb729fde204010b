"""What programs show of a link: titles, descriptions, pictures."""

from __future__ import annotations

import html
import io
import re
import threading

import pytest
from PIL import Image

from dashboard.export import card, previews
from dashboard.export.workshop import Busy
from dashboard.text import languages


def tags(client, address: str, **options) -> dict[str, str]:
    """The named elements of a page's head."""
    text = client.get(address, **options).get_data(as_text=True)
    found = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', text)
    assert len({name for name, _ in found if "alternate" not in name}) == sum(
        "alternate" not in name for name, _ in found
    )
    return {name: html.unescape(content) for name, content in found}


def test_a_link_shows_what_the_view_is_about(client, atlas):
    said = tags(client, "/corridors/btk?within=50&lang=ru", base_url="http://atlas.example:8050")
    assert atlas.corridors.at["btk", "name_ru"] in said["og:title"]
    assert "775" in said["og:description"] and said["description"] == said["og:description"]
    assert said["og:url"] == "http://atlas.example:8050/corridors/btk?within=50&lang=ru"
    assert said["og:image"].startswith("http://atlas.example:8050/export/card.png?view=%2Fcorridors%2Fbtk")
    assert said["og:locale"] == "ru_RU" and said["twitter:card"] == "summary_large_image"


@pytest.mark.parametrize(
    ("address", "language"),
    [
        ("/", "ru"),
        ("/pairs", "uz"),
        ("/nowhere", "kk"),
        ("/sites/J-003", "ru"),
        ("/print", "en"),
        ("/regions/XX", "uz"),
    ],
)
def test_every_page_has_a_title_a_description_and_a_picture(client, address, language):
    said = tags(client, f"{address}?lang={language}")
    assert said["og:title"] and said["og:image"].startswith("http://localhost/export/card.png")
    assert 20 < len(said["og:description"]) <= previews.LONGEST
    assert said["og:locale"].startswith(language)


def test_what_a_link_says_never_becomes_markup(client):
    text = client.get("/sources?find=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").get_data(as_text=True)
    assert "<script>alert" not in text
    said = tags(client, "/sources?find=%22%3E%3Cb%3E")
    assert said["og:url"].endswith("/sources?find=%22%3E%3Cb%3E&lang=en")


def test_the_camera_and_the_language_are_no_part_of_the_view():
    assert previews.view_of("/?lang=ru&metric=population&camera=1,2,3&data=x") == "/?metric=population"
    assert previews.view_of("/corridors/btk?") == "/corridors/btk"


def test_a_long_description_is_cut_between_words():
    cut = previews.shortened("word " * 100)
    assert len(cut) <= previews.LONGEST and cut.endswith("word…")
    assert previews.shortened("short") == "short"


@pytest.fixture
def no_drawing(monkeypatch):
    """No Chrome has time."""

    def busy(*_args):
        raise Busy

    monkeypatch.setattr("dashboard.export.embed.drawn_card", busy)


@pytest.mark.parametrize("address", ["/", "/corridors/compare", "/pairs", "/nowhere", ""])
def test_the_picture_is_there_without_chrome_too(client, no_drawing, address):
    answer = client.get("/export/card.png", query_string={"view": address, "lang": "kk"})
    assert answer.status_code == 200 and answer.mimetype == "image/png"
    assert Image.open(io.BytesIO(answer.data)).size == previews.CARD


def test_wrong_addresses_share_one_picture(client, no_drawing):
    pictures = {client.get(f"/export/card.png?view=/nowhere{n}&lang=en").data for n in range(3)}
    assert len(pictures) == 1


@pytest.mark.parametrize("language", languages())
def test_the_longest_title_fits_its_picture(atlas, language, monkeypatch):
    title, said = "Qozogʻistonning shimoliy-sharqiy viloyatlari " * 6, "Ұзақ мәтін " * 60
    monkeypatch.setattr(card, "said_of", lambda *_: (title, said))
    card.written_card.cache_clear()
    picture = Image.open(io.BytesIO(card.written_card(atlas, "/", language)))
    # Nothing reaches the sides or the line of the site's name at the foot.
    ground = picture.getpixel((2, 300))
    for x in (10, previews.CARD[0] - 10):
        assert {picture.getpixel((x, y)) for y in range(20, previews.CARD[1])} == {ground}
    assert {picture.getpixel((x, previews.CARD[1] - 84)) for x in range(0, previews.CARD[0], 3)} == {ground}
    card.written_card.cache_clear()


def test_a_drawn_picture_of_any_height_is_set_into_the_card():
    file = io.BytesIO()
    Image.new("RGB", (1200, 900), "#ff0000").save(file, "PNG")
    made = Image.open(io.BytesIO(card.set_into_card(file.getvalue())))
    assert made.size == previews.CARD
    assert made.getpixel((600, 300)) == (255, 0, 0) and made.getpixel((5, 300)) == (255, 255, 255)


def test_nobody_waits_long_for_a_picture_which_is_there_for_the_next(atlas, monkeypatch):
    may_end, orders = threading.Event(), []

    class Slow:
        def file(self, order, _atlas):
            orders.append(order)
            assert may_end.wait(60)
            file = io.BytesIO()
            Image.new("RGB", previews.CARD).save(file, "PNG")
            return file.getvalue()

    asked = (atlas, "/corridors/btk?within=10", "en", "http://slow.example", Slow())
    monkeypatch.setattr(card, "PATIENCE", 0.01)
    for _ in range(2):
        with pytest.raises(Busy):
            card.drawn_card(*asked)
    monkeypatch.setattr(card, "PATIENCE", 60)
    may_end.set()
    assert Image.open(io.BytesIO(card.drawn_card(*asked))).size == previews.CARD
    assert len(orders) == 1 and card.drawn_card(*asked)
