"""What other programs show of a link: title, description and picture of the view, as Open Graph says them."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from urllib.parse import quote, urlencode

from babel import Locale
from babel.core import get_global

from dashboard.export.publication import NotPublished, makers_of, parts_of
from dashboard.text import N_, languages, locale, speak
from layers import Atlas

SITE = N_("Corridor Atlas")
ABOUT = N_(
    "Regions, industrial sites, transport and energy corridors of Uzbekistan and Kazakhstan: every number "
    "with its source."
)
LONGEST = 300
CARD = (1200, 630)
"""Pixels of the picture that programs show beside a link."""

NOT_OF_THE_VIEW = ("tour", "camera", "data", "theme")


def link_tags(atlas: Atlas, address: str, language: str, host: str) -> str:
    """The elements of the head for the view at `address` (path and query) of the server at `host`."""
    words = speak(language)
    view = view_of(address)
    title, description = said_of(atlas, view, language)
    here = host.rstrip("/") + spelled(view, language)
    picture = f"{host.rstrip('/')}/export/card.png?{urlencode({'view': view, 'lang': language})}"
    named = {
        "og:type": "website",
        "og:site_name": words(SITE),
        "og:title": title,
        "og:description": description,
        "og:url": here,
        "og:image": picture,
        "og:image:type": "image/png",
        "og:image:width": str(CARD[0]),
        "og:image:height": str(CARD[1]),
        "og:image:alt": title,
        "og:locale": locale_of(words.locale),
    }
    tags = [("name", "description", description), ("name", "twitter:card", "summary_large_image")]
    tags += [("property", name, content) for name, content in named.items()]
    others = [code for code in languages() if code != language]
    tags += [("property", "og:locale:alternate", locale_of(locale(code))) for code in others]
    return "\n".join(f'<meta {kind}="{name}" content="{escape(content)}">' for kind, name, content in tags)


def view_of(address: str) -> str:
    """Path and query of a view, without the language and what is not of the figure."""
    path, query = parts_of(address)
    kept = {name: value for name, value in query.items() if name not in NOT_OF_THE_VIEW}
    return quote(path) + ("?" + urlencode(kept, safe=",:/") if kept else "")


def spelled(view: str, language: str) -> str:
    """The view in a language as a link."""
    return f"{view}{'&' if '?' in view else '?'}lang={language}"


# Key: the atlas (one object a data version), the view and the language; texts only.
@lru_cache(maxsize=512)
def said_of(atlas: Atlas, view: str, language: str) -> tuple[str, str]:
    """Title and description of a view: those of its main figure, else of the atlas."""
    words = speak(language)
    try:
        shown = next(iter(makers_of(view, atlas, words).values()))()  # not kept: its table is never made
    except NotPublished:
        return words(SITE), words(ABOUT)
    said = (shown.subtitle, shown.alt) if shown.kind == "map" else (shown.subtitle or shown.alt,)
    return shown.title, shortened(" ".join(filter(None, said)))


def shortened(text: str) -> str:
    """A text of at most 300 letters, cut between words."""
    if len(text) <= LONGEST:
        return text
    return text[: LONGEST - 1].rpartition(" ")[0].rstrip(" ,;:.") + "…"


def locale_of(locale: Locale) -> str:
    """The language with its country, as Open Graph writes it."""
    if locale.territory:
        return f"{locale.language}_{locale.territory}"
    likely = get_global("likely_subtags").get(locale.language, locale.language).split("_")
    return f"{likely[0]}_{likely[-1]}"
