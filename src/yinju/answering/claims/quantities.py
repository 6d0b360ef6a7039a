"""Search form of a text → the numbers, dates, times and measures in it, as values that can be compared.

三萬五千元, 3.5 万块 and ３５，０００元 are one; 民國一一三年 is 2024年, 下午三点半 is 15:30, 三成五 is 35%.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from yinju.answering.units import (
    COUNTERS,
    CURRENCY,
    DATES,
    OFF,
    SAME_UNIT,
    UNITS,
    in_smallest,
    same_measure,
    units_agree,
)
from yinju.numerals import DIGIT, HAN_NUMERAL, NUMBER, range_of, value_of
from yinju.types import Disagreement

PERIOD = "period"
"""The unit of such a quantity; its value is what the duration measures, and how much of it."""
_COUNTED = "[半两几一二三四五六七八九十百千万零〇○亿兆\\d]"
_EVERY = "年|季度|季|个月|月|星期|礼拜|周|天|日|小时|钟头|分钟|秒"
_PAID = "(?:薪|租|费(?!用)|利率|利息|息|营[收业]|收入|产[量值能]|订阅|缴)"
_PERIODS = (
    rf"(?P<period>每(?:隔|一|个)*(?P<periods>半|\d+|[两二三四五六七八九十]+)?个?(?P<each>{_EVERY})"
    r"(?!(?<=[周期拜])[一二三四五六日天1-6](?![次个年月天场岁篇条本世期代])|级|报|刊)"
    rf"|(?P<daily>天天|年年)|(?<!{_COUNTED})(?<![今去每该明前后当本同次整全多新近元跨往常历成青少老中童生节假平昨工学课时到])"
    rf"(?P<paid>[年月周日时])(?={_PAID}))"
)
"""Its groups: period, and of these periods with each, or daily, or paid."""
_DURATIONS = {"月": "个月", "日": "天", "时": "小时", "季": "季度"}
_MERIDIEM = "凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚间|夜间|夜里|深夜|晚|早|午夜|am|pm"
_AFTER_NOON = range(13, 25)
_AFTERNOON = frozenset("下午 傍晚 晚上 晚间 夜间 夜里 深夜 晚 pm 中午".split())

_FOUND = re.compile(
    rf"(?P<ymd>(?<!\d)(?P<y>\d{{4}})[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}})(?!\d))"
    rf"|{_PERIODS}|(?P<clock>(?P<ap>{_MERIDIEM})?\s?(?:(?P<h>\d{{1,2}}):(?P<mi>\d{{2}})(?::\d{{2}})?(?!\d)"
    rf"|(?P<h2>\d{{1,2}}|[一二两三四五六七八九十]{{1,3}})"
    rf"(?P<o>点钟?(?![{DIGIT}]+(?![分十{DIGIT}]))|时(?!代|期|候|间|常|尚|装|而|有))(?:(?P<half>半)|(?P<q>[一三])刻"
    rf"|(?P<mi2>\d{{1,2}}|[零一二三四五六七八九十]{{1,3}})分?(?![零一二三四五六七八九倍元]))?(?P<points>(?=[意建要原计共声内]))?))"
    rf"|(?P<weekday>(?:星期|礼拜|周)(?P<wd>[一二三四五六日天1-6])(?![次个年月天场岁篇条本世期代\d{HAN_NUMERAL}]))"
    rf"|(?P<part>(?P<below>百|千|万|{NUMBER})分之(?P<above>{NUMBER}|几)(?P<parthalf>点[零一二三四五六七八九]+)?)"
    r"|(?P<quarters>[一两三123])刻钟"
    rf"|(?P<half0>(?P<one>[一各]?半)\s?(?P<halfunit>个月|个小时|个世纪|小时|年|天|数|分钟|公里|斤)?)(?![{HAN_NUMERAL}导体])"
    rf"|(?P<plain>(?P<era>民国|公元前|西元前|前|第|初)?(?P<money>(?:{'|'.join(map(re.escape, CURRENCY))})\s?)?"
    rf"(?P<vague>[上数])?(?P<first>{NUMBER}|元(?=年))(?P<more>多|余|来(?=[个人名天年]))?"
    rf"(?P<unit1>{'|'.join(map(re.escape, UNITS))})??"
    rf"(?P<to>\s?(?:~|〜|～|-|–|—{{1,2}}|―|至|到|:|比)\s?(?P<second>{NUMBER}))?\s?(?P<more2>多|余)?\s?"
    rf"(?P<unit>{'|'.join(map(re.escape, UNITS))})?(?P<tenth>(?<=成)[一二三四五六七八九半])?"
    rf"(?P<and>半(?![{HAN_NUMERAL}径导])|(?<=[块米])[{DIGIT}\d](?=钱|[,。、;:!?)]|$))?)"
)
_OFF_AFTER = re.compile(r"\s?(?:off|的?(?:折扣|优惠|折让))")
_OFF_BEFORE = re.compile(r"(?:减|减免|省|便宜|优惠|折扣|折让|降价)[了为是]?\s?$")
_AFTER_ONE = (
    "般|定|直|起(?!案|事)|样|些|下|旦|致|切|边|面|方面|体|流|向|律|贯|带|连|再|同|共|度|点|时|并|手|经|味|举|片|番|路|线|世|"
    "年一度|辈|系列|道(?!菜|题)|审|如|块儿|对一|团|把|口气|代|身|份子|部分|级|等|品|神|元|批|段时|股"
)
_NOT_A_NUMBER = re.compile(
    f"[统唯同单专万划归某逐之如合惟]一|一(?:{_AFTER_ONE})|万一|十分(?!钟|之)|千万(?=别|不|要|记)|四川|四周|四处|四季|三明治"
    "|五金|九龙|六合|七夕|八卦|百科|百货|百合|百姓|百度|千古|万物|万能|三国|五代|十字|九州|千叶|三星|四海|五行|两岸|两极|千秋|万岁"
    "|百老|千里|万里|三角|四方|五官|百事|十足|第一(?=时间|线|手)|二元|二手|三藩|三亚|九寨|六安|万圣|两性|零售|零件|零食"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, date, time or measure: where it stands in the search form, and its value."""

    start: int
    end: int
    values: tuple[float | str, ...]
    """Two for a range or a score; minutes after midnight for a time of day; words for 上百 and 几十."""
    unit: str
    """The first name of its unit; empty for none or an unknown one."""
    ordinal: bool = False
    vague: bool = False
    """An indefinite 一个, or a time of day that may be before or after noon."""
    followed: bool = False
    """Whether a Han character follows at once, which may be an unknown unit."""

    @property
    def disagreement(self) -> Disagreement:
        """What it is when it is wrong: a date or a number."""
        year = self.unit == "年" and isinstance(self.values[0], float) and abs(self.values[0]) >= 1_000
        return Disagreement.DATE if year or self.unit in DATES else Disagreement.NUMBER


