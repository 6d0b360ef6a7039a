"""Follow-ups: what they mean on their own, which questions are left alone, and that nothing makes them fail."""

import time

import pytest

from yinju.answering.followup.resolve import CARRIED, MEMORY, Turn, resolve

SHOP = "木棉書店怎麼經營社群？"
WAYS = "最常見的有四種：地理、人口、心理與行為。[1]"
RULES = "1. 每週發三篇書摘。[1]\n2. 每月辦一次共讀會。[2]\n3. 讓店員回覆留言。[3]"

OTHER_TOPIC = [
    ("那紅茶呢？", ["綠茶的水溫約多少度？"], "紅茶的水溫約多少度？"),
    ("那红茶呢", ["請問綠茶的水溫約多少度？"], "请问红茶的水温约多少度？"),
    ("那烏龍茶呢？", ["綠茶的水溫約多少度？", "那紅茶呢？"], "烏龍茶的水溫約多少度？"),
    ("那QQ和微信呢", ["微博和微信有什麼區別？"], "QQ和微信有什麼區別？"),
    ("那QQ呢", ["微博和微信有什麼區別？"], "QQ、微博和微信有什麼區別？"),
    ("那QQ呢", ["微博和微信分別適合做什麼？"], "QQ分別適合做什麼？"),
    ("那青禾茶行呢", [SHOP], "青禾茶行怎麼經營社群？"),
    ("青禾茶行也是這樣做嗎？", [SHOP], "青禾茶行怎麼經營社群？"),
    ("換成小程序呢", ["公眾號有什麼優點？"], "小程序有什麼優點？"),
    ("B 呢？", ["A 方案多少錢？"], "B 方案多少錢？"),
    ("至於紅茶", ["綠茶怎麼泡？"], "紅茶怎麼泡？"),
    ("那微信呢", ["微博營銷怎麼做？"], "微信營銷怎麼做？"),
    ("那如果是新店呢", ["老店怎麼做活動？"], "新店怎麼做活動？"),
    ("那如果是新店呢", ["微博營銷怎麼做？"], "新店微博營銷怎麼做？"),
    ("那房租呢", ["木棉書店在哪裡？"], "木棉書店的房租在哪裡？"),
    ("三年呢", ["會員一年多少錢？"], "會員三年多少錢？"),
    ("那缺點呢？", ["微商有什麼優點？"], "微商有什麼缺點？"),
    ("那缺點呢？", ["微商是什麼？"], "微商的缺點"),
    ("那微信營銷呢？", ["微商是什麼？"], "微信營銷是什麼？"),
]
POINTING = [
    ("它有什麼缺點？", ["微商是什麼？"], "微商有什麼缺點？"),
    ("這個要多少錢？", ["微商是什麼？"], "微商要多少錢？"),
    ("這種做法有什麼好處？", [SHOP], "木棉書店經營社群有什麼好處？"),
    ("該平台怎麼收費", ["微博適合做什麼？"], "微博怎麼收費"),
    ("這家店什麼時候開的？", [SHOP], "木棉書店什麼時候開的？"),
    ("其包裝是什麼顏色", ["青禾茶行的典藏款多少錢？"], "青禾茶行的典藏款的包裝是什麼顏色"),
    ("他們會打折嗎", ["青禾茶行是一家什麼樣的店？"], "青禾茶行會打折嗎"),
    ("前者適合做什麼", ["微博和微信有什麼區別？"], "微博適合做什麼"),
    ("後者呢？", ["微博和微信分別適合做什麼？"], "微信分別適合做什麼？"),
    ("那它呢", ["甲？", "微商是什麼？"], "微商"),
]
TOPIC_MISSING = [
    ("有什麼好處？", ["青禾茶行的典藏款多少錢？"], "青禾茶行的典藏款有什麼好處？"),
    ("什麼時候開始的？", ["微商是什麼？"], "微商什麼時候開始的？"),
    ("多少錢？", ["木棉書店的簽書會在哪裡辦？"], "木棉書店的簽書會辦多少錢？"),
    ("怎麼做", ["微商是什麼？"], "微商怎麼做"),
    ("為什麼？", ["木棉書店的免費活動要交多少押金？"], "木棉書店的免費活動要交押金為什麼？"),
    ("需要執照嗎", ["請問微商是什麼？"], "微商需要執照嗎"),
    ("怎麼解決", ["微商是什麼？", "它有什麼缺點？"], "微商怎麼解決"),
    ("有什么好处？", ["青禾茶行的典藏款多少錢？"], "青禾茶行的典藏款有什么好处？"),
]
COMPARED = [
    ("跟微博比呢？", ["微信適合做什麼？"], "微信跟微博比有什麼區別"),
    ("和青禾茶行有什麼不一樣", [SHOP], "木棉書店和青禾茶行有什麼不一樣"),
    ("和前面那個有什麼不同", ["微信適合做什麼？", "那微博呢"], "微博和微信有什麼不同"),
    ("哪個更適合小店", ["微信適合做什麼？", "那微博呢"], "微信和微博哪個更適合小店"),
    ("哪個更適合小店", ["微信和微博有什麼區別"], "微信和微博哪個更適合小店"),
    ("兩者呢", ["微信適合做什麼？", "那微博呢"], "微信和微博適合做什麼？"),
]
MORE = [
    ("能舉個例子嗎", [SHOP], "木棉書店怎麼經營社群 舉個例子"),
    ("詳細說說", [SHOP], SHOP),
    ("還有呢？", [SHOP], SHOP),
    ("具體有哪些步驟", [SHOP], "木棉書店經營社群具體有哪些步驟"),
    ("能舉個麵包店的例子嗎", [SHOP], f"{SHOP} 能舉個麵包店的例子嗎"),
]
LEFT_ALONE = [
    *["什麼是KOL？", "微商怎麼做？", "這年頭做微商還賺錢嗎", "還有多少家門市", "其他", "謝謝", "好的，我知道了"],
    *["謝謝你！", "", "？？", "訂閱號一個月可以群發幾次消息？", "微信這種平台能賺錢嗎", "土耳其咖啡怎麼煮"],
    *["青禾茶行賣得最好的那款主力茶，一罐多少錢？", "想問下微信到底是哪一年推出來的？", "動態裡推銷的分量該抓多少？"],
    *["其他平台的規定在訂閱號裡嗎", "第一個月要準備多少週轉金", "客人退貨的時候，他們要付運費嗎"],
]


