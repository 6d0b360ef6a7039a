"""A question → the types of thing that may answer it, and whether a sentence gives one: a telephone number, a date.

All over search forms. A type is given by what the question does not say itself: 「8 月 5 日之後要多少錢」 is not
answered by 「8 月 5 日」.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from yinju.numerals import NUMERAL as _N

_UNIT = (
    "个|位|名|人|次|种|款|条|项|步|间|辆|台|件|页|本|册|张|份|支|瓶|盒|箱|包|罐|杯|片|颗|粒|套|"
    "双|堂|节|门|科|家|户|只|头|"
    "座|栋|层|楼|岁|级|届|期|班|组|队|部|集|章|场|趟|笔|单|批|天|日|年|月|周|点|时|分|秒|元|块|万|亿|成|折|倍|度|"
    "公里|公尺|公分|公斤|公克|米|厘米|毫米|克|千克|吨|升|毫升|坪|平方|字|票|席|桌|床|号|%|℃|[a-z]{1,3}(?![a-z])"
)
_MONEY = rf"{_N}[0-9,.]*{_N}*\s?(?:元|块|万|亿|美元|日圆|英镑|欧元|%|成|折)|[¥$]\s?\d|免费|免收|不收费|不用钱|百分之"
_AMOUNT = rf"{_MONEY}|\d{{2,}}(?:[,.]\d+)?(?!\d)"
_CLOCK = (
    rf"\d{{1,2}}:\d{{2}}|(?:早上|上午|中午|下午|晚上|凌晨)?\s?{_N}{{1,3}}\s?[点时](?!候|间|段)|"
    "全天|24小时|中午|正午|午夜"
)
_DAY = (
    rf"{_N}{{1,4}}\s?年|{_N}{{1,3}}\s?月\s?{_N}{{0,3}}\s?[日号]?|{_N}{{1,3}}\s?[日号]|\d+[-/]\d+(?:[-/]\d+)?|"
    rf"(?:星期|周|礼拜){_N}?[一二三四五六日天末]"
    "|每[天日周月季年]|月底|月初|年底|年初|季度|当天|当日|次日|隔天|隔日|前一天|平日|假日|工作日|"
    "世纪|年代|学期|学年|暑假|寒假|春节"
)
_SPAN = (
    rf"{_N}+(?:\.\d+)?\s?个?(?:天|日|年|月|周|星期|礼拜|小时|钟头|分钟|分|秒|工作日|学年|学期|季度|"
    rf"世纪|晚|夜)|半年|半天|永久|终身|无限期|长期|当天|每[天日周月季年]|每隔|每个?{_N}"
)
_SHARE = rf"\d\s?[%‰]|{_N}\s?[成折]|百分之{_N}|{_N}\s?[比∶:]\s?{_N}"
_PHONE = (
    r"\d{3,4}[-－‑ ]\d{3,4}(?:[-－‑ ]\d{3,4})?|(?<!\d)\d{7,11}(?!\d)|转\s?\d+|(?:分机|内线)\D{0,2}\d"
    r"|(?:打|拨|电话|专线|热线|服务台)[^,。;\d]{0,6}\d{3,5}(?![\d.年月日元:])"
)
_EXTENSION = r"(?<![\d.,-])\d{2,6}(?!\s?[\d.,年月日元号人个%:-])"
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏"
    "薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段"
    "章钱汤尹黎易常武乔贺赖龚文温庄柯简欧詹游涂尤连翁古阮施洪褚卫尚滕艾左巫宫冉费庞单戚包裘莫湛骆柏卓纪歇"
)
_PERSON = (
    rf"[{SURNAMES}][一-鿿]{{1,2}}(?![一-鿿]*[市县区路])|先生|女士|小姐|老师|医师|医生|师傅|经理|"
    rf"主任|部|处|组|科|室|课|局|所|公司|人员|专员|本人|员"
)
_NAME = (
    rf"(?<![一-鿿])[{SURNAMES}][一-鿿]{{1,2}}(?![一-鿿])|[由请找是:为、,(]\s?[{SURNAMES}][一-鿿]{{1,2}}"
    rf"|[{SURNAMES}](?:先生|小姐|女士|老师|师傅|医师|律师|教练)|[「《“\"]|[a-z]{{3,}}"
)
_PLACE = (
    "[楼层室区站路街巷号馆厅处所院校店台门口旁侧栋镇乡市县州国省村里房库柜架场园桥湾岛山寺庙角落]|"
    "位于|地点|地址|线上|网站|app|柜台|窗口|小程序"
)


@dataclass(frozen=True, slots=True)
class AnswerType:
    """A type of thing that is asked for."""

    name: str
    asks: re.Pattern[str]
    gives: re.Pattern[str]


def _type(name: str, asks: str, gives: str) -> AnswerType:
    return AnswerType(name, re.compile(asks), re.compile(gives))


TYPES = (
    _type("phone", "电话|手机几号|手机号|号码|打几号|几号.{0,2}打|联系方式|热线|专线|传真|phone", _PHONE),
    _type("extension", "分机|内线|打几号", _EXTENSION),
    _type("email", "e-?mail|邮箱|电邮|电子邮件|信箱|邮件地址", r"\S@\S|信箱|邮箱"),
    _type("address", "网址|网站|官网|链接|url", r"www|http|\.[a-z]{2,4}(?![a-z])|平台|小程序|官网"),
    _type("money",
        "多少钱|价格|价钱|费用|收费|工资|薪|年费|月费|房租|租金|押金|保证金|售价|单价|定价|利润|手续费|几块|几元|"
        "多少元|什么价|罚多少|赔多少|花多少|收多少|交多少|付多少|领多少|拿多少|退多少|补多少|减多少|预算|金额|补助|"
        "奖金|票价|工本费|how much", _AMOUNT),
    _type("clock", "(?<!哪)几点|几时|几:|什么时间", _CLOCK),
    _type("day",
        "几月|几号|哪天|哪一天|哪日|何时|什么时候|哪年|哪一年|何年|几年(?!级|前|内)|日期|星期几|周几|"
        "礼拜几|截止|到什么时|when", f"{_DAY}|{_CLOCK}"),
    _type("span",
        "多久|几天|多少天|几个月|几年(?!级)|几小时|几个小时|几分钟|多长时间|期限|效期|几周|几个星期|"
        "多少时间|(?<!不)保[固修](?![的内外卡书单范])|时限", _SPAN),
    _type("share", "百分之几|几成|几折|比例|比率|占比|百分比|折扣|打折|利率|税率|费率", _SHARE),
    _type("count",
        f"(?<!哪)几(?!年级|[号月点时])(?:{_UNIT})|多少(?:{_UNIT}|人)|人数|名额|数量|几次|上限|至少|最多|最少|how many",
        rf"{_N}+[0-9,.]*\s?(?:{_UNIT})|\d"),
    _type("measure",
        "多[大重高长宽远深厚粗快]|几度|多少度|温度|面积|重量|尺寸|容量|功率|速度|噪音|高度|长度|宽度",
        rf"{_N}+(?:\.\d+)?\s?(?:{_UNIT})|\d"),
    _type("person",
        "谁|哪位|哪一位|什么人|姓什么|叫什么|哪个人|找谁|名字|负责人|联系人|主席|作者|哪个老师|"
        "哪位老师|经手人|who", _PERSON),
    _type("name", "叫什么|什么名字|姓什么|哪位|哪一位|哪个(?:老师|医师|医生|律师|教练|师傅)|名字是", _NAME),
    _type("unit",
        "哪个单位|哪个部门|哪个科|哪一科|哪个处|归谁管|哪家|哪间|哪个机关|哪个组|哪里办|主管机关",
        "部|处|组|科|室|课|局|所|会|公司|单位|店|行|厂|社|院|中心|机关"),
    _type("place",
        "哪里|哪儿|何处|在哪|哪个地方|地点|位置|地址|几楼|几层|哪一?楼|哪个门|哪个站|"
        "哪一?[站间馆厅区]|什么地方|where", _PLACE),
    _type("reason",
        "为什么|为何|原因|为啥|怎么会|何以|因何|何故|缘故|干嘛|凭什么|理由|why",
        "因|由于|所以|导致|致使|为了|以便|从而|使得|故|造成|引起|避免|以免|防止|否则|怕|才|不然|会"),
    _type("whether",
        "吗|是否|是不是|能不能|可不可以|可以.{0,12}(?:不|吧)$|能否|有没有|要不要|会不会|行不行|"
        "对不对|需不需要|得不得|吧$|可以.*[么没]$|算不算",
        "不|可|得|须|应|需|禁|限|免|无|没|均|只|一律|能|必|除|才|准|许|有|会"),
)  # fmt: skip
"""What asks for it, and what gives it; a question may ask for several."""

STRICT = frozenset({"phone", "extension", "email", "address", "money", "clock", "span", "count", "name"})
"""The types that an answer must give: where it gives none, it is none."""

_COUNTED = re.compile(rf"(?:几|多少)(?P<unit>{_UNIT})(?P<thing>[一-鿿]{{0,2}})")
_ALIKE_UNITS = ("位名人个", "次回遍趟", "天日", "种类款项个样", "间家所", "本册", "张份")
"""Units that count the same things."""


@lru_cache(maxsize=256)
def _counting(form: str) -> re.Pattern[str] | None:
    """What counts the thing that a question asks how many of: 12 位 for 幾個人; None where it names no unit."""
    asked = _COUNTED.search(form)
    if asked is None:
        return None
    units = {asked["unit"], *chain.from_iterable(alike for alike in _ALIKE_UNITS if asked["unit"] in alike)}
    thing = re.escape(asked["thing"])
    named = rf"|{_N}\s?(?:{_UNIT})?{thing}" if asked["unit"] == "个" and len(thing) == 2 else ""
    several = "|、[^。;]*、|[一二三四五六七八九]是" if asked["unit"] in "个种类款项样" else ""
    return re.compile(rf"{_N}+[0-9,.]*\s?(?:{'|'.join(map(re.escape, units))}){named}{several}")


_LISTED = re.compile("分.{0,4}[几多]少?[步点种项类条样]|有.{0,4}几[步种项类条样]")
"""Asks how many points there are, which a list of them answers."""
_DIMENSIONS = tuple(
    (re.compile(asks), re.compile(gives)) for asks, gives in (
        ("多重|重量|[几多]少?公?斤", r"[克斤吨磅盎]|kg|oz|\d\s?m?g(?![a-z])"),
        ("[几多]少?(?:公分|厘米|公尺|公里|毫米)|身高|[长宽厚]度(?![一-鿿])", "[米尺寸毫吋]|公[分里]|[mck]?m(?![a-z])"),
        ("[几多]少?度|温度", "度|℃|°"),
        ("几坪|多少坪|面积(?![一-鿿])", "坪|平方|m2|公顷|亩"),
        ("功率|几瓦|多少瓦", r"瓦|\dk?w(?![a-z])"),
    )
)  # fmt: skip
"""What asks for a dimension, and the units that give it."""


def lacks_dimension(sentences: str, question: str) -> bool:
    """Whether a question asks how heavy, long, warm or large a thing is and sentences have no unit of that."""
    asked = [gives for asks, gives in _DIMENSIONS if asks.search(question)]
    return bool(asked) and not any(gives.search(sentences) for gives in asked)


def lacks_type(sentences: str, question: str) -> bool:
    """Whether a question asks for a type that must be given and sentences give none of it; both as search forms."""
    if lacks_dimension(sentences, question):
        return True
    strict = [kind for kind in asked_types(question) if kind.name in STRICT]
    if _LISTED.search(question):
        strict = [kind for kind in strict if kind.name != "count"]
    return bool(strict) and not any(next(given(kind, sentences, question), None) for kind in strict)


@lru_cache(maxsize=256)
def asked_types(form: str) -> tuple[AnswerType, ...]:
    """The types that a question asks for, by its search form; none where it does not tell."""
    return tuple(one for one in TYPES if one.asks.search(form))


def _closed(form: str) -> str:
    """A text without spaces, which some put around numbers."""
    return "".join(form.split())


def given(kind: AnswerType, sentence: str, question: str) -> Iterator[str]:
    """What of a type a sentence gives that the question does not say, both as search forms."""
    gives, own = (_counting(question) if kind.name == "count" else None) or kind.gives, _closed(question)
    return (match.group() for match in gives.finditer(sentence) if _closed(match.group()) not in own)


def gives_type(sentence: str, question: str) -> bool:
    """Whether a sentence gives something of a type that the question asks for; true where it asks for none."""
    types = asked_types(question)
    return not types or any(next(given(one, sentence, question), None) is not None for one in types)
