"""Facts of corridors, of their stated ways, and of barriers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd

from dashboard import vocabulary
from dashboard.corridor_terms import amount
from dashboard.corridors.facts import barriers_on, crossings_on
from dashboard.council.barriers import HOW as BARRIER_METHOD
from dashboard.present.facts import Fact, Facts
from dashboard.present.facts_of_subjects import COUNTED, FIRST, counted, number, row_name
from dashboard.routes.told import TIME_METHOD, days, kilometres
from dashboard.text import N_, Words
from layers import Atlas
from layers.barrier_times import asked_ways, times
from layers.barriers import Effect, effect_of
from layers.corridors import latest_metric, segments_of, with_branches
from layers.network.whatif import WhatIf
from layers.ways import Summary, summary, variant_way, variants_of

LENGTH_METHOD = N_("Computed lengths are measured along the lines of this map.")
COUNTS = ("borders", "gauge_breaks", "sea_legs", "ports")


def corridors(atlas: Atlas) -> Facts:
    """corridors.count, .<status>; corridor.<corridor_id>.<name|status|barriers|crossings>, the figures of its
    first way as in way.<variant_id>, and .<metric>.<year|latest> with .year of what it carries."""
    rows = atlas.corridors[~atlas.corridors.index.isin(atlas.corridors["parent_id"])]
    found: Facts = {"corridors.count": lambda words: counted(rows, words)}
    for status in vocabulary.STATUSES:
        found[f"corridors.{status}"] = partial(counted, rows[rows["status"].eq(status)])
    for corridor_id, row in atlas.corridors.iterrows():
        name = f"corridor.{corridor_id}"
        found[f"{name}.name"] = partial(row_name, row)
        found[f"{name}.status"] = partial(_status, row)
        found[f"{name}.barriers"] = partial(_counted_on, barriers_on, corridor_id, atlas)
        found[f"{name}.crossings"] = partial(_counted_on, crossings_on, corridor_id, atlas)
        found[f"{name}.lines"] = partial(_lines, corridor_id, atlas)
        variants = variants_of(atlas, corridor_id)
        if len(variants):
            found |= _way(name, str(variants.index[0]), atlas)
        found |= _carried(corridor_id, atlas)
    return found


def _status(row: pd.Series, words: Words) -> Fact:
    return Fact(words(vocabulary.STATUSES[row["status"]]), tuple(row["source_ids"]))


def _counted_on(
    rows_on: Callable[[str, Atlas], pd.DataFrame], corridor_id: str, atlas: Atlas, words: Words
) -> Fact:
    return counted(rows_on(corridor_id, atlas), words)


def _lines(corridor_id: str, atlas: Atlas, words: Words) -> Fact:
    """All lines of a corridor with its branches and loops, in km."""
    own = segments_of(atlas.segments, with_branches(atlas.corridors, [corridor_id]))
    cited = tuple(dict.fromkeys(one for ids in own["source_ids"] for one in ids))
    return Fact(kilometres(own["computed_length_km"].sum(), words), cited, words(LENGTH_METHOD))


def _carried(corridor_id: str, atlas: Atlas) -> Facts:
    """The actual figures of whole years of a corridor as a whole."""
    rows = atlas.corridor_metrics
    own = rows[rows["corridor_id"].eq(corridor_id) & rows["section"].eq("") & rows["kind"].eq("actual")]
    whole = own["period_start"].str.endswith("-01-01") & own["period_end"].str.endswith("-12-31")
    own = own[whole & own["bound"].eq("") & own["period_start"].str[:4].eq(own["period_end"].str[:4])]
    found: Facts = {}
    for (metric, year), same in own.groupby(["metric", own["period_start"].str[:4]]):
        if len(same) == 1:  # where several speak of a year, their rows are metric.<metric_id>
            found[f"corridor.{corridor_id}.{metric}.{year}"] = partial(_carries, same.iloc[0])
    for metric in own["metric"].unique():
        last = latest_metric(own, corridor_id, metric)
        if last is not None:
            name = f"corridor.{corridor_id}.{metric}.latest"
            found[name] = partial(_carries, last)
            found[f"{name}.year"] = partial(_year, last)
    return found


def _carries(row: pd.Series, words: Words) -> Fact:
    return Fact(amount(float(row["value"]), row["unit"], words), tuple(row["source_ids"]))


def _year(row: pd.Series, _words: Words) -> Fact:
    return Fact(row["period_end"][:4], tuple(row["source_ids"]))


def ways(atlas: Atlas) -> Facts:
    """way.<variant_id>.<name|length|countries|borders|gauge_breaks|sea_legs|ports>, .length.<status>,
    .schematic (share of the line drawn straight), .days and .days_opened: the best route between its ends
    today, and with its corridor opened."""
    found: Facts = {}
    for variant_id, row in atlas.corridor_variants.iterrows():
        name = f"way.{variant_id}"
        found[f"{name}.name"] = partial(row_name, row)
        found |= _way(name, str(variant_id), atlas)
        found[f"{name}.days"] = partial(_days, name, row, False, atlas)
        found[f"{name}.days_opened"] = partial(_days, name, row, True, atlas)
    return found


def _way(name: str, variant_id: str, atlas: Atlas) -> Facts:
    """The figures of a way, read from its segments when they are asked for."""

    def said(write: Callable[[Summary, Words], str], how: str, words: Words) -> Fact:
        way = variant_way(atlas, variant_id)
        cited = tuple(dict.fromkeys(one for ids in way.steps["source_ids"] for one in ids))
        return Fact(write(summary(way), words), cited, words(how))

    def count(field: str) -> Callable[[Summary, Words], str]:
        return lambda found, words: words.number(getattr(found, field))

    def of_status(status: str) -> Callable[[Summary, Words], str]:
        return lambda found, words: kilometres(found.km_by_status.get(status, 0.0), words)

    found: Facts = {
        f"{name}.length": partial(said, lambda one, words: kilometres(one.length_km, words), LENGTH_METHOD),
        f"{name}.countries": partial(said, lambda one, words: words.number(len(one.countries)), COUNTED),
        f"{name}.schematic": partial(
            said, lambda one, words: words.percent(100 * one.schematic_km / one.length_km, 0), LENGTH_METHOD
        ),
    }
    found |= {f"{name}.{field}": partial(said, count(field), COUNTED) for field in COUNTS}
    return found | {
        f"{name}.length.{status}": partial(said, of_status(status), LENGTH_METHOD)
        for status in vocabulary.STATUSES
    }


def _days(name: str, row: pd.Series, is_opened: bool, atlas: Atlas, words: Words) -> Fact:
    """Days of the best route between the ends of a way; KeyError where no route leads."""
    what_if = WhatIf(opened=(f"corridor:{row['corridor_id']}",)) if is_opened else WhatIf()
    found = times(atlas, what_if)
    own = found[
        found["kind"].eq("corridor")
        & found["start"].eq(f"node:{row['from_node']}")
        & found["goal"].eq(f"node:{row['to_node']}")
    ]
    if own.empty or not np.isfinite(own["hours"].iloc[0]):
        raise KeyError(f"{name}.days")
    return Fact(days(float(own["hours"].iloc[0]), words), (), words(TIME_METHOD))


def barriers(atlas: Atlas) -> Facts:
    """barriers.count, .corridors, .kind.<kind>, .asked, .computed; barrier.<id> and barriers.<1 to 5>, those
    without which most ways get shorter: .ways, .hours (at most), .place, .name."""
    rows = atlas.barriers
    found: Facts = {
        "barriers.count": lambda words: counted(rows, words),
        "barriers.corridors": lambda words: number(rows["corridor_id"].nunique(), (), COUNTED, words),
        "barriers.asked": lambda words: number(len(asked_ways(atlas)), (), COUNTED, words),
        "barriers.computed": lambda words: number(len(ranked(atlas)), (), BARRIER_METHOD, words),
    }
    for kind in vocabulary.BARRIER_KINDS:
        found[f"barriers.kind.{kind}"] = partial(counted, rows[rows["kind"].eq(kind)])
    for barrier_id in rows.index:
        found |= {
            f"barrier.{barrier_id}.{part}": partial(_of_barrier, part, str(barrier_id), atlas)
            for part in PARTS
        }
    for place in FIRST:
        found |= {f"barriers.{place}.{part}": partial(_ranked, part, place, atlas) for part in PARTS}
    return found


PARTS = ("ways", "hours", "place", "name")


def ranked(atlas: Atlas) -> list[str]:
    """The barriers of which the network can say what they cost, that with most ways first."""
    found = {one: effect_of(atlas, one) for one in atlas.barriers.index}
    counts = {one: len(effect.ways) for one, effect in found.items() if isinstance(effect, Effect)}
    return sorted(counts, key=lambda one: -counts[one])


def _ranked(part: str, place: int, atlas: Atlas, words: Words) -> Fact:
    known = ranked(atlas)
    if place > len(known):
        raise KeyError(f"barriers.{place}")
    return _of_barrier(part, known[place - 1], atlas, words)


def _of_barrier(part: str, barrier_id: str, atlas: Atlas, words: Words) -> Fact:
    row = atlas.barriers.loc[barrier_id]
    cited, name = tuple(row["source_ids"]), f"barrier.{barrier_id}.{part}"
    if part == "name":
        return Fact(words.text(row, "description"), cited)
    if part == "place":
        if not row["node_id"]:
            raise KeyError(name)
        return Fact(words.name(atlas.nodes.loc[row["node_id"]]), cited)
    effect = effect_of(atlas, barrier_id)
    if not isinstance(effect, Effect):
        raise KeyError(name)
    if part == "ways":
        return Fact(words.number(len(effect.ways)), cited, words(BARRIER_METHOD))
    finite = effect.ways["gained"][np.isfinite(effect.ways["gained"])]
    if finite.empty:
        raise KeyError(name)
    hours = words("{n} hours", n=words.number(round(float(finite.max()), 1)))
    return Fact(hours, cited, words(BARRIER_METHOD))


FAMILIES = (corridors, ways, barriers)
