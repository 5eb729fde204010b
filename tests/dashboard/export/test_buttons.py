"""Every button opens the dialog of a figure that the page publishes, and every published figure has one."""

from __future__ import annotations

import json
import re

import dash
import plotly
import pytest

from dashboard.export.button import export_button
from dashboard.export.publication import makers_of, publishers
from dashboard.text import speak

VIEWS = (
    "/",
    "/corridors",
    "/corridors/btk",
    "/corridors/trans-caspian",
    "/corridors/compare",
    "/routes",
    "/reach",
    "/sites",
    "/sites/J-003",
    "/regions",
    "/regions/UZ-SI",
    "/pairs",
    "/pairs/UZ-SI/KZ-61",
    "/sources",
    "/trade",
    "/energy",
    "/council",
    "/council/priorities",
    "/council/barriers",
    "/changes",
)


def buttons(client, view: str) -> list[str]:
    """The figures that the buttons of a page name, as its layout has them."""
    return re.findall(r'"data-export": ?"([^"]+)"', layout(client, view))


def layout(client, path: str) -> str:
    """The layout of a page as it travels to the browser."""
    for page in dash.page_registry.values():
        found = match(path, page)
        if found is not None:
            made = page["layout"](**found) if callable(page["layout"]) else page["layout"]
            return json.dumps(made, cls=plotly.utils.PlotlyJSONEncoder)
    raise LookupError(path)


def match(path: str, page: dict) -> dict[str, str] | None:
    """The parts of the path that a page's template names, None where it is another page's."""
    if page["path_template"] is None:
        return {} if page["path"] == path else None
    wanted, parts = page["path_template"].split("/"), path.split("/")
    if len(wanted) != len(parts):
        return None
    named = {}
    for want, part in zip(wanted, parts, strict=True):
        if want.startswith("<"):
            named[want.strip("<>")] = part
        elif want != part:
            return None
    return named


@pytest.mark.parametrize("view", VIEWS)
def test_each_button_names_a_figure_and_each_figure_has_a_button(client, atlas, view):
    found, published = buttons(client, view), list(makers_of(view, atlas, speak("en")))
    assert found, f"{view} has no Export button"
    assert len(found) == len(set(found))
    assert set(found) == set(published)


def test_every_published_page_is_among_those_checked():
    templates = {re.sub(r"<[^>]+>", "*", path) for path in publishers()}
    checked = {
        "/corridors/*": "/corridors/btk",
        "/regions/*": "/regions/UZ-SI",
        "/sites/*": "/sites/J-003",
        "/pairs/*/*": "/pairs/UZ-SI/KZ-61",
    }
    assert {one for one in templates if checked.get(one, one) not in VIEWS} == set()


def test_the_button_says_what_it_opens():
    button = export_button("strip", speak("en"))
    assert getattr(button, "data-export") == "strip"
    assert getattr(button, "aria-haspopup") == "dialog"
    assert button.type == "button" and button.children == "Export"
