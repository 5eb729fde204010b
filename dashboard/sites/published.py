"""What the pages of the sites publish: maps, the table of those that fit, bars, what lies around one site."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import pandas as pd

from dashboard import vocabulary
from dashboard.cards.parts import title_of
from dashboard.export import cells
from dashboard.export.kinds import View, chart_of, filter_text, map_of, table_of
from dashboard.export.publication import PUBLISHERS, Column, Makers, Publication
from dashboard.figures.charts import Figure, bar_chart
from dashboard.sites.bars import CHARTS, NOTES
from dashboard.sites.panel import labels
from dashboard.sites.scenes import many_sites, one_site
from dashboard.sites.surroundings import ALONG, STRAIGHT, THINGS
from dashboard.sites.told import sites_finding
from dashboard.sites.view import SitesView
from dashboard.text import Words
from layers import Atlas
from layers.nearby import NEIGHBOUR_KM, nearest_things, sites_within, things_near
from layers.network import assumptions_of
from layers.network_km import DETOUR, km_to
from layers.site_choice import CHOICES, WITHIN_KM, counts, fitting


def all_sites(atlas: Atlas, given: Mapping[str, str], words: Words) -> Makers:
    """The sites of a choice."""
    view = SitesView.from_query(given, atlas)
    here = View(atlas, words, "/sites" + view.to_query(), filter_text(_chosen(view, atlas, words), words))
    sites = atlas.sites[fitting(atlas, view.choice)]
    title, told = words("Industrial sites"), sites_finding(sites, atlas, words)
    bars = {f"bars-{name}": partial(_bars, here, view, name) for name in CHARTS}
    return {
        "map": lambda: map_of(
            here,
            many_sites(atlas, view.to_query()),
            title,
            subtitle=told,
            table=lambda: cells.site_cells(sites, atlas, words),
            fills=False,
        ),
        "sites": lambda: table_of(
            here,
            _cells(sites, atlas, words),
            title,
            (one for ids in sites["source_ids"] for one in ids),
            name="sites",
            subtitle=told,
            layers=lambda: {"sites": cells.placed(cells.site_cells(sites, atlas, words), sites.geometry)},
        ),
        **bars,
    }


def _chosen(view: SitesView, atlas: Atlas, words: Words) -> list[str]:
    """What was chosen, in words."""
    chosen = [
        labels(atlas, name, words.language)[value] for name in CHOICES for value in getattr(view.choice, name)
    ]
    if view.choice.within_km != WITHIN_KM:
        chosen.append(words("within {n} km", n=words.number(view.choice.within_km)))
    return chosen


def _cells(sites: pd.DataFrame, atlas: Atlas, words: Words) -> cells.Cells:
    """The sites with the distances that the grid shows."""
    near = nearest_things(atlas).loc[sites.index].round()
    *own, cited = cells.site_cells(sites, atlas, words)
    km = words("km")
    return [
        *own,
        (Column("to_corridor", words("To the nearest corridor, straight"), km), near["corridor_km"]),
        (Column("to_railway", words("To the nearest railway place, straight"), km), near["rail_node_km"]),
        (
            Column("to_open_crossing", words("To the nearest open crossing, straight"), km),
            near["open_crossing_km"],
        ),
        (Column("to_port", words("To the nearest port, straight"), km), near["port_km"]),
        cited,
    ]


def _bars(here: View, view: SitesView, name: str) -> Publication:
    """How many sites each value of a facet leaves, the other filters as they are."""
    atlas, words = here.atlas, here.words
    left, named = counts(atlas, view.choice)[name], labels(atlas, name, words.language)
    is_course = name == "statuses"
    values = list(named) if is_course else sorted(named, key=lambda value: (-left[value], value))
    count = [int(left[value]) for value in values]
    bars = pd.DataFrame(
        {
            "id": values,
            "name": [named[value] for value in values],
            "low": count,
            "high": count,
            "shown": [words.number(n) for n in count],
            "said": "",
        }
    )
    fits = fitting(atlas, view.choice)

    def figure() -> Figure:
        return bar_chart(bars, words, is_sorted=not is_course)

    return chart_of(
        here,
        figure,
        words(CHARTS[name]),
        [
            (Column("code", words("Id")), values),
            (Column("value", words("Status") if is_course else words("Sector")), bars["name"]),
            (Column("sites", words("Sites")), count),
        ],
        (one for ids in atlas.sites[fits]["source_ids"] for one in ids),
        name=f"bars-{name}",
        notes=(words(NOTES[name]),) if name in NOTES else (),
        stretches=False,
    )


def around_a_site(atlas: Atlas, given: Mapping[str, str], words: Words) -> Makers:
    """The map of a site, what lies nearest, and other sites near it; KeyError for an unknown site."""
    site_id = given["site_id"]
    row = atlas.sites.loc[site_id]
    name = words.name(row)
    here = View(atlas, words, f"/sites/{site_id}")
    label = words("Map of the surroundings of {name}", name=name)
    kind = words(vocabulary.SITE_KINDS[row["kind"]]), words(vocabulary.STATUSES[row["status"]])
    near = sites_within(atlas, site_id)
    detour = words.number(assumptions_of(atlas).values[DETOUR])
    return {
        "map": lambda: map_of(here, one_site(atlas, site_id), label, subtitle=", ".join(kind)),
        "nearest": lambda: table_of(
            here,
            _nearest(site_id, atlas, words),
            words("{part}: {finding}", part=name, finding=words("What lies nearest")),
            row["source_ids"],
            name="nearest",
            notes=(words(STRAIGHT), words(ALONG, n=detour)),
        ),
        "near": lambda: table_of(
            here,
            _neighbours(near, atlas, words),
            words(
                "{part}: {finding}",
                part=name,
                finding=words("other sites within {km} km", km=words.number(NEIGHBOUR_KM)),
            ),
            (one for ids in (row["source_ids"], *near["source_ids"]) for one in ids),
            name="near",
            layers=lambda: {"sites": cells.placed(_neighbours(near, atlas, words), near.geometry)},
        ),
    }


def _nearest(site_id: str, atlas: Atlas, words: Words) -> cells.Cells:
    near = things_near(atlas, site_id)
    found = [
        (f"{kind}:{near[column]}", words(title), float(near[f"{column}_km"]))
        for column, title, kind in THINGS
        if near[column]
    ]
    return [
        (Column("what", words("What")), [title for _, title, _ in found]),
        (Column("key", words("Id")), [key for key, _, _ in found]),
        (Column("name", words("Name")), [title_of(key, atlas, words)[0] for key, _, _ in found]),
        (Column("straight", words("Straight line"), words("km")), [round(km) for _, _, km in found]),
        (
            Column("along", words("Along the network"), words("km")),
            [round(km, 0) for km in (km_to(atlas, site_id, key) for key, _, _ in found)],
        ),
    ]


def _neighbours(near: pd.DataFrame, atlas: Atlas, words: Words) -> cells.Cells:
    plain = near.drop(columns="distance_km")
    *own, cited = cells.site_cells(plain, atlas, words)
    return [*own, (Column("distance", words("Distance"), words("km")), near["distance_km"].round(1)), cited]


PUBLISHERS["/sites"] = all_sites
PUBLISHERS["/sites/<site_id>"] = around_a_site
