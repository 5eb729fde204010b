"""Figures on other pages, pictures beside links, words of the dialog: what answers at their addresses."""

from __future__ import annotations

import json
from html import escape
from numbers import Real
from typing import Any
from urllib.parse import urlencode

import pandas as pd
from dash import Dash
from flask import Response, abort, request

import layers
from dashboard import delivery
from dashboard.export.card import drawn_card, written_card
from dashboard.export.chrome import NoChrome
from dashboard.export.dialog_words import dialog_words
from dashboard.export.order import WrongOrder
from dashboard.export.previews import spelled, view_of
from dashboard.export.publication import NotPublished, Publication, find
from dashboard.export.served import site_address
from dashboard.export.sheets import source_line
from dashboard.export.workshop import Busy, Fault, Workshop
from dashboard.shell import date_line
from dashboard.snapshots import version_tag
from dashboard.text import Words, pick_language, speak

MOST_ROWS = 300
"""Rows of a table that an embedded page shows; the link back leads to all of them."""

AN_HOUR = 3600  # seconds

PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<link rel="canonical" href="{view}">
<link rel="stylesheet" href="{style}">
{version}
</head>
<body>
{body}
<p class="back"><a href="{view}" target="_blank" rel="noopener">{back}</a></p>
{scripts}
</body>
</html>"""

FIGURE = """<figure id="figure" role="img" aria-label="{alt}" data-view="{address}" data-figure="{figure}"
 data-lang="{language}" data-failed="{failed}"></figure>
<noscript><p>{alt}</p></noscript>"""

TABLE = """<h1>{title}</h1>
<p>{subtitle}</p>
<div class="rows" tabindex="0"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>
<p class="small">{small}</p>"""


def serve_embeds(app: Dash, workshop: Workshop) -> None:
    """Answer for /embed/…, /export/card.png and /export/words."""
    server = app.server
    server.add_url_rule("/embed/", "embed_overview", lambda: embed_answer(app, ""))
    server.add_url_rule("/embed/<path:path>", "embed", lambda path: embed_answer(app, path))
    server.add_url_rule("/export/card.png", "card", lambda: card_answer(workshop))
    server.add_url_rule("/export/words", "dialog_words", lambda: words_answer(app))


def embed_answer(app: Dash, path: str) -> Response:
    """A page with one figure and nothing else, drawn to the size of its frame."""
    query = request.args.to_dict(flat=True)
    figure, language = query.pop("figure", ""), query.pop("lang", None)
    words = speak(pick_language(language, request.headers.get("Accept-Language")))
    view = view_of("/" + path + ("?" + urlencode(query) if query else ""))
    try:
        publication = find(view, figure, layers.current(), words)
    except NotPublished as missing:
        body = f'<p class="wrong">{escape(str(missing))}</p>'
        return _page(app, words, "/", words("Corridor Atlas"), body, status=404)
    if publication.kind == "table":
        return _page(app, words, publication.address, publication.title, table_of(publication))
    body = FIGURE.format(
        alt=escape(publication.alt),
        address=escape(publication.address),
        figure=escape(publication.name),
        language=words.language,
        failed=escape(words("The figure could not be drawn. It stands at the address below.")),
    )
    needs = (
        delivery.plotly_url(),
        *(delivery.asset_url(app, name) for name in ("data_version.js", "no_world.js", "embed.js")),
    )
    return _page(app, words, publication.address, publication.title, body, needs)


def _page(
    app: Dash,
    words: Words,
    address: str,
    title: str,
    body: str,
    needs: tuple[str | None, ...] = (),
    status: int = 200,
) -> Response:
    scripts = "\n".join(f'<script src="{escape(url)}"></script>' for url in needs if url)
    text = PAGE.format(
        language=words.language,
        title=escape(title),
        view=escape(spelled(address, words.language)),
        style=escape(delivery.asset_url(app, "embed.css") or ""),
        body=body,
        version=version_tag(layers.current()),
        back=escape(words("Open in Corridor Atlas")),
        scripts=scripts,
    )
    return Response(text, status=status, mimetype="text/html")


def table_of(publication: Publication) -> str:
    """The first rows of a table with what must stand around it, as HTML."""
    words, atlas = publication.words, publication.atlas
    heads = [f"{c.title}, {c.unit}" if c.unit else c.title for c in publication.columns]
    rows = publication.table.head(MOST_ROWS)
    cells = (
        "<tr>" + "".join(_cell(value, words) for value in row) + "</tr>"
        for row in rows.itertuples(index=False, name=None)
    )
    small = [*publication.notes, source_line(publication.source_ids, atlas, words), date_line(atlas, words)]
    if (left := len(publication.table) - len(rows)) > 0:
        small.insert(0, words.plural("and {n} more", "and {n} more", left) + ".")
    return TABLE.format(
        title=escape(publication.title),
        subtitle=escape(" ".join(filter(None, (publication.subtitle, *publication.filters)))),
        heads="".join(f'<th scope="col">{escape(head)}</th>' for head in heads),
        rows="".join(cells),
        small=escape(" ".join(filter(None, small))),
    )


def _cell(value: Any, words: Words) -> str:
    if pd.isna(value) or value == "":
        return "<td>–</td>"
    if isinstance(value, Real) and not isinstance(value, bool):
        return f'<td class="amount">{escape(words.number(float(value)))}</td>'
    return f"<td>{escape(str(value))}</td>"


def card_answer(workshop: Workshop) -> Response:
    """The picture of a view for programs that show links; plain where the figure cannot be drawn now."""
    atlas, language = layers.current(), pick_language(request.args.get("lang"), None)
    view = view_of(request.args.get("view", "/"))
    site = site_address()
    try:
        kind = find(view, "", atlas, speak(language)).kind
    except NotPublished:
        kind, view = "", "/-"  # the card of the atlas itself, however many wrong addresses are asked for
    try:
        is_written = kind in ("", "table")  # the rows of a table would be too small to read
        made = written_card(atlas, view, language) if is_written else None
        body, seconds = made or drawn_card(atlas, view, language, site, workshop), 24 * AN_HOUR
    except (NotPublished, WrongOrder, NoChrome, Busy, Fault):
        body, seconds = written_card(atlas, view, language), AN_HOUR
    response = Response(body, mimetype="image/png")
    response.cache_control.public = True
    response.cache_control.max_age = seconds
    return response


def words_answer(app: Dash) -> Response:
    """What the dialog says in `?lang=`, and where Plotly's script lies for pages that have not loaded it."""
    language = request.args.get("lang", "")
    if language != pick_language(language, None):
        abort(404)
    said = dialog_words(layers.current(), speak(language)) | {"plotly": delivery.plotly_url()}
    return Response(json.dumps(said, ensure_ascii=False), mimetype="application/json")
