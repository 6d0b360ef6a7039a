"""What the transformer made of passages: a vector for each that it has read, by its id, beside what is published.

index/meanings/<model>-000001.npz … hold ids and vectors, written once. An id stands for one text in one document, so
that a vector stays right whatever is published, gone back from or made anew; one that is missing, or whose file is
damaged, is read again, and nothing else depends on it.
"""

import fcntl
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from weakref import WeakKeyDictionary, proxy
from zipfile import BadZipFile

import faiss
import numpy as np
from numpy.typing import NDArray

from yinju.durable import sync
from yinju.store.local.publishing import telling_why
from yinju.store.local.vectors import merge_hits
from yinju.store.protocol import Documents, Hits
from yinju.types import Vectors

FOLDER = "meanings"
Ids = NDArray[np.int64]

_STEPS = 127 / 0.4
"""Of a number of a unit vector, to a byte; one in ten thousand is over .4 and cut off."""
_MOST_FILES = 16
"""From so many files on, all are put together in one."""


@dataclass(frozen=True)
class _Part:
    """A file that was read."""

    ids: Ids
    codes: NDArray[np.int8]

    @cached_property
    def index(self) -> faiss.Index:
        """Its vectors as they are searched, a byte for each number."""
        kind = faiss.ScalarQuantizer.QT_8bit_direct_signed
        index = faiss.IndexScalarQuantizer(self.codes.shape[1], kind, faiss.METRIC_INNER_PRODUCT)
        index.add(self.codes.astype(np.float32))
        return index


class Meanings:
    """The vectors of a library's passages that are known. Safe for several threads, and beside a process that adds."""

    def __init__(self, index: Path, model: str) -> None:
        """Those that a model made, in the folder of an index; nothing is read yet."""
        self._folder, self._model = index / FOLDER, model
        self._parts: dict[str, _Part] = {}
        self._searched: WeakKeyDictionary[Documents, MeaningSearch] = WeakKeyDictionary()

    def of(self, documents: Documents) -> "MeaningSearch":
        """What was read of the documents of a snapshot, or of a scope."""
        if documents not in self._searched:
            self._searched[documents] = MeaningSearch(self, documents)
        return self._searched[documents]

    def parts(self) -> dict[str, _Part]:
        """File → what it holds, as the folder is now; what was read is not read again."""
        try:
            names = sorted(name for name in os.listdir(self._folder) if name.startswith(f"{self._model}-"))
        except OSError:
            names = []
        if names != [*self._parts]:
            read = ((name, self._parts.get(name) or _read(self._folder / name)) for name in names)
            self._parts = {name: part for name, part in read if part}
        return self._parts

    def missing(self, ids: Ids) -> Ids:
        """Those of some ids that have no vector yet, in their order."""
        known = [part.ids for part in self.parts().values()]
        return ids[~np.isin(ids, np.concatenate(known))] if known else ids

    @contextmanager
    def adding(self) -> Iterator[bool]:
        """The right to add, one process or thread at a time; False where another has it.

        Raises:
            IndexWriteError: no space, or no right to write; so do `add` and `tidy`.
        """
        with telling_why(self._folder.parent):
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = (self._folder / "writer.lock").open("ab")
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True

    def add(self, ids: Sequence[int], vectors: Vectors) -> None:
        """Keep the vectors of passages; (n, d) float32 unit vectors."""
        self._write(np.array(ids, np.int64), _codes(vectors))

    def copy(self, ids: Mapping[int, int]) -> None:
        """Keep the vectors of some passages under other ids as well; of those that were not read there is nothing."""
        wanted = np.array(sorted(ids), np.int64)
        for part in self.parts().values():
            rows = np.flatnonzero(np.isin(part.ids, wanted))
            if len(rows):
                self._write(np.array([ids[old] for old in part.ids[rows].tolist()], np.int64), part.codes[rows])

    def tidy(self, ids: Ids) -> None:
        """Put many files together in one, without what is none of these ids; nothing where there are few."""
        parts = self.parts()
        if len(parts) < _MOST_FILES:
            return
        every, codes = (np.concatenate([getattr(p, name) for p in parts.values()]) for name in ("ids", "codes"))
        _, first = np.unique(every, return_index=True)
        kept = first[np.isin(every[first], ids)]
        self._write(every[kept], codes[kept])
        with telling_why(self._folder.parent):
            for name in parts:
                (self._folder / name).unlink(missing_ok=True)

    def _write(self, ids: Ids, codes: NDArray[np.int8]) -> None:
        numbers = (name.partition("-")[2].partition(".")[0] for name in self.parts())
        last = max((int(number) for number in numbers if number.isdecimal()), default=0)
        path = self._folder / f"{self._model}-{last + 1:06d}.npz"
        unfinished = self._folder / "unfinished"
        with telling_why(self._folder.parent):
            with unfinished.open("wb") as file:
                np.savez(file, ids=ids, codes=codes)
            sync(unfinished)
            unfinished.rename(path)
            sync(self._folder)


def _codes(vectors: Vectors) -> NDArray[np.int8]:
    return np.clip(np.round(vectors * _STEPS), -127, 127).astype(np.int8)


def _read(path: Path) -> _Part | None:
    """What a file holds; None, and it is removed, where it is damaged, for its passages are read again then."""
    try:
        with path.open("rb") as file, np.load(file) as held:
            part = _Part(held["ids"].astype(np.int64), held["codes"].astype(np.int8))
            if len(part.ids) == len(part.codes):
                return part
    except OSError:  # it is gone, or cannot be read now
        return None
    except (ValueError, KeyError, EOFError, RuntimeError, BadZipFile):
        pass
    with suppress(OSError):  # in a folder that only lets itself be read
        path.unlink()
    return None


class MeaningSearch:
    """The passages of a snapshot by what they mean, so far as they were read."""

    def __init__(self, meanings: Meanings, documents: Documents) -> None:
        """Of the documents of a snapshot, or of a scope."""
        self._meanings, self._documents = meanings, proxy(documents)
        self._rows: dict[str, NDArray[np.int64] | None] = {}

    @cached_property
    def _ids(self) -> Ids:
        return np.sort(self._documents.ids())

    def _chosen(self, name: str, part: _Part) -> NDArray[np.int64] | None:
        """The rows of a file that are passages of these documents; None where all are."""
        if name not in self._rows:
            rows = np.flatnonzero(np.isin(part.ids, self._ids))
            self._rows[name] = None if len(rows) == len(part.ids) else rows
        return self._rows[name]

    def __len__(self) -> int:
        """How many passages were read."""
        rows = ((self._chosen(name, part), part) for name, part in self._meanings.parts().items())
        return sum(len(part.ids) if own is None else len(own) for own, part in rows)

    def search(self, vector: Vectors, count: int) -> Hits:
        """The passages nearest to a (d,) unit vector as (id, cosine), best first; at most `count`."""
        found, asked = [], _codes(vector[None]).astype(np.float32)
        for name, part in self._meanings.parts().items():
            rows = self._chosen(name, part)
            if rows is None or len(rows):
                selector = None if rows is None else faiss.IDSelectorBatch(rows)
                told = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
                near, places = part.index.search(asked, min(count, len(part.ids)), params=told)
                hits = zip(places[0].tolist(), near[0].tolist(), strict=True)
                found.append([(int(part.ids[row]), score / _STEPS**2) for row, score in hits if row >= 0])
        return list(dict(merge_hits(found, 2 * count)).items())[:count]
