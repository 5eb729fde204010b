"""The help: how to read each page, the keys, the tour; what the head says of a page; the walk of a way."""

import re
from pathlib import Path

import dash
import pytest

from dashboard.corridors.walk import walk_part
from dashboard.head import language_links, page_at, title_of
from dashboard.help import HOW_TO_READ, WITHOUT, how_to_read
from dashboard.help_dialog import KEYS, help_button, help_dialog
from dashboard.plain import trees
from dashboard.shell import first_words, layout
from dashboard.text import languages, speak
from dashboard.tour import STEPS, tour, tour_offer
from layers.ways import variant_way, variants_of
from tests.test_app import EXAMPLES, example_of

ASSETS = Path(__file__).parents[2] / "assets"


def elements(component):
    """All elements of a component, outermost first."""

    def inner(tree):
        if isinstance(tree, list):
            yield tree
            for one in tree[2:]:
                yield from inner(one)

    return [found for tree in trees(component) for found in inner(tree)]


def text_of(tree):
    return tree if isinstance(tree, str) else " ".join(text_of(one) for one in tree[2:])


def with_class(component, name):
    return [one for one in elements(component) if name in (one[1].get("className") or "").split()]


# How to read this


def path_of(page):
    return page["path_template"] or page["path"]


def test_every_page_says_once_how_it_is_read(site):
    for page in dash.page_registry.values():
        found = with_class(example_of(page), "how-to-read")
        if path_of(page) in WITHOUT:
            assert found == []
            continue
        assert len(found) == 1, path_of(page)
        assert found[0][0] == "details" and "open" not in found[0][1]
        assert text_of(found[0]).startswith("How to read this"), path_of(page)
        assert HOW_TO_READ[path_of(page)][0] in text_of(found[0]), (
            f"{path_of(page)} shows another page's words"
        )


def test_there_are_no_words_for_pages_that_are_gone(site):
    assert set(HOW_TO_READ) == {path_of(page) for page in dash.page_registry.values()} - set(WITHOUT)


@pytest.mark.parametrize("path", HOW_TO_READ)
def test_the_words_are_three_sentences_at_least_and_stay_short(path):
    said = " ".join(HOW_TO_READ[path])
    assert 3 <= len(re.findall(r"[.!?](?=\s|$)", said)) <= 10
    assert len(said) < 1100
    assert len(set(HOW_TO_READ[path])) == len(HOW_TO_READ[path])


def test_who_reads_without_scripts_gets_the_words_of_the_page(site):
    said = first_words("en", page_at("/corridors/btk")[0])
    noscript = re.search("<noscript>(.*)</noscript>", said).group(1)
    assert "The map shows one corridor" in noscript
    assert "<p></p>" not in first_words("en", page_at("/nowhere")[0])


def test_the_words_cannot_become_markup(site, monkeypatch):
    monkeypatch.setitem(HOW_TO_READ, "/trade", ("a < b <script>",))
    assert "<script>" not in first_words("en", page_at("/trade")[0])
    assert text_of(trees(how_to_read("/trade", speak("en")))[0]).endswith("a < b <script>")


# Keys

CAPS = {"ArrowDown": "↓", "ArrowUp": "↑", "ArrowLeft": "←", "ArrowRight": "→", "Escape": "Esc"}


def test_the_help_names_every_key_that_a_script_answers():
    told = {cap for keys in KEYS.values() for caps, _ in keys for cap in caps}
    code = "\n".join(path.read_text(encoding="utf-8") for path in sorted(ASSETS.glob("*.js")))
    named = set(re.findall(r"\b(Arrow(?:Down|Up|Left|Right)|Escape|Enter|Home|End|Tab)\b", code))
    named |= set(re.findall(r"event\.key [!=]== \"(\S)\"", code))
    assert {"/", "?", "ArrowDown", "ArrowRight", "Home"} <= named
    assert {CAPS.get(key, key) for key in named} <= told


@pytest.mark.parametrize("language", languages())
def test_the_help_stands_on_every_page_closed(site, language):
    words = speak(language)
    [dialog] = [one for one in elements(help_dialog(words)) if one[0] == "dialog"]
    assert "open" not in dialog[1]
    assert dialog[1]["aria-labelledby"] in {one[1].get("id") for one in elements(help_dialog(words))}
    assert elements(help_button(words))[0][1]["aria-label"]
    ids = [one[1].get("id") for one in elements(layout())]
    assert ids.count("help") == 1
    assert [one[1].get("tabIndex") for one in elements(layout()) if one[1].get("id") == "content"] == [-1]


# The tour


def test_the_steps_point_at_what_is_on_the_overview(site):
    known = elements(example_of(page_at("/")[0]))
    ids = {one[1].get("id") for one in known}
    classes = {name for one in known for name in (one[1].get("className") or "").split()}
    assert len(STEPS) == 4
    for target, _, _ in STEPS:
        for name in re.findall(r"#([\w-]+)", target):
            assert name in ids, target
        for name in re.findall(r"\.([\w-]+)", target):
            assert name in classes, target


def test_the_tour_waits_until_it_is_asked_for(site):
    words = speak("en")
    assert elements(tour_offer(words))[0][1]["hidden"] is True
    assert all(one[1]["hidden"] for one in elements(tour(words)) if one[0] == "section")
    assert "open" not in elements(tour(words))[0][1]


