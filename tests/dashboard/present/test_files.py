"""Presentations as files: over the web, by the program beside the server, and from the command line."""

import json
import re
import shutil
import subprocess
from dataclasses import replace

import pytest

from dashboard.export import __main__ as export_command
from dashboard.export import chrome, worker
from dashboard.export.workshop import Busy, Fault, Workshop
from dashboard.present import command, files
from dashboard.present.files import DECK_FORMATS, DeckOrder, deck_file_name
from dashboard.present.handout_file import handout
from dashboard.present.own import own_deck
from dashboard.text import speak
from tests.dashboard.export.conftest import needed

OWN = json.dumps(
    {
        "title": {"ru": "Моё совещание", "en": "My meeting"},
        "scenes": [
            {
                "id": "one",
                "headline": {"ru": "Заголовок первый"},
                "notes": {"ru": "Сказать: «добро пожаловать»."},
            },
            {"id": "two", "view": "/corridors/btk", "figure": "strip", "headline": {"ru": "Дорога в Карс"}},
            {
                "id": "three",
                "view": "/regions/UZ-SI",
                "headline": {"ru": "Сырдарья"},
                "points": [{"ru": "Пункт"}],
            },
        ],
    },
    ensure_ascii=False,
)


@pytest.fixture
def quick(monkeypatch):
    """Files that are made at once and say of what they are."""
    wanted = []

    def write(deck, atlas, words, site):
        wanted.append((deck.deck_id, words.language, site))
        return f"{deck.deck_id} {words.language} {site}".encode()

    for name, form in DECK_FORMATS.items():
        monkeypatch.setitem(files.DECK_FORMATS, name, replace(form, write=write, needs_chrome=False))
    return wanted


@pytest.fixture
def here(monkeypatch, quick):
    """The workshop without its program: what it would do is done at once."""
    monkeypatch.setattr(Workshop, "file", lambda _, order, atlas: order.file(atlas))
    return quick


# Over the web


def test_a_deck_of_the_atlas_comes_under_a_readable_name_and_is_made_once(client, here):
    for _ in range(2):
        answer = client.get("/present/first-meeting/file?format=pptx&lang=uz")
        assert answer.status_code == 200 and answer.mimetype == DECK_FORMATS["pptx"].media_type
        assert 'filename="corridor-atlas-first-meeting-uz.pptx"' in answer.headers["Content-Disposition"]
    assert len(here) <= 1  # the server may have it from another test


def test_an_own_deck_comes_under_its_title_and_nobody_keeps_it(client, here):
    for _ in range(2):
        answer = client.post(
            "/present/own/file?format=html&lang=ru", data=OWN.encode(), content_type="application/json"
        )
        assert answer.data == b"own ru http://localhost" and answer.headers["Cache-Control"] == "no-store"
    assert len(here) == 2
    given = answer.headers["Content-Disposition"]
    assert 'filename="corridor-atlas-my-meeting-ru.html"' in given
    assert "filename*=UTF-8''%D0%9C%D0%BE" in given and given.isascii()


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        (
            "/present/nothing/file?format=pptx",
            404,
            "There is no presentation “nothing”; there are: first-meeting",
        ),
        (
            "/present/first-meeting/file?format=odp",
            400,
            "There is no format “odp”; there are: pptx, pdf, html.",
        ),
        ("/present/first-meeting/file", 400, "there are: pptx, pdf, html."),
    ],
)
def test_what_there_is_not_is_one_line(client, address, status, said):
    answer = client.get(f"{address}{'&' if '?' in address else '?'}lang=en")
    assert answer.status_code == status and said in answer.text and answer.text.count("\n") == 1


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (Busy, 503, "try again"),
        (Fault, 500, "could not be made"),
        (chrome.NoChrome, 503, "no Chrome or Chromium"),
    ],
)
def test_a_file_that_cannot_be_made_now_is_one_line(client, monkeypatch, error, status, said):
    def failing(*_):
        raise error("…")

    monkeypatch.setattr(Workshop, "file", failing)
    answer = client.post(
        "/present/own/file?format=html&lang=en", data=OWN.encode(), content_type="application/json"
    )
    assert answer.status_code == status and said in answer.text and answer.text.count("\n") == 1
    assert ("Retry-After" in answer.headers) == (status == 503)


# The program beside the server


def test_the_program_makes_the_order_that_was_sent(atlas, quick):
    order = DeckOrder.of({"format": "html"}, "ru", "https://atlas.example", "own", OWN)
    sent = json.loads(json.dumps(order.asked()))
    assert DeckOrder.again(sent) == order and 40 < order.seconds <= 400
    head, body = worker.made(sent, atlas)
    assert head == {"length": len(body)} and body == b"own ru https://atlas.example"
    faulty = DeckOrder("own", "html", "en", "", '{"title": {}, "scenes": []}')
    assert worker.made(faulty.asked(), atlas)[0]["error"] == "wrong"
    assert worker.made(DeckOrder("nothing", "html", "en").asked(), atlas)[0]["error"] == "unknown"


