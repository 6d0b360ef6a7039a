"""The one façade: build or open an index, search it, ask it. The page, the command line and scripts call this."""

import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Self

from yinju.answering import Answering, Stop, Turn, answer_steps, guide_of, load_model
from yinju.atlas import Atlas, drawn
from yinju.audit import recorded
from yinju.embedding import load_encoder
from yinju.errors import DocumentsError, SettingsError
from yinju.ingest.build import build, open_store, open_to_search
from yinju.ingest.changes import Change
from yinju.ingest.editor import Editor
from yinju.ingest.meaning import meanings_of
from yinju.ingest.originals import Originals
from yinju.ingest.upkeep import tune
from yinju.messages import Language
from yinju.protocols import Encoder, Generator, Reranker
from yinju.reading import Chart, PageBoxes
from yinju.retrieval import Retriever, search
from yinju.retrieval.explain import Explanation, explain
from yinju.settings import Settings, load_settings
from yinju.store.protocol import Snapshot, StoreFacts
from yinju.store.scoped import ScopedSnapshot
from yinju.transformer import load_reranker
from yinju.types import Answer, Document, Figure, FileOutcome, Guide, Hit, IngestReport, Passage, Progress, Scope, Span


@recorded("index_build", "{corpus}")
def build_index(
    corpus: str | Path, index: str | Path, *, encoder: Encoder | None = None, rebuild: bool = False,
    check: bool = False, progress: Progress | None = None, settings: Settings | None = None, may_be_empty: bool = False,
) -> IngestReport:  # fmt: skip
    """Bring an index in line with a folder of documents; one end state per file. Only what changed is read.

    That is told by time and size, with `check` by all bytes. A folder without any is an error unless it `may_be_empty`.

    Raises:
        CorpusError: the folder is missing, or no file in it can be indexed; the index stays as it was.
        IndexBusyError, IndexWriteError: another process is writing the index; no space, or no right to write.
        IndexDamagedError, IndexMismatchError: the index there cannot be added to; `rebuild=True` starts from nothing.
    """
    chosen = settings or load_settings(index)
    used = Path(corpus), Path(index), encoder or load_encoder(chosen.encoder), chosen
    report = build(*used, rebuild=rebuild, check=check, progress=progress, may_be_empty=may_be_empty)
    tune(used[1], encoder=used[2], settings=chosen)
    return report


def open_library(
    index: str | Path, *, encoder: Encoder | None = None, reranker: Reranker | None = None,
    model: Generator | None = None, settings: Settings | None = None,
) -> "Library":  # fmt: skip
    """The library over an index, checked and ready to be asked; models that are not given are those of the settings.

    Raises:
        SettingsError: the language model's address or key cannot be used.
        EncoderError, RerankerError: a model cannot be fetched or loaded.
        IndexMissingError: there is no index in that folder.
        IndexDamagedError: a file is not what the manifest says.
        IndexMismatchError: another format version, another encoder or other words made it.
    """
    chosen = settings or load_settings(index)
    loaded = encoder or load_encoder(chosen.encoder), chosen, reranker or load_reranker(chosen.reranker)
    return Library(Path(index), *loaded, model or load_model(chosen))


