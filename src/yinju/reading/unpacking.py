"""What archives of documents have in common: a limit of what they unpack to, the faults they may have, safe XML."""

import zipfile
import zlib
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from yinju.errors import ReadingError

MAX_UNPACKED_BYTES = 200_000_000
MEMBER_LIMITS = ((20_000_000, 40), (5_000_000, 150))
"""A member of more bytes is read only when it is packed less tightly: made-up ones shrink far more than real ones."""

DAMAGE = (
    zipfile.BadZipFile, zlib.error, etree.LxmlError, KeyError, ValueError, TypeError, IndexError, OSError, EOFError,
    NotImplementedError, AttributeError, RuntimeError,
)  # fmt: skip
"""What a library raises on an archive that is damaged or is not what it seems."""


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


def parse_xml(data: bytes) -> Any:  # noqa: ANN401 - lxml has no types
    """The root of an XML file from a stranger: its entities are not expanded and nothing is fetched.

    Raises:
        lxml.etree.XMLSyntaxError: when it is damaged or nested too deep.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    return etree.fromstring(data, parser)
