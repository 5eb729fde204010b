"""What a way passes, read from its steps: stretches of one kind, borders, gauge breaks, sea legs, ports."""

from __future__ import annotations

import numpy as np
import pandas as pd

from layers.ways.way import Way


def bands(way: Way, column: str) -> pd.DataFrame:
    """start_km, end_km and value of the stretches over which a column of the steps stays the same.

    What is not known ("" or NaN) is a stretch of its own. Countries change at the border, also inside a step.
    """
    pieces = country_pieces(way) if column == "country_iso3" else way.steps
    value = pieces[column].to_numpy()
    unknown = pd.isna(value)
    same = (value[1:] == value[:-1]) | unknown[1:] & unknown[:-1]
    first, last = run_ends(~same, len(value))
    return pd.DataFrame(
        {
            "start_km": pieces["start_km"].to_numpy()[first],
            "end_km": pieces["end_km"].to_numpy()[last],
            "value": value[first],
        }
    )


def run_ends(breaks: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """The first and last positions of the runs among so many rows; `breaks`: whether one ends after a row."""
    if not count:
        return np.empty(0, dtype=int), np.empty(0, dtype=int)
    after = np.flatnonzero(breaks)
    return np.concatenate([[0], after + 1]), np.concatenate([after, [count - 1]])


def country_pieces(way: Way) -> pd.DataFrame:
    """start_km, end_km and country_iso3 of the parts of steps that lie in one country each."""
    columns = ["start_km", "border_km", "end_km", "country_iso3", "to_iso3"]
    rows = []
    for start_km, border_km, end_km, here, there in way.steps[columns].itertuples(index=False, name=None):
        if border_km != border_km:
            rows.append((start_km, end_km, here))
        else:
            rows += [(start_km, border_km, here), (border_km, end_km, there)]
    rows = [row for row in rows if row[1] > row[0]]
    return pd.DataFrame(rows, columns=["start_km", "end_km", "country_iso3"])


def borders(way: Way) -> pd.DataFrame:
    """km, from_iso3, to_iso3, node_id ("" if none), crossing_id ("" if none), mode and is_approximate of each
    land border; between two countries at sea there is none.
    """
    crossed = way.steps[way.steps["border_km"].notna()]
    columns = {
        "border_km": "km",
        "country_iso3": "from_iso3",
        "to_iso3": "to_iso3",
        "border_node": "node_id",
        "crossing_id": "crossing_id",
        "mode": "mode",
        "border_is_approximate": "is_approximate",
    }
    return pd.DataFrame(crossed)[list(columns)].rename(columns=columns).reset_index(drop=True)


def gauge_breaks(way: Way) -> pd.DataFrame:
    """km, node_id, from_mm and to_mm where one railway follows another of a different gauge.

    Only where both are known: a gauge not decided is no break, and neither is a ship between two railways.
    """
    steps = way.steps
    gauge = np.where(steps["mode"].eq("rail"), steps["gauge_mm"], np.nan)
    before, after = gauge[:-1], gauge[1:]
    at = np.flatnonzero(~np.isnan(before) & ~np.isnan(after) & (before != after)) + 1
    return pd.DataFrame(
        {
            "km": steps["start_km"].to_numpy()[at],
            "node_id": steps["from_node"].to_numpy()[at],
            "from_mm": gauge[at - 1].astype(int),
            "to_mm": gauge[at].astype(int),
        }
    )


def sea_legs(way: Way) -> pd.DataFrame:
    """start_km, end_km, from_node and to_node of each leg by ship; sea segments in a row are one leg."""
    return runs(way, way.steps["mode"].eq("sea").to_numpy())


def runs(way: Way, chosen: np.ndarray) -> pd.DataFrame:
    """start_km, end_km, from_node and to_node of the stretches of chosen steps in a row."""
    at = np.flatnonzero(chosen)
    first, last = (at[ends] for ends in run_ends(np.diff(at) > 1, len(at)))
    steps = way.steps
    return pd.DataFrame(
        {
            "start_km": steps["start_km"].to_numpy()[first],
            "end_km": steps["end_km"].to_numpy()[last],
            "from_node": steps["from_node"].to_numpy()[first],
            "to_node": steps["to_node"].to_numpy()[last],
        }
    )


def ports(way: Way) -> pd.DataFrame:
    """km and node_id of the ports that a way passes, by ship or by land."""
    stops = way.stops
    return pd.DataFrame(stops.loc[stops["kind"].eq("port"), ["km", "node_id"]]).reset_index(drop=True)


def shared_with(way: Way, other: Way) -> pd.DataFrame:
    """start_km, end_km, from_node and to_node on `way` of the stretches that `other` uses too, in either
    direction.
    """
    return runs(way, way.steps["segment_id"].isin(other.segment_ids).to_numpy())
