"""A question, its names masked → what is to be done with the rows of a table: counted, added up, ranked, compared."""

import re
from dataclasses import dataclass

from yinju.answering.tables.lexicon import (
    AVERAGE,
    COMPARES,
    DIFFERS,
    EACH,
    LIMIT,
    LISTS,
    MEASURED,
    MOST,
    PER,
    SHARES,
    TOTAL,
    WHICH,
    Ranking,
    ranking_of,
)
from yinju.numerals import number_of
from yinju.retrieval.asked_types import COLUMN_KINDS, TYPES, ColumnKind
from yinju.types import Span

MASK = "□"
"""Stands for each character of a name that a table has."""

_OF_LIMIT = re.compile(rf"(?P<limit>{LIMIT.pattern})(?!的|是|\s|哪|$)[^的哪谁\s]{{0,8}}(?:多少|几)")


@dataclass(frozen=True, slots=True)
class Ask:
    """A word that asks, and what kind of column answers it."""

    span: Span
    kind: ColumnKind | None = None
    """None for 哪個, 什麼 and plain 多少."""
    unit: str = ""
    """Of 幾 and 多少: what is counted, its measure word first."""
    is_count: bool = False
    is_which: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """What a question wants of a table."""

    asks: tuple[Ask, ...] = ()
    ranking: Ranking | None = None
    totals: bool = False
    averages: bool = False
    differs: bool = False
    shares: bool = False
    compares: bool = False
    each: bool = False
    lists: bool = False
    taken: frozenset[int] = frozenset()
    """The characters of the question that say so."""
    ranked_at: Span = (0, 0)
    """Where it says what to rank by."""


def read_request(masked: str) -> Request:
    """What a question wants, over its search form with names masked."""
    taken: set[int] = set()
    limit = _OF_LIMIT.search(masked)
    if limit and not re.search("哪|谁", masked):
        taken.update(range(*limit.span("limit")))
        masked = _blanked(masked, *limit.span("limit"))
    most = MOST.search(masked)
    ranking = _ranking(most) if most else None
    flags = {}
    worked: set[int] = set()
    for name, pattern in (("shares", SHARES), ("differs", DIFFERS), ("averages", AVERAGE), ("compares", COMPARES),
                          ("totals", TOTAL), ("each", EACH)):  # fmt: skip
        places = {n for match in pattern.finditer(masked) for n in range(*match.span())}
        flags[name] = bool(places)
        taken |= places
        worked |= places if name in ("shares", "differs") else set()
    if most:
        taken.update(range(*most.span()))
    asks = [ask for ask in _asks(masked) if worked.isdisjoint(range(*ask.span))]
    for ask in asks:
        taken.update(range(*ask.span))
    flags["compares"] = flags["compares"] and ranking is None
    for match in PER.finditer(masked):
        taken.update(range(*match.span()))
    lists = LISTS.search(masked)
    if lists:
        taken.update(range(*lists.span()))
    return Request(
        tuple(asks), ranking, lists=lists is not None, taken=frozenset(taken),
        ranked_at=most.span() if most else (0, 0), **flags,
    )  # fmt: skip


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + MASK * (end - start) + text[end:]


def _ranking(most: re.Match[str]) -> Ranking:
    if most["nth"]:
        return ranking_of(most["nth_adjective"], number_of(most["nth"]) or 1)
    if most["rank"]:
        return ranking_of("", number_of(most["rank"]) or 1)
    if most["top"]:
        ranking = ranking_of("", 1, number_of(most["top"]) or 1)
        beside = MOST.search(most.string, most.end()) or MOST.search(most.string[: most.start()])
        named = ranking_of(beside["adjective"], 1, ranking.count) if beside and beside["adjective"] else ranking
        return Ranking(not named.descends, named.kind, 1, named.count, named.adjective) if most["last"] else named
    if most["first"]:
        return ranking_of("")
    if most["than"] or most["more"]:
        return ranking_of(most["than"] or most["more"])
    count = number_of(most["n"]) if most["n"] else None
    after = re.match(r".{0,8}?前([一二两三四五六七八九十]|\d{1,2})", most.string[most.end() :])
    return ranking_of(most["adjective"], 1, count or (number_of(after[1]) if after else None) or 1)


def _asks(masked: str) -> list[Ask]:
    """The words that ask, in order, none over another."""
    found: list[Ask] = []
    for asked in TYPES:
        kinds = [COLUMN_KINDS[name] for name in asked.columns]
        found += (Ask(m.span(), kind) for kind in kinds for m in asked.words.finditer(masked))
    found.sort(key=lambda ask: (ask.span[0] - ask.span[1], ask.span))
    found += (
        Ask((m.start(), m.end("unit")), unit=m["unit"] + m["noun"], is_count=True) for m in MEASURED.finditer(masked)
    )
    found += (Ask(m.span(), is_which=True) for m in WHICH.finditer(masked))
    kept: list[Ask] = []
    for ask in found:
        alike = [one for one in kept if one.span == ask.span and one.kind and ask.kind]
        if alike or all(ask.span[1] <= one.span[0] or one.span[1] <= ask.span[0] for one in kept):
            kept.append(ask)
    return sorted(kept, key=lambda ask: ask.span)
