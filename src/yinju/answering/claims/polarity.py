"""Search form of a text → the words in it that say no, and those that have an opposite."""

import re
from dataclasses import dataclass
from functools import lru_cache

_EXCEED = "(?:超过|多于|高于|大于|超出|长于|晚于|逾)"
_FALL_SHORT = "(?:少于|低于|小于|短于|早于)"
_NOT = "(?:不得|不能|不可|不可以|不会|不应|不准|不许|不要|不|未|没有|没|从未|勿)"

_HOLDS_NO_NEGATION = """
    不同 不过 不仅 不但 不只 不光 不单 不断 不久 不少 不时 不禁 不料 不惜 不妨 不管 不论 不止 不锈 不由 不愧
    不约而同 不知不觉 不动产 不一 不等式
    不外乎 非常 非洲 非典 除非 莫非 是非 南非 北非 东非 西非 中非 无论 无线 无数 无疑 无锡 无限 无非 无比 无机
    未来 未免 别人 特别 差别 分别
    区别 个别 级别 性别 类别 别墅 别名 别称 别号 辨别 识别 告别 离别 派别 鉴别 国别 另别 免疫 避免不 不得不
    不能不 不可不 不会不 不无 无不 莫不
    没有不 未尝不 并非不 无一不 是不是 会不会 能不能 有没有 可不可以 要不要 是否 能否 可否 与否 否则 不然 要不
    差不多 巴不得 恨不得 了不起 对不起 不倒翁
    未婚妻 未婚夫 无花果 无人机 没收 没落 沉没 淹没 埋没 出没 吞没 无尽 无形 无产 淋漓尽致 不朽 不列颠 不丹 不莱梅
""".split()
_NEGATORS = (
    "禁止|严禁|不禁止|没有|未曾|未有|免(?=[费收缴除交])|以免|避免|免于|缺乏|缺少|拒绝|停止|难以|无法|毫无|[不未]经过?(?![济典常营意])|毋|不|没|未|无|勿|莫(?=[要再能])|非"
    "|别(?=[再让把怕忘急想说做给去要用担把])|禁(?=用|入|行|烟|放)|并非|除(?=外)"
    "|除了?(?=[^,。;]{1,12}外,?[^,。;也还亦又]{0,8}?(?:每|天天|全|均|皆|都|一律|其余|其他|任何)(?![^,。;]{0,6}[也还亦又]))"
)
"""The last one: whoever is left out of 每天 or 其他 by 除…外 is denied what is said of them."""
_AXES = (
    ("增加 增长 上升 提高 成长 升高 上涨 提升 扩大 增多 调高 增强 升值 上调 涨价 变多 调升"
    " 升到 升至 升为 涨到 涨至 涨为 增到 增至 增为",
    "减少 下降 降低 下跌 缩小 衰退 减弱 调低 下滑 贬值 下调 降价 变少 缩减 调降"
    " 降到 降至 降为 跌到 跌至 跌为 减到 减至 减为"),
    ("之前 以前 前", "之后 以后 后"), ("最高", "最低"), ("最大", "最小"), ("最多", "最少"), ("最长", "最短"),
    ("最早", "最晚 最迟"), ("最好", "最差 最坏"),
    ("允许 准许 可以 容许", "禁止 不准 不许"), ("支持 赞成 同意", "反对"), ("成功", "失败"), ("开始", "结束"),
    ("内", "外"),
    ("上午 早上 清晨 凌晨 早晨", "下午 晚上 傍晚 夜间"), ("优点 好处 优势", "缺点 坏处 劣势"), ("主动", "被动"),
    ("高于 大于", "低于 小于"),
    ("高", "低"), ("大", "小"), ("新", "旧"), ("长", "短"), ("多", "少"), ("男", "女"), ("快", "慢"),
    ("大型", "小型"), ("线上", "线下"), ("有利", "不利"), ("南部", "北部"), ("东部", "西部"), ("左", "右"),
    ("首次 第一次", "最后一次"), ("公开", "秘密"),
    ("必须 应当 应该 务必 一定要", "不必 无须 无需 不用 毋须 毋需 毋庸"), ("买", "卖"), ("合法", "非法"),
    ("进口", "出口"), ("接受", "拒绝"), ("承认", "否认"), ("简单 容易", "困难 复杂"), ("多数 大多", "少数"),
    ("全部 所有", "部分"),
)  # fmt: skip
_UPPER = f"{_NOT}{_EXCEED}|不到|不足|不满|未满|低于|少于|小于|短于|以下|以内|之内|至多|最多|上限"
_LOWER = f"{_NOT}{_FALL_SHORT}|超过|高于|多于|大于|超出|以上|至少|最少|起码|不下(?!去|来)|下限"
_QUANTIFIED = re.compile(rf"(?P<upper>{_UPPER})|(?P<lower>{_LOWER})")

_POLES = {
    word: (axis, side)
    for axis, pair in enumerate(_AXES, start=1)
    for side, words in enumerate(pair)
    for word in words.split()
    if not _QUANTIFIED.fullmatch(word)
}
_FOUND = re.compile(
    rf"(?P<upper>{_UPPER})|(?P<lower>{_LOWER})"
    rf"|(?P<none>非[^,。;]{{1,8}}不可(?!以)|(?P<a>[\u4e00-\u9fff])[不没](?P=a)|{'|'.join(_HOLDS_NO_NEGATION)})"
    rf"|(?P<pole>{'|'.join(sorted(_POLES, key=lambda word: (-len(word), word)))})"
    rf"|(?P<not>{_NEGATORS})"
)
_DENYING = frozenset("禁止 不准 不许 不必 无须 无需 不用 毋须 毋需 毋庸 不利 非法 拒绝".split())
"""Words with an opposite that are negations as well."""
_AFTER_DURATION = re.compile("(?<=[天日周月年时钟])(?:(?P<within>[以之]?内)|[以之]?后)")

BOUND = 0
"""The axis of 以上 and 以下."""
NEGATION = -1
WITHIN = -2
"""The axis of 三天内 and 三天后."""


@dataclass(frozen=True, slots=True)
class Polarity:
    """A word that says no, or one that has an opposite: where it stands in the search form."""

    start: int
    end: int
    axis: int
    """NEGATION, BOUND, WITHIN, or which pair of opposites."""
    side: int
    negates: bool
    """Whether it counts as a negation as well."""


@lru_cache(maxsize=2048)
def find_polarities(form: str) -> tuple[Polarity, ...]:
    """The negations and the words with an opposite in a search form, in order; no words such as 不同 and 特别."""
    found = []
    for match in _FOUND.finditer(form):
        start, end = match.span()
        if match["upper"] or match["lower"]:
            found.append(Polarity(start, end, BOUND, int(bool(match["lower"])), False))
        elif match["pole"]:
            axis, side = _POLES[match.group()]
            found.append(Polarity(start, end, axis, side, match.group() in _DENYING))
        elif match["not"]:
            found.append(Polarity(start, end, NEGATION, 0, True))
    for match in _AFTER_DURATION.finditer(form):
        found.append(Polarity(*match.span(), WITHIN, int(not match["within"]), False))
    return tuple(sorted(found, key=lambda polarity: polarity.start))
