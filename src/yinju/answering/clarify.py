"""A question that names no target → the readings that the documents have for it, each with its source, and asks which.

「保證金多少」 asks for a value that several documents, or several entries of one, have each its own of. What names a
document, a row or anything else beside the thing itself is not asked back, nor is what all readings agree on.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from yinju.answering.outline.writing import without_number
from yinju.answering.readings import LEAVE, Reading, Subject, readings_of
from yinju.answering.reply import Reply, cite
from yinju.answering.titles import Name, titles_of, units
from yinju.answering.values import asked_value
from yinju.messages import Language, say
from yinju.retrieval import Evidence, Retriever
from yinju.retrieval.lookup import families_in, outdated_documents
from yinju.retrieval.thesaurus import wordings
from yinju.text import said_to, script_of, search_form
from yinju.types import Citation, Statement, Verdict

LONGEST = 12
"""Characters of a question, in search form, that may name no target."""
MOST_CHARACTERS = 4
"""Of what is asked for; more of them say of what, too."""
LOOKED_AT = 24
"""Passages that readings are looked for in."""
SHOWN = 5
"""Readings given."""
MANY_ROWS, NAMED_ROWS = 3, 4
"""Rows of a table from which on they are one reading beside other documents', and how many of them are said."""
MARKED = 4
"""Characters that a point may begin with before its name."""
IN_ONE = 3
"""Readings of one document that must differ, where no other has any."""

_MAY = re.compile("^(?:可以|可不可以|能不能|能否|能|要不要|需不需要|需要)")
"""Asks what is granted."""
_ASKING = re.compile(
    "多少钱|(?:多少|几)[个人位名次张本件份台间条部辆元块号点天月年日成折]*(?:小时|钱)?|多久|多长时间|什么时候|何时"
    "|哪一?天|可不可以|可以|能不能|能否|^能"
    "|需不需要|要不要|需要|怎么收|请问|我们?|你们|那|一般|大概|到底|现在|分钟|号码|[的呢吗么啊是要在有了得]"
)
"""What asks, and says nothing of what is asked for."""
_OTHER = re.compile(
    '\\d|[a-z]|[「」《》“”"、,]|第[一二三四五六七八九十]|[和与跟及]|谁|这|为什么|怎么(?!收)|如何|区别|最|总共|一共'
    "|合计|加起来|平均"
)
"""What names a target, or asks something else."""


def clarification(retriever: Retriever, evidence: Evidence, language: Language) -> Reply | None:
    """The readings of a question that names no target, and which is meant; None where it names one, or all agree."""
    form = evidence.query.form.strip(" ?。!")
    gives = asked_value(form) or (LEAVE if _MAY.search(form) else None)
    asked, leave = _asked_for(form), gives is LEAVE
    if gives is None or len(asked) < 1 + leave or len(form) > LONGEST or _OTHER.search(form):
        return None
    facts = retriever.generation.storage.facts()
    titles, subject = titles_of(facts), Subject(asked, _others(evidence.query.text, asked), gives)
    found = [reading for candidate, _ in evidence.ranked[:LOOKED_AT] for reading in readings_of(candidate, subject)]
    found = [reading for reading in found if reading.direct] or found
    called = {r.document for r in found if _is_called(titles[r.document], asked)}
    chosen = _told_apart([r for r in found if r.document in called] if called else found)
    alone = called and len({r.document for r in chosen} - outdated_documents(families_in(retriever.generation))) == 1
    if not chosen or (alone and len({r.document for r in found}) > 1):
        return None
    return _reply(evidence.query.text, chosen, titles, language)


def _asked_for(form: str) -> str:
    """What is asked for, 保證金; empty where there is nothing, or so much that it says of what."""
    rest = "".join(_ASKING.sub(" ", form).split())
    return rest if len(rest) <= MOST_CHARACTERS else ""


def _others(question: str, asked: str) -> tuple[str, ...]:
    """What else may be said for what is asked for, or for what the question asks of it: 營業時間 for 幾點關門."""
    start = search_form(question).find(asked)
    around = (w for w in wordings(question) if w.span[0] <= start and start + len(asked) <= w.span[1])
    return tuple(dict.fromkeys(other for wording in around for other in wording.others))


def _is_called(title: str, asked: str) -> bool:
    """Whether a title holds what is asked for: it is the target then."""
    return len(asked) > 1 and min(Name.of(title).held(units(asked)), default=0.0) == 1.0


def _told_apart(found: Sequence[Reading]) -> list[Reading]:
    """The readings that differ, of several documents each one's first before others; empty where too few do."""
    several = len({reading.document for reading in found}) > 1
    kept, known, count = list[tuple[int, Reading]](), set[object](), Counter[str]()
    for reading in _with_tables(found) if several else found:
        marks = (reading.document, reading.target), reading.values
        if known.isdisjoint(marks):
            known.update(marks)
            kept.append((count[reading.document], reading))
            count[reading.document] += 1
    if len(count) < 2 and len(kept) < IN_ONE:
        return []
    return [reading for _, reading in sorted(kept, key=lambda one: one[0])]


def _with_tables(found: Sequence[Reading]) -> list[Reading]:
    """The readings, many rows of one table as one, said of none of them."""
    rows = Counter((reading.document, reading.column) for reading in found if reading.column)
    merged = dict[tuple[str, str], Reading]()
    for reading in found:
        table = reading.document, reading.column
        if rows[table] < MANY_ROWS:
            merged[reading.document, f"{len(merged)}"] = reading
        elif table not in merged:
            of_table = [other for other in found if (other.document, other.column) == table]
            text = "、".join(other.text for other in of_table[:NAMED_ROWS]) + "…" * (len(of_table) > NAMED_ROWS)
            values = frozenset[str]().union(*(other.values for other in of_table))
            merged[table] = replace(reading, values=values, target="", text=text)
    return [*merged.values()]


def _reply(question: str, readings: Sequence[Reading], titles: Mapping[str, str], language: Language) -> Reply:
    """The readings, a line each, and the question asked of each."""
    script, several = script_of(question), len({reading.document for reading in readings}) > 1
    statements, citations, options = [Statement(say("clarify", language), ())], list[Citation](), list[str]()
    for marker, reading in enumerate(readings[:SHOWN], start=1):
        text, target = (said_to(question, script, one) if script else one for one in (reading.text, reading.target))
        title = f"《{titles[reading.document]}》"
        label = title if several else "" if target in text[: len(target) + MARKED] else target
        statements.append(Statement(f"{label}：{text}" if label else text, (marker,), new_line=True))
        citations.append(cite(reading.line.passage, reading.line.start, reading.line.end, marker))
        options.append(f"{title if several else without_number(target)}{question}")
    if len(readings) > SHOWN:
        statements.append(Statement(say("clarify.more", language, count=len(readings) - SHOWN), (), new_line=True))
    return Reply(Verdict.ANSWERED, tuple(statements), tuple(citations), options=tuple(dict.fromkeys(options)))
