"""Imports run in one direction: data → layers → figures → pages → app."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WEB = {"dash", "dash_bootstrap_components", "flask"}


def modules(folder: str) -> list[Path]:
    """The Python files of a folder of the project."""
    return sorted((ROOT / folder).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """The dotted names that a file imports, wherever in it."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            base = ".".join(part for part in (above, node.module) if part)
            yield base
            yield from (f"{base}.{name.name}" for name in node.names)


def tops(path: Path) -> set[str]:
    """The top-level packages that a file imports."""
    return {name.split(".")[0] for name in imported(path)}


@pytest.mark.parametrize("path", modules("layers"), ids=str)
def test_layers_import_only_layers(path):
    assert not tops(path) & (WEB | {"plotly", "dashboard", "app", "geodata", "assets", "tests"})


@pytest.mark.parametrize("path", modules("dashboard/figures"), ids=str)
def test_figures_never_import_dash_or_pages(path):
    assert not tops(path) & (WEB | {"app"})
    assert not [name for name in imported(path) if name.startswith("dashboard.pages")]


@pytest.mark.parametrize("path", modules("dashboard/pages"), ids=str)
def test_a_page_never_imports_another_page(path):
    assert not [name for name in imported(path) if name.startswith("dashboard.pages")]


@pytest.mark.parametrize("path", modules("dashboard"), ids=str)
def test_the_dashboard_never_imports_the_application_or_the_build(path):
    assert not tops(path) & {"app", "geodata", "tests"}


def test_there_is_something_to_check():
    assert len(modules("layers")) > 10
    assert modules("dashboard/figures")
    assert modules("dashboard/pages")
