"""What the page of energy publishes: map, flows, series over time, lines, sites, projects, differences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from dashboard.energy.charts import (
    BOXES,
    LOOK_SIGNS,
    SCALES_APART,
    finding,
    is_charted,
    series_figure,
    series_name,
    title_with_unit,
)
from dashboard.energy.disagreements import TITLE as DIFFERENCES_TITLE
from dashboard.energy.findings import energy_finding
from dashboard.energy.published_cells import flow_cells, flow_lines, line_cells
from dashboard.energy.scenes import energy_scene
from dashboard.energy.terms import CARRIERS
from dashboard.energy.view import EnergyView
from dashboard.evidence.difference_cells import difference_cells, differing, sources_of_differences
from dashboard.export import cells
from dashboard.export.kinds import View, chart_of, filter_text, map_layers, map_of, table_of
from dashboard.export.project_cells import project_cells
from dashboard.export.publication import PUBLISHERS, Layers, Makers, Publication
from dashboard.export.row_cells import cited
from dashboard.figures.flow_words import FLOW_NOTE, LOOKS
from dashboard.figures.marks import CARRIER_COLOURS
from dashboard.figures.sheet_chart import Sign
from dashboard.text import Words
from layers import Atlas
from layers.energy import KINDS, energy_projects, energy_sites, series

TOPICS = ("energy",)


def publications(atlas: Atlas, given: Mapping[str, str], words: Words) -> Makers:
    """The figures of a carrier and a year; a table of nothing is not published."""
    view = EnergyView.from_query(given, atlas)
    here = View(atlas, words, "/energy" + view.to_query(), filter_text(_chosen(view, words), words))
    page, flows, lines = View(atlas, words, "/energy"), view.flows(atlas), view.lines(atlas)
    sites, projects = energy_sites(atlas.sites), energy_projects(atlas.projects)
    every = atlas.energy_flows
    shown = every if not view.carrier else every[every["carrier"].eq(view.carrier)]
    tables = {
        "flows": (flows, partial(_flows, here, view)),
        "lines": (lines, partial(_lines, here, view)),
        "sites": (sites, partial(_sites, page)),
        "projects": (projects, partial(_projects, page)),
        "differences": (differing(TOPICS, atlas), partial(_differences, page)),
    }
    charts = {series_name(one): partial(_series, page, one) for one in shown["series_id"].unique()}
    return {
        "map": partial(_map, here, view),
        **charts,
        **{name: make for name, (rows, make) in tables.items() if len(rows)},
    }


def _chosen(view: EnergyView, words: Words) -> list[str]:
    carrier = words(CARRIERS[view.carrier]) if view.carrier else ""
    return [carrier, str(view.year) if view.year else words("newest figures of each flow")]


def _map(here: View, view: EnergyView) -> Publication:
    atlas, words, flows = here.atlas, here.words, view.flows(here.atlas)
    scene = energy_scene(atlas, view.to_query())
    made = map_of(
        here,
        scene,
        words("Energy and water between the countries"),
        subtitle=words("Arrows are as wide as the amount, on a scale of its own for each unit."),
        table=lambda: flow_cells(flows, atlas, words),
    )
    told = energy_finding(view, atlas, words)

    def layers() -> Layers:
        found = map_layers(scene.marks, atlas, words)
        drawn = flow_lines(flows.index, atlas, words)
        return found | ({"flows": drawn} if len(drawn) else {})

    return replace(
        made,
        alt=f"{made.alt} {told}",
        source_ids=tuple(dict.fromkeys((*cited(flows), *made.source_ids))),
        notes=(words(FLOW_NOTE), *made.notes),
        layers=layers,
    )


def _series(here: View, series_id: str) -> Publication:
    atlas, words = here.atlas, here.words
    rows = series(atlas.energy_flows, series_id)
    title, told, table = title_with_unit(rows, words), finding(rows, words), flow_cells(rows, atlas, words)
    if not is_charted(rows):
        return table_of(here, table, title, cited(rows), name=series_name(series_id), subtitle=told)
    colour, looks = CARRIER_COLOURS[rows["carrier"].iloc[0]], set(rows["kind"].map(KINDS))
    signs = [Sign(LOOK_SIGNS[one], colour, words(label)) for one, label in LOOKS.items() if one in looks]
    return chart_of(
        here,
        lambda: series_figure(atlas, series_id, words),
        title,
        table,
        cited(rows),
        name=series_name(series_id),
        subtitle=told,
        signs=tuple(signs),
        notes=(words(BOXES), words(SCALES_APART)),
    )


def _flows(here: View, view: EnergyView) -> Publication:
    atlas, words, flows = here.atlas, here.words, view.flows(here.atlas)
    return table_of(
        here,
        flow_cells(flows, atlas, words),
        words("Flows of energy and water"),
        cited(flows),
        name="flows",
        subtitle=energy_finding(view, atlas, words),
        layers=lambda: {"flows": flow_lines(flows.index, atlas, words)},
    )


def _lines(here: View, view: EnergyView) -> Publication:
    words, lines = here.words, view.lines(here.atlas)
    carrier = (words(CARRIERS[view.carrier]),) if view.carrier else ()
    table = line_cells(lines, words)
    return table_of(
        replace(here, filters=filter_text(carrier, words)),
        table,
        words("Pipelines and power lines"),
        cited(lines),
        name="lines",
        notes=(words("All energy lines are schematic."),),
        layers=lambda: {"energy_lines": cells.placed(table, lines.geometry)},
    )


def _sites(here: View) -> Publication:
    atlas, words = here.atlas, here.words
    sites = energy_sites(atlas.sites)
    table = cells.site_cells(sites, atlas, words)
    return table_of(
        here,
        table,
        words("Energy sites"),
        cited(sites),
        name="sites",
        layers=lambda: {"sites": cells.placed(table, sites.geometry)},
    )


def _projects(here: View) -> Publication:
    rows = energy_projects(here.atlas.projects)
    table = project_cells(rows, here.atlas, here.words)
    return table_of(here, table, here.words("Energy projects"), cited(rows), name="projects")


def _differences(here: View) -> Publication:
    atlas, words = here.atlas, here.words
    return table_of(
        here,
        difference_cells(TOPICS, atlas, words),
        words("{part}: {finding}", part=words("Energy"), finding=words(DIFFERENCES_TITLE)),
        sources_of_differences(TOPICS, atlas),
        name="differences",
        notes=(words("The atlas shows both as stated and does not say who is right."),),
    )


PUBLISHERS["/energy"] = publications
