"""A folder of documents → the next generation of the index; what has not changed is taken over as it is."""

import hashlib
import shutil
import sqlite3
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from yinju.chunking import chunk_document
from yinju.errors import CorpusError, IndexWriteError, ReadingError
from yinju.index.files import find_files
from yinju.index.generation import (
    DOCUMENTS,
    KEYWORDS,
    VECTORS,
    Generation,
    clear_unused,
    current_number,
    publish,
    segmented_by,
    write_manifest,
    writer_lock,
)
from yinju.index.keywords import write_keywords
from yinju.index.storage import StorageWriter
from yinju.index.vectors import write_vectors
from yinju.noise import mended_words
from yinju.protocols import Encoder
from yinju.reading import Reader
from yinju.settings import Settings
from yinju.text import bigrams, characters, words
from yinju.types import Document, FileOutcome, FileState, IngestReport, Passage, Progress, Vectors

Words = list[str]

OPENING_CHARACTERS = 120
"""How much of a document's first passage tells what the others are about: as good as all of it, see
docs/experiments.md."""

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


def _same(old: Generation, settings: Settings) -> bool:
    return bool(old.manifest["settings"] == _kept_settings(settings))


def _kept_settings(settings: Settings) -> dict[str, Any]:
    return {"passage_characters": settings.passage_characters, **segmented_by()}


def _take_over(name: str, sha256: str, old: Generation) -> _Entry | None:
    """How an unchanged file ended before, or None where it must be read, as after a failure.

    What it holds is loaded by `_load` and only when a new generation is written: mostly nothing has changed.
    """
    known, outcome = old.storage.outcome(name) or (None, None)
    if known != sha256 or outcome is None or outcome.state is FileState.FAILED:
        return None
    return _Entry(replace(outcome, reused=True), sha256)


def _load(entry: _Entry, old: Generation) -> None:
    name = entry.outcome.name
    document = old.storage.document(name)
    entry.document = document and replace(document, printed=old.storage.printed(name))
    entry.passages = old.storage.passages_of(name)
    entry.vectors = old.vectors.rows([passage.id for passage, _ in entry.passages])


def reader_for(settings: Settings) -> Reader:
    """A reader with the limits of the settings; use as a context manager."""
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
    passages = [_mend(passage) for passage in chunk_document(document, settings.passage_characters)]
    if not passages:
        outcome = FileOutcome(document.name, FileState.SKIPPED, "empty", "檔案裡沒有文字，未建立索引。")
        return _Entry(outcome, document.sha256)
    code = "ok" if document.state is FileState.INDEXED else "warning"
    outcome = FileOutcome(document.name, document.state, code, document.message, len(passages), len(document.text))
    return _Entry(outcome, document.sha256, document, [(p, _searched_words(p)) for p in passages])


def _mend(passage: Passage) -> Passage:
    """The passage with the words in it that stray characters break apart."""
    texts = (passage.text[start:end] for start, end in passage.sentences)
    return replace(passage, mended=tuple((n, word) for n, text in enumerate(texts) for word in mended_words(text)))


def _searched_words(passage: Passage) -> Words:
    return words(passage.text) + [word for _, word in passage.mended]


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


def context_of(passage: Passage, lead: str) -> str:
    """What a passage is read in: title, headings, and how its document opens, unless it is that opening itself.

    Keywords are searched in it too: what all passages of a document share then tells none of them from the others.
    """
    return "\n".join([passage.title, *passage.headings, "" if passage.text == lead else lead[:OPENING_CHARACTERS]])


def _keyword_fields(passage: Passage, split: Words, lead: str) -> dict[str, list[str]]:
    context = context_of(passage, lead)
    return {
        "words": words(context) + split,
        "bigrams": bigrams("\n".join([context, passage.text, *(word for _, word in passage.mended)])),
        "characters": characters("\n".join([context, passage.text])),
    }


