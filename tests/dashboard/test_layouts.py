"""Layouts that are made once for the page of the address and for the live page."""

from dashboard import layouts


def test_a_layout_is_made_once_for_each_question_and_language(site):
    made = []

    def layout(lang=None, **asked):
        made.append((lang, asked))
        return made[-1]

    kept = layouts.kept(layout)
    first = kept(lang="ru", kind=["sez", "plant"])
    assert first == ("ru", {"kind": ["sez", "plant"]})
    assert kept(lang="ru", kind=["sez", "plant"]) is first
    assert kept(lang="uz", kind=["sez", "plant"]) is not first
    assert kept(lang="ru", kind=["sez"]) is not first
    assert kept() == ("en", {})
    assert len(made) == 4


def test_a_query_may_name_anything(client):
    for name in ("layout", "lang", "self", "asked", "_atlas", "path", "page"):
        assert client.get("/regions", query_string={name: "x"}).status_code == 200, name
