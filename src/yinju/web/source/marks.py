"""Stretches of a document's text → pieces: what is cited is one, what else the answer cites another with its link."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Literal, NamedTuple

from yinju.types import Citation, Span
from yinju.web.links import Link, link_to
from yinju.web.source.place import Place


class Stretch(NamedTuple):
    """A range of a document's text that is shown in one way."""

    start: int
    end: int
    style: str = ""
    """The element that sets it apart: strong, em, del or code."""


class Piece(NamedTuple):
    """Words that belong to the same citation, or to none."""

    kind: Literal["text", "cited", "other"]
    words: tuple[tuple[str, str], ...]
    """Each stretch of them with its style."""
    marker: int = 0
    """Of another citation."""
    link: Link | None = None
    """What opens the other citation, at the first of its pieces."""


class Marks:
    """What an answer cites of a document; of ranges that overlap the one asked for has what both hold."""

    def __init__(self, place: Place) -> None:
        """Nothing is shown yet."""
        document = place.document
        itself = Citation(0, document.name, document.title, "", None, *place.cited, "", "")
        self._place, self._citations = place, (itself, *place.others)
        self._linked: set[int] = set()

    def pieces(self, stretches: Iterable[Stretch]) -> list[Piece]:
        """The pieces of stretches that stand beside each other on the screen."""
        text = self._place.document.text
        owned = (
            (owner, (style, text[slice(*part)]))
            for start, end, style in stretches for owner, part in self._owned((start, end))
        )  # fmt: skip
        groups = groupby(owned, lambda one: one[0])
        return [self._piece(owner, tuple(words for _, words in group)) for owner, group in groups]

    def _piece(self, owner: Citation | None, words: tuple[tuple[str, str], ...]) -> Piece:
        if owner is None or not owner.marker:
            return Piece("cited" if owner else "text", words)
        first = owner.marker not in self._linked
        self._linked.add(owner.marker)
        wanted = self._place.wanted
        return Piece("other", words, owner.marker, link_to(owner, wanted.turn, wanted.message) if first else None)

    def hidden(self, span: Span, stretches: Sequence[Stretch]) -> bool:
        """Whether a citation has words in a range, but none in the stretches of it that are shown."""
        text = self._place.document.text
        said = (part for owner, part in self._owned(span) if owner and any(map(str.isalnum, text[slice(*part)])))
        return any(all(end <= one.start or one.end <= start for one in stretches) for start, end in said)

    def _owned(self, span: Span) -> Iterator[tuple[Citation | None, Span]]:
        """The range in parts, each with the citation it belongs to."""
        near = [c for c in self._citations if c.start < span[1] and span[0] < c.end]
        if not near:
            yield None, span
            return
        inner = {edge for c in near for edge in (c.start, c.end) if span[0] < edge < span[1]}

        def owner(part: Span) -> Citation | None:
            return next((c for c in near if c.start <= part[0] and part[1] <= c.end), None)

        for citation, group in groupby(pairwise(sorted({*span, *inner})), owner):
            together = list(group)
            yield citation, (together[0][0], together[-1][1])
