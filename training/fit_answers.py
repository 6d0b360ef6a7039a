"""Questions with what is right → sentence_read and confidence_read in src/yinju/model/scorers.json.

Where the transformer is left out (YINJU_REREAD=0), sentence and confidence, which know words alone.

sentence: which sentence holds the answer (sentence_scorer.py). confidence: whether the likeliest sentence answers,
logistic regression over its features, the scorer fitted on other documents. Both learn from two SQuAD-format files
(encyclopaedia paragraphs), from folders of free questions (documents/ or docs/, and questions*.jsonl: what people type,
and what comes close but is not answered), and from questions asked of documents that have nothing to do with them.

    python training/fit_answers.py SQUAD.json SQUAD.json --free FOLDER FOLDER …
"""

import argparse
import json
import pickle
import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.preprocessing import StandardScaler

from labelled import READ, squad_source
from sentence_scorer import Choice, fit_sentences
from yinju.answering import sentences as described
from yinju.answering.asked import asked_by
from yinju.answering.confidence import CONFIDENCE_FEATURES, describe_best
from yinju.answering.confidence import READ_FEATURES as CONFIDENCE_READ
from yinju.answering.followup import resolve
from yinju.answering.sentences import READ_FEATURES, SENTENCE_FEATURES, Sentence, fitted, matrix, with_types
from yinju.embedding import load_encoder
from yinju.evaluation import LabelledQuestion, area_under_curve, bare, holds_gold, open_temporary
from yinju.ingest.entries import reader_for
from yinju.ingest.files import find_files
from yinju.library import Library
from yinju.retrieval import Evidence, retrieve
from yinju.retrieval.asked_types import GROUPS
from yinju.retrieval.retrieve import probability, scorers, weigh
from yinju.settings import load_settings
from yinju.text import has_content
from yinju.types import Document, Passage

FOLDS = 4
SQUAD_EACH = 900
"""Questions of each SQuAD-format file."""
STRANGE = 300
"""Questions of each set that are asked of another's documents."""
SQUAD_COUNTS, FREE_COUNTS, TAKEN_COUNTS, STRANGE_COUNTS = 0.2, 2.0, 0.25, 0.5
"""How much a question counts: the free ones are what people type."""
WRONG_COUNTS = 0.5
"""How much it counts against an answer that its sentence is the wrong one, though another answers."""
PENALTY, OF_TYPE = 10.0, 10.0
"""On the squares of the confidence's weights, features scaled to one spread; how much more on those of types asked."""
FOR = frozenset(
    "sentence_own sentence_near sentence_whole sentence_heaviest sentence_nouns sentence_heaviest_noun "
    "sentence_heaviest_other sentence_heading sentence_lead sentence_characters sentence_wording sentence_dense "
    "sentence_meaning sentence_passage passage_words passage_bigrams passage_characters passage_window_in_context "
    "passage_passage_in_context passage_known passage_heading_alike passage_title_asked passage_kind "
    "probability margin held held_near rest_held ahead named designated held_weight read read_margin read_above".split()
)
"""What speaks for an answer, or says nothing."""
AGAINST = frozenset(
    "sentence_unmet sentence_asks typed_miss typed_near_miss missing missing_weight unmet_codes strict_miss "
    "read_behind".split()
)
"""What speaks against one, or says nothing."""
BY_HAND = {"asks": -3.0}
"""A sentence that asks answers nothing; encyclopaedias hold none."""


@dataclass(slots=True)
class Case:
    """A question with its sentences."""

    group: str
    """The document that it is about: the same in one fold."""
    counts: float
    evidence: Evidence
    sentences: list[Sentence]
    right: NDArray[np.bool_]
    """Which of them answer; none of a question without an answer."""
    answering: frozenset[int] = frozenset()
    """The ids of all ranked passages that hold the answer, also of those whose sentences are not described."""


Holds = Callable[[Passage, str], bool]
"""Whether a sentence of a passage holds the answer."""


def case_of(group: str, counts: float, evidence: Evidence, sentences: list[Sentence], holds: Holds) -> Case:
    """A question's case."""
    passages = [candidate.passage for candidate, _ in evidence.ranked]
    answering = {p.id for p in passages if any(holds(p, p.sentence(n)) for n in range(len(p.sentences)))}
    right = np.array([holds(sentence.candidate.passage, sentence.text) for sentence in sentences], bool)
    return Case(group, counts, evidence, sentences, right, frozenset(answering))


def asked_of(library: Library, question: str) -> tuple[Evidence, list[Sentence]]:
    """What a question finds."""
    evidence = retrieve(library.answering().retriever, question)
    return evidence, described.with_features(evidence.query, evidence.ranked)


def library_of(documents: Sequence[Document], folder: Path) -> Library:
    """Documents, indexed."""
    return open_temporary(documents, folder, load_encoder(""), load_settings())


