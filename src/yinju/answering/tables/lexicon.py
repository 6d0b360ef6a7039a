"""The words of questions about tables: what asks, counts, adds up, ranks, denies, compares, and what says nothing.

All over search forms, in which both scripts and regions are one.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a question ranks rows by."""

    descends: bool
    """Whether the largest come first."""
    kind: str
    """The kind of column, see `asked_types.COLUMN_KINDS` and `KIND_OF_ADJECTIVE`; empty where any may be."""
    first: int = 1
    """The place in that order from which rows are wanted, from 1."""
    count: int = 1
    adjective: str = ""


SOLD = re.compile("售价|零售|现价|卖价|实价|优惠价")
"""The price that is paid, where there are more."""
TIMED = frozenset("关门 开门 打烊 过期 到期 开始 结束 截止 生效 发车 上课 下课 入场 休息".split())
"""What a time is of, beside a word that asks for it."""
VALUES = frozenset(
    "人数 数量 数 总数 次数 金额 价格 价钱 费用 数目 多少 时间 日期 地点 名称 号码 情况 内容 状态 保额 额度"
    " 价位 费率 成绩 分数".split()
)
"""What a column is called beside what it is of: 報名人數 for a column 已報名."""

NAMELESS = re.compile("(?:商|产|货|物)?品?(?:名|名称|项|项目|目)|商品|产品|货品|物品|种类|品种|款式")
"""How a column is called that names things without saying what kind they are of."""

COUNTED = "".join(
    """
    个位名张笔单家间条件项种台辆本次场人户只门节套份款所座支部站道批处棵箱瓶盒包袋杯样类级
    层组班队桌床区段票档卷册篇首枚把
    """.split()
)
"""Measure words."""
MEASURED = re.compile(rf"(?<![哪那好])(?:几|多少)(?P<unit>[{COUNTED}]?)(?P<noun>[^\s□,.?!;:的是呢吗了有]{{0,6}})")
"""多少 or 几 with what is counted."""
WHICH = re.compile(
    rf"(?:哪|那(?=[些几]))[一二两三四五]?(?:些|几[{COUNTED}天年月]?|[{COUNTED}])?|什么(?!时候|时间|人|名字|价|地方)|有谁|还有谁|有什么"
)
LISTS = re.compile(
    "哪些|哪几|那些|那几|有谁|有什么|列(?:出|一下|一?个|给)|列表|清单|名单|分别|都有|全部|所有|各是|有哪|是哪几|列举|谁(?:们)?都?(?=[在有])"
    "|都是谁"
)
TOTAL = re.compile(
    "加起来|一共|总共|合计|共计|总计|总额|总和|总数|加总|总价|总量|合起来|全部加|总的|共(?=[有几多])"
    "|总(?![监经机务部店裁干统台站编共计额和数价量]|是)"
)
AVERAGE = re.compile("平均(?:分数?|价格?|值|数)?|均价|均值")
DIFFERS = re.compile(
    "(?:相|价|金额)?差(?:距|额|价)?(?:了|是|有)?(?:多少|几)|差额|价差|相差"
    "|(?:贵|便宜|多|少)(?:了|出)?(?:多少|几)"
    "|(?:[调上]?涨|调升|[增加]加|[下调]?降|减少|缩[短减]|延长)了?(?:多少|几)"
    "|(?:比[^,，。?？]{1,20})(?:高|低|长|短|重|轻|早|晚|大|小|远|快|慢)(?:了|出)?(?:多少|几)"
)
SHARES = re.compile(
    "占[^\\s,，。?？]{0,10}?(?:百分之(?:几|多少)|几成|多少|比例|比)|百分之(?:几|多少)|几成|占比|百分比|比例"
)
COMPARES = re.compile("区别|差别|差异|不同|不一样|一样吗|一不一样|差在|比较|相比|对比|有差吗|vs")
WEEK = re.compile("(?:星期|礼拜|周)(?=[一二三四五六日天几])")
"""What is no name of a column before the number of a day."""
WEEKDAY = re.compile("(?:星期|礼拜|周)([一二三四五六日天])")
EACH = re.compile("每[一个位家种类款张间]+|各个?(?=□)|各自")
PER = re.compile("(?:每|一)个?(?:晚上|[晚天夜人次张份位本套件盒杯单笔场堂节项段款种台间条家户桌班趟辆只批门首页])")
"""One of something, which the price of a table is for."""
FREE = re.compile(
    "(?:不用|不要|不必|不需要?|不收|免)(?:任何)?(?:付|交|缴|花)?(?:钱|费用?)|免费|免缴|不花钱|白送|零元|零成本"
)
NEGATIONS = re.compile("(?:还没有?|尚未|没有?被?|未|不是|不在|不属于|不|非|除了?)$")
EITHER = re.compile("(?:有没有|能不能|可不可以|是不是|在不在|要不要|会不会)$")
NOT_YET = re.compile("(?:还没有?|尚未|没有?|未|还不)$")
HAS = re.compile("(?:含有?|包含?|有|附|可以?|能|支持|提供|带|需要?|要)(?:做|用|带|放|加)?$")
HAS_NOT = re.compile("(?:不含|不包含?|没有?|不附|不可以?|不能|不支持|不提供|不带|不需要?|不用|不要|无)$")

