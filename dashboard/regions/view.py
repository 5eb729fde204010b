"""By what a reader ranks the regions, and of which country; its form in the URL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pandas as pd

from dashboard.vocabulary import COUNTRIES
from layers import Atlas
from layers.metrics import METRICS, Metric
from layers.standing import values_of

METRIC = "joint_projects"
KNOWN = ("lang", "theme", "show", "data", "camera")


def ranked_by() -> list[str]:
    """The metrics that regions can be ranked by, in the order of the registry."""
    return [metric_id for metric_id, metric in METRICS.items() if metric.form != "none"]


@dataclass(frozen=True)
class RegionsView:
    """A metric and a country, "" for both; `ignored` names the parts of a link that mean nothing here."""

    metric_id: str = METRIC
    country: str = ""
    ignored: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def from_query(cls, query: str | Mapping[str, Any]) -> RegionsView:
        """The view that `?metric=…&country=…` names; what means nothing goes into `ignored`."""
        given = dict(query) if isinstance(query, Mapping) else dict(parse_qsl(query.lstrip("?")[:1000]))
        allowed = {"metric": ranked_by(), "country": ["", *COUNTRIES]}
        chosen, ignored = {"metric": METRIC, "country": ""}, []
        for name, value in given.items():
            if name in allowed and str(value) in allowed[name]:
                chosen[name] = str(value)
            elif name not in KNOWN:
                ignored.append(f"{name[:40]}={str(value)[:40]}")
        return cls(chosen["metric"], chosen["country"], tuple(ignored[:5]))

    def to_query(self) -> str:
        """The URL query without defaults."""
        pairs = [("metric", self.metric_id)] if self.metric_id != METRIC else []
        pairs += [("country", self.country)] if self.country else []
        return "?" + urlencode(pairs) if pairs else ""

    @property
    def metric(self) -> Metric:
        """The metric itself."""
        return METRICS[self.metric_id]

    def ranked(self, atlas: Atlas) -> pd.Series:
        """The values of the regions of the view by region_id, the first first, those without data last."""
        values = values_of(atlas, self.metric)
        if self.country:
            values = values[atlas.regions["country_iso3"].eq(self.country)]
        return values.sort_values(ascending=self.metric.least_first, kind="stable", na_position="last")
