"""Free texts of the data in the reader's language where they are translated, and marked so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboard.text import SOURCE_LANGUAGE, Words


def free_text(
    row: Mapping[str, Any], family: str, words: Words, element: type[Component] = html.P
) -> Component | None:
    """The best available text of a family of columns ("summary"), marked where it is a translation.

    It stands in a paragraph, or in another `element`; there is none where the data have no text.
    """
    text, language = words.text_and_language(row, family)
    if not text:
        return None
    mark = [" ", _mark(words)] if language != SOURCE_LANGUAGE else []
    return element([text, *mark], **({} if language == words.language else {"lang": language}))


def bare_text(row: Mapping[str, Any], family: str, words: Words) -> str | html.Span:
    """The same text without the mark, for lists and tables that carry one `translation_mark` for all."""
    text, language = words.text_and_language(row, family)
    return html.Span(text, lang=language) if text and language != words.language else text


def bare_texts(row: Mapping[str, Any], family: str, words: Words) -> list[str | html.Span]:
    """The texts of a cell that holds several ("partners"), each as `bare_text` gives it."""
    texts, language = words.text_and_language(row, family)
    return [text if language == words.language else html.Span(text, lang=language) for text in texts]


def translation_mark(rows: pd.DataFrame, family: str, words: Words) -> html.Small | None:
    """The mark of a list or table in which the texts of some rows are translated."""
    languages = (words.text_and_language(row, family) for row in rows.to_dict("records"))
    return _mark(words) if any(text and code != SOURCE_LANGUAGE for text, code in languages) else None


def _mark(words: Words) -> html.Small:
    return html.Small(words("translated from English"), className="translated")
