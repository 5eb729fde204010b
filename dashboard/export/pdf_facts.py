"""What a PDF says of itself: title, author, subject, keywords, language."""

from __future__ import annotations

import io

from dashboard.export.publication import Publication, Wishes
from dashboard.export.sheets import link_of
from dashboard.shell import ATTRIBUTION

AUTHOR = "Corridor Atlas"


def with_facts(pdf: bytes, publication: Publication, wishes: Wishes) -> bytes:
    """The PDF with the facts of a publication in place of those of the program that drew it."""
    from pypdf import PdfWriter  # here: no start waits for it
    from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject

    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    writer.metadata = {
        "/Title": publication.titled(wishes)[0],
        "/Author": AUTHOR,
        "/Subject": publication.alt,
        "/Keywords": ", ".join(_keywords(publication, wishes)),
        "/Creator": f"{AUTHOR} {publication.atlas.version}",
    }
    catalogue = writer.root_object
    catalogue[NameObject("/Lang")] = TextStringObject(publication.words.language)
    shown = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    catalogue[NameObject("/ViewerPreferences")] = shown
    memory = io.BytesIO()
    writer.write(memory)
    return memory.getvalue()


def _keywords(publication: Publication, wishes: Wishes) -> list[str]:
    """Where it is from, of which data, and under which condition."""
    words = publication.words
    return [link_of(publication, wishes), publication.atlas.version, words(ATTRIBUTION)]
