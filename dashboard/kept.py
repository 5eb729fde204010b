"""Finished answers kept in memory, bounded in bytes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Any

LARGEST_KEPT = 12_000_000
"""Bytes; a larger answer is made anew for whoever asks."""

Content = tuple[Any, ...]
"""The bytes of an answer, then what is said of them: their media type, their coding."""


class Kept:
    """Answers by (data version, what was asked), the oldest leaving first; safe for several threads."""

    def __init__(self, most: int, overhead: int = 0) -> None:
        """`most` bytes of answers; `overhead` is what each costs besides its body: its key and its place."""
        self._most, self._overhead, self._size = most, overhead, 0
        self._answers: OrderedDict[Any, Content] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Any) -> Content | None:
        """The answer, None where it is not kept."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
            return self._answers.get(key)

    def put(self, key: Any, content: Content) -> Content:
        """Keep an answer that is not too large."""
        if len(content[0]) > LARGEST_KEPT:
            return content
        with self._lock:
            if key not in self._answers:
                self._answers[key] = content
                self._size += len(content[0]) + self._overhead
            while self._size > self._most:
                _, left = self._answers.popitem(last=False)
                self._size -= len(left[0]) + self._overhead
        return content
