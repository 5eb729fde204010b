"""Environment variables: what is wrong is said in one line each before the atlas starts."""

from __future__ import annotations

import re

import dash
import pytest

import app
from dashboard.settings import DESCRIBED, FOR_TESTS, RESERVED, VARIABLES, faults, setting
from tests.processes import ROOT


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ATLAS_DATA", "no/such/folder"),
        ("ATLAS_STATE", "/etc/hostname"),
        ("ATLAS_CACHE", "/etc/hostname/cache"),
        ("ATLAS_DATABASE_URL", "mysql://atlas:hidden@host/atlas"),
        ("ATLAS_DATABASE_URL", "postgresql://atlas:hidden@host:x/atlas"),
        ("ATLAS_DATABASE_URL", "postgresql://atlas:hidden@host"),
        ("ATLAS_ADDRESS", "atlas.example.org"),
        ("ATLAS_ADDRESS", "https://atlas.example.org/?lang=en"),
        ("ATLAS_BASE_PATH", "atlas"),
        ("ATLAS_BASE_PATH", "/a b"),
        ("ATLAS_BASE_PATH", "//atlas"),
        ("ATLAS_BASE_PATH", "/sites"),
        ("ATLAS_TRUSTED_PROXIES", "-1"),
        ("ATLAS_LOG", "xml"),
        ("ATLAS_LOG_LEVEL", "INFO"),
        ("ATLAS_METRICS", "true"),
        ("ATLAS_WARM_UP", "0"),
        ("BROWSER_PATH", "no-such-browser"),
    ],
)
def test_a_wrong_value_gets_one_line_with_name_value_and_remedy(name, text):
    (line,) = faults({name: text, "HOME": "/root"})
    assert line.startswith(f"{name} is ") and f"expected {VARIABLES[name].expected}" in line
    assert "Correct it, or take it out for:" in line and "\n" not in line
    assert "hidden" not in line
    assert VARIABLES[name].is_secret or repr(text) in line


def test_right_values_have_no_faults(data_folder, tmp_path):
    right = {
        "ATLAS_DATA": str(data_folder),
        "ATLAS_STATE": str(tmp_path / "to" / "come"),
        "ATLAS_DATABASE_URL": "postgresql://atlas:p%40ss@/atlas?host=/run/postgresql",
        "ATLAS_ADDRESS": "https://atlas.example.org/a/atlas/",
        "ATLAS_BASE_PATH": "/a/atlas",
        "ATLAS_TRUSTED_PROXIES": "2",
        "ATLAS_METRICS": "yes",
        "ATLAS_LOG": "",
    }
    assert faults(right) == []


def test_an_unknown_name_is_told_which_one_may_be_meant():
    (line,) = faults({"ATLAS_ADRESS": "https://atlas.example.org"})
    assert line.startswith("ATLAS_ADRESS is no variable") and "Is ATLAS_ADDRESS meant?" in line
    own = dict.fromkeys((*FOR_TESTS, "ATLAS_PORT", "ATLAS_1_PORT_8050_TCP_ADDR", "ATLAS_SERVICE_HOST"), "x")
    assert faults(own) == []


def test_the_address_has_the_base_path():
    (line,) = faults({"ATLAS_ADDRESS": "https://atlas.example.org", "ATLAS_BASE_PATH": "/atlas"})
    assert "ATLAS_ADDRESS is 'https://atlas.example.org': expected the path '/atlas'" in line


def test_a_setting_is_read_when_it_is_asked_for(monkeypatch):
    monkeypatch.setenv("ATLAS_BASE_PATH", "/atlas/")
    monkeypatch.setenv("ATLAS_METRICS", "no")
    assert (setting("ATLAS_BASE_PATH"), setting("ATLAS_METRICS")) == ("/atlas", False)
    monkeypatch.delenv("ATLAS_BASE_PATH")
    assert setting("ATLAS_BASE_PATH") == ""


def test_nothing_starts_with_a_wrong_variable(monkeypatch, data_folder, capsys):
    monkeypatch.setenv("ATLAS_METRICS", "maybe")
    monkeypatch.setenv("ATLAS_STAET", "x")
    with pytest.raises(SystemExit) as ending:
        app.created_or_exit(data_folder)
    first, *lines = str(ending.value).splitlines()
    assert first.startswith("Corridor Atlas does not start") and len(lines) == 2
    with pytest.raises(SystemExit) as ending:
        app.__getattr__("server")
    assert ending.value.code == app.GUNICORN_GIVES_UP  # it does not try again and again
    assert "ATLAS_METRICS is 'maybe'" in capsys.readouterr().err


def test_the_table_of_variables_is_true():
    rows = re.findall(r"^\| `(\w+)` \| (.+) \| (.+) \| (.+) \|$", (ROOT / DESCRIBED).read_text("utf-8"), re.M)
    assert rows == [(name, one.meaning, one.default, one.expected) for name, one in VARIABLES.items()]


def test_the_program_reads_no_other_variables():
    files = [ROOT / "app.py", *(ROOT / "dashboard").rglob("*.py"), *(ROOT / "layers").rglob("*.py")]
    named = {name for path in files for name in re.findall(r'"(ATLAS_\w+)"', path.read_text("utf-8"))}
    assert len(named) > 5 and named <= {*VARIABLES, *FOR_TESTS}


def test_no_base_path_can_be_taken_for_an_address_of_the_atlas(site: dash.Dash):
    paths = [rule.rule for rule in site.server.url_map.iter_rules()]
    paths += [page["path_template"] or page["path"] for page in dash.page_registry.values()]
    firsts = {path.split("/")[1] for path in paths}
    plain = {first for first in firsts if re.fullmatch(r"[a-z]+", first)}
    assert plain <= RESERVED
