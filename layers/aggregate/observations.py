"""Raw observations: Parquet files, read one partition at a time into places (EPSG:4326) and plain columns."""

from __future__ import annotations

import glob
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

ROWS = 250_000
"""Most rows of one partition; what a worker holds at a time grows with it."""

READ_ROWS = 65_536
"""Rows that are decoded at a time, so that a row group of any size fits."""

ENDS = ("origin", "destination")
KIND_OF_COLUMN = {
    "lon": "degrees",
    "lat": "degrees",
    "time": "moment",
    "vehicle_id": "id",
    "speed_kmh": "number",
    "date": "moment",
    "tonnes": "number",
    "value_usd": "number",
    **{f"{end}_{column}": "degrees" for end in ENDS for column in ("lon", "lat")},
    **{f"{end}_region": "id" for end in ENDS},
}
"""Every column that is read, and what its cells must be; all others of a file are passed over."""

NEEDED = {
    "degrees": "numbers, degrees of WGS 84",
    "number": "numbers",
    "id": "text or whole numbers",
    "moment": "timestamps or dates (texts only as YYYY-MM-DD)",
}
"""The kinds of cells in words."""


class FaultyPartition(Exception):
    """A partition that cannot be read: the column at fault ("" for all), what is wrong, what helps."""

    def __init__(self, column: str, problem: str, remedy: str) -> None:
        super().__init__(column, problem, remedy)
        self.column, self.problem, self.remedy = column, problem, remedy


@dataclass(frozen=True)
class Partition:
    """Rows of one file that are read at once: whole row groups, or a part of one that is too large.

    `first` and `last` are row groups, both included; `start` counts rows within them. `shown` is the file as
    the reader knows it. `mark` changes with size, time or footer of the file. `problem` is set for a file
    that cannot be opened at all, whose `rows` are then not known (0).
    """

    path: str
    shown: str
    mark: str
    first: int = 0
    last: int = 0
    start: int = 0
    rows: int = 0
    row_of_file: int = 0
    problem: str = ""

    @property
    def place(self) -> str:
        """The row groups in words."""
        if self.problem:
            return "whole file"
        groups = (
            f"row group {self.first}" if self.first == self.last else f"row groups {self.first}–{self.last}"
        )
        return f"{groups}, rows {self.row_of_file}–{self.row_of_file + max(self.rows, 1) - 1}"


@dataclass(frozen=True)
class Reading:
    """How files are read: `kind` is traces or records, `names` says how a file calls a column of ours, `zone`
    is the time zone in which days and months are counted."""

    kind: str
    zone: str
    names: tuple[tuple[str, str], ...] = ()

    def name_in_file(self, column: str) -> str:
        """What the files call a column."""
        return dict(self.names).get(column, column)


def files_of(pattern: str) -> list[Path]:
    """The Parquet files that a file, folder or glob names, in the order of their names."""
    path = Path(pattern)
    if path.is_dir():
        found = (one for one in path.rglob("*") if one.suffix in (".parquet", ".pq"))
        found = [one for one in found if not any(is_hidden(part) for part in one.relative_to(path).parts)]
    else:
        found = [path] if path.is_file() else [Path(one) for one in glob.glob(pattern, recursive=True)]
    return sorted(one for one in found if one.is_file())


def is_hidden(name: str) -> bool:
    """Whether a name is one of those that writers of Parquet use for what is not data."""
    return name.startswith((".", "_"))


def partitions_of(path: Path, shown: str) -> list[Partition]:
    """The partitions of one file: neighbouring row groups up to ROWS, a larger row group in several parts."""
    mark = mark_of(path)
    try:
        footer = pq.read_metadata(path)
    except (pa.ArrowException, OSError) as error:
        return [Partition(str(path.resolve()), shown, mark, problem=one_line(error))]
    sizes = [footer.row_group(number).num_rows for number in range(footer.num_row_groups)]
    found: list[Partition] = []
    first, begin, held = 0, 0, 0
    for number, rows in enumerate([*sizes, None]):
        if held and (rows is None or held + rows > ROWS):
            for start in range(0, held, ROWS):
                part = (first, number - 1, start, min(ROWS, held - start), begin + start)
                found.append(Partition(str(path.resolve()), shown, mark, *part))
            first, begin, held = number, begin + held, 0
        held += rows or 0
    return found or [Partition(str(path.resolve()), shown, mark)]


