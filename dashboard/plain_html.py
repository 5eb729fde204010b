"""Components as plain HTML: what a browser can show of a layout before any script has run.

Fields of Dash are written with the elements and classes that their scripts give them, so that each takes the
room it will take.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Any

from dashboard.plain import Tree

VOID = frozenset({"br", "col", "hr", "img", "input", "wbr"})
NAMES = {
    "className": "class",
    "class_name": "class",
    "defaultValue": "value",
    "defaultChecked": "checked",
}
KNOWN = re.compile(
    r"data-(choice|theme-switch|keep-view)|aria-[a-z-]+|abbr|alt|autocomplete|c[xy]|checked|cite|class|colspan|d|datetime|disabled|download|fill|"
    r"height|href|hreflang|lang|max|maxlength|min|multiple|open|placeholder|points|"
    r"preserveaspectratio|r|readonly|rel|required|reversed|role|rows|rowspan|scope|selected|size|spellcheck|src|"
    r"start|step|stroke|style|tabindex|target|title|transform|type|value|viewbox|width|[xy][12]?"
)
"""Attributes that are written; names of fields and what scripts look for belong to the live page."""
POINTING = frozenset({"aria-labelledby", "aria-describedby", "aria-controls", "aria-activedescendant"})
KEPT_IDS = frozenset({"content", "search", "tour-offer"})
"""Ids that style sheets and links know; all others belong to the live page."""
ANSWERED_LATER = frozenset({"button", "details", "form", "input", "select", "textarea"})
"""What a reader would use in vain before the live page is there; links work, and what stands open."""
TAG = re.compile(r"[a-z][a-z0-9]*")


def plain_html(tree: Tree, ready: Mapping[str, str]) -> str:
    """The HTML of a tree; that of the tags in `ready` is given."""
    if isinstance(tree, str):
        return escape(tree, quote=False)
    tag, given, *inside = tree
    if tag in ready:
        return ready[tag]
    if tag in FIELDS:
        return FIELDS[tag](given)
    is_hidden = given.get("hidden") and str(given.get("id")) not in KEPT_IDS
    if is_hidden or tag == "dialog" or not TAG.fullmatch(tag):
        return ""  # such as components that show nothing before their scripts have come
    if tag == "details" and not given.get("open"):
        inside = [one for one in inside if not isinstance(one, str) and one[0] == "summary"]
    if tag == "select":
        inside = _few_options(given, inside)
    opened = f"<{tag}{''.join(_attributes(tag, given))}>"
    if tag in VOID:
        return opened
    return f"{opened}{''.join(plain_html(one, ready) for one in inside)}</{tag}>"


def _few_options(given: Mapping[str, Any], inside: list[Tree]) -> list[Tree]:
    """What a closed list shows, and its longest option, which makes its width; some have hundreds."""
    groups = [one for one in inside if not isinstance(one, str)]
    options = [one for group in groups for one in (group[2:] if group[0] == "optgroup" else [group])]
    chosen = given.get("defaultValue", given.get("value"))
    shown = [one for one in options if one[1].get("value") == chosen][:1] or options[:1]
    return [*shown, *sorted(options, key=lambda one: len(str(one[2:])))[-1:]]


def _attributes(tag: str, given: Mapping[str, Any]) -> Iterator[str]:
    is_late = tag in ANSWERED_LATER and "data-theme-switch" not in given and not given.get("open")
    if is_late or "data-agenda" in given:  # such a link adds to what the tab remembers, which a script knows
        yield " inert"
    if str(given.get("id")) in KEPT_IDS:  # an id of Dash may be a dictionary
        yield f' id="{given["id"]}"'
    for name, value in given.items():
        written = NAMES.get(name, name).lower()
        if value is None or written in POINTING or not KNOWN.fullmatch(written):
            continue
        if isinstance(value, dict):
            value = ";".join(f"{_hyphened(rule)}:{one}" for rule, one in value.items())
        if isinstance(value, bool) and written.startswith(("aria-", "data-")):
            value = str(value).lower()
        if value is not False:
            yield f" {written}" if value is True else f' {written}="{escape(str(value))}"'


def _hyphened(name: str) -> str:
    return name if name.startswith("--") else re.sub("[A-Z]", lambda one: "-" + one.group().lower(), name)


def _choices(kind: str, given: Mapping[str, Any]) -> str:
    """Check boxes or radio buttons, as dash_bootstrap_components draws them."""
    value = given.get("value")
    chosen = value if isinstance(value, list) else [value]
    inline = " form-check-inline" if given.get("inline") else ""
    lines = "".join(
        f'<div class="form-check{inline}"><input class="form-check-input" type="{kind}"'
        f"{' checked' if one['value'] in chosen else ''}{' disabled' if one.get('disabled') else ''}>"
        f'<label class="form-check-label">{escape(str(one["label"]))}</label></div>'
        for one in given["options"]
    )
    return f'<div class="{escape(str(given.get("class_name") or ""))}" inert>{lines}</div>'


def _select(given: Mapping[str, Any]) -> str:
    options = "".join(
        f"<option{' selected' * (one['value'] == given.get('value'))}>{escape(str(one['label']))}</option>"
        for one in given["options"]
    )
    return f'<select class="form-select" inert>{options}</select>'


def _dropdown(given: Mapping[str, Any]) -> str:
    """One line with what is chosen."""
    value = given.get("value")
    values = value if isinstance(value, list) else [value]
    chosen = [str(one["label"]) for one in given["options"] if one["value"] in values]
    shown = ", ".join(chosen) or str(given.get("placeholder") or "")
    quiet = "" if chosen else " dash-dropdown-placeholder"
    return (
        '<div class="dash-dropdown-wrapper" inert><button type="button" class="dash-dropdown">'
        '<span class="dash-dropdown-grid-container dash-dropdown-trigger">'
        f'<span class="dash-dropdown-value{quiet}">{escape(shown)}</span></span></button></div>'
    )


def _input(given: Mapping[str, Any]) -> str:
    kind, hint = (escape(str(given.get(name) or "")) for name in ("type", "placeholder"))
    return (
        '<div class="dash-input-container" inert>'
        f'<input type="{kind}" class="dash-input-element" placeholder="{hint}"></div>'
    )


FIELDS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "dash_bootstrap_components.Checklist": lambda given: _choices("checkbox", given),
    "dash_bootstrap_components.RadioItems": lambda given: _choices("radio", given),
    "dash_bootstrap_components.Select": _select,
    "dash_core_components.Dropdown": _dropdown,
    "dash_core_components.Input": _input,
}
"""Fields of Dash by the names of their components."""
