"""The picture beside a link: the main figure of a view, or where it cannot be drawn its title."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont, ImageOps

from dashboard.export.order import Order
from dashboard.export.previews import CARD, SITE, said_of
from dashboard.export.publication import Wishes, size_of
from dashboard.export.workshop import Busy, Workshop
from dashboard.figures.sheet import FONT_FILES, wrapped
from dashboard.text import speak
from layers import Atlas

GROUND, BAND, WHITE, PALE = "#12303f", "#ffd23f", "#ffffff", "#c9dce8"
MARGIN = 72
TITLE_SIZES, SMALL_SIZE = (60, 48, 38), 28
MOST_LINES = (4, 5)
"""Of the title and of what is said under it."""

PATIENCE = 8
"""Seconds that a program waits for the picture of a link; drawn later, it is there for the next one."""

MOST_KEPT = 64
Key = tuple[str, str, str, str]
"""Data version, view, language and address of the server."""

_drawn: dict[Key, bytes] = {}
"""Pictures; the oldest leaves first."""

_begun: dict[Key, Future[bytes]] = {}
_beginning = threading.Lock()


def drawn_card(atlas: Atlas, view: str, language: str, site: str, workshop: Workshop) -> bytes:
    """The main figure as PNG; WrongOrder, NoChrome, Busy or Fault where it cannot be drawn, or not now."""
    key = (atlas.version, view, language, site)
    if (body := _drawn.get(key)) is not None:
        return body
    order = Order(view, "", language, size_of(*CARD, grows=True), Wishes(site=site), "png")
    try:
        return _drawing(key, lambda: set_into_card(workshop.file(order, atlas))).result(PATIENCE)
    except TimeoutError:
        raise Busy from None


def _drawing(key: Key, make: Callable[[], bytes]) -> Future[bytes]:
    """The picture that is being drawn, begun by who asks first."""
    with _beginning:
        if (made := _begun.get(key)) is not None:
            return made
        made = Future()
        if key in _drawn:  # meanwhile
            made.set_result(_drawn[key])
            return made
        _begun[key] = made

    def draw() -> None:
        try:
            body = make()
            _drawn[key] = body
            while len(_drawn) > MOST_KEPT:
                _drawn.pop(next(iter(_drawn)), None)
            made.set_result(body)
        except Exception as error:  # whoever waits gets it
            made.set_exception(error)
        finally:
            _begun.pop(key, None)

    threading.Thread(target=draw, daemon=True).start()
    return made


def set_into_card(png: bytes) -> bytes:
    """A picture of any height as large as it fits the card, on white."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    if picture.size == CARD:
        return png
    fitting = ImageOps.contain(picture, CARD, Image.Resampling.LANCZOS)
    return _png(ImageOps.pad(fitting, CARD, color=WHITE))


def _png(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


@lru_cache(maxsize=256)
def written_card(atlas: Atlas, view: str, language: str) -> bytes:
    """Title and description of a view on the colours of the atlas, as PNG."""
    words = speak(language)
    title, description = said_of(atlas, view, language)
    picture = Image.new("RGB", CARD, GROUND)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, CARD[0], 12), fill=BAND)
    room = CARD[0] - 2 * MARGIN
    size, lines = _fitting(title, room)
    y = _write(draw, lines, size, WHITE, MARGIN, is_bold=True)
    if title != words(SITE):
        draw.text((MARGIN, CARD[1] - 76), words(SITE), fill=BAND, font=_font(SMALL_SIZE, True))
    left = int((CARD[1] - 110 - y - 16) // (SMALL_SIZE * 1.35))
    said = wrapped(description, SMALL_SIZE, room)
    shown = said[: max(0, min(left, MOST_LINES[1]))]
    if shown and len(shown) < len(said):
        shown[-1] = shown[-1].rstrip(" .,;") + " …"
    _write(draw, shown, SMALL_SIZE, PALE, y + 16, is_bold=False)
    return _png(picture)


def _fitting(title: str, room: float) -> tuple[int, list[str]]:
    """The largest letters in which a title takes few lines; a still longer one is cut."""
    for size in TITLE_SIZES:
        lines = wrapped(title, size, room, bold=True)
        if len(lines) <= MOST_LINES[0] - 1:
            return size, lines
    return TITLE_SIZES[-1], wrapped(title, TITLE_SIZES[-1], room, bold=True)[: MOST_LINES[0]]


def _write(
    draw: ImageDraw.ImageDraw, lines: list[str], size: int, colour: str, y: float, *, is_bold: bool
) -> float:
    """Write lines from `y` down; where the next one would stand."""
    for line in lines:
        draw.text((MARGIN, y), line, fill=colour, font=_font(size, is_bold))
        y += size * 1.3
    return y


@lru_cache(maxsize=8)
def _font(size: int, is_bold: bool) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for files in FONT_FILES:
        try:
            return ImageFont.truetype(files[is_bold], size)
        except OSError:
            continue
    return ImageFont.load_default(size)
