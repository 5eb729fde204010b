"""What readers ask the server for: pages as Chromium opened them, filters and choices of any kind, exports.

The requests are recorded once and told in other languages and with other choices after that: most readers
begin alike, and then each looks for something else.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Request

from dashboard.guard import CALLBACK_PATH
from tests.bench.readers import Asked
from tests.bench.visits import opened
from tests.browser.conftest import DESK

LANGUAGES = ("en", "ru", "uz", "kk")
PAGES = (
    "/",
    "/corridors",
    "/corridors/trans-caspian",
    "/sites",
    "/sites/J-003",
    "/regions",
    "/regions/UZ-SU",
    "/pairs/UZ-TO/KZ-61",
    "/routes?from=region:UZ-SA&to=node:poti",
    "/trade",
    "/energy",
    "/council",
    "/sources",
)
WEIGHTS = (10, 2, 3, 3, 2, 2, 3, 1, 2, 1, 1, 2, 1)
FILTER = "filter-regions"
SEARCHES = ("tash", "алматы", "aqtau", "термез", "kokand", "btk", "aral", "nukus")
FIGURES = (("/", "map"), ("/", "sites"), ("/corridors/btk", "strip"), ("/regions/UZ-SU", "comparison"))
FORMATS = ("csv", "xlsx", "geojson")


@dataclass(frozen=True)
class Recorded:
    """What a page asks for, in the order in which it does; files are those that browsers keep."""

    address: str
    files: tuple[Asked, ...]
    requests: tuple[Asked, ...]

    def told(self, language: str) -> Iterator[Asked]:
        """The requests as a reader of this language sends them."""
        mark = f"{'&' if '?' in self.address else '?'}lang={language}"
        query = urlsplit(self.address).query
        for asked in self.requests:
            if asked.method == "GET":
                path = asked.path + mark if asked.kind == "page" else asked.path
                yield Asked("GET", path, kind=asked.kind)
            else:
                body = asked.body.replace('"lang":"en"', f'"lang":"{language}"')
                search = f'"property":"search","value":"{f"?{query}" if query else ""}"'
                new = f'"property":"search","value":"{f"?{query}" if query else ""}{mark}"'
                yield Asked("POST", asked.path, body.replace(search, new), asked.kind)


def recorded(browser: Browser, port: int) -> dict[str, Recorded]:
    """Every page of PAGES, and the filters of the overview, as the browser asks for them."""
    return {path: _page(browser, port, path) for path in PAGES}


def _page(browser: Browser, port: int, path: str) -> Recorded:
    context = browser.new_context(**DESK, locale="en")
    page = context.new_page()
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request))
    opened(page, f"http://127.0.0.1:{port}{path}")
    files, requests = [], []
    for one in sent:
        url = urlsplit(one.url)
        if url.scheme != "http":
            continue
        where = f"{url.path}?{url.query}" if url.query else url.path
        if url.path == CALLBACK_PATH:
            requests.append(Asked("POST", where, one.post_data or "", "callback"))
        elif one.is_navigation_request():
            requests.append(Asked("GET", where, kind="page"))
        elif url.path.startswith("/_dash-") and "component-suites" not in url.path:
            requests.append(Asked("GET", where, kind="frame"))
        else:
            files.append(Asked("GET", where, kind="file"))
    context.close()
    return Recorded(path, tuple(files), tuple(requests))


def recorded_filter(browser: Browser, port: int) -> Asked:
    """The callback of a filter of the overview."""
    context = browser.new_context(**DESK, locale="en")
    page = context.new_page()
    opened(page, f"http://127.0.0.1:{port}/")
    with page.expect_request(
        lambda one: CALLBACK_PATH in one.url and FILTER in (one.post_data or "")
    ) as found:
        page.locator("#filter-kinds input").first.click()
    context.close()
    url = urlsplit(found.value.url)
    return Asked("POST", f"{url.path}?{url.query}", found.value.post_data, "filter")


def some_filter(filter_: Asked, regions: tuple[str, ...], language: str, chance: random.Random) -> Asked:
    """The filter with another choice: one that many make, or some regions that nobody else has chosen."""
    body = json.loads(filter_.body.replace('"lang":"en"', f'"lang":"{language}"'))
    chosen = {f"{FILTER}.value": chance.sample(regions, chance.randint(1, 3))}
    if chance.random() < 0.5:
        chosen = {"filter-countries.value": [chance.choice(("UZB", "KAZ"))]}
    for part in body["inputs"]:
        if isinstance(part, dict) and (name := f"{part['id']}.{part['property']}") in chosen:
            part["value"] = chosen[name]
    body["changedPropIds"] = list(chosen)
    body["parsedChangedPropsIds"] = list(chosen)
    return Asked("POST", filter_.path, json.dumps(body, separators=(",", ":"), ensure_ascii=False), "filter")


def some_export(language: str, chance: random.Random) -> Asked:
    """A figure for the reader's own browser, or a table as a file."""
    view, figure = chance.choice(FIGURES)
    if chance.random() < 0.5:
        return Asked("GET", f"/export/figure?view={view}&figure={figure}&lang={language}", kind="export")
    name = chance.choice(FORMATS)
    return Asked("GET", f"/export/file?view=/&figure=sites&format={name}&lang={language}", kind="export")
