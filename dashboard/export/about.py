"""What goes with the data of a publication: columns, units, filters, sources, licence, version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dashboard.export.publication import Publication, Wishes
from dashboard.export.sheets import link_of
from dashboard.shell import ATTRIBUTION, DISCLAIMER
from dashboard.sourced import GENERAL_KNOWLEDGE
from dashboard.text import N_, Words

LICENCE = N_(
    "Facts from the sources named; their choice and wording: Corridor Atlas, MIT licence. Shapes of regions, "
    "railways and lines of corridors: ODbL 1.0 (https://opendatacommons.org/licenses/odbl/1-0/); whoever "
    "passes on a changed copy of them passes it on under ODbL. Figures drawn from them carry the credit line."
)


@dataclass(frozen=True)
class Fact:
    """One line of the metadata: a name alike in all languages, its title and text in the reader's."""

    name: str
    title: str
    text: str


def facts(publication: Publication, wishes: Wishes) -> list[Fact]:
    """The metadata but columns and sources, in the order in which a reader needs them."""
    words, atlas, (title, subtitle) = publication.words, publication.atlas, publication.titled(wishes)
    found = [
        Fact("title", words("Title"), title),
        Fact("subtitle", words("Subtitle"), subtitle),
        Fact("filters", words("Filters"), " ".join(publication.filters) or words("none")),
        Fact("description", words("Description"), publication.alt),
        Fact("notes", words("Notes"), " ".join(publication.notes)),
        Fact("data_version", words("Data version"), atlas.version),
        Fact("date", words("Sources read up to"), atlas.date.isoformat()),
        Fact("link", words("Link"), link_of(publication, wishes)),
        Fact("language", words("Language"), words.language),
        Fact("licence", words("Licence"), words(LICENCE)),
        Fact("attribution", words("Attribution"), words(ATTRIBUTION) if publication.layers else ""),
        Fact("disclaimer", words("Disclaimer"), words(DISCLAIMER) if publication.layers else ""),
    ]
    return [fact for fact in found if fact.text]


def sources_of(publication: Publication) -> list[dict[str, str]]:
    """source_id, publisher, title, url, published and accessed (ISO dates) of each source, in order."""
    words, sources = publication.words, publication.atlas.sources
    found = []
    for source_id in dict.fromkeys(publication.source_ids):
        if source_id == GENERAL_KNOWLEDGE:
            found.append(_source(source_id, "", words("General knowledge, not cited"), "", "", ""))
        elif source_id in sources.index:
            row = sources.loc[source_id]
            parts = (row[part] for part in ("publisher", "title", "url", "published_date", "accessed"))
            found.append(_source(source_id, *parts))
    return found


SOURCE_KEYS = ("source_id", "publisher", "title", "url", "published", "accessed")


def source_titles(words: Words) -> tuple[str, ...]:
    """What a reader calls the parts of a source."""
    titles = (words("Id"), words("Publisher"), words("Title"), words("Link"))
    return (*titles, words("Published"), words("Read on"))


def _source(*parts: str) -> dict[str, str]:
    return dict(zip(SOURCE_KEYS, parts, strict=True))


def as_json(publication: Publication, wishes: Wishes) -> dict[str, Any]:
    """All of it as it goes into files for programs."""
    return {
        **{fact.name: fact.text for fact in facts(publication, wishes)},
        "columns": [
            {"name": c.name, "title": c.title, **({"unit": c.unit} if c.unit else {})}
            for c in publication.columns
        ],
        "sources": sources_of(publication),
    }
