"""An answer → the same with the figures that belong to what it cites: those named there, and those right beside it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from yinju.reading.figures.captions import named_numbers
from yinju.store.protocol import Documents
from yinju.types import Answer, Citation, CitedFigure, Document, Figure, Span, Verdict

MOST_FIGURES = 3
"""That are shown with an answer."""
GROUP = 6_000
"""Characters before and after what is cited in which the rest of its table or list is looked for."""
PAGED = ("pptx", "image")
"""Formats of which a page is looked at as a whole."""

_BELOW = re.compile(
    r"[下右左後后][方面列]?的?[圖图](?![書书館馆])|(?:如|見|见|依|按)(?:附|下)?[圖图](?![書书館馆])|figure below",
    re.IGNORECASE,
)
_ABOVE = re.compile(r"[上前][方面列]?的?(?:圖|图)(?![書书館馆])|figure above", re.IGNORECASE)


def with_figures(documents: Documents, answer: Answer) -> Answer:
    """A complete answer whose citations have up to `MOST_FIGURES` figures in all, each once; others as they are."""
    if not answer.complete or answer.verdict is Verdict.NOTHING:
        return answer
    known = {name: figures for name in {c.document for c in answer.citations} if (figures := documents.figures(name))}
    if not known:
        return answer
    return replace(answer, citations=tuple(_shown(documents, answer.citations, known)))


def _shown(
    documents: Documents, citations: Iterable[Citation], known: Mapping[str, Sequence[Figure]]
) -> Iterator[Citation]:
    taken = set[tuple[str, int]]()
    for citation in citations:
        figures = known.get(citation.document, ())
        document = documents.document(citation.document) if figures and len(taken) < MOST_FIGURES else None
        chosen = list[CitedFigure]()
        for number in _belonging(document, figures, citation, documents) if document else ():
            if (citation.document, number) not in taken and len(taken) < MOST_FIGURES:
                taken.add((citation.document, number))
                chosen.append(CitedFigure(number, figures[number].caption, figures[number].size))
        yield replace(citation, figures=tuple(chosen)) if chosen else citation


def _belonging(
    document: Document, figures: Sequence[Figure], citation: Citation, documents: Documents
) -> Iterator[int]:
    """The numbers of the figures that belong to a citation: first those that it names."""
    text, (start, end) = document.text, (citation.start, citation.end)
    section = next((one for one in document.sections if one.start <= start < one.end), None)
    own = [n for n, one in enumerate(figures) if section is None or section.start - 1 <= one.at <= section.end]
    named = {*named_numbers(citation.quote)}
    for number in dict.fromkeys(named_numbers(citation.quote)):
        alike = [n for n, one in enumerate(figures) if one.number == number]
        yield from sorted(alike, key=lambda n: abs(figures[n].at - start))[:1]
    if not named and _BELOW.search(citation.quote):
        yield from [n for n in own if figures[n].at >= start][:1]
    if not named and _ABOVE.search(citation.quote):
        yield from [n for n in own if figures[n].at <= end][-1:]
    if document.format in PAGED:
        yield from (n for n, one in enumerate(figures) if one.page == citation.page)
        return
    around = _lines_around(text, _group(documents, citation))
    yield from (n for n in own if _touches(_extent(text, figures[n]), around))


def _group(documents: Documents, citation: Citation) -> Span:
    """The range of what is cited with all of the table or list that it is a part of."""
    start, end = citation.start, citation.end
    near = (max(start - GROUP, 0), end + GROUP)
    blocks = [
        block.shifted(passage.start) for passage in documents.passages_of(citation.document, near)
        for block in passage.blocks if block.group
    ]  # fmt: skip
    groups = {block.group for block in blocks if block.start < end and start < block.end}
    together = [block for block in blocks if block.group in groups]
    return min((start, *(b.start for b in together))), max((end, *(b.end for b in together)))


def _lines_around(text: str, span: Span) -> Span:
    """The whole lines that a range is in."""
    end = text.find("\n", span[1] - 1)
    return text.rfind("\n", 0, span[0]) + 1, len(text) if end < 0 else end + 1


def _extent(text: str, figure: Figure) -> Span:
    """The place of a figure with its caption, where that stands right below or above it."""
    start, end = _lines_around(text, (figure.at, figure.at + 1))
    if figure.caption and " ".join(text[start:end].split()) == figure.caption:
        return figure.at, end
    start, end = _lines_around(text, (max(figure.at - 2, 0), max(figure.at - 1, 1)))
    if figure.caption and " ".join(text[start:end].split()) == figure.caption:
        return start, figure.at
    return figure.at, figure.at


def _touches(one: Span, other: Span) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
