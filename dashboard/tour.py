"""The tour of the overview in four steps: offered once, never forced; assets/tour.js leads it."""

from __future__ import annotations

from dash import html

from dashboard import ids
from dashboard.plain import Plain
from dashboard.text import N_, Words

STEPS = (
    (
        f"#{ids.SEARCH}",
        N_("Search"),
        N_(
            "Type a town, region, corridor, crossing or site by any of its names, in any spelling and "
            "alphabet; the map goes there."
        ),
    ),
    (
        f"#{ids.PANELS[0]}",
        N_("Filters and layers"),
        N_(
            "Choose what the map shows and by what the regions are shaded; the table of sites follows, and "
            "every choice says how many rows it leaves."
        ),
    ),
    (
        ".explorer .map",
        N_("Click for the card and its sources"),
        N_(
            "Click a region, a site, a line or a crossing: its card opens with its figures. A dotted "
            "underline means that a click shows the source."
        ),
    ),
    (
        ".view-links, .map > .export-button",
        N_("Take it with you"),
        N_(
            "“Copy link” keeps exactly this view, “Export” makes pictures and data of a figure with the "
            "sources on them, “Preview for print” makes a sheet."
        ),
    ),
)
"""What a step points at (CSS selectors), its title and its text."""


def tour_offer(words: Words) -> Plain:
    """A line that offers the tour to who is here for the first time; hidden until the browser knows."""
    start = html.Button(words("Take a tour of four steps"), type="button", **{"data-tour": "start"})
    later = html.Button(words("Not now"), type="button", **{"data-tour": "dismiss"})
    offer = html.P([html.Span(words("New here?")), " ", start, " ", later], id="tour-offer", hidden=True)
    return Plain(offer)


def tour(words: Words) -> Plain:
    """The box with all steps, of which one is shown at a time."""
    steps = [
        html.Section(
            [
                html.Small(words("Step {n} of {all}", n=number, all=len(STEPS))),
                html.H2(words(title)),
                html.P(words(text)),
            ],
            hidden=True,
            **{"data-target": target},
        )
        for number, (target, title, text) in enumerate(STEPS, 1)
    ]
    ends = {"data-next": words("Next"), "data-done": words("Done")}
    buttons = [
        html.Button(words("Skip the tour"), type="button", className="quiet", **{"data-tour": "end"}),
        html.Button(words("Back"), type="button", **{"data-tour": "back"}),
        html.Button(words("Next"), type="button", className="main", **{"data-tour": "next", **ends}),
    ]
    box = html.Dialog(
        [html.Div(steps, **{"aria-live": "polite"}), html.Div(buttons, className="tour-buttons")],
        id="tour",
        className="tour-box",
        **{"aria-label": words("Tour of the atlas")},
    )
    return Plain(box)