def find_quantities(form: str) -> list[Quantity]:
    """The quantities of a search form in order, not overlapping."""
    found: list[Quantity] = []
    skipped = [match.span() for match in _NOT_A_NUMBER.finditer(form)]
    place = 0
    while match := _FOUND.search(form, place):
        inside = next((end for start, end in skipped if start <= match.start("first") < end), None)
        if match["plain"] and inside is not None:
            place = max(inside, match.start() + 1)
            continue
        read = [_taken_off(form, quantity) for quantity in _read(form, match)]
        found += read
        place = max(read[-1].end if read else match.start("first") + 1 if match["plain"] else match.end(), place + 1)
    return found


def _read(form: str, match: re.Match[str]) -> Iterator[Quantity]:
    start, end = match.span()
    if match["ymd"]:
        for part, unit in (("y", "年"), ("m", "月"), ("d", "日")):
            yield Quantity(*match.span(part), (float(match[part]),), unit)
    elif match["period"]:
        count = 0.5 if match["periods"] == "半" else value_of(match["periods"] or "一") or 1.0
        yield Quantity(start, end, _period_of(match, count), PERIOD, vague=not match["periods"])
    elif match["clock"]:
        yield _clock(match)
    elif match["weekday"]:
        day = match["wd"]
        yield Quantity(start, end, (7.0 if day in "日天" else value_of(day) or 0.0,), "weekday")
    elif match["part"]:
        yield _share(match)
    elif match["quarters"]:
        yield Quantity(start, end, (15.0 * (value_of(match["quarters"]) or 0),), "分钟")
    elif match["half0"]:
        unit = match["halfunit"] or ""
        if unit in ("", "数"):
            yield Quantity(start, end, (50.0,), "%", vague=match["one"] == "半" and not unit)
        else:
            yield Quantity(start, end, (0.5,), SAME_UNIT.get(unit, unit))
    else:
        yield from _plain(form, match)


