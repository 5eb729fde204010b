"""Times of the search: `python -m tests.bench.search`, a few seconds.

Asks 300 different questions of the real data: names in every language as they are, their beginnings, and with
a typo. The budget is 60 ms for an answer.
"""

import random
import statistics
import time

import app
import layers
from layers.search import Index, find, index

QUESTIONS = 300
BUDGET_MS = 60


def main() -> None:
    """Measure and print."""
    atlas = layers.load(app.data_folder())
    began = time.perf_counter()
    everything = index(atlas)
    print(f"{'index made':<28}{(time.perf_counter() - began) * 1000:8.1f} ms")
    kinds = {"whole names": whole, "beginnings of names": beginning, "names with a typo": mistyped}
    every: list[float] = []
    for kind, change in kinds.items():
        every += show(kind, times(everything, [change(name) for name in names(everything)]))
    show("all together", every)
    print("within" if max(every) <= BUDGET_MS else "OVER", f"{BUDGET_MS} ms at the slowest")


def names(everything: Index) -> list[str]:
    """A choice of names, the same each time."""
    every = sorted(set(everything.texts))
    return random.Random(7).sample(every, QUESTIONS // 3)


def whole(name: str) -> str:
    return name


def beginning(name: str) -> str:
    return name[: max(2, len(name) // 2)]


def mistyped(name: str) -> str:
    """The name with two letters in its middle exchanged."""
    middle = len(name) // 2
    return name[: middle - 1] + name[middle] + name[middle - 1] + name[middle + 1 :] if middle else name


def times(everything: Index, questions: list[str]) -> list[float]:
    """Milliseconds of each question."""
    taken = []
    for question in questions:
        began = time.perf_counter()
        find(everything, question)
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def show(kind: str, taken: list[float]) -> list[float]:
    """One line of the table."""
    slow = statistics.quantiles(taken, n=20)[-1]
    print(f"{kind:<28}{statistics.median(taken):8.1f} ms p50{slow:8.1f} ms p95{max(taken):8.1f} ms slowest")
    return taken


if __name__ == "__main__":
    main()
