"""Sections → a Word document with their sources as footnotes."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from yinju.export.elements import FONTS, element, run
from yinju.export.footnotes import REFERENCE_STYLE, TEXT_STYLE, Footnotes, raised
from yinju.export.layout import Paragraph, Picture, Section, Sentence, Source, Style, Table, Words

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph as WordParagraph

_STYLES = {Style.PLAIN: "Normal", Style.QUOTE: "Quote", Style.POINT: "List Bullet", Style.LEAD: "Normal"}
MOST_CHARACTERS = 255
"""Of the title among a document's properties."""
_POINTS = {"Normal": 11, "Title": 20, "Heading 1": 14, "Subtitle": 9, "Quote": 11, "Caption": 9}
"""The size of each style's type."""


def write_word(title: Words, sections: Sequence[Section]) -> bytes:
    """A docx file; the question of a single section is its title."""
    document = docx.Document()
    _set_up(document, title)
    writer = _Writer(document)
    writer.write(title, "Title")
    for number, section in enumerate(sections):
        if len(sections) > 1 or section.question != title:
            writer.write(section.question, "Heading 1")
        writer.section(number, section)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


class _Writer:
    """Writes sections one after the other, their notes numbered through."""

    def __init__(self, document: "Document") -> None:
        self._document, self._notes = document, Footnotes(document)
        self._number, self._sources = 0, dict[int, Source]()

    def write(self, words: Words, style: str) -> None:
        """Add a paragraph without notes."""
        self._document.add_paragraph(style=style)._p.append(run(words))

    def section(self, number: int, section: Section) -> None:
        """Add what was said, and the sources that nothing of it refers to; a section has a number of its own."""
        self._number, self._sources = number, section.sources
        self.write(section.facts, "Subtitle")
        for part in (*section.parts, *section.uncited):
            if isinstance(part, Table):
                self._table(part)
            else:
                self._paragraph(part)
        for picture in section.figures:
            self._picture(picture)

    def _picture(self, picture: Picture) -> None:
        if picture.image:
            made = self._document.add_picture(BytesIO(picture.image), width=Pt(picture.width))
            made._inline.docPr.set("descr", picture.caption.text)
            self._document.paragraphs[-1].paragraph_format.keep_with_next = True
        self.write(picture.caption, "Caption")

    def _paragraph(self, part: Paragraph) -> None:
        paragraph = self._document.add_paragraph(style=_STYLES[part.style])
        for sentence in part.sentences:
            self._sentence(paragraph, sentence)

    def _sentence(self, paragraph: "WordParagraph", sentence: Sentence) -> None:
        paragraph._p.append(run(sentence.words))
        for place, marker in enumerate(sentence.markers):
            if place:
                paragraph._p.append(raised(element("t", text=",")))
            self._notes.refer(paragraph, (self._number, marker), self._sources[marker].words)
        if sentence.doubt:
            paragraph._p.append(run(Words(f"（{sentence.doubt.text}）", sentence.doubt.region)))

    def _table(self, part: Table) -> None:
        headed = any(head.text for head in part.heads)
        table = self._document.add_table(0, len(part.heads), style="Table Grid")
        for place, row in enumerate([tuple(map(Sentence, part.heads)), *part.rows] if headed else part.rows):
            made = table.add_row()
            is_head = headed and not place
            made._tr.get_or_add_trPr().extend([element("cantSplit"), *([element("tblHeader")] if is_head else [])])
            for cell, sentence in zip(made.cells, row, strict=True):
                paragraph = cell.paragraphs[0]
                paragraph.style = _STYLES[part.style]
                self._sentence(paragraph, sentence)
                paragraph.runs[0].bold = is_head or None
        self._document.add_paragraph()


def _set_up(document: "Document", title: Words) -> None:
    """Set the document's properties, page and styles."""
    properties, now = document.core_properties, datetime.now(UTC)
    properties.title, properties.author, properties.comments = title.text[:MOST_CHARACTERS], "", ""
    properties.created = properties.modified = now
    properties.language = title.region
    document.sections[0].page_width, document.sections[0].page_height = Mm(210), Mm(297)
    document.settings.element.find(qn("w:themeFontLang")).set(qn("w:eastAsia"), title.region)
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    defaults.find(qn("w:lang")).set(qn("w:eastAsia"), title.region)
    fonts = defaults.find(qn("w:rFonts"))
    fonts.attrib.clear()
    for script, font in (("ascii", "Calibri"), ("hAnsi", "Calibri"), ("eastAsia", FONTS[title.region])):
        fonts.set(qn(f"w:{script}"), font)
    for style in _styles(document):
        for inherited in [*style.element.iter(qn("w:rFonts"))]:
            inherited.getparent().remove(inherited)
        style.font.color.rgb, style.font.italic = RGBColor(0, 0, 0), False


def _styles(document: "Document") -> Iterator["ParagraphStyle"]:
    """The styles that are used, those of footnotes made."""
    for name, size in _POINTS.items():
        style = document.styles[name]
        style.font.size = Pt(size)
        yield style
    document.styles["Quote"].paragraph_format.left_indent = Mm(8)
    text = document.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    reference = document.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
    text.element.set(qn("w:styleId"), TEXT_STYLE)
    reference.element.set(qn("w:styleId"), REFERENCE_STYLE)
    text.base_style, text.font.size, text.paragraph_format.space_after = document.styles["Normal"], Pt(9), Pt(0)
    reference.font.superscript = True
