"""A copy of the data whose texts are hostile, in every table, language and deck."""

from __future__ import annotations

import csv
import json
from itertools import count
from pathlib import Path

from layers.contract.columns import LONGEST_NAME
from layers.contract.tables import LISTED, TABLES
from layers.decks import LANGUAGES

LONG = f"<b>{'Долгий ' * 1428}</b>"  # 10,000 letters
UNBROKEN = "W" * 10_000

# "pwned" stands in everything that would run if it could.
TEXTS = (
    "<script>window.pwned=1</script>",
    '"><img src=x onerror="window.pwned=1">',
    "'><svg/onload=window.pwned=1>",
    '<a href="javascript:window.pwned=1">link</a>',
    "[link](javascript:window.pwned=1)",
    "javascript:window.pwned=1",
    "data:text/html,<script>window.pwned=1</script>",
    '=HYPERLINK("javascript:pwned";"pwned")',
    "+cmd|'/C calc'!A0 pwned",
    "-1+1 pwned",
    "@SUM(1+1) pwned",
    "{braces} {0} {0.__class__} ${pwned} %s %(pwned)s %n",
    "</script><!-- pwned --><![CDATA[ ]]> &lt;b&gt; &amp;amp;",
    "\u200fправа\u200f \u200bzero\u200dwidth\ufeff pwned",
    "line one\nline two\tpwned",
    "quotes \" ' ` « » \\ pwned \\u003cscript\\u003e",
    "𐍈 🚂 e\u0301\u0301\u0301 pwned",
)


def make_hostile(folder: Path) -> None:
    """Put such texts into every free text of a copy of the data; names, titles and notes alike."""
    number = count()
    for name, schema in TABLES.items():
        path = folder / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as opened:
            header, *rows = csv.reader(opened)
        free = [column for column in header if _is_free(schema.columns[column].metadata)]
        links = [column for column in header if "https" in schema.columns[column].metadata["expected"]]
        for position, row in enumerate(rows):
            for column in free:
                place = header.index(column)
                if row[place]:
                    row[place] = _text(row[place], column, position, next(number))
            for column in links:
                if row[header.index(column)]:
                    row[header.index(column)] = (
                        "https://e.example/\"'><script>window.pwned=1</script>?a=1&b=2#{0}"
                    )
        with path.open("w", encoding="utf-8", newline="") as opened:
            csv.writer(opened, lineterminator="\n").writerows([header, *rows])
    for path in (folder / "decks").glob("*.json"):
        deck = _hostile_deck(json.loads(path.read_text("utf-8")))
        path.write_text(json.dumps(deck, ensure_ascii=False), "utf-8")


def _is_free(metadata: dict) -> bool:
    return metadata["expected"].startswith(("some text", "texts separated", "a name"))


def _text(before: str, column: str, position: int, number: int) -> str:
    family = column.rpartition("_")[0] or column
    if column in LISTED or family in LISTED:
        return ";".join(f"{i} {TEXTS[i % 6]}".replace(";", ",") for i, _ in enumerate(before.split(";")))
    if position == 3 and "name" not in column:
        return LONG
    if position == 4:
        return UNBROKEN[:LONGEST_NAME] if "name" in column else UNBROKEN
    return f"{TEXTS[number % len(TEXTS)]} {number}"


def _hostile_deck(deck: dict) -> dict:
    """Headlines, points and notes without digits, which a deck of the data may not type, or braces."""
    for position, scene in enumerate(deck["scenes"]):
        bad = [text for text in TEXTS if not any(sign in text for sign in "0123456789{}")]
        texts = {one: bad[(position + i) % len(bad)] for i, one in enumerate(LANGUAGES)}
        scene |= {"headline": texts, "points": [texts], "notes": texts}
    return deck | {"title": dict.fromkeys(LANGUAGES, "</script><b>pwned")}
