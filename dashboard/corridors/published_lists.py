"""What the list of corridors and the comparison of two publish: their maps, tables and the two strips."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dashboard import vocabulary
from dashboard.corridors.duel import COUNTS, Duel, duel_finding, names_of
from dashboard.corridors.listing import COUNT_METHOD, LENGTH_METHOD, corridors_finding
from dashboard.corridors.scenes import all_corridors, two_corridors
from dashboard.corridors.strips import duel_strip
from dashboard.export import cells
from dashboard.export.kinds import View, map_of, strip_of, table_of
from dashboard.export.publication import Column, Makers, Publication
from dashboard.text import Words
from layers import Atlas
from layers.contract.words import MODES, STATUSES
from layers.corridors import latest_metric
from layers.ways import Summary, difference, summary, variant_way, variants_of


def every_corridor(atlas: Atlas, _given: Mapping[str, str], words: Words) -> Makers:
    """The map of all corridors, and the list of them."""
    here, title = View(atlas, words, "/corridors"), words("Transport corridors")
    told = corridors_finding(atlas, words)
    return {
        "map": lambda: map_of(here, all_corridors(atlas, ""), title, subtitle=told),
        "corridors": lambda: table_of(
            here,
            corridor_cells(atlas, words),
            words("All corridors"),
            (one for ids in atlas.corridors["source_ids"] for one in ids),
            name="corridors",
            subtitle=told,
            notes=(words(LENGTH_METHOD), words(COUNT_METHOD)),
        ),
    }


def corridor_cells(atlas: Atlas, words: Words) -> cells.Cells:
    """All corridors, each with the figures of its first way from end to end; a parent has its branches'."""
    corridors = atlas.corridors
    ways = {one: _first_way(one, atlas) for one in corridors.index}
    figures = {one: found and summary(variant_way(atlas, found)) for one, found in ways.items()}
    volumes = [latest_metric(atlas.corridor_metrics, one, "cargo_volume") for one in corridors.index]
    barriers = atlas.barriers["corridor_id"].value_counts()
    return [
        (Column("corridor_id", words("Id")), corridors.index),
        (Column("corridor", words("Corridor")), [words.name(row) for _, row in corridors.iterrows()]),
        (Column("status", words("Status")), cells.coded(corridors["status"], vocabulary.STATUSES, words)),
        (
            Column("countries", words("Countries in order")),
            ["; ".join(cells.named(codes, atlas.countries, words)) for codes in corridors["country_iso3s"]],
        ),
        (Column("way", words("Way")), [_way_name(one, atlas, words) for one in ways.values()]),
        (
            Column("length_computed", words("Computed length"), words("km")),
            [figures[one] and round(figures[one].length_km) for one in corridors.index],
        ),
        *(
            (
                Column(name, words(title)),
                [figures[one] and getattr(figures[one], name) for one in corridors.index],
            )
            for name, title in COUNTS.items()
        ),
        (Column("volume", words("Latest volume")), [None if v is None else v["value"] for v in volumes]),
        (Column("volume_unit", words("Unit")), ["" if v is None else v["unit"] for v in volumes]),
        (Column("volume_period", words("Period")), ["" if v is None else v["period"] for v in volumes]),
        (Column("barriers", words("Barriers")), barriers.reindex(corridors.index, fill_value=0)),
        (Column("source_ids", words("Sources")), cells.listed(corridors["source_ids"])),
    ]


def _first_way(corridor_id: str, atlas: Atlas) -> str | None:
    """The first variant of a corridor, None for one that has branches instead."""
    if atlas.corridors["parent_id"].eq(corridor_id).any():
        return None
    return str(variants_of(atlas, corridor_id).index[0])


def _way_name(variant_id: str | None, atlas: Atlas, words: Words) -> str:
    return words.name(atlas.corridor_variants.loc[variant_id]) if variant_id else ""


def compared(atlas: Atlas, given: Mapping[str, str], words: Words) -> Makers:
    """Two corridors as strips, as a table and on a map; nothing where they cannot be compared."""
    duel = Duel.from_query(given, atlas)
    if duel.problem:
        return {}
    query = duel.to_query(atlas)
    names = names_of(atlas, duel, words)
    ends = cells.named([duel.start, duel.goal], atlas.nodes, words) if duel.start else []
    between = (words("Between {a} and {b}", a=ends[0], b=ends[1]),) if ends else ()
    here = View(atlas, words, "/corridors/compare" + query, between)
    title = words("{a} and {b} compared", a=names[0], b=names[1])
    ways, told = duel.ways(atlas), duel_finding(atlas, duel, words)
    cited = [one for way in ways for ids in way.steps["source_ids"] for one in ids]
    return {
        "strip": lambda: strip_of(
            here,
            lambda width, is_upright: duel_strip(atlas, query, words, width, is_upright),
            title,
            cells.stop_cells(list(zip(names, ways, strict=True)), atlas, words),
            cited,
            subtitle=told,
        ),
        "table": lambda: _differences(here, duel, title, told, cited),
        "map": lambda: map_of(here, two_corridors(atlas, query), title, subtitle=told),
    }


def _differences(here: View, duel: Duel, title: str, told: str, cited: list[str]) -> Publication:
    words, names = here.words, names_of(here.atlas, duel, here.words)
    rows = list(_measures(*duel.ways(here.atlas), words))
    return table_of(
        here,
        [
            (Column("what", words("What")), [row[0] for row in rows]),
            (Column("unit", words("Unit")), [row[1] for row in rows]),
            (Column("first", names[0]), [row[2] for row in rows]),
            (Column("second", names[1]), [row[3] for row in rows]),
            (Column("difference", words("Difference")), [row[2] - row[3] for row in rows]),
        ],
        title,
        cited,
        subtitle=told,
        notes=(words(LENGTH_METHOD), words(COUNT_METHOD)),
    )


def _measures(one: object, other: object, words: Words) -> Iterator[tuple[str, str, int, int]]:
    """What is compared: its name, its unit, and the figure of each way in whole numbers."""
    both = difference(one, other)
    sides: tuple[Summary, Summary] = (both.first, both.second)
    km = words("km")
    yield words("Length"), km, *(round(side.length_km) for side in sides)
    for name, order, table in (
        ("km_by_status", STATUSES, vocabulary.STATUSES),
        ("km_by_mode", MODES, vocabulary.MODES),
    ):
        for code in order:
            values = [round(getattr(side, name).get(code, 0)) for side in sides]
            if any(values):
                yield words(table[code]), km, *values
    for name, title in COUNTS.items():
        yield words(title), "", *(getattr(side, name) for side in sides)
    yield words("Countries"), "", *(len(side.countries) for side in sides)
    yield words("Shared stretch"), km, round(both.shared_km), round(both.shared_km)
