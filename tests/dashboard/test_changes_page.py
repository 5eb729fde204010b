"""The page of changes: two versions side by side, and what a wrong link gets."""

from __future__ import annotations

import dataclasses
import json
import sys

import pytest

from dashboard.evidence.changes import ChangesView
from dashboard.evidence.columns import column_language
from layers import serve


@pytest.fixture
def page(site):
    """The module of the page; Dash must exist before a page is imported."""
    return sys.modules["dashboard.pages.changes"]


def text_of(page, **query):
    return json.dumps(page.layout(**query).to_plotly_json(), default=lambda c: c.to_plotly_json())


def test_old_and_new_stand_side_by_side(page):
    text = text_of(page, lang="en", table="corridor_variants")
    assert "Saratov \\u2013 Astrakhan \\u2013 Anzali" in text and "Saratov \\u2013 Olya" in text
    assert "Name in Russian" in text and "13 rows were added" in text


def test_a_wrong_link_is_noted_and_the_rest_holds(page, atlas):
    view = ChangesView.from_query({"from": "2020-01-01-aaaaaaaaaaaa", "page": "x", "table": "<b>"}, atlas)
    assert view.before.startswith("2026-11-22") and view.page == 1 and view.table == ""
    assert len(view.ignored) == 3
    assert "left out" in text_of(page, lang="en", to="nonsense")
    assert "no difference to show" in text_of(page, lang="en", table="nosuchtable")


def test_a_version_compared_with_itself_does_not_differ(page, atlas):
    name = ChangesView.from_query({}, atlas).before
    assert "Nothing differs" in text_of(page, **{"lang": "en", "from": name, "to": name})


def test_without_kept_versions_the_page_says_how_to_keep_one(page, atlas, tmp_path):
    serve(dataclasses.replace(atlas, folder=tmp_path))
    try:
        assert "python -m layers.versions keep" in text_of(page, lang="en")
    finally:
        serve(atlas)


def test_a_broken_version_is_named(page, atlas, tmp_path):
    (tmp_path / "versions").mkdir()
    (tmp_path / "versions" / "2026-01-01-aaaaaaaaaaaa.zip").write_bytes(b"no zip")
    serve(dataclasses.replace(atlas, folder=tmp_path))
    try:
        assert "not a zip file" in text_of(page, lang="en")
    finally:
        serve(atlas)


def test_cells_are_in_the_language_of_their_column():
    assert column_language("summary_kk", "sites") == "kk"
    assert column_language("summary_en", "sites") == column_language("note", "sites") == "en"
    assert column_language("name_uz", "crossings") == "en"  # the name of the Uzbek side


def test_all_new_columns_of_a_table_are_one_sentence(page):
    text = text_of(page, lang="en", table="regions")
    assert text.count("New columns: ") == 1
    assert "Centre in Kazakh; " in text and "Role in the Council, in Uzbek" in text
