"""The footnotes of a Word document, which python-docx does not write: a part of their own, and what refers to them.

ECMA-376 Part 1, 17.11: the first two notes are the lines drawn above the others; a note is referred to once, and what
refers to it again is a field that repeats its number.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml.ns import qn

from yinju.export.elements import element, run, styled
from yinju.export.layout import Words

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.text.paragraph import Paragraph

TEXT_STYLE, REFERENCE_STYLE = "FootnoteText", "FootnoteReference"
"""The ids of the styles that a document must have."""
_LINES = {-1: "separator", 0: "continuationSeparator"}


class Footnotes:
    """The footnotes of a document, numbered from 1 in the order in which they are first referred to."""

    def __init__(self, document: "Document") -> None:
        """Give the document an empty part for its notes."""
        self._root, self._numbers = element("footnotes"), dict[object, int]()
        for number, line in _LINES.items():
            self._add(number, [element("r", [element(line)])], type=line)
        part = XmlPart(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, self._root, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        lines = (element("footnote", id=number) for number in _LINES)
        document.settings.element.find(qn("w:compat")).addprevious(element("footnotePr", lines))

    def refer(self, paragraph: "Paragraph", key: object, words: Words) -> None:
        """End a paragraph with the number of a note; the first time that a key is given, the note is written."""
        number = self._numbers.setdefault(key, len(self._numbers) + 1)
        name = f"_Ref{number}"
        if number == len(self._root) - len(_LINES) + 1:
            self._add(number, [raised(element("footnoteRef")), run(Words(f" {words.text}", words.region))])
            place = element("bookmarkStart", id=number, name=name)
            paragraph._p.extend([place, raised(element("footnoteReference", id=number))])
            paragraph._p.append(element("bookmarkEnd", id=number))
        else:
            field = element("instrText", text=f" NOTEREF {name} \\h ")
            ends = (element("fldChar", fldCharType=kind) for kind in ("begin", "separate", "end"))
            begin, separate, end = map(raised, ends)
            paragraph._p.extend([begin, raised(field), separate, raised(element("t", text=str(number))), end])

    def _add(self, number: int, content: Iterable["BaseOxmlElement"], **attributes: str) -> None:
        style = element("pPr", [element("pStyle", val=TEXT_STYLE)])
        paragraph = element("p", [style, *content])
        self._root.append(element("footnote", [paragraph], id=number, **attributes))


def raised(content: "BaseOxmlElement") -> "BaseOxmlElement":
    """A run that looks like the number of a note."""
    return styled(REFERENCE_STYLE, content)
