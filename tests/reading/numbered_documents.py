"""Word documents with numbered paragraphs, made by hand."""

import io
import zipfile
from collections.abc import Iterable

from docx import Document

_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def level(number: int, way: str, text: str, more: str = "") -> str:
    """A level of a list."""
    start = "" if "w:start " in more else '<w:start w:val="1"/>'
    return f'<w:lvl w:ilvl="{number}">{start}<w:numFmt w:val="{way}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'


def abstract(number: int, *levels: str, more: str = "") -> str:
    """An abstract list."""
    return f'<w:abstractNum w:abstractNumId="{number}">{more}{"".join(levels)}</w:abstractNum>'


def num(number: int, of: int, overrides: str = "") -> str:
    """A use of an abstract list."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def start_at(number: int, start: int) -> str:
    """The statement that a level of a list begins anew with a number."""
    return f'<w:lvlOverride w:ilvl="{number}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def paragraph(words: str, list_: int | None = None, depth: int = 0, style: str = "", more: str = "") -> str:
    """A paragraph, numbered or not."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if list_ is not None:
        properties += f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_}"/></w:numPr>'
    runs = "<w:br/>".join(f"<w:t>{line}</w:t>" for line in words.split("\n"))
    return f"<w:p><w:pPr>{properties}{more}</w:pPr><w:r>{runs}</w:r></w:p>"


def numbered(body: Iterable[str], numbering: Iterable[str], styles: str = "") -> bytes:
    """The bytes of a document with these paragraphs and lists, and more styles than Word's own."""
    out, made = io.BytesIO(), io.BytesIO()
    Document().save(made)
    parts = {
        "word/document.xml": f"<w:document {_SPACE}><w:body>{''.join(body)}</w:body></w:document>",
        "word/numbering.xml": f"<w:numbering {_SPACE}>{''.join(numbering)}</w:numbering>",
    }
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = parts[name].encode() if name in parts else source.read(name)
            if name == "word/styles.xml":
                data = data.replace(b"</w:styles>", styles.encode() + b"</w:styles>")
            target.writestr(name, data)
    return out.getvalue()
