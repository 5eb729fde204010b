"""Presentations as files from the command line.

`python -m dashboard.export deck first-meeting --lang uz --format pptx --out meeting.pptx`; several decks,
languages and formats at once write into a folder. A path to a file of a reader's own deck is a deck too.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from tqdm import tqdm

from dashboard.export.chrome import NoChrome, has_chrome
from dashboard.export.command_line import ASKED_DATA, OneLine, beside, each, failed, read_data
from dashboard.export.order import NotPublished, WrongOrder
from dashboard.present.files import DECK_FORMATS, DeckOrder, deck_file_name
from dashboard.present.own import LARGEST_DECK
from dashboard.present.slides import slide
from dashboard.text import SOURCE_LANGUAGE, languages, speak
from layers import Atlas
from layers.contract import DataError


def main(arguments: list[str]) -> int:
    """Write the files asked for; 0, or 2 after one line on stderr."""
    asked = parsed(arguments)
    try:
        atlas = read_data(asked.data)
        if asked.list:
            sys.stdout.writelines(f"{one.deck_id}\t{len(one.scenes)}\n" for one in atlas.decks.values())
            return 0
        orders = orders_of(asked, atlas)
        write_all(orders, paths_of(orders, asked.out, atlas), atlas)
    except (NotPublished, WrongOrder) as error:
        return failed("; ".join(str(error).splitlines()).replace(":; ", ": "))
    except DataError as error:
        where = f" in {asked.data}" if asked.data else ""
        return failed(f"the data{where} have faults: {str(error).splitlines()[0]}")
    except ConnectionError as error:
        return failed(f"the data cannot be read: {error}")
    except NoChrome:
        return failed("the PDF handout needs Chrome or Chromium on this machine; README says what to install")
    except OSError as error:
        return failed(f"{error.filename or asked.out}: {error.strerror or error}")
    return 0


def parsed(arguments: list[str]) -> argparse.Namespace:
    """What is asked for; ends the program with one line where that makes no sense."""
    parser = OneLine("python -m dashboard.export deck", description="Write presentations as files.")
    parser.add_argument("deck", nargs="*", help="ids of decks of the data, or paths of deck files")
    parser.add_argument("--lang", action="append", default=[], help=", ".join(languages()))
    parser.add_argument("--format", action="append", default=[], help=f"{', '.join(DECK_FORMATS)} (pptx)")
    parser.add_argument("--out", type=Path, default=Path(), help="a file, or a folder for several (.)")
    parser.add_argument("--site", default=os.environ.get("ATLAS_ADDRESS", ""), help="address for links back")
    parser.add_argument("--data", type=Path, help=ASKED_DATA)
    parser.add_argument("--list", action="store_true", help="name the decks of the data and end")
    asked = parser.parse_args(arguments)
    if not asked.deck and not asked.list:
        parser.error("the following arguments are required: deck")
    return asked


def orders_of(asked: argparse.Namespace, atlas: Atlas) -> list[DeckOrder]:
    """All files wanted, each checked; NotPublished, WrongOrder, NoChrome or OSError."""
    orders = []
    for name in asked.deck:
        text = text_of(name) if name not in atlas.decks and is_path(name) else ""
        deck_id = Path(name).name.removesuffix(".json").removesuffix(".deck") if text else name
        for language in each(asked.lang, SOURCE_LANGUAGE):
            if language not in languages():
                known = ", ".join(languages())
                raise WrongOrder(f"There is no language “{language[:40]}”; there are: {known}.")
            for form in each(asked.format, "pptx"):
                order = DeckOrder.of({"format": form}, language, asked.site.rstrip("/"), deck_id, text)
                if order.format.needs_chrome and not has_chrome():
                    raise NoChrome
                _known(order, name, atlas)
                orders.append(order)
    return orders


def is_path(name: str) -> bool:
    """Is it a file rather than the id of a deck?"""
    return name.endswith(".json") or "/" in name or "\\" in name


def text_of(path: str) -> str:
    """The text of a deck file; OSError, or WrongOrder for what is no text of a possible size."""
    try:
        text = Path(path).read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise WrongOrder(f"{path} is no text in UTF-8.") from None
    if not text.strip() or len(text.encode()) > LARGEST_DECK:
        raise WrongOrder(f"{path} is empty or larger than {LARGEST_DECK // 1000} kB.")
    return text


def _known(order: DeckOrder, name: str, atlas: Atlas) -> None:
    """Nothing for a deck without faults; the error names the file of one that has some."""
    try:
        order.deck(atlas)
    except WrongOrder as error:
        raise WrongOrder(f"{name}: {error}") from error


def paths_of(orders: list[DeckOrder], out: Path, atlas: Atlas) -> list[Path]:
    """Where each file goes: one to the file named, several into a folder under readable names."""
    if len(orders) == 1 and not out.is_dir() and out.suffix:
        return [out]
    if out.exists() and not out.is_dir():
        raise WrongOrder(f"{out} is a file; {len(orders)} files need a folder.")
    return [out / deck_file_name(order.deck(atlas), order) for order in orders]


def write_all(orders: list[DeckOrder], paths: list[Path], atlas: Atlas) -> None:
    """Make and write each file, with a bar of scenes on a terminal; a file that stands there is complete."""
    tasks = dict(zip(paths, orders, strict=True))
    total = sum(len(order.deck(atlas).scenes) + 1 for order in tasks.values())
    with tqdm(total=total, unit="scene", file=sys.stderr, disable=None) as bar:
        for path, order in tasks.items():
            bar.set_postfix_str(path.name)
            path.parent.mkdir(parents=True, exist_ok=True)
            prepare(order, atlas, bar.update)
            with beside(path) as draft:
                draft.write_bytes(order.file(atlas))
            bar.update()
            tqdm.write(str(path), file=sys.stdout)


def prepare(order: DeckOrder, atlas: Atlas, done: Callable[[], object]) -> None:
    """Make the figures of all scenes, which takes longest, and say after each that it is `done`."""
    for scene in order.deck(atlas).scenes:
        slide(scene, atlas, speak(order.language))
        done()
