"""One industrial site."""

from __future__ import annotations

import dash
from dash import html

dash.register_page(__name__, path_template="/sites/<site_id>", title="Corridor Atlas")


def layout(site_id: str = "", lang: str | None = None, **_: str) -> html.Div:
    return html.Div(site_id)
