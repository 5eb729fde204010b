"""Numbers as people type them: read exactly, or refused with the reason."""

from __future__ import annotations

import re

PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")
WHOLE = re.compile(r"-?[0-9]+")
DECIMAL_COMMA = re.compile(r"-?[0-9]+,[0-9]+")
THOUSANDS_COMMAS = re.compile(r"-?[0-9]{1,3}(,[0-9]{3}){2,}(\.[0-9]+)?")
SPACED = re.compile(r"-?[0-9]+([ \u00a0\u2009\u202f][0-9]+)+([.,][0-9]+)?")
ANOTHER_MINUS = re.compile(r"[\u2010-\u2015\u2212][0-9]+([.,][0-9]+)?")


def number(text: str) -> float | None:
    """The number written in plain digits with a decimal point, or None for anything else."""
    return float(text) if PLAIN.fullmatch(text) else None


def reason(text: str, *, whole: bool = False) -> str:
    """Why a text is no number, with the way to write it where that can be told."""
    if whole and PLAIN.fullmatch(text):
        return "not a whole number"
    if THOUSANDS_COMMAS.fullmatch(text):
        return f"commas in a number: write {text.replace(',', '')}, not {text}"
    if DECIMAL_COMMA.fullmatch(text):
        return f"decimal comma: write {text.replace(',', '.')}, not {text}"
    if SPACED.fullmatch(text):
        return f"spaces in a number: write {''.join(text.split()).replace(',', '.')}"
    if ANOTHER_MINUS.fullmatch(text):
        return f"a dash instead of a minus sign: write -{text[1:].replace(',', '.')}"
    if text != text.strip() and PLAIN.fullmatch(text.strip()):
        return f"spaces around a number: write {text.strip()}"
    if re.search(r"[0-9]", text) and re.search(r"[^\W\d_]", text):
        return "not a number (text in a number)"
    return "not a number"


def points(text: str) -> list[tuple[float, float]]:
    """The points of "lat lon; lat lon" as (lon, lat) in degrees; ValueError names the pair it fails on."""
    pairs = []
    for pair in text.split(";"):
        values = [number(part) for part in pair.split()]
        if len(values) != 2 or None in values:
            raise ValueError(pair.strip())
        latitude, longitude = values
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise ValueError(pair.strip())
        pairs.append((longitude, latitude))
    return pairs