def _period_of(match: re.Match[str], count: float) -> tuple[str, float]:
    """What the duration of a match measures, and how many of the smallest unit it has."""
    unit = match["each"] or match["paid"] or match["daily"][0]
    name = SAME_UNIT.get(unit, unit)
    return in_smallest(count, _DURATIONS.get(name, name)) or (name, count)


def _taken_off(form: str, quantity: Quantity) -> Quantity:
    """A share that is what a price is cut by, told from what is left of it: 40% off is 六折."""
    if quantity.unit == "%" and (_OFF_AFTER.match(form, quantity.end) or _OFF_BEFORE.search(form[: quantity.start])):
        return replace(quantity, unit=OFF)
    return quantity


def _clock(match: re.Match[str]) -> Quantity:
    hour = value_of(match["h"] or match["h2"]) or 0.0
    minute = value_of(match["mi"] or match["mi2"] or "0") or 0.0
    minute = 30.0 if match["half"] else 15.0 * (value_of(match["q"]) or 0) if match["q"] else minute
    said = match["ap"]
    bare = not (said or match["half"] or match["mi2"] or match["q"]) and match["o"] == "点"
    if bare and (hour not in _AFTER_NOON or match["points"] is not None):
        return Quantity(*match.span(), (hour,), "点")
    later = said in _AFTERNOON and hour < 12 and not (said == "中午" and hour > 10)
    return Quantity(*match.span(), ((hour + 12 * later) * 60 + minute,), "clock", vague=not said and hour <= 12)


def _share(match: re.Match[str]) -> Quantity:
    below = value_of(match["below"])
    above = value_of(match["above"] + (match["parthalf"] or ""))
    if not below or above is None:
        return Quantity(*match.span(), (match.group(),), "%")
    return Quantity(*match.span(), (round(100 * above / below, 6),), "%")


def _plain(form: str, match: re.Match[str]) -> Iterator[Quantity]:
    first, unit, end = match["first"], match["unit"] or "", match.end()
    if match["unit1"] and not match["second"]:
        unit, end = match["unit1"], match.end("unit1")
    values: list[float | str] = []
    said = [first, match["second"]] if match["second"] else [first]
    is_range = len(said) > 1 and match["to"].strip()[0] not in ":比"
    read = range_of(first, match["second"]) if is_range else map(value_of, said)
    for text, found in zip(said, read, strict=True):
        value = 1.0 if text == "元" else found
        values.append((match["vague"] or "") + text if value is None or match["vague"] else value)
    if match["unit1"] and match["second"] and match["unit1"] != match["unit"] and match["unit"]:
        end, unit, values = match.end("unit1"), match["unit1"], values[:1]
    single = len(first.strip()) == 1 and not first.strip().isdigit()
    if single and not unit and match["era"] != "第" and not match["second"]:
        return
    if not any(c.isdigit() or c in HAN_NUMERAL for c in first) and first != "元":
        return
    more = _tenth(match["and"]) if match["and"] and end == match.end() else 0.0  # 三块五, 三年半
    start = match.start() if match["era"] not in ("前", "初") else match.start("first")
    yield _measured(form, (start, end), values, unit, match, more)


