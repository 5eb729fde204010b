"""The reader's word for each code of the data: statuses, kinds, sectors, modes and the like.

Each table maps a code of `geodata/` to an English message; `words(SITE_KINDS["sez"])` shows it.
The order of a table is the order in filters and legends.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.text import N_, Words

COUNTRIES = ("UZB", "KAZ")

STATUSES = {
    "operating": N_("operating"),
    "under-construction": N_("under construction"),
    "planned": N_("planned"),
    "study": N_("under study"),
    "announced": N_("announced"),
    "completed": N_("completed"),
    "closed": N_("closed"),
}

SITE_KINDS = {
    "joint-cluster": N_("joint cluster or project area"),
    "sez": N_("special economic zone"),
    "industrial-park": N_("industrial park or zone"),
    "plant": N_("plant"),
    "logistics-hub": N_("logistics hub"),
    "dry-port": N_("dry port"),
    "trade-centre": N_("trade centre"),
}

SECTORS = {
    "agro-processing": N_("agro-processing"),
    "automotive": N_("automotive"),
    "building-materials": N_("building materials"),
    "chemicals": N_("chemicals"),
    "electronics": N_("electronics"),
    "energy": N_("energy"),
    "food": N_("food"),
    "glass": N_("glass"),
    "logistics": N_("logistics"),
    "machinery": N_("machinery"),
    "metals": N_("metals"),
    "mining": N_("mining"),
    "pharma": N_("pharmaceuticals"),
    "polymers": N_("polymers"),
    "textiles": N_("textiles"),
    "trade": N_("trade"),
    "construction": N_("construction"),
    "finance": N_("finance"),
    "industry": N_("industry"),
    "oil-gas": N_("oil and gas"),
    "tourism": N_("tourism"),
    "transport": N_("transport"),
}

LOCATION_PRECISIONS = {
    "exact": N_("exact place"),
    "town": N_("place known to the town"),
    "region-centre": N_("approximate place"),
}

NODE_KINDS = {
    "city": N_("city"),
    "station": N_("station"),
    "port": N_("port"),
    "dry-port": N_("dry port"),
    "border-crossing": N_("border crossing"),
}

PROJECT_VALUE_TYPES = {
    "single": N_("value of one project"),
    "aggregate": N_("total of several projects, as stated"),
    "aggregate-minimum": N_("lower bound of a total of several projects"),
    "minimum": N_("lower bound"),
    "converted": N_("converted into dollars"),
    "claim": N_("claim, not confirmed"),
}

MODES = {"rail": N_("rail"), "road": N_("road"), "sea": N_("ship")}
CORRIDOR_KINDS = {"rail": N_("rail"), "multimodal": N_("rail, road and ship")}

CARRIERS = {
    "gas": N_("gas pipeline"),
    "oil": N_("oil pipeline"),
    "electricity": N_("power line"),
    "water": N_("water"),
}

CORRIDOR_GROUPS = {
    "trans-caspian": N_("Trans-Caspian"),
    "north-south": N_("North–South"),
    "china-iran-turkey": N_("China – Iran – Turkey"),
    "trans-afghan": N_("Trans-Afghan"),
    "cku": N_("China – Kyrgyzstan – Uzbekistan"),
    "northern": N_("Northern Eurasian"),
    "south-caucasus": N_("South Caucasus links"),
    "kz-uz-links": N_("Kazakhstan – Uzbekistan links"),
}

VALUE_KINDS = {
    "actual": N_("actual"),
    "estimate": N_("estimate"),
    "target": N_("target"),
    "plan": N_("plan"),
    "contract": N_("contract"),
    "preliminary": N_("preliminary"),
    "approx": N_("approximate"),
}

REGION_KINDS = {
    "region": N_("region"),
    "city": N_("city with the rank of a region"),
    "republic": N_("republic"),
    "district": N_("district"),
}

BARRIER_KINDS = {
    "gauge-break": N_("gauge break"),
    "capacity": N_("capacity"),
    "sea-level": N_("draught and sea level"),
    "documents": N_("documents"),
    "missing-link": N_("missing link"),
    "sanctions": N_("sanctions"),
    "security": N_("security"),
    "border-delay": N_("delay at a border"),
    "tariff": N_("tariffs"),
}

INDICATORS = {
    "grp": N_("Gross regional product"),
    "grp_plan": N_("Gross regional product, plan"),
    "industrial_output": N_("Industrial output"),
    "population": N_("Population"),
    "population_estimate": N_("Population, estimate"),
    "trade_with_uzbekistan": N_("Trade with Uzbekistan"),
    "exports_to_uzbekistan": N_("Exports to Uzbekistan"),
    "imports_from_uzbekistan": N_("Imports from Uzbekistan"),
    "exports": N_("Exports"),
    "investment": N_("Investment"),
    "fixed_investment": N_("Investment in fixed assets"),
    "project_pool": N_("Pool of investment projects"),
    "planned_projects": N_("Planned projects"),
    "large_projects_started": N_("Large projects started"),
    "sugar_output_expected": N_("Expected output of sugar"),
}

UNITS = {
    "persons": N_("{n} people"),
    "people/day": N_("{n} people a day"),
    "vehicles/day": N_("{n} vehicles a day"),
    "km": N_("{n} km"),
    "tunnels": N_("{n} tunnels"),
    "bridges": N_("{n} bridges"),
    "hours": N_("{n} hours"),
    "days": N_("{n} days"),
    "years": N_("{n} years"),
    "t": N_("{n} t"),
    "t/year": N_("{n} t a year"),
    "thousand tonnes": N_("{n} thousand t"),
    "million litres": N_("{n} million litres"),
    "TEU": N_("{n} TEU"),
    "TEU/year": N_("{n} TEU a year"),
    "trains": N_("{n} trains"),
    "trains/year": N_("{n} trains a year"),
    "train pairs/day": N_("{n} train pairs a day"),
    "wagons": N_("{n} wagons"),
    "USD": N_("{n} USD"),
    "USD/t": N_("{n} USD a tonne"),
    "million USD": N_("{n} million USD"),
    "billion USD": N_("{n} billion USD"),
    "EUR": N_("{n} EUR"),
    "AFN": N_("{n} AFN"),
    "KZT": N_("{n} KZT"),
    "billion KZT": N_("{n} billion KZT"),
    "trillion UZS": N_("{n} trillion UZS"),
    "bcm": N_("{n} billion m³"),
    "bcm per year": N_("{n} billion m³ a year"),
    "million m3": N_("{n} million m³"),
    "million m3 per day": N_("{n} million m³ a day"),
    "million kWh": N_("{n} million kWh"),
    "million kWh per year": N_("{n} million kWh a year"),
    "kV": N_("{n} kV"),
    "MW": N_("{n} MW"),
    "%": N_("{n} %"),
    "percent": N_("{n} %"),
    "percent growth": N_("growth of {n} %"),
}

LAYERS = {
    "corridors": N_("corridors"),
    "sites": N_("industrial sites"),
    "crossings": N_("border crossings"),
    "energy": N_("energy lines"),
    "railways": N_("railways"),
    "rivers": N_("rivers"),
    "labels": N_("place names"),
}


def quantity(value: float, unit: str, words: Words) -> str:
    """A number with its unit; a year has none, and an unknown unit stays as the data have it."""
    if unit == "year":
        return str(int(value))
    shown = words.number(value)
    return words(UNITS[unit], n=shown) if unit in UNITS else f"{shown} {unit}"


def crossing_name(crossing: Mapping[str, Any], words: Words) -> str:
    """What the two sides call a crossing, as far as they are known."""
    return " – ".join(filter(None, (words.text(crossing, side) for side in ("name_kz", "name_uz"))))


def spell(codes: tuple[str, ...], table: dict[str, str], words: Words) -> str:
    """Codes of one table as a readable list, unknown ones left as they are."""
    return ", ".join(words(table[code]) if code in table else code for code in codes)
