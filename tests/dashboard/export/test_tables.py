"""CSV, XLSX, GeoJSON, GeoPackage, HTML, citations and the kit, read with what readers read them with."""

import csv
import datetime
import io
import json
import zipfile
from dataclasses import replace
from html.parser import HTMLParser

import geopandas as gpd
import openpyxl
import pandas as pd
import pyogrio
import pytest
import shapely

from dashboard.export import about, chrome, cite
from dashboard.export.csv_file import csv_file, safe
from dashboard.export.formats import FORMATS
from dashboard.export.geo_files import geojson_file, gpkg_file
from dashboard.export.html_file import html_file
from dashboard.export.kit import kit_file
from dashboard.export.publication import SIZES, Column, Wishes
from dashboard.export.xlsx_file import xlsx_file
from dashboard.shell import DISCLAIMER
from dashboard.text import languages, speak

WEB, SITE = SIZES["web"], Wishes(site="https://atlas.example.org")
EVIL = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "fine"]


def evil(published):
    """A publication whose texts a spreadsheet might run."""
    columns = (Column("what", "=cmd()"), Column("n", "Number", "t"))
    table = pd.DataFrame({"what": EVIL, "n": [-1.5, 2, None, 4, 5, 6, 7]})
    return replace(published("/", "sites"), rows=lambda: (table, columns))


def test_csv_has_a_mark_of_its_coding_and_cells_that_never_run(published):
    body = csv_file(evil(published), WEB, SITE)
    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["'=cmd()", "Number, t"]
    assert [row[0] for row in rows[1:]] == [*("'" + text for text in EVIL[:-1]), "fine"]
    assert [row[1] for row in rows[1:4]] == ["-1.5", "2", ""]
    assert safe("\n=1") == "'\n=1" and safe("a=1") == "a=1"


@pytest.mark.parametrize("language", languages())
def test_csv_has_the_rows_of_the_data(published, atlas, language):
    body = csv_file(published("/", "sites", language), WEB, SITE).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body, newline="")))
    assert len(rows) == len(atlas.sites) and "nan" not in {
        cell.lower() for row in rows for cell in row.values()
    }
    ids = next(iter(rows[0]))
    assert {row[ids] for row in rows} == set(atlas.sites.index)


def test_a_workbook_holds_numbers_days_and_texts_and_no_formula(published):
    found = published("/?metric=population")
    book = openpyxl.load_workbook(io.BytesIO(xlsx_file(found, WEB, SITE)))
    data, about = book.worksheets
    titles = [cell.value for cell in data[1]]
    row = next(r for r in data.iter_rows(min_row=2, values_only=True) if r[0] == "UZ-SA")
    values = dict(zip(titles, row, strict=True))
    assert values["Population, people"] == 4_379_800
    assert isinstance(values["Date"], datetime.datetime)
    told = {r[0]: r[1] for r in about.iter_rows(values_only=True) if r[0]}
    assert told["Data version"] == found.atlas.version
    assert told["Link"] == "https://atlas.example.org/?metric=population"
    assert "ODbL" in told["Licence"] and told["population"] == "Population"
    assert set(found.source_ids) <= set(told)


def test_no_text_of_a_workbook_is_a_formula(published):
    book = openpyxl.load_workbook(io.BytesIO(xlsx_file(evil(published), WEB, SITE)))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} <= {"s", "n"}
    assert [cell.value for cell in book.worksheets[0]["A"]][1:5] == EVIL[:4]
    assert book.worksheets[0]["B4"].value is None


def test_geojson_is_as_rfc_7946_says_with_metadata(published, atlas):
    whole = json.loads(geojson_file(published("/?layer=corridors,sites,energy"), WEB, SITE))
    assert whole["type"] == "FeatureCollection" and "crs" not in whole
    layers = {feature["properties"]["layer"] for feature in whole["features"]}
    assert layers == {"regions", "corridor_lines", "sites", "energy_lines"}
    for feature in whole["features"]:
        shape = shapely.geometry.shape(feature["geometry"])
        west, south, east, north = shape.bounds
        assert -180 <= west <= east <= 180 and -90 <= south <= north <= 90
        if shape.geom_type == "Polygon":
            assert shape.exterior.is_ccw
    assert whole["metadata"]["data_version"] == atlas.version
    assert {"ODbL" in whole["metadata"]["licence"], bool(whole["metadata"]["sources"])} == {True}


def test_a_geopackage_opens_with_its_layers_and_what_must_be_known(published, atlas, tmp_path):
    path = tmp_path / "atlas.gpkg"
    path.write_bytes(gpkg_file(published("/", "map", "kk"), WEB, SITE))
    layers = {name: kind for name, kind in pyogrio.list_layers(path)}
    assert set(layers) == {"regions", "corridor_lines", "sites", "crossings", "metadata"}
    assert layers["metadata"] is None
    sites = gpd.read_file(path, layer="sites")
    assert sites.crs == 4326 and len(sites) == len(atlas.sites)
    assert sites.set_index("site_id")["investment"]["J-001"] == atlas.sites["investment_usd"]["J-001"]
    info = pyogrio.read_info(path, layer="regions")
    assert info["layer_metadata"]["data_version"] == atlas.version
    known = pyogrio.read_dataframe(path, layer="metadata").set_index("name")["text"]
    assert known["data_version"] == atlas.version and "column density" in known.index


