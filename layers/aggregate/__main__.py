"""`python -m layers.aggregate --observations PATH --out FOLDER`: indicators out of raw observations."""

from __future__ import annotations

import argparse
import os
import re
import sys
import zoneinfo
from collections.abc import Sequence
from pathlib import Path

USAGE = """
Two kinds of Parquet files are understood, told apart by their columns.

traces: one row per position of a vehicle
  lon, lat      degrees, WGS 84 (or the points of a GeoParquet file in WGS 84)
  time          timestamp; one without a zone is taken as local time (--zone)
  vehicle_id    text or whole number
  speed_kmh     km/h, may be missing

records: one row per consignment, with an origin, a destination or both
  date                      date, timestamp or YYYY-MM-DD
  origin_region             region_id of the atlas (UZ-TK); empty for places elsewhere
  origin_lon, origin_lat    degrees, WGS 84; with a region as well they serve nearness to lines only
  destination_…             the same
  tonnes, value_usd         tonnes and US dollars, may be missing or empty

FOLDER/tables gets region_indicators, corridor_metrics, segment_metrics and, for records, region_pairs, each
as CSV and Parquet, and manifest.json, which tells how they were computed and from what. FOLDER/.parts keeps
what is counted (vehicle ids included): the same command goes on where it was stopped, and counts only files
that are new or changed. Exit status: 0 done, 1 faulty observations, 2 unusable question, 3 machines at fault,
130 stopped.
"""


UNITS_MIB = {"MiB": 1, "GiB": 1024}
LEAST_MIB = 768
"""What a worker holds with its packages and one partition of dense traces, with something to spare."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Aggregate as the command line says; faults and troubles go to standard error, in words."""
    parser = parser_of()
    asked = parser.parse_args(arguments)
    sys.stderr.reconfigure(errors="backslashreplace")  # a console may lack the letters of a name
    if not 0.1 <= asked.within_km <= 100:
        parser.error("--within-km is 0.1 to 100")
    if asked.workers < 1:
        parser.error("--workers is 1 or more")
    try:
        from layers.aggregate import aggregation
    except ModuleNotFoundError as error:
        return told(f"{error.name} is missing: pip install -r layers/aggregate/requirements.txt", 2)
    return answered(asked, aggregation)


def parser_of() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m layers.aggregate",
        description="Indicators of regions and corridors out of GPS traces or freight records.",
        epilog=USAGE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add(
        "--observations", required=True, metavar="PATH", help="a Parquet file, a folder of them, or a pattern"
    )
    add("--out", required=True, type=Path, metavar="FOLDER", help="where tables and finished parts go")
    add(
        "--data", type=Path, default=Path("geodata"), metavar="DIR", help="data folder of the atlas (geodata)"
    )
    add("--period", choices=("month", "year"), default="month", help="what is summed (month)")
    add("--within-km", type=float, default=5.0, metavar="KM", help="what is near a line (5)")
    add(
        "--modes",
        type=modes,
        default=("rail", "road"),
        help="lines that count: rail, road or both (rail,road)",
    )
    add(
        "--zone",
        type=zone,
        default="Asia/Tashkent",
        help="time zone of days and months (Asia/Tashkent, UTC+5)",
    )
    add("--columns", type=renamed, default=(), metavar="OURS=NAME,…", help="what the files call our columns")
    add("--leave-out-faulty", action="store_true", help="leave out faulty rows and partitions, and name them")
    add("--scheduler", default="", metavar="tcp://…", help="a Dask cluster that runs; without, this machine")
    add("--workers", type=int, default=min(os.cpu_count() or 1, 8), help="worker processes on this machine")
    add("--memory", type=memory, default="2GiB", metavar="SIZE", help="the most that each may hold (2GiB)")
    return parser


def modes(text: str) -> tuple[str, ...]:
    """Modes by land, each once."""
    found = tuple(dict.fromkeys(text.split(",")))
    if not set(found) <= {"rail", "road"}:
        raise argparse.ArgumentTypeError("rail, road or rail,road")
    return found


def zone(text: str) -> str:
    """The name of a time zone that there is."""
    try:
        zoneinfo.ZoneInfo(text)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        raise argparse.ArgumentTypeError(
            f"no such time zone: {text}; for example Asia/Almaty or UTC"
        ) from None
    return text


def memory(text: str) -> str:
    """An amount of memory that is enough for a worker."""
    amount = re.fullmatch(r"(\d+)(MiB|GiB)", text)
    if not amount or int(amount[1]) * UNITS_MIB[amount[2]] < LEAST_MIB:
        raise argparse.ArgumentTypeError(f"a whole number of MiB or GiB, at least {LEAST_MIB}MiB")
    return text


def renamed(text: str) -> tuple[tuple[str, str], ...]:
    """Pairs of our name and theirs."""
    pairs = tuple(tuple(pair.split("=", 1)) for pair in text.split(","))
    if not all(len(pair) == 2 and all(pair) for pair in pairs):
        raise argparse.ArgumentTypeError("OURS=NAME, for example vehicle_id=truck,time=ts")
    return pairs


def answered(asked: argparse.Namespace, aggregation) -> int:
    """Do what is asked and return the exit status."""
    from layers.aggregate.cluster import ClusterError
    from layers.contract import DataError
    from layers.contract.faults import counted

    machines = ("scheduler", "workers", "memory")
    facts = vars(asked)
    cluster = aggregation.Cluster(**{name: facts.pop(name) for name in machines})
    try:
        manifest = aggregation.aggregate(aggregation.Question(**facts), cluster)
    except aggregation.FaultyObservations as error:
        return told(f"{error}\n{counted(len(error.faults))}, nothing written; {WAY_OUT}", 1)
    except (aggregation.UnusableInput, OverflowError) as error:
        return told(str(error), 2)
    except DataError as error:
        return told(f"the data folder of the atlas is faulty:\n{error}", 2)
    except ClusterError as error:
        return told(f"{error}\n{GO_ON}", 3)
    except OSError as error:
        return told(f"{error.filename or asked.out}: {error.strerror or error}\n{GO_ON}", 3)
    except KeyboardInterrupt:
        return told(f"stopped\n{GO_ON}", 130)
    return told(summary(manifest, asked.out), 0)


WAY_OUT = "mend them and run again, or leave them out by --leave-out-faulty"
GO_ON = "What is counted is kept: the same command goes on from there."


def summary(manifest: dict, out: Path) -> str:
    """What was done, and what was left out of it."""
    rows = manifest["rows"]
    lines = [
        f"left out: {one['file']}, {one['place']}, {one['column']}: {one['problem']}"
        for one in manifest["left_out"]
    ]
    outside, left_out = rows["outside_all_regions"], rows["left_out"]
    lines.append(f"{rows['counted']:,} of {rows['read']:,} rows counted, {left_out:,} left out")
    lines.append(f"{outside:,} of those counted lie outside all regions")
    return "\n".join([*lines, f"{out / 'tables'}"])


def told(text: str, status: int) -> int:
    """Write to standard error and return the exit status."""
    sys.stderr.write(text + "\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