_RANKED: tuple[tuple[str, bool, str], ...] = (
    ("贵|花钱|费钱|烧钱", True, "money"), ("便宜|省钱|划算|实惠", False, "money"),
    ("资深|老资格", False, "joined"), ("资浅|菜|新进", True, "joined"),
    ("年轻", False, "age"), ("年长|老", True, "age"),
    ("早|先", False, "time"), ("晚|迟|后", True, "time"), ("新|近", True, "time"), ("旧|久远", False, "time"),
    ("久", True, "duration"), ("长", True, "length"), ("短", False, "length"), ("远", True, "length"),
    ("重", True, "weight"), ("轻", False, "weight"), ("热门|受欢迎|畅销|好卖|抢手|热销", True, "count"),
    ("冷门|滞销|难卖", False, "count"), ("热", True, "warmth"), ("冷", False, "warmth"), ("宽敞|宽", True, "size"),
    ("窄", False, "size"), ("快", False, "duration"), ("慢", True, "duration"),
    ("高|大|多|厚|深|强|好|久", True, ""), ("低|小|少|薄|浅|弱|差", False, ""),
)  # fmt: skip
_ADJECTIVES = "|".join(words for words, _, _ in _RANKED)
_N = "[一二两三四五六七八九十]|\\d{1,2}"
MOST = re.compile(
    rf"最(?P<adjective>{_ADJECTIVES})(?:的(?:是)?(?:前)?(?P<n>(?!一){_N})[{COUNTED}大]|[分价额值温])?"
    rf"|第(?P<nth>{_N})(?P<nth_adjective>{_ADJECTIVES})"
    rf"|(?P<last>倒数)?(?:前|top\s?|倒数)(?P<top>{_N})(?:[{COUNTED}大强高]|(?=\s|$))"
    rf"|排名?第(?P<rank>{_N})|(?P<first>冠军|第一名|榜首)"
    rf"|(?:哪[个家种款间位条本台班]?|谁)(?:比较|更|会更)?(?P<than>{_ADJECTIVES})(?=$|[\s?吗呢啊一些点])|(?:比较|更)(?P<more>{_ADJECTIVES})"
)
LIMIT = re.compile("最[多少高低长短久晚早迟快]|至[多少]|顶多|起码")
"""Asks for the limit that a cell states, not for the row with most: 最多可以借几本."""

KIND_OF_ADJECTIVE: dict[str, str] = {
    "joined": "到职|入职|入社|加入|报到|进公司|任职|年资|工龄|服务年|入会|入学",
    "age": "年龄|岁|出生|生日|年次",
    "count": "数量|销量|销售|人数|借阅|报名|订单|件数|份数|次数|点击|阅读|库存",
}
"""How columns are called that an adjective ranks by and no question word asks for."""

EXTENT = re.compile("面积|大小|容量|容纳|座位|席位?$|尺寸|坪|规模|金额|总额")
"""How columns are called by which things are large or small."""
HOLDING = re.compile("容纳|可坐|可住|座位数|载重|承重|载客")
"""How columns are called that say how many or how much there is room for."""
HEADCOUNT = re.compile("人数|名额|人$|员额")
"""How columns are called that count people."""
PERSONS = re.compile(
    "[个位名]?(?:人|学生|同学|学员|员工|人员|成员|会员|客人|小?孩子?|小朋友|选手|老师|同事|乘客|旅客|住户|观众)"
)
"""Who is counted in them."""

DOINGS = frozenset(
    """
    上班 工作 办公 买 卖 订 下 交 付 收 打 找 去 来 开 带 办 拿 领 给 花 用 叫 算 属于 进 做 看 玩 住 吃
    喝 借 租 送 寄 管 教 上 选 参加 报名 购买 使用 需要 花钱 出钱 付钱 缴 缴费 收费 收取 收到 报 问 查 联系
    联络 打电话 坐 站 停 容纳 负责 担任 当 排 放 在 装 写 列 列出 分别 拥有 弄 弄好 搞 搞定 完成 做好 办好
    坐下 坐得下 装下 装得下 放下 放得下 容下 容得下 住下 住得下 好 坏 坏了 坏掉 小孩 孩子 小朋友 下单 订购
    成交 卖出 买到 拿到 订了 下了 想 要 请 帮 帮忙 告诉 查询 显示 知道 拜托 麻烦 是否 应该
    必须 得 会 能 可以 可 不可以
    """.split()
)
"""What people do with what a row tells of, which no table says."""
PLAIN = frozenset(
    """
    东西 时候 情况 资料 信息 资讯 名单 列表 表 表格 清单 明细 数据 内容 部分 方面 总数 结果 单位 数字 全部
    所有 一共 总共 里面 当中 其中 今年 现在 目前 如今 先 这 那 这个 那个 这些 那些 一个 一下 各 各个 每 每个
    单子 单 笔 个 位 名 张 家 间 条 件 项 种 者 们 请问 想问 大概 大约 左右 分别 名字 名称 钱 人 总 共 最
    多少 几 些 全 整个 总体 合计 加起来 平均 相差 差 比 和 跟 与 或 以及 还有 只 只有 就 都 也 又 再 很 太
    更 比较 还 才 已 已经 曾 过 了 着 的 地 得 之 于 从 到 对 向 把 被 让 使 由 为 以 而 但 所 其 此 该 本
    某 另 别 哪 谁 什么 怎么 怎样 一 里 中 内 上 下 前 后 时 起来 起 出来 算 以上 以下 那边 这边 我 我们
    你 你们 他 她 它 他们 她们 咱们 大家 公司 哪里 吗 呢 吧 啊 耶 喔 嘛
    """.split()
)
"""Words that a table need not explain."""
PREFIXES = frozenset("总均各每全")
"""Characters that may stand before a column's name as one word."""


def ranking_of(adjective: str, first: int = 1, count: int = 1) -> Ranking:
    """The ranking that an adjective asks for; without one the largest first."""
    for words, descends, kind in _RANKED:
        if adjective and re.fullmatch(words, adjective):
            return Ranking(descends, kind, first, count, adjective)
    return Ranking(True, "", first, count, adjective)
