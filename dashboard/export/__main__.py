"""Figures as files from the command line, the same as the dialog of a page gives.

`python -m dashboard.export "/corridors/trans-caspian?lang=ru" --figure strip --format svg --size a4-portrait
--out strip.svg`; several addresses, figures, formats, sizes and languages at once write into a folder.
`python -m dashboard.export deck …` writes presentations: dashboard/present/command.py.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from tqdm import tqdm

import layers
from dashboard.export.chrome import NoChrome, has_chrome
from dashboard.export.command_line import ASKED_DATA, OneLine, beside, each, failed, read_data
from dashboard.export.formats import FORMATS
from dashboard.export.names import file_name
from dashboard.export.order import FIRST_SIZE, FLAGS, NotPublished, Order, WrongOrder, server_of
from dashboard.export.publication import SIZES, language_of, makers_of
from dashboard.present import command as deck_command
from dashboard.text import SOURCE_LANGUAGE, languages, speak
from layers.contract import DataError

ALL = "all"


def main(arguments: list[str] | None = None) -> int:
    """Write the files asked for; 0, or 2 after one line on stderr."""
    given = sys.argv[1:] if arguments is None else arguments
    if given[:1] == ["deck"]:
        return deck_command.main(given[1:])
    asked = parsed(given)
    try:
        atlas = read_data(asked.data)
        if asked.list:
            return listed(asked, atlas)
        orders = [order for address in asked.address for order in orders_of(address, asked, atlas)]
        paths = paths_of(orders, asked.out, atlas)
        write_all(orders, paths, atlas)
    except (NotPublished, WrongOrder) as error:
        return failed(str(error))
    except DataError as error:
        where = f" in {asked.data}" if asked.data else ""
        return failed(f"the data{where} have faults: {str(error).splitlines()[0]}")
    except ConnectionError as error:
        return failed(f"the data cannot be read: {error}")
    except NoChrome:
        return failed("SVG, PNG and PDF need Chrome or Chromium on this machine; README says what to install")
    except OSError as error:
        return failed(f"cannot write {error.filename or asked.out}: {error.strerror or error}")
    return 0


def parsed(arguments: list[str] | None) -> argparse.Namespace:
    """What is asked for; ends the program with one line where that makes no sense."""
    parser = OneLine("python -m dashboard.export", description="Write figures of Corridor Atlas as files.")
    parser.add_argument("address", nargs="+", help="pages: paths or whole links, with their query")
    parser.add_argument("--figure", action="append", default=[], help=f"its name on the page, or {ALL}")
    parser.add_argument("--format", action="append", default=[], help=", ".join(FORMATS))
    parser.add_argument("--size", action="append", default=[], help=", ".join(SIZES))
    parser.add_argument("--lang", action="append", default=[], help=", ".join(languages()))
    parser.add_argument("--title", help="in place of the figure's own")
    parser.add_argument("--subtitle", help="in place of the figure's own")
    for name in FLAGS:
        parser.add_argument(f"--{name.replace('_', '-')}", action=argparse.BooleanOptionalAction)
    parser.add_argument("--out", type=Path, default=Path(), help="a file, or a folder for several (.)")
    parser.add_argument("--site", help="public address of the atlas, for the link in the file")
    parser.add_argument("--data", type=Path, help=ASKED_DATA)
    parser.add_argument("--list", action="store_true", help="name the figures of each page and end")
    return parser.parse_args(arguments)


def languages_of(address: str, asked: argparse.Namespace) -> list[str]:
    """The languages of an address: those asked for, else the one it names; WrongOrder for an unknown one."""
    found = each(asked.lang, language_of(address) or SOURCE_LANGUAGE)
    for code in found:
        if code not in languages():
            raise WrongOrder(f"There is no language “{code[:40]}”; there are: {', '.join(languages())}.")
    return found


def orders_of(address: str, asked: argparse.Namespace, atlas: layers.Atlas) -> Iterator[Order]:
    """All orders for one address, each checked; NotPublished or WrongOrder."""
    switches = {name: str(int(getattr(asked, name))) for name in FLAGS if getattr(asked, name) is not None}
    texts = {"title": asked.title, "subtitle": asked.subtitle}
    switches |= {name: text for name, text in texts.items() if text is not None}
    site = asked.site or server_of(address) or os.environ.get("ATLAS_ADDRESS", "")
    for language in languages_of(address, asked):
        makers = makers_of(address, atlas, speak(language))
        figures = list(makers) if asked.figure == [ALL] else each(asked.figure, next(iter(makers)))
        for figure in figures:
            for form in each(asked.format, "svg"):
                for size in each(asked.size, FIRST_SIZE):
                    given = {"view": address, "figure": figure, "format": form, "size": size} | switches
                    order = Order.of(given, language, site)
                    if asked.figure == [ALL] and not order.format.fits(makers[figure]()):
                        continue
                    order.publication(atlas)
                    if order.format.needs_chrome and not has_chrome():
                        raise NoChrome
                    yield order


def paths_of(orders: list[Order], out: Path, atlas: layers.Atlas) -> list[Path]:
    """Where each file goes: one order to the file named, several into a folder under readable names."""
    if not orders:
        raise WrongOrder("No figure of this page can be had in this format.")
    if len(orders) == 1 and not out.is_dir() and out.suffix:
        return [out]
    if out.exists() and not out.is_dir():
        raise WrongOrder(f"{out} is a file; {len(orders)} files need a folder.")
    paths = []
    for order in orders:
        size = order.size.id if order.format.needs_drawing else ""
        times = order.format_id.removeprefix("png") if order.format_id.startswith("png") else ""
        name = file_name(order.publication(atlas), f"{size} {times}x" if times else size)
        paths.append(out / f"{name}.{order.format.extension}")
    return list(paths)


def write_all(orders: list[Order], paths: list[Path], atlas: layers.Atlas) -> None:
    """Make and write each file, with a bar on a terminal; a file that stands there is complete."""
    tasks = list(dict(zip(paths, orders, strict=True)).items())
    with tqdm(tasks, unit="file", disable=None if len(tasks) > 1 else True, file=sys.stderr) as bar:
        for path, order in bar:
            bar.set_postfix_str(path.name)
            path.parent.mkdir(parents=True, exist_ok=True)
            with beside(path) as draft:
                draft.write_bytes(order.file(atlas))
            tqdm.write(str(path), file=sys.stdout)


def listed(asked: argparse.Namespace, atlas: layers.Atlas) -> int:
    """Print the figures of each page with their titles and formats."""
    for address in asked.address:
        for language in languages_of(address, asked):
            for name, made in makers_of(address, atlas, speak(language)).items():
                found = made()
                formats = ",".join(one.id for one in FORMATS.values() if one.fits(found))
                print(f"{name}\t{found.kind}\t{found.title}\t{formats}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
