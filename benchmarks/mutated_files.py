"""Damaged files of every format: python benchmarks/mutated_files.py → rows of a Markdown table.

Whole files are made, then bytes in them flipped, cut out, repeated or replaced, in archives also inside of their
members. Each must end in a stated way, within limits of time and memory, and leave the reader at work; what is read
must be such that an index can keep it.
"""

import argparse
import io
import random
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from made_files import WRITERS, make_content
from yinju.errors import ReadingError
from yinju.ingest.entries import divide
from yinju.reading import Reader
from yinju.settings import Settings
from yinju.store.local.documents import DocumentsWriter
from yinju.store.protocol import IngestedFile

FILES = 10_000
SECONDS, MEMORY_BYTES = 30.0, 1_000_000_000
PROCESSES = 2


def flipped(data: bytes, chance: random.Random) -> bytes:
    """Some of its bits turned."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 4, 32, 256))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut(data: bytes, chance: random.Random) -> bytes:
    """Its beginning alone."""
    return data[: chance.randrange(len(data))]


def without_a_stretch(data: bytes, chance: random.Random) -> bytes:
    """All but a stretch of it."""
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.choice((1, 16, 512)) :]


def repeated(data: bytes, chance: random.Random) -> bytes:
    """A stretch of it many times."""
    start = chance.randrange(len(data))
    stretch = data[start : start + chance.choice((1, 16, 512))]
    return data[:start] + stretch * chance.choice((2, 50, 1_000)) + data[start:]


def overwritten(data: bytes, chance: random.Random) -> bytes:
    """A stretch of it replaced by noise, zeros or large numbers."""
    start, length = chance.randrange(len(data)), chance.choice((1, 4, 64, 1_024))
    noise = chance.choice((chance.randbytes(length), bytes(length), b"\xff" * length, b"9" * length, b"<" * length))
    return data[:start] + noise + data[start + length :]


def exchanged(data: bytes, chance: random.Random) -> bytes:
    """Two stretches of it in each other's place."""
    first, second = sorted(chance.sample(range(len(data)), 2))
    length = min(chance.choice((8, 128)), second - first)
    one, other = data[first : first + length], data[second : second + length]
    return data[:first] + other + data[first + length : second] + one + data[second + length :]


MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    flipped, cut, without_a_stretch, repeated, overwritten, exchanged
)  # fmt: skip


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A damaged copy of a file; of an archive, every second time with whole members that are damaged inside."""
    if not zipfile.is_zipfile(io.BytesIO(data)) or chance.random() < 0.5:
        return chance.choice(MUTATIONS)(data, chance)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        names = [name for name in source.namelist() if source.getinfo(name).file_size > 2]
        damaged = set(chance.sample(names, min(len(names), chance.choice((1, 1, 3)))))
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, chance.choice(MUTATIONS)(content, chance) if name in damaged else content)
    return out.getvalue()


def make(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of damaged files, the formats in turn."""
    chance = random.Random(seed)
    whole = {kind: [write(make_content(number, 3, 2)) for number in range(3)] for kind, write in WRITERS.items()}
    kinds = list(whole)
    for number in range(count):
        kind = kinds[number % len(kinds)]
        yield f"{number}.{kind}", mutated(chance.choice(whole[kind]), chance)


@dataclass(frozen=True)
class End:
    """How one file ended, and after how long."""

    kind: str
    code: str
    seconds: float


def keep(entry: IngestedFile, path: Path) -> None:
    """Write all of an entry as an index does, and throw it away."""
    with DocumentsWriter(path) as storage:
        storage.add_outcome(entry.outcome)
        if entry.document:
            storage.add_document(entry.document, entry.often)
        storage.add_passages(entry.passages)
    path.unlink()


def read_all(files: Iterator[tuple[str, bytes]], folder: Path) -> Iterator[End]:
    """The end of every file; whatever is no end at all is raised."""
    with Reader(timeout_seconds=SECONDS, memory_bytes=MEMORY_BYTES, processes=PROCESSES) as reader:

        def read(file: tuple[str, bytes]) -> End:
            name, data = file
            path = folder / name
            path.write_bytes(data)
            started = time.monotonic()
            try:
                entry = divide(reader.read(path, name), Settings())
                code = entry.outcome.state.value
                keep(entry, folder / f"{name}.sqlite")
            except ReadingError as error:
                code = error.code
            path.unlink()
            return End(name.rpartition(".")[2], code, time.monotonic() - started)

        with ThreadPoolExecutor(PROCESSES) as threads:
            yield from threads.map(read, files)


def main() -> None:
    """Print a row for each format and the sums; exit with 1 where the longest took too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=FILES)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        ends = []
        for end in read_all(make(asked.files, asked.seed), Path(folder)):
            ends.append(end)
            if len(ends) % 500 == 0:
                print(f"{len(ends)} of {asked.files}", file=sys.stderr, flush=True)
    print("| format | files | read | read with a warning | refused | crashed, timed out or out of memory | slowest |")
    print("|---|---|---|---|---|---|---|")
    for kind in WRITERS:
        own = [end for end in ends if end.kind == kind]
        codes = Counter(end.code for end in own)
        read, warned = codes.pop("indexed", 0), codes.pop("indexed_with_warning", 0)
        ended = sum(codes.pop(code, 0) for code in ("crashed", "timed_out", "out_of_memory"))
        slowest = max((end.seconds for end in own), default=0)
        print(f"| {kind} | {len(own)} | {read} | {warned} | {codes.total()} | {ended} | {slowest:.1f} s |")
    longest = max(end.seconds for end in ends)
    print(f"{len(ends)} files, seed {asked.seed}: the slowest took {longest:.1f} s", file=sys.stderr)
    sys.exit(longest > SECONDS + 1)


if __name__ == "__main__":
    main()
