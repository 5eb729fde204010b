"""No page shuts a reader out: axe finds nothing grave, nothing scrolls sideways, maps are told in words."""

import pytest

from tests.browser.auditing import MANY_ROWS, NO_MAP, PAGES, faults, opened, sideways, unexplained_maps

# A desk, the narrowest phone, a window at 200 %, a usual phone. Colours are the same in all languages.
WIDTHS = {"en": 1280, "ru": 360, "uz": 640, "kk": 390}


@pytest.mark.parametrize("language", WIDTHS)
def test_no_page_shuts_a_reader_out(open_context, watch, language):
    watch.expect_error("404")
    context = open_context(
        viewport={"width": WIDTHS[language], "height": 740},
        has_touch=language != "en",
        reduced_motion="reduce",
    )
    context.add_init_script(NO_MAP)
    page = context.new_page()
    found = []
    for address in PAGES:
        opened(page, f"{address}{'&' if '?' in address else '?'}lang={language}", still=100)
        if too_wide := sideways(page):
            found.append((address, f"{too_wide} px wider than the window"))
        if maps := unexplained_maps(page):
            found.append((address, f"{maps} map without words"))
        page.add_style_tag(content=MANY_ROWS)
        found += [(address, fault) for fault in faults(page, language == "en") if fault.is_grave]
    assert found == []


def test_an_open_list_of_choices_is_fit_too(page, atlas_url):
    opened(page, f"{atlas_url}/?lang=en")
    page.locator("#filter-sectors").click()
    page.get_by_role("dialog", name="Sectors").wait_for()
    assert [fault for fault in faults(page, with_colours=False) if fault.is_grave] == []


def test_a_missing_name_is_found(page):
    page.set_content("<html lang='en'><title>A</title><main><h1>A</h1><button></button></main>")
    assert [fault.rule for fault in faults(page) if fault.is_grave] == ["button-name"]