def test_the_handout_is_paper_with_searchable_text_and_no_pixels(atlas, tmp_path):
    needed(chrome.has_chrome(), "Chrome or Chromium, which prints the handout,")
    needed(shutil.which("pdftotext") is not None, "poppler (package poppler-utils)")
    words, path = speak("ru"), tmp_path / "handout.pdf"
    path.write_bytes(handout(own_deck(OWN, words), atlas, words, "https://atlas.example"))
    chrome.close()

    def told(*command_line):
        return subprocess.run([*command_line], capture_output=True, check=True).stdout.decode()

    about = told("pdfinfo", path)
    assert re.search(r"Pages: +2\b", about) and "A4" in about
    text = " ".join(told("pdftotext", path, "-").split())
    assert all(part in text for part in ("Заголовок первый", "«добро пожаловать»", "Дорога в Карс", "Пункт"))
    assert len(told("pdfimages", "-list", path).splitlines()) == 2  # its heading alone


# From the command line


@pytest.fixture
def run(atlas, capsys, monkeypatch):
    """A function that runs the command over data read already and gives exit code, stdout and stderr."""
    monkeypatch.setattr(command, "read_data", lambda _: atlas)
    monkeypatch.setattr(command, "prepare", lambda order, _, done: [done() for _ in order.deck(atlas).scenes])

    def called(*arguments):
        try:
            code = export_command.main(["deck", *map(str, arguments)])
        except SystemExit as ending:
            code = ending.code
        return code, *capsys.readouterr()

    return called


def test_the_command_writes_one_file_where_it_is_asked(run, quick, tmp_path):
    path = tmp_path / "new" / "meeting.pptx"
    code, out, _ = run("first-meeting", "--lang", "uz", "--format", "pptx", "--out", path)
    assert code == 0 and out.strip() == str(path) and path.read_bytes() == b"first-meeting uz "
    assert [one.name for one in path.parent.iterdir()] == ["meeting.pptx"]


def test_figures_are_made_scene_by_scene_before_the_file(atlas):
    done = []
    command.prepare(DeckOrder("own", "html", "ru", "", OWN), atlas, lambda: done.append(1))
    assert len(done) == 3


def test_several_languages_and_formats_and_an_own_file_go_into_a_folder(run, quick, tmp_path):
    own = tmp_path / "Моё совещание.deck.json"
    own.write_text(OWN, "utf-8")
    code, out, _ = run(
        own, "first-meeting", "--lang", "ru,kk", "--format", "pptx,html", "--out", tmp_path / "out"
    )
    assert code == 0 and len(out.splitlines()) == 8
    names = {one.name for one in (tmp_path / "out").iterdir()}
    assert {"corridor-atlas-my-meeting-kk.html", "corridor-atlas-first-meeting-ru.pptx"} <= names


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "the following arguments are required: deck"),
        (["nothing"], "There is no presentation “nothing”; there are: first-meeting"),
        (["first-meeting", "--lang", "fr"], "There is no language “fr”"),
        (["first-meeting", "--format", "odp"], "There is no format “odp”"),
        (["./none.deck.json"], "none.deck.json: No such file or directory"),
    ],
)
def test_a_wrong_order_is_one_line_and_no_file(run, tmp_path, arguments, said):
    code, out, err = run(*arguments, "--out", tmp_path / "deck.pptx")
    assert code == 2 and out == "" and said in err and err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_faulty_deck_file_is_named_with_scene_and_field(run, tmp_path):
    path = tmp_path / "bad.deck.json"
    path.write_text(OWN.replace('"view": "/regions/UZ-SI"', '"view": "regions"'), "utf-8")
    code, _, err = run(path, "--out", tmp_path / "deck.pptx")
    assert code == 2 and f'{path}: This presentation has faults: scene "three", view' in err
    assert err.count("\n") == 1 and [one.name for one in tmp_path.iterdir()] == ["bad.deck.json"]


def test_a_file_that_fails_leaves_nothing_half_done(run, tmp_path, monkeypatch):
    def broken(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(command.DeckOrder, "file", broken)
    code, _, err = run("first-meeting", "--out", tmp_path / "deck.pptx")
    assert code == 2 and "No space left on device" in err and list(tmp_path.iterdir()) == []


def test_the_handout_without_chrome_is_one_line(run, tmp_path, monkeypatch):
    monkeypatch.setattr(command, "has_chrome", lambda: False)
    code, _, err = run("first-meeting", "--format", "pdf", "--out", tmp_path / "deck.pdf")
    assert code == 2 and "needs Chrome or Chromium" in err and list(tmp_path.iterdir()) == []


def test_names_of_files_are_of_ascii_letters_whatever_the_title():
    deck = own_deck(OWN.replace('"en": "My meeting"', '"kk": "Кездесу"'), speak("kk"))
    order = DeckOrder("own", "pdf", "kk", "", OWN)
    assert deck_file_name(deck, order) == "corridor-atlas-presentation-kk.pdf"
