"""The table that a measurement prints: a figure a line, with the limit that it should keep."""

from __future__ import annotations

UNITS = {
    "s": "{:,.2f}",
    "ms": "{:,.1f}",
    "bytes": "{:,.0f}",
    "MiB": "{:,.0f}",
    "/s": "{:,.0f}",
    "×": "{:,.2f}",
    "": "{:,.0f}",
}
"""How many digits a figure of each unit has."""


def show(
    name: str, value: float, unit: str, most: float | None = None, least: float | None = None, note: str = ""
) -> None:
    """One line: what was measured, and whether it is at most or at least what was promised."""
    form = UNITS[unit]
    shown = f"{form.format(value)} {unit}"
    if most is not None:
        note = f"{'within' if value <= most else 'OVER'} {form.format(most)} {unit}  {note}"
    if least is not None:
        note = f"{'at least' if value >= least else 'BELOW'} {form.format(least)} {unit}  {note}"
    print(f"{name:<58} {shown:>18}   {note}".rstrip(), flush=True)


def head(text: str) -> None:
    """A line over figures that belong together."""
    print(f"\n{text}", flush=True)
