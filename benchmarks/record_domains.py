# ruff: noqa: E501 - a row of data a line
"""Everyday tables with invented rows: ten domains to work on, six kept aside for records.py.

A pattern is text with choices in braces: {甲|乙} is one of them, {10-90/5} a number in steps. Of every field that is
asked backwards, and of names and codes, no two rows have the same.
"""

import random
import re
from dataclasses import dataclass

_CHOICE = re.compile(r"\{([^{}]+)\}")
_RANGE = re.compile(r"(\d+)-(\d+)(?:/(\d+))?")


@dataclass(frozen=True)
class Field:
    """A column: its head, what its values look like, and how people ask for it and by it."""

    head: str
    pattern: str
    asked: tuple[str, ...]
    """Questions about {name}; with {code} in place of it where the domain has codes."""
    backwards: tuple[str, ...] = ()
    """Questions with {value} that ask for the name."""


@dataclass(frozen=True)
class Domain:
    """A kind of thing of which a document lists many that resemble each other."""

    title: str
    script: str
    """hans or hant."""
    name: Field
    fields: tuple[Field, ...]
    code: Field | None = None
    whole: tuple[str, ...] = ()
    """Questions about {name} or {code} that any field answers."""

    @property
    def columns(self) -> tuple[Field, ...]:
        """All columns in order: code, name, the others."""
        return (*((self.code,) if self.code else ()), self.name, *self.fields)


def filled(pattern: str, chance: random.Random) -> str:
    """A pattern with a choice made in every brace."""

    def chosen(match: re.Match[str]) -> str:
        numbers = _RANGE.fullmatch(match[1])
        if numbers:
            return str(chance.randrange(int(numbers[1]), int(numbers[2]) + 1, int(numbers[3] or 1)))
        return chance.choice(str(match[1]).split("|"))

    return _CHOICE.sub(chosen, pattern)


def make_rows(domain: Domain, count: int, chance: random.Random) -> list[dict[str, str]]:
    """Rows of a domain by the heads of its columns."""
    rows: list[dict[str, str]] = []
    taken: set[str] = set()
    while len(rows) < count:
        row = {field.head: filled(field.pattern, chance) for field in domain.columns}
        unique = [row[f.head] for f in domain.columns if f in (domain.name, domain.code) or f.backwards]
        if not taken & set(unique):
            taken |= set(unique)
            rows.append(row)
    return rows


