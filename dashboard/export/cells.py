"""Tables as they are published: columns with one name in all languages, words of the reader in the cells.

A column is a `Column` with its values; numbers stay numbers, what is not known stays missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import geopandas as gpd
import pandas as pd

from dashboard import vocabulary
from dashboard.corridor_terms import PERIODS, REPORTERS, section_name
from dashboard.evidence.names import CORRIDOR_METRICS
from dashboard.export.publication import Column
from dashboard.figures.marks import RegionMarks
from dashboard.text import Words
from layers import Atlas
from layers.ways import Way

Cells = list[tuple[Column, Iterable]]


def table_of_cells(cells: Cells) -> tuple[pd.DataFrame, tuple[Column, ...]]:
    """The frame of these columns, without an index, and the columns."""
    values = {column.name: pd.Series(list(own)) for column, own in cells}
    return pd.DataFrame(values), tuple(column for column, _ in cells)


def coded(codes: Iterable[str], table: dict[str, str], words: Words) -> list[str]:
    """The reader's words for codes of a vocabulary; "" and unknown codes stay as they are."""
    return [words(table[code]) if code in table else code for code in codes]


def named(ids: Iterable[str], frame: pd.DataFrame, words: Words) -> list[str]:
    """Names of things by id, "" where the id is "" or unknown."""
    known = {one: words.name(row) for one, row in frame.loc[frame.index.intersection(list(ids))].iterrows()}
    return [known.get(one, "") for one in ids]


def listed(cells: Iterable[Sequence[str]]) -> list[str]:
    """Cells of several codes in one text, as the data files write them."""
    return ["; ".join(cell) for cell in cells]


def region_cells(regions: RegionMarks, atlas: Atlas, words: Words) -> Cells:
    """Regions with the value of the metric they are shaded by."""
    rows, metric = atlas.regions.loc[regions.values.index], regions.metric
    cells: Cells = [
        (Column("region_id", words("Id")), rows.index),
        (Column("region", words("Region")), [words.name(row) for _, row in rows.iterrows()]),
        (Column("country", words("Country")), named(rows["country_iso3"], atlas.countries, words)),
    ]
    if metric.form == "none":
        return cells
    cells.append((Column(metric.id, words(metric.label), words(metric.unit)), regions.values))
    if metric.dates:
        cells.append((Column("date", words("Date")), metric.dates(atlas).reindex(rows.index)))
    cited = metric.source_ids(atlas)
    return [*cells, _sources([cited.get(i, ()) for i in rows.index], words)]


def in_order(regions: RegionMarks, region_ids: Iterable[str]) -> RegionMarks:
    """The regions of these ids in this order."""
    ids = list(region_ids)
    return replace(regions, values=regions.values.loc[ids], class_of=regions.class_of.loc[ids])


def site_cells(sites: pd.DataFrame, atlas: Atlas, words: Words) -> Cells:
    """Industrial sites; with km and distance_km where they lie along a way."""
    cells: Cells = [
        (Column("site_id", words("Id")), sites.index),
        (Column("site", words("Site")), [words.name(row) for _, row in sites.iterrows()]),
        (Column("kind", words("Kind")), coded(sites["kind"], vocabulary.SITE_KINDS, words)),
        (Column("status", words("Status")), coded(sites["status"], vocabulary.STATUSES, words)),
        (Column("country", words("Country")), named(sites["country_iso3"], atlas.countries, words)),
        (Column("region", words("Region")), named(sites["region_id"], atlas.regions, words)),
        (
            Column("sectors", words("Sectors")),
            [vocabulary.spell(some, vocabulary.SECTORS, words) for some in sites["sectors"]],
        ),
        (Column("area", words("Area"), words("ha")), sites["area_ha"]),
        (Column("investment", words("Investment"), "USD"), sites["investment_usd"]),
        (Column("jobs", words("Jobs")), sites["jobs"]),
        (
            Column("place_known", words("How well the place is known")),
            coded(sites["location_precision"], vocabulary.LOCATION_PRECISIONS, words),
        ),
        (Column("longitude", words("Longitude"), "°"), sites.geometry.x.round(5)),
        (Column("latitude", words("Latitude"), "°"), sites.geometry.y.round(5)),
    ]
    if "distance_km" in sites:
        cells += [
            (Column("km", words("Kilometre of the way"), words("km")), sites["km"].round(1)),
            (Column("distance", words("Distance from the line"), words("km")), sites["distance_km"].round(1)),
        ]
    return [*cells, _sources(sites["source_ids"], words)]


def line_cells(segments: pd.DataFrame, atlas: Atlas, words: Words) -> Cells:
    """Lines of corridors between two places."""
    return [
        (Column("segment_id", words("Id")), segments.index),
        (Column("from_place", words("From")), named(segments["from_node"], atlas.nodes, words)),
        (Column("to_place", words("To")), named(segments["to_node"], atlas.nodes, words)),
        (Column("corridors", words("Corridors")), listed(segments["corridor_ids"])),
        (Column("mode", words("Mode")), coded(segments["mode"], vocabulary.MODES, words)),
        (Column("status", words("Status")), coded(segments["status"], vocabulary.STATUSES, words)),
        (Column("gauge", words("Gauge"), words("mm")), segments["gauge_mm"]),
        (Column("length_published", words("Published length"), words("km")), segments["length_km"]),
        (
            Column("length_computed", words("Computed length"), words("km")),
            segments["computed_length_km"].round(1),
        ),
        (Column("opened", words("Opened")), segments["opened_year"]),
        _sources(segments["source_ids"], words),
    ]


