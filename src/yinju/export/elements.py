"""Elements of WordprocessingML (ECMA-376 Part 1, 17), each made in one call."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from yinju.export.layout import Region, Words

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

FONTS: dict[Region, str] = {"zh-TW": "Microsoft JhengHei", "zh-CN": "Microsoft YaHei"}
"""What Word brings along; where a font is missing, it takes another by the language of the text."""


def element(
    tag: str, content: Iterable["BaseOxmlElement"] = (), *, text: str = "", **attributes: object
) -> "BaseOxmlElement":
    """An element with attributes, content and text."""
    made = OxmlElement(f"w:{tag}", {qn(f"w:{key}"): str(value) for key, value in attributes.items()})
    made.extend(content)
    if text:
        made.text = text
        made.set(qn("xml:space"), "preserve")
    return made


def run(words: Words) -> "BaseOxmlElement":
    """A run of text in the font and the language of its region."""
    looks = [element("rFonts", eastAsia=FONTS[words.region]), element("lang", eastAsia=words.region)]
    return element("r", [element("rPr", looks), element("t", text=words.text)])


def styled(style: str, content: "BaseOxmlElement") -> "BaseOxmlElement":
    """A run in a style of characters."""
    return element("r", [element("rPr", [element("rStyle", val=style)]), content])
