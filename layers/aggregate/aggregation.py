"""One aggregation, from observations to tables: planned, counted by partitions, put together, told."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq
from tqdm import tqdm

from layers.aggregate import tables
from layers.aggregate.areas import areas_of
from layers.aggregate.cluster import client_of, tallies
from layers.aggregate.observations import Partition, Reading, files_of, kind_of, partitions_of
from layers.aggregate.parts import Parts, areas_version, code_version
from layers.aggregate.tallies import Fault, Tally
from layers.atlas import Atlas, load


class UnusableInput(Exception):
    """What was asked for cannot be done at all; says what helps."""


class FaultyObservations(Exception):
    """Observations hold faults that were not to be left out."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass(frozen=True)
class Question:
    """What is asked, as the command line names it."""

    observations: str
    out: Path
    data: Path = Path("geodata")
    period: str = "month"
    within_km: float = 5.0
    modes: tuple[str, ...] = ("rail", "road")
    zone: str = "Asia/Tashkent"
    columns: tuple[tuple[str, str], ...] = ()
    leave_out_faulty: bool = False


@dataclass(frozen=True)
class Cluster:
    """The machines to count on: a scheduler's address, or "" for so many workers on this machine."""

    scheduler: str = ""
    workers: int = 2
    memory: str = "2GiB"
    processes: bool = True


def aggregate(question: Question, cluster: Cluster) -> dict:
    """Answer a question and write its tables; returns their manifest.

    Raises UnusableInput, FaultyObservations, ClusterError, DataError of the atlas's folder, and OSError where
    the output cannot be written. What is counted by then is kept for the next run.
    """
    paths, partitions = planned(question)
    reading = Reading(kind_among(paths, question), question.zone, question.columns)
    atlas = load(question.data)
    areas = areas_of(atlas, question.within_km, question.modes)
    parts = Parts(question.out, (reading, question.period, areas_version(areas)))
    told = {partition: kept for partition in partitions if (kept := parts.told(partition))}
    count_rest(partitions, told, parts, areas, reading, question, cluster)
    faults = tuple(fault for partition in partitions for fault in told[partition].faults)
    if faults and not question.leave_out_faulty:
        raise FaultyObservations(faults)
    sums = tables.put_together(parts.together(partitions))
    days = days_of(told.values())
    found = tables.tables_of(sums, atlas, reading.kind, days)
    manifest = manifest_of(question, reading, atlas, list(told.values()), found)
    manifest["files"] = files_told(paths, partitions)
    tables.write(question.out, found, manifest)
    parts.forget_others(partitions)
    return manifest


def planned(question: Question) -> tuple[dict[str, Path], list[Partition]]:
    """The files by the names that the reader is shown, and all their partitions."""
    paths = files_of(question.observations)
    if not paths:
        problem = f"no Parquet file at {question.observations}"
        raise UnusableInput(f"{problem}: name a file, a folder of .parquet files, or a pattern in quotes")
    root = Path(question.observations)
    shown = {str(path.relative_to(root) if root.is_dir() else path): path for path in paths}
    return shown, [one for name, path in shown.items() for one in partitions_of(path, name)]


def kind_among(paths: dict[str, Path], question: Question) -> str:
    """Traces or records, as the first file that can be opened and has such columns tells."""
    for path in paths.values():
        try:
            columns = pq.read_schema(path).names
        except (pa.ArrowException, OSError):
            continue
        kind = kind_of(columns, dict(question.columns))
        if kind:
            return kind
    raise UnusableInput(
        f"no file at {question.observations} has the columns of traces (lon, lat, time, vehicle_id) or of "
        "records (date, origin_lon …): see --help; --columns OURS=NAME says what files call a column"
    )


def count_rest(
    partitions: list[Partition],
    told: dict[Partition, Tally],
    parts: Parts,
    areas: gpd.GeoDataFrame,
    reading: Reading,
    question: Question,
    cluster: Cluster,
) -> None:
    """Count the partitions of which nothing is told yet, keep each tally, and show how far it is."""
    rest = [partition for partition in partitions if partition not in told]
    rows = sum(partition.rows for partition in partitions)
    done = sum(partition.rows for partition in told)
    with tqdm(
        total=rows, initial=done, unit=" rows", unit_scale=True, file=sys.stderr, mininterval=0.5
    ) as bar:
        show(bar, told, partitions)
        if not rest:
            return
        with client_of(
            cluster.scheduler, cluster.workers, cluster.memory, processes=cluster.processes
        ) as client:
            for partition, tally in tallies(client, rest, areas, reading, question.period):
                parts.keep(partition, tally)
                told[partition] = Tally.restored(None, tally.about())
                bar.update(partition.rows)
                show(bar, told, partitions)


