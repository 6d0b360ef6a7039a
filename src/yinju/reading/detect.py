"""The first bytes of a file → its format, by content; names only help where content cannot tell."""

import io
import zipfile

from yinju.errors import ReadingError

PDF_MARK = b"%PDF-"

# (first bytes, what the file is, by its name in yinju.reasons.reading)
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x7fELF", "elf"),
    (b"MZ", "exe"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG", "png"),
    (b"GIF8", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"RIFF", "riff"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
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
_ASCII_FORMATS = (b"{\\rtf", b"%!PS")
_ARCHIVES: tuple[tuple[str, str], ...] = (
    ("xl/", "xlsx"),
    ("ppt/", "pptx"),
    ("META-INF/container.xml", "epub"),
    ("content.xml", "odf"),
)


def detect_binary_format(data: bytes) -> str | None:
    """`pdf` or `docx`, or None when the bytes may be text.

    Raises:
        ReadingError: `unknown_format` with the type found, `unreadable` for a damaged archive.
    """
    if PDF_MARK in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _detect_archive(data)
    if data[4:12] in (b"ftypisom", b"ftypmp42", b"ftypheic", b"ftypqt  "):
        raise _unknown("mp4")
    for signature, kind in _SIGNATURES:
        # A text can begin with GIF8 or ID3 as well; a binary file has a NUL before long.
        certain = not signature.isascii() or signature in _ASCII_FORMATS or b"\0" in data[:4096]
        if data.startswith(signature) and certain:
            raise _unknown(kind)
    return None


def _detect_archive(data: bytes) -> str:
    """`docx`, by the names in a zip archive's directory."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise ReadingError("unreadable.zip", why=str(error)) from error
    if "word/document.xml" in names:
        return "docx"
    kinds = (kind for part, kind in _ARCHIVES if any(name.startswith(part) for name in names))
    raise _unknown(next(kinds, "zip"))


def _unknown(kind: str) -> ReadingError:
    """The error for a file whose type is known but cannot be read."""
    return ReadingError("unknown_format", kind=kind)
