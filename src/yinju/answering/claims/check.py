"""A claim of an answer and the passages it may rest on → whether one of them says the same, and where.

Claim and source are compared as search forms, so that script and region play no part. The claim is aligned to one
sentence or up to three neighbouring ones. What says nothing that could be checked is supported with no source:
a lead-in such as 「主要有以下幾點：」, politeness, or a remark that the documents do not tell.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from yinju.answering.claims.comparison import Comparison, compare
from yinju.answering.claims.reading import Reading, read
from yinju.text import fold, search_form
from yinju.types import Disagreement, Passage, Span

MOST_SENTENCES = 3
"""How many neighbouring sentences a claim may have been made of."""
WINDOWS = 3
"""How many stretches of each passage are considered."""
MOST_WINDOWS = 6
"""How many of all are looked at closely."""
_NEAR = 0.6
"""The share of the best one's likeness that another must reach to be looked at."""
SETTLED = 0.75
"""The share of a claim that a sentence must hold for its numbers and names to count whatever its neighbours say."""
_LONGER = 0.04
"""How much more of a claim each further sentence must hold to be worth taking in."""
_LEAST_ALIKE = 0.15
"""The share of a claim's characters and pairs below which a passage is about something else."""

_MARKUP = re.compile(
    r"^\s*(?:#+\s+|>\s*|[-*+•・]\s+|(?:\d+|[一二三四五六七八九十]+)[.、)]\s*)+|\*\*|__|`|\[\d+(?:[,，、]\s*\d+)*\]|【\d+】"
)
_ABOUT = "资料|文件|文档|文中|内容|来源|手册|讲义|原文|上文|本文|文章|段落|检索结果|规定|说明|提供的信息|引文"
_LEAD = re.compile(
    rf"^(?:(?:根据|依据|依照|按照|依|据|在)[^,:。]{{0,16}}?(?:{_ABOUT})[^,:。]{{0,6}}[,:]\s*"
    rf"|[^,:。]{{0,12}}?(?:资料|文件|文档|手册|讲义|文章)(?:中|里|也)?(?:指出|提到|提及|显示|表示|说明|写道|规定|强调|认为|建议)[,:]\s*"
    rf"|(?:该|这份|这些|本|上述|以上|所提供的?)?(?:{_ABOUT})(?:中|里|也|还|则|中也)?(?:明确)?(?:指出|提到|提及|显示|表示|说明|写道|规定|强调|认为|建议|称)[,:]?\s*"
    r"|(?:简单来说|简单说|简言之|总之|总的来说|总结来说|总而言之|整体而言|换句话说|换言之|也就是说|具体来说|具体而言|另外|此外|同时|因此|所以|"
    r"不过|首先|其次|再者|最后|答|值得注意的是|需要注意的是|事实上|其实|是的|好的|当然|对|没错|不是的|不对|不是)[,:。]\s*)+"
)
_POLITE = re.compile(
    r"(?:希望|愿|但愿)(?:以上|这些|这|上述|对)[^。]{0,12}(?:帮助|帮到|有用|有所)[^。]{0,4}"
    r"|(?:如果?|若|如有|假如)[^。]{0,24}(?:告诉我|问我|提问|询问我|跟我说|和我说|联系我)[^。]{0,6}"
    r"|(?:以下|以上|下面)(?:就?是|为)[^。]{0,20}|(?:感谢|谢谢)[^。]{0,12}(?:提问|询问|问题|耐心)?|请随时[^。]{0,6}"
    r"|欢迎(?:随时|再|继续)[^。]{0,10}|(?:好的|当然|没问题|明白了|您好|你好)[^。]{0,4}|(?:很|非常)?(?:抱歉|遗憾)"
    rf"|(?:(?:很|非常)?(?:抱歉|遗憾),)?[^。]{{0,8}}(?:{_ABOUT})[^。]{{0,8}}(?:没有|未|并未|无法|找不到)[^。]{{0,3}}"
    r"(?:提到|提及|说明|提供|找到|得知|确认|记载|回答|相关)[^。]{0,30}|综上所述|总结|结论|参考(?:资料|来源)?"
)
_POINTS = re.compile(r"[一二两三四五六七八九十几数\d]+(?:大)?[点个项种条步类方面件]+")
LONGEST_LEAD_IN = 24
"""Characters that a line ending in a colon may have and still only announce what follows."""


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """What became of a claim."""

    disagreement: Disagreement | None
    """None when it is supported."""
    source: int | None
    """Which of the passages it was aligned to; None where nothing is alike, or nothing is claimed."""
    sentences: Span | None
    """The half-open range of sentence numbers of that passage, of one to three sentences."""


