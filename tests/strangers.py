"""What strangers may send: requests to every route and callback, made of what is real and what is not.

The corpus is read from the application itself (its routes, pages, callbacks and what its pages hold), so that
whatever is added is asked for too.
"""

from __future__ import annotations

import ast
import dataclasses
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_from_bytes, urlencode

import dash
import pandas as pd
from hypothesis import strategies as st

from dashboard.export.formats import FORMATS
from dashboard.export.publication import SIZES
from dashboard.guard import CALLBACK_PATH
from dashboard.present.files import DECK_FORMATS
from layers import Atlas
from tests.processes import ROOT

JSON = "application/json"
PAGE_OUTPUT = ".._pages_content.children..._pages_store.data.."
A_TEXT_OF_MANY = "ы" * 10_000

STRANGE_TEXTS = (
    *("", " ", "none", "null", "undefined", "true", "0", "-1", "1", "2024", "9" * 400, "1e999", "NaN", "-inf"),
    *("1.5", "٣", "²", "①", "0x10", "1_000", "12e-400", "25,25", ",,,", "::", "region:", ":UZ-SA", "node:poti"),
    *("<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "javascript:alert(1)", "=cmd|' /C calc'!A0"),
    *("../../etc/passwd", "..\\..\\app.py", "/etc/passwd", "file:///etc/passwd", "//evil.example/", "{braces}"),
    *("%s%n%x", "{0.__class__}", "${7*7}", "' OR 1=1 --", "\x00", "\x0b", "\r\nSet-Cookie: a=b", "\u202eabc"),
    *("\u200b", "\ufeff", "\U0001f600", "e\u0301" * 50, "\ud800", "\udfff x", A_TEXT_OF_MANY, "a" * 5000),
    *("2026-02-30", "2026-11-22-aae43e2e6b73", "0000-00-00", "aaaaaaaaaaaa", "65,45,3", "65.1,45.2,3.5,0,0"),
    *("[" * 300, "paper:800x600", "paper:9999x10", "screen", "lying:800", "upright:300", "lying:٣٣٣"),
)
STRANGE_NUMBERS = (0, -1, 1, 25, 2**31, -(2**63), 10**30, 0.5, -0.0, 1e308, 1e-320, 10**400)
STRANGE_PATHS = (
    *("/", "//", "/.", "/..", "/%2e%2e/app.py", "/%00", "/%ff%fe", "/corridors/", "/corridors/%2f", "/sites/" + "J" * 3000),
    *("/assets/%2e%2e%2fapp.py", "/_dash-component-suites/dash/../../app.py", "/static/app.py", "/_reload-hash"),
    *("/_dash-component-suites/plotly/package_data/plotly.min.js", "/geodata/land.zzzzzzzzzzzz.geojson"),
    *("/rows/sites.0123456789ab.json", "/drawn/corridor/btk.0123456789ab.svg", "/drawn/dark.x.css", "/embed/-"),
    *("/present/own", "/present/first-meeting", "/present/nope/file", "/regions/UZ-SU/x", "/pairs/UZ-TO/UZ-TO"),
    *("/страница", "/http://evil.example/", "//evil.example/%2f..", "/;/", "/?", "/#", "/corridors/\u202e", "/embed//"),
)


@dataclass(frozen=True)
class Asked:
    """One request as it goes over the wire; `target` is path and query, escaped."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    kind: str = ""

    def __str__(self) -> str:
        shown = f"{self.method} {self.target[:300]} {dict(self.headers) or ''}"
        return f"{shown} {self.body[:1500].decode('utf-8', 'replace')}".strip()


@dataclass(frozen=True, eq=False)
class Corpus:
    """What is real: paths, queries, the names and values of queries, and bodies of every callback."""

    rules: tuple[str, ...]
    pages: tuple[str, ...]
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
        queries=tuple(queries),
        names=tuple(sorted(known)),
        values=tuple(sorted({*ids_of(atlas), *values_of(queries)})),
        figures=tuple(sorted(set(re.findall(r'"data-figure": ?"([^"]+)"', whole)))) or ("map",),
        callbacks=tuple(callbacks),
        found=found,
        deck=json.loads(next((atlas.folder / "decks").glob("*.json")).read_text("utf-8")),
    )


def filled(template: str, examples: dict[str, str]) -> str:
    """A path with its parts named: "/regions/<region_id>" becomes "/regions/UZ-SU"."""
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda part: examples.get(part[1], "x"), template)


def page_callback(callbacks: list[dict[str, Any]]) -> dict[str, Any]:
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
            yield from (one for one in constants if isinstance(one, str) and re.fullmatch(r"[a-z_]{1,12}", one))


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
    """The `outputs` of a body as the script of Dash writes them for an output such as "..a.b...c.d..": """
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


@dataclass(frozen=True, eq=False)
class Strangers:
    """Strategies over a corpus; `is_whole` adds files that are made by a program beside the server."""

    corpus: Corpus
    is_whole: bool = True

    def asked(self) -> st.SearchStrategy[Asked]:
        """Any request; pages and callbacks come most."""
        kinds: list[tuple[int, Callable[[], st.SearchStrategy[Asked]]]] = [
            (8, self.pages),
            (10, self.callbacks),
            (2, self.broken_callbacks),
            (4, self.exports),
            (3, self.embeds),
            (2, self.routes),
            (2, self.decks),
            (1, self.presented),
        ]
        return st.one_of([made() for weight, made in kinds for _ in range(weight)])

    def texts(self) -> st.SearchStrategy[str]:
        """A value of a query: real, strange, or lists of these."""
        one = st.one_of(
            st.sampled_from(self.corpus.values),
            st.sampled_from(self.corpus.values),
            st.sampled_from(STRANGE_TEXTS),
            st.text(st.characters(), max_size=8),
        )
        return st.one_of(one, one, st.lists(one, min_size=2, max_size=20).map(",".join))

    def queries(self) -> st.SearchStrategy[str]:
        """A query with its "?", or ""."""
        pairs = st.lists(st.tuples(st.sampled_from(self.corpus.names), self.texts()), max_size=6)
        own = pairs.map(lambda some: "?" + escaped(some))
        strange = st.lists(st.tuples(self.texts(), self.texts()), max_size=3).map(lambda some: "?" + escaped(some))
        many = pairs.map(lambda some: "?" + escaped(some * 40))
        real = st.sampled_from(self.corpus.queries)
        raw = st.binary(max_size=30).map(lambda data: "?" + quote_from_bytes(data, safe="=&%+;"))
        mixed = st.tuples(real, pairs).map(lambda two: two[0] + "&" + escaped(two[1]))
        return st.one_of(real, real.flatmap(broken_text), own, own, mixed, mixed, strange, many, raw, st.just(""))

    def paths(self) -> st.SearchStrategy[str]:
        """The path of a page, with parts that may be named wrongly."""
        named = [page["path_template"] for page in dash.page_registry.values() if page["path_template"]]
        any_part = self.texts().map(lambda text: quote(usable(text)[:3000], safe=""))
        wrong = st.tuples(st.sampled_from(named), any_part).map(lambda two: re.sub("<.*?>", lambda _: two[1], two[0]))
        strange = st.sampled_from(STRANGE_PATHS).map(lambda path: quote(path, safe="/%?#;:"))
        real = st.sampled_from(self.corpus.pages)
        return st.one_of(real, real, real, wrong, strange)

    def addresses(self) -> st.SearchStrategy[str]:
        """Path and query of a view."""
        return st.tuples(self.paths(), self.queries()).map("".join)

    def pages(self) -> st.SearchStrategy[Asked]:
        """The index of an address, or its content."""
        callback = page_callback(list(self.corpus.callbacks))
        index = st.tuples(self.addresses(), headers()).map(lambda two: Asked("GET", two[0], two[1], kind="page"))
        content = st.tuples(self.paths(), self.queries()).map(
            lambda two: posted(body_of(callback, [two[0].replace("%2F", "/"), two[1]]), "content")
        )
        return st.one_of(index, content, content)

    def values(self, part: dict[str, str]) -> st.SearchStrategy[Any]:
        """What an input may hold: what pages hold there, that changed, or anything."""
        real = [*self.corpus.found.get((part["id"], part["property"]), []), *TOLD.get(part["property"], [])]
        queries = self.queries()
        stores = st.fixed_dictionaries(
            {"query": queries, "lang": st.sampled_from(("en", "ru", "uz", "kk"))},
            optional={"back": st.booleans(), "at": st.just(5), "keys": st.lists(self.texts(), max_size=14)},
        )
        keys = st.lists(st.sampled_from(self.corpus.values) | self.texts(), max_size=14)
        picked = st.fixed_dictionaries({"keys": keys}, optional={"fly": st.booleans(), "at": st.just(7)})
        lists = st.lists(self.texts(), max_size=6)
        likely = st.one_of(*([st.sampled_from(real)] * 4 if real else []), stores, picked, queries, lists)
        return st.one_of(likely, likely, likely.flatmap(changed), self.texts(), anything())

    @st.composite
    @staticmethod
    def _called(draw: st.DrawFn, self: Strangers) -> Asked:
        callback = draw(st.sampled_from(self.corpus.callbacks))
        parts = [*callback["inputs"], *callback["state"]]
        values = [draw(self.values(part)) if draw(st.integers(0, 2)) else self.first(part) for part in parts]
        number = draw(st.integers(0, len(callback["inputs"]) - 1))
        page = draw(st.one_of(st.just(""), self.addresses()))
        return posted(body_of(callback, values, (number,)), "callback", page)

    def first(self, part: dict[str, str]) -> Any:
        """A value that a page holds there, None where none does."""
        real = [*self.corpus.found.get((part["id"], part["property"]), []), *TOLD.get(part["id"], [])]
        return real[0] if real else None

    def callbacks(self) -> st.SearchStrategy[Asked]:
        """A callback in the form of Dash, its values real or not."""
        return self._called(self)

    def broken_callbacks(self) -> st.SearchStrategy[Asked]:
        """A callback whose form is not that of Dash, or no JSON at all."""
        form = self.callbacks().map(lambda one: json.loads(one.body)).flatmap(changed)
        deep = st.sampled_from([b"[" * 100_000, b'{"a":' * 50_000, b"1" * 5000, b'{"output": NaN}', b"\xff", b""])
        bodies = st.one_of(form.map(dumped), form.map(dumped), anything().map(dumped), deep, st.binary(max_size=40))
        kinds = st.sampled_from((JSON, JSON, JSON, "text/plain", "application/json; charset=utf-16", ""))
        return st.tuples(bodies, kinds).map(
            lambda two: Asked("POST", CALLBACK_PATH, (("Content-Type", two[1]),), two[0], "broken callback")
        )

    def exports(self) -> st.SearchStrategy[Asked]:
        """A figure, a file, the dialog, a card."""
        formats = [one.id for one in FORMATS.values() if not one.is_heavy]
        heavy = [one.id for one in FORMATS.values() if one.is_heavy] if self.is_whole else []
        some = [*formats * 4, *heavy, "exe", ""]
        sides = st.sampled_from(("", "0", "1", "240", "800", "99999", "999999", "-5", "1e3", "٣٣٣", "NaN", "9" * 500))
        given = st.fixed_dictionaries(
            {"view": self.addresses()},
            optional={
                "figure": st.sampled_from(self.corpus.figures) | self.texts(),
                "format": st.sampled_from(some),
                "size": st.sampled_from((*SIZES, "own", "")) | self.texts(),
                "width": sides,
                "height": sides,
                "title": self.texts(),
                "subtitle": self.texts(),
                "legend": self.texts(),
                "grey": st.sampled_from(("1", "0", "x")),
                "lang": st.sampled_from(("en", "ru", "xx", "../ru")),
            },
        )
        routes = ["figure", "file", "file", "about", "words", *(["card.png"] if self.is_whole else [])]
        return st.tuples(st.sampled_from(routes), given).map(
            lambda two: Asked("GET", f"/export/{two[0]}?{escaped(two[1].items())}", kind="export")
        )

    def embeds(self) -> st.SearchStrategy[Asked]:
        """A view within another page."""
        figures = st.sampled_from(self.corpus.figures) | self.texts()
        return st.tuples(self.addresses(), figures, headers()).map(
            lambda three: Asked(
                "GET",
                f"/embed{three[0]}{'&' if '?' in three[0] else '?'}{escaped([('figure', three[1])])}",
                three[2],
                kind="embed",
            )
        )

    def routes(self) -> st.SearchStrategy[Asked]:
        """Any route with any parts, method, and query."""
        part = self.texts().map(lambda text: quote(usable(text)[:500], safe="/"))
        rules = [rule for rule in self.corpus.rules if rule != "/export/card.png" or self.is_whole]
        path = st.tuples(st.sampled_from(rules), part).map(
            lambda two: re.sub("<.*?>", lambda _: two[1], two[0])
        )
        methods = st.sampled_from(("GET", "GET", "GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE"))
        return st.tuples(methods, path, self.queries(), headers()).map(
            lambda four: Asked(four[0], four[1] + four[2], four[3], kind="route")
        )

    def decks(self) -> st.SearchStrategy[Asked]:
        """A deck of a reader's own, whole or broken, as the body or in a form."""
        scenes = self.corpus.deck["scenes"]
        small = {"title": self.corpus.deck["title"], "scenes": scenes[:2]}
        given = st.fixed_dictionaries({"id": st.text(max_size=6) | st.just("a"), "view": self.addresses()})
        own = st.fixed_dictionaries(
            {"title": st.fixed_dictionaries({"en": self.texts()}), "scenes": st.lists(
                st.tuples(given, st.sampled_from(scenes)).map(lambda two: two[1] | two[0]), min_size=1, max_size=2
            )}
        )
        content = st.one_of(st.just(small).flatmap(changed), own, anything()).map(dumped)
        bodies = st.one_of(content, content, content, st.binary(max_size=30), st.just(b"[" * 90_000))
        formats = st.sampled_from((*DECK_FORMATS, "x") if self.is_whole else ("x", ""))
        paths = st.one_of(
            *(st.just(f"/present/own{end}") for end in ("", "/scenes", "/scenes?from=1", "/check", "/scenes?from=-9")),
            formats.map(lambda one: f"/present/own/file?format={one}"),
        )
        return st.tuples(paths, bodies, st.booleans(), self.texts()).map(lambda four: deck_request(*four))

    def presented(self) -> st.SearchStrategy[Asked]:
        """The player, its scenes, and what is said when one was added."""
        ends = st.sampled_from(("", "/scenes", "/file")) if self.is_whole else st.sampled_from(("", "/scenes"))
        decks = st.just("first-meeting") | self.texts().map(lambda text: quote(usable(text)[:300], safe=""))
        given = st.dictionaries(
            st.sampled_from(("from", "shape", "scene", "n", "at", "full", "kept", "view", "figure", "format", "lang")),
            self.texts() | st.sampled_from(("1", "5", "-1", "tall", "wide", "html")),
            max_size=4,
        )
        paths = st.one_of(st.tuples(decks, ends).map(lambda two: "".join(two)), st.just("scene"))
        return st.tuples(paths, given).map(
            lambda two: Asked("GET", f"/present/{two[0]}?{escaped(two[1].items())}", kind="present")
        )


TOLD: dict[str, list[Any]] = {
    "page-renderer": ["screen", "paper:800x600"],
    "renderer": ["screen", "paper:800x600"],
    "strip-shape": ["lying:800", "upright:400"],
    "search": ["en"],
    "search-asked": [{"text": "toshkent", "at": 5}],
    "picked": [{"keys": ["site:J-003", "region:UZ-SU"], "at": 5}],
    "page-picked": [{"keys": ["site:J-003"], "fly": True, "at": 5}],
    "sites-asked": [{"toggle": "kinds", "value": "plant"}],
    "priorities-asked": [{"query": "?value=5&jobs=1", "back": True, "at": 5}],
    "council-asked": [{"query": "?lang=ru", "at": 5}],
    "routes-asked": [{"query": "?from=region:UZ-SA&to=node:poti", "at": 5}],
    "reach-asked": [{"query": "?gateways=sea-ports", "at": 5}],
    "typed-sources": ["rail"],
    "address": ["?country=UZB"],
    "drawn-scene": [{"kind": "sites", "which": "", "lang": "en"}],
}
"""What scripts put into stores that are empty when a page is drawn."""


def headers() -> st.SearchStrategy[tuple[tuple[str, str], ...]]:
    """Headers that the atlas reads."""
    languages = ("ru", "kk-KZ,kk;q=0.9", "x" * 5000, "en;q=nan,ru;q=1e999", ";;,,=;q=", "*", "ru;q=0.x")
    hosts = ("evil.example", "evil.example:99999", "[::1", 'a"b', "<script>", "a b", "-", "x" * 300)
    return st.fixed_dictionaries(
        {},
        optional={
            "Accept-Language": st.sampled_from(languages),
            "Accept-Encoding": st.sampled_from(("br", "gzip", "identity;q=0", "*;q=nope", "br;q=0, gzip;q=0.1")),
            "If-None-Match": st.sampled_from(("*", '"x"', "W/", ",,,")),
            "Range": st.sampled_from(("bytes=0-0", "bytes=9-1", "bytes=-", "lines=1")),
            "Host": st.sampled_from(hosts),
            "Referer": st.sampled_from(("http://x/?lang=ru", "http://[::1", "?lang=%ff")),
            "Cookie": st.just("a=b"),
        },
    ).map(lambda some: tuple(some.items()))


def anything() -> st.SearchStrategy[Any]:
    """Any JSON, with all that is strange in it."""
    leaves = st.one_of(
        st.none(), st.booleans(), st.sampled_from(STRANGE_NUMBERS), st.sampled_from(STRANGE_TEXTS), st.floats()
    )
    names = st.sampled_from(("id", "property", "value", "query", "lang", "keys", "type", "props", "__class__", ""))
    return st.recursive(
        leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3), max_leaves=6
    )


