"""What every GeoJSON file must look like, and how it is read: EPSG:4326, valid, each feature with its id."""

from __future__ import annotations

import json
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from layers.contract import words
from layers.contract.faults import Fault, did_you_mean
from layers.contract.signs import EXPECTED, unseen

POINTS = ("Point",)
LINES = ("LineString", "MultiLineString")
POLYGONS = ("Polygon", "MultiPolygon")
DEGREES = "longitude and latitude in degrees (EPSG:4326)"


@dataclass(frozen=True)
class GeometryFile:
    """One GeoJSON file: its geometry types, its properties and their words, and what its feature ids name.

    `id_property` is the property that holds the id; "" where the feature's own id does, None where
    features need no id. `ids_of` names the table whose ids it holds; `every_id` is True where each row
    needs a feature.
    """

    types: tuple[str, ...]
    properties: tuple[str, ...] = ()
    words: tuple[tuple[str, tuple], ...] = ()
    id_property: str | None = None
    ids_of: str = ""
    every_id: bool = False


SHAPES = {
    "regions": GeometryFile(POLYGONS, ("region_id",), (), "region_id", "regions", True),
    "land": GeometryFile(POLYGONS, ("country_iso3",), (), "country_iso3", "countries"),
    "corridors": GeometryFile(
        LINES[:1],
        ("geometry_kind", "computed_length_km"),
        (("geometry_kind", words.GEOMETRY_KINDS),),
        "",
        "segments",
        True,
    ),
    "cities": GeometryFile(
        POINTS,
        ("name_en", "name_ru", "name_uz", "name_kk", "country_iso3", "population", "rank"),
        (("rank", (1, 2, 3, 4)),),
    ),
    "neighbours": GeometryFile(POLYGONS, ("country_iso3", "name_en", "name_ru", "iso_3166_2")),
    "water": GeometryFile(POLYGONS, ("kind",), (("kind", words.WATER_KINDS),)),
    "rivers": GeometryFile(LINES),
    "railways": GeometryFile(LINES, ("inferred",), (("inferred", (0, 1, 2)),)),
}


def read_shapes(text: str, form: GeometryFile, shown: str, faults: list[Fault]) -> gpd.GeoDataFrame | None:
    """The features of a GeoJSON text, indexed by id, with a fault for each that breaks a rule; None if
    unreadable.

    Columns are the properties and `geometry`. The geometry of a faulty feature is None.
    """
    features = read_features(text, shown, faults)
    if features is None:
        return None
    found = [feature.get("properties") or {} for feature in features]
    own_ids = [feature.get("id") for feature in features]
    ids = own_ids if not form.id_property else [one.get(form.id_property) for one in found]
    names = [str(position if one is None else one) for position, one in enumerate(ids, start=1)]
    if form.id_property is not None:
        faults += id_faults(ids, shown)
    faults += property_faults(found, names, form, shown)
    geometries = read_geometries(features, names, form, shown, faults)
    frame = gpd.GeoDataFrame(
        pd.DataFrame(found, index=pd.Index(names, name="id"), columns=list(form.properties)),
        geometry=geometries,
        crs=4326,
    )
    return frame[~frame.index.duplicated()]


def read_features(text: str, shown: str, faults: list[Fault]) -> list[dict] | None:
    """The features of a FeatureCollection in EPSG:4326; None where the text is anything else."""
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        faults.append(
            Fault(shown, error.lineno, "", "", f"broken JSON ({error.msg}, column {error.colno})", "GeoJSON")
        )
        return None
    except (RecursionError, ValueError):  # Python reads no number of thousands of digits
        faults.append(Fault(shown, 0, "", "", "brackets or digits without end", "GeoJSON"))
        return None
    if (
        not isinstance(content, dict)
        or content.get("type") != "FeatureCollection"
        or "features" not in content
    ):
        faults.append(
            Fault(shown, 0, "", "", "not a collection of features", 'GeoJSON of type "FeatureCollection"')
        )
        return None
    if "crs" in content:
        named = crs_name(content["crs"])
        if not named.endswith(("CRS84", "EPSG:4326", "EPSG::4326")):
            faults.append(Fault(shown, 0, "crs", named, "another coordinate system", DEGREES))
            return None
    features = content["features"]
    if not isinstance(features, list) or not features:
        faults.append(Fault(shown, 0, "", "", "no features in it", "at least one feature"))
        return None
    for position, feature in enumerate(features, start=1):
        if not is_feature(feature):
            faults.append(
                Fault(shown, 0, "feature", str(position), "not a feature", 'GeoJSON of type "Feature"')
            )
            return None
    return features


