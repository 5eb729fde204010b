"""What the pages of routes and of reach publish: maps, the strip, the ways, their lines, the ranking."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import pandas as pd

from dashboard.export import cells
from dashboard.export.kinds import View, map_of, strip_of, table_of
from dashboard.export.publication import PUBLISHERS, Column, Makers
from dashboard.routes.cards import countries, finding
from dashboard.routes.conditions import Conditions
from dashboard.routes.places import link_names, place_name
from dashboard.routes.published_network import changes_of, network_makers
from dashboard.routes.question import PATH, Question
from dashboard.routes.reach_parts import MEASURE_NAMES, gateway_name, towards
from dashboard.routes.reach_parts import finding as reach_finding
from dashboard.routes.reaching import PATH as REACH_PATH
from dashboard.routes.reaching import ReachQuestion
from dashboard.routes.scenes import UNITS, reach_scene, routes_scene
from dashboard.routes.strips import route_strip
from dashboard.routes.told import TIME_METHOD
from dashboard.text import Words
from layers import Atlas
from layers.network import Route


def between_two_places(atlas: Atlas, given: Mapping[str, str], words: Words) -> Makers:
    """The ways that answer a question, what its conditions change, and the assumptions."""
    # An address names each place on the way by itself; they arrive here in one text.
    places = {"via": given["via"].split(",")} if given.get("via") else {}
    asked = Question.from_query({**given, **places}, atlas)
    query = asked.to_query()
    here = View(atlas, words, PATH + query, conditions_told(asked.conditions, atlas, words))
    if asked.problem:
        return network_makers(here, asked.conditions)
    if asked.conditions.changes_network and (asked.before(atlas) or asked.routes(atlas)):
        changes = {"changes": lambda: changes_of(here, asked)}
    else:
        changes = {}
    found = asked.routes(atlas)
    if not found:
        return {**changes, **network_makers(here, asked.conditions)}
    shown = found[asked.rank(found) - 1]
    ends = {"start": place_name(atlas, asked.start, words), "goal": place_name(atlas, asked.goal, words)}
    told, how = finding(asked, found, atlas, words), (words(TIME_METHOD),)
    title = words("Routes {start} – {goal}", **ends)
    cited = [one for ids in shown.way.steps["source_ids"] for one in ids]
    return {
        "map": lambda: map_of(here, routes_scene(atlas, query), title, subtitle=told),
        "strip": lambda: strip_of(
            here,
            lambda width, is_upright: route_strip(atlas, query, words, width, is_upright),
            words("The way {start} – {goal}", **ends),
            cells.stop_cells([(title, shown.way)], atlas, words),
            cited,
            subtitle=told,
        ),
        "ways": lambda: table_of(
            here,
            way_cells(found, atlas, words),
            title,
            [one for route in found for ids in route.way.steps["source_ids"] for one in ids],
            name="ways",
            subtitle=told,
            notes=how,
        ),
        "lines": lambda: table_of(
            here,
            cells.step_cells(shown.way.steps, atlas, words),
            words("Lines of the way {start} – {goal}", **ends),
            cited,
            name="lines",
            notes=how,
        ),
        **changes,
        **network_makers(here, asked.conditions),
    }


def conditions_told(conditions: Conditions, atlas: Atlas, words: Words) -> tuple[str, ...]:
    """What of the network differs from today: one line, or none."""
    told = []
    if conditions.closed:
        told.append(words("closed: {names}", names=link_names(atlas, conditions.closed, words)))
    if conditions.opened:
        told.append(words("opened: {names}", names=link_names(atlas, conditions.opened, words)))
    if conditions.year is not None:
        told.append(words("as in {year}", year=conditions.year))
    if conditions.has_planned:
        told.append(words("with planned lines"))
    if conditions.changes:
        told.append(words("with other assumptions"))
    return (words("The network is changed: {changes}", changes="; ".join(told)),) if told else ()


def way_cells(found: tuple[Route, ...], atlas: Atlas, words: Words) -> cells.Cells:
    """The alternatives, best first."""
    return [
        (Column("rank", words("Rank")), range(1, len(found) + 1)),
        (Column("hours", words("Hours"), words("h")), [round(route.hours, 1) for route in found]),
        (Column("length", words("Length"), words("km")), [round(route.km) for route in found]),
        (Column("borders", words("Borders")), [route.borders for route in found]),
        (Column("gauge_breaks", words("Gauge breaks")), [route.gauge_breaks for route in found]),
        (Column("sea_legs", words("Sea legs")), [route.sea_legs for route in found]),
        (Column("countries", words("Countries in order")), [countries(r, atlas, words) for r in found]),
        (
            Column("not_cited", words("Rests on general knowledge"), "%"),
            [round(100 * route.gk_share) for route in found],
        ),
    ]


def reach_of_regions(atlas: Atlas, given: Mapping[str, str], words: Words) -> Makers:
    """The map and the ranking of how far each region is, and the assumptions."""
    asked = ReachQuestion.from_query(given, atlas)
    query = asked.to_query()
    here = View(atlas, words, REACH_PATH + query, conditions_told(asked.conditions, atlas, words))
    if asked.problem:
        return network_makers(here, asked.conditions)
    title = words(
        "Each region: {measure} {towards}, computed",
        measure=words(MEASURE_NAMES[asked.measure]),
        towards=towards(asked.gateways, atlas, words),
    )
    told, table = reach_finding(asked, atlas, words), partial(reach_cells, asked, atlas, words)
    return {
        "map": lambda: map_of(
            here, reach_scene(atlas, query), title, subtitle=told, table=table, fills=False
        ),
        "ranking": lambda: table_of(
            here, table(), title, (), name="ranking", subtitle=told, notes=(words(TIME_METHOD),)
        ),
        **network_makers(here, asked.conditions),
    }


def reach_cells(asked: ReachQuestion, atlas: Atlas, words: Words) -> cells.Cells:
    """Every region with its reach; with a change, before and after it."""
    if not asked.conditions.changes_network:
        found = asked.before(atlas).sort_values("value", kind="stable")
        return [
            *_regions(found.index, atlas, words),
            (Column("hours", words("Hours"), words("h")), found["hours"].round(1)),
            (Column("km", words("Kilometres"), words("km")), found["km"].round()),
            (Column("borders", words("Borders")), found["borders"]),
            (Column("gateway", words("Nearest gateway")), _gateways(found["gateway"], atlas, words)),
        ]
    found, unit = asked.changes(atlas), words(UNITS[asked.measure])
    before, after = found["before"].round(), found["after"].round()
    return [
        *_regions(found.index, atlas, words),
        (Column("before", words("Today"), unit), before),
        (Column("after", words("With the changes"), unit), after),
        (Column("difference", words("Difference"), unit), after - before),
        (
            Column("gateway_before", words("Nearest gateway today")),
            _gateways(found["gateway_before"], atlas, words),
        ),
        (
            Column("gateway_after", words("Nearest gateway with the changes")),
            _gateways(found["gateway_after"], atlas, words),
        ),
    ]


def _regions(ids: pd.Index, atlas: Atlas, words: Words) -> cells.Cells:
    rows = atlas.regions.loc[ids]
    return [
        (Column("region_id", words("Id")), ids),
        (Column("region", words("Region")), [words.name(row) for _, row in rows.iterrows()]),
        (Column("country", words("Country")), cells.named(rows["country_iso3"], atlas.countries, words)),
    ]


def _gateways(ids: pd.Series, atlas: Atlas, words: Words) -> list[str]:
    return [gateway_name(one, atlas, words) if one else "" for one in ids]


PUBLISHERS[PATH] = between_two_places
PUBLISHERS[REACH_PATH] = reach_of_regions
