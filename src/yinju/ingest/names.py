"""A name that somebody gives a file → the name under which it may be written below the folder of documents."""

import unicodedata
from collections.abc import Iterable

from yinju.errors import DocumentsError

PART_BYTES = 200
"""The longest part of a name between slashes, in UTF-8: most file systems take 255."""
DEEPEST = 10
"""How many parts a name may have."""
TAG_CHARACTERS = 40
"""The longest tag."""
TAGS_PART = "#、，,;；"
"""What stands around tags that are written in a row, and so in none."""
_SPELLED_OUT = 100
_UNSHOWN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
_JOINERS = "\u200c\u200d"
"""What holds letters or the parts of an emoji together."""


def checked_name(name: str) -> str:
    """The name for a new file, with forward slashes and in NFC.

    Raises:
        DocumentsError: it is empty, too long, hidden, leads out of the folder or holds what cannot be shown.
    """
    name = unicodedata.normalize("NFC", name)
    parts = name.split("/")
    if not parts[-1].strip():
        raise DocumentsError("name.empty")
    if any(is_unshown(character) for character in name):
        raise DocumentsError("name.characters")
    if any(not part.strip() or part in (".", "..") for part in parts):
        raise DocumentsError("name.outside", name=name[:_SPELLED_OUT])
    if any(part.startswith(".") for part in parts):
        raise DocumentsError("name.hidden", name=name[:_SPELLED_OUT])
    if len(parts) > DEEPEST:
        raise DocumentsError("name.deep", limit=DEEPEST - 1)
    if any(len(part.encode()) > PART_BYTES for part in parts):
        raise DocumentsError("name.long", limit=PART_BYTES, characters=PART_BYTES // 3)
    return name


def checked_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags without what parts them when they are written in a row, each once, in order.

    Raises:
        DocumentsError: one is too long, or holds what cannot be shown.
    """
    found = sorted({unicodedata.normalize("NFC", " ".join(tag.split())) for tag in tags} - {""})
    for tag in found:
        if len(tag) > TAG_CHARACTERS:
            raise DocumentsError("tag.long", found=tag[:_SPELLED_OUT], limit=TAG_CHARACTERS)
        if any(is_unshown(character) or character in TAGS_PART for character in tag):
            raise DocumentsError("tag.characters", found=tag)
    return tuple(found)


def is_unshown(character: str) -> bool:
    """Whether a name may not have a character: it shows nothing, turns the direction of writing or is a backslash."""
    return character == "\\" or (unicodedata.category(character) in _UNSHOWN and character not in _JOINERS)
