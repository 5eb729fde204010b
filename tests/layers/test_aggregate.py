"""Observations placed on real regions and lines, counted on a real Dask cluster in a process of its own."""

from __future__ import annotations

import json
import pickle
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from pyproj import Geod

import layers
from layers.aggregate import aggregation, cluster, observations, parts
from layers.aggregate.__main__ import main
from layers.contract.tables import CORRIDOR_METRICS, REGION_INDICATORS
from tests.processes import ROOT, started

WGS84 = Geod(ellps="WGS84")
NEAR_KM = 5

SERVE = """
import sys
from dask.distributed import LocalCluster
if __name__ == "__main__":
    cluster = LocalCluster(n_workers=2, processes=False, protocol="tcp", dashboard_address=None)
    print("address", cluster.scheduler_address, flush=True)
    sys.stdin.read()
"""

STOP_AFTER_TWO = """
import pickle, signal, sys
from pathlib import Path
from layers.aggregate import aggregation, parts
aggregation.load = lambda folder: pickle.loads(folder.read_bytes())
keep, kept = parts.Parts.keep, []
def keep_two(self, *arguments):
    keep(self, *arguments)
    kept.append(1)
    if len(kept) == 2:
        print("two are kept", flush=True)
        signal.pause()
parts.Parts.keep = keep_two
if __name__ == "__main__":
    question = aggregation.Question(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
    aggregation.aggregate(question, aggregation.Cluster(workers=1, processes=False))
"""


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a cluster in another process."""
    with subprocess.Popen(
        [sys.executable, "-c", SERVE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        yield process.stdout.readline().split()[1]
        process.kill()


@pytest.fixture
def count(
    scheduler: str, atlas: layers.Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., int]:
    """The command with its output in tmp_path/out; the data folder is read once for all tests."""
    monkeypatch.setattr(aggregation, "load", lambda folder: atlas)

    def run(source: Path, *more: str) -> int:
        return main(
            ["--observations", str(source), "--out", str(tmp_path / "out"), "--scheduler", scheduler, *more]
        )

    return run


@pytest.fixture(scope="module")
def traces(atlas: layers.Atlas) -> pd.DataFrame:
    """3,000 positions of 100 vehicles in three months: anywhere in the two countries, near lines, on borders
    and in the sea west of them."""
    chance = np.random.default_rng(7)
    west, south, east, north = atlas.regions.total_bounds
    anywhere = np.column_stack([chance.uniform(west, east, 1400), chance.uniform(south, north, 1400)])
    land = atlas.segments[atlas.segments["mode"].ne("sea")]
    corners = shapely.get_coordinates(land.geometry.to_numpy())
    beside = corners[chance.integers(len(corners), size=1500)] + chance.normal(0, 0.04, (1500, 2))
    borders = shapely.get_coordinates(atlas.regions.geometry.to_numpy())
    places = np.concatenate([anywhere, beside, borders[chance.integers(len(borders), size=100)]])
    return pd.DataFrame(
        {
            "lon": places[:, 0],
            "lat": places[:, 1],
            "time": pd.Timestamp("2025-01-01")
            + pd.to_timedelta(chance.integers(90 * 86400, size=len(places)), unit="s"),
            "vehicle_id": [f"truck {number}" for number in chance.integers(100, size=len(places))],
            "speed_kmh": np.where(
                chance.random(len(places)) < 0.1, np.nan, chance.gamma(2, 15, len(places)).round(1)
            ),
        }
    ).sample(frac=1, random_state=7, ignore_index=True)


def written(folder: Path, **frames: pd.DataFrame) -> Path:
    """A folder with one Parquet file per frame."""
    folder.mkdir()
    for name, frame in frames.items():
        frame.to_parquet(folder / f"{name}.parquet", index=False, row_group_size=700)
    return folder


def table(tmp_path: Path, name: str, out: str = "out") -> pd.DataFrame:
    """A table as written; CSV and Parquet hold the same."""
    frame = pd.read_parquet(tmp_path / out / "tables" / f"{name}.parquet")
    spelt = pd.read_csv(tmp_path / out / "tables" / f"{name}.csv", keep_default_na=False, dtype=str)
    assert list(spelt.columns) == list(frame.columns)
    assert len(spelt) == len(frame)
    return frame


def manifest(tmp_path: Path) -> dict:
    return json.loads((tmp_path / "out" / "tables" / "manifest.json").read_text("utf-8"))


def values(frame: pd.DataFrame, **cells: str) -> list[float]:
    """The values of the rows that hold these cells."""
    for column, cell in cells.items():
        frame = frame[frame[column].eq(cell)]
    return list(frame["value"])


def test_it_counts_as_plain_geopandas_does_in_one_go(count, tmp_path, atlas, traces):
    pieces = {f"part-{number}": traces.iloc[number * 1000 : (number + 1) * 1000] for number in range(3)}
    assert count(written(tmp_path / "traces", **pieces)) == 0
    points = gpd.GeoDataFrame(
        traces.assign(period=traces["time"].dt.strftime("%Y-%m")),
        geometry=gpd.points_from_xy(traces["lon"], traces["lat"]),
        crs="EPSG:4326",
    )
    joined = gpd.sjoin(points, atlas.regions[["geometry"]], predicate="intersects").reset_index(names="row")
    joined = joined.sort_values(["row", "region_id"]).drop_duplicates("row")
    by_region = joined.groupby(["region_id", "period"])["vehicle_id"]
    found = table(tmp_path, "region_indicators").pivot(
        index=["region_id", "period"], columns="indicator", values="value"
    )
    expected = pd.DataFrame({"vehicle_positions": by_region.size(), "vehicles": by_region.nunique()})
    pd.testing.assert_frame_equal(
        found, expected.astype(float), check_names=False, check_index_type=False, check_column_type=False
    )
    near = points.reset_index(names="row").merge(near_segments(points, atlas), on="row")
    moving = near["speed_kmh"].ge(5)
    near = near.assign(moving=near["speed_kmh"].where(moving), known=near["speed_kmh"].notna())
    groups = near.groupby(["segment_id", "period"])
    expected = pd.DataFrame(
        {
            "vehicle_positions": groups.size().astype(float),
            "vehicles": groups["vehicle_id"].nunique().astype(float),
            "speed_kmh": groups["moving"].mean().round(2),
            "standing_share_pct": (100 - 100 * groups["moving"].count() / groups["known"].sum()).round(2),
        }
    )
    found = table(tmp_path, "segment_metrics").set_index(["segment_id", "period"])[list(expected.columns)]
    assert len(found) > 300
    pd.testing.assert_frame_equal(found, expected, check_index_type=False, atol=0.011, rtol=0)
    whole = ["vehicle_positions", "vehicles"]
    pd.testing.assert_frame_equal(found[whole], expected[whole], check_index_type=False, check_exact=True)


def near_segments(points: gpd.GeoDataFrame, atlas: layers.Atlas) -> pd.DataFrame:
    """row and segment_id of each position within NEAR_KM of a line by land, found point by point: the foot on
    the line where the earth is flat around the point, then its geodesic distance."""
    lines = atlas.segments[atlas.segments["mode"].ne("sea")].geometry.segmentize(0.05)
    around = [(places - 0.15).to_numpy() for places in (points["lon"], points["lat"])]
    boxes = gpd.GeoDataFrame(geometry=shapely.box(*around, *(side + 0.3 for side in around)), crs=lines.crs)
    pairs = gpd.sjoin(boxes, gpd.GeoDataFrame(geometry=lines))
    found = []
    for row, segment_id in zip(pairs.index, pairs["segment_id"], strict=True):
        here = points.geometry[row]
        flat = [np.cos(np.radians(here.y)), 0, 0, 1, 0, 0]
        line, point = (shapely.affinity.affine_transform(one, flat) for one in (lines[segment_id], here))
        foot = line.interpolate(line.project(point))
        km = WGS84.inv(here.x, here.y, foot.x / flat[0], foot.y)[2] / 1000
        if km <= NEAR_KM:
            found.append((row, segment_id))
    return pd.DataFrame(found, columns=["row", "segment_id"])


def test_order_and_division_of_the_files_change_nothing(count, tmp_path, traces, monkeypatch):
    assert count(written(tmp_path / "one", all=traces)) == 0
    tables = sorted((tmp_path / "out" / "tables").glob("*.csv"))
    before = {path.name: path.read_bytes() for path in tables}
    turned = traces.iloc[::-1]
    monkeypatch.setattr(observations, "ROWS", 500)  # less than a row group
    monkeypatch.setattr(parts, "ROWS_AT_ONCE", 1000)
    folder = written(tmp_path / "other", z=turned[:900], a=turned[900:])
    assert count(folder) == 0
    assert len(list((tmp_path / "out" / ".parts").iterdir())) >= 6
    assert {path.name: path.read_bytes() for path in tables} == before
    assert len(before) == 3


def test_known_places_are_counted_where_they_are(count, tmp_path, atlas):
    line = atlas.segments.geometry["SEG-001"]
    middle = line.interpolate(0.5, normalized=True)
    along = WGS84.inv(middle.x, middle.y, *line.interpolate(0.51, normalized=True).coords[0])[0]
    beside, too_far = (WGS84.fwd(middle.x, middle.y, along + 90, km * 1000)[:2] for km in (4.95, 5.05))
    chimgan = (70.05, 41.55)
    frame = pd.DataFrame([chimgan] * 10 + [beside] * 5 + [too_far], columns=["longitude", "lat"])
    frame["time"] = pd.Timestamp("2025-01-31 20:30", tz="UTC")  # February in Tashkent
    frame["vehicle_id"] = [1, 2] * 8
    source = written(tmp_path / "traces", all=frame)
    assert count(source, "--columns", "lon=longitude") == 0
    regions = table(tmp_path, "region_indicators")
    assert set(regions["region_id"]) == {"UZ-TO"}
    assert list(regions.columns) == list(REGION_INDICATORS.columns)
    assert values(regions, indicator="vehicle_positions", period="2025-02") == [10]
    assert values(regions, indicator="vehicles") == [2]
    assert set(regions["note"]) == {"observed from 2025-02-01 to 2025-02-01 only"}
    corridors = table(tmp_path, "corridor_metrics")
    assert list(corridors.columns) == list(CORRIDOR_METRICS.columns)
    for corridor_id in atlas.segments.at["SEG-001", "corridor_ids"]:
        assert values(corridors, corridor_id=corridor_id, metric="vehicle_positions") == [5]
    assert "speed" not in set(corridors["metric"])
    told = manifest(tmp_path)
    assert told["rows"] == {"read": 16, "counted": 16, "outside_all_regions": 6, "left_out": 0}
    assert told["atlas"]["version"] == atlas.version
    assert told["files"] == [
        {"name": "all.parquet", "bytes": (source / "all.parquet").stat().st_size, "rows": 16}
    ]


def test_records_give_tonnes_value_and_pairs_of_regions(count, tmp_path):
    tashkent, almaty = (69.28, 41.31), (76.93, 43.25)
    frame = pd.DataFrame(
        [
            (*tashkent, "KZ-75", "2024-03-05", 0.1, 4.35),
            (*tashkent, "KZ-75", "2024-06-01", 0.2, np.nan),
            (*almaty, "UZ-TK", "2025-01-01", 40.0, np.nan),
            (*almaty, "", "2025-12-31", np.nan, np.nan),
        ],
        columns=["origin_lon", "origin_lat", "destination_region", "date", "tonnes", "value_usd"],
    )
    assert count(written(tmp_path / "records", all=frame), "--period", "year") == 0
    regions = table(tmp_path, "region_indicators")
    assert values(regions, region_id="UZ-TK", indicator="freight_sent", period="2024") == [0.3]
    assert values(regions, region_id="UZ-TK", indicator="freight_value_sent") == [4.35]
    assert values(regions, region_id="KZ-75", indicator="consignments_received") == [2]
    assert values(regions, region_id="KZ-75", indicator="consignments_sent", period="2025") == [2]
    assert values(regions, region_id="UZ-TK", indicator="freight_received", period="2025") == [40]
    pairs = table(tmp_path, "region_pairs")
    ends = zip(pairs["from_region_id"], pairs["to_region_id"], pairs["consignments_between"], strict=True)
    assert list(ends) == [("KZ-75", "", 1), ("KZ-75", "UZ-TK", 1), ("UZ-TK", "KZ-75", 2)]
    assert pd.isna(pairs["freight_between_t"][0])
    assert list(pairs["freight_between_t"][1:]) == [40, 0.3]
    near = table(tmp_path, "corridor_metrics")
    assert values(near, corridor_id="trans-caspian", metric="consignments_nearby", period="2024") == [2]
    assert "cargo_volume" not in set(near["metric"])


def test_points_of_geoparquet_count_in_wgs84_only(count, tmp_path, traces, capsys):
    points = gpd.GeoDataFrame(
        traces[:20].drop(columns=["lon", "lat"]),
        geometry=gpd.points_from_xy(traces["lon"][:20], traces["lat"][:20]),
        crs="EPSG:4326",
    )
    (tmp_path / "traces").mkdir()
    points.to_parquet(tmp_path / "traces" / "degrees.parquet")
    assert count(tmp_path / "traces") == 0
    assert manifest(tmp_path)["rows"]["counted"] == 20
    points.to_crs("EPSG:3857").to_parquet(tmp_path / "traces" / "metres.parquet")
    assert count(tmp_path / "traces") == 1
    said = capsys.readouterr().err
    assert (
        "metres.parquet, row group 0, rows 0–19, geometry: coordinate system WGS 84 / Pseudo-Mercator" in said
    )
    assert manifest(tmp_path)["rows"]["counted"] == 20  # what was written before still stands, whole


def faulty_folder(folder: Path, traces: pd.DataFrame) -> Path:
    """Files that are faulty in all the ways told of, beside a good one."""
    some = traces[:100]
    broken = some.copy()
    broken.loc[[3, 5], "lat"] = [np.nan, 91]
    broken.loc[7, ["lon", "lat"]] = 0
    broken.loc[9, "vehicle_id"] = None
    broken.loc[11, "speed_kmh"] = -1
    written(
        folder,
        good=some,
        rows=broken,
        nameless=some.drop(columns="vehicle_id"),
        texts=some.assign(lon=some["lon"].astype(str)),
        swapped=some.assign(lon=41.31, lat=69.28),
        metres=some.assign(lon=some["lon"] * 1e5, lat=some["lat"] * 1e5),
        torn=some,
        middle=some,
    )
    (folder / "torn.parquet").write_bytes((folder / "torn.parquet").read_bytes()[:-100])
    content = bytearray((folder / "middle.parquet").read_bytes())
    content[4:600] = bytes(596)
    (folder / "middle.parquet").write_bytes(content)
    return folder


def test_faults_are_named_and_left_out_only_when_asked(count, tmp_path, traces, capsys):
    folder = faulty_folder(tmp_path / "traces", traces)
    assert count(folder) == 1
    said = capsys.readouterr().err
    assert not (tmp_path / "out" / "tables").exists()
    for named in (
        "torn.parquet, whole file: not a Parquet file that can be read",
        "middle.parquet, row group 0, rows 0–99: breaks off",
        "nameless.parquet, row group 0, rows 0–99, vehicle_id: no such column; add it, or say",
        "texts.parquet, row group 0, rows 0–99, lon: holds",
        "longitude and latitude stand in each other's place; exchange them",
        "probably metres of a projection",
        "lon, lat: empty or not finite in 1 row, first in row 3",
        "91): no place",
        "0, 0, as of a receiver without a fix in 1 row, first in row 7",
        "vehicle_id: empty in 1 row, first in row 9",
        "speed_kmh: not between 0 and 500 km/h in 1 row, first in row 11",
        "11 faults found, nothing written",
    ):
        assert named.split("91): ")[-1] in said, named
    kept = {path: path.stat().st_mtime_ns for path in (tmp_path / "out" / ".parts").iterdir()}
    assert count(folder, "--leave-out-faulty") == 0
    assert {path: path.stat().st_mtime_ns for path in kept} == kept
    told = manifest(tmp_path)
    assert told["rows"]["counted"] == 195
    assert told["rows"]["left_out"] == 505
    assert sorted({one["file"] for one in told["left_out"]}) == [
        f"{name}.parquet" for name in ("metres", "middle", "nameless", "rows", "swapped", "texts", "torn")
    ]
    assert "left out: torn.parquet" in capsys.readouterr().err


def test_a_changed_file_is_counted_anew_and_others_are_not(count, tmp_path, traces):
    folder = written(tmp_path / "traces", a=traces[:50], b=traces[50:100])
    assert count(folder) == 0
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out" / ".parts").iterdir()}
    traces[50:90].to_parquet(folder / "b.parquet", index=False)
    assert count(folder) == 0
    after = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out" / ".parts").iterdir()}
    assert len(before) == len(after) == 2
    assert len(before.items() & after.items()) == 1
    assert manifest(tmp_path)["rows"]["counted"] == 90


def test_a_killed_run_goes_on(count, tmp_path, traces, atlas):
    (tmp_path / "atlas").write_bytes(pickle.dumps(atlas))  # quicker than reading the data folder
    pieces = {f"part-{number}": traces[number * 100 : (number + 1) * 100] for number in range(5)}
    folder, out = written(tmp_path / "traces", **pieces), tmp_path / "out"
    with started(
        ["-c", STOP_AFTER_TWO, str(folder), str(out), str(tmp_path / "atlas")], tmp_path / "log"
    ) as program:
        program.line("two are kept")
        program.end(signal.SIGKILL)
    kept = {path: path.stat().st_mtime_ns for path in (out / ".parts").glob("*.parquet")}
    assert len(kept) == 2
    assert not (out / "tables").exists()
    assert count(folder) == 0
    assert {path: path.stat().st_mtime_ns for path in kept} == kept
    assert manifest(tmp_path)["rows"]["counted"] == 500


def test_trouble_with_machines_is_told_in_words(count, tmp_path, traces, capsys, monkeypatch):
    monkeypatch.setattr(cluster, "PATIENCE", "500ms")
    folder = written(tmp_path / "traces", a=traces[:50])
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
    assert count(folder, "--scheduler", nobody) == 3
    assert f"no Dask scheduler answers at {nobody}" in capsys.readouterr().err
    assert count(tmp_path / "nothing") == 2
    assert "no Parquet file at" in capsys.readouterr().err
    pd.DataFrame({"a": [1]}).to_parquet(tmp_path / "other.parquet")
    assert count(tmp_path / "other.parquet") == 2
    assert "has the columns of traces (lon, lat, time, vehicle_id)" in capsys.readouterr().err
    (tmp_path / "out").rename(tmp_path / "elsewhere")
    (tmp_path / "out").write_text("a file")
    assert count(folder) == 3
    assert str(tmp_path / "out") in capsys.readouterr().err
