"""The profile of one region, on screen and on one sheet of paper."""

from __future__ import annotations

import dash
from dash import html

from dashboard import ids, vocabulary
from dashboard.help import how_to_read
from dashboard.page_map import SCENES, page_map, scene
from dashboard.regions.links import no_such_region, note_of
from dashboard.regions.profile import profile, region_finding
from dashboard.regions.scenes import one_region
from dashboard.regions.sheet import sheet_bar
from dashboard.regions.view import KNOWN
from dashboard.shell import reader_words
from dashboard.text import Words
from layers import current

dash.register_page(__name__, path_template="/regions/<region_id>", title="Corridor Atlas")

SCENES["region"] = one_region


def layout(region_id: str = "", lang: str | None = None, **query: str) -> html.Div:
    """The page of a region; another id gets the nearest names."""
    atlas, words = current(), reader_words(lang)
    if region_id not in atlas.regions.index:
        return no_such_region(region_id, atlas, words)
    row = atlas.regions.loc[region_id]
    name, language = words.name_and_language(row)
    country = words.name(atlas.countries.loc[row["country_iso3"]])
    ignored = tuple(f"{n[:40]}={str(v)[:40]}" for n, v in query.items() if n not in KNOWN)[:5]
    return html.Div(
        [
            html.H1(name, lang=language),
            html.P(f"{words(vocabulary.REGION_KINDS[row['kind']])}, {country}", className="kind"),
            note_of(ignored, words),
            sheet_bar(_links(region_id, words), words),
            html.P(region_finding(region_id, atlas, words), id=ids.PAGE_FINDING, className="finding"),
            how_to_read("/regions/<region_id>", words),
            page_map(scene("region", region_id, words), words, words("Map of {name}", name=name), "map"),
            profile(atlas, region_id, words.language),
        ],
        className="region-page sheet",
    )


def _links(region_id: str, words: Words) -> list[html.A]:
    language = words.language
    return [
        html.A(words("All regions"), href=f"/regions?lang={language}"),
        html.A(words("Pairs of regions"), href=f"/pairs?lang={language}"),
        html.A(words("Routes from here"), href=f"/routes?from=region:{region_id}&lang={language}"),
    ]
