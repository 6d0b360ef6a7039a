"""Text → its folded characters, and a text in the other script. The only user of OpenCC."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal

Script = Literal["hant", "hans"]

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003347f"
"""The Han blocks that Unicode 17 fills, extensions A to J and the compatibility ideographs, for a character class."""

_INVISIBLE = frozenset([
    0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), *range(0x200B, 0x2010),
    *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFE00, 0xFE10), 0xFEFF, *range(0xFFF0, 0xFFFC),
    *range(0x1BCA0, 0x1BCA4), *range(0x1D173, 0x1D17B), *range(0xE0000, 0xE1000),
])  # fmt: skip
"""Default_Ignorable_Code_Point of Unicode's DerivedCoreProperties.txt, and what marks the parts of ruby text."""

_ALIKE = dict(zip(
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇"
    "⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳㇐㇑㇒㇔㇟㇠"
    "靑淸鄕囘呉汚歴窓姉隣〇",
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲"
    "讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾齐齐齿齿龙龙龜龟龟一丨丿丶乚乙"
    "青清鄉回吳污歷窗姊鄰零",
    strict=True,
))  # fmt: skip
"""What NFKC and OpenCC leave apart: the radicals and strokes that PDFs hold in place of the characters that look the
same, by Unicode's EquivalentUnifiedIdeograph.txt, and how older print writes a few; 〇 and 零 are one numeral."""

_APART = re.compile("[\x00-\x7f\u2000-\u206f\u3000-\u3029\u3030-\u303e\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff5e]*")
"""A text whose every character is unified without regard to its neighbours, as nearly every Chinese one."""

_GONE = "\u200b"
"""Stands for a space that goes; in a unified text there is nothing invisible any more."""

_NEXT_ALONE = rf"(?:[0-9a-z] )*+ *+[{HAN}](?![{HAN}])"
_GAPS = re.compile(rf" (?<=(?<![{HAN}])[{HAN}] ){_NEXT_ALONE}(?: {_NEXT_ALONE})*+")
"""Han characters that stand one by one, and digits and letters between them that do so, from the space after the first.
It begins with a space to be found fast."""

_ROUND = re.compile("[○◯]+")
_HAN_RUNS = re.compile(f"[{HAN}]+")
_NUMERALS = frozenset("一二三四五六七八九十百")


