"""A language model's text as it comes → statements, each checked against the passages and cited by code.

What a model writes as a source is only a hint where to look: a citation is made from the sentences of a passage that
a statement agrees with, and from nothing else.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from yinju.answering.claims import ClaimCheck, check_claim
from yinju.answering.generated.markers import Said, StatementReader
from yinju.answering.reply import cite
from yinju.text import Script, fold, said_to
from yinju.types import Citation, Passage, Span, Statement, Verdict

MOST_STATEMENTS = 60
MOST_REPEATED = 20
"""So many sentences in a row that were said before end an answer: a model caught in a loop."""

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


@dataclass(frozen=True, slots=True)
class Generated:
    """How far a generated answer has come; what is in it stays as it is when more comes."""

    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    """In the order of their markers."""
    pending: str = ""
    """The beginning of the sentence being said, not checked yet."""
    declines: bool = False
    """Whether the model says that the documents do not answer."""

    @property
    def declined(self) -> bool:
        """Whether it says that, and nothing else that they bear out."""
        return self.declines and not self.borne_out

    @property
    def verdict(self) -> Verdict:
        """What the documents do for the model: *near* where it says that they do not answer, and what they say."""
        return Verdict.ANSWERED if not self.declines else Verdict.NEAR if self.borne_out else Verdict.NOTHING

    @property
    def borne_out(self) -> bool:
        """Whether a passage says the same as any of the statements; one that claims nothing is not borne out."""
        return any(statement.markers and statement.supported for statement in self.statements)


def generate(
    question: str, script: Script | None, passages: Sequence[Passage], pieces: Iterable[str], check: Check = check_claim
) -> Iterator[Generated]:
    """The answer as it grows, in a script; at least once, and last when it is whole.

    It ends early where the model repeats itself. Closing the iterator, or that end, closes `pieces`.

    Raises:
        GenerationError: as `pieces` does; what came last stays true of what was said before.
    """
    growing = _Growing(question, script, passages, check)
    reader = StatementReader(len(passages))
    shown = Generated()
    try:
        for piece in pieces:
            growing.add(reader.feed(piece))
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


class _Growing:
    """The statements and citations of an answer so far."""

    def __init__(self, question: str, script: Script | None, passages: Sequence[Passage], check: Check) -> None:
        """Start with nothing said; the question said back to the asker is a repetition."""
        self._question, self._script, self._passages, self._check = question, script, passages, check
        self._statements: list[Statement] = []
        self._citations: list[Citation] = []
        self._markers: dict[tuple[int, int, int], int] = {}
        self._said = {question.strip()}
        self._repeated = 0
        self._declined = False

    @property
    def ended(self) -> bool:
        """Whether nothing more is to be read."""
        return self._repeated >= MOST_REPEATED or len(self._statements) >= MOST_STATEMENTS

    def add(self, said: Iterable[Said]) -> None:
        """Check sentences and take them in, until the end is reached."""
        for sentence in said:
            if self.ended:
                return
            self._repeated = self._repeated + 1 if sentence.text in self._said else 0
            if not self._repeated:
                self._said.add(sentence.text)
                self._statements.append(self._statement(sentence))

    def state(self, pending: str) -> Generated:
        """The answer so far, with the beginning of what is being said."""
        return Generated(
            tuple(self._statements), tuple(self._citations), self._written(pending), declines=self._declined
        )

    def _statement(self, sentence: Said) -> Statement:
        text = self._written(sentence.text)
        if declines(text):
            self._declined = True
            return Statement(text, (), new_line=sentence.new_line)
        verdict = self._check(text, self._passages, [number - 1 for number in sentence.numbers])
        markers: tuple[int, ...] = ()
        if verdict.source is not None:
            markers = (self._cite(verdict.source, verdict.sentences),)
        return Statement(text, markers, verdict.disagreement, new_line=sentence.new_line)

    def _cite(self, source: int, sentences: Span | None) -> int:
        """The marker of a passage's sentences, a new one where they are cited for the first time."""
        passage = self._passages[source]
        spans = passage.sentences[slice(*sentences)] if sentences else ()
        start, end = (spans[0][0], spans[-1][1]) if spans else (0, len(passage.text))
        marker = self._markers.setdefault((source, start, end), len(self._citations) + 1)
        if marker > len(self._citations):
            self._citations.append(cite(passage, start, end, marker))
        return marker

    def _written(self, text: str) -> str:
        return said_to(self._question, self._script, text) if self._script else text
