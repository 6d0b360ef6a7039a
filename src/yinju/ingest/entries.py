"""A folder → each file in it, read, divided and described, or as the index before knows it."""

import hashlib
import os
import time
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from io import BufferedReader
from itertools import islice
from pathlib import Path

from yinju.chunking import chunk_document
from yinju.embedding import shipped_encoder
from yinju.errors import ReadingError
from yinju.ingest.encodings import Override
from yinju.ingest.files import find_files
from yinju.ingest.moved import Moves
from yinju.ingest.originals import with_figures_there
from yinju.ingest.records import described, encode_passages
from yinju.ingest.seen import SeenFiles
from yinju.noise import mended_words
from yinju.reading import Reader
from yinju.reading.extract import count_characters
from yinju.reading.recognizer import is_installed
from yinju.reading.unchanged import CHANGING, read_unchanged
from yinju.reasons import Reason
from yinju.settings import Settings
from yinju.store.protocol import IngestedFile
from yinju.text import fold, search_form
from yinju.types import Document, FileOutcome, FileState, Passage, Progress, Watch
from yinju.workers import worker_pool

MOST_PROCESSES = 8
"""How many files are read at once at most; else as many as there are processors."""
FEW = 16
"""So many files are divided in this process; only for more do others pay, which take a second to start."""
READ_AHEAD = 32
"""How many files are read, or wait to be handed over, at once."""

_OFF = {
    "no_text": "no_text.off", "no_text.picture": "no_text.picture_off", "textless_pages": "textless_pages.off",
}  # fmt: skip
"""What a parser says of text that only recognition can read, and what is said where that is installed but off."""
_UNREAD = ("no_text.picture", "no_text.picture_off")
"""Why a picture is passed over that recognition would read."""
_PICTURES = (*_UNREAD, "no_text.picture_recognized")
"""The same, and where recognition found no text."""


@dataclass(frozen=True, slots=True)
class Editing:
    """What is asked of a build by people who change single documents: a folder without any will then do."""

    again: frozenset[str] = frozenset()
    """Files to read although they have not changed."""
    written: frozenset[str] = frozenset()
    """Files written just now: they alone are read again where they failed before and hold the same as then."""
    watch: Watch | None = None
    recognizing: Progress | None = None
    """Called with how many of a file's pages are recognised, how many there are to be, and its name."""
    moved: Mapping[str, str] = field(default_factory=dict)
    """New name → the one that the index knows, of files moved just now."""