@cache
def _converter(config: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - opencc has no types
    import opencc

    return opencc.OpenCC(config)


class _FoldingTable(dict[int, str]):
    """Character code → what it folds to, worked out when first met; for `str.translate`."""

    def __init__(self) -> None:
        """Know which Han characters Taiwan, Hong Kong or older print writes for a simplified one."""
        super().__init__()
        han = [chr(code) for code in (*range(0x3400, 0xA000), *range(0xF900, 0xFB00), *range(0x20000, 0x2A6E0))]
        lines = "\n".join(han)
        for config in ("tw2t", "hk2t", "t2s"):
            lines = _converter(config).convert(lines)
        pairs = zip(han, lines.split("\n"), strict=True)
        self._simplified = {a: b for a, b in pairs if a != b and len(b) == 1}
        del self._simplified["么"]  # to OpenCC also an old way to write 幺; here it is the 么 of 什么
        self._simplified |= {a: self._simplified.get(b, b) for a, b in _ALIKE.items()}

    def __missing__(self, code: int) -> str:
        unified = "" if code in _INVISIBLE else unicodedata.normalize("NFKC", chr(code)).casefold()
        self[code] = folded = "".join(self._simplified.get(c, c) for c in unified)
        return folded


_folding_table = cache(_FoldingTable)


def fold(text: str) -> str:
    """A text's characters made comparable.

    Compatibility forms are unified, letters lower case, characters simplified, and invisible characters gone, as are
    the spaces of justified text. Lines share nothing.
    """
    if text.isascii():
        return text.lower()
    return "\n".join(map(_folded, text.split("\n"))) if "\n" in text else _folded(text)


@lru_cache(maxsize=1_024)
def _folded(line: str) -> str:
    unified = _unified(line)
    if " " in unified or "○" in unified or "◯" in unified:
        return _read_in_context(unified).replace(_GONE, "")
    return unified


def _unified(text: str) -> str:
    return (text if _APART.fullmatch(text) else unicodedata.normalize("NFKC", text)).translate(_folding_table())


def _read_in_context(unified: str) -> str:
    """A unified text, as long as before, where neighbours tell: ○ that is a zero, spaces of justified text as gone."""
    if "○" in unified or "◯" in unified:
        unified = _ROUND.sub(_as_zeros, unified)
    return _GAPS.sub(_without_spaces, unified)


def _as_zeros(rounds: re.Match[str]) -> str:
    text, (start, end) = rounds.string, rounds.span()
    beside = {text[start - 1 : start], text[end : end + 1]}
    return rounds.group() if beside.isdisjoint(_NUMERALS) else "零" * (end - start)


def _without_spaces(gaps: re.Match[str]) -> str:
    """The characters with their gaps closed: three or more, most of them Han, or two with no word beside them."""
    text, (start, end) = gaps.string, gaps.span()
    characters = gaps.group().replace(" ", "")
    others = sum(map(str.isascii, characters))
    han = 1 + len(characters) - others
    closes = others <= han if han > 2 else not (others or _is_word(text, start - 2, -1) or _is_word(text, end, 1))
    return gaps.group().replace(" ", _GONE) if closes else gaps.group()


def _is_word(text: str, place: int, step: int) -> bool:
    """Whether a letter, digit or Han character stands at a place, or beyond the spaces from there on."""
    while 0 <= place < len(text) and text[place] == " ":
        place += step
    return 0 <= place < len(text) and text[place].isalnum()


def folded_pieces(text: str) -> Iterator[tuple[str, str]]:
    """A text in pieces as small as can be, each with what it folds to; joined these are `fold(text)`."""
    pieces = [(piece, _unified(piece)) for piece in _smallest_pieces(text)]
    read, place = _read_in_context("".join(unified for _, unified in pieces)), 0
    for piece, unified in pieces:
        yield piece, read[place : place + len(unified)].replace(_GONE, "")
        place += len(unified)


def _smallest_pieces(text: str) -> Iterator[str]:
    piece = ""
    for character in text:
        if piece and not _belongs(piece, character):
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece


def _belongs(piece: str, character: str) -> bool:
    """Whether a character is unified together with those before it, as an accent or a Hangul vowel is."""
    if _APART.fullmatch(character):
        return False
    before, after = unicodedata.normalize("NFKC", piece), unicodedata.normalize("NFKC", character)
    return unicodedata.combining(after[0]) > 0 or unicodedata.normalize("NFKC", piece + character) != before + after


def _converted(text: str, config: str) -> str:
    whole = text.encode("utf-8", "replace").decode()  # a lone surrogate, which OpenCC cannot take, becomes a ?
    return str(_converter(config).convert(whole))


def script_of(text: str) -> Script | None:
    """The script a text is written in, or None when its characters belong to both.

    A character tells when it changes in conversion and the other script's national character set lacks it: 余, 范 and
    于 are surnames in both, though one script also writes them for others.
    """
    traditional = _count_telling(text, "t2s", "gb2312")
    simplified = _count_telling(text, "s2t", "big5")
    if traditional == simplified:
        return None
    return "hans" if simplified > traditional else "hant"


def likely_script(text: str) -> Script | None:
    """The script whose national character set lacks fewer of a text's characters; far quicker than `script_of`."""
    han = "".join(_HAN_RUNS.findall(text))
    hans, hant = (len(han.encode(own, "ignore")) for own in ("gb2312", "big5"))  # two bytes each
    return None if hans == hant else "hans" if hans > hant else "hant"


def _count_telling(text: str, config: str, other_set: str) -> int:
    changed = [a for a, b in zip(text, _converted(text, config), strict=False) if a != b]
    return sum(not character.encode(other_set, "ignore") for character in changed)


def convert_characters(text: str, script: Script) -> str:
    """The text as OpenCC alone writes it in a script: see conversion.py for what is counted."""
    return _converted(text, "t2s" if script == "hans" else "s2tw")
