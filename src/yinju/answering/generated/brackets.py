"""A language model's text, piece by piece → text without markers and links, and where in it the markers stood.

A bracket is read once it is whole, so that the same comes out however the text is cut into pieces.
"""

import re

from yinju.answering.generated.plain import CLOSING, ENDS, LONGEST_BRACKET, OPENING, is_address, read_marker, shown_link
from yinju.text import HAN

LONGEST_ADDRESS = 2_000
MOST_MARKS = 200
"""So many may stand in an unfinished sentence and what follows it."""

_LINE_END = re.compile("[\v\f\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\r\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_SPACE = re.compile("[\t\u00a0\u3000]")
_RUN = re.compile(r" +|\n+|[^ \n]+")
_SPECIAL = re.compile(f"[{OPENING}!⁰¹²³⁴-⁹]")
_BRACKET = re.compile(f"[{OPENING}{CLOSING}\n]")
_ADDRESS_END = re.compile(r"[)\n]")
_RAISED = re.compile("[⁰¹²³⁴-⁹]{1,20}")
_BEFORE_RAISED = re.compile(rf"[{ENDS}」』”’）》】〉〕)\]\"'*`\s]|(?![米尺里寸码碼分])[{HAN}]")
"""What a raised number refers from; 米² and m² are units."""
_NO_SPACE_BEFORE = re.compile(r"[，。、；：！？｡,.;:!?…」』”’）》】)]")


def seen(text: str) -> str:
    """A text without control characters and those that cannot be seen or turn the direction of writing.

    Every kind of line end is a newline; what joins and varies the characters of an emoji stays.
    """
    return _UNSEEN.sub("", _LINE_END.sub("\n", _HALF_CHARACTER.sub("\ufffd", text)))


class BracketReader:
    """Takes a model's text as it comes; what is understood of it grows at the end of `text` and of `marks`."""

    def __init__(self, count: int) -> None:
        """Start before the first character; numbers above `count` name nothing."""
        self.text = ""
        self.marks: list[tuple[int, int]] = []
        """(place in `text`, number) in order; 0 for a marker that names nothing."""
        self._count = count
        self._held = ""
        """Not understood yet: a bracket without its end, and what follows it."""
        self._last = "\n"
        self._space = self._after_mark = self._in_image = False

    def feed(self, piece: str, final: bool = False) -> None:
        """Understand as much as can be; all where this is the end. What is not `seen` must be gone already."""
        self._held += piece
        at = 0
        while at < len(self._held):
            if self._in_image:
                at = self._skip_image(at)
                continue
            special = _SPECIAL.search(self._held, at)
            until = special.start() if special else len(self._held)
            self._append(self._held[at:until])
            at = until
            if special:
                after = self._special(at, final)
                if after is None:
                    break
                at = after
        self._held = self._held[at:]

    def drop(self, length: int) -> list[tuple[int, int]]:
        """Take characters from the beginning of `text`; the marks beyond them move along."""
        self.text = self.text[length:]
        self.marks = [(max(0, place - length), number) for place, number in self.marks]
        return self.marks

    def _skip_image(self, at: int) -> int:
        """Where an image's address, which may be a whole file, ends."""
        end = _ADDRESS_END.search(self._held, at)
        self._in_image = end is None
        if end is None:
            return len(self._held)
        return end.end() if end.group() == ")" else end.start()

    def _special(self, at: int, final: bool) -> int | None:
        """Where to read on after an exclamation mark, raised number or bracket; None while its end is not there."""
        held = self._held
        if held[at] == "!":
            if at + 1 == len(held) and not final:
                return None
            return self._bracket(at + 1, final, image=True) if held[at + 1 : at + 2] == "[" else self._literal(at)
        return self._raised(at, final) if _RAISED.match(held, at) else self._bracket(at, final)

    def _literal(self, at: int) -> int:
        self._append(self._held[at])
        return at + 1

    def _raised(self, at: int, final: bool) -> int | None:
        found = _RAISED.match(self._held, at)
        assert found
        if found.end() == len(self._held) and not final and len(found.group()) < 20:
            return None
        if _BEFORE_RAISED.match(" " if self._space else self._last):
            self._mark(read_marker(found.group(), self._count) or ())
        else:
            self._append(found.group())
        return found.end()

    def _bracket(self, at: int, final: bool, image: bool = False) -> int | None:
        """Where to read on after the bracket at a place, with the ! before it where that may make it an image."""
        held, this = self._held, at - image
        close = _BRACKET.search(held, at + 1, at + 1 + LONGEST_BRACKET)
        if close is None and len(held) < at + 1 + LONGEST_BRACKET and not final:
            return None
        if close is None or close.group() not in CLOSING:
            return self._literal(this)
        end = close.end()
        if end == len(held) and not final:
            return None
        inside, after = held[at + 1 : end - 1], held[end : end + 1]
        meant = read_marker(inside, self._count, held[at], after)
        if after == "(" and held[at] == "[":
            if image:
                self._in_image = True
                return end
            return self._link(inside, meant, end, final)
        if image:
            return end if after == "[" and meant is None else self._literal(this)
        if meant is None:
            self._append(held[at:end])
        else:
            self._mark(meant)
        return end

    def _link(self, inside: str, meant: tuple[int, ...] | None, end: int, final: bool) -> int | None:
        """Where to read on after a bracket that parentheses follow: behind them where they hold an address."""
        held, limit = self._held, end + LONGEST_ADDRESS
        close = _ADDRESS_END.search(held, end, limit)
        if close is None and len(held) < limit and not final:
            return None
        address = held[end + 1 : close.start()] if close and close.group() == ")" else ""
        linked = is_address(address)
        if meant is not None:
            self._mark(meant)
        else:
            self._append(shown_link(inside, address) if linked else f"[{inside}{held[end - 1]}")
        return close.end() if close and linked else end

    def _append(self, text: str) -> None:
        """Add text: white space once, none where a marker before punctuation was taken out."""
        for run in _RUN.findall(_SPACE.sub(" ", text)):
            if run[0] == " ":
                self._space = True
                continue
            if self._after_mark and run[0] in CLOSING and self.text[-1:] and self.text[-1] in OPENING:
                run = self._without_brackets(run)
            elif run[0] == "\n":
                run = self._new_line()
            elif self._last != "\n" and self._parted(run[0]):
                run = " " + run
            self.text += run
            self._last = run[-1:] or self._last
            self._space = self._after_mark = False

    def _without_brackets(self, run: str) -> str:
        """Take out the brackets around a marker, as in [[1]]."""
        self.text = self.text[:-1]
        self.marks = [(min(place, len(self.text)), number) for place, number in self.marks]
        self._last = self.text[-1:] or "\n"
        return run[1:]

    def _new_line(self) -> str:
        """The end of the line; nothing where the line was empty. Marks alone in a line belong to the one before."""
        if self._last != "\n":
            return "\n"
        here = len(self.text)
        self.marks = [(max(0, place - (place == here)), number) for place, number in self.marks]
        return ""

    def _parted(self, following: str) -> bool:
        """Whether a space stands before a character, or must where a marker stood."""
        if not self._after_mark:
            return self._space
        if self._space:
            return not _NO_SPACE_BEFORE.match(following)
        return self._last.isascii() and following.isascii() and following.isalnum()

    def _mark(self, numbers: tuple[int, ...]) -> None:
        self._after_mark = True
        if self.text.endswith("\\"):
            self.text = self.text[:-1]
            self._last = self.text[-1:] or "\n"
        place = len(self.text)
        known = {number for at, number in self.marks[-MOST_MARKS:] if at == place}
        self.marks += [(place, number) for number in numbers or (0,) if number not in known]
        del self.marks[MOST_MARKS:]