@dataclass(frozen=True, slots=True)
class _Window:
    """Neighbouring sentences that hold much of a claim."""

    source: int
    sentences: Span
    alike: float


def check_claim(claim: str, passages: Sequence[Passage], preferred: Sequence[int] = ()) -> ClaimCheck:
    """Whether a passage bears a claim out: a preferred one that does, else any, else the one that comes nearest.

    Args:
        claim: one statement, which may have several clauses or be a point of a list.
        passages: what it may rest on.
        preferred: numbers of passages that are cited for it, tried first.
    """
    said = _bare(claim)
    reading = read(said)
    if not reading.keys or says_nothing(claim):
        return ClaimCheck(None, None, None)
    first = [number for number in dict.fromkeys(preferred) if 0 <= number < len(passages)]
    whole = _said_by(said, passages, [*first, *range(len(passages))])
    if whole:
        return whole
    found: list[tuple[_Window, Comparison]] = []
    for numbers in (first, [number for number in range(len(passages)) if number not in first]):
        windows = [window for number in numbers for window in _windows(reading, number, passages[number])]
        for window in _likeliest(windows):
            passage = passages[window.source]
            if any(_settles(compared) and _is_inside(other, window) for other, compared in found):
                continue
            source, context = _source(passage, window.sentences), _context(passage, window.sentences[0])
            compared = compare(reading, source, context, search_form(passage.text))
            if compared.disagreement is None:
                return ClaimCheck(None, window.source, window.sentences)
            found.append((window, compared))
    if not found:
        return ClaimCheck(Disagreement.UNFOUND, None, None)
    best, compared = max(found, key=lambda pair: (pair[1].covered, pair[0].source in first, pair[0].alike))
    return ClaimCheck(compared.disagreement, best.source, best.sentences)


def _said_by(said: str, passages: Sequence[Passage], numbers: Sequence[int]) -> ClaimCheck | None:
    """The sentence that is the claim, word for word; None where there is none."""
    form = search_form(said)
    for number in numbers:
        passage = passages[number]
        for place, (start, end) in enumerate(passage.sentences):
            if end - start >= len(said) and search_form(_bare(passage.text[start:end])) == form:
                return ClaimCheck(None, number, (place, place + 1))
    return None


def _likeliest(windows: Sequence[_Window]) -> list[_Window]:
    """The windows worth a closer look, single sentences first."""
    best = max((window.alike for window in windows), default=0.0)
    near = sorted((w for w in windows if w.alike >= _NEAR * best), key=lambda w: -w.alike)[:MOST_WINDOWS]
    return sorted(near, key=lambda w: w.sentences[1] - w.sentences[0] > 1)


def _settles(compared: Comparison) -> bool:
    """Whether a sentence says so much of the claim, and something else, that its neighbours cannot mend it."""
    return compared.whole and compared.covered >= SETTLED and compared.disagreement != Disagreement.UNFOUND


def _is_inside(one: _Window, other: _Window) -> bool:
    within = other.sentences[0] <= one.sentences[0] and one.sentences[1] <= other.sentences[1]
    return one.source == other.source and within


