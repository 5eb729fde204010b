"""The card of one thing on the map: all its facts, each with its sources, and what is not known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
from dash import html

from dashboard import ids, vocabulary
from dashboard.filters import frame_of
from dashboard.sourced import GENERAL_KNOWLEDGE, computed, source_list, sourced
from dashboard.text import N_, Words
from layers import Atlas
from layers.corridors import length_by_status

Fact = tuple[str, Any]


def card_of(keys: Sequence[str], atlas: Atlas, words: Words) -> html.Div | None:
    """The card of what is selected; a list to choose from when several things share the spot."""
    if not keys:
        return None
    body = chooser(keys, atlas, words) if len(keys) > 1 else _single(keys[0], atlas, words)
    close = html.Button("×", id=ids.choose("", "close"), className="close", title=words("Close"), n_clicks=0,
                        **{"aria-label": words("Close")})
    return html.Div([close, body], className="card-body")


def chooser(keys: Sequence[str], atlas: Atlas, words: Words) -> html.Div:
    """Several things at one spot, each a button."""
    heading = words.plural("{n} thing at this spot", "{n} things at this spot", len(keys))
    return html.Div([
        html.H2(heading),
        html.Ul([html.Li([choose_button(key, atlas, words, "chooser"), html.Small(_kind_of(key, atlas, words))])
                 for key in keys], className="chooser"),
    ])


def choose_button(key: str, atlas: Atlas, words: Words, place: str) -> html.Button:
    """A button that selects something by its key."""
    name, language = title_of(key, atlas, words)
    return html.Button(name, id=ids.choose(key, place), className="choose", lang=language, n_clicks=0)


def title_of(key: str, atlas: Atlas, words: Words) -> tuple[str, str]:
    """The name of a thing and the language that name is in."""
    kind, _, identifier = key.partition(":")
    row = frame_of(kind, atlas).loc[identifier]
    if kind == "segment":
        ends = (words.name(atlas.nodes.loc[row["from_node"]]), words.name(atlas.nodes.loc[row["to_node"]]))
        return " – ".join(ends), words.language
    if kind == "crossing":
        return " – ".join(part for part in (row["name_kz"], row["name_uz"]) if part), "en"
    return words.name_and_language(row)


def _kind_of(key: str, atlas: Atlas, words: Words) -> str:
    kind, _, identifier = key.partition(":")
    row = frame_of(kind, atlas).loc[identifier]
    if kind == "region":
        return words(vocabulary.REGION_KINDS[row["kind"]])
    label = {
        "site": lambda: words(vocabulary.SITE_KINDS[row["kind"]]),
        "segment": lambda: words("line of a corridor ({mode})", mode=words(vocabulary.MODES[row["mode"]])),
        "corridor": lambda: words("corridor"),
        "crossing": lambda: words("border crossing ({mode})", mode=words(vocabulary.MODES[row["mode"]])),
        "energy": lambda: words(vocabulary.CARRIERS[row["carrier"]]),
    }[kind]()
    return f"{label}, {words(vocabulary.STATUSES[row['status']])}"


def _single(key: str, atlas: Atlas, words: Words) -> html.Div:
    kind, _, identifier = key.partition(":")
    row = frame_of(kind, atlas).loc[identifier]
    name, language = title_of(key, atlas, words)
    return html.Div([
        html.P(_kind_of(key, atlas, words), className="kind"),
        html.H2(name, lang=language),
        *_BODIES[kind](identifier, row, atlas, words),
        html.H3(words("Sources")),
        source_list(row["source_ids"], atlas, words),
    ])


def _facts(facts: Sequence[Fact | None]) -> html.Dl:
    rows = [html.Div([html.Dt(label), html.Dd(value)]) for label, value in (f for f in facts if f)]
    return html.Dl(rows, className="facts")


def _text(text: str) -> html.P | None:
    """Free text of the data, which is written in English."""
    return html.P(text, lang="en") if text else None


def _not_known(labels: Sequence[str], words: Words) -> html.P | None:
    if not labels:
        return None
    return html.P(words("Not known to our sources: {list}.", list=", ".join(labels)), className="not-known")


def _number(row: pd.Series, column: str, message: str, atlas: Atlas, words: Words, note: str = "") -> Any:
    shown = words(message, n=words.number(row[column]))
    return sourced(shown, row["source_ids"], atlas, words, note)


# ---------------------------------------------------------------- sites


def _site(site_id: str, row: pd.Series, atlas: Atlas, words: Words) -> list[Any]:
    labels = {"area_ha": words("area"), "investment_usd": words("investment"), "jobs": words("jobs")}
    known = {column for column in labels if pd.notna(row[column])}
    if pd.notna(row["investment_orig"]):
        known.add("investment_usd")
    where = [html.Span(row["place"], lang="en")]
    if row["location_precision"] == "region-centre":
        where.append(html.Strong([" ", words("(approximate place: the map shows the centre of the region)")]))
    facts = [
        (words("Place"), where),
        (words("Region"), choose_button(f"region:{row['region_id']}", atlas, words, "card")) if row["region_id"] else None,
        (words("Sectors"), vocabulary.spell(row["sectors"], vocabulary.SECTORS, words)),
        (words("Area"), _number(row, "area_ha", N_("{n} ha"), atlas, words)) if "area_ha" in known else None,
        (words("Investment"), _investment(row, atlas, words)) if "investment_usd" in known else None,
        (words("Jobs"), _number(row, "jobs", "{n}", atlas, words)) if "jobs" in known else None,
        (words("Started"), row["started"]) if row["started"] else None,
        (words("Expected"), html.Span(row["expected"], lang="en")) if row["expected"] else None,
        (words("Partners"), html.Span(row["partners"], lang="en")) if row["partners"] else None,
        (words("Status in the source"), html.Span(row["status_note"], lang="en")) if row["status_note"] else None,
    ]
    projects = atlas.projects.index[atlas.projects["site_id"] == site_id]
    linked = [html.H3(words("Projects here")), html.Ul([html.Li(_project(p, atlas, words)) for p in projects])]
    missing = [label for column, label in labels.items() if column not in known]
    return [_facts(facts), _text(row["summary_en"]), *(linked if len(projects) else []), _not_known(missing, words)]


def _investment(row: pd.Series, atlas: Atlas, words: Words) -> list[Any]:
    shown = []
    if pd.notna(row["investment_usd"]):
        shown.append(sourced(words.dollars(row["investment_usd"]), row["source_ids"], atlas, words))
    if pd.notna(row["investment_orig"]):
        amount = words("{amount} {currency}", amount=words.number(row["investment_orig"]),
                       currency=row["investment_currency"])
        shown.append(sourced(amount, row["source_ids"], atlas, words))
    return shown


def _project(project_id: str, atlas: Atlas, words: Words) -> list[Any]:
    row = atlas.projects.loc[project_id]
    value = words.dollars(row["value_usd"]) if pd.notna(row["value_usd"]) else words("value not known")
    return [html.Span(words.name(row), lang="en"), ", ", words(vocabulary.STATUSES[row["status"]]), ", ",
            sourced(value, row["source_ids"], atlas, words)]


# ---------------------------------------------------------------- lines


def _segment(segment_id: str, row: pd.Series, atlas: Atlas, words: Words) -> list[Any]:
    facts = [
        (words("Corridors"), html.Ul([html.Li(choose_button(f"corridor:{c}", atlas, words, "card"))
                                      for c in row["corridor_ids"]], className="plain")),
        (words("Gauge"), _gauge(row, words)) if row["mode"] == "rail" else None,
        (words("Published length"), _number(row, "length_km", N_("{n} km"), atlas, words))
        if pd.notna(row["length_km"]) else None,
        (words("Length on the map"), _computed_km(row["computed_length_km"], words)),
        (words("Opened"), str(row["opened_year"])) if pd.notna(row["opened_year"]) else None,
        (words("Expected"), str(row["planned_year"])) if pd.notna(row["planned_year"]) else None,
        (words("Line on the map"), words("follows the railway") if row["geometry_kind"] == "traced"
         else words("schematic: a straight link between its ends")),
    ]
    cited = set(row["source_ids"]) - {GENERAL_KNOWLEDGE}
    note = None if cited else html.P(words("Status and gauge rest on general knowledge, not cited."), className="note")
    return [_facts(facts), _text(row["note"]), note]


def _gauge(row: pd.Series, words: Words) -> str:
    if pd.isna(row["gauge_mm"]):
        return words("not decided")
    return words("{n} mm", n=str(row["gauge_mm"]))


def _computed_km(km: float, words: Words) -> html.Details:
    return computed(words("{n} km", n=words.number(round(km))),
                    words("Measured along the line of this map on the WGS 84 ellipsoid."), words)


def _corridor(corridor_id: str, row: pd.Series, atlas: Atlas, words: Words) -> list[Any]:
    countries = [words.name(atlas.countries.loc[iso]) for iso in row["country_iso3s"]]
    lengths = length_by_status(atlas.segments, corridor_id)
    facts = [
        (words("Carried by"), words(vocabulary.CORRIDOR_KINDS[row["kind"]])),
        (words("Countries"), ", ".join(countries)),
        *((words("Lines {status}", status=words(vocabulary.STATUSES[status])), _computed_km(km, words))
          for status, km in lengths.items()),
        (words("Status in the source"), html.Span(row["status_note"], lang="en")) if row["status_note"] else None,
        *_latest_volumes(corridor_id, atlas, words),
    ]
    branches = list(atlas.corridors.index[atlas.corridors["parent_id"] == corridor_id])
    family = [html.Ul([html.Li(choose_button(f"corridor:{c}", atlas, words, "card")) for c in branches])]
    note = words("Lengths add up all lines of the corridor, its alternatives included; they are not the length of one way.")
    return [_facts(facts), html.P(note, className="note") if len(lengths) else None, _text(row["summary_en"]),
            *(family if branches else [])]


def _latest_volumes(corridor_id: str, atlas: Atlas, words: Words) -> list[Fact]:
    """The newest actual full-year cargo and container volumes of the corridor as a whole, every reporter's."""
    metrics = atlas.corridor_metrics
    own = metrics[(metrics["corridor_id"] == corridor_id) & (metrics["kind"] == "actual") & (metrics["section"] == "")
                  & ~metrics["cumulative"] & metrics["period"].str.fullmatch(r"\d{4}")]
    facts = []
    for metric, label in (("cargo_volume", N_("Cargo in {year}")), ("container_volume", N_("Containers in {year}"))):
        rows = own[own["metric"] == metric]
        for _, row in rows[rows["period"] == rows["period"].max()].iterrows():
            shown = vocabulary.quantity(row["value"], row["unit"], words)
            facts.append((words(label, year=row["period"]), sourced(shown, row["source_ids"], atlas, words, row["note"])))
    return facts


