"""How quick a source opens, in a real Chromium: a Markdown table.

python benchmarks/source.py [--rounds N] serves PDFs of every kind that tests/reading/printed_pdfs.py makes, one of 300
pages, a text of a million characters and corpus/, and opens citations in them. What is measured, in the page itself:
from the click to the first frame in which the cited sentence is marked in view, or the page's image with a box in view
is there; from the choice of the whole text to its mark in view.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.browser.reader import FLAGS, ROOT, Visit, hosting
from tests.reading.printed_pdfs import Sheet, cases, sentence

from yinju import build_index, open_library
from yinju.embedding import load_encoder
from yinju.protocols import Encoder
from yinju.settings import Settings
from yinju.types import Document
from yinju.web.links import place_href

BIG_PAGES, BIG_LINES = 300, 45_000
SETTLING_MS = 2_000
"""From the page's being ready to the first click; nobody has read an answer sooner."""

OPEN = """async ([href, view]) => {
    const seen = (name) => {
        const inner = document.querySelector(name)?.getBoundingClientRect();
        const outer = document.querySelector("#source .body").getBoundingClientRect();
        return inner && inner.top >= outer.top - 1 && inner.top < outer.bottom;
    };
    const ready = {
        text: () => seen("#source .text:not(.whole) mark"),
        whole: () => seen("#source .whole mark"),
        page: () => seen("#source .box") && document.querySelector("#source figure img").naturalWidth > 0,
    }[view];
    document.querySelector("#source .body").replaceChildren();
    const link = Object.assign(document.createElement("a"), { className: "cite" });
    link.setAttribute("href", href);
    document.querySelector("gradio-app").append(link);
    const start = performance.now();
    link.click();
    link.remove();
    while (!ready()) await new Promise(requestAnimationFrame);
    if (view === "page") await document.querySelector("#source figure img").decode();
    await new Promise(requestAnimationFrame);
    return performance.now() - start;
}"""


def write_corpus(folder: Path) -> None:
    """Every kind of document."""
    shutil.copytree(ROOT / "corpus", folder)
    for name, make in cases().items():
        (folder / f"{name}.pdf").write_bytes(make().pdf())
    big = Sheet()
    for _ in range(BIG_PAGES):
        for row in range(10):
            big.say(80, 700 - 40 * row, text=sentence(row))
        big.next_page()
    (folder / "三百頁.pdf").write_bytes(big.pdf())
    lines = (f"第{number}行記下當天的天氣與溫度，供日後查對。\n" for number in range(BIG_LINES))
    (folder / "百萬字.txt").write_text("".join(lines), "utf-8")


@contextmanager
def opened(folder: Path, encoder: Encoder) -> Iterator[Page]:
    """The page over an index, in Chromium."""
    settings = Settings()
    with sync_playwright() as playwright, hosting(folder, encoder, settings) as address:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = chromium.new_page(viewport={"width": 1280, "height": 800})
        page.goto(address)
        Visit(page, address).ready()
        page.wait_for_timeout(SETTLING_MS)
        yield page
        chromium.close()


def places(document: Document, rounds: int) -> list[str]:
    """The links to lines all over a document."""
    lines, position = [], 0
    for line in document.text.split("\n"):
        if line.strip():
            lines.append((position, position + len(line)))
        position += len(line) + 1
    chosen = lines[:: max(1, len(lines) // rounds)][:rounds]
    return [place_href(document.name, start, end, document.sha256) for start, end in chosen]


def kind_of(document: Document) -> str:
    """The row of the table that a document belongs to."""
    if document.name == "三百頁.pdf":
        return f"PDF of {BIG_PAGES} pages"
    if document.format == "pdf":
        return "PDF"
    return "text of a million characters" if document.name == "百萬字.txt" else "text, Word, HTML"


def measure(rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each wait, under its name."""
    encoder = load_encoder("")
    found: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory(prefix="yinju-source-") as folder:
        corpus, index = Path(folder) / "corpus", Path(folder) / "index"
        write_corpus(corpus)
        build_index(corpus, index, encoder=encoder)
        with open_library(index, encoder=encoder) as library:
            documents = library.documents()
        with opened(index, encoder) as page:
            for document in sorted(documents, key=lambda one: one.format != "pdf"):
                name, view = kind_of(document), "page" if document.format == "pdf" else "text"
                many = rounds if len(document.text) > 20_000 else 2
                for href in places(document, many):
                    first = view == "page" and not found
                    found["the first PDF at all" if first else name].append(page.evaluate(OPEN, [href, view]))
            page.click("#source [data-view=whole]")
            page.locator("#source .whole mark").wait_for()
            measure_whole(page, documents, rounds, found)
    return found


def measure_whole(page: Page, documents: Sequence[Document], rounds: int, found: dict[str, list[float]]) -> None:
    """Open whole texts: a link within the panel keeps the view that is chosen there."""
    inside = OPEN.replace('"gradio-app"', '"#source .head"')
    for document in documents:
        if document.format != "pdf":
            for href in places(document, rounds if len(document.text) > 20_000 else 2):
                found[f"whole {kind_of(document)}"].append(page.evaluate(inside, [href, "whole"]))


def row(name: str, values: Sequence[float]) -> str:
    """A line of the table."""
    ordered = sorted(values)
    high = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    return f"| {name} | {len(ordered)} | {statistics.median(ordered):.0f} | {high:.0f} | {ordered[-1]:.0f} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20)
    found = measure(parser.parse_args().rounds)
    print("| milliseconds | n | median | p95 | max |\n|---|---|---|---|---|")
    print("\n".join(row(name, values) for name, values in found.items()))


if __name__ == "__main__":
    main()
