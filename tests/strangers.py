"""What strangers may send: requests to every route and callback, made of what is real and what is not.

The corpus is read from the application itself (its routes, pages, callbacks and what its pages hold), so that
whatever is added is asked for too.
"""

from __future__ import annotations

import ast
import dataclasses
import json
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import quote, quote_from_bytes, urlencode

import dash
import pandas as pd

from dashboard.export.formats import FORMATS
from dashboard.export.publication import SIZES
from dashboard.guard import CALLBACK_PATH
from dashboard.present.files import DECK_FORMATS
from layers import Atlas
from tests.processes import ROOT

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
PAGE_OUTPUT = ".._pages_content.children..._pages_store.data.."
A_TEXT_OF_MANY = "ы" * 10_000

STRANGE_TEXTS = (
    *(
        "",
        " ",
        "none",
        "null",
        "undefined",
        "true",
        "0",
        "-1",
        "1",
        "2024",
        "9" * 400,
        "1e999",
        "NaN",
        "-inf",
    ),
    *(
        "1.5",
        "٣",
        "²",
        "①",
        "0x10",
        "1_000",
        "12e-400",
        "25,25",
        ",,,",
        "::",
        "region:",
        ":UZ-SA",
        "node:poti",
    ),
    *(
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "javascript:alert(1)",
        "=cmd|' /C calc'!A0",
    ),
    *(
        "../../etc/passwd",
        "..\\..\\app.py",
        "/etc/passwd",
        "file:///etc/passwd",
        "//evil.example/",
        "{braces}",
    ),
    *("%s%n%x", "{0.__class__}", "${7*7}", "' OR 1=1 --", "\x00", "\x0b", "\r\nSet-Cookie: a=b", "\u202eabc"),
    *("\u200b", "\ufeff", "\U0001f600", "e\u0301" * 50, "\ud800", "\udfff x", A_TEXT_OF_MANY, "a" * 5000),
    *("2026-02-30", "2026-11-22-aae43e2e6b73", "0000-00-00", "aaaaaaaaaaaa", "65,45,3", "65.1,45.2,3.5,0,0"),
    *("[" * 300, "paper:800x600", "paper:9999x10", "screen", "lying:800", "upright:300", "lying:٣٣٣"),
)
STRANGE_NUMBERS = (0, -1, 1, 25, 2**31, -(2**63), 10**30, 0.5, -0.0, 1e308, 1e-320, 10**400)
STRANGE_PATHS = (
    *(
        "/",
        "//",
        "/.",
        "/..",
        "/%2e%2e/app.py",
        "/%00",
        "/%ff%fe",
        "/corridors/",
        "/corridors/%2f",
        "/sites/" + "J" * 3000,
    ),
    *(
        "/assets/%2e%2e%2fapp.py",
        "/_dash-component-suites/dash/../../app.py",
        "/static/app.py",
        "/_reload-hash",
    ),
    *("/_dash-component-suites/plotly/package_data/plotly.min.js", "/geodata/land.zzzzzzzzzzzz.geojson"),
    *(
        "/rows/sites.0123456789ab.json",
        "/drawn/corridor/btk.0123456789ab.svg",
        "/drawn/dark.x.css",
        "/embed/-",
    ),
    *(
        "/present/own",
        "/present/first-meeting",
        "/present/nope/file",
        "/regions/UZ-SU/x",
        "/pairs/UZ-TO/UZ-TO",
    ),
    *(
        "/страница",
        "/http://evil.example/",
        "//evil.example/%2f..",
        "/;/",
        "/?",
        "/#",
        "/corridors/\u202e",
        "/embed//",
    ),
)


