"""A data folder with many sites: `python -m tests.bench.many_sites FOLDER [COUNT]`, 10,000 when left out.

Copies the real data and adds sites that are made up: most of them crowd around the centres of their regions,
a few stand on one spot, the others lie anywhere in their region. `python app.py --data FOLDER` shows them.
"""

import csv
import random
import shutil
import sys
from pathlib import Path

import geopandas as gpd
import shapely

import app
import layers

COUNT = 10_000
IN_TOWN, ON_ONE_SPOT = 0.6, 0.05
TOWN = 0.25  # degrees around a centre, one standard deviation


def main() -> None:
    """Make the folder that the command line names."""
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    write_folder(app.data_folder(), folder, int(sys.argv[2]) if len(sys.argv) == 3 else COUNT)
    print(folder)


def write_folder(source: Path, folder: Path, count: int) -> None:
    """Copy the data files of `source` into a new folder, with `count` sites in all; always the same ones."""
    folder.mkdir(parents=True)
    for path in source.iterdir():
        if path.suffix in (".csv", ".geojson"):
            shutil.copyfile(path, folder / path.name)
    with (folder / "sites.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        names, rows = reader.fieldnames, list(reader)
    rows += made_up(rows, layers.load(source).regions, count - len(rows))
    with (folder / "sites.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def made_up(real: list[dict[str, str]], regions: gpd.GeoDataFrame, count: int) -> list[dict[str, str]]:
    """So many sites, each with the facts of a real one, in regions by turn."""
    chance = random.Random(7)
    models = [row for row in real if row["region_id"]]
    made = []
    for number in range(count):
        region = regions.iloc[number % len(regions)]
        lon, lat = place_in(region, chance)
        made.append(
            {
                **chance.choice(models),
                "site_id": f"P-M{number:05}",
                "name_en": f"Made-up site {number:05}",
                "name_ru": f"Выдуманная площадка {number:05}",
                "country_iso3": region["country_iso3"],
                "region_id": region.name,
                "place": "made up",
                "lat": f"{lat:.4f}",
                "lon": f"{lon:.4f}",
                "location_precision": "town",
            }
        )
    return made


def place_in(region: object, chance: random.Random) -> tuple[float, float]:
    """Longitude and latitude of a point in a region."""
    outline, centre = region["geometry"], shapely.Point(region["centre_lon"], region["centre_lat"])
    fallback = centre if outline.contains(centre) else outline.representative_point()
    kind = chance.random()
    if kind < ON_ONE_SPOT:
        return fallback.x, fallback.y
    for _ in range(50):
        if kind < ON_ONE_SPOT + IN_TOWN:
            lon, lat = chance.gauss(fallback.x, TOWN), chance.gauss(fallback.y, TOWN)
        else:
            west, south, east, north = outline.bounds
            lon, lat = chance.uniform(west, east), chance.uniform(south, north)
        if shapely.contains_xy(outline, lon, lat):
            return lon, lat
    return fallback.x, fallback.y


if __name__ == "__main__":
    main()
