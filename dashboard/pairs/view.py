"""What the cells of the matrix say: the number of joint projects, or their value; its form in the URL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dashboard.regions.view import KNOWN
from dashboard.text import N_

BY = {"number": N_("Number of projects"), "value": N_("Value of projects")}


@dataclass(frozen=True)
class MatrixView:
    """`by` is a code of BY; `ignored` names the parts of a link that mean nothing here."""

    by: str = "number"
    ignored: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def from_query(cls, query: Mapping[str, Any]) -> MatrixView:
        """The view that `?by=…` names; what means nothing is left out and put into `ignored`."""
        asked = str(query.get("by", "number"))
        ignored = [f"{n[:40]}={str(v)[:40]}" for n, v in query.items() if n not in (*KNOWN, "by")]
        if asked not in BY:
            ignored.append(f"by={asked[:40]}")
        return cls(asked if asked in BY else "number", tuple(ignored[:5]))
