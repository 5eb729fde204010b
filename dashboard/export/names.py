"""Names of files: of the English ids of a view, so that they can be read and are safe everywhere."""

from __future__ import annotations

import hashlib
import re

from dashboard.export.publication import Publication, parts_of

LONGEST = 90
UNLIKE = re.compile(r"[^a-z0-9]+")


def file_name(publication: Publication, size_id: str = "") -> str:
    """The name without its ending: page, choice, figure, size, language; ASCII letters, digits, hyphens."""
    path, query = parts_of(publication.address)
    view = " ".join([path, *(f"{name} {value}" for name, value in query.items())])
    place = _slug(path.rpartition("/")[2])
    figure = _slug(_slug(publication.name).replace(place, "")) if place else _slug(publication.name)
    ends = "-".join(filter(None, (figure, _slug(size_id), publication.words.language)))
    begins = "-".join(filter(None, ("corridor-atlas", _slug(view))))
    room = max(LONGEST - len(ends) - 1, 24)
    if len(begins) > room:
        mark = hashlib.sha256(begins.encode()).hexdigest()[:6]
        begins = f"{begins[: room - 7].rstrip('-')}-{mark}"
    return f"{begins}-{ends}"


def _slug(text: str) -> str:
    return UNLIKE.sub("-", text.lower()).strip("-")