def step_cells(steps: pd.DataFrame, atlas: Atlas, words: Words) -> Cells:
    """The lines of a way in the order of travel; the road to the network has no id."""
    return [
        (Column("segment_id", words("Id")), steps["segment_id"]),
        (Column("start", words("From km"), words("km")), steps["start_km"].round(1)),
        (Column("from_place", words("From")), named(steps["from_node"], atlas.nodes, words)),
        (Column("to_place", words("To")), named(steps["to_node"], atlas.nodes, words)),
        (Column("mode", words("Mode")), coded(steps["mode"], vocabulary.MODES, words)),
        (Column("status", words("Status")), coded(steps["status"], vocabulary.STATUSES, words)),
        (Column("gauge", words("Gauge"), words("mm")), steps["gauge_mm"]),
        (Column("length_computed", words("Computed length"), words("km")), steps["length_km"].round(1)),
        (Column("opened", words("Opened")), steps["opened_year"]),
        _sources(steps["source_ids"], words),
    ]


def crossing_cells(crossings: pd.DataFrame, atlas: Atlas, words: Words) -> Cells:
    """Crossings of the border with the names of both sides; with detour_km, how far out of the way."""
    rows = crossings.to_dict("records")
    far: Cells = []
    if "detour_km" in crossings:
        title = words("From centre to centre over it")
        far = [(Column("detour", title, words("km")), crossings["detour_km"].round())]
    return [
        (Column("crossing_id", words("Id")), crossings.index),
        (Column("name_kz", words("Name in Kazakhstan")), [words.text(row, "name_kz") for row in rows]),
        (Column("name_uz", words("Name in Uzbekistan")), [words.text(row, "name_uz") for row in rows]),
        (Column("mode", words("Mode")), coded(crossings["mode"], vocabulary.MODES, words)),
        (Column("status", words("Status")), coded(crossings["status"], vocabulary.STATUSES, words)),
        (
            Column("status_note", words("Status in the source")),
            [words.text(row, "status_note") for row in rows],
        ),
        (Column("capacity", words("Capacity in the source")), [words.text(row, "capacity") for row in rows]),
        *far,
        (Column("longitude", words("Longitude"), "°"), crossings.geometry.x.round(5)),
        (Column("latitude", words("Latitude"), "°"), crossings.geometry.y.round(5)),
        (Column("note", words("Note")), [words.text(row, "note") for row in rows]),
        _sources(crossings["source_ids"], words),
    ]


def energy_cells(lines: pd.DataFrame, words: Words) -> Cells:
    """Lines of energy and water."""
    return [
        (Column("line_id", words("Id")), lines.index),
        (Column("line", words("Line")), [words.name(row) for _, row in lines.iterrows()]),
        (Column("carrier", words("Carrier")), coded(lines["carrier"], vocabulary.CARRIERS, words)),
        (Column("status", words("Status")), coded(lines["status"], vocabulary.STATUSES, words)),
        _sources(lines["source_ids"], words),
    ]


def stop_cells(ways: Sequence[tuple[str, Way]], atlas: Atlas, words: Words) -> Cells:
    """The places of one way or of several, each way under its name, in the order of travel."""
    stops = pd.concat([way.stops[way.stops["is_place"]].assign(way=name) for name, way in ways])
    cells: Cells = [
        (Column("km", words("Kilometre of the way"), words("km")), stops["km"].round(1)),
        (Column("place", words("Place")), [words.name(row) for _, row in stops.iterrows()]),
        (Column("kind", words("Kind")), coded(stops["kind"], vocabulary.NODE_KINDS, words)),
        (Column("country", words("Country")), named(stops["country_iso3"], atlas.countries, words)),
    ]
    return cells if len(ways) < 2 else [(Column("way", words("Way")), stops["way"]), *cells]


def statement_cells(statements: pd.DataFrame, words: Words) -> Cells:
    """Statements of a chart of a corridor: both ends of a range, who says so, and what kind it is."""
    return [
        (Column("metric_ids", words("Id")), listed(statements["metric_ids"])),
        (Column("metric", words("What")), coded(statements["metric"], CORRIDOR_METRICS, words)),
        (Column("part", words("Part")), [section_name(part, words) for part in statements["section"]]),
        (Column("period", words("Period")), coded(statements["period"], PERIODS, words)),
        (Column("period_start", words("From day")), statements["period_start"]),
        (Column("period_end", words("To day")), statements["period_end"]),
        (Column("low", words("Value, or its lower end")), statements["low"]),
        (Column("high", words("Value, or its upper end")), statements["high"]),
        (Column("unit", words("Unit")), statements["unit"]),
        (Column("kind", words("Kind of figure")), coded(statements["kind"], vocabulary.VALUE_KINDS, words)),
        (Column("reporter", words("By whom")), coded(statements["reporter"], REPORTERS, words)),
        _sources(statements["source_ids"], words),
    ]


def placed(cells: Cells, shapes: gpd.GeoSeries) -> gpd.GeoDataFrame:
    """A layer of a map: the columns with their shapes, in the order of both; EPSG:4326."""
    frame, _ = table_of_cells(cells)
    return gpd.GeoDataFrame(frame, geometry=list(shapes), crs=4326)


def _sources(cells: Iterable[Sequence[str]], words: Words) -> tuple[Column, list[str]]:
    return Column("source_ids", words("Sources")), listed(cells)
