"""Search: every name in every spelling, typos, order, and what must not be found."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.corridors import places
from layers.search import Quality, find, index, typos_allowed
from layers.spelling import sound_of, spelling_of, words_of


@pytest.fixture(scope="module")
def everything(atlas):
    return index(atlas)


def keys(everything, text, limit=8):
    return [hit.key for hit in find(everything, text, limit)]


def sounds(text):
    return sound_of("".join(words_of(text)))


@pytest.mark.parametrize(
    "spellings",
    [
        "Toshkent Tashkent Ташкент Тошкент",
        "Qizilorda Qiziloʻrda Kyzylorda Kyzyl-Orda Қызылорда Кызылорда Qyzylorda",
        "Jizzax Jizzakh Жиззах Djizzakh",
        "Jizak Джизак Dzhizak",
        "Chimkent Shymkent Шымкент Чимкент Şymkent",
        "Sirdaryo Syrdarya Сырдарья Сырдария Сирдарё",
        "Xorazm Хоразм Khorazm",
        "Buxoro Бухоро Bukhoro Bukhara Бухара",
        "Qoʻqon Qo'qon Qo’qon Qo`qon Qoqon Қўқон",
        "Fargʻona Fargona Фарғона Farg'ona",
        "Navoiy Navoi Навои Навоий Науаи",
        "Aqtov Aktau Ақтау Актау Aqtau",
        "Zhezkazgan Jezqazgʻan Жезказган Жезқазған",
        "Xiva Khiva Хива Хиуа",
        "Chirchiq Chirchik Чирчик Шыршық",
        "Konaev Qonayev Қонаев Конаев",
        "Ekibastuz Екібастұз Экибастуз Yekibastuz",
        "Oʻzbekiston O'zbekiston Ozbekiston Ўзбекистон",
    ],
)
def test_spellings_of_one_name_sound_the_same(spellings):
    assert len({sounds(one) for one in spellings.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("Aktau", "Aktobe"), ("Termez", "Taraz"), ("Almaty", "Astana"), ("Kars", "Karshi")]
)
def test_different_names_stay_different(one, other):
    assert sounds(one) != sounds(other)


def test_composed_and_decomposed_letters_are_the_same():
    for text in ("Сирдарё", "Ўзбекистон", "Türkiye", "Навоий"):
        assert words_of(unicodedata.normalize("NFD", text)) == words_of(text)


def test_every_thing_of_the_data_is_found_by_its_id_and_its_names(atlas, everything):
    """By one name each, the languages by turns: all of them take half a minute."""
    frames = {
        "region": atlas.regions,
        "corridor": atlas.corridors,
        "node": places(atlas.nodes),
        "crossing": atlas.crossings,
        "site": atlas.sites,
        "project": atlas.projects,
    }
    for kind, frame in frames.items():
        columns = [column for column in frame.columns if column.startswith("name_")]
        for position, (identifier, row) in enumerate(frame.iterrows()):
            for name in (identifier, row[columns[position % len(columns)]]):
                if words_of(name):
                    assert f"{kind}:{identifier}" in keys(everything, name, 20), name


@pytest.mark.parametrize(
    "text", ["Ташкент", "Toshkent", "Тошкент", "Tashkent", "tashkent", "TOSHKENT SHAHRI"]
)
def test_the_capital_answers_to_its_names(everything, text):
    assert keys(everything, text)[0] == "region:UZ-TK"
    assert find(everything, text)[0].score == 100


@pytest.mark.parametrize(
    ("name", "rest", "region"),
    [
        ("Андижон", "вилояти", "UZ-AN"),
        ("Бухоро", "вилояти", "UZ-BU"),
        ("Фарғона", "вилояти", "UZ-FA"),
        ("Жиззах", "вилояти", "UZ-JI"),
        ("Наманган", "вилояти", "UZ-NG"),
        ("Навоий", "вилояти", "UZ-NW"),
        ("Қашқадарё", "вилояти", "UZ-QA"),
        ("Қорақалпоғистон", "Республикаси", "UZ-QR"),
        ("Самарқанд", "вилояти", "UZ-SA"),
        ("Сирдарё", "вилояти", "UZ-SI"),
        ("Сурхондарё", "вилояти", "UZ-SU"),
        ("Тошкент", "шаҳри", "UZ-TK"),
        ("Тошкент вил", "ояти", "UZ-TO"),
        ("Хоразм", "вилояти", "UZ-XO"),
    ],
)
def test_uzbek_in_cyrillic_letters_finds_every_region(everything, name, rest, region):
    whole = f"{name}{'' if rest == 'ояти' else ' '}{rest}"
    for text in (name, whole):
        on_a_russian_keyboard = text.translate(str.maketrans("ЎўҚқҒғҲҳ", "УуКкГгХх"))
        for spelt in (text, text.upper(), on_a_russian_keyboard):
            assert keys(everything, spelt)[0] == f"region:{region}", spelt


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Қарши", "node:karshi"),
        ("Қўнғирот", "node:kungrad"),
        ("Учқудуқ", "node:uchkuduk"),
        ("Яллама", "node:yalama"),
        ("Тошкент шаҳри", "region:UZ-TK"),
        ("Қорақалпоғистон Республикаси", "region:UZ-QR"),
    ],
)
def test_uzbek_in_cyrillic_letters_finds_places(everything, text, key):
    assert keys(everything, text)[0] == key


@pytest.mark.parametrize("apostrophe", ["ʻ", "'", "’", "‘", "`", "´", ""])
def test_all_apostrophes_are_one(everything, apostrophe):
    assert keys(everything, f"Qizilo{apostrophe}rda viloyati")[0] == "region:KZ-43"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Tahskent", "region:UZ-TK"),
        ("Ташкетн", "region:UZ-TK"),
        ("Samrkand", "region:UZ-SA"),
        ("Самаркнад", "region:UZ-SA"),
        ("Turkstan", "region:KZ-61"),
        ("Karakalpkstn", "region:UZ-QR"),
        ("Syrdrya regoin", "region:UZ-SI"),
        ("Kostnaai", "region:KZ-39"),
        ("Samarq0nd", None),
    ],
)
def test_a_typo_is_forgiven(everything, text, key):
    found = keys(everything, text)
    assert found[:1] == ([key] if key else [])


@pytest.mark.parametrize("text", ["Samrka", "Turksta", "Surkhnadar"])
def test_a_typo_is_forgiven_while_the_word_is_being_typed(everything, text):
    assert keys(everything, text)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("J-003", "site:J-003"),
        ("j003", "site:J-003"),
        ("X09", "crossing:X09"),
        ("P-009", "project:P-009"),
        ("uz-si", "region:UZ-SI"),
        ("BTK", "corridor:btk"),
        ("Khiva", "region:UZ-XO"),
        ("Алма-Ата", "region:KZ-75"),
        ("Chernyayevka", "crossing:X01"),
        ("Черняевка", "crossing:X01"),
        ("Oʻrta yoʻlak", "corridor:trans-caspian"),
        ("Средний коридор", "corridor:trans-caspian"),
        ("southern corridor", "corridor:china-iran-turkey"),
        ("Gishtkuprik", "crossing:X01"),
        ("шелковый", "site:J-024"),
        ("Щелково", "site:P-UZ10"),
        ("область Ташкент", "region:UZ-TO"),
        ("Nurafshon", "region:UZ-TO"),
        ("порт Ақтау", "node:aktau_port"),
        ("Darbaza railway", "project:P-038"),
    ],
)
def test_other_names_lead_to_the_thing(everything, text, key):
    assert keys(everything, text)[0] == key


def test_an_id_forgives_nothing(everything):
    assert keys(everything, "J-003") == ["site:J-003"]
    assert keys(everything, "X99") == []


def test_better_fits_stand_before_worse_and_places_before_projects(everything):
    for text in ("navoi", "tashkent", "aktau", "syrdarya", "railway", "turk"):
        scores = [hit.score for hit in find(everything, text, 30)]
        assert scores == sorted(scores, reverse=True)
    kinds = [key.partition(":")[0] for key in keys(everything, "Navoi", 3)]
    assert kinds == ["region", "node", "crossing"]
    assert keys(everything, "Kars")[0] == "node:kars"


def test_each_thing_is_found_once(everything):
    found = keys(everything, "t", 1000)
    assert len(found) == len(set(found))


def test_typos_do_not_mix_into_what_fits(everything):
    found = find(everything, "Aktau", 30)
    assert min(hit.score for hit in found) > 100 - 10 * Quality.TYPO
    assert not any("Aktobe" in hit.name for hit in found)


@pytest.mark.parametrize("text", ["", " ", "  ’ʻ' ", "—", "()", "\x00", "🚂", "中"])
def test_nothing_asked_finds_nothing(everything, text):
    assert find(everything, text) == []


@pytest.mark.parametrize("text", ["zzzzqq", "gold of the incas", "qwrtpsdf"])
def test_what_is_not_there_is_not_found(everything, text):
    assert find(everything, text) == []


@pytest.mark.parametrize("letter", "kтs")
def test_one_letter_finds_only_what_begins_with_it(everything, letter):
    (latin,) = words_of(letter)
    for hit in find(everything, letter, 50):
        assert any(word.startswith(latin) for word in words_of(hit.name)), hit


def test_points_that_only_shape_a_line_are_no_places(atlas, everything):
    shapes = {f"node:{one}" for one in atlas.nodes.index[atlas.nodes["kind"] == "shape"]}
    assert shapes and not shapes & set(everything.keys)


def test_a_long_question_is_cut(everything):
    began = time.perf_counter()
    found = find(everything, "Ташкент " * 1250)
    assert time.perf_counter() - began < 0.5
    assert [hit.key for hit in found][:1] == ["region:UZ-TK"]


def test_the_index_of_an_atlas_is_made_once(atlas):
    assert index(atlas) is index(atlas)


@pytest.mark.parametrize(
    ("word", "allowed"), [("osh", 0), ("kars", 1), ("shymken", 1), ("tashkent", 2), ("j003", 0)]
)
def test_longer_words_may_have_more_typos(word, allowed):
    assert typos_allowed(word) == allowed


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_no_text_at_all_breaks_the_search(everything, text):
    hits = find(everything, text)
    assert len(hits) <= 8
    assert all(0 < hit.score <= 100 and hit.name for hit in hits)


@given(st.text(max_size=60))
def test_spelling_is_plain_and_settled(text):
    for word in words_of(text):
        assert word == "".join(words_of(word))
    assert spelling_of(text).sound == spelling_of(" ".join(words_of(text))).sound