@pytest.mark.parametrize("value", ["on", "off"])
def test_the_tour_in_a_link_is_no_unknown_part(site, value):
    made = page_at("/")[0]["layout"](tour=value)
    assert with_class(made, "note") == []


@pytest.mark.parametrize("path", ["/print", "/corridors", "/regions/UZ-SU"])
def test_other_pages_have_no_tour(site, path):
    page, parts = page_at(path)
    assert "tour" not in {one[1].get("id") for one in elements(page["layout"](**parts))}


# The head


@pytest.mark.parametrize(
    ("path", "language", "title"),
    [
        ("/", "en", "Overview – Corridor Atlas"),
        ("/trade", "ru", "Торговля – Атлас коридоров"),
        ("/trade/", "uz", "Savdo – Yoʻlaklar atlasi"),
        ("/regions/UZ-SU", "en", "Surkhandarya Region – Corridor Atlas"),
        ("/regions/UZ-SU", "uz", "Surxondaryo viloyati – Yoʻlaklar atlasi"),
        ("/pairs/UZ-SI/KZ-61", "en", "Syrdarya Region – Turkistan Region – Corridor Atlas"),
        ("/corridors/btk", "en", "Baku-Tbilisi-Kars railway – Corridor Atlas"),
        ("/corridors/compare", "en", "Two corridors compared – Corridor Atlas"),
        ("/sites/nothing", "en", "There is no such page – Corridor Atlas"),
        ("/nowhere", "en", "There is no such page – Corridor Atlas"),
    ],
)
def test_a_title_names_the_page_and_the_thing(site, client, atlas, path, language, title):
    assert title_of(path, atlas, speak(language)) == title
    assert f"<title>{title}</title>" in client.get(f"{path}?lang={language}").text


def test_dash_sets_the_same_title_again(site, atlas):
    for path in ("/", "/energy", "/regions/UZ-SU", "/pairs/UZ-SI/KZ-61", "/404"):
        page, parts = page_at(path)
        assert page["title"](**parts) == title_of(path, atlas, speak("en"))


def test_no_two_pages_share_a_title(site, atlas):
    for language in languages():
        titles = []
        for page in dash.page_registry.values():
            names = re.findall(r"<(\w+)>", page["path_template"] or "")
            titles.append(page["title"](**{name: EXAMPLES[name] for name in names}))
        assert len(set(titles)) == len(titles), language


def test_a_view_names_itself_in_every_language(client):
    head = client.get("/regions?metric=density&lang=ru").text
    links = dict(re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)">', head))
    assert set(links) == {*languages(), "x-default"}
    assert links["uz"] == "http://localhost/regions?metric=density&amp;lang=uz"
    assert links["x-default"] == "http://localhost/regions?metric=density"
    assert "hreflang" not in client.get("/nowhere").text


def test_an_address_cannot_break_out_of_its_link():
    assert '"><script' not in language_links('/?kind="><script>', "http://localhost")


# The walk


def test_a_way_is_told_place_by_place(atlas):
    way = variant_way(atlas, variants_of(atlas, "trans-caspian").index[0])
    items = [one for one in elements(walk_part(way, atlas, speak("en"))) if one[0] == "li"]
    places = way.stops[way.stops["is_place"]]
    assert [one[1]["data-keys"].split()[0] for one in items] == [f"node:{one}" for one in places["node_id"]]
    told = {one[1]["data-keys"].split()[0]: text_of(one) for one in items}
    aktau = told["node:aktau_port"]
    assert re.match(r"Aktau port, [\d,]+ km, Kazakhstan, port\. ", aktau)
    assert "onto the ship" in aktau
    assert re.search(r"Next, after \d+ km: [^(]+ \(ferry, operating\)|\(ship, operating\)", aktau)
    assert text_of(items[-1]).endswith("Here the way ends.")


def test_the_lines_between_places_are_all_the_lines_of_the_way(atlas):
    for corridor_id in ("trans-caspian", "btk", "cku"):
        for variant_id in variants_of(atlas, corridor_id).index:
            way = variant_way(atlas, variant_id)
            made = elements(walk_part(way, atlas, speak("en")))
            keys = " ".join(one[1]["data-keys"] for one in made if one[0] == "li").split()
            segments = [key.removeprefix("segment:") for key in keys if key.startswith("segment:")]
            assert segments == [one for one in way.steps["segment_id"] if one]


def test_a_stretch_of_several_kinds_says_each(atlas):
    texts = []
    for variant_id in variants_of(atlas, "trans-afghan").index:
        made = elements(walk_part(variant_way(atlas, variant_id), atlas, speak("en")))
        texts += [text_of(one) for one in made if one[0] == "li"]
    assert any("planned" in text or "under study" in text for text in texts)
    assert not any(re.search(r"\b(nan|None)\b", text) for text in texts)


def test_the_slider_says_where_it_stands(atlas):
    way = variant_way(atlas, variants_of(atlas, "btk").index[0])
    made = elements(walk_part(way, atlas, speak("ru")))
    [slider] = [one for one in made if one[1].get("role") == "slider"]
    assert slider[1]["tabIndex"] == 0
    assert slider[1]["aria-valuenow"] == "1"
    assert slider[1]["aria-valuemax"] == str(len([one for one in made if one[0] == "li"]))
    assert slider[1]["aria-valuetext"].startswith("Баку")
    [said] = [one for one in made if "aria-live" in one[1]]
    assert said[1]["aria-live"] == "polite"
