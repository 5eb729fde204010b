"""Energy and water between the countries: the lines on the map, the flows over time and where they run."""

from layers.energy.courses import courses
from layers.energy.flows import (
    AIMS,
    KINDS,
    NO_AMOUNT,
    drawable,
    newest,
    of_year,
    period_key,
    series,
    years,
    years_of,
)
from layers.energy.lines import energy_lines
from layers.energy.subjects import energy_projects, energy_sites

__all__ = [
    "AIMS",
    "KINDS",
    "NO_AMOUNT",
    "courses",
    "drawable",
    "energy_lines",
    "energy_projects",
    "energy_sites",
    "newest",
    "of_year",
    "period_key",
    "series",
    "years",
    "years_of",
]