def is_feature(feature: object) -> bool:
    """Whether a part of a collection has the form of a feature, whatever stands in it."""
    return isinstance(feature, dict) and all(
        isinstance(feature.get(part) or {}, dict) for part in ("properties", "geometry")
    )


def crs_name(crs: object) -> str:
    """The name that a "crs" member gives to its coordinate system, "" where it has none."""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    return str(properties.get("name", "")) if isinstance(properties, dict) else ""


def id_faults(ids: list, shown: str) -> list[Fault]:
    """A fault for each feature without an id and for each id that stands twice."""
    faults = []
    seen = set()
    for position, one in enumerate(ids, start=1):
        if one is None or one == "":
            faults.append(Fault(shown, 0, "feature", str(position), "no id", "an id for each feature"))
        elif (written := json.dumps(one)) in seen:  # it may be a list, which no set can hold
            faults.append(
                Fault(shown, 0, "feature", str(one), "this id stands twice", "one feature for each id")
            )
        else:
            seen.add(written)
    return faults


def property_faults(found: list[dict], names: list[str], form: GeometryFile, shown: str) -> list[Fault]:
    """A fault for each property that is missing or holds a word outside its vocabulary."""
    faults = []
    vocabularies = dict(form.words)
    for name, properties in zip(names, found, strict=True):
        for wanted in form.properties:
            if wanted not in properties:
                faults.append(
                    Fault(
                        shown,
                        0,
                        "feature",
                        name,
                        f"property {wanted} is missing",
                        f"{wanted} in each feature",
                    )
                )
            elif wanted in vocabularies and properties[wanted] not in vocabularies[wanted]:
                value, allowed = str(properties[wanted]), [str(one) for one in vocabularies[wanted]]
                problem = f'{wanted} "{value}" is an unknown word{did_you_mean(value, allowed)}'
                faults.append(Fault(shown, 0, "feature", name, problem, f"one of {', '.join(allowed)}"))
            elif problem := unseen(str(properties[wanted])):
                faults.append(Fault(shown, 0, "feature", name, f"{wanted} has {problem}", EXPECTED))
    return faults


def read_geometries(
    features: list[dict], names: list[str], form: GeometryFile, shown: str, faults: list[Fault]
) -> np.ndarray:
    """One geometry for each feature, None where it is missing or wrong, with a fault that says why."""
    geometries = np.array([None] * len(features), dtype=object)
    for position, feature in enumerate(features):
        found = feature.get("geometry")
        problem = ""
        if not found or not found.get("coordinates"):
            problem = "no geometry"
        elif found.get("type") not in form.types:
            problem = f"is a {found.get('type')}"
        else:
            try:
                geometries[position] = shapely.from_geojson(json.dumps(found))
            except shapely.errors.GEOSException as error:
                problem = plain_reason(str(error))
        if problem:
            faults.append(
                Fault(shown, 0, "feature", names[position], problem, f"a {' or '.join(form.types)}")
            )
    read = ~pd.isna(geometries)
    outside = out_of_degrees(geometries)
    for position in np.flatnonzero(outside):
        problem = "coordinates are not degrees (metres of a projection?)"
        faults.append(Fault(shown, 0, "feature", names[position], problem, DEGREES))
    for position in np.flatnonzero(read & ~outside & ~shapely.is_valid(geometries)):
        problem = plain_reason(shapely.is_valid_reason(geometries[position]))
        faults.append(
            Fault(
                shown, 0, "feature", names[position], problem, "closed outlines that do not cross themselves"
            )
        )
    geometries[outside] = None
    return geometries


def out_of_degrees(geometries: np.ndarray) -> np.ndarray:
    """Whether a geometry reaches beyond the range of longitude and latitude."""
    west, south, east, north = shapely.bounds(geometries).T
    return (west < -180) | (east > 180) | (south < -90) | (north > 90)


def plain_reason(reason: str) -> str:
    """The words of the geometry library in plain ones."""
    if "closed" in reason:
        return "outline is not closed (its last point is not its first)"
    if "Self-intersection" in reason:
        return f"outline crosses itself at {reason.partition('[')[2].rstrip(']')} (longitude latitude)"
    return f"not a valid geometry ({reason})"
