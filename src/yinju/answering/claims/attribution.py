"""An aligned claim and source → whether what is said is said of another name, or of another thing, than there."""

import re
from collections.abc import Iterator, Sequence

from yinju.answering.claims.alignment import Pair, words_in, words_of
from yinju.answering.claims.reading import Reading
from yinju.folding import fold
from yinju.retrieval.asked_types import SURNAMES
from yinju.segmentation import tag_of
from yinju.types import Disagreement, Span

_NAME_TAGS = ("nr", "ns", "nt", "nz")
_LATIN = re.compile(r"[^\W\d_]*[a-z][\w.+&'-]*")
_TRANSCRIBED = frozenset(
    fold(
        "阿埃艾安奧巴貝比彼賓波伯勃布查達戴丹德蒂丁杜多厄恩爾法菲費芬弗佛福蓋甘戈格古哈海漢赫亨霍基吉加傑金卡凱坎柯科克肯庫拉萊蘭勞勒雷里利莉林琳隆盧"
        "魯露倫羅洛馬瑪麥曼梅蒙米密摩莫姆穆納娜奈內尼紐諾努歐帕佩皮普奇喬瓊茹薩塞桑沙莎尚舍施史斯思松蘇索塔泰坦湯特提廷圖托瓦威韋維溫沃烏西希夏謝辛休"
        "雅亞延耶伊英尤約澤扎詹珍茲佐"
    )
)
_COMMON = re.compile("中|大|小|新|老|高|白|东|西|南|北|文|方|长|宝|明|平|安|和|金|石|龙|马|江|海|山|水|湖|河|花|关|华")
_LONGEST_REPLACED = 14
_TITLE = re.compile("《([^》]+)》")
_MARKS = re.compile(r"[\W_]")
_JOINING = frozenset("与和及的或跟")
_PARTIES = frozenset("方人者")
"""What those are called who have each their own rights and duties."""
_POINTING = frozenset("本该此各全贵我某每其对双一两他别")
_PRONOUNS = frozenset("它他她我你您该此其")


def is_latin(word: str) -> bool:
    """Whether a word is written in letters, as most brand names are."""
    return _LATIN.fullmatch(word) is not None


def is_name(word: str) -> bool:
    """Whether one word is a name: of a person, place, body or product."""
    if is_latin(word):
        return len(word) > 1
    tag = tag_of(word)
    if len(word) == 1:
        return tag.startswith("ns") and not _COMMON.match(word)
    return tag.startswith(_NAME_TAGS)


def is_noun(word: str) -> bool:
    """Whether one word is a noun, a name or unknown, and no verb, adjective, adverb or pronoun."""
    tag = tag_of(word)
    return tag == "vn" or not tag.startswith(("v", "a", "d", "p", "r", "z", "c", "u"))


def hold_name(words: Sequence[str]) -> bool:
    """Whether words that stand side by side are or hold a name, known or made as names are."""
    if any(map(is_name, words)):
        return True
    singles = ""
    for word in [*words, ""]:
        if len(word) == 1:
            singles += word
            continue
        if 2 <= len(singles) <= 3 and singles[0] in SURNAMES:
            return True
        if len(singles) >= 2 and all(c in _TRANSCRIBED for c in singles):
            return True
        singles = ""
    return False


def wrong_name(pair: Pair) -> Disagreement | None:
    """NAME where a name is not the source's, or the source says it of another one."""
    said = _MARKS.sub("", pair.source.form + pair.context)
    for title in _TITLE.findall(pair.claim.form):
        if _MARKS.sub("", title) not in said:
            return Disagreement.NAME
    runs = list(_missing_runs(pair))
    wrong = any(_is_wrong_name(pair, *run) or _is_exchanged(pair, *run) for run in runs)
    wrong = wrong or _is_half_said(pair) or _is_other_of_kind(pair)
    return Disagreement.NAME if wrong else None


def _is_other_of_kind(pair: Pair) -> bool:
    """Whether a noun stands for another of its kind, as 承租人 for 出租人, or 事假, of which the passage speaks too."""
    claim, source = pair.claim, pair.source
    ends = {last - 1: (first, last) for first, last in words_of(source)}
    for first, last in words_of(claim):
        other = ends.get(pair.places[last - 1])
        if last - first < 2 or other is None or pair.places[first] >= 0 or other[0] in pair.taken:
            continue
        one, text = source.text(*other), claim.text(first, last)
        if len(one) != len(text) or one[0] in _POINTING or text[0] in _POINTING or not (is_noun(one) and is_noun(text)):
            continue
        if text not in source.form and one not in claim.form and (text[-1] in _PARTIES or text in pair.passage):
            return True
    return False