class Library:
    """Documents that can be searched and asked. Safe for several threads; follows the index when it is built anew."""

    def __init__(
        self, index: Path, encoder: Encoder, settings: Settings, reranker: Reranker | None = None,
        model: Generator | None = None,
    ) -> None:  # fmt: skip
        """Open the live generation; see `open_library` for the errors."""
        self._index, self.encoder, self.model, self.settings = index, encoder, model, settings
        self._lock = threading.Lock()
        self._store = open_store(index, settings)
        self._generation: Snapshot | None = open_to_search(self._store, index, encoder)
        self._editor: Editor | None = None
        self.reranker, self._meanings = reranker, meanings_of(index, settings)
        self._originals = Originals(settings.file_megabytes * 1_000_000)

    def __enter__(self) -> Self:
        """The library itself."""
        return self

    def __exit__(self, *error: object) -> None:
        """Let go of the index."""
        self.close()

    def close(self) -> None:
        """Let go of the index until it is asked again; what was added and is not indexed yet the next build reads."""
        with self._lock:
            (editor, self._editor), (generation, self._generation) = (self._editor, None), (self._generation, None)
        if editor:
            editor.close()
        if generation:
            generation.close()
        self._originals.close()
        self._meanings = meanings_of(self._index, self.settings)

    def _live(self) -> Snapshot:
        with self._lock:
            if self._generation is None or self._store.current() != self._generation.number:
                self._generation = open_to_search(self._store, self._index, self.encoder)  # the old one closes unused
            self._generation.check_served()
            return self._generation

    @property
    def index(self) -> Path:
        """The folder of the index."""
        return self._index

    @property
    def generation(self) -> int:
        """The number of the generation in use."""
        return self._live().number

    @property
    def reranker_name(self) -> str | None:
        """The re-ranker in use, or None."""
        return self.reranker.name if self.reranker else None

    @property
    def model_name(self) -> str | None:
        """The language model in use, empty where the server has not been asked for it yet; None without any."""
        return self.model.name if self.model else None

    @property
    def device(self) -> str | None:
        """Where models that are not Yinju's own run: cpu, cuda:0 and the like; None without any."""
        return getattr(self.reranker or self.encoder, "device", None)

    @property
    def built(self) -> float:
        """When the generation in use was built, in seconds since 1970."""
        return self._live().built

    @property
    def passage_count(self) -> int:
        """How many passages can be found."""
        return len(self._live())

    def search(self, question: str, top_k: int | None = None, scope: Scope | None = None) -> list[Hit]:
        """The passages that best answer a question, best first, scores 0 … 1; at most `top_k`, maybe none.

        A scope says in which documents to look.

        Raises:
            QuestionError: nothing to search for, or longer than allowed.
            SettingsError: `top_k` is less than 1.
        """
        return search(self.answering(scope).retriever, question, self._count(top_k))

    def explain(self, question: str, top_k: int | None = None, scope: Scope | None = None) -> Explanation:
        """The hits of `search`, each with what speaks for it and where the question's terms stand in it."""
        return explain(self.answering(scope).retriever, question, self._count(top_k))

    def _count(self, top_k: int | None) -> int:
        if top_k is not None and top_k < 1:
            raise SettingsError("call.top_k", found=top_k)
        return top_k or self.settings.top_k

    def atlas(self) -> Atlas:
        """The map of the collection, drawn once for each generation."""
        return drawn(self._live())

    def guide(self, name: str, language: Language = "zh-Hant") -> Guide | None:
        """What to know of a document before reading it: its outline and key sentences; None where there is none."""
        return guide_of(self._live(), name, language)

    def ask(self, question: str, history: Sequence[Turn] = (), scope: Scope | None = None) -> Answer:
        """The answer with its sources and its verdict; `history` holds earlier (question, answer) turns, oldest first.

        A scope says in which documents to look.

        Raises:
            QuestionError: nothing to search for, or longer than allowed.
        """
        *_, answer = self.ask_steps(question, history, scope=scope)
        return answer

    def ask_steps(
        self, question: str, history: Sequence[Turn] = (), stop: Stop | None = None, scope: Scope | None = None
    ) -> Iterator[Answer]:
        """The answer as a language model makes it, the last one complete; without a model only that one.

        `stop` may end it early from another thread; so does closing the iterator.

        Raises:
            QuestionError: nothing to search for, or longer than allowed.
        """
        return answer_steps(self.answering(scope), question, history, stop)

    def answering(self, scope: Scope | None = None) -> Answering:
        """What answers are made with: the generation, `settings` and `model` of now, which may be replaced later."""
        live = self._live()
        seen = ScopedSnapshot(live, scope) if scope else live
        return Answering(Retriever(seen, self.encoder, self.settings, self.reranker, self._meanings), self.model)

    def documents(self) -> list[Document]:
        """Every document that can be cited, by name."""
        return self._live().documents.documents()

    def document(self, name: str) -> Document | None:
        """The document of that name, or None."""
        return self._live().documents.document(name)

    def cited_document(self, name: str, version: str) -> Document | None:
        """The document of that name, else one whose file's SHA-256 begins so: it was moved, or given another name."""
        found = self.document(name)
        if found is None and version:
            same = (one.name for one in self.outcomes() if one.passages and (one.sha256 or "").startswith(version))
            found = next((document for name in same if (document := self.document(name))), None)
        return found

    def original(self, name: str) -> Path | None:
        """The file of a document, or None where it is gone or no longer what was read."""
        return self._originals.original(self._live(), name)

    def warm_pages(self) -> None:
        """Make ready to show pages, where there are any: the first is then as quick as all others."""
        self._originals.warm(self._live())

    def page_image(self, name: str, page: int, width: int) -> bytes | None:
        """A page of a PDF as a WebP image about `width` pixels wide; None where its file is gone or changed.

        Raises:
            ReadingError: there is no such page, or it cannot be shown.
        """
        return self._originals.image(self._live(), name, page, width)

    def page_boxes(self, name: str, page: int, span: Span) -> PageBoxes | None:
        """Where a range of a PDF's text stands on one of its pages; None and errors as for `page_image`."""
        return self._originals.boxes(self._live(), name, page, span)

    def figures(self, name: str) -> tuple[Figure, ...]:
        """The pictures and charts of a document, in the order of its text; none where there is no such document."""
        return self._live().documents.figures(name)

    def figure_image(self, name: str, number: int, width: int, kind: str = "webp") -> bytes | Chart | None:
        """A figure by its number, from 0, as webp or png, or the chart's data; None and errors as for `page_image`."""
        return self._originals.figure(self._live(), name, number, width, kind)

    def add(self, name: str, source: Iterable[bytes]) -> Change:
        """Write a file into the folder of documents under a name, and have it indexed in the background.

        Raises:
            DocumentsError: the name or the file cannot be taken, or nothing can be written; nothing was lost.
        """
        return self.editor().add(name, source)

    def remove(self, name: str) -> Change:
        """Move a file out of the folder of documents, where it is kept, and have the index follow in the background.

        Raises:
            DocumentsError: there is no such file, or nothing can be written.
        """
        return self.editor().remove(name)

    def editor(self) -> Editor:
        """By which documents are added, removed and read again, and which tells how far that is.

        Raises:
            DocumentsError: the library is read-only, or its index was not built from a folder that is there.
        """
        if self.settings.read_only:
            raise DocumentsError("read_only")
        corpus = self._live().facts.corpus
        with self._lock:
            if self._editor is None:
                if corpus is None or not Path(corpus).is_dir():
                    raise DocumentsError("no_folder")
                self._editor = Editor(Path(corpus), self._index, self.encoder, self.settings, self._live)
            return self._editor

    def within(self, scope: Scope) -> frozenset[str]:
        """The documents that a scope speaks of, of those that are there."""
        return self._live().documents.within(scope)

    def outcome(self, name: str) -> FileOutcome | None:
        """How the file of that name ended at the last build; None for one that was not seen."""
        return self._live().documents.outcome(name)

    @property
    def facts(self) -> StoreFacts:
        """What is true of the library as a whole: its folder, tags, the encodings that a person stated."""
        return self._live().facts

    def passages_of(self, name: str, within: Span | None = None) -> list[Passage]:
        """The passages of a document in reading order, or those that hold any of a range of its text."""
        return self._live().documents.passages_of(name, within)

    def outcomes(self) -> list[FileOutcome]:
        """How every file seen at the last build ended, by name."""
        return list(self._live().documents.outcomes().values())
