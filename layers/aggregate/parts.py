"""Tallies of finished partitions, kept below the output so that a stopped run can go on."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import shapely

from layers.aggregate.observations import Partition
from layers.aggregate.tallies import AREA_KEYS, KEYS, SUMS, Tally

FOLDER = ".parts"
ABOUT = b"about"

BUCKETS = 256
"""Vehicles are divided by their ids, so that their rows can be put together a share at a time."""

ROWS_AT_ONCE = 500_000
"""Rows of kept tallies that are put together at a time."""

LARGEST_SUM = 9e18

COUNTED_BY = ("geopandas", "shapely", "pandas", "pyproj")
"""The packages that can change a result."""


def code_version() -> str:
    """What changes with the code that counts, or with the packages that it counts by."""
    mark = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        mark.update(path.read_bytes())
    mark.update(repr([metadata.version(name) for name in COUNTED_BY]).encode())
    return mark.hexdigest()[:16]


def areas_version(areas: gpd.GeoDataFrame) -> str:
    """What changes with any area that is counted in."""
    mark = hashlib.sha256(repr([list(areas[name]) for name in ("group", "place", "corridor_ids")]).encode())
    for shape in shapely.to_wkb(areas.geometry.to_numpy()):
        mark.update(shape)
    return mark.hexdigest()[:16]


class Parts:
    """The kept tallies of one output folder; `question` is all that decides a tally beside its partition."""

    def __init__(self, folder: Path, question: Iterable[object]) -> None:
        self.folder = folder / FOLDER
        self.question = repr([*question, code_version()])
        self.folder.mkdir(parents=True, exist_ok=True)

    def path(self, partition: Partition) -> Path:
        """The file of a partition, whose name changes with what the partition is and what is asked."""
        mark = hashlib.sha256(f"{self.question}|{partition!r}".encode()).hexdigest()[:32]
        return self.folder / f"{mark}.parquet"

    def keep(self, partition: Partition, tally: Tally) -> None:
        """Write the tally of a partition, whole or not at all."""
        path = self.path(partition)
        bucket = (pd.util.hash_array(tally.sums["vehicle_id"].to_numpy(object)) % BUCKETS).astype("uint8")
        sums = tally.sums.assign(bucket=bucket).sort_values(["bucket", *KEYS], ignore_index=True)
        table = pa.Table.from_pandas(sums, SCHEMA, preserve_index=False)
        draft = path.with_suffix(f".{os.getpid()}.draft")
        try:
            about = {ABOUT: tally.about().encode()}
            pq.write_table(table.replace_schema_metadata(about), draft, row_group_size=65_536)
            os.replace(draft, path)
        finally:
            draft.unlink(missing_ok=True)

    def told(self, partition: Partition) -> Tally | None:
        """The kept tally of a partition without its sums; None where there is none."""
        try:
            return Tally.restored(None, pq.read_metadata(self.path(partition)).metadata[ABOUT].decode())
        except (OSError, KeyError, ValueError, TypeError, pa.ArrowException):
            return None

    def together(self, partitions: Iterable[Partition]) -> Iterator[pd.DataFrame]:
        """The sums of all partitions by AREA_KEYS with `vehicles`, how many different ones there were.

        A share of the vehicles at a time; each vehicle is in one share, so that shares add up.
        """
        paths = [str(self.path(partition)) for partition in partitions]
        kept = ds.dataset(paths, schema=SCHEMA, format="parquet")
        shares = min(max(-(-kept.count_rows() // ROWS_AT_ONCE), 1), BUCKETS)
        for share in range(shares):
            low, high = (BUCKETS * number // shares for number in (share, share + 1))
            within = (ds.field("bucket") >= low) & (ds.field("bucket") < high)
            rows = kept.to_table([*KEYS, *SUMS], filter=within, batch_readahead=1, fragment_readahead=1)
            require_countable(rows)
            each = grouped(rows, KEYS, SUMS)
            is_vehicle = pc.cast(pc.not_equal(each["vehicle_id"], ""), pa.int64())
            yield grouped(
                each.append_column("vehicles", is_vehicle), AREA_KEYS, [*SUMS, "vehicles"]
            ).to_pandas()

    def forget_others(self, partitions: Iterable[Partition]) -> None:
        """Delete what is kept of other inputs and other questions."""
        needed = {self.path(partition).name for partition in partitions}
        for path in self.folder.iterdir():
            if path.name not in needed:
                path.unlink(missing_ok=True)


def grouped(rows: pa.Table, keys: list[str], sums: list[str]) -> pa.Table:
    """One row per key with the sums of some columns."""
    return rows.group_by(keys).aggregate([(name, "sum") for name in sums]).rename_columns([*keys, *sums])


def require_countable(table: pa.Table) -> None:
    """Raise OverflowError where sums could pass what a whole number of 64 bits holds."""
    for column in SUMS:
        if (pc.sum(pc.cast(table[column], pa.float64())).as_py() or 0) > LARGEST_SUM:
            raise OverflowError(f"the sum of {column} is past {LARGEST_SUM:g}: amounts are in another unit")


SCHEMA = pa.schema(
    [
        ("bucket", pa.uint8()),
        *((column, pa.string()) for column in KEYS),
        *((column, pa.int64()) for column in SUMS),
    ]
)
