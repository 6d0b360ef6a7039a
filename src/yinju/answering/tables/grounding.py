"""A question and a table → what each word of the question stands for in it, and the words that it does not explain."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from yinju.answering.tables.bounds import bound_senses
from yinju.answering.tables.grid import Grid
from yinju.answering.tables.lexicon import EITHER, HAS, HAS_NOT, HEADCOUNT, NAMELESS, PER, PERSONS, TIMED, VALUES
from yinju.answering.tables.linking import held_words, letter_senses, titled_senses, whole_names
from yinju.answering.tables.names import Role, Sense
from yinju.answering.tables.question import Question, Word
from yinju.answering.tables.request import MASK, Request, read_request
from yinju.types import Span

_COMPLEMENTS = frozenset("去来到完好掉过上下起出了着成")
"""What says that something is done, behind a verb that a cell holds: 借出去."""
_ROW_WORD = 1.6
"""The weight of a word that only says what the rows are."""
_COMMON = frozenset("个些几种哪一么什次天人位多少")


@dataclass(frozen=True, slots=True)
class Grounding:
    """A question read over a table."""

    grid: Grid
    question: Question
    request: Request
    senses: tuple[Sense, ...]
    """In the order of the question."""
    rows: frozenset[int]
    """Those that all cells named have; all where none is named."""
    conflict: tuple[Sense, ...] = ()
    """Cells that are in the table, but in no row with the others."""
    unexplained: tuple[Word, ...] = ()
    unmet: tuple[Span, ...] = ()
    """Where the numbers, days and times stand that no cell meets."""

    @property
    def cells(self) -> list[Sense]:
        """What picks rows."""
        return [sense for sense in self.senses if sense.role is Role.CELL]

    @property
    def heads(self) -> list[Sense]:
        """What names columns."""
        return [sense for sense in self.senses if sense.role is Role.HEAD]

    @property
    def covered(self) -> frozenset[int]:
        """The characters that stand for something."""
        return frozenset[int]().union(*(sense.places for sense in self.senses))


class _Choosing:
    """Senses while they are chosen, such that some row has all cells."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.chosen: list[Sense] = []
        self.conflict: list[Sense] = []
        self._columns: dict[int, frozenset[int]] = {}

    @property
    def rows(self) -> frozenset[int]:
        """The rows that all cells chosen have."""
        return frozenset.intersection(self.grid.body | self.grid.totals, *self._columns.values())

    @property
    def covered(self) -> set[int]:
        return set[int]().union(*(sense.places for sense in self.chosen))

    def take(self, senses: Sequence[Sense]) -> bool:
        """Choose the first of some senses that goes with those chosen; of columns all. False where none does."""
        for sense in senses:
            if sense.role is Role.HEAD:
                self.chosen += [one for one in senses if one.role is Role.HEAD and one.weight == sense.weight]
                return True
            if sense.role is Role.CONTEXT:
                self.chosen.append(sense)
                return True
            before = self._columns.get(sense.column)
            rows = sense.rows if before is None else (before & sense.rows) or (before | sense.rows)
            others = (own for column, own in self._columns.items() if column != sense.column)
            if frozenset.intersection(rows, *others) or not sense.rows:
                self._columns[sense.column] = rows
                self.chosen.append(sense)
                return True
        return False


def ground(question: Question, grid: Grid) -> Grounding:
    """The question read over a table."""
    names = whole_names(question, grid)
    masked = _masked(question.form, (group[0].places for group in names))
    request = read_request(masked)
    heads = [sense for group in names for sense in group if sense.role is Role.HEAD]
    bounds = bound_senses(question, grid, _masked(masked, [request.taken]), heads)
    choosing = _Choosing(grid)
    for group in (*names, *bounds):
        group = sorted(group, key=lambda sense: -sense.weight)
        if group[0].weight < 0:
            continue  # a number that nothing explains
        taken = choosing.take(_as_flags(question, grid, group))
        if not taken and not (group[0].is_amount and question.form[group[0].span[0]] == "一"):
            choosing.conflict.append(group[0])
    explained = choosing.covered | request.taken | {n for sense in choosing.conflict for n in sense.places}
    explained |= {n for group in bounds for sense in group for n in sense.places}
    looked_for = question.telling | question.doing
    _take_words(question, grid, choosing, [n for n in sorted(looked_for) if n not in explained])
    choosing.chosen += _row_words(question, grid, request, explained | choosing.covered - request.taken)
    senses = tuple(sorted(_agreed(choosing.chosen), key=lambda sense: sense.span))
    found = Grounding(grid, question, request, senses, choosing.rows, tuple(choosing.conflict))
    unmet = {n for group in bounds if group[0].weight < 0 for n in group[0].places}
    spans = tuple(group[0].span for group in bounds if group[0].weight < 0)
    return replace(found, unexplained=_unexplained(found, unmet), unmet=spans)


def _agreed(senses: Sequence[Sense]) -> list[Sense]:
    """The senses, of columns those that two words have in common where they have: 進階 and 女 of 進階 女."""
    columns: dict[frozenset[int], set[int]] = {}
    for sense in senses:
        if sense.role is Role.HEAD:
            columns.setdefault(sense.places, set()).add(sense.column)
    for one, own in columns.items():
        for other, its in columns.items():
            if one is not other and own & its and (len(own) > 1 or len(its) > 1):
                columns[one] = columns[other] = own = own & its
    return [s for s in senses if s.role is not Role.HEAD or s.column in columns[s.places]]


