"""An agenda as a reader puts it together: title, date and place, items in order, a note to each; its URL."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from flask import has_request_context, request

from dashboard.base_path import inside
from dashboard.council.agenda_links import AGENDA_PATH
from dashboard.guard import is_page
from dashboard.text import N_, Words
from layers import Atlas
from layers.pairs import region_ids

LONGEST_TITLE = 140
LONGEST_NOTE = 300
LONGEST_VIEW = 600
MOST_ITEMS = 30
MOST_VIEWS = 8
LONGEST_QUERY = 3_600
"""Characters. A form writes some of them longer, and servers refuse a request line of more than 4,094."""

NAMES = ("title", "when", "i", "add", "pu", "pk", "page", "view", "do")
KNOWN = ("lang", "theme", "show", "data", "camera")
LOST_IN_VIEWS = ("lang", "theme", "data")

FAULTS = {
    "unknown": N_("There is no such thing to put on the agenda, so it was left out: {key}"),
    "foreign": N_("Only addresses of this atlas can be put on the agenda, so it was left out: {key}"),
    "no-page": N_("The atlas has no page at this address, so it was left out: {key}"),
    "long-view": N_("The address is too long for an agenda, so it was left out: {key}"),
    "twice": N_("It is on the agenda already: {key}"),
    "many": N_("An agenda holds {most} items; this one was left out: {key}"),
    "many-views": N_("An agenda holds {most} views; this one was left out: {key}"),
    "half-pair": N_("A pair needs a region of either country."),
    "full": N_("The link of this agenda is full ({most} characters), so it was left out: {key}"),
    "full-note": N_("The link of this agenda is full ({most} characters), so the note was left out: {key}"),
}


@dataclass(frozen=True)
class Item:
    """One item: its key ("project:P-001", "barrier:B33", "pair:UZ-SI/KZ-61", "view:/trade") and a note."""

    key: str
    note: str = ""

    @property
    def kind(self) -> str:
        """project, barrier, pair or view."""
        return self.key.partition(":")[0]

    @property
    def one(self) -> str:
        """The id, the two regions or the address."""
        return self.key.partition(":")[2]


@dataclass(frozen=True)
class Fault:
    """Something that was left out: a code of FAULTS and what it was."""

    code: str
    key: str = ""

    def told(self, words: Words) -> str:
        """What was left out and why, in a sentence."""
        most = {"full": LONGEST_QUERY, "full-note": LONGEST_QUERY, "many-views": MOST_VIEWS}
        return words(FAULTS[self.code], key=self.key[:60], most=words.number(most.get(self.code, MOST_ITEMS)))


@dataclass(frozen=True)
class Agenda:
    """What a reader has put together; `faults` say what of a link was left out, `ignored` what means nothing
    here."""

    title: str = ""
    when: str = ""
    items: tuple[Item, ...] = ()
    faults: tuple[Fault, ...] = field(default=(), compare=False)
    ignored: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def from_query(cls, query: str | Mapping[str, Any], atlas: Atlas) -> Agenda:
        """The agenda of a query, with what is to be added and moved; what makes no sense is left out and
        named, never an error."""
        given = given_of(query)
        faults: list[Fault] = []
        items = [
            Item(key, clean(last(given, f"n{number}"), LONGEST_NOTE))
            for number, key in enumerate(given.get("i", ())[: 2 * MOST_ITEMS], start=1)
        ]
        items += [Item(key) for key in added(given, faults)]
        agenda = cls(
            clean(last(given, "title"), LONGEST_TITLE),
            clean(last(given, "when"), LONGEST_TITLE),
            ignored=strange(given),
        )
        agenda = replace(agenda, items=tuple(possible(items, atlas, faults)))
        agenda = moved(agenda, last(given, "do"))
        return replace(shortened(agenda, faults), faults=tuple(faults[:8]))

    def pairs(self) -> list[tuple[str, str]]:
        """The agenda as names and values of a query."""
        found = [(name, value) for name, value in (("title", self.title), ("when", self.when)) if value]
        for number, item in enumerate(self.items, start=1):
            found.append(("i", item.key))
            if item.note:
                found.append((f"n{number}", item.note))
        return found

    def to_query(self) -> str:
        """The query that gives this agenda, "" for an empty one."""
        return "?" + urlencode(self.pairs(), safe=":/,?=") if self.pairs() else ""

    def address(self, words: Words) -> str:
        """The address of the page with this agenda."""
        query = self.to_query()
        return f"{AGENDA_PATH}{query}{'&' if query else '?'}lang={words.language}"

    @property
    def length(self) -> int:
        """How many characters of the link are used."""
        return len(self.to_query())


def given_of(query: str | Mapping[str, Any]) -> dict[str, list[str]]:
    """All values of a query by name, in their order."""
    if isinstance(query, str):
        query = parse_qs(query.lstrip("?")[:20_000])
    return {
        str(name): [str(one) for one in (value if isinstance(value, list | tuple) else [value])]
        for name, value in query.items()
    }


def last(given: Mapping[str, list[str]], name: str) -> str:
    """The value of a name, the last where there are several, "" where there is none."""
    return (given.get(name) or [""])[-1]


def clean(text: str, longest: int) -> str:
    """A text of the reader's as one line without signs that are not seen, such as those that turn the
    direction of writing."""
    seen = "".join(" " if one.isspace() else one for one in text[: 20 * longest])
    kept = "".join(one for one in seen if unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    return re.sub(r" +", " ", kept).strip()[:longest].strip()


def added(given: Mapping[str, list[str]], faults: list[Fault]) -> list[str]:
    """The keys that are to be added: ticked, a pair, a page of the list, an address."""
    keys = [one for one in given.get("add", ()) if one][:MOST_ITEMS]
    pair = [last(given, name) for name in ("pu", "pk")]
    if all(pair):
        keys.append("pair:" + "/".join(pair))
    elif any(pair):
        faults.append(Fault("half-pair"))
    return keys + [f"view:{text}" for name in ("page", "view") if (text := last(given, name).strip())]


def strange(given: Mapping[str, list[str]]) -> tuple[str, ...]:
    """The parts of a query that mean nothing here."""
    names = [name for name in given if name not in (*NAMES, *KNOWN) and not re.fullmatch(r"n\d{1,3}", name)]
    return tuple(f"{clean(name, 40)}={clean(last(given, name), 40)}" for name in names[:5])


def possible(items: list[Item], atlas: Atlas, faults: list[Fault]) -> list[Item]:
    """The items that there are, each once, not more than an agenda holds."""
    found: dict[str, Item] = {}
    for item in items:
        key = known_key(item.key, atlas)
        if isinstance(key, Fault):
            faults.append(key)
        elif key in found:
            faults.append(Fault("twice", key))
        elif len(found) == MOST_ITEMS:
            faults.append(Fault("many", key))
        elif key.startswith("view:") and sum(one.startswith("view:") for one in found) == MOST_VIEWS:
            faults.append(Fault("many-views", key))
        else:
            found[key] = Item(key, item.note)
    return list(found.values())


def known_key(key: str, atlas: Atlas) -> str | Fault:
    """The key as the agenda keeps it; a fault where the atlas has no such thing."""
    kind, _, one = key.strip().partition(":")
    if kind == "view":
        return view_key(one)
    shown = clean(key, 60)
    if kind == "project" and one in atlas.projects.index:
        return f"project:{one}"
    if kind == "barrier" and one in atlas.barriers.index:
        return f"barrier:{one}"
    if kind == "pair":
        uzbek, _, kazakh = one.partition("/")
        own = region_ids(atlas)
        if uzbek in own[0] and kazakh in own[1]:
            return f"pair:{uzbek}/{kazakh}"
    return Fault("unknown", shown)


def view_key(text: str) -> str | Fault:
    """The key of an address: a path of the atlas, also with its own host before it, nothing else."""
    text, shown = text.strip(), clean(text, 60)
    if len(text) > LONGEST_VIEW:
        return Fault("long-view", shown)
    try:
        parts = urlsplit(text)
    except ValueError:
        return Fault("foreign", shown)
    has_host = parts.scheme in ("http", "https") and bool(parts.netloc) and parts.netloc == own_host()
    is_path = not parts.scheme and not parts.netloc
    path = (inside(parts.path) or "/") if has_host else parts.path
    if not (has_host or is_path) or not re.fullmatch(r"/(?![/\\])[^\\\s\x00-\x1f]*|/", path):
        return Fault("foreign", shown)
    if path.rstrip("/") == AGENDA_PATH or not is_page(path):
        return Fault("no-page", shown)
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name not in LOST_IN_VIEWS]
    query = urlencode(kept, safe=":/,")
    return f"view:{path}{'?' + query if query else ''}"


def own_host() -> str:
    """The host under which the reader sees the atlas, "" outside of a request."""
    return request.host if has_request_context() else ""


def moved(agenda: Agenda, action: str) -> Agenda:
    """The agenda after a button: "up3", "down2", "drop1"."""
    asked = re.fullmatch(r"(up|down|drop)(\d{1,3})", action)
    items = list(agenda.items)
    if not asked or not 1 <= int(asked[2]) <= len(items):
        return agenda
    at = int(asked[2]) - 1
    item = items.pop(at)
    if asked[1] != "drop":
        items.insert(max(0, at - 1) if asked[1] == "up" else at + 1, item)
    return replace(agenda, items=tuple(items))


def shortened(agenda: Agenda, faults: list[Fault]) -> Agenda:
    """The agenda as far as its link is not too long: notes go first, from the last, then items."""
    while agenda.length > LONGEST_QUERY:
        noted = [at for at, item in enumerate(agenda.items) if item.note]
        items = list(agenda.items)
        if noted:
            faults.append(Fault("full-note", items[noted[-1]].key))
            items[noted[-1]] = replace(items[noted[-1]], note="")
        elif items:
            faults.append(Fault("full", items.pop().key))
        else:
            return replace(agenda, title=agenda.title[:60], when=agenda.when[:60])
        agenda = replace(agenda, items=tuple(items))
    return agenda