def documents_of(folder: Path) -> list[Document]:
    """What the documents of a folder of free questions are read as."""
    texts = next(path for name in ("documents", "docs") if (path := folder / name).is_dir())
    with reader_for(load_settings()) as reader:
        return [reader.read(file, name) for name, file, skipped in find_files(texts) if not skipped]


def free_cases(folder: Path, made: Path) -> Iterator[Case]:
    """The questions of a folder of free questions."""
    with library_of(documents_of(folder), made) as library:
        for file in sorted(folder.glob("questions*.jsonl")):
            for line in file.read_text("utf-8").splitlines():
                yield from free_case(library, json.loads(line))


def free_case(library: Library, item: dict[str, Any]) -> Iterator[Case]:
    """A free question, unless it is none that documents answer or refuse."""
    question = item.get("question") or item["q"]
    if item["expect"] not in ("answer", "refuse") or not has_content(question):
        return
    evidence, sentences = asked_of(library, resolve(question, [(q, "") for q in item.get("history", [])]))
    cited = {document for document, _ in item.get("cite", [])}
    golds = [bare(gold) for alternatives in item.get("must", []) for gold in alternatives]

    def holds(passage: Passage, text: str) -> bool:
        return item["expect"] == "answer" and passage.document in cited and any(gold in bare(text) for gold in golds)

    if sentences:
        case = case_of(next(iter(sorted(cited)), question), FREE_COUNTS, evidence, sentences, holds)
        yield case
        yield from _taken_away(case.group, evidence, case.answering)


def _taken_away(group: str, evidence: Evidence, answering: frozenset[int]) -> Iterator[Case]:
    """The same question without the passages that answer it, which sounds close."""
    read = load_settings().reread
    others = [
        (c, s) for c, s in evidence.ranked if c.passage.id not in answering and (not read or "read" in c.features)
    ]
    if answering and others:
        sentences = described.with_features(evidence.query, others)
        yield Case(group, TAKEN_COUNTS, Evidence(evidence.query, others), sentences, np.zeros(len(sentences), bool))


def squad_cases(path: Path, made: Path) -> Iterator[Case]:
    """Some of the questions of a SQuAD-format file that the transformer did not learn from."""
    source = squad_source(path)
    questions = [asked for asked, fold in zip(source.questions, source.folds, strict=True) if fold not in READ]
    random.Random(0).shuffle(questions)
    with library_of(source.documents, made) as library:
        for asked in questions[:SQUAD_EACH]:
            evidence, sentences = asked_of(library, asked.question)

            def holds(passage: Passage, text: str, asked: LabelledQuestion = asked) -> bool:
                return passage.document in asked.documents and holds_gold(text, asked.gold)

            yield case_of(asked.documents[0], SQUAD_COUNTS, evidence, sentences, holds)


def strange_cases(path: Path, folder: Path, made: Path) -> Iterator[Case]:
    """Questions of a SQuAD-format file asked of a folder's documents, which have nothing to do with them."""
    source = squad_source(path)
    questions = [asked for asked, fold in zip(source.questions, source.folds, strict=True) if fold not in READ]
    random.Random(1).shuffle(questions)
    with library_of(documents_of(folder), made) as library:
        for asked in questions[:STRANGE]:
            evidence, sentences = asked_of(library, asked.question)
            if sentences:
                yield Case(asked.question, STRANGE_COUNTS, evidence, sentences, np.zeros(len(sentences), bool))


def collect(kind: str, path: Path, other: Path | None) -> list[bytes]:
    """The cases of one source, each pickled: a worker's result."""
    with tempfile.TemporaryDirectory() as made:
        if kind == "free":
            found = free_cases(path, Path(made))
        elif kind == "squad" or other is None:
            found = squad_cases(path, Path(made))
        else:
            found = strange_cases(path, other, Path(made))
        return [pickle.dumps(case) for case in found]


def unpickled(found: Sequence[bytes]) -> list[Case]:
    """The cases of a worker's result."""
    return [pickle.loads(one) for one in found]


def choice(case: Case) -> Choice:
    """A case as the sentence scorer learns from it."""
    rows = with_types(matrix(case.sentences), asked_by(case.evidence.query))
    return Choice(rows, case.right.astype(np.float64), case.counts)


def put_sentences_in_force(cases: Sequence[Case]) -> None:
    """Fit the sentence scorer on some cases and use it."""
    net = fit_sentences([choice(case) for case in cases if case.right.any() and not case.right.all()])
    read = load_settings().reread
    columns = [*SENTENCE_FEATURES, *(READ_FEATURES if read else ()), *GROUPS]
    net["linear"] = [BY_HAND.get(name, weight) for name, weight in zip(columns, net["linear"], strict=True)]
    scorers()["sentence_read" if read else "sentence"] = net
    fitted.cache_clear()


