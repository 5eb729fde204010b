"""requirements.txt names exactly what the running atlas imports."""

import ast
import sys
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
BATCH, DATABASE = ROOT / "layers" / "aggregate", ROOT / "layers" / "postgis"
OURS = {"app", "dashboard", "layers", "tests", "geodata", "geometry"}

NOT_IMPORTED = {
    "bootstrap-flask": "brings the style sheet",
    "gunicorn": "is a command",
}


def listed(path: Path) -> dict[str, Requirement]:
    """The requirements of one file by distribution name in small letters, without those it includes."""
    lines = (line.partition("#")[0].strip() for line in path.read_text("utf-8").splitlines())
    found = (Requirement(line) for line in lines if line and not line.startswith("-r"))
    return {requirement.name.lower(): requirement for requirement in found}


def imported_distributions(files: list[Path]) -> set[str]:
    """Distributions whose modules the files import."""
    modules = set()
    for path in files:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                modules.add(node.module.split(".")[0])
    others = modules - OURS - set(sys.stdlib_module_names)
    return {name.lower() for module in others for name in distributions()[module][:1]}


@cache
def distributions() -> dict[str, list[str]]:
    return dict(metadata.packages_distributions())


def test_the_running_atlas_imports_exactly_what_is_listed():
    files = [ROOT / "app.py", *(ROOT / "layers").rglob("*.py"), *(ROOT / "dashboard").rglob("*.py")]
    files = [path for path in files if not {BATCH, DATABASE} & {*path.parents}]
    requirements = set(listed(ROOT / "requirements.txt"))
    assert imported_distributions(files) == requirements - set(NOT_IMPORTED)


@pytest.mark.parametrize("folder", [BATCH, DATABASE], ids=lambda folder: folder.name)
def test_the_batch_and_the_database_import_exactly_what_is_listed_for_them(folder):
    own = set(listed(folder / "requirements.txt"))
    assert (
        own <= imported_distributions([*folder.glob("*.py")]) <= own | set(listed(ROOT / "requirements.txt"))
    )


@pytest.mark.parametrize(
    "name",
    [
        "requirements.txt",
        "tests/requirements.txt",
        "geodata/requirements.txt",
        "layers/aggregate/requirements.txt",
        "layers/postgis/requirements.txt",
    ],
)
def test_every_version_is_pinned_and_the_one_tested(name):
    for requirement in listed(ROOT / name).values():
        if requirement.marker is None or requirement.marker.evaluate():
            assert str(requirement.specifier) == f"=={metadata.version(requirement.name)}", requirement.name
