"""A language model's text, piece by piece → finished sentences as plain text, each with the numbers it names.

pieces → `BracketReader` (text and marks) → sentences, as chunking ends them → `to_plain`; a list of references at the
end is left out, for the page makes its own. However the text is cut into pieces, the sentences are the same.
"""

import re
from dataclasses import dataclass

from yinju.answering.generated.brackets import BracketReader, seen
from yinju.answering.generated.plain import to_plain
from yinju.splitting import split_sentences
from yinju.text import has_content

LONGEST = 1_000
"""Characters of a sentence, beyond which it ends at its last comma, or at once."""
_STEP = 256
"""Characters read before sentences are looked for, so that a long piece costs no more than many short ones."""

_PAUSE = re.compile("[，、：；,;:]")
_HEADING = (
    r"\W*(?:(?:參考|参考|引用|資料|资料|數據|数据|信息|資訊)?(?:來源|来源|出處|出处)"
    r"|(?:參考|参考|引用)(?:資料|资料|文獻|文献|文件|段落)|引文|附註|附注|註釋|注释"
    r"|references?|sources?|citations?|bibliography|footnotes?)"
)
_FILE = r"[^。！？]{1,120}\.(?:pdf|docx?|txt|md|html?|xlsx?|pptx?|csv|epub)\b[^。！？]{0,120}[。.]?"
_LIST_NUMBER = r"(?:\d{1,3}[.、)]\s*)?"
_REFERENCES = re.compile(rf"{_HEADING}\W*", re.IGNORECASE)
_NAMED_FILE = re.compile(rf"{_HEADING}\s*[:：]\s*{_FILE}", re.IGNORECASE)
_ENTRY = re.compile(rf"{_LIST_NUMBER}(?:{_FILE}|(?:https?://|www\.).*)", re.IGNORECASE)
_LEAD = re.compile(rf"[\W_]*{_LIST_NUMBER}")
"""What may stand before the marker that leads a line."""


@dataclass(frozen=True, slots=True)
class Said:
    """A finished sentence of a model, and the numbers of the passages it names, which it may be wrong about."""

    text: str
    numbers: tuple[int, ...]
    new_line: bool
    """Whether a line's end stands before it."""


class StatementReader:
    """Takes a model's text as it comes and gives each sentence once it is certain where it ends."""

    def __init__(self, count: int) -> None:
        """Start before the first character; numbers above `count` name nothing."""
        self._count = count
        self._reader = BracketReader(count)
        self._ready: list[Said] = []
        self._line_start, self._new_line, self._spoke = True, False, False
        self._references = False
        """Whether a list of references has begun and nothing else came since."""
        self._dropping = False
        """Whether the rest of the line belongs to such a list."""

    def feed(self, piece: str) -> list[Said]:
        """The sentences that this piece finishes, in order."""
        piece = seen(piece)
        for start in range(0, len(piece), _STEP):
            self._reader.feed(piece[start : start + _STEP])
            self._take(final=False)
        return self._given()

    def finish(self) -> list[Said]:
        """The sentences that the end of the text finishes."""
        self._reader.feed("", final=True)
        self._take(final=True)
        return self._given()

    @property
    def pending(self) -> str:
        """The unfinished sentence as far as it is understood, without markers and halves of them."""
        spans = split_sentences(self._reader.text)
        if not spans or (self._dropping and not self._line_start):
            return ""
        start, end = spans[0]
        plain, _ = to_plain(self._reader.text[start:end], self._count, self._line_start)
        if self._line_start and self._is_reference(plain, self._marked_at(start)):
            return ""
        return plain.rstrip("*`")

    def _given(self) -> list[Said]:
        given, self._ready = self._ready, []
        return given

    def _marked_at(self, start: int) -> bool:
        """Whether a mark leads the sentence that begins at a place."""
        lead = _LEAD.match(self._reader.text, start)
        return any(place <= (lead.end() if lead else start) for place, _ in self._reader.marks)

    def _take(self, final: bool) -> None:
        """Finish every sentence that something other than marks and punctuation follows."""
        while text := self._reader.text:
            spans = split_sentences(text)
            if not spans:
                return
            start, end = spans[0]
            if end - start > LONGEST:
                places = [found.end() for found in _PAUSE.finditer(text, start + LONGEST // 2, start + LONGEST)]
                cut = places[-1] if places else start + LONGEST
                self._finish_sentence(start, cut, cut)
                continue
            following = next((first for first, last in spans[1:] if has_content(text[first:last])), None)
            beyond = end + LONGEST
            if following is not None or len(text) > beyond or final:
                self._finish_sentence(start, end, min(beyond, len(text) if following is None else following))
            else:
                return

    def _finish_sentence(self, start: int, end: int, following: int) -> None:
        """Read the sentence that ends at a place and take it away, with all before the sentence that follows."""
        reader = self._reader
        text, marked = reader.text, self._marked_at(start)
        numbers = [number for place, number in reader.marks if number and self._belongs(place, end, following)]
        reader.marks = [(at, number) for at, number in reader.marks if not self._belongs(at, end, following)]
        self._new_line |= "\n" in text[:start]
        self._line_start |= "\n" in text[:start]
        self._say(text[start:end], numbers, marked)
        self._line_start = "\n" in text[end:following]
        self._new_line |= self._line_start
        reader.drop(following)

    def _belongs(self, place: int, end: int, following: int) -> bool:
        """Whether a mark belongs to a sentence: it does unless it leads the line of the one that follows."""
        text = self._reader.text
        leads = "\n" in text[end:place] and "\n" not in text[place:following] and following < len(text)
        return place <= following and not leads

    def _say(self, written: str, numbers: list[int], marked: bool) -> None:
        plain, more = to_plain(written, self._count, self._line_start)
        if self._line_start and plain:
            self._dropping = self._is_reference(plain, marked)
            self._references = bool(_REFERENCES.fullmatch(plain)) or (self._references and self._dropping)
        if self._dropping or not has_content(plain):
            return
        named = tuple(dict.fromkeys([*numbers, *more]))
        self._ready.append(Said(plain, named, self._new_line and self._spoke))
        self._new_line, self._spoke = False, True

    def _is_reference(self, plain: str, marked: bool) -> bool:
        """Whether a line, by its first sentence, belongs to a list of references or is a footnote."""
        if _REFERENCES.fullmatch(plain) or _NAMED_FILE.fullmatch(plain) or (marked and plain[:1] in {":", "："}):
            return True
        return self._references and (marked or _ENTRY.fullmatch(plain) is not None)
