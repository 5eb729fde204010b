"""The tables of an aggregation, in the columns of the atlas's own where it has such."""

from __future__ import annotations

import calendar
import json
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from layers.aggregate.tallies import AREA_KEYS, STANDING_KMH
from layers.atlas import Atlas
from layers.contract.tables import CORRIDOR_METRICS, REGION_INDICATORS

FOLDER = "tables"
MANIFEST = "manifest.json"
PERIOD = ["period", "period_start", "period_end"]


@dataclass(frozen=True)
class Figure:
    """One figure of an area and a period: its name, its unit, what it is, and how it is had from the sums."""

    name: str
    unit: str
    meaning: str
    value: Callable[[pd.DataFrame], pd.Series]


def amount(column: str, stated: str, scale: float) -> Callable[[pd.DataFrame], pd.Series]:
    """An amount out of its whole numbers; not known where no row states it."""
    return lambda sums: (sums[column] / scale).where(sums[stated].gt(0))


def count(column: str) -> Callable[[pd.DataFrame], pd.Series]:
    """A count."""
    return lambda sums: sums[column].astype(float)


def speed(sums: pd.DataFrame) -> pd.Series:
    """The mean of the speeds of moving positions, km/h."""
    return (sums["speed"] / 100 / sums["moving"].where(sums["moving"].gt(0))).round(2)


def standing(sums: pd.DataFrame) -> pd.Series:
    """The share of standing positions among those with a speed, percent."""
    known = sums["speeds"].where(sums["speeds"].gt(0))
    return ((known - sums["moving"]) / known * 100).round(2)


POSITIONS = (
    Figure("vehicle_positions", "positions", "rows of the traces", count("observations")),
    Figure("vehicles", "vehicles", "different vehicle_id, each once a period", count("vehicles")),
)
SPEEDS = (
    Figure(
        "speed",
        "km/h",
        f"mean speed_kmh of positions of at least {STANDING_KMH} km/h, each weighing the same",
        speed,
    ),
    Figure(
        "standing_share", "%", f"positions below {STANDING_KMH} km/h among those with speed_kmh", standing
    ),
)


def freight(ending: str, meaning: str) -> tuple[Figure, ...]:
    """The figures of records, of those that are meant."""
    return (
        Figure(f"consignments_{ending}", "records", meaning, count("observations")),
        Figure(f"freight_{ending}", "t", f"tonnes of {meaning}", amount("grams", "weighed", 1e6)),
        Figure(f"freight_value_{ending}", "USD", f"value_usd of {meaning}", amount("cents", "valued", 100)),
    )


NEARBY = freight("nearby", "records with an end in the band of the lines; not what the lines carried")
PAIR = freight("between", "records from the one region to the other")
FIGURES: dict[str, tuple[Figure, ...]] = {
    "region": POSITIONS,
    "sent": freight("sent", "records whose origin is in the region"),
    "received": freight("received", "records whose destination is in the region"),
}
ALONG = {"traces": (*POSITIONS, *SPEEDS), "records": NEARBY}


