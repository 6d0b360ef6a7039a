"""A folder and its index on which jobs come to harm, and the judgement of what is left."""

import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.states import (
    Said,
    State,
    all_said,
    copied,
    digests,
    document_text,
    in_folder,
    in_index,
    litter,
    noted,
    write_folder,
)
from tests.faults.warm import Ended, Warm

from yinju.errors import IndexMissingError
from yinju.library import build_index
from yinju.protocols import Encoder

OPENS_SECONDS = 10
BEFORE = {f"{name}.txt": document_text(name) for name in ("甲", "乙", "丙", "丁")} | {"舊/戊.md": document_text("戊")}
ADDED = BEFORE | {"己.txt": document_text("己"), "新/庚.md": document_text("庚")}
FEWER = {name: text for name, text in BEFORE.items() if name not in ("甲.txt", "舊/戊.md")}
CHANGED = BEFORE | {"甲.txt": document_text("改過的甲"), "乙.txt": document_text("改過的乙")}
COMMANDS: dict[str, State] = {
    "first build": BEFORE, "add": ADDED, "delete": FEWER, "update": CHANGED, "re-index": CHANGED,
}  # fmt: skip
"""What the folder holds when `yinju index` is run, by the kind of edit; its index holds BEFORE, but at the first."""


KINDS = (*COMMANDS, "page edits")


@dataclass
class Ground:
    """Copies of a folder with its index, on which jobs come to harm."""

    folder: Path
    warm: Warm
    encoder: Encoder
    whole: dict[frozenset[tuple[str, str]], Said] = field(default_factory=dict)
    """What a folder holds → what its index says when it is built from nothing."""

    def begin(self, kind: str) -> None:
        """Lay out a folder, where a job of a kind is to begin; its place is always the same."""
        place = self.folder / "place"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        copied(self.folder / "base" / "corpus", place / "corpus")
        if kind != "first build":
            copied(self.folder / "base" / "index", place / "index")
        if kind in COMMANDS:
            wanted = COMMANDS[kind]
            for name in BEFORE.keys() - wanted.keys():
                (place / "corpus" / name).unlink()
            changed = {name: text for name, text in wanted.items() if BEFORE.get(name) != text}
            for name, text in changed.items():
                (place / "corpus" / name).parent.mkdir(exist_ok=True)
                (place / "corpus" / name).write_text(text, "utf-8")

    def do(self, kind: str, seed: str = "1", **harm: float | Sequence[str] | None) -> Ended:
        """Run a job of a kind in its place."""
        if kind == "page edits":
            return self.warm.do("page edits", "place/index", seed, **harm)  # type: ignore[arg-type]
        more = ("--rebuild",) if kind == "re-index" else ()
        return self.warm.do("command", "index", "place/corpus", "--index", "place/index", *more, **harm)  # type: ignore[arg-type]

    def judge(self, kind: str, ended: Ended, where: str) -> None:
        """See that nothing acknowledged was lost, and that the next run mends the rest."""
        place = self.folder / "place"
        folders, indexed = self._allowed(kind, ended)
        folder = in_folder(place / "corpus")
        assert folder in folders, f"{where}: the folder holds {sorted(folder)}"
        begun = time.monotonic()
        try:
            found = in_index(place / "index", self.encoder)
        except IndexMissingError:
            found = {}
        assert time.monotonic() - begun < OPENS_SECONDS, where
        assert found in [digests(state) for state in indexed], f"{where}: the index holds {sorted(found)}\n{ended.said}"
        build_index(place / "corpus", place / "index", encoder=self.encoder)
        assert in_index(place / "index", self.encoder) == digests(folder), where
        assert all_said(place / "index").same(self._built_whole(folder)), where
        assert not litter(place) and not [*(self.folder / "temporary").iterdir()], f"{where}: {litter(place)}"

    def _allowed(self, kind: str, ended: Ended) -> tuple[list[State], list[State]]:
        """What the folder may hold and what the index may, by how far the job said it was."""
        if kind in COMMANDS:
            before, after = ({} if kind == "first build" else BEFORE), COMMANDS[kind]
            told = "generation" in ended.said  # the last line of the report
            return [after], [after] if told else [before, after]
        folders, indexed = [BEFORE], [BEFORE]
        for what, state in noted(ended.said):
            if what == "begun":
                folders, indexed = [folders[-1], state], [indexed[-1], state]
            elif what == "kept":
                folders = [state]
            else:
                indexed = [state]
        return folders, indexed

    def _built_whole(self, state: State) -> Said:
        """What an uninterrupted build of a folder says."""
        key = frozenset(state.items())
        if key not in self.whole:
            place = self.folder / "whole"
            write_folder(place / "corpus", state)
            shutil.rmtree(place / "index", ignore_errors=True)
            build_index(place / "corpus", place / "index", encoder=self.encoder)
            self.whole[key] = all_said(place / "index")
        return self.whole[key]
