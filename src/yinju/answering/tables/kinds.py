"""The kinds of things that questions ask for, and how the columns that hold them are called; over search forms."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AskedKind:
    """A kind of thing that questions ask for, and how the columns that hold it are called."""

    name: str
    asks: re.Pattern[str]
    heads: re.Pattern[str]
    cells: re.Pattern[str] | None = None
    """What its cells look like, where that tells."""


_PEOPLE = (
    "姓名|名字|名单|人$|人员|负责|主管|经理|[教老讲导]师|教练|医生|医师|技师|主任|窗口|联[系络]|承办|作者|组长|队长|店长|主持|主讲"
    "|成员|同学|学生|员工|同事|同仁|职员|雇员|志工|病患|患者|住户|房客|业主|选手|队员|球员|嘉宾|值班|司机|导游|会员|顾客|旅客"
    "|申请人|找谁|[员者师长主户]$|客户|买方|卖方"
)
_AMOUNTS = (
    "多少钱|几块钱?|几元|多少元|多少块|什么价|价钱|价位|几多钱|几万|几千|几百|贵不贵|要钱吗|要不要钱|收钱吗|收不收费|收费吗|要收费|要付费"
    "|[花收赔罚付缴交领退]多少|补助?多少"
)
_PLACES = (
    "哪里|哪儿|在哪(?![个一些家间位种张本门])|何处|哪[个些]?地方|什么地方|去哪(?![个一些家间位种张])|哪边|[停放住坐摆收]哪|哪(?=$|[\\s,，?？])|几楼|哪一?间教室|哪一?区",
    "地点|地址|位置|地区|教室|场所|城市|仓库|楼层?|区域|[场会展]馆|[站厅室区]$|办公地|产地|场地|地方|所在|停放|存放|放置|货架|哪里|县市",
)
_KINDS: tuple[tuple[str, str, str, str], ...] = (
    ("money", _AMOUNTS,
     "价|费|金额|款$|薪|钱|租金|月租|成本|预算|营收|收入|支出|票$|工资|押金|额$|元|保证金|奖金|罚|补助|赔",
     r"元|块|\$|¥|免费"),
    ("person", "谁|哪一?位|什么人|哪个人|叫什么|什么名字|姓什么|哪几位", _PEOPLE, ""),
    ("phone", "打几号|几号分机|电话(?:号码)?|手机(?:号码?)?|联[系络]方式|怎么联[系络]|分机几号|号码",
     "电话|手机|分机|专线|联[系络]方式|tel|phone|号码|行动", ""),
    ("place", *_PLACES, ""),
    ("time",
     "几点|什么时候|什么时间|何时|哪一?天|几月几[日号]|几月|几号(?![房楼桌车线门柜厅馆])|哪年|哪一年|几年|几时|日期|哪个?月",
     "时间|日期?$|时段|时刻|期$|[年月]$|星期|周次?|节次|开始|结束|截止|期限|年份|时$|日$", ""),
    ("weekday", "星期几|周几|礼拜几", "星期|周次?|礼拜|看诊日|上课日", "(?:周|星期|礼拜)[一二三四五六日天]"),
    ("length", "多长|多远", "长度?|距离|里程|全长|公里|路程", "公尺|公里|米|公分|厘米|km"),
    ("duration", "多久|多长时间|多长|(?<!哪)几天|多少天|(?<!哪)几个月|(?<!哪)几年|几小时|几个小时|几分钟",
     "期限|时限|时长|期$|寿命|年限|频率|间隔|周期|天数|时数|时间|效期|学制", "天|日|小时|分钟|个?月|年|周"),
    ("weight", "多重|多沉|几公斤|几斤", "重", "kg|公斤|克|斤|g$"),
    ("size", "多大|多宽|几坪|多少坪|几平", "面积|尺寸|大小|容量|规格|坪|平方|年龄|宽", "坪|㎡|平方|寸|公分|岁"),
    ("height", "多高|多深|多厚", "高|海拔|身高|深|厚", "公尺|米|公分|cm|m$"),
    ("noise", "多大声|多吵|声音多大|几分贝|多少分贝", "噪音|噪声|音量|分贝", "分贝|db"),
    ("warmth", "几度|多少度|温度多少", "温|度$", "℃|度|°"),
    ("reason", "为什么|为何|原因|怎么会|为啥", "原因|理由|事由|成因|说明", ""),
    ("way", "怎么办|怎么处理|怎么解决|怎么修|怎么弄|怎样处理|如何处理|如何解决|怎么做|怎么救",
     "处理|方法|办法|措施|对策|解决|步骤|做法|建议|处置", ""),
    ("company", "哪一?家|哪个?公司|哪个?厂商", "客户|公司|厂商|供应商|店|品牌|厂|单位|机构|商家|医院|旅馆|饭店", ""),
    ("thing", "什么东西|[买订卖点借租]了?什么|什么货|哪个?商品|什么菜",
     "品名|商品|产品|项目|名称|物品|品项|货名|菜|内容|书名", ""),
)  # fmt: skip
KINDS = tuple(
    AskedKind(name, re.compile(asks), re.compile(heads), re.compile(cells) if cells else None)
    for name, asks, heads, cells in _KINDS
)
BY_NAME = {kind.name: kind for kind in KINDS}
"""One question word may be of two: 多長 of a river and of a stay."""

SOLD = re.compile("售价|零售|现价|卖价|实价|优惠价")
"""The price that is paid, where there are more."""
TIMED = frozenset("关门 开门 打烊 过期 到期 开始 结束 截止 生效 发车 上课 下课 入场 休息".split())
"""What a time is of, beside a word that asks for it."""
VALUES = frozenset(
    "人数 数量 数 总数 次数 金额 价格 价钱 费用 数目 多少 时间 日期 地点 名称 号码 情况 内容 状态 保额 额度"
    " 价位 费率 成绩 分数".split()
)
"""What a column is called beside what it is of: 報名人數 for a column 已報名."""
