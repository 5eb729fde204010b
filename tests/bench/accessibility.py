"""Faults of accessibility, counted by rule: `python -m tests.bench.accessibility [ADDRESS [PAGE …]]`.

Every page and the views that differ most, in four languages, at a desk and on a phone, light and dark, maps
drawn; some twenty minutes. Starts the atlas itself unless the ADDRESS of a running one is given; a PAGE
("/regions") leaves all others out.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.auditing import (
    LANGUAGES,
    PAGES,
    THEMES,
    VIEWS,
    faults,
    opened,
    sideways,
    unexplained_maps,
    with_language,
)
from tests.browser.conftest import ARGUMENTS, chromium, is_root, why_no_browser
from tests.processes import started

WIDTHS = (1280, 390)


def main() -> None:
    """Count and print."""
    address, *named = sys.argv[1:] or [""]
    paths = [path for path in (*PAGES, *VIEWS) if not named or path in named]
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        path = chromium() or sys.exit(why_no_browser())
        arguments = [*ARGUMENTS, "--no-sandbox"] if is_root() else ARGUMENTS
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        if address:
            show(counted(browser, address, paths))
        else:
            with started(["app.py", "--port", "0"], Path(folder) / "output.log") as atlas:
                show(counted(browser, atlas.address(), paths))
        browser.close()


def counted(browser: Browser, address: str, paths: Iterable[str]) -> Counter[tuple[str, str]]:
    """How often each rule is broken, by impact and rule; every broken place is printed on the way."""
    found: Counter[tuple[str, str]] = Counter()
    for width in WIDTHS:
        size = {"width": width, "height": 800}
        context = browser.new_context(base_url=address, viewport=size, reduced_motion="reduce")
        page = context.new_page()
        for path in paths:
            for language in LANGUAGES:
                opened(page, with_language(path, language))
                for theme in THEMES:
                    found += looked_at(page, theme, f"{width} {language} {path}")
        context.close()
    return found


def looked_at(page: Page, theme: str, where: str) -> Counter[tuple[str, str]]:
    """What is wrong with an open page in a theme."""
    page.emulate_media(color_scheme=theme)
    found: Counter[tuple[str, str]] = Counter()
    for fault in faults(page):
        found[fault.impact, fault.rule] += 1
        print(where, theme, fault.impact, fault.rule, fault.html, fault.why, flush=True)
    found["atlas", "wider than the window"] += sideways(page) > 0
    found["atlas", "map without words"] += unexplained_maps(page)
    found["atlas", "screens looked at"] += 1
    return found


def show(found: Counter[tuple[str, str]]) -> None:
    """One line a rule."""
    for (impact, rule), times in sorted(found.items()):
        print(f"{times:6}  {impact:10} {rule}")


if __name__ == "__main__":
    main()
