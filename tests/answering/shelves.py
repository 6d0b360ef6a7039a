"""Small libraries for tests of answers: documents written in a test, indexed once for all its questions."""

from collections.abc import Mapping
from pathlib import Path

from yinju.library import Library, build_index, open_library


def library_of(documents: Mapping[str, str], folder: Path) -> Library:
    """Documents by name, indexed in a folder."""
    (folder / "corpus").mkdir(parents=True)
    for name, text in documents.items():
        (folder / "corpus" / name).write_text(text, "utf-8")
    build_index(folder / "corpus", folder / "index")
    return open_library(folder / "index")
