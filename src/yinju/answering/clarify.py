"""A question that names no target → the readings that the documents have for it, each with its source, and asks which.

「保證金多少」 asks for a value that several documents, or several entries of one, have each its own of. What names a
document, a row or anything else beside the thing itself is not asked back, nor is what all readings agree on.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from yinju.answering.outline.sections import Line, lines_of
from yinju.answering.outline.writing import said, without_number
from yinju.answering.reply import Reply, cite
from yinju.answering.titles import Name, titles_of, units
from yinju.messages import Language, say
from yinju.retrieval import Evidence, Retriever
from yinju.retrieval.answer_types import asked_value
from yinju.retrieval.candidates import Candidate
from yinju.retrieval.lookup import families_in, outdated_documents
from yinju.retrieval.thesaurus import wordings
from yinju.text import said_to, script_of, search_form, words
from yinju.types import Block, BlockKind, Citation, Passage, Span, Statement, Verdict

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

NEAR = 16
"""Characters between what is asked for and a value of it, at most."""

LONGEST_NAME = 14
"""Characters of what a record is called."""

LEAVE = re.compile("可以|不得|不可|不能|得以|免[费收]|不退|退[^款货证件休出]|全额退|须|需|不准|禁止|谢绝|恕")
"""What grants or refuses, in the clause that speaks of it."""

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


@dataclass(frozen=True, slots=True)
class Subject:
    """What is asked for, in search form."""

    word: str
    others: tuple[str, ...]
    """Words that mean the same."""
    gives: re.Pattern[str]
    """What is a value of it."""

    def places(self, form: str, direct: bool) -> list[Span]:
        """Where a search form speaks of it, in its own word or, not `direct`, in others that mean the same."""
        own = [self.word] if direct else self.others
        found = [match.span() for one in own for match in re.finditer(re.escape(one), form)]
        if len(self.word) == 1 and direct:  # 借 is in 借期, and not in 停借
            begun = {word for word in words(form) if word.startswith(self.word)}
            found = [span for span in found if any(form.startswith(word, span[0]) for word in begun)]
        return found

    def values(self, form: str, spoken_of: list[Span] | None = None) -> frozenset[str]:
        """The values in a search form, those near to where it is spoken of; with None all."""
        if self.gives is LEAVE:
            clauses = re.split("[,;。:!?]", form)
            return frozenset(one for one in clauses if self._speaks(one) and LEAVE.search(one))
        found = self.gives.finditer(form)
        return frozenset(re.sub(r"[\s,]", "", one.group()) for one in found if _is_near(one.span(), spoken_of))

    def _speaks(self, form: str) -> bool:
        return bool(self.places(form, True) or self.places(form, False))


def _is_near(value: Span, spoken_of: list[Span] | None) -> bool:
    return spoken_of is None or any(value[0] - end <= NEAR and start - value[1] <= NEAR for start, end in spoken_of)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document or entry says."""

    line: Line
    values: frozenset[str]
    target: str
    """What it is said of: the name of a row or record, an article, a heading."""
    text: str
    direct: bool
    """Whether it speaks of what is asked for in the very word."""
    column: str = ""
    """Of a row's cell: what its column is called."""

    @property
    def document(self) -> str:
        """The document that says it."""
        return self.line.passage.document


def clarification(retriever: Retriever, evidence: Evidence, language: Language) -> Reply | None:
    """The readings of a question that names no target, and which is meant; None where it names one, or all agree."""
    form = evidence.query.form.strip(" ?。!")
    gives = asked_value(form) or (LEAVE if _MAY.search(form) else None)
    asked, leave = _asked_for(form), gives is LEAVE
    if gives is None or len(asked) < 1 + leave or len(form) > LONGEST or _OTHER.search(form):
        return None
    facts = retriever.generation.documents.facts()
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


def readings_of(candidate: Candidate, subject: Subject) -> Iterator[Reading]:
    """What a passage says of what is asked for, in reading order."""
    passage = candidate.passage
    heading = passage.headings[-1] if passage.headings else ""
    for direct in (True, False):
        spoken_of = subject.places(search_form(heading), direct)
        if spoken_of and (values := subject.values(search_form(heading), spoken_of)):
            start, end = passage.sentences[0]
            yield Reading(Line(passage, start, end, None), values, heading, heading, direct)
            return
        rows = [*_rows(passage, subject, direct, bool(spoken_of))]
        found = rows or [*_sentences(passage, subject, direct, bool(spoken_of))]
        if found:
            yield from found
            return


def _rows(passage: Passage, subject: Subject, direct: bool, headed: bool) -> Iterator[Reading]:
    """Of each row the cell that gives a value: below a head that is asked for, or wherever its table or row is."""
    for (start, end), block in zip(passage.sentences, passage.blocks_of_sentences(), strict=True):
        if block is None or block.kind is not BlockKind.ROW:
            continue
        cells = [passage.text[block.start + a : block.start + b].strip() for a, b in block.cell_spans()]
        name = next((cell for cell in cells if cell), "")
        named = headed or bool(subject.places(search_form(name), direct))
        for head, cell in zip(block.heads or [""] * len(cells), cells, strict=False):
            asked = named or bool(subject.places(search_form(head), direct))
            values = subject.values(search_form(f"{head}：{cell}")) if asked and cell and cell != name else None
            if values:
                line = Line(passage, start, end, block)
                yield Reading(line, values, name, f"{name}：{cell}", direct, head or "-")
                break


def _sentences(passage: Passage, subject: Subject, direct: bool, headed: bool) -> Iterator[Reading]:
    """The sentences that speak of what is asked for and give a value near it, and the points one leads in to."""
    leading = 0
    for number, line in enumerate(lines_of([passage])):
        form, block = search_form(said(line, listed=True)), line.block
        if line.kind in (BlockKind.ROW, BlockKind.HEADS, BlockKind.QUESTION) or form.endswith("?"):
            continue
        spoken_of = subject.places(form, direct)
        group = block.group if block else 0
        led = group > 0 and group == leading
        leading = group if spoken_of and form.rstrip().endswith(":") else leading
        values = subject.values(form, None if led or (headed and not number) else spoken_of)
        if values:
            short = _shortened(line, subject)
            yield Reading(short, values, _target(line, led), said(short), direct)


def _shortened(line: Line, subject: Subject) -> Line:
    """A sentence without its parts after the one that gives a value."""
    place = line.start
    for part in re.split(r"(?<=[；;])", line.text):
        place += len(part)
        if subject.values(search_form(part)):
            return Line(line.passage, line.start, place, line.block)
    return line


def _target(line: Line, led: bool) -> str:
    """What a sentence tells about: the point of a list, a record, an article, else its heading."""
    block, passage = line.block, line.passage
    if block and led:
        return block.name or block.marker
    if block and block.kind is BlockKind.FIELD:
        return block.record or _first_value(passage, block) or (passage.headings[-1] if passage.headings else "")
    if block and block.kind is BlockKind.ARTICLE:
        return block.marker
    return passage.headings[-1] if passage.headings else ""


def _first_value(passage: Passage, field: Block) -> str:
    """What a record's first field holds, if that may be a name."""
    first = next(block for block in passage.blocks if block.group == field.group)
    value = passage.text[first.start : first.end].partition(first.name)[2].strip(" :：")
    return value if len(value) <= LONGEST_NAME else ""
