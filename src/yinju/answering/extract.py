"""Described sentences → those that answer, whole and in reading order, lists complete, each with its citation."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, zip_longest

from yinju.answering.asked import Asked
from yinju.answering.lists import Listing, find_enumerations, find_lists
from yinju.answering.reply import cite
from yinju.answering.sentences import SCRAP, Sentence
from yinju.answering.values import likely_span
from yinju.reading.table import CELL_MARK, row_as_read
from yinju.text import said_to, script_of
from yinju.types import Block, BlockKind, Citation, Passage, Statement

PER_CHARACTER = 0.0008
"""A sentence beyond the best is given where the chance that it holds the answer is at least this for each of its
characters: what an answer is worth against its length (docs/experiments.md)."""

BESIDE = 0.3
"""Of the best sentence's chance, what one of another passage must have besides: where one stands out, that answers."""

APART = 0.15
"""How much more of the question a point holds than the heading or lead-in of its list where it is meant alone."""

LIST_CHARACTERS = 800
"""The most characters of a list that is given whole."""

_OPENING = re.compile(r"^\s*(?:(?:[-*+]\s+|[•・●○▪◆·]\s*|>\s+|答[:：]\s*))+")
_NUMBER = re.compile(r"^\s*\d+[.、)]\s+")
_PAIRED = re.compile(r"(?<![0-9A-Za-z])\*\*(?=\S)(.+?)(?<=\S)\*\*(?![0-9A-Za-z])|`([^`\n]+)`")
_HALF = re.compile(r"^\*\*|\*\*$")
"""One side of a pair whose other side is in the next sentence."""
_CELLS = re.compile(r"^\s*\|\s*|\s*\|\s*$")
_RULE = re.compile(r"[\s|:+–—-]*")
"""A line that only draws a table or parts a text."""

ALIKE = 0.4
"""The likeness, see `candidates.FEATURES`, from which a heading is the question: two thirds of the pairs in common."""

NextPassage = Callable[[Passage], Passage | None]
"""The passage that follows one in its document; None after the last."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A sentence of an answer."""

    passage: Passage
    number: int
    """Its place among the sentences of its passage."""
    listed: bool = False
    """Whether it is part of a point of a list."""
    best: bool = False
    """Whether it is the one that most likely holds the answer."""
    label: str = ""
    """The heading that it tells about, where it does not say so and the question does not either."""

    @property
    def text(self) -> str:
        """The sentence's original characters."""
        return self.passage.sentence(self.number)

    @property
    def block(self) -> Block | None:
        """What it is a part of."""
        return self.passage.blocks_of_sentences()[self.number]

    @property
    def begins_point(self) -> bool:
        """Whether it begins a point of a list, and so a line of its own."""
        return self.listed and _begins_line(self.passage, self.number)


def _is_scrap(sentence: Sentence) -> bool:
    """Whether a line says nothing itself: a heading, a table's rule, or too short, such as a stray word of a page."""
    passage = sentence.candidate.passage
    kind = sentence.block.kind if sentence.block else None
    if kind is BlockKind.HEADS:
        return True
    if not sentence.features["open"]:
        return False
    if kind is BlockKind.CAPTION:
        return True
    text = sentence.text.strip()
    opens_document = passage.start + passage.sentences[sentence.number][0] == 0
    if opens_document or _RULE.fullmatch(text) or text == passage.title:
        return True
    return len(text) < SCRAP and sentence.features["own"] < 0.5


