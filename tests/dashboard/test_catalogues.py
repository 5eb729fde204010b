"""The catalogues hold every message of the code, translated, and nothing else."""

import re
import string

import pytest

from dashboard import catalogue, text
from dashboard.text import LOCALE_FOLDER

CATALOGUES = sorted(LOCALE_FOLDER.glob("*.po"))
ALPHABETS = {"ru": r"[А-Яа-яЁё]", "kk": r"[А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі]", "uz": r"[A-Za-zʻʼ]"}
# The same in every language: symbols, codes and the name of the atlas.
CODES = "USD|EUR|KZT|AFN|UZS|TEU|GeoNames|GeoJSON|GeoPackage|PNG|No|in|km|m"
UNTRANSLATED = re.compile(rf"(\{{\w+\}}|[\W\d_]|{CODES})*")


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda p: p.stem)
def test_a_catalogue_has_exactly_the_messages_of_the_code(path):
    ours = {m.id for m in catalogue.template() if m.id}
    theirs = {m.id for m in catalogue.read(path) if m.id}
    assert theirs == ours, "run python -m dashboard.catalogue"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda p: p.stem)
def test_every_message_is_translated_with_its_places_kept(path):
    messages = catalogue.read(path)
    assert catalogue.waiting(messages) == []
    for message in messages:
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        for translated in strings:
            assert placeholders(translated) == placeholders(ids[-1]), message.id
            if not UNTRANSLATED.fullmatch(ids[0]):
                assert re.search(ALPHABETS[path.stem], translated), message.id


def test_uzbek_uses_its_own_apostrophe():
    text = (LOCALE_FOLDER / "uz.po").read_text(encoding="utf-8")
    assert not re.search(r"[oOgG]['’‘`](?=[a-z])", text)


def test_the_messages_are_found():
    assert len(list(catalogue.template())) > 200


def test_compiled_catalogues_are_kept_and_broken_ones_made_anew(monkeypatch, tmp_path):
    monkeypatch.setenv("ATLAS_CACHE", str(tmp_path))
    first = text._catalogue("ru").gettext("Sources")
    (kept,) = (tmp_path / "locale").iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(whole[:100])
    assert text._catalogue("ru").gettext("Sources") == first == "Источники"
    assert kept.read_bytes() == whole
