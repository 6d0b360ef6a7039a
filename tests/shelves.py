"""Small collections for tests: documents written in a test, indexed once for all its questions."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from yinju.index.generation import Generation
from yinju.library import Library, build_index, open_library
from yinju.protocols import Encoder


def indexed(documents: Mapping[str, str], folder: Path, encoder: Encoder | None = None) -> Path:
    """The folder of an index of documents by name."""
    (folder / "corpus").mkdir(parents=True)
    for name, text in documents.items():
        (folder / "corpus" / name).write_text(text, "utf-8")
    build_index(folder / "corpus", folder / "index", encoder=encoder)
    return folder / "index"


def library_of(documents: Mapping[str, str], folder: Path) -> Library:
    """Documents by name, indexed in a folder."""
    return open_library(indexed(documents, folder))


@contextmanager
def generation_of(documents: Mapping[str, str], folder: Path, encoder: Encoder) -> Iterator[Generation]:
    """The open index of documents by name."""
    opened = Generation(indexed(documents, folder, encoder), encoder)
    yield opened
    opened.close()