def row_of(case: Case) -> tuple[dict[str, float], bool, float]:
    """The likeliest sentence's features, whether it answers, and how much that counts."""
    sentences = described.with_probabilities(case.evidence.query, case.sentences)
    best = max(range(len(sentences)), key=lambda n: sentences[n].probability)
    right = bool(case.right[best])
    counts = case.counts * (1.0 if right or not case.right.any() else WRONG_COUNTS)
    return describe_best(case.evidence.query, case.evidence.ranked, sentences), right, counts


def fit_confidence(rows: Sequence[tuple[dict[str, float], bool, float]]) -> dict[str, object]:
    """The weights and bias of the probability that the likeliest sentence answers.

    Logistic regression by L-BFGS-B, with a penalty on squares; a feature that can only speak for an answer, or only
    against one, has no weight of the other sign, which features that tell nearly the same would else get by chance.
    """
    names = CONFIDENCE_READ if load_settings().reread else CONFIDENCE_FEATURES
    features = np.array([[found[name] for name in names] for found, _, _ in rows])
    scaler = StandardScaler().fit(features)
    scaled, signs = scaler.transform(features), np.array([1.0 if right else -1.0 for _, right, _ in rows])
    counts = np.array([counts for _, _, counts in rows])

    def loss(values: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margins = signs * (scaled @ values[1:] + values[0])
        pull = -signs * counts * expit(-margins)
        own = float((counts * np.logaddexp(0.0, -margins)).sum() + (penalty * values[1:] ** 2).sum())
        return own, np.concatenate([[pull.sum()], scaled.T @ pull + 2 * penalty * values[1:]])

    penalty = np.array([PENALTY * (OF_TYPE if name.startswith("asks_") else 1.0) for name in names])
    bounds = [(None, None), *((0 if name in FOR else None, 0 if name in AGAINST else None) for name in names)]
    found = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", bounds=bounds)
    plain = found.x[1:] / scaler.scale_
    weights = {name: round(float(weight), 4) for name, weight in zip(names, plain, strict=True)}
    return {"bias": round(float(found.x[0] - (plain * scaler.mean_).sum()), 4), "weights": weights}


def report(cases: Sequence[Case], rows: Sequence[tuple[dict[str, float], bool, float]], folds: dict[str, int]) -> None:
    """Print how well the confidence tells the free questions' right sentences from what is not answered, held out."""
    right, wrong, scorer = [], [], "confidence_read" if load_settings().reread else "confidence"
    for fold in range(FOLDS):
        scorers()[scorer] = fit_confidence(
            [row for case, row in zip(cases, rows, strict=True) if folds[case.group] != fold]
        )
        for case, (found, answers, _) in zip(cases, rows, strict=True):
            if folds[case.group] == fold and case.counts == FREE_COUNTS:
                score = probability(weigh(found, scorer))
                if answers:
                    right.append(score)
                elif not case.right.any():
                    wrong.append(score)
    auroc = area_under_curve(right, wrong)
    print(f"free questions: {len(right)} right, {len(wrong)} without an answer, AUROC {auroc:.3f}")
    for share in (0.15, 0.2, 0.25):
        threshold = float(np.quantile(wrong, 1 - share))
        answered = float(np.mean(np.array(right) >= threshold))
        print(f"  answering {share:.2f} of these: {answered:.2f} of the right, from {threshold:.2f}")


def main() -> None:
    """Collect, fit by folds of documents, fit on everything, save."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("questions", type=Path, nargs=2, help="two SQuAD-format files")
    arguments.add_argument("--free", type=Path, nargs="+", default=[], help="folders of free questions")
    arguments.add_argument("--save", type=Path, default=Path("src/yinju/model/scorers.json"))
    chosen = arguments.parse_args()
    jobs: list[tuple[str, Path, Path | None]] = [("squad", path, None) for path in chosen.questions]
    jobs += [("free", folder, None) for folder in chosen.free]
    jobs += [("strange", path, folder) for path, folder in zip(chosen.questions, chosen.free, strict=False)]
    with ProcessPoolExecutor(2) as pool:
        cases = [one for found in pool.map(collect, *zip(*jobs, strict=True)) for one in unpickled(found)]
    groups = sorted({case.group for case in cases})
    random.Random(0).shuffle(groups)
    folds = {group: place % FOLDS for place, group in enumerate(groups)}
    rows = []
    for fold in range(FOLDS):
        put_sentences_in_force([case for case in cases if folds[case.group] != fold])
        rows += [row_of(case) for case in cases if folds[case.group] == fold]
    print(f"{len(rows)} questions, the likeliest sentence answers {sum(right for _, right, _ in rows)}", flush=True)
    order = [case for fold in range(FOLDS) for case in cases if folds[case.group] == fold]
    report(order, rows, folds)
    scorers()["confidence_read" if load_settings().reread else "confidence"] = fit_confidence(rows)
    put_sentences_in_force(cases)
    chosen.save.write_text(json.dumps(scorers(), indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
