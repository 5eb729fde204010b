"""What the surroundings of the program may set: environment variables, checked before the atlas starts."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

DESCRIBED = "deploy/README.md"
"""Where all variables stand in one table; a test keeps it true."""

FOR_TESTS = frozenset({"ATLAS_BROWSER", "ATLAS_CHROMIUM", "ATLAS_POSTGIS", "ATLAS_PROXY"})
"""What only the tests read."""

OF_CONTAINERS = re.compile(r"ATLAS(_\w+)?_(PORT|SERVICE_HOST|SERVICE_PORT)(_\w+)?")
"""What Docker and Kubernetes set by themselves beside a service whose name begins with "atlas"."""

DATABASES = ("postgresql", "postgres", "postgresql+psycopg")
RESERVED = frozenset(
    [
        "assets",
        "bootstrap",
        "changes",
        "corridors",
        "council",
        "drawn",
        "embed",
        "energy",
        "export",
        "geodata",
        "healthz",
        "metrics",
        "pairs",
        "present",
        "presentations",
        "print",
        "reach",
        "regions",
        "routes",
        "rows",
        "sites",
        "sources",
        "static",
        "tiles",
        "trade",
    ]
)
"""First parts of the atlas's own addresses, which a base path would be confused with."""


@dataclass(frozen=True)
class Variable:
    """One variable: what it is for, what holds without it, and how its text is read."""

    meaning: str
    default: str
    expected: str
    read: Callable[[str], Any]
    """The value of a text; ValueError for what is not as expected."""
    is_secret: bool = False


def folder(text: str) -> Path:
    """A folder that is there."""
    if not Path(text).is_dir():
        raise ValueError
    return Path(text)


def place(text: str) -> Path:
    """A folder that is there or can be made."""
    path = Path(text)
    if any(one.exists() and not one.is_dir() for one in (path, *path.parents)):
        raise ValueError
    return path


def program(text: str) -> Path:
    """A file that can be run."""
    if not (Path(text).is_file() and os.access(text, os.X_OK)):
        raise ValueError
    return Path(text)


def choice(*texts: str) -> Callable[[str], str]:
    """One of some texts."""

    def chosen(text: str) -> str:
        if text not in texts:
            raise ValueError
        return text

    return chosen


def switch(text: str) -> bool:
    """Yes or no."""
    return choice("yes", "no")(text) == "yes"


def few(text: str) -> int:
    """A number from 0 to 9."""
    if not re.fullmatch("[0-9]", text):
        raise ValueError
    return int(text)


def address(text: str) -> str:
    """The public address of a site, without the slash at its end."""
    parts = urlsplit(text)
    is_plain = not (parts.query or parts.fragment or parts.username) and not re.search(r"[\s\"'<>\\]", text)
    if parts.scheme not in ("http", "https") or not parts.hostname or not is_plain or (parts.port or 1) < 0:
        raise ValueError
    return text.rstrip("/")


def base_path(text: str) -> str:
    """A path without the slash at its end; "" for the root."""
    path = text.rstrip("/")
    if path and not re.fullmatch(r"(/[A-Za-z0-9][A-Za-z0-9._~-]*)+", path):
        raise ValueError
    if path.split("/")[1:2] and path.split("/")[1] in RESERVED:
        raise ValueError
    return path


def database(text: str) -> str:
    """The address of a PostgreSQL database, which has a name."""
    parts = urlsplit(text)
    if parts.scheme not in DATABASES or len(parts.path) < 2 or (parts.port or 1) < 0:
        raise ValueError
    return text


