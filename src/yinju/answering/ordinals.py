"""A question for one point of a list, 報銷第三步做什麼, and the passages found → that point."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from yinju.answering.extract import Chosen
from yinju.answering.lists import find_lists
from yinju.numerals import number_of
from yinju.retrieval.query import Query, places
from yinju.retrieval.retrieve import Ranked
from yinju.text import search_form
from yinju.types import Passage

PASSAGES = 3
"""How many of the best passages are looked through."""
SURE = 0.8
"""How sure it is that the point of the list whose opening holds what is asked answers."""
HELD = 0.4
"""Of what a question says beside the ordinal, what stands above the list must hold."""

_N = "[一二三四五六七八九十\\d]{1,3}"
_ORDINAL = re.compile(
    f"(?:(?P<back>倒数)?第(?P<nth>{_N})|最[后末]一?)大?(?:个?步骤?|[点条项种招关]|个(?!月|人|星期|小时))"
)


@dataclass(frozen=True, slots=True)
class _List:
    """The points of a list, each by the numbers of its sentences, and what stands above them."""

    passage: Passage
    above: str
    points: tuple[tuple[int, ...], ...]


def point_of_list(query: Query, ranked: Ranked) -> list[Chosen]:
    """The sentences of the point that a question asks for by its place; empty where it asks for none, or none is there.

    What calls its points by number itself, 第三步：, is found like any other text.
    """
    asked = _ORDINAL.search(query.form)
    if not asked or not ranked or ranked[0][0].looked_up:
        return []
    passages = [candidate.passage for candidate, _ in ranked[:PASSAGES]]
    said = [weight if _beside(query, token, asked) else 0.0 for token, weight in query.weights.items()]
    found = [(_share(query, said, one.above), one) for passage in passages for one in _lists(passage)]
    share, best = max(found, key=lambda one: one[0], default=(0.0, None))
    written = [f"{p.heading}\n{p.text}" for p in passages if asked["nth"] and asked[0] in search_form(p.text)]
    if any(_share(query, said, text) >= share for text in written):
        return []
    place = _place(asked, len(best.points)) if best else None
    if best is None or share < HELD or place is None:
        return []
    return [Chosen(best.passage, number, best=n == 0) for n, number in enumerate(best.points[place])]


def _beside(query: Query, token: str, ordinal: re.Match[str]) -> bool:
    return any(end <= ordinal.start() or start >= ordinal.end() for start, end in places(query.form, token))


def _share(query: Query, said: Sequence[float], above: str) -> float:
    """The share of what is said that a text holds."""
    held = query.held(search_form(above)) > 0
    return sum(weight for weight, own in zip(said, held.tolist(), strict=True) if own) / (sum(said) or 1.0)


def _place(asked: re.Match[str], count: int) -> int | None:
    """The place from 0 among so many points; None where there are not as many."""
    nth = number_of(asked["nth"]) or 0 if asked["nth"] else count
    place = count - nth if asked["back"] else nth - 1
    return place if 0 <= place < count else None


def _lists(passage: Passage) -> Iterator[_List]:
    """The lists of a passage, with its headings and the sentence that opens each."""
    blocks = passage.blocks_of_sentences()
    for listing in find_lists(blocks):
        first = listing.points[0]
        opening = passage.sentence(first - 1) if first else ""
        points = tuple(tuple(same) for _, same in groupby(listing.points, key=lambda place: blocks[place]))
        yield _List(passage, f"{passage.heading}\n{opening}", points)
