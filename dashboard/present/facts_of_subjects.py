"""Facts of trade, the Council, joint projects, the priority list, energy, and of single rows of figures."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

import pandas as pd

from dashboard import vocabulary
from dashboard.corridor_terms import amount, digits, scale_of
from dashboard.council.names import STAGES, worth_text
from dashboard.present.facts import Fact, Facts
from dashboard.text import N_, Words
from layers import Atlas
from layers.council import FIRST_MEETING, stage_of
from layers.portfolio import stated_jobs, worth
from layers.priorities import EQUAL, TOP, in_top, marks, ranking
from layers.projects import named
from layers.trade import enterprises_latest, full_years, gauge, latest_full_year

COUNTED = N_("Counted from the rows of the atlas; each row names its sources.")
VALUES = N_("Values are those stated for single projects, also converted ones and lower bounds, no claims.")
RANKED = N_("Ranked with all weights equal; what no source states is left open.")
FLOWS = {"turnover": "turnover", "export": "export_uz_to_kz", "import": "import_uz_from_kz"}
DIRECTIONS = {"kz_in_uz": "kz_capital_in_uz", "uz_in_kz": "uz_capital_in_kz"}
FIRST = range(1, 6)
"""The places of a list that facts name."""


def number(value: float, source_ids: Iterable[str], how: str, words: Words) -> Fact:
    """A count."""
    return Fact(words.number(value), tuple(dict.fromkeys(source_ids)), words(how) if how else "")


def counted(rows: pd.DataFrame, words: Words) -> Fact:
    """How many rows there are; the sources are those of the rows."""
    return number(len(rows), (one for own in rows["source_ids"] for one in own), COUNTED, words)


def row_name(row: pd.Series, words: Words) -> Fact:
    """The name of an entity."""
    return Fact(words.name(row), tuple(row.get("source_ids", ())))


def trade(atlas: Atlas) -> Facts:
    """trade.<turnover|export|import>.<year|latest>, the same with .growth, the target and the way to it.

    Exports are those of Uzbekistan to Kazakhstan, imports those from there.
    """
    found: Facts = {}
    for name, flow in FLOWS.items():
        years = full_years(atlas.trade, flow)
        for year in years["period_start"].str[:4].unique():
            row = latest_full_year(years[years["period_start"].str[:4].eq(year)], flow)
            for key in (year, "latest") if year == years["period_start"].iloc[-1][:4] else (year,):
                found |= _amounts_of(f"trade.{name}.{key}", row)
    return found | _target(atlas)


def _amounts_of(name: str, row: pd.Series) -> Facts:
    cited = row["source_ids"]
    found: Facts = {
        name: lambda words: Fact(words.dollars(row["value_usd"]), cited),
        f"{name}.year": lambda _: Fact(row["period_end"][:4], cited),
    }
    if pd.notna(row["growth_pct"]):
        found[f"{name}.growth"] = lambda words: Fact(words.percent(row["growth_pct"]), cited)
    return found


NEEDED = N_("The steady yearly growth that leads from the turnover of {last_year} to the target of {year}.")
SHARE = N_("The turnover of {last_year}, divided by the target of {year}.")
PACE = N_("The first year in which the target would be reached if turnover grew each year as in {last_year}.")


def _target(atlas: Atlas) -> Facts:
    found = gauge(atlas.trade)
    if found is None:
        return {}
    goal, last = tuple(found.goal["source_ids"]), tuple(found.last["source_ids"])
    both = tuple(dict.fromkeys((*last, *goal)))
    years = {"last_year": str(found.last_year), "year": str(found.goal_year)}
    facts: Facts = {
        "trade.target": lambda words: Fact(words.dollars(found.goal["value_usd"]), goal),
        "trade.target.year": lambda _: Fact(str(found.goal_year), goal),
        "trade.needed_growth": lambda words: Fact(
            words.percent(found.needed_pct), both, words(NEEDED, **years)
        ),
        "trade.target.share": lambda words: Fact(
            words.percent(found.share * 100, 0), both, words(SHARE, **years)
        ),
    }
    if found.pace_year:
        facts["trade.target.year_at_pace"] = lambda words: Fact(
            str(found.pace_year), both, words(PACE, **years)
        )
    return facts


def enterprises(atlas: Atlas) -> Facts:
    """enterprises.<kz_in_uz|uz_in_kz>, the latest count, and its .date."""
    found: Facts = {}
    for name, direction in DIRECTIONS.items():
        try:
            row = enterprises_latest(atlas.enterprises, direction).latest
        except LookupError:
            continue
        found[f"enterprises.{name}"] = partial(_stated_number, row["value"], row["source_ids"])
        found[f"enterprises.{name}.date"] = partial(_date, row["date"], row["source_ids"])
    return found


def _stated_number(value: float, source_ids: tuple[str, ...], words: Words) -> Fact:
    return Fact(words.number(value), tuple(source_ids))


def _date(iso: str, source_ids: tuple[str, ...], words: Words) -> Fact:
    return Fact(words.date(iso), tuple(source_ids))


def council(atlas: Atlas) -> Facts:
    """event.<event_id>.<date|name|stage>, council.first_meeting.<date|stage>, council.events, data.date."""
    found: Facts = {"council.events": lambda words: counted(atlas.council, words)}
    for event_id, row in atlas.council.iterrows():
        found |= _event(f"event.{event_id}", row, atlas)
        if event_id == FIRST_MEETING:
            found |= _event("council.first_meeting", row, atlas)
    found["data.date"] = lambda words: Fact(words.date(atlas.date.isoformat()))
    found["data.version"] = lambda _: Fact(atlas.version)
    return found


def _event(name: str, row: pd.Series, atlas: Atlas) -> Facts:
    cited = tuple(row["source_ids"])
    stage = STAGES[stage_of(row, atlas.date.isoformat())]
    return {
        f"{name}.date": partial(_date, row["date"], cited),
        f"{name}.name": lambda words: Fact(words.text(row, "event"), cited),
        f"{name}.stage": lambda words: Fact(words(stage), cited),
    }


def projects(atlas: Atlas) -> Facts:
    """projects.count, .with_value, .with_jobs, .value, .jobs, .status.<status>; project.<id>.<name|value|…>.

    Single projects are counted; totals of many are project.A-…, each by itself.
    """
    rows = named(atlas.projects)
    found_worth, (jobs, stating) = worth(atlas, rows.index), stated_jobs(atlas, rows.index)
    found: Facts = {
        "projects.count": lambda words: counted(rows, words),
        "projects.with_value": lambda words: counted(rows.loc[list(found_worth.valued)], words),
        "projects.with_jobs": lambda words: counted(rows.loc[list(stating)], words),
        "projects.value": lambda words: Fact(
            worth_text(found_worth, words),
            counted(rows.loc[list(found_worth.valued)], words).source_ids,
            words(VALUES),
        ),
        "projects.jobs": lambda words: number(
            jobs, (one for ids in rows.loc[list(stating), "source_ids"] for one in ids), COUNTED, words
        ),
    }
    for status in vocabulary.STATUSES:
        own = rows[rows["status"].eq(status)]
        found[f"projects.status.{status}"] = partial(counted, own)
    for project_id, row in atlas.projects.iterrows():
        found |= _project(f"project.{project_id}", row)
    return found


def _project(name: str, row: pd.Series) -> Facts:
    cited = tuple(row["source_ids"])
    found: Facts = {f"{name}.name": partial(row_name, row)}
    if pd.notna(row["value_usd"]):
        found[f"{name}.value"] = partial(_value, row)
    for column in ("jobs", "project_count"):
        if pd.notna(row[column]):
            found[f"{name}.{column}"] = partial(_stated_number, row[column], cited)
    return found


LEAST = {"aggregate-minimum": N_("over {amount}"), "minimum": N_("at least {amount}")}


def _value(row: pd.Series, words: Words) -> Fact:
    shown = words.dollars(row["value_usd"])
    message = LEAST.get(row["value_type"])
    return Fact(words(message, amount=shown) if message else shown, tuple(row["source_ids"]))


def priorities(atlas: Atlas) -> Facts:
    """priorities.<certain|possible|never|steady>, priorities.<1 to 5>.<name|best|worst> with equal weights.

    certain, possible and never count the projects by whether they are among the first ten whatever is not
    known; steady those that stay there when weights vary and nothing not known of them counts.
    """
    rows = named(atlas.projects)
    if rows.empty:
        return {}
    given = marks(atlas)
    ranked = ranking(given.low, given.high, EQUAL)
    cited = tuple(dict.fromkeys(one for ids in rows["source_ids"] for one in ids))

    def count(value: int, words: Words) -> Fact:
        return number(value, cited, RANKED, words)

    certain = int(ranked["worst"].le(TOP).sum())
    possible = int(ranked["best"].le(TOP).sum()) - certain
    found: Facts = {
        "priorities.top": lambda words: Fact(words.number(TOP)),
        "priorities.certain": partial(count, certain),
        "priorities.possible": partial(count, possible),
        "priorities.never": partial(count, len(ranked) - certain - possible),
        "priorities.steady": lambda words: count(
            int(in_top(given.low, given.high, EQUAL)["if_worst"].ge(1).sum()), words
        ),
    }
    for place, (project_id, row) in zip(FIRST, ranked.iterrows(), strict=False):
        found[f"priorities.{place}.name"] = partial(row_name, rows.loc[project_id])
        for end in ("best", "worst"):
            found[f"priorities.{place}.{end}"] = partial(count, int(row[end]))
    return found


def rows_of_figures(atlas: Atlas) -> Facts:
    """metric.<metric_id> of corridor_metrics, flow.<flow_id> of energy_flows, indicator.<indicator_id> of
    region_indicators: the value with its unit; with .number the value alone, as for the first of a range."""
    found: Facts = {}
    tables = {"metric": "corridor_metrics", "flow": "energy_flows", "indicator": "region_indicators"}
    for name, table in tables.items():
        for row_id, row in getattr(atlas, table).iterrows():
            if pd.notna(row["value"]):
                found[f"{name}.{row_id}"] = partial(_amount, row)
                found[f"{name}.{row_id}.number"] = partial(_digits, row)
    return found


def _amount(row: Any, words: Words) -> Fact:
    """Tonnes and money in millions, as charts write them; other amounts with all their digits."""
    value, unit = float(row["value"]), row["unit"]
    is_large = scale_of(value, unit) > 1
    shown = amount(value, unit, words) if is_large else vocabulary.quantity(value, unit, words)
    return Fact(shown, tuple(row["source_ids"]))


def _digits(row: Any, words: Words) -> Fact:
    value = float(row["value"])
    scale = scale_of(value, row["unit"])
    shown = digits(value / scale, words) if scale > 1 else words.number(value)
    return Fact(shown, tuple(row["source_ids"]))


def energy(atlas: Atlas) -> Facts:
    """energy.lines, energy.lines.<carrier>, energy.lines.<status>, energy.flows."""
    rows = atlas.energy_lines
    found: Facts = {
        "energy.lines": lambda words: counted(rows, words),
        "energy.flows": lambda words: counted(atlas.energy_flows, words),
    }
    for carrier in vocabulary.CARRIERS:
        found[f"energy.lines.{carrier}"] = partial(counted, rows[rows["carrier"].eq(carrier)])
    for status in vocabulary.STATUSES:
        found[f"energy.lines.{status}"] = partial(counted, rows[rows["status"].eq(status)])
    return found


FAMILIES = (trade, enterprises, council, projects, priorities, rows_of_figures, energy)
