"""Text → the form that is searched: folded characters, words and bigrams. The only user of jieba and OpenCC.

People only ever see original characters; what this module makes stays inside the index.
"""

import logging
import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Literal

Script = Literal["hant", "hans"]

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""The Han blocks that Unicode 16 fills, extensions A to I and the compatibility ideographs, for a character class."""

_TOKEN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
_IS_HAN = re.compile(rf"[{HAN}]")
_INVISIBLE = dict.fromkeys([0x00AD, 0x061C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F),
                            *range(0x2060, 0x2070), *range(0xFE00, 0xFE10), 0xFEFF])  # fmt: skip


@cache
def _converter(config: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - opencc has no types
    import opencc  # type: ignore[import-untyped]

    return opencc.OpenCC(config)


@cache
def _folding_table() -> dict[int, int | str | None]:
    """Character code → simplified character, for every Han character that Taiwan, Hong Kong or older print writes."""
    han = [chr(code) for code in (*range(0x3400, 0xA000), *range(0xF900, 0xFB00), *range(0x20000, 0x2A6E0))]
    lines = "\n".join(han)
    for config in ("tw2t", "hk2t", "t2s"):
        lines = _converter(config).convert(lines)
    changed = {ord(a): b for a, b in zip(han, lines.split("\n"), strict=True) if a != b and len(b) == 1}
    return {**_INVISIBLE, **changed}


def fold(text: str) -> str:
    """The search form of a text: compatibility forms unified, lower case, simplified, invisible characters gone."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).casefold().translate(_folding_table())


@cache
def _segmenter():  # type: ignore[no-untyped-def]  # noqa: ANN202 - jieba has no types
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba 0.42 has invalid escapes and asks for pkg_resources
        import jieba  # type: ignore[import-untyped]

    from yinju.settings import cache_folder

    jieba.setLogLevel(logging.WARNING)
    folder = cache_folder()
    jieba.dt.tmp_dir = str(folder) if folder else None  # jieba's own cache is shared by all users of /tmp
    jieba.initialize()
    return jieba.dt


def words(text: str) -> list[str]:
    """The words of a text in order, folded; punctuation and white space left out."""
    return _words_of_folded(fold(text))


def _words_of_folded(folded: str) -> list[str]:
    found: list[str] = []
    for match in _TOKEN.finditer(folded):
        run = match.group()
        if _IS_HAN.match(run):
            found.extend(sys.intern(word) for word in _segmenter().cut(run, HMM=False))
        else:
            found.append(run)
    return found


def _bigrams_of_folded(folded: str) -> Iterator[str]:
    for match in _TOKEN.finditer(folded):
        run = match.group()
        if len(run) == 1:
            yield run
        elif _IS_HAN.match(run):
            yield from (run[i : i + 2] for i in range(len(run) - 1))


def bigrams(text: str) -> list[str]:
    """Every pair of neighbouring Han characters in order, folded; a character alone stands for itself."""
    return list(_bigrams_of_folded(fold(text)))


def characters(text: str) -> list[str]:
    """The Han characters one by one and other words whole, in order, folded."""
    found: list[str] = []
    for match in _TOKEN.finditer(fold(text)):
        run = match.group()
        found.extend(run if _IS_HAN.match(run) else [run])
    return found


def tokens(text: str) -> list[str]:
    """Words, then those bigrams that are not already words of the text: what is embedded and weighed."""
    folded = fold(text)
    found = _words_of_folded(folded)
    seen = set(found)
    return found + [pair for pair in _bigrams_of_folded(folded) if pair not in seen]


def has_content(text: str) -> bool:
    """Whether a text holds at least one letter, digit or Han character."""
    return _TOKEN.search(fold(text)) is not None


def script_of(text: str) -> Script | None:
    """The script a text is written in, or None when its characters belong to both."""
    traditional = sum(a != b for a, b in zip(text, _converter("t2s").convert(text), strict=False))
    simplified = sum(a != b for a, b in zip(text, _converter("s2t").convert(text), strict=False))
    if traditional == simplified:
        return None
    return "hans" if simplified > traditional else "hant"


def convert(text: str, script: Script) -> str:
    """The text written in a script; the same characters where nothing differs."""
    return str(_converter("t2s" if script == "hans" else "s2tw").convert(text))


def warm_up() -> None:
    """Load what the first question would otherwise wait for: jieba's dictionary and the folding table."""
    words("預熱")
