"""How fast files of every format are read: python benchmarks/reading_speed.py → rows of a Markdown table.

Business documents of ten pages (about 600 characters, a heading, paragraphs, a list or a small table each) are made and
read by `Reader` with a process for each core, once all that a format needs is loaded. `slower` tells how many times as
long as the usual machine, which needs 0.45 s, this one needs for ten million additions in Python, and the last columns
what the usual machine would reach.
"""

import argparse
import io
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory

import openpyxl
from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from made_files import WRITERS, Content, as_pdf, as_text, make_pages
from yinju.reading import Reader

PAGES, FILES = 10, 40
LONG_PAGES, LONG_FILES = 500, 4
"""Of texts alone: about a million bytes each."""
ROWS, COLUMNS = 20_000, 10
LEAST_SECONDS = 3.0
"""The files of a format are read again and again for so long."""
PROCESSES = 2
ADDITIONS, USUAL_SECONDS = 10_000_000, 0.45
FONT, STROKES = "Made", 8
RUNNING_LINES = "内部资料 请勿外传 第0123456789页\u3000"
LONG = ("txt", "md", "html", "csv", "json")


@dataclass(frozen=True)
class Speed:
    """What was read in a second."""

    megabytes: float
    pages: float
    files: float


def register_font(contents: Sequence[Content]) -> None:
    """Make a font known to reportlab that has every character of what is to be written, as intricate as Chinese is."""
    characters = "".join(unit for content in contents for unit in as_text(content) + RUNNING_LINES)
    names = {ord(character): f"u{ord(character):x}" for character in sorted({*characters} - {"\n", "\t"})}
    pen = TTGlyphPen(None)
    for stroke in range(STROKES):
        x, y = 200 * (stroke % 4), 80 * stroke
        pen.moveTo((x, y))
        pen.qCurveTo((x + 150, y + 90), (x + 300, y + 50))
        pen.lineTo((x + 300, y))
        pen.closePath()
    builder = FontBuilder(1_000, isTTF=True)
    builder.setupGlyphOrder(glyphs := [".notdef", *names.values()])
    builder.setupCharacterMap(names)
    builder.setupGlyf(dict.fromkeys(glyphs, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (1_000, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": FONT, "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=880)
    builder.setupPost()
    out = io.BytesIO()
    builder.save(out)
    pdfmetrics.registerFont(TTFont(FONT, io.BytesIO(out.getvalue())))


def as_paged_pdf(content: Content) -> bytes:
    """A PDF in which every section begins a page, so that its pages are as long as those of the other formats."""
    return as_pdf(content, FONT, paged=True)


def long_sheet() -> bytes:
    """A workbook of numbers, a word in every third column."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("明细")
    sheet.append([f"第{column}列" for column in range(COLUMNS)])
    for row in range(ROWS):
        sheet.append([row * column / 4 if column % 3 else f"员工{row}" for column in range(COLUMNS)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def measure(reader: Reader, folder: Path, files: Sequence[bytes], kind: str, pages: int) -> Speed:
    """The speed at which files of so many pages are read, `PROCESSES` at once, all that they need being loaded."""
    paths = [folder / f"{number}.{kind}" for number in range(len(files))]
    for path, data in zip(paths, files, strict=True):
        path.write_bytes(data)

    def read(path: Path) -> None:
        reader.read(path, path.name)

    with ThreadPoolExecutor(PROCESSES) as pool:
        list(pool.map(read, paths[:1] * 2 * PROCESSES))
        started, rounds, seconds = time.perf_counter(), 0, 0.0
        while seconds < LEAST_SECONDS:
            list(pool.map(read, paths))
            rounds += 1
            seconds = time.perf_counter() - started
    read_files = rounds * len(files) / seconds
    return Speed(rounds * sum(map(len, files)) / seconds / 1_000_000, read_files * pages, read_files)


def seconds_of_additions() -> float:
    """How long a process takes for the additions that a machine's speed is told by."""
    started, total = time.perf_counter(), 0
    for one in range(ADDITIONS):
        total += one
    return time.perf_counter() - started


def slowness(processes: ProcessPoolExecutor) -> float:
    """This machine's time over the usual one's while as many processes work as are measured."""
    taken = [processes.submit(seconds_of_additions) for _ in range(PROCESSES)]
    return fmean(one.result() for one in taken) / USUAL_SECONDS


def print_speeds(kinds: Sequence[str], processes: ProcessPoolExecutor) -> None:
    """Print a row for each format as it has been measured."""
    writers: dict[str, Callable[[Content], bytes]] = {**WRITERS, "pdf": as_paged_pdf}
    short = [make_pages(seed, PAGES) for seed in range(FILES)]
    register_font(short)
    long = [make_pages(seed, LONG_PAGES) for seed in range(LONG_FILES)]
    with TemporaryDirectory(prefix="yinju-speed-") as folder, Reader(processes=PROCESSES) as reader:

        def show(what: str, kind: str, files: Sequence[bytes], pages: int) -> None:
            before = slowness(processes)
            speed = measure(reader, Path(folder), files, kind, pages)
            slower = (before + slowness(processes)) / 2
            raw = (speed.megabytes, speed.pages, speed.files)
            figures = (f"{figure:,.1f}" for figure in (*raw, slower, *(slower * figure for figure in raw)))
            print(f"| {what} | {sum(map(len, files)) / len(files):,.0f} | {' | '.join(figures)} |", flush=True)

        for kind in kinds:
            show(kind, kind, [writers[kind](content) for content in short], PAGES)
            if kind in LONG:
                show(f"{kind}, {LONG_PAGES} pages", kind, [writers[kind](content) for content in long], LONG_PAGES)
            if kind == "txt":
                show("txt, UTF-8", kind, [as_text(content).encode() for content in short], PAGES)
            if kind == "pdf":
                named = [as_pdf(content, paged=True) for content in short]
                show("pdf, fonts only named", kind, named, PAGES)
            if kind == "xlsx":
                show(f"{kind}, {ROWS:,} × {COLUMNS} cells", kind, [long_sheet()] * PROCESSES, 1)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kinds", nargs="+", default=list(WRITERS), choices=WRITERS, metavar="kind")
    kinds = parser.parse_args().kinds
    print("| format | bytes a file | MB/s | pages/s | files/s | slower | usual MB/s | usual pages/s | usual files/s |")
    print("|---|" + "---|" * 8)
    with ProcessPoolExecutor(PROCESSES) as processes:
        print_speeds(kinds, processes)


if __name__ == "__main__":
    main()
