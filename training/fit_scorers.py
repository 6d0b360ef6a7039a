"""Labelled questions → src/yinju/model/scorers.json: the weights of the four small scorers.

ranker: which passage is right, logistic regression on the differences of a right and a wrong passage's features; it
also learns from headings that ask and the sections that answer them (heading_questions.py), for encyclopedia questions
repeat their paragraph's words more than people at work do. relevance: whether a passage found answers, the score of
hits. confidence: whether the documents answer at all, from the best passage, logistic regression on questions with
their own documents, with the right passages taken away (the article's others are left, so it sounds close), questions
that sound close to a document without an answer in it (training/refusal), and questions asked of documents that have
nothing to do with them. sentence: which sentence holds the answer (sentence_scorer.py). With --cross-validate it prints
figures by article fold before it fits on everything.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import fmean

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from labelled import FOLDS, Asked, Source, ask_all, refusal_source, squad_source
from sentence_scorer import Choice, Matrix, fit_sentences
from yinju.answering.asked import asked_by
from yinju.answering.confidence import CONFIDENCE_FEATURES, confidence_of, describe_best
from yinju.answering.extract import choose_sentences
from yinju.answering.sentences import (
    KIND_NAMES,
    SENTENCE_FEATURES,
    Sentence,
    describe_sentences,
    fitted,
    matrix,
    with_kind,
)  # fmt: skip
from yinju.evaluation import LabelledQuestion, area_under_curve, bare, holds_gold
from yinju.index.keywords import FIELDS
from yinju.retrieval.retrieve import in_order, rank, scorers
from yinju.settings import load_settings

REFUSAL = Path(__file__).parent / "refusal"
BY_HAND = {"heading_alike": 4.0, "meaning_alone": 40.0}
"""The ranker's weights that the sets cannot tell. Their passages have no headings; one that is the question should
outweigh a third of the others. Their questions use their passages' words; where one does not, meaning should decide."""
RANKING = (*FIELDS, "meaning", "window_in_context", "passage_in_context", "title_asked", "kind")
RELEVANCE = ("window", "window_in_context", "passage_in_context", "dense", "known", "kind")
SENTENCES_BY_HAND = {"open": -2.5, "asks": -3.0}
"""The sentence scorer's weights that the sets cannot tell: every sentence of theirs is closed, and none asks."""
CLOSE = 0.3
"""How much a question counts that only sounds close, beside one asked of strange documents: the features can hardly
tell it from one that is answered (docs/experiments.md), and would doubt everything."""
LONG_GOLD = 12
"""A gold phrase of more characters may go beyond one sentence."""


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


Case = tuple[dict[str, float], bool, float]
"""The best passage's features, whether the documents answer, and how much it counts."""


def cases(one: Asked) -> Iterator[Case]:
    """A question with its own documents, without those that answer it, and with strange ones."""
    others = [c for c, right in zip(one.candidates, one.right, strict=True) if not right]
    if one.question.answerable:
        yield describe_best(one.query, in_order(one.candidates)), True, 1.0
    if others:
        yield describe_best(one.query, in_order(others)), False, CLOSE
    for query, candidates in one.elsewhere:
        if candidates:
            yield describe_best(query, in_order(candidates)), False, 1.0


def fit_confidence(sets: Sequence[list[Asked]]) -> dict[str, object]:
    """The weights and bias of the probability that the documents answer; each set counts as much as another."""
    rows, labels, weights = [], [], []
    for part in sets:
        found = [case for one in part for case in cases(one)]
        total = sum(weight for _, _, weight in found)
        rows += [features for features, _, _ in found]
        labels += [label for _, label, _ in found]
        weights += [weight / total for _, _, weight in found]
    scaler = StandardScaler().fit(rows_of(rows, CONFIDENCE_FEATURES))
    scaled, counts = scaler.transform(rows_of(rows, CONFIDENCE_FEATURES)), np.array(weights) * len(rows) / len(sets)
    model = LogisticRegression(C=0.1, max_iter=2000).fit(scaled, labels, sample_weight=counts)
    plain = model.coef_[0] / scaler.scale_
    bias = float(model.intercept_[0] - (plain * scaler.mean_).sum())
    return {"bias": round(bias, 3), "weights": named(plain, CONFIDENCE_FEATURES)}


def choices(asked: list[Asked]) -> list[Choice]:
    """Each question's sentences with which of them hold the gold phrase within the right paragraph."""
    found = []
    for one in asked:
        sentences, about = describe_sentences(one.query, rank(one.candidates)), asked_by(one.query)
        right = np.array([is_right(sentence, one.question) for sentence in sentences])
        if not right.any():
            right = np.array([is_part(sentence, one.question) for sentence in sentences])
        found.append(Choice(with_kind(matrix(sentences), about), right.astype(np.float64), 1 / len(asked)))
    return found


def is_right(sentence: Sentence, question: LabelledQuestion) -> bool:
    """Whether a sentence holds the gold phrase in its own paragraph."""
    return sentence.candidate.passage.document in question.documents and holds_gold(sentence.text, question.gold)


