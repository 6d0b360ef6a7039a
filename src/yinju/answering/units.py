"""The names of units, folded: which are one, which count alike, and how many of a smaller one each is."""

from collections.abc import Mapping
from math import isclose

_NAMES = """
    秒 秒钟 s|分钟 min|小时 个小时 钟头 个钟头 hr h|天 工作天 工作日|周 星期 礼拜 个星期 个礼拜|个月|年|岁 周岁 足岁
    公里 千米 km|米 公尺 m|厘米 公分 cm|毫米 公厘 mm|英里 哩 mile|英尺 呎 ft|英寸 吋|海里 浬|尺|寸|里
    平方公里 平方千米 km2|平方米 平方公尺 平米 ㎡ m2|平方英里|公顷|亩|坪|立方米 立方公尺 m3
    公斤 千克 kg|克 公克 g|毫克 mg|吨 公吨 t|斤|台斤|两|磅|盎司|升 公升 l|毫升 ml cc|加仑
    元 块 块钱 圆 元整 人民币 rmb|美元 美金 美圆|欧元|日元 日圆|港元 港币 港圆|英镑|韩元 韩圜|卢布|卢比
    法郎|马克|澳元|加元|角 毛钱 毛
    % 个百分点 趴|‰|倍|折|度 摄氏度 ℃ °c °|分贝|瓦 w|千瓦 kw|伏 v|赫兹 hz|马力 匹马力|mb|gb|kb|tb|像素|大卡 千卡
"""
SAME_UNIT: Mapping[str, str] = {
    same: names[0]
    for names in (entry.split() for entry in _NAMES.replace("\n", "|").split("|") if entry.strip())
    for same in names
}
"""A measure's name → the first name of it."""

COUNTERS = frozenset(
    """
    人 位 名 个 家 间 所 次 回 遍 趟 场 台 部 辆 架 艘 条 座 栋 幢 层 楼 本 册 篇 张 份 封 件 项 种 类 款 样 支 只 头
    匹 棵 株 颗 粒 枚 片 段 句 字 页 章 节 集 话 期 届 版 号 组 队 批 套 双 对 盒 罐 包 瓶 杯 袋 箱 碗 户 口 级 轮 局
    球 则 通 票 席 站 步 点 关 代 卷 首 幅 道 班 排 室 岁 门 城 区 人次 公里 处 顿 桶 串 束 根 员 门课 年级 世 分 季
    季度 学期 把 面 艇 强 胜 平 负 连 营 团 旅 师 军 州 省 市 县 镇 乡 村 国 环 系 院 字节 车厢 节车厢 代表 朵 笔 宗
    起 例 桩 顶 枝
    """.split()
)
"""What things are counted by."""

_ALIKE = tuple(
    frozenset(group.split())
    for group in """
    人 位 名 口 员 人次 个人|家 间 所|次 回 遍 趟 场 度 届|种 类 款 项 样 条 点 件|本 册 部 卷|台 部 辆 架|只 头 匹 条
    篇 则 条 首|层 楼|集 话 期 回|栋 幢 座 间|颗 粒 枚|棵 株
    季 季度|艘 条 只|宗 起 例 桩 件 次|分 分钟|座 处 所 间|条 根 道
    支 队 枝|号 日|天 日 夜 晚|% %off|届 期 次|点 clock|小时 时|人 票 席 名
    """.replace("\n", "|").split("|")
)
_LOOSE = "个"
"""Counts anything."""

_SCALES: Mapping[str, tuple[str, float]] = {
    unit: (line.split(":")[0], float(factor))
    for line in (
        "time:秒 1|分钟 60|分 60|小时 3600|时 3600|天 86400|日 86400|周 604800",
        "months:个月 1|季度 3|年 12",
        "mass:毫克 0.001|克 1|两 50|斤 500|台斤 600|公斤 1000|吨 1e6|磅 453.59237|盎司 28.349523",
        "length:毫米 1|厘米 10|米 1000|里 500000|公里 1e6|英寸 25.4|英尺 304.8|英里 1609344|海里 1852000",
        "volume:毫升 1|升 1000|加仑 3785.41",
        "area:平方米 1|坪 3.305785|亩 666.666667|公顷 10000|平方公里 1e6|平方英里 2589988",
        "money:角 0.1|元 1",
        "share:‰ 0.1|% 1|倍 100",
        "power:瓦 1|千瓦 1000",
        "data:kb 1|mb 1024|gb 1048576|tb 1073741824",
    )
    for unit, factor in (entry.split() for entry in line.split(":")[1].split("|"))
}
"""Unit → what it measures, and how many of the smallest one it is."""

_ROUGH = frozenset("磅 盎司 英寸 英尺 英里 海里 加仑 坪 亩 平方英里".split())
"""Units of another system than metres and grams, which nobody converts to the last digit."""
_ROUGHLY = 0.01

OFF = "%off"
"""The unit of a share that a price is cut by."""

DATES = frozenset("月 日 号 世纪 年代 weekday clock".split())
"""Units that make a number a date or a time of day."""

UNITS = sorted(
    {*SAME_UNIT, *COUNTERS, *DATES, "年", "成", "时", "个半小时", "个半月"} - {"weekday", "clock"},
    key=lambda unit: (-len(unit), unit),
)
"""Every name, longest first."""

CURRENCY: Mapping[str, str] = dict.fromkeys(["新台币", "台币", "人民币", "nt$", "nt", "rmb", "¥", "$"], "") | {
    "美元": "美元", "us$": "美元", "usd": "美元", "港币": "港元", "hk$": "港元", "欧元": "欧元", "€": "欧元",
    "£": "英镑",    "日币": "日元",
}  # fmt: skip
"""What stands before a sum → its unit; empty for a currency that is usually left unsaid."""


def units_agree(claimed: str, source: str, followed: bool) -> bool:
    """Whether two units may count the same: one is unknown, or they are one or alike.

    `followed`: a Han character stands after the source's number, so that a unit we do not know may.
    """
    if claimed == source:
        return True
    if not claimed or not source:
        measure = claimed in SAME_UNIT.values() and claimed not in ("年", "元")
        return not (measure and followed)
    counters = claimed in COUNTERS and source in COUNTERS
    return any({claimed, source} <= group for group in _ALIKE) or (counters and _LOOSE in (claimed, source))


def in_smallest(value: float, unit: str) -> tuple[str, float] | None:
    """What a unit measures, and the value in the smallest unit of that; None for units that are not converted."""
    if unit == "个月" and value == 0.5:  # said for fifteen days
        value, unit = 15.0, "天"
    if unit in ("折", OFF):
        return "share", round(10 * value if unit == "折" else 100 - value, 6)
    kind, factor = _SCALES.get(unit, ("", 0.0))
    return (kind, round(value * factor, 6)) if kind else None


def same_measure(value: float, unit: str, other: float, other_unit: str) -> bool:
    """Whether two measures come to the same: 半小时 and 三十分钟, 5 坪 and 16.5 平方米, 三分之二 and 66.7%."""
    one, two = in_smallest(value, unit), in_smallest(other, other_unit)
    if one is None or two is None or one[0] != two[0]:
        return False
    if (unit in _ROUGH) != (other_unit in _ROUGH):
        return isclose(one[1], two[1], rel_tol=_ROUGHLY)
    return one[1] == two[1] or (one[0] == "share" and (_rounds_to(one[1], two[1]) or _rounds_to(two[1], one[1])))


def _rounds_to(endless: float, rounded: float) -> bool:
    """Whether a share with no end, such as two thirds, is written as another."""
    return endless != round(endless, 4) and rounded in (round(endless), round(endless, 1), round(endless, 2))
