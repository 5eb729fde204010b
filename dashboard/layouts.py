"""Layouts of pages, made once for the page that comes with the address and for the live one after it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

from flask import has_request_context, request

from dashboard.shell import reader_words
from layers import Atlas, current

Layout = Callable[..., Any]


def kept(layout: Layout) -> Layout:
    """The same layout, kept for the moment between the two; nobody may change what it gives."""
    return partial(_found, layout)


def _found(layout: Layout, /, lang: str | None = None, **asked: Any) -> Any:
    language = reader_words(lang if isinstance(lang, str) else None).language
    parts = tuple((name, tuple(v) if isinstance(v, list) else v) for name, v in sorted(asked.items()))
    host = request.host_url if has_request_context() else ""
    return _made(layout, current(), language, parts, host)


# Key: the atlas (one object a data version), what is asked, and the host that texts of some pages name.
@lru_cache(maxsize=12)
def _made(layout: Layout, _atlas: Atlas, language: str, parts: tuple, _host: str) -> Any:
    asked = {name: list(value) if isinstance(value, tuple) else value for name, value in parts}
    return layout(**asked, lang=language)