def _measured(
    form: str, span: tuple[int, int], values: list[float | str], unit: str, match: re.Match[str], extra: float
) -> Quantity:
    """The quantity of a number, with what its unit and the words before it make of the value."""
    if unit.startswith("个半"):
        unit, extra = unit.replace("半", ""), 0.5
    tenth, unit_name = match["tenth"], SAME_UNIT.get(unit, unit)
    if unit == "成" and re.match("[为员立功本分果年人长绩交就品语型败效都衣]", form[match.end("unit") :]) and not tenth:
        unit_name, span = "", (span[0], match.start("unit"))
    numbers = [value + extra if isinstance(value, float) else value for value in values]
    if unit_name == "成":
        numbers = [round((v + _tenth(tenth)) * 10, 6) if isinstance(v, float) else v for v in numbers]
        unit_name = "%"
    elif unit_name == "折":
        numbers = [v / 10 if isinstance(v, float) and v > 10 else v for v in numbers]
    elif match["era"] == "民国" and unit_name in ("年", ""):
        numbers = [v + 1911 if isinstance(v, float) else v for v in numbers]
    elif match["era"] in ("公元前", "西元前"):
        numbers = [-v if isinstance(v, float) else v for v in numbers]
    money = (match["money"] or "").strip()
    if money and unit_name in ("", "元"):
        unit_name = CURRENCY[money] or "元"
    indefinite = match["first"].strip() == "一" and unit in COUNTERS and not match["era"]
    after = form[span[1] : span[1] + 1]
    return Quantity(*span, tuple(numbers), unit_name, match["era"] == "第", indefinite, "\u3400" < after < "\uff00")


def _tenth(digit: str | None) -> float:
    """What a digit behind a unit adds: five tenths of 三成五 and 三块五; a half for 半."""
    return 0.5 if digit == "半" else (value_of(digit or "零") or 0.0) / 10


def same_value(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities are the same number, whatever it counts."""
    if "clock" in (one.unit, other.unit) and one.unit != other.unit:
        one, other = (one, other) if one.unit == "clock" else (other, one)
        return other.unit in ("点", "时") and isinstance(one.values[0], float) and _hours(one) == other.values
    if one.unit == "clock" and (one.vague or other.vague):
        return [float(v) % 720 for v in one.values] == [float(v) % 720 for v in other.values]
    return one.values == other.values


def _hours(clock: Quantity) -> tuple[float]:
    hour = float(clock.values[0]) / 60
    return (hour % 12 or 12.0,)


def same_unit(claimed: Quantity, source: Quantity) -> bool:
    """Whether two quantities may count the same: one has no unit, or the units are names of one or alike."""
    return units_agree(claimed.unit, source.unit, source.followed)


def agree(claimed: Quantity, source: Quantity) -> bool:
    """Whether a claim's quantity says what the source's does."""
    if PERIOD in (claimed.unit, source.unit):
        return _each(claimed) == _each(source)
    return (same_value(claimed, source) and same_unit(claimed, source)) or _same_measure(claimed, source)


def _each(quantity: Quantity) -> Sequence[float | str] | None:
    """The duration of a period; a plain one counts as one, as in 一个月三万元."""
    if quantity.unit == PERIOD or len(quantity.values) > 1:
        return quantity.values
    value = quantity.values[0]
    return in_smallest(value, quantity.unit) if isinstance(value, float) else None


def _same_measure(one: Quantity, other: Quantity) -> bool:
    """Whether two units of one kind come to the same, as 半小时 and 三十分钟."""
    if not all(isinstance(value, float) for value in (*one.values, *other.values)):
        return False
    pairs = zip(one.values, other.values, strict=False)
    same = all(same_measure(float(a), one.unit, float(b), other.unit) for a, b in pairs)
    return same and len(one.values) == len(other.values)