def show(bar: tqdm, told: dict[Partition, Tally], partitions: list[Partition]) -> None:
    """Say on the line of progress how many partitions are done and how many of them are faulty."""
    faulty = sum(bool(tally.faults) for tally in told.values())
    text = f"{len(told)} of {len(partitions)} partitions" + (f", {faulty} with faults" if faulty else "")
    bar.set_description(text, refresh=False)


def days_of(told: Iterable[Tally]) -> tuple[str, str]:
    """The first and last day observed, "" where nothing was counted."""
    found = [tally for tally in told if tally.first]
    return min((one.first for one in found), default=""), max((one.last for one in found), default="")


def manifest_of(question: Question, reading: Reading, atlas: Atlas, told: list[Tally], found: dict) -> dict:
    """What tells how the tables came to be, but for the files."""
    first, last = days_of(told)
    counted = sum(tally.counted for tally in told)
    faults = [asdict(fault) for tally in told for fault in tally.faults]
    return {
        "computed": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "kind": reading.kind,
        "period": question.period,
        "time_zone": question.zone,
        "within_km": question.within_km,
        "modes": list(question.modes),
        "columns": dict(question.columns),
        "atlas": {"version": atlas.version, "date": str(atlas.date)},
        "program": code_version(),
        "packages": {name: metadata.version(name) for name in PACKAGES},
        "observed": {"first_day": first, "last_day": last},
        "rows": {
            "read": sum(tally.read for tally in told),
            "counted": counted,
            "outside_all_regions": sum(tally.outside for tally in told),
            "left_out": sum(tally.read - tally.counted for tally in told),
        },
        "left_out": faults,
        "figures": tables.figures_told(reading.kind),
        "how": [*HOW, *HOW_OF_KIND[reading.kind]],
        "tables": {name: len(table) for name, table in found.items()},
    }


def files_told(paths: dict[str, Path], partitions: list[Partition]) -> list[dict]:
    """Each file with its size in bytes and its rows (None where it cannot be opened)."""
    rows: dict[str, int | None] = {}
    for partition in partitions:
        known = rows.get(partition.shown, 0)
        rows[partition.shown] = None if partition.problem or known is None else known + partition.rows
    return [{"name": name, "bytes": path.stat().st_size, "rows": rows[name]} for name, path in paths.items()]


PACKAGES = ("geopandas", "dask-geopandas", "dask", "pandas", "pyarrow", "pyproj", "shapely")
HOW = (
    "A place belongs to the region whose outline holds it; on a border of two, to the first by region_id. "
    "Outlines are simplified: near a border a place may fall on the wrong side.",
    "A band along a line holds all places within_km of it, geodesic, true to a quarter of a percent; "
    "lines of geometry_kind schematic are not where the track is: their figures say little.",
    "Segments are counted whatever their status; corridors along their lines in operation of these modes, "
    "branches included, and an observation near several of them counts in each.",
    "Days, months and years are those of time_zone; moments without a zone are taken as already in it.",
    "Figures tell of these files only; they are totals of an area only if the files hold all there was.",
    "To take a row of region_indicators or corridor_metrics into the atlas, give it an id and source_ids, "
    "and list a new indicator, metric or unit in layers/contract/words.py.",
)
HOW_OF_KIND = {
    "traces": (
        "tonnes of traces are not summed: a vehicle reports its load again at every position.",
        "Vehicles are different vehicle_id within a period and area; those of several months do not add up.",
        "Nearness does not tell on which of several lines a vehicle travelled.",
    ),
    "records": (
        "A stated region stands before coordinates; an end with neither is outside all regions.",
        "Sums are of the records that state an amount; where none does, the row is left out.",
        "Records near a line start or end in its band; what the line carried is not known from them.",
    ),
}
