"""What is done to a store beside keeping it in line with its folder: going back, putting together, tagging."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from yinju.errors import DocumentsError
from yinju.ingest.build import open_store
from yinju.ingest.records import terms_of
from yinju.settings import Settings


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


def tag(index: Path, name: str, tags: Iterable[str]) -> int:
    """Give a document these tags and no others; the number of the publication. No passage is touched.

    Raises:
        DocumentsError: there is no such document.
        IndexBusyError, IndexMissingError, IndexDamagedError, IndexMismatchError, IndexWriteError: as `compact`.
    """
    given = sorted({kept for one in tags if (kept := one.strip())})
    with open_store(index).writer() as writer:
        if writer.before is None or name not in writer.before.documents.facts():
            raise DocumentsError("not_there")
        others = {other: own for other, own in writer.facts.tags.items() if other != name}
        writer.facts = replace(writer.facts, tags=others | ({name: given} if given else {}))
        return writer.publish()