@dataclass(frozen=True)
class Asked:
    """One request as it goes over the wire; `target` is path and query, escaped."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    kind: str = ""

    @property
    def path(self) -> str:
        """The target as a path, which always begins with a stroke."""
        return self.target if self.target.startswith("/") else f"/{self.target}"

    def __str__(self) -> str:
        shown = f"{self.method} {self.target[:300]} {dict(self.headers) or ''}"
        return f"{shown} {self.body[:1500].decode('utf-8', 'replace')}".strip()


@dataclass(frozen=True, eq=False)
class Corpus:
    """What is real: paths, queries, the names and values of queries, and bodies of every callback."""

    rules: tuple[str, ...]
    pages: tuple[str, ...]
    templates: tuple[str, ...]
    queries: tuple[str, ...]
    names: tuple[str, ...]
    values: tuple[str, ...]
    figures: tuple[str, ...]
    callbacks: tuple[dict[str, Any], ...]
    found: dict[tuple[str, str], list[Any]]
    deck: dict[str, Any]


def corpus_of(app: dash.Dash, atlas: Atlas, examples: dict[str, str]) -> Corpus:
    """The corpus of an application; every page is drawn once for it."""
    client = app.server.test_client()
    pages = [filled(page["path_template"] or page["path"], examples) for page in dash.page_registry.values()]
    callbacks = [one for one in app._callback_list if not one.get("clientside_function")]
    found: dict[tuple[str, str], list[Any]] = {}
    texts = []
    for path in pages:
        answer = client.post(CALLBACK_PATH, json=body_of(page_callback(callbacks), [path, ""]))
        texts.append(answer.text.replace("\\u0026", "&"))
        for key, value in held(answer.json):
            found.setdefault(key, []).append(value)
    whole = "\n".join(texts)
    queries = sorted(set(re.findall(r"\?[a-z_]+=[^\"\\ <>#]{1,300}", whole)))
    known = {name for query in queries for name in re.findall(r"[?&](\w+)=", query)} | set(names_in_code())
    return Corpus(
        rules=tuple(rule.rule for rule in app.server.url_map.iter_rules()),
        pages=tuple(pages),
        templates=tuple(filter(None, (page["path_template"] for page in dash.page_registry.values()))),
        queries=tuple(queries),
        names=tuple(sorted(known)),
        values=tuple(sorted({*ids_of(atlas), *values_of(queries)})),
        figures=tuple(sorted(set(re.findall(r'"data-(?:figure|export)": ?"([^"]+)"', whole)))) or ("map",),
        callbacks=tuple(callbacks),
        found=found,
        deck=json.loads(next((atlas.folder / "decks").glob("*.json")).read_text("utf-8")),
    )


def filled(template: str, examples: dict[str, str]) -> str:
    """A path with its parts named: "/regions/<region_id>" becomes "/regions/UZ-SU"."""
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda part: examples.get(part[1], "x"), template)


def page_callback(callbacks: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The callback by which Dash draws pages."""
    return next(one for one in callbacks if one["output"] == PAGE_OUTPUT)


def held(content: Any) -> Iterator[tuple[tuple[str, str], Any]]:
    """Every (id, property) with its value in the JSON of components."""
    if isinstance(content, dict):
        props = content.get("props")
        if isinstance(props, dict) and isinstance(props.get("id"), str):
            yield from (((props["id"], name), value) for name, value in props.items())
        for value in content.values():
            yield from held(value)
    elif isinstance(content, list):
        for value in content:
            yield from held(value)


def names_in_code() -> Iterator[str]:
    """Words of the code that may be names of parameters."""
    for path in (ROOT / "dashboard").rglob("*.py"):
        if re.search(r"view|question|conditions|filters|order|served|pages/|embed|page", path.as_posix()):
            tree = ast.parse(path.read_text("utf-8"))
            constants = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
            yield from (
                one for one in constants if isinstance(one, str) and re.fullmatch(r"[a-z_]{1,12}", one)
            )


def ids_of(atlas: Atlas) -> Iterator[str]:
    """Some ids of every table, also as keys of what a reader can select."""
    for item in dataclasses.fields(atlas):
        frame = getattr(atlas, item.name)
        if isinstance(frame, pd.DataFrame):
            for id_ in list(frame.index)[:12]:
                yield from (str(id_), f"{item.name.removesuffix('s')}:{id_}")


def values_of(queries: list[str]) -> Iterator[str]:
    """The values that real queries name."""
    for query in queries:
        for value in re.findall(r"=([^&]+)", query):
            yield from (value, *value.split(","))


