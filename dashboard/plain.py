"""Long texts and tables that never change in the browser, as one component.

Dash watches each component of a page, and after each new one it looks at all of them again: a thousand of
them keep a browser busy for seconds. `Plain` is one component however much it holds. What is in it cannot
take part in callbacks. assets/plain.js draws it.
"""

from __future__ import annotations

from typing import Any

from dash.development.base_component import Component

Tree = str | list[Any]
"""A text, or an element as [tag, attributes, contents …]."""


class Plain(Component):
    """Elements of `dash.html` made into plain data: texts stay texts, so nothing in them becomes markup."""

    _namespace = "corridor_atlas"
    _type = "Plain"
    _children_props = ()
    _base_nodes = ()
    _prop_names = ("id", "tree")
    _valid_wildcard_attributes = ()
    available_properties = ("id", "tree")
    available_wildcard_properties = ()

    def __init__(self, *contents: Any, **named: str) -> None:
        """`id` names one whose `tree` a callback writes: what stays in the tree stays in the browser, with
        the focus and what a reader has opened. New `children` around it would make all of it anew.
        """
        super().__init__(tree=trees(contents), **named)

    @classmethod
    def of(cls, made: list[Tree]) -> Plain:
        """Trees that are made already."""
        plain = cls()
        plain.tree = made
        return plain


def trees(contents: Any) -> list[Tree]:
    """The trees of whatever a Dash component may hold; nothing gives none.

    The tag of a component that is no element of HTML has the name of its library before it.
    """
    if contents is None:
        return []
    if isinstance(contents, list | tuple):
        return [tree for one in contents for tree in trees(one)]
    if isinstance(contents, Plain):
        return contents.tree
    if isinstance(contents, Component):
        props = dict(contents.to_plotly_json()["props"])
        inside = trees(props.pop("children", None))
        is_element = contents._namespace == "dash_html_components"
        tag = contents._type.lower() if is_element else f"{contents._namespace}.{contents._type}"
        return [[tag, props, *inside]]
    return [str(contents)]