VARIABLES = {
    "ATLAS_DATA": Variable("The data folder", "geodata", "a folder that is there", folder),
    "ATLAS_DATABASE_URL": Variable(
        "The PostgreSQL database with PostGIS that the data are read from, in the place of a folder",
        "none",
        "postgresql://user:password@host:5432/database",
        database,
        is_secret=True,
    ),
    "ATLAS_STATE": Variable(
        "Where published versions of a data folder are kept",
        "published/ in the data folder",
        "a folder, or a place for one",
        place,
    ),
    "ATLAS_CACHE": Variable(
        "Where compressed files are kept between starts; all of it can be made again",
        "the cache folder of the user",
        "a folder, or a place for one",
        place,
    ),
    "ATLAS_ADDRESS": Variable(
        "The public address that links in files and citations name, with the base path",
        "the host that a request names",
        "https://host or https://host/path",
        address,
    ),
    "ATLAS_BASE_PATH": Variable(
        "The path below which the atlas stands, where a host has more than the atlas",
        "the root",
        "a path such as /atlas that no page of the atlas has",
        base_path,
    ),
    "ATLAS_TRUSTED_PROXIES": Variable(
        "How many proxies stand before the atlas, whose X-Forwarded-Proto and X-Forwarded-Host are believed",
        "0",
        "a number from 0 to 9",
        few,
    ),
    "ATLAS_LOG": Variable(
        "How the log is written: json, or text for people",
        "text at a terminal, else json",
        "json or text",
        choice("json", "text"),
    ),
    "ATLAS_LOG_LEVEL": Variable(
        "What the log holds: with info a line for each request, with warning only what went wrong",
        "info",
        "debug, info, warning or error",
        choice("debug", "info", "warning", "error"),
    ),
    "ATLAS_METRICS": Variable("Whether /metrics answers, for Prometheus", "no", "yes or no", switch),
    "ATLAS_WARM_UP": Variable("Whether pages are made before readers come", "yes", "yes or no", switch),
    "BROWSER_PATH": Variable(
        "The Chrome or Chromium that makes PDF files", "the one that is installed", "a program", program
    ),
}

DEFAULTS: Mapping[str, Any] = {
    "ATLAS_ADDRESS": "",
    "ATLAS_BASE_PATH": "",
    "ATLAS_TRUSTED_PROXIES": 0,
    "ATLAS_LOG": "",
    "ATLAS_LOG_LEVEL": "info",
    "ATLAS_METRICS": False,
    "ATLAS_WARM_UP": True,
}
"""Values of variables that are not set, where they are more than nothing."""


def setting(name: str) -> Any:
    """The value of a variable, else its default; ValueError for a text that `faults` names."""
    text = os.environ.get(name, "")
    return VARIABLES[name].read(text) if text else DEFAULTS.get(name)


def faults(environment: Mapping[str, str]) -> list[str]:
    """What is wrong with the variables, a line each: name, value, what is expected, what to do."""
    found = [told for name in sorted(environment) if (told := _fault(name, environment[name]))]
    if found:
        return found
    site, base = environment.get("ATLAS_ADDRESS", ""), environment.get("ATLAS_BASE_PATH", "").rstrip("/")
    if site and urlsplit(site).path.rstrip("/") != base:
        return [
            f"ATLAS_ADDRESS is {site!r}: expected the path {base or '/'!r} in it, as ATLAS_BASE_PATH says. "
            "Give both the same path."
        ]
    return []


def _fault(name: str, text: str) -> str:
    variable = VARIABLES.get(name)
    if variable is None:
        return _unknown(name) if name.startswith("ATLAS_") else ""
    try:
        if text:
            variable.read(text)
    except ValueError:
        value = "set, but not shown here" if variable.is_secret else repr(text)
        return (
            f"{name} is {value}: expected {variable.expected}. "
            f"Correct it, or take it out for: {variable.default}."
        )
    return ""


def _unknown(name: str) -> str:
    if name in FOR_TESTS or OF_CONTAINERS.fullmatch(name):
        return ""
    near = difflib.get_close_matches(name, VARIABLES, n=1)
    meant = f" Is {near[0]} meant?" if near else ""
    return (
        f"{name} is no variable of the atlas: expected one of {DESCRIBED}.{meant} Correct it, or take it out."
    )
