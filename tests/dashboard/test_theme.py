"""Light and dark: contrast worked out, colours told apart, and no colour without its partner."""

import json
import re
import sys
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import plotly
import pytest

from dashboard.council.rank_chart import COLOUR_OF
from dashboard.figures import marks as m
from dashboard.figures import theme
from dashboard.figures.paper_look import SHADE_OPACITY
from dashboard.figures.sheet import INK, QUIET
from dashboard.figures.style import LAND, PAPER, WATER
from dashboard.filters import Filters
from dashboard.printed import printed_map
from dashboard.routes.scenes import OTHER_COLOUR, ROUTE_COLOURS
from dashboard.routes.told import CAUSE_COLOURS
from dashboard.strips import STRIPS
from dashboard.text import speak
from dashboard.trade.terms import FAMILIES

ROOT = Path(__file__).parents[2]
STYLES = sorted(path for path in (ROOT / "assets").glob("*.css") if path.name != "embed.css")
"""embed.css stands alone, on other people's pages, and is always light."""

HAVE_VARIABLES = {"atlas.css": "\nbody {", "present.css": "\n* {"}
"""The style sheets that say what the colours are, and where that ends; a presentation stands alone."""

ANY_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|rgba?\([^)]*\)")
OF_PAPER_ONLY = re.compile(r"/export/|figures/sheet|figures/theme|figures/locator|figures/small_map")
LETTERS, LINES = 4.5, 3.0
AT_ELEMENTS = {"--shade", "--at", "--printed", "--shown-width", "--shown-height", "--p-ffffff"}
"""Variables that single elements bring."""
THEMES = ("light", "dark")

# Of light that eyes without red or green receptors tell apart (Machado, Oliveira and Fernandes 2009).
NO_RED = [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
NO_GREEN = [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]
LEGENDS = {
    "groups of corridors": list(m.GROUP_COLOURS.values()),
    "kinds of sites": list(m.SITE_COLOURS.values()),
    "carriers": list(m.CARRIER_COLOURS.values()),
    "routes": list(ROUTE_COLOURS),
    "causes of hours": list(CAUSE_COLOURS.values()),
    **{f"reporters {country}": list(colours) for country, colours in FAMILIES.items()},
}


def rgb(colour: str) -> np.ndarray:
    """Red, green, blue from 0 to 255 of #abcdef, #abc or rgb(…)."""
    if colour.startswith("rgb"):
        return np.array([float(one) for one in re.findall(r"[\d.]+", colour)[:3]])
    digits = colour[1:] if len(colour) > 4 else "".join(2 * one for one in colour[1:])
    return np.array([int(digits[i : i + 2], 16) for i in (0, 2, 4)], dtype=float)


def linear(colour: str) -> np.ndarray:
    shares = rgb(colour) / 255
    return np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)


def brightness(colour: str) -> float:
    return float(np.array([0.2126, 0.7152, 0.0722]) @ linear(colour))


