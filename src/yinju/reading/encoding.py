"""Bytes of a text file → its characters and the name of the encoding they were in.

Every legacy encoding accepts almost any bytes, so a decoder that does not complain proves nothing. The candidates are
therefore compared by how likely their characters are in Chinese. Where that leaves a doubt, the file says so.
"""

import codecs
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import filterfalse

from yinju.errors import ReadingError
from yinju.reading.likelihood import FOREIGN_CHARACTER, REPLACEMENT, SYMBOL, character_likelihood, likelihood
from yinju.reasons.reason import Fact, Reason

CANDIDATES = ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5hkscs", "cp950")
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
UTF_32 = {"utf-32-le": (3, 2), "utf-32-be": (0, 1)}
"""Where in the four bytes of a character those two stand that tell its plane; the first of them is always 0."""
HIGHEST_PLANE = 3
WORST_SHARE_OF_BAD_BYTES = 0.05
WORST_SHARE_OF_CONTROLS = 0.05
FORGIVEN_CONTROLS = 2
"""A short text may hold this many in any case."""
BRIEF_BYTES = 1_000
SAMPLE_BYTES = 50_000
"""Of a file whose beginning and end do not tell its encoding at once."""
BIG5 = frozenset(("big5hkscs", "cp950"))
"""These read all but a few characters alike, so neither casts a doubt on the other."""
OTHER_LANGUAGES = {"shift_jis": ("ぁ", "ヺ"), "euc_jp": ("ぁ", "ヺ"), "euc_kr": ("가", "힣")}
"""Encodings that are never chosen unless declared, but cast a doubt, with the first and last of their own letters."""
NO_FILES = frozenset(("idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape"))
"""Python counts these among the text encodings, but no file is written in them."""

DECLARED_BONUS = 5.0
"""A page's own statement of its encoding breaks near ties and nothing more: it is often wrong."""
NEAR_TIE = 3.0
"""A runner-up that is less far behind, one in twenty, may be the right one; one of another language must be ahead."""
OWN_LETTER = -9.3
"""Of another language, in an encoding of that language: below Chinese of many names, above Korean read as Chinese."""
LEAST_LIKELY_CHINESE = -9.2
SPREAD = 6.5
LEAST_LIKELY_FEW = -13.5
"""What `_looks_wrong` draws the line by: one in a thousand stretches of Wikipedia is below it, at any length."""
LEAST_COUNTED = -14.0
"""A name in rare characters or foreign letters is no sign of a wrong decoding, so none counts for less than this."""
PIECE_BYTES = 60
"""A part of a file in another encoding is noticed from about this length on."""
PIECES = 2_000
"""Of a longer file, so many are looked at, evenly spread."""
FOREIGN_MARGIN = 20.0
CLEAR_LEAD = 100.0


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how it was found; `first_bad` is a byte offset, None when every byte could be decoded."""

    text: str
    encoding: str
    bad: int = 0
    first_bad: int | None = None
    doubtful: bool = False
    """Another encoding is about as likely, for all of the file or a part of it, or none makes it look like Chinese."""
    runner_up: str = ""
    """The other encoding that a doubtful text may be in."""

    @property
    def warnings(self) -> tuple[Reason, ...]:
        """What to tell the reader: bytes that could not be decoded, and a doubt about the encoding."""
        found = []
        if self.bad:
            facts: dict[str, Fact] = {"encoding": self.encoding, "bad": self.bad, "first": self.first_bad or 0}
            found.append(Reason("bad_bytes", facts))
        if self.doubtful:
            found.append(Reason("doubtful_encoding", {"encoding": self.encoding, "other": self.runner_up}))
        return tuple(found)


def decode_text(data: bytes, declared: str | None = None, forced: str | None = None) -> Decoded:
    """The text of a file without its byte order mark, decoded by the likeliest encoding.

    `declared` is what the file says of itself (an HTML meta); it is one more candidate, not an order. `forced` is what
    a person says of it, and is taken as it is.

    Raises:
        ReadingError: `unknown_encoding` when there is none of the name that is forced, `undecodable` when over 5 % of
            the bytes are bad, `unknown_format` when it is no text at all.
    """
    if forced is not None:
        return _checked(_forced(data, forced), len(data))
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _checked(_decode(data[len(mark) :], encoding, offset=len(mark)), len(data))
    if 0 not in data:
        try:
            return Decoded(data.decode("utf-8"), "utf-8")
        except UnicodeDecodeError:
            pass
    elif wide := next((name for name in UTF_32 if _is_utf_32(data[:BRIEF_BYTES], name)), None):
        return _checked(_decode(data, wide), len(data))
    return _checked(_likeliest(data, _superset(declared)), len(data))


def _is_utf_32(sample: bytes, encoding: str) -> bool:
    """Whether every four bytes are the number of a character in one of the planes that have any."""
    high, plane = UTF_32[encoding]
    whole = sample[: len(sample) & ~3]
    planes = whole[plane::4]
    return len(whole) >= 8 and not any(whole[high::4]) and max(planes) <= HIGHEST_PLANE and planes.count(0) > 0


def known_encoding(name: str) -> str | None:
    """Python's name of the text encoding that a person or a file means by `name`, or None where it knows none."""
    try:
        found = codecs.lookup(name.strip())
    except (LookupError, ValueError):
        return None
    usable = getattr(found, "_is_text_encoding", False) and found.name.replace("-", "_") not in NO_FILES
    return found.name if usable else None


