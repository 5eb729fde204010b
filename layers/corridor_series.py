"""What of a corridor's published figures may honestly be drawn, and what is listed instead.

A line joins values of one witness only: one reporter, or where none is named one source. Years and parts of
years, results and aims, a whole corridor and a part of it never share a line. Every row of corridor_metrics
of a corridor is either in one chart or in the list of those left out, with the reason.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from layers.atlas import Atlas
from layers.corridors import with_branches
from layers.evidence import FIRMNESS
from layers.sources import GENERAL_KNOWLEDGE

SUBJECTS = {
    "volumes": ("cargo_volume",),
    "containers": ("container_volume", "container_trains", "trains"),
    "capacity": ("capacity", "container_capacity", "border_throughput"),
    "time": ("transit_time", "border_time", "customs_time", "time_saving", "construction_time"),
    "cost": (
        "investment_cost",
        "investment",
        "investment_commitment",
        "loan",
        "design_cost",
        "land_cost",
        "tariff",
    ),
}
"""Metrics by subject, in the order of the page; every other metric is of the subject "other"."""

FLOWS = ("cargo_volume", "container_volume", "container_trains", "trains", "cargo_value", "export_value")
"""What adds up over a period: half a year of it is not to be set beside a year. The others hold at a date."""

ADDING_UP = (*FLOWS, "turnover", "export_uz_to_kz", "import_uz_from_kz")
"""FLOWS and the flows of trade between the two countries, which other pages draw as series too."""

FIXED = ("length", "distance_saving", "completion")
"""What does not run over time: the date of such a figure is only that of its statement."""

NOTES = ("note", "note_ru", "note_uz", "note_kk")

SAME_STATEMENT = [
    "corridor_id",
    "metric",
    "section",
    "unit",
    "kind",
    "witness",
    "period",
    "period_start",
    "period_end",
    "cumulative",
]
REASONS = ("undated", "fixed", "years", "single")
"""Why a statement is in no chart: no period; FIXED; a sum not of one year; nothing to set it beside."""


@dataclass(frozen=True, eq=False)
class Chart:
    """Statements that share one scale.

    `form` is "over-time" or "side-by-side" (parts of one period beside each other); `subject` a key of
    SUBJECTS or "other"; `statements` rows as `statements()` makes them with `series`, the number of the line
    or the kind of bar a row belongs to, counted from 0. `is_parts` says that they speak of parts of the
    corridor.
    """

    corridor_id: str
    metric: str
    unit: str
    form: str
    is_parts: bool
    statements: pd.DataFrame

    @property
    def subject(self) -> str:
        """What the chart speaks of."""
        return subject_of(self.metric)

    @property
    def key(self) -> str:
        """A name of the chart that no other of its corridor has, of letters, digits and hyphens."""
        scope = "parts" if self.is_parts else "whole"
        text = "-".join((self.corridor_id, self.metric, self.unit, self.form, scope))
        if self.form == "side-by-side":
            first = self.statements.iloc[0]
            text = "-".join((text, first["period"], first["witness"], first["firmness"]))
        return "".join(letter if letter.isalnum() else "-" for letter in text).lower()


@dataclass(frozen=True, eq=False)
class CorridorSeries:
    """The charts of a corridor in the order of the page, and the statements that are in none.

    `left_out` has the columns of `statements()` and `reason`, one of REASONS.
    """

    charts: tuple[Chart, ...]
    left_out: pd.DataFrame


# Key: the atlas, one object a data version, and the corridor; an old version leaves the cache by disuse.
@lru_cache(maxsize=64)
def corridor_series(atlas: Atlas, corridor_id: str) -> CorridorSeries:
    """What may be drawn of a corridor and of its branches; KeyError for an unknown corridor."""
    atlas.corridors.loc[corridor_id]
    family = with_branches(atlas.corridors, [corridor_id])
    own = atlas.corridor_metrics[atlas.corridor_metrics["corridor_id"].isin(family)]
    publishers = atlas.sources["publisher"]
    said = statements(own)
    said = said.assign(publisher=[publishers.get(_first(ids), "") for ids in said["source_ids"]])
    return sorted_out(said, family)


def sorted_out(said: pd.DataFrame, family: tuple[str, ...]) -> CorridorSeries:
    """Statements of the corridors of a family, put into charts or left out."""
    said = said.assign(
        reason=np.select(
            [said["span"].eq(""), said["metric"].isin(FIXED), said["span"].eq("years")], REASONS[:3], ""
        )
    )
    charts = _over_time(said[said["reason"].eq("")])
    rest = said[said["reason"].eq("") & ~said.index.isin(_drawn(charts))]
    charts += _side_by_side(rest, family)
    left = said[~said.index.isin(_drawn(charts))]
    left = left.assign(reason=left["reason"].replace("", "single"))
    subjects = [*SUBJECTS, "other"]
    charts.sort(key=lambda chart: (family.index(chart.corridor_id), subjects.index(chart.subject)))
    return CorridorSeries(tuple(charts), left.sort_values("row", kind="stable"))


def statements(metrics: pd.DataFrame) -> pd.DataFrame:
    """One row for each statement: rows of corridor_metrics, the two ends of a range joined into one.

    metric_ids (one, or lower and upper); low and high in `unit`, equal unless a range, NaN where a range is
    open; firmness as in evidence.FIRMNESS; witness; span: "" without dates, "year", "part" (of a year) and
    "years" (other sums) for ADDING_UP, "date" for others; year: the middle of the period as a decimal, less
    half a year, so that a calendar year is its number (NaN without dates); row: the order of the table.
    Other columns as in the table.
    """
    rows = metrics.assign(
        row=range(len(metrics)),
        metric_id=metrics.index,
        firmness=metrics["kind"].map(FIRMNESS),
        witness=[_witness(*pair) for pair in zip(metrics["reporter"], metrics["source_ids"], strict=True)],
        span=[_span(row) for row in metrics.itertuples()],
        year=[_year(row.period_start, row.period_end) for row in metrics.itertuples()],
        low=metrics["value"].where(metrics["bound"].ne("upper")).astype(float),
        high=metrics["value"].where(metrics["bound"].ne("lower")).astype(float),
    )
    rows = rows.assign(statement=_statement_numbers(rows))
    grouped = rows.groupby("statement", sort=False)
    ends = grouped.agg(
        metric_ids=("metric_id", tuple),
        low=("low", "min"),
        high=("high", "max"),
        source_ids=("source_ids", lambda cells: tuple(dict.fromkeys(one for cell in cells for one in cell))),
    )
    notes = {column: _joined(rows, column) for column in NOTES if column in rows}
    first = rows.drop_duplicates("statement").set_index("statement")
    return first.drop(columns=["metric_id", "value", "bound"]).assign(**ends, **notes).reset_index(drop=True)


def _joined(rows: pd.DataFrame, column: str) -> pd.Series:
    """The notes of each statement in one; "" in a language in which not all of them are."""
    by_statement = rows.groupby("statement", sort=False)[column]
    joined = by_statement.agg(lambda notes: "; ".join(filter(None, notes.unique())))
    is_missing = rows["note"].ne("") & rows[column].eq("")
    return joined.where(~is_missing.groupby(rows["statement"], sort=False).any(), "")


def _statement_numbers(rows: pd.DataFrame) -> np.ndarray:
    """The same number for a lower and an upper end that belong together, one of its own for any other row."""
    keys = rows[SAME_STATEMENT].astype(str).agg(" | ".join, axis=1) if len(rows) else rows["witness"]
    ends = rows["bound"].groupby(keys).transform(lambda bounds: "".join(sorted(bounds)) == "lowerupper")
    return pd.factorize(keys.where(ends.astype(bool), rows["metric_id"].astype(str)))[0]


def _first(source_ids: tuple[str, ...]) -> str:
    return source_ids[0] if source_ids else ""


def _witness(reporter: str, source_ids: tuple[str, ...]) -> str:
    """Who states a value: the reporter, else the source named first."""
    return reporter or _first(source_ids) or GENERAL_KNOWLEDGE


def _span(row: tuple) -> str:
    if not (row.period_start and row.period_end):
        return ""
    if row.metric not in ADDING_UP:
        return "date"
    if row.cumulative:
        return "part"
    start, end = row.period_start, row.period_end
    if start[:4] == end[:4]:
        return "year" if start.endswith("-01-01") and end.endswith("-12-31") else "part"
    return "years"


def _year(start: str, end: str) -> float:
    if not (start and end):
        return np.nan
    first, last = (datetime.date.fromisoformat(day).toordinal() for day in (start, end))
    middle = (first + last + 1) / 2
    year = datetime.date.fromordinal(int(middle)).year
    begin, after = (datetime.date(y, 1, 1).toordinal() for y in (year, year + 1))
    return round(year + (middle - begin) / (after - begin) - 0.5, 3)


def _drawn(charts: list[Chart]) -> list[int]:
    return [index for chart in charts for index in chart.statements.index]


def _over_time(said: pd.DataFrame) -> list[Chart]:
    """Charts of what is stated of one corridor or of one of its parts for two years or dates at least."""
    charts = []
    scoped = said.assign(is_parts=said["section"].ne(""))
    for (corridor, metric, unit, is_parts), rows in scoped.groupby(
        ["corridor_id", "metric", "unit", "is_parts"], sort=False
    ):
        # Two parts of one year are no development: for flows the years count.
        moments = rows["year"].where(rows["span"].eq("date"), rows["period_end"].str[:4].astype(float))
        long = moments.groupby(rows["section"]).transform("nunique").gt(1)
        if long.any():
            same = ["witness", "firmness", "period_start", "period_end"]
            beside = pd.MultiIndex.from_frame(rows[same]).isin(pd.MultiIndex.from_frame(rows.loc[long, same]))
            shown = rows[long | beside]
            charts.append(Chart(corridor, metric, unit, "over-time", bool(is_parts), numbered(shown)))
    return charts


def _side_by_side(said: pd.DataFrame, family: tuple[str, ...]) -> list[Chart]:
    """Charts of parts, or of branches, for which one witness states the same thing of the same period."""
    charts = []
    same = ["metric", "unit", "kind", "witness", "period_start", "period_end"]
    for (metric, unit, *_), rows in said.groupby(same, sort=False):
        if len(rows) > 1 and not rows.duplicated(["corridor_id", "section"]).any():
            corridors = rows["corridor_id"].unique()
            corridor = corridors[0] if len(corridors) == 1 else family[0]
            is_parts = bool(rows["section"].ne("").any())
            charts.append(Chart(corridor, metric, unit, "side-by-side", is_parts, rows.assign(series=0)))
    return charts


def numbered(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of `statements()` with `series`, the number of their line, in the order of time within each."""
    rows = rows.sort_values(["year", "row"], kind="stable")
    number = rows.groupby(["section", "firmness", "witness", "span"], sort=False).ngroup()
    return rows.assign(series=number).sort_values(["series", "year", "row"], kind="stable")


def subject_of(metric: str) -> str:
    """The subject of a metric."""
    return next((subject for subject, metrics in SUBJECTS.items() if metric in metrics), "other")
