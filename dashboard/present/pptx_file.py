"""A deck as a PowerPoint file, 16:9: titles and points to edit, charts with their data, maps as shapes.

Each slide says its sources, the version of its data and their date; the speaker's notes stand in the notes.
"""

from __future__ import annotations

import datetime
import io
import re
from typing import Any

from pptx import Presentation
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from dashboard.export.publication import Publication, Size, Wishes
from dashboard.export.sheets import source_line
from dashboard.figures.paper_plan import Texts
from dashboard.figures.picture import camera_of
from dashboard.figures.sheet import text_width, wrapped
from dashboard.present import pptx_xml as x
from dashboard.present.pptx_chart import add_chart, plan_of
from dashboard.present.pptx_map import map_shapes
from dashboard.present.pptx_strip import can_draw, figure_shapes
from dashboard.present.pptx_table import add_table
from dashboard.present.slides import Said, Slide, slides, title_of
from dashboard.shell import ATTRIBUTION, DISCLAIMER, date_line
from dashboard.text import Words
from layers import Atlas
from layers.decks import Deck, Scene

WIDTH, HEIGHT, RIM = 1280.0, 720.0, 44.0  # pixels, 96 to an inch
INK, QUIET, ACCENT = "#1c262c", "#4d5a63", "0B5F8A"
TITLE = (38.0, 24.0)  # pixels: largest and smallest letters
POINTS = (27.0, 15.0)
SMALL = (10.5, 7.5)
LINE_HEIGHT, SMALLER = 1.22, 0.95
TITLE_BOX: x.Box = (RIM, 22.0, WIDTH - 2 * RIM, 96.0)
BODY_TOP, FOOT_TOP = 130.0, 640.0
SIDE, NARROW_SIDE, GAP = 0.29, 0.24, 26.0  # share of the width that points take beside a figure, a strip
LETTERS = 1.25  # of figures
TEMPLATE_WIDTH = 9144000  # of the slides of the default template, which are 4:3
TITLE_AND_POINTS, TITLE_ONLY = 1, 5  # layouts of it
BLANKS = re.compile(r"[ \t\r\n\f\v]+")
LONGEST_SHOWN = 700  # letters of a headline or a point


def pptx_deck(deck: Deck, atlas: Atlas, words: Words, site: str = "") -> bytes:
    """The file of a deck in one language; `site` is the address of the server, "" where it has none."""
    shown = presentation(deck, atlas, words, site)
    memory = io.BytesIO()
    shown.save(memory)
    return memory.getvalue()


def presentation(deck: Deck, atlas: Atlas, words: Words, site: str = "") -> Any:
    """The deck as a python-pptx presentation."""
    shown = Presentation()
    _prepare(shown, words)
    made = slides(deck, atlas, words)
    for number, (one, scene) in enumerate(zip(made, deck.scenes, strict=True), start=1):
        _add_slide(shown, one, scene, atlas, words, site, number)
    facts, day = shown.core_properties, datetime.datetime.combine(atlas.date, datetime.time())
    facts.title, facts.author = x.plain(title_of(deck, atlas, words).text, 250), "Corridor Atlas"
    facts.language, facts.last_modified_by = x.LANGUAGES[words.language], "Corridor Atlas"
    # No clock: the same data give the same file.
    facts.created = facts.modified = day
    facts.comments, facts.revision = x.plain(date_line(atlas, words), 250), 1
    return shown


def _prepare(shown: Any, words: Words) -> None:
    """Make the template 16:9, with our letters, and without what nobody uses."""
    shown.slide_width, shown.slide_height = Emu(round(WIDTH * x.PIXEL)), Emu(round(HEIGHT * x.PIXEL))
    for page in (shown.slide_master, *shown.slide_layouts):
        for shape in page.placeholders:
            stretched = (
                shape.left * WIDTH * x.PIXEL / TEMPLATE_WIDTH,
                shape.width * WIDTH * x.PIXEL / TEMPLATE_WIDTH,
            )
            shape.left, shape.width = (Emu(round(side)) for side in stretched)
    for page in (shown.slide_master, shown.slide_layouts[TITLE_AND_POINTS], shown.slide_layouts[TITLE_ONLY]):
        for shape in page.placeholders:
            if shape.placeholder_format.type in (1, 3):
                _put(shape, TITLE_BOX)
    theme = next(
        part.target_part for part in shown.slide_master.part.rels.values() if "theme" in part.reltype
    )
    tree = parse_xml(theme.blob)
    for font in tree.iter(qn("a:latin")):
        font.set("typeface", x.FONT)
    theme._blob = serialize_part_xml(tree)
    for element in shown.slide_master.element.iter(qn("a:defRPr")):
        element.set("lang", x.LANGUAGES[words.language])


def _put(shape: Any, box: x.Box) -> None:
    shape.left, shape.top, shape.width, shape.height = (Emu(round(side * x.PIXEL)) for side in box)


