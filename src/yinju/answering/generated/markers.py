"""A language model's text, piece by piece → finished sentences as plain text, each with the numbers it names.

Where a sentence ends is seen with every marker and link masked; `to_plain` reads what is in it. A list of references
at the end is left out, for the page makes its own. However the text is cut into pieces, the sentences are the same.
"""

import re
from dataclasses import dataclass

from yinju.answering.generated.plain import (
    CLOSING,
    MOST_NESTED,
    OPENING,
    RAISED,
    is_address,
    read_marker,
    seen,
    to_plain,
)
from yinju.splitting import split_sentences
from yinju.text import has_content
from yinju.types import Span

LONGEST = 1_000
"""Characters of a sentence, beyond which it ends at its last comma, or at once."""
_STEP = 256
"""Characters read before sentences are looked for, so that a long piece costs no more than many short ones."""

_MARK, _LINKED = "\ufe42", "〇"
"""What every character of a marker or image is masked by, a mark that closes quotations; and of a link."""
_INSIDE = rf"[^{OPENING}{CLOSING}\n]{{0,200}}"
_ADDRESS = r"[^)\n\[]{0,2000}"
_IMAGE = rf"!\[{_INSIDE}\]\([^)\n]*"
"""An image's address may be a whole file."""
_TOKEN = re.compile(
    rf"(?P<image>{_IMAGE}\)?)|(?P<raised>{RAISED.pattern})"
    rf"|(?P<bracket>\\?(?P<opening>[{OPENING}])(?P<inside>{_INSIDE})[{CLOSING}])(?:\((?P<address>{_ADDRESS})\))?"
)
_UNFINISHED = re.compile(
    rf"(?:\\|!|[⁰¹²³⁴-⁹]{{1,20}}|{_IMAGE}|!?\\?[{OPENING}]{_INSIDE}(?:[{CLOSING}](?:\({_ADDRESS})?)?)\Z"
)
"""What may become a marker or link, or a longer one, with the next piece."""
_SAME_LINE = re.compile(rf"(?:{_MARK}+ *)*")
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
_LED = re.compile(rf"[\W_]*{_LIST_NUMBER}{_MARK}")
"""A line that a marker leads."""


@dataclass(frozen=True, slots=True)
class Said:
    """A finished sentence of a model, and the numbers of the passages it names, which it may be wrong about."""

    text: str
    numbers: tuple[int, ...]
    new_line: bool
    """Whether a line's end stands before it."""


def _masked(text: str) -> str:
    """A text of the same length in which no marker or address holds a sentence's end, nested ones from within."""
    for _ in range(MOST_NESTED):
        before, text = text, _TOKEN.sub(_mask, text)
        if text == before:
            break
    return text


def _mask(found: re.Match[str]) -> str:
    whole, bracket, after = found.group(), found["bracket"], found.string[found.end() : found.end() + 1]
    is_link = found["address"] is not None and is_address(found["address"])
    if bracket:
        follows = found.string[found.end("bracket") : found.end("bracket") + 1]
        if read_marker(found["inside"].replace(_MARK, ""), 0, found["opening"], follows) is None:
            return _LINKED * len(whole) if is_link else whole
        if found["address"] is not None and not is_link:
            return _MARK * len(bracket) + whole[len(bracket) :]
    parts_words = after.isascii() and after.isalnum()
    return " " * parts_words + _MARK * (len(whole) - parts_words)


class StatementReader:
    """Takes a model's text as it comes and gives each sentence once it is certain where it ends."""

    def __init__(self, count: int) -> None:
        """Start before the first character; numbers above `count` name nothing."""
        self._count = count
        self._text = ""
        """What is not finished yet."""
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
            self._text += piece[start : start + _STEP]
            self._take(final=False)
        return self._given()

    def finish(self) -> list[Said]:
        """The sentences that the end of the text finishes."""
        self._take(final=True)
        return self._given()

    @property
    def pending(self) -> str:
        """The unfinished sentence as far as it is understood, without markers and halves of them."""
        masked = self._understood()
        spans = split_sentences(masked)
        if not spans or (self._dropping and not self._line_start):
            return ""
        start, end = spans[0]
        plain, _ = to_plain(self._text[start:end], self._count, self._line_start)
        if self._line_start and self._is_reference(plain, _LED.match(masked, start) is not None):
            return ""
        return plain.rstrip("*`")

    def _given(self) -> list[Said]:
        given, self._ready = self._ready, []
        return given

    def _understood(self, final: bool = False) -> str:
        """The masked text up to what may still become a marker."""
        unfinished = None if final else _UNFINISHED.search(self._text)
        return _masked(self._text[: unfinished.start() if unfinished else len(self._text)])

    def _take(self, final: bool) -> None:
        """Finish every sentence that something other than marks and punctuation follows."""
        while spans := split_sentences(masked := self._understood(final)):
            start, end = spans[0]
            following = next((first for first, last in spans[1:] if has_content(masked[first:last])), None)
            beyond = end + LONGEST
            if end - start - masked.count(_MARK, start, end) > LONGEST:
                end = following = _cut(masked, start)
            elif following is None and len(masked) <= beyond and not final:
                return
            elif following is None:
                following = min(beyond, len(masked))
            elif "\n" not in masked[end:following] and (own := _SAME_LINE.match(masked, following)):
                following = own.end()
            self._finish_sentence(masked, (start, end), following)

    def _finish_sentence(self, masked: str, span: Span, following: int) -> None:
        """Read a sentence and take it away, with all before the sentence that follows."""
        (start, end), text = span, self._text
        begins = "\n" in text[:start]
        self._new_line |= begins
        self._line_start |= begins
        numbers = to_plain(text[end:following], self._count)[1]
        self._say(text[start:end], numbers, _LED.match(masked, start) is not None)
        self._line_start = "\n" in text[end:following]
        self._new_line |= self._line_start
        self._text = text[following:]

    def _say(self, written: str, numbers: list[int], marked: bool) -> None:
        plain, own = to_plain(written, self._count, self._line_start)
        if self._line_start and plain:
            self._dropping = self._is_reference(plain, marked)
            self._references = bool(_REFERENCES.fullmatch(plain)) or (self._references and self._dropping)
        if self._dropping or not has_content(plain):
            return
        named = tuple(dict.fromkeys([*own, *numbers]))
        self._ready.append(Said(plain, named, self._new_line and self._spoke))
        self._new_line, self._spoke = False, True

    def _is_reference(self, plain: str, marked: bool) -> bool:
        """Whether a line, by its first sentence, belongs to a list of references or is a footnote."""
        if _REFERENCES.fullmatch(plain) or _NAMED_FILE.fullmatch(plain) or (marked and plain[:1] in {":", "："}):
            return True
        return self._references and (marked or _ENTRY.fullmatch(plain) is not None)


def _cut(masked: str, start: int) -> int:
    """Where a sentence without an end is ended: at its last comma, else in the middle, but in no marker or link."""
    pauses = [found.end() for found in _PAUSE.finditer(masked, start + LONGEST // 2, start + LONGEST)]
    cut = pauses[-1] if pauses else start + LONGEST
    inside = masked[cut : cut + 1] in (_MARK, _LINKED) and masked[cut - 1 : cut] == masked[cut]
    return len(masked[:cut].rstrip(masked[cut])) or cut if inside else cut