def _energy(line_id: str, row: pd.Series, atlas: Atlas, words: Words) -> list[Any]:
    capacity = None
    if pd.notna(row["capacity"]):
        shown = vocabulary.quantity(row["capacity"], row["capacity_unit"], words)
        capacity = (words("Capacity"), sourced(shown, row["source_ids"], atlas, words, row["note"]))
    facts = [
        capacity,
        (words("Status in the source"), html.Span(row["status_note"], lang="en")) if row["status_note"] else None,
        (words("Line on the map"), words("schematic: a straight link between its ends")),
    ]
    return [_facts(facts), _text(row["note"]), None if capacity else _not_known([words("capacity")], words)]


# ---------------------------------------------------------------- crossings and regions


def _crossing(crossing_id: str, row: pd.Series, atlas: Atlas, words: Words) -> list[Any]:
    sides = [choose_button(f"region:{row[column]}", atlas, words, "card") for column in ("kz_region_id", "uz_region_id")]
    place = words("known to about {n} km", n=words.number(row["uncertainty_km"])) if pd.notna(row["uncertainty_km"]) \
        else words("exact place")
    facts = [
        (words("Kazakh side"), [html.Span(row["name_kz"], lang="en"), " ", sides[0]]),
        (words("Uzbek side"), [html.Span(row["name_uz"], lang="en"), " ", sides[1]]),
        (words("Status in the source"), html.Span(row["status_note"], lang="en")) if row["status_note"] else None,
        (words("Capacity"), sourced(row["capacity"], row["source_ids"], atlas, words)) if row["capacity"] else None,
        (words("Place"), place),
    ]
    missing = [] if row["capacity"] else [words("capacity")]
    return [_facts(facts), _text(row["note"]), _not_known(missing, words)]