@dataclass(frozen=True, slots=True)
class Collecting:
    """How the files of a folder are read."""

    settings: Settings
    known: Mapping[str, FileOutcome]
    """How the files ended the last time."""
    reuse: bool
    """Whether what has not changed is taken over."""
    stated: Override
    """The encoding that a person states for a file."""
    stated_before: Mapping[str, str]
    """The same, as it was the last time."""
    seen: SeenFiles
    """What the files held that are as they were."""
    encodes: bool = False
    """Whether the shipped encoder makes the vectors, which it does where documents are divided."""
    editing: Editing | None = None
    progress: Progress | None = None
    moves: Moves = field(default_factory=Moves)
    """Which files have a new name."""

    def collect(self, corpus: Path, index: Path) -> Iterator[IngestedFile]:
        """Each file below the corpus, by name; a few are read ahead of the one that is handed over."""
        files = list(find_files(corpus, index))
        self.moves.look({name: path for name, path, _ in files})
        processes = min(os.cpu_count() or 1, MOST_PROCESSES)
        with reader_for(self.settings, processes) as reader, ThreadPoolExecutor(2 * processes) as threads:
            seen = [None if skipped else self._seen(name, path, reader) for name, path, skipped in files]
            with dividing(processes if seen.count(None) > FEW else 1, self.encodes) as divider:
                entry = partial(self._entry, reader=reader, divider=divider)
                waiting = (known or threads.submit(entry, *file) for known, file in zip(seen, files, strict=True))
                begun = deque(islice(waiting, READ_AHEAD))
                try:
                    for done in range(1, len(files) + 1):
                        first = begun.popleft()
                        file = first.result() if isinstance(first, Future) else first
                        yield self._told(file, (done, len(files)))
                        begun.extend(islice(waiting, 1))
                finally:
                    threads.shutdown(wait=False, cancel_futures=True)

    def _told(self, entry: IngestedFile, place: tuple[int, int]) -> IngestedFile:
        if self.progress:
            self.progress(*place, f"read {entry.outcome.name}")
        return entry

    def _seen(self, name: str, path: Path, reader: Reader) -> IngestedFile | None:
        """A file that is as it was, where it is taken over: nothing of it is read."""
        sha256 = self.seen.sha256(name, path)
        return self._taken_over(name, sha256, reader) if sha256 else None

    def _taken_over(self, name: str, sha256: str, reader: Reader) -> IngestedFile | None:
        """A file that holds what it held, where it need not be read again."""
        known = self.known.get(name)
        if known is None or known.sha256 != sha256 or not self._is_taken_over(known):
            return None
        return None if reader.recognizes and _has_unread_pages(known) else IngestedFile(replace(known, reused=True))

    def _entry(self, name: str, path: Path, skipped: str | None, reader: Reader, divider: "Divider") -> IngestedFile:
        if skipped:
            return IngestedFile(FileOutcome(name, FileState.SKIPPED, (Reason(skipped),)))
        try:
            started = time.time()
            sha256, size = read_unchanged(path, _digest)
            self.seen.note(name, path, sha256, started)
        except ReadingError as error:
            return IngestedFile(FileOutcome(name, FileState.FAILED, (error.reason,)))
        except OSError as error:
            before, gone = self.known.get(name), isinstance(error, FileNotFoundError)
            if before and self.reuse and gone:
                return IngestedFile(replace(before, reused=True))  # moved or removed meanwhile: the next build sees it
            self.moves.unsettled |= gone
            reason = Reason("unreadable.open", {"why": error.strerror or ""})
            return IngestedFile(FileOutcome(name, FileState.FAILED, (reason,)))
        if same := self._taken_over(name, sha256, reader) or self._moved(name, sha256, reader):
            return same
        before = self.known.get(name)
        added = before.added if before and before.sha256 == sha256 else time.time()
        found = FileOutcome(name, FileState.FAILED, sha256=sha256, size=size, added=added)
        return self._read(path, found, reader, divider)

    def _moved(self, name: str, sha256: str, reader: Reader) -> IngestedFile | None:
        """A file that the index knows by another name, where it need not be read again."""
        old = self.moves.origin(name, sha256)
        if old is None or not self._is_taken_over(old, name) or (reader.recognizes and _has_unread_pages(old)):
            return None
        return self.moves.carried(old, name)

    def _is_taken_over(self, known: FileOutcome, name: str = "") -> bool:
        """Whether an unchanged file, of a new name maybe, need not be read again, as it must after a failure."""
        if not self.reuse or (self.editing and (name or known.name) in self.editing.again):
            return False
        if known.encoding and self.stated(name or known.name) != self.stated_before.get(known.name):
            return False
        tried_again = self.editing is None or known.name in self.editing.written
        return known.state is not FileState.FAILED or not tried_again

    def _read(self, path: Path, found: FileOutcome, reader: Reader, divider: "Divider") -> IngestedFile:
        """The file as it is read now; `found` has what is known of it without reading."""
        watch = self.editing.watch if self.editing else None
        if watch:
            watch(found.name, False)
        started = time.monotonic()
        try:
            told = partial(self._tell_recognized, found.name)
            read = reader.read(path, found.name, self.stated(found.name), told)
            read = replace(read, reasons=tuple(map(self._told_off, read.reasons)))
            entry = divider(with_figures_there(read, path.parents[found.name.count("/")]), self.settings)
        except ReadingError as error:
            nothing = error.code in ("empty", "unknown_format") or error.reason.name in _PICTURES
            state = FileState.SKIPPED if nothing else FileState.FAILED
            sha256 = None if error.reason.name == CHANGING else found.sha256  # of bytes that were not those read
            entry = IngestedFile(replace(found, state=state, reasons=(self._told_off(error.reason),), sha256=sha256))
        if watch:
            watch(found.name, True)
        seconds = round(time.monotonic() - started, 3)
        return replace(entry, outcome=replace(entry.outcome, added=found.added, seconds=seconds))

    def _told_off(self, reason: Reason) -> Reason:
        """The reason; one that asks for text recognition tells that it is switched off, where it only is that."""
        is_off = reason.name in _OFF and not self.settings.ocr and is_installed()
        return replace(reason, name=_OFF[reason.name]) if is_off else reason

    def _tell_recognized(self, name: str, done: int, pages: int) -> None:
        if self.editing and self.editing.recognizing:
            self.editing.recognizing(done, pages, name)
        if self.progress:
            self.progress(done, pages, f"recognize {name}")


