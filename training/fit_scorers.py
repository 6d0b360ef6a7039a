"""Labelled questions (SQuAD format) → src/yinju/model/scorers.json: the weights of the three small linear scorers.

ranker: which passage is right, logistic regression on the differences of a right and a wrong passage's features; it
also learns from headings that ask and the sections that answer them (heading_questions.py), for encyclopedia questions
repeat their paragraph's words more than people at work do. sentence: which sentence holds the answer, the same on
sentences. confidence: whether the best passage answers at all, logistic regression on each question's best passage:
among all, among all but the right ones (its article's other paragraphs are left, so it sounds close), and among another
set's, which do not answer it at all. With --cross-validate it prints figures by article fold before it fits on
everything.
"""

import argparse
import json
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from tqdm import tqdm

from yinju.answering.extract import SENTENCE_FEATURES, Sentence, choose_sentences, describe_sentences
from yinju.candidates import Candidate, find_candidates
from yinju.embedding import load_encoder
from yinju.evaluation import LabelledQuestion, QuestionSet, holds_gold, load_questions, open_temporary
from yinju.index.generation import Generation
from yinju.index.keywords import FIELDS
from yinju.query import Query, make_query
from yinju.search import in_order, rank, scorers
from yinju.settings import load_settings
from yinju.text import has_content
from yinju.types import Encoder

FOLDS = 5
BY_HAND = {"heading_alike": 4.0, "meaning_alone": 40.0}
"""The ranker's weights that the sets cannot tell. Their passages have no headings; one that is the question should
outweigh a third of the others. Their questions use their passages' words; where one does not, meaning should decide."""
RANKING = (*FIELDS, "meaning", "window_in_context", "passage_in_context", "title_asked", "kind")
CONFIDENCE = ("window", "window_in_context", "passage_in_context", "dense", "known", "kind")

Matrix = NDArray[np.float64]


@dataclass(slots=True)
class Asked:
    """A question with its candidates as numbers."""

    question: LabelledQuestion
    query: Query
    candidates: list[Candidate]
    right: list[bool]
    fold: int
    unanswered: list[Candidate] = field(default_factory=list)
    """What the same question finds among documents that cannot answer it."""


def matrix(rows: list[dict[str, float]], names: tuple[str, ...]) -> Matrix:
    """Features as an (n, names) array."""
    return np.array([[row[name] for name in names] for row in rows], np.float64).reshape(len(rows), len(names))


def open_index(question_set: QuestionSet, folder: Path, encoder: Encoder) -> Generation:
    """The paragraphs of a set, indexed in a folder."""
    open_temporary(question_set.paragraphs, folder, encoder, load_settings()).close()
    return Generation(folder, encoder)


def ask_all(file: Path, other: Path | None) -> list[Asked]:
    """Every question's candidates in its own file's paragraphs, and in another file's that do not answer it."""
    settings, encoder, own = load_settings(), load_encoder(""), load_questions(file)
    with tempfile.TemporaryDirectory() as folder:
        index = open_index(own, Path(folder) / "own", encoder)
        elsewhere = open_index(load_questions(other), Path(folder) / "other", encoder) if other else None
        found = []
        asked = [question for question in own.questions if has_content(question.question)]
        for question in tqdm(asked, desc=file.stem, unit="question", mininterval=5):
            query = make_query(index, encoder, question.question)
            candidates = find_candidates(index, query, settings.candidates)
            right = [candidate.passage.document in question.documents for candidate in candidates]
            one = Asked(question, query, candidates, right, int(question.documents[0].split("/")[0]) % FOLDS)
            if elsewhere:
                moved = make_query(elsewhere, encoder, question.question)
                one.unanswered = find_candidates(elsewhere, moved, settings.candidates)
            found.append(one)
        return found


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


OPEN = {"open": -2.5}
"""The sentence scorer's weight that the sets cannot tell, for every sentence of theirs is closed."""


def named(weights: NDArray[np.float64], names: tuple[str, ...]) -> dict[str, float]:
    """Weights by feature, rounded to what matters."""
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def fit_ranker(asked: list[Asked]) -> dict[str, float]:
    """The ranker's weights."""
    groups = [(matrix([c.features for c in a.candidates], RANKING), np.array(a.right)) for a in asked]
    return named(fit_pairs(groups, 1.0), RANKING) | BY_HAND


