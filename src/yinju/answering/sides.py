"""A question that compares → the things that it compares, and which of its words tell each of them from the others.

Of 「微博營銷和微信營銷有什麼區別」 the sides are 微博營銷 and 微信營銷: what both are called tells neither apart.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from yinju.answering.followup.slots import alike, join
from yinju.answering.followup.words import read_phrase
from yinju.answering.parts import BARE, MOST, SAME, asks, listed, says, whole
from yinju.retrieval.query import Query
from yinju.text import fold, search_form

SIDE = 24
"""The most characters of a thing that is compared."""

_MORE = "(?:多|少|贵|便宜|高|低|大|小|快|慢|好|长|短|远|近|划算|重|轻)"
_DIFFERS = "(?:区别|区分|差别|差异|不同(?!意)|不一样|共同|相同|差在|差多少|差哪)"
_THAN = re.compile(
    "(?P<one>[^,]+?)(?:[,\\s](?:跟|和|与)(?P<other>[^,]+?)(?:相?比)"
    f"|(?<!相)比(?![较例赛率重价起])(?P<than>[^,]+?)(?={_MORE})).*"
)
_BESIDE = re.compile(
    "(?P<one>[^,]+?)(?:比起|相比于|相较于|相对于)(?P<other>[^,]+?)"
    f"(?:到底|究竟|[,\\s])*(?:(?:有什么|有啥|有何|哪里|的)?{_DIFFERS}|(?:有什么|有啥|有何|哪里){_MORE}).*"
)
_EITHER = re.compile(
    f"(?:到底|究竟|是)*(?P<one>[^,]+?)(?:比较|更)?{_MORE}.?,?还是(?P<other>[^,]+?)(?:比较|更)?{_MORE}.{{0,4}}$"
)
_SAME_AS = re.compile("(?P<one>[^,]+?)(?:是不是|算不算)(?:就是|等于|也是|也算)(?P<other>[^,]+?)[吗啊呀呢?]*$")
COMPARES = re.compile(
    "(?:之间)?的?(?:有|到底|究竟|又|主要|具体|分别|哪里|什么|啥|何|是|[要该]?(?:怎么|怎样|如何)(?=区))*"
    f"{_DIFFERS}|(?:有什么|有啥|有何|是什么|的)关系|怎么分|(?:分别|各自?)管|相比|一样[吗么不]"
    f"|(?:是不是|是|算)?(?:同?一回|同一件?)事|(?:哪一?[个家种款间边位者台支样]?|谁).{{0,2}}(?:比较|更|最)?(?:{_MORE}|适合|重要|强|值得)"
)
"""Asks how things differ, or which is more; over folded text."""
_AFTER = re.compile(
    "(?:[，,\\s]|之[间間]|[这這那]?(?:[两兩三四几幾][个個种種者样樣]|[俩倆])|放在?一[起块塊][儿兒]?"
    "|(?<![价價对對性])相?比(?:起[来來]|[较較])?|呢)+$"
)
"""What stands behind the last thing and says nothing of it: 之間, 這三個."""
_WHY = re.compile("怎么(?!分|区[分别])|为什么|为何|为啥")
_LEADS = re.compile("^(?:还有|還有|[跟和与與]|.*[说說讲講谓謂]的(?=.))")
"""What stands before the first thing: 大家說的."""
_OTHERS = re.compile("^在?(?:其[他它余]|别的|别家|另外的)")


def compared(question: str) -> tuple[str, ...]:
    """The things that a question compares, each with what is compared of them; none where it compares nothing."""
    folded = read_phrase(question).folded
    if _WHY.search(folded):
        return ()
    named = next((m for form in (_THAN, _BESIDE, _EITHER, _SAME_AS) if (m := form.match(folded))), None)
    if named:
        sides = [question[slice(*named.span(name))].strip("，, ") for name, said in named.groupdict().items() if said]
        sides = whole(sides) if named.re is _BESIDE else sides
    elif about := COMPARES.search(folded, 1):
        sides = _side_by_side(_AFTER.sub("", question[: about.start()]))
    else:
        return ()
    fit = all(len(side) <= SIDE and says(side) and (named or not asks(side)) for side in sides)
    return tuple(sides) if fit and 1 < len(sides) <= MOST else ()


def _side_by_side(said: str) -> list[str]:
    """The things that a text names side by side: joined in one of its clauses, or a clause each."""
    clauses = [clause for clause in re.split("[，,。；;？?！!\\s]+", said) if clause]
    joined = next((n for n, clause in enumerate(clauses) if len(listed(clause)) > 1), None)
    if joined is None:
        tied = len(listed(said)) > 1  # 做運營的 跟做營銷的
        return whole(_with_aspects(listed(said) if tied else clauses if len(clauses) > 1 else _neighbours(said)))
    things = [_LEADS.sub("", thing) for thing in listed(clauses[joined])]
    aspect = "".join(clauses[joined + 1 :])
    return [join(thing, aspect) for thing in whole(_with_aspects(things))]


def names_others(side: str) -> bool:
    """Whether a side of a comparison is only what is not the other: 其他的平台."""
    return _OTHERS.match(fold(side)) is not None


def told_apart(query: Query) -> tuple[NDArray[np.bool_], ...]:
    """For each side of a comparison which of the question's tokens are its own, nouns if any; empty without sides."""
    sides = compared(query.text)
    held = np.array([[token in search_form(side) for token in query.weights] for side in sides], bool)
    if len(sides) < 2:
        return ()
    long = np.array([len(token) > 1 for token in query.weights], bool)
    own = held & ~held.all(axis=0)
    own = np.where((own & long).any(axis=1, keepdims=True), own & long, own)
    named = np.array([[_names(side, token) for token in query.weights] for side in sides], bool) & own
    own = np.where(named.any(axis=1, keepdims=True), named, own)
    return tuple(own) if own.any(axis=1).all() else ()


def _names(side: str, token: str) -> bool:
    """Whether a token is part of a noun of a side, or of a value: 微博 of 微博上做营销."""
    nouns = (word.folded if word.kind in ("noun", "value", "role") else " " for word in read_phrase(side).words)
    return token in search_form("".join(nouns))


def _neighbours(said: str) -> list[str]:
    """Two things of a kind that stand next to each other: 早班 and 晚班 of 早班晚班上班時間."""
    for one, other in pairwise(read_phrase(said).words):
        if one.end == other.start and alike(one.folded, other.folded) >= SAME:
            return [said[: one.end], said[other.start :]]
    return [said]


def _with_aspects(things: Sequence[str]) -> list[str]:
    """The things, those that are only aspects taken to the one before: 乙的報價和保固 is one side."""
    found = list[str]()
    for thing in things:
        if found and read_phrase(thing).kinds() <= BARE and "的" in found[-1]:
            found[-1] = f"{found[-1]}和{thing}"
        else:
            found.append(thing)
    return found
