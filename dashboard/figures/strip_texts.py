"""What the tooltips of a strip say."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard import vocabulary
from dashboard.figures.strip_drawing import hover
from dashboard.text import Words
from layers.ways import Way


def country_name(iso3: str, countries: pd.DataFrame, words: Words) -> str:
    """The name of a country, its code where the table does not have it, "" at sea."""
    return words.name(countries.loc[iso3]) if iso3 in countries.index else iso3


def gauge_name(gauge_mm: float, words: Words) -> str:
    """A gauge in millimetres, or that it is not decided."""
    return words("not decided") if pd.isna(gauge_mm) else words("{n} mm", n=str(int(gauge_mm)))


def at_km(km: float, words: Words) -> str:
    """Where on the way something is, as kilometre posts say it."""
    return words("km {n}", n=words.number(round(km)))


def stop_hover(stop: Any, words: Words) -> str:
    """Name, kind and kilometre of a stop."""
    kind = words(vocabulary.NODE_KINDS[stop["kind"]]) if stop["kind"] in vocabulary.NODE_KINDS else ""
    return hover(words.name(stop), kind, at_km(stop["km"], words))


def step_hovers(way: Way, words: Words) -> list[str]:
    """For each step its ends, how it runs, its length; bends at sea are no ends."""
    names = [words.name(stop) if stop["is_place"] else "" for stop in way.stops.to_dict("records")]
    before = list(pd.Series(names).replace("", None).ffill().fillna(""))
    after = list(pd.Series(names).replace("", None).bfill().fillna(""))
    hovers = []
    for at, step in enumerate(way.steps.drop(columns="geometry").to_dict("records")):
        parts = [words(vocabulary.MODES[step["mode"]])]
        parts += [gauge_name(step["gauge_mm"], words)] if step["mode"] == "rail" else []
        parts += [words(vocabulary.STATUSES[step["status"]])]
        km = words("{n} km, computed", n=words.number(round(step["length_km"])))
        known = step["published_km"]
        if known == known:
            km += "; " + words("{n} km, published", n=words.number(known))
        drawn = words("schematic line") if step["geometry_kind"] == "schematic" else ""
        hovers.append(hover(f"{before[at]} – {after[at + 1]}", ", ".join(parts), km, drawn))
    return hovers


def border_hover(border: Any, node: str, setting: Any, words: Words) -> str:
    """The two countries, the names and the status of a border crossing, its kilometre."""
    pair = [country_name(border[side], setting.countries, words) for side in ("from_iso3", "to_iso3")]
    name, status = node, ""
    if border["crossing_id"] in setting.crossings.index:
        crossing = setting.crossings.loc[border["crossing_id"]]
        name = vocabulary.crossing_name(crossing, words)
        status = words(vocabulary.STATUSES[crossing["status"]])
    place = words("approximate place") if border["is_approximate"] else ""
    title = words("Border {from_country} – {to_country}", from_country=pair[0], to_country=pair[1])
    return hover(title, ", ".join(part for part in (name, status) if part), at_km(border["km"], words), place)


def gauge_break_hover(gauge_break: Any, node: str, words: Words) -> str:
    """The two gauges that meet, where."""
    title = words(
        "Gauge break: {first} to {second} mm", first=gauge_break["from_mm"], second=gauge_break["to_mm"]
    )
    return hover(title, node, at_km(gauge_break["km"], words))


def barrier_hover(barrier: Any, node: str, words: Words) -> str:
    """The kind of a barrier, where it is, what it is and what the source measured."""
    title = f"{words(vocabulary.BARRIER_KINDS[barrier['kind']])}: {node}"
    told = (words.text(barrier, "description"), words.text(barrier, "severity_basis"))
    return hover(title[:1].upper() + title[1:], *told)


def site_hover(site: Any, words: Words) -> str:
    """Name, kind, status and distance of a site."""
    kind = words(vocabulary.SITE_KINDS[site["kind"]])
    status = words(vocabulary.STATUSES[site["status"]])
    away = words("{n} km from the line", n=words.number(round(site["distance_km"])))
    place = words("approximate place") if site["is_approximate"] else ""
    return hover(words.name(site), f"{kind}, {status}", away, place)


def band_hover(title: str, start_km: float, end_km: float, words: Words) -> str:
    """What a band means and how long it is."""
    return hover(title, words("{n} km, computed", n=words.number(round(end_km - start_km))))
