"""The atlas opens in a browser and asks nobody but its own server; and the watch over that is awake."""

import os
import re
import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from tests.browser.auditing import NO_MAP
from tests.processes import ROOT


@pytest.mark.usefixtures("without_map")
def test_the_first_page_opens(page: Page, watch):
    page.goto("/")
    expect(page.get_by_role("main").get_by_role("heading").first).to_be_visible()
    expect(page.locator("._dash-loading")).to_have_count(0)
    assert any("/_dash-layout" in address for address in watch.requests)


def test_the_watch_sees_what_workers_ask_for(page: Page, watch):
    """MapLibre fetches its geometry in workers."""
    with page.expect_request("**/geodata/land.*.geojson"):
        page.goto("/")
    assert any("/geodata/land." in address for address in watch.requests)


@pytest.mark.usefixtures("without_map")
def test_the_policy_stops_what_would_leave_the_machine(page: Page, watch):
    page.goto("/")
    assert page.evaluate("fetch('https://example.org/').catch(() => 'stopped')") == "stopped"
    watch.expect_error(r"example\.org.*Content Security Policy")
    assert watch.errors


def test_the_watch_sees_what_leaves_the_machine_and_errors_of_scripts(open_context, watch):
    page = open_context(bypass_csp=True).new_page()
    page.add_init_script(NO_MAP)
    page.route("https://example.org/**", lambda route: route.abort())
    page.goto("/")
    with page.expect_event("pageerror"):
        page.evaluate("setTimeout(() => { throw new Error('on purpose') })")
    page.evaluate("fetch('https://example.org/outside').catch(() => 0)")
    assert watch.left_the_machine == ["https://example.org/outside"]
    assert any("on purpose" in error for error in watch.unexpected_errors())
    watch.left_the_machine.clear()
    watch.expect_error("on purpose")
    watch.expect_error("ERR_FAILED")


# Both in one process, which imports the atlas once.
TWICE = """
import os, sys, pytest
for wish in ("", "required"):
    os.environ["ATLAS_BROWSER"] = wish
    print("code", int(pytest.main(["-p", "no:cacheprovider", sys.argv[1]])))
"""


def test_a_missing_browser_is_said_in_one_clear_line():
    """Runs a test of this file with no browser on the machine: it is left out, or fails where one must be."""
    one = f"{__file__}::test_the_first_page_opens"
    # Without the options of the run around it: its helpers would be started twice more for one test.
    surroundings = {**os.environ, "PYTEST_ADDOPTS": "", "ATLAS_CHROMIUM": "no-such-browser"}
    command = [sys.executable, "-c", TWICE, one]
    ended = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, timeout=120)
    skipped, failed, _ = re.split(r"code (?=\d)", ended.stdout)
    for said, outcome in ((skipped, "1 skipped"), (failed, "1 error")):
        assert "no browser: ATLAS_CHROMIUM names no-such-browser" in said
        assert outcome in said.splitlines()[-1]
    assert re.findall(r"^code (\d)$", ended.stdout, re.MULTILINE) == ["0", "1"]
