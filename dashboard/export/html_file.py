"""A publication as one HTML file that works without a network: the figure, its table, its sources."""

from __future__ import annotations

import json
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

import plotly

from dashboard.export import about
from dashboard.export.chrome import NO_WORLD
from dashboard.export.csv_file import heading, plain
from dashboard.export.publication import Publication, Size, Wishes
from dashboard.export.sheets import file_size, link_of, sheet
from dashboard.figures.sheet import FONT_FAMILY

MOST_ROWS = 5_000
"""Of a table in the page: some two megabytes."""

PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"

STYLE = f"""
body {{ margin: 0 auto; max-width: 1000px; padding: 16px; color: #1c262c; background: #fff;
  font: 16px/1.5 {FONT_FAMILY}; }}
#frame {{ overflow: hidden; }}
#figure {{ transform-origin: 0 0; }}
.hidden {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }}
.box {{ overflow-x: auto; }}
table {{ border-collapse: collapse; font-size: 14px; }}
th, td {{ padding: 4px 10px; border-bottom: 1px solid #d5dade; text-align: left; vertical-align: top; }}
td.number {{ text-align: right; white-space: nowrap; }}
dt {{ font-weight: 700; }} dd {{ margin: 0 0 8px; }}
summary {{ cursor: pointer; font-weight: 700; margin: 12px 0; }}
"""

SCRIPT = """
(function () {
  const given = JSON.parse(document.getElementById("given").textContent);
  const config = { displaylogo: false, showSendToCloud: false, displayModeBar: false, scrollZoom: false,
    doubleClick: false };
  const box = document.getElementById("figure"), frame = document.getElementById("frame");
  function fit() {
    const share = frame.clientWidth / given.layout.width;
    box.style.transform = "scale(" + share + ")";
    frame.style.height = given.layout.height * share + "px";
  }
  window.Plotly.newPlot(box, given.data, given.layout, config).then(fit);
  window.addEventListener("resize", fit);
})();
"""


def html_file(publication: Publication, size: Size, wishes: Wishes) -> bytes:
    """The page; a table that is not drawn has no script at all."""
    words, (title, subtitle) = publication.words, publication.titled(wishes)
    is_drawn = _is_drawn(publication)
    head = [
        "<!DOCTYPE html>",
        f'<html lang="{words.language}">',
        '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title>",
        f'<meta name="description" content="{escape(publication.alt)}">',
        f"<style>{STYLE}</style></head>",
        "<body>",
        f'<h1 class="hidden">{escape(title)}</h1>' if is_drawn else f"<h1>{escape(title)}</h1>",
        "" if is_drawn or not subtitle else f"<p>{escape(subtitle)}</p>",
    ]
    parts = [*head, *(_figure(publication, size, wishes) if is_drawn else []), *_below(publication, wishes)]
    parts += _scripts() if is_drawn else []
    return "\n".join([*filter(None, parts), "</body></html>", ""]).encode()


def _is_drawn(publication: Publication) -> bool:
    """Tables stand in the page as tables, whole."""
    return publication.drawing is not None and publication.kind != "table"


def _figure(publication: Publication, size: Size, wishes: Wishes) -> list[str]:
    figure = sheet(publication, size, wishes)
    wide, _ = file_size(figure, size)
    given = json.dumps(figure, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    given = given.replace("</", "<\\/")
    return [
        f'<div id="frame" style="max-width: {max(wide, 480):g}px">'
        f'<div id="figure" role="img" aria-label="{escape(publication.alt)}"></div></div>',
        f'<script type="application/json" id="given">{given}</script>',
    ]


@lru_cache(maxsize=1)
def _plotly() -> str:
    return PLOTLY.read_text(encoding="utf-8")


def _scripts() -> list[str]:
    no_world = NO_WORLD.read_text(encoding="utf-8")
    return [f"<script>{text}</script>" for text in (_plotly(), no_world, SCRIPT)]


def _below(publication: Publication, wishes: Wishes) -> list[str]:
    """Description, table, sources and the rest of what must be known."""
    words = publication.words
    told = "".join(
        f"<dt>{escape(fact.title)}</dt><dd>{escape(fact.text)}</dd>"
        for fact in about.facts(publication, wishes)
        if fact.name not in ("title", "subtitle", "link")
    )
    link = link_of(publication, wishes)
    if link.startswith(("https://", "http://")):
        told += f'<dt>{escape(words("Link"))}</dt><dd><a href="{escape(link)}">{escape(link)}</a></dd>'
    is_open = "" if _is_drawn(publication) else " open"
    return [
        f"<details{is_open}><summary>{escape(words('Data'))}</summary>{_table(publication)}</details>",
        f"<details><summary>{escape(words('Sources'))}</summary>{_sources(publication)}</details>",
        f"<details><summary>{escape(words('About the data'))}</summary><dl>{told}</dl></details>",
    ]


def _table(publication: Publication) -> str:
    words = publication.words
    head = "".join(f'<th scope="col">{escape(heading(column))}</th>' for column in publication.columns)
    rows = [
        "<tr>" + "".join(_cell(plain(cell), words) for cell in row) + "</tr>"
        for row in publication.table.head(MOST_ROWS).itertuples(index=False, name=None)
    ]
    inside = f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody>"
    return f'{_cut_note(publication)}<div class="box" tabindex="0"><table>{inside}</table></div>'


def _cut_note(publication: Publication) -> str:
    """What is said of a table that shows its first rows only."""
    words, whole = publication.words, len(publication.table)
    if whole <= MOST_ROWS:
        return ""
    text = words(
        "Here are the first {n} of {all} rows; the data file of the table has all of them.",
        n=words.number(MOST_ROWS),
        all=words.number(whole),
    )
    return f"<p>{escape(text)}</p>"


def _cell(cell: Any, words: Any) -> str:
    if cell is None:
        return "<td>–</td>"
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return f'<td class="number">{escape(words.number(cell))}</td>'
    return f"<td>{escape(str(cell))}</td>"


def _sources(publication: Publication) -> str:
    items = []
    for source in about.sources_of(publication):
        title = escape(source["title"])
        if source["url"].startswith(("https://", "http://")):
            title = f'<a href="{escape(source["url"])}" rel="noopener noreferrer">{title}</a>'
        by = f"{escape(source['publisher'])}: " if source["publisher"] else ""
        items.append(f"<li>{by}{title} {escape(source['published'])}</li>")
    return f"<ul>{''.join(items)}</ul>"
