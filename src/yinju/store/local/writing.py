"""Changes to the local store: besides documents, the vectors of each segment and one keyword index for all."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from yinju.durable import sync
from yinju.store.local import vectors
from yinju.store.local.keywords import KeywordWriter
from yinju.store.local.manifest import Digests, SegmentEntry, digest_of, digests_below
from yinju.store.local.publishing import KEYWORDS, SEGMENTS, telling_why
from yinju.store.local.segment_writing import NewSegment, SegmentWriter
from yinju.store.local.segments import DOCUMENTS
from yinju.store.local.snapshot import LocalSnapshot
from yinju.store.local.vectors import SKETCHES, VECTORS, SegmentVectors, VectorWriter
from yinju.store.protocol import IngestedFile, TermsOf


class _LocalSegment(NewSegment):
    """A segment of documents and vectors."""

    def __init__(self, folder: Path, dimension: int) -> None:
        super().__init__(folder)
        self.vectors = VectorWriter(dimension)

    def add(self, file: IngestedFile) -> None:
        super().add(file)
        if file.vectors is not None and len(file.vectors):
            self.vectors.add(file.vectors)

    def seal(self, name: str) -> SegmentEntry:
        self.vectors.write(self.folder / VECTORS)
        return super().seal(name)


class LocalWriter(SegmentWriter):
    """The right to write a local store, whose keyword index is one for all segments."""

    store = "local"
    before: LocalSnapshot | None
    _new: _LocalSegment | None
    _keywords: KeywordWriter | None = None

    def __exit__(self, *error: object) -> None:
        """Undo what was not published, and let others write."""
        self._keywords = None  # tantivy's threads end with it
        super().__exit__(*error)

    def add(self, file: IngestedFile) -> None:
        """Keep a file; what was published under its name gives way to it. Each name once for a publication."""
        super().add(file)
        with telling_why(self._index, self._needed):
            for passage, terms in zip(file.passages, file.terms, strict=True):
                self._keyword_writer().add(passage.id, passage.document, terms)

    def _begin(self, folder: Path) -> _LocalSegment:
        return _LocalSegment(folder, self.facts.encoder["dimension"])

    def _take_over(self, entry: SegmentEntry, terms_of: TermsOf) -> None:
        assert self.before
        self._segment()
        assert self._new
        rows = self._new.documents.take_over(self._index / SEGMENTS / entry.name / DOCUMENTS, entry.gone)
        if rows:
            self._new.vectors.add(self.before.files_of(entry.name).vectors.rows(rows))

    def sketch(self) -> None:
        """Give each large segment sketches of its vectors, unless it has them."""
        with telling_why(self._index):
            self._entries = {name: self._sketched(entry) for name, entry in self._entries.items()}

    def _ready(self, entry: SegmentEntry) -> SegmentEntry:
        return self._sketched(entry) if self.tuned else entry

    def _sketched(self, entry: SegmentEntry) -> SegmentEntry:
        if SKETCHES in entry.digests or entry.passages <= vectors.FEW:
            return entry
        path = self._index / SEGMENTS / entry.name / SKETCHES
        unfinished = path.with_suffix(".new")
        try:
            SegmentVectors(path.with_name(VECTORS)).write_sketches(unfinished)
            sync(unfinished)
            unfinished.rename(path)
        finally:
            unfinished.unlink(missing_ok=True)
        sync(path.parent)
        return replace(entry, digests={**entry.digests, SKETCHES: digest_of(path)})

    def _keyword_writer(self) -> KeywordWriter:
        if self._keywords is None:
            self._folder.mkdir(exist_ok=True)
            before = self.before.folder / KEYWORDS if self.before else None
            self._keywords = KeywordWriter(self._folder / KEYWORDS, before)
        return self._keywords

    def _forget(self, name: str) -> int:
        passages = super()._forget(name)
        if passages:
            self._keyword_writer().remove([name])
        return passages

    def _publish_words(self) -> Digests:
        self._keyword_writer().close()
        return digests_below(self._folder / KEYWORDS, self.before.manifest.keywords if self.before else None)

    def _put_together(self, chosen: Iterable[SegmentEntry], terms_of: TermsOf, whole: bool) -> None:
        super()._put_together(chosen, terms_of, whole)
        if whole:
            self._index_words_anew(terms_of)

    def _index_words_anew(self, terms_of: TermsOf) -> None:
        """Write the keyword index as if nothing had ever been edited."""
        assert self.before and self._keywords is None
        self._folder.mkdir()
        self._keywords = KeywordWriter(self._folder / KEYWORDS)
        documents = self.before.documents
        for name, (_, facts) in documents.facts().items():
            passages = documents.passages_of(name)
            for passage, terms in zip(passages, terms_of(passages, facts.version), strict=True):
                self._keywords.add(passage.id, name, terms)
