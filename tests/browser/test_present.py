"""A presentation in a real browser: keys, two windows, a server that goes away, a file without a network."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import layers
from dashboard.present.html_file import html_deck
from layers.decks import Deck, Scene

DECK = "/present/first-meeting"
SCENE = ".scene.current"


def at(page: Page, scene_id: str) -> None:
    """Wait until a scene is shown and drawn."""
    expect(page.locator("html")).to_have_attribute("data-painted", scene_id)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def ids_of(page: Page) -> list[str]:
    return page.evaluate("JSON.parse(document.getElementById('given').textContent).ids")


def test_keys_move_and_cover_and_the_address_follows(page):
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{DECK}?lang=en&scene=trade-target")
    ids, root = ids_of(page), page.locator("html")
    start = ids.index("trade-target")
    at(page, ids[start])
    for keys, where in (
        (["PageDown"], start + 1),
        (["ArrowLeft"], start),
        (["Space"], start + 1),
        (["Backspace"], start),
        (["End"], len(ids) - 1),
        (["Home"], 0),
        ([*str(start + 1), "Enter"], start),
    ):
        press(page, *keys)
        expect(root).to_have_attribute("data-scene", ids[where])
    expect(page).to_have_url(re.compile(f"scene={ids[start]}"))
    expect(page.locator(f"{SCENE} h1")).to_be_in_viewport()
    press(page, "b")
    expect(page.locator(".blind")).to_have_css("background-color", "rgb(0, 0, 0)")
    press(page, "PageDown")
    expect(page.locator(".blind")).to_be_hidden()
    expect(root).to_have_attribute("data-scene", ids[start])
    press(page, "n", "t")
    expect(page.locator(".notes.under")).to_be_visible()
    expect(page.locator(".timer")).to_be_visible()
    press(page, "?")
    expect(page.locator("dialog.menu")).to_be_visible()
    press(page, "PageDown")  # a key of the list, not of the scenes
    expect(root).to_have_attribute("data-scene", ids[start])
    press(page, "Escape")
    expect(page.locator("dialog.menu")).to_be_hidden()
    page.reload()
    at(page, ids[start])
    expect(page.locator("[role=status][aria-live]")).to_contain_text(
        page.locator(f"{SCENE} h1").text_content()
    )


def test_the_presenter_window_keeps_step_and_its_keys_move_both(page):
    page.goto(f"{DECK}?lang=en&scene=trade-target")
    at(page, "trade-target")
    with page.context.expect_page() as opened:
        press(page, "p")
    own, ids = opened.value, ids_of(page)
    start = ids.index("trade-target")
    expect(own.locator("body")).to_have_attribute("data-scene", ids[start])
    expect(own.locator(".now h1")).to_have_text(page.locator(f"{SCENE} h1").text_content())
    upcoming = page.locator(f".scene[data-id={ids[start + 1]}] h1").text_content()
    expect(own.locator(".upcoming h1")).to_have_text(upcoming)
    expect(own.locator(".now .main-svg").first).to_be_attached()
    expect(own.locator(".notes")).not_to_be_empty()
    press(own, "PageDown")
    expect(page.locator("html")).to_have_attribute("data-scene", ids[start + 1])
    press(page, "PageUp")
    expect(own.locator("body")).to_have_attribute("data-scene", ids[start])
    own.get_by_role("button", name="Black screen").click()
    expect(page.locator(".blind")).to_be_visible()
    own.close()


def test_without_its_server_a_presentation_goes_on_in_each_language(open_context, program, data_folder):
    atlas = program("app.py", "--port", "0", "--data", str(data_folder))
    page = open_context(viewport={"width": 960, "height": 600}, reduced_motion="reduce").new_page()
    page.goto(f"{atlas.address()}{DECK}?lang=en")
    root, ids = page.locator("html"), ids_of(page)
    expect(root).to_have_attribute("data-held", "all", timeout=180_000)
    expect(root).to_have_attribute("data-map", "live")
    asked: list[str] = []
    atlas.end()
    page.on("request", lambda request: asked.append(request.url))
    for language, shown in (("en", len(ids)), ("ru", 4)):
        press(page, "Home")
        for number, scene_id in enumerate(ids[:shown], start=1):
            at(page, scene_id)
            expect(page.locator(f"{SCENE} .number")).to_have_text(f"{number} / {len(ids)}")
            expect(page.locator(f"{SCENE} .problem")).to_have_count(0)
            expect(page.locator(f"{SCENE} h1")).to_have_attribute("lang", language)
            press(page, "PageDown")
        press(page, "Home", "l")
    expect(page.locator(".live[data-shown=true], .scene.current:not(:has(.picture))")).to_be_visible()
    assert [one for one in asked if not one.startswith(("blob:", "data:"))] == []


@pytest.fixture
def single_file(atlas: layers.Atlas, tmp_path: Path) -> str:
    """Address of a file with a map, a chart, an unknown view and words."""
    scenes = (
        Scene("words", "", "", {"en": "Begin </script>"}, ({"en": "One"},), {"en": "Say one."}),
        Scene("map", "/corridors/btk", "map", {"en": "A map"}, (), {}),
        Scene("chart", "/trade", "turnover", {"en": "A chart"}, ({"en": "Two"},), {"en": "Say two."}),
        Scene("unknown", "/nowhere", "", {"en": "Nothing there"}, (), {}),
    )
    path = tmp_path / "deck.html"
    path.write_bytes(html_deck(Deck("own", {"en": "Own deck"}, scenes), atlas, "en"))
    return path.as_uri()


def test_a_single_file_plays_from_a_folder_without_any_network(open_context, watch, single_file):
    context = open_context(viewport={"width": 960, "height": 600})
    context.set_offline(True)
    page = context.new_page()
    page.goto(f"{single_file}?theme=dark#map")
    at(page, "map")
    assert watch.left_the_machine == [f"{single_file}?theme=dark"]
    expect(page.locator("html")).to_have_attribute("data-map", "live")
    expect(page.locator(".live")).to_have_attribute("data-shown", "true")
    press(page, "e")
    expect(page.locator("html")).to_have_class(re.compile("exploring"))
    press(page, "Escape", "PageDown")
    at(page, "chart")
    expect(page.locator(f"{SCENE} .main-svg").first).to_be_visible()
    press(page, "l")
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    expect(page.locator(f"{SCENE} .caption")).to_contain_text(re.compile("[а-я]"))
    press(page, "End")
    expect(page.locator(f"{SCENE} .problem")).to_contain_text("/nowhere")
    page.goto(f"{single_file}?print=1&lang=en")
    expect(page.locator("html")).to_have_attribute("data-ready", "print")
    expect(page.locator(".leaf")).to_have_count(4)
    expect(page.locator(".leaf .notes").first).to_have_text("Say one.")
    assert [one for one in watch.left_the_machine if not one.startswith((single_file, "blob:"))] == []
    watch.left_the_machine.clear()
