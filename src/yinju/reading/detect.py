"""The first bytes of a file → its format, by content; names only help where content cannot tell."""

import io
import zipfile

from yinju.errors import ReadingError

PDF_MARK = b"%PDF-"
READABLE = "可讀的格式有 PDF、docx、HTML、Markdown 和純文字"

# (first bytes, what to call the file)
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x7fELF", "ELF 執行檔"),
    (b"MZ", "Windows 執行檔"),
    (b"\xff\xd8\xff", "JPEG 圖片"),
    (b"\x89PNG", "PNG 圖片"),
    (b"GIF8", "GIF 圖片"),
    (b"II*\0", "TIFF 圖片"),
    (b"MM\0*", "TIFF 圖片"),
    (b"RIFF", "RIFF 影音或 WebP 圖片"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "舊版 Office 檔（doc、xls、ppt）或加密的 Office 檔"),
    (b"{\\rtf", "RTF 文件"),
    (b"\x1f\x8b", "gzip 壓縮檔"),
    (b"BZh", "bzip2 壓縮檔"),
    (b"\xfd7zXZ\0", "xz 壓縮檔"),
    (b"7z\xbc\xaf\x27\x1c", "7z 壓縮檔"),
    (b"Rar!\x1a\x07", "RAR 壓縮檔"),
    (b"SQLite format 3\0", "SQLite 資料庫"),
    (b"ID3", "MP3 音訊"),
    (b"OggS", "Ogg 影音"),
    (b"%!PS", "PostScript 文件"),
)
_ASCII_FORMATS = (b"{\\rtf", b"%!PS")
_ARCHIVES: tuple[tuple[str, str], ...] = (
    ("xl/", "Excel 試算表（xlsx）"),
    ("ppt/", "PowerPoint 簡報（pptx）"),
    ("META-INF/container.xml", "EPUB 電子書"),
    ("content.xml", "OpenDocument 文件"),
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
        raise _unknown("MP4 影片或 HEIC 圖片")
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
        message = f"檔案開頭是 zip（docx 也是），但壓縮結構已損壞（{error}）；請重新取得或另存後再加入。"
        raise ReadingError("unreadable", message) from error
    if "word/document.xml" in names:
        return "docx"
    kinds = (kind for part, kind in _ARCHIVES if any(name.startswith(part) for name in names))
    raise _unknown(next(kinds, "ZIP 壓縮檔"))


def _unknown(kind: str) -> ReadingError:
    """The error for a file whose type is known but cannot be read."""
    return ReadingError("unknown_format", f"檔案內容是 {kind}，無法讀取；{READABLE}，請轉換後再加入。")
