"""What figures of corridors are called: their parts, reporters, periods and amounts, as plain texts."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from typing import Any

from babel import dates

from dashboard.text import N_, Words
from dashboard.vocabulary import UNITS

SECTIONS = {
    "aktau-port": N_("port of Aktau"),
    "altynkol": N_("Altynkol crossing"),
    "altynkol-absheron": N_("Altynkol – Absheron"),
    "altynkol-constanta": N_("Altynkol – Constanța"),
    "altynkol-poti": N_("Altynkol – Poti"),
    "armenia": N_("section in Armenia"),
    "armenia-rail": N_("railway in Armenia"),
    "astara": N_("Astara terminal"),
    "azerbaijan-transit": N_("transit through Azerbaijan"),
    "azerbaijani-rail": N_("railways of Azerbaijan"),
    "bakhty-ayagoz": N_("Bakhty – Ayagoz"),
    "baku-port": N_("port of Baku"),
    "bandar-abbas-herat-rail": N_("Bandar Abbas – Herat by rail"),
    "bandar-abbas-herat-road": N_("Bandar Abbas – Herat by road"),
    "bolashak": N_("Bolashak crossing"),
    "by-sea": N_("by sea"),
    "china": N_("China"),
    "china-central-asia": N_("China – Central Asia"),
    "china-eu-rail": N_("China – European Union by rail"),
    "china-eu-rail-via-poland": N_("China – European Union by rail through Poland"),
    "china-europe": N_("China – Europe"),
    "china-europe-overland": N_("China – Europe over land"),
    "china-iran": N_("China – Iran"),
    "china-poland": N_("China – Poland"),
    "china-turkiye": N_("China – Türkiye"),
    "darbaza-maktaaral": N_("Darbaza – Maktaaral"),
    "dostyk": N_("Dostyk station"),
    "dostyk-moiynty": N_("Dostyk – Moiynty"),
    "hairatan-mazar": N_("Hairatan – Mazar-i-Sharif"),
    "herat-kandahar": N_("Herat – Kandahar"),
    "iran-rail-transit": N_("rail transit through Iran"),
    "kandahar-spin-boldak": N_("Kandahar – Spin Boldak"),
    "kars-nakhchivan": N_("Kars – Nakhchivan"),
    "kazakh-azerbaijani-ports": N_("ports of Kazakhstan and Azerbaijan"),
    "kazakh-ports": N_("ports of Kazakhstan, all water transport"),
    "kazakh-rail": N_("railways of Kazakhstan"),
    "kazakhstan-china-rail": N_("Kazakhstan – China by rail"),
    "kazakhstan-transit": N_("transit through Kazakhstan, all routes"),
    "kazakhstan-via-iran": N_("Kazakhstan through Iran"),
    "khaf-herat": N_("Khaf – Herat"),
    "khaf-herat-stage-4b": N_("Khaf – Herat, stage 4b"),
    "kungrad-beyneu-road": N_("Kungrad – Beyneu by road"),
    "kyrgyzstan": N_("section in Kyrgyzstan"),
    "kyzylorda-uchkuduk": N_("Kyzylorda – Uchkuduk"),
    "marand-cheshmeh-soraya": N_("Marand – Cheshmeh Soraya"),
    "moscow-bandar-abbas": N_("Moscow – Bandar Abbas"),
    "oasis": N_("Oasis crossing"),
    "people": N_("people"),
    "rail": N_("by rail"),
    "rail-kazakhstan": N_("rail, Kazakhstan"),
    "rail-uzbekistan": N_("rail, Uzbekistan"),
    "rasht-astara": N_("Rasht – Astara"),
    "road": N_("by road"),
    "road-kazakhstan": N_("road, Kazakhstan"),
    "road-uzbekistan": N_("road, Uzbekistan"),
    "saint-petersburg-mumbai": N_("Saint Petersburg – Mumbai"),
    "saryagash": N_("Saryagash crossing"),
    "syrdarya": N_("Syrdarya crossing"),
    "termez-kharlachi": N_("Termez – Kharlachi"),
    "through-traffic": N_("through traffic"),
    "torghundi-herat": N_("Torghundi – Herat"),
    "uzbek-cargo": N_("cargo of Uzbekistan"),
    "uzen-gorgan": N_("Uzen – Gorgan"),
    "xian-aprin": N_("Xi'an – Aprin"),
    "xian-istanbul": N_("Xi'an – Istanbul"),
    "yalama": N_("Yalama crossing"),
}
"""Parts of corridors that figures speak of; a part without a word here is shown as the data have it."""

REPORTERS = {
    "Afghan side": N_("Afghan side"),
    "Afghanistan Railway Authority": N_("Afghanistan Railway Authority"),
    "Armenian deputy prime minister": N_("Armenian deputy prime minister"),
    "Azerbaijani minister": N_("Azerbaijani minister"),
    "CAREC CPMM": N_("CAREC, corridor monitoring"),
    "Eurasian Development Bank": N_("Eurasian Development Bank"),
    "Eurasian Rail Alliance": N_("Eurasian Rail Alliance"),
    "Herat chamber of commerce": N_("Herat chamber of commerce"),
    "Iranian Railways": N_("Iranian Railways"),
    "Iranian ambassador": N_("Iranian ambassador"),
    "Kazakh ambassador": N_("Kazakh ambassador"),
    "Kazakh finance ministry": N_("Kazakh finance ministry"),
    "Kazakh government": N_("Kazakh government"),
    "Kazakh prime minister": N_("Kazakh prime minister"),
    "Kazakh transport minister": N_("Kazakh transport minister"),
    "Kazakh transport ministry": N_("Kazakh transport ministry"),
    "Kazakhstan Temir Zholy": N_("Kazakhstan Temir Zholy"),
    "Kyrgyz cabinet": N_("Kyrgyz cabinet"),
    "Pakistan": N_("Pakistan"),
    "President of Kazakhstan": N_("President of Kazakhstan"),
    "Russian deputy prime minister": N_("Russian deputy prime minister"),
    "Russian transport minister": N_("Russian transport minister"),
    "Senator Baikadamov": N_("Senator Baikadamov"),
    "TITR association": N_("TITR association"),
    "TITR association and Kazakhstan Temir Zholy": N_("TITR association and Kazakhstan Temir Zholy"),
    "Uzbek deputy minister": N_("Uzbek deputy minister"),
    "Uzbek institute": N_("Uzbek institute"),
    "Uzbek transport ministry": N_("Uzbek transport ministry"),
    "World Bank": N_("World Bank"),
    "Joint programme signed 15 March 2025": N_("Joint programme signed 15 March 2025"),
    "Kazakhstan government": N_("Kazakhstan government"),
    "Kazakhstan government (via 24.kz)": N_("Kazakhstan government (via 24.kz)"),
    "Kazakhstan presidency": N_("Kazakhstan presidency"),
    "Kazakhstan statistics": N_("Kazakhstan statistics"),
    "Kazakhstan trade ministry": N_("Kazakhstan trade ministry"),
    "Presidents": N_("Presidents"),
    "Presidents (December 2021)": N_("Presidents (December 2021)"),
    "Uzbekistan ministry of investment": N_("Uzbekistan ministry of investment"),
    "Uzbekistan statistics": N_("Uzbekistan statistics"),
    "press (official data)": N_("press (official data)"),
    "press (preliminary)": N_("press (preliminary)"),
}
"""Who states figures; a reporter without a word here is shown as the data have it."""

MILLIONS = {"t": 1e6, "t/year": 1e6}
"""Units written in millions from this value on; money is written in millions and billions anyway."""

COUNTED = {
    "enterprises": N_("enterprises"),
    "trains": N_("trains"),
    "trains/year": N_("trains a year"),
    "train pairs/day": N_("train pairs a day"),
    "wagons": N_("wagons"),
    "tunnels": N_("tunnels"),
    "bridges": N_("bridges"),
    "vehicles/day": N_("vehicles a day"),
    "people/day": N_("people a day"),
}
"""Units whose word is not that of an amount without its number."""

MONEY = ("USD", "EUR", "KZT", "AFN")


def section_name(section: str, words: Words) -> str:
    """The part of a corridor that a figure speaks of; "" for the whole of it."""
    return words(SECTIONS[section]) if section in SECTIONS else section.replace("-", " ")


def part_name(row: Mapping[str, Any], names: Mapping[str, str], words: Words) -> str:
    """The part of a corridor that a statement speaks of, or the corridor itself."""
    return section_name(row["section"], words) or names[row["corridor_id"]]


def who(row: Mapping[str, Any], words: Words) -> str:
    """Who states a value: the reporter, else the publisher of the source."""
    reporter = row["reporter"]
    if reporter:
        return words(REPORTERS[reporter]) if reporter in REPORTERS else reporter
    return row["publisher"] or words("General knowledge, not cited")


PERIODS = {
    "2023-10 start, per year": N_("a year, from October 2023"),
    "2024 irrigation season": N_("irrigation season of 2024"),
    "2025 (three years ahead)": N_("from 2025, three years"),
    "after Bakhty-Ayagoz": N_("after Bakhty – Ayagoz"),
    "design": N_("by design"),
    "earlier": N_("earlier"),
    "first phase": N_("first phase"),
    "five years ahead": N_("five years ahead"),
    "half-year quota (year not shown)": N_("half-year quota, year not stated"),
    "long-term": N_("long term"),
    "planned": N_("planned"),
    "undated": N_("date not stated"),
}
"""Periods that are no dates, as the data call them."""

PARTS = {"2025-08 (two weeks)": N_("two weeks")}
"""What a source says of a period beside its days."""


def when(row: Mapping[str, Any], words: Words) -> str:
    """The period of a value: years, months or days; else what the data call it."""
    start, end = row["period_start"], row["period_end"]
    if not (start and end):
        return words(PERIODS[row["period"]]) if row["period"] in PERIODS else row["period"]
    if start.endswith("-01-01") and end.endswith("-12-31"):
        return start[:4] if start[:4] == end[:4] else f"{start[:4]}–{end[:4]}"
    first, last = (datetime.date.fromisoformat(day) for day in (start, end))
    if first == last:
        return words.date(start)
    is_whole_months = first.day == 1 and (last + datetime.timedelta(days=1)).day == 1
    if is_whole_months and (first.year, first.month) == (last.year, last.month):
        return dates.format_skeleton("yMMM", first, locale=words.locale)
    return dates.format_interval(first, last, "yMMM" if is_whole_months else "yMMMd", locale=words.locale)


def scale_of(largest: float, unit: str) -> float:
    """By what the values of a scale are divided before they are written: 1, a million or a billion."""
    if unit in MONEY and largest >= 1e9:
        return 1e9
    return 1e6 if largest >= 1e6 and (unit in MONEY or unit in MILLIONS) else 1.0


def unit_name(unit: str, scale: float, words: Words) -> str:
    """The unit of a scale, such as "million t"."""
    if unit in COUNTED:
        return words(COUNTED[unit])
    return " ".join(_with_unit("", unit, scale, words).split())


def amount(value: float, unit: str, words: Words, scale: float | None = None) -> str:
    """A value with its unit in three or four digits, large ones in millions or billions.

    A known `scale` is kept, so that both ends of a range are written alike.
    """
    if unit == "year":
        return str(int(value))
    scale = scale_of(abs(value), unit) if scale is None else scale
    return _with_unit(digits(value / scale, words), unit, scale, words)


def digits(value: float, words: Words) -> str:
    """A number with three significant digits behind the point and all before it."""
    if not value:
        return words.number(0)
    places = max(0, 2 - math.floor(math.log10(abs(value))))
    return words.number(round(float(value), places))


def amounts(row: Mapping[str, Any], words: Words, is_exact: bool = False) -> str:
    """The value of a statement with its unit: one, a range, or the end of an open one.

    In three or four digits, or with all that the source states.
    """
    low, high, unit = row["low"], row["high"], row["unit"]
    if unit == "year":
        return str(int(low))
    scale = scale_of(low if math.isnan(high) else high, unit)
    write = exactly if is_exact else digits
    ends = [write(end / scale, words) for end in (low, high) if not math.isnan(end)]
    shown = _with_unit("–".join(dict.fromkeys(ends)), unit, scale, words)
    if math.isnan(high):
        return words("from {n}", n=shown)
    return words("up to {n}", n=shown) if math.isnan(low) else shown


def exactly(value: float, words: Words) -> str:
    """A number with all its digits."""
    places = next((places for places in range(6) if abs(round(value, places) - value) < 1e-9), 6)
    return words.number(value, places)


def _with_unit(shown: str, unit: str, scale: float, words: Words) -> str:
    if scale > 1:
        size = N_("{amount} million") if scale == 1e6 else N_("{amount} billion")
        if unit == "USD":
            size = N_("{amount} million USD") if scale == 1e6 else N_("{amount} billion USD")
            return words(size, amount=shown)
        shown = words(size, amount=shown)
    if unit in UNITS:
        return words(UNITS[unit], n=shown)
    return f"{shown} {words(COUNTED[unit]) if unit in COUNTED else unit}"
