"""Geometry files under addresses that change with their content, so a browser fetches each one once.

Figures name these addresses and carry ids and values only. Knows nothing of Dash or of the web server.
"""

from collections.abc import Mapping
from pathlib import Path

from dashboard.compression import Content
from dashboard.figures.features import BUILT
from dashboard.figures.style import SOURCES
from dashboard.tiles import LARGEST_WHOLE, tiles_url, travels_as_tiles
from layers import Atlas
from layers.atlas import HELD

FILES = ("regions", "land", "neighbours", "water", "rivers", "railways")
"""Files of the data folder that are served as they are."""

NAMES = (*FILES, *BUILT)
"""The others are built from the tables: what styles and tooltips read travels with the geometry."""

MIMETYPE = "application/geo+json"
HASH_DIGITS = 12

_contents: dict[tuple[str, str], Content] = {}
_KEPT = (HELD + 1) * len(NAMES)  # of the versions in memory, and of one that is being made ready


def names(atlas: Atlas) -> tuple[str, ...]:
    """The names whose geometry travels whole."""
    return tuple(name for name in NAMES if not (name in LARGEST_WHOLE and travels_as_tiles(atlas, name)))


def map_urls(atlas: Atlas, asked: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Addresses of all that a map draws from, by source: of a file, or of tiles where they have {z} in them.

    `asked` is the scene that tells which rows of a layer are shown, for layers of which not all are.
    """
    whole = names(atlas)
    return {
        name: geometry_url(atlas, name) if name in whole else tiles_url(atlas, name, asked.get(name))
        for name in ("regions", *SOURCES)
    }


def geometry_url(atlas: Atlas, name: str) -> str:
    """Address of one geometry in EPSG:4326; equal contents have equal addresses.

    Raises KeyError for a name that is not in NAMES.
    """
    return f"/geodata/{name}.{geometry_hash(atlas, name)}.geojson"


def geometry_hash(atlas: Atlas, name: str) -> str:
    """The part of the address that changes with the content: 12 hexadecimal digits."""
    return geometry(atlas, name).digest[:HASH_DIGITS]


def geometry(atlas: Atlas, name: str) -> Content:
    """The GeoJSON of one name, read or built once for each version of the data."""
    if name not in NAMES:
        raise KeyError(f"no geometry {name!r}; there are {', '.join(NAMES)}")
    key = (atlas.version, name)
    if key not in _contents:
        body = BUILT[name](atlas) if name in BUILT else _file(atlas.folder, name)
        while len(_contents) >= _KEPT:
            _contents.pop(next(iter(_contents)), None)
        _contents[key] = Content(body, MIMETYPE)
    return _contents[key]


def _file(folder: Path, name: str) -> bytes:
    return (folder / f"{name}.geojson").read_bytes()
