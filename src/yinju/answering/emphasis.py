"""A statement and what was asked → the range that most likely is the answer itself: a date, a number, a name."""

import re
from collections.abc import Mapping

from yinju.answering.asked import Asked, Kind
from yinju.numerals import NUMERAL as _N
from yinju.retrieval.answer_types import asked_types
from yinju.text import located_form
from yinju.types import Span

_TIME = re.compile(
    rf"(?:公元前?|民国|西元前?)?{_N}{{1,4}}年(?:{_N}{{1,3}}月)?(?:{_N}{{1,3}}[日号])?|{_N}{{1,3}}月(?:{_N}{{1,3}}[日号])?"
    rf"|{_N}{{1,3}}世纪(?:初|中|末)?|(?:周|星期|礼拜)[一二三四五六日天]|(?:上午|下午|晚上|早上)?{_N}{{1,3}}[点时](?:{_N}{{1,3}}分)?"
)
_NUMBER = re.compile(
    rf"(?:约|近|超过|大约)?(?:百分之{_N}+|[0-9][0-9,.]*[%‰]?{_N}*|{_N}{{1,8}})"
    r"(?:[到至~～–-](?:[0-9][0-9,.]*|[一二三四五六七八九十百千万]+))?(?:平方公里|公里|公斤|公分|小时|分钟|美元|[a-z]{1,3}\b|[%度成元块人名个位次条天年月周日种家间辆台吨米克里岁件页倍盒罐箱瓶杯本册张条字款只头块万亿段届层])"
)
_MONEY = re.compile(
    rf"(?:约|近|超过|大约)?(?:[0-9][0-9,.]*{_N}*|{_N}{{1,10}})(?:[到至~～–-](?:[0-9][0-9,.]*|{_N}+))?"
    "(?:元|块钱?|美元|角|分钱)|免费"
)
_NAMED = re.compile("《[^》]{1,30}》|「[^」]{1,20}」|“[^”]{1,20}”")
_ANSWERS: Mapping[Kind, re.Pattern[str]] = {"time": _TIME, "number": _NUMBER, "choice": _NAMED}


def likely_span(statement: str, asked: Asked) -> Span | None:
    """The range, in the statement's characters; None where nothing in it stands out as the answer.

    Of several it is the one nearest after the words beside the question's asking word.
    """
    asks_money = any(kind.name == "money" for kind in asked_types(asked.form))
    pattern = _MONEY if asks_money else _ANSWERS.get(asked.kind)
    if pattern is None:
        return None
    form, located = located_form(statement)
    found = [m.span() for m in pattern.finditer(form) if m.group() not in asked.form and len(m.group()) > 1]
    anchors = [form.find(pair) for pair in asked.beside if pair in form]
    if not found or not (anchors or len(found) == 1):
        return None
    start, end = min(found, key=lambda span: min((abs(span[0] - anchor) for anchor in anchors), default=0))
    return located[start][0], located[end - 1][1]
