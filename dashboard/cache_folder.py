"""The folder for what can be made again: compressed forms, compiled catalogues."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def cache_folder() -> Path:
    """Folder of this user's machine for things that can be made again: ATLAS_CACHE or the platform's own."""
    if named := os.environ.get("ATLAS_CACHE"):
        return Path(named)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or "~/AppData/Local"
    elif sys.platform == "darwin":
        base = "~/Library/Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser() / "corridor-atlas"
