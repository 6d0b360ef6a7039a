"""The bytes of a file → its format, by content; names only help where content cannot tell."""

import io
import re
import zipfile
import zlib

from yinju.errors import ReadingError

PDF_MARK = b"%PDF-"
PICTURE = "image"
"""The format of pictures, whose text is recognised."""

_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*")
"""How JPEG, PNG, GIF and TIFF files begin."""

# (first bytes, what the file is, by its name in yinju.reasons.reading)
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x7fELF", "elf"),
    (b"MZ", "exe"),
    (b"RIFF", "riff"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"SQLite format 3\0", "sqlite"),
    (b"ID3", "mp3"),
    (b"OggS", "ogg"),
    (b"%!PS", "postscript"),
)
_ARCHIVES: tuple[tuple[str, str], ...] = (
    ("word/document.xml", "docx"),
    ("ppt/presentation.xml", "pptx"),
    ("xl/workbook.xml", "xlsx"),
    ("META-INF/container.xml", "epub"),
    ("content.xml", "odt"),
)
"""A member that an archive of a format holds."""
_ODT = b"application/vnd.oasis.opendocument.text"
MAIL_START = re.compile(rb"(?:\xef\xbb\xbf)?[\r\n]*(?:>?From [^\r\n]{1,300}\r?\n(?=[!-9;-~]+:))?")
"""What stands before the headers of a mail that comes from a mailbox."""
_HEADER = re.compile(rb"[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*")
_MAIL_HEADERS = frozenset(
    (b"from", b"to", b"subject", b"date", b"received", b"mime-version", b"message-id", b"return-path", b"delivered-to")
)
_FEWEST_MAIL_HEADERS = 3


def detect_binary_format(data: bytes) -> str | None:
    """`pdf`, `image`, `rtf`, `docx`, `pptx`, `xlsx`, `epub`, `odt` or `zip`, or None when the bytes may be text.

    Raises:
        ReadingError: `unknown_format` with the type found, `unreadable` for a damaged archive.
    """
    if PDF_MARK in data[:1024]:
        return "pdf"
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _detect_archive(data)
    if (data.startswith(b"RIFF") and data[8:12] == b"WEBP") or _is_bitmap(data):
        return PICTURE
    if data[4:12] in (b"ftypisom", b"ftypmp42", b"ftypheic", b"ftypqt  "):
        raise _unknown("mp4")
    # A text can begin with GIF8 or ID3 as well; a binary file has a NUL before long.
    is_binary = b"\0" in data[:4096]
    if any(data.startswith(signature) and (is_binary or not signature.isascii()) for signature in _PICTURES):
        return PICTURE
    for signature, kind in _SIGNATURES:
        if data.startswith(signature) and (is_binary or not signature.isascii() or signature == b"%!PS"):
            raise _unknown(kind)
    return None


def _is_bitmap(data: bytes) -> bool:
    """Whether bytes are a Windows bitmap, which says how long it is and where its pixels begin."""
    return data.startswith(b"BM") and data[6:10] == bytes(4) and 14 < int.from_bytes(data[10:14], "little") < 4096


def is_mail(data: bytes, name: str) -> bool:
    """Whether a text begins with the headers of a mail: three that most have, or one in a file named .eml."""
    found = set[bytes]()
    start = MAIL_START.match(data)
    position = start.end() if start else 0
    while header := _HEADER.match(data, position):
        found.add(header.group().partition(b":")[0].lower())
        position = header.end()
    known = len(found & _MAIL_HEADERS)
    return known >= (1 if name.lower().endswith(".eml") else _FEWEST_MAIL_HEADERS)


def _detect_archive(data: bytes) -> str:
    """The format of a zip archive, by the names in its directory; `zip` where it is no document itself."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {*archive.namelist()}
            kind = next((kind for member, kind in _ARCHIVES if member in names), "zip")
            if kind == "odt" and "mimetype" in names:
                with archive.open("mimetype") as member:
                    if not member.read(len(_ODT)).startswith(_ODT):
                        raise _unknown("odf")
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, RuntimeError) as error:
        raise ReadingError("unreadable.zip", why=str(error)) from error
    return kind


def _unknown(kind: str) -> ReadingError:
    """The error for a file whose type is known but cannot be read."""
    return ReadingError("unknown_format", kind=kind)
