"""pptx → Extract: slide by slide what can be read on it, its title as a heading, then the speaker's notes."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PythonPptxError
from pptx.package import Package
from pptx.shapes.group import GroupShape

from yinju.errors import ReadingError
from yinju.reading.extract import Extract, TextBuilder
from yinju.reading.figures.charts import chart_rows, chart_title, has_values
from yinju.reading.forms import SAMPLE_ROWS, Layout, form_rows
from yinju.reading.lists import ListPoints
from yinju.reading.sheets.merged import Area, Rows, cover, fill_down, join_heads
from yinju.reading.slide_lists import SlideLabels
from yinju.reading.unpacking import DAMAGE, STRICT, as_transitional, check_unpacked_size, read_member
from yinju.types import Block, BlockKind, Figure, FigureSource

_NAMESPACES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
_BREAK = f"{{{_NAMESPACES['a']}}}br"


def _path(expression: str) -> Any:  # noqa: ANN401 - lxml has no types
    return etree.XPath(expression, namespaces=_NAMESPACES)


_ALTERNATIVES = _path(".//mc:AlternateContent")
_CHOSEN = _path("(mc:Choice[.//a:t | .//m:t] | mc:Fallback)[1]/*")
_PARAGRAPHS = _path(".//a:p")
_PIECES = _path(".//a:br | .//m:t | .//a:t[not(parent::a:fld[starts-with(@type, 'slidenum')])]")
_ROWS = _path(".//a:tbl/a:tr")
_CELLS = _path("a:tc")
_DIAGRAM = _path("string(.//dgm:relIds/@r:dm)")
_PICTURE = _path("string((.//a:blip/@r:embed)[1])")
_SAID = _path("string((.//p:cNvPr/@descr)[1])")

_RELATIONS = "_rels/.rels"
_DAMAGE = (*DAMAGE, PythonPptxError)
_FURNITURE = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.HEADER, PP_PLACEHOLDER.SLIDE_NUMBER)
_EMU = 9_525
"""English Metric Units of a pixel."""
_WHOLE = 0.9
"""Of a slide's width and height, from which on a picture takes up all of it."""
_MOST_ROWS = 10_000
"""Rows that one cell is merged over."""
_SAME_HEIGHT = 91_440
"""English Metric Units, a tenth of an inch: shapes whose tops differ by less stand side by side."""
_DEFAULT_TITLE = re.compile(
    r"(?:powerpoint\s*)?(?:presentation|簡報|演示文稿|プレゼンテーション)\s*\d*|(?:slide|投影片|幻灯片)\s*\d+",
    re.IGNORECASE,
)


def extract_pptx(data: bytes) -> Extract:
    """The text of a presentation: each slide is a page, its shapes from top to bottom, then from left to right.

    Raises:
        ReadingError: `unreadable` or `too_large`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_unpacked_size(archive)
            if STRICT in archive.read(_RELATIONS):
                data = _transitional(archive)
        return _read(Package.open(io.BytesIO(data)))
    except ReadingError:
        raise
    except _DAMAGE as error:
        raise ReadingError("unreadable.file", kind="pptx", why=str(error)) from error


def _transitional(archive: zipfile.ZipFile) -> bytes:
    """A presentation in Strict Open XML as one of the usual kind, for python-pptx knows no other."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for member in archive.infolist():
            name, data = member.filename, read_member(archive, member)
            target.writestr(name, as_transitional(data) if name.endswith((".xml", ".rels")) else data)
    return out.getvalue()


def _read(package: Any) -> Extract:  # noqa: ANN401 - python-pptx types its packages only in part
    """What the slides of a package hold. Not pptx.Presentation, which refuses shows and templates."""
    built, starts, figures = TextBuilder(), list[int](), list[Figure]()
    points, labels = ListPoints(built), SlideLabels()
    shown = package.main_document_part.presentation
    for slide in shown.slides:
        starts.append(built.length)
        _add_slide(built, points, labels, slide)
        across, down = (side or 0 for side in (shown.slide_width, shown.slide_height))
        figures += (
            replace(figure, page=len(starts)) for figure in built.figures
            if not _is_ground(figure, (across, down)) or built.length == starts[-1]
        )  # fmt: skip
        built.figures.clear()
    points.settle()
    text = built.text
    title = (package.core_properties.title or "").strip()
    if not title or _DEFAULT_TITLE.fullmatch(title):
        title = built.first_heading
    page_starts = tuple(min(start, len(text)) for start in starts)
    return Extract(text, tuple(built.blocks), title, page_starts=page_starts, figures=tuple(figures))


def _add_slide(built: TextBuilder, points: ListPoints, labels: SlideLabels, slide: Any) -> None:  # noqa: ANN401
    """Append a slide's title, its other shapes and its notes."""
    _choose_alternatives(slide.element)
    title = slide.shapes.title
    if title is not None:
        built.add_heading(" ".join(" ".join(_text_lines(title.element)).split()), 1)
    for shape in _in_visual_order(slide.shapes):
        if shape.is_placeholder and shape.placeholder_format.type in _FURNITURE:
            continue
        if title is None or shape.element is not title.element:
            _add_shape(built, points, labels, shape)
    notes = slide.notes_slide.notes_placeholder if slide.has_notes_slide else None
    if notes is not None:
        for line in _text_lines(notes.element):
            built.add(line)


def _choose_alternatives(root: Any) -> None:  # noqa: ANN401
    """Put in place of every choice the first that has text: formulas and newer shapes are offered with a picture."""
    for alternatives in reversed(_ALTERNATIVES(root)):
        for chosen in _CHOSEN(alternatives):
            alternatives.addprevious(chosen)
        alternatives.getparent().remove(alternatives)


