"""What runs here and over which data, for whoever watches the server."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable

import pandas as pd
from flask import Response, jsonify

import layers
from layers.watch import MOST_LINES, Watcher


def health_of(version: str, watcher: Watcher | None) -> Callable[[], Response]:
    """What answers at /healthz for this version of the program.

    `status` is "degraded" while the data saved last are refused: `faults` says why (the first 50 of
    `fault_count`), and `data_version` is the version before, which readers get.
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


def log_updates() -> None:
    """Have updates and refusals of the data written to stderr, unless the program logs in its own way."""
    log = logging.getLogger("layers")
    if not logging.getLogger().handlers and not log.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s Corridor Atlas: %(message)s"))
        log.addHandler(handler)
        log.setLevel(logging.INFO)
