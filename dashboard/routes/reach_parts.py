"""What the page of reach says: the finding, the views, the ranking of the regions, questions ready made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from dash import html

from dashboard import vocabulary
from dashboard.cards.parts import choose_button
from dashboard.keys import names_at
from dashboard.routes import told
from dashboard.routes.conditions import Conditions
from dashboard.routes.fields import asking
from dashboard.routes.places import link_names, place_name, with_country
from dashboard.routes.reaching import ReachQuestion
from dashboard.sortable import MOST_ROWS, amount, cut_note, sortable_table
from dashboard.text import N_, Words
from layers import Atlas

SETS = {
    "sea-ports": N_("Sea ports"),
    "caspian-ports": N_("Ports on the Caspian"),
    "china": N_("Border of China"),
    "european-union": N_("European Union"),
}
TOWARDS = {
    "sea-ports": N_("to a sea port"),
    "caspian-ports": N_("to a port on the Caspian"),
    "china": N_("to the border of China"),
    "european-union": N_("to the European Union"),
}
MEASURE_NAMES = {"hours": N_("hours"), "km": N_("kilometres"), "borders": N_("borders")}
VIEW_NAMES = {
    "before": N_("Today"),
    "after": N_("With the changes"),
    "difference": N_("Difference"),
}
BEST = {
    "joined": {
        "opened": N_("Opening {names} gives {region} a way {towards} ({amount}, computed)."),
        "": N_("These changes give {region} a way {towards} ({amount}, computed)."),
    },
    "nearer": {
        "opened": N_("Opening {names} brings {region} {amount} closer {towards} (computed)."),
        "": N_("These changes bring {region} {amount} closer {towards} (computed)."),
    },
    "further": {
        "closed": N_("Closing {names} makes the way from {region} {towards} longer by {amount} (computed)."),
        "": N_("These changes make the way from {region} {towards} longer by {amount} (computed)."),
    },
    "cut": {
        "closed": N_("Closing {names} leaves {region} no way {towards}."),
        "": N_("These changes leave {region} no way {towards}."),
    },
    "same": {
        "opened": N_("Opening {names} brings no region closer {towards}."),
        "closed": N_("Closing {names} makes the way {towards} longer for no region."),
        "": N_("These changes make no difference to the way of any region {towards}."),
    },
}
CHANGE_COLUMNS = (
    N_("Region"),
    N_("Country"),
    N_("Today"),
    N_("With the changes"),
    N_("Difference"),
    N_("Nearest gateway today"),
    N_("Nearest gateway with the changes"),
)
TODAY_COLUMNS = (
    N_("Region"),
    N_("Country"),
    N_("Hours"),
    N_("Kilometres"),
    N_("Borders"),
    N_("Nearest gateway"),
)


@dataclass(frozen=True)
class Preset:
    """A question ready made."""

    label: str
    gateways: str
    measure: str
    closed: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()


PRESETS = (
    Preset(N_("Open China – Kyrgyzstan – Uzbekistan: km to China"), "china", "km", opened=("corridor:cku",)),
    Preset(
        N_("Open the Trans-Afghan railway: km to sea ports"),
        "sea-ports",
        "km",
        opened=("corridor:trans-afghan",),
    ),
    Preset(
        N_("Open the western Trans-Afghan railway: km to Karachi"),
        "node:karachi",
        "km",
        opened=("corridor:trans-afghan-west",),
    ),
    Preset(
        N_("Close the port of Aktau: hours to the Caspian"),
        "caspian-ports",
        "hours",
        closed=("node:aktau_port",),
    ),
    Preset(
        N_("Close the port of Turkmenbashi: km to Poti"), "node:poti", "km", closed=("node:turkmenbashi",)
    ),
)


def presets(store: str, atlas: Atlas, words: Words) -> html.Ul:
    """Links to questions that are asked often; those that the data cannot answer are left out."""
    items = []
    for one in PRESETS:
        query = {name: getattr(one, name) for name in ("gateways", "measure")}
        query |= {"closed": ",".join(one.closed), "opened": ",".join(one.opened)}
        asked = ReachQuestion.from_query(query, atlas)
        if asked.problem is None and not asked.notes:
            items.append(html.Li(asking(words(one.label), asked.address(words.language), store)))
    return html.Ul(items, className="presets", **{"aria-label": words("Questions ready made")})


def towards(gateways: str, atlas: Atlas, words: Words) -> str:
    """The gateways as a goal: "to a sea port"."""
    if gateways in TOWARDS:
        return words(TOWARDS[gateways])
    return words("to {place}", place=place_name(atlas, gateways, words))


def said_amount(value: float, measure: str, words: Words) -> str:
    """A value of a measure with its unit."""
    whole = round(abs(value))
    if measure == "borders":
        return words.plural("{n} border", "{n} borders", whole)
    return words(vocabulary.UNITS[measure], n=words.number(whole))


def finding(asked: ReachQuestion, atlas: Atlas, words: Words) -> str:
    """What the question comes to, in sentences."""
    if asked.conditions.changes_network:
        return changed_finding(asked, atlas, words)
    found = asked.before(atlas)
    known = found["value"].dropna().sort_values(kind="stable")
    goal = towards(asked.gateways, atlas, words)
    if known.empty:
        return words("No region has a way {towards} on this network.", towards=goal)
    ends = [(name_of(one, atlas, words), known[one]) for one in (known.index[0], known.index[-1])]
    (near, least), (far, most) = ends
    said = words(
        "The way {towards} is shortest from {near} ({least}) and longest from {far} ({most}), computed.",
        towards=goal,
        near=near,
        least=said_amount(least, asked.measure, words),
        far=far,
        most=said_amount(most, asked.measure, words),
    )
    missing = len(found) - len(known)
    if missing:
        said += " " + words.plural("{n} region has no way.", "{n} regions have no way.", missing)
    return said


def changed_finding(asked: ReachQuestion, atlas: Atlas, words: Words) -> str:
    """What the changes do: the region that gains or loses most, and how many of each kind."""
    changes = asked.changes(atlas)
    gains, losses = (
        changes[changes["kind"].isin(kinds)] for kinds in (("joined", "nearer"), ("further", "cut"))
    )
    top = [part for part in (gains.head(1), losses.tail(1)) if len(part)] or [changes.iloc[:0]]
    said = [best(asked, part, atlas, words) for part in top]
    counts = {kind: int(n) for kind, n in changes["kind"].value_counts().items()}
    return " ".join([*said, *counted(counts, words)])


def counted(counts: dict[str, int], words: Words) -> list[str]:
    """How many regions changed, by kind of change; kinds without any are not said."""
    near, joined, far, cut = (counts.get(kind, 0) for kind in ("nearer", "joined", "further", "cut"))
    said = {
        words.plural("{n} region comes nearer.", "{n} regions come nearer.", near): near,
        words.plural("{n} region gets a way.", "{n} regions get a way.", joined): joined,
        words.plural("{n} region is further off.", "{n} regions are further off.", far): far,
        words.plural("{n} region has no way left.", "{n} regions have no way left.", cut): cut,
    }
    return [text for text, n in said.items() if n]


def best(asked: ReachQuestion, top: pd.DataFrame, atlas: Atlas, words: Words) -> str:
    """One sentence on the region that changes most; none changes where `top` is empty."""
    side = one_sided(asked.conditions)
    names = link_names(atlas, getattr(asked.conditions, side), words) if side else ""
    parts = {"names": names, "towards": towards(asked.gateways, atlas, words)}
    kind = top["kind"].iloc[0] if len(top) else "same"
    messages = BEST[kind]
    message = messages.get(side, messages[""])
    if kind != "same":
        row = top.iloc[0]
        value = row["after"] if kind == "joined" else 0.0 if kind == "cut" else apart(row)
        parts["region"] = name_of(top.index[0], atlas, words)
        parts["amount"] = said_amount(value, asked.measure, words)
    return words(message, **parts)


def apart(row: pd.Series) -> int:
    """The difference of the whole numbers that a reader sees."""
    return round(row["after"]) - round(row["before"])


def one_sided(conditions: Conditions) -> str:
    """ "closed" or "opened" where the change is only that, else ""."""
    for side, other in (("closed", "opened"), ("opened", "closed")):
        alone = replace(conditions, **{other: ()}, year=None, has_planned=False)
        if getattr(conditions, side) and alone == conditions:
            return side
    return ""


def name_of(region_id: str, atlas: Atlas, words: Words) -> str:
    """The name of a region."""
    return words.name(atlas.regions.loc[region_id])


def views(asked: ReachQuestion, store: str, words: Words) -> list[Any]:
    """Links to the map before, after and of the difference; without a change there is one map only."""
    if not asked.conditions.changes_network:
        return []
    items = []
    for view, name in VIEW_NAMES.items():
        marked = {"aria-current": "true"} if view == asked.view else {}
        address = replace(asked, view=view).address(words.language)
        items.append(html.Li(asking(words(name), address, store, **marked)))
    return [html.Ul(items, className="reach-views", **{"aria-label": words("What the map shows")})]


def ranking(asked: ReachQuestion, atlas: Atlas, words: Words) -> list[Any]:
    """Every region with its reach, the first of very many; with a change, those that gain most first."""
    measure = words(MEASURE_NAMES[asked.measure])
    goal = towards(asked.gateways, atlas, words)
    caption = words("Each region: {measure} {towards}, computed", measure=measure, towards=goal)
    if asked.conditions.changes_network:
        found, row_of, columns = asked.changes(atlas), change_row, CHANGE_COLUMNS
    else:
        found = asked.before(atlas).sort_values("value", kind="stable")
        row_of, columns = today_row, TODAY_COLUMNS
    rows = [row_of(one, row, atlas, words) for one, row in found.iloc[:MOST_ROWS].iterrows()]
    table = sortable_table(caption, [words(one) for one in columns], rows, "reach-table")
    return [*cut_note(len(rows), len(found), words), table]


def region_cells(region_id: str, atlas: Atlas, words: Words) -> list[Any]:
    """The name of a region and its country."""
    country = names_at(atlas, "countries", atlas.regions.at[region_id, "country_iso3"])
    button = choose_button(f"region:{region_id}", atlas, words)
    return [html.Th(button, scope="row"), html.Td(words.name(country))]


def lit(region_id: str, atlas: Atlas) -> dict[str, str]:
    """What lights a region up on the map while its row is pointed at."""
    lon, lat = (atlas.regions.at[region_id, column] for column in ("centre_lon", "centre_lat"))
    spot = f"{lon:.3f},{lat:.3f}"
    return {"data-light": f"region:{region_id}", "data-spot": spot}


def gateway_name(node_id: str, atlas: Atlas, words: Words) -> str:
    """The name of a gateway and its country; a dash for none."""
    if not node_id:
        return "–"
    country_iso3 = atlas.nodes.at[node_id, "country_iso3"]
    return with_country(atlas, {**names_at(atlas, "nodes", node_id), "country_iso3": country_iso3}, words)


def reached(value: float, words: Words) -> html.Td:
    """A value, or that no way leads there."""
    if pd.isna(value):
        return html.Td(words("no way"), className="amount", **{"data-value": ""})
    return amount(value, words.number(round(value)), words)


def today_row(region_id: str, row: pd.Series, atlas: Atlas, words: Words) -> html.Tr:
    """The reach of a region on the network of today."""
    return html.Tr(
        [
            *region_cells(region_id, atlas, words),
            *(reached(row[column], words) for column in ("hours", "km", "borders")),
            html.Td(gateway_name(row["gateway"], atlas, words)),
        ],
        **lit(region_id, atlas),
    )


def change_row(region_id: str, row: pd.Series, atlas: Atlas, words: Words) -> html.Tr:
    """The reach of a region before and after, and the difference."""
    kinds = {"joined": words("gets a way"), "cut": words("loses its way")}
    if row["kind"] in kinds:
        difference = html.Td(kinds[row["kind"]], className="amount", **{"data-value": ""})
    elif pd.isna(row["difference"]):
        difference = amount(float("nan"), "", words)
    else:
        difference = amount(apart(row), told.signed(apart(row), words), words)
    return html.Tr(
        [
            *region_cells(region_id, atlas, words),
            reached(row["before"], words),
            reached(row["after"], words),
            difference,
            html.Td(gateway_name(row["gateway_before"], atlas, words)),
            html.Td(gateway_name(row["gateway_after"], atlas, words)),
        ],
        **lit(region_id, atlas),
    )
