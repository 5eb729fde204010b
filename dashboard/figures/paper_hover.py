"""What the lines of the printed map say under the pointer, where it stands in for the screen map.

Plotly answers at points only, so that invisible ones stand along every line.
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from dashboard import vocabulary
from dashboard.figures import marks as m
from dashboard.figures.paper_crowds import Crowd, without_meshes
from dashboard.figures.paper_marks import HOVER, in_metres
from dashboard.figures.paper_spots import Spots
from dashboard.figures.projection import Frame
from dashboard.text import Words
from layers import Atlas

STEP = 10.0  # pixels between two points of a line
KEPT_CLEAR = 11.0  # pixels round a symbol, which answers first


def answering(
    marks: m.MapMarks, atlas: Atlas, spots: Spots, frame: Frame, words: Words, crowd: Crowd
) -> list[dict[str, Any]]:
    """Traces without a mark that tell the lines shown, with "segment:…" and "energy:…" for a click."""
    out = []
    if "energy" in marks.shown:
        texts = {i: _energy_text(row, words) for i, row in marks.energy.iterrows()}
        out.append(_trace("energy", _beside(marks.energy, marks.flows), texts, spots, frame))
    if "corridors" in marks.shown:
        lines = without_meshes(marks.lines, atlas) if crowd.lines else marks.lines
        texts = {i: _segment_text(row, atlas, words) for i, row in lines.iterrows()}
        out.append(_trace("segment", lines, texts, spots, frame))
    return [trace for trace in out if trace["customdata"]]


def _beside(lines: gpd.GeoDataFrame, flows: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Lines without what arrows cover, which answer there themselves."""
    if flows.empty:
        return lines
    return lines.set_geometry(lines.geometry.difference(flows.geometry.union_all())).loc[
        lambda rest: ~rest.is_empty
    ]


def _trace(
    kind: str, lines: gpd.GeoDataFrame, texts: dict[str, str], spots: Spots, frame: Frame
) -> dict[str, Any]:
    points = _points_of(in_metres(lines, frame), spots, frame)
    lon, lat = frame.degrees(points["x"], points["y"])
    order = {line_id: i for i, line_id in enumerate(texts)}
    return {
        "type": "scattergeo",
        "geo": "geo",
        "mode": "none",
        "lon": lon.round(4).tolist(),
        "lat": lat.round(4).tolist(),
        "showlegend": False,
        "customdata": [f"{kind}:{i}" for i in points["id"]],
        # Each text travels once, however many points its line has.
        "meta": list(texts.values()),
        "hoverinfo": "text",
        "hovertemplate": [f"%{{meta[{order[i]}]}}<extra></extra>" for i in points["id"]],
        "hoverlabel": HOVER,
    }


def _points_of(lines: gpd.GeoDataFrame, spots: Spots, frame: Frame) -> pd.DataFrame:
    """Points along lines in pixels (x, y) with the id of their line, none beside a symbol."""
    dense = lines.geometry.segmentize(STEP * frame.metres_a_pixel).to_numpy()
    metres, which = shapely.get_coordinates(dense, return_index=True)
    x, y = frame.pixels_of_metres(metres[:, 0], metres[:, 1])
    symbols = pd.concat([spots.sites, spots.crossings])[["x", "y"]].to_numpy(dtype=float)
    near = np.hypot(x[:, None] - symbols[:, 0], y[:, None] - symbols[:, 1]) < KEPT_CLEAR
    points = pd.DataFrame({"x": x, "y": y, "id": lines.index.to_numpy()[which]})
    return points[frame.has(x, y) & ~near.any(axis=1)]


def _segment_text(row: pd.Series, atlas: Atlas, words: Words) -> str:
    ends = (words.name(atlas.nodes.loc[row[column]]) for column in ("from_node", "to_node"))
    about = [words(vocabulary.MODES[row["mode"]]), words(vocabulary.STATUSES[row["status"]])]
    about += [words("schematic line")] if row["geometry_kind"] != "traced" else []
    corridors = (words.name(atlas.corridors.loc[corridor]) for corridor in row["corridor_ids"])
    return _lines(" – ".join(ends), " · ".join(about), *corridors)


def _energy_text(row: pd.Series, words: Words) -> str:
    about = (words(vocabulary.CARRIERS[row["carrier"]]), words(vocabulary.STATUSES[row["status"]]))
    return _lines(words.name(row), " · ".join((*about, words("schematic line"))))


def _lines(title: str, *rest: str) -> str:
    escaped: Iterable[str] = (html.escape(text) for text in rest)
    return "<br>".join((f"<b>{html.escape(title)}</b>", *escaped))