WORKED_ON = (
    Domain(
        "注塑机故障代码", "hans",
        Field("故障名称", "{主|副|左|右}{电机|油泵|风扇|料筒}{过热|过载|异响|缺相}", ()),
        (
            Field("故障原因", "{散热片|滤网|轴承|皮带|电缆|端子}{松动|积灰|磨损|老化|脱落}超过{2-29}天", ("{name}是什么原因", "{code}的故障原因是什么", "为什么会{name}")),
            Field("处理方法", "{更换|清洗|紧固|重装}{接触器|继电器|联轴器|密封圈|编码器}并{检查|记录}{线圈|回路|压力|油位}{一|两|三}次", ("{name}怎么处理", "故障代码为{code}的故障怎么处理", "{code}怎么检修", "{name}的处理方法"), ("哪个故障的处理方法是{value}",)),
        ),
        Field("故障代码", "{1-4}{0|1}{10-99}", ("{name}的故障代码是多少",)),
        ("{code}是什么故障",),
    ),
    Domain(
        "明川商行通訊錄", "hant",
        Field("姓名", "{陳|林|張|程|凌}{怡|宜|逸|儀}{君|均|軒|璇}", ()),
        (
            Field("部門", "{採購|會計|客服|資訊|倉儲}{一|二|三}組", ("{name}在哪個部門", "{name}是哪個部門的人")),
            Field("分機", "{21-89}{10-99}", ("{name}的分機是多少", "{name}分機幾號", "工號{code}的分機是多少"), ("分機{value}是誰的", "分機{value}是哪一位")),
            Field("電子郵件", "{a|b|c|k|m}{wu|li|chen|yi}{10-99}@example.org", ("{name}的電子郵件是什麼", "{name}的email"), ("{value}是誰的信箱",)),
        ),
        Field("工號", "M{1000-1099}", ("{name}的工號是多少",), ("工號{value}是誰",)),
    ),
    Domain(
        "厨房电器规格", "hans",
        Field("产品名称", "{小蓝|大蓝|小青|大青}{电饭煲|电压力锅|空气炸锅|破壁机}{标准版|豪华版|迷你版}", ()),
        (
            Field("额定功率", "{500-1900/10}瓦", ("{name}的额定功率是多少", "{name}功率多大", "{code}的功率是多少"), ("哪款产品的额定功率是{value}",)),
            Field("重量", "{1-6}.{1-9}千克", ("{name}有多重", "{code}的重量是多少")),
            Field("售价", "{199-1899/10}元", ("{name}多少钱", "{name}的售价是多少", "{code}卖多少钱"), ("哪个产品卖{value}",)),
            Field("保修期", "{6-36/6}个月", ("{name}保修多久", "{code}的保修期多长")),
        ),
        Field("型号", "{DF|YL|KZ|PB}-{20-39}{A|B|C}", ("{name}的型号是什么",), ("{value}是什么产品",)),
    ),
    Domain(
        "社區大學課程一覽", "hant",
        Field("課程名稱", "{水彩|油畫|素描|書法}{入門|進階|創作}{A|B|C}班", ()),
        (
            Field("授課教師", "{何|賀|郝|胡}{文|雯|聞}{青|清|卿}", ("{name}是哪位老師教的", "{name}的授課教師是誰", "{code}誰教的")),
            Field("上課時間", "週{一|二|三|四|五|六}{13-19}:{00|10|20|30|40|50}", ("{name}什麼時候上課", "{code}的上課時間是什麼時候")),
            Field("教室", "{東|西|南|北}棟{1-4}{01-19}室", ("{name}在哪間教室上課", "{name}的教室在哪裡"), ("哪一門課在{value}上",)),
            Field("學費", "{1800-4800/20}元", ("{name}學費多少", "{name}要多少錢", "{code}的學費是多少"), ("學費{value}的是哪門課",)),
        ),
        Field("課號", "{ART|CAL}{201-299}", ("{name}的課號是什麼",)),
    ),
    Domain(
        "仓储术语表", "hans",
        Field("术语", "{收货|发货|移库|补货|盘点|越库}{波次|批次|差异|容差|窗口|锁定}", ()),
        (
            Field("定义", "{仓库|系统|班组|承运人}在{当班|当日|本周|月末}按{库区|货主|路线|温区}把{待办|已办|异常|超期}任务{归并|拆开|冻结|排序}起来的{规则|单位|时段|状态}", ("什么是{name}", "{name}是什么意思", "{name}的定义", "{name}指的是什么")),
        ),
    ),
    Domain(
        "常備藥品說明", "hant",
        Field("藥名", "{舒|安|平|康}{樂|洛|絡}{錠|膠囊|糖漿|軟膏}", ()),
        (
            Field("適應症", "{頭痛|喉嚨痛|鼻塞|腹瀉|皮膚癢|落枕}與{發熱|流鼻水|脹氣|起疹|痠痛}", ("{name}治什麼的", "{name}的適應症是什麼")),
            Field("用法用量", "每日{一|二|三|四}次，每次{5-60/5}毫克，{飯前|飯後|睡前}服用", ("{name}怎麼吃", "{name}的用法用量", "{name}一天吃幾次")),
            Field("副作用", "可能{嗜睡|口乾|噁心|心悸|便祕|頭暈}或{手抖|起疹|多汗|耳鳴|胃痛}", ("{name}有什麼副作用", "吃{name}會有什麼副作用")),
            Field("保存方式", "{陰涼|冷藏|避光|乾燥}處，{2-30}度以下，開封後{7-90}天內用完", ("{name}怎麼保存", "{name}開封後要怎麼保存"), ("哪一種藥要放在{value}",)),
        ),
    ),
    Domain(
        "望潮酒店房型", "hans",
        Field("房型", "{高级|豪华|行政|家庭}{海景|园景|城景}{大床房|双床房|套房}", ()),
        (
            Field("面积", "{22-79}平方米", ("{name}面积多大", "{name}有多少平方米"), ("哪种房型是{value}",)),
            Field("楼层", "{2-9}至{10-29}层", ("{name}在几楼", "{name}的楼层")),
            Field("房价", "每晚{398-2388/10}元", ("{name}住一晚多少钱", "{name}的房价是多少", "{name}一晚多少钱"), ("哪个房型{value}",)),
            Field("加床费", "{100-390/10}元", ("{name}加床多少钱", "{name}的加床费")),
        ),
    ),
    Domain(
        "青石鎮圖書館館藏", "hant",
        Field("書名", "《{山|海|雲|雨}{中|上|邊}的{少年|旅人|信使|郵局}》", ()),
        (
            Field("作者", "{方|房|范|樊}{明|鳴|銘}{遠|苑|源}", ("{name}的作者是誰", "{name}是誰寫的")),
            Field("索書號", "{812-899}.{1-9}/{1000-9999}", ("{name}的索書號是多少", "{name}索書號"), ("索書號{value}是哪本書",)),
            Field("出版年", "{1961-2023}年", ("{name}是哪一年出版的", "{name}的出版年")),
            Field("館藏地", "{總館|東分館|西分館}{一|二|三}樓{A|B|C|D}{1-29}架", ("{name}放在哪裡", "{name}的館藏地"), ("哪本書放在{value}",)),
        ),
    ),
    Domain(
        "凌海国签证类型", "hans",
        Field("签证类型", "{短期|长期|多次|单次}{商务|探亲|旅游|研学}签证", ()),
        (
            Field("停留期限", "{10-179}天", ("{name}可以停留多久", "{name}能待多少天"), ("哪种签证能停留{value}",)),
            Field("费用", "{180-1890/10}元", ("{name}的费用是多少", "{name}多少钱", "办{name}要花多少钱"), ("费用{value}的是哪种签证",)),
            Field("办理时间", "{4-29}个工作日", ("{name}要办多久", "{name}的办理时间")),
            Field("所需材料", "{邀请函|在职证明|行程单|存款证明}、{照片|户口本|保险单|申请表}{一|两|三|四}份", ("办{name}需要什么材料", "{name}的所需材料")),
        ),
    ),
    Domain(
        "室內植物照顧", "hant",
        Field("植物名稱", "{小葉|大葉|斑葉|金邊}{龜背芋|虎尾蘭|橡皮樹|白鶴芋|常春藤}", ()),
        (
            Field("澆水", "每{2-21}天一次，{澆透|噴霧|浸盆}{一|兩|三}分鐘", ("{name}多久澆一次水", "{name}怎麼澆水")),
            Field("光照", "{半日照|全日照|散射光|耐陰}，離窗{1-9}0公分", ("{name}需要多少光照", "{name}的光照")),
            Field("適溫", "{8-17}到{20-33}度", ("{name}適合幾度", "{name}的適溫是多少"), ("哪種植物適合{value}",)),
            Field("施肥", "{春|夏|秋|冬}季每{2-9}週施{磷|鉀|氮|有機}肥{5-50/5}克", ("{name}怎麼施肥", "{name}多久施肥一次"), ("哪種植物要{value}",)),
        ),
    ),
)  # fmt: skip
"""What the code may be tuned on."""

