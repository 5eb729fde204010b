"""Slides as the browser gets them, the page that plays them, and the single file."""

from __future__ import annotations

import json
import re

import pytest

from dashboard.present import html_file, stage
from dashboard.present.page import MOST_SCENES, given_json
from dashboard.present.slides import Said, Slide, slide
from dashboard.text import languages, speak
from layers.decks import Deck, Scene

DECK = "first-meeting"
GIVEN = re.compile(r'<script type="application/json" id="given">(.*?)</script>', re.DOTALL)


def scene(scene_id: str, view: str = "", figure: str = "", headline: str = "A headline", **more) -> Scene:
    texts = {name: {"en": text} for name, text in more.items() if name == "notes"}
    points = tuple({"en": text} for text in more.get("points", ()))
    return Scene(scene_id, view, figure, {"en": headline}, points, texts.get("notes", {}))


def staged(atlas, one: Scene, language: str = "en") -> dict:
    words = speak(language)
    return stage.staged(slide(one, atlas, words), atlas, words, one.view)


def given(text: str) -> dict:
    return json.loads(GIVEN.search(text).group(1))


def test_a_map_scene_tells_how_to_come_to_it_from_any_other(atlas):
    told = staged(atlas, scene("m", "/corridors/btk?camera=60,45,5.5", points=["A point"]), "ru")
    assert told["kind"] == "map" and told["map"]["camera"] == (60, 45, 5.5)
    touched = {one.get("layer") for one in told["map"]["changes"]} - {None}
    other = staged(atlas, scene("n", "/energy"))
    assert touched == {one.get("layer") for one in other["map"]["changes"]} - {None}
    assert len(told["map"]["regions"]["z"]) == len(atlas.regions)
    assert told["picture"].startswith("<svg") and told["legend"]
    assert any("ODbL" in line for line in told["small"]) and atlas.version in told["small"][-1]


def test_a_chart_comes_without_title_and_with_less_room_beside_points(atlas):
    alone, beside = (staged(atlas, scene("c", "/trade", "turnover", points=p)) for p in ((), ("One",)))
    assert alone["kind"] == "chart" and alone["title"]
    shapes = [one["figure"]["layout"]["width"] / one["figure"]["layout"]["height"] for one in (alone, beside)]
    assert shapes[0] > shapes[1]
    assert alone["title"] not in json.dumps(alone["figure"])


def test_a_table_has_its_first_rows_and_says_how_many_there_are(atlas):
    told = staged(atlas, scene("t", "/sites", "sites"))
    table = told["table"]
    assert told["kind"] == "table" and len(table["rows"]) == stage.MOST_ROWS
    assert table["count"] == len(atlas.sites)
    assert {len(row) for row in table["rows"]} == {len(table["heads"])}
    assert not any("nan" in str(row) for row in table["rows"])


def test_words_alone_and_an_unknown_view_are_scenes_too(atlas):
    told = staged(atlas, scene("w", points=["One", "Two"], notes="Say it."))
    assert told["kind"] == "words" and told["notes"] == ["Say it.", "en"] and "figure" not in told
    told = staged(atlas, scene("u", "/nowhere"), "kk")
    assert told["kind"] == "problem" and "/nowhere" in told["problem"]
    assert told["headline"] == ["A headline", "en"]


def test_a_point_names_who_stands_behind_its_numbers(atlas):
    words = speak("en")
    ids = tuple(atlas.sources.index[:2])
    names = set(atlas.sources.loc[list(ids), "publisher"])
    mark = stage.marked(Said("5 of 7", "en", ids, ("counted",)), atlas, words)
    assert mark.endswith("computed") and any(name in mark for name in names)
    assert stage.marked(Said("Come on", "en"), atlas, words) == ""


def test_no_text_ends_the_script_element(atlas):
    wrong = "</script><script>alert(1)</script><!-- \u2028"
    shown = Slide("x", Said(wrong, "en"), (), Said(wrong, "en"), None, "", ())
    text = stage.script_safe(stage.staged(shown, atlas, speak("en")))
    assert "<" not in text and "\u2028" not in text
    assert json.loads(text)["headline"][0] == wrong
    assert "<" not in given_json({"title": wrong}, {"en": {0: text}})


def test_the_page_has_the_first_scenes_and_asks_for_the_rest(client, atlas):
    answer = client.get(f"/present/{DECK}?lang=uz&scene=trade-target")
    text = answer.get_data(as_text=True)
    told, ids = given(text), [one.scene_id for one in atlas.decks[DECK].scenes]
    assert answer.status_code == 200 and '<html lang="uz">' in text and told["ids"] == ids
    at = ids.index("trade-target")
    held = sorted(map(int, told["scenes"]["uz"]))
    assert held[0] == max(at - 1, 0) and set(told["packs"]) == {"uz"}
    rest = client.get(f"{told['ask']['url']}?lang=kk&from=1").get_json()
    assert 1 <= len(rest["scenes"]["kk"]) <= MOST_SCENES and "pack" not in rest
    assert rest["scenes"]["kk"]["1"]["id"] == ids[1]
    for name, address in told["geometry"].items():
        assert client.get(address).status_code == 200, name
    policy = answer.headers["Content-Security-Policy"]
    assert "worker-src blob:" in policy and "connect-src 'self' blob:" in policy and "http" not in policy
    for address in re.findall(r'(?:src|href)="(/[^"]+)"', text):
        assert client.get(address).status_code == 200, address
    index = client.get("/").get_data(as_text=True)
    assert "/assets/present.js" not in index and "/assets/present.css" not in index


@pytest.mark.parametrize("path", ["no-such-deck", "no-such-deck/scenes", "%3Cb%3E"])
def test_an_unknown_deck_gives_the_list_of_those_there_are(client, path):
    answer = client.get(f"/present/{path}?lang=en")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 404 and f'href="/present/{DECK}?lang=en"' in text and "<b>" not in text
    assert client.get("/present/?lang=ru").status_code == 200


def test_the_single_file_has_all_languages_and_asks_nobody(atlas):
    deck = Deck("own", {"en": "Own </script>"}, (scene("w", points=["One"]), scene("n", "/nowhere")))
    seen: list[tuple[int, int]] = []
    text = html_file.html_deck(
        deck, atlas, "kk", "https://atlas.example/", lambda *at: seen.append(at)
    ).decode()
    told = given(text)
    assert set(told["scenes"]) == set(told["packs"]) == set(languages())
    assert told["ask"] is None and told["language"] == "kk" and told["site"] == "https://atlas.example"
    assert seen[-1] == (8, 8)
    assert not re.search(r'<(?:script|link|img)[^>]+(?:src|href)="(?!data:)', text)
    assert "default-src 'none'" in text and "connect-src blob: data:" in text
    for name in stage.GEOMETRIES:
        inside = re.search(rf'id="geometry-{name}">(.*?)</script>', text, re.DOTALL).group(1)
        assert json.loads(inside)["type"] == "FeatureCollection"