def mark_of(path: Path) -> str:
    """What changes when a file does: its size, its time and its footer, which holds the bounds of columns."""
    found = path.stat()
    with path.open("rb") as file:
        file.seek(max(found.st_size - 8, 0))
        length = int.from_bytes(file.read(4), "little")
        file.seek(max(found.st_size - 8 - length, 0))
        footer = hashlib.sha256(file.read(min(length, 1 << 26) + 8)).hexdigest()[:16]
    return f"{found.st_size}-{found.st_mtime_ns}-{footer}"


def kind_of(columns: Iterable[str], names: Mapping[str, str]) -> str:
    """Traces or records, as the columns of a file say; "" where they are neither."""
    there = set(columns)
    has = {column for column in KIND_OF_COLUMN if names.get(column, column) in there}
    if has & {"vehicle_id", "time"} and not any(column.startswith(ENDS) for column in has):
        return "traces"
    return "records" if any(column.startswith(ENDS) for column in has) else ""


def read(partition: Partition, reading: Reading) -> gpd.GeoDataFrame:
    """The rows of a partition: for traces `geometry`, `moment`, `vehicle_id`, `speed_kmh`; for records
    `origin` and `destination` (points), `origin_region` and `destination_region` (None where there is no
    such column), `moment`, `tonnes`, `value_usd`. What a file does not have is NaN or None.

    `moment` is local time. Raises FaultyPartition where a file breaks off or its columns are not those.
    """
    if partition.problem:
        raise FaultyPartition(
            "", f"not a Parquet file that can be read ({partition.problem})", "write it anew"
        )
    try:
        table, geometry = table_of(partition, reading)
    except FileNotFoundError:
        raise  # the machine's fault, not the file's
    except (pa.ArrowException, OSError) as error:
        raise FaultyPartition(
            "", f"breaks off while being read ({one_line(error)})", "write it anew"
        ) from None
    cells = {column: cells_of(table[column], column, reading) for column in table.column_names}
    frame = pd.DataFrame(
        {name: values for name, values in cells.items() if KIND_OF_COLUMN.get(name) != "degrees"}
    )
    frame = frame.reindex(columns=PLAIN_COLUMNS[reading.kind])
    if reading.kind == "traces":
        points = geometry if geometry is not None else gpd.points_from_xy(cells["lon"], cells["lat"])
        return gpd.GeoDataFrame(frame, geometry=points, crs="EPSG:4326")
    for end in ENDS:
        frame[end] = points_of(cells, end, len(frame))
    return gpd.GeoDataFrame(frame, geometry="origin", crs="EPSG:4326")


def points_of(cells: Mapping[str, np.ndarray], end: str, rows: int) -> gpd.GeoSeries:
    """The points of one end of records; none where only regions are stated, or a region beside no numbers."""
    nowhere = np.full(rows, np.nan)
    lon, lat = (cells.get(f"{end}_{column}", nowhere) for column in ("lon", "lat"))
    points = gpd.GeoSeries(gpd.points_from_xy(lon, lat), crs="EPSG:4326")
    if f"{end}_region" in cells or f"{end}_lon" not in cells:
        points = points.where(~(np.isnan(lon) & np.isnan(lat)), None)
    return points


PLAIN_COLUMNS = {
    "traces": ["time", "vehicle_id", "speed_kmh"],
    "records": ["date", "origin_region", "destination_region", "tonnes", "value_usd"],
}
"""The columns of each kind that are no coordinates."""


def empty_frame(reading: Reading) -> gpd.GeoDataFrame:
    """A partition without rows, for Dask to know what partitions look like."""
    frame = pd.DataFrame(index=pd.RangeIndex(0)).reindex(columns=PLAIN_COLUMNS[reading.kind])
    places = ("geometry",) if reading.kind == "traces" else ENDS
    for place in places:
        frame[place] = gpd.GeoSeries([], crs="EPSG:4326")
    return gpd.GeoDataFrame(frame, geometry=places[0], crs="EPSG:4326")


def table_of(partition: Partition, reading: Reading) -> tuple[pa.Table, np.ndarray | None]:
    """The columns that are read, under our names, and the points of GeoParquet without lon and lat."""
    with pq.ParquetFile(partition.path, buffer_size=1 << 20) as file:
        there = set(file.schema_arrow.names)
        wanted = columns_to_read(there, reading)
        has_points = reading.kind == "traces" and "lon" not in wanted
        source = [reading.name_in_file(column) for column in wanted]
        if has_points:
            require_degrees(file.schema_arrow.metadata)
            source.append("geometry")
        groups = range(partition.first, partition.last + 1) if file.num_row_groups else []
        batches, skip, left = [], partition.start, partition.rows
        for batch in file.iter_batches(READ_ROWS, row_groups=list(groups), columns=source):
            here = batch.slice(skip, left)
            skip, left = max(skip - batch.num_rows, 0), left - here.num_rows
            batches.append(here)
            if not left:
                break
        schema = pa.schema([file.schema_arrow.field(name) for name in source])
        table = pa.Table.from_batches([one.select(source) for one in batches], schema).select(source)
    if not has_points:
        return table.rename_columns(wanted), None
    points = gpd.GeoSeries.from_wkb(table["geometry"].to_pandas()).to_numpy()
    return table.select(source[:-1]).rename_columns(wanted), points