@pytest.mark.parametrize(("question", "turns", "expected"), OTHER_TOPIC + POINTING + TOPIC_MISSING + COMPARED + MORE)
def test_a_follow_up_says_what_it_means(question: str, turns: list[str], expected: str) -> None:
    assert resolve(question, [(turn, "") for turn in turns]) == expected


@pytest.mark.parametrize("question", LEFT_ALONE)
def test_a_question_that_points_at_nothing_is_left_alone(question: str) -> None:
    assert resolve(question, [(SHOP, RULES)]) == question
    assert resolve(question, []) == question


@pytest.mark.parametrize(
    ("question", "turn", "expected"),
    [
        ("第二種呢？", ("切市場有哪些切法？", WAYS), "切市場的人口"),
        ("最後一個是什麼意思", ("切市場有哪些切法？", WAYS), "切市場的行為是什麼意思"),
        ("第三點具體怎麼做", (SHOP, RULES), "木棉書店的讓店員回覆留言具體怎麼做"),
        ("你說的第二點是什麼意思", (SHOP, RULES), "木棉書店的每月辦一次共讀會是什麼意思"),
        ("倒數第二條呢", (SHOP, RULES), "木棉書店的每月辦一次共讀會"),
        ("第一個適合做什麼", ("微博和微信有什麼區別？", ""), "微博適合做什麼"),
        ("後者怎麼保存", ("茶葉分幾種？", "一是散茶，二是茶包。[1]"), "茶葉的茶包怎麼保存"),
        ("第九條呢", ("切市場有哪些切法？", WAYS), "切市場有哪些切法？ 第九條呢"),
        ("第二類呢", ("運營有哪五類？", "商務運營：談合作、簽合約、追進度。[1]"), "運營有哪五類？ 第二類呢"),
        ("第二條呢", ("切市場有哪些切法？", ""), "切市場有哪些切法？ 第二條呢"),
    ],
)  # fmt: skip
def test_an_ordinal_picks_from_the_answer_or_the_question(question: str, turn: Turn, expected: str) -> None:
    assert resolve(question, [turn]) == expected


def test_a_list_can_be_picked_from_again() -> None:
    history = [("切市場有哪些切法？", WAYS), ("第二種呢？", "指年齡、性別、收入。[1]")]
    assert resolve("那第三種呢？", history) == "切市場的心理"
    assert resolve("上一種呢", history) == "切市場的地理"
    assert resolve("下一種呢", history) == "切市場的心理"


def test_courtesy_in_between_changes_nothing() -> None:
    assert resolve("那紅茶呢", [("綠茶的水溫約多少度？", "八十度"), ("謝謝", "")]) == "紅茶的水溫約多少度？"


def test_what_belongs_to_an_earlier_topic_keeps_it() -> None:
    history = [("阿棠臘味是一家什麼樣的店？", ""), ("每年從幾月開始接單？", "")]
    assert "阿棠臘味" in resolve("他們出過什麼問題？", history)


def test_only_the_last_turns_are_read() -> None:
    follow_ups = [("那紅茶呢", "")] * MEMORY
    assert "水溫" in resolve("那烏龍茶呢", [("綠茶的水溫約多少度？", ""), *follow_ups[1:]])
    assert "水溫" not in resolve("那烏龍茶呢", [("綠茶的水溫約多少度？", ""), *follow_ups])


HOSTILE = [
    *["嗯" * 79 + "x", "您好" * 39 + "x", "那" * 79 + "呢", "、" * 79, " " * 79 + "呢", "它" * 80, "和" * 70 + "呢"],
    *["\ud800它呢", "①那㎏呢", "那\x00呢", "第99999999999999999999條呢", "第²條", "()*+?[呢", "那" * 2_000],
    "第" * 40 + "二條" * 20,
]
HOSTILE_TURNS = [
    *[("微商是什麼？", ""), ("微" * 2_000, "一、" * 1_000), (" " * 1_999 + "x", "、" * 2_000), ("", "")],
    *[
        ("\ud800", "\udfff"),
        ("它" * 2_000, "[1]" * 9_000),
        ("那" * 70 + "呢", "1." * 1_000),
        ("a" * 2_000, "b" * 200_000),
    ],
]


@pytest.mark.parametrize("question", HOSTILE)
@pytest.mark.parametrize("turn", HOSTILE_TURNS)
def test_nothing_fails_takes_long_or_grows(question: str, turn: Turn) -> None:
    started = time.perf_counter()
    assert len(resolve(question, [turn] * MEMORY)) <= len(question) + CARRIED
    assert time.perf_counter() - started < 2
