"""A document's sections → the few of its sentences that tell best what all of it is about.

Each stretch of the document offers the sentences that tell most in it, see key_sentences.py. Of these the central ones
are taken, near in meaning to the title and to all others, as long as they say something else than those taken before
(maximal marginal relevance, Carbonell and Goldstein 1998).
"""

from typing import NamedTuple

import numpy as np

from yinju.answering.outline.key_sentences import WEIGHED, is_whole, telling
from yinju.answering.outline.mails import latest_mail
from yinju.answering.outline.sections import Line, Outlined, Section
from yinju.answering.outline.writing import FORMS, is_table
from yinju.embedding import shipped_encoder, unit

MOST = 5
"""Sentences that are taken."""
EACH = 60
"""Characters of a document for each of them."""
LONGEST, SHORTEST = 120, 12
"""Characters of one that is taken."""
STRETCHES = 40
"""Of more sections so many are looked at, evenly apart; in so many pieces falls what has no headings."""
OFFERED = 3
"""Sentences that a stretch offers."""
CENTRAL = 1.0
"""What being central counts beside what a sentence tells where it stands."""
REPEATS = 0.5
"""What it counts against a sentence that another one is like it."""
SAME = 0.75
"""The cosine from which on two sentences say the same."""


class _Offer(NamedTuple):
    stretch: int
    weight: float
    line: Line


def key_lines(outlined: Outlined) -> list[Line]:
    """The few sentences, in reading order; none where all stands in tables and records."""
    offers = [offer for n, stretch in enumerate(_stretches(outlined)) for offer in _offered(n, stretch, outlined)]
    if not offers:
        return []
    length = sum(len(line.text) for line in outlined.root.lines())
    taken = _taken(offers, outlined.title, min(MOST, max(1, length // EACH)))
    return sorted((offer.line for offer in taken), key=lambda line: line.place)


def _stretches(outlined: Outlined) -> list[Section]:
    """The parts of a document that each offer something: its opening, its sections; of a thread its newest mail."""
    root = outlined.root
    if not root.parts and (mail := latest_mail(root)):
        return [Section("", own=mail)]
    size = max(WEIGHED, -(-len(root.own) // STRETCHES))
    opening = [Section("", own=root.own[start : start + size]) for start in range(0, len(root.own), size)]
    return [*opening, *root.parts[:: -(-len(root.parts) // STRETCHES) or 1]]


def _offered(number: int, stretch: Section, outlined: Outlined) -> list[_Offer]:
    """The sentences of a stretch that can stand alone, those first that tell most; none where a table stands for it."""
    if is_table([*stretch.lines()]):
        return []
    whole = ((weight, line) for weight, line in telling(stretch, outlined.weights) if _stands_alone(line))
    ranked = sorted(whole, key=lambda one: -one[0])[:OFFERED]
    return [_Offer(number, weight, line) for weight, line in ranked]


def _stands_alone(line: Line) -> bool:
    return SHORTEST <= len(line.text) <= LONGEST and line.kind not in FORMS and is_whole(line.text)


def _taken(offers: list[_Offer], title: str, most: int) -> list[_Offer]:
    """The best of what is offered that repeat least: one of each stretch before there are two of any."""
    vectors = shipped_encoder().encode_documents([title, *(" ".join(offer.line.text.split()) for offer in offers)])
    called, vectors = vectors[0], vectors[1:]
    central = np.clip(vectors @ unit(unit(vectors.mean(axis=0)) + called), 0.0, None)
    told = np.array([offer.weight for offer in offers])
    scores = told / told.max() + CENTRAL * central / max(float(central.max()), 1e-9)
    alike, repeats = vectors @ vectors.T, np.zeros(len(offers))
    stretches = np.array([offer.stretch for offer in offers])
    taken, left, fresh = list[int](), np.ones(len(offers), bool), np.ones(len(offers), bool)
    while left.any() and len(taken) < most:
        eligible = left & fresh if (left & fresh).any() else left
        best = int(np.argmax(np.where(eligible, scores - REPEATS * repeats, -np.inf)))
        left[best] = False
        if repeats[best] < SAME:
            taken.append(best)
            fresh[stretches == stretches[best]] = False
            repeats = np.maximum(repeats, alike[best])
    return [offers[n] for n in taken]
