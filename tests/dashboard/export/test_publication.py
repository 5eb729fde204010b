"""What can be had of each page: figures with their tables, words and sources."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from dashboard.export import publication as p
from dashboard.export.names import file_name
from dashboard.text import languages, speak

ADDRESSES = [
    "/",
    "/?metric=population&kind=sez",
    "/regions",
    "/regions?metric=population&country=UZB",
    "/regions/UZ-SA",
    "/corridors/trans-caspian?within=50",
    "/corridors/btk",
]


@pytest.mark.parametrize(
    ("address", "language"), [(one, languages()[n % 4]) for n, one in enumerate(ADDRESSES)]
)
def test_every_figure_of_a_page_says_what_it_shows(atlas, address, language):
    for name, made in p.makers_of(address, atlas, speak(language)).items():
        found = made()
        assert found.name == name and found.kind in ("map", "strip", "chart", "table")
        assert found.title and found.alt and found.title.rstrip(" .") in found.alt
        assert "nan" not in found.alt.split() and "{" not in found.title + found.subtitle + found.alt
        assert all(re.fullmatch(r"[a-z][a-z0-9_]*", column.name) for column in found.columns)
        assert all(column.title for column in found.columns)
        assert len(set(found.table.columns)) == len(found.columns)
        assert set(found.source_ids) <= set(atlas.sources.index)
        assert found.drawing is not None


def test_every_page_that_publishes_is_found_by_its_folder():
    assert {"/", "/regions", "/regions/<region_id>", "/corridors/<corridor_id>"} <= set(p.publishers())
    order = ["<" in template for template in p.publishers()]
    assert order == sorted(order)


def test_numbers_of_the_overview_are_those_of_the_data(atlas, published):
    found = published("/?metric=population")
    row = found.table.set_index("region_id").loc["UZ-SA"]
    assert row["population"] == atlas.regions["population"]["UZ-SA"]
    assert pd.api.types.is_numeric_dtype(found.table["population"])
    assert "4,379,800 (Samarkand Region)" in found.alt and "218,993 (Ulytau Region)" in found.alt
    assert "S-S001" in found.source_ids


def test_what_is_chosen_is_said_and_stays_in_the_address(published):
    found = published("/?kind=sez&lang=ru&colour=blue", "sites")
    assert found.address == "/?kind=sez"
    assert found.filters == ("Only: special economic zone",)
    assert set(found.table["kind"]) == {"special economic zone"}
    assert published("/?kind=castle", "sites").filters == ()


def test_a_chart_has_both_ends_of_what_is_a_range(published):
    found = published(
        "/corridors/trans-caspian",
        "chart-trans-caspian-transit-time-days-side-by-side-parts-2024-s-c017-stated",
    )
    assert (found.table["low"] < found.table["high"]).any()
    assert "20–22 days" in found.alt


@pytest.mark.parametrize(
    ("address", "figure", "said"),
    [
        ("/corridors/nowhere", "", "Nothing is published at the address /corridors/nowhere."),
        ("/castle", "", "Nothing is published"),
        ("/regions/XX", "", "Nothing is published"),
        ("", "atlas", "There is no figure “atlas” here; there are: map, sites."),
        ("http://[", "", "Nothing is published"),
    ],
)
def test_a_wrong_address_or_figure_is_one_line(published, address, figure, said):
    with pytest.raises(p.NotPublished) as error:
        published(address, figure)
    assert said in str(error.value) and "\n" not in str(error.value)


def test_a_whole_link_leads_to_the_same_figure(published):
    one = published("https://atlas.example/corridors/btk/?within=50&lang=kk#strip", "strip")
    assert one is not None and one.address == published("/corridors/btk?within=50", "strip").address
    assert p.language_of("/corridors/btk?within=50&lang=kk#strip") == "kk"


def test_columns_that_do_not_fit_the_table_are_refused(published):
    found = published("/", "sites")
    with pytest.raises(ValueError, match="columns of"):
        _ = replace(found, rows=lambda: (found.table, found.columns[:-1])).table


@pytest.mark.parametrize("language", ["en", "kk"])
def test_file_names_are_readable_and_safe(atlas, language):
    for address in [*ADDRESSES, "/?corridor=" + ",".join(atlas.corridors.index)]:
        for made in p.makers_of(address, atlas, speak(language)).values():
            name = file_name(made(), "a4-portrait")
            assert re.fullmatch(r"corridor-atlas[a-z0-9-]*", name) and name.endswith(
                f"a4-portrait-{language}"
            )
            assert len(name) < 160 and "--" not in name
    assert file_name(p.find("/corridors/btk?within=50", "strip", atlas, speak(language))) == (
        f"corridor-atlas-corridors-btk-within-50-strip-{language}"
    )