def _with_rows_settled(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences of a passage, the rows of each table weighed against each other.

    To the scorer, which learnt from prose, rows are alike; the one that holds more of the question than all others
    speaks for its table and its heads, rows that hold as much share what the heads have.
    """
    chances = [s.probability for s in sentences]
    tables = {s.block.group for s in sentences if s.block and s.block.kind is BlockKind.ROW}
    for table in tables:
        own = [n for n, s in enumerate(sentences) if s.block and s.block.group == table]
        rows = [n for n in own if (block := sentences[n].block) and block.kind is BlockKind.ROW]
        heads = [n for n in own if n not in rows]
        most = max(sentences[n].features["own"] for n in rows)
        best = [n for n in rows if sentences[n].features["own"] == most]
        given = [n for n in own if n not in best] if len(best) == 1 else heads
        for n in best:
            chances[n] += sum(chances[other] for other in given) / len(best)
        for n in given:
            chances[n] = 0.0
    return [replace(s, probability=chance) for s, chance in zip(sentences, chances, strict=True)]


def _answering(sentences: Sequence[Sentence], asked: Asked) -> list[Sentence]:
    """The sentences that may be said, each with its chance; what a question of the document's has goes to what follows.

    Where a heading is the question, only what stands below it may be said, its first sentence as likely as any.
    Questions and scraps are said only where nothing else is.
    """
    below = [s for s in sentences if s.candidate.features["heading_alike"] >= ALIKE]
    whole = sum(s.probability for s in below or sentences) or 1.0
    usable: list[Sentence] = []
    for _, group in groupby(below or sentences, key=lambda s: s.candidate.passage.id):
        passage = [replace(s, probability=s.probability / whole) for s in group]
        passage = passage if asked.many else _with_rows_settled(passage)
        carried = max(s.probability for s in passage) if below else 0.0
        for sentence in passage:
            if sentence.features["asks"]:
                carried = max(carried, sentence.probability)
            elif not _is_scrap(sentence):
                usable.append(replace(sentence, probability=max(sentence.probability, carried)))
                carried = 0.0
    return usable or list(sentences[:1])


def choose_sentences(
    sentences: Sequence[Sentence], asked: Asked, most_characters: int, next_passage: NextPassage = lambda passage: None
) -> list[Chosen]:
    """The sentences that answer, those of better passages first, each passage's in reading order; lists are complete.

    A sentence that stands out answers alone; the less sure the choice, the more sentences. At least one where any is.
    """
    taken: list[Sentence] = []
    for sentence in sorted(_answering(sentences, asked), key=lambda s: -s.probability):
        used, length = sum(len(s.text) for s in taken), len(sentence.text)
        elsewhere = bool(taken) and sentence.candidate.passage.id != taken[0].candidate.passage.id
        least = PER_CHARACTER * length + (BESIDE * taken[0].probability if elsewhere else 0.0)
        fits = used + length <= most_characters and sentence.probability >= least
        if not taken or (fits and all(sentence.text != other.text for other in taken)):
            taken.append(sentence)
    likely = [s for s in taken if s.probability >= taken[0].probability / 2]
    chosen: dict[tuple[int, int], Chosen] = {}
    for passage in dict.fromkeys(s.candidate.passage for s in sentences):
        places, lists = _lists_in(passage, [s for s in likely if s.candidate.passage == passage], asked, next_passage)
        points = {place for listing in lists for place in listing.points}
        wanted = {s.number for s in taken if s.candidate.passage == passage}
        for place in sorted(wanted.union(*(listing.places for listing in lists))):
            best = places[place] == (taken[0].candidate.passage, taken[0].number)
            one = Chosen(*places[place], place in points, best)
            chosen.setdefault((one.passage.id, one.number), one)
    return _without_bare_leads(list(chosen.values()))


def _lists_in(
    passage: Passage, likely: Sequence[Sentence], asked: Asked, next_passage: NextPassage
) -> tuple[list[tuple[Passage, int]], list[Listing]]:
    """The sentences of a passage and the one after it, and the lists among them that are to be given whole.

    Those that the likeliest sentence leads in to or, asked for many, that the likely ones are points of. A point that
    holds more of the question than what stands above its list is meant alone.
    """
    places = [(passage, number) for number in range(len(passage.sentences))]
    following = next_passage(passage)
    if following and following.headings == passage.headings:
        places += [(following, number) for number in range(len(following.sentences))]
    wanted = []
    for listing in _lists_of(places) if likely else ():
        touched = [s for s in likely if s.number in listing.places]
        later = [s for s in touched if s.number in listing.points[1:]]  # the first step of a thing names it
        alone = len(touched) == len(later) == 1 and _is_meant(later[0])
        length = sum(len(Passage.sentence(*places[place])) for place in listing.places)
        opens = listing.lead is not None and any(s.number == listing.lead for s in likely)
        if length <= LIST_CHARACTERS and (opens if not asked.many else touched and not alone):
            wanted.append(listing)
    return places, wanted


def _is_meant(point: Sentence) -> bool:
    """Whether the point of a list is what is asked about, rather than the whole list."""
    holds = point.features
    return holds["own"] >= max(holds["heading"], holds["lead"]) + APART


def _lists_of(places: Sequence[tuple[Passage, int]]) -> list[Listing]:
    of = {passage.id: passage.blocks_of_sentences() for passage, _ in places}
    blocks = [of[passage.id][number] for passage, number in places]
    lists = find_lists(blocks)
    listed = {place for listing in lists for place in listing.places}
    said = [passage.sentence(number) for passage, number in places]
    paragraphs = [_paragraph(*place, block) for place, block in zip(places, blocks, strict=True)]
    lists += [one for one in find_enumerations(said, paragraphs) if not listed & {*one.places}]
    return lists


def _paragraph(passage: Passage, number: int, block: Block | None) -> tuple[int, int]:
    """What tells the paragraph that a sentence is in: its block, or the line that it is in."""
    return passage.id, id(block) if block else passage.text[: passage.sentences[number][0]].count("\n")


def _begins_line(passage: Passage, number: int) -> bool:
    start = passage.sentences[number][0]
    return not passage.text[:start].strip(" \t\u3000") or passage.text[:start].rstrip(" \t\u3000").endswith("\n")


def _without_bare_leads(chosen: list[Chosen]) -> list[Chosen]:
    """The sentences but lead-ins to what is not there and rules of tables, unless that is all."""
    kept = []
    for one, after in zip_longest(chosen, chosen[1:]):
        last = one.number + 1 == len(one.passage.sentences)
        following = (one.passage.next_place, 0) if last else (one.passage.place, one.number + 1)
        followed = after is not None and (after.passage.place, after.number) == following
        bare = one.text.rstrip().endswith((":", "：")) and not followed
        heads = one.block is not None and one.block.kind is BlockKind.HEADS  # which its rows are given with
        if not bare and not heads and not _RULE.fullmatch(one.text):
            kept.append(one)
    return kept or chosen


def spoken(text: str, point: bool = False, block: Block | None = None) -> str:
    """A sentence as it is said: without the bullet, number, 「答：」 or emphasis that its document writes it with.

    A `point` of a list keeps its number; each cell of a table's row stands beside its column's name.
    """
    if (row := row_as_read(text, block)) is not text:
        return row
    said = _OPENING.sub("", text)
    said = said if point else _NUMBER.sub("", said)
    said = _HALF.sub("", _PAIRED.sub(lambda pair: pair[1] or pair[2], said))
    if text.strip().startswith("|"):
        said = re.sub(r"\s*\|\s*", "｜", _CELLS.sub("", said))
    return said.strip() or text


def compose(
    question: str, asked: Asked, chosen: Sequence[Chosen], first_marker: int = 1
) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
    """The sentences as statements in the asker's script, and where each stands in its document."""
    script = script_of(question)
    statements: list[Statement] = []
    citations = []
    after_list = False
    for marker, one in enumerate(chosen, start=first_marker):
        said = spoken(one.text, one.listed, one.block)
        said = f"{one.label}{CELL_MARK}{said}" if one.label else said
        text = said_to(question, script, said) if script else said
        emphasis = likely_span(text, asked) if one.best else None
        statements.append(
            Statement(text, (marker,), emphasis=emphasis, new_line=one.begins_point or (after_list and not one.listed))
        )
        after_list = one.listed
        citations.append(cite(one.passage, *one.passage.sentences[one.number], marker))
    return tuple(statements), tuple(citations)
