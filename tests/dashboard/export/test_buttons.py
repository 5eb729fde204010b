"""Every table and figure of every page has a button whose dialog knows it, and nothing else is published."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import dash
import plotly
import pytest
from dash import html

from dashboard.export.button import export_button, section_head
from dashboard.export.publication import makers_of, publishers
from dashboard.text import speak

EXAMPLES = {
    "/corridors/<corridor_id>": ("/corridors/btk", "/corridors/trans-caspian"),
    "/regions/<region_id>": ("/regions/UZ-SI", "/regions/KZ-79"),
    "/sites/<site_id>": ("/sites/J-003",),
    "/pairs/<uz_region_id>/<kz_region_id>": ("/pairs/UZ-SI/KZ-61", "/pairs/UZ-AN/KZ-10"),
}
"""Addresses of the pages whose paths have names in them."""

MORE = (
    "/routes?from=node:tashkent&to=node:poti&closed=node:aktau_port",
    "/reach?gateways=china&opened=corridor:cku",
    "/council/barriers?barrier=B01",
    "/council/agenda?i=project:P-001&i=barrier:B01",
    "/sources?find=aktau",
)
"""Views that show more than their page does at first."""

WITHOUT_FIGURES = ("/print", "/presentations")
"""The preview of the printed map, which has buttons of its own, and the page that shows no figures."""

EXCEPTIONS = {
    "changes": "the differences table by table: the button over them gives them whole",
    "change-counts": "counts of the same differences",
    "parts": "what one score is made of: columns of the table of ranks",
}
"""Looks of tables that have no button of their own, and why."""

HEADINGS = re.compile(r"h[1-6]")
Tree = str | list[Any]


def views() -> list[str]:
    """A view of every page, and more of some."""
    found = []
    for page in dash.page_registry.values():
        if template := page["path_template"]:
            found += EXAMPLES.get(template, (template,))
        elif "not_found" not in page["module"] and page["path"] not in WITHOUT_FIGURES:
            found.append(page["path"])
    return [*found, *MORE]


def tree(node: Any) -> list[Tree]:
    """What travels to the browser as [tag, attributes, contents …], components and plain ones alike."""
    if node is None:
        return []
    if isinstance(node, list | tuple):
        return [one for part in node for one in tree(part)]
    if not isinstance(node, dict):
        return [str(node)]
    attributes = dict(node["props"])
    if node["type"] == "Plain":
        return attributes["tree"]
    inside = attributes.pop("children", None)
    return [[node["type"].lower(), attributes, *tree(inside)]]


def layout(address: str) -> list[Tree]:
    """The layout of a view."""
    path, _, query = address.partition("?")
    given: dict[str, Any] = {}
    for part in filter(None, query.split("&")):
        name, value = part.split("=", 1)
        given[name] = [*given[name], value] if isinstance(given.get(name), list) else value
        if query.count(f"{name}=") > 1 and not isinstance(given[name], list):
            given[name] = [value]
    for page in dash.page_registry.values():
        named = match(path, page)
        if named is not None:
            made = page["layout"](**named, **given) if callable(page["layout"]) else page["layout"]
            return tree(json.loads(json.dumps(made, cls=plotly.utils.PlotlyJSONEncoder)))
    raise LookupError(address)


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


def elements(trees: list[Tree]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Headings, tables, figures and buttons in the order of reading."""
    for one in trees:
        if isinstance(one, str):
            continue
        tag, attributes, *inside = one
        if HEADINGS.fullmatch(tag) or tag in ("table", "graph") or "data-export" in attributes:
            yield tag, attributes
        yield from elements(inside)


def without_button(trees: list[Tree]) -> list[str]:
    """Tables and figures neither under a heading that has a button nor with one right after them."""
    found: list[str] = []
    sections, before = [[1, False]], ""
    for tag, attributes in elements(trees):
        if "data-export" in attributes:
            sections[-1][1] = True
            if before == "graph":  # a map has its button in its corner
                found.pop()
            before = ""
            continue
        if HEADINGS.fullmatch(tag):
            level = int(tag[1])
            sections = [*(one for one in sections if one[0] < level), [level, False]]
        # The button at the head of a page is that of its map, or of the first table.
        has_button = any(has for level, has in sections if level > 1 or len(sections) == 1)
        looks = set(str(attributes.get("className")).split())
        if tag == "table" and not has_button and not looks & set(EXCEPTIONS):
            found.append(f"table {attributes.get('className')}")
        before = tag if tag == "graph" and not any(has for _, has in sections) else ""
        found += [attributes["id"]] if before else []
    return found


@pytest.fixture(scope="module")
def pages(site) -> dict[str, list[Tree]]:
    """The layout of each view, made once."""
    with site.server.test_request_context():
        return {view: layout(view) for view in views()}


def test_every_table_and_figure_has_an_export_button(pages):
    missing = {view: found for view, made in pages.items() if (found := without_button(made))}
    assert not missing


def test_each_button_names_a_published_figure_and_each_published_figure_has_a_button(pages, atlas):
    for view, made in pages.items():
        found = [attributes["data-export"] for _, attributes in elements(made) if "data-export" in attributes]
        assert len(found) == len(set(found)), view
        if found:
            assert set(found) == set(makers_of(view, atlas, speak("en"))), view


def test_every_published_page_is_among_those_checked(pages):
    checked = {view.partition("?")[0] for view, made in pages.items() if "data-export" in json.dumps(made)}
    assert {one for path in publishers() for one in EXAMPLES.get(path, (path,))} <= checked


def test_a_table_without_a_button_is_found():
    section = [
        ["h2", {}, "One"],
        ["button", {"data-export": "one"}],
        ["table", {}],
        ["h3", {}],
        ["table", {}],
    ]
    assert without_button(section) == []
    assert without_button([*section, ["h2", {}, "Two"], ["table", {"className": "two"}]]) == ["table two"]
    assert without_button([["h1", {}], ["graph", {"id": "map"}], ["h2", {}]]) == ["map"]


def test_a_section_has_a_button_where_it_has_a_table_without_one():
    words, table = speak("en"), html.Div(html.Table())
    title = html.H2("Barriers")
    assert section_head(title, "barriers", [html.P("none known")], words) is title
    assert "data-export" in json.dumps(
        section_head(title, "barriers", [table], words), cls=plotly.utils.PlotlyJSONEncoder
    )
    assert section_head(title, "barriers", [export_button("totals", words), table], words) is title


def test_the_button_says_what_it_opens():
    button = export_button("strip", speak("en"))
    assert getattr(button, "data-export") == "strip"
    assert getattr(button, "aria-haspopup") == "dialog"
    assert button.type == "button" and button.children == "Export"