def outputs_of(written: str) -> Any:
    """The `outputs` of a body as the script of Dash writes them for an output such as "..a.b...c.d..":"""

    def one(part: str) -> dict[str, str]:
        id_, _, name = part.rpartition(".")
        return {"id": id_, "property": name}

    parts = written[2:-2].split("...") if written.startswith("..") else None
    return [one(part) for part in parts] if parts else one(written)


def body_of(callback: dict[str, Any], values: list[Any], changed: tuple[int, ...] = (0,)) -> dict[str, Any]:
    """The body of a callback as a page sends it: `values` are those of its inputs, then of its state."""
    parts = [*callback["inputs"], *callback["state"]]
    told = [told_of(part, value) for part, value in zip(parts, values, strict=True)]
    inputs = len(callback["inputs"])
    names = [f"{part['id']}.{part['property']}" for part in callback["inputs"]]
    return {
        "output": callback["output"],
        "outputs": outputs_of(callback["output"]),
        "inputs": told[:inputs],
        "changedPropIds": [names[number] for number in changed if number < inputs],
        "state": told[inputs:],
    }


def told_of(part: dict[str, str], value: Any) -> Any:
    """One input; of a pattern, one for each of the values."""
    if not part["id"].startswith("{"):
        return {"id": part["id"], "property": part["property"], "value": value}
    pattern = {name: one if isinstance(one, str) else "x" for name, one in json.loads(part["id"]).items()}
    every = value if isinstance(value, list) else [value]
    return [{"id": pattern, "property": part["property"], "value": one} for one in every]


LANGUAGES = ("ru", "kk-KZ,kk;q=0.9", "x" * 5000, "en;q=nan,ru;q=1e999", ";;,,=;q=", "*", "ru;q=0.x")
HEADERS = {
    "Accept-Language": LANGUAGES,
    "Accept-Encoding": ("br", "gzip", "identity;q=0", "*;q=nope", "br;q=0, gzip;q=0.1"),
    "If-None-Match": ("*", '"x"', "W/", ",,,"),
    "If-Modified-Since": ("yesterday", "Mon, 99 Foo 99999 00:00:00 GMT"),
    "Range": ("bytes=0-0", "bytes=9-1", "bytes=-", "lines=1"),
    "Host": ("evil.example", "evil.example:99999", "[::1", 'a"b', "<script>", "a b", "-", "x" * 300),
    "Referer": ("http://x/?lang=ru", "http://[::1", "?lang=%ff"),
    "Cookie": ("a=b",),
    "Data-Version": ("aaaaaaaaaaaa", "../../etc", "x" * 300, ""),
}
"""Headers that the atlas or what it stands on reads, with strange values."""

SIDES = ("", "0", "1", "240", "800", "99999", "999999", "-5", "1e3", "٣٣٣", "NaN", "9" * 500)
DEEP = (b"[" * 100_000, b'{"a":' * 50_000, b"1" * 5000, b'{"output": NaN}', b"\xff", b"", b"null", b'"x"')
KINDS = (JSON, JSON, JSON, JSON, "text/plain", "application/json; charset=utf-16", "")


