"""What stands in the place of a pair that is none: the right order, or the nearest names."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.regions.links import nearest_regions, pair_link
from dashboard.text import Words
from layers import Atlas
from layers.pairs import region_ids


def no_such_pair(first: str, second: str, atlas: Atlas, words: Words) -> html.Div:
    """Says what is wrong with the link, and leads to the pairs that may be meant."""
    uzbek, kazakh = region_ids(atlas)
    if first in kazakh and second in uzbek:
        told = words("The Uzbek region stands first in the address of a pair.")
        meant: list[Any] = [(second, first)]
    else:
        told = words(
            "The link names {first} and {second}: not an Uzbek and a Kazakh region of the atlas.",
            first=first[:60],
            second=second[:60],
        )
        meant = near_pairs(first, second, atlas)
    links = html.Ul([html.Li(pair_link(*pair, atlas, words)) for pair in meant])
    return html.Div(
        [
            html.H1(words("There is no such pair")),
            html.P(told),
            *([html.P(words("Perhaps you mean:")), links] if meant else []),
            html.P(html.A(words("All pairs of regions"), href=f"/pairs?lang={words.language}")),
        ],
        className="text-page",
    )


def near_pairs(first: str, second: str, atlas: Atlas, most: int = 4) -> list[tuple[str, str]]:
    """Pairs of the regions whose names are nearest to the two texts, in either order."""
    uzbek, kazakh = region_ids(atlas)
    near = [nearest_regions(text, atlas, 6) for text in (first, second)]
    every = [one for found in near for one in found]
    return [(u, k) for u in dict.fromkeys(every) if u in uzbek for k in dict.fromkeys(every) if k in kazakh][
        :most
    ]
