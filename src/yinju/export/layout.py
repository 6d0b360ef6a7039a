"""An answer as it was kept → the section that stands for it in an exported file: paragraphs, tables, sources."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from itertools import groupby
from typing import Literal

from yinju.conversations import KeptAnswer
from yinju.export.figures import Pictures, no_pictures
from yinju.messages import Language, say
from yinju.printing import parted, shown, unnamed
from yinju.scopes import named
from yinju.text import script_of
from yinju.types import Answer, Citation, ModelFault, Statement, Verdict

Region = Literal["zh-TW", "zh-CN"]
"""Whose shapes of characters a text is to be set in."""


WIDEST, NARROWEST = 420.0, 120.0
"""Points, of a picture."""
POINTS = 72 / 96
"""Of a pixel."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text in one line, without characters that no file can hold or that turn the direction of writing."""

    text: str
    region: Region


class Style(StrEnum):
    """What a paragraph is."""

    PLAIN = "plain"
    QUOTE = "quote"
    """Of a document; not the answer itself."""
    POINT = "point"
    """Of a list."""
    LEAD = "lead"
    """Leads in a list."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One statement, or what stands in the last cell of a row."""

    words: Words
    markers: tuple[int, ...] = ()
    """The keys of `Section.sources`."""
    first: tuple[int, ...] = ()
    """Those of them that no sentence before refers to."""
    doubt: Words | None = None
    """A note that the source does not bear it out."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that stand together."""

    sentences: tuple[Sentence, ...]
    style: Style


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below their heads; the last sentence of a row has the markers of all of it."""

    heads: tuple[Words, ...]
    rows: tuple[tuple[Sentence, ...], ...]
    style: Style


@dataclass(frozen=True, slots=True)
class Source:
    """What is cited."""

    words: Words
    """Title, headings, file, page, and the sentence quoted."""
    quote: Words


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure of what is cited."""

    caption: Words
    """What it shows, and the number of its source."""
    image: bytes | None
    """As JPEG or PNG; None where only its caption can be given."""
    width: float
    """In points, at most that of a page's text."""


@dataclass(frozen=True, slots=True)
class Section:
    """A question, and what was said to it."""

    question: Words
    facts: Words
    """When it was answered, the verdict, and where it was asked."""
    parts: tuple[Paragraph | Table, ...]
    lead: Words
    """Leads in the sources where they are listed."""
    sources: dict[int, Source]
    uncited: tuple[Paragraph, ...]
    """The sources that nothing said refers to, such as the passages that came nearest, with what leads them in."""
    figures: tuple[Picture, ...] = ()


def words_of(text: str, language: Language) -> Words:
    """A text as a file can hold it: in its script's region, or the language's where it is of no script."""
    line = " ".join(shown(text).split())
    script = script_of(line[:2_000]) or ("hans" if language == "zh-Hans" else "hant")
    return Words(line, "zh-CN" if script == "hans" else "zh-TW")


def lay_out(kept: KeptAnswer, language: Language, pictures: Pictures = no_pictures) -> Section:
    """The section of an answer; what Yinju says of it is in a language."""
    answer, when = kept.answer, datetime.fromtimestamp(kept.time, UTC).strftime("%Y-%m-%d %H:%M UTC")
    if kept.damaged:
        asked, told = (words_of(say(f"chat.{key}", language), language) for key in ("damaged_question", "damaged"))
        return Section(asked, words_of(when, language), (Paragraph((Sentence(told),), Style.PLAIN),), told, {}, ())
    stopped = [say("chat.stopped", language)] if answer.fault is ModelFault.STOPPED else []
    asked_in = [say("scope.asked_in", language, names=named(kept.scope, language))] if kept.scope else []
    facts = " · ".join([when, say(f"verdict.{answer.verdict}", language), *stopped, *asked_in])
    write = _Writer(language, answer)
    parts, uncited = tuple(write.parts()), tuple(write.uncited())
    shown = tuple(write.figures(pictures))
    return Section(write.words(answer.question), write.words(facts), parts, write.lead, write.sources, uncited, shown)


