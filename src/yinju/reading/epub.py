"""epub → Extract: the chapters in reading order, as a reader of the book sees them."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote

from yinju.errors import ReadingError
from yinju.reading.encoding import decode_text
from yinju.reading.extract import Extract, heading, headings_of, plain_lines
from yinju.reading.html import declared_encoding, extract_html
from yinju.reading.joining import Joiner, inside
from yinju.reading.unpacking import DAMAGE, check_unpacked_size, composed, decoded_names, parse_xml, read_member

CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_CHAPTER_LEVEL = 1
_EMPTY_ELEMENT = re.compile(r"<(?!(?:area|br|col|hr|img|input|link|meta|source|wbr)\b)([a-z]\w*)(\s[^<>]*)?/>", re.I)
"""What XHTML closes at once and HTML would leave open: <title/>, <a id="x"/>."""


@dataclass(frozen=True, slots=True)
class _Book:
    """What the package document says: the title, the chapters' names in order, and their titles by name."""

    title: str
    chapters: tuple[str, ...]
    contents: dict[str, str]


class _Members:
    """The members of an archive by their names, in whatever encoding these are written."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        entries = archive.infolist()
        self._archive = archive
        self.names = dict(zip(map(composed, decoded_names(entries)), entries, strict=True))

    def read(self, name: str) -> bytes:
        """The bytes of a member.

        Raises:
            KeyError: when there is none of the name; others as `read_member`.
        """
        return read_member(self._archive, self.names[composed(name)])


def extract_epub(data: bytes) -> Extract:
    """The text of a book's chapters in order; one without a heading gets its title in the table of contents.

    Raises:
        ReadingError: `unreadable`, `too_large`, or `encrypted` when a chapter is.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_unpacked_size(archive)
            members = _Members(archive)
            book = _read_package(members)
            _check_encryption(members, book)
            joiner = Joiner()
            for name in book.chapters:
                _add_chapter(joiner, members, name, book.contents.get(name, ""))
    except ReadingError:
        raise
    except DAMAGE as error:
        raise ReadingError("unreadable.file", kind="epub", why=str(error)) from error
    if book.chapters and len(joiner.unread) == len(book.chapters):
        raise ReadingError("unreadable.file", kind="epub", why=joiner.unread[0])
    return joiner.joined(book.title)


def _read_package(members: _Members) -> _Book:
    """What the package document that the container names says of the book."""
    roots = parse_xml(members.read(CONTAINER)).iter("{*}rootfile")
    package_name = unquote(next((root.get("full-path", "") for root in roots), ""))
    package = parse_xml(members.read(package_name))
    folder = posixpath.dirname(package_name)
    items = {item.get("id", ""): item for item in package.iter("{*}item")}
    contents_items = {key for key, item in items.items() if "nav" in item.get("properties", "").split()}
    spine = package.find("{*}spine")
    order = [reference.get("idref", "") for reference in package.iter("{*}itemref")]
    chapters = (_resolved(folder, items[key].get("href", "")) for key in order if key in items.keys() - contents_items)
    contents: dict[str, str] = {}
    for key in (*contents_items, spine.get("toc", "") if spine is not None else ""):
        if key in items:
            contents |= _read_contents(members, _resolved(folder, items[key].get("href", "")))
    title = next((" ".join("".join(found.itertext()).split()) for found in package.iter("{*}title")), "")
    return _Book(title, tuple(dict.fromkeys(chapters)), contents)


def _read_contents(members: _Members, name: str) -> dict[str, str]:
    """The title of each chapter that a table of contents, old or new, leads to the beginning of; empty if damaged."""
    try:
        root = parse_xml(members.read(name))
    except DAMAGE:
        return {}
    titles: dict[str, str] = {}
    for target, words in _contents_entries(root):
        chapter, _, place = target.partition("#")
        chapter = _resolved(posixpath.dirname(name), chapter)
        if words and (not place or chapter not in titles):
            titles.setdefault(chapter, words)
    return titles


def _contents_entries(root: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - lxml has no types
    """The targets and words of a table of contents in order."""
    for point in root.iter("{*}navPoint"):
        label, content = point.find("{*}navLabel"), point.find("{*}content")
        if label is not None and content is not None:
            yield content.get("src", ""), " ".join("".join(label.itertext()).split())
    for contents in root.iter("{*}nav"):
        if contents.get("{http://www.idpf.org/2007/ops}type", "toc") == "toc":
            for link in contents.iter("{*}a"):
                yield link.get("href", ""), " ".join("".join(link.itertext()).split())


def _check_encryption(members: _Members, book: _Book) -> None:
    """Refuse a book whose chapters are encrypted; fonts often are, and do not matter."""
    if _ENCRYPTION not in members.names:
        return
    references = parse_xml(members.read(_ENCRYPTION)).iter("{*}CipherReference")
    if {_resolved("", reference.get("URI", "")) for reference in references} & {*book.chapters}:
        raise ReadingError("encrypted.epub")


def _add_chapter(joiner: Joiner, members: _Members, name: str, title: str) -> None:
    """Append a chapter, or note that it cannot be read."""
    try:
        data = members.read(name)
        found = _chapter(data, name) if data.strip() else Extract("")
    except (ReadingError, *DAMAGE):
        joiner.unread.append(name)
        return
    if not found.text.strip():
        return
    if not headings_of(found.blocks):
        if title and found.text.partition("\n")[0] == title:
            found = replace(found, blocks=(heading(_CHAPTER_LEVEL, title, 0, len(title)), *found.blocks))
        else:
            joiner.add_heading(title, _CHAPTER_LEVEL)
    joiner.add(found, member=name)


def _chapter(data: bytes, name: str) -> Extract:
    """A chapter's text, read as an HTML parser understands it, with what is to be told of its encoding."""
    decoded = decode_text(data, declared_encoding(data))
    text = plain_lines(decoded.text.removeprefix("\ufeff"))
    found = extract_html(_EMPTY_ELEMENT.sub(r"<\1\2></\1>", text), whole=True)
    return replace(found, warnings=tuple(inside(name, warning) for warning in decoded.warnings))


def _resolved(folder: str, target: str) -> str:
    """The name in the archive that a reference from a folder means; one that leads out of it is no name there."""
    return posixpath.normpath(posixpath.join(folder, unquote(target.partition("#")[0])))
