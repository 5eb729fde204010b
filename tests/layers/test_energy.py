"""Flows of energy: which figures speak of a year, which are the newest, and where they run."""

import pandas as pd
import pytest

import layers
from layers import energy
from layers.contract import DataError


@pytest.fixture(scope="module")
def flows(atlas):
    return atlas.energy_flows


@pytest.fixture(scope="module")
def ways(atlas):
    return energy.courses(energy.drawable(atlas.energy_flows), atlas.energy_lines, atlas.countries)


def test_a_span_speaks_of_each_of_its_years(flows):
    assert list(energy.years_of(flows.loc["EF-008"])) == list(range(2026, 2039))
    assert all("EF-008" in energy.of_year(flows, year).index for year in (2026, 2031, 2038))
    assert "EF-008" not in energy.of_year(flows, 2025).index


def test_a_figure_without_a_year_speaks_of_none(flows):
    undated = flows.loc[["EF-032", "EF-033", "EF-034"]]
    assert not [year for _, flow in undated.iterrows() for year in energy.years_of(flow)]
    assert set(undated.index) <= set(flows.index)


def test_a_figure_with_a_beginning_alone_is_known_for_its_first_year(flows):
    assert list(energy.years_of(flows.loc["EF-005"])) == [2023]
    assert list(energy.years_of(flows.loc["EF-029"])) == [2025]


def test_years_are_those_of_the_figures_the_last_first(flows):
    years = energy.years(flows)
    assert years[0] == 2038 and years[-1] == 2017 and years == sorted(years, reverse=True)


def test_the_newest_results_never_hide_the_newest_plans(flows):
    newest = set(energy.newest(flows).index)
    assert {"EF-001", "EF-002", "EF-003", "EF-008", "EF-012"} <= newest
    assert not {"EF-004", "EF-005", "EF-007"} & newest  # older yearly rates than the one of 2026–2038
    assert {"EF-014", "EF-015"} <= newest and "EF-013" not in newest  # July is older than September


def test_what_is_no_amount_or_nothing_is_not_drawn(flows):
    drawn = energy.drawable(flows)
    assert "EF-009" not in drawn.index  # a growth in percent
    assert "EF-011" not in drawn.index  # neither from nor to
    assert not {"EF-018", "EF-019", "EF-020", "EF-021"} & set(drawn.index)  # zero


def test_a_flow_runs_along_a_line_of_its_own_carrier(atlas, flows):
    used = flows["line_ids"].explode().dropna()
    assert len(used) >= 20
    for flow_id, line_id in used.items():
        assert atlas.energy_lines.at[line_id, "carrier"] == flows.at[flow_id, "carrier"], flow_id


@pytest.mark.parametrize(
    ("flow_id", "line_id", "start", "end"),
    [
        ("EF-008", "L-CAC", (46.9, 50.37), (61.35, 41.23)),  # from the Russian border to Khiva
        ("EF-024", "L-OIL", (73.37, 54.99), (69.6004, 42.3099)),  # from Omsk to Shymkent
        ("EF-012", "L-500-TS", (69.38, 41.38), (69.6004, 42.3099)),  # from Tashkent to Shymkent
        ("EF-015", "L-500-TS", (69.6004, 42.3099), (69.38, 41.38)),  # and back
        ("EF-010", "L-CAC-AB", (63.2, 39.25), (80.4, 44.22)),  # from Turkmenistan to China
    ],
)
def test_a_course_has_the_direction_of_its_flow(ways, flow_id, line_id, start, end):
    (way,) = ways[ways["flow_id"].eq(flow_id)].itertuples()
    assert way.line_id == line_id
    assert (way.geometry.coords[0], way.geometry.coords[-1]) == (start, end)


def test_flows_both_ways_share_a_lane_and_know_who_runs_back(ways):
    lane = ways[ways["lane"].eq("L-500-TS")].set_index("flow_id")["is_back"]
    assert not lane["EF-012"] and lane["EF-015"]


def test_a_flow_through_another_country_bows_into_it_and_comes_back(atlas, ways):
    (way,) = ways[ways["flow_id"].eq("EF-001")].itertuples()
    assert way.line_id == "" and (way.from_iso3, way.to_iso3) == ("KAZ", "KAZ")
    assert way.geometry.distance(atlas.countries.geometry["UZB"]) < 0.2
    assert way.geometry.coords[0][0] < way.geometry.coords[-1][0]


def test_an_amount_of_several_countries_is_shared_and_not_doubled(ways):
    shares = ways.groupby("flow_id")["share"].sum()
    assert shares.round(9).eq(1).all()
    assert len(ways[ways["flow_id"].eq("EF-034")]) == 2  # to Kazakhstan and to Uzbekistan


def test_no_flows_have_no_courses(atlas, flows):
    none = energy.courses(flows.iloc[:0], atlas.energy_lines, atlas.countries)
    assert none.empty and "geometry" in none


def test_energy_sites_and_projects_are_those_of_the_sector(atlas):
    assert "J-030" in energy.energy_sites(atlas.sites).index
    projects = energy.energy_projects(atlas.projects)
    assert {"P-039", "P-040", "P-043", "P-044"} <= set(projects.index)
    assert not projects["value_type"].str.startswith("aggregate").any()


def test_a_flow_along_a_line_that_is_not_there_is_a_fault(whole_copy):
    path = whole_copy / "energy_flows.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("KAZ,L-CAC,", "KAZ,L-CCA,", 1), encoding="utf-8")
    with pytest.raises(DataError, match="L-CCA") as caught:
        layers.load(whole_copy)
    assert "line_ids" in str(caught.value) and "energy_lines.csv" in str(caught.value)


def test_series_keep_one_unit(flows):
    assert isinstance(energy.series(flows, "oil_ru_uz"), pd.DataFrame)
    assert list(energy.series(flows, "oil_ru_uz")["value"])[:2] == [67.9, 35.8]
