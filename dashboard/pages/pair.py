"""The profile of one pair of regions, the Council's own unit of work."""

from __future__ import annotations

import dash
from dash import html

from dashboard import ids
from dashboard.council.agenda_links import agenda_link
from dashboard.help import how_to_read
from dashboard.page_map import SCENES, page_map, scene
from dashboard.pairs.profile import names_of, pair_finding, profile
from dashboard.pairs.route import best_route, pair_strip
from dashboard.pairs.scenes import one_pair
from dashboard.pairs.unknown import no_such_pair
from dashboard.regions.links import note_of, region_link
from dashboard.regions.sheet import sheet_bar
from dashboard.regions.view import KNOWN
from dashboard.shell import reader_words
from dashboard.strips import STRIPS, strip_frame
from layers import current
from layers.pairs import region_ids

dash.register_page(__name__, path_template="/pairs/<uz_region_id>/<kz_region_id>", title="Corridor Atlas")

SCENES["pair"] = one_pair
STRIPS["pair"] = pair_strip


def layout(uz_region_id: str = "", kz_region_id: str = "", lang: str | None = None, **query: str) -> html.Div:
    """The page of a pair; swapped or unknown ids get a link to the pairs that may be meant."""
    atlas, words = current(), reader_words(lang)
    uzbek, kazakh = region_ids(atlas)
    if uz_region_id not in uzbek or kz_region_id not in kazakh:
        return no_such_pair(uz_region_id, kz_region_id, atlas, words)
    pair = (uz_region_id, kz_region_id)
    title = " – ".join(names_of(pair, atlas, words))
    ignored = tuple(f"{n[:40]}={str(v)[:40]}" for n, v in query.items() if n not in KNOWN)[:5]
    links = [html.A(words("All pairs of regions"), href=f"/pairs?lang={words.language}")]
    links += [region_link(one, atlas, words) for one in pair]
    links.append(agenda_link(f"pair:{uz_region_id}/{kz_region_id}", words))
    shown = scene("pair", "/".join(pair), words)
    return html.Div(
        [
            html.H1(title),
            note_of(ignored, words),
            sheet_bar(links, words),
            html.P(pair_finding(pair, atlas, words), id=ids.PAGE_FINDING, className="finding"),
            how_to_read("/pairs/<uz_region_id>/<kz_region_id>", words),
            page_map(shown, words, words("Map of {name}", name=title), "map"),
            strip_frame(words) if best_route(atlas, *pair) else None,
            profile(atlas, pair, words.language),
        ],
        className="region-page sheet",
    )
