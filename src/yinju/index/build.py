"""A folder of documents → the next generation of the index; what has not changed is taken over as it is."""

import errno
import hashlib
import os
import shutil
import sqlite3
import stat
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from yinju.chunking import chunk_document
from yinju.errors import CorpusError, IndexWriteError, ReadingError
from yinju.index.generation import (
    DOCUMENTS,
    KEYWORDS,
    VECTORS,
    Generation,
    clear_unused,
    current_number,
    publish,
    write_manifest,
    writer_lock,
)
from yinju.index.keywords import write_keywords
from yinju.index.storage import StorageWriter
from yinju.index.vectors import write_vectors
from yinju.reading import Reader
from yinju.settings import Settings
from yinju.text import bigrams, characters, words
from yinju.types import Document, Encoder, FileOutcome, FileState, IngestReport, Passage, Progress, Vectors

Words = list[str]

_SKIPPED = {
    "hidden": "隱藏檔案，未讀取。",
    "link": "連結指向資料夾之外、指向自己，或指向不存在的位置，未讀取。",
    "linked_folder": "連結到同一資料夾裡的另一個資料夾；內容已在原位置讀取。",
    "special": "不是一般檔案（裝置、管線或通訊端），未讀取。",
    "unreadable": "讀不到：沒有權限，或路徑太長；請檢查後重新執行。",
}


@dataclass(slots=True)
class _Entry:
    """One file on its way into the index."""

    outcome: FileOutcome
    sha256: str | None
    document: Document | None = None
    passages: list[tuple[Passage, Words]] | None = None
    vectors: Vectors | None = None


def find_files(corpus: Path, apart: Path | None = None) -> Iterator[tuple[str, Path, str | None]]:
    """Every file below a folder as (name, path, why it is passed over or None), by name; links are not followed out.

    The folder `apart`, such as an index kept below its corpus, is left out.

    Raises:
        CorpusError: the folder is missing or cannot be listed.
    """
    if not corpus.is_dir():
        raise CorpusError(f"{corpus} is not a folder; give the folder that holds the documents: yinju index FOLDER")
    if not os.access(corpus, os.R_OK | os.X_OK):
        raise CorpusError(f"{corpus} cannot be read; give this user the right to read it, then run the command again")
    root, left_out = corpus.resolve(), apart.resolve() if apart else None
    found: list[tuple[str, Path, str | None]] = []
    for folder, subfolders, files in os.walk(corpus):
        subfolders[:] = sorted(
            name for name in subfolders if not name.startswith(".") and Path(folder, name).resolve() != left_out
        )
        links = [name for name in subfolders if (Path(folder) / name).is_symlink()]
        for name in [*files, *links]:
            path = Path(folder) / name
            found.append((_name(path.relative_to(corpus)), path, _why_skipped(path, root)))
    return iter(sorted(found))


