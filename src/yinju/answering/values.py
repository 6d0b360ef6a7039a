"""A question → the pattern of a value that answers it, a sum of money, a date, a telephone; and where one is said.

All over search forms. More exact than `retrieval.answer_types`, which tells only whether a sentence gives such a thing.
"""

import re
from functools import lru_cache

from yinju.answering.asked import Asked
from yinju.numerals import NUMERAL as _N
from yinju.text import located_form
from yinju.types import Span

_THROUGH = rf" ?(?:[到至~～–-] ?(?:[0-9][0-9,.]*|{_N}+))?"
"""The second end of a range."""
_NUMBER = rf"(?<![第a-z-])(?<!{_N})(?:[0-9][0-9,.]*{_N}*|{_N}{{1,10}}){_THROUGH}"
"""No piece of a longer one, of a code or of an ordinal."""
_SHARE = rf"百分之{_N}+|[0-9][0-9.]* ?[%‰]|[一二三四五六七八九]折|{_N}+ ?成"
_MONEY = rf"{_NUMBER} ?(?:元|块钱?|美元|角|分钱)|免费|{_SHARE}"
_CLOCK = rf"\d{{1,2}}:\d{{2}}|(?:[上下]午|晚上|早上)?{_N}{{1,3}} ?[点时](?![间候数])(?:{_N}{{1,3}}分|半)?"
_YEARS = r"(?<!\d{4})(?<!\d{4} )年"
_SPAN = (
    rf"(?<!月)(?<!月 ){_NUMBER} ?"
    rf"(?:个(?:月|小时|星期|工作日)|工作[天日]|小时|分钟|星期|[天日周]|{_YEARS})"
)
_DAY = (
    rf"(?:公元前?|民国|西元前?){_N}{{1,4}} ?年"
    rf"|(?:\d{{3,4}}|{_N}{{4}}) ?年(?: ?{_N}{{1,3}} ?月(?: ?{_N}{{1,3}} ?[日号])?)?"
    rf"|{_N}{{1,3}} ?月 ?{_N}{{1,3}} ?[日号]|{_N}{{1,3}}世纪(?:初|中|末)?|(?:周|星期|礼拜)[一二三四五六日天]"
)
_UNIT = (
    "平方公里|公里|公斤|公分|小时|分钟|[个位名次条间辆台部件页本张份盒罐箱瓶杯册字款只头届层种家岁倍坪吨米克里升度块段]"
)
_PEOPLE = rf"{_NUMBER} ?[人位名]"

_VALUES: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(asks), re.compile(gives)) for asks, gives in (
        ("电话|手机|分机|专线|热线",
         r"\+?\d{2,4}[- ]\d{3,4}[- ]?\d{3,4}(?:[- ]\d{3,4})?|\d{7,11}|(?:分机|内线|服务台)\s*:?\s*\d{3,5}"),
        ("邮箱|信箱|邮件地址|email", r"[\w.+-]+@[\w-]+\.[\w.]+"),
        ("几点", _CLOCK),
        ("多久|多长时间|几天|几个?小时|几个月|几年|多少天|几日|几分钟", _SPAN),
        ("几号|哪天|哪一天|什么时候|何时|几月", rf"{_DAY}|\d{{1,2}}:\d{{2}}"),
        ("哪一?年|何年|年份|世纪|年代", _DAY),
        ("多少钱|几块|几元|多少元|价格|价钱|怎么收|收费", _MONEY),
        ("[几多][个少]?[人位名]", _PEOPLE),
        *((f"(?:几|多少){unit}", rf"{_NUMBER} ?{unit}") for unit in _UNIT.split("|")[:-1]),
        *((f"(?:几|多少){unit}", rf"{_NUMBER} ?{unit}") for unit in _UNIT.rpartition("[")[2][:-1]),
        ("多少|几成|几折|百分之几", rf"{_MONEY}|{_NUMBER} ?(?:{_UNIT}|[人天])"),
    )
)  # fmt: skip
"""What asks for a kind of value, and what is one; the first that asks counts."""
_NAMED = re.compile("《[^》]{1,30}》|「[^」]{1,20}」|“[^”]{1,20}”")


@lru_cache(maxsize=256)
def asked_value(form: str) -> re.Pattern[str] | None:
    """What is a value of the kind that a question asks for; None where it asks for none."""
    return next((gives for asks, gives in _VALUES if asks.search(form)), None)


_TO = re.compile(r"\s*(?:[~–—-]|至|到)\s*")
"""What joins the two ends of a range, which is marked whole: 18:00–21:00."""


def likely_span(statement: str, asked: Asked) -> Span | None:
    """The range that most likely is the answer, in the statement's characters; None where nothing in it stands out.

    Of several it is the one nearest after the words beside the question's asking word.
    """
    pattern = asked_value(asked.form) or (_NAMED if asked.kind == "choice" else None)
    if pattern is None:
        return None
    form, located = located_form(statement)
    found = [m.span() for m in pattern.finditer(form) if m.group() not in asked.form and len(m.group()) > 1]
    anchors = [form.find(pair) for pair in asked.beside if pair in form]
    if not found or not (anchors or len(found) == 1):
        return None
    start, end = min(found, key=lambda span: min((abs(span[0] - anchor) for anchor in anchors), default=0))
    until = next((span for span in found if _TO.fullmatch(form, end, span[0])), None)
    return located[start][0], located[until[1] - 1 if until else end - 1][1]
