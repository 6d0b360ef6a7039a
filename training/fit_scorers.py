"""Labelled questions → src/yinju/model/scorers.json: the weights of the scorers of passages.

ranker: which passage is right, logistic regression on the differences of a right and a wrong passage's features; it
also learns from headings that ask and the sections that answer them (heading_questions.py), for encyclopedia questions
repeat their paragraph's words more than people at work do. relevance: whether a passage found answers, the score of
hits, from questions with their own documents, with the right passages taken away, and asked of documents that have
nothing to do with them. The scorers of sentences and of answers are fitted on what these find: fit_answers.py. With
--cross-validate it prints figures by article fold before it fits on everything.
"""

import argparse
import json
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import fmean

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from labelled import FOLDS, Asked, Source, ask_all, squad_source
from sentence_scorer import Matrix
from yinju.retrieval.retrieve import in_order, scorers
from yinju.store.protocol import FIELDS

BY_HAND = {"heading_alike": 4.0, "meaning_alone": 40.0}
"""The ranker's weights that the sets cannot tell. Their passages have no headings; one that is the question should
outweigh a third of the others. Their questions use their passages' words; where one does not, meaning should decide."""
RANKING = (*FIELDS, "meaning", "window_in_context", "passage_in_context", "title_asked", "kind")
RELEVANCE = ("window", "window_in_context", "passage_in_context", "dense", "known", "kind")


def fit_pairs(groups: list[tuple[Matrix, NDArray[np.bool_]]], strength: float) -> NDArray[np.float64]:
    """The weights that put the right rows of each group above the wrong ones."""
    differences = []
    for rows, right in groups:
        if right.any() and not right.all():
            differences.append((rows[right][:, None] - rows[~right][None]).reshape(-1, rows.shape[1]))
    stacked = np.concatenate(differences)
    both = np.concatenate([stacked, -stacked])
    labels = np.repeat([1, 0], len(stacked))
    model = LogisticRegression(C=strength, fit_intercept=False, max_iter=1000).fit(both, labels)
    return np.asarray(model.coef_[0], np.float64)


def named(weights: NDArray[np.float64], names: tuple[str, ...]) -> dict[str, float]:
    """Weights by feature, rounded to what matters."""
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def rows_of(features: Sequence[dict[str, float]], names: Sequence[str]) -> Matrix:
    """(rows, names) the features in the order of the names."""
    return np.array([[one[name] for name in names] for one in features], np.float64)


def fit_ranker(asked: list[Asked]) -> dict[str, float]:
    """The ranker's weights."""
    groups = [(rows_of([c.features for c in a.candidates], RANKING), np.array(a.right)) for a in asked]
    return named(fit_pairs(groups, 1.0), RANKING) | BY_HAND


def fit_relevance(asked: list[Asked]) -> dict[str, object]:
    """The weights and bias of the probability that a passage found answers."""
    rows, labels = [], []
    for one in asked:
        others = [c for c, right in zip(one.candidates, one.right, strict=True) if not right]
        for candidates, label in ((one.candidates, 1), (others, 0), *((found, 0) for _, found in one.elsewhere)):
            if candidates:
                rows.append(in_order(candidates)[0].features)
                labels.append(label)
    model = LogisticRegression(C=1.0, max_iter=1000).fit(rows_of(rows, RELEVANCE), labels)
    return {"bias": round(float(model.intercept_[0]), 3), "weights": named(model.coef_[0], RELEVANCE)}


Outcome = tuple[bool, bool]
"""Whether the first passage is right, and whether one of the first five is."""


def outcomes(asked: list[Asked]) -> list[Outcome]:
    """What becomes of each question under the weights in force."""
    found = []
    for one in asked:
        names = list(dict.fromkeys(candidate.passage.document for candidate in in_order(one.candidates)))
        right = one.question.documents
        found.append((names[0] in right, any(name in right for name in names[:5])))
    return found


def report(name: str, rows: list[Outcome]) -> None:
    """Print recall."""
    first, fifth = zip(*rows, strict=True)
    print(f"{name}: recall@1 {fmean(first):.4f} recall@5 {fmean(fifth):.4f}", flush=True)


def put_in_force(labelled: Sequence[list[Asked]], headings: list[Asked]) -> None:
    """Fit both scorers and put them in force."""
    both = [one for part in labelled for one in part]
    scorers()["ranker"] = {"weights": fit_ranker(both + headings)}
    scorers()["relevance"] = fit_relevance(both)


def cross_validate(names: Sequence[str], sets: Sequence[list[Asked]]) -> None:
    """Report every fold of the articles under the weights fitted on the others."""
    rows: list[list[Outcome]] = [[] for _ in sets]
    for fold in range(FOLDS):
        kept = [[one for one in part if one.fold != fold] for part in sets]
        put_in_force(kept[:2], kept[2])
        for place, part in enumerate(sets):
            rows[place] += outcomes([one for one in part if one.fold == fold])
    for name, found in zip(names, rows, strict=True):
        report(f"{name}, held out", found)


def sources(questions: Sequence[Path], headings: Path) -> list[tuple[Source, list[Source]]]:
    """Every set, with the sets whose documents have nothing to do with it."""
    one, other, asking = (squad_source(path) for path in (*questions, headings))
    return [(one, [other]), (other, [one]), (asking, [])]


def main() -> None:
    """Fit, report, save."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("questions", type=Path, nargs=2, help="two SQuAD-format files about different documents")
    arguments.add_argument("headings", type=Path, help="what heading_questions.py wrote")
    arguments.add_argument("--save", type=Path, default=Path("src/yinju/model/scorers.json"))
    arguments.add_argument("--cross-validate", action="store_true", help="print figures on held-out articles first")
    chosen = arguments.parse_args()
    every = sources(chosen.questions, chosen.headings)
    names = [source.name for source, _ in every]
    with ProcessPoolExecutor(2) as pool:
        sets = list(pool.map(ask_all, *zip(*every, strict=True)))
    if chosen.cross_validate:
        cross_validate(names, sets)
    put_in_force(sets[:2], sets[2])
    for name, part in zip(names, sets, strict=True):
        report(f"{name}, fitted on all", outcomes(part))
    chosen.save.write_text(json.dumps(scorers(), indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
