"""A real Chromium over a real process of the atlas, with no way out of this machine.

ATLAS_BROWSER=required makes a missing browser a failure instead of a skip; ATLAS_CHROMIUM names the program.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    WebError,
    expect,
    sync_playwright,
)

from tests.browser.auditing import NO_MAP
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
    # Pages without a map are drawn faster by the processor itself than by what plays the graphics card.
    "--disable-gpu-rasterization",
    "--disable-gpu-compositing",
    "--disable-features=PreloadTopChromeWebUI,InitialWebUI,WebUIReloadButton",
]
# One process draws all pages of a reader, and what it has read of the scripts it need not read again.
THRIFTY = ["--process-per-site", f"{ARGUMENTS[-1]},ScriptStreaming"]
# A map has a quarter of the points, which saves the processor that plays the graphics card half its work.
COARSE = """Object.defineProperty(window, "devicePixelRatio", { value: 0.5 })"""
LONGEST_WAIT = 60_000  # milliseconds, for a busy machine with two cores
expect.set_options(timeout=LONGEST_WAIT)
DESK = {"viewport": {"width": 1366, "height": 768}}
PHONE = {
    "viewport": {"width": 390, "height": 844},
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
        for event, note in self._notes().items():
            context.on(event, note)

    def leave(self, context: BrowserContext) -> None:
        """Write down no more of it."""
        for event, note in self._notes().items():
            context.remove_listener(event, note)

    def _notes(self) -> dict[str, Callable[..., None]]:
        return {"request": self._note_request, "console": self._note_console, "weberror": self._note_error}

    def _note_request(self, request: Request) -> None:
        self.requests.append(request.url)
        if not re.match(r"(http://127\.0\.0\.1[:/]|data:|blob:)", request.url):
            self.left_the_machine.append(request.url)

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def _note_error(self, error: WebError) -> None:
        self.errors.append(str(error.error))


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
    arguments = [*ARGUMENTS[:-1], *THRIFTY, *["--no-sandbox"] * is_root()]
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
        context.add_init_script(COARSE)
        watch.follow(context)
        contexts.append(context)
        return context

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def used_contexts(browser: Browser, atlas_url: str) -> Iterator[Callable[[str], BrowserContext]]:
    """A function that gives the desk or the phone which one test after the other uses: with files in its
    cache, which saves a second a test, and with nothing else of the reader before."""
    shapes, opened = {"desk": DESK, "phone": PHONE}, {}

    def of_shape(shape: str) -> BrowserContext:
        if shape not in opened:
            # A flight across the map is dozens of frames, each of which costs two cores 40 ms.
            still = {"locale": "en", "reduced_motion": "reduce", **shapes[shape]}
            opened[shape] = browser.new_context(base_url=atlas_url, **still)
            opened[shape].set_default_timeout(LONGEST_WAIT)
            opened[shape].add_init_script(COARSE)
            opened[shape].new_page().goto("/healthz")  # as long as it is open, its process stays
        return opened[shape]

    yield of_shape
    for context in opened.values():
        context.close()


def arrive(goto: Callable[..., Response | None], page: Page, url: str, **options: object) -> Response | None:
    """Open an address and wait for the live page: what comes with the address takes no keys and no focus."""
    answer = goto(url, **options)
    page.wait_for_selector(".first-page", state="detached")
    return answer


def sit_down(context: BrowserContext, watch: Watch) -> Iterator[Page]:
    """A new page for one test; what it stored is forgotten after it."""
    watch.follow(context)
    page = context.new_page()
    page.goto = partial(arrive, page.goto, page)
    yield page
    context.clear_cookies()
    context.clear_permissions()
    for one in context.pages[1:]:  # the first one keeps the process
        if one.url.startswith("http") and not one.is_closed():
            one.evaluate("() => { try { localStorage.clear(); sessionStorage.clear(); } catch {} }")
        one.close()
    watch.leave(context)


@pytest.fixture
def page(used_contexts: Callable[[str], BrowserContext], watch: Watch) -> Iterator[Page]:
    """A reader at a desk, whose browser has the files of the atlas."""
    yield from sit_down(used_contexts("desk"), watch)


@pytest.fixture
def phone(used_contexts: Callable[[str], BrowserContext], watch: Watch) -> Iterator[Page]:
    """A reader with a phone, 390 by 844 points with touch, whose browser has the files of the atlas."""
    yield from sit_down(used_contexts("phone"), watch)


@pytest.fixture
def without_map(request: pytest.FixtureRequest) -> None:
    """For a test that looks at no map: its frame stays empty, which saves seconds of two cores."""
    for reader in {"page", "phone"} & set(request.fixturenames):
        request.getfixturevalue(reader).add_init_script(NO_MAP)


def is_root() -> bool:
    """Chromium refuses to sandbox itself for this user."""
    return hasattr(os, "geteuid") and os.geteuid() == 0
