"""Hostile texts of the data run nothing in a real browser, and pages hold their shape around them."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Dialog, expect

from tests.browser.auditing import NO_MAP
from tests.browser.conftest import DESK, LONGEST_WAIT
from tests.conftest import copied
from tests.hostile import make_hostile
from tests.processes import started

PAGES = ("/regions/UZ-SU", "/corridors/btk")
TOO_WIDE = "document.documentElement.scrollWidth > window.innerWidth + 1"


def test_hostile_texts_run_nothing(browser: Browser, watch, data_folder: Path, tmp_path: Path):
    """Neither a script nor a dialog, and nothing that the policy had to stop, which the watch would see."""
    folder = copied(data_folder, tmp_path)
    make_hostile(folder)
    dialogs: list[Dialog] = []
    with started(["app.py", "--port", "0", "--data", str(folder)], tmp_path / "log") as atlas:
        context = browser.new_context(base_url=atlas.address(), locale="en", **DESK)
        context.set_default_timeout(LONGEST_WAIT)
        context.add_init_script(NO_MAP)
        watch.follow(context)
        page = context.new_page()
        page.on("dialog", lambda dialog: (dialogs.append(dialog), dialog.dismiss()))
        for path in PAGES:
            page.goto(path)
            expect(page.get_by_role("main")).to_contain_text("pwned")
            expect(page.locator("._dash-loading")).to_have_count(0)
            assert page.evaluate("window.pwned") is None, path
            assert not page.evaluate(TOO_WIDE), path
        context.close()
    assert dialogs == []