def put_together(shares: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """One row per area and period, of shares that add up."""
    return pd.concat(shares).groupby(AREA_KEYS, sort=True).sum().reset_index()


def tables_of(sums: pd.DataFrame, atlas: Atlas, kind: str, days: tuple[str, str]) -> dict[str, pd.DataFrame]:
    """The tables by name; `days` are the first and last day observed, which cut their periods."""
    sums = pd.concat([sums.reset_index(drop=True), calendar_of(sums["period"], days)], axis=1)
    along = ALONG[kind]
    tables = {
        "region_indicators": region_indicators(sums),
        "corridor_metrics": corridor_metrics(sums, along),
        "segment_metrics": segment_metrics(sums, atlas, along),
    }
    if kind == "records":
        tables["region_pairs"] = region_pairs(sums)
    return tables


def calendar_of(periods: pd.Series, days: tuple[str, str]) -> pd.DataFrame:
    """The first and last day of each period, and a note where observations begin or end within it."""
    rows = []
    for period in periods:
        year, month = int(period[:4]), int(period[5:] or 0)
        start = f"{period}-01" if month else f"{period}-01-01"
        end = f"{period}-{calendar.monthrange(year, month)[1]:02}" if month else f"{period}-12-31"
        begin, until = max(start, days[0]), min(end, days[1])
        is_whole = (begin, until) == (start, end)
        rows.append((start, end, "" if is_whole else f"observed from {begin} to {until} only"))
    return pd.DataFrame(rows, columns=["period_start", "period_end", "note"], index=periods.index)


def region_indicators(sums: pd.DataFrame) -> pd.DataFrame:
    """The columns of region_indicators.csv; indicator_id and source_ids are to be filled in."""
    found = [
        of_figure(sums[sums["group"].eq(group) & sums["place"].ne("")], figure).rename(
            columns={"place": "region_id", "figure": "indicator"}
        )
        for group, figures in FIGURES.items()
        for figure in figures
    ]
    return as_in_atlas(found, list(REGION_INDICATORS.columns), ["region_id", "indicator", "period"])


def corridor_metrics(sums: pd.DataFrame, figures: Iterable[Figure]) -> pd.DataFrame:
    """The columns of corridor_metrics.csv; metric_id, reporter and source_ids are to be filled in."""
    own = sums[sums["group"].eq("corridor")]
    found = [
        of_figure(own, figure).rename(columns={"place": "corridor_id", "figure": "metric"})
        for figure in figures
    ]
    return as_in_atlas(found, list(CORRIDOR_METRICS.columns), ["corridor_id", "metric", "period"])


def of_figure(sums: pd.DataFrame, figure: Figure) -> pd.DataFrame:
    """One row per area and period for which a figure is known."""
    values = figure.value(sums)
    rows = sums.assign(figure=figure.name, value=values, unit=figure.unit, kind="actual", cumulative=False)
    return rows[values.notna()]


def as_in_atlas(found: list[pd.DataFrame], columns: list[str], order: list[str]) -> pd.DataFrame:
    """Figures in the columns of a table of the atlas, "" where there is nothing to say."""
    rows = pd.concat(found, ignore_index=True)
    return rows.reindex(columns=columns, fill_value="").sort_values(order, kind="stable", ignore_index=True)


def segment_metrics(sums: pd.DataFrame, atlas: Atlas, figures: Iterable[Figure]) -> pd.DataFrame:
    """One row per segment and period: what the line is, then a column per figure."""
    lines = atlas.segments[["corridor_ids", "mode", "status", "geometry_kind"]]
    lines = lines.assign(corridor_ids=lines["corridor_ids"].map(";".join))
    own = sums[sums["group"].eq("segment")].rename(columns={"place": "segment_id"})
    own = own.assign(**{with_unit(figure): figure.value(own) for figure in figures})
    own = own.join(lines, on="segment_id")
    columns = ["segment_id", *lines.columns, *PERIOD, *map(with_unit, figures), "note"]
    return own[columns].sort_values(["segment_id", "period"], ignore_index=True)


def region_pairs(sums: pd.DataFrame) -> pd.DataFrame:
    """One row per origin, destination and period; a region_id is "" for places outside all regions."""
    own = sums[sums["group"].eq("pair")]
    own = own.rename(columns={"place": "from_region_id", "to_place": "to_region_id"})
    own = own.assign(**{with_unit(figure): figure.value(own) for figure in PAIR})
    keys = ["from_region_id", "to_region_id", *PERIOD]
    return own[[*keys, *map(with_unit, PAIR), "note"]].sort_values(keys, ignore_index=True)


def with_unit(figure: Figure) -> str:
    """The name of a figure as a column, with its unit."""
    ending = {"t": "_t", "USD": "_usd", "km/h": "_kmh", "%": "_pct"}.get(figure.unit, "")
    return figure.name + ending


def figures_told(kind: str) -> dict[str, str]:
    """What each figure of a kind of observations is, with its unit."""
    groups = ("region",) if kind == "traces" else ("sent", "received")
    own = [figure for group in groups for figure in FIGURES[group]] + [*ALONG[kind]]
    own += PAIR if kind == "records" else ()
    return {figure.name: f"{figure.meaning} ({figure.unit})" for figure in own}


def write(folder: Path, tables: dict[str, pd.DataFrame], manifest: dict) -> Path:
    """Write the tables as CSV and Parquet with their manifest into `folder`/tables, all of it or nothing."""
    whole, draft, old = (folder / name for name in (FOLDER, f".{FOLDER}-{os.getpid()}", f".{FOLDER}-old"))
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    try:
        for name, table in tables.items():
            spelt = table.replace({"cumulative": {True: "true", False: "false"}})
            spelt.to_csv(draft / f"{name}.csv", index=False, float_format="%.15g", lineterminator="\n")
            table.to_parquet(draft / f"{name}.parquet", index=False)
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        (draft / MANIFEST).write_text(text + "\n", encoding="utf-8")
        shutil.rmtree(old, ignore_errors=True)
        if whole.exists():
            whole.rename(old)
        draft.rename(whole)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return whole
