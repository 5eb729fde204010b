"""Figures alone, for other people's pages: what they hold, who may frame them, what a wrong view says."""

from __future__ import annotations

import re

import pytest

from dashboard.text import languages


def body(answer) -> str:
    return answer.get_data(as_text=True)


def test_an_embedded_figure_is_a_page_of_its_own(client, atlas):
    answer = client.get("/embed/corridors/btk?figure=strip&lang=ru&within=50")
    text = body(answer)
    assert answer.status_code == 200 and '<html lang="ru">' in text
    assert 'data-view="/corridors/btk?within=50"' in text and 'data-figure="strip"' in text
    assert atlas.corridors.at["btk", "name_ru"] in text
    # The link back keeps view and language; neither the shell nor Dash comes along.
    assert 'href="/corridors/btk?within=50&amp;lang=ru" target="_blank" rel="noopener"' in text
    assert "site-header" not in text and "dash" not in re.sub(r"_dash-component-suites/plotly", "", text)


@pytest.mark.parametrize("path", ["/embed/", "/embed/sites?figure=sites", "/embed/nowhere"])
def test_anybody_may_frame_it_and_it_sets_no_cookie(client, path):
    answer = client.get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy and "default-src 'none'" in policy
    assert not re.search(r"https?:", policy) and "unsafe-eval" not in policy
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/corridors/btk", "/embed", "/embedded", "/export/words?lang=en"])
def test_nobody_may_frame_any_other_page(client, path):
    assert "frame-ancestors 'none'" in client.get(path).headers["Content-Security-Policy"]


def test_every_script_and_style_of_an_embedded_figure_is_there(client):
    text = body(client.get("/embed/?lang=en"))
    needs = re.findall(r'(?:src|href)="(/(?:assets|_dash)[^"]+)"', text)
    assert len(needs) == 5
    for address in needs:
        answer = client.get(address.replace("&amp;", "&"))
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("language", languages())
def test_a_wrong_view_is_a_clear_line_in_the_frame(client, language):
    answer = client.get(f"/embed/nowhere?lang={language}")
    assert answer.status_code == 404
    assert len(re.findall(r'<p class="wrong">[^<]*/nowhere[^<]*</p>', body(answer))) == 1
    answer = client.get(f"/embed/?figure=castle&lang={language}")
    assert answer.status_code == 404 and "castle" in body(answer) and "map, sites" in body(answer)


def test_what_an_address_says_never_becomes_markup(client):
    for path in (
        "/embed/%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        "/embed/?figure=%3Cscript%3Ealert(1)%3C/script%3E",
    ):
        text = body(client.get(path))
        assert "<script>alert" not in text
    text = body(client.get("/embed/sites?status=%22%3E%3Cscript%3Ealert(1)%3C/script%3E"))
    assert "<script>alert" not in text


def test_a_table_is_embedded_as_a_table_with_its_sources(client, atlas):
    text = body(client.get("/embed/sites?figure=sites&lang=en"))
    assert text.count("<tr>") == len(atlas.sites) + 1
    assert atlas.sites.at["J-003", "name_en"].replace("&", "&amp;") in text
    assert "Sources: " in text and atlas.version in text
    assert "nan" not in re.findall(r"<td[^>]*>([^<]*)</td>", text)


def test_a_long_table_is_cut_and_says_so(client, atlas):
    text = body(client.get("/embed/sources?figure=sources&lang=en"))
    assert text.count("<tr>") == 301 and "more" in text


def test_the_words_of_the_dialog_come_in_each_language(client):
    said = {code: client.get(f"/export/words?lang={code}").json for code in languages()}
    assert {frozenset(words) for words in said.values()} == {frozenset(said["en"])}
    assert [one["id"] for one in said["ru"]["languages"]] == list(languages())
    assert "{link}" in said["kk"]["metadata"]
    assert client.get(said["en"]["plotly"]).status_code == 200
    assert client.get("/export/words?lang=tlh").status_code == 404
    assert client.get("/export/words").status_code == 404
