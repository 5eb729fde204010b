"""The form in which an agenda is put together: title, items in their order, and what can be added."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from dashboard import vocabulary
from dashboard.cards.parts import is_total
from dashboard.council.agenda import LONGEST_NOTE, LONGEST_QUERY, LONGEST_TITLE, LONGEST_VIEW, Agenda
from dashboard.council.agenda_links import AGENDA_PATH
from dashboard.council.agenda_paper import KIND_NAMES, entry_of
from dashboard.council.agenda_views import pages_to_choose
from dashboard.plain import Plain
from dashboard.text import Words, speak
from layers import Atlas
from layers.pairs import region_ids

Tree = list[Any]
Option = tuple[str, str, str]
BUTTON = "btn btn-outline-secondary btn-sm"


def agenda_finding(agenda: Agenda, words: Words) -> str:
    """How many items of which kinds there are; an empty agenda explains itself."""
    if not agenda.items:
        return words(
            "The agenda is empty. Tick projects and barriers below, choose a pair of regions or a page, and "
            "press “Put on the agenda”; links “Add to the agenda” on other pages do the same."
        )
    counts = {kind: sum(item.kind == kind for item in agenda.items) for kind in KIND_NAMES}
    listed = ", ".join(f"{words(KIND_NAMES[kind])}: {words.number(n)}" for kind, n in counts.items() if n)
    number = words.plural("{n} item on the agenda", "{n} items on the agenda", len(agenda.items))
    return f"{number}. {listed}."


def tools(agenda: Agenda, atlas: Atlas, words: Words) -> Plain:
    """The link to copy, printing, a new agenda, and how much of the link is used."""
    copied = {"data-copy-link": atlas.version, "data-copied": words("Copied")}
    used = words(
        "{n} of {most} characters of the link are used.",
        n=words.number(agenda.length),
        most=words.number(LONGEST_QUERY),
    )
    kept = words(
        "The agenda is its address: nothing is stored on the server, and whoever has the link has the agenda."
    )
    parts: list[Tree] = [["button", {"type": "button", "className": BUTTON, **copied}, words("Copy link")]]
    if agenda.items:
        printing = {"type": "button", "className": BUTTON, "data-agenda-print": "1"}
        parts.append(["button", printing, words("Print the paper")])
        new = {"href": f"{AGENDA_PATH}?lang={words.language}", "data-agenda-new": "1"}
        parts.append(["a", new, words("New agenda")])
    return Plain.of(
        [["p", {"className": "agenda-tools"}, *parts], ["p", {"className": "legend-note"}, f"{used} {kept}"]]
    )


def form(agenda: Agenda, atlas: Atlas, words: Words) -> Plain:
    """One ordinary form: whatever is pressed, notes and ticks go along."""
    most = words("The link is too long now: shorten the notes.")
    attributes = {"action": AGENDA_PATH, "className": "agenda-form", "data-too-long": most}
    hidden = ["input", {"type": "hidden", "name": "lang", "value": words.language}]
    # The first button is the one that Enter presses.
    head = [
        "div",
        {"className": "agenda-head"},
        _text("title", words("Title of the paper"), agenda.title, LONGEST_TITLE),
        _text("when", words("Date and place"), agenda.when, LONGEST_TITLE),
        ["button", {"className": "btn btn-primary"}, words("Write")],
    ]
    return Plain.of(
        [["form", attributes, hidden, head, *_items(agenda, atlas, words), *_add(agenda, atlas, words)]]
    )


def _text(name: str, label: str, value: str, longest: int) -> Tree:
    own = {"name": name, "defaultValue": value, "maxLength": longest, "type": "text"}
    return ["label", {}, label, ["input", {**own, "className": "form-control", "autoComplete": "off"}]]


def _items(agenda: Agenda, atlas: Atlas, words: Words) -> list[Tree]:
    """The items in their order, each with its note and its buttons."""
    if not agenda.items:
        return []
    rows = [_item(number, agenda, atlas, words) for number in range(1, len(agenda.items) + 1)]
    return [["h2", {}, words("Items")], ["ol", {"className": "agenda-items"}, *rows]]


def _item(number: int, agenda: Agenda, atlas: Atlas, words: Words) -> Tree:
    item = agenda.items[number - 1]
    entry = entry_of(item, atlas, words)
    title, language = entry.title, entry.language
    buttons = [
        _button("up", "↑", words("Move up: {name}", name=title), number, number == 1),
        _button("down", "↓", words("Move down: {name}", name=title), number, number == len(agenda.items)),
        _button("drop", "×", words("Take off the agenda: {name}", name=title), number, False),
    ]
    note = {
        "name": f"n{number}",
        "defaultValue": item.note,
        "maxLength": LONGEST_NOTE,
        "className": "form-control",
        "placeholder": words("Note"),
        "aria-label": words("Note on {name}", name=title),
        "autoComplete": "off",
        "dir": "auto",
    }
    return [
        "li",
        {},
        ["input", {"type": "hidden", "name": "i", "value": item.key}],
        ["span", {"className": "what", "lang": language}, title],
        ["small", {}, words(KIND_NAMES[entry.kind])],
        ["span", {"className": "moves"}, *buttons],
        ["input", note],
    ]


def _button(action: str, sign: str, label: str, number: int, is_off: bool) -> Tree:
    own = {
        "name": "do",
        "value": f"{action}{number}",
        "title": label,
        "aria-label": label,
        "disabled": is_off,
    }
    return ["button", {**own, "className": BUTTON}, sign]


def _add(agenda: Agenda, atlas: Atlas, words: Words) -> list[Tree]:
    """What can be added: ticks, a pair, a page, an address."""
    taken = {item.key for item in agenda.items}
    ticks = [_ticks(title, options, taken, words) for title, options in _options(atlas, words.language)]
    return [
        ["h2", {}, words("What to add")],
        *ticks,
        ["div", {"className": "agenda-more"}, *_pair(atlas, words), *_views(words)],
        ["p", {}, ["button", {"className": "btn btn-primary"}, words("Put on the agenda")]],
    ]


# Key: the atlas (one object a data version) and the language; the lists are never changed.
@lru_cache(maxsize=8)
def _options(atlas: Atlas, language: str) -> list[tuple[str, list[Option]]]:
    """What can be ticked, in groups: key, name and its language."""
    words = speak(language)
    projects: list[Option] = []
    totals: list[Option] = []
    for one, row in atlas.projects.iterrows():
        name, own = words.name_and_language(row)
        (totals if is_total(row) else projects).append((f"project:{one}", name, own))
    barriers = [
        (f"barrier:{one}", _barrier(row, atlas, words), words.text_and_language(row, "description")[1])
        for one, row in atlas.barriers.iterrows()
    ]
    return [
        (words("Projects"), projects),
        (words("Stated totals of projects"), totals),
        (words("Barriers"), barriers),
    ]


def _barrier(row: Any, atlas: Atlas, words: Words) -> str:
    place = words.name(atlas.nodes.loc[row["node_id"]]) if row["node_id"] else words("whole corridor")
    return f"{words(vocabulary.BARRIER_KINDS[row['kind']])}, {place}: {words.text(row, 'description')}"


def _ticks(title: str, options: list[Option], taken: set[str], words: Words) -> Tree:
    """A folded list of things to tick; those on the agenda are ticked and stay so."""
    boxes = [
        [
            "label",
            {},
            [
                "input",
                {"type": "checkbox", "name": "add", "value": key}
                if key not in taken
                else {"type": "checkbox", "checked": True, "disabled": True},
            ],
            ["span", {"lang": language}, name],
        ]
        for key, name, language in options
    ]
    summary = f"{title} ({words.number(len(options))})"
    return ["details", {"className": "agenda-ticks"}, ["summary", {}, summary], ["div", {}, *boxes]]


def _pair(atlas: Atlas, words: Words) -> list[Tree]:
    """Two regions to choose."""
    labels = (words("Pair: Uzbek region"), words("Pair: Kazakh region"))
    return [
        _select(name, label, [(one, words.name(atlas.regions.loc[one])) for one in ids])
        for name, label, ids in zip(("pu", "pk"), labels, region_ids(atlas), strict=True)
    ]


def _views(words: Words) -> list[Tree]:
    """A page of the list, and any address of the atlas."""
    label = words("Any address of the atlas, copied from the browser")
    return [
        _select("page", words("Page of the atlas"), pages_to_choose(words)),
        _text("view", label, "", LONGEST_VIEW),
    ]


def _select(name: str, label: str, options: list[tuple[str, str]]) -> Tree:
    inside = [["option", {"value": code}, shown] for code, shown in [("", "–"), *options]]
    return [
        "label",
        {},
        label,
        ["select", {"name": name, "defaultValue": "", "className": "form-select"}, *inside],
    ]
