"""A reader's own presentation: what adds to it, the page, and what the server does with a deck it is sent."""

import json

import pytest

from dashboard.cards.adding import camera_at, view_of_thing
from dashboard.export.button import figure_head
from dashboard.export.order import WrongOrder
from dashboard.export.publication import find
from dashboard.plain import trees
from dashboard.present.own import LARGEST_DECK, own_deck
from dashboard.text import languages, speak

JSON = {"Content-Type": "application/json"}


def scene(number, **more):
    """A scene of words, or of what `more` says."""
    return {"id": f"s{number}", "headline": {"en": f"Headline {number}"}, "points": [], "notes": {}} | more


def deck(*scenes):
    """The text of a deck."""
    return json.dumps({"title": {"en": "Mine"}, "scenes": list(scenes)})


def posted(client, path, text, **more):
    return client.post(f"/present/own{path}", data=text, headers=JSON, **more)


# What adds


def elements(tree):
    """All elements of trees, as (tag, attributes, texts inside)."""
    for one in tree:
        if not isinstance(one, str):
            yield one[0], one[1], [text for text in one[2:] if isinstance(text, str)]
            yield from elements(one[2:])


def test_every_export_button_has_its_partner():
    found = list(elements(trees(figure_head("Title", "strip", speak("ru")))))
    [added] = [attributes for _, attributes, _ in found if "data-deck-figure" in attributes]
    assert added["data-deck-figure"] == "strip" and "data-deck-title" not in added
    assert [attributes["data-export"] for _, attributes, _ in found if "data-export" in attributes] == [
        "strip"
    ]


@pytest.mark.parametrize(
    ("key", "view", "lit"),
    [
        ("site:J-003", "/sites/J-003", "site:J-003"),
        ("region:UZ-SA", "/regions/UZ-SA", "region:UZ-SA"),
        ("corridor:btk", "/corridors/btk", None),
        ("crossing:X01", "/?show=crossing:X01&camera=", "crossing:X01"),
        ("node:aktau_port", "/?show=node:aktau_port&camera=", "node:aktau_port"),
        ("energy:L-CAC", "/?layer=", "energy:L-CAC"),
        ("flow:EF-001", "/energy?carrier=", None),
    ],
)
def test_a_card_adds_a_map_that_shows_its_thing(atlas, key, view, lit):
    address = view_of_thing(key, atlas)
    assert address.startswith(view)
    shown = find(address, "map", atlas, speak("en")).scene
    assert lit is None or lit in shown.selected
    if key.startswith("energy"):
        assert "energy" in shown.marks.shown


def test_a_project_is_shown_where_it_lies_and_one_without_a_place_has_no_view(atlas):
    views = {one: view_of_thing(f"project:{one}", atlas) for one in atlas.projects.index}
    assert 0 < sum(not view for view in views.values()) < len(views)
    for view in filter(None, views.values()):
        find(view, "map", atlas, speak("en"))


def test_a_view_of_a_point_is_not_closer_than_the_map_has_things_to_show():
    assert camera_at((69.3, 41.4, 69.3, 41.4)) == "69.300,41.400,7.00"
    lon, lat, zoom = map(float, camera_at((40, 36, 90, 56)).split(","))
    assert (lon, lat) == (65, 46) and 2 < zoom < 4.5


# The page


def test_the_page_offers_each_deck_in_each_language_and_as_each_file(site, atlas):
    from dashboard.pages.presentations import layout

    with site.server.test_request_context("/presentations?lang=kk"):
        found = list(elements(trees(layout("kk"))))
    links = [attributes["href"] for tag, attributes, _ in found if tag == "a"]
    for deck_id in atlas.decks:
        for code in languages():
            assert f"/present/{deck_id}?lang={code}" in links
            assert f"/present/{deck_id}/file?format=pptx&lang={code}" in links
    [words] = [json.loads(one["data-words"]) for _, one, _ in found if "data-words" in one]
    assert set(words["languages"]) == set(languages()) and words["bytes"] == LARGEST_DECK


# What is sent


