"""Charts of figures of corridors: what is drawn, what is said, how much travels."""

import json
import re
from dataclasses import replace

import pandas as pd
import pytest

from dashboard.corridor_charts import charts_section, corridor_names, figures
from dashboard.corridor_findings import finding
from dashboard.corridor_terms import REPORTERS, SECTIONS, amount, amounts, exactly, when
from dashboard.figures.chart_labels import NARROW, WIDE, Plot, Wish, placed_labels
from dashboard.figures.charts import bar_chart, series_chart
from dashboard.plain import trees
from dashboard.text import languages, speak
from layers.corridor_series import corridor_series

ALLOWED_BYTES = 60_000
SMALLEST_LETTERS = 11


def chart_of(atlas, corridor_id, metric, **wanted):
    return next(
        chart
        for chart in corridor_series(atlas, corridor_id).charts
        if chart.metric == metric and all(getattr(chart, name) == value for name, value in wanted.items())
    )


def cargo(atlas):
    return chart_of(atlas, "trans-caspian", "cargo_volume", is_parts=False)


def traces_of(figure, name):
    return [trace for trace in figure["data"] if trace["name"] == name]


def texts(tree):
    if isinstance(tree, str):
        return tree
    return " ".join(texts(part) for part in tree[2:])


@pytest.fixture
def en():
    return speak("en")


def test_actual_values_are_full_points_on_a_line_and_aims_diamonds_on_dots(atlas, en):
    actual, aim = traces_of(series_chart(cargo(atlas), en), "Kazakh transport ministry")
    assert (actual["line"]["dash"], actual["marker"]["symbol"]) == ("solid", "circle")
    assert (aim["line"]["dash"], aim["marker"]["symbol"]) == ("dot", "diamond")
    assert actual["marker"]["color"] != "#ffffff" == aim["marker"]["color"]
    assert actual["marker"]["line"]["color"] == aim["marker"]["line"]["color"]


def test_estimates_are_hollow_points_on_dashes(atlas, en):
    (estimate,) = traces_of(series_chart(cargo(atlas), en), "World Bank")
    assert (estimate["line"]["dash"], estimate["marker"]["color"]) == ("dash", "#ffffff")


def test_points_carry_their_ids_values_and_hover_texts(atlas, en):
    actual, _ = traces_of(series_chart(cargo(atlas), en), "Kazakh transport ministry")
    assert actual["customdata"] == [f"CM-00{number}" for number in range(1, 8)]
    assert actual["y"][-2:] == [4.484, 4.119]
    assert actual["x"] == list(range(2019, 2026))
    for said in ("4.119 million t", "2025", "actual", "Kazakh transport ministry"):
        assert said in actual["text"][-1]


def test_parts_of_a_year_are_hollow_squares_that_nothing_joins_to_years(atlas, en):
    chart = chart_of(atlas, "trans-caspian", "container_volume")
    (parts,) = [t for t in series_chart(chart, en)["data"] if t["marker"]["symbol"] == "square"]
    assert parts["customdata"] == ["CM-024", "", "CM-025"]
    assert parts["x"][1] is parts["y"][1] is None
    assert parts["marker"]["color"] == "#ffffff"


def test_the_same_months_of_years_that_follow_each_other_are_not_joined(atlas, en):
    chart = chart_of(atlas, "trans-caspian", "container_volume")
    parts = chart.statements[chart.statements["span"].eq("part")].assign(year=[2022.5, 2023.5])
    assert series_chart(replace(chart, statements=parts), en)["data"][0]["x"] == [2022.5, None, 2023.5]


def test_years_with_a_gap_between_them_are_not_joined(atlas, en):
    chart = chart_of(atlas, "trans-caspian", "container_volume")
    actual = traces_of(series_chart(chart, en), "TITR association")[0]
    assert actual["x"] == [2021, None, 2024]


def test_what_holds_at_a_date_is_joined_over_gaps(atlas, en):
    chart = chart_of(atlas, "north-south", "transit_time")
    assert series_chart(chart, en)["data"][0]["x"] == [2023, 2025]


def test_a_range_is_a_bar_without_a_point_in_its_middle(atlas, en):
    chart = cargo(atlas)
    rows = chart.statements.assign(low=chart.statements["low"].where(chart.statements["year"].ne(2024), 4e6))
    actual = series_chart(replace(chart, statements=rows), en)["data"][0]
    assert actual["error_y"]["array"][5] == pytest.approx(0.242)
    assert actual["marker"]["opacity"][4:6] == [1, 0]


def test_the_scale_starts_at_zero_and_years_are_whole(atlas, en):
    layout = series_chart(cargo(atlas), en)["layout"]
    assert layout["yaxis"]["range"][0] == 0
    assert layout["yaxis"]["range"][1] > 11
    assert all(re.fullmatch(r"\d{4}", text) for text in layout["xaxis"]["ticktext"])


def test_months_of_one_year_are_named(atlas, en):
    layout = series_chart(chart_of(atlas, "kz-uz-links", "wagons_waiting"), en)["layout"]
    assert layout["xaxis"]["ticktext"] == ["Nov 2025", "Dec 2025"]


def test_numbers_are_written_in_the_readers_language(atlas):
    figure = series_chart(cargo(atlas), speak("ru"))
    assert figure["layout"]["separators"][0] == ","
    assert any("4,12" in note["text"] for note in figure["layout"]["annotations"])


