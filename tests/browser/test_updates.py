"""A reader whose page is open while the data are corrected."""

from __future__ import annotations

import json
import re
import time
import urllib.request

from playwright.sync_api import expect

TITLE = "Container traffic on Trans-Caucasian"
OLD, NEW = "Corrected before", "Corrected while the page was open"


def served(address: str) -> str:
    """The version of the data that new pages get."""
    with urllib.request.urlopen(f"{address}/healthz", timeout=60) as answer:
        return json.load(answer)["data_version"]


def test_an_open_page_goes_on_with_its_data_and_offers_the_newer_ones(page, program, whole_copy):
    sources = whole_copy / "sources.csv"
    rows = sources.read_text("utf-8")
    sources.write_text(rows.replace(TITLE, OLD, 1), "utf-8")
    address = program("app.py", "--port", "0", "--data", str(whole_copy)).address()
    first = served(address)
    page.goto(f"{address}/sources?lang=en")
    found = page.get_by_label("Find by publisher")
    expect(found).to_be_visible()

    sources.write_text(rows.replace(TITLE, NEW, 1), "utf-8")
    deadline = time.monotonic() + 60
    while served(address) == first:
        assert time.monotonic() < deadline
        time.sleep(0.1)  # another process notices the file
    found.fill("corrected")
    page.wait_for_url(re.compile("find=corrected"))
    expect(page.locator("#list")).to_contain_text(OLD)
    expect(page.locator("#list")).not_to_contain_text(NEW)
    note = page.locator(".data-note")
    expect(note).to_contain_text("Newer data have been published")
    expect(page.locator("footer")).to_contain_text(first)

    note.get_by_role("button", name="Load the page anew").click()
    expect(page.locator("#list")).to_contain_text(NEW)
    expect(page.locator("#list")).not_to_contain_text(OLD)
    expect(page.locator("footer")).not_to_contain_text(first)
    expect(note).to_have_count(0)
