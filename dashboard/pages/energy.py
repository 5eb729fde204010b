"""Energy and water between the countries: flows, lines, plants, and their figures over time."""

from __future__ import annotations

from functools import lru_cache

import dash
from dash import html

from dashboard import ids
from dashboard.energy.charts import charts_section
from dashboard.energy.choices import choose_form
from dashboard.energy.disagreements import disagreements_part
from dashboard.energy.findings import energy_finding
from dashboard.energy.listing import flows_part
from dashboard.energy.scenes import energy_scene
from dashboard.energy.tables import lines_part, projects_part, sites_part
from dashboard.energy.view import EnergyView
from dashboard.help import how_to_read
from dashboard.page_map import SCENES, page_map, scene
from dashboard.plain import Plain
from dashboard.regions.links import note_of
from dashboard.shell import reader_words
from dashboard.text import N_, speak
from layers import Atlas, current

dash.register_page(__name__, path="/energy", name=N_("Energy"), title="Corridor Atlas", order=8)

SCENES["energy"] = energy_scene


def layout(lang: str | None = None, **query: str) -> html.Div:
    """The page of `?carrier=…&year=…`."""
    atlas, words = current(), reader_words(lang)
    view = EnergyView.from_query(query, atlas)
    return html.Div(
        [
            html.H1(words("Energy")),
            choose_form(view, atlas, words),
            note_of(view.ignored, words),
            html.P(energy_finding(view, atlas, words), id=ids.PAGE_FINDING, className="finding"),
            how_to_read("/energy", words),
            page_map(
                scene("energy", view.to_query(), words), words, words("Map of energy lines and flows"), "map"
            ),
            _flows(atlas, view, words.language),
            charts_section(atlas, view.carrier, words.language),
            _tables(atlas, view, words.language),
        ],
        className="energy-page",
    )


# Keys: the atlas (one object a data version), the view and the language; the components are never changed.
@lru_cache(maxsize=64)
def _flows(atlas: Atlas, view: EnergyView, language: str) -> Plain:
    return Plain(html.Section(flows_part(view, atlas, speak(language))))


@lru_cache(maxsize=24)
def _tables(atlas: Atlas, view: EnergyView, language: str) -> Plain:
    words = speak(language)
    parts = (
        lines_part(view.lines(atlas), atlas, words),
        sites_part(atlas, words),
        projects_part(atlas, words),
        disagreements_part(atlas, words),
    )
    return Plain(*(html.Section(part) for part in parts))
