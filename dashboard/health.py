"""What runs here and over which data, for whoever watches the server."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pandas as pd
from flask import Response, jsonify

import layers
from layers.watch import MOST_LINES, Watcher


def health_of(version: str, watcher: Watcher | None) -> Callable[[], Response]:
    """What answers at /healthz for this version of the program.

    `status` is "degraded" while the data saved last are refused, or cannot be followed because the database
    is away: `faults` says why (the first 50 of `fault_count`); readers get `data_version` meanwhile.
    """

    def health() -> Response:
        atlas = layers.current()
        tables = {field.name: getattr(atlas, field.name) for field in dataclasses.fields(atlas)}
        faults = watcher.faults if watcher else ()
        response = jsonify(
            status="degraded" if faults else "ok",
            version=version,
            data_version=atlas.version,
            data_date=atlas.date.isoformat(),
            counts={name: len(table) for name, table in tables.items() if isinstance(table, pd.DataFrame)},
            held_versions=[one.version for one in layers.held()],
            checked=watcher.checked.isoformat(timespec="seconds") if watcher else None,
            faults=list(faults[:MOST_LINES]),
            fault_count=len(faults),
        )
        response.headers["Cache-Control"] = "no-store"
        return response

    return health
