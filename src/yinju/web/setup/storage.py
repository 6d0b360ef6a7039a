"""The folders of a library → how many bytes each part of it takes."""

import os
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from yinju.ingest.deleted import DELETED, Deleted
from yinju.library import Library
from yinju.settings import cache_folder


def storage_of(library: Library, conversations: Path) -> dict[str, int]:
    """Part → bytes: originals, index, conversations, deleted (what emptying frees), and the cache where there is one.

    SQLite may keep files beside that of the conversations, which begin as it does.
    """
    index, corpus = library.index, library.facts.corpus
    found = {
        "originals": _size(Path(corpus), [index]) if corpus else 0,
        "index": _size(index, [index / DELETED], conversations.name),
        "conversations": sum(_bytes(path) for path in conversations.parent.glob(f"{conversations.name}*")),
        "deleted": Deleted(index / DELETED).size(),
    }
    cache = cache_folder() if library.settings.dictionary else None
    return found | ({"cache": _size(cache, [])} if cache else {})


def _size(folder: Path, apart: Collection[Path], but: str = "\0") -> int:
    """The bytes of all files below a folder, without those in folders apart and those whose names begin in one way."""
    left_out, total = {path.resolve() for path in apart}, 0
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if Path(parent, name).resolve() not in left_out]
        total += sum(_bytes(Path(parent, name)) for name in names if not name.startswith(but))
    return total


def _bytes(path: Path) -> int:
    with suppress(OSError):  # gone meanwhile
        return path.lstat().st_size
    return 0
