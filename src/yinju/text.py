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


_REGIONAL = dict(
    pair.split("/")
    for pair in """
    行销/营销 软体/软件 硬体/硬件 资讯/信息 网路/网络 品质/质量 影片/视频 简讯/短信 伺服器/服务器
    资料库/数据库 程式/程序 滑鼠/鼠标 萤幕/屏幕 列印/打印 印表机/打印机 硬碟/硬盘 光碟/光盘
    资料夹/文件夹 连结/链接 登入/登录 帐号/账号 预设/默认 通路/渠道 专案/项目 企划/策划 客制/定制
    数位/数字 行动支付/移动支付 搜寻/搜索 回馈/反馈 门市/门店 贩售/销售 订价/定价 贴文/帖子
    按赞/点赞 转贴/转发 私讯/私信 宅配/快递 型录/目录 解析度/分辨率 频宽/带宽 宽频/宽带 雷射/激光
    奈米/纳米 当机/死机 骇客/黑客 计程车/出租车 捷运/地铁 公车/公交 脚踏车/自行车 冷气/空调
    便当/盒饭 优格/酸奶 凤梨/菠萝 奇异果/猕猴桃 幼稚园/幼儿园 国小/小学 国中/初中 纽西兰/新西兰
    义大利/意大利 南韩/韩国 雪梨/悉尼
    """.split()
)
"""Taiwan's word → the mainland's of the same length, both folded, so that either finds the other."""

_REGIONAL_WORD = re.compile("|".join(sorted(_REGIONAL, key=len, reverse=True)))


def fold(text: str) -> str:
    """The search form of a text.

    Compatibility forms are unified, letters lower case, characters simplified, Taiwan's words the mainland's, and
    invisible characters gone.
    """
    if text.isascii():
        return text.lower()
    simplified = unicodedata.normalize("NFKC", text).casefold().translate(_folding_table())
    return _REGIONAL_WORD.sub(lambda match: _REGIONAL[match.group()], simplified)


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
_CHATTER = re.compile(
    "知道的(人|朋友|大侠)?|(请|快点|快|麻烦)*告诉(我|一下)|(多谢|谢谢|感谢)(大家|各位|你们|你|了)*|在线等|求解答?|求助|拜托(了|大家)?"
)
_EMPTY = frozenset(
    """
    什么 甚么 啥 怎么 怎样 怎么样 如何 为什么 为何 为啥 干嘛 多少 几 几个 哪 哪个 哪些 哪里 哪儿
    哪位 哪种 哪一 谁 何 何时 何地 何种 多久 是否 是不是 有没有 可不可以 能不能 会不会 要不要 该不该
    吗 呢 吧 啊 呀 啦 嘛 哦 喔 欸 哈 么 咧 的 了 着 过 地 得 之 是 在 和 跟 与 及 或 把
    被 让 给 从 到 对 为 于 以 而 且 但 也 都 就 才 又 还 再 很 太 更 最 会 能 可以 可 要
    想 应该 该 这 那 这个 那个 这些 那些 这种 那种 这样 那样 我 你 他 她 它 我们 你们 他们 自己
    人家 有 没有 没 不 请 请问 问 下 一下 到底 究竟 大概 大约 左右 一般 其实 然后 如果 的话 话
    所谓 叫 叫做 算 觉得 知道 告诉 比较 些 个 一 一个 来 去 说 讲 里 里面 上 区别 差别 差异
    不同 不一样 有何 分别 意思 跟着 关于 对于 因为 所以 而且 不过 什么样 哪一个 哪一年 是什么
    """.split()
)
"""Words that make a text a question or hold it together, folded; they say nothing of what it is about."""


def content_tokens(question: str) -> list[str]:
    """The words and bigrams of a question that tell what it is about, each once; empty when there are none."""
    found: list[str] = []
    for match in _TOKEN.finditer(_CHATTER.sub(" ", _POLITE.sub("", fold(question)))):
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
