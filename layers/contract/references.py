"""Ids that must exist: in other tables, and as features of GeoJSON files."""

from __future__ import annotations

from collections.abc import Iterator

from layers.contract.contents import Contents
from layers.contract.faults import Fault, did_you_mean
from layers.contract.shapes import SHAPES
from layers.contract.tables import TABLES


def unknown_ids(contents: Contents) -> Iterator[Fault]:
    """A fault for each id in a table that its other table does not have."""
    known = {table: set(frame.iloc[:, 0]) for table, frame in contents.tables.items()}
    for table, frame in contents.tables.items():
        for name in frame.columns:
            target = TABLES[table].columns[name].metadata.get("refers_to")
            if target not in known:
                continue
            named = frame[name].explode() if frame[name].dtype == object else frame[name]
            for row, one in named[~(named.isin(known[target]) | named.eq("") | named.isna())].items():
                problem = f"no such id in {target}.csv{did_you_mean(one, known[target])}"
                expected = TABLES[table].columns[name].metadata["expected"]
                yield Fault(f"{contents.name}/{table}.csv", row, name, one, problem, expected)


def unknown_countries(contents: Contents) -> Iterator[Fault]:
    """A fault for each feature of a country that countries.csv does not have."""
    if not contents.has("countries.csv"):
        return
    known = contents.tables["countries"]["country_iso3"]
    for shape, frame in contents.shapes.items():
        if "country_iso3" not in frame or SHAPES[shape].ids_of:
            continue
        for feature, country in frame["country_iso3"][~frame["country_iso3"].isin(known)].items():
            problem = f'country_iso3 "{country}" is no such id in countries.csv'
            yield contents.shape_fault(shape, feature, problem, "an id of countries.csv")


def unmatched_features(contents: Contents) -> Iterator[Fault]:
    """A fault for each feature without its row and each row without the feature it needs."""
    for shape, form in SHAPES.items():
        if not form.ids_of or not contents.has(f"{shape}.geojson", f"{form.ids_of}.csv"):
            continue
        features, ids = contents.shapes[shape].index, contents.tables[form.ids_of].iloc[:, 0]
        for feature in features[~features.isin(ids)]:
            problem = f"no row with this id in {form.ids_of}.csv{did_you_mean(feature, ids)}"
            yield contents.shape_fault(shape, feature, problem, f"an id of {form.ids_of}.csv")
        if form.every_id:
            for row in ids.index[~ids.isin(features)]:
                problem = f"no geometry with this id in {shape}.geojson"
                yield contents.row_fault(form.ids_of, row, ids.name, problem, "one feature for each row")