def _region(region_id: str, row: pd.Series, atlas: Atlas, words: Words) -> list[Any]:
    population = words("{n} on {date}", n=words.number(row["population"]), date=words.date(row["population_date"]))
    density = words("{n} people per km²", n=words.number(row["population"] / row["area_km2"], 1))
    facts = [
        (words("Country"), words.name(atlas.countries.loc[row["country_iso3"]])),
        (words("Centre"), html.Span(row["centre_en"], lang="en")),
        (words("Population"), sourced(population, row["population_source_ids"], atlas, words)),
        (words("Area"), sourced(words("{n} km²", n=words.number(row["area_km2"])), (GENERAL_KNOWLEDGE,), atlas, words)),
        (words("Density"), computed(density, words("Population divided by area."), words)),
    ]
    sites = atlas.sites.index[atlas.sites["region_id"] == region_id]
    listed = html.Details([
        html.Summary(words.plural("{n} site in this region", "{n} sites in this region", len(sites))),
        html.Ul([html.Li(choose_button(f"site:{s}", atlas, words, "card")) for s in sites], className="plain"),
    ]) if len(sites) else html.P(words("No site in this region is known to our sources."))
    return [_facts(facts), html.H3(words("In the Council")), _text(row["council_role"]), listed,
            *_indicators(region_id, atlas, words)]


def _indicators(region_id: str, atlas: Atlas, words: Words) -> list[Any]:
    rows = atlas.region_indicators[atlas.region_indicators["region_id"] == region_id]
    if rows.empty:
        return []
    items = [html.Li([
        f"{words(vocabulary.INDICATORS[row['indicator']])}, ", html.Span(words.date(row["period"]), lang="en"), ": ",
        sourced(vocabulary.quantity(row["value"], row["unit"], words), row["source_ids"], atlas, words, row["note"]),
        html.Small([" ", words(vocabulary.VALUE_KINDS[row["kind"]])]) if row["kind"] != "actual" else None,
    ]) for _, row in rows.iterrows()]
    return [html.H3(words("Figures of the region")), html.Ul(items, className="plain")]


_BODIES: dict[str, Callable[..., list[Any]]] = {
    "site": _site,
    "segment": _segment,
    "corridor": _corridor,
    "energy": _energy,
    "crossing": _crossing,
    "region": _region,
}