@st.composite
def changed(draw: st.DrawFn, content: Any) -> Any:
    """JSON in which one place is something else, gone, or there twice."""
    copy = json.loads(json.dumps(content))
    place = copy
    for _ in range(draw(st.integers(0, 6))):
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not keys:
            break
        key = draw(st.sampled_from(keys))
        if isinstance(place[key], (dict, list)) and draw(st.booleans()):
            place = place[key]
            continue
        what = draw(st.integers(0, 5))
        if what == 0:
            del place[key]
        elif what == 1 and isinstance(place, list):
            place.append(place[key])
        elif what == 2:
            place[key] = [place[key]]
        else:
            place[key] = draw(anything())
        break
    return copy


@st.composite
def broken_text(draw: st.DrawFn, text: str) -> str:
    """A text in which one place is cut, doubled, or another letter."""
    at = draw(st.integers(0, max(len(text) - 1, 0)))
    with_ = draw(st.sampled_from(("", "%", "%ff", "%00", "&", "=", ",", ":", "+", "%F0%9F", "a" * 50, text[:at])))
    return text[:at] + with_ + text[at + draw(st.integers(0, 3)) :]


def escaped(pairs: Any) -> str:
    """Pairs as a query; a lone half of a letter goes as the bytes that stand for it."""
    return urlencode([(usable(name), usable(value)) for name, value in pairs], errors="replace")


def usable(text: Any) -> str:
    return str(text).encode("utf-8", "replace").decode()


def dumped(content: Any) -> bytes:
    return json.dumps(content).encode()


def posted(body: dict[str, Any], kind: str, page: str = "") -> Asked:
    """A callback as the browser sends it from a page."""
    referrer = (("Referer", f"http://127.0.0.1{quote(page, safe='/?&=%')}"),) if page else ()
    return Asked("POST", CALLBACK_PATH, (("Content-Type", JSON), *referrer), dumped(body), kind)


def deck_request(path: str, body: bytes, is_form: bool, language: str) -> Asked:
    target = f"{path}{'&' if '?' in path else '?'}{escaped([('lang', language)])}"
    if is_form:
        form = urlencode({"deck": body.decode("utf-8", "replace")}).encode()
        return Asked("POST", target, (("Content-Type", "application/x-www-form-urlencoded"),), form, "deck")
    return Asked("POST", target, (("Content-Type", JSON),), body, "deck")
