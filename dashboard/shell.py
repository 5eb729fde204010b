"""What every page stands in: name, navigation, language, footer."""

from __future__ import annotations

from html import escape
from typing import Any
from urllib.parse import parse_qsl, urlencode

import dash
from dash import html
from flask import has_request_context, request

from dashboard.help import HOW_TO_READ
from dashboard.help_dialog import help_button, help_dialog
from dashboard.text import N_, Words, language_name, languages, pick_language, speak
from layers import Atlas, current

DISCLAIMER = N_(
    "Boundaries, names and designations on this map do not imply any opinion on the legal status of a "
    "territory or the delimitation of its frontiers."
)
ATTRIBUTION = N_(
    "Boundaries of Kazakhstan: UNHCR/OCHA COD-AB 2023 (CC BY-IGO), from © OpenStreetMap contributors (ODbL). "
    "Other boundaries and rivers: Natural Earth. Railways and lakes: © OpenStreetMap contributors (ODbL). "
    "Cities: GeoNames (CC BY 4.0). Simplified."
)

THEMES = {
    "system": N_("Colours: as the system has them. Change to dark"),
    "dark": N_("Colours: dark. Change to light"),
    "light": N_("Colours: light. Change to those of the system"),
}
"""What the button says while a theme is chosen."""
THEME_SIGNS = {"system": "◐", "dark": "☾", "light": "☀"}


def reader_words(query_language: str | None = None) -> Words:
    """The words for the reader of this request: `?lang=`, else that of their page, else the browser's."""
    if not has_request_context():
        return speak(query_language or "en")
    asked = query_language or request.args.get("lang") or _language_of_page(request.referrer or "")
    return speak(pick_language(asked, request.headers.get("Accept-Language")))


def _language_of_page(address: str) -> str | None:
    """A callback does not carry the page's query; its referrer does."""
    return dict(parse_qsl(address.partition("?")[2])).get("lang")


def first_words(language: str, page: dict[str, Any]) -> str:
    """What stands on the page until it is there, or for ever in a browser without JavaScript; HTML.

    Programs that read without JavaScript, such as search engines, get what the page shows in words.
    """
    words = speak(language)
    read = HOW_TO_READ.get(page["path_template"] or page["path"], ())
    said = "".join(f"<p>{escape(words(message))}</p>" for message in read)
    return (
        f'<div id="react-entry-point"><div class="_dash-loading">{words("Loading…")}</div></div>'
        f"<noscript><p>{words('Corridor Atlas needs JavaScript.')}</p>{said}</noscript>"
    )


def layout(contents: Any = None) -> html.Div:
    """The frame around every page, which Dash puts into it unless there are `contents` already."""
    words, atlas = reader_words(), current()
    return html.Div(
        [
            html.A(words("Skip to the content"), href="#content", className="skip-link"),
            _header(words),
            help_dialog(words),
            html.Main(dash.page_container if contents is None else contents, id="content", tabIndex=-1),
            _footer(atlas, words),
        ],
        lang=words.language,
    )


def _header(words: Words) -> html.Header:
    return html.Header(
        [
            html.A(words("Corridor Atlas"), href=_address("/", words), className="brand"),
            html.Nav(
                html.Ul(
                    [
                        html.Li(html.A(words(page["name"]), href=_address(page["path"], words)))
                        for page in dash.page_registry.values()
                        if page["path_template"] is None and page.get("order") is not None
                    ]
                ),
                **{"aria-label": words("Pages")},
            ),
            html.Nav(
                html.Ul([html.Li(_language_link(code, words)) for code in languages()]),
                className="languages",
                **{"aria-label": words("Language")},
            ),
            _theme_button(words),
            help_button(words),
        ],
        className="site-header",
    )


def _theme_button(words: Words) -> html.Button:
    """Goes through the themes; assets/theme.js says which one is chosen, and so which name shows."""
    shown = [
        html.Span(
            [
                html.Span(sign, **{"aria-hidden": "true"}),
                html.Span(words(THEMES[choice]), className="visually-hidden"),
            ],
            **{"data-choice": choice},
        )
        for choice, sign in THEME_SIGNS.items()
    ]
    return html.Button(shown, type="button", className="theme-button", **{"data-theme-switch": "true"})


def _address(path: str, words: Words) -> str:
    return path + "?" + urlencode({"lang": words.language})


def _language_link(code: str, words: Words) -> html.A:
    """An ordinary link: the page is made anew in the other language; assets/shell.js keeps the view in it."""
    marked: dict[str, Any] = {"aria-current": "true"} if code == words.language else {}
    return html.A(language_name(code), href=f"?lang={code}", lang=code, hrefLang=code, **marked)


def _footer(atlas: Atlas, words: Words) -> html.Footer:
    return html.Footer(
        [
            html.P(words(DISCLAIMER)),
            html.P(words(ATTRIBUTION)),
            html.P(date_line(atlas, words)),
        ],
        className="site-footer",
    )


def date_line(atlas: Atlas, words: Words) -> str:
    """How new the data are, and their version."""
    date = words.date(atlas.date.isoformat())
    return words("Sources read up to {date}. Data version {version}.", date=date, version=atlas.version)
