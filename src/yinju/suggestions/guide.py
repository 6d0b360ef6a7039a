"""A document → the questions of its guide: what it answers, each with the place of the answer."""

import re
from collections.abc import Iterator
from itertools import groupby, islice
from operator import attrgetter

from yinju.answering.outline.writing import without_number
from yinju.library import Library
from yinju.messages import language_of, say
from yinju.suggestions.examples import COUNT, LONGEST, MOST_TRIED, is_answered, questions_of
from yinju.suggestions.headings import Example

SECTION = 9
"""The rank of a question for what a section says: any other is asked before."""


def guide_questions(library: Library, name: str) -> list[Example]:
    """Up to `COUNT` questions that the documents answer from one of them, in its order; maybe none.

    Its own come first, then what its other sections say; no two are answered by the same place.
    """
    found = list[Example]()
    for example in islice(_candidates(library, name), MOST_TRIED):
        apart = not any(example.start < other.end and other.start < example.end for other in found)
        if apart and is_answered(library, example):
            found.append(example)
        if len(found) == COUNT:
            break
    return sorted(found, key=attrgetter("start"))


def _candidates(library: Library, name: str) -> Iterator[Example]:
    """The questions of a document by rank; of those of one rank first `COUNT` that stand evenly apart."""
    for made in (questions_of(library, name), _section_questions(library, name)):
        for _, equals in groupby(sorted(made, key=attrgetter("rank")), key=attrgetter("rank")):
            group = [*equals]
            first = dict.fromkeys(n * len(group) // COUNT for n in range(COUNT))
            yield from (group[place] for place in {**first, **dict.fromkeys(range(len(group)))})


def _section_questions(library: Library, name: str) -> Iterator[Example]:
    """For each of a document's outer sections what it says; for one without sections what all of it is about."""
    guide = library.guide(name)
    if guide is None:
        return
    language = language_of(guide.title)
    for heading in guide.outline:
        called = re.sub("[（(][^（）()]*[）)]$", "", without_number(heading.text)).strip()
        if not heading.level and 1 < len(called) <= LONGEST and not called.endswith(("？", "?")):
            question = say("documents.ask_section", language, heading=called)
            yield Example(question, name, heading.start, heading.end, SECTION)
    if guide.points and not guide.outline:
        place = guide.points[0].citation
        yield Example(say("outline.ask", language, title=guide.title), name, place.start, place.end, SECTION)
