"""A figure of a file → its picture made anew, or what it is drawn from; runs in the child process of `child`."""

import base64
import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from yinju.errors import ReadingError
from yinju.reading.encoding import decode_text
from yinju.reading.figures.charts import drawn_data
from yinju.reading.figures.pictures import made_anew, opened_picture, upright
from yinju.reading.figures.settling import SMALLEST
from yinju.reading.html import declared_encoding
from yinju.reading.html.pictures import inline_bytes, is_inline
from yinju.reading.unpacking import (
    DAMAGE,
    as_transitional,
    check_unpacked_size,
    composed,
    decoded_names,
    parse_xml,
    read_member,
)
from yinju.types import FigureSource

MOST_BYTES = 30_000_000
"""Of a picture, as it is packed in its file."""


def answer_figure(data: bytes, request: Mapping[str, Any]) -> dict[str, Any]:
    """The `picture` of a figure at most `width` pixels wide as `kind`, webp or png; of a chart the `chart`'s data.

    Raises:
        ReadingError: `no_figure` where the file holds no such picture, `unreadable`, `too_large`.
    """
    source, path = FigureSource(request["source"]), request["names"]
    try:
        if source is FigureSource.CHART:
            return {"chart": drawn_data(parse_xml(as_transitional(member_bytes(data, path))))}
        if source is FigureSource.INLINE:
            found = _inline(member_bytes(data, path[:-1]), int(path[-1]))
        else:
            found = member_bytes(data, path if source is FigureSource.MEMBER else ())
    except DAMAGE as error:
        raise ReadingError("no_figure", why=str(error)[:200]) from error
    if len(found) > MOST_BYTES:
        raise ReadingError("too_large", size=len(found), limit=MOST_BYTES)
    picture = opened_picture(found)
    if min(picture.size) < SMALLEST:
        raise ReadingError("no_figure", why=f"{picture.size}")
    return {"picture": base64.b64encode(made_anew(upright(picture), request["width"], request["kind"])).decode()}


def member_bytes(data: bytes, path: Sequence[str]) -> bytes:
    """The bytes that a path of names leads to, through archives in each other; the file's own without any name.

    Raises:
        KeyError: there is no such member; others of `unpacking.DAMAGE`.
        ReadingError: `too_large` where an archive unpacks to too much.
    """
    for name in path:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_unpacked_size(archive)
            entries = archive.infolist()
            names = {composed(one): entry for one, entry in zip(decoded_names(entries), entries, strict=True)}
            data = read_member(archive, names.get(composed(name)) or archive.getinfo(name))
    return data


def _inline(page: bytes, number: int) -> bytes:
    """The bytes of the picture of a number among those that stand in a page as text, from 0.

    Raises:
        IndexError: there are fewer.
    """
    found = _Inline(number)
    parser = etree.HTMLParser(target=found, huge_tree=True, remove_pis=True)
    parser.feed(decode_text(page, declared_encoding(page)).text)
    source: str | None = parser.close()
    if source is None:
        raise IndexError(number)
    return inline_bytes(source)


class _Inline:
    """Looks through the events of an HTML parser for one picture."""

    def __init__(self, number: int) -> None:
        """Look for the one of a number, from 0."""
        self._left = number
        self._found: str | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Count an element."""
        if tag == "img" and is_inline(attributes.get("src", "")):
            self._found = attributes["src"] if self._left == 0 else self._found
            self._left -= 1

    def close(self) -> str | None:
        """The address of the picture."""
        return self._found
