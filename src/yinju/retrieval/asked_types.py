"""The types of thing that questions ask for, in one table: what asks, what gives it, what is one, in which columns.

All over search forms, in which both scripts and regions are one.
"""

import re
from dataclasses import dataclass

from yinju.numerals import NUMERAL as _N

UNIT = (
    "个|位|名|人|次|种|款|条|项|步|间|辆|台|件|页|本|册|张|份|支|瓶|盒|箱|包|罐|杯|片|颗|粒|套|"
    "双|堂|节|门|科|家|户|只|头|"
    "座|栋|层|楼|岁|级|届|期|班|组|队|部|集|章|场|趟|笔|单|批|天|日|年|月|周|点|时|分|秒|元|块|万|亿|成|折|倍|度|"
    "公里|公尺|公分|公斤|公克|米|厘米|毫米|克|千克|吨|升|毫升|坪|平方|字|票|席|桌|床|号|%|℃|[a-z]{1,3}(?![a-z])"
)
"""What follows a number."""
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏"
    "薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段"
    "章钱汤尹黎易常武乔贺赖龚文温庄柯简欧詹游涂尤连翁古阮施洪褚卫尚滕艾左巫宫冉费庞单戚包裘莫湛骆柏卓纪歇"
    "丘甄覃蔺符牛桑桂鲁葛毕聂岳齐梅辛霍柳樊兰殷耿鲍饶牟冀季娄匡甘裴岑穆童闵谷缪佟苗狄麦喻靳虞"
)

_AMOUNT = (
    rf"{_N}[0-9,.]*{_N}*\s?(?:元|块|万|亿|美元|日圆|英镑|欧元|%|成|折)|[¥$]\s?\d|免费|免收|不收费|不用钱|百分之"
    r"|\d{2,}(?:[,.]\d+)?(?!\d)"
)
_CLOCK = (
    rf"\d{{1,2}}:\d{{2}}|(?:早上|上午|中午|下午|晚上|凌晨)?\s?{_N}{{1,3}}\s?[点时](?!候|间|段)|"
    "全天|24小时|中午|正午|午夜"
)
_WEEKDAY = "(?:星期|周|礼拜)[一二三四五六日天末]"
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
_PERSON = (
    rf"[{SURNAMES}][一-鿿]{{1,2}}(?![一-鿿]*[市县区路])|先生|女士|小姐|老师|医师|医生|师傅|经理|"
    rf"主任|部|处|组|科|室|课|局|所|公司|人员|专员|本人|员"
)
_NAME = (
    rf"(?<![一-鿿])[{SURNAMES}][一-鿿]{{1,2}}(?![一-鿿])"
    rf"|(?:(?<=[由请找是:为、,(])|(?<=[由请找是:为、,(]\s))[{SURNAMES}][一-鿿]{{1,2}}"
    rf"|[{SURNAMES}](?:先生|小姐|女士|老师|师傅|医师|律师|教练)|[「《“\"]|[a-z]{{3,}}"
)
_PLACE = (
    "[楼层室区站路街巷号馆厅处所院校店台门口旁侧栋镇乡市县州省村房库柜架场园桥湾岛山寺庙角落]|"
    "位于|地点|地址|线上|网站|app|柜台|窗口|小程序"
)
_OFFICE = "部|处|组|科|室|课|局|所|会|公司|单位|店|行|厂|社|院|中心|机关"
_MEASURE = rf"{_N}+(?:\.\d+)?\s?(?:{UNIT})|\d"
_LONG = "[米尺寸毫吋]|公[分里]|[mck]?m(?![a-z])"