class Stranger:
    """Makes requests of a corpus by chance; `is_whole` adds files that a program beside the server makes."""

    def __init__(self, corpus: Corpus, chance: Random, is_whole: bool = True) -> None:
        self.corpus, self.chance, self.is_whole = corpus, chance, is_whole
        self.one_of, self.is_rare = chance.choice, lambda: chance.random() < 0.15

    def asked(self) -> Asked:
        """Any request; pages and callbacks come most."""
        kinds = {
            self.page: 8,
            self.callback: 10,
            self.broken_callback: 2,
            self.export: 4,
            self.embed: 3,
            self.route: 2,
            self.deck: 2,
            self.presented: 1,
        }
        return self.chance.choices(list(kinds), list(kinds.values()))[0]()

    # Parts of addresses

    def text(self) -> str:
        """A value of a query: real, strange, or several of these."""
        makers = (self._real, self._real, self._strange, self._letters)
        if self.is_rare():
            return ",".join(self.one_of(makers)() for _ in range(self.chance.randint(2, 20)))
        return self.one_of(makers)()

    def _real(self) -> str:
        return self.one_of(self.corpus.values)

    def _strange(self) -> str:
        return self.one_of(STRANGE_TEXTS)

    def _letters(self) -> str:
        last = self.one_of((0x7F, 0x7FF, 0xFFFF, 0x10FFFF))
        return "".join(chr(self.chance.randint(0, last)) for _ in range(self.chance.randint(0, 8)))

    def query(self) -> str:
        """A query with its "?", or ""."""
        way, real = self.chance.randint(0, 9), self.one_of(self.corpus.queries)
        if way == 0:
            return ""
        if way == 1:
            return real
        if way == 2:
            return self.broken(real)
        if way == 3:
            return "?" + quote_from_bytes(self.chance.randbytes(self.chance.randint(0, 30)), safe="=&%+;")
        if way == 4:
            return "?" + escaped((self.text(), self.text()) for _ in range(self.chance.randint(0, 3)))
        own = escaped((self.one_of(self.corpus.names), self.text()) for _ in range(self.chance.randint(0, 5)))
        if way == 5:
            return "?" + "&".join([own] * self.chance.randint(2, 60))
        return f"{real}&{own}" if way < 8 else f"?{own}"

    def broken(self, text: str) -> str:
        """A text in which one place is cut, doubled, or another letter."""
        at = self.chance.randint(0, max(len(text) - 1, 0))
        put = self.one_of(("", "%", "%ff", "%00", "&", "=", ",", ":", "+", "%F0%9F", "a" * 50, text[:at]))
        return text[:at] + put + text[at + self.chance.randint(0, 3) :]

    def path(self) -> str:
        """The path of a page, with parts that may be named wrongly."""
        way = self.chance.randint(0, 5)
        if way == 0:
            return quote(self.one_of(STRANGE_PATHS), safe="/%?#;:")
        if way == 1:
            return re.sub("<.*?>", lambda _: self.part(), self.one_of(self.corpus.templates))
        return self.one_of(self.corpus.pages)

    def part(self) -> str:
        """One part of a path, escaped."""
        return quote(usable(self.text())[: self.one_of((40, 3000))], safe=self.one_of(("", "/")))

    def address(self) -> str:
        """Path and query of a view."""
        return self.path() + self.query()

    def headers(self) -> tuple[tuple[str, str], ...]:
        """Mostly none, else one or two."""
        names = self.chance.sample(list(HEADERS), self.one_of((0, 0, 1, 2)))
        return tuple((name, self.one_of(HEADERS[name])) for name in names)

    # JSON

    def anything(self, depth: int = 0) -> Any:
        """Any JSON, with all that is strange in it."""
        way = self.chance.randint(0, 5 if depth < 3 else 3)
        if way == 4:
            return [self.anything(depth + 1) for _ in range(self.chance.randint(0, 3))]
        if way == 5:
            return {self.one_of(FIELDS): self.anything(depth + 1) for _ in range(self.chance.randint(0, 3))}
        return self.one_of((None, True, False, math.nan, math.inf, *STRANGE_NUMBERS, *STRANGE_TEXTS))

    def changed(self, content: Any) -> Any:
        """JSON in which one place is something else, gone, or there twice."""
        place = copy = json.loads(json.dumps(content))
        while isinstance(place, dict | list) and place:
            key = self.one_of(list(place)) if isinstance(place, dict) else self.chance.randrange(len(place))
            if isinstance(place[key], dict | list) and self.chance.random() < 0.7:
                place = place[key]
                continue
            way = self.chance.randint(0, 5)
            if way == 0:
                del place[key]
            elif way == 1 and isinstance(place, list):
                place.append(place[key])
            else:
                place[key] = [place[key]] if way == 2 else self.anything()
            return copy
        return self.anything()

    # Requests

    def page(self) -> Asked:
        """The index of an address, or its content."""
        if self.is_rare():
            return Asked("GET", self.address(), self.headers(), kind="page")
        path = self.path().replace("%2F", "/")
        return posted(body_of(page_callback(self.corpus.callbacks), [path, self.query()]), "content")

    def callback(self) -> Asked:
        """A callback in the form of Dash, its values real or not."""
        callback = self.one_of(self.corpus.callbacks)
        parts = [*callback["inputs"], *callback["state"]]
        odds = self.one_of((0.1, 0.5))
        values = [self.value(part) if self.chance.random() < odds else self.first(part) for part in parts]
        page = self.address() if self.is_rare() else ""
        return posted(body_of(callback, values, (self.chance.randrange(len(parts)),)), "callback", page)

    def real(self, part: dict[str, str]) -> list[Any]:
        """What pages and their scripts put there."""
        return [*self.corpus.found.get((part["id"], part["property"]), []), *TOLD.get(part["id"], [])]

    def first(self, part: dict[str, str]) -> Any:
        """A value that a page holds there, None where none does."""
        return self.one_of(self.real(part) or [None])

    def value(self, part: dict[str, str]) -> Any:
        """What an input may hold: what pages hold there, that with another query, changed, or anything."""
        real, way = self.first(part), self.chance.randint(0, 5)
        if way < 3 and isinstance(real, dict):
            return {name: self._other(name, value) for name, value in real.items()}
        if way < 3:
            some = [self.text() for _ in range(self.chance.randint(0, 6))]
            return self.one_of((self.query(), self.text(), some))
        return self.changed(real) if way < 5 else self.anything()

    def _other(self, name: str, value: Any) -> Any:
        if name == "keys":
            return [self.text() for _ in range(self.chance.randint(0, 14))]
        if name in ("query", "which"):
            return self.one_of((value, self.query(), self.text() + self.query()))
        return self.text() if self.is_rare() else value

    def broken_callback(self) -> Asked:
        """A callback whose form is not that of Dash, or no JSON at all."""
        body = self.one_of(DEEP)
        if not self.is_rare():
            body = dumped(self.changed(json.loads(self.callback().body)))
        return Asked("POST", CALLBACK_PATH, (("Content-Type", self.one_of(KINDS)),), body, "broken callback")

    def export(self) -> Asked:
        """A figure, a file, the dialog, a card."""
        formats = [
            one.id for one in FORMATS.values() if not one.is_heavy or (self.is_whole and self.is_rare())
        ]
        given = {
            "figure": lambda: self.one_of((self.one_of(self.corpus.figures), self.text())),
            "format": lambda: self.one_of((*formats, *formats, "exe", "")),
            "size": lambda: self.one_of((*SIZES, "own", self.text())),
            "width": lambda: self.one_of(SIDES),
            "height": lambda: self.one_of(SIDES),
            "title": self.text,
            "subtitle": self.text,
            "legend": self.text,
            "grey": lambda: self.one_of(("1", "0", "x")),
            "lang": lambda: self.one_of(("en", "ru", "xx", "../ru")),
        }
        names = self.chance.sample(list(given), self.chance.randint(0, 4))
        told = [("view", self.address()), *((name, given[name]()) for name in names)]
        routes = ("figure", "file", "file", "about", "words", *(["card.png"] if self.is_whole else []))
        route = self.one_of(routes)
        if route == "file" and "format" not in names:
            told.append(("format", given["format"]()))
        return Asked("GET", f"/export/{route}?{escaped(told)}", kind="export")

    def embed(self) -> Asked:
        """A view within another page."""
        figure = self.one_of(("", self.one_of(self.corpus.figures), self.text()))
        address = self.address()
        target = f"/embed{address}{'&' if '?' in address else '?'}{escaped([('figure', figure)])}"
        return Asked("GET", target, self.headers(), kind="embed")

    def route(self) -> Asked:
        """Any route with any parts, method, and query."""
        rules = [rule for rule in self.corpus.rules if self.is_whole or rule not in LONG]
        path = re.sub("<.*?>", lambda _: self.part(), self.one_of(rules))
        method = self.one_of(("GET", "GET", "GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE"))
        return Asked(method, path + self.query(), self.headers(), kind="route")

    def deck(self) -> Asked:
        """A deck of a reader's own, whole or broken, as the body or in a form."""
        way, scenes = self.chance.randint(0, 7), self.corpus.deck["scenes"]
        own = [self.one_of(scenes) | {"id": f"a{number}", "view": self.address()} for number in (1, 2)]
        deck = {"title": {"en": self.text()}, "scenes": own}
        body = dumped(deck if way < 3 else self.changed(deck) if way < 6 else self.anything())
        if way == 7:
            body = self.one_of((b"[" * 90_000, b"\xff\xfe", b"", self.chance.randbytes(30)))
        ends = ["", "/scenes", "/scenes?from=1", "/scenes?from=-9", "/check", "/file?format=x"]
        ends += [f"/file?format={one}" for one in DECK_FORMATS] if self.is_whole and self.is_rare() else []
        target = f"/present/own{self.one_of(ends)}"
        target += f"{'&' if '?' in target else '?'}{escaped([('lang', self.text())])}"
        if self.is_rare():
            form = urlencode({"deck": body.decode("utf-8", "replace")}).encode()
            return Asked(
                "POST", target, (("Content-Type", "application/x-www-form-urlencoded"),), form, "deck"
            )
        return Asked("POST", target, (("Content-Type", JSON),), body, "deck")

    def presented(self) -> Asked:
        """The player, its scenes, and what is said when one was added."""
        deck = self.one_of(("first-meeting", "first-meeting", self.part()))
        end = self.one_of(("", "/scenes", "/scenes", *(["/file"] if self.is_whole else [])))
        names = ("from", "shape", "scene", "n", "at", "full", "kept", "view", "figure", "format", "lang")
        told = [(name, self.one_of((self.text(), "1", "5", "tall"))) for name in self.chance.sample(names, 3)]
        path = "scene" if self.is_rare() else deck + end
        return Asked("GET", f"/present/{path}?{escaped(told)}", kind="present")


