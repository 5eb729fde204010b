"""`python -m dashboard.export`: files, several at once, and one line for every error."""

import pytest

import layers
from dashboard.export import __main__ as command
from dashboard.export import chrome


@pytest.fixture
def run(data_folder, atlas, monkeypatch, capsys):
    """A function that runs the command over data read before; gives exit code, stdout and stderr."""
    monkeypatch.setattr(layers, "load", {data_folder: atlas}.__getitem__)

    def called(*arguments):
        try:
            code = command.main([*map(str, arguments), "--data", str(data_folder)])
        except SystemExit as ending:
            code = ending.code
        return code, *capsys.readouterr()

    return called


def test_one_file_goes_where_it_is_asked(run, tmp_path, monkeypatch):
    monkeypatch.undo()  # the command reads the data itself
    path = tmp_path / "new" / "sites.xlsx"
    code, out, _ = run("/?kind=sez&lang=ru", "--figure", "sites", "--format", "xlsx", "--out", path)
    assert code == 0 and out.strip() == str(path) and path.read_bytes()[:2] == b"PK"
    assert [one.name for one in path.parent.iterdir()] == ["sites.xlsx"]


def test_several_go_into_a_folder_under_readable_names(run, tmp_path):
    code, out, _ = run(
        "/regions?lang=uz", "/corridors/btk", "--format", "csv,ris", "--lang", "uz,kk", "--out", tmp_path
    )
    assert code == 0 and len(out.split()) == 8
    assert {path.name for path in tmp_path.iterdir()} >= {
        "corridor-atlas-regions-map-uz.csv",
        "corridor-atlas-corridors-btk-map-kk.ris",
    }


def test_figures_are_named_for_who_asks(run):
    code, out, _ = run("/corridors/btk?lang=ru", "--list")
    assert code == 0
    names = [line.split("\t")[0] for line in out.splitlines()]
    assert names[:2] == ["map", "strip"] and {"sites", "figures"} <= set(names)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["/nowhere"], "Nothing is published at the address /nowhere"),
        (["/", "--figure", "castle"], "There is no figure “castle” here; there are: map, sites."),
        (["/", "--format", "doc"], "There is no format “doc”"),
        (["/", "--size", "poster"], "There is no size “poster”"),
        (["/", "--lang", "fr"], "There is no language “fr”"),
        (["/sources", "--format", "geojson"], "cannot be had as geojson"),
        ([], "the following arguments are required: address"),
    ],
)
def test_a_wrong_order_is_one_line_and_no_file(run, tmp_path, arguments, said):
    code, out, err = run(*arguments, "--out", tmp_path / "figure.svg")
    assert code == 2 and out == "" and said in err and err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_one_line(run, tmp_path):
    (tmp_path / "file").write_text("here")
    code, _, err = run("/", "--format", "csv", "--out", tmp_path / "file" / "figure.csv")
    assert code == 2 and "cannot write" in err and err.count("\n") == 1
    code, _, err = run("/", "--format", "csv,ris", "--out", tmp_path / "file")
    assert code == 2 and "is a file" in err


def test_a_file_that_fails_leaves_nothing_half_done(run, tmp_path, monkeypatch):
    def broken(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(command.Order, "file", broken)
    code, _, err = run("/", "--format", "csv", "--out", tmp_path)
    assert code == 2 and "No space left on device" in err
    assert list(tmp_path.iterdir()) == []


def test_without_chrome_a_drawing_is_one_line(run, tmp_path, monkeypatch):
    monkeypatch.setattr(command, "has_chrome", lambda: False)
    code, _, err = run("/corridors/btk", "--figure", "strip", "--out", tmp_path / "strip.svg")
    assert code == 2 and "need Chrome or Chromium" in err and list(tmp_path.iterdir()) == []


def test_the_command_draws_what_the_dialog_draws(run, tmp_path, drawing):
    path = tmp_path / "strip.svg"
    code, _, _ = run("https://atlas.example/corridors/btk?lang=uz", "--figure", "strip", "--out", path)
    assert code == 0
    text = path.read_text("utf-8")
    assert 'lang="uz"' in text and "atlas.example/corridors/btk" in text
    chrome.close()
