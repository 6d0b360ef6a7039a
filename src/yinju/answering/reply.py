"""What is said to one part of a question, wherever it comes from: a turn, an outline, a table, sentences."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from yinju.types import Citation, Passage, Statement, Verdict

_ORDER = (Verdict.ANSWERED, Verdict.NEAR, Verdict.NOTHING)


@dataclass(frozen=True, slots=True)
class Reply:
    """Statements with their citations, and what they are worth."""

    verdict: Verdict
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...] = ()
    """Numbered from 1 in their order."""
    confidence: float = 1.0
    """That the documents answer: 0 … 1."""
    missing: tuple[str, ...] = ()
    """What of the question the documents do not have."""
    options: tuple[str, ...] = ()
    """Questions that may have been meant."""
    about: str = ""
    """The document that it outlines as a whole."""

    def opening(self, characters: int) -> "Reply":
        """Its first statements, of about so many characters, one at least."""
        ends = [sum(len(s.text) for s in self.statements[: n + 1]) for n in range(len(self.statements))]
        kept = self.statements[: max(1, sum(end <= characters for end in ends))]
        used = max((marker for s in kept for marker in s.markers), default=0)
        return replace(self, statements=kept, citations=self.citations[:used])

    def renumbered(self, first: int) -> "Reply":
        """The same with its citations numbered from `first`."""
        by = first - 1
        statements = (replace(s, markers=tuple(marker + by for marker in s.markers)) for s in self.statements)
        citations = (replace(c, marker=c.marker + by) for c in self.citations)
        return replace(self, statements=tuple(statements), citations=tuple(citations))

    def without(self, said: Sequence[Statement]) -> "Reply":
        """The same without what others have said, and its citations without those that only carried that."""
        texts = [one.text for one in said]
        kept = [s for s in self.statements if not _is_said(s, texts)]
        used = sorted({marker for s in kept for marker in s.markers})
        number = {marker: place for place, marker in enumerate(used, start=1)}
        statements = (replace(s, markers=tuple(number[marker] for marker in s.markers)) for s in kept)
        citations = (replace(c, marker=number[c.marker]) for c in self.citations if c.marker in number)
        return replace(self, statements=tuple(statements), citations=tuple(citations))


def _is_said(statement: Statement, texts: Sequence[str]) -> bool:
    """Whether texts hold a statement, or each cell of the row that it is."""
    cells = [value for _, value in statement.row if value]
    return statement.text in texts or (bool(cells) and all(any(cell in text for text in texts) for cell in cells))


def joined(replies: Sequence[Reply]) -> Reply:
    """Replies to the parts of one question as one: each begins a line; the verdict is the best of theirs.

    What two of them say is said once.
    """
    told: list[Reply] = []
    for reply in replies:
        said = [statement for other in told for statement in other.statements]
        rest = reply.without(said) if said else reply
        if rest.statements and (rest.citations or not reply.citations):
            told.append(rest)
    if len(told) == 1:
        return told[0]
    statements, citations = list[Statement](), list[Citation]()
    for reply in told:
        placed = reply.renumbered(len(citations) + 1)
        statements += (replace(s, new_line=s.new_line or n == 0) for n, s in enumerate(placed.statements))
        citations += placed.citations
    return Reply(
        min((reply.verdict for reply in replies), key=_ORDER.index), tuple(statements), tuple(citations),
        max(reply.confidence for reply in replies), tuple(one for reply in replies for one in reply.missing),
        tuple(one for reply in replies for one in reply.options),
    )  # fmt: skip


def cite(passage: Passage, start: int, end: int, marker: int) -> Citation:
    """The citation of a range of a passage's text."""
    return Citation(
        marker, passage.document, passage.title, passage.heading, passage.page,
        passage.start + start, passage.start + end, passage.text[start:end], passage.text,
    )  # fmt: skip
