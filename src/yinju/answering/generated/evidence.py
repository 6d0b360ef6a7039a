"""Passages found, and what is said without a model → the numbered pieces that a language model reads.

Each piece is whole blocks: a passage with the rest of the list, record or article that it is a part of, its tables
drawn as Markdown, or what code worked out of a table. A statement is checked against the passages of the pieces.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile

from yinju.answering.generated.drawn import DrawnTable, draw_tables
from yinju.answering.reply import cite
from yinju.reading.table import CELL_MARK, headed_row
from yinju.retrieval.query import Query
from yinju.store.protocol import Documents, Snapshot
from yinju.text import has_content
from yinju.types import Answer, Citation, Passage, Span

WIDEST = 1_200
"""Characters of a piece beyond which it is not widened."""
TABLE_SHARE = 0.5
"""Of all that a model reads, the most that one table takes; of a longer one the rows that hold most of the question."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a statement can be checked against."""

    passage: Passage
    cited: tuple[tuple[Citation, ...], ...] = ()
    """Of each sentence, where that is none of a document's: a row with its heads, a figure that code worked out."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One numbered piece of what a language model reads."""

    shown: str
    """As it is read."""
    sources: tuple[Source, ...]
    passage: Passage | None = None
    """What was found; None for figures that code worked out."""
    above: tuple[str, ...] = ()
    """The title of its document and the headings it stands below, outermost first."""

    @staticmethod
    def of(passage: Passage, shown: str = "", sources: Sequence[Source] = ()) -> "Piece":
        """A piece of what a passage is, its own text and checked against itself unless said."""
        shown = shown or passage.text
        above = (part for part in (passage.title, *passage.headings) if has_content(part) and CELL_MARK not in part)
        told = tuple(one for one in dict.fromkeys(above) if one not in shown)
        return Piece(shown, tuple(sources) or (Source(passage),), passage, told)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a model is to read, within limits."""

    query: Query | None
    """What rows of a long table are chosen by; the first ones where there is none."""
    characters: int
    pieces: int


def gather_evidence(
    generation: Snapshot, passages: Sequence[Passage], answer: Answer, wanted: Wanted
) -> tuple[Piece, ...]:
    """What code worked out for an answer, then the passages in their order, as many as are wanted and fit.

    The first passage is there in any case.
    """
    pieces = [*_figures(answer)]
    left = wanted.characters - sum(len(piece.shown) for piece in pieces)
    most, read = len(pieces) + wanted.pieces, set[int]()
    cited = {(citation.document, citation.start) for citation in answer.citations}
    for passage in passages:
        if passage.id in read or len(pieces) == most:
            continue
        room = min(left, int(TABLE_SHARE * wanted.characters))
        drawn = draw_tables(generation, passage, wanted.query, cited, room)
        if drawn:
            own = [] if drawn.is_all else [Source(passage)]
            piece = Piece.of(passage, drawn.text, [*map(_rows, drawn.tables), *own])
        else:
            piece = _widened(generation.documents, passage, min(left, WIDEST))
        if len(piece.shown) <= left or not read:
            pieces.append(piece)
            left -= len(piece.shown)
            read |= {passage.id, *(drawn.covered if drawn else ())}
            read |= {source.passage.id for source in piece.sources if source.passage.text in piece.shown}
    return tuple(pieces)


def _figures(answer: Answer) -> Iterator[Piece]:
    """What code worked out, a line each, as one piece."""
    told = [statement for statement in answer.statements if statement.worked_out and statement.markers]
    if told:
        by_marker = {citation.marker: citation for citation in answer.citations}
        cited = [tuple(by_marker[marker] for marker in statement.markers) for statement in told]
        source = _lines([statement.text for statement in told], cited)
        yield Piece(source.passage.text, (source,), above=(source.passage.title,))


def _rows(table: DrawnTable) -> Source:
    """The rows of a table that are drawn, each cell beside the head of its column, as they are checked against."""
    rows = [table.sheet.rows[n] for n in table.rows]
    texts = [headed_row(row.cells, table.sheet.heads)[0] for row in rows]
    return _lines(texts, [(cite(row.passage, row.start, row.end, 0),) for row in rows])


def _lines(texts: Sequence[str], cited: Sequence[tuple[Citation, ...]]) -> Source:
    """Lines that stand in no document as a passage, each with what is cited in its place."""
    first, starts = cited[0][0], accumulate((len(text) + 1 for text in texts), initial=0)
    spans = tuple((start, start + len(text)) for start, text in zip(starts, texts, strict=False))
    above = (first.heading,) if first.heading else ()
    passage = Passage(
        -1, first.document, first.title, above, first.page, first.start, first.end, "\n".join(texts), spans
    )
    return Source(passage, tuple(cited))


def _widened(storage: Documents, passage: Passage, most: int) -> Piece:
    """A passage with the rest of the list, record or article that it begins or ends in, as far as there is room."""
    parts, shown = [passage], [passage.text.strip("\n")]
    for back in (True, False):
        last, neighbour = passage, storage.passage_before if back else storage.passage_after
        while (other := neighbour(last)) and (own := _over(other, last, back)):
            text = other.text[slice(*own)].strip("\n")
            if sum(map(len, shown)) + len(text) > most:
                break
            parts.insert(0 if back else len(parts), other)
            shown.insert(0 if back else len(shown), text)
            last = other
            if text != other.text.strip("\n"):
                break
    return Piece.of(passage, "\n".join(shown), [*map(Source, parts)])


def _over(other: Passage, passage: Passage, back: bool) -> Span | None:
    """Where in the passage before or after the list, record or article of this one goes on; None where it does not."""
    near, far = (passage.blocks[:1], other.blocks[::-1]) if back else (passage.blocks[-1:], other.blocks)
    group = near[0].group if near else 0
    own = [*takewhile(lambda block: block.group == group > 0, far)]
    if not own:
        return None
    return (own[-1].start, len(other.text)) if back else (0, own[-1].end)


def cited_passages(storage: Documents, answer: Answer, known: Sequence[Passage]) -> list[Passage]:
    """The passages that an answer cites, in its order; those known are not looked up."""
    found = dict[int, Passage]()
    for citation in answer.citations:
        holding = (p for p in known if p.document == citation.document and p.start <= citation.start < p.end)
        passage = next(holding, None) or _passage_at(storage, citation)
        if passage:
            found[passage.id] = passage
    return [*found.values()]


def _passage_at(storage: Documents, citation: Citation) -> Passage | None:
    return next((one for one in storage.passages_of(citation.document) if one.start <= citation.start < one.end), None)