NUMBER = rf"(?<![第a-z-])(?<!{_N})(?:[0-9][0-9,.]*{_N}*|{_N}{{1,10}}) ?(?:[到至~～–-] ?(?:[0-9][0-9,.]*|{_N}+))?"
"""A number or the two ends of a range; no piece of a longer one, of a code or of an ordinal."""
_ONE_PHONE = r"\+?\d{2,4}[- ]\d{3,4}[- ]?\d{3,4}(?:[- ]\d{3,4})?|\d{7,11}|(?:分机|内线|服务台)\s*:?\s*\d{3,5}"
_ONE_SHARE = rf"百分之{_N}+|[0-9][0-9.]* ?[%‰]|[一二三四五六七八九]折|{_N}+ ?成"
_ONE_SUM = rf"{NUMBER} ?(?:元|块钱?|美元|角|分钱)|免费|{_ONE_SHARE}"
_ONE_TIME = rf"\d{{1,2}}:\d{{2}}|(?:[上下]午|晚上|早上)?{_N}{{1,3}} ?[点时](?![间候数])(?:{_N}{{1,3}}分|半)?"
_ONE_SPAN = (
    rf"(?<!月)(?<!月 ){NUMBER} ?"
    rf"(?:个(?:月|小时|星期|工作日)|工作[天日]|小时|分钟|星期|[天日周]|(?<!\d{{4}})(?<!\d{{4}} )年)"
)
_ONE_DAY = (
    rf"(?:公元前?|民国|西元前?){_N}{{1,4}} ?年"
    rf"|(?:\d{{3,4}}|{_N}{{4}}) ?年(?: ?{_N}{{1,3}} ?月(?: ?{_N}{{1,3}} ?[日号])?)?"
    rf"|{_N}{{1,3}} ?月 ?{_N}{{1,3}} ?[日号]|{_N}{{1,3}}世纪(?:初|中|末)?|(?:周|星期|礼拜)[一二三四五六日天]"
    r"|\d{1,2}:\d{2}"
)
_ONE_TITLE = "《[^》]{1,30}》|「[^」]{1,20}」|“[^”]{1,20}”"


@dataclass(frozen=True, slots=True)
class ColumnKind:
    """What columns hold, and how those that hold it are called."""

    name: str
    heads: re.Pattern[str]
    cells: re.Pattern[str] | None = None
    """What their cells look like, where that tells."""


_PEOPLE = (
    "姓名|名字|名单|人$|人员|负责|主管|经理|[教老讲导]师|教练|医生|医师|技师|主任|窗口|联[系络]|承办|作者|组长|队长|店长|主持|主讲"
    "|成员|同学|学生|员工|同事|同仁|职员|雇员|志工|病患|患者|住户|房客|业主|选手|队员|球员|嘉宾|值班|司机|导游|会员|顾客|旅客"
    "|申请人|找谁|[员者师长主户]$|客户|买方|卖方"
)
_COLUMNS = (
    (
        "money",
        "价|费|金额|款$|薪|钱|租金|月租|成本|预算|营收|收入|支出|票$|工资|押金|额$|元|保证金|奖金|罚|补助|赔",
        r"元|块|\$|¥|免费",
    ),
    ("person", _PEOPLE, ""),
    ("phone", "电话|手机|分机|专线|热线|传真|联[系络]方式|tel|phone|号码|行动", ""),
    (
        "place",
        "地点|地址|位置|地区|教室|场所|城市|仓库|楼层?|区域|[场会展]馆|[站厅室区]$|办公地|产地|场地|地方|所在|停放|存放"
        "|放置|货架|哪里|县市",
        "",
    ),
    ("time", "时间|日期?$|时段|时刻|期$|[年月]$|星期|周次?|节次|开始|结束|截止|期限|年份|时$|日$", ""),
    ("weekday", "星期|周次?|礼拜|看诊日|上课日", "(?:周|星期|礼拜)[一二三四五六日天]"),
    ("length", "长度?|距离|里程|全长|公里|路程", "公尺|公里|米|公分|厘米|km"),
    ("duration", "期限|时限|时长|期$|寿命|年限|频率|间隔|周期|天数|时数|时间|效期|学制", "天|日|小时|分钟|个?月|年|周"),
    ("weight", "重", "kg|公斤|克|斤|g$"),
    ("size", "面积|尺寸|大小|容量|规格|坪|平方|年龄|宽", "坪|㎡|平方|寸|公分|岁"),
    ("height", "高|海拔|身高|深|厚", "公尺|米|公分|cm|m$"),
    ("noise", "噪音|噪声|音量|分贝", "分贝|db"),
    ("warmth", "温|度$", "℃|度|°"),
    ("reason", "原因|理由|事由|成因|说明", ""),
    ("way", "处理|方[法式]|办法|措施|对策|解决|步骤|流程|[做用]法|建议|处置", ""),
    ("company", "客户|公司|厂商|供应商|店|品牌|厂|单位|机构|商家|医院|旅馆|饭店", ""),
    ("thing", "品名|商品|产品|项目|名称|物品|品项|货名|菜|内容|书名", ""),
)
COLUMN_KINDS = {
    name: ColumnKind(name, re.compile(heads), re.compile(cells) if cells else None) for name, heads, cells in _COLUMNS
}
"""By name."""


