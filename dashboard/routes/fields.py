"""The controls of the two pages: ordinary forms of the browser, whose answer is another address.

They are trees of `Plain`. Each field has a key with its value: where another address brings another value,
the browser makes the field anew. `data-default` is the value that need not stand in the address.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from dash import html

from dashboard.export.button import end_button
from dashboard.free_text import free_text
from dashboard.plain import Tree, trees
from dashboard.routes.conditions import PREFIX, Conditions
from dashboard.routes.places import Groups, Options, closable, link_name, openable, unfinished
from dashboard.sourced import sourced
from dashboard.text import N_, Words, speak
from layers import Atlas
from layers.network import assumptions_of
from layers.network.whatif import YEARS

Link = Callable[[Conditions], str]
"""The address of the page with other conditions."""

UNITS = {"hours": N_("hours"), "km/h": N_("km/h"), "factor": N_("times")}


def field(label: str, control: Tree) -> Tree:
    """A control with its label, which names it too: the text of a label around a list has all entries."""
    tag, attributes, *inside = control
    return ["label", {}, label, [tag, {**attributes, "aria-label": label}, *inside]]


def choice(
    name: str, groups: Groups, value: str, first: tuple[str, str] | None = None, default: str = ""
) -> Tree:
    """A list to choose one of; `first` is an entry before the groups, a group without a name has no title."""
    inside: list[Tree] = [["option", {"value": first[0]}, first[1]]] if first else []
    for title, options in groups:
        entries = entries_of(options)
        inside += [["optgroup", {"label": title}, *entries]] if title and entries else entries
    attributes = {
        "name": name,
        "key": f"{name}={value}",
        "defaultValue": value,
        "className": "form-select",
        "data-default": default,
    }
    return ["select", attributes, *inside]


# The same lists stand on every page; trees are never changed.
@lru_cache(maxsize=256)
def entries_of(options: Options) -> tuple[Tree, ...]:
    """The entries of one group of a list."""
    return tuple(["option", {"value": code}, label] for code, label in options)


def hidden(name: str, value: str) -> Tree:
    """A value that the form sends and nobody sees."""
    return ["input", {"type": "hidden", "name": name, "value": value, "key": f"{name}={value}"}]


def form(path: str, store: str, fields: list[Tree], button: str, words: Words) -> Tree:
    """The form; assets/routes.js asks `store` with it, without a new page."""
    send = ["button", {"className": "btn btn-primary"}, button]
    attributes = {"action": path, "className": "route-form", "data-ask": store}
    return ["form", attributes, *fields, send, hidden("lang", words.language)]


def network_fields(conditions: Conditions, atlas: Atlas, words: Words) -> list[Tree]:
    """The year, lines to come, and one more link to close or to open."""
    year = "" if conditions.year is None else str(conditions.year)
    limits = {"min": YEARS[0], "max": YEARS[-1], "step": 1, "placeholder": words("today")}
    planned: dict[str, Any] = {"type": "checkbox", "name": "planned", "value": "1"}
    planned |= {"defaultChecked": conditions.has_planned, "key": f"planned={conditions.has_planned}"}
    nothing = ("", words("nothing more"))
    return [
        field(words("Close also"), choice("close", closable(atlas, words.language), "", nothing)),
        field(words("Open also"), choice("open", openable(atlas, words.language), "", nothing)),
        field(words("Network as of the year"), number("year", year, "", limits)),
        [
            "label",
            {"className": "check"},
            ["input", planned],
            words("with lines under construction or planned"),
        ],
        *(
            hidden(name, ",".join(keys))
            for name, keys in (("closed", conditions.closed), ("opened", conditions.opened))
            if keys
        ),
    ]


def number(name: str, value: str, default: str, limits: dict[str, Any]) -> Tree:
    """A field for a number."""
    attributes = {"type": "number", "name": name, "defaultValue": value, "key": f"{name}={value}"}
    return ["input", {**attributes, "className": "form-control", "data-default": default, **limits}]


def chips(conditions: Conditions, link: Link, store: str, atlas: Atlas, words: Words) -> list[Tree]:
    """What is changed, each change with a link that takes it back."""
    entries = [
        ["li", {"key": label}, chip(label, link(rest), store, words)]
        for label, rest in changes_of(conditions, atlas, words)
    ]
    label = {"key": "chips", "className": "chips", "aria-label": words("What is changed")}
    return [["ul", label, *entries]] if entries else []


def changes_of(conditions: Conditions, atlas: Atlas, words: Words) -> Iterator[tuple[str, Conditions]]:
    """Each change in words, and the conditions without it."""
    for side, message in {"closed": N_("closed: {name}"), "opened": N_("opened: {name}")}.items():
        for key in getattr(conditions, side):
            yield words(message, name=link_name(atlas, key, words)), conditions.toggled(side, key)
    if conditions.has_planned:
        yield words("with planned lines"), replace(conditions, has_planned=False)
    if conditions.year is not None:
        yield words("as of {year}", year=conditions.year), replace(conditions, year=None)
    for one, value in conditions.changes:
        row = atlas.assumptions.loc[one]
        unit = words(UNITS.get(row["unit"], row["unit"]))
        rest = tuple(pair for pair in conditions.changes if pair[0] != one)
        yield f"{words.name(row)}: {words.number(value)} {unit}", replace(conditions, changes=rest)


def chip(label: str, address: str, store: str, words: Words) -> Tree:
    """A link that takes a change back."""
    remove = words("Take back: {name}", name=label)
    attributes = {"href": address, "data-ask": store, "title": remove, "aria-label": remove}
    return ["a", attributes, label, ["span", {"aria-hidden": "true"}, " ×"]]


def network_controls(
    conditions: Conditions, link: Link, store: str, atlas: Atlas, words: Words
) -> list[Tree]:
    """What is changed, and folded away what can be: links closed and opened, the year, the assumptions."""
    what_if: list[Tree] = [
        ["div", {"className": "route-fields"}, *network_fields(conditions, atlas, words)],
        ["p", {"className": "legend-note"}, words("Lines that are not in operation, to open as a whole:")],
        *trees(openings(conditions, link, store, atlas, words)),
    ]
    return [
        *chips(conditions, link, store, atlas, words),
        folded(words("What if: close and open links"), what_if),
        folded(words("Assumptions"), assumption_table(conditions, link, store, atlas, words)),
    ]


def asking(label: Any, address: str, store: str, **attributes: str) -> html.A:
    """A link to another question of the same page, answered without a new page."""
    return html.A(label, href=address, **{"data-ask": store}, **attributes)


def openings(conditions: Conditions, link: Link, store: str, atlas: Atlas, words: Words) -> html.Ul:
    """The corridors with lines that are not in operation, each with a link that opens them."""
    items = []
    for corridor_id, km in unfinished(atlas).items():
        key = f"corridor:{corridor_id}"
        if key in conditions.opened:
            continue
        length = words("{n} km not in operation", n=words.number(round(km)))
        opened = asking(words("open"), link(conditions.toggled("opened", key)), store, className="act")
        items.append(html.Li([link_name(atlas, key, words), " ", html.Small(length), " ", opened]))
    return html.Ul(items, className="plain openings")


def assumption_table(
    conditions: Conditions, link: Link, store: str, atlas: Atlas, words: Words
) -> list[Tree]:
    """Every assumption with its value to change, its unit, range and source; changed ones are marked."""
    now = conditions.assumptions(atlas)
    titles = ("Assumption", "Value", "Unit", "Range", "Source")
    told = dict(
        zip(titles, (N_("Assumption"), N_("Value"), N_("Unit"), N_("Range"), N_("Source")), strict=True)
    )
    head = ["thead", {}, ["tr", {}, *(["th", {"scope": "col"}, words(told[one])] for one in titles)]]
    rows = [assumption_row(atlas, one, value, words.language) for one, value in now.values.items()]
    caption = ["caption", {}, words("What the hours are computed from. Changed values are marked.")]
    table = ["table", {"className": "sortable assumption-table"}, caption, head, ["tbody", {}, *rows]]
    box: Tree = ["div", {"className": "table-box", "tabIndex": 0}, table]
    found: list[Tree] = [*trees(end_button("assumptions", words)), box]
    if conditions.changes:
        reset = asking(words("Back to the stated values"), link(conditions.without_changes()), store)
        found.append(["p", {}, *trees(reset)])
    return found


# Most rows stand as stated in every form; trees are never changed.
@lru_cache(maxsize=512)
def assumption_row(atlas: Atlas, assumption_id: str, value: float, language: str) -> Tree:
    """One assumption with the value in force."""
    words = speak(language)
    row = atlas.assumptions.loc[assumption_id]
    stated = next(one for one in assumptions_of(atlas).stated if one.assumption_id == assumption_id)
    is_changed = value != stated.value
    least, most = stated.limits
    default = f"{stated.value:.10g}"
    limits = {"min": f"{least:.10g}", "max": f"{most:.10g}", "step": "any", "aria-label": words.name(row)}
    control = number(PREFIX + assumption_id, f"{value:.10g}", default, limits)
    name, spoken = words.name_and_language(row)
    told = words("changed, stated {n}", n=words.number(stated.value)) if is_changed else ""
    mark: list[Tree] = [["small", {}, told]] if told else []
    span = f"{words.number(stated.low)}–{words.number(stated.high)}"
    return [
        "tr",
        {"className": "changed" if is_changed else ""},
        ["th", {"scope": "row", "lang": spoken}, name],
        ["td", {}, control, *mark],
        ["td", {}, words(UNITS.get(stated.unit, stated.unit))],
        ["td", {"className": "amount"}, span],
        ["td", {}, *trees(basis(row, atlas, words))],
    ]


def basis(row: Any, atlas: Atlas, words: Words) -> html.Details:
    """What an assumption rests on: its sources, or that it is one and why."""
    note = free_text(row, "note", words)
    if row["kind"] == "sourced":
        return sourced(words("sourced"), row["source_ids"], atlas, words, note)
    shown = html.Summary(words("assumption"), title=words("Show why"))
    return html.Details([shown, html.Div(note)], className="sourced")


def folded(title: str, contents: list[Tree]) -> Tree:
    """A part that opens on a click; by its key it stays open when chips come before it."""
    return ["details", {"key": title}, ["summary", {}, title], *contents]
