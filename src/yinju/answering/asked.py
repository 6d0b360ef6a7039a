"""A question → whether it asks for more than one thing, and the words right beside the one that asks."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from yinju.folding import HAN
from yinju.retrieval.query import Query

MANY = re.compile(
    "区别|差别|差异|不同|不一样|步骤|流程|原因|哪些|哪几|哪[两二三四五六七八九十]|"
    "几(?:[种类点条步项]|个(?!人|月|小时|钟|星期|礼拜|工作|字|名|位|学|半))|要点|特点|优点|缺点|"
    "好处|坏处|理由|方法|办法|怎么|怎样|如何|有什么|注意什么|做什么"
)
"""Asks for more than one thing: a difference, steps, reasons, or whatever there is of a kind."""
_WHY = re.compile("为什么|为何|为啥|怎么会|何以|干嘛|凭什么|怎么[改变换没不]|怎么.{1,14}了$")
"""Asks for the reason of one thing, 怎么 included."""

SIGNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("year", re.compile(r"\d{3,4}年|\d+世纪|世纪|年代")),
    ("day", re.compile(r"\d+月|\d+日|[一二三四五六七八九十]+月")),
    ("number", re.compile(
        r"\d|[一二三四五六七八九十百千万亿两]{2}|[一二三四五六七八九十百千万两][年月日个位名种次元条天周人]")),
    ("because", re.compile("因|由于|所以|导致|致使|为了|缘|以便|从而|使得|故|造成|引起")),
    ("place", re.compile("[省市县区州国岛港路街镇乡村站山河湖海]|位于")),
    ("person", re.compile("[·]|先生|女士|[王氏帝]")),
    ("quoted", re.compile("[《「\"“]")),
    ("joined", re.compile("、.*、")),
    ("latin", re.compile("[a-z]{2,}")),
    ("is", re.compile("是|为|称|指|叫|即")),
    ("by", re.compile("以|通过|用|采用|利用|借")),
    ("contrast", re.compile("而|则|反之|不同|却")),
    ("order", re.compile(r"第[一二三]|首先|其次|一是|其一|[①②]|包括|分为|如下|以下|主要|有.{0,3}[:]")),
    ("colon", re.compile(":")),
    ("negation", re.compile("不|没|无|未")),
)  # fmt: skip
"""What a sentence's search form may hold that gives one kind of thing or another."""


@lru_cache(maxsize=20_000)
def signs_of(form: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What of each kind of `SIGNS` a sentence has; people ask about the same sentences again."""
    return tuple((name, tuple(sign.group() for sign in pattern.finditer(form))) for name, pattern in SIGNS)


_ASKING = re.compile(
    "为什么|为何|何以|什么时候|哪一年|哪年|何时|多少|几|哪里|哪儿|何处|哪些|哪个|哪位|哪|谁|什么|怎么样|怎么|怎样|如何|何|是否"
)
_BESIDE = 5
"""How many characters on each side of the asking word count as beside it."""
_PAIR = re.compile(f"[{HAN}]{{2}}")
_HEAD = re.compile(f"一?[个位种座张部本条项所家年]?([{HAN}]{{1,2}})")


@dataclass(frozen=True)
class Asked:
    """What a question asks for, over its search form."""

    form: str

    @property
    def many(self) -> bool:
        """Whether it asks for more than one thing, such as steps."""
        return MANY.search(_WHY.sub("", self.form)) is not None

    @cached_property
    def beside(self) -> frozenset[str]:
        """The pairs of Han characters just before and after the word that asks; empty where none asks."""
        found = _ASKING.search(self.form)
        if not found:
            return frozenset()
        sides = self.form[max(0, found.start() - _BESIDE) : found.start()], self.form[found.end() :][:_BESIDE]
        pairs = {side[i : i + 2] for side in sides for i in range(len(side) - 1)}
        return frozenset(filter(_PAIR.fullmatch, pairs))

    @cached_property
    def head(self) -> str:
        """The thing asked which one of, as 專輯 in 哪張專輯; empty where it is not told."""
        found = _ASKING.search(self.form)
        head = _HEAD.match(self.form, found.end()) if found else None
        return head[1] if head else ""


def asked_by(query: Query) -> Asked:
    """What a query asks for."""
    return Asked(query.form)
