"""A list of very many options is offered in part, and choices among very many rows are not all kept."""

import importlib
from hashlib import sha256

import pytest
from dash import Dash

from dashboard import bounded, ids, panel
from dashboard.filters import Filters
from dashboard.guard import CALLBACK_PATH
from dashboard.panel import COUNTED, counted_options, is_in_part
from dashboard.sites import panel as sites_panel
from dashboard.text import speak
from layers import Atlas

CHOSEN = "UZ-XO"
TYPED = f"{ids.SITES_REGIONS_TYPED}.data"
VIEW = {"query": f"?region={CHOSEN}", "lang": "ru", "is_new": False}


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panel, "LONGEST_WHOLE", 20)
    monkeypatch.setattr(panel, "MOST_OFFERED", 4)


def offered(atlas: Atlas, filters: Filters, typed: str = "", language: str = "en") -> dict[str, str]:
    options = counted_options(filters, atlas, speak(language), typed)[COUNTED.index("regions")]
    return {option["value"]: option["label"] for option in options}


def control(layout, own):
    """The component of a layout with this id."""
    return next(one for one in layout._traverse() if getattr(one, "id", None) == own)


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


@pytest.fixture
def short_on_sites(short, site) -> None:
    sites_panel.counted_options.cache_clear()
    yield
    sites_panel.counted_options.cache_clear()


def test_the_page_of_sites_offers_all_of_few_regions(site: Dash, atlas: Atlas) -> None:
    sites = importlib.import_module("dashboard.pages.sites")
    with_sites = set(atlas.sites["region_id"]) - {""}
    assert len(control(sites.layout(), ids.site_control("regions")).options) == len(with_sites)
    assert control(sites.layout(), ids.SITES_REGIONS_TYPED).data is None


@pytest.mark.usefixtures("short_on_sites")
def test_the_page_of_sites_offers_some_of_many_regions_and_asks_while_one_types(client, atlas: Atlas) -> None:
    sites = importlib.import_module("dashboard.pages.sites")
    layout = sites.layout(region=CHOSEN)
    found = control(layout, ids.site_control("regions"))
    assert found.value == [CHOSEN] and found.options[0]["value"] == CHOSEN and len(found.options) == 5
    assert found.labels["search"] == "Type to find more"
    assert control(layout, ids.SITES_REGIONS_TYPED).data == ""
    several = f"options@{sha256(TYPED.encode()).hexdigest()}"  # another callback writes it too
    body = {
        "output": f"{ids.site_control('regions')}.{several}",
        "outputs": {"id": ids.site_control("regions"), "property": several},
        "inputs": [{"id": ids.SITES_REGIONS_TYPED, "property": "data", "value": "ташкент обл"}],
        "state": [{"id": ids.SITES_VIEW, "property": "data", "value": VIEW}],
        "changedPropIds": [TYPED],
    }
    answer = client.post(CALLBACK_PATH, json=body)
    assert answer.status_code == 200
    options = answer.json["response"][ids.site_control("regions")]["options"]
    assert [option["value"] for option in options] == [CHOSEN, "UZ-TO"]
    assert options[1]["label"].startswith("Ташкентская область · ")


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