def _name(path: Path) -> str:
    """The path with forward slashes; bytes that are no UTF-8, which no database takes, as they are escaped."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def _why_skipped(path: Path, root: Path) -> str | None:
    if path.name.startswith("."):
        return "hidden"
    try:
        if path.is_symlink() and not path.resolve(strict=True).is_relative_to(root):
            return "link"
        mode = path.stat().st_mode
    except (OSError, RuntimeError) as error:  # a loop of links is a RuntimeError in Python 3.11
        return "unreadable" if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG else "link"
    if stat.S_ISDIR(mode):
        return "linked_folder"
    if not stat.S_ISREG(mode):
        return "special"
    return None if os.access(path, os.R_OK) else "unreadable"


def _same(old: Generation, settings: Settings) -> bool:
    return bool(old.manifest["settings"] == _kept_settings(settings))


def _kept_settings(settings: Settings) -> dict[str, Any]:
    return {"passage_characters": settings.passage_characters}


def _take_over(name: str, sha256: str, old: Generation) -> _Entry | None:
    """What the generation before knows of an unchanged file, or None where it must be read, as after a failure."""
    known, outcome = old.storage.outcome(name) or (None, None)
    if known != sha256 or outcome is None or outcome.state is FileState.FAILED:
        return None
    document = old.storage.document(name)
    passages = old.storage.passages_of(name)
    vectors = old.vectors.rows([passage.id for passage, _ in passages])
    return _Entry(replace(outcome, reused=True), sha256, document, passages, vectors)


def _reader(settings: Settings) -> Reader:
    return Reader(
        max_bytes=settings.file_megabytes * 1_000_000,
        timeout_seconds=settings.file_seconds,
        memory_bytes=settings.file_memory_megabytes * 1_000_000,
    )


def _read(name: str, path: Path, sha256: str, reader: Reader, settings: Settings) -> _Entry:
    try:
        document = reader.read(path, name)
    except ReadingError as error:
        state = FileState.SKIPPED if error.code in ("empty", "unknown_format") else FileState.FAILED
        return _Entry(FileOutcome(name, state, error.code, str(error)), sha256)
    return _divide(document, settings)


def _divide(document: Document, settings: Settings) -> _Entry:
    passages = chunk_document(document, settings.passage_characters)
    if not passages:
        outcome = FileOutcome(document.name, FileState.SKIPPED, "empty", "檔案裡沒有文字，未建立索引。")
        return _Entry(outcome, document.sha256)
    code = "ok" if document.state is FileState.INDEXED else "warning"
    outcome = FileOutcome(document.name, document.state, code, document.message, len(passages), len(document.text))
    return _Entry(outcome, document.sha256, document, [(p, words(p.text)) for p in passages])


def embedded_text(passage: Passage) -> str:
    """What stands for a passage when it is embedded: title, headings and text."""
    return "\n".join([passage.title, *passage.headings, passage.text])


def _encode(entries: list[_Entry], encoder: Encoder, progress: Progress | None) -> None:
    new = [entry for entry in entries if entry.passages and entry.vectors is None]
    texts = [embedded_text(passage) for entry in new for passage, _ in entry.passages or []]
    vectors = encoder.encode_documents(texts, progress)
    start = 0
    for entry in new:
        count = len(entry.passages or [])
        entry.vectors = vectors[start : start + count]
        start += count


def _keyword_fields(passage: Passage, split: Words) -> dict[str, list[str]]:
    above = " ".join([passage.title, *passage.headings])
    return {
        "words": split,
        "bigrams": bigrams(passage.text),
        "characters": characters(passage.text),
        "heading": words(above) + bigrams(above),
    }


def _write(folder: Path, entries: list[_Entry], encoder: Encoder, facts: dict[str, Any]) -> None:
    folder.mkdir(parents=True)
    numbered: list[tuple[Passage, Words]] = []
    with StorageWriter(folder / DOCUMENTS) as storage:
        for entry in entries:
            storage.add_outcome(entry.outcome, entry.sha256)
            if entry.document:
                storage.add_document(entry.document)
            for passage, split in entry.passages or []:
                numbered.append((replace(passage, id=len(numbered)), split))
                storage.add_passage(*numbered[-1])
    vectors = [entry.vectors for entry in entries if entry.vectors is not None]
    write_vectors(folder / VECTORS, np.concatenate(vectors))
    write_keywords(folder / KEYWORDS, (_keyword_fields(passage, split) for passage, split in numbered))
    made_by = {"name": encoder.name, "fingerprint": encoder.fingerprint, "dimension": encoder.dimension}
    documents = sum(entry.document is not None for entry in entries)
    write_manifest(folder, {**facts, "documents": documents, "passages": len(numbered), "encoder": made_by})


def _collect(
    corpus: Path, index: Path, old: Generation | None, settings: Settings, progress: Progress | None
) -> list[_Entry]:
    files = list(find_files(corpus, index))
    entries = []
    with _reader(settings) as reader:
        for done, (name, path, skipped) in enumerate(files):
            if progress:
                progress(done, len(files), f"read {name}")
            if skipped:
                entries.append(_Entry(FileOutcome(name, FileState.SKIPPED, skipped, _SKIPPED[skipped]), None))
                continue
            try:
                with path.open("rb") as file:
                    sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            except OSError as error:
                message = f"檔案打不開（{error.strerror}）；請檢查後重新執行。"
                entries.append(_Entry(FileOutcome(name, FileState.FAILED, "unreadable", message), None))
                continue
            known = _take_over(name, sha256, old) if old else None
            entries.append(known or _read(name, path, sha256, reader, settings))
    return entries


def build(
    corpus: Path, index: Path, encoder: Encoder, settings: Settings, *, rebuild: bool = False,
    progress: Progress | None = None,
) -> IngestReport:  # fmt: skip
    """Bring the index in line with a folder and report how every file ended; publishes nothing when nothing changed.

    Raises:
        CorpusError: the folder is missing, or no file in it can be indexed; the index stays as it was.
        IndexBusyError: another process is writing.
        IndexDamagedError, IndexMismatchError: the index there cannot be added to; `rebuild` starts from nothing.
        IndexWriteError: no space, or no right to write.
    """
    started = time.monotonic()
    with writer_lock(index):
        old = None if rebuild or current_number(index) is None else Generation(index, encoder)
        entries = _collect(corpus, index, old if old and _same(old, settings) else None, settings, progress)
        if not any(entry.passages for entry in entries):
            raise CorpusError(_nothing_to_index(corpus, entries))
        number, removed = _publish_if_changed(index, old, entries, encoder, settings, progress)
        if old:
            old.close()
        clear_unused(index, number)
    return IngestReport(number, tuple(e.outcome for e in entries), removed, time.monotonic() - started)


def build_from_documents(
    documents: Iterable[Document], index: Path, encoder: Encoder, settings: Settings, progress: Progress | None = None
) -> None:
    """Make an index of documents that are already in memory, such as the paragraphs of a labelled question set."""
    entries = [_divide(document, settings) for document in documents]
    with writer_lock(index):
        _publish_if_changed(index, None, entries, encoder, settings, progress)


def _publish_if_changed(
    index: Path, old: Generation | None, entries: list[_Entry], encoder: Encoder, settings: Settings,
    progress: Progress | None,
) -> tuple[int, tuple[str, ...]]:  # fmt: skip
    """The number of the generation now live, and the documents that are gone from it."""
    before = {document.name for document in old.storage.documents()} if old else set()
    removed = tuple(sorted(before - {entry.outcome.name for entry in entries}))
    if old and [_essence(e.sha256, e.outcome) for e in entries] == _seen(old) and _same(old, settings):
        return old.number, removed
    _encode(entries, encoder, progress)
    number = _next_number(index)
    folder = index / "generations" / f"building-{number:06d}"
    shutil.rmtree(folder, ignore_errors=True)
    try:
        _write(folder, entries, encoder, {"generation": number, "settings": _kept_settings(settings)})
        publish(index, folder, number)
    except (OSError, sqlite3.Error, RuntimeError, ValueError) as error:  # the last two: how FAISS and tantivy say it
        shutil.rmtree(folder, ignore_errors=True)
        free = shutil.disk_usage(index).free // 1_000_000
        raise IndexWriteError(
            f"{index} cannot be written ({error}; {free} MB are free); make room or give this user the right to write, "
            "then run the same command again. The index there is as it was."
        ) from error
    return number, removed


def _essence(sha256: str | None, outcome: FileOutcome) -> tuple[str | None, str, FileState, str]:
    return sha256, outcome.name, outcome.state, outcome.code


def _seen(old: Generation) -> list[tuple[str | None, str, FileState, str]]:
    return [_essence(sha256, outcome) for sha256, outcome in old.storage.outcomes().values()]


def _next_number(index: Path) -> int:
    numbers = [int(folder.name) for folder in (index / "generations").iterdir() if folder.name.isdigit()]
    return max(numbers, default=0) + 1


def _nothing_to_index(corpus: Path, entries: list[_Entry]) -> str:
    seen = "; ".join(f"{e.outcome.name}: {e.outcome.message}" for e in entries[:5])
    rest = f"; and {len(entries) - 5} more" if len(entries) > 5 else ""
    found = f"{len(entries)} files, none with text to index ({seen}{rest})" if entries else "no file"
    return f"{corpus} holds {found}; put .txt, .md, .html, .pdf or .docx files there and run the command again"
