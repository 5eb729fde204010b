"""Times of routes and reach: `python -m tests.bench.routes`, a few seconds.

Asks 120 different questions of the real data, each for four alternatives, half of them with a changed
network; then the reach of all regions before and after a change. The budgets are 100 ms for the median route
and 250 ms for the reach before and after.
"""

import random
import statistics
import time

import app
import layers
from layers.network import GATEWAYS, WhatIf, assumptions_of, reach, routes
from layers.network.graph import network_of

QUESTIONS = 120
ROUTE_BUDGET_MS = 100
REACH_BUDGET_MS = 250


def main() -> None:
    """Measure and print."""
    atlas = layers.load(app.data_folder())
    show("network made", [timed(lambda: network_of(atlas))])
    stated = assumptions_of(atlas)
    asked = [timed(lambda one=one: routes(atlas, *one[:2], stated, one[2])) for one in questions(atlas)]
    show("four alternatives", asked)
    ways = [
        timed(lambda one=one: [route.way for route in routes(atlas, *one[:2], stated, one[2])])
        for one in questions(atlas)[-40:]
    ]
    show("their ways", ways)
    both = []
    for change, gateways in enumerate([*GATEWAYS, *GATEWAYS]):
        what_if = WhatIf(opened=("corridor:cku", "corridor:trans-afghan-west")[: 1 + change // len(GATEWAYS)])
        hours = stated.changed({"rail-speed": 40 + change})
        both.append(timed(lambda a=hours, g=gateways, w=what_if: (reach(atlas, g, a), reach(atlas, g, a, w))))
    show("reach before and after", both)
    is_fast = statistics.median(asked) <= ROUTE_BUDGET_MS and max(both) <= REACH_BUDGET_MS
    budgets = f"{ROUTE_BUDGET_MS} ms for the median route, {REACH_BUDGET_MS} ms for the slowest reach"
    print("within" if is_fast else "OVER", budgets)


def questions(atlas: layers.Atlas) -> list[tuple[str, str, WhatIf]]:
    """A choice of questions, the same each time and each once."""
    chance = random.Random(7)
    nodes = atlas.nodes.index[atlas.nodes["kind"].ne("shape")]
    starts = [f"region:{one}" for one in atlas.regions.index] + [f"site:{one}" for one in atlas.sites.index]
    goals = [f"node:{one}" for one in nodes]
    changes = [WhatIf(), WhatIf(include_planned=True), WhatIf(closed=("crossing:X09",)), WhatIf()]
    return [
        (chance.choice(starts), chance.choice(goals), changes[number % len(changes)])
        for number in range(QUESTIONS)
    ]


def timed(work) -> float:
    """Milliseconds of one piece of work."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def show(kind: str, taken: list[float]) -> None:
    """One line of the table."""
    slow = statistics.quantiles(taken, n=20)[-1] if len(taken) > 1 else taken[0]
    print(f"{kind:<28}{statistics.median(taken):8.1f} ms p50{slow:8.1f} ms p95{max(taken):8.1f} ms slowest")


if __name__ == "__main__":
    main()