def _in_visual_order(shapes: Iterable[Any]) -> Iterator[Any]:
    """The shapes from top to bottom, those at the same height from left to right; a group's stand in its place."""
    waiting = [_sorted_by_place(shapes)]
    while waiting:
        for shape in waiting[-1]:
            if isinstance(shape, GroupShape):
                waiting.append(_sorted_by_place(shape.shapes))
                break
            yield shape
        else:
            waiting.pop()


def _sorted_by_place(shapes: Iterable[Any]) -> Iterator[Any]:
    """The shapes of one group or slide in visual order."""
    rows: list[tuple[int, list[tuple[int, Any]]]] = []
    for top, left, shape in sorted(((s.top or 0, s.left or 0, s) for s in shapes), key=lambda placed: placed[:2]):
        if not rows or top - rows[-1][0] >= _SAME_HEIGHT:
            rows.append((top, []))
        rows[-1][1].append((left, shape))
    for _, row in rows:
        yield from (shape for _, shape in sorted(row, key=lambda placed: placed[0]))


def _add_shape(built: TextBuilder, points: ListPoints, labels: SlideLabels, shape: Any) -> None:  # noqa: ANN401
    """Append the lines of a table, chart, diagram or text."""
    diagram, picture = _DIAGRAM(shape.element), _PICTURE(shape.element)
    if picture and not shape.has_table:
        _add_figure(built, shape, FigureSource.MEMBER, _part_name(shape, picture), _SAID(shape.element))
    if shape.has_table:
        rows, joined = _table_rows(shape.element)
        is_form = form_rows(rows[:SAMPLE_ROWS])[0] is Layout.RECORDS  # most tables are said to have a first row
        built.add_table(rows, None if is_form else shape.table.first_row or joined or None)
    elif shape.has_chart:
        chart = shape.chart.element
        if has_values(chart):
            _add_figure(built, shape, FigureSource.CHART, str(shape.chart_part.partname), chart_title(chart))
        built.add(chart_title(chart), Block(BlockKind.CAPTION))
        built.add_table(chart_rows(chart), True)
    elif diagram:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        for line in _text_lines(etree.fromstring(shape.part.related_part(diagram).blob, parser)):
            built.add(line)
    else:
        _add_paragraphs(built, points, labels, shape)


def _add_figure(built: TextBuilder, shape: Any, source: FigureSource, part: str, said: str) -> None:  # noqa: ANN401
    """Note a picture or chart that stands before what is appended next."""
    size = (shape.width or 0) // _EMU, (shape.height or 0) // _EMU
    if part:
        built.figures.append(Figure(built.length, source, (part.removeprefix("/"),), said, size=size))


def _is_ground(figure: Figure, slide: tuple[int, int]) -> bool:
    """Whether a picture takes up a whole slide, as what its text stands on does."""
    return all(side * _EMU > _WHOLE * whole > 0 for side, whole in zip(figure.size, slide, strict=True))


def _part_name(shape: Any, relation: str) -> str:  # noqa: ANN401
    """The name of the part that a picture is; empty where it is none of the file's own."""
    try:
        return str(shape.part.related_part(relation).partname)
    except (KeyError, ValueError, AttributeError):
        return ""


def _add_paragraphs(built: TextBuilder, points: ListPoints, labels: SlideLabels, shape: Any) -> None:  # noqa: ANN401
    """Append the paragraphs of a shape with their numbers; a first one that leads in to others is no point itself."""
    start = built.length
    labels.begin(shape)
    for paragraph in _PARAGRAPHS(shape.element):
        text = _paragraph_text(paragraph)
        label = labels.label(paragraph) if text.strip() else None
        leads = built.length == start and text.rstrip().endswith(("：", ":"))
        if label and (label.marker or not leads):
            points.add(label, text)
        else:
            built.add_lines(text.split("\n"))


def _text_lines(element: Any) -> Iterator[str]:  # noqa: ANN401
    """The lines of an element's paragraphs."""
    for paragraph in _PARAGRAPHS(element):
        yield from _paragraph_text(paragraph).split("\n")


def _paragraph_text(paragraph: Any) -> str:  # noqa: ANN401
    """The characters of a paragraph with its line breaks."""
    pieces = ("\n" if piece.tag == _BREAK else piece.text or "" for piece in _PIECES(paragraph))
    return "".join(pieces).replace("\v", "\n").replace("_x000B_", "\n")


def _table_rows(frame: Any) -> tuple[list[list[str]], bool]:  # noqa: ANN401
    """The cells of a frame's table, and whether names of columns in several rows were joined in the first.

    The text of cells merged downwards is repeated where it is short.
    """
    rows: Rows = {}
    areas: list[Area] = []
    for number, row in enumerate(_ROWS(frame), 1):
        cells = _CELLS(row)
        texts = ["" if _merged(cell, "hMerge", "vMerge") else " ".join(_text_lines(cell)) for cell in cells]
        rows[number] = texts if any(text.strip() for text in texts) else []
        for place, cell in enumerate(cells, 1):
            wide, tall = (cell.get(span, "1") for span in ("gridSpan", "rowSpan"))
            if (wide, tall) != ("1", "1") and wide.isdecimal() and tall.isdecimal():
                right = min(place + int(wide) - 1, len(cells))
                areas.append(Area(number, number + min(int(tall), _MOST_ROWS) - 1, place, right))
    fill_down(rows, areas)
    joined = join_heads(rows, areas)
    cover(rows, areas)
    return [*rows.values()], bool(joined) and min(joined) == min(rows)


def _merged(cell: Any, *directions: str) -> bool:  # noqa: ANN401
    """Whether a cell is a part of one to its left or above it."""
    return any(cell.get(direction) in ("1", "true") for direction in directions)
