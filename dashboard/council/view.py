"""Which projects a reader looks at, and how much each criterion counts; the forms of both in the URL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from dashboard.regions.view import KNOWN
from dashboard.routes.conditions import given_of, last
from dashboard.text import Words
from layers import Atlas
from layers.portfolio import FACETS, ProjectChoice, offered
from layers.priorities import CRITERIA, EQUAL, Weights

COUNCIL, PRIORITIES = "/council", "/council/priorities"

ALL_PROJECTS = ProjectChoice()


def ignored_part(name: str, value: str) -> str:
    """A part of a link as the note names it."""
    return f"{name[:40]}={value[:40]}"


def address(path: str, query: str, words: Words) -> str:
    """The address of a page with a query, in the reader's language."""
    return f"{path}{query}{'&' if query else '?'}lang={words.language}"


@dataclass(frozen=True)
class PortfolioView:
    """A choice of projects; `ignored` names the parts of a link that mean nothing here."""

    choice: ProjectChoice = ALL_PROJECTS
    ignored: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def from_query(cls, query: str | Mapping[str, Any], atlas: Atlas) -> PortfolioView:
        """The view of `?status=…&sector=…&uz=…&kz=…&year=…&value=…`."""
        given = given_of(query)
        chosen, ignored = {}, []
        for name in given:
            value = last(given, name)
            if name in FACETS and value in offered(atlas)[name]:
                chosen[name] = value
            elif name not in KNOWN:
                ignored.append(ignored_part(name, value))
        return cls(ProjectChoice(**chosen), tuple(ignored[:5]))

    def to_query(self) -> str:
        """The URL query without what is not chosen."""
        return query_of(self.choice)


def query_of(choice: ProjectChoice) -> str:
    """The URL query of a choice of projects."""
    return "?" + urlencode(choice.active()) if choice.active() else ""


@dataclass(frozen=True)
class PriorityView:
    """The weights, and whether only projects that have not begun to operate are ranked (`todo=1`)."""

    weights: Weights = EQUAL
    is_todo: bool = False
    ignored: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def from_query(cls, query: str | Mapping[str, Any]) -> PriorityView:
        """The view of `?value=0…5&jobs=…&todo=1`; bad weights keep their defaults."""
        given = given_of(query)
        single = {name: last(given, name) for name in given}
        weights = Weights.from_query(single)
        ignored = list(weights.ignored)
        for name, value in single.items():
            if name not in (*CRITERIA, *KNOWN) and (name, value) != ("todo", "1"):
                ignored.append(ignored_part(name, value))
        return cls(Weights(**weights.by_criterion()), single.get("todo") == "1", tuple(ignored[:8]))

    def to_query(self) -> str:
        """The URL query without defaults."""
        query = self.weights.to_query()
        return query + (("&" if query else "?") + "todo=1") * self.is_todo
