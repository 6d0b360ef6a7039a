"""Labelled questions → what the transformer's reading weighs beside words: ranker_read, relevance_read in scorers.json.

ranker_read: the order of passages, logistic regression on pairs of a right and a wrong one. relevance_read: whether the
best passage answers. Both over the words' own sum and how near the nearest sentence is in meaning. Run before
fit_answers.py, which describes sentences in this order, on questions that the transformer did not learn from:

    python training/fit_reading.py SQUAD.json SQUAD.json --free FOLDER FOLDER …
"""

import argparse
import json
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from fit_answers import FREE_COUNTS, SQUAD_COUNTS, collect, unpickled
from yinju.retrieval.retrieve import scorers, weigh

Row = tuple[float, float, float, float, bool]
"""The ranker's sum, the nearness read, the same so far as words are no guide, the relevance's log-odds, whether it
answers."""
BY_HAND = {"read_alone": 80.0, "read_english": 40.0}
"""The sets' questions use their passages' words; where one does not, or is English, what the transformer reads should
decide, over the neighbours of words (`meaning_alone`)."""


def rows_of(source: tuple[str, Path]) -> list[tuple[float, list[Row]]]:
    """How much each question of a source counts, and its read passages."""
    found = []
    for case in unpickled(collect(*source, None)):
        read = [candidate for candidate, _ in case.evidence.ranked if "read" in candidate.features]
        found.append((case.counts, [
            (
                weigh(c.features, "ranker"), c.features["read"], c.features["read_alone"],
                weigh(c.features, "relevance"), c.passage.id in case.answering,
            )
            for c in read
        ]))  # fmt: skip
    return found


def fit_order(questions: list[tuple[float, list[Row]]]) -> dict[str, object]:
    """The weights of the order, the ranker's own being 1."""
    pairs, counts = [], []
    for count, rows in questions:
        right, wrong = [row for row in rows if row[-1]], [row for row in rows if not row[-1]]
        for one in right[:1]:
            pairs += [[one[n] - other[n] for n in range(3)] for other in wrong]
            counts += [count / max(len(wrong), 1)] * len(wrong)
    both = np.array([*pairs, *(-np.array(pairs))])
    labels = [1] * len(pairs) + [0] * len(pairs)
    ranker, *read = LogisticRegression(fit_intercept=False, C=10).fit(both, labels, counts * 2).coef_[0]
    print(f"read_alone as fitted: {read[1] / ranker:.3f}")
    return {"weights": {"ranker": 1.0, "read": round(float(read[0] / ranker), 3)} | BY_HAND}


def fit_relevance(questions: list[tuple[float, list[Row]]]) -> dict[str, object]:
    """The weights of the log-odds that the best passage answers."""
    best = [(count, rows[0]) for count, rows in questions if rows]
    features, labels = [[row[3], row[1]] for _, row in best], [row[-1] for _, row in best]
    model = LogisticRegression(C=10).fit(features, labels, [count for count, _ in best])
    relevance, read = model.coef_[0]
    weights = {"relevance": round(float(relevance), 3), "read": round(float(read), 3)}
    return {"bias": round(float(model.intercept_[0]), 3), "weights": weights}


def main() -> None:
    """Collect, fit, save."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("questions", type=Path, nargs="+", help="SQuAD-format files")
    arguments.add_argument("--free", type=Path, nargs="+", default=[], help="folders of free questions")
    arguments.add_argument("--save", type=Path, default=Path("src/yinju/model/scorers.json"))
    given = arguments.parse_args()
    jobs = [("squad", path) for path in given.questions] + [("free", folder) for folder in given.free]
    with ProcessPoolExecutor(2) as pool:
        questions = [one for found in pool.map(rows_of, jobs) for one in found]
    scorers()["ranker_read"] = fit_order(questions)
    scorers()["relevance_read"] = fit_relevance([one for one in questions if one[0] in (FREE_COUNTS, SQUAD_COUNTS)])
    print(scorers()["ranker_read"], scorers()["relevance_read"])
    given.save.write_text(json.dumps(scorers(), indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
