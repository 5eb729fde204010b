"""What makes a page fit for every reader, asked of a page in a browser: axe, its width, its targets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

LANGUAGES = ("en", "ru", "uz", "kk")
ADDRESSES = (
    "/",
    "/?select=site:J-003&layer=sites,clusters,corridors,crossings,energy",
    "/corridors",
    "/corridors/btk",
    "/corridors/trans-caspian",
    "/corridors/compare?a=trans-caspian&b=north-south",
    "/routes",
    "/routes?from=region:UZ-SI&to=region:KZ-61",
    "/reach",
    "/sites",
    "/sites/J-003",
    "/regions",
    "/regions?metric=grp_kz",
    "/regions/UZ-SU",
    "/regions/KZ-61",
    "/pairs",
    "/pairs/UZ-SI/KZ-61",
    "/trade",
    "/trade?reporter=KAZ&partner=UZB",
    "/energy",
    "/energy?carrier=oil&year=2024",
    "/council",
    "/council/barriers?barrier=B33",
    "/council/priorities",
    "/council/agenda",
    "/council/agenda?i=project:P-001&i=barrier:B33&n1=In%20detail",
    "/changes",
    "/sources",
    "/print",
    "/nowhere",
)
"""Every page, and those whose views differ most."""

GRAVE = ("serious", "critical")

# The page's heading stands, no part of it waits for the server, and nothing changed for a moment.
SETTLED = """() => new Promise((done) => {
  const isThere = () => document.querySelector("main h1")
    && !document.querySelector("[data-dash-is-loading=true], ._dash-loading, ._dash-loading-callback");
  let last = performance.now();
  const watch = new MutationObserver(() => { last = performance.now(); });
  watch.observe(document.body, { childList: true, subtree: true });
  const began = last;
  const look = () => {
    const now = performance.now();
    if ((isThere() && now - last > %(still)d) || now - began > 15000) { watch.disconnect(); done(Boolean(isThere())); return; }
    setTimeout(look, 50);
  };
  look();
})"""

AUDIT = """async () => {
  const found = await axe.run(document, {
    resultTypes: ["violations"], rules: { "target-size": { enabled: true } },
  });
  return found.violations.map(({ id, impact, nodes }) => ({
    id, impact, nodes: nodes.map((node) => node.target.join(" ") + " | " + node.html.slice(0, 160)
      + " | " + node.any.concat(node.all, node.none).map((check) => check.message).join("; ").slice(0, 240)),
  }));
}"""
