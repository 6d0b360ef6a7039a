"""What is done to a store beside keeping it in line with its folder: going back, putting together, tuning, tagging."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np

from yinju.audit import recorded
from yinju.embedding import load_encoder, meaning_of
from yinju.errors import DocumentsError
from yinju.ingest.build import check_encoder, facts_for, open_store
from yinju.ingest.records import terms_of
from yinju.protocols import Encoder
from yinju.settings import Settings, load_settings
from yinju.store.protocol import Snapshot
from yinju.store.tuning import Trade
from yinju.types import Vectors

Retag = Callable[[frozenset[str]], frozenset[str]]
"""The tags that a document has → those that it is to have."""

ASKED, ASKED_CHARACTERS = 100, 40
"""How many sentences are asked for when an index is tuned, and how much of each."""


def begin(corpus: Path, index: Path, encoder: Encoder, settings: Settings) -> None:
    """See that there is an index that names a folder as its own: an empty one where nothing was published.

    What the folder holds is not looked at.

    Raises:
        IndexBusyError, IndexDamagedError, IndexMismatchError, IndexWriteError: as `compact`.
    """
    store, folder = open_store(index, settings), str(corpus.resolve())
    if store.current() is None:
        with store.writer(replace(facts_for(encoder, settings), corpus=folder)) as writer:
            writer.publish()
        return
    with closing(store.open()) as snapshot:
        if snapshot.facts.corpus == folder:
            return
    with store.writer() as writer:
        writer.facts = replace(writer.facts, corpus=folder)
        writer.publish()


@recorded("index_rollback")
def rollback(index: Path) -> int:
    """Have questions answered from what was published before; the number of that. The next build goes on from there.

    Raises:
        IndexMissingError: nothing earlier is kept.
        IndexBusyError: another process is writing.
        IndexDamagedError: what is kept is not what was published.
    """
    return open_store(index).rollback()


def compact(index: Path, *, whole: bool = False, settings: Settings | None = None) -> int | None:
    """Put together what many edits have left in pieces, or, `whole`, everything; None where nothing was to do.

    Raises:
        IndexBusyError: another process is writing.
        IndexMissingError, IndexDamagedError, IndexMismatchError: what is there cannot be read.
        IndexWriteError: no space, or no right to write.
    """
    return open_store(index, settings).compact(terms_of, whole=whole)


def tune(
    index: Path, *, encoder: Encoder | None = None, settings: Settings | None = None, recall: float | None = None,
    again: bool = False,
) -> list[Trade]:  # fmt: skip
    """Choose how far the vectors of a large index are searched, by what is found of its own sentences.

    What each effort finds and takes, the least first; nothing where all is looked at, or what was chosen still holds.

    Raises:
        IndexBusyError, IndexMissingError, IndexDamagedError, IndexMismatchError, IndexWriteError: as `compact`.
    """
    chosen = settings or load_settings()

    def asked(snapshot: Snapshot) -> Vectors:
        used = encoder or load_encoder(chosen.encoder)
        check_encoder(snapshot.facts, used, index)
        return _asked(snapshot, used)

    return open_store(index, chosen).tune(asked, chosen.exact_passages, recall, again=again)


def _asked(snapshot: Snapshot, encoder: Encoder) -> Vectors:
    """Sentences of passages here and there as queries: whole, and the parts that tell meaning."""
    places, chance = snapshot.documents.places(), Random(ASKED)
    ids = [number for number, _ in chance.sample(places, min(ASKED, len(places)))]
    passages = [passage for passage in snapshot.documents.passages(ids) if passage.sentences]
    whole = encoder.encode_queries([one.sentence(len(one.sentences) // 2)[:ASKED_CHARACTERS] for one in passages])
    return np.vstack([whole, meaning_of(whole, encoder.meaning_from)]) if encoder.meaning_from else whole


@recorded("document_tag", "{name}: {tags}")
def tag(index: Path, name: str, tags: Iterable[str]) -> int:
    """Give a document these tags and no others; the number of the publication. No passage is touched.

    Raises:
        DocumentsError: there is no such document.
        IndexBusyError, IndexMissingError, IndexDamagedError, IndexMismatchError, IndexWriteError: as `compact`.
    """
    given = frozenset(kept for one in tags if (kept := one.strip()))
    return retag(index, {name: lambda _: given})


def retag(index: Path, changes: Mapping[str, Retag], settings: Settings | None = None) -> int:
    """Change the tags of several documents at once; the number of the publication. No passage is touched.

    Raises:
        DocumentsError: there is no such document.
        IndexBusyError, IndexMissingError, IndexDamagedError, IndexMismatchError, IndexWriteError: as `compact`.
    """
    with open_store(index, settings).writer() as writer:
        known = writer.before.documents.outcomes() if writer.before else {}
        if unknown := next((name for name in changes if name not in known or not known[name].passages), None):
            raise DocumentsError("tag.no_document", found=unknown)
        tags = dict(writer.facts.tags)
        for name, change in changes.items():
            tags[name] = sorted(change(frozenset(tags.get(name, ()))))
        writer.facts = replace(writer.facts, tags={name: own for name, own in tags.items() if own})
        return writer.publish()