def test_letters_are_large_enough_to_read(atlas, en):
    for corridor_id in atlas.corridors.index:
        for figure in figures(atlas, corridor_id, en).values():
            layout = figure["layout"]
            fonts = [layout["font"], *(note["font"] for note in layout["annotations"])]
            fonts += [layout[axis]["tickfont"] for axis in ("xaxis", "yaxis")]
            assert min(font["size"] for font in fonts) >= SMALLEST_LETTERS


@pytest.mark.parametrize("language", languages())
def test_the_figures_of_a_corridor_are_small(atlas, language):
    for corridor_id in atlas.corridors.index:
        every = json.dumps(figures(atlas, corridor_id, speak(language)), ensure_ascii=False)
        assert "NaN" not in every
        assert len(every.encode()) <= ALLOWED_BYTES


def test_labels_cover_neither_each_other_nor_points_on_a_phone_and_on_a_screen():
    plot = Plot((2019, 2030), (0, 12), (30, 30, 14, 30), 310)
    wishes = [Wish(f"reporter {n}", "#000000", ((2025.0, n * 0.9),), (f"{n}",), ()) for n in range(1, 12)]
    notes = placed_labels(wishes, plot)
    assert 3 < len(notes) <= len(wishes)
    for width in (NARROW, WIDE):
        places = {plot.pixels((note["x"], note["y"]), width) for note in notes}
        assert len(places) == len(notes)


def test_the_finding_of_cargo_says_value_change_and_reporter(atlas, en):
    said = finding(cargo(atlas), corridor_names(atlas, en), en)
    assert said == "4.12 million t in 2025, 8% less than in 2024 (Kazakh transport ministry)"


@pytest.mark.parametrize(
    ("corridor_id", "metric", "said"),
    [
        ("trans-caspian", "container_volume", "77,000 TEU in 2025"),
        ("btk", "capacity", "5 million t a year in 2024, 5 times as much as in 2023 (Trend)"),
        ("north-south", "transit_time", "16 days in 2025, 41% less than in 2023"),
        ("trans-afghan", "investment_cost", "2018–2026: 4.5 billion USD to 8.2 billion USD"),
        ("north-south", "container_volume", "From 2,300 TEU (North-South corridor, eastern branch) to 6,600"),
        ("trans-caspian", "container_capacity", "Aims only: 140,000 TEU a year for 2025"),
    ],
)
def test_findings_of_other_charts(atlas, en, corridor_id, metric, said):
    assert said in finding(chart_of(atlas, corridor_id, metric), corridor_names(atlas, en), en)


def test_every_chart_has_a_finding_in_every_language(atlas):
    for language in languages():
        words = speak(language)
        names = corridor_names(atlas, words)
        for corridor_id in atlas.corridors.index:
            for chart in corridor_series(atlas, corridor_id).charts:
                said = finding(chart, names, words)
                assert said
                assert not re.search(r"\bnan\b", said)


def test_every_value_of_a_corridor_stands_in_its_section_with_its_source(atlas, en):
    section = texts(trees(charts_section(atlas, "trans-caspian", en))[0])
    for said in ("4.484 million t", "13–17 days", "28–32 days", "3.3 million t", "10 billion EUR"):
        assert said in section
    assert "15 figures are in no chart" in section
    assert "The Astana Times" in section


def test_a_corridor_without_figures_says_so(atlas, en):
    assert "No two figures" in texts(trees(charts_section(atlas, "north-south-caspian", en))[0])


def test_what_cannot_be_drawn_is_open_where_there_is_no_chart(atlas, en):
    tree = json.dumps(trees(charts_section(atlas, "tripp", en)))
    assert '"open": true' in tree


def test_bars_are_sorted_labelled_and_a_missing_value_has_none(en):
    bars = pd.DataFrame(
        {
            "id": ["a", "b", "c"],
            "name": ["Andijan", "Jizzakh", "Abai"],
            "low": [1.0, 3.0, None],
            "high": [1.0, 3.0, None],
            "shown": ["1", "3", ""],
            "said": ["", "", ""],
        }
    )
    figure = bar_chart(bars, en)
    assert figure["data"][0]["customdata"] == ["b", "a", "c"]
    assert figure["data"][0]["x"] == [3.0, 1.0, None]
    assert [note["text"] for note in figure["layout"]["annotations"]][-2:] == ["not known", "Abai"]
    assert bar_chart(bars.iloc[:0], en)["data"][0]["x"] == []


def test_texts_of_the_data_are_not_read_as_markup(atlas, en):
    chart = cargo(atlas)
    rows = chart.statements.assign(reporter="<b>me</b>")
    assert "<b>me" not in json.dumps(series_chart(replace(chart, statements=rows), en))


def test_all_parts_and_reporters_of_the_data_have_words(atlas):
    metrics = atlas.corridor_metrics
    assert set(metrics["section"]) - {""} <= set(SECTIONS)
    assert set(metrics["reporter"]) - {""} <= set(REPORTERS)


def test_amounts_and_periods(en):
    assert amount(545_900_000, "USD", en) == "546 million USD"
    assert exactly(0.5, en) == "0.5"
    open_end = {"low": 28.0, "high": float("nan"), "unit": "days"}
    assert amounts(open_end, en) == "from 28 days"
    assert when({"period_start": "", "period_end": "", "period": "long-term"}, en) == "long term"
    assert when({"period_start": "2035-01-01", "period_end": "2040-12-31"}, en) == "2035–2040"
