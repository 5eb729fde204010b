"""Faults of accessibility, counted by rule: `python -m tests.bench.accessibility [ADDRESS]`.

Every page and the views that differ most, in four languages, at a desk and on a phone, maps drawn; some ten
minutes. Starts the atlas itself unless the ADDRESS of a running one is given.
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.auditing import PAGES, VIEWS, faults, opened, sideways, unexplained_maps
from tests.browser.conftest import ARGUMENTS, chromium, is_root, why_no_browser
from tests.processes import started

LANGUAGES = ("en", "ru", "uz", "kk")
WIDTHS = (1280, 390)


def main() -> None:
    """Count and print."""
    given = sys.argv[1:]
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        path = chromium() or sys.exit(why_no_browser())
        arguments = [*ARGUMENTS, "--no-sandbox"] if is_root() else ARGUMENTS
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        if given:
            show(counted(browser, given[0]))
        else:
            with started(["app.py", "--port", "0"], Path(folder) / "output.log") as atlas:
                show(counted(browser, atlas.address()))
        browser.close()


def counted(browser: Browser, address: str) -> Counter[tuple[str, str]]:
    """How often each rule is broken, by impact and rule; every broken place is printed on the way."""
    found: Counter[tuple[str, str]] = Counter()
    for width in WIDTHS:
        for language in LANGUAGES:
            size = {"width": width, "height": 800}
            context = browser.new_context(base_url=address, viewport=size, reduced_motion="reduce")
            page = context.new_page()
            for path in (*PAGES, *VIEWS):
                opened(page, f"{path}{'&' if '?' in path else '?'}lang={language}")
                for fault in faults(page):
                    found[fault.impact, fault.rule] += 1
                    print(width, language, path, fault.impact, fault.rule, fault.html, fault.why, flush=True)
                found["atlas", "wider than the window"] += sideways(page) > 0
                found["atlas", "map without words"] += unexplained_maps(page)
                found["atlas", "screens looked at"] += 1
            context.close()
    return found


def show(found: Counter[tuple[str, str]]) -> None:
    """One line a rule."""
    for (impact, rule), times in sorted(found.items()):
        print(f"{times:6}  {impact:10} {rule}")


if __name__ == "__main__":
    main()