def _forced(data: bytes, name: str) -> Decoded:
    """The text in the encoding that a person named, without its mark if it has one."""
    encoding = known_encoding(name)
    if encoding is None:
        raise ReadingError("unknown_encoding", name=name)
    for mark, marked in BYTE_ORDER_MARKS:
        if data.startswith(mark) and marked.startswith(encoding):
            return _decode(data[len(mark) :], marked, offset=len(mark))
    return _decode(data, encoding)


def _likeliest(data: bytes, declared: str | None) -> Decoded:
    """The candidate decoding that looks most like Chinese, flagged where that says little."""
    sample = _sample(data, BRIEF_BYTES)
    ending = data[-BRIEF_BYTES:].partition(b"\n")[2]
    first, second, lead = _compare(sample, declared)
    if len(sample) < len(data) and not (lead > CLEAR_LEAD and _is_clearly(ending, first, declared)):
        sample = _sample(data, SAMPLE_BYTES)
        first, second, lead = _compare(sample, declared)
    decoded = _decode(data, first)
    if lead < 0 or _looks_wrong(sample.decode(first, errors="replace")):
        return replace(decoded, doubtful=True, runner_up=second)
    if not first.startswith("utf-16"):
        for piece in _pieces(data):
            if foreign := _foreign_encoding(piece, first):
                return replace(decoded, doubtful=True, runner_up=foreign)
    return decoded


def _compare(sample: bytes, declared: str | None) -> tuple[str, str, float]:
    """The likeliest encoding of a stretch, the one after it, and how far that is behind, doubts counted in."""
    candidates = dict.fromkeys((*CANDIDATES, declared) if declared else CANDIDATES)
    scores = {
        name: likelihood(sample.decode(name, errors="replace")) + DECLARED_BONUS * (name == declared)
        for name in candidates
    }
    first, *others = sorted(scores, key=scores.__getitem__, reverse=True)
    rivals = {name: scores[name] + NEAR_TIE for name in others if not {first, name} <= BIG5}
    rivals |= {name: _likelihood_elsewhere(sample, name) - NEAR_TIE for name in OTHER_LANGUAGES if name != first}
    second = max(rivals, key=rivals.__getitem__)
    return first, second, scores[first] - rivals[second]


def _is_clearly(sample: bytes, encoding: str, declared: str | None) -> bool:
    first, _, lead = _compare(sample, declared)
    return first == encoding and lead > CLEAR_LEAD