def is_part(sentence: Sentence, question: LabelledQuestion) -> bool:
    """Whether a sentence is one of those that a long gold phrase goes over."""
    text = bare(sentence.text)
    golds = [bare(gold) for gold in question.gold if len(gold) > LONG_GOLD]
    edges = (text[-LONG_GOLD:], text[:LONG_GOLD]) if len(text) >= LONG_GOLD else (text,)
    within = any(edge in gold for gold in golds for edge in edges)
    return within and sentence.candidate.passage.document in question.documents


Outcome = tuple[bool, bool, bool, int, float]
"""Whether the first passage is right, whether one of the first five is, whether the answer holds the gold phrase, how
many characters it has, and the confidence."""


def outcomes(asked: list[Asked]) -> list[Outcome]:
    """What becomes of each answerable question under the weights in force."""
    found = []
    for one in asked:
        ranked = rank(one.candidates)
        names = list(dict.fromkeys(candidate.passage.document for candidate, _ in ranked))
        chosen = choose_sentences(
            describe_sentences(one.query, ranked), asked_by(one.query), load_settings().answer_characters
        )
        said, right = "".join(sentence.text for sentence in chosen), one.question.documents
        found.append((names[0] in right, any(n in right for n in names[:5]), holds_gold(said, one.question.gold),
                      len(said), confidence_of(one.query, ranked)))  # fmt: skip
    return found


def strange(asked: list[Asked]) -> list[float]:
    """The confidence of each question asked of documents that have nothing to do with it."""
    return [confidence_of(query, rank(candidates)) for one in asked for query, candidates in one.elsewhere]


def close(asked: list[Asked]) -> list[float]:
    """The confidence of each question that only sounds close to its documents."""
    return [confidence_of(one.query, rank(one.candidates)) for one in asked if not one.question.answerable]


def report(name: str, rows: list[Outcome], refused: dict[str, list[float]]) -> None:
    """Print recall, what the answers hold, and how well what is not answered is told apart."""
    first, fifth, holds, length, sure = zip(*rows, strict=True)
    print(f"{name}: recall@1 {fmean(first):.4f} recall@5 {fmean(fifth):.4f} "
          f"answer_contains {fmean(holds):.4f} at {fmean(length):.1f} characters", flush=True)  # fmt: skip
    threshold = load_settings().refuse_below
    print(f"  coverage {fmean(score >= threshold for score in sure):.3f}")
    for kind, scores in refused.items():
        if scores:
            print(f"  {kind}: AUROC {area_under_curve(sure, scores):.3f}, "
                  f"answered {fmean(score >= threshold for score in scores):.3f}", flush=True)  # fmt: skip


def put_in_force(labelled: Sequence[list[Asked]], headings: list[Asked], refusal: Sequence[list[Asked]]) -> None:
    """Fit the four scorers one upon the other and put them in force."""
    both = [one for part in labelled for one in part]
    scorers()["ranker"] = {"weights": fit_ranker(both + headings)}
    scorers()["relevance"] = fit_relevance(both)
    scorers()["confidence"] = fit_confidence([*labelled, headings, [one for part in refusal for one in part]])
    net = fit_sentences([choice for part in labelled for choice in choices(part)])
    columns = [*SENTENCE_FEATURES, *KIND_NAMES]
    linear = [SENTENCES_BY_HAND.get(name, weight) for name, weight in zip(columns, net["linear"], strict=True)]
    scorers()["sentence"] = net | {"linear": linear}
    fitted.cache_clear()


def cross_validate(names: Sequence[str], sets: Sequence[list[Asked]]) -> None:
    """Report every fold of the articles under the weights fitted on the others."""
    rows: list[list[Outcome]] = [[] for _ in sets]
    refused: list[dict[str, list[float]]] = [{"strange documents": [], "close": []} for _ in sets]
    for fold in range(FOLDS):
        kept = [[one for one in part if one.fold != fold] for part in sets]
        put_in_force(kept[:2], kept[2], kept[3:])
        for place, part in enumerate(sets):
            held = [one for one in part if one.fold == fold]
            rows[place] += outcomes([one for one in held if one.question.answerable])
            refused[place]["strange documents"] += strange(held)
            refused[place]["close"] += close(held)
    for name, found, lost in zip(names, rows, refused, strict=True):
        report(f"{name}, held out", found, lost)


def sources(questions: Sequence[Path], headings: Path) -> list[tuple[Source, list[Source]]]:
    """Every set, with the sets whose documents have nothing to do with it."""
    one, other, asking = (squad_source(path) for path in (*questions, headings))
    a, b = (refusal_source(path) for path in sorted(REFUSAL.glob("*.jsonl")))
    return [(one, [other]), (other, [one]), (asking, []), (a, [b, other]), (b, [a, other])]


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
    put_in_force(sets[:2], sets[2], sets[3:])
    for name, part in zip(names, sets, strict=True):
        answerable = [one for one in part if one.question.answerable]
        report(
            f"{name}, fitted on all", outcomes(answerable), {"strange documents": strange(part), "close": close(part)}
        )
    chosen.save.write_text(json.dumps(scorers(), indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
