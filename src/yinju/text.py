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
                            *range(0x2060, 0x2070), *range(0xFE00, 0xFE10), 0xFEFF,
                            *range(0xE0100, 0xE01F0)])  # fmt: skip


@cache
def _converter(config: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - opencc has no types
    import opencc

    return opencc.OpenCC(config)


@cache
def _folding_table() -> dict[int, int | str | None]:
    """Character code → simplified character, for every Han character that Taiwan, Hong Kong or older print writes."""
    han = [chr(code) for code in (*range(0x3400, 0xA000), *range(0xF900, 0xFB00), *range(0x20000, 0x2A6E0))]
    lines = "\n".join(han)
    for config in ("tw2t", "hk2t", "t2s"):
        lines = _converter(config).convert(lines)
    changed = {ord(a): b for a, b in zip(han, lines.split("\n"), strict=True) if a != b and len(b) == 1}
    del changed[ord("么")]  # to OpenCC also an old way to write 幺; here it is the 么 of 什么
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


_POLITE = re.compile("^(请问|请教|想请问|想请教|想问|问|求问|我想知道|想知道|告诉我|知道的人)(一下|下|各位|大家)?")
_EMPTY = frozenset(
    """
    什么 甚么 啥 怎么 怎样 怎么样 如何 为什么 为何 为啥 干嘛 多少 几 几个 哪 哪个 哪些 哪里 哪儿
    哪位 哪种 哪一 谁 何 何时 何地 何种 多久 是否 是不是 有没有 可不可以 能不能 会不会 要不要 该不该
    吗 呢 吧 啊 呀 啦 嘛 哦 喔 欸 哈 么 咧 的 了 着 过 地 得 之 是 在 和 跟 与 及 或 把
    被 让 给 从 到 对 为 于 以 而 且 但 也 都 就 才 又 还 再 很 太 更 最 会 能 可以 可 要
    想 应该 该 这 那 这个 那个 这些 那些 这种 那种 这样 那样 我 你 他 她 它 我们 你们 他们 自己
    人家 有 没有 没 不 请 请问 问 下 一下 到底 究竟 大概 大约 左右 一般 其实 然后 如果 的话 话
    所谓 叫 叫做 算 觉得 知道 告诉 比较 些 个 一 一个 来 去 说 讲 里 里面 上 跟着 关于 对于
    因为 所以 而且 不过 什么样 哪一个 哪一年 是什么
    """.split()
)
"""Words that make a text a question or hold it together, folded; they say nothing of what it is about."""


def content_tokens(question: str) -> list[str]:
    """The words and bigrams of a question that tell what it is about, each once; empty when there are none."""
    found: list[str] = []
    for match in _TOKEN.finditer(_POLITE.sub("", fold(question))):
        run = ""
        for word in [*_words_of_folded(match.group()), ""]:
            if word and word not in _EMPTY:
                found.append(word)
                run += word
            elif run:
                found.extend(pair for pair in _bigrams_of_folded(run) if len(pair) == 2)
                run = ""
    return list(dict.fromkeys(found))


def topic_of(question: str) -> str | None:
    """The first run of words that tell what a question is about, in its own characters; None when there is none."""
    folded = fold(question)
    if len(folded) != len(question):
        return None  # the places would not be the same
    opening = _POLITE.match(folded)
    for match in _TOKEN.finditer(folded, opening.end() if opening else 0):
        start = end = match.start()
        for word in _words_of_folded(match.group()):
            if word in _EMPTY and end > start:
                break
            end += len(word)
            start = end if word in _EMPTY else start
        if end > start:
            return question[start:end]
    return None


def has_content(text: str) -> bool:
    """Whether a text holds at least one letter, digit or Han character."""
    return _TOKEN.search(fold(text)) is not None


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


def warm_up() -> None:
    """Load what the first question would otherwise wait for: jieba's dictionary and the folding table."""
    words("預熱")
