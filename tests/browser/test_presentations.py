"""What a reader does with a presentation of his own, in a real browser on the real data."""

import json
import re

from playwright.sync_api import expect

KEPT = "JSON.parse(localStorage['corridor-atlas-deck']).scenes.map((scene) => scene.headline.en)"
TWO = {
    "title": {"en": "From a file", "ru": "Из файла"},
    "scenes": [
        {
            "id": "a",
            "headline": {"en": "First", "ru": "Первый"},
            "points": [{"en": "One"}],
            "notes": {"en": "Say it."},
        },
        {"id": "b", "view": "/corridors/btk", "figure": "strip", "headline": {"en": "Second"}},
    ],
}


def test_a_presentation_is_put_together_on_other_pages_and_in_the_editor(page, atlas_url, watch):
    page.goto(f"{atlas_url}/council?lang=en")
    page.locator('[data-deck-figure="portfolio"]').click()
    said = page.locator(".deck-said")
    expect(said).to_contain_text("Added to your presentation (1 scene).")
    page.locator('[data-deck-figure="portfolio"]').click()
    expect(said).to_contain_text("already, as scene 1")
    page.goto(f"{atlas_url}/?show=site:J-003&tour=off&lang=en")
    page.locator(".card-body .deck-add").click()
    expect(said).to_contain_text("(2 scenes)")
    said.get_by_role("link", name="Open").click()
    heads = page.locator("[data-do=headline]")
    expect(heads).to_have_count(2)
    expect(heads.nth(1)).to_have_value("Syrdarya industrial cluster (70 ha)")
    heads.nth(0).fill("Projects of the region")
    heads.nth(1).press("Alt+ArrowUp")
    expect(heads.nth(1)).to_have_value("Projects of the region")
    expect(heads.nth(0)).to_be_focused()
    page.get_by_role("button", name=re.compile("^Duplicate: Projects")).click()
    expect(heads).to_have_count(3)
    page.get_by_role("button", name="Remove: Syrdarya").click()
    expect(heads).to_have_count(2)
    page.get_by_role("button", name="Undo").click()
    expect(heads).to_have_count(3)
    assert page.evaluate(KEPT) == ["Syrdarya industrial cluster (70 ha)", *["Projects of the region"] * 2]
    page.get_by_text("Points and notes").first.click()
    page.get_by_label("Point 1").fill("70 hectares")
    page.get_by_label("Language of texts").select_option("ru")
    expect(page.get_by_label("Point 1")).to_have_value("")
    expect(page.get_by_label("Point 1")).to_have_attribute("placeholder", "70 hectares")
    page.reload()
    expect(heads).to_have_count(3)
    assert [one for one in watch.requests if "/present/own" in one] == []


def test_a_file_is_opened_saved_and_presented(page, atlas_url, watch, tmp_path):
    watch.expect_error("400")
    page.goto(f"{atlas_url}/presentations?lang=en")
    heads, status = page.locator("[data-do=headline]"), page.locator("#deck-editor .deck-status")
    picker = page.locator("#deck-editor input[type=file]")
    picker.set_input_files(
        {
            "name": "bad.json",
            "mimeType": "application/json",
            "buffer": b'{"title": {"en": "x"}, "scenes": [{"id": "a"}]}',
        }
    )
    expect(status).to_contain_text("bad.json was not opened.")
    expect(status).to_contain_text('scene "a", headline')
    expect(heads).to_have_count(0)
    picker.set_input_files(
        {"name": "two.deck.json", "mimeType": "application/json", "buffer": json.dumps(TWO).encode()}
    )
    expect(heads).to_have_count(2)
    page.get_by_label("Title").fill("Совет: план/1")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a file").click()
    assert download.value.suggested_filename == "Совет план 1.deck.json"
    saved = json.loads(download.value.path().read_text("utf-8"))
    assert saved["title"] == {"en": "Совет: план/1", "ru": "Из файла"}
    assert [one["points"] for one in saved["scenes"]] == [[{"en": "One"}], []]
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Present from here: Second").click()
    player = opened.value
    expect(player.get_by_role("heading", name="Second").first).to_be_visible()
    posts = {re.sub(r".*:\d+|\?.*", "", one) for one in watch.requests if "/present/own" in one}
    assert posts <= {"/present/own", "/present/own/check", "/present/own/scenes"}
