"""What archives of documents have in common: a limit of what they unpack to, the faults they may have, safe XML."""

import unicodedata
import zipfile
import zlib
from collections.abc import Sequence
from copy import copy
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from yinju.errors import ReadingError
from yinju.reading.likelihood import likelihood

MAX_UNPACKED_BYTES = 200_000_000
MEMBER_LIMITS = ((20_000_000, 40), (5_000_000, 150))
"""A member of more bytes is read only when it is packed less tightly: made-up ones shrink far more than real ones."""

_PIECE_BYTES = 1 << 20
_UTF_8_FLAG = 0x800
_NAME_ENCODINGS = ("gb18030", "big5hkscs", "cp437")

DAMAGE = (
    zipfile.BadZipFile, zlib.error, etree.LxmlError, KeyError, ValueError, TypeError, IndexError, OSError, EOFError,
    NotImplementedError, AttributeError, RuntimeError,
)  # fmt: skip
"""What a library raises on an archive that is damaged or is not what it seems."""

STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/"
_STRICT_NAMES = (
    *((f"{name}/main".encode(), f"{name}/2006/main".encode())
      for name in ("wordprocessingml", "spreadsheetml", "presentationml", "drawingml")),
    *((f"drawingml/{name}".encode(), f"drawingml/2006/{name}".encode())
      for name in ("chart", "chartDrawing", "diagram", "picture", "spreadsheetDrawing", "wordprocessingDrawing")),
    *((f"officeDocument/{name}".encode(), f"officeDocument/2006/{name}".encode())
      for name in ("relationships", "math", "bibliography", "customXml", "docPropsVTypes", "sharedTypes")),
    (b"officeDocument/extendedProperties", b"officeDocument/2006/extended-properties"),
    (b"officeDocument/customProperties", b"officeDocument/2006/custom-properties"),
)  # fmt: skip
"""How the namespaces and kinds of relations of Strict Open XML (ISO/IEC 29500-1) begin, and those of the usual kind."""


def check_unpacked_size(archive: zipfile.ZipFile, limit: int = MAX_UNPACKED_BYTES) -> None:
    """Refuse an archive whose directory says that it unpacks to too much.

    Raises:
        ReadingError: `too_large`.
    """
    unpacked = sum(member.file_size for member in archive.infolist())
    if unpacked > limit:
        raise ReadingError("too_large.unpacked", size=unpacked, limit=limit)
    for member in archive.infolist():
        size, packed = member.file_size, max(member.compress_size, 1)
        if any(size > limit and size > ratio * packed for limit, ratio in MEMBER_LIMITS):
            raise ReadingError("too_large.member", packed=packed, size=size)


def read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """The bytes of a member, never more than its archive's directory says.

    Raises:
        zipfile.BadZipFile: or others of `DAMAGE`, when it is damaged, or unpacks to more or fewer bytes than it says.
    """
    allowed = copy(member)
    allowed.file_size += 1  # one byte more, so that what is left over shows
    pieces, size = [], 0
    with archive.open(allowed) as file:
        while piece := file.read(_PIECE_BYTES):  # all at once, zipfile would unpack without a limit
            pieces.append(piece)
            size += len(piece)
    if size != member.file_size:
        raise zipfile.BadZipFile(f"{member.filename}: {member.file_size:,} bytes stated, {size:,} or more unpacked")
    return b"".join(pieces)


def decoded_names(entries: Sequence[zipfile.ZipInfo]) -> list[str]:
    """The members' names; those not marked as UTF-8 are in whatever encoding the packer's machine had.

    All of them are judged together, for a single name is too short to tell.
    """
    unmarked = [_raw_name(entry) for entry in entries if not entry.flag_bits & _UTF_8_FLAG]
    encoding = _names_encoding(b"\n".join(unmarked))
    return [
        entry.filename if entry.flag_bits & _UTF_8_FLAG else _raw_name(entry).decode(encoding, errors="replace")
        for entry in entries
    ]


def composed(name: str) -> str:
    """A name as it is compared: some machines write é as two characters."""
    return unicodedata.normalize("NFC", name)


def _raw_name(entry: zipfile.ZipInfo) -> bytes:
    """The bytes of an unmarked name, which zipfile has decoded as cp437."""
    return entry.filename.encode("cp437", errors="replace")


def _names_encoding(names: bytes) -> str:
    """The likeliest encoding of names."""
    try:
        names.decode("utf-8")
    except UnicodeDecodeError:
        return max(_NAME_ENCODINGS, key=lambda encoding: likelihood(names.decode(encoding, errors="replace")))
    return "utf-8"


def as_transitional(data: bytes) -> bytes:
    """A part of Strict Open XML in the namespaces of the transitional kind, which nearly all files are in."""
    if STRICT not in data:
        return data
    for strict, transitional in _STRICT_NAMES:
        data = data.replace(b'="' + STRICT + strict, b'="' + _TRANSITIONAL + transitional)
        data = data.replace(b"='" + STRICT + strict, b"='" + _TRANSITIONAL + transitional)
    return data


def parse_xml(data: bytes) -> Any:  # noqa: ANN401 - lxml has no types
    """The root of an XML file from a stranger: its entities are not expanded and nothing is fetched.

    Raises:
        lxml.etree.XMLSyntaxError: when it is damaged or nested too deep.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    return etree.fromstring(data, parser)
