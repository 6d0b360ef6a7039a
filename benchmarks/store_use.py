"""Readers of a store while it is published again and again: each answer is of one publication; nothing grows."""

import gc
import subprocess
import sys
import threading
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from store_edits import EDITS, ENCODER, SETTINGS, WORDS, make, said, write
from yinju.library import Library, build_index, open_library
from yinju.store.local.segment_writing import MOST_SEGMENTS
from yinju.store.local.store import LocalStore

THREADS = 4
NAMES = tuple(f"{word}{number}.md" for number, word in enumerate(WORDS))
QUESTION = "第幾版談茶水？"


@dataclass
class Row:
    """One line of a table."""

    case: str
    tried: int = 0
    wrong: list[str] = field(default_factory=list)
    """What was not as expected, each in a few words."""
    measured: str = ""

    def expect(self, right: bool, what: str) -> bool:
        """Note what is wrong, if it is."""
        if not right:
            self.wrong.append(what)
        return right


def stamped(version: int) -> dict[str, str | None]:
    """Five documents, all of one version, which each of them names."""
    return {name: f"# {name}\n\n談茶水，這是第{version}版，貓山新年。\n" for name in NAMES}


def versions_in(library: Library) -> set[str]:
    """The versions that one answer's hits are of."""
    return {hit.passage.text.partition("第")[2].partition("版")[0] for hit in library.search(QUESTION, len(NAMES))}


def ask_until_told(index: Path) -> None:
    """Ask until the input ends; print how many answers there were and how many were of several versions or none."""
    stop = threading.Event()

    def wait() -> None:
        sys.stdin.read()
        stop.set()

    threading.Thread(target=wait, daemon=True).start()
    print(*_ask(index, stop))


def _ask(index: Path, stop: threading.Event) -> tuple[int, int]:
    asked = mixed = 0
    with open_library(index, encoder=ENCODER, settings=SETTINGS) as library:
        while not stop.is_set():
            asked, mixed = asked + 1, mixed + (len(versions_in(library)) != 1)
    return asked, mixed


def held() -> dict[str, float]:
    """What this process holds."""
    gc.collect()
    process = psutil.Process()
    return {
        "MB": process.memory_info().rss / 1e6, "files": process.num_fds(), "threads": process.num_threads(),
    }  # fmt: skip


class Use:
    """Stores in long use, each in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        """Nothing is made yet."""
        self._folder = folder

    def readers(self, publications: int, processes: int = 2) -> Row:
        """Threads and processes that ask while all documents are published anew."""
        row, index, stop = Row("readers during publications"), self._folder / "read", threading.Event()
        write(index, stamped(0))
        counts: list[tuple[int, int]] = []
        threads = [threading.Thread(target=lambda: counts.append(_ask(index, stop))) for _ in range(THREADS)]
        command = [sys.executable, __file__, str(index)]
        others = [
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            for _ in range(processes)
        ]
        for thread in threads:
            thread.start()
        for number in range(1, publications + 1):
            write(index, stamped(number))
            if number % 10 == 0:
                EDITS["compact"](index)
            if number % 10 == 5:
                LocalStore(index).rollback()
        stop.set()
        for thread in threads:
            thread.join()
        for other in others:
            asked, mixed = other.communicate()[0].split()
            counts.append((int(asked), int(mixed)))
        row.tried, mixed_ones = sum(asked for asked, _ in counts), sum(mixed for _, mixed in counts)
        row.expect(len(counts) == THREADS + processes, f"{THREADS + processes - len(counts)} readers failed")
        row.expect(not mixed_ones, f"{mixed_ones} answers of several publications")
        write(index, stamped(publications + 1))
        left = len([*(index / "generations").iterdir()])
        row.expect(left == 2, f"{left} publications are kept of those that nobody reads any more")
        row.measured = f"{THREADS} threads, {processes} processes, {publications} publications"
        return row

    def growth(self, publications: int) -> Row:
        """One library that edits itself and is asked: what it holds, and what lies on the disk, does not grow."""
        row, index, corpus = Row("edits of one library"), self._folder / "grown", self._folder / "grown-corpus"
        corpus.mkdir()
        for name, text in stamped(0).items():
            (corpus / name).write_text(text or "", "utf-8")
        build_index(corpus, index, encoder=ENCODER, settings=SETTINGS)
        most, before = {"segments": 0, "generations": 0, "keyword files": 0}, held()
        with open_library(index, encoder=ENCODER, settings=SETTINGS) as library:
            for number in range(publications):
                if number == publications // 2:
                    before = held()
                library.editor().wait(library.add(f"{number % 40}-{number}.md", [f"第{number}版談茶水。".encode()]))
                library.search(QUESTION)
                if number >= 40:
                    library.editor().wait(library.remove(f"{(number - 40) % 40}-{number - 40}.md"))
                for what in ("segments", "generations"):
                    most[what] = max(most[what], len([*(index / what).iterdir()]))
                newest = max((index / "generations").iterdir())
                most["keyword files"] = max(most["keyword files"], len([*newest.glob("keywords/*")]))
            time.sleep(0.2)
            grown = {what: now - before[what] for what, now in held().items()}
            row.tried = library.generation
        row.expect(grown["MB"] < 30 and grown["files"] <= MOST_SEGMENTS and grown["threads"] <= 1, f"grown by {grown}")
        row.expect(most["segments"] <= 2 * MOST_SEGMENTS + 4 and most["generations"] <= 5, f"at most {most}")
        row.measured = ", ".join([*(f"{n:+.0f} {what}" for what, n in grown.items()), f"at most {most}"])
        return row

    def snapshots(self, publications: int) -> Row:
        """Snapshots that are held over all that comes after them say what they said at first."""
        row, index, kept = Row("snapshots held"), make(self._folder / "held"), []
        store = LocalStore(index)
        for number in range(publications):
            snapshot = store.open() if number % 2 else LocalStore(index).open()
            kept.append((snapshot, said(snapshot)))
            write(index, {f"{number}.md": f"第{number}版談茶水。", "a.md": f"第{number}版談貓山。"})
            if number % 7 == 3:
                EDITS["compact"](index)
            if number % 7 == 5:
                EDITS["put together"](index)
            if number % 7 == 6:
                store.rollback()
        for number, (snapshot, at_first) in enumerate(kept):
            with closing(snapshot):
                row.expect(said(snapshot) == at_first, f"snapshot {number} says something else")
        row.tried = len(kept)
        return row


if __name__ == "__main__":
    ask_until_told(Path(sys.argv[1]))
