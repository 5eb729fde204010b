"""Signs that nobody sees in a text but on which programs or readers stumble."""

from __future__ import annotations

import re

UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""Control signs, which XML and so PowerPoint, Excel and SVG refuse; signs that turn the letters after them
around, so that 1520 reads 0251; halves of letters, which no file can hold. Line breaks and tabs are none.
"""

EXPECTED = "letters, digits and signs that are seen: type the text anew"


def unseen(text: str) -> str:
    """The problem in words where such a sign is in the text, "" where none is."""
    found = UNSEEN.search(text)
    return f"a sign that is not seen (U+{ord(found[0]):04X})" if found else ""