def _digest(file: BufferedReader) -> tuple[str, int]:
    """The SHA-256 of an open file's bytes in hexadecimal, and how many they are."""
    return hashlib.file_digest(file, "sha256").hexdigest(), file.tell()


def _has_unread_pages(known: FileOutcome) -> bool:
    """Whether it is a picture, or a PDF with pages, that only text recognition can read."""
    is_pdf = known.format == "pdf"
    return any(one.name in _UNREAD or (is_pdf and one.code == "textless_pages") for one in known.reasons)


Divider = Callable[[Document, Settings], IngestedFile]
"""What `divide` does, here or in another process; the file has vectors where the shipped encoder makes them."""


@contextmanager
def dividing(processes: int, encodes: bool) -> Iterator[Divider]:
    """What divides documents, here or in several processes at once.

    The shipped encoder `encodes` them where they are divided: words are cut once for both.
    """
    work = partial(_divided, encodes=encodes)
    with worker_pool(processes) as pool:

        def divided(document: Document, settings: Settings) -> IngestedFile:
            if processes > 1:
                with suppress(BrokenProcessPool):  # as in a script that does not say what it is to do as a module
                    return pool.submit(work, document, settings).result()
            return work(document, settings)

        def divider(document: Document, settings: Settings) -> IngestedFile:
            file = divided(document, settings)
            return replace(file, document=document) if file.passages else file

        yield divider


def _divided(document: Document, settings: Settings, encodes: bool) -> IngestedFile:
    """The entry of a document, without it: whoever asked has that."""
    file = divide(document, settings)
    vectors = encode_passages(shipped_encoder(), file.passages) if encodes and file.passages else None
    return replace(file, document=None, vectors=vectors)


def reader_for(settings: Settings, processes: int = 1) -> Reader:
    """A reader with the limits of the settings; use as a context manager."""
    return Reader(
        processes=processes,
        max_bytes=settings.file_megabytes * 1_000_000,
        timeout_seconds=settings.file_seconds,
        memory_bytes=settings.file_memory_megabytes * 1_000_000,
        recognizes=settings.ocr and is_installed(),
    )


def divide(document: Document, settings: Settings) -> IngestedFile:
    """The entry of a document that was read; one without passages is skipped."""
    passages = [_described(passage) for passage in chunk_document(document, settings.passage_characters)]
    outcome = FileOutcome(
        document.name, document.state, document.reasons, len(passages), len(document.text), document.sha256,
        document.title, document.format, document.size, document.pages, document.encoding, facts=document.facts,
    )  # fmt: skip
    unfound = count_characters(document.text[: document.body_start]) + _unfound(document, passages)
    indexed = count_characters(document.text) - unfound
    outcome = replace(outcome, indexed=indexed, dropped=document.dropped + unfound)
    if not passages:
        nothing = replace(outcome, state=FileState.SKIPPED, reasons=(Reason("empty.passages"),), characters=0)
        return IngestedFile(nothing)
    terms, often = described(passages, document.facts.version)
    return IngestedFile(outcome, document, tuple(passages), terms, often)


def _unfound(document: Document, passages: Sequence[Passage]) -> int:
    """How many characters of a document's sections no passage holds, white space aside."""
    filled = [section for section in document.sections if document.text[section.start : section.end].strip()]
    starts = [section.start for section in filled]
    held = (p for p in passages if (at := bisect_right(starts, p.start) - 1) >= 0 and p.start < filled[at].end)
    whole = sum(count_characters(document.text[section.start : section.end]) for section in filled)
    return whole - sum(count_characters(passage.text) for passage in held)


def _described(passage: Passage) -> Passage:
    """The passage with the words in it that stray characters break apart, and how its sentences are searched."""
    texts = (passage.text[start:end] for start, end in passage.sentences)
    mended = tuple((n, word) for n, text in enumerate(texts) for word in mended_words(text))
    lines = passage.lines
    form = search_form(lines)
    return replace(passage, mended=mended, form="" if form == fold(lines) else form)
