"""What the head of a page says of it: its title in the reader's language, and its address in the others."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import Any

import dash

from dashboard import first_page, layouts
from dashboard.export.previews import spelled, view_of
from dashboard.shell import reader_words
from dashboard.text import N_, Words, languages
from layers import Atlas, current

SITE = N_("Corridor Atlas")
NO_PAGE = N_("There is no such page")

NAMES = {
    "/corridors/compare": N_("Two corridors compared"),
    "/council/priorities": N_("Priority list"),
    "/404": NO_PAGE,
}
"""Of pages that have no name in the header or the tabs."""

THINGS: dict[str, Callable[[Atlas], Any]] = {
    "corridor_id": lambda atlas: atlas.corridors,
    "site_id": lambda atlas: atlas.sites,
    "region_id": lambda atlas: atlas.regions,
    "uz_region_id": lambda atlas: atlas.regions,
    "kz_region_id": lambda atlas: atlas.regions,
}
"""The frame in which a part of an address names a row."""


def title_of(path: str, atlas: Atlas, words: Words) -> str:
    """The title of the page at the path of an address; of the page of one thing, its name."""
    page, parts = page_at(path)
    return _titled(page, parts, atlas, words)


def page_at(path: str) -> tuple[dict[str, Any], dict[str, str]]:
    """The page at a path, and what the path names ({"region_id": "UZ-SA"}); of no page, that says so."""
    asked = path.strip("/")
    for page in dash.page_registry.values():
        template = page["path_template"]
        if not template and asked == page["path"].strip("/"):
            return page, {}
        if template and (found := _matched(asked, template.strip("/"))):
            return page, found
    return next(page for page in dash.page_registry.values() if page["path"] == "/404"), {}


def name_pages() -> None:
    """Give Dash, which sets the title again when it has drawn a page, the same titles."""
    for page in dash.page_registry.values():
        page["title"] = _title_for_dash(page)
        if page["path_template"]:
            page["layout"] = _of_one_thing(page["layout"], re.findall(r"<(\w+)>", page["path_template"]))
        if first_page.has_map(page):  # others are made by the live page alone
            page["layout"] = layouts.kept(page["layout"])


def language_links(address: str, host: str) -> str:
    """Links to the view at `address` (path and query) of the server at `host` in every language."""
    view = host.rstrip("/") + view_of(address)
    links = {code: spelled(view, code) for code in languages()} | {"x-default": view}
    return "\n".join(
        f'<link rel="alternate" hreflang="{code}" href="{escape(link)}">' for code, link in links.items()
    )


def theme_marks(theme: str | None) -> str:
    """What the html element says of the theme of `?theme=`; else assets/theme.js does, as the system is."""
    return f' data-theme="{theme}" data-bs-theme="{theme}"' if theme in ("dark", "light") else ""


def _title_for_dash(page: dict[str, Any]) -> Callable[..., str]:
    def title(**parts: str) -> str:
        return _titled(page, parts, current(), reader_words())

    return title


def _of_one_thing(layout: Callable[..., Any], names: list[str]) -> Callable[..., Any]:
    """The layout, told one thing by each part of its path: a query can name the part too, even twice."""

    def shown(**given: Any) -> Any:
        several = {name: given[name][-1] for name in names if isinstance(given.get(name), list)}
        return layout(**{**given, **several})

    return shown


def _titled(page: dict[str, Any], parts: dict[str, str], atlas: Atlas, words: Words) -> str:
    named = [(THINGS[part](atlas), identifier) for part, identifier in parts.items()]
    if any(identifier not in frame.index for frame, identifier in named):
        name = words(NO_PAGE)
    elif named:
        name = " – ".join(words.name(frame.loc[identifier]) for frame, identifier in named)
    else:
        name = words(NAMES.get(page["path"], page["name"]))
    return f"{name} – {words(SITE)}"


def _matched(asked: str, template: str) -> dict[str, str]:
    """What a path names, by the names in the template; nothing where it does not fit."""
    found = re.fullmatch(re.sub(r"<(\w+)>", r"(?P<\1>[^/]+)", template), asked)
    return found.groupdict() if found else {}