def contrast(one: str, other: str) -> float:
    """As WCAG defines it, 1 to 21."""
    dark, light = sorted(brightness(colour) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def oklab(light: np.ndarray) -> np.ndarray:
    cones = np.array([[0.41222, 0.53633, 0.05145], [0.2119, 0.6807, 0.1074], [0.0883, 0.28172, 0.62998]])
    axes = np.array([[0.21045, 0.79362, -0.00407], [1.978, -2.42859, 0.45059], [0.0259, 0.78277, -0.80868]])
    return axes @ np.cbrt(cones @ light)


def least_difference(colours: list[str]) -> float:
    """Of the two most alike, as people see them who do not see red or do not see green."""
    seen = [
        [oklab(np.clip(eye @ linear(one), 0, 1)) for one in colours]
        for eye in map(np.array, (NO_RED, NO_GREEN))
    ]
    return min(float(np.linalg.norm(a - b)) for eye in seen for a, b in combinations(eye, 2))


def variables(name: str, style: str = "atlas.css") -> dict[str, str]:
    """The variables of a theme in a style sheet."""
    css = (ROOT / "assets" / style).read_text(encoding="utf-8")
    start = css.index(":root, .paper") if name == "light" else css.index(':root[data-theme="dark"] {')
    return dict(re.findall(r"(--[\w-]+): ([^;]+);", css[start : css.index("}", start)]))


def in_theme(colour: str, name: str) -> str:
    return theme.table()[colour] if name == "dark" else colour


# Style sheets


def test_both_themes_have_the_same_variables_and_no_other_is_used():
    light, dark = (set(variables(name)) for name in THEMES)
    assert {name for name in dark if "Dash" not in name} == light
    text = "".join(path.read_text(encoding="utf-8") for path in STYLES)
    given = set(re.findall(r"(--[\w-]+):", text)) | AT_ELEMENTS
    assert set(re.findall(r"var\((--[\w-]+)", text)) <= given


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_colours_stand_among_the_variables_only(path):
    css = path.read_text(encoding="utf-8")
    if path.name in HAVE_VARIABLES:
        css = css[css.index(HAVE_VARIABLES[path.name]) :]
    assert ANY_COLOUR.findall(css) == []


@pytest.mark.parametrize("name", THEMES)
def test_the_player_has_the_colours_of_the_atlas(name):
    own, atlas = variables(name, "present.css"), variables(name)
    differing = {variable for variable in own if own[variable] != atlas.get(variable)}
    assert differing <= {"--around", "--veil", "--deep", "--black", "--white", "--curtain"}


@pytest.mark.parametrize("name", THEMES)
def test_letters_can_be_read_on_every_ground(name):
    of = variables(name)
    grounds = ("paper", "ground", "faint", "head", "held", "hover", "hover-soft", "chosen", "lit", "note")
    pairs = [(ink, ground) for ink in ("ink", "quiet") for ground in grounds]
    pairs += [(ink, ground) for ink in ("accent", "grey", "bad", "own") for ground in ("paper", "ground")]
    pairs += [
        ("accent", "head"),
        ("accent", "hover"),
        ("accent", "chosen"),
        ("on-deep", "deep"),
        ("ink", "hover-strong"),
    ]
    pairs += [("warning", "note"), ("warning", "paper"), ("bad", "note")]
    poor = {pair: round(contrast(of[f"--{pair[0]}"], of[f"--{pair[1]}"]), 2) for pair in pairs}
    assert {pair: value for pair, value in poor.items() if value < LETTERS} == {}


@pytest.mark.parametrize("name", THEMES)
def test_edges_bars_and_the_focus_can_be_seen(name):
    of = variables(name)
    pairs = [(mark, "paper") for mark in ("edge", "strong", "amount", "own", "series", "focus", "accent")]
    pairs += [("focus", "ground"), ("gold", "deep"), ("on-deep-edge", "deep"), ("amount", "ground")]
    poor = {pair: round(contrast(of[f"--{pair[0]}"], of[f"--{pair[1]}"]), 2) for pair in pairs}
    assert {pair: value for pair, value in poor.items() if value < LINES} == {}


# Maps and charts


@pytest.mark.parametrize("name", THEMES)
def test_lines_and_symbols_of_maps_stand_out_from_their_grounds(name):
    drawn = [*m.GROUP_COLOURS.values(), *m.SITE_COLOURS.values(), *m.CARRIER_COLOURS.values(), *ROUTE_COLOURS]
    grounds = [LAND, WATER, PAPER]
    poor = {
        (one, ground): round(contrast(in_theme(one, name), in_theme(ground, name)), 2)
        for one in (*drawn, m.CROSSING_COLOUR)
        for ground in grounds
    }
    assert {pair: value for pair, value in poor.items() if value < LINES} == {}


def test_in_the_dark_lines_stand_out_from_every_shade_as_it_looks_over_land():
    table = theme.table()
    shades = [theme.mixed(table[LAND], table[one], SHADE_OPACITY) for one in (*m.SHADES, m.NO_DATA_COLOUR)]
    drawn = [table[one] for one in (*m.GROUP_COLOURS.values(), *m.SITE_COLOURS.values())]
    assert min(contrast(one, shade) for one in drawn for shade in shades) >= 2.9


def test_in_the_dark_more_is_brighter_and_no_data_is_like_no_class():
    table = theme.table()
    for shades in (m.SHADES, m.MORE_SHADES, m.LESS_SHADES):
        levels = [float(oklab(linear(table[one]))[0]) for one in shades]
        assert min(b - a for a, b in pairwise(levels)) >= 0.03
    no_data = oklab(linear(table[m.NO_DATA_COLOUR]))
    assert min(float(np.linalg.norm(no_data - oklab(linear(table[one])))) for one in m.SHADES) > 0.05
    assert min(contrast(table[INK], table[one]) for one in (*m.SHADES, m.NO_DATA_COLOUR)) >= LETTERS


@pytest.mark.parametrize("name", THEMES)
def test_letters_of_maps_and_charts_can_be_read(name):
    on_paper = [INK, QUIET, "#6b7780", "#5c6470", *(one for family in FAMILIES.values() for one in family)]
    on_land = ["#26323a", "#5c6470", "#1a1a1a"]
    pairs = [(one, PAPER) for one in on_paper] + [(one, LAND) for one in on_land]
    poor = {pair: round(contrast(*(in_theme(one, name) for one in pair)), 2) for pair in pairs}
    assert {pair: value for pair, value in poor.items() if value < LETTERS} == {}


@pytest.mark.parametrize("legend", LEGENDS)
def test_colours_of_a_legend_differ_in_the_dark_as_well_as_in_the_light(legend):
    light = LEGENDS[legend]
    dark = [theme.DARK[one] for one in light]
    assert least_difference(dark) >= max(least_difference(light), 0.035)


def test_bars_and_the_grey_network_stand_out_in_the_dark():
    for colour in (*CAUSE_COLOURS.values(), OTHER_COLOUR, COLOUR_OF["certain"], COLOUR_OF["possible"]):
        assert contrast(theme.DARK[colour], theme.DARK[PAPER]) >= LINES, colour


# No colour without a partner


def test_every_colour_in_the_code_of_maps_and_charts_has_a_partner():
    sources = [
        path for path in (ROOT / "dashboard").rglob("*.py") if not OF_PAPER_ONLY.search(path.as_posix())
    ]
    used = {
        one.lower(): path.name
        for path in sources
        for one in re.findall(r"#[0-9a-fA-F]{6}\b", path.read_text())
    }
    assert {colour: file for colour, file in used.items() if colour not in theme.DARK} == {}
    assert all(re.fullmatch("#[0-9a-f]{6}", one) for one in theme.table().values())


def graphs(part):
    """The figures of all graphs in the data of a layout."""
    if isinstance(part, dict):
        if part.get("type") == "Graph":
            yield part["props"].get("figure") or {}
        for inside in part.values():
            yield from graphs(inside)
    elif isinstance(part, list):
        for inside in part:
            yield from graphs(inside)


def unknown(figure) -> set[str]:
    """Colours of a figure that assets/theme.js finds no partner for; fully clear ones need none."""
    numbers = {"-".join(re.findall(r"\d+", one)): one for one in theme.table() if one.startswith("rgb")}
    lost = set()
    for found in re.findall(r'"[^"]*colou?r[^"]*": *(\[[^\]]*\]|"[^"]*")', json.dumps(figure)):
        for colour in ANY_COLOUR.findall(found):
            parts = re.findall(r"[\d.]+", colour) if colour.startswith("rgb") else []
            if "-".join(parts[:3]) in numbers or (len(parts) == 4 and float(parts[3]) == 0):
                continue
            spelled = "#" + "".join(f"{round(v):02x}" for v in rgb(colour))
            lost |= set() if spelled in theme.DARK else {colour}
    return lost


@pytest.mark.parametrize(
    "name, query", [("trade", {}), ("energy", {}), ("corridor", {"corridor_id": "trans-caspian"})]
)
def test_every_chart_of_a_page_has_partners_for_its_colours(site, name, query):
    made = sys.modules[f"dashboard.pages.{name}"].layout(lang="en", **query)
    figures = list(graphs(json.loads(json.dumps(made, cls=plotly.utils.PlotlyJSONEncoder))))
    assert figures
    assert set().union(*map(unknown, figures)) == set()


def test_strips_and_the_map_without_webgl_have_partners_for_their_colours(site, atlas):
    view = sys.modules["dashboard.pages.corridor"]
    assert view and unknown(STRIPS["corridor"](atlas, "trans-caspian", speak("en"), 1200, False)) == set()
    for query in ("?layer=corridors,energy,sites", "?metric=joint_projects", "?metric=population"):
        filters = Filters.from_query(query, atlas)
        assert unknown(printed_map(atlas, filters, "en", (800, 600), is_alone=True)) == set()


def test_what_stands_at_elements_is_what_the_style_sheet_names():
    sheet = theme.style_sheet()
    for colour in ("#0072b2", m.SHADES[-1], m.NO_DATA_COLOUR):
        variable = re.fullmatch(r"var\((--p-[0-9a-f-]+), (.+)\)", theme.css(colour))
        assert variable and variable[2] == colour and f"{variable[1]}:{theme.table()[colour]};" in sheet
    assert sheet.startswith("@media screen")  # paper is light


# The page


def test_the_address_gives_the_theme_to_the_page_before_any_script(client):
    assert (
        '<html lang="en" data-theme="dark" data-bs-theme="dark">' in client.get("/?theme=dark&lang=en").text
    )
    for address in ("/?lang=en", "/?lang=en&theme=%22%3E%3Cscript%3E", "/?lang=en&theme=system"):
        assert '<html lang="en">' in client.get(address).text


def test_theme_and_colours_come_in_the_head_and_are_kept(client):
    head, _, body = client.get("/").text.partition("<body>")
    sheet, script = (
        re.search(pattern, head)[0] for pattern in (r"/drawn/dark\.\w+\.css", r"/assets/theme\.js\?m=[\d.]+")
    )
    assert head.index(sheet) < head.index(script)
    assert "theme.js" not in body
    for address in (sheet, script):
        assert "immutable" in client.get(address).headers["Cache-Control"]
    assert client.get("/drawn/dark.000000000000.css").headers["Cache-Control"] == "no-cache"


def test_no_page_takes_the_theme_for_a_part_it_does_not_know(site):
    for name in (
        "overview",
        "trade",
        "energy",
        "regions",
        "pairs",
        "council",
        "priorities",
        "barriers",
        "agenda",
    ):
        made = sys.modules[f"dashboard.pages.{name}"].layout(lang="en", theme="dark")
        assert "theme=dark" not in json.dumps(made, cls=plotly.utils.PlotlyJSONEncoder), name
