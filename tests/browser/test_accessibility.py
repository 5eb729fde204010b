"""No page shuts a reader out: axe finds nothing grave, nothing scrolls sideways, maps are told in words.

Every page is looked at in two languages, at a desk and in a small window, by turns; all pages in all
languages and themes are for `python -m tests.bench.accessibility`.
"""

from collections import Counter

import pytest

from tests.browser.auditing import (
    LANGUAGES,
    NO_MAP,
    PAGES,
    TAKE_REPEATED_AWAY,
    THEMES,
    faults,
    in_turn,
    opened,
    sideways,
    unexplained_maps,
    with_language,
)

# The narrowest phone, a window at 200 %, a usual phone.
SMALL = (360, 640, 390)
SHIFTS = {"page": 0, "phone": 2}
"""Who looks, and with which language the turns begin; colours are weighed at the desk."""


@pytest.mark.parametrize("reader", SHIFTS)
def test_no_page_shuts_a_reader_out(reader, request, watch, atlas_url):
    watch.expect_error("404")
    page, found = request.getfixturevalue(reader), []
    page.add_init_script(NO_MAP)
    for at, (address, language, theme) in enumerate(in_turn(SHIFTS[reader])):
        width = 1280 if reader == "page" else SMALL[at % len(SMALL)]
        page.set_viewport_size({"width": width, "height": 740})
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        opened(page, atlas_url + with_language(address, language), still=100)
        too_wide, maps = sideways(page), unexplained_maps(page)
        page.evaluate(TAKE_REPEATED_AWAY)
        told = [fault for fault in faults(page, reader == "page", with_styles=False) if fault.is_grave]
        told += [f"{too_wide} px wider than the window"] * (too_wide > 0) + ["a map without words"] * maps
        found += [(address, language, theme, width, one) for one in told]
    assert found == []


def test_the_turns_reach_every_page_in_two_languages_and_both_themes():
    turns = [turn for shift in SHIFTS.values() for turn in in_turn(shift)]
    assert {len({language for one, language, _ in turns if one == page}) for page in PAGES} == {2}
    assert min(Counter(language for _, language, _ in turns).values()) >= len(PAGES) / 3
    assert {(language, theme) for _, language, theme in in_turn(0)} == {
        (language, theme) for language in LANGUAGES for theme in THEMES
    }


def test_an_open_list_of_choices_is_fit_too(page, atlas_url):
    opened(page, f"{atlas_url}/?lang=en")
    page.locator("#filter-sectors").click()
    page.get_by_role("dialog", name="Sectors").wait_for()
    assert [fault for fault in faults(page, with_colours=False) if fault.is_grave] == []


def test_a_missing_name_is_found(page):
    page.set_content("<html lang='en'><title>A</title><main><h1>A</h1><button></button></main>")
    assert [fault.rule for fault in faults(page) if fault.is_grave] == ["button-name"]
