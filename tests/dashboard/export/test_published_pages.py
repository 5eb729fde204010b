"""What each page publishes: its figures, their tables, what was chosen, their addresses."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from dashboard.export import publication as p
from dashboard.export.sheets import sheet
from dashboard.text import languages, speak
from layers.pairs import pairs
from tests.dashboard.export.boxes import outside, overlapping

ADDRESSES = (
    "/corridors",
    "/corridors/compare",
    "/corridors/compare?a=btk&b=trans-caspian",
    "/routes",
    "/routes?from=node:tashkent&to=node:poti&closed=node:aktau_port&route=2",
    "/reach",
    "/reach?gateways=china&measure=km&opened=corridor:cku",
    "/sites",
    "/sites?status=operating&sector=food",
    "/sites/J-003",
    "/pairs",
    "/pairs/UZ-SI/KZ-61",
    "/pairs/UZ-AN/KZ-10",
    "/sources",
    "/sources?find=aktau",
)


@pytest.mark.parametrize(
    ("address", "language"), [(one, languages()[n % 4]) for n, one in enumerate(ADDRESSES)]
)
def test_every_figure_of_a_page_says_what_it_shows(atlas, address, language):
    for name, made in p.makers_of(address, atlas, speak(language)).items():
        found = made()
        assert found.name == name and found.title.rstrip(" .") in found.alt
        said = found.title + found.subtitle + found.alt + " ".join((*found.filters, *found.notes))
        assert "{" not in said and "nan" not in found.alt.split()
        assert all(re.fullmatch(r"[a-z][a-z0-9_]*", column.name) for column in found.columns)
        assert set(found.source_ids) <= set(atlas.sources.index)
        assert not found.table.map(lambda cell: cell == "nan").any(axis=None)
        again = p.find(found.address, name, atlas, speak(language))
        assert again.address == found.address and again.table.equals(found.table)


@pytest.mark.parametrize(("number", "address"), list(enumerate(ADDRESSES)))
def test_everything_can_be_set_on_a_sheet(atlas, number, address):
    sizes, words = list(p.SIZES.values()), speak(("ru", "uz", "kk")[number % 3])
    for place, made in enumerate(p.makers_of(address, atlas, words).values()):
        figure = sheet(made(), sizes[(number + place) % len(sizes)], p.Wishes())
        assert outside(figure) == [] and overlapping(figure) == []
        texts = [one["text"] for one in figure["layout"]["annotations"]]
        assert any(f"{words('Corridor Atlas')}:" in text for text in texts)


def test_the_comparison_says_between_which_places_and_what_differs(published):
    found = published("/corridors/compare", "table")
    rows = found.table.set_index("what")
    length = rows.loc["Length"]
    assert length["difference"] == length["first"] - length["second"] == -547
    assert list(rows.loc["Gauge breaks", ["first", "second"]]) == [2, 2]
    assert "Xi'an" in found.filters[0] and "Only" not in found.filters[0]


def test_a_route_keeps_the_places_it_goes_over(published, atlas):
    asked = "/routes?from=node:samarkand&to=node:poti&via=node:aktau_port&via=node:baku"
    found = published(asked, "strip")
    assert found.address == asked
    assert {"Aktau", "Baku"} <= {name.split()[0] for name in found.table["place"]}
    lines = published(asked, "lines").table
    assert lines["length_computed"].sum() == pytest.approx(published(asked, "ways").table["length"][0], abs=5)


def test_a_changed_network_is_said_on_the_figure(published):
    found = published("/reach?gateways=china&measure=km&opened=corridor:cku", "ranking")
    assert found.filters == ("The network is changed: opened: “China-Kyrgyzstan-Uzbekistan railway”",)
    best = found.table.iloc[0]
    assert best["region"] == "Andijan Region"
    assert best["difference"] == best["after"] - best["before"] == -1166


def test_questions_without_an_answer_publish_nothing(published):
    for address in ("/routes?from=atlantis", "/reach?gateways=atlantis"):
        assert published(address).name == "assumptions"  # which need no answer
    with pytest.raises(p.NotPublished):
        published("/corridors/compare?a=btk&b=btk")
    for address in ("/sites/none", "/pairs/UZ-SI/UZ-AN", "/pairs/KZ-61/UZ-SI"):
        with pytest.raises(p.NotPublished):
            published(address)


def test_bars_count_what_the_grid_shows(published, atlas):
    found = published("/sites", "bars-statuses")
    counts = dict(zip(found.table["code"], found.table["sites"], strict=True))
    assert counts == atlas.sites["status"].value_counts().to_dict()


def test_what_lies_near_a_site_comes_with_its_kilometres(published):
    nearest = published("/sites/J-003", "nearest").table
    assert pd.api.types.is_numeric_dtype(nearest["straight"]) and len(nearest) == 5
    near = published("/sites/J-003", "near")
    assert near.table["distance"].is_monotonic_increasing and near.table["distance"].max() <= 50
    assert set(near.layers()) == {"sites"}


def test_the_matrix_has_every_pair_and_no_zero_for_what_is_not_stated(published, atlas):
    found = published("/pairs").table.set_index(["uz_region_id", "kz_region_id"])
    assert len(found) == 280
    assert found["value"].notna().sum() == pairs(atlas)["value_usd"].notna().sum() > 0
    assert not found["value"].eq(0).any()


def test_a_pair_without_a_route_has_no_strip(atlas):
    with_route = set(p.makers_of("/pairs/UZ-SI/KZ-61", atlas, speak("en")))
    assert with_route == {"map", "projects", "totals", "crossings", "events", "strip"}


def test_the_list_of_sources_is_all_that_was_found_on_every_page(published, atlas):
    assert len(published("/sources").table) == len(atlas.sources) - 1  # general knowledge is no document
    found = published("/sources?find=aktau&page=2")
    assert found.address == "/sources?find=aktau" and 0 < len(found.table) < 60
    assert found.filters == ("Only: aktau",)