def says_nothing(claim: str) -> bool:
    """Whether a text claims nothing: a lead-in that ends in a colon, politeness, or that the documents do not tell."""
    text = fold(_MARKUP.sub("", claim)).strip()
    if _POLITE.fullmatch(text.rstrip("。!.~, ")):
        return not re.search(r"\d", text)
    return (
        text.endswith(":")
        and len(text) <= LONGEST_LEAD_IN
        and not re.search(r"\d|[一二三四五六七八九十]", _POINTS.sub("", text))
    )


def _bare(claim: str) -> str:
    """A claim without the markup, bullet, citation marks and opening phrase that it is said with."""
    text = _MARKUP.sub("", claim).strip()
    folded = fold(text)
    match = _LEAD.match(folded)
    if match and len(folded) == len(text) and match.end() < len(text) - 1:
        return text[match.end() :]
    return text


def _source(passage: Passage, sentences: Span) -> Reading:
    return read("。".join(passage.text[start:end] for start, end in passage.sentences[slice(*sentences)]))


def _context(passage: Passage, first: int) -> str:
    """What may supply a subject that the sentences leave out, as a search form."""
    before = "".join(passage.text[start:end] for start, end in passage.sentences[max(0, first - 1) : first])
    row = _first_row(passage, first)
    if row < first:
        before += passage.text[slice(*passage.sentences[row])]
    return search_form(" ".join([passage.title, *passage.headings])) + "\n" + search_form(before)


def _first_row(passage: Passage, number: int) -> int:
    """The row that says what a table's cells are, for a sentence that is one of its rows; itself for any other."""
    while number and all(passage.text[passage.sentences[row][0]] == "|" for row in (number, number - 1)):
        number -= 1
    return number


@lru_cache(maxsize=512)
def _measured(text: str, sentences: tuple[Span, ...]) -> tuple[frozenset[str], ...]:
    """The numbers of each sentence of a passage, as they are written."""
    return tuple(_numbers(read(text[start:end])) for start, end in sentences)


def _numbers(reading: Reading) -> frozenset[str]:
    return frozenset(key for key, quantity in zip(reading.keys, reading.quantities, strict=True) if quantity)


@lru_cache(maxsize=512)
def _held(text: str, sentences: tuple[Span, ...]) -> tuple[frozenset[str], ...]:
    """The telling tokens and pairs of tokens of each sentence of a passage."""
    return tuple(_pairs(read(text[start:end])) for start, end in sentences)


def _pairs(reading: Reading) -> frozenset[str]:
    keys = ["#" if q else key for key, q in zip(reading.keys, reading.quantities, strict=True)]
    single = {key for key, telling in zip(keys, reading.content, strict=True) if telling}
    return frozenset(single | set(map("".join, pairwise(keys))))


def _windows(claim: Reading, number: int, passage: Passage) -> Iterator[_Window]:
    """The stretches of a passage that hold most of a claim, the best first; none when it is about something else."""
    asked, numbers = _pairs(claim), _numbers(claim)
    held = [asked & sentence for sentence in _held(passage.text, passage.sentences)]
    measured = [numbers & sentence for sentence in _measured(passage.text, passage.sentences)]
    found: list[tuple[float, int, Span]] = []
    for first in range(len(held)):
        together: frozenset[str] = frozenset()
        for last in range(first + 1, min(first + MOST_SENTENCES, len(held)) + 1):
            together |= held[last - 1] | held[_first_row(passage, last - 1)]
            alike = len(together) / max(len(asked), 1) - _LONGER * (last - first - 1)
            same = len(frozenset[str]().union(*measured[first:last]))
            found.append((alike, same, (first, last)))
    found.sort(key=lambda one: (-one[0], -one[1], one[2][1] - one[2][0]))  # points alike are told apart by numbers
    for alike, _, sentences in found[:WINDOWS]:
        if alike >= _LEAST_ALIKE:
            yield _Window(number, sentences, alike)
