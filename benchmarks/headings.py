"""Asks every top heading of a document, as written and in the other script: does the first citation lie below it?

python benchmarks/headings.py FILE → one line a question and the sum; exit status 1 when one is missed.
"""

import argparse
import re
import shutil
import sys
import tempfile
from pathlib import Path

import yinju
from yinju.library import Library
from yinju.text import convert
from yinju.types import Document

NUMBER = re.compile(r"^\s*(\d+|[一二三四五六七八九十]+)[.、．]\s*")


def top_sections(document: Document) -> dict[str, tuple[int, int]]:
    """Each outermost heading that has text below it → the range of characters that belongs to it."""
    found: dict[str, tuple[int, int]] = {}
    for section in document.sections:
        if section.headings:
            start, end = found.get(section.headings[0], (section.start, section.end))
            found[section.headings[0]] = (min(start, section.start), max(end, section.end))
    return found


def ask(library: Library, question: str, place: tuple[int, int]) -> bool:
    """Whether the first citation of the answer lies in a range; says so on standard output."""
    answer = library.ask(question)
    hit = not answer.refused and place[0] <= answer.citations[0].start < place[1]
    print(f"{'ok  ' if hit else 'MISS'} {answer.confidence:.2f} {question} → {answer.text[:60]}")
    return hit


def main() -> None:
    """Index the file alone and ask."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("file", type=Path)
    file: Path = arguments.parse_args().file
    with tempfile.TemporaryDirectory() as folder:
        (corpus := Path(folder) / "corpus").mkdir()
        shutil.copy(file, corpus)
        yinju.build_index(corpus, Path(folder) / "index")
        with yinju.open_library(Path(folder) / "index") as library:
            results = []
            for heading, place in top_sections(library.documents()[0]).items():
                written = NUMBER.sub("", heading)
                results += [ask(library, written, place)]
                results += [ask(library, convert(written, script), place) for script in ("hans", "hant")]
    print(f"{sum(results)} of {len(results)}")
    sys.exit(not all(results))


if __name__ == "__main__":
    main()
