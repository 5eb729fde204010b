"""The agenda builder: what is put together here is a link, and a paper to print."""

from __future__ import annotations

from typing import Any

import dash
from dash import html

from dashboard.council.agenda import Agenda
from dashboard.council.agenda_links import AGENDA_PATH
from dashboard.council.agenda_paper import paper
from dashboard.council.agenda_parts import agenda_finding, form, tools
from dashboard.council.tabs import council_tabs
from dashboard.export.button import figure_head
from dashboard.help import how_to_read
from dashboard.plain import Plain
from dashboard.regions.links import note_of
from dashboard.shell import reader_words
from dashboard.text import N_
from layers import current

dash.register_page(__name__, path=AGENDA_PATH, name=N_("Agenda"), title="Corridor Atlas")


def layout(lang: str | None = None, **query: Any) -> html.Div:
    """The page of `?title=…&when=…&i=project:P-001&n1=…`; `add` and `do` change it: see Agenda."""
    atlas, words = current(), reader_words(lang)
    agenda = Agenda.from_query(query, atlas)
    faults = [html.P(fault.told(words), className="note") for fault in agenda.faults]
    head = figure_head(html.H2(words("The paper")), "agenda", words)
    page = [Plain(head, paper(agenda, atlas, words))] if agenda.items else []
    return html.Div(
        [
            html.H1(words("Agenda")),
            council_tabs(AGENDA_PATH, words),
            note_of(agenda.ignored, words),
            Plain(html.Div(faults, role="status")),
            html.P(agenda_finding(agenda, words), className="finding"),
            how_to_read(AGENDA_PATH, words),
            tools(agenda, atlas, words),
            form(agenda, atlas, words),
            *page,
        ],
        className="agenda-page",
        id="agenda",
        # assets/agenda.js writes it into the address bar, so that a reload does not repeat a button.
        **{"data-agenda-address": agenda.address(words)},
    )
