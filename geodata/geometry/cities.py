"""Cities that orient the reader: names from cities.csv, place and population from GeoNames."""

from pathlib import Path

import pandas as pd
import shapely

from geometry.features import feature
from geometry.packages import BuildError

NAMES = ["name_en", "name_ru", "name_uz", "name_kk"]


def city_features(folder: Path, gazetteer: dict) -> list[dict]:
    """One GeoJSON point per row of cities.csv, the most important first.

    `rank` runs from 1 (capitals and the like) to 4 (small); `population` is GeoNames' undated figure.
    """
    rows = pd.read_csv(folder / "cities.csv", keep_default_na=False)
    unknown = [str(number) for number in rows["geonameid"] if str(number) not in gazetteer]
    if unknown:
        raise BuildError(f"cities.csv has GeoNames ids that the package does not have: {', '.join(unknown)}")
    places = [gazetteer[str(number)] for number in rows["geonameid"]]
    rows["population"] = [place["population"] for place in places]
    rows["geometry"] = shapely.points([(place["longitude"], place["latitude"]) for place in places])
    rows = rows.sort_values(["rank", "population", "geonameid"], ascending=[True, False, True])
    columns = [*NAMES, "country_iso3", "population", "rank"]
    return [
        feature(row["geometry"], {column: row[column] for column in columns}, str(row["geonameid"]))
        for row in rows.to_dict("records")
    ]