def sentence_groups(asked: list[Asked]) -> list[tuple[Matrix, NDArray[np.bool_]]]:
    """Each question's sentences with whether they hold the gold phrase within the right paragraph."""
    groups = []
    for one in asked:
        sentences = describe_sentences(one.query, rank(one.candidates))
        right = [is_right(sentence, one.question) for sentence in sentences]
        groups.append((matrix([s.features for s in sentences], SENTENCE_FEATURES), np.array(right, bool)))
    return groups


def is_right(sentence: Sentence, question: LabelledQuestion) -> bool:
    """Whether a sentence holds the gold phrase in its own paragraph."""
    return sentence.candidate.passage.document in question.documents and holds_gold(sentence.text, question.gold)


def fit_confidence(asked: list[Asked]) -> dict[str, object]:
    """The weights and bias of the probability that the best passage answers."""
    rows, labels = [], []
    for one in asked:
        others = [c for c, right in zip(one.candidates, one.right, strict=True) if not right]
        for candidates, label in ((one.candidates, 1), (others, 0), (one.unanswered, 0)):
            if candidates:
                rows.append(in_order(candidates)[0].features)
                labels.append(label)
    model = LogisticRegression(C=1.0, max_iter=1000).fit(matrix(rows, CONFIDENCE), labels)
    return {"bias": round(float(model.intercept_[0]), 3), "weights": named(model.coef_[0], CONFIDENCE)}


Outcome = tuple[bool, bool, bool, int]
"""Whether the first passage is right, whether one of the first five is, whether the answer holds the gold phrase, and
how many characters it has."""


def outcomes(asked: list[Asked]) -> list[Outcome]:
    """What becomes of each question under the weights in force."""
    found = []
    for one in asked:
        ranked = rank(one.candidates)
        names = list(dict.fromkeys(candidate.passage.document for candidate, _ in ranked))
        chosen = choose_sentences(describe_sentences(one.query, ranked), load_settings().answer_characters)
        said, right = "".join(sentence.text for sentence in chosen), one.question.documents
        found.append(
            (names[0] in right, any(n in right for n in names[:5]), holds_gold(said, one.question.gold), len(said))
        )
    return found


def report(name: str, rows: list[Outcome]) -> None:
    """Print recall and what the answers hold; for headings, whose answer is a whole section, the latter says little."""
    first, fifth, holds, length = (fmean(column) for column in zip(*rows, strict=True))
    print(f"{name}: recall@1 {first:.4f} recall@5 {fifth:.4f} answer_contains {holds:.4f} at {length:.1f} characters")


def fit_all(asked: list[Asked], headings: list[Asked]) -> None:
    """Fit the three scorers one upon the other and put them in force."""
    scorers()["ranker"] = {"weights": fit_ranker(asked + headings)}
    scorers()["confidence"] = fit_confidence(asked)
    scorers()["sentence"] = {"weights": named(fit_pairs(sentence_groups(asked), 1.0), SENTENCE_FEATURES) | OPEN}


def cross_validate(names: Sequence[str], sets: Sequence[list[Asked]]) -> None:
    """Report every fold of the articles under the weights fitted on the others."""
    rows: list[list[Outcome]] = [[] for _ in sets]
    for fold in range(FOLDS):
        kept = [[one for one in part if one.fold != fold] for part in sets]
        fit_all(kept[0] + kept[1], kept[2])
        for place, part in enumerate(sets):
            rows[place] += outcomes([one for one in part if one.fold == fold])
    for name, found in zip(names, rows, strict=True):
        report(f"{name}, held out", found)


def main() -> None:
    """Fit, report, save."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("questions", type=Path, nargs=2, help="two SQuAD-format files about different documents")
    arguments.add_argument("headings", type=Path, help="what heading_questions.py wrote")
    arguments.add_argument("--save", type=Path, default=Path("src/yinju/model/scorers.json"))
    arguments.add_argument("--cross-validate", action="store_true", help="print figures on held-out articles first")
    chosen = arguments.parse_args()
    files, names = chosen.questions, [path.stem for path in (*chosen.questions, chosen.headings)]
    with ProcessPoolExecutor(2) as pool:
        sets = list(pool.map(ask_all, [*files, chosen.headings], [files[1], files[0], None]))
    if chosen.cross_validate:
        cross_validate(names, sets)
    fit_all(sets[0] + sets[1], sets[2])
    for name, part in zip(names, sets, strict=True):
        report(f"{name}, fitted on all", outcomes(part))
    chosen.save.write_text(json.dumps(scorers(), indent=1) + "\n", "utf-8")
    print(json.dumps(scorers(), indent=1))


if __name__ == "__main__":
    main()
