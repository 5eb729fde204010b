"""How a figure is cited: in words, as BibTeX, as RIS; with the version of the data and the day of access."""

from __future__ import annotations

import datetime

from dashboard.export.names import file_name
from dashboard.export.publication import Publication, Wishes
from dashboard.export.sheets import link_of
from dashboard.text import N_

CITED = N_(
    "Corridor Atlas ({year}): {title}. Data version {version}, sources read up to {date}. {link}, read on "
    "{today}."
)
ESCAPED = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
ESCAPED |= {sign: "\\" + sign for sign in "&%$#_{}"}


def citation(publication: Publication, wishes: Wishes, today: datetime.date) -> str:
    """One line in the reader's language."""
    words, atlas = publication.words, publication.atlas
    return words(
        CITED,
        year=atlas.date.year,
        title=publication.titled(wishes)[0].rstrip(" ."),
        version=atlas.version,
        date=words.date(atlas.date.isoformat()),
        link=link_of(publication, wishes),
        today=words.date(today.isoformat()),
    )


def bibtex(publication: Publication, wishes: Wishes, today: datetime.date) -> str:
    """An entry of BibTeX in UTF-8."""
    atlas, title = publication.atlas, publication.titled(wishes)[0]
    fields = {
        "author": "{Corridor Atlas}",
        "title": f"{{{_tex(title)}}}",
        "year": f"{atlas.date.year}",
        "version": atlas.version,
        "note": f"Data version {atlas.version}, sources read up to {atlas.date.isoformat()}",
        "url": link_of(publication, wishes),
        "urldate": today.isoformat(),
        "langid": publication.words.language,
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{file_name(publication)},\n{lines}\n}}\n"


def _tex(text: str) -> str:
    return "".join(ESCAPED.get(letter, letter) for letter in text)


def ris(publication: Publication, wishes: Wishes, today: datetime.date) -> str:
    """An entry of RIS."""
    atlas, title = publication.atlas, publication.titled(wishes)[0]
    fields = (
        ("TY", "DATA"),
        ("AU", "Corridor Atlas"),
        ("TI", title),
        ("PY", f"{atlas.date.year}"),
        ("DA", atlas.date.strftime("%Y/%m/%d")),
        ("ET", atlas.version),
        ("N1", f"Data version {atlas.version}, sources read up to {atlas.date.isoformat()}"),
        ("LA", publication.words.language),
        ("UR", link_of(publication, wishes)),
        ("Y2", today.strftime("%Y/%m/%d")),
        ("ER", ""),
    )
    return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in fields)
