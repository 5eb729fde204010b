"""Our own style sheets and our own scripts, each as one file: a page asks for two files instead of sixty.

Files that some pages load for themselves (SEPARATE) are left out. A file that changes while the atlas runs
changes the bundle too.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from dashboard.compression import Content
from dashboard.geometry import HASH_DIGITS

SEPARATE = re.compile(r"^(embed|theme|present(_\w+)?)\.")
"""Names of files that are not for every page."""

MIMETYPES = {"css": "text/css", "js": "text/javascript"}
NAME = re.compile(rf"bundle\.([0-9a-f]{{{HASH_DIGITS}}})\.(css|js)")


def bundle_url(folder: Path, kind: str) -> str:
    """Address of the style sheets ("css") or scripts ("js") of a folder; it changes with their content."""
    return f"/assets/bundle.{bundle(folder, kind).digest[:HASH_DIGITS]}.{kind}"


def bundle(folder: Path, kind: str) -> Content:
    """The style sheets or scripts of a folder, by their names; read again only after one has changed."""
    files = sorted(path for path in folder.glob(f"*.{kind}") if not SEPARATE.match(path.name))
    return _bundle(kind, tuple((path, path.stat().st_mtime_ns) for path in files))


@lru_cache(maxsize=8)
def _bundle(kind: str, files: tuple[tuple[Path, int], ...]) -> Content:
    return Content(b"\n".join(path.read_bytes() for path, _ in files), MIMETYPES[kind])