def _is_exchanged(pair: Pair, first: int, last: int) -> bool:
    """Whether nouns stand where the source has others that it speaks of elsewhere, as 经理 for 店长."""
    text, missing = pair.claim.text(first, last), _replaced(pair, first, last)
    other = pair.source.text(missing[0], missing[-1] + 1) if len(missing) >= 2 else ""
    if last - first < 2 or not other or text in other or other in text or other in pair.claim.form:
        return False
    words = [*words_in(pair.claim, first, last), *words_in(pair.source, missing[0], missing[-1] + 1)]
    if not all(is_noun(word) or len(word) == 1 for word in words) or text not in pair.source.form + pair.context:
        return False
    start, end = pair.gap(first, last)
    tight = all(pair.source.content[j] or pair.source.keys[j] in _JOINING for j in range(start, end))
    return (tight and first > 0 and last < len(pair.claim.keys)) or (tight and last == len(pair.claim.keys))


def _is_half_said(pair: Pair) -> bool:
    """Whether a name of the source is there in part, with something else in the place of the rest, as 台中 for 台南."""
    for first, last in words_of(pair.source):
        inside = [j for j in range(first, last) if j in pair.back]
        if not inside or len(inside) == last - first or not hold_name([pair.source.text(first, last)]):
            continue
        for j in inside:
            for step in (-1, 1):
                i = pair.back[j] + step
                beyond = first <= j + step < last and j + step not in pair.back
                if beyond and 0 <= i < len(pair.places) and pair.places[i] < 0:
                    return pair.claim.clauses[i] == pair.claim.clauses[i - step] and pair.claim.quantities[i] is None
    return False


def _missing_runs(pair: Pair) -> Iterator[Span]:
    """The ranges of the claim's telling tokens without a place in the source, to whole words."""
    spans: list[Span] = []
    claim = pair.claim
    for first, last in words_of(claim):
        if any(pair.places[i] < 0 and claim.content[i] for i in range(first, last)):
            if spans and spans[-1][1] == first and claim.clauses[first] == claim.clauses[first - 1]:
                spans[-1] = (spans[-1][0], last)
            else:
                spans.append((first, last))
    yield from spans


def _is_wrong_name(pair: Pair, first: int, last: int) -> bool:
    """Whether words that the source does not have here are a name, or stand where the source has one."""
    claim, source = pair.claim, pair.source
    missing = _replaced(pair, first, last)
    words = words_in(source, missing[0], missing[-1] + 1) if missing else []
    text = claim.text(first, last)
    named = (
        bool(words)
        and _names_around(source, missing[0], missing[-1] + 1)
        and ("".join(words) not in claim.form or text in source.form)
    )
    is_name = _names_around(claim, first, last)
    if text in source.form or text in pair.context:
        return is_name and (named or len(missing) >= 2)
    if is_name:
        own = [word for word in words_in(claim, first, last) if hold_name([word])]
        known = bool(own) and all(word in source.form or word in pair.context for word in own)
        return named or not known
    return named


def _replaced(pair: Pair, first: int, last: int) -> list[int]:
    """The telling tokens that the source has in the place of a range of the claim; none where a pronoun stands."""
    start, end = pair.gap(first, last)
    clauses = pair.source.clauses
    anchors = {clauses[j] for j in (start - 1, end) if j in pair.taken}
    free = [j for j in range(start, end) if j not in pair.taken and clauses[j] in anchors]
    if len(free) > _LONGEST_REPLACED or any(pair.source.keys[j] in _PRONOUNS for j in free):
        return []
    return [j for j in free if pair.source.content[j]]


def _names_around(reading: Reading, first: int, last: int) -> bool:
    """Whether a range of tokens is or is part of a name, with the single characters before it as its beginning."""
    words = words_in(reading, first, last)
    if hold_name(words):
        return True
    if first and len(words) == 1 and len(words[0]) == 1:
        return any(hold_name(words_in(reading, first - back, last)) for back in (1, 2) if first >= back)
    return False
