"""Changes to the folder of documents → an index that follows: one build at a time, and what is read behind it."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from yinju.errors import EncodingsError, IndexBusyError, IndexWriteError, YinjuError
from yinju.ingest.build import build
from yinju.ingest.changes import Act, Change, Changes, Stage
from yinju.ingest.entries import Editing
from yinju.ingest.meaning import fill
from yinju.ingest.seen import differing
from yinju.ingest.upkeep import Retag, compact, retag, tune
from yinju.protocols import Encoder
from yinju.reasons import Reason
from yinju.settings import Settings
from yinju.store.protocol import Snapshot
from yinju.types import FileOutcome

BUSY_SECONDS = 0.5
"""How long to wait before another process is asked again for the right to write."""

logger = logging.getLogger(__name__)


class _Stopped(Exception):
    """The changes are closed in the middle of a build."""


class Follower:
    """Has the index of a folder follow changes to it. `run` is for one thread; what waits is indexed together."""

    def __init__(
        self, corpus: Path, index: Path, encoder: Encoder, settings: Settings, changes: Changes,
        published: Callable[[], Snapshot],
    ) -> None:  # fmt: skip
        """Nothing is done yet; `published` is called when the index has changed, and is what answers then."""
        self._folders, self._encoder, self._settings, self._published = (corpus, index), encoder, settings, published
        self._changes = changes
        self.behind = False
        """Whether the folder is still to be looked through, before which nobody knows what changed in it."""

    def run(self) -> None:
        """Do all that waits, and go on until the changes are closed."""
        if self.behind:
            self._follow_folder()
        self._read_meaning()
        while batch := self._changes.next_waiting():
            self._follow(batch)
            self._read_meaning()

    def _follow_folder(self) -> None:
        """Bring the index in line with a folder that others may have changed: each file that differs is a change."""
        try:
            for name, is_there in differing(*self._folders, self._published().documents.outcomes()):
                self._changes.add(name, Act.ADD if is_there else Act.REMOVE)
        except (YinjuError, OSError):
            logger.exception("the folder could not be looked through")
        self.behind = False
        self._follow(self._changes.all())

    def _follow(self, batch: Sequence[Change]) -> None:
        """Bring the index in line once; whatever goes wrong is told, and the next batch has its own turn."""
        ids = [change.id for change in batch]
        try:
            self._note_tags(batch)
            outcomes = self._built([change for change in batch if change.act is not Act.TAG])
            self._retag([change for change in batch if change.act in (Act.TAG, Act.RESTORE)])
            self._published()
        except IndexBusyError:
            self._changes.update(ids, stage=Stage.WAITING, reason=Reason("index_busy"))
            self._changes.sleep(BUSY_SECONDS)
        except _Stopped:
            self._changes.update(ids, stage=Stage.FAILED, reason=Reason("stopped"))
        except EncodingsError as error:
            self._changes.update(ids, stage=Stage.FAILED, reason=error.reason)
        except Exception as error:
            logger.exception("the index could not follow")
            name = "index_unwritten" if isinstance(error, IndexWriteError) else "index_failed"
            self._changes.update(ids, stage=Stage.FAILED, reason=Reason(name))
        else:
            self._end(batch, outcomes)
            self._put_together()

    def _built(self, batch: Sequence[Change]) -> Mapping[str, FileOutcome]:
        """How every file of the folder ended once the index follows; without a change to files nothing is looked at."""
        if not batch:
            return self._published().documents.outcomes()
        editing = self._editing(batch)
        report = build(*self._folders, self._encoder, self._settings, may_be_empty=True, editing=editing)
        return {outcome.name: outcome for outcome in report.outcomes}

    def _note_tags(self, batch: Sequence[Change]) -> None:
        """Keep with each removal the tags that its file loses, so that bringing it back gives them again."""
        removals = [change for change in batch if change.act is Act.REMOVE]
        tags, moved = (self._published().facts.tags, _origins(batch)) if removals else ({}, {})
        followed = self._changes.followed() if removals else {}
        for removal in removals:
            had = frozenset(tags.get(moved.get(removal.name, removal.name), ()))
            for change in batch:
                if change.act is Act.TAG and change.id < removal.id and followed[change.id][0] == removal.name:
                    had = _retagged(None, change)(had)
            if had:
                self._changes.update([removal.id], taken=tuple(sorted(had)))

    def _retag(self, batch: Sequence[Change]) -> None:
        """Give documents their tags and take others, under the names that they have by now."""
        if not batch:
            return
        known, wanted = self._published().documents.outcomes(), dict[str, Retag]()
        followed = self._changes.followed()
        lost = {change.kept: change.taken for change in self._changes.all() if change.act is Act.REMOVE}
        for change in batch:
            name, _ = followed[change.id]
            if change.act is Act.RESTORE:
                change = replace(change, added=lost.get(change.kept, ()))
                if not change.added:
                    continue
            if name in known and known[name].passages:
                wanted[name] = _retagged(wanted.get(name), change)
        if wanted:
            retag(self._folders[1], wanted, self._settings)

    def _put_together(self) -> None:
        """Have the index in few pieces again, where nothing waits; what comes meanwhile waits for it."""
        if self._changes.waiting() or self._changes.closed:
            return
        try:
            together = compact(self._folders[1], settings=self._settings)
            if together is not None or tune(self._folders[1], encoder=self._encoder, settings=self._settings):
                self._published()
        except YinjuError:
            logger.exception("the index could not be put together")

    def _read_meaning(self) -> None:
        """Have the transformer read what it has not, until something else is to be done."""

        def stop() -> bool:
            return bool(self._changes.closed or self._changes.waiting())

        try:
            fill(self._folders[1], self._published(), self._settings, stop=stop)
        except YinjuError:
            logger.exception("what passages mean could not be read")

    def _editing(self, batch: Sequence[Change]) -> Editing:
        """What a build is asked, and told to say, for a batch."""
        ids: dict[str, list[int]] = {}
        for change in batch:
            ids.setdefault(change.name, []).append(change.id)

        def watch(name: str, read: bool) -> None:
            if self._changes.closed:
                raise _Stopped
            self._changes.update(ids.get(name, ()), stage=Stage.INDEXING if read else Stage.READING, reason=None)

        def recognizing(done: int, pages: int, name: str) -> None:
            if self._changes.closed:
                raise _Stopped
            self._changes.update(ids.get(name, ()), reason=Reason("recognizing", {"number": done + 1, "pages": pages}))

        followed = self._changes.followed()
        again = frozenset(followed[change.id][0] for change in batch if change.act is Act.REREAD)
        return Editing(again, frozenset(ids), watch, recognizing, _origins(batch))

    def _end(self, batch: Sequence[Change], outcomes: Mapping[str, FileOutcome]) -> None:
        """Say how each change ended; one whose file was moved on meanwhile ends with that move, in its own batch."""
        ids, followed = {change.id for change in batch}, self._changes.followed()
        for change in batch:
            name, last = followed[change.id]
            if last not in ids:
                self._changes.update([change.id], stage=Stage.WAITING, reason=None)
                continue
            outcome = outcomes.get(name)
            lost = outcome is None and change.act is not Act.REMOVE
            stage, reason = (Stage.FAILED, Reason("replaced")) if lost else (Stage.DONE, None)
            self._changes.update([change.id], stage=stage, reason=reason, outcome=outcome)


def _origins(batch: Sequence[Change]) -> dict[str, str]:
    """New name → old one, of each file that a batch moves."""
    moved = dict[str, str]()
    for change in batch:
        if change.act is Act.MOVE:
            moved[change.name] = moved.pop(change.before, change.before)
    return moved


def _retagged(first: Retag | None, change: Change) -> Retag:
    """What a change does to the tags of a document after what the changes before it do."""

    def tags(had: frozenset[str]) -> frozenset[str]:
        return ((first(had) if first else had) - {*change.taken}) | {*change.added}

    return tags
