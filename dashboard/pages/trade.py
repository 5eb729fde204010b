"""Trade between the two countries: flows, the target, goods, enterprises, and what is stated differently."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import dash
from dash import html

from dashboard.help import how_to_read
from dashboard.plain import Plain
from dashboard.regions.links import note_of
from dashboard.shell import reader_words
from dashboard.text import N_, speak
from dashboard.trade.flows import HOW_TO_READ, balance_section, choose_form, flow_charts
from dashboard.trade.goods import goods_section
from dashboard.trade.ledger import ledger_section
from dashboard.trade.owned import enterprises_section, share_section
from dashboard.trade.target import target_section
from dashboard.trade.top import finding, key_figures
from dashboard.trade.view import TradeView
from layers import Atlas, current

dash.register_page(__name__, path="/trade", name=N_("Trade"), title="Corridor Atlas", order=7)

SECTIONS = {
    "flows": N_("Turnover, exports and imports"),
    "target": N_("The target"),
    "goods": N_("Traded goods"),
    "enterprises": N_("Enterprises with capital of the other country"),
    "share": N_("Kazakhstan's share of Uzbekistan's trade"),
    "ledger": N_("Where sources disagree"),
}
"""Parts of the page by the anchor that links name."""


def layout(lang: str | None = None, **query: Any) -> html.Div:
    """The page of `?flow=…&by=…`."""
    atlas, words = current(), reader_words(lang)
    view = TradeView.from_query(query, atlas)
    top, rest = _around(atlas, words.language)
    flows = html.Section(
        [
            html.H2(words(SECTIONS["flows"])),
            choose_form(view, atlas, words),
            html.P(words(HOW_TO_READ), className="quiet"),
            flow_charts(atlas, view, words.language),
            balance_section(atlas, words.language),
        ],
        id="flows",
    )
    return html.Div([top, note_of(view.ignored, words), flows, *rest], className="trade-page")


# Key: the atlas (one object a data version) and the language; the components are never changed.
@lru_cache(maxsize=8)
def _around(atlas: Atlas, language: str) -> tuple[Plain, tuple[html.Section, ...]]:
    """What stands before and after the flows, the same for every choice of a language."""
    words = speak(language)
    links = [html.Li(html.A(words(title), href=f"#{anchor}")) for anchor, title in SECTIONS.items()]
    top = Plain(
        html.H1(words("Trade")),
        html.P(finding(atlas, words), className="finding"),
        how_to_read("/trade", words),
        key_figures(atlas, words),
        html.Nav(html.Ul(links), className="contents", **{"aria-label": words("On this page")}),
    )
    contents = {
        "target": target_section(atlas, language),
        "goods": goods_section(atlas, language),
        "enterprises": enterprises_section(atlas, language),
        "share": share_section(atlas, language),
        "ledger": (ledger_section(atlas, language),),
    }
    sections = tuple(
        html.Section([html.H2(words(SECTIONS[anchor])), *parts], id=anchor)
        for anchor, parts in contents.items()
    )
    return top, sections
