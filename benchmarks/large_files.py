"""Very large files among good ones: python benchmarks/large_files.py → rows of a Markdown table.

Each is put into a folder of its own beside twenty small files, and indexed by a process of its own with the limits that
ship. It must be refused or read, the small ones be indexed as ever, no passage be longer than it may, and no process
take more memory than is stated; exits 1 where that does not hold.
"""

import argparse
import json
import random
import re
import resource
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from made_files import sentences
from yinju.embedding import load_encoder
from yinju.ingest.build import open_store
from yinju.library import build_index
from yinju.settings import Settings

MEMORY_BYTES = 1_500_000_000
"""The most that either the process that builds or a child that reads may take."""
OTHERS = 20
_LINE_BYTES = 50_000_000


def characters(size: int) -> str:
    """Sentences of the sample corpus without a mark in or between them, of about so many bytes as UTF-8."""
    plain = [re.sub(r"\W", "", sentence) for sentence in sentences()]
    mean = sum(map(len, plain)) / len(plain)
    return "".join(random.Random(1).choices(plain, k=int(size / 3 / mean)))


def rows(count: int) -> Iterator[str]:
    """The lines of a table."""
    yield "編號,姓名,部門,說明,金額\n"
    for number in range(count):
        person, told = f"王小明{number % 997},業務{number % 31}部", f"第{number}筆訂單已經出貨並且開立發票"
        yield f"{number},{person},{told},{number * 7 % 9973}\n"


def lines_of(*parts: str) -> Callable[[Path, float], None]:
    """Writes one line of 50 MB between two parts."""
    before, after = parts

    def write(path: Path, share: float) -> None:
        path.write_text(before + characters(int(_LINE_BYTES * share)) + after, "utf-8")

    return write


def text_of(make: Callable[[float], str]) -> Callable[[Path, float], None]:
    """Writes a text."""

    def write(path: Path, share: float) -> None:
        path.write_text(make(share), "utf-8")

    return write


def bomb(path: Path, share: float) -> None:
    """Writes a Word document that is small until it is unpacked."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    paragraphs = "<w:p><w:r><w:t>甲</w:t></w:r></w:p>".encode() * 1_000
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as body:
        body.write(f'<w:document xmlns:w="{space}"><w:body>'.encode())
        for _ in range(int(6_000 * share)):
            body.write(paragraphs)
        body.write(b"</w:body></w:document>")


def huge(path: Path, share: float) -> None:
    """Writes nothing, of a size."""
    with path.open("wb") as file:
        file.truncate(int(500_000_000 * share))


CASES: dict[str, tuple[str, Callable[[Path, float], None]]] = {
    "a text of 500 MB": ("a.txt", huge),
    "a line of 50 MB": ("a.txt", lines_of("", "\n")),
    "a line of 50 MB, Markdown": ("a.md", lines_of("# 題\n\n", "\n")),
    "a cell of 50 MB": ("a.csv", lines_of("甲,乙\n一,", "\n")),
    "a string of 50 MB, JSON": ("a.json", lines_of('{"文": "', '"}')),
    "a paragraph of 50 MB, HTML": ("a.html", lines_of("<html><p>", "</p></html>")),
    "50 MB of one letter": ("a.txt", text_of(lambda share: "x" * int(_LINE_BYTES * share))),
    "5,000,000 tiny lines": ("a.txt", text_of(lambda share: "甲\n" * int(5_000_000 * share))),
    "a table of 300,000 rows": ("a.csv", text_of(lambda share: "".join(rows(int(300_000 * share))))),
    "a page nested 200,000 deep": (
        "a.html", text_of(lambda share: "<html>" + "<div>" * int(200_000 * share) + "深處")
    ),
    "a table of 50 MB, HTML": (
        "a.html",
        text_of(lambda share: "<html><table>" + "<tr><td>甲欄<td>第二個儲存格的內容</tr>" * int(900_000 * share)),
    ),
    "a docx that unpacks to 6,000,000 paragraphs": ("a.docx", bomb),
}  # fmt: skip
"""What it is → the name of its file, and what writes it at a share of its full size."""


def measure(name: str, folder: Path) -> dict[str, Any]:
    """How the build of a folder with one such file went; in a process of its own, whose memory is measured."""
    corpus, index = folder / "corpus", folder / "index"
    encoder = load_encoder("")
    started = time.monotonic()
    report = build_index(corpus, index, encoder=encoder)
    seconds = time.monotonic() - started
    large = next(outcome for outcome in report.outcomes if outcome.name == name)
    opened = open_store(index).open()
    passages = opened.documents.passages_of(name)
    return {
        "state": large.code if not large.passages else large.state.value, "message": large.message,
        "bytes": (corpus / name).stat().st_size, "passages": len(passages), "indexed": large.indexed,
        "longest": max((len(passage.text) for passage in passages), default=0),
        "others": sum(outcome.passages > 0 for outcome in report.outcomes if outcome.name != name),
        "read_seconds": large.seconds, "seconds": round(seconds, 1),
        "builder": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "reader": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024,
    }  # fmt: skip


def measured_apart(case: str, share: float) -> dict[str, Any]:
    """The same, measured in a process that does nothing else."""
    name, write = CASES[case]
    with TemporaryDirectory() as folder:
        corpus = Path(folder, "corpus")
        corpus.mkdir()
        for number in range(OTHERS):
            (corpus / f"好{number:02}.txt").write_text(f"第{number}份文件照常可以讀取。", "utf-8")
        write(corpus / name, share)
        command = [sys.executable, __file__, "--only", case, "--folder", folder]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"state": f"ended with {done.returncode}", "message": done.stderr[-500:]}
    return dict(json.loads(done.stdout))


def faults(found: dict[str, Any]) -> list[str]:
    """What does not hold."""
    limits = (("longest", Settings().passage_characters), ("builder", MEMORY_BYTES), ("reader", MEMORY_BYTES))
    missed = [name for name, limit in limits if found.get(name, 0) > limit]
    lost = found.get("others") != OTHERS
    return [*missed, *(["others"] if lost else []), *(["crashed"] if found["state"] == "crashed" else [])]


def row(case: str, found: dict[str, Any]) -> str:
    """A row of the table."""
    seconds, whole = found.get("read_seconds", 0), found.get("seconds", 0)
    memory = " / ".join(f"{found.get(name, 0) / 1e6:,.0f} MB" for name in ("builder", "reader"))
    cells = (
        case, f"{found.get('bytes', 0):,}", found["state"], f"{found.get('passages', 0):,}, {found.get('longest', 0)}",
        f"{seconds:.1f} s", f"{whole:.1f} s", memory, ", ".join(faults(found)) or "–",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Print a row for each case."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--share", type=float, default=1.0, help="of the full sizes")
    parser.add_argument("--only", choices=CASES)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.folder:
        print(json.dumps(measure(CASES[asked.only][0], asked.folder)))
        return
    print("| file | bytes | end | passages, longest | read in | indexed in | memory: builder, reader | at fault |")
    print("|---|---|---|---|---|---|---|---|")
    wrong = 0
    for case in [asked.only] if asked.only else CASES:
        found = measured_apart(case, asked.share)
        wrong += bool(faults(found))
        print(row(case, found), flush=True)
        if found["message"]:
            print(f"{case}: {found['message']}", file=sys.stderr, flush=True)
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
