"""When a site was started and what is expected of it, as its sources word it, with the dates written out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from dash import html

from dashboard.text import Words

DATE = re.compile(r"\d{4}(-\d{2}){0,2}")


class Moment(NamedTuple):
    """A date as ISO text to sort by ("9999" where none is named), and what is said of it."""

    date: str
    shown: str | html.Span


def moments(row: Mapping[str, Any], column: str, words: Words) -> list[Moment]:
    """What the column "started" or "expected" says, part by part; a date alone needs no translation."""
    text, language = words.text_and_language(row, column)
    parts = text.split(";") if column == "expected" else [text]
    return [_moment(part.strip(), language, words) for part in parts if part.strip()]


def moments_listed(row: Mapping[str, Any], column: str, words: Words) -> list[str | html.Span]:
    """The same in one line."""
    return [part for one in moments(row, column, words) for part in ("; ", one.shown)][1:]


def _moment(text: str, language: str, words: Words) -> Moment:
    found = DATE.search(text)
    date = found[0] if found else "9999"
    if DATE.fullmatch(text):
        return Moment(date, words.date(text))
    if language != words.language:
        return Moment(date, html.Span(text, lang=language))
    return Moment(date, DATE.sub(lambda one: words.date(one[0]), text))
