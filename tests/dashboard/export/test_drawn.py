"""SVG, PNG and PDF, read by XML, Pillow, poppler and rsvg."""

import io
import re
import shutil
import subprocess
import zipfile
from xml.etree import ElementTree

import pytest
from PIL import Image

from dashboard.export import vector_file
from dashboard.export.kit import kit_file
from dashboard.export.picture_file import pdf_file, png2_file, png_file
from dashboard.export.publication import SIZES, Wishes
from dashboard.export.vector_file import rounded, smaller, svg_file

pytestmark = pytest.mark.usefixtures("drawing")

SVG = "{http://www.w3.org/2000/svg}"
SITE = Wishes(site="https://atlas.example.org")
LARGEST_SVG = 600_000
CORRIDOR = "/corridors/trans-caspian"
CHART = "chart-trans-caspian-cargo-volume-t-over-time-whole"


@pytest.mark.parametrize(
    ("address", "figure", "language", "word"),
    [
        ("/", "map", "uz", "OʻZBEKISTON"),
        (CORRIDOR, "strip", "ru", "Алматы"),
        (CORRIDOR, CHART, "kk", "Көлік"),
    ],
)
def test_an_svg_is_small_true_text_and_says_what_it_shows(
    published, tmp_path, address, figure, language, word
):
    found = published(address, figure, language)
    body = svg_file(found, SIZES["a4-landscape"], SITE)
    assert len(body) <= LARGEST_SVG
    root = ElementTree.fromstring(body)
    assert not list(root.iter(f"{SVG}image")) and root.get("lang") == language
    assert (root.get("width"), root.get("height")) == ("1123", "794")
    assert root.find(f"{SVG}title").text == found.title and root.find(f"{SVG}desc").text == found.alt
    texts = " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
    assert word in texts and found.atlas.version in texts
    assert not re.search(r'\s(?:d|x|y|transform)="[^"]*\d\.\d\d', body.decode())
    assert b"text-shadow" not in body
    if shutil.which("rsvg-convert"):
        path = tmp_path / "figure.svg"
        path.write_bytes(body)
        made = subprocess.run(["rsvg-convert", str(path)], capture_output=True, check=True).stdout
        assert Image.open(io.BytesIO(made)).size == (1123, 794)


def test_a_pdf_has_one_page_of_true_size_no_picture_and_text_to_search(published, tmp_path, poppler):
    for address, figure, language, words in (
        ("/", "map", "uz", ("Oʻzbekiston", "Toshkent")),
        ("/", "map", "kk", ("Қазақстан", "Өзбекстан")),
        (CORRIDOR, "strip", "ru", ("Транскаспийский",)),
    ):
        path = tmp_path / f"{figure}-{language}.pdf"
        path.write_bytes(pdf_file(published(address, figure, language), SIZES["a4-portrait"], SITE))
        assert len(asked("pdfimages", "-list", path).splitlines()) == 2  # the heading alone
        info = asked("pdfinfo", path)
        title = re.search(r"Title:\s+(.*)", info)[1]
        assert title == published(address, figure, language).title and "Corridor Atlas" in info
        assert re.search(r"Pages:\s+1\n", info) and "(A4)" in info
        text = asked("pdftotext", path, "-")
        for word in words:
            assert word in text, word
        assert len(re.findall(r"atlas\.example\.org", text)) == 1


def asked(*command):
    return subprocess.run([str(part) for part in command], capture_output=True, check=True, text=True).stdout


def test_a_png_has_the_pixels_of_its_size(published):
    chart = published(CORRIDOR, CHART)
    for size_id, sides in (("web", (1600, 900)), ("square", (1080, 1080)), ("a4-landscape", (3509, 2481))):
        body = png_file(chart, SIZES[size_id], SITE)
        assert Image.open(io.BytesIO(body)).size == sides
    twice = Image.open(io.BytesIO(png2_file(chart, SIZES["slide"], Wishes(transparent=True))))
    assert twice.size == (3840, 2160) and twice.getpixel((5, 5))[3] == 0


def test_a_kit_holds_every_format(published, poppler):
    kit = zipfile.ZipFile(io.BytesIO(kit_file(published(CORRIDOR, "map", "ru"), SIZES["web"], SITE)))
    endings = {name.rpartition(".")[2] for name in kit.namelist()}
    assert endings == {"svg", "pdf", "png", "csv", "xlsx", "html", "geojson", "gpkg", "txt", "bib", "ris"}
    assert kit.testzip() is None and all(name.isascii() for name in kit.namelist())


def test_places_are_rounded_as_the_browser_rounds_them():
    assert [rounded(v) for v in (1.25, -1.25, -0.04, 12.0, 0.96, 1e-7)] == [
        "1.3",
        "-1.2",
        "0",
        "12",
        "1",
        "0",
    ]
    svg = '<path d="M1.234,5.678L1.22,5.69L2.01,3Z" style="text-shadow: 1px 1px #fff; fill: red"/>'
    assert smaller(svg) == f'<path d="M1.2,5.7L2,3Z" style="{vector_file.HALO} fill: red"/>'
