"""Geometry files under addresses that change with their content, so a browser fetches each one once.

Figures name these addresses and carry ids and values only. Knows nothing of Dash or of the web server.
"""

from pathlib import Path

from dashboard.compression import Content
from dashboard.figures.features import BUILT
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