def _row_words(question: Question, grid: Grid, request: Request, explained: set[int]) -> list[Sense]:
    """The short words that call what the rows are, also where they only count them: 房子, 哪班, 一單."""
    words = [w for w in question.words if grid.calls_rows(w.text) and explained.isdisjoint(w.places)]
    found = [Sense(frozenset(word.places), Role.CONTEXT, weight=_ROW_WORD, text=word.text) for word in words]
    counted = {n for ask in request.asks if ask.is_which or ask.is_count for n in range(*ask.span)}
    counted |= {match.end() - 1 for match in PER.finditer(question.form)}
    for place in sorted(counted):
        word = question.form[place]
        if word not in _COMMON and grid.calls_rows(word):
            found.append(Sense(frozenset((place,)), Role.CONTEXT, weight=_ROW_WORD, text=word))
    return found


def _masked(form: str, taken: Iterable[frozenset[int]]) -> str:
    places = frozenset[int]().union(*taken)
    return "".join(MASK if n in places else character for n, character in enumerate(form))


def _as_flags(question: Question, grid: Grid, group: Sequence[Sense]) -> list[Sense]:
    """The senses; the head of a column that says yes or no picks the rows that say so where the question has one."""
    return [_as_flag(question, grid, sense) or sense for sense in group]


def _as_flag(question: Question, grid: Grid, sense: Sense) -> Sense | None:
    before = question.form[: sense.span[0]]
    column = grid.columns[sense.column]
    no = HAS_NOT.search(before)
    has = no or HAS.search(before)
    if sense.role is not Role.HEAD or not has or EITHER.search(before) or "吗" in question.form:
        return None
    rows = frozenset(n for n in grid.body if column.says(n, yes=not no))
    if not column.is_flag and not (no and rows and not column.quantities):
        return None
    return replace(sense, places=sense.places | {*range(*has.span())}, role=Role.CELL, rows=rows)


def _take_words(question: Question, grid: Grid, choosing: _Choosing, free: Sequence[int]) -> None:
    """Choose senses for the words that no name explains: those first that explain most."""
    pool = [*held_words(question, grid, free)]
    pool += [*letter_senses(question, grid, free), *titled_senses(question, grid, free)]
    open_places = set(free)
    while pool:
        columns = {sense.column for sense in choosing.chosen}
        best = max(pool, key=lambda s: (s.weight * len(s.places & open_places), s.column in columns, s.weight))
        if not best.places & open_places:
            break
        alike = [
            s for s in pool if s.role is best.role is Role.HEAD and (s.places, s.weight) == (best.places, best.weight)
        ]
        if choosing.take(_as_flags(question, grid, [best, *(s for s in alike if s is not best)])):
            open_places -= best.places
        pool = [sense for sense in pool if sense is not best and sense.places & open_places]


def _unexplained(found: Grounding, unmet: set[int]) -> tuple[Word, ...]:
    """The telling words that stand for nothing in the table."""
    covered = found.covered | found.request.taken | {n for sense in found.conflict for n in sense.places}
    numeric = _beside_numbers(found)
    left = []
    for word in found.question.words:
        missing = [n for n in word.places if n in unmet or (n in found.question.telling and n not in covered)]
        if word.text[0] in "几多哪" and found.request.taken & {*word.places}:
            continue
        named = word.text in VALUES and {word.start, word.end - 1} & numeric
        if missing and not (named or _is_touched(found, word, missing) or _is_kind_of_rows(found, word)):
            left.append(word)
    return tuple(left)


def _is_kind_of_rows(found: Grounding, word: Word) -> bool:
    """Whether a word says what kind of thing is asked for where the table leaves that open: 哪種茶 below 品名.

    Something else of the question must be a name that the table has.
    """
    grid = found.grid
    if not NAMELESS.fullmatch(grid.columns[grid.naming].head) or not any(sense.is_whole for sense in found.senses):
        return False
    form = found.question.form
    asking = [ask.span for ask in found.request.asks if ask.is_which or ask.is_count]
    picked = form[word.start - 1 : word.start] == "的"
    return any(end == word.start or (picked and form[word.end : start] in ("", "有", "是")) for start, end in asking)


def _beside_numbers(found: Grounding) -> set[int]:
    """The places beside the name of a column of numbers and, where one is named, beside a row's or a word that asks."""
    heads = [head for head in found.heads if found.grid.columns[head.column].measure]
    rows = [cell for cell in found.cells if cell.column == found.grid.naming] if heads else []
    spans = [sense.span for sense in (*heads, *rows)]
    spans += [ask.span for ask in found.request.asks] + [found.request.ranked_at] if heads else []
    return {n for start, end in spans for n in (start - 1, end)}


def _is_touched(found: Grounding, word: Word, missing: Sequence[int]) -> bool:
    """Whether what is missing of a word goes with what stands beside it, or the word calls what the rows are."""
    if found.grid.calls_rows(word.text):
        return True
    if any(head.is_whole and head.span[0] == word.start and head.places < {*word.places} for head in found.heads):
        return True
    timed = [found.grid.columns[cell.column].head for cell in found.cells if cell.is_amount]
    if word.text in TIMED and any(character in head for character in word.text for head in timed):
        return True
    if word.start in {ask.span[1] for ask in found.request.asks if ask.is_count} and PERSONS.match(word.text):
        return any(column.quantities and HEADCOUNT.search(column.head) for column in found.grid.columns)
    if len(missing) > 1:
        return False
    place = missing[0]
    if place == word.end - 1 > word.start and found.question.form[place] in _COMPLEMENTS:
        return True
    character = found.question.form[place]
    for sense in found.senses:
        head = found.grid.columns[sense.column].head if sense.column >= 0 else ""  # 級 in 級別 beside P1
        if {place - 1, place + 1} & sense.places and character in sense.text + head:
            return True
    return len(word.text) > 2 and place == word.start and word.places[1] in found.covered
