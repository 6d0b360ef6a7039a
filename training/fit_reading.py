"""Labelled questions → what the transformer's reading weighs beside words, in scorers.json.

ranker_read, relevance_read: where passages were read by themselves; …_answers: where they were also read together with
the question. ranker: the order of passages, logistic regression on pairs of a right and a wrong one; relevance: whether
the best passage answers. Over the words' own sum and what was read. Run before
fit_answers.py, which describes sentences in this order, on questions that the transformer did not learn from:

    python training/fit_reading.py SQUAD.json SQUAD.json --free FOLDER FOLDER …
"""

import argparse
import json
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from fit_answers import FREE_COUNTS, SQUAD_COUNTS, collect, unpickled
from yinju.retrieval.retrieve import scorers, weigh

Row = tuple[dict[str, float], bool]
"""What a passage's words say and what was read of it, and whether it answers."""
ALONE = ("read", "read_alone")
TOGETHER = (*ALONE, "answers")
READ_ALONE = 80.0
"""By hand: the sets' questions use their passages' words; where one does not, what the transformer reads should decide,
over the neighbours of words (`meaning_alone`)."""


def rows_of(source: tuple[str, Path]) -> list[tuple[float, list[Row]]]:
    """How much each question of a source counts, and its read passages."""
    found = []
    for case in unpickled(collect(*source, None)):
        rows = [
            (
                {name: c.features[name] for name in TOGETHER}
                | {name: weigh(c.features, name) for name in ("ranker", "relevance")},
                c.passage.id in case.answering,
            )
            for c, _ in case.evidence.ranked if "answers" in c.features
        ]  # fmt: skip
        found.append((case.counts, rows))
    return found


def fit_order(questions: Sequence[tuple[float, list[Row]]], read: Sequence[str]) -> dict[str, object]:
    """The weights of the order, the ranker's own being 1."""
    names, pairs, counts = ["ranker", *read], [], []
    for count, rows in questions:
        right, wrong = [row for row, answers in rows if answers], [row for row, answers in rows if not answers]
        for one in right[:1]:
            pairs += [[one[name] - other[name] for name in names] for other in wrong]
            counts += [count / max(len(wrong), 1)] * len(wrong)
    both = np.array([*pairs, *(-np.array(pairs))])
    labels = [1] * len(pairs) + [0] * len(pairs)
    ranker, *others = LogisticRegression(fit_intercept=False, C=10).fit(both, labels, counts * 2).coef_[0]
    weights = {"ranker": 1.0} | {n: round(float(w / ranker), 3) for n, w in zip(read, others, strict=True)}
    print(f"order as fitted: {weights}")
    return {"weights": weights | {"read_alone": READ_ALONE}}


def fit_relevance(questions: Sequence[tuple[float, list[Row]]], read: Sequence[str]) -> dict[str, object]:
    """The weights of the log-odds that the best passage answers."""
    names = ["relevance", *read]
    best = [(count, *rows[0]) for count, rows in questions if rows]
    features, labels = [[row[name] for name in names] for _, row, _ in best], [answers for _, _, answers in best]
    model = LogisticRegression(C=10).fit(features, labels, [count for count, _, _ in best])
    weights = {name: round(float(weight), 3) for name, weight in zip(names, model.coef_[0], strict=True)}
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
    whole = [one for one in questions if one[0] in (FREE_COUNTS, SQUAD_COUNTS)]
    for scorer, read in (("read", ALONE), ("answers", TOGETHER)):
        scorers()[f"ranker_{scorer}"] = fit_order(questions, read)
        scorers()[f"relevance_{scorer}"] = fit_relevance(whole, [name for name in read if name != "read_alone"])
        print(scorers()[f"ranker_{scorer}"], scorers()[f"relevance_{scorer}"])
    given.save.write_text(json.dumps(scorers(), indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
