"""A document → the questions of its guide: what it answers, each with the place of the answer."""

import re
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

from yinju.answering.outline.writing import without_number
from yinju.library import Library
from yinju.messages import language_of, say
from yinju.suggestions.examples import COUNT, LONGEST, questions_of
from yinju.suggestions.headings import Example

SECTION = 9
"""The rank of a question for what a section says: any other is asked before."""


def guide_questions(library: Library, name: str) -> list[Example]:
    """Up to `COUNT` questions that a document answers, in its order: its own first, then what other sections say."""
    found = list[Example]()
    for made in (questions_of(library, name), _section_questions(library, name)):
        left = [e for e in made if not any(e.start < other.end and other.start < e.end for other in found)]
        for _, equals in groupby(sorted(left, key=attrgetter("rank")), key=attrgetter("rank")):
            group = [*equals]
            wanted = min(len(group), COUNT - len(found))
            found += (group[n * len(group) // wanted] for n in range(wanted))
    return sorted(found, key=attrgetter("start"))


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
