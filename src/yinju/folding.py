"""Text → its folded characters, and a text in the other script. The only user of OpenCC."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Literal

Script = Literal["hant", "hans"]

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""The Han blocks that Unicode 16 fills, extensions A to I and the compatibility ideographs, for a character class."""

_INVISIBLE = dict.fromkeys([0x00AD, 0x061C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F),
                            *range(0x2060, 0x2070), *range(0xFE00, 0xFE10), 0xFEFF,
                            *range(0xE0100, 0xE01F0)])  # fmt: skip

_APART = re.compile("[\x00-\x7f\u2000-\u206f\u3000-\u3029\u3030-\u303e\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff5e]*")
"""A text whose every character is unified without regard to its neighbours, as nearly every Chinese one."""


@cache
def _converter(config: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - opencc has no types
    import opencc

    return opencc.OpenCC(config)


class _FoldingTable(dict[int, int | str | None]):
    """Character code → what it folds to, worked out when first met; for `str.translate`."""

    def __init__(self) -> None:
        """Know which Han characters Taiwan, Hong Kong or older print writes for a simplified one."""
        super().__init__(_INVISIBLE)
        han = [chr(code) for code in (*range(0x3400, 0xA000), *range(0xF900, 0xFB00), *range(0x20000, 0x2A6E0))]
        lines = "\n".join(han)
        for config in ("tw2t", "hk2t", "t2s"):
            lines = _converter(config).convert(lines)
        pairs = zip(han, lines.split("\n"), strict=True)
        self._simplified = {a: b for a, b in pairs if a != b and len(b) == 1}
        del self._simplified["么"]  # to OpenCC also an old way to write 幺; here it is the 么 of 什么

    def __missing__(self, code: int) -> str:
        unified = unicodedata.normalize("NFKC", chr(code)).casefold()
        self[code] = folded = "".join(self._simplified.get(c, c) for c in unified)
        return folded


_folding_table = cache(_FoldingTable)


def fold(text: str) -> str:
    """A text's characters made comparable.

    Compatibility forms are unified, letters lower case, characters simplified, and invisible characters gone.
    """
    if text.isascii():
        return text.lower()
    unified = text if _APART.fullmatch(text) else unicodedata.normalize("NFKC", text)
    return unified.translate(_folding_table())


def folded_pieces(text: str) -> Iterator[tuple[str, str]]:
    """A text in pieces as small as can be, each with what it folds to; joined these are `fold(text)`."""
    piece = ""
    for character in text:
        if piece and not _belongs(piece, character):
            yield piece, fold(piece)
            piece = ""
        piece += character
    if piece:
        yield piece, fold(piece)


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


def _count_telling(text: str, config: str, other_set: str) -> int:
    changed = [a for a, b in zip(text, _converted(text, config), strict=False) if a != b]
    return sum(not character.encode(other_set, "ignore") for character in changed)


def convert(text: str, script: Script) -> str:
    """The text written in a script; the same characters where nothing differs."""
    return _converted(text, "t2s" if script == "hans" else "s2tw")
