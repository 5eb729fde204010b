"""A slide as the browser gets it: texts, and its figure, picture, map or table as plain data."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache
from typing import Any

from dashboard.export.printed_table import printed_columns
from dashboard.export.publication import Publication, Size, Wishes, find
from dashboard.export.sheets import publishers_of, source_line
from dashboard.figures import screen
from dashboard.figures.marks import RegionMarks
from dashboard.figures.paper_plan import Texts
from dashboard.figures.picture import camera_of, map_picture
from dashboard.figures.style import LAND, SOURCES
from dashboard.geometry import geometry_url
from dashboard.keys import points_of
from dashboard.legend import legend
from dashboard.present.slides import Said, Slide, slide
from dashboard.shell import ATTRIBUTION, DISCLAIMER, date_line
from dashboard.text import Words, speak
from dashboard.tiles import tiled_layers
from layers import Atlas
from layers.decks import Deck

GEOMETRIES = ("regions", *SOURCES)
"""What a live map draws, all of it held by the page; where layers travel as tiles there are pictures."""

SHAPES = {
    "wide": {False: Size("scene", "", 1808, 700), True: Size("scene", "", 1244, 700)},
    "tall": {False: Size("scene", "", 920, 1000), True: Size("scene", "", 920, 900)},
}
"""The room of a figure on a stage of 1920 by 1080, and on an upright phone; True: with points beside it."""

LETTERS, NEARLY = (2.0, 1.6, 1.3), 0.8
"""Sizes of letters tried, the largest first: where it leaves a figure too little room, all becomes small."""

MAP_SIZE = (727, 435)
"""The room of a map before it is enlarged 1.6 times, so that its letters are large in a hall."""

MOST_ROWS, MOST_NAMED = 24, 2
LONGEST_CELL = 90  # letters
NO_TEXTS, NO_WISHES = Texts("", (), ()), Wishes()


# Key: the deck and the atlas (one object a data version each), the scene, language and shape.
@lru_cache(maxsize=300)
def staged_json(deck: Deck, number: int, atlas: Atlas, language: str, shape: str) -> str:
    """Scene `number` of a deck, counted from 0, as JSON that may stand within a script element."""
    words, scene = speak(language), deck.scenes[number]
    return script_safe(staged(slide(scene, atlas, words), atlas, words, scene.view, shape))


def script_safe(told: Any) -> str:
    """JSON in which no text can end the script element around it."""
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def staged(shown: Slide, atlas: Atlas, words: Words, view: str = "", shape: str = "wide") -> dict[str, Any]:
    """What the stage draws of a slide whose scene has this view, which may name a camera."""
    publication = shown.publication
    told: dict[str, Any] = {
        "id": shown.scene_id,
        "headline": _said(shown.headline),
        "points": [_said(point, marked(point, atlas, words)) for point in shown.points if point.text],
        "notes": _said(shown.notes),
        "kind": publication.kind if publication else "problem" if view else "words",
        "problem": shown.problem,
        "small": _small(shown, atlas, words),
    }
    if publication is None:
        return told
    told |= {"title": publication.title, "alt": publication.alt, "address": publication.address}
    under = [publication.subtitle, *publication.filters]
    told["subtitle"] = " · ".join(filter(None, under))[:400]
    if publication.kind == "map" and publication.scene is not None:
        return told | _map(publication, view, atlas, words)
    if publication.kind == "table" or publication.drawing is None:
        return told | {"kind": "table", "table": _table(publication, words)}
    size = SHAPES[shape][bool(told["points"])]
    return told | {"figure": _figure(publication, size)}


def _figure(publication: Publication, size: Size) -> dict[str, Any]:
    """The figure in the letters with which it is enlarged most when it fills its room."""
    best, most = {}, 0.0
    for letters in LETTERS:
        made = publication.drawing(replace(size, letters=letters), NO_TEXTS, NO_WISHES)
        enlarged = min(size.width / made["layout"]["width"], size.height / made["layout"]["height"])
        if enlarged > most:
            best, most = made, enlarged
        if most >= NEARLY * letters:
            break
    return best


def _said(said: Said, *more: str) -> list[str]:
    return [said.text, said.language, *more]


def marked(point: Said, atlas: Atlas, words: Words) -> str:
    """Who stands behind the numbers of a point: the first publishers, or that they were computed."""
    names = publishers_of(point.source_ids, atlas)
    parts = ["; ".join(names[:MOST_NAMED]) + (" …" if len(names) > MOST_NAMED else "")]
    parts += [words("computed")] if point.how else []
    return " · ".join(filter(None, parts))


def _small(shown: Slide, atlas: Atlas, words: Words) -> list[str]:
    """The footer: sources, attribution of maps with their disclaimer, date and version of the data."""
    is_map = shown.publication is not None and shown.publication.kind == "map"
    lines = [
        source_line(shown.source_ids, atlas, words),
        f"{words(ATTRIBUTION)} {words(DISCLAIMER)}" if is_map else "",
        date_line(atlas, words),
    ]
    return [line for line in lines if line]


def _map(publication: Publication, view: str, atlas: Atlas, words: Words) -> dict[str, Any]:
    """How the live map comes to show this scene from any other one, and the picture where there is none."""
    scene = publication.scene
    marks, selected = scene.marks, scene.selected
    camera = camera_of(view)
    picture = {
        "legend": legend(marks, words).tree,
        "picture": map_picture(scene, atlas, words, MAP_SIZE, camera),
    }
    if tiled_layers(atlas):
        return picture
    return picture | {
        "map": {
            "changes": screen.instructions(marks, selected, points_of(selected, atlas), words),
            "regions": screen.region_values(marks.regions, atlas.regions, words)
            | {"marker": screen.region_outline(marks.regions, selected)},
            "totals": total_circles(marks.regions),
            "home": list(scene.home),
            "camera": camera,
        },
    }


def _table(publication: Publication, words: Words) -> dict[str, Any]:
    """The first rows in words, and how many more there are."""
    columns = printed_columns(publication.table.head(MOST_ROWS), publication.columns, words)
    cells = [[_cell(one, column.is_number) for one in column.cells] for column in columns]
    return {
        "heads": [column.title for column in columns],
        "rows": [list(row) for row in zip(*cells, strict=True)],
        "count": len(publication.table),
    }


def _cell(text: str, is_amount: bool) -> str | list[str]:
    """A cell; a number stands in a list of its own, so that it is set as one."""
    if is_amount:
        return [text or "–"]
    return text if len(text) <= LONGEST_CELL else text[:LONGEST_CELL].rsplit(" ", 1)[0] + " …"


def total_circles(regions: RegionMarks) -> dict[str, Any]:
    """The circles of totals, there but without size where the map has none.

    Plotly puts a trace that becomes visible later under the shading of the regions.
    """
    values = screen.total_values(regions)
    if values["visible"]:
        return values
    return {"visible": True, "marker": {"size": [0] * len(regions.values), "color": LAND, "opacity": 0}}


# Key: the atlas, one object a data version, and the language.
@lru_cache(maxsize=8)
def base_map(atlas: Atlas, language: str) -> dict[str, Any] | None:
    """The live map before any scene has changed it, where there is one; its page holds geometry by name."""
    if tiled_layers(atlas):
        return None
    words = speak(language)
    shown = find("/", "map", atlas, words).scene
    names = {name: name for name in GEOMETRIES}
    made = screen.screen_map(shown.marks, atlas.regions, atlas.corridors, words, names, home=shown.home)
    regions, totals = made["data"]
    return made | {"data": [regions, totals | total_circles(shown.marks.regions)]}


def map_words(atlas: Atlas, language: str) -> dict[str, Any] | None:
    """What of the live map differs between languages: the words of its tooltips and of its labels."""
    if (base := base_map(atlas, language)) is None:
        return None
    layout = base["layout"]
    layers = layout["map"]["style"]["layers"]
    named = {one["id"]: one["layout"]["text-field"] for one in layers if one["id"].startswith("label-")}
    return {"meta": layout["meta"], "labels": named}


def geometry_addresses(atlas: Atlas) -> dict[str, str]:
    """Where the page fetches its geometry, once."""
    return {} if tiled_layers(atlas) else {name: geometry_url(atlas, name) for name in GEOMETRIES}
