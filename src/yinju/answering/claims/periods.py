"""Search form of a text → how often: 每月, 每隔两周 and the 年 of 年薪, as the duration of each period."""

import re

from yinju.answering.units import SAME_UNIT, in_smallest

PERIOD = "period"
"""The unit of such a quantity; its value is what the duration measures, and how much of it."""
_COUNTED = "[半两几一二三四五六七八九十百千万零〇○亿兆\\d]"
_UNITS = "年|季度|季|个月|月|星期|礼拜|周|天|日|小时|钟头|分钟|秒"
_NAMED = "(?:薪|租|费(?!用)|利率|利息|息|营[收业]|收入|产[量值能]|订阅|缴)"
PATTERN = (
    rf"(?P<period>每(?:隔|一|个)*(?P<periods>半|\d+|[两二三四五六七八九十]+)?个?(?P<each>{_UNITS})"
    r"(?!(?<=[周期拜])[一二三四五六日天1-6](?![次个年月天场岁篇条本世期代])|级|报|刊)"
    rf"|(?P<daily>天天|年年)|(?<!{_COUNTED})(?<![今去每该明前后当本同次整全多新近元跨往常历成青少老中童生节假平昨工学课时到])"
    rf"(?P<paid>[年月周日时])(?={_NAMED}))"
)
"""Its groups: period, and of these periods with each, or daily, or paid."""
_NAMES = {"月": "个月", "日": "天", "时": "小时", "季": "季度"}


def period_of(match: re.Match[str], count: float) -> tuple[str, float]:
    """What the duration of a match measures, and how many of the smallest unit it has."""
    unit = match["each"] or match["paid"] or match["daily"][0]
    name = SAME_UNIT.get(unit, unit)
    return in_smallest(count, _NAMES.get(name, name)) or (name, count)
