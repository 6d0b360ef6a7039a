"""zip → Extract: the documents in an archive, each below a heading with its name."""

import io
import stat
import zipfile
from functools import partial
from pathlib import PurePosixPath

from yinju.errors import ReadingError
from yinju.reading.extract import Extract
from yinju.reading.joining import Extractor, Joiner, Nesting, nested
from yinju.reading.unpacking import DAMAGE, MAX_UNPACKED_BYTES, check_unpacked_size, decoded_names, read_member

MAX_MEMBERS = 2_000
DEEPEST = 2
"""Archives within an archive within it are read; deeper ones are not."""

_NAME_LEVEL = 1


def extract_zip(data: bytes, extract: Extractor) -> Extract:
    """The text of every document in an archive, in the order of their names; hidden files are passed over.

    Members that cannot be read are named in a warning.

    Raises:
        ReadingError: `unreadable`, `too_large`, or `empty` when nothing in it can be read.
    """
    faults: list[str] = []

    def extracted(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> tuple[str, Extract]:
        try:
            data = read_member(archive, member)
        except DAMAGE as error:
            faults.append(str(error))
            raise
        return extract(data, name)

    try:
        with nested("zip", DEEPEST) as nesting, zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = _checked_members(archive, nesting)
            joiner = Joiner()
            for name, member in sorted(members, key=lambda named: named[0]):
                joiner.add_file(name, _NAME_LEVEL, partial(extracted, archive, member, name), DAMAGE, name)
    except ReadingError:
        raise
    except DAMAGE as error:
        raise ReadingError("unreadable.zip", why=str(error)) from error
    found = joiner.joined()
    if not found.text:
        raise ReadingError("unreadable.zip", why=faults[0]) if faults else ReadingError("empty.zip")
    return found


def _checked_members(archive: zipfile.ZipFile, nesting: Nesting) -> list[tuple[str, zipfile.ZipInfo]]:
    """The names and entries of the files to be read, once they are known to be neither too many nor too large."""
    check_unpacked_size(archive)
    entries = archive.infolist()
    nesting.take(len(entries), sum(entry.file_size for entry in entries), MAX_MEMBERS, MAX_UNPACKED_BYTES)
    return [
        (name, entry)
        for name, entry in zip(decoded_names(entries), entries, strict=True)
        if not (entry.is_dir() or stat.S_ISLNK(entry.external_attr >> 16) or _is_hidden(name))
    ]


def _is_hidden(name: str) -> bool:
    """Whether a name or a folder in it says that it is not meant for readers."""
    parts = PurePosixPath(name).parts
    return any(part == "__MACOSX" or (part.startswith(".") and part not in (".", "..")) for part in parts)
