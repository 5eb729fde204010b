"""A real Chromium over a real process of the atlas, with no way out of this machine.

ATLAS_BROWSER=required makes a missing browser a failure instead of a skip; ATLAS_CHROMIUM names the program.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.processes import started

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")

# Maps need WebGL 2, which SwiftShader draws on machines without a graphics card.
ARGUMENTS = [
    "--headless=new",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
LONGEST_WAIT = 20_000  # milliseconds, for a busy machine with two cores
DESK = {"viewport": {"width": 1366, "height": 768}}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 3,
    "has_touch": True,
    "is_mobile": True,
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder, for `-m "not browser"`."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass
class Watch:
    """What a browser did that a test should know about."""

    requests: list[str] = field(default_factory=list)
    left_the_machine: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    expected_errors: list[str] = field(default_factory=list)

    def expect_error(self, pattern: str) -> None:
        """Let the test pass although the console says something that matches `pattern`."""
        self.expected_errors.append(pattern)

    def unexpected_errors(self) -> list[str]:
        """Errors of the console and of scripts that no test has announced."""
        return [
            error for error in self.errors if not any(re.search(one, error) for one in self.expected_errors)
        ]

    def follow(self, context: BrowserContext) -> None:
        """Write down every request and error of a context's pages and their workers."""
        context.on("request", lambda request: self._note_request(request.url))
        context.on("console", lambda message: self._note_console(message.type, message.text))
        context.on("weberror", lambda error: self.errors.append(str(error.error)))

    def _note_request(self, address: str) -> None:
        self.requests.append(address)
        if not re.match(r"(http://127\.0\.0\.1[:/]|data:|blob:)", address):
            self.left_the_machine.append(address)

    def _note_console(self, kind: str, text: str) -> None:
        if kind == "error":
            self.errors.append(text)


def chromium() -> str | None:
    """Path of the browser: ATLAS_CHROMIUM, or the first known program on this machine."""
    named = os.environ.get("ATLAS_CHROMIUM")
    found = (shutil.which(name) for name in ((named,) if named else PROGRAMS))
    return next((path for path in found if path), None)


def why_no_browser() -> str:
    """What to tell whoever runs the tests."""
    if named := os.environ.get("ATLAS_CHROMIUM"):
        return f"no browser: ATLAS_CHROMIUM names {named}, which is no program of this machine"
    return f"no browser: install one of {', '.join(PROGRAMS)}, or name one in ATLAS_CHROMIUM"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    path = chromium()
    if path is None:
        (pytest.fail if os.environ.get("ATLAS_BROWSER") == "required" else pytest.skip)(why_no_browser())
    arguments = [*ARGUMENTS, "--no-sandbox"] if is_root() else ARGUMENTS
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=path, args=arguments)
        yield chrome
        chrome.close()


@pytest.fixture(scope="session")
def atlas_url(browser: Browser, data_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the atlas, which runs as `python app.py` on a free port."""
    log = tmp_path_factory.mktemp("atlas") / "output.log"
    with started(["app.py", "--port", "0", "--data", str(data_folder)], log) as atlas:
        yield atlas.address()


@pytest.fixture
def watch() -> Iterator[Watch]:
    """What the browser of this test asked for and complained about; checked at the end of the test."""
    watched = Watch()
    yield watched
    assert watched.left_the_machine == []
    assert watched.unexpected_errors() == []


@pytest.fixture
def open_context(browser: Browser, atlas_url: str, watch: Watch) -> Iterator[Callable[..., BrowserContext]]:
    """A function that opens a fresh reader: no cache, own history; English unless told otherwise."""
    contexts: list[BrowserContext] = []

    def opened(**options: object) -> BrowserContext:
        context = browser.new_context(base_url=atlas_url, **{"locale": "en", **options})
        context.set_default_timeout(LONGEST_WAIT)
        watch.follow(context)
        contexts.append(context)
        return context

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_context: Callable[..., BrowserContext]) -> Page:
    """A fresh reader at a desk."""
    return open_context(**DESK).new_page()


@pytest.fixture
def phone(open_context: Callable[..., BrowserContext]) -> Page:
    """A fresh reader with a phone: 390 by 844 points, touch."""
    return open_context(**PHONE).new_page()


def is_root() -> bool:
    """Chromium refuses to sandbox itself for this user."""
    return hasattr(os, "geteuid") and os.geteuid() == 0
