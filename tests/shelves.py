"""Small collections for tests: documents written in a test, indexed once for all its questions."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from yinju.ingest.build import open_store
from yinju.library import Library, build_index, open_library
from yinju.protocols import Encoder
from yinju.store.protocol import Snapshot


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
def generation_of(documents: Mapping[str, str], folder: Path, encoder: Encoder) -> Iterator[Snapshot]:
    """The open index of documents by name."""
    opened = open_store(indexed(documents, folder, encoder)).open()
    yield opened
    opened.close()
