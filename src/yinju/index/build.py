"""A folder of documents → the next generation of the index; what has not changed is taken over as it is."""

import shutil
import sqlite3
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from yinju.designators import mentioned_terms, own_terms
from yinju.errors import CorpusError, IndexWriteError
from yinju.index.encodings import read_overrides
from yinju.index.entries import Collecting, Editing, Entry, Words, divide, load_kept
from yinju.index.files import clear_unfinished
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
from yinju.index.keywords import DESIGNATORS, write_keywords
from yinju.index.storage import StorageWriter
from yinju.index.vectors import write_vectors
from yinju.protocols import Encoder
from yinju.settings import Settings
from yinju.text import bigrams, characters, words
from yinju.types import Document, FileOutcome, FileState, IngestReport, Passage, Progress

OPENING_CHARACTERS = 120
"""How much of a document's first passage tells what the others are about: as good as all of it, see
docs/experiments.md."""


def _same(old: Generation, settings: Settings) -> bool:
    return bool(old.manifest["settings"] == _kept_settings(settings))


def _kept_settings(settings: Settings) -> dict[str, Any]:
    return {"passage_characters": settings.passage_characters, **segmented_by()}


def embedded_text(passage: Passage) -> str:
    """What stands for a passage when it is embedded: title, headings and text."""
    return "\n".join([passage.title, *passage.headings, passage.text])


def _encode(entries: list[Entry], encoder: Encoder, progress: Progress | None) -> None:
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


def _keyword_fields(passage: Passage, split: Words, lead: str, version: str) -> dict[str, list[str]]:
    context = context_of(passage, lead)
    own = own_terms(passage, version)
    return {
        DESIGNATORS: [*(f"={term}" for term in own), *sorted(own | mentioned_terms(passage.text))],
        "words": words(context) + split,
        "bigrams": bigrams("\n".join([context, passage.text, *(word for _, word in passage.mended)])),
        "characters": characters("\n".join([context, passage.text])),
    }


def _write(folder: Path, entries: list[Entry], encoder: Encoder, facts: dict[str, Any]) -> None:
    folder.mkdir(parents=True)
    numbered: list[tuple[Passage, Words, str, str]] = []
    with StorageWriter(folder / DOCUMENTS) as storage:
        for entry in entries:
            storage.add_outcome(entry.outcome)
            if entry.document:
                storage.add_document(entry.document)
            lead = entry.passages[0][0].text if entry.passages else ""
            for passage, split in entry.passages or []:
                numbered.append((replace(passage, id=len(numbered)), split, lead, entry.outcome.facts.version))
                storage.add_passage(numbered[-1][0], split)
    vectors = [entry.vectors for entry in entries if entry.vectors is not None]
    write_vectors(folder / VECTORS, np.concatenate([np.zeros((0, encoder.dimension), np.float32), *vectors]))
    write_keywords(folder / KEYWORDS, (_keyword_fields(*one) for one in numbered))
    made_by = {"name": encoder.name, "fingerprint": encoder.fingerprint, "dimension": encoder.dimension}
    documents = sum(entry.document is not None for entry in entries)
    write_manifest(folder, {**facts, "documents": documents, "passages": len(numbered), "encoder": made_by})


def build(
    corpus: Path, index: Path, encoder: Encoder, settings: Settings, *, rebuild: bool = False,
    progress: Progress | None = None, may_be_empty: bool = False, editing: Editing | None = None,
) -> IngestReport:  # fmt: skip
    """Bring the index in line with a folder and report how every file ended; publishes nothing when nothing changed.

    Raises:
        CorpusError: the folder is missing, or no file in it can be indexed, unless it `may_be_empty`; the index stays.
        IndexBusyError: another process is writing.
        IndexDamagedError, IndexMismatchError: the index there cannot be added to; `rebuild` starts from nothing.
        IndexWriteError: no space, or no right to write.
    """
    started = time.monotonic()
    with writer_lock(index):
        old = None if rebuild or current_number(index) is None else Generation(index, encoder)
        clear_unfinished(corpus)
        known = old.storage.outcomes() if old else {}
        reuse = old is not None and _same(old, settings)
        stated = read_overrides(corpus)
        before = old.manifest.get("encodings", {}) if old else {}
        entries = Collecting(settings, known, reuse, stated, before, editing, progress).collect(corpus, index)
        if not may_be_empty and not any(entry.outcome.passages for entry in entries):
            raise CorpusError(_nothing_to_index(corpus, entries))
        encodings = {e.outcome.name: encoding for e in entries if (encoding := stated(e.outcome.name))}
        facts: Facts = {"corpus": str(corpus.resolve()), "encodings": encodings}
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
    entries = [divide(document, settings) for document in documents]
    if not any(entry.passages for entry in entries):
        raise CorpusError(f"None of {len(entries)} documents holds text; expected at least one to search")
    with writer_lock(index):
        _publish_if_changed(index, None, entries, encoder, settings, progress)


Facts = dict[str, str | dict[str, str]]


def _publish_if_changed(
    index: Path, old: Generation | None, entries: list[Entry], encoder: Encoder, settings: Settings,
    progress: Progress | None, facts: Facts | None = None,
) -> tuple[int, tuple[str, ...]]:  # fmt: skip
    """The number of the generation now live, and the documents that are gone from it; `facts` go into its manifest."""
    facts = facts or {}
    before = list(old.storage.outcomes().values()) if old else []
    gone = tuple(sorted({o.name for o in before if o.passages} - {e.outcome.name for e in entries}))
    unchanged = [_essence(e.outcome) for e in entries] == [_essence(o) for o in before]
    read_again = any(entry.document for entry in entries)  # what is taken over is loaded only below
    if old and unchanged and not read_again and _same(old, settings) and facts.items() <= old.manifest.items():
        return old.number, gone
    if old:
        load_kept(entries, old)
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


def _essence(outcome: FileOutcome) -> tuple[str | None, str, FileState, str]:
    return outcome.sha256, outcome.name, outcome.state, outcome.code


def _next_number(index: Path) -> int:
    numbers = [int(folder.name) for folder in (index / "generations").iterdir() if folder.name.isdigit()]
    return max(numbers, default=0) + 1


def _nothing_to_index(corpus: Path, entries: list[Entry]) -> str:
    seen = "; ".join(f"{e.outcome.name}: {e.outcome.message}" for e in entries[:5])
    rest = f"; and {len(entries) - 5} more" if len(entries) > 5 else ""
    found = f"{len(entries)} files, none with text to index ({seen}{rest})" if entries else "no file"
    return f"{corpus} holds {found}; put documents (PDF, Word, text and others) there and run the command again"