def test_a_deck_of_a_reader_may_have_numbers_of_its_own():
    made = own_deck(
        deck(scene(1, points=[{"en": "Up 12 %", "ru": "На 12 %"}]), scene(2, view="/trade")), speak("en")
    )
    assert [one.scene_id for one in made.scenes] == ["s1", "s2"]
    assert made.scenes[0].points[0]["ru"] == "На 12 %" and made.scenes[1].view == "/trade"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"title":\n', "row "),
        ("[]", "no JSON object"),
        (deck(), "there is no scene"),
        (deck(scene(1, points=[{"fr": "x"}])), 'scene "s1", points 1: unknown language "fr"'),
        (deck(scene(1, view="https://other.example/")), 'scene "s1", view'),
        (deck(scene(1), scene(1)), 'scene "s1": the id stands twice'),
        (deck(*(scene(number) for number in range(201))), "201 scenes"),
    ],
)
def test_a_faulty_deck_is_refused_with_scene_and_field(client, text, said):
    with pytest.raises(WrongOrder, match="This presentation has faults:\n"):
        own_deck(text, speak("en"))
    for path in ("", "/check", "/scenes", "/file?format=pptx"):
        answer = posted(client, path, text)
        assert answer.status_code == 400 and answer.mimetype == "text/plain", path
        assert said in answer.text and "deck.json" not in answer.text


def test_what_is_no_deck_at_all_is_one_line(client):
    large = posted(client, "/check", "x" * (LARGEST_DECK + 1))
    assert large.status_code == 413 and "300 kB" in large.text and large.text.count("\n") == 1
    form = client.post(
        "/present/own", data={"deck": "x" * (LARGEST_DECK + 1)}, content_type="multipart/form-data"
    )
    assert form.status_code == 413
    assert posted(client, "/check", b"\xff\xfe\x00").status_code == 400
    assert posted(client, "", "").status_code == 400
    assert client.get("/present/own?lang=uz").headers["Location"] == "/presentations?lang=uz"


def test_a_sound_deck_is_played_and_not_kept(client):
    text = deck(
        scene(1, headline={"en": "<script>alert(1)</script>"}),
        scene(2, view="/corridors/btk", figure="strip"),
    )
    assert posted(client, "/check", text).status_code == 204
    answer = client.post("/present/own?lang=en", data={"deck": text}, content_type="multipart/form-data")
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    assert "<script>alert" not in answer.text and "\\u003cscript>alert(1)" in answer.text


def test_an_unknown_view_does_not_stop_the_other_scenes(client):
    text = deck(scene(1), scene(2, view="/nowhere"), scene(3, view="/corridors/btk", figure="lengths"))
    answer = posted(client, "/scenes?lang=en&from=0", text)
    told = answer.json["scenes"]["en"]
    assert [told[one]["kind"] for one in "01"] == ["words", "problem"]
    assert "/nowhere" in told["1"]["problem"]
    if "2" not in told:  # a busy machine answers with as many as it has made
        told |= posted(client, "/scenes?lang=en&from=2", text).json["scenes"]["en"]
    assert told["2"]["kind"] in ("table", "chart") and not told["2"]["problem"]


def test_two_hundred_scenes_are_accepted(client):
    text = deck(*(scene(number) for number in range(200)))
    assert posted(client, "/check", text).status_code == 204
    answer = posted(client, "?lang=ru", text)
    assert answer.status_code == 200 and len(answer.data) < 2 * LARGEST_DECK


# What is said of a scene that was added


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("n=1", "Added to your presentation (1 scene)."),
        ("n=3", "Added to your presentation (3 scenes)."),
        ("n=3&at=2", "It is in your presentation already, as scene 2."),
        ("n=200&full=1", "Your presentation is full: it has 200 scenes."),
        ("n=2&kept=0", "This browser keeps nothing"),
        ("n=-1&at=x", "(0 scenes)"),
    ],
)
def test_the_reader_is_told_what_became_of_a_scene(client, query, said):
    answer = client.get(f"/present/scene?lang=en&{query}").json
    assert said in answer["said"] and answer["open"] == "Open" and "headline" not in answer


def test_a_figure_gets_its_own_title_in_the_language_of_the_page(client, atlas):
    answer = client.get("/present/scene?lang=ru&n=1&view=/corridors/btk&figure=strip").json
    assert answer["headline"] == find("/corridors/btk", "strip", atlas, speak("ru")).title
    assert client.get("/present/scene?lang=ru&n=1&view=/nowhere").json["headline"] == ""
