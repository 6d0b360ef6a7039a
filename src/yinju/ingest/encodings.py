"""The encodings that a person states for files of a folder: its file `.yinju-encodings` → the encoding of a name.

A line is `name = encoding`. A name is relative to the folder, as the index shows it, and may be a pattern: * any
characters, ? one of them, [ab] one of those. The last line that fits a name holds. Empty lines and what follows a # at
the beginning of a line say nothing.
"""

import re
from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import Path

from yinju.durable import sync
from yinju.errors import DocumentsError, EncodingsError
from yinju.ingest.files import ENCODINGS, begin_unfinished
from yinju.reading.encoding import known_encoding
from yinju.reasons import cause_of

_SPECIAL = re.compile(r"[*?\[]")
_UNWRITABLE = re.compile(r"^[\s#]|[^\S ]|\s$")
"""What would end a line, be a remark or be lost at its edges; a ? stands for it."""

_SPELLED_OUT = 100
"""Characters of a wrong line that are shown."""

Override = Callable[[str], str | None]
"""From a file's name to the encoding stated for it, or to None."""


def read_overrides(corpus: Path) -> Override:
    """What is stated for the files of a folder; always None where nothing is.

    Raises:
        EncodingsError: the file cannot be read or is no UTF-8, a line is not `name = encoding`, or there is no such
            encoding.
    """
    path = corpus / ENCODINGS
    try:
        text = path.read_text("utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        text = ""
    except OSError as error:
        raise EncodingsError("encodings.open", why=cause_of(error)) from error
    except UnicodeDecodeError as error:
        raise EncodingsError("encodings.bytes", first=error.start) from error
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    stated = [_stated(line, number) for number, line in lines if line and not line.startswith("#")]

    def override(name: str) -> str | None:
        return next((encoding for pattern, encoding in reversed(stated) if fnmatchcase(name, pattern)), None)

    return override


def state_encoding(corpus: Path, name: str, encoding: str) -> None:
    """Add the line that states a file's encoding; an empty one takes back what was added for that name.

    Raises:
        DocumentsError: there is no such encoding, or what is stated already cannot be used.
        OSError: the file cannot be written.
    """
    if encoding and known_encoding(encoding) is None:
        raise DocumentsError("unknown_encoding", name=encoding)
    try:
        read_overrides(corpus)
    except EncodingsError as error:
        raise DocumentsError(error.reason.name, **error.reason.facts) from error
    path, pattern = corpus / ENCODINGS, _UNWRITABLE.sub("?", _SPECIAL.sub(r"[\g<0>]", name))
    lines = path.read_text("utf-8-sig").splitlines() if path.exists() else []
    kept = [line for line in lines if line.rpartition("=")[0].strip() != pattern]
    if encoding:
        kept.append(f"{pattern} = {encoding}")
    part, file = begin_unfinished(corpus)
    try:
        with file:
            file.write("".join(f"{line}\n" for line in kept).encode())
            file.flush()
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    sync(corpus)


def move_encoding(corpus: Path, name: str, target: str) -> None:
    """Have the encoding that is stated for a file hold for another name of it, and no longer for the old one alone.

    Raises:
        DocumentsError, OSError: as `state_encoding`.
    """
    try:
        stated = read_overrides(corpus)
    except EncodingsError as error:
        raise DocumentsError(error.reason.name, **error.reason.facts) from error
    encoding = stated(name)
    if encoding and encoding != stated(target):
        state_encoding(corpus, target, encoding)
    if encoding:
        state_encoding(corpus, name, "")


def _stated(line: str, number: int) -> tuple[str, str]:
    """The pattern and the encoding of one line; a name may hold an = itself."""
    pattern, equals, encoding = (part.strip() for part in line.rpartition("="))
    if not (pattern and equals and encoding):
        raise EncodingsError("encodings.line", line=number, found=line[:_SPELLED_OUT])
    if known_encoding(encoding) is None:
        raise EncodingsError("encodings.name", line=number, found=encoding[:_SPELLED_OUT])
    return pattern, encoding
