"""What every answer carries for safety, and short plain words for whatever cannot be answered."""

from collections.abc import Callable
from functools import cache
from typing import Any

from dash import Dash, page_registry
from flask import Response, abort, request
from werkzeug.exceptions import HTTPException

LARGEST_BODY = 1_000_000
"""Bytes a reader may send; a callback of the atlas sends a few thousand."""

CALLBACK_PATH = "/_dash-update-component"

NOT_PAGES = ("_", "assets/", "bootstrap/", "embed/", "export/", "geodata/", "healthz/", "present/")
"""Beginnings of paths that programs ask for; an unknown one gets short text, not a page."""


def content_security_policy(app: Dash) -> str:
    """The policy under which maps, export and tables work.

    MapLibre draws in workers that it starts from blob: addresses; without them the map is blank and silent.
    """
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src 'self' {' '.join(app.csp_hashes())}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "worker-src blob:",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ]
    )


EMBEDDED = "/embed/"
"""Beginning of the paths of figures that may stand on other people's pages."""

EMBED_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors *",
    ]
)

PLAYED = "/present/"
"""Beginning of the paths of presentations, which hold their geometry themselves, at blob: addresses."""

PLAYER_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src blob:",
        "connect-src 'self' blob:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
)

POLICIES = {EMBEDDED: EMBED_POLICY, PLAYED: PLAYER_POLICY}
"""By the beginning of a path; all other pages have that of Dash."""


def add_headers(app: Dash) -> Callable[[Response], Response]:
    """A function that puts the security headers on an answer."""

    @cache  # asked for with the first answer, when all callbacks are known
    def policy() -> str:
        return content_security_policy(app)

    def with_headers(response: Response) -> Response:
        own = next((found for path, found in POLICIES.items() if request.path.startswith(path)), None)
        response.headers["Content-Security-Policy"] = own or policy()
        response.headers["X-Content-Type-Options"] = "nosniff"
        # Our own requests carry the page's address, which says the language; other hosts learn nothing.
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return with_headers


def short_answer(error: HTTPException) -> Response:
    """One line of plain text for an error; Flask has written the traceback of a fault to stderr."""
    response = Response(f"{error.code} {error.name}\n", status=error.code, mimetype="text/plain")
    response.headers["Cache-Control"] = "no-store"
    if error.code == 405 and error.valid_methods:
        response.headers["Allow"] = ", ".join(error.valid_methods)
    return response


def is_page(path: str) -> bool:
    """Is there a page at this path of an address?"""
    asked = path.strip("/")
    return any(
        asked == page["path"].strip("/")
        or bool(page["path_template"] and _matches(asked, page["path_template"].strip("/")))
        for page in page_registry.values()
    )


def is_for_programs(path: str) -> bool:
    """Does a program rather than a reader ask for this unknown path: a file, or a part of Dash?"""
    asked = path.strip("/")
    return asked.startswith(NOT_PAGES) or "." in asked.rpartition("/")[2]


def refuse_strange_callback(app: Dash) -> Callable[[], None]:
    """A function that answers 400 to what no page of ours has sent, before Dash stumbles over it."""

    def check() -> None:
        if request.path != CALLBACK_PATH or request.method != "POST":
            return
        body = request.get_json()  # answers 400, 413 or 415 itself
        output = body.get("output") if isinstance(body, dict) else None
        callback = app.callback_map.get(output) if isinstance(output, str) else None
        if callback is None or not _fits(body, callback):
            abort(400)

    return check


def _fits(body: dict[str, Any], callback: dict[str, Any]) -> bool:
    """Has the request the shape that Dash's own script gives it for this callback?"""
    inputs, state = body.get("inputs", []), body.get("state", [])
    return (
        all(isinstance(parts, list) and all(map(_is_property, parts)) for parts in (inputs, state))
        and (len(inputs), len(state)) == (len(callback["inputs"]), len(callback["state"]))
        and isinstance(body.get("outputs", []), dict | list)
        and isinstance(body.get("changedPropIds", []), list)
    )


def _is_property(part: object) -> bool:
    """Is it `{id, property, value}`, or for a pattern such as ALL a list of these?"""
    if isinstance(part, list):
        return all(isinstance(one, dict) and _is_property(one) for one in part)
    return (
        isinstance(part, dict)
        and isinstance(part.get("id"), str | dict)
        and isinstance(part.get("property"), str)
    )


def _matches(path: str, template: str) -> bool:
    parts, wanted = path.split("/"), template.split("/")
    return len(parts) == len(wanted) and all(
        want.startswith("<") or part == want for part, want in zip(parts, wanted, strict=True)
    )
