"""Which sites a reader looks at, and which are selected; its form in the URL."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

from dashboard import vocabulary
from dashboard.keys import exists
from layers import Atlas
from layers.site_choice import CHOICES, WITHIN_KM, SiteChoice, values_of

DISTANCES_KM = (10, 25, 50, 100)
MOST_SELECTED = 12
LONGEST_QUERY = 4000

URL_NAMES = {
    "countries": "country",
    "regions": "region",
    "kinds": "kind",
    "statuses": "status",
    "sectors": "sector",
    "corridors": "corridor",
    "crossings": "crossing",
    "investment": "investment",
}
"""The name of each facet in the URL."""

ALL_SITES = SiteChoice()

READ_ELSEWHERE = ("lang", "theme", "camera", "data")


@dataclass(frozen=True)
class SitesView:
    """A choice of sites and the keys of what is selected ("site:J-003").

    `ignored` names the parts of a link that mean nothing here.
    """

    choice: SiteChoice = ALL_SITES
    selected: tuple[str, ...] = ()
    ignored: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def from_query(cls, query: str | Mapping[str, Any], atlas: Atlas) -> SitesView:
        """The view of a URL query; what means nothing falls back to its default and is put into `ignored`."""
        given = query if isinstance(query, Mapping) else dict(parse_qsl(query.lstrip("?")[:LONGEST_QUERY]))
        facets = {url: name for name, url in URL_NAMES.items()}
        chosen: dict[str, Any] = {}
        selected: tuple[str, ...] = ()
        ignored: list[str] = []
        for url, value in given.items():
            text = str(value)
            if url in facets:
                name = facets[url]
                wanted = [one for one in text.split(",") if one]
                ignored += [f"{url}={one[:40]}" for one in wanted if one not in offered(atlas)[name]]
                chosen[name] = in_order(wanted, offered(atlas)[name])
            elif url == "within" and text in map(str, DISTANCES_KM):
                chosen["within_km"] = int(text)
            elif url == "show":
                keys = [key for key in text.split(",")[:MOST_SELECTED] if key]
                selected = tuple(dict.fromkeys(key for key in keys if exists(key, atlas)))
                ignored += [f"show={key[:40]}" for key in keys if not exists(key, atlas)]
            elif url not in READ_ELSEWHERE:
                ignored.append(f"{url[:40]}={text[:40]}")
        return cls(SiteChoice(**chosen), selected, tuple(ignored[:5]))

    def to_query(self) -> str:
        """The URL query without defaults."""
        pairs = [(url, ",".join(getattr(self.choice, name))) for name, url in URL_NAMES.items()]
        if self.choice.within_km != WITHIN_KM:
            pairs.append(("within", str(self.choice.within_km)))
        pairs.append(("show", ",".join(self.selected)))
        pairs = [(url, value) for url, value in pairs if value]
        return "?" + urlencode(pairs, safe=",:") if pairs else ""

    def active(self) -> list[tuple[str, str]]:
        """Every chosen value as (facet, value)."""
        return [(name, value) for name in CHOICES for value in getattr(self.choice, name)]

    def toggled(self, name: str, value: str, atlas: Atlas) -> SitesView:
        """The same view with a value of a facet added, or given up where it was chosen."""
        if value not in offered(atlas).get(name, ()):
            return self
        wanted = set(getattr(self.choice, name)) ^ {value}
        return self.choosing(**{name: in_order(wanted, offered(atlas)[name])})

    def selecting(self, keys: Collection[str], atlas: Atlas) -> SitesView:
        """The same view with other things selected."""
        known = tuple(key for key in keys if exists(key, atlas))
        return replace(self, selected=known[:MOST_SELECTED])

    def choosing(self, **values: Any) -> SitesView:
        """The same view with other choices."""
        return replace(self, choice=replace(self.choice, **values), ignored=())


def in_order(wanted: Collection[str], known: Collection[str]) -> tuple[str, ...]:
    """The wanted values that are known, in the order they are offered."""
    return tuple(value for value in known if value in wanted)


# Key: the atlas, one object a data version; nobody changes what is in it.
@lru_cache(maxsize=4)
def offered(atlas: Atlas) -> dict[str, tuple[str, ...]]:
    """The values of each facet in the order they are offered."""
    present = {name: values_of(atlas, name) for name in CHOICES}
    orders = {
        "countries": (*vocabulary.COUNTRIES, *present["countries"]),
        "regions": atlas.regions.index,
        "kinds": vocabulary.SITE_KINDS,
        "statuses": vocabulary.STATUSES,
        "sectors": vocabulary.SECTORS,
    }
    return {
        name: tuple(dict.fromkeys(one for one in orders.get(name, values) if one in values))
        for name, values in present.items()
    }
