"""Does the other region's word find a passage? python benchmarks/regional.py [--missed] → rows of a Markdown table.

Each line of benchmarks/regional.jsonl is a short passage in the words of Taiwan or of the mainland, a question that
shares nothing with it but one such word, and the same question with the other region's word in its own script. All
passages and the sample corpus lie in one index.
"""

import argparse
import json
import shutil
import tempfile
from pathlib import Path
from statistics import fmean

import yinju
from yinju.library import Library

REPOSITORY = Path(__file__).resolve().parent.parent
PAIRS = [json.loads(line) for line in (REPOSITORY / "benchmarks" / "regional.jsonl").read_text("utf-8").splitlines()]


def name_of(number: int) -> str:
    """The file that a pair's passage is in; it tells nothing of what the passage is about."""
    return f"{number:03d}.txt"


def rank_of(library: Library, question: str, name: str) -> int:
    """At which place, from 1, a document is found; 1,000 for nowhere among the first twenty."""
    found = [hit.passage.document for hit in library.search(question, 20)]
    return found.index(name) + 1 if name in found else 1_000


def main() -> None:
    """Index everything, ask every question both ways and print the shares that are found."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--missed", action="store_true", help="name the pairs not among the first five")
    show: bool = arguments.parse_args().missed
    with tempfile.TemporaryDirectory() as folder:
        corpus = shutil.copytree(REPOSITORY / "corpus", Path(folder) / "corpus")
        for number, pair in enumerate(PAIRS):
            (corpus / name_of(number)).write_text(pair["passage"] + "\n", "utf-8")
        yinju.build_index(corpus, Path(folder) / "index")
        with yinju.open_library(Path(folder) / "index") as library:
            for which, key in (("same", "question"), ("other", "other_question")):
                ranks = [rank_of(library, pair[key], name_of(number)) for number, pair in enumerate(PAIRS)]
                shares = ", ".join(f"recall@{k} {fmean(rank <= k for rank in ranks):.3f}" for k in (1, 5))
                print(f"| {len(PAIRS)} pairs, {which} region's word | {shares} |")
                if show:
                    missed = [f"{p['word']}/{p['other_word']}" for p, r in zip(PAIRS, ranks, strict=True) if r > 5]
                    print("missed:", " ".join(missed) or "none")


if __name__ == "__main__":
    main()
