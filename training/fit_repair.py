"""Typing errors made by script → the weights by which retrieval/repair.py judges its guesses, and what they do.

    PYTHONPATH=benchmarks python training/fit_repair.py FOLDER QUESTIONS.jsonl [FOLDER QUESTIONS.jsonl …]

The errors of benchmarks/typos.py, and the questions as they were asked, of this collection and of the others: for each
the guesses, of which one or none is right. The weights are fitted on half of the texts; the other half says how many
errors are put right, and how many questions are changed, from some log-odds on. Errors that people made in the
questions themselves count as wrongly changed: read them (benchmarks/typos.py --show).
"""

import sys
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from typos import made_typos, questions_of
from yinju.ingest.build import open_store
from yinju.library import build_index
from yinju.retrieval.guesses import Guess, guesses
from yinju.retrieval.repair import judged
from yinju.store.protocol import Snapshot
from yinju.text import search_form

ERRORS, QUESTIONS = 1_200, 1_500
"""The most of a collection."""


@dataclass(frozen=True, slots=True)
class Read:
    """A text with its guesses; `right` is which of them is meant, if any."""

    meant: str
    has_error: bool
    guesses: Sequence[Guess]
    right: Sequence[bool]

    @property
    def kept_aside(self) -> bool:
        """Whether it is one of the half that is not fitted on."""
        return zlib.crc32(self.meant.encode()) % 2 > 0


def read(typed: str, meant: str, generation: Snapshot) -> Read:
    """The guesses for a text in search form."""
    found = judged(typed, guesses(typed, generation.keywords), generation.keywords)
    right = [typed[: guess.start] + guess.word + typed[guess.end :] == meant for guess in found]
    return Read(meant, typed != meant, found, right)


def texts(folders: Sequence[str], files: Sequence[str]) -> Iterator[Read]:
    """Errors in each collection, and all questions asked of each."""
    asked = [questions_of(Path(name))[:QUESTIONS] for name in files]
    for folder, own in zip(folders, asked, strict=True):
        with tempfile.TemporaryDirectory() as index:
            build_index(folder, index)
            generation = open_store(Path(index)).open()
            for typo in made_typos(generation, own, ERRORS):
                yield read(typo.typed, typo.meant, generation)
            for question in (question for questions in asked for question in questions):
                form = search_form(question)
                yield read(form, form, generation)
            generation.close()


def main() -> None:
    """Fit, and print the weights and a table."""
    everything = list(texts(sys.argv[1::2], sys.argv[2::2]))
    names = next(list(one.guesses[0].features) for one in everything if one.guesses)
    fitted = [one for one in everything if not one.kept_aside]
    rows = [[guess.features[name] for name in names] for one in fitted for guess in one.guesses]
    model = LogisticRegression(C=10, max_iter=5_000).fit(rows, [right for one in fitted for right in one.right])
    print(float(model.intercept_[0].round(2)), dict(zip(names, model.coef_[0].round(2).tolist(), strict=True)))
    aside = [one for one in everything if one.kept_aside]
    best = {}
    for number, one in enumerate(aside):
        odds = [model.decision_function([[g.features[name] for name in names]])[0] for g in one.guesses]
        at = int(np.argmax(odds)) if odds else -1
        best[number] = (odds[at], one.right[at]) if odds else (-np.inf, False)
    print("| from | errors put right | put wrong | questions changed |\n|---|---|---|---|")
    for least in np.arange(-1, 3.1, 0.5):
        errors = [best[n] for n, one in enumerate(aside) if one.has_error]
        others = [best[n] for n, one in enumerate(aside) if not one.has_error]
        right = sum(odds >= least and good for odds, good in errors) / len(errors)
        wrong = sum(odds >= least and not good for odds, good in errors) / len(errors)
        print(f"| {least} | {right:.3f} | {wrong:.3f} | {sum(odds >= least for odds, _ in others) / len(others):.4f} |")


if __name__ == "__main__":
    main()
