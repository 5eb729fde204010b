"""A way walked place by place, each in one sentence: the slider under a strip, which assets/walk.js moves."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
from dash import html

from dashboard import vocabulary
from dashboard.corridors.way_parts import changes_of
from dashboard.plain import Plain
from dashboard.text import Words
from layers import Atlas
from layers.ways import Way

NEAR_KM = 0.5
"""How exactly the kilometres of lines and of places agree."""


def walk_part(way: Way, atlas: Atlas, words: Words) -> Plain:
    """The slider with its two buttons, and the places of the way as a list that stays hidden."""
    places = way.stops[way.stops["is_place"]].reset_index(drop=True)
    changes, steps = changes_of(way, atlas, words), pd.DataFrame(way.steps).drop(columns="geometry")
    stops = [stop for _, stop in places.iterrows()]
    items = [
        _item(stop, after, _between(steps, stop, after), changes, atlas, words)
        for stop, after in pairwise([*stops, None])
    ]
    first = str(items[0].children)
    slider = html.Div(
        html.Span(className="walk-thumb"),
        role="slider",
        tabIndex=0,
        className="walk-track",
        **{
            "aria-label": words("Walk the way place by place"),
            "aria-valuemin": "1",
            "aria-valuemax": str(len(items)),
            "aria-valuenow": "1",
            "aria-valuetext": first,
            "aria-keyshortcuts": "ArrowLeft ArrowRight Home End",
        },
    )
    ends = ((-1, "‹", words("The place before")), (1, "›", words("The next place")))
    back, on = (
        html.Button(sign, type="button", title=label, **{"aria-label": label, "data-walk": str(step)})
        for step, sign, label in ends
    )
    hint = words("Walk the way place by place with ← and →, or with the buttons; the map comes along.")
    said = html.P(hint, className="walk-said", **{"aria-live": "polite"})
    bar = html.Div([back, slider, on], className="walk-bar")
    # Its key makes it anew for another way: assets/walk.js has written into the old one.
    key = "-".join(places["node_id"])
    return Plain(html.Div([bar, said, html.Ol(items, hidden=True)], className="walk", key=key))


def _item(
    stop: pd.Series,
    after: pd.Series | None,
    steps: pd.DataFrame,
    changes: dict[str, list[str]],
    atlas: Atlas,
    words: Words,
) -> html.Li:
    """A place, the lines to the place after it, and what changes at each node of the way."""
    keys = [f"node:{stop['node_id']}", *(f"segment:{one}" for one in steps["segment_id"] if one)]
    spot = f"{stop.geometry.x:.3f},{stop.geometry.y:.3f}"
    told = [_place(stop, atlas, words)]
    if here := changes.get(stop["node_id"]):
        told.append(words("Here: {changes}.", changes="; ".join(here)))
    told.append(_onwards(stop, after, steps, words))
    return html.Li(" ".join(told), **{"data-keys": " ".join(keys), "data-at": spot})


def _place(stop: pd.Series, atlas: Atlas, words: Words) -> str:
    """The name of a place, its kilometre, its country and what it is."""
    code = stop["country_iso3"]
    parts = [
        words.name(stop),
        words("{n} km", n=words.number(round(stop["km"]))),
        words.name(atlas.countries.loc[code]) if code else "",
        words(vocabulary.NODE_KINDS[stop["kind"]]),
    ]
    return ", ".join(filter(None, parts)) + "."


def _onwards(stop: pd.Series, after: pd.Series | None, steps: pd.DataFrame, words: Words) -> str:
    """How it goes on to the next place: mode and status of its lines, with kilometres where they differ."""
    if after is None:
        return words("Here the way ends.")
    km_by = steps.groupby(["mode", "status"], sort=False)["length_km"].sum()
    kinds = {
        f"{words(vocabulary.MODES[mode])}, {words(vocabulary.STATUSES[status])}": km
        for (mode, status), km in km_by.items()
    }
    if len(kinds) > 1:
        kinds = {
            words("{status}: {n} km", status=kind, n=words.number(round(km))): km
            for kind, km in kinds.items()
        }
    return words(
        "Next, after {n} km: {place} ({lines}).",
        n=words.number(round(after["km"] - stop["km"])),
        place=words.name(after),
        lines="; ".join(kinds),
    )


def _between(steps: pd.DataFrame, stop: pd.Series, after: pd.Series | None) -> pd.DataFrame:
    """The lines between two places; none after the last."""
    if after is None:
        return steps.iloc[:0]
    return steps[(steps["start_km"] > stop["km"] - NEAR_KM) & (steps["end_km"] < after["km"] + NEAR_KM)]
