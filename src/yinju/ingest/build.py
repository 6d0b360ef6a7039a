"""A folder of documents → a store in line with it; what has not changed is left as it is."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from weakref import WeakValueDictionary

import numpy as np

from yinju.embedding import StaticEncoder, shipped_encoder
from yinju.errors import CorpusError, IndexMismatchError
from yinju.ingest.encodings import read_overrides
from yinju.ingest.entries import Collecting, Editing, divide
from yinju.ingest.files import clear_unfinished
from yinju.ingest.meaning import carry
from yinju.ingest.moved import Moves
from yinju.ingest.records import encode_passages
from yinju.ingest.seen import SeenFiles
from yinju.protocols import Encoder
from yinju.reasons import Reason
from yinju.segmentation import segmenter
from yinju.settings import Settings, load_settings
from yinju.store.local.manifest import rebuild as remedy_for
from yinju.store.local.store import LocalStore
from yinju.store.milvus.store import MilvusStore
from yinju.store.protocol import IngestedFile, Snapshot, Store, StoreFacts, Writer
from yinju.types import Document, FileOutcome, FileState, IngestReport, Progress

BATCH = 2_000
"""How many passages are embedded at once."""

SHOWN = 5
"""How many files are named of those that hold nothing to index."""

_stores: WeakValueDictionary[tuple[Path, str, str], LocalStore | MilvusStore] = WeakValueDictionary()


def open_store(index: Path, settings: Settings | None = None) -> Store:
    """The store of a folder under some settings, or those in force.

    It is the same for all who use it at once: what one has checked, the others need not.

    Raises:
        SettingsError: the address of Milvus cannot be used.
    """
    chosen = settings or load_settings()
    address, token = chosen.milvus_uri, chosen.milvus_token.get_secret_value()
    key = index.resolve(), chosen.store, address
    if store := _stores.get(key):
        return store
    made = LocalStore(index) if chosen.store == "local" else MilvusStore(index, address, token)
    return _stores.setdefault(key, made)


def segmented_by() -> dict[str, str]:
    """What decides how texts are cut into words, as a store keeps it."""
    return {"dictionary": segmenter().dictionary, "regional": segmenter().regional}


def facts_for(encoder: Encoder, settings: Settings) -> StoreFacts:
    """What is true of a store that is made by an encoder under some settings."""
    made_by = {"name": encoder.name, "fingerprint": encoder.fingerprint, "dimension": encoder.dimension}
    return StoreFacts(made_by, {"passage_characters": settings.passage_characters, **segmented_by()})


def open_to_search(store: Store, index: Path, encoder: Encoder) -> Snapshot:
    """What is live, where the encoder made its vectors and its words were cut as a question's words are now.

    Raises:
        IndexMissingError: nothing was published.
        IndexDamagedError: a file is missing, cut off or changed.
        IndexMismatchError: another format version, another encoder or other words made it.
    """
    snapshot = store.open()
    try:
        check_encoder(snapshot.facts, encoder, index)
        _check_words(snapshot.facts, index)
    except IndexMismatchError:
        snapshot.close()
        raise
    return snapshot


def check_encoder(facts: StoreFacts, encoder: Encoder, index: Path) -> None:
    """See that an encoder made a store's vectors.

    Raises:
        IndexMismatchError: another one did.
    """
    made_by = facts.encoder
    if made_by["fingerprint"] != encoder.fingerprint:
        raise IndexMismatchError(
            "index.encoder", made=made_by["name"], made_by=made_by["fingerprint"], made_size=made_by["dimension"],
            used=encoder.name, used_by=encoder.fingerprint, used_size=encoder.dimension, remedy=remedy_for(index),
        )  # fmt: skip


def _check_words(facts: StoreFacts, index: Path) -> None:
    now = segmented_by()
    made, used = facts.settings.get("dictionary"), now["dictionary"]
    if made != used:
        none = Reason("index.no_dictionary")
        raise IndexMismatchError("index.dictionary", made=made or none, used=used or none, index=index)
    if facts.settings.get("regional") != now["regional"]:
        raise IndexMismatchError("index.regional", index=index)


def build(
    corpus: Path, index: Path, encoder: Encoder, settings: Settings, *, rebuild: bool = False, check: bool = False,
    progress: Progress | None = None, may_be_empty: bool = False, editing: Editing | None = None,
) -> IngestReport:  # fmt: skip
    """Bring the index in line with a folder and report how every file ended; publishes nothing when nothing changed.

    Whether a file has changed is told by its time and size, or by all of its bytes where these are to be `check`ed.

    Raises:
        CorpusError: the folder is missing, or no file in it can be indexed, unless it `may_be_empty`; the index stays.
        IndexBusyError: another process is writing.
        IndexDamagedError, IndexMismatchError: the index there cannot be added to; `rebuild` starts from nothing.
        IndexWriteError: no space, or no right to write.
    """
    started = time.monotonic()
    stated = read_overrides(corpus)
    facts = replace(facts_for(encoder, settings), corpus=str(corpus.resolve()))
    with open_store(index, settings).writer(facts, anew=rebuild) as writer:
        old = writer.before
        if old:
            check_encoder(old.facts, encoder, index)
        clear_unfinished(corpus)
        known = old.documents.outcomes() if old else {}
        reuse = old is not None and old.facts.settings == facts.settings
        before = old.facts.encodings if old else {}
        seen = SeenFiles(index, corpus, trusted=not check)
        moves = Moves(old, editing.moved if editing else {})
        collecting = Collecting(
            settings, known, reuse, stated, before, seen, _is_shipped(encoder), editing, progress, moves
        )
        filling = _Filling(writer, encoder, known, progress)
        for file in collecting.collect(corpus, index):
            filling.add(file)
        written = editing.written if editing else ()
        for outcome in moves.kept({one.name for one in filling.outcomes}, written) if reuse else ():
            filling.add(IngestedFile(replace(outcome, reused=True)))
        filling.finish()
        if not may_be_empty and not any(outcome.passages for outcome in filling.outcomes):
            raise _nothing_to_index(corpus, filling.outcomes)
        seen.save()
        names = {outcome.name for outcome in filling.outcomes}
        tags = {name: own for name in sorted(names) if (own := writer.tags.get(moves.names.get(name, name)))}
        encodings = {name: encoding for name in sorted(names) if (encoding := stated(name))}
        writer.facts = replace(facts, encodings=encodings, tags=tags)
        number = writer.publish()
    carry(index, settings, moves.passages)
    removed = tuple(name for name in filling.removed if name not in moves.names.values())
    return IngestReport(number, tuple(filling.outcomes), removed, time.monotonic() - started)


def build_from_documents(
    documents: Iterable[Document], index: Path, encoder: Encoder, settings: Settings, progress: Progress | None = None
) -> None:
    """Make an index of documents that are already in memory, such as the paragraphs of a labelled question set.

    Raises:
        CorpusError: none of them holds text.
    """
    with open_store(index, settings).writer(facts_for(encoder, settings), anew=True) as writer:
        filling = _Filling(writer, encoder, {}, progress)
        for document in documents:
            filling.add(divide(document, settings))
        filling.finish()
        if not any(outcome.passages for outcome in filling.outcomes):
            raise CorpusError("corpus.textless", count=len(filling.outcomes))
        writer.publish()


@dataclass(slots=True)
class _Filling:
    """Files on their way to a writer: embedded by batches, and those that the store has already passed by."""

    writer: Writer
    encoder: Encoder
    known: dict[str, FileOutcome]
    """How the store says that files ended."""
    progress: Progress | None = None
    outcomes: list[FileOutcome] = field(default_factory=list)
    """Of every file seen."""
    removed: tuple[str, ...] = ()
    """Documents that the store had and that are no longer there."""
    _waiting: list[IngestedFile] = field(default_factory=list)
    _passages: int = 0
    """How many those that wait have."""

    def add(self, file: IngestedFile) -> None:
        """Keep a file, unless nothing of it has changed."""
        self.outcomes.append(file.outcome)
        before = self.known.get(file.outcome.name)
        if not file.document and before and _essence(before) == _essence(file.outcome):
            return
        if file.vectors is not None:
            self.writer.add(file)
            return
        self._waiting.append(file)
        self._passages += len(file.passages)
        if self._passages >= BATCH:
            self._write()

    def finish(self) -> None:
        """Keep what still waits, and forget what was not seen."""
        self._write()
        unseen = self.known.keys() - {outcome.name for outcome in self.outcomes}
        for name in sorted(unseen):
            self.writer.remove(name)
        self.removed = tuple(sorted(name for name in unseen if self.known[name].passages))

    def _write(self) -> None:
        if not self._waiting:
            return
        passages = [passage for file in self._waiting for passage in file.passages]
        vectors = encode_passages(self.encoder, passages, self.progress)
        ends = np.cumsum([len(file.passages) for file in self._waiting])
        for file, own in zip(self._waiting, np.split(vectors, ends[:-1]), strict=True):
            self.writer.add(replace(file, vectors=own))
        self._waiting.clear()
        self._passages = 0


def _is_shipped(encoder: Encoder) -> bool:
    """Whether an encoder is the one that any process has ready, without being handed it."""
    return isinstance(encoder, StaticEncoder) and encoder is shipped_encoder()


def _essence(outcome: FileOutcome) -> tuple[str | None, FileState, str]:
    return outcome.sha256, outcome.state, outcome.code


def _nothing_to_index(corpus: Path, outcomes: list[FileOutcome]) -> CorpusError:
    if not outcomes:
        return CorpusError("corpus.empty", corpus=corpus)
    seen = [Reason("corpus.file", {"name": one.name, "told": one.reasons}) for one in outcomes[:SHOWN]]
    rest = [Reason("corpus.more", {"count": len(outcomes) - SHOWN})] if len(outcomes) > SHOWN else []
    return CorpusError("corpus.nothing", corpus=corpus, count=len(outcomes), seen=[*seen, *rest])
