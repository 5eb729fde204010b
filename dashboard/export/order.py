"""An order: which figure of which view somebody wants, in which format, size and language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlsplit

from dashboard.base_path import inside
from dashboard.export.formats import FORMATS, Format
from dashboard.export.publication import (
    LONGEST_ADDRESS,
    LONGEST_SUBTITLE,
    LONGEST_TITLE,
    SIZES,
    NotPublished,
    Publication,
    Size,
    Wishes,
    find,
    size_of,
)
from dashboard.settings import setting
from dashboard.text import N_, Words, speak
from layers import Atlas

FIRST_SIZE = "web"
FLAGS = ("legend", "labels", "scale_bar", "grey", "transparent")
NO = ("0", "false", "no", "off")


class WrongOrder(ValueError):
    """An order that makes no sense; says so in one line of the reader's language."""


@dataclass(frozen=True)
class Order:
    """What is wanted; hashable, so that answers can be kept by it."""

    view: str
    figure: str
    language: str
    size: Size
    wishes: Wishes
    format_id: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str], language: str, site: str = "") -> Order:
        """The order of a query: view, figure, format, size or width and height, title, subtitle, switches.

        Raises WrongOrder for a size or a format there is not.
        """
        words = speak(language)
        switches = {name: given[name].lower() not in NO for name in FLAGS if given.get(name)}
        title, subtitle = given.get("title"), given.get("subtitle")
        wishes = Wishes(
            title=None if title is None else title[:LONGEST_TITLE],
            subtitle=None if subtitle is None else subtitle[:LONGEST_SUBTITLE],
            site=site,
            **switches,
        )
        view = given.get("view", "/")[:LONGEST_ADDRESS]
        format_id = given.get("format", "")
        if format_id and format_id not in FORMATS:
            raise WrongOrder(_unknown(words, words("format"), format_id, FORMATS))
        figure = given.get("figure", "")[:200]
        return cls(view, figure, words.language, _size(given, words), wishes, format_id)

    @property
    def format(self) -> Format:
        """The format."""
        return FORMATS[self.format_id]

    def publication(self, atlas: Atlas) -> Publication:
        """The figure; NotPublished, or WrongOrder where it cannot be had in the format."""
        words = speak(self.language)
        found = find(self.view, self.figure, atlas, words)
        if self.format_id and not self.format.fits(found):
            message = N_("{figure} cannot be had as {format}; it can as: {formats}.")
            fitting = ", ".join(one.id for one in FORMATS.values() if one.fits(found))
            raise WrongOrder(words(message, figure=found.name, format=self.format_id, formats=fitting))
        return found

    def file(self, atlas: Atlas) -> bytes:
        """The file itself; as `publication`, and NoChrome."""
        return self.format.write(self.publication(atlas), self.size, self.wishes)

    def to_query(self) -> dict[str, str]:
        """The query of which `of` makes this order again, without language and site."""
        wishes = self.wishes
        query = {"view": self.view, "figure": self.figure, "format": self.format_id}
        sides = {"width": str(self.size.width), "height": str(self.size.height)}
        grows = {"grows": "1"} if self.size.is_column else {}
        query |= {"size": self.size.id} if self.size.id in SIZES else sides | grows
        texts = {"title": wishes.title, "subtitle": wishes.subtitle}
        query |= {name: text for name, text in texts.items() if text is not None}
        return query | {
            item.name: str(int(getattr(wishes, item.name)))
            for item in fields(Wishes)
            if item.name in FLAGS and getattr(wishes, item.name) != item.default
        }

    seconds = 60
    """How long the program beside the server may take for it."""

    def asked(self) -> dict[str, object]:
        """The order as plain data, of which `again` makes it."""
        return {"query": self.to_query(), "language": self.language, "site": self.wishes.site}

    @classmethod
    def again(cls, asked: Mapping[str, Any]) -> Order:
        """The order that `asked` has told."""
        return cls.of(asked["query"], asked["language"], asked["site"])


def _size(given: Mapping[str, str], words: Words) -> Size:
    sides = (given.get("width", ""), given.get("height", ""))
    if any(sides):
        if not all(side.isascii() and side.isdigit() and len(side) < 6 for side in sides):
            raise WrongOrder(words("Width and height are whole numbers of pixels."))
        return size_of(int(sides[0]), int(sides[1]), given.get("grows") == "1")
    size_id = given.get("size") or FIRST_SIZE
    if size_id not in SIZES:
        raise WrongOrder(_unknown(words, words("size"), size_id, SIZES))
    return SIZES[size_id]


def _unknown(words: Words, what: str, given: str, known: Mapping[str, object]) -> str:
    message = N_("There is no {what} “{given}”; there are: {known}.")
    return words(message, what=what, given=given[:40], known=", ".join(known))


def server_of(address: str) -> str:
    """The server that a whole link names ("https://atlas.example"), "" for a path alone."""
    split = urlsplit(address)
    if split.scheme not in ("http", "https") or not split.netloc:
        return ""
    base = setting("ATLAS_BASE_PATH") if inside(split.path) != split.path else ""
    return f"{split.scheme}://{split.netloc}{base}"


__all__ = ["FIRST_SIZE", "NotPublished", "Order", "WrongOrder", "server_of"]
