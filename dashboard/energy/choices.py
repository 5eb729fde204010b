"""The form of the page: a carrier and a year."""

from __future__ import annotations

from typing import Any

from dashboard.energy.terms import CARRIERS
from dashboard.energy.view import EnergyView
from dashboard.plain import Plain
from dashboard.text import Words
from layers import Atlas
from layers.energy import years


def choose_form(view: EnergyView, atlas: Atlas, words: Words) -> Plain:
    """An ordinary form, whose answer is another address."""
    carriers = [("all", words("All")), *((code, words(name)) for code, name in CARRIERS.items())]
    known = [("latest", words("Newest figures")), *((str(y), str(y)) for y in years(atlas.energy_flows))]
    fields = [
        ["label", {}, words("Carrier"), _select("carrier", carriers, view.carrier or "all")],
        ["label", {}, words("Year"), _select("year", known, str(view.year or "latest"))],
        ["input", {"type": "hidden", "name": "lang", "value": words.language}],
        ["button", {"className": "btn btn-primary"}, words("Show")],
    ]
    return Plain.of([["form", {"action": "/energy", "className": "choices"}, *fields]])


def _select(name: str, options: list[tuple[str, str]], value: str) -> list[Any]:
    inside = [["option", {"value": code}, label] for code, label in options]
    return ["select", {"name": name, "defaultValue": value, "className": "form-select"}, *inside]
