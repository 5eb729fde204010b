"""The data of the atlas: files in, checked frames out. Knows nothing of web pages or figures."""

from layers.atlas import Atlas, current, held, load, pin, serve
from layers.contract import DataError

__all__ = ["Atlas", "DataError", "current", "held", "load", "pin", "serve"]
