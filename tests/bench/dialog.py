"""Times of the Export dialog in the browser: `python -m tests.bench.dialog`, half a minute when quiet.

Starts the atlas as on a desk, opens the dialog of the overview's map a few times and makes its pictures.
"""

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import ARGUMENTS, chromium, is_root, why_no_browser
from tests.processes import started

TIMES = 3
BUDGETS = {"drawn": 1500, "svg": 1500}  # milliseconds from the click
LARGEST_SVG = 600_000  # bytes

# Milliseconds from the click on Export to the preview, and from the click on a format to its file.
MEASURE = """async () => {
  const until = (test) => new Promise((ready) => {
    const look = () => (test() ? ready(test()) : setTimeout(look, 2));
    look();
  });
  const told = {};
  let begun = performance.now();
  document.querySelector('[data-export="map"]').click();
  await until(() => document.querySelector('#export-dialog[open]'));
  told.open = performance.now() - begun;
  await until(() => document.querySelector('#export-dialog[data-drawn]'));
  told.drawn = performance.now() - begun;
  let file = null;
  window.atlasPicture.save = (blob) => { file = blob; };
  for (const format of ['svg', 'png', 'png2', 'png3']) {
    file = null;
    begun = performance.now();
    document.querySelector(`[data-format="${format}"]`).click();
    told[format + '_bytes'] = (await until(() => file)).size;
    told[format] = performance.now() - begun;
  }
  return told;
}"""


def measured(page: Page, address: str) -> dict[str, float]:
    """The times of one visit."""
    page.goto(f"{address}/?lang=en")
    page.wait_for_selector("[data-painted=true]", state="attached", timeout=60_000)
    page.wait_for_load_state("networkidle")
    return page.evaluate(MEASURE)


def main() -> None:
    """Print the median of each time beside what it may be."""
    path = chromium()
    if path is None:
        raise SystemExit(why_no_browser())
    arguments = [*ARGUMENTS, "--no-sandbox"] if is_root() else ARGUMENTS
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        started(["app.py", "--port", "0"], Path(folder) / "atlas.log") as atlas,
    ):
        chrome = playwright.chromium.launch(executable_path=path, args=arguments)
        page = chrome.new_page(viewport={"width": 1366, "height": 768})
        visits = [measured(page, atlas.address()) for _ in range(TIMES)]
        chrome.close()
    for name in visits[0]:
        values = [visit[name] for visit in visits]
        unit, limit = ("bytes", LARGEST_SVG) if name == "svg_bytes" else ("ms", BUDGETS.get(name))
        unit = "bytes" if name.endswith("_bytes") else unit
        may = f"  (at most {limit:,})" if limit else ""
        print(f"{name:12} {statistics.median(values):12,.0f} {unit}{may}")


if __name__ == "__main__":
    main()