class Page(HTMLParser):
    """Addresses that a page asks for, and its texts."""

    def __init__(self):
        super().__init__()
        self.asked, self.language = [], ""

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.language = given.get("lang", self.language)
        if tag in ("script", "img", "link", "iframe"):
            self.asked += [given[name] for name in ("src", "href") if name in given]


@pytest.mark.parametrize(("address", "figure"), [("/", "map"), ("/regions", "ranking")])
def test_a_page_of_html_asks_for_nothing_and_holds_table_and_sources(published, address, figure):
    found = published(address, figure, "kk")
    text = html_file(found, WEB, SITE).decode()
    page = Page()
    page.feed(text.partition("<script>")[0])
    assert page.language == "kk" and page.asked == []
    assert 'src="http' not in text.partition("<script>")[0]
    assert found.title in text and text.count("<tr>") == len(found.table) + 1
    assert ("Plotly.newPlot" in text) == (found.kind != "table")
    assert text.rstrip().endswith("</html>")


def test_what_a_reader_writes_is_no_script_in_a_page(published):
    wishes = Wishes(title="</script><script>alert(1)</script>")
    text = html_file(published("/corridors/btk", "strip"), WEB, wishes).decode()
    assert "<script>alert" not in text


def test_citations_name_version_day_and_link(published):
    found, today = published("/corridors/trans-caspian?within=50", "strip"), datetime.date(2026, 12, 1)
    version = found.atlas.version
    text = cite.citation(found, SITE, today)
    assert version in text and "1 December 2026" in text
    assert "https://atlas.example.org/corridors/trans-caspian?within=50" in text
    entry = cite.bibtex(found, SITE, today)
    assert entry.startswith("@misc{corridor-atlas-corridors-trans-caspian-within-50-strip-en,")
    assert "urldate = {2026-12-01}" in entry and entry.count("{") == entry.count("}")
    assert r"100\% \& more" in cite.bibtex(found, Wishes(title="100% & more"), today)
    lines = cite.ris(found, SITE, today).split("\r\n")
    assert lines[0] == "TY  - DATA" and lines[-2] == "ER  - " and "Y2  - 2026/12/01" in lines
    assert f"ET  - {version}" in lines


def test_a_kit_without_chrome_holds_the_rest_and_says_so(published, monkeypatch):
    monkeypatch.setattr(chrome, "has_chrome", lambda: False)
    kit = zipfile.ZipFile(io.BytesIO(kit_file(published("/corridors/btk", "strip"), WEB, SITE)))
    assert kit.testzip() is None
    names = {name.partition("/")[2] for name in kit.namelist()}
    name = "corridor-atlas-corridors-btk-strip-en"
    assert names == {
        *(f"{name}.{extension}" for extension in ("csv", "xlsx", "html")),
        *("alt-text.txt", "citation.txt", "citation.bib", "citation.ris", "sources.txt"),
        *("licence.txt", "read-me.txt"),
    }
    assert "has no Chrome" in kit.read(f"{name}/read-me.txt").decode("utf-8-sig")
    assert kit.read(f"{name}/alt-text.txt").decode("utf-8-sig").startswith("A way straightened")


@pytest.mark.parametrize("language", languages())
def test_the_same_data_give_the_same_files(published, language):
    found = published("/", "sites", language)
    for name in ("csv", "xlsx", "geojson", "html"):
        assert FORMATS[name].write(found, WEB, SITE) == FORMATS[name].write(found, WEB, SITE)


def test_empty_tables_are_files_too(published):
    found = published("/", "sites")
    empty = replace(found, rows=lambda: (found.table.iloc[:0], found.columns))
    for name in ("csv", "xlsx", "html"):
        assert FORMATS[name].write(empty, WEB, SITE)


@pytest.mark.parametrize("language", ["ru", "uz", "kk"])
def test_licence_and_terms_are_in_the_language_asked(published, tmp_path, language):
    found, words = published("/", "sites", language), speak(language)
    assert words(about.LICENCE) != about.LICENCE
    book = openpyxl.load_workbook(io.BytesIO(xlsx_file(found, WEB, SITE)))
    told = {str(cell.value) for row in book.worksheets[1].iter_rows() for cell in row}
    assert {words(about.LICENCE), words(DISCLAIMER)} <= told
    path = tmp_path / "sites.gpkg"
    path.write_bytes(gpkg_file(found, WEB, SITE))
    stated = pyogrio.read_dataframe(path, layer="metadata").set_index("name")["text"]
    assert stated["licence"] == words(about.LICENCE) and stated["disclaimer"] == words(DISCLAIMER)


def test_a_page_of_very_many_rows_shows_the_first_and_says_so(published, atlas, monkeypatch):
    whole = html_file(published("/", "sites"), WEB, SITE).decode()
    assert "Here are the first" not in whole
    monkeypatch.setattr("dashboard.export.html_file.MOST_ROWS", 7)
    page = html_file(published("/", "sites"), WEB, SITE).decode()
    count = f"Here are the first 7 of {len(atlas.sites)} rows; the data file of the table has all of them."
    assert count in page and page.count("<tr>") == 8