def _add_slide(
    shown: Any, one: Slide, scene: Scene, atlas: Atlas, words: Words, site: str, number: int
) -> None:
    points = [point for point in one.points if point.text]
    has_body = bool(points) or (one.publication is None and bool(one.problem))
    slide = shown.slides.add_slide(shown.slide_layouts[TITLE_AND_POINTS if has_body else TITLE_ONLY])
    _write_title(slide.shapes.title, one.headline)
    figure: x.Box = (RIM, BODY_TOP, WIDTH - 2 * RIM, FOOT_TOP - BODY_TOP - 10)
    if has_body:
        share = 1.0 if not one.publication else NARROW_SIDE if one.publication.kind == "strip" else SIDE
        wide = share * (WIDTH - 2 * RIM)
        _write_points(slide.placeholders[1], points, one, (RIM, BODY_TOP, wide, figure[3]), words)
        figure = (RIM + wide + GAP, BODY_TOP, figure[2] - wide - GAP, figure[3])
    ids, drawn = x.Ids(), ""
    if one.publication:
        drawn = _figure(slide, one.publication, scene, figure, atlas, words, ids)
    drawn += _rule(ids) + _footer(one, atlas, words, site, ids) + _number(number, words, ids)
    tree = slide.shapes._spTree
    wrapper = x.parsed(x.group(ids(), "All", (0, 0, WIDTH, HEIGHT), drawn))
    for element in list(wrapper)[2:]:
        tree.append(element)
    if one.notes.text:
        _write_notes(slide, one.notes)


def _figure(
    slide: Any,
    publication: Publication,
    scene: Scene,
    box: x.Box,
    atlas: Atlas,
    words: Words,
    ids: x.Ids,
) -> str:
    """Put the figure of a publication onto a slide; what of it is plain shapes is returned as text."""
    if publication.kind == "map" and publication.scene is not None:
        return map_shapes(publication, box, camera_of(scene.view), atlas, words, ids)
    if publication.kind == "table" or publication.drawing is None:
        add_table(slide, publication, box)
        return ""
    head, box = _titled(publication, box, words, ids)
    size = Size("scene", "", round(box[2]), round(box[3]), letters=LETTERS)
    figure = publication.drawing(size, Texts("", (), ()), Wishes())
    plan = plan_of(figure) if publication.kind == "chart" else None
    if plan:
        add_chart(slide, plan, box, words, publication.title, publication.alt)
        return head
    if can_draw(figure):
        return head + figure_shapes(figure, box, words.language, ids, publication.title)
    add_table(slide, publication, box)
    return head


def _titled(publication: Publication, box: x.Box, words: Words, ids: x.Ids) -> tuple[str, x.Box]:
    """What the figure is, in small letters above it, and the box that is left."""
    size = 15.0
    lines = wrapped(x.plain(publication.title, 200), size, box[2], bold=True)[:2]
    high = len(lines) * LINE_HEIGHT * size
    runs = [x.run(line, words.language, size * 0.75, QUIET, bold=True) for line in lines]
    text = x.text_box(ids(), publication.title, (*box[:3], high), runs, anchor="t")
    return text, (box[0], box[1] + high + 6, box[2], box[3] - high - 6)


def one_line(text: str) -> str:
    """A text of a slide in one line; spaces that hold a number together stay."""
    return BLANKS.sub(" ", x.plain(text, LONGEST_SHOWN)).strip(" ")


def fitted(
    texts: list[str],
    width: float,
    height: float,
    sizes: tuple[float, float],
    between: float,
    *,
    bold: bool = False,
) -> float:
    """The largest letters, in pixels, with which paragraphs fit; the smallest where they never do."""
    size, least = sizes
    while size > least:
        lines = sum(max(len(wrapped(text, size, width, bold)), 1) for text in texts)
        widest = max((text_width(word, size, bold) for text in texts for word in text.split()), default=0.0)
        if widest <= width and lines * LINE_HEIGHT * size + (len(texts) - 1) * between * size <= height:
            break
        size *= SMALLER
    return max(size, least)


def _write_title(shape: Any, said: Said) -> None:
    text = one_line(said.text) or "–"
    size = fitted([text], TITLE_BOX[2] - 8, TITLE_BOX[3], TITLE, 0, bold=True)
    most = max(1, int(TITLE_BOX[3] / (LINE_HEIGHT * size)))
    lines = wrapped(text, size, TITLE_BOX[2] - 8, True)
    text = text if len(lines) <= most else " ".join(lines[:most])[:-1].rstrip() + "…"
    _fill(shape, [(text, said.language)], size, bold=True, anchor="ctr")