@dataclass(frozen=True, slots=True)
class AskedType:
    """A type of thing that is asked for."""

    name: str
    words: re.Pattern[str]
    """That ask for it, as 多少錢."""
    nouns: re.Pattern[str] | None
    """That ask for it as well, and are called so in tables too, as 價格."""
    gives: re.Pattern[str] | None
    """What a sentence holds that gives one; None where any may."""
    value: re.Pattern[str] | None
    """Just the value."""
    columns: tuple[str, ...]
    """The kinds of column that may hold it, see `COLUMN_KINDS`."""
    strict: bool
    """Whether an answer must give one: where it gives none, it is none."""
    unit: bool
    """Whether it is told by its unit alone, which an answer must have."""
    group: str
    """What it is called among the features of scorers, for which some types are one."""

    def asks(self, form: str) -> list[tuple[int, int]]:
        """The ranges of a question's words that ask for it."""
        patterns = (self.words, self.nouns) if self.nouns else (self.words,)
        return [found.span() for pattern in patterns for found in pattern.finditer(form)]


def _type(
    name: str, words: str, nouns: str = "", gives: str = "", value: str = "",
    *columns: str, strict: bool = False, unit: bool = False, group: str = "",
) -> AskedType:  # fmt: skip
    named, given, valued = (re.compile(pattern) if pattern else None for pattern in (nouns, gives, value))
    return AskedType(name, re.compile(words), named, given, valued, columns, strict, unit, group or name)


