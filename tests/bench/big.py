"""A big data folder: `python -m tests.bench.big FOLDER`; `--help` names the numbers of rows.

Copies the real data and adds what is made up, always the same: sites up to 100,000, most of them crowded
around the centres of regions, regions of the second level up to 3,000 with a million vertices, segments with
their lines up to 50,000; 0 leaves a table as it is. `python app.py --data FOLDER` shows them.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

import app
from tests.bench import big_network, big_regions
from tests.bench.big_names import made_up_names

IN_TOWN, ON_ONE_SPOT = 0.6, 0.05
TOWN = 0.25
"""Degrees around a centre, one standard deviation."""

LONG_TEXTS = 20
"""One made-up site in so many has the texts of a real one; the others have none."""

SHORT_FACTS = ("kind", "location_precision", "sectors", "status", "area_ha", "jobs", "source_ids")
TRIES = 12


@dataclass(frozen=True)
class Size:
    """How many rows there are in all; 0 leaves a table as it is."""

    sites: int = 100_000
    regions: int = 3_000
    vertices: int = 1_000_000
    segments: int = 50_000


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the folder that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.big", description="Make a big data folder.")
    parser.add_argument("folder", type=Path)
    for name, default in Size().__dict__.items():
        parser.add_argument(f"--{name}", type=int, default=default, help=f"{default:,} when left out")
    asked = vars(parser.parse_args(arguments))
    folder = asked.pop("folder")
    write_folder(app.data_folder(), folder, Size(**asked))
    print(folder)


def write_folder(source: Path, folder: Path, size: Size) -> None:
    """Copy the data files of `source` into a new folder and make it as big as that; always the same."""
    chance = np.random.default_rng(7)
    folder.mkdir(parents=True)
    for path in source.iterdir():
        if path.suffix in (".csv", ".geojson"):
            shutil.copyfile(path, folder / path.name)
    if (source / "decks").is_dir():
        shutil.copytree(source / "decks", folder / "decks")
    outlines = gpd.read_file(source / "regions.geojson").set_index("region_id")[["geometry"]]
    real = rows_of(folder, "regions").set_index("region_id")
    centres = real[["centre_lon", "centre_lat"]].astype(float)
    regions = outlines.loc[real.index].join(centres).join(real["country_iso3"])
    pieces = regions.assign(parent=regions.index, lon=centres["centre_lon"], lat=centres["centre_lat"])
    if size.segments:
        add_nets(folder, regions.join(real.filter(like="name_")), size.segments, chance)
    if size.regions:
        pieces = big_regions.cut(regions, size.regions, size.vertices, chance)
        pieces["country_iso3"] = regions["country_iso3"].loc[pieces["parent"]].to_numpy()
        cut_regions(folder, pieces)
    if size.sites:
        add_sites(folder, pieces, size.sites, chance)


def rows_of(folder: Path, table: str) -> pd.DataFrame:
    """A table as texts."""
    return pd.read_csv(folder / f"{table}.csv", dtype=str, keep_default_na=False)


def write(folder: Path, table: str, *parts: pd.DataFrame) -> None:
    """Write a table whose columns are those of the first part."""
    rows = pd.concat(parts, ignore_index=True).reindex(columns=parts[0].columns)
    rows.fillna("").to_csv(folder / f"{table}.csv", index=False, lineterminator="\n")


def write_features(folder: Path, name: str, features: list[dict]) -> None:
    """Write a geometry file, a feature a line."""
    with (folder / f"{name}.geojson").open("w", encoding="utf-8") as file:
        file.write('{"type":"FeatureCollection","features":[\n')
        for number, feature in enumerate(features):
            file.write((",\n" if number else "") + json.dumps(feature, separators=(",", ":")))
        file.write("\n]}\n")


def cut_regions(folder: Path, pieces: gpd.GeoDataFrame) -> None:
    """Replace the regions by their pieces, and say of sites and crossings in which piece they are."""
    write(folder, "regions", big_regions.table(rows_of(folder, "regions"), pieces))
    write_features(folder, "regions", big_regions.features(pieces))
    for table, columns in (("sites", ["region_id"]), ("crossings", ["kz_region_id", "uz_region_id"])):
        rows = rows_of(folder, table)
        for column in columns:
            rows[column] = [
                piece_at(pieces[pieces["parent"].eq(parent)], float(lon), float(lat)) if parent else ""
                for parent, lon, lat in zip(rows[column], rows["lon"], rows["lat"], strict=True)
            ]
        write(folder, table, rows)


def piece_at(pieces: gpd.GeoDataFrame, lon: float, lat: float) -> str:
    """The piece nearest to a place."""
    return pieces.index[shapely.distance(pieces.geometry.to_numpy(), shapely.Point(lon, lat)).argmin()]


def add_nets(folder: Path, regions: gpd.GeoDataFrame, count: int, chance: np.random.Generator) -> None:
    """Add corridors, nodes and segments with their lines, up to so many segments."""
    real = {
        table: rows_of(folder, table) for table in ("corridors", "corridor_variants", "nodes", "segments")
    }
    places = real["nodes"].set_index("node_id")[["kind", "lon", "lat"]].astype({"lon": float, "lat": float})
    last = real["segments"]["segment_id"].str.removeprefix("SEG-").astype(int).max()
    missing = count - len(real["segments"])
    nodes, segments, features = big_network.nets(regions, places, missing, last + 1, chance)
    write(folder, "corridors", real["corridors"], big_network.corridor_rows(real["corridors"], regions))
    variants = big_network.variant_rows(real["corridor_variants"], segments, regions)
    write(folder, "corridor_variants", real["corridor_variants"], variants)
    write(folder, "nodes", real["nodes"], nodes)
    write(folder, "segments", real["segments"], segments)
    drawn = json.loads((folder / "corridors.geojson").read_text(encoding="utf-8"))["features"]
    write_features(folder, "corridors", drawn + features)


def add_sites(folder: Path, regions: gpd.GeoDataFrame, count: int, chance: np.random.Generator) -> None:
    """Add sites, each with facts of a real one, in regions by turn, up to so many."""
    real = rows_of(folder, "sites")
    models = real[real["region_id"].ne("")]
    missing = count - len(real)
    own = regions.iloc[np.arange(missing) % len(regions)]
    lon, lat = places_in(own, chance)
    made = models.iloc[chance.integers(len(models), size=missing)].reset_index(drop=True)
    short = np.arange(missing) % LONG_TEXTS != 0
    made.loc[short, made.columns.difference(SHORT_FACTS)] = ""
    made = made.assign(
        site_id=[f"P-M{number:05}" for number in range(missing)],
        **made_up_names(missing, made["kind"].tolist()),
        country_iso3=own["country_iso3"].to_numpy(),
        region_id=own.index,
        place="made up",
        lat=[f"{one:.4f}" for one in lat],
        lon=[f"{one:.4f}" for one in lon],
        location_precision="town",
    )
    write(folder, "sites", real, made)


def places_in(regions: gpd.GeoDataFrame, chance: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Longitude and latitude of a point in each region: most near its centre, a few on it."""
    outlines = regions.geometry.to_numpy()
    lon, lat = regions["lon"].to_numpy(float).copy(), regions["lat"].to_numpy(float).copy()
    west, south, east, north = shapely.bounds(outlines).T
    town = np.minimum(TOWN, (east - west) / 4)
    kind = chance.uniform(size=len(regions))
    waiting = kind >= ON_ONE_SPOT
    shapely.prepare(outlines)
    for _ in range(TRIES):
        at = np.flatnonzero(waiting)
        crowded, own = kind[at] < ON_ONE_SPOT + IN_TOWN, regions.iloc[at]
        x = np.where(crowded, chance.normal(own["lon"], town[at]), chance.uniform(west[at], east[at]))
        y = np.where(crowded, chance.normal(own["lat"], town[at]), chance.uniform(south[at], north[at]))
        inside = shapely.contains_xy(outlines[at], x, y)
        lon[at[inside]], lat[at[inside]] = x[inside], y[inside]
        waiting[at[inside]] = False
    return lon, lat


if __name__ == "__main__":
    main()