def _likelihood_elsewhere(sample: bytes, encoding: str) -> float:
    """The log probability of a text in an encoding of another language, whose own letters are then no rarity."""
    counted = Counter(sample.decode(encoding, errors="replace"))
    first, last = OTHER_LANGUAGES[encoding]
    own = sum(count for character, count in counted.items() if first <= character <= last)
    return likelihood(counted) + own * (OWN_LETTER - FOREIGN_CHARACTER)


def _looks_wrong(text: str) -> bool:
    """Whether the characters beyond ASCII are on average less likely than Chinese ones of that number ever are."""
    rated = map(character_likelihood, filterfalse(str.isascii, text))
    counted = [value if value > LEAST_COUNTED else LEAST_COUNTED for value in rated if value != SYMBOL]
    size = len(counted)
    return size > 0 and sum(counted) / size < max(LEAST_LIKELY_CHINESE - SPREAD / math.sqrt(size), LEAST_LIKELY_FEW)


def _foreign_encoding(piece: bytes, chosen: str) -> str | None:
    """The encoding that a part of a file is in, where the chosen one makes no sense of it and the other does."""
    read = piece.decode(chosen, errors="replace")
    if not _looks_wrong(read):
        return None
    for name in CANDIDATES:
        other = piece.decode(name, errors="replace")
        if likelihood(other) > likelihood(read) + FOREIGN_MARGIN and not _looks_wrong(other):
            return name
    return None


def _pieces(data: bytes) -> Iterator[bytes]:
    """Parts of a file that begin and end with a line, those of ASCII alone left out."""
    start, stride = 0, max(0, len(data) // PIECES - PIECE_BYTES)
    while start < len(data):
        end = data.find(b"\n", start + PIECE_BYTES) + 1 or len(data)
        piece = data[start:end]
        if not piece.isascii():
            yield piece
        start = data.find(b"\n", end + stride) + 1 or len(data) if stride else end


def _sample(data: bytes, size: int) -> bytes:
    """The stretch of a long file that tells encodings apart: from shortly before its first non-ASCII byte on."""
    if len(data) <= size:
        return data
    ascii_head = len(data) - len(data.lstrip(bytes(range(1, 128))))
    start = max(0, min(ascii_head, len(data) - size)) & ~1  # even, so that UTF-16 stays in step
    return data[start : start + size]


def _superset(declared: str | None) -> str | None:
    """The encoding that holds all of a declared one, or None for none, or one that is not known."""
    supersets = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "iso8859-1": "cp1252", "utf-16": None}
    name = known_encoding(declared) if declared else None
    return supersets.get(name, name) if name else None


def _decode(data: bytes, encoding: str, offset: int = 0) -> Decoded:
    """The whole text in a chosen encoding, bad bytes replaced, counted, and the first one located."""
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        text = data.decode(encoding, errors="replace")
        written = data.decode(encoding, errors="ignore").count(REPLACEMENT)
        return Decoded(text, encoding, max(1, text.count(REPLACEMENT) - written), error.start + offset)


def _checked(decoded: Decoded, size: int) -> Decoded:
    """The same decoding, once it is known to be text with few enough bad bytes."""
    text = decoded.text
    doubtful = "" if re.sub(r"[\t-\r\u3000\xa0]+", "", text).isprintable() else text  # most need not be looked through
    odd = sum(unicodedata.category(c) in ("Cc", "Co", "Cn") for c in doubtful if c not in "\t\n\r\f\v")
    if odd > max(FORGIVEN_CONTROLS, WORST_SHARE_OF_CONTROLS * len(text)):
        raise ReadingError("unknown_format.binary")
    if decoded.bad > WORST_SHARE_OF_BAD_BYTES * size:
        raise ReadingError(
            "undecodable", size=size, bad=decoded.bad, encoding=decoded.encoding, first=decoded.first_bad or 0
        )
    return decoded
