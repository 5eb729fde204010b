"""Which flow of trade a reader looks at, and by which reporter; its form in the URL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

from layers import Atlas
from layers.evidence import FIRMNESS
from layers.trade import GOODS_FLOWS

FLOWS = {"turnover": "turnover", "exports": "export_uz_to_kz", "imports": "import_uz_from_kz"}
"""The flows of the page by their word in the URL."""

KNOWN = ("lang", "theme", "show", "data", "camera")


def slug(reporter: str) -> str:
    """A reporter in a URL: small letters, digits and hyphens."""
    letters = "".join(letter if letter.isalnum() else " " for letter in reporter.lower())
    return "-".join(letters.split())


def reporters_of(atlas: Atlas) -> dict[str, str]:
    """Those who state results of trade by their word in the URL, in alphabetical order."""
    trade = atlas.trade
    said = (
        trade["flow"].isin(GOODS_FLOWS) & trade["value_usd"].notna() & trade["kind"].map(FIRMNESS).ne("aim")
    )
    return {slug(one): one for one in sorted(trade.loc[said, "reporter"].unique())}


@dataclass(frozen=True)
class TradeView:
    """A flow of trade.csv and a reporter, "" for all.

    `ignored` names the parts of a link that mean nothing here.
    """

    flow: str = "turnover"
    reporter: str = ""
    ignored: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def from_query(cls, query: str | Mapping[str, Any], atlas: Atlas) -> TradeView:
        """The view that `?flow=…&by=…` names; what means nothing goes into `ignored`."""
        given = dict(query) if isinstance(query, Mapping) else dict(parse_qsl(query.lstrip("?")[:1000]))
        allowed = {"flow": FLOWS, "by": {"": "", **reporters_of(atlas)}}
        chosen, ignored = {"flow": "turnover", "by": ""}, []
        for name, value in given.items():
            if name in allowed and str(value) in allowed[name]:
                chosen[name] = allowed[name][str(value)]
            elif name not in KNOWN:
                ignored.append(f"{name[:40]}={str(value)[:40]}")
        return cls(chosen["flow"], chosen["by"], tuple(ignored[:5]))

    def to_query(self) -> str:
        """The URL query without defaults."""
        pairs = [("flow", self.flow_code)] if self.flow != "turnover" else []
        pairs += [("by", slug(self.reporter))] if self.reporter else []
        return "?" + urlencode(pairs) if pairs else ""

    @property
    def flow_code(self) -> str:
        """The word of the flow in the URL."""
        return next(code for code, flow in FLOWS.items() if flow == self.flow)
