"""A language model's text as it comes → its verdict, and statements checked against the evidence and cited by code.

What a model writes as a source is only a hint where to look: a citation is made from the sentences of a passage that
a statement agrees with, and from nothing else.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from yinju.answering.claims import ClaimCheck, check_claim
from yinju.answering.generated.evidence import Piece, Source
from yinju.answering.generated.markers import Said, StatementReader
from yinju.answering.generated.told import MEANT, asks, made_of, may_tell, named_in, read_told, repeats
from yinju.answering.reply import cite
from yinju.text import Script, fold, said_to, search_form
from yinju.types import Citation, Passage, Span, Statement, Verdict

MOST_STATEMENTS = 60
MOST_REPEATED = 8
"""So many sentences in a row that were said before end an answer: a model caught in a loop."""
BORNE_OUT = 0.5
"""The share of the statements that claim something that the documents must bear out for it to be an answer."""

Check = Callable[[str, Sequence[Passage], Sequence[int]], ClaimCheck]
"""Called as check(claim, passages, preferred places of passages)."""

_DOCUMENTS = (
    "(?:这些|这份|您的|你的|以上|上述|上面的?|现有的?|所?提供的?|所给的?|给定的?|相关的?)*"
    "(?:文件|文档|资料|材料|引文|原文|段落|内容|上下文|信息)"
)
_LACK = (
    "(?:里面|当中|之中|里|中|内)?,?(?:并|都|均|也|还)?(?:没有?|未|不|无|找不到|查不到)"
    "(?:有|能|明确|直接|具体|任何|足够|回答|提及|提到|说明|找到|提供|包含|涉及|记载|写|给出)*"
)
_DECLINES = re.compile(
    rf"(?:很?抱歉|对不起|不好意思|根据|按照|依据|从|在|由于|因为|但|不过|[,:\s])*{_DOCUMENTS}{_LACK}"
    r"[^,。;]{0,25},?(?:因此|所以)?(?:我?(?:无法|不能)[^,。]{0,12})?[。.!]?"
    rf"|(?:很?抱歉|对不起|[,\s])*我?(?:无法|不能|没有?办法)(?:根据|从|在){_DOCUMENTS}[^,。]{{0,20}}[。.!]?"
)
"""Over folded text; 文件裡沒有答案。 and its like."""
_LONGEST_DECLINING = 80
_NUMBER = re.compile(r"\W*\d{1,3}\W*")
"""The number of a point, which may stand before the same again and again."""


@dataclass(frozen=True, slots=True)
class Generated:
    """How far a generated answer has come; what is in it stays as it is when more comes."""

    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    """In the order of their markers."""
    pending: str = ""
    """The beginning of the sentence being said, not checked yet."""
    declines: bool = False
    """Whether the model says in a sentence of its own that the documents do not answer."""
    told: Verdict | None = None
    """The verdict that it begins with, or that such a sentence says; None where it tells none."""
    missing: tuple[str, ...] = ()
    """Names of the question that it says are missing."""
    options: tuple[str, ...] = ()
    """Questions that it says may be meant, of the words of question and evidence."""
    looped: bool = False
    """Whether it ended in saying the same again and again."""

    @property
    def declined(self) -> bool:
        """Whether it says that the documents do not answer, and nothing else that they bear out."""
        return self.told is Verdict.NOTHING and not self.borne_out

    @property
    def verdict(self) -> Verdict:
        """What the documents do for the model: *near* where it says that they do not answer, and what they say."""
        if self.told in (None, Verdict.ANSWERED):
            return Verdict.ANSWERED
        return Verdict.NEAR if self.borne_out else Verdict.NOTHING

    @property
    def borne_out(self) -> bool:
        """Whether passages say the same as at least half of what is claimed; what claims nothing is not borne out."""
        borne = sum(bool(statement.markers) and statement.supported for statement in self.statements)
        claimed = sum(bool(statement.markers) or not statement.supported for statement in self.statements)
        return borne > 0 and borne >= BORNE_OUT * claimed


def generate(
    questions: Sequence[str],
    script: Script | None,
    evidence: Sequence[Piece],
    pieces: Iterable[str],
    check: Check = check_claim,
) -> Iterator[Generated]:
    """The answer to a question, as it was asked first and then as it is understood, in a script, as it grows.

    At least once, and last when it is whole.

    It ends early where the model repeats itself. Closing the iterator, or that end, closes `pieces`.

    Raises:
        GenerationError: as `pieces` does; what came last stays true of what was said before.
    """
    growing = _Growing(questions, script, evidence, check)
    reader = StatementReader(len(evidence))
    shown = Generated()
    try:
        for piece in pieces:
            growing.add(reader.feed(piece))
            growing.watch(reader.pending)
            state = growing.state("" if growing.ended else reader.pending)
            if state != shown:
                yield state
                shown = state
            if growing.ended:
                break
    finally:
        if close := getattr(pieces, "close", None):
            close()
    if not growing.ended:
        growing.add(reader.finish())
    yield growing.state("")


def declines(statement: str) -> bool:
    """Whether a statement says that the documents hold no answer."""
    return len(statement) <= _LONGEST_DECLINING and _DECLINES.fullmatch(fold(statement)) is not None


def _form(sentence: str) -> str:
    """What two sentences have in common that say the same in other marks."""
    return search_form(sentence).strip(" ?!。.,:;>")


class _Growing:
    """The statements and citations of an answer so far."""

    def __init__(
        self, questions: Sequence[str], script: Script | None, evidence: Sequence[Piece], check: Check
    ) -> None:
        """Start with nothing said; the question said back to the asker is a repetition."""
        self._questions, self._script, self._check, self._evidence = questions, script, check, evidence
        self._sources: list[Source] = [source for piece in evidence for source in piece.sources]
        self._numbers = [n for n, piece in enumerate(evidence, start=1) for _ in piece.sources]
        """Of each source the number of its piece."""
        self._passages = [source.passage for source in self._sources]
        self._state = Generated()
        self._markers: dict[tuple[str, int, int], int] = {}
        self._said, self._asked = set[str](), {*map(_form, questions)}
        self._meant: tuple[str, ...] = ()
        self._repeated = 0

    @property
    def ended(self) -> bool:
        """Whether nothing more is to be read."""
        return self.looped or len(self._state.statements) >= MOST_STATEMENTS

    @property
    def looped(self) -> bool:
        """Whether the same is said again and again."""
        return self._repeated >= MOST_REPEATED

    def watch(self, pending: str) -> None:
        """End where the sentence being said is the same words over and over."""
        if repeats(pending):
            self._repeated = MOST_REPEATED

    def add(self, said: Iterable[Said]) -> None:
        """Check sentences and take them in, until the end is reached."""
        for sentence in said:
            if self.ended:
                return
            self.watch(sentence.text)
            if sentence.text in self._said or _form(sentence.text) in self._asked:
                self._repeated += 1
            elif not self.looped:
                self._repeated = self._repeated if _NUMBER.fullmatch(sentence.text) else 0
                self._said.add(sentence.text)
                self._take(sentence)

    def state(self, pending: str) -> Generated:
        """The answer so far, with the beginning of what is being said."""
        shown = "" if may_tell(pending) else self._written(pending)
        return replace(self._state, pending=shown, looped=self.looped)

    def _take(self, sentence: Said) -> None:
        """What a sentence tells of the answer, else a statement of it."""
        goes_on = self._meant and not sentence.new_line  # each question may be a sentence of its own
        told = read_told(f"{MEANT}{sentence.text}" if goes_on else sentence.text)
        if told and told.missing:
            missing = tuple(map(self._written, named_in("\n".join(self._questions), told.missing)))
            self._state = replace(self._state, missing=missing)
        elif told and told.options:
            self._meant = (*self._meant, *told.options)
            known = search_form("\n".join((*self._questions, *(piece.shown for piece in self._evidence))))
            self._state = replace(self._state, options=tuple(map(self._written, made_of(known, self._meant))))
        elif told:
            self._state = replace(self._state, told=self._state.told or told.verdict)
            if told.rest:
                self._take(replace(sentence, text=told.rest))
        else:
            statement = self._statement(sentence)
            self._state = replace(self._state, statements=(*self._state.statements, statement))

    def _statement(self, sentence: Said) -> Statement:
        text = self._written(sentence.text)
        if declines(text):
            told = Verdict.NEAR if self._state.told is Verdict.NEAR else Verdict.NOTHING
            self._state = replace(self._state, declines=True, told=told)
            return Statement(text, (), new_line=sentence.new_line)
        if asks(text, "\n".join(self._questions)):
            return Statement(text, (), new_line=sentence.new_line)
        named = [n for n, number in enumerate(self._numbers) if number in sentence.numbers]
        checked = self._check(text, self._passages, named)
        markers = () if checked.source is None else self._cite(self._sources[checked.source], checked.sentences)
        return Statement(text, markers, checked.disagreement, new_line=sentence.new_line)

    def _cite(self, source: Source, sentences: Span | None) -> tuple[int, ...]:
        """The markers of a source's sentences, or of what it was worked out of."""
        if source.cited:
            cited = source.cited[slice(*sentences)] if sentences else source.cited
            return tuple(dict.fromkeys(self._marker(citation) for one in cited for citation in one))
        passage = source.passage
        spans = passage.sentences[slice(*sentences)] if sentences else ()
        start, end = (spans[0][0], spans[-1][1]) if spans else (0, len(passage.text))
        return (self._marker(cite(passage, start, end, 0)),)

    def _marker(self, citation: Citation) -> int:
        """The marker of a place, a new one where it is cited for the first time."""
        cited = self._state.citations
        marker = self._markers.setdefault((citation.document, citation.start, citation.end), len(cited) + 1)
        if marker > len(cited):
            self._state = replace(self._state, citations=(*cited, replace(citation, marker=marker)))
        return marker

    def _written(self, text: str) -> str:
        return said_to(self._questions[0], self._script, text) if self._script else text