FIELDS = (
    "id",
    "property",
    "value",
    "query",
    "lang",
    "keys",
    "type",
    "props",
    "__class__",
    "",
    "which",
    "kind",
)
LONG = ("/export/card.png", "/present/<deck_id>/file")
"""Routes whose answer a program beside the server makes."""

TOLD: dict[str, list[Any]] = {
    "page-renderer": ["screen", "paper:800x600"],
    "renderer": ["screen", "paper:800x600"],
    "strip-shape": ["lying:800", "upright:400"],
    "search": ["en"],
    "search-asked": [{"text": "toshkent", "at": 5}],
    "picked": [{"keys": ["site:J-003", "region:UZ-SU"], "at": 5}],
    "page-picked": [{"keys": ["site:J-003"], "fly": True, "at": 5}],
    "sites-asked": [{"name": "kinds", "value": "plant", "at": 5}],
    "priorities-asked": [{"query": "?value=5&jobs=1", "back": True, "at": 5}],
    "council-asked": [{"query": "?lang=ru", "back": False, "at": 5}],
    "routes-asked": [{"query": "?from=region:UZ-SA&to=node:poti", "at": 5}],
    "reach-asked": [{"query": "?gateways=sea-ports", "at": 5}],
    "typed-sources": ["rail"],
    "address": ["?country=UZB"],
    "drawn-scene": [{"kind": "sites", "which": "", "lang": "en"}],
}
"""What scripts put into stores that are empty when a page is drawn."""


def escaped(pairs: Iterable[tuple[str, str]]) -> str:
    """Pairs as a query; a lone half of a letter goes as a question mark."""
    return urlencode([(usable(name), usable(value)) for name, value in pairs])


def usable(text: object) -> str:
    """A text that UTF-8 can write."""
    return str(text).encode("utf-8", "replace").decode()


def dumped(content: Any) -> bytes:
    """JSON as Python writes it, NaN and halves of letters included."""
    return json.dumps(content).encode()


def posted(body: dict[str, Any], kind: str, page: str = "") -> Asked:
    """A callback as the browser sends it from a page."""
    referrer = (("Referer", f"http://127.0.0.1{quote(page, safe='/?&=%')}"),) if page else ()
    return Asked("POST", CALLBACK_PATH, (("Content-Type", JSON), *referrer), dumped(body), kind)
