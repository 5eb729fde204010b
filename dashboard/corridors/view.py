"""Which way of a corridor a reader looks at, and how far beside it; its form in the URL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

import geopandas as gpd

from dashboard.bounded import bounded
from layers import Atlas
from layers.ways import Way, sites_along, variant_way, variants_of

DISTANCES_KM = (10, 25, 50, 100)
WITHIN_KM = 25


@dataclass(frozen=True)
class CorridorView:
    """A variant of a corridor and the distance in km up to which sites are hung on it.

    `ignored` names the parts of a link that mean nothing here.
    """

    corridor_id: str
    variant_id: str
    within_km: int = WITHIN_KM
    ignored: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def from_query(cls, corridor_id: str, query: str | Mapping[str, Any], atlas: Atlas) -> CorridorView:
        """The view that `?way=…&within=…` names; what means nothing falls back and is put into `ignored`."""
        given = dict(query) if isinstance(query, Mapping) else dict(parse_qsl(query.lstrip("?")[:1000]))
        ways = variants_of(atlas, corridor_id).index
        ignored = [f"{name}={str(value)[:40]}" for name, value in given.items() if name not in KNOWN]
        variant, within = given.get("way", ways[0]), str(given.get("within", WITHIN_KM))
        if variant not in ways:
            ignored.append(f"way={str(variant)[:40]}")
            variant = ways[0]
        if within not in map(str, DISTANCES_KM):
            ignored.append(f"within={within[:40]}")
            within = str(WITHIN_KM)
        return cls(corridor_id, variant, int(within), tuple(ignored[:5]))

    @classmethod
    def from_which(cls, which: str, atlas: Atlas) -> CorridorView:
        """The view of a scene: "btk?within=50"."""
        corridor_id, _, query = which.partition("?")
        return cls.from_query(corridor_id, query, atlas)

    def to_query(self, atlas: Atlas) -> str:
        """The URL query without defaults."""
        pairs = []
        if self.variant_id != variants_of(atlas, self.corridor_id).index[0]:
            pairs.append(("way", self.variant_id))
        if self.within_km != WITHIN_KM:
            pairs.append(("within", str(self.within_km)))
        return "?" + urlencode(pairs) if pairs else ""

    def way(self, atlas: Atlas) -> Way:
        """The way itself."""
        return variant_way(atlas, self.variant_id)

    def sites(self, atlas: Atlas) -> gpd.GeoDataFrame:
        """The sites beside the way, with km and distance_km, in the order of travel."""
        return _beside(atlas, self.variant_id, self.within_km)


# Key: the atlas (one object a data version), the way and the distance; nobody changes what is kept.
@bounded(32, lambda found, *_asked: len(found))
def _beside(atlas: Atlas, variant_id: str, within_km: int) -> gpd.GeoDataFrame:
    return sites_along(variant_way(atlas, variant_id), atlas.sites, within_km)


KNOWN = ("way", "within", "lang", "theme", "show", "data", "camera")
