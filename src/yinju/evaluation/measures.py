"""Ranks, answers and confidences → measures, each worked out as its source defines it.

Texts are compared folded, white space removed, so that the script of the question plays no part.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from statistics import fmean

from yinju.evaluation.labelled import LabelledQuestion
from yinju.text import fold
from yinju.types import Hit


def bare(text: str) -> str:
    """A text as answers are compared: folded, without white space."""
    return re.sub(r"\s+", "", fold(text))


def holds_gold(text: str, gold: Iterable[str]) -> bool:
    """Whether a text holds one of the gold phrases."""
    said = bare(text)
    return any(bare(phrase) in said for phrase in gold)


def rank_of_right(hits: Sequence[Hit], question: LabelledQuestion, whole_documents: bool) -> int | None:
    """The rank, from 1, of the first right passage; None when it is not among the hits.

    With `whole_documents` a document counts once, at its best passage, and need not show the gold phrase.
    """
    seen: list[str] = []
    for rank, hit in enumerate(hits, start=1):
        name = hit.passage.document
        if whole_documents and name in seen:
            continue
        seen.append(name)
        if name in question.documents and (whole_documents or holds_gold(hit.passage.text, question.gold)):
            return len(seen) if whole_documents else rank
    return None


def character_f1(answer: str, gold: Iterable[str]) -> float:
    """The best F1 over characters between an answer and a gold phrase, 0 … 1, as CMRC 2018 measures overlap."""
    best = 0.0
    said = Counter(bare(answer))
    for phrase in gold:
        wanted = Counter(bare(phrase))
        common = sum((said & wanted).values())
        if common:
            best = max(best, 2 * common / (said.total() + wanted.total()))
    return best


def area_under_curve(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The chance that a positive scores above a negative, ties half: the area under the ROC curve, 0 … 1."""
    ordered = sorted([(score, 1) for score in positive] + [(score, 0) for score in negative])
    below, area = 0, 0.0
    for _, tied in groupby(ordered, key=lambda pair: pair[0]):
        labels = [label for _, label in tied]
        losers = len(labels) - sum(labels)
        area += sum(labels) * (below + losers / 2)
        below += losers
    return area / (len(positive) * len(negative))


def retrieval_measures(ranks: Sequence[int | None]) -> dict[str, float]:
    """How high the right passage stands, over the ranks of all questions; None is a passage that was not found."""

    def mean(value: Callable[[int], float]) -> float:
        return fmean(value(rank) if rank else 0.0 for rank in ranks)

    return {
        "questions": len(ranks),
        "recall@1": mean(lambda rank: rank <= 1),
        "recall@5": mean(lambda rank: rank <= 5),
        "recall@20": mean(lambda rank: rank <= 20),
        "mrr@10": mean(lambda rank: 1 / rank if rank <= 10 else 0.0),
        "ndcg@10": mean(lambda rank: 1 / math.log2(rank + 1) if rank <= 10 else 0.0),
    }


def answer_measures(said: Sequence[str], questions: Sequence[LabelledQuestion]) -> dict[str, float]:
    """How often what is said holds a gold phrase, its overlap with the nearest, and how long it is."""
    pairs = list(zip(said, questions, strict=True))
    return {
        "answer_contains": fmean(holds_gold(text, asked.gold) for text, asked in pairs),
        "answer_f1": fmean(character_f1(text, asked.gold) for text, asked in pairs),
        "answer_characters": fmean(len(text) for text in said),
    }


def refusal_measures(known: Sequence[float], unknown: Sequence[float], threshold: float) -> dict[str, float]:
    """How well confidence tells the answerable from the others, and what a threshold makes of either."""
    return {
        "refusal_auroc": area_under_curve(known, unknown),
        "false_answer_rate": fmean(score >= threshold for score in unknown),
        "coverage": fmean(score >= threshold for score in known),
    }