def _write(folder: Path, entries: list[_Entry], encoder: Encoder, facts: dict[str, Any]) -> None:
    folder.mkdir(parents=True)
    numbered: list[tuple[Passage, Words, str]] = []
    with StorageWriter(folder / DOCUMENTS) as storage:
        for entry in entries:
            storage.add_outcome(entry.outcome, entry.sha256)
            if entry.document:
                storage.add_document(entry.document)
            lead = entry.passages[0][0].text if entry.passages else ""
            for passage, split in entry.passages or []:
                numbered.append((replace(passage, id=len(numbered)), split, lead))
                storage.add_passage(numbered[-1][0], split)
    vectors = [entry.vectors for entry in entries if entry.vectors is not None]
    write_vectors(folder / VECTORS, np.concatenate(vectors))
    write_keywords(folder / KEYWORDS, (_keyword_fields(*one) for one in numbered))
    made_by = {"name": encoder.name, "fingerprint": encoder.fingerprint, "dimension": encoder.dimension}
    documents = sum(entry.document is not None for entry in entries)
    write_manifest(folder, {**facts, "documents": documents, "passages": len(numbered), "encoder": made_by})


def _collect(
    corpus: Path, index: Path, old: Generation | None, settings: Settings, progress: Progress | None
) -> list[_Entry]:
    files = list(find_files(corpus, index))
    entries = []
    with reader_for(settings) as reader:
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
        if not any(entry.outcome.passages for entry in entries):
            raise CorpusError(_nothing_to_index(corpus, entries))
        facts = {"corpus": str(corpus.resolve())}
        number, removed = _publish_if_changed(index, old, entries, encoder, settings, progress, facts)
        if old:
            old.close()
        clear_unused(index, number)
    return IngestReport(number, tuple(e.outcome for e in entries), removed, time.monotonic() - started)


def build_from_documents(
    documents: Iterable[Document], index: Path, encoder: Encoder, settings: Settings, progress: Progress | None = None
) -> None:
    """Make an index of documents that are already in memory, such as the paragraphs of a labelled question set.

    Raises:
        CorpusError: none of them holds text.
    """
    entries = [_divide(document, settings) for document in documents]
    if not any(entry.passages for entry in entries):
        raise CorpusError(f"None of {len(entries)} documents holds text; expected at least one to search")
    with writer_lock(index):
        _publish_if_changed(index, None, entries, encoder, settings, progress)


def _publish_if_changed(
    index: Path, old: Generation | None, entries: list[_Entry], encoder: Encoder, settings: Settings,
    progress: Progress | None, facts: dict[str, str] | None = None,
) -> tuple[int, tuple[str, ...]]:  # fmt: skip
    """The number of the generation now live, and the documents that are gone from it; `facts` go into its manifest."""
    facts = facts or {}
    before = list(old.storage.outcomes().values()) if old else []
    removed = {outcome.name for _, outcome in before if outcome.passages} - {e.outcome.name for e in entries}
    gone = tuple(sorted(removed))
    unchanged = [_essence(e.sha256, e.outcome) for e in entries] == [_essence(*known) for known in before]
    if old and unchanged and _same(old, settings) and facts.items() <= old.manifest.items():
        return old.number, gone
    for entry in entries:
        if old and entry.outcome.reused:
            _load(entry, old)
    _encode(entries, encoder, progress)
    number = _next_number(index)
    folder = index / "generations" / f"building-{number:06d}"
    shutil.rmtree(folder, ignore_errors=True)
    try:
        _write(folder, entries, encoder, {"generation": number, "settings": _kept_settings(settings), **facts})
        publish(index, folder, number)
    except (OSError, sqlite3.Error, RuntimeError, ValueError) as error:  # the last two: how FAISS and tantivy say it
        shutil.rmtree(folder, ignore_errors=True)
        free = shutil.disk_usage(index).free // 1_000_000
        raise IndexWriteError(
            f"{index} cannot be written ({error}; {free} MB are free); make room or give this user the right to write, "
            "then run the same command again. The index there is as it was."
        ) from error
    return number, gone


def _essence(sha256: str | None, outcome: FileOutcome) -> tuple[str | None, str, FileState, str]:
    return sha256, outcome.name, outcome.state, outcome.code


def _next_number(index: Path) -> int:
    numbers = [int(folder.name) for folder in (index / "generations").iterdir() if folder.name.isdigit()]
    return max(numbers, default=0) + 1


def _nothing_to_index(corpus: Path, entries: list[_Entry]) -> str:
    seen = "; ".join(f"{e.outcome.name}: {e.outcome.message}" for e in entries[:5])
    rest = f"; and {len(entries) - 5} more" if len(entries) > 5 else ""
    found = f"{len(entries)} files, none with text to index ({seen}{rest})" if entries else "no file"
    return f"{corpus} holds {found}; put .txt, .md, .html, .pdf or .docx files there and run the command again"
