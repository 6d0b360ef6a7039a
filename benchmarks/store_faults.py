"""What kills, full disks, damage, rivals and long use do to the store: a Markdown table; exit status 1 where one harms.

python benchmarks/store_faults.py [--every N] [--kills N] [--bits N] [--rounds N] [--publications N] takes every Nth
step of each edit to be killed or refused at, kills each edit so many times at random, flips so many bits of each file,
lets two processes write at once so many times, and publishes so many times under readers. Takes about twenty minutes.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from store_edits import (
    EDITS,
    ENCODER,
    LIVE,
    SETTINGS,
    Ended,
    Harm,
    Workshop,
    leftovers,
    make,
    state,
    text_of,
    write,
)
from store_use import Row, Use
from yinju.errors import IndexDamagedError, IndexMissingError, YinjuError
from yinju.library import build_index
from yinju.store.local.store import LocalStore

NEXT = {"後.md": text_of("後.md")}
"""What is added to each store that came to harm."""


class Bench:
    """A small store, what its edits come to, and copies of it that come to harm."""

    def __init__(self, folder: Path, workshop: Workshop, edits: Iterable[str] = EDITS) -> None:
        """Make the store, and have each of some edits done once unharmed."""
        self._folder, self._workshop, self._random, self._copies = folder, workshop, random.Random(16), 0
        self.base = make(folder / "base")
        self._later: dict[str | None, str | None] = {}
        self.outcomes: dict[str, set[str | None]] = {}
        """Edit → what the store says before and after it."""
        self._ended: dict[str, Ended] = {}
        for edit in edits:
            index = self.copy(edit)
            before = self._known(index)
            self._ended[edit] = workshop.do(edit, index)
            assert not self._ended[edit].error, self._ended[edit]
            self.outcomes[edit] = {before, self._known(index)}

    def copy(self, edit: str = "", source: Path | None = None) -> Path:
        """A copy of the store, hard links and all; of a first build's, which is not there yet, only the place."""
        self._copies += 1
        index = self._folder / f"copy-{self._copies}"
        if edit != "first build" and (source or self.base).exists():
            subprocess.run(["cp", "-a", source or self.base, index], check=True)
        return index

    def _known(self, index: Path) -> str | None:
        """What a store says, which is from now on known to be right; so is what it says after one more edit."""
        found, later = state(index), self.copy(source=index)
        write(later, NEXT)
        self._later[found] = state(later)
        return found

    def judge(self, row: Row, index: Path, what: str, allowed: set[str | None]) -> None:
        """See that a store is what it may be, that it can be written, and that nothing is left beside it."""
        row.tried += 1
        try:
            found = state(index)
            if row.expect(found in allowed, f"{what}: says something else"):
                write(index, NEXT)
                row.expect(state(index) == self._later[found], f"{what}: the next edit went wrong")
                row.expect(not (left := leftovers(index)), f"{what}: left {left[:3]}")
        except Exception as error:
            row.expect(False, f"{what}: {type(error).__name__}: {error}")
        shutil.rmtree(index, ignore_errors=True)

    def kill_at_steps(self, every: int) -> Row:
        """Edits killed just before one of the steps that change the disk."""
        row = Row("killed at a step of an edit", measured=f"{len(self.outcomes)} edits")
        for edit, ended in self._ended.items():
            for step in range(1, ended.steps + 1, every):
                index = self.copy(edit)
                killed = self._workshop.do(edit, index, Harm(kill_at=step)).killed
                last = step == ended.steps  # tantivy's threads may do with one less
                row.expect(killed or last, f"{edit} at {step}: not killed")
                self.judge(row, index, f"{edit} killed at {step}", self.outcomes[edit])
        return row

    def kill_at_random(self, times: int) -> Row:
        """Edits killed after a random time."""
        row, killed = Row("killed after a random time"), 0
        for edit, ended in self._ended.items():
            for _ in range(times):
                index, after = self.copy(edit), self._random.uniform(0, ended.seconds)
                killed += self._workshop.do(edit, index, Harm(kill_after=after)).killed
                self.judge(row, index, f"{edit} killed after {after:.4f} s", self.outcomes[edit])
        row.measured = f"{killed} before their end"
        return row

    def full_at_steps(self, every: int) -> Row:
        """Edits for which the disk is full from one of their steps on."""
        harms = {edit: range(1, ended.steps + 1, every) for edit, ended in self._ended.items()}
        return self._full("disk full from a step on", {e: [Harm(full_at=at) for at in own] for e, own in harms.items()})

    def full_at_sizes(self, sizes: int) -> Row:
        """Edits whose files cannot grow beyond a size: here SQLite, FAISS and tantivy are refused in their own code."""
        largest = max(path.stat().st_size for path in self.base.rglob("*") if path.is_file())
        harms = [Harm(largest=largest * place // sizes) for place in range(sizes)]
        return self._full("no file beyond a size", dict.fromkeys(self.outcomes, harms))

    def _full(self, case: str, harms: dict[str, list[Harm]]) -> Row:
        row, refused = Row(case), 0
        for edit, own in harms.items():
            for harm in own:
                index, what = self.copy(edit), f"{edit}, {harm.full_at or harm.largest}"
                before = _pointer(index)
                error = self._workshop.do(edit, index, harm).error
                if error:
                    refused += 1
                    named = error.startswith("IndexWriteError: ") and str(index) in error
                    row.expect(named, f"{what}: {error[:160]}")
                    done = _pointer(index) != before  # it was refused the very last step, or the second publication
                    left = [] if done else leftovers(index, edit)
                    row.expect(not left, f"{what}: left at once {left[:3]}")
                self.judge(row, index, what, self.outcomes[edit])
        row.measured = f"{refused} refused, the others as they should be"
        return row

    def damage(self, bits: int, every: int = 1) -> Iterator[Row]:
        """Every file emptied, cut, flipped, grown, removed: refused by name, to go back to as well; then rebuilt."""
        opened, back, mended = Row("damaged, opened"), Row("damaged, gone back from"), Row("damaged, rebuilt")
        corpus = self._folder / "corpus"
        corpus.mkdir()
        for name, version in LIVE.items():
            (corpus / name).write_text(text_of(name, version), "utf-8")
        right = {_rebuilt(corpus, self.copy()), _rebuilt(corpus, self._folder / "empty")}  # with tags, and without
        for name, what, changed in islice(self._damages(bits), 0, None, every):
            index = self.copy()
            path = index / name
            harmless = name == "writer.lock" or (changed or b"").split() == path.read_bytes().split()
            shared = path.stat().st_nlink > 1 and changed is not None
            of_live = shared or not name.startswith("generations/000003")
            _change(path, changed)
            self._open(opened, index, path, what, of_live and not harmless)
            self._go_back(back, index, f"{name} {what}")
            mended.tried += 1
            mended.expect(_rebuilt(corpus, index) in right, f"{name} {what}: not mended")
            theirs = changed is None and path.name == "manifest.json"  # a folder without one is not ours to remove
            left = [] if theirs else leftovers(index)
            mended.expect(not left, f"{name} {what}: left {left[:3]}")
            shutil.rmtree(index)
        yield from (opened, back, mended)

    def _damages(self, bits: int) -> Iterator[tuple[str, str, bytes | None]]:
        for path in sorted(path for path in self.base.rglob("*") if path.is_file()):
            name, data = str(path.relative_to(self.base)), path.read_bytes()
            yield name, "removed", None
            yield name, "grown", data + self._random.randbytes(8)
            if data:
                yield name, "emptied", b""
                yield name, "cut", data[: self._random.randrange(len(data))]
            for _ in range(bits if data else 0):
                bit = self._random.randrange(len(data) * 8)
                changed = bytearray(data)
                changed[bit // 8] ^= 1 << bit % 8
                yield name, f"bit {bit}", bytes(changed)

    def _open(self, row: Row, index: Path, path: Path, what: str, refused: bool) -> None:
        row.tried += 1
        try:
            found = state(index)
            row.expect(not refused and found == state(self.base), f"{path} {what}: opened")
        except IndexDamagedError as error:
            named = path.name in str(error) or (path.name == "CURRENT" and "or what names it" in str(error))
            row.expect(refused and named and "--rebuild" in str(error), f"{path} {what}: {error}")
        except Exception as error:
            row.expect(False, f"{path} {what}: {type(error).__name__}: {error}")

    def _go_back(self, row: Row, index: Path, what: str) -> None:
        """Going back comes to what was there before, or is refused and changes nothing."""
        row.tried += 1
        pointer = _content(index / "CURRENT")
        try:
            LocalStore(index).rollback()
            row.expect(state(index) in self.outcomes["roll back"] - {state(self.base)}, f"{what}: another answer")
        except (IndexDamagedError, IndexMissingError) as error:
            row.expect(_content(index / "CURRENT") == pointer, f"{what}: CURRENT was changed, {error}")
        except Exception as error:
            row.expect(False, f"{what}: {type(error).__name__}: {error}")

    def two_writers(self, rounds: int) -> Row:
        """Two processes that begin at about the same time: one writes, the other is told who, or comes later."""
        row, told = Row("two writers at once"), 0
        orders = [self.copy(), self.copy()]
        for index, edits in zip(orders, (("add", "replace"), ("replace", "add")), strict=True):
            for edit in edits:
                EDITS[edit](index)
        both, one = {self._known(index) for index in orders}, self.outcomes["add"] ^ self.outcomes["replace"]
        with Workshop() as other:
            for _ in range(rounds):
                index = self.copy()
                self._workshop.begin("add", index)
                other.begin("replace", index)
                errors = [ended.error for ended in (self._workshop.end(), other.end()) if ended.error]
                told += len(errors)
                row.expect(len(errors) < 2 and all("written by process " in error for error in errors), f"{errors}")
                row.expect("process unknown" not in f"{errors}", "not told who writes")
                self.judge(row, index, "two writers", one if errors else both)
        row.measured = f"{told} told who writes, {rounds - told} in turn"
        return row


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _change(path: Path, content: bytes | None) -> None:
    """Overwrite a file where it lies, under all of its names, or remove this name."""
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)


def _pointer(index: Path) -> str:
    current = index / "CURRENT"
    return current.read_text("utf-8") if current.exists() else ""


def _rebuilt(corpus: Path, index: Path) -> str | None:
    """What a store says after `yinju index --rebuild`, or why it cannot."""
    try:
        build_index(corpus, index, encoder=ENCODER, rebuild=True, settings=SETTINGS)
        return state(index)
    except YinjuError as error:
        return str(error)


def rows(folder: Path, options: argparse.Namespace) -> Iterator[Row]:
    """Every line of the table, as it is made."""
    with Workshop() as workshop:
        bench, use = Bench(folder, workshop), Use(folder)
        made: list[Callable[[], Row]] = [
            lambda: bench.kill_at_steps(options.every),
            lambda: bench.kill_at_random(options.kills),
            lambda: bench.full_at_steps(options.every),
            lambda: bench.full_at_sizes(options.sizes),
            lambda: bench.two_writers(options.rounds),
            lambda: use.readers(options.publications),
            lambda: use.growth(options.publications * 4),
            lambda: use.snapshots(options.publications),
        ]
        chosen = [make_row for number, make_row in enumerate(made) if number in options.only]
        yield from (make_row() for make_row in chosen)
        if len(made) in options.only:
            yield from bench.damage(options.bits)


def show(lines: Iterable[Row]) -> bool:
    """Print the table; whether all of it is as expected."""
    print("| case | tried | not as expected | measured |\n|---|---|---|---|", flush=True)
    right = True
    for row in lines:
        print(f"| {row.case} | {row.tried:,} | {len(row.wrong):,} | {row.measured} |", flush=True)
        print("\n".join(row.wrong[:20]), file=sys.stderr, flush=True)
        right &= not row.wrong
    return right


def main() -> None:
    """Print the table; exit with 1 where a row is not as expected."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1, help="harm every Nth step of an edit")
    parser.add_argument("--kills", type=int, default=25, help="kills of each edit after a random time")
    parser.add_argument("--sizes", type=int, default=20, help="limits of a file's size, for each edit")
    parser.add_argument("--bits", type=int, default=3, help="bits to flip in each file, one at a time")
    parser.add_argument("--rounds", type=int, default=20, help="times that two processes write at once")
    parser.add_argument("--publications", type=int, default=50, help="publications under readers; four times as many")
    parser.add_argument("--only", type=int, nargs="+", default=range(9), help="lines of the table, from 0")
    options = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(not show(rows(Path(folder), options)))


if __name__ == "__main__":
    main()
