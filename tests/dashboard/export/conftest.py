"""Publications of the real data, and what reads their files."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest

from dashboard.export import chrome
from dashboard.export.publication import Publication, find
from dashboard.text import speak


@pytest.fixture(scope="session")
def published(atlas) -> Callable[..., Publication]:
    """A function that finds a publication by address, figure and language."""
    return lambda address, figure="", language="en": find(address, figure, atlas, speak(language))


def needed(is_there: bool, what: str) -> None:
    """Skip without a program; fail where ATLAS_BROWSER=required."""
    if not is_there:
        # A reader's machine may lack it, as it may lack a browser; where the tests are mandatory it may not.
        (pytest.fail if os.environ.get("ATLAS_BROWSER") == "required" else pytest.skip)(
            f"{what} is not here: README names what to install"
        )


@pytest.fixture(scope="session")
def drawing() -> Iterator[None]:
    """A Chrome that draws; ended after the tests."""
    needed(chrome.has_chrome(), "Chrome or Chromium, which draws SVG, PNG and PDF,")
    yield
    chrome.close()


@pytest.fixture(scope="session")
def poppler() -> None:
    """pdfinfo, pdfimages and pdftotext."""
    needed(shutil.which("pdftotext") is not None, "poppler (package poppler-utils)")