TYPES = (
    _type("phone",
        "电话(?:号码)?|手机几?号码?|手机(?=是|多少|$)|打几号|几号.{0,2}打|几号分机|分机几号|号码|怎么联[系络]",
        "联[系络]方式|热线|专线|传真|phone", _PHONE, _ONE_PHONE, "phone", strict=True),
    _type("extension", "打几号|分机|内线", "", _EXTENSION, _ONE_PHONE, strict=True),
    _type("email", "e-?mail|邮箱|电邮|电子邮件|信箱|邮件地址", "", r"\S@\S|信箱|邮箱",
        r"[\w.+-]+@[\w-]+\.[\w.]+", strict=True),
    _type("address", "网址|网站|官网|链接|url", "", r"www|http|\.[a-z]{2,4}(?![a-z])|平台|小程序|官网", strict=True),
    _type("clock", "(?<!哪)几点|几时|几:|什么时间", "", _CLOCK, _ONE_TIME, "time", strict=True),
    _type("span",
        "多久|(?<!哪)几天|多少天|(?<!哪)几个月|(?<!哪)几年(?!级)|几个?小时|几分钟|几日|多长时间|多少时间|几周|几个星期",
        "期限|效期|时限|(?<!不)保[固修](?![的内外卡书单范])", _SPAN, _ONE_SPAN, "duration", strict=True),
    _type("day",
        "几月几[日号]|几月|几号(?![房楼桌车线门柜厅馆])|哪一?天|哪日|何时|什么时候|哪一?年|何年|几年(?!级|前|内)"
        "|哪个?月|到什么时|when", "日期|时间|截止|年份|世纪|年代", f"{_DAY}|{_CLOCK}", _ONE_DAY, "time"),
    _type("weekday", "星期几|周几|礼拜几", "", f"{_WEEKDAY}|每[天日]|平日|假日|工作日", _WEEKDAY, "weekday"),
    _type("money",
        "多少钱|几块钱?|几[元万]|几[千百](?![个人位名])|多少[元块]|什么价|价钱|价位|几多钱|补助?多少"
        "|[花收罚赔付缴交领拿退补减]多少|how much",
        "价格|费用|收费|工资|薪|年费|月费|房租|租金|押金|保证金|售价|单价|定价|利润|手续费|预算|金额|补助|"
        "奖金|票价|工本费", _AMOUNT, _ONE_SUM, "money", strict=True),
    _type("charge", "贵不贵|要钱吗|要不要钱|收钱吗|收不收费|收费吗|要收费|要付费", "", "", "", "money", group="money"),
    _type("share", "百分之几|几成|几折", "比例|比率|占比|百分比|折扣|打折|利率|税率|费率", _SHARE, _ONE_SHARE),
    _type("weight", "多重|多沉|几公?斤", "重量|多少公?斤", r"[克斤吨磅盎]|kg|oz|\d\s?m?g(?![a-z])", "", "weight",
        unit=True, group="measure"),
    _type("long", "多长(?!时)", "", f"{_SPAN}|{_LONG}", "", "length", "duration", group="measure"),
    _type("length", "多远", "[几多]少?(?:公分|厘米|公尺|公里|毫米)|身高|[长宽厚]度(?![一-鿿])", _LONG, "", "length",
        unit=True, group="measure"),
    _type("size", "多[大宽](?!声)", "尺寸|容量|长度|宽度|面积", _MEASURE, "", "size", group="measure"),
    _type("area", "几坪|多少坪|几平", "面积(?![一-鿿])", "坪|平方|m2|公顷|亩", "", "size", unit=True, group="measure"),
    _type("height", "多[高深厚]", "高度", _MEASURE, "", "height", group="measure"),
    _type("warmth", "[几多]少?度|温度多少", "温度", "度|℃|°", "", "warmth", unit=True, group="measure"),
    _type("noise", "多大声|多吵|声音多大|几分贝|多少分贝", "噪[音声]", r"分贝|db|\d", "", "noise", group="measure"),
    _type("power", "几瓦|多少瓦", "功率", r"瓦|\dk?w(?![a-z])", unit=True, group="measure"),
    _type("speed", "多快", "速度", _MEASURE, group="measure"),
    _type("count",
        f"(?<!哪)几(?!年级|[号月点时])(?:{UNIT})|多少(?:{UNIT}|人)|数量|几次|至少|最多|最少|how many", "人数|名额|上限",
        rf"{_N}+[0-9,.]*\s?(?:{UNIT})|\d", rf"{_ONE_SUM}|{NUMBER} ?(?:{UNIT})", strict=True),
    _type("number", "人口|数量", "多少", "", rf"{_ONE_SUM}|{NUMBER} ?(?:{UNIT})"),
    _type("person", "谁|哪一?位|[什何]么?人|姓什么|叫什么|什么名字|哪个人|哪几位|哪个老师|who",
        "名字|负责人|联系人|主席|作者|经手人", _PERSON, "", "person"),
    _type("name", "叫什么|什么名字|姓什么|哪一?位|哪个(?:老师|医师|医生|律师|教练|师傅)|名字是", "", _NAME,
        strict=True),
    _type("company", "哪一?家|哪个?公司|哪个?厂商", "", _OFFICE, "", "company", group="unit"),
    _type("unit", "哪个单位|哪个部门|哪一?个?科|哪个处|归谁管|哪间|哪个机关|哪个组|哪里办", "主管机关", _OFFICE),
    _type("place",
        "哪里|哪儿|在哪(?![个一些家间位种张本门])|何处|哪[个些]?地方|什么地方|去哪(?![个一些家间位种张])|哪边"
        "|[停放住坐摆收]哪|哪(?=$|[\\s,，?？])|几楼|哪一?间教室|哪一?区|where",
        "地点|位置|地址|几层|哪一?楼|哪个[门站]|哪一?[站间馆厅座国省]|哪一?个(?:国家|城市|省|地区|县市)|何地|首都",
        _PLACE, "", "place"),
    _type("reason", "为什么|为何|原因|怎么会|为啥|何以|因何|何故|缘故|干嘛|凭什么|why", "理由",
        "因|由于|所以|导致|致使|为了|以便|从而|使得|故|造成|引起|避免|以免|防止|否则|怕|才|不然|会", "", "reason"),
    _type("whether",
        "吗|是否|是不是|能不能|可不可以|可以.{0,12}(?:不|吧)$|能否|有没有|要不要|会不会|行不行|"
        "对不对|需不需要|得不得|吧$|可以.*[么没]$|算不算", "",
        "不|可|得|须|应|需|禁|限|免|无|没|均|只|一律|能|必|除|才|准|许|有|会"),
    _type("difference", "区别|差别|差异|不同|不一样|相比|比较"),
    _type("points", "哪些|哪几|有什么|什么样|怎样的", "特点|特征|特色|包括|职能"),
    _type("remedy",
        "怎么办|怎么(?:处理|解决)|怎么[修弄做救]|怎样处理|如何(?:处理|解决)", "", "", "", "way", group="way"),
    _type("way", "怎么|怎样|如何", "方法|方式|措施"),
    _type("thing", "什么东西|[买订卖点借租]了?什么|什么货|哪个?商品|什么菜", "", "", "", "thing", group="what"),
    _type("what", "什么|何"),
    _type("choice", "哪", "", "", _ONE_TITLE),
)  # fmt: skip
"""A question may ask for several. Of those whose words ask, the first that has one tells what a value is."""
GROUPS = tuple(dict.fromkeys(one.group for one in TYPES))
"""What the types are called among the features of scorers."""
