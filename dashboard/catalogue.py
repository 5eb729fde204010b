"""The catalogues of the other languages: which messages there are, and bringing the files up to date.

`python -m dashboard.catalogue` adds new messages to every `dashboard/locale/<code>.po`, drops those that
are no longer used, and prints how many wait for a translation.
"""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from dashboard.text import LOCALE_FOLDER, language_name
from layers.metrics import METRICS

# No clock in the files: the same code gives the same catalogue.
BEGINNING = datetime(2026, 11, 22, tzinfo=UTC)
CODE_FOLDER = Path(__file__).parent


def template() -> Catalog:
    """Every message the code shows, with the files that use it."""
    catalog = Catalog(project="Corridor Atlas", fuzzy=False)
    for path in sorted(CODE_FOLDER.rglob("*.py")):
        for message in messages_of(ast.parse(path.read_text(encoding="utf-8"))):
            catalog.add(message, locations=[(path.relative_to(CODE_FOLDER.parent).as_posix(), 1)])
    for metric in METRICS.values():
        for message in (metric.label, metric.unit, metric.note):
            if message:
                catalog.add(message, locations=[("layers/metrics.py", 1)])
    return catalog


def messages_of(tree: ast.AST) -> Iterator[str | tuple[str, str]]:
    """Messages written out in words("…"), N_("…") and words.plural("…", "…", n)."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        texts = [
            arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
        ]
        if isinstance(node.func, ast.Name) and node.func.id in ("words", "N_") and len(texts) == 1:
            yield texts[0]
        elif isinstance(node.func, ast.Attribute) and node.func.attr == "plural" and len(texts) == 2:
            yield texts[0], texts[1]


def read(path: Path) -> Catalog:
    """One catalogue file."""
    with path.open("rb") as file:
        return read_po(file, locale=path.stem)


def waiting(catalog: Catalog) -> list[str]:
    """Messages without a translation, or with one that only may fit."""
    return [
        message.id if isinstance(message.id, str) else message.id[0]
        for message in catalog
        if message.id and (message.fuzzy or not all(_strings(message.string)))
    ]


def _strings(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return string if isinstance(string, tuple) else (string,)


def update(path: Path) -> Catalog:
    """Bring one file up to date with the code and return it."""
    old = read(path)
    catalog = Catalog(
        locale=path.stem,
        header_comment=f"# Corridor Atlas: {language_name(path.stem)}",
        project="Corridor Atlas",
        version="1",
        msgid_bugs_address="Corridor Atlas",
        last_translator="Corridor Atlas",
        language_team=language_name(path.stem),
        fuzzy=False,
        creation_date=BEGINNING,
        revision_date=BEGINNING,
    )
    for message in template():
        if message.id:
            known = old.get(message.id)
            # A message that has got, or lost, a plural needs another kind of translation.
            fits = known and isinstance(known.id, tuple) == isinstance(message.id, tuple)
            catalog.add(message.id, known.string if fits else None, locations=message.locations)
    write(path, catalog)
    return catalog


def write(path: Path, catalog: Catalog) -> None:
    """Write a catalogue file, the same bytes for the same words."""
    written = io.BytesIO()
    write_po(written, catalog, width=110, sort_output=True, include_lineno=False)
    path.write_bytes(written.getvalue())


def main() -> None:
    """Update every catalogue."""
    for path in sorted(LOCALE_FOLDER.glob("*.po")):
        catalog = update(path)
        print(f"{path.stem}: {len(catalog)} messages, {len(waiting(catalog))} to translate")


if __name__ == "__main__":
    main()
