"""Bytes of a text file → its characters and the name of the encoding they were in.

Every legacy encoding accepts almost any bytes, so a decoder that does not complain proves nothing. The candidates are
therefore compared by how likely their characters are in Chinese: a unigram model of six classes, which needs no data
beyond the codecs' own tables and the list of frequent characters below.
"""

import codecs
import math
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache

from yinju.errors import ReadingError
from yinju.reasons import Reason
from yinju.reasons.reason import Fact

CANDIDATES = ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5hkscs", "cp950")
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
WORST_SHARE_OF_BAD_BYTES = 0.05
WORST_SHARE_OF_CONTROLS = 0.05
FORGIVEN_CONTROLS = 2
"""A short text may hold this many in any case."""
SAMPLE_CHARACTERS = 50_000
REPLACEMENT = "\ufffd"

# The characters that make up two thirds of running Chinese or more, in either script (counted over open Wikipedia, law
# and documentation text). What matters is only that a wrong decoding rarely hits them.
FREQUENT = frozenset(
    "一七三上下不与专世业东两並个中为主义之九也书了事二于五亚些亞交产人从他代以们件任会但位体何作你使來例供依保信個值備傳元克入內全兩八公六共关其具内军决准出击分划列则创別利别到制則前劃力功加务动動務包化北区區十华单南卡原"
    "县参參及发取受口可台史号司各合同名后向告员和品員商單器四因国图國土在地场型城執基報場士处复外多大天如始委子字存学學它安完定实客家容實審对导将將專對導小少尔就展属屬山島州工已市布帝帳常平年并广序应府度建开式当录形影後得"
    "從德心必性总息您情意應成我或战戰戶户所执护报拉择持指按据接提據支收改放政教数數文料斯新方於施无日时明易是显時更書最會月有服期未本机权条来東构果查标校核格案條業構標模機檢權次款正此段每比民水求決治法活流海清港源準灣点為"
    "無然照營爾版物特状王环现現球理生產用由申电界當登發百的监目直相省看知确示种科称移程種稱立第等算管米类系紀約組結給統經維網線縣總约级线组经结统编置羅美義者而职联聯職能自至臺與色节花華营著處行術表被裝西要規視规视解訂計訊"
    "記設許該認說調請證議護變计认议记设证该语请调費資责资赛起路車軍轉车转辦达过运还这进选這通造進運過道達選部都配里重量金錄長长開間關门问间队限院除集電需面項領額類项题首馬驗體高點"
)
PUNCTUATION = frozenset("，。、；：？！「」『』（）《》〈〉【】“”‘’—…·～％　")

# Natural logarithms of the chance of one character of a class: the class's share of Chinese text over its size.
FREQUENT_CHARACTER = math.log(0.75 / len(FREQUENT))
COMMON_CHARACTER = math.log(0.2 / 7_000)
RARE_CHARACTER = math.log(0.01 / 90_000)
PUNCTUATION_MARK = math.log(0.1 / len(PUNCTUATION))
# ASCII is rated above its share of Chinese text: English read as UTF-16 is Chinese characters of half the number.
ASCII_CHARACTER = math.log(0.5 / 95)
FOREIGN_CHARACTER = math.log(0.001 / 30_000)
IMPOSSIBLE_CHARACTER = math.log(1e-11)
DECLARED_BONUS = 5.0
"""A page's own statement of its encoding breaks near ties and nothing more: it is often wrong."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how it was found; `first_bad` is a byte offset, None when every byte could be decoded."""

    text: str
    encoding: str
    bad: int = 0
    first_bad: int | None = None

    @property
    def warning(self) -> Reason | None:
        """What to tell the reader about undecodable bytes; None when there were none."""
        facts: dict[str, Fact] = {"encoding": self.encoding, "bad": self.bad, "first": self.first_bad or 0}
        return Reason("bad_bytes", facts) if self.bad else None


