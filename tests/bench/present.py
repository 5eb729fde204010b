"""Bytes and times of the default presentation: `python -m tests.bench.present`, about a minute."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, sync_playwright

from tests.bench.meter import Meter, metered
from tests.browser.conftest import ARGUMENTS, chromium, is_root, why_no_browser
from tests.processes import started

DECK = "/present/first-meeting?lang=en"
BUDGETS = {"bytes": 3_500_000, "change": 150}
LONGEST = 300_000  # milliseconds until all is held, for a busy machine

# From the key to the frame after the one in which the scene is there with its drawing.
CHANGE = """(key) => new Promise((done) => {
  const root = document.documentElement;
  const before = root.dataset.scene;
  const began = performance.now();
  const watch = new MutationObserver(() => {
    if (root.dataset.scene === before || root.dataset.painted !== root.dataset.scene) { return; }
    watch.disconnect();
    requestAnimationFrame(() => done([root.dataset.scene, performance.now() - began]));
  });
  watch.observe(root, { attributes: true });
  document.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
})"""
KIND = "document.querySelector('.scene.current').dataset.kind"
BESIDE = (
    """() => new Promise((done) => setTimeout(() => requestIdleCallback(done, { timeout: 2000 }), 400))"""
)


@contextmanager
def opened() -> Iterator[tuple[Page, Meter]]:
    """The presentation in a fresh Chromium, its bytes counted."""
    if not (path := chromium()):
        raise SystemExit(why_no_browser())
    arguments = [*ARGUMENTS, "--no-sandbox"] if is_root() else ARGUMENTS
    with (
        tempfile.TemporaryDirectory() as folder,
        started(["app.py", "--port", "0"], Path(folder, "log")) as atlas,
        sync_playwright() as playwright,
        metered(urlsplit(atlas.address()).port) as meter,
    ):
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        page = browser.new_page(viewport={"width": 1920, "height": 1080}, reduced_motion="reduce")
        page.set_default_timeout(LONGEST)
        page.goto(meter.address + DECK)
        yield page, meter
        browser.close()


def changes(page: Page) -> Iterator[tuple[str, str, float]]:
    """Scene, its kind and milliseconds of each step through the deck; neighbours have been drawn before."""
    count = page.evaluate("JSON.parse(document.getElementById('given').textContent).ids.length")
    for _ in range(count - 1):
        page.evaluate(BESIDE)
        scene, took = page.evaluate(CHANGE, "PageDown")
        yield scene, page.evaluate(KIND), took


def main() -> None:
    """Print them with their budgets."""
    with opened() as (page, meter):
        page.wait_for_selector('html[data-held="all"][data-map]', state="attached")
        print(f"all held: {meter.taken():,} bytes (at most {BUDGETS['bytes']:,})")
        times = list(changes(page))
        for scene, kind, took in times:
            print(f"  {scene:28} {kind:8} {took:6.0f} ms")
        still = [took for _, kind, took in times if kind != "map"]
        print(f"longest change to a scene without a map: {max(still):.0f} ms (at most {BUDGETS['change']})")


if __name__ == "__main__":
    main()
