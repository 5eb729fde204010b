"""What a page of the atlas says at an address: its heading and its finding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs

import dash
from dash.development.base_component import Component

from dashboard.council.agenda_links import AGENDA_PATH
from dashboard.plain import Plain, trees
from dashboard.text import N_, Words
from layers import Atlas

Tree = list[Any]


@dataclass(frozen=True)
class Said:
    """What a page says of itself: its heading, its finding and what its map shows, "" where it has none."""

    heading: str = ""
    finding: str = ""
    map_label: str = ""


def said_at(atlas: Atlas, address: str, language: str) -> Said:
    """What the page at an address says; nothing where there is no such page."""
    path, _, query = address.partition("?")
    page, variables = page_at(path)
    if page is None:
        return Said()
    given = {name: v[0] if len(v) == 1 else v for name, v in parse_qs(query).items()}
    layout = page["layout"]
    made = layout(**(given | variables | {"lang": language})) if callable(layout) else layout
    found = Said()
    for tag, attributes, inside in elements(made):
        classes = str(attributes.get("className", "")).split()
        if tag == "h1" and not found.heading:
            found = replace(found, heading=text_of(inside))
        if "finding" in classes and not found.finding:
            found = replace(found, finding=text_of(inside))
        if "map" in classes and not found.map_label:
            found = replace(found, map_label=str(attributes.get("aria-label", "")))
    return found


def page_at(path: str) -> tuple[dict[str, Any] | None, dict[str, str]]:
    """The page at a path and the variables that its template takes from it."""
    parts = path.strip("/").split("/")
    for page in dash.page_registry.values():
        if page["path"].strip("/") == path.strip("/") and not page["path_template"]:
            return page, {}
    for page in dash.page_registry.values():
        wanted = (page["path_template"] or "").strip("/").split("/")
        if not page["path_template"] or len(wanted) != len(parts):
            continue
        pairs = list(zip(wanted, parts, strict=True))
        if all(one.startswith("<") or one == part for one, part in pairs):
            return page, {one[1:-1]: part for one, part in pairs if one.startswith("<")}
    return None, {}


def elements(node: Any) -> Iterator[tuple[str, dict[str, Any], Any]]:
    """The elements of what a page is made of, in their order: tag, attributes and what is inside."""
    if isinstance(node, Plain):
        yield from plain_elements(node.tree)
    elif isinstance(node, list | tuple):
        for one in node:
            yield from elements(one)
    elif isinstance(node, Component):
        inside = getattr(node, "children", None)
        named = {name: getattr(node, name, "") or "" for name in ("className", "aria-label")}
        yield node._type.lower(), named, inside
        yield from elements(inside)


def plain_elements(found: list[Any]) -> Iterator[tuple[str, dict[str, Any], Any]]:
    """The elements of trees that are made already."""
    for tree in found:
        if not isinstance(tree, str):
            yield tree[0], tree[1], tree[2:]
            yield from plain_elements(tree[2:])


def text_of(inside: Any) -> str:
    """All texts of what is inside an element."""
    return " ".join("".join(texts(inside)).split())


def texts(inside: Any) -> Iterator[str]:
    """The texts of components or of trees that are made already."""
    if isinstance(inside, str):
        yield inside
    elif is_tree(inside):
        yield from texts(inside[2:])
    elif isinstance(inside, list | tuple):
        for one in inside:
            yield from texts(one)
    elif inside is not None:
        yield from texts(trees(inside))


def is_tree(inside: Any) -> bool:
    """Whether it is an element made already: tag, attributes, contents."""
    return isinstance(inside, list) and len(inside) > 1 and isinstance(inside[1], dict)


NOT_OFFERED = (AGENDA_PATH, "/404", "/print", "/presentations")


def pages_to_choose(words: Words) -> list[tuple[str, str]]:
    """The pages that stand at one address, with their names, in the order of the navigation."""
    pages = [
        page
        for page in dash.page_registry.values()
        if not page["path_template"] and page["path"] not in NOT_OFFERED and page["name"]
    ]
    pages.sort(key=lambda page: (page.get("order") is None, page.get("order") or 0, page["path"]))
    own = {"/corridors/compare": N_("Two corridors side by side")}
    return [(page["path"], words(own.get(page["path"], page["name"]))) for page in pages]