def _write_points(shape: Any, points: list[Said], one: Slide, box: x.Box, words: Words) -> None:
    texts = [(one_line(point.text), point.language) for point in points]
    if one.publication is None and one.problem:
        texts.append((x.plain(one.problem, LONGEST_SHOWN), words.language))
    size = fitted([text for text, _ in texts], box[2] - 26, box[3], POINTS, 0.7)
    _put(shape, box)
    _fill(shape, texts, size, is_listed=True, anchor="t")


def _fill(
    shape: Any,
    texts: list[tuple[str, str]],
    size: float,
    *,
    bold: bool = False,
    is_listed: bool = False,
    anchor: str = "t",
) -> None:
    """Write paragraphs into a placeholder, each in its own language."""
    frame = shape.text_frame
    frame.word_wrap = True
    body = frame._txBody
    body.bodyPr.attrib.update({"lIns": "0", "tIns": "0", "rIns": "0", "bIns": "0", "anchor": anchor})
    for child in list(body.bodyPr):
        body.bodyPr.remove(child)
    body.bodyPr.append(x.parsed("<a:noAutofit/>"))
    for paragraph in body.findall(qn("a:p")):
        body.remove(paragraph)
    indent = ' marL="228600" indent="-228600"' if is_listed else ""
    bullet = f'<a:buClr><a:srgbClr val="{ACCENT}"/></a:buClr>' if is_listed else ""
    space = '<a:spcBef><a:spcPts val="0"/></a:spcBef>'
    after = f'<a:spcAft><a:spcPts val="{round(size * 0.75 * 60)}"/></a:spcAft>' if is_listed else ""
    for text, language in texts:
        runs = x.run(text, language, size * 0.75, INK, bold=bold)
        body.append(
            x.parsed(
                f'<a:p><a:pPr algn="l"{indent}><a:lnSpc><a:spcPct val="100000"/></a:lnSpc>'
                f"{space}{after}{bullet}</a:pPr>{runs}</a:p>"
            )
        )


def _rule(ids: x.Ids) -> str:
    box = (RIM, FOOT_TOP - 4, WIDTH - 2 * RIM, 1.0)
    return x.preset(ids(), "Rule", "rect", box, x.fill("#c3cbd0") + x.stroke("", 0))


def footer_lines(one: Slide, atlas: Atlas, words: Words, site: str) -> list[str]:
    """What is missing, sources, attribution and disclaimer of maps, date and version of the data, link."""
    is_map = one.publication is not None and one.publication.kind == "map"
    link = site.rstrip("/") + one.publication.address if one.publication else site
    said = words("Corridor Atlas: {link}", link=link) if link and len(link) < 160 else words("Corridor Atlas")
    lines = [
        one.problem if one.publication else "",
        source_line(one.source_ids, atlas, words),
        f"{words(ATTRIBUTION)} {words(DISCLAIMER)}" if is_map else "",
        f"{date_line(atlas, words)} {said}",
    ]
    return [x.plain(line, 900) for line in lines if line]


def _footer(one: Slide, atlas: Atlas, words: Words, site: str, ids: x.Ids) -> str:
    """The real footer of the slide, small but whole."""
    box = (RIM, FOOT_TOP, WIDTH - 2 * RIM - 60, HEIGHT - FOOT_TOP - 8)
    lines = footer_lines(one, atlas, words, site)
    size = fitted(lines, box[2], box[3], (SMALL[0] / 0.75, SMALL[1] / 0.75), 0)
    runs = "".join(
        f'<a:p><a:pPr algn="l"/>{x.run(line, words.language, size * 0.75, QUIET)}</a:p>' for line in lines
    )
    return _placeholder(ids(), "ftr", 11, words("Sources"), box, runs)


def _number(number: int, words: Words, ids: x.Ids) -> str:
    box, language = (WIDTH - RIM - 50, FOOT_TOP + 4, 50.0, 24.0), x.LANGUAGES[words.language]
    field = (
        f'<a:p><a:pPr algn="r"/><a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">'
        f'<a:rPr lang="{language}" sz="1200">{x.fill(QUIET)}</a:rPr><a:t>{number}</a:t></a:fld></a:p>'
    )
    return _placeholder(ids(), "sldNum", 12, "Slide number", box, field)


def _placeholder(number: int, kind: str, index: int, name: str, box: x.Box, paragraphs: str) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{x.quoted(name, 80)}"/>'
        '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="{kind}" sz="quarter" idx="{index}"/></p:nvPr></p:nvSpPr>'
        f'<p:spPr>{x.place(box)}</p:spPr><p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="t">'
        f"<a:noAutofit/></a:bodyPr><a:lstStyle/>{paragraphs}</p:txBody></p:sp>"
    )


def _write_notes(slide: Any, notes: Said) -> None:
    frame = slide.notes_slide.notes_text_frame
    frame.text = x.plain(notes.text, 20_000)
    for paragraph in frame.paragraphs:
        for piece in paragraph.runs:
            piece.font.size = Pt(12)
            piece._r.get_or_add_rPr().set("lang", x.LANGUAGES.get(notes.language, notes.language))