def columns_to_read(there: set[str], reading: Reading) -> list[str]:
    """Our names of the columns to read; raises FaultyPartition for those that must be there and are not."""
    known = [column for column in KIND_OF_COLUMN if reading.name_in_file(column) in there]
    if reading.kind == "traces":
        places = [] if "geometry" in there and "lon" not in known else ["lon", "lat"]
        needed, wanted = ["time", "vehicle_id", *places], ["lon", "lat", "speed_kmh"]
    else:
        ends = [end for end in ENDS if any(column.startswith(f"{end}_") for column in known)]
        pairs = [end for end in ends if f"{end}_region" not in known]
        needed = ["date", *(f"{end}_{column}" for end in pairs for column in ("lon", "lat"))]
        wanted = [column for column in known if column.startswith(ENDS)] + ["tonnes", "value_usd"]
        if not ends:
            needed.append("origin_lon")
    for column in needed:
        if column not in known:
            name = reading.name_in_file(column)
            remedy = f"add it, or say what it is called: --columns {column}=NAME (there are {listed(there)})"
            raise FaultyPartition(name, "no such column", remedy)
    return list(dict.fromkeys([*needed, *(column for column in wanted if column in known)]))


def require_degrees(metadata: Mapping[bytes, bytes] | None) -> None:
    """Raise FaultyPartition unless a GeoParquet file says that its points are in degrees of WGS 84."""
    text = (metadata or {}).get(b"geo")
    crs = json.loads(text)["columns"].get("geometry", {}).get("crs") if text else None
    code = ((crs or {}).get("id") or {}) if isinstance(crs, dict) else {}
    if text and (crs is None or (code.get("authority"), str(code.get("code"))) in WGS84_CODES):
        return
    name = crs.get("name", "another one") if isinstance(crs, dict) else "not stated"
    raise FaultyPartition(
        "geometry", f"coordinate system {name}", 'write it in WGS 84: frame.to_crs("EPSG:4326")'
    )


WGS84_CODES = (("EPSG", "4326"), ("OGC", "CRS84"))


def cells_of(column: pa.ChunkedArray, name: str, reading: Reading) -> np.ndarray | pd.Series:
    """The cells of one column by its kind; raises FaultyPartition where its type is another one."""
    kind, type_ = KIND_OF_COLUMN[name], column.type
    if pa.types.is_dictionary(type_):
        column, type_ = column.cast(type_.value_type), type_.value_type
    if kind in ("degrees", "number") and is_number(type_):
        return column.cast(pa.float64()).to_pandas().to_numpy(float)
    if kind == "id" and (pa.types.is_integer(type_) or is_text(type_)):
        return column.cast(pa.string()).to_pandas()
    if kind == "moment" and (pa.types.is_timestamp(type_) or pa.types.is_date(type_)):
        moments = pd.Series(
            pd.to_datetime(column.cast(pa.timestamp("us", getattr(type_, "tz", None))).to_pandas())
        )
        return moments.dt.tz_convert(reading.zone).dt.tz_localize(None) if moments.dt.tz else moments
    if kind == "moment" and is_text(type_):
        return pd.to_datetime(column.to_pandas(), format="%Y-%m-%d", errors="coerce")
    needed = NEEDED[kind]
    raise FaultyPartition(reading.name_in_file(name), f"holds {type_}", f"write it as {needed}")


def is_number(type_: pa.DataType) -> bool:
    """Whether cells are numbers."""
    return pa.types.is_integer(type_) or pa.types.is_floating(type_) or pa.types.is_decimal(type_)


def is_text(type_: pa.DataType) -> bool:
    """Whether cells are texts."""
    return pa.types.is_string(type_) or pa.types.is_large_string(type_) or pa.types.is_string_view(type_)


def listed(names: Iterable[str], most: int = 12) -> str:
    """Some names, in order."""
    some = sorted(names)
    return ", ".join(some[:most]) + (" …" if len(some) > most else "")


def one_line(error: BaseException, longest: int = 160) -> str:
    """The message of an error, on one line and not too long."""
    text = " ".join(str(error).split()) or type(error).__name__
    return text if len(text) <= longest else text[: longest - 1] + "…"