KEPT_ASIDE = (
    Domain(
        "临江公交线路", "hans",
        Field("线路", "{10-29}{路|路支线|路快车}", ()),
        (
            Field("起点站", "{东|西|南|北}{门|湖|桥|山}{公园|小学|医院|市场}站", ("{name}从哪里发车", "{name}的起点站是哪里"), ("哪条线路从{value}发车",)),
            Field("首班车", "{5-6}:{10-59}", ("{name}首班车几点", "{name}的首班车是几点")),
            Field("末班车", "{20-23}:{10-59}", ("{name}末班车几点", "{name}最晚一班是几点")),
            Field("票价", "{1-9}元{1-9}角", ("{name}票价多少", "坐{name}要多少钱"), ("哪条线路票价{value}",)),
        ),
    ),
    Domain(
        "阿滿小館菜單", "hant",
        Field("菜名", "{麻辣|糖醋|清蒸|蔥爆}{豆腐|鱸魚|排骨|花枝}{煲|羹|盅}", ()),
        (
            Field("主料", "{黃豆|毛豆|黑豆|蠶豆}與{金針菇|木耳|竹筍|蓮藕|芋頭}{30-90}公克", ("{name}的主料是什麼", "{name}用什麼做的")),
            Field("價格", "{120-680/5}元", ("{name}多少錢", "{name}的價格"), ("哪道菜{value}",)),
            Field("過敏原", "{花生|蝦蟹|牛奶|堅果|芝麻}、{雞蛋|麩質|大豆|魚類}", ("{name}有什麼過敏原", "{name}的過敏原是什麼")),
            Field("供應時段", "{11-13}點到{17-22}點{10-59}分", ("{name}什麼時候供應", "{name}的供應時段")),
        ),
        Field("菜號", "{A|B|C}{101-199}", ("{name}的菜號是多少",), ("{value}是什麼菜",)),
    ),
    Domain(
        "信用卡权益", "hans",
        Field("卡种", "{星河|星云|银河|星海}{金卡|白金卡|钻石卡|青年卡}", ()),
        (
            Field("年费", "{80-3600/20}元", ("{name}年费多少", "{name}的年费是多少"), ("哪张卡的年费是{value}",)),
            Field("积分规则", "每消费{2-29}元积{1-9}分，生日当月{两|三|四|五}倍", ("{name}怎么积分", "{name}的积分规则")),
            Field("临时额度", "最高{10-99}000元", ("{name}临时额度最高多少", "{name}的临时额度")),
            Field("免息期", "{20-59}天", ("{name}免息期多长", "{name}的免息期是多少天")),
        ),
    ),
    Domain(
        "設備資產台帳", "hant",
        Field("資產名稱", "{雷射|噴墨|標籤|點陣}印表機{甲|乙|丙|丁|戊}", ()),
        (
            Field("存放地點", "{行政|研發|教學}大樓{1-6}樓{10-49}室", ("{name}放在哪裡", "{name}的存放地點", "{code}存放在哪裡"), ("哪一台放在{value}",)),
            Field("保管人", "{許|徐|胥}{志|智|致}{豪|浩|昊}", ("{name}的保管人是誰", "{code}是誰保管的")),
            Field("購入日期", "{2012-2023}年{1-12}月{1-28}日", ("{name}是哪天買的", "{code}的購入日期", "{name}什麼時候購入的"), ("哪台設備是{value}購入的",)),
        ),
        Field("資產編號", "FA-{100-999}-{10-99}", ("{name}的資產編號是多少",), ("資產編號{value}是什麼",)),
    ),
    Domain(
        "犬种介绍", "hans",
        Field("品种", "{长毛|短毛|卷毛|刚毛}{山地|平原|湖畔|雪原}犬", ()),
        (
            Field("体重", "{4-19}至{20-59}公斤", ("{name}体重多少", "{name}有多重"), ("哪种狗体重{value}",)),
            Field("寿命", "{8-12}到{13-18}年", ("{name}能活多久", "{name}的寿命")),
            Field("性格", "{温顺|好动|胆小|警觉}而{粘人|独立|固执|贪吃}", ("{name}性格怎么样", "{name}是什么性格")),
            Field("常见疾病", "{髋关节|皮肤|眼睑|心脏|肠胃}{炎症|发育不良|松弛|过敏}", ("{name}容易得什么病", "{name}的常见疾病")),
        ),
    ),
    Domain(
        "議事用語", "hant",
        Field("用語", "{附帶|緊急|權宜|秩序|復議|擱置}{動議|問題|提案|表決}", ()),
        (
            Field("定義", "{會員|主席|委員|列席者}於{討論前|表決後|休息時|散會前}請求把{議程|議案|紀錄|名單}{延後|提前|重提|分開}{一|二|三}次的{辦法|請求|權利|程序}", ("什麼是{name}", "{name}是什麼意思", "{name}的定義是什麼", "何謂{name}")),
        ),
    ),
)  # fmt: skip
"""What the code was never tuned on."""
