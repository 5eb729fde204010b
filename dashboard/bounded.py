"""What functions gave, kept for who asks the same, as functools.lru_cache does; bounded also in rows.

A choice among a hundred thousand sites is a table of its own: so many of them as of small data do not fit.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any

Function = Callable[..., Any]

MOST_ROWS = 400_000
"""Of tables that one function keeps: some 60 MB."""


def bounded(most: int, rows: Callable[..., int]) -> Callable[[Function], Function]:
    """Keep at most so many answers, and of all of them together MOST_ROWS; the least used leave first.

    `rows` tells from an answer, and from what was asked, how many rows are kept alive by it alone. The last
    answer always stays.
    """

    def keeping(function: Function) -> Function:
        kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        lock, held = threading.Lock(), [0]

        @wraps(function)
        def answer(*asked: Hashable) -> Any:
            with lock:
                if asked in kept:
                    kept.move_to_end(asked)
                    return kept[asked][0]
            given = function(*asked)
            with lock:
                if asked in kept:  # another thread was quicker: all get the same object
                    return kept[asked][0]
                kept[asked] = given, rows(given, *asked)
                held[0] += kept[asked][1]
                while len(kept) > 1 and (len(kept) > most or held[0] > MOST_ROWS):
                    held[0] -= kept.popitem(last=False)[1][1]
            return given

        def clear() -> None:
            with lock:
                kept.clear()
                held[0] = 0

        answer.cache_clear = clear  # as functools calls it: layers.atlas.forget_derived finds it by this name
        return answer

    return keeping
