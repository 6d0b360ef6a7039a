"""Labelled questions (SQuAD format) → src/yinju/model/scorers.json: the weights of the three small linear scorers.

ranker: which passage is right, logistic regression on the differences of a right and a wrong passage's features.
sentence: which sentence holds the answer, the same on sentences. confidence: whether the best passage answers at all,
logistic regression on each question's best passage: among all, among all but the right ones (its article's other
paragraphs are left, so it sounds close), and among another set's, which do not answer it at all.
With --cross-validate it prints figures by article fold before it fits on everything.
"""

import argparse
import json
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from tqdm import tqdm

from yinju.answering.extract import SENTENCE_FEATURES, Sentence, choose_sentences, describe_sentences
from yinju.candidates import FEATURES, Candidate, find_candidates
from yinju.embedding import load_encoder
from yinju.evaluation import LabelledQuestion, QuestionSet, holds_gold, load_questions, open_temporary
from yinju.index.generation import Generation
from yinju.query import Query, make_query
from yinju.search import rank, scorers
from yinju.settings import load_settings
from yinju.text import has_content
from yinju.types import Encoder

FOLDS = 5
NOT_FITTED = {"known": 0.0, "heading_alike": 4.0}
"""The ranker's weights that the sets cannot tell: `known` is the same for all candidates of a question, and
encyclopedia paragraphs have no headings; one that is the question should outweigh a third of the others."""
RANKING = tuple(name for name in FEATURES if name not in NOT_FITTED)
CONFIDENCE = ("window", "window_in_context", "beyond_context", "passage", "dense", "known", "kind")

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


def ask_all(question_set: QuestionSet, index: Generation, other: Generation, encoder: Encoder) -> list[Asked]:
    """Every question's candidates in its own documents and in another set's."""
    settings = load_settings()
    found = []
    asked = [question for question in question_set.questions if has_content(question.question)]
    for question in tqdm(asked, desc="search", unit="question"):
        query = make_query(index, encoder, question.question)
        candidates = find_candidates(index, query, settings.candidates)
        right = [candidate.passage.document in question.documents for candidate in candidates]
        fold = int(question.documents[0].split("/")[0]) % FOLDS
        elsewhere = make_query(other, encoder, question.question)
        unanswered = find_candidates(other, elsewhere, settings.candidates)
        found.append(Asked(question, query, candidates, right, fold, unanswered))
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
    return named(fit_pairs(groups, 1.0), RANKING) | NOT_FITTED


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
                rows.append(rank(candidates)[0][0].features)
                labels.append(label)
    model = LogisticRegression(C=1.0, max_iter=1000).fit(matrix(rows, CONFIDENCE), labels)
    return {"bias": round(float(model.intercept_[0]), 3), "weights": named(model.coef_[0], CONFIDENCE)}


def report(asked: list[Asked], name: str) -> None:
    """Print recall and what the answers hold under the weights in force."""
    first, fifth, holds, length = [], [], [], []
    for one in asked:
        ranked = rank(one.candidates)
        names = list(dict.fromkeys(candidate.passage.document for candidate, _ in ranked))
        first.append(names[0] in one.question.documents)
        fifth.append(any(n in one.question.documents for n in names[:5]))
        chosen = choose_sentences(describe_sentences(one.query, ranked), load_settings().answer_characters)
        said = "".join(sentence.text for sentence in chosen)
        holds.append(holds_gold(said, one.question.gold))
        length.append(len(said))
    print(f"{name}: recall@1 {fmean(first):.4f} recall@5 {fmean(fifth):.4f} "
          f"answer_contains {fmean(holds):.4f} at {fmean(length):.1f} characters")  # fmt: skip


def fit_all(asked: list[Asked]) -> None:
    """Fit the three scorers one upon the other and put them in force."""
    scorers()["ranker"] = {"weights": fit_ranker(asked)}
    scorers()["sentence"] = {"weights": named(fit_pairs(sentence_groups(asked), 1.0), SENTENCE_FEATURES) | OPEN}
    scorers()["confidence"] = fit_confidence(asked)


def main() -> None:
    """Fit, report, save."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("questions", type=Path, nargs=2, help="two SQuAD-format files about different documents")
    arguments.add_argument("--save", type=Path, default=Path("src/yinju/model/scorers.json"))
    arguments.add_argument("--cross-validate", action="store_true", help="print figures on held-out articles first")
    chosen = arguments.parse_args()
    encoder, settings = load_encoder(""), load_settings()
    sets = [load_questions(path) for path in chosen.questions]
    with tempfile.TemporaryDirectory() as folder:
        places = [Path(folder) / path.stem for path in chosen.questions]
        for place, one in zip(places, sets, strict=True):
            open_temporary(one.paragraphs, place, encoder, settings).close()
        indexes = [Generation(place, encoder) for place in places]
        asked = [ask_all(sets[i], indexes[i], indexes[1 - i], encoder) for i in (0, 1)]
    everything = asked[0] + asked[1]
    for path, part in zip(chosen.questions, asked, strict=True):
        report(part, f"{path.stem}, weights before")
    for fold in range(FOLDS) if chosen.cross_validate else ():
        fit_all([one for one in everything if one.fold != fold])
        for i in (0, 1):
            report([one for one in asked[i] if one.fold == fold], f"{chosen.questions[i].stem}, fold {fold}")
    fit_all(everything)
    for path, part in zip(chosen.questions, asked, strict=True):
        report(part, f"{path.stem}, fitted on all")
    chosen.save.write_text(json.dumps(scorers(), indent=1) + "\n", "utf-8")
    print(json.dumps(scorers(), indent=1))


if __name__ == "__main__":
    main()
