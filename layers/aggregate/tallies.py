"""What one partition adds to each area and period, and how that of all partitions is put together.

Amounts are whole numbers (grams, US cents, hundredths of km/h), so that sums are the same in any order and
any division into partitions. Vehicles are kept by their ids and counted exactly, once all is together.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace

import geopandas as gpd
import numpy as np
import pandas as pd

from layers.aggregate.checks import require_degrees, wrong_rows
from layers.aggregate.observations import ENDS, FaultyPartition, Partition, Reading

STANDING_KMH = 5
"""Slower than this, a vehicle stands: receivers at rest wander by a few km/h."""

AREA_KEYS = ["group", "place", "to_place", "period"]
KEYS = [*AREA_KEYS, "vehicle_id"]
SUMS = ["observations", "grams", "weighed", "cents", "valued", "speeds", "moving", "speed"]
"""Rows; grams and the rows that state them; cents and the rows that state them; rows that state a speed,
those of them that move, and the sum of the speeds of these in hundredths of km/h."""


@dataclass(frozen=True)
class Fault:
    """Rows of a partition that cannot be counted, or all of it: where, how many, what is wrong, what helps.

    `rows` is None where the rows of a file are not known.
    """

    file: str
    place: str
    column: str
    problem: str
    remedy: str
    rows: int | None

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.file, self.place, self.column) if part)
        return f"{where}: {self.problem}; {self.remedy}"


@dataclass(frozen=True, eq=False)
class Tally:
    """What one partition adds: `sums` has KEYS and SUMS; then the rows read, counted and outside all regions,
    the first and last day seen ("" where none was), and the faults, whose rows are not counted."""

    sums: pd.DataFrame
    read: int
    counted: int = 0
    outside: int = 0
    first: str = ""
    last: str = ""
    faults: tuple[Fault, ...] = field(default=())

    def about(self) -> str:
        """Everything but the sums, as JSON."""
        return json.dumps(asdict(replace(self, sums=None)))

    @classmethod
    def restored(cls, sums: pd.DataFrame | None, about: str) -> Tally:
        """The tally of which this was told."""
        facts = json.loads(about)
        return cls(**{**facts, "sums": sums, "faults": tuple(Fault(**one) for one in facts["faults"])})


def nothing() -> pd.DataFrame:
    """Sums without rows."""
    texts = {name: pd.Series([], dtype="str") for name in KEYS}
    return pd.DataFrame({**texts, **{name: pd.Series([], dtype="int64") for name in SUMS}})


def faulty(partition: Partition, error: FaultyPartition) -> Tally:
    """The tally of a partition of which nothing can be read."""
    rows = None if partition.problem else partition.rows
    fault = Fault(partition.shown, partition.place, error.column, error.problem, error.remedy, rows)
    return Tally(nothing(), partition.rows, faults=(fault,))


def tally(
    frame: gpd.GeoDataFrame, areas: gpd.GeoDataFrame, partition: Partition, reading: Reading, period: str
) -> Tally:
    """Count one partition; `period` is month or year."""
    frame = frame.reset_index(drop=True)
    try:
        require_degrees(frame, areas)
    except FaultyPartition as error:
        return faulty(partition, error)
    good, faults = good_rows(frame, areas, partition, reading)
    if good.empty:
        return Tally(nothing(), len(frame), faults=faults)
    moment = good["time" if reading.kind == "traces" else "date"]
    periods = moment.to_numpy("datetime64[M]" if period == "month" else "datetime64[Y]").astype(str)
    entries = traces_in(good, areas) if reading.kind == "traces" else records_in(good, areas)
    amounts = amounts_of(good, reading.kind).assign(period=periods)
    in_region = entries["group"].isin(("region", "sent", "received")) & entries["place"].ne("")
    return Tally(
        summed(entries.join(amounts, on="row").drop(columns="row")),
        len(frame),
        len(good),
        len(good) - entries.loc[in_region, "row"].nunique(),
        moment.min().strftime("%Y-%m-%d"),
        moment.max().strftime("%Y-%m-%d"),
        faults,
    )


def good_rows(
    frame: gpd.GeoDataFrame, areas: gpd.GeoDataFrame, partition: Partition, reading: Reading
) -> tuple[gpd.GeoDataFrame, tuple[Fault, ...]]:
    """The rows that can be counted, and a fault for each kind of the others, whose rows it names once."""
    faults, bad = [], np.zeros(len(frame), bool)
    for column, problem, remedy, rows in wrong_rows(frame, areas):
        new = np.flatnonzero(rows & ~bad)
        if len(new):
            rows_told = "1 row" if len(new) == 1 else f"{len(new):,} rows"
            told = f"{problem} in {rows_told}, first in row {partition.row_of_file + new[0]}"
            name = reading.name_in_file(column)
            faults.append(Fault(partition.shown, partition.place, name, told, remedy, len(new)))
        bad |= rows
    return frame[~bad].reset_index(drop=True), tuple(faults)


def summed(entries: pd.DataFrame) -> pd.DataFrame:
    """One row per KEYS with the sums of SUMS."""
    return entries.groupby(KEYS, sort=True)[SUMS].sum().reset_index()


def amounts_of(frame: gpd.GeoDataFrame, kind: str) -> pd.DataFrame:
    """SUMS of each row, and its vehicle_id ("" for records)."""
    zeros = pd.DataFrame(0, index=frame.index, columns=SUMS, dtype="int64").assign(observations=1)
    if kind == "traces":
        speed = frame["speed_kmh"].to_numpy(float)
        known = np.isfinite(speed)
        moving = known & (speed >= STANDING_KMH)
        hundredths = np.where(moving, np.rint(np.where(moving, speed, 0) * 100), 0).astype("int64")
        sums = {"speeds": known.astype("int64"), "moving": moving.astype("int64"), "speed": hundredths}
        return zeros.assign(**sums, vehicle_id=frame["vehicle_id"].astype("str"))
    sums = {}
    for column, unit, count, scale in (
        ("tonnes", "grams", "weighed", 1e6),
        ("value_usd", "cents", "valued", 100),
    ):
        amount = frame[column].to_numpy(float)
        known = np.isfinite(amount)
        sums[unit] = np.rint(np.where(known, amount, 0) * scale).astype("int64")
        sums[count] = known.astype("int64")
    return zeros.assign(**sums, vehicle_id="")


def traces_in(frame: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> pd.DataFrame:
    """The areas that each position is in: row, group, place ("" outside all regions), to_place ("")."""
    met = met_areas(frame.geometry, areas)
    return with_outside(met, len(frame), "region")


def records_in(frame: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> pd.DataFrame:
    """The areas that each record belongs to: sent from one region, received in one, its pair of regions, and
    each band in which one of its ends lies, once."""
    found, near, regions = [], [], {}
    for end, group in zip(ENDS, ("sent", "received"), strict=True):
        met = met_areas(frame[end], areas)
        by_place = with_outside(met[met["group"].eq("region")], len(frame), "region").set_index("row")[
            "place"
        ]
        stated = frame[f"{end}_region"].fillna("").astype("str")
        regions[end] = stated.where(stated.ne(""), by_place.sort_index())
        found.append(
            pd.DataFrame({"row": frame.index, "group": group, "place": regions[end], "to_place": ""})
        )
        near.append(met[met["group"].ne("region")])
    pair = {
        "row": frame.index,
        "group": "pair",
        "place": regions["origin"],
        "to_place": regions["destination"],
    }
    return pd.concat([*found, pd.DataFrame(pair), pd.concat(near).drop_duplicates()], ignore_index=True)


def met_areas(points: gpd.GeoSeries, areas: gpd.GeoDataFrame) -> pd.DataFrame:
    """The areas that hold each point, borders included: row, group, place, to_place (""). A point on the
    border of two regions belongs to the first of them by id, so that none counts twice; one near several
    lines of a corridor counts for it once."""
    points = gpd.GeoDataFrame(geometry=points[points.notna()].rename("geometry"))
    met = gpd.sjoin(areas, points, predicate="intersects").rename(columns={"index_right": "row"})
    met = pd.DataFrame(met[["row", "group", "place", "corridor_ids"]])
    regions = met[met["group"].eq("region")].sort_values("place", kind="stable").drop_duplicates("row")
    segments = met[met["group"].eq("segment")]
    corridors = segments.drop(columns="place").explode("corridor_ids").dropna(subset="corridor_ids")
    corridors = corridors.rename(columns={"corridor_ids": "place"}).drop_duplicates(["row", "place"])
    found = pd.concat([regions, segments, corridors.assign(group="corridor")], ignore_index=True)
    return found[["row", "group", "place"]].assign(to_place="")


def with_outside(met: pd.DataFrame, rows: int, group: str) -> pd.DataFrame:
    """The same entries, and one with place "" for each row that is in no region."""
    inside = np.zeros(rows, bool)
    inside[met.loc[met["group"].eq(group), "row"]] = True
    outside = pd.DataFrame({"row": np.flatnonzero(~inside), "group": group, "place": "", "to_place": ""})
    return pd.concat([met, outside], ignore_index=True)
