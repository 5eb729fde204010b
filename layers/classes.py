"""Classes for shading: readable edges between values that fill them evenly."""

from __future__ import annotations

import numpy as np
import pandas as pd

LADDERS = ((1, 2, 5, 10), (1, 1.5, 2, 3, 5, 7, 10), (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10))
"""Leading digits of readable numbers, from the coarsest choice to the finest."""


def classes(values: pd.Series, n: int = 6) -> tuple[float, ...]:
    """Readable edges between at most n classes of about equal size; a value on an edge is in the lower one.

    Edges are quantiles moved to the roundest numbers that keep every class filled and none crowded, so
    that a legend says "up to 20", not "up to 18.73". Fewer distinct values than classes give fewer classes,
    one value gives none.
    """
    known = np.sort(pd.Series(values, dtype=float).dropna().to_numpy())
    count = min(n, len(np.unique(known)))
    if count < 2:
        return ()
    quantiles = np.quantile(known, np.linspace(0, 1, count + 1)[1:-1])
    if (known == np.round(known)).all():
        quantiles = np.floor(quantiles)
    edges: list[float] = []
    for roundness in range(len(LADDERS) + 5):
        edges = filled_edges([readable(edge, roundness) for edge in quantiles], known)
        sizes = np.bincount(np.searchsorted(edges, known, side="left"))
        if len(edges) == count - 1 and sizes.max() <= 1.6 * len(known) / count:
            break
    return tuple(edges)


def filled_edges(edges: list[float], known: np.ndarray) -> list[float]:
    """The edges with at least one value below them since the edge before, and one above the last."""
    filled: list[float] = []
    for edge in sorted(set(edges)):
        low = filled[-1] if filled else -np.inf
        if ((known > low) & (known <= edge)).any() and (known > edge).any():
            filled.append(edge)
    return filled


def readable(value: float, roundness: int) -> float:
    """The value moved to a rung of a ladder, or past the ladders to two, three or more digits."""
    if value == 0:
        return 0.0
    if roundness >= len(LADDERS):
        return float(f"{value:.{roundness - len(LADDERS) + 2}g}")
    power = 10.0 ** np.floor(np.log10(abs(value)))
    rung = min(LADDERS[roundness], key=lambda rung: abs(rung - abs(value) / power))
    return float(f"{np.copysign(rung * power, value):.6g}")
