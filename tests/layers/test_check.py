"""`python -m layers.check` says what is right or wrong, and its exit status agrees."""

from __future__ import annotations

import subprocess
import sys

from layers.check import main


def test_a_faultless_folder_is_counted(data_folder, atlas, capsys):
    assert main([str(data_folder)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.split() == ["sites", "111"] for line in lines)
    assert lines[-1] == f"version {atlas.version}, sources of {atlas.date}, no faults"


def test_every_fault_has_its_line_and_they_are_counted(folder, capsys):
    path = folder / "sites.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",plant,", ",plnat,"), encoding="utf-8")
    assert main([str(folder)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 39
    assert all('kind = "plnat": unknown word (did you mean "plant"?)' in line for line in lines[:-1])
    assert lines[-1] == "38 faults found"


def test_a_wrong_folder_is_one_clear_line(tmp_path, capsys):
    assert main([str(tmp_path / "nowhere")]) == 1
    assert "nowhere: no such folder" in capsys.readouterr().out
    assert main([str(tmp_path)]) == 1
    assert "no data files in it" in capsys.readouterr().out


def test_it_runs_as_a_module(folder):
    (folder / "council.csv").unlink()
    command = [sys.executable, "-m", "layers.check", str(folder)]
    root = __file__.rsplit("tests", 1)[0]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert done.stdout.splitlines()[0].startswith("geodata/council.csv: file is missing")
    assert done.stderr == ""
