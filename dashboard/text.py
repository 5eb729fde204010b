"""Words, numbers, dates and units of one language.

`words = speak("ru")` gives a `Words`; it is passed to whatever writes for a reader, never installed
globally, because two readers read two languages at once. English is the source language: a message
is its own English text. The other languages are gettext catalogues in `dashboard/locale/<code>.po`.
"""

from __future__ import annotations

import contextlib
import datetime
import gettext
import hashlib
import io
import math
import os
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
from babel import Locale, dates, numbers

from dashboard.cache_folder import cache_folder

LOCALE_FOLDER = Path(__file__).parent / "locale"
SOURCE_LANGUAGE = "en"
EXACT = 1e15
"""Whole numbers below it are told exactly."""
_REGIONAL = {"en": "en_GB"}  # day before month


def N_(message: str) -> str:
    """Mark a message of a table for the catalogues; it is translated where it is shown."""
    return message


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Codes of the languages the atlas speaks, English first: one per catalogue."""
    catalogues = sorted(path.stem for path in LOCALE_FOLDER.glob("*.po"))
    preferred = [code for code in ("ru", "uz", "kk") if code in catalogues]
    return (SOURCE_LANGUAGE, *preferred, *(code for code in catalogues if code not in preferred))


def language_name(code: str) -> str:
    """Name of a language in that language, as its readers look for it."""
    name = (Locale.parse(code).get_display_name(code) or code).replace("‘", "ʻ")  # as the rest of the atlas
    return name[:1].upper() + name[1:]


def pick_language(query_value: str | None, accept_header: str | None) -> str:
    """The language to answer in: the one of the link, else the browser's preference, else English."""
    if query_value in languages():
        return query_value
    for part in _by_preference(accept_header or ""):
        code = part.split("-")[0].lower()
        if code in languages():
            return code
    return SOURCE_LANGUAGE


def _by_preference(header: str) -> list[str]:
    weighted = []
    for position, part in enumerate(header.split(",")[:20]):
        tag, _, rest = part.strip().partition(";")
        try:
            weight = float(rest.partition("=")[2]) if rest else 1.0
        except ValueError:
            weight = 0.0
        weighted.append((-weight, position, tag))
    return [tag for _, _, tag in sorted(weighted)]


