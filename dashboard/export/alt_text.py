"""What a figure shows, in sentences for readers who do not see it; made from its data."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.corridor_terms import amounts, when
from dashboard.export.publication import Column
from dashboard.figures import marks as m
from dashboard.text import N_, Words
from layers import Atlas
from layers.metrics import Metric

KINDS = {
    "map": N_("Map: {title}."),
    "strip": N_("A way straightened on a kilometre axis: {title}."),
    "chart": N_("Chart: {title}."),
    "table": N_("Table: {title}."),
}


def of_map(title: str, marks: m.MapMarks, atlas: Atlas, words: Words) -> str:
    """What a map shows: its metric with the highest and lowest region and what is missing; the symbols."""
    parts = [words(KINDS["map"], title=_plain(title))]
    if marks.regions.metric.form != "none":
        names = atlas.regions.loc[marks.regions.values.index].apply(words.name, axis=1)
        parts += [metric_ends(marks.regions.metric, marks.regions.values, names, words)]
    if things := _things(marks, words):
        parts.append(words("Drawn: {things}.", things=", ".join(things)))
    return " ".join(parts)


def _things(marks: m.MapMarks, words: Words) -> list[str]:
    """How many of each kind of symbol a map has."""
    sites, lines, crossings, energy = (
        len(rows) if layer in marks.shown else 0
        for layer, rows in (
            ("sites", marks.sites),
            ("corridors", marks.lines),
            ("crossings", marks.crossings),
            ("energy", marks.energy),
        )
    )
    told = (
        (sites, words.plural("{n} industrial site", "{n} industrial sites", sites)),
        (lines, words.plural("{n} line of corridors", "{n} lines of corridors", lines)),
        (crossings, words.plural("{n} border crossing", "{n} border crossings", crossings)),
        (energy, words.plural("{n} energy line", "{n} energy lines", energy)),
    )
    return [text for count, text in told if count]


def metric_ends(metric: Metric, values: pd.Series, names: pd.Series, words: Words) -> str:
    """The highest and lowest value of a metric with their regions, and how many have none."""
    known = values.dropna()
    label, unit = words(metric.label), words(metric.unit)
    said = [f"{label}, {unit}:" if unit else f"{label}:"]
    if known.empty:
        return " ".join([*said, words("no value is known.")])
    ends = {"high": known.idxmax(), "low": known.idxmin()}
    shown = {end: words.number(float(known[region]), metric.digits) for end, region in ends.items()}
    said.append(
        words(
            "highest {high} ({high_name}), lowest {low} ({low_name}).",
            **shown,
            **{f"{end}_name": names[region] for end, region in ends.items()},
        )
    )
    return " ".join([*said, *_missing(int(values.isna().sum()), words)])


def of_chart(title: str, said: str, statements: pd.DataFrame, words: Words) -> str:
    """What a chart of statements says: its finding, its highest and lowest, and what is only estimated."""
    parts = [words(KINDS["chart"], title=_plain(title)), _plain(said) + "."]
    middles = statements[["low", "high"]].mean(axis=1).dropna()
    if len(middles) > 1:
        high, low = (statements.loc[index] for index in (middles.idxmax(), middles.idxmin()))
        parts.append(
            words(
                "Highest {high} ({high_name}), lowest {low} ({low_name}).",
                high=amounts(high, words),
                high_name=when(high, words),
                low=amounts(low, words),
                low_name=when(low, words),
            )
        )
    parts.append(words.plural("{n} figure.", "{n} figures.", len(statements)))
    return " ".join(filter(None, parts))


def of_table(
    kind: str, title: str, said: str, frame: pd.DataFrame, columns: Sequence[Column], words: Words
) -> str:
    """What a table holds: its rows, and of its first column of measures the ends and what is missing."""
    parts = [words(KINDS[kind], title=_plain(title)), said]
    parts.append(words.plural("{n} row.", "{n} rows.", len(frame)))
    measure = next((column for column in columns if column.unit and column.unit != "°"), None)
    if measure is not None and kind != "strip":
        parts += _ends(measure, frame, words)
    return " ".join(filter(None, parts))


def _ends(measure: Column, frame: pd.DataFrame, words: Words) -> list[str]:
    values = pd.to_numeric(frame[measure.name], errors="coerce")
    missing = _missing(int(values.isna().sum()), words)
    if values.dropna().empty:
        return missing
    label = f"{measure.title}, {measure.unit}"
    shown = {"high": words.number(float(values.max())), "low": words.number(float(values.min()))}
    return [words("{what}: highest {high}, lowest {low}.", what=label, **shown), *missing]


def _missing(count: int, words: Words) -> list[str]:
    if not count:
        return []
    return [words.plural("{n} has no value.", "{n} have no value.", count)]


def _plain(title: str) -> str:
    return title.rstrip(" .")