class _Writer:
    """Writes an answer in order, Yinju's own words in a language; knows which sources were referred to."""

    def __init__(self, language: Language, answer: Answer) -> None:
        self._language, self._answer, self._cited = language, answer, set[int]()
        nearest = say("nearest", language, count=len(answer.citations))
        self.lead = self.words(nearest if answer.verdict is Verdict.NOTHING else say("chat.sources", language))
        self.sources = {citation.marker: self._source(citation) for citation in answer.citations}

    def words(self, text: str) -> Words:
        """A text as a file can hold it."""
        return words_of(text, self._language)

    def parts(self) -> Iterator[Paragraph | Table]:
        """All that is said."""
        answer = self._answer
        for quoted, statements in groupby(answer.statements, key=lambda s: answer.refused and bool(s.markers)):
            style = Style.QUOTE if quoted else Style.PLAIN
            for part in parted(statements):
                yield self._table(part, style) if part[0].row else self._paragraph(part, style)
        if missing := unnamed(answer):
            comma = say("comma", self._language)
            yield self._said(say("verdict.missing", self._language, missing=comma.join(missing)), Style.PLAIN)
        if answer.options:
            yield self._said(say("options", self._language), Style.LEAD)
            yield from (self._said(option, Style.POINT) for option in answer.options)

    def uncited(self) -> Iterator[Paragraph]:
        """The quotes of the sources that were not referred to so far, below what leads them in."""
        uncited = [marker for marker in self.sources if marker not in self._cited]
        if uncited:
            yield Paragraph((Sentence(self.lead),), Style.LEAD)
        for marker in uncited:
            yield Paragraph((Sentence(self.sources[marker].quote, (marker,), (marker,)),), Style.POINT)

    def figures(self, pictures: Pictures) -> Iterator[Picture]:
        """The figures of what is cited."""
        for citation in self._answer.citations:
            for figure in citation.figures:
                where = citation.heading.rpartition(" › ")[2] or citation.title
                caption = figure.caption or say("source.figure_in", self._language, where=where)
                words = self.words(say("export.figure", self._language, caption=caption, number=citation.marker))
                width = min(figure.size[0] * POINTS, WIDEST) or WIDEST
                yield Picture(words, pictures(citation, figure), max(width, NARROWEST))

    def _source(self, citation: Citation) -> Source:
        headings = dict.fromkeys(filter(None, (citation.title, *citation.heading.split(" › "))))
        page = [say("page", self._language, number=citation.page)] if citation.page is not None else []
        file = say("export.comma", self._language).join([citation.document, *page])
        place = {"place": " › ".join(headings), "file": file}
        quote = " ".join(citation.quote.split())
        return Source(self.words(say("export.source", self._language, quote=quote, **place)), self.words(quote))

    def _said(self, text: str, style: Style) -> Paragraph:
        return Paragraph((Sentence(self.words(text)),), style)

    def _paragraph(self, statements: Sequence[Statement], style: Style) -> Paragraph:
        sentences = (self._sentence(statement.text, statement) for statement in statements)
        return Paragraph(tuple(_spaced(sentences)), style)

    def _table(self, rows: Sequence[Statement], style: Style) -> Table:
        heads = tuple(self.words(head) for head, _ in rows[0].row)
        cells = (tuple(self._cells([cell for _, cell in row.row], row)) for row in rows)
        return Table(heads, tuple(cells), style)

    def _cells(self, cells: Sequence[str], row: Statement) -> Iterable[Sentence]:
        yield from (Sentence(self.words(cell)) for cell in cells[:-1])
        yield self._sentence(cells[-1], row)

    def _sentence(self, text: str, statement: Statement) -> Sentence:
        doubt = None if statement.supported else self.words(say("chat.unsupported", self._language))
        markers = tuple(marker for marker in dict.fromkeys(statement.markers) if marker in self.sources)
        first = tuple(marker for marker in markers if marker not in self._cited)
        self._cited.update(first)
        return Sentence(self.words(text), markers, first, doubt)


def _spaced(sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """The sentences, a space between those that are not Chinese."""
    end = "。"
    for sentence in sentences:
        text = sentence.words.text
        apart = (end + text[:1]).isascii()
        yield replace(sentence, words=replace(sentence.words, text=f" {text}")) if apart else sentence
        end = text[-1:]
