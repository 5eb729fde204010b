"""How the atlas works: what it computes and takes for granted, whose drawings it uses, what terms mean."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.evidence.names import english, table_label
from dashboard.shell import ATTRIBUTION, DISCLAIMER
from dashboard.sourced import GENERAL_KNOWLEDGE, source_list
from dashboard.text import N_, Words
from layers import Atlas, evidence

COMPUTED = (
    (
        N_("Population density"),
        N_("The population of a region, as its source states it, divided by its area."),
    ),
    (
        N_("Lengths on the map"),
        N_(
            "Measured along the drawn line on the WGS 84 ellipsoid. A schematic line is straight, so the way "
            "itself is longer. Published lengths stand beside and are never replaced."
        ),
    ),
    (
        N_("Length of a corridor"),
        N_("All its lines added up by status, alternatives included: longer than one way from end to end."),
    ),
    (
        N_("Growth needed for the target"),
        N_(
            "The steady yearly growth that leads from the turnover of the latest whole year to the target: "
            "the ratio of the two, taken to the power of one divided by the number of years, less one."
        ),
    ),
    (
        N_("Counts"),
        N_(
            "Sites, corridors, crossings and projects are counted from the rows of the atlas. A count says "
            "what our sources name, not what exists."
        ),
    ),
    (
        N_("Approximate places"),
        N_(
            "Where the sources name only a region, the point is the region's centre and is drawn hollow; "
            "where they name a town, it is the town."
        ),
    ),
    (
        N_("Classes of shading"),
        N_(
            "Up to six classes with about the same number of regions in each (quantiles), their bounds moved "
            "to round numbers. Totals are circles by area instead."
        ),
    ),
    (
        N_("Old figures"),
        N_("The last day of a figure's period is compared with the day on which the sources were last read."),
    ),
)

DRAWN = (
    (
        N_("Regions of Kazakhstan"),
        N_("the division of 2022 in a data set of 2023"),
        "UNHCR/OCHA COD-AB 2023 (CC BY-IGO), © OpenStreetMap contributors",
        "ODbL 1.0",
    ),
    (
        N_("Regions of Uzbekistan"),
        N_("Natural Earth, scale 1:10 million, no date stated"),
        "Natural Earth",
        "ODbL 1.0",
    ),
    (
        N_("Other countries"),
        N_("Natural Earth, scale 1:10 million, cut to the border of Kazakhstan"),
        "UNHCR/OCHA COD-AB 2023 (CC BY-IGO), © OpenStreetMap contributors, Natural Earth",
        "ODbL 1.0",
    ),
    (N_("Lakes"), N_("as they were in 2017"), "© OpenStreetMap contributors", "ODbL 1.0"),
    (N_("Rivers"), N_("Natural Earth, scale 1:50 million"), "Natural Earth", N_("public domain")),
    (
        N_("Railways and lines of corridors"),
        N_("OpenStreetMap, gaps closed; a background, no proof that a line exists"),
        "© OpenStreetMap contributors",
        "ODbL 1.0",
    ),
    (N_("Cities"), N_("GeoNames, of many dates"), "GeoNames", "CC BY 4.0"),
    (
        N_("Tables"),
        N_("many publishers, each row with its sources"),
        N_("as the list of sources says"),
        N_("facts; choice and wording under the licence of the project (MIT)"),
    ),
)
"""Layer, vintage, credit and licence, as geodata/LICENSES.md has them. Proper names are not translated."""

LIMITS = (
    N_("Borders are simplified, by about 600 m in the two countries and by kilometres far away."),
    N_("Borders of Uzbek regions are coarse in the source already, above all around Tashkent and Syrdarya."),
    N_("Shores of the Aral Sea, Lake Urmia and the northern Caspian have moved since 2017."),
    N_("Small states and small islands far away are drawn with the country around them or left out."),
    N_(
        "Geometry under ODbL may be passed on changed only under ODbL; pictures of maps carry the credit "
        "line."
    ),
)


def general_knowledge_section(atlas: Atlas, words: Words) -> list[Any]:
    """What is taken for general knowledge, and how many rows of each table rest on nothing else."""
    rows = evidence.general_knowledge(atlas)
    use = words(
        "Coordinates, names, country codes, areas, track gauges, the course of schematic lines, well-known "
        "openings of railways and the meaning of terms rest on general knowledge, which is not cited and has "
        "no link. It never stands behind money or volumes."
    )
    items = [
        html.Tr(
            [
                html.Th(table_label(table, "source_ids", words), scope="row"),
                html.Td(words.number(int(alone))),
                html.Td(words.number(int(named - alone))),
            ]
        )
        for table, named, alone in rows[["table", "named", "alone"]].itertuples(index=False)
    ]
    titles = [words("Rows"), words("on general knowledge alone"), words("beside other sources")]
    head = html.Thead(html.Tr([html.Th(title, scope="col") for title in titles]))
    table = html.Table([head, html.Tbody(items)], className="counts")
    return [html.P(use), html.Div(table, className="table-box", tabIndex=0)]


def computed_section(words: Words) -> html.Dl:
    """Every figure the atlas works out itself, and how."""
    return html.Dl(
        [html.Div([html.Dt(words(name)), html.Dd(words(how))]) for name, how in COMPUTED],
        className="definitions",
    )


def drawings_section(words: Words) -> list[Any]:
    """Boundaries and other geometry: vintage, licence, credit, limits, disclaimer."""
    titles = [words("Drawn"), words("State"), words("Credit"), words("Licence")]
    head = html.Thead(html.Tr([html.Th(title, scope="col") for title in titles]))
    body = [
        html.Tr([html.Th(words(layer), scope="row"), *(html.Td(words(text)) for text in texts)])
        for layer, *texts in DRAWN
    ]
    return [
        html.P(words(DISCLAIMER)),
        html.Table([head, html.Tbody(body)], className="drawings"),
        html.Ul([html.Li(words(limit)) for limit in LIMITS]),
        html.P([html.Strong(words("Attribution: ")), words(ATTRIBUTION)]),
    ]


def glossary_section(atlas: Atlas, words: Words) -> html.Dl:
    """The terms in the reader's language, in alphabetical order, each with its meaning."""
    terms = [
        (words.name(row), definition_of(row, words), term_id, row["source_ids"])
        for term_id, row in atlas.glossary.iterrows()
    ]
    return html.Dl(
        [
            html.Div([html.Dt(name), html.Dd([meaning, _cited(ids, atlas, words)])], id=f"term-{term_id}")
            for name, meaning, term_id, ids in sorted(terms, key=lambda term: term[0].casefold())
        ],
        className="definitions",
    )


def definition_of(row: Any, words: Words) -> Any:
    """What a term means, in the reader's language, else in English."""
    own = row.get(f"definition_{words.language}", "")
    return own or english(row["definition_en"], words)


def _cited(source_ids: tuple[str, ...], atlas: Atlas, words: Words) -> Any:
    """The sources of a term that rests on more than general knowledge."""
    named = [one for one in source_ids if one != GENERAL_KNOWLEDGE]
    return source_list(named, atlas, words) if named else None
