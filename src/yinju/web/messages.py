"""An answer, however far it has come → the HTML of its chat message."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, Literal, NamedTuple

from yinju.messages import Language, say
from yinju.printing import parted, unnamed
from yinju.types import Answer, Statement, Verdict
from yinju.web.documents.table import view_href
from yinju.web.links import figure_href, links_to
from yinju.web.rendering import render
from yinju.web.source.figures import THUMBNAIL, figure_address

LONGEST_PARAGRAPH = 2
"""Of a line with more sentences the first stands by itself, so that the fact meets the eye."""


class Part(NamedTuple):
    """What stands together in an answer: one paragraph, the points of a list, or the rows of a table."""

    kind: Literal["paragraph", "points", "table"]
    lines: Sequence[Sequence[Statement]]
    """One of a paragraph; of a table each row is one."""


class Thumbnail(NamedTuple):
    """A figure below an answer: what opens it in its document, and its picture."""

    href: str
    address: str
    caption: str
    size: tuple[int, int]


def answer_html(answer: Answer, turn: int, language: Language, *, message: str = "", last: bool = False) -> str:
    """An answer as a message; `turn` is its number in the chat, `message` the id under which it is kept.

    The last answer of a chat can be asked for again.
    """
    return render("chat/answer.html", language, last=last, **laid_out(answer, turn, message, language))


def laid_out(answer: Answer, turn: int, message: str, language: Language) -> dict[str, Any]:
    """What chat/answer.html needs to know of an answer."""
    said: Sequence[Statement] = answer.statements
    if answer.verdict is Verdict.NOTHING and not said:
        said = [Statement(say("nothing", language), ())]
    return {
        "answer": answer, "links": links_to(answer.citations, turn, message), "missing": unnamed(answer),
        "said": _quoting(said) if answer.verdict is Verdict.NEAR else [(False, parts_of(said))],
        "figures": [*_figures(answer, turn, message, language)],
        "unfinished": parts_of(answer.unfinished), "guide": view_href(document=answer.about) if answer.about else "",
    }  # fmt: skip


def _figures(answer: Answer, turn: int, message: str, language: Language) -> Iterator[Thumbnail]:
    """The figures of what an answer cites; one without a caption is called by where it stands."""
    for citation in answer.citations:
        for figure in citation.figures:
            where = citation.heading.rpartition(" › ")[2] or citation.title
            caption = figure.caption or say("source.figure_in", language, where=where)
            address = figure_address(citation.document, figure.number, citation.sha256, THUMBNAIL)
            yield Thumbnail(figure_href(citation, figure.number, turn, message), address, caption, figure.size)


def _quoting(statements: Sequence[Statement]) -> list[tuple[bool, list[Part]]]:
    """What is said of what comes near, and that itself, to be quoted, in which nothing stands out."""
    return [
        (quoted, parts_of(replace(statement, emphasis=None) for statement in group))
        for quoted, group in groupby(statements, key=lambda statement: bool(statement.markers))
    ]


def parts_of(statements: Iterable[Statement]) -> list[Part]:
    """Statements in paragraphs, points and tables, in their order.

    Points are lines of one sentence each, of which there are several, and what follows a sentence that leads in to it.
    """
    made = (part for line in parted(statements) for part in _parts_of_line(line))
    parts = list[Part]()
    for kind, group in groupby(made, key=lambda part: part.kind):
        if kind == "points":
            parts.append(_listed([line for part in group for line in part.lines]))
        else:
            parts += group
    return parts


def _parts_of_line(line: Sequence[Statement]) -> Iterator[Part]:
    """One line: rows of a table, a sentence that may be a point, or sentences of which the first stands out."""
    if line[0].row:
        yield Part("table", [[row] for row in line])
    elif line[0].new_line and len(line) == 1:
        yield Part("points", [line])
    elif len(line) > LONGEST_PARAGRAPH:
        leads_in = line[0].text.rstrip().endswith(("：", ":"))
        yield Part("paragraph", [line[:1]])
        yield Part("points", [[one] for one in line[1:]]) if leads_in else Part("paragraph", [line[1:]])
    else:
        yield Part("paragraph", [line])


def _listed(lines: Sequence[Sequence[Statement]]) -> Part:
    """Points of a list; one alone is a paragraph."""
    return Part("points" if len(lines) > 1 else "paragraph", lines)
