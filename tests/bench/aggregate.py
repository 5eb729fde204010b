"""Speed and memory of `python -m layers.aggregate`: `python -m tests.bench.aggregate [MILLIONS] [WORKERS]`.

Writes so many million made-up positions (5 when left out) of 20,000 vehicles as Parquet files of a million
rows each, counts them on so many workers (2 when left out) of 1 GiB each, twice, and reports rows a second
and the peak memory of each process. Most vehicles stay near lines of the atlas, the others anywhere.
"""

import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
import psutil
import shapely

import app
import layers

ROWS = 1_000_000
VEHICLES = 20_000
NEAR = 0.7
MEMORY = "1GiB"


def main() -> None:
    """Write, count, report."""
    millions, workers = (int(text) for text in [*sys.argv[1:], *("5", "2")[len(sys.argv) - 1 :]])
    with tempfile.TemporaryDirectory() as folder:
        write_traces(layers.load(app.data_folder()), Path(folder) / "traces", millions)
        size = sum(path.stat().st_size for path in Path(folder).rglob("*.parquet"))
        print(f"{millions} million positions in {millions} files, {size / 1e6:.0f} MB")
        counted(Path(folder), millions * ROWS, workers)
        counted(Path(folder), millions * ROWS, workers)


def counted(folder: Path, rows: int, workers: int) -> None:
    """Run the command once and print what it took."""
    command = [sys.executable, "-m", "layers.aggregate", "--observations", str(folder / "traces")]
    command += ["--out", str(folder / "out"), "--workers", str(workers), "--memory", MEMORY]
    began = time.perf_counter()
    process = subprocess.Popen([*command], stderr=subprocess.PIPE, text=True)
    peaks = peak_memory(process)
    said = process.stderr.read()
    taken = time.perf_counter() - began
    if process.returncode:
        sys.exit(said)
    peaks = ", ".join(f"{peak / 2**20:.0f}" for peak in sorted(peaks.values(), reverse=True)[: workers + 1])
    print(f"{taken:.1f} s, {rows / taken:,.0f} rows/s in all; peaks of processes {peaks} MiB")
    print(re.split(r"[\r\n]+", said.strip())[-4])


def peak_memory(process: subprocess.Popen) -> dict[int, int]:
    """The most that the command and each of its workers held, bytes by process id."""
    peaks: dict[int, int] = {}
    root = psutil.Process(process.pid)
    while process.poll() is None:
        for one in [root, *root.children(recursive=True)]:
            try:
                peaks[one.pid] = max(peaks.get(one.pid, 0), one.memory_info().rss)
            except psutil.NoSuchProcess:
                continue
        time.sleep(0.1)  # between two looks at the memory of other processes
    return peaks


def write_traces(atlas: layers.Atlas, folder: Path, files: int) -> None:
    """Files of made-up positions, always the same ones."""
    folder.mkdir(parents=True)
    land = atlas.segments[atlas.segments["mode"].ne("sea")]
    corners = shapely.get_coordinates(land.geometry.segmentize(0.05).to_numpy())
    west, south, east, north = atlas.regions.total_bounds
    for number in range(files):
        chance = np.random.default_rng(number)
        anywhere = np.column_stack([chance.uniform(west, east, ROWS), chance.uniform(south, north, ROWS)])
        beside = corners[chance.integers(len(corners), size=ROWS)] + chance.normal(0, 0.05, (ROWS, 2))
        places = np.where(chance.random((ROWS, 1)) < NEAR, beside, anywhere)
        begin = np.datetime64("2025-01-01") + np.timedelta64(30 * number, "D")
        frame = pd.DataFrame(
            {
                "lon": places[:, 0],
                "lat": places[:, 1],
                "time": begin + chance.integers(30 * 86400, size=ROWS).astype("timedelta64[s]"),
                "vehicle_id": np.char.add("V", chance.integers(VEHICLES, size=ROWS).astype(str)),
                "speed_kmh": chance.gamma(4, 12, ROWS).round(1),
            }
        )
        frame.to_parquet(folder / f"traces-{number:03}.parquet", index=False, row_group_size=100_000)


if __name__ == "__main__":
    main()
