"""What a way amounts to, and what tells two ways apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from layers.contract.words import MODES, STATUSES
from layers.ways.stretches import borders, gauge_breaks, ports, sea_legs, shared_with
from layers.ways.way import Way


@dataclass(frozen=True)
class Summary:
    """One way in figures, all read from its segments.

    countries are in the order of travel, each once; km_by_status and km_by_mode in the order of the
    vocabulary; schematic_km is drawn as straight lines between known points.
    """

    length_km: float
    countries: tuple[str, ...]
    borders: int
    gauge_breaks: int
    sea_legs: int
    ports: int
    km_by_status: Mapping[str, float]
    km_by_mode: Mapping[str, float]
    schematic_km: float


@dataclass(frozen=True)
class Difference:
    """Two ways in figures, and the kilometres of segments that both use."""

    first: Summary
    second: Summary
    shared_km: float

    @property
    def shorter_by_km(self) -> float:
        """How much shorter the first way is; negative where it is longer."""
        return self.second.length_km - self.first.length_km


@lru_cache(maxsize=512)
def summary(way: Way) -> Summary:
    """The figures of one way."""
    steps = way.steps
    schematic = steps["geometry_kind"].eq("schematic")
    return Summary(
        length_km=way.length_km,
        countries=tuple(dict.fromkeys(country for country in way.stops["country_iso3"] if country)),
        borders=len(borders(way)),
        gauge_breaks=len(gauge_breaks(way)),
        sea_legs=len(sea_legs(way)),
        ports=len(ports(way)),
        km_by_status=km_by(way, "status", STATUSES),
        km_by_mode=km_by(way, "mode", MODES),
        schematic_km=float(steps["length_km"].to_numpy()[schematic].sum()),
    )


def km_by(way: Way, column: str, vocabulary: Iterable[str]) -> dict[str, float]:
    """The kilometres of a way by the words of a column, in the order of their vocabulary."""
    total: dict[str, float] = {}
    for word, km in zip(way.steps[column], way.steps["length_km"], strict=True):
        total[word] = total.get(word, 0.0) + km
    return {word: total[word] for word in vocabulary if word in total}


def difference(first: Way, second: Way) -> Difference:
    """The figures of two ways side by side."""
    shared = shared_with(first, second)
    return Difference(summary(first), summary(second), float((shared["end_km"] - shared["start_km"]).sum()))
