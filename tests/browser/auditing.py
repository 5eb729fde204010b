"""What makes a page fit for every reader, asked of the page itself in a browser: axe, its width, its maps."""

from dataclasses import dataclass

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

PAGES = (
    "/",
    "/corridors",
    "/corridors/btk",
    "/corridors/compare?a=trans-caspian&b=north-south",
    "/routes?from=region:UZ-SI&to=region:KZ-61",
    "/reach",
    "/sites",
    "/sites/J-003",
    "/regions",
    "/regions/KZ-61",
    "/pairs",
    "/pairs/UZ-SI/KZ-61",
    "/trade",
    "/energy",
    "/council",
    "/council/barriers?barrier=B33",
    "/council/priorities",
    "/council/agenda?i=project:P-001&i=barrier:B33&n1=In%20detail",
    "/changes",
    "/sources",
    "/print",
    "/nowhere",
)
"""Every page once, in the view that holds most."""

VIEWS = (
    "/?show=site:J-003&layer=sites,clusters,corridors,crossings,energy",
    "/corridors/trans-caspian",
    "/corridors/silk-road",
    "/routes",
    "/routes?from=node:samarkand&to=node:samarkand",
    "/regions?metric=grp_kz",
    "/regions/UZ-SU",
    "/pairs?by=value",
    "/pairs/UZ-TO/KZ-10",
    "/trade?flow=exports&by=no-such-reporter",
    "/energy?carrier=oil&year=2024",
    "/council?status=planned",
    "/council/barriers",
    "/council/agenda",
    "/sites/J-03",
)
"""Other views of the same pages."""

# The page's heading stands, no part of it waits for the server, and nothing changed for a moment.
SETTLED = """(still) => new Promise((done) => {
  const isDrawn = (grid) => {
    const cells = [".ag-header-cell", ".ag-cell"].map((cell) => grid.querySelector(cell));
    return cells.every((cell) => cell && getComputedStyle(cell).visibility === "visible");
  };
  const isThere = () => document.querySelector("main h1")
    && !document.querySelector("[data-dash-is-loading=true], ._dash-loading, ._dash-loading-callback")
    && [...document.querySelectorAll(".site-grid")].every(isDrawn);
  const began = performance.now();
  let last = began;
  const watch = new MutationObserver(() => { last = performance.now(); });
  watch.observe(document.body, { childList: true, subtree: true });
  const look = () => {
    const now = performance.now();
    if ((isThere() && now - last > still) || now - began > 15000) {
      watch.disconnect();
      done(Boolean(isThere()));
    } else { setTimeout(look, 25); }
  };
  look();
})"""

AUDIT = """async ([rules, preload]) => {
  const found = await axe.run(document, { resultTypes: ["violations"], rules, preload });
  return found.violations.flatMap(({ id, impact, nodes }) => nodes.map((node) => ({
    rule: id, impact, html: node.html.slice(0, 200),
    why: [...node.any, ...node.all, ...node.none].map((check) => check.message).join("; ").slice(0, 300),
  })));
}"""

UNEXPLAINED = """() => [...document.querySelectorAll(".map")].filter((map) => {
  const said = (id) => (document.getElementById(id) || { textContent: "" }).textContent.trim();
  return !map.getAttribute("aria-label") || !map.getAttribute("aria-describedby").split(" ").every(said);
}).length"""

LANGUAGES = ("en", "ru", "uz", "kk")
THEMES = ("light", "dark")

TAKE_REPEATED_AWAY = """() => document.querySelectorAll(
  "tbody tr:nth-child(n+6), li:nth-child(n+14), option:nth-child(n+4), .js-plotly-plot .main-svg"
).forEach((one) => one.remove())"""
"""Rows and entries are alike, and a chart is one picture: axe takes minutes over all their parts."""

NO_MAP = """document.addEventListener("DOMContentLoaded", () => {
  Object.assign(window.dash_clientside.map, { probe: () => "" });
  new MutationObserver(() => {
    const map = document.querySelector("#map:not([data-painted])");
    if (map) { map.dataset.painted = "true"; }
  }).observe(document.body, { childList: true, subtree: true });
})"""
"""For a context in which no map is drawn: its frame stands there with all that is said of it."""


@dataclass(frozen=True)
class Fault:
    """What shuts a reader out: axe's rule, its impact, the element and the reason."""

    rule: str
    impact: str
    html: str
    why: str

    @property
    def is_grave(self) -> bool:
        return self.impact in ("serious", "critical")


def in_turn(shift: int) -> list[tuple[str, str, str]]:
    """Every page once (address, language, theme): languages by turns from `shift` on, themes with them."""
    return [
        (address, LANGUAGES[(at + shift) % len(LANGUAGES)], THEMES[at // len(LANGUAGES) % len(THEMES)])
        for at, address in enumerate(PAGES)
    ]


def with_language(address: str, language: str) -> str:
    """The address of a page in a language."""
    return f"{address}{'&' if '?' in address else '?'}lang={language}"


def opened(page: Page, address: str, still: int = 300) -> None:
    """Open a page and wait until nothing of it has changed for `still` milliseconds."""
    page.goto(address)
    assert page.evaluate(SETTLED, still), f"{address} does not settle"


def faults(page: Page, with_colours: bool = True, with_styles: bool = True) -> list[Fault]:
    """What axe finds on the page as it stands; on demand contrast, the dearest of its rules, and what the
    style sheets alone tell, which all pages share.
    """
    page.evaluate(AXE_SCRIPT)
    rules = {"target-size": {"enabled": True}, "color-contrast": {"enabled": with_colours}}
    return [Fault(**found) for found in page.evaluate(AUDIT, [rules, with_styles])]


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    # innerWidth would not do: on a phone it grows with what is too wide.
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def unexplained_maps(page: Page) -> int:
    """How many maps have no name, or no sentence that says what they show."""
    return page.evaluate(UNEXPLAINED)