@dataclass(frozen=True)
class Words:
    """Everything that depends on the reader's language."""

    language: str
    locale: Locale
    catalogue: gettext.NullTranslations = field(repr=False)

    def __call__(self, message: str, **values: object) -> str:
        """The message in the reader's language, with its `{name}` places filled."""
        translated = self.catalogue.gettext(message) if message else ""
        return translated.format(**values) if values else translated

    def plural(self, one: str, many: str, n: int, **values: object) -> str:
        """The form of a message that fits `n`; `{n}` becomes the number as written in this language."""
        translated = self.catalogue.ngettext(one, many, n)
        return translated.format(n=self.number(n), **values)

    def number(self, value: float, digits: int | None = None) -> str:
        """A number with this language's separators; `digits` after the point, else as many as it has."""
        if value is None or (isinstance(value, float) and math.isnan(value)):
            return self(N_("not known"))
        if isinstance(value, float) and value.is_integer() and abs(value) < EXACT:
            value = int(value)
        if type(value) is int and value >= 0 and not digits:  # a filter shows a hundred of them
            return f"{value:,}".replace(",", _group_symbol(self.language))
        pattern = "#,##0.###" if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
        return numbers.format_decimal(value, format=pattern, locale=self.locale)

    def percent(self, value: float, digits: int = 1) -> str:
        """A share given in percent (11.4 means 11.4 %)."""
        pattern = numbers.parse_pattern(self.locale.percent_formats[None].pattern)
        sample = "0." + "0" * digits if digits else "0"
        shown = numbers.format_percent(
            value / 100, format=pattern.pattern.replace("0", sample, 1), locale=self.locale
        )
        return shown

    def money(self, value: float, currency: str) -> str:
        """An amount in another currency by its ISO 4217 code, in billions or millions where large."""
        for size, message in (
            (1e9, N_("{amount} billion {currency}")),
            (1e6, N_("{amount} million {currency}")),
        ):
            if abs(value) >= size:
                return self(message, amount=self.number(float(f"{value / size:.4g}")), currency=currency)
        return self(N_("{amount} {currency}"), amount=self.number(value), currency=currency)

    def dollars(self, value: float) -> str:
        """An amount in US dollars with three significant digits, in billions or millions where large."""
        for size, message in ((1e9, N_("{amount} billion USD")), (1e6, N_("{amount} million USD"))):
            if abs(value) >= size:
                return self(message, amount=self.number(float(f"{value / size:.4g}")))
        return self(N_("{amount} USD"), amount=self.number(value))

    def date(self, iso: str) -> str:
        """An ISO date, month or year as this language writes it; other text is left as it is."""
        try:
            if len(iso) == 10:
                return dates.format_date(datetime.date.fromisoformat(iso), "long", locale=self.locale)
            if len(iso) == 7:
                day = datetime.date.fromisoformat(iso + "-01")
                return dates.format_skeleton("yMMMM", day, locale=self.locale)
        except ValueError:
            return iso
        return iso

    def name(self, row: Mapping[str, Any]) -> str:
        """The name of an entity in this language, else in the first language the data have."""
        return self.name_and_language(row)[0]

    def name_and_language(self, row: Mapping[str, Any]) -> tuple[str, str]:
        """The best available name of an entity and the language it is in."""
        return self.text_and_language(row, "name")

    def names(self, frame: pd.DataFrame) -> list[str]:
        """The names of the rows of a frame, each as `name` gives it."""
        wanted = (f"name_{code}" for code in (self.language, SOURCE_LANGUAGE, "ru"))
        texts = [frame[column].tolist() for column in dict.fromkeys(wanted) if column in frame]
        return [next(filter(None, names), "") for names in zip(*texts, strict=True)]

    def text(self, row: Mapping[str, Any], family: str) -> str:
        """The best available text of a family of columns ("summary", "note")."""
        return self.text_and_language(row, family)[0]

    def text_and_language(self, row: Mapping[str, Any], family: str) -> tuple[str, str]:
        """The best available text of a family of columns and the language it is in.

        The family "summary" is summary_en, summary_ru and so on; the English column may also have no code
        in its name ("note" beside note_ru).
        """
        for code in (self.language, SOURCE_LANGUAGE, "ru"):
            text = row.get(f"{family}_{code}", "")
            if not text and code == SOURCE_LANGUAGE:
                text = row.get(family, "")
            if text:
                return text, code
        return "", self.language


@lru_cache(maxsize=16)
def speak(language: str) -> Words:
    """The `Words` of a language code; an unknown code speaks English."""
    code = language if language in languages() else SOURCE_LANGUAGE
    return Words(code, locale(code), _catalogue(code))


@lru_cache(maxsize=16)
def _group_symbol(code: str) -> str:
    return numbers.get_group_symbol(locale(code))


def locale(code: str) -> Locale:
    """How numbers and dates are written in a language of the atlas."""
    return Locale.parse(_REGIONAL.get(code, code))


def _catalogue(code: str) -> gettext.NullTranslations:
    path = LOCALE_FOLDER / f"{code}.po"
    if not path.exists():
        return gettext.NullTranslations()
    source = path.read_bytes()
    compiled = cache_folder() / "locale" / f"{code}-{hashlib.sha256(source).hexdigest()[:12]}.mo"
    try:
        return gettext.GNUTranslations(io.BytesIO(compiled.read_bytes()))
    except (OSError, struct.error, UnicodeError, ValueError):  # not compiled yet, or not whole
        body = _compiled(source, code)
        _keep(compiled, body)
        return gettext.GNUTranslations(io.BytesIO(body))


def _compiled(source: bytes, code: str) -> bytes:
    """A catalogue as gettext reads it: a quarter of a second for each language."""
    from babel.messages.mofile import write_mo  # here: few starts need it
    from babel.messages.pofile import read_po

    body = io.BytesIO()
    write_mo(body, read_po(io.BytesIO(source), locale=code))
    return body.getvalue()


def _keep(path: Path, body: bytes) -> None:
    """Keep a compiled catalogue and no older one, where the folder can be written."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_name(f".{path.name}.{os.getpid()}.half")
        half.write_bytes(body)
        half.replace(path)
        for old in path.parent.glob(f"{path.name.partition('-')[0]}-*.mo"):
            if old != path:
                old.unlink(missing_ok=True)
