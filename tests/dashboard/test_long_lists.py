"""A list of very many options is offered in part, and choices among very many rows are not all kept."""

import pytest

from dashboard import bounded, panel
from dashboard.filters import Filters
from dashboard.panel import COUNTED, counted_options, is_in_part
from dashboard.text import speak
from layers import Atlas

CHOSEN = "UZ-XO"


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panel, "LONGEST_WHOLE", 20)
    monkeypatch.setattr(panel, "MOST_OFFERED", 4)


def offered(atlas: Atlas, filters: Filters, typed: str = "", language: str = "en") -> dict[str, str]:
    options = counted_options(filters, atlas, speak(language), typed)[COUNTED.index("regions")]
    return {option["value"]: option["label"] for option in options}


def test_ordinary_lists_are_offered_whole(atlas: Atlas) -> None:
    assert not any(is_in_part(name, atlas) for name in COUNTED)
    assert list(offered(atlas, Filters(), "zzz")) == list(atlas.regions.index)


@pytest.mark.usefixtures("short")
def test_of_a_long_list_the_chosen_come_first(atlas: Atlas) -> None:
    assert list(offered(atlas, Filters())) == list(atlas.regions.index[:4])
    found = list(offered(atlas, Filters(regions=(CHOSEN,))))
    assert found[0] == CHOSEN and len(found) == 5 and len(set(found)) == 5


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize(
    ("typed", "language", "wanted"),
    [("ANDI", "en", ["UZ-AN"]), ("ташкент обл", "ru", ["UZ-TO"]), ("no such place", "en", [])],
)
def test_what_is_typed_is_found_in_any_order_of_letters_large_and_small(
    atlas: Atlas, typed: str, language: str, wanted: list[str]
) -> None:
    found = offered(atlas, Filters(regions=(CHOSEN,)), typed, language)
    assert list(found) == [CHOSEN, *wanted]
    assert all(" · " in label for label in found.values())


def test_kept_answers_are_bounded_in_number_and_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "MOST_ROWS", 100)
    made = []

    @bounded.bounded(3, lambda answer, *_asked: answer[0])
    def answer(rows: int, name: str) -> tuple[int, str]:
        made.append(name)
        return rows, name

    first = answer(10, "a")
    assert answer(10, "a") is first and made == ["a"]
    for name in "bcd":  # the fourth is one too many
        answer(10, name)
    answer(10, "a")
    assert made == list("abcda")
    answer(500, "large")  # more than all: it alone stays
    answer(500, "large")
    answer(10, "d")
    assert made == [*"abcda", "large", "d"]
