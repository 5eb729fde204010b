"""Which flows a reader looks at: one carrier or all, one year or the newest figures; its form in the URL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pandas as pd

from dashboard.energy.terms import CARRIERS
from dashboard.regions.view import KNOWN
from layers import Atlas
from layers.energy import newest, of_year, years


@dataclass(frozen=True)
class EnergyView:
    """A carrier, "" for all, and a year, 0 for the newest figures; `ignored` is what means nothing here."""

    carrier: str = ""
    year: int = 0
    ignored: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def from_query(cls, query: str | Mapping[str, Any], atlas: Atlas) -> EnergyView:
        """The view that `?carrier=…&year=…` names; a year of which nothing is known goes into `ignored`."""
        given = dict(query) if isinstance(query, Mapping) else dict(parse_qsl(query.lstrip("?")[:1000]))
        allowed = {
            "carrier": ["", "all", *CARRIERS],
            "year": ["", "latest", *map(str, years(atlas.energy_flows))],
        }
        chosen, ignored = {"carrier": "", "year": ""}, []
        for name, value in given.items():
            if name in allowed and str(value) in allowed[name]:
                chosen[name] = str(value)
            elif name not in KNOWN:
                ignored.append(f"{name[:40]}={str(value)[:40]}")
        carrier = chosen["carrier"] if chosen["carrier"] in CARRIERS else ""
        year = int(chosen["year"]) if chosen["year"].isdigit() else 0
        return cls(carrier, year, tuple(ignored[:5]))

    def to_query(self) -> str:
        """The URL query without defaults."""
        pairs = [("carrier", self.carrier)] if self.carrier else []
        pairs += [("year", str(self.year))] if self.year else []
        return "?" + urlencode(pairs) if pairs else ""

    def flows(self, atlas: Atlas) -> pd.DataFrame:
        """The figures of the view in the order of the table."""
        rows = atlas.energy_flows
        rows = rows[rows["carrier"].eq(self.carrier)] if self.carrier else rows
        return of_year(rows, self.year) if self.year else newest(rows)

    def lines(self, atlas: Atlas) -> pd.DataFrame:
        """The lines of the carrier."""
        rows = atlas.energy_lines
        return rows[rows["carrier"].eq(self.carrier)] if self.carrier else rows