def decode_text(data: bytes, declared: str | None = None) -> Decoded:
    """The text of a file without its byte order mark, decoded by the likeliest encoding.

    `declared` is what the file says of itself (an HTML meta); it is one more candidate, not an order.

    Raises:
        ReadingError: `undecodable` when over 5 % of the bytes are bad, `unknown_format` when it is no text at all.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _checked(_decode(data[len(mark) :], encoding, offset=len(mark)), len(data))
    if 0 not in data:
        try:
            return Decoded(data.decode("utf-8"), "utf-8")
        except UnicodeDecodeError:
            pass
    return _checked(_likeliest(data, declared), len(data))


def likelihood(text: str) -> float:
    """The log probability of a text's characters under a rough model of Chinese; higher is likelier."""
    return sum(count * _character_likelihood(character) for character, count in Counter(text).items())


def _likeliest(data: bytes, declared: str | None) -> Decoded:
    """The candidate decoding that looks most like Chinese."""
    candidates = [name for name in CANDIDATES if len(data) % 2 == 0 or not name.startswith("utf-16")]
    known = _known_codec(declared)
    if known and known not in candidates:
        candidates.append(known)
    sample = _sample(data)
    scores = {
        name: likelihood(sample.decode(name, errors="replace")) + DECLARED_BONUS * (name == known)
        for name in candidates
    }
    return _decode(data, max(candidates, key=scores.__getitem__))


def _sample(data: bytes) -> bytes:
    """The stretch of a long file that tells encodings apart: from shortly before its first non-ASCII byte on."""
    if len(data) <= SAMPLE_CHARACTERS:
        return data
    ascii_head = len(data) - len(data.lstrip(bytes(range(1, 128))))
    start = max(0, min(ascii_head, len(data) - SAMPLE_CHARACTERS)) & ~1  # even, so that UTF-16 stays in step
    return data[start : start + SAMPLE_CHARACTERS]


def _known_codec(declared: str | None) -> str | None:
    """Python's superset of a declared encoding, or None for none, an unknown one or one that is no text encoding."""
    if not declared:
        return None
    try:
        name = codecs.lookup(declared.strip()).name
    except (LookupError, ValueError):
        return None
    supersets = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "utf_8": "utf-8", "iso8859-1": "cp1252"}
    name = supersets.get(name, name)
    return name if getattr(codecs.lookup(name), "_is_text_encoding", False) else None


def _decode(data: bytes, encoding: str, offset: int = 0) -> Decoded:
    """The whole text in a chosen encoding, bad bytes replaced, counted, and the first one located."""
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        text = data.decode(encoding, errors="replace")
        return Decoded(text, encoding, max(1, text.count(REPLACEMENT)), error.start + offset)


def _checked(decoded: Decoded, size: int) -> Decoded:
    """The same decoding, once it is known to be text with few enough bad bytes."""
    text = decoded.text
    odd = sum(count for character, count in Counter(text).items() if unicodedata.category(character) in ("Cc", "Co"))
    odd -= sum(map(text.count, "\t\n\r\f\v"))
    if odd > max(FORGIVEN_CONTROLS, WORST_SHARE_OF_CONTROLS * len(text)):
        raise ReadingError("unknown_format.binary")
    if decoded.bad > WORST_SHARE_OF_BAD_BYTES * size:
        raise ReadingError(
            "undecodable", size=size, bad=decoded.bad, encoding=decoded.encoding, first=decoded.first_bad or 0
        )
    return decoded


@cache
def _character_likelihood(character: str) -> float:
    """The log probability of one character, by its class."""
    if character in FREQUENT:
        return FREQUENT_CHARACTER
    if character in PUNCTUATION:
        return PUNCTUATION_MARK
    if character.isascii():
        return ASCII_CHARACTER if character.isprintable() or character in "\t\n\r" else IMPOSSIBLE_CHARACTER
    if character == REPLACEMENT or unicodedata.category(character) in ("Cc", "Co", "Cn", "Cs"):
        return IMPOSSIBLE_CHARACTER
    if "CJK UNIFIED" in unicodedata.name(character, ""):
        return COMMON_CHARACTER if _is_common(character) else RARE_CHARACTER
    return FOREIGN_CHARACTER


def _is_common(character: str) -> bool:
    """Whether GB 2312 or Big5 lists a character among its everyday ones (level 1 of either standard)."""
    simplified = character.encode("gb2312", errors="ignore")
    traditional = character.encode("big5", errors="ignore")
    return b"\xb0" <= simplified[:1] <= b"\xd7" or b"\xa4" <= traditional[:1] <= b"\xc6"
