"""What can be chosen on a page: it stands open at a desk and folded on a phone, where the map comes first."""

from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Input, Output, clientside_callback, html

from dashboard import ids
from dashboard.text import Words


def drawer(words: Words, *contents: Any) -> html.Details:
    """The forms of a page behind one line, of which a wide window shows nothing while it stands open."""
    line = html.Summary(words("Change what is shown"))
    return html.Details([line, *contents], id=ids.DRAWER, open=True, className="drawer")


clientside_callback(
    ClientsideFunction("address", "has_room"), Output(ids.DRAWER, "open"), Input(ids.DRAWER, "id")
)
