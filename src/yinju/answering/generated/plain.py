"""What a language model writes → plain text, and the numbers of the passages that its brackets mean.

Every kind of bracket with nothing but numbers in it is a marker and never text: what is shown as [n] is made by code
alone. Markdown becomes plain text; HTML stays what it is, characters.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import islice
from urllib.parse import urlsplit

from yinju.text import HAN

OPENING = "\\[［【〔〖﹝⟦〚"
CLOSING = "\\]］】〕〗﹞⟧〛"
"""Brackets that markers stand in, for a character class; one kind may close what another has opened."""
MOST_NUMBERS = 5
"""So many passages may one marker name."""
_OPENING = OPENING.replace("\\", "")
LONGEST_BRACKET = 200
"""Characters between a bracket and the one that closes it."""
ENDS = "。！？｡!?…."

_SOURCE = (
    "(?:參考|参考|資料|资料|引用|信息|資訊)?(?:來源|来源|出處|出处)|引用|引文|(?:參考|参考)(?:資料|资料|文獻|文献)?"
    "|sources?|references?|refs?|citations?|cite"
)
_LABEL = (
    rf"(?:{_SOURCE}|src|ids?|docs?|documents?|passages?|webpage|note"
    "|資料|资料|文件|文檔|文档|文獻|文献|段落|片段|注|註)"
)
_DASH = "[-‐-―−~〜至到]"
_ITEM = rf"(?:{_LABEL} ?[:#._]? ?)?[\^#第]?(?:-?\d{{1,3}} ?{_DASH} ?-?\d+|-?\d+) ?[段.]?"
_MARKER = re.compile(
    rf"\^?{_ITEM}(?:(?: ?[,、;&|和及與与] ?| ){_ITEM})*(?:[,:] ?(?:pp?\.?|頁|页|第|page) ?\d.*)?|\d+†.*", re.IGNORECASE
)
_NO_NUMBER = re.compile(rf"[ ,、;^-]*|\d+:\d+†.*|(?:{_SOURCE}) ?\d* ?:.*", re.IGNORECASE)
_NUMBERS = re.compile(rf"(-?\d+)(?: ?{_DASH} ?(-?\d+))?")
_YEAR = re.compile(r"(?:19|20)\d\d")

_BRACKETED = re.compile(f"([{OPENING}])([^{OPENING}{CLOSING}\n]*)[{CLOSING}]")
_IMAGE = re.compile(r"!\[[^\[\]\n]*\]\([^)\n]*(?:\)|(?=\n)|\Z)")
_LINK = re.compile(r"\[([^\[\]\n]*)\]\(([^)\n]*)\)")
RAISED = re.compile(rf"(?<![^{ENDS}」』”’）》】〉〕)\]\"'*`\s{HAN}])(?<![米尺里寸码碼分])[⁰¹²³⁴-⁹]{{1,20}}")
"""A raised number that refers to what stands before it; 米² and m² are units."""
_ADDRESS = re.compile(
    r"\s*<?(?:[a-z][a-z0-9+.-]*:|//|/|#|\.\.?/|[a-z0-9-]+(?:\.[a-z0-9-]+)+(?=[/:?#>\s]|$))[^\s>]*>?(?:\s+[\"'(].*)?\s*",
    re.IGNORECASE,
)
_TAKEN_OUT = "\ue000"
"""Stands where a marker was; `seen` leaves none in a text."""
_GAP = re.compile(f" *{_TAKEN_OUT}[ {_TAKEN_OUT}]*")
_NO_SPACE_BEFORE = re.compile(r"[，。、；：！？｡,.;:!?…」』”’）》】)]|$")
_SPACE = re.compile("[ \t\u00a0\u3000]+")
_EMPHASIS = re.compile(r"(?<![0-9A-Za-z])\*{2,}|\*{2,}(?![0-9A-Za-z])|`|\\(?=[\[\]*_`#>!])")
_ITALIC = re.compile(r"(?<![0-9A-Za-z*])\*([^\s*](?:[^*\n]*[^\s*])?)\*(?![0-9A-Za-z*])")
_FENCE = re.compile(r"\s*(?:```|~~~)[\w+#.-]*\s*")
_LINE_START = re.compile(r"\s*(?:>\s*)*(?:(?:#{1,6}|[-*+•])(?:\s+|$))?")
_ANY_BRACKET = re.compile(f"[{OPENING}{CLOSING}]")
MOST_NESTED = 20
"""How deep brackets may be nested and still be read; deeper ones are taken out of their sentence."""
_HALF = re.compile(rf"(?:\s*{_LABEL})?[\s\d,、^:#-]*", re.IGNORECASE)
_HALF_AT_START = re.compile(rf"^(?:[\s\d,、^-]*[{CLOSING}])+")


_LINE_END = re.compile("[\v\f\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\r\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ue000\U000e0000-\U000e007f]"
)
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


def seen(text: str) -> str:
    """A text without control characters and those that cannot be seen or turn the direction of writing.

    Every kind of line end is a newline; what joins and varies the characters of an emoji stays.
    """
    return _UNSEEN.sub("", _LINE_END.sub("\n", _HALF_CHARACTER.sub("\ufffd", text)))


@lru_cache(maxsize=4_096)
def read_marker(inside: str, count: int, opening: str = "[", after: str = "") -> tuple[int, ...] | None:
    """The numbers from 1 to `count` that stand in a bracket, each once; None where the bracket is content.

    A year is content in 〔2024〕 and before the number of a decree, as in [2024]1號.
    """
    written = _comparable(inside)
    if _YEAR.fullmatch(written) and (opening == "〔" or re.match("[0-9第号號]", after)):
        return None
    if not _MARKER.fullmatch(written):
        return () if _NO_NUMBER.fullmatch(written) else None
    numbers: dict[int, None] = {}
    for first, last in _NUMBERS.findall(written.partition("†")[0]):
        low, high = int(first), int(last or first)
        numbers |= dict.fromkeys(islice(range(max(low, 1), min(high, count) + 1), MOST_NUMBERS))
    return tuple(islice(numbers, MOST_NUMBERS))


def _comparable(inside: str) -> str:
    """The inside of a bracket without what cannot be seen, accents and emphasis; full-width forms unified."""
    unified = unicodedata.normalize("NFKC", inside)
    seen = (c for c in unified if c not in "*_`\\" and unicodedata.category(c) not in {"Cf", "Cc", "Mn", "Me"})
    return " ".join("".join(seen).split())


def is_address(text: str) -> bool:
    """Whether what stands in the parentheses of a link is one, and not a remark."""
    return _ADDRESS.fullmatch(text) is not None


def _shown_link(text: str, address: str) -> str:
    """A link as text, its full host visible; an address within the page or of another kind shows nothing."""
    bare = address.strip().strip("<>").split(maxsplit=1)
    try:
        host = urlsplit(bare[0] if "//" in bare[0] else f"//{bare[0]}").netloc.rpartition("@")[2] if bare else ""
    except ValueError:
        host = bare[0]
    shows = bare and not re.match(r"(?:/(?!/)|#|\.|(?!https?:)[a-z+-]+:)", bare[0], re.IGNORECASE)
    return f"{text}（{host}）" if shows and host and text.strip() not in {host, bare[0]} else text


def to_plain(text: str, count: int, line_start: bool = False) -> tuple[str, list[int]]:
    """A sentence without markup, markers and halves of them at its ends, and the numbers that were in it.

    What is taken out can bring a marker together that was none before, as in [[1]2]: until nothing changes.
    """
    numbers: list[int] = []

    def bracket(found: re.Match[str]) -> str:
        meant = read_marker(found[2], count, found[1], found.string[found.end() : found.end() + 1])
        numbers.extend(meant or ())
        return found.group() if meant is None else _TAKEN_OUT

    def link(found: re.Match[str]) -> str:
        if not is_address(found[2]):
            return found.group()
        meant = read_marker(found[1], count)
        numbers.extend(meant or ())
        return _shown_link(found[1], found[2]) if meant is None else _TAKEN_OUT

    def raised(found: re.Match[str]) -> str:
        numbers.extend(read_marker(found.group(), count) or ())
        return _TAKEN_OUT

    text = _SPACE.sub(" ", text)
    if line_start:
        text = "" if _FENCE.fullmatch(text) else text[match.end() :] if (match := _LINE_START.match(text)) else text
    for _ in range(MOST_NESTED):
        before = text
        text = _LINK.sub(link, _IMAGE.sub("", _ITALIC.sub(r"\1", _EMPHASIS.sub("", text))))
        text = _GAP.sub(_parted, RAISED.sub(raised, _BRACKETED.sub(bracket, text)))
        text = _HALF_AT_START.sub("", _without_half_at_end(text)).strip()
        if text == before:
            break
    else:
        text = _ANY_BRACKET.sub("", text)
    return text, list(dict.fromkeys(numbers))


def _parted(gap: re.Match[str]) -> str:
    """What stands where a marker was: a space between words, nothing before punctuation."""
    before, after = gap.string[: gap.start()][-1:], gap.string[gap.end() :][:1]
    if " " in gap.group():
        return "" if _NO_SPACE_BEFORE.match(after) else " "
    return " " if before and before.isascii() and after.isascii() and after.isalnum() else ""


def _without_half_at_end(text: str) -> str:
    """A sentence without brackets that open at its end and hold nothing but what a marker does."""
    body = text.rstrip(ENDS)
    marks = text[len(body) :]
    while (at := max(map(body.rfind, _OPENING))) >= 0 and _HALF.fullmatch(body, at + 1):
        body = body[:at].rstrip(_OPENING)
    return body + marks


def without_markers(text: str) -> str:
    """A text in which every bracket that would be read as a marker has become ordinary parentheses: [1] → (1)."""

    def bracket(found: re.Match[str]) -> str:
        after = text[found.end() : found.end() + 1]
        return found.group() if read_marker(found[2], 0, found[1], after) is None else f"({found[2]})"

    return _BRACKETED.sub(bracket, text)
