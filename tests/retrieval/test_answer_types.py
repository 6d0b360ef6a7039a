"""Types of things that are asked for: what asks for each, what gives it, and that a question does not answer itself."""

import pytest

from yinju.retrieval.answer_types import asked_types, given, gives_type, giving_types, lacks_type
from yinju.retrieval.asked_types import TYPES
from yinju.text import search_form

BY_NAME = {kind.name: kind for kind in TYPES if kind.gives}
CASES = {
    "phone": ("服務台的電話幾號", "服務台請撥 02-2345-6789。", "服務台在一樓。"),
    "extension": ("分機打幾號", "總機轉 305。", "總機在一樓。"),
    "name": ("站長叫什麼名字", "站長：陳大明", "站長請假。"),
    "email": ("你們的 email 是什麼", "來信請寄 help@example.org。", "請打電話來。"),
    "address": ("官網在哪", "請上 www.example.org 報名。", "請到一樓報名。"),
    "money": ("門票多少錢", "門票每張 150 元。", "門票在窗口買。"),
    "clock": ("幾點開門", "上午 9 點開門。", "我們會盡快開門。"),
    "day": ("什麼時候截止", "3 月 15 日截止。", "逾期不收。"),
    "span": ("保固多久", "保固兩年。", "保固由原廠負責。"),
    "share": ("會員打幾折", "會員九折。", "會員另有優待。"),
    "count": ("一班幾個人", "每班 20 人。", "每班都有老師。"),
    "weekday": ("星期幾休館", "週一休館。", "常常休館。"),
    "weight": ("一包多重", "每包 500 克。", "每包 20 片。"),
    "long": ("這條路多長", "全長 3 公里。", "沿河而行。"),
    "length": ("離車站多遠", "離車站 800 公尺。", "離車站很近。"),
    "size": ("會議室多大", "可坐 20 人。", "在走廊底。"),
    "area": ("房間幾坪", "約 6 坪。", "有 2 扇窗。"),
    "height": ("架子多高", "高 180 公分。", "漆成白的。"),
    "warmth": ("水溫多少度", "水溫約 80 度。", "水要先燒開。"),
    "noise": ("運轉時多吵", "約 45 分貝。", "放在屋外。"),
    "power": ("功率幾瓦", "功率 1200 瓦。", "插在牆上。"),
    "speed": ("電梯多快", "每秒 2 米。", "電梯在左邊。"),
    "company": ("向哪家訂的", "向本市的公司訂。", "上個月訂的。"),
    "person": ("誰負責收件", "由陳小姐收件。", "請放在桌上。"),
    "unit": ("歸哪個部門管", "由總務處管理。", "請隨手清理。"),
    "place": ("在哪裡報到", "在一樓大廳報到。", "請準時報到。"),
    "reason": ("為什麼停電", "因線路檢修停電。", "今天停電。"),
    "whether": ("可以帶狗嗎", "不得攜帶寵物。", "寵物常在附近出現。"),
}


def test_every_type_has_its_case() -> None:
    assert CASES.keys() == BY_NAME.keys()


@pytest.mark.parametrize(("name", "question", "gives", "lacks"), [(name, *case) for name, case in CASES.items()])
def test_what_asks_for_it_and_what_gives_it(name: str, question: str, gives: str, lacks: str) -> None:
    kind, form = BY_NAME[name], search_form(question)
    assert kind in asked_types(form)
    assert next(given(kind, search_form(gives), form), None)
    assert next(given(kind, search_form(lacks), form), None) is None
    assert gives_type(search_form(gives), form)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("電話幾號", {"phone", "day"}),
        ("館內可以飲食嗎", {"whether"}),
        ("介紹一下這間店", set()),
        ("什麼時候要交多少錢", {"day", "money"}),
        ("一年級有幾個人", {"count"}),
        ("幾年級要考試", set()),
    ],
)
def test_a_question_may_ask_for_several_types_or_none(question: str, names: set[str]) -> None:
    assert {kind.name for kind in giving_types(search_form(question))} == names


def test_the_question_s_own_value_does_not_count() -> None:
    question = search_form("8月5日之後報名要多少錢")
    assert not gives_type(search_form("8月5日前報名。"), search_form("8月5日報名是哪一天"))
    assert not gives_type(search_form("8 月 5 日前報名。"), search_form("8月5日報名是哪一天")), "in whatever spaces"
    assert gives_type(search_form("8月5日之後為 300 元。"), question)
    assert [*given(BY_NAME["money"], search_form("繳 500 元退 100 元"), search_form("繳 500 元退多少錢"))] == ["100 元"]


def test_a_sign_of_a_share_without_a_number_gives_none() -> None:
    share = BY_NAME["share"]
    given_by = {
        said: [*given(share, search_form(said), "")] for said in ("打九折", "約七成", "水比米", "打折扣", "12.5%")
    }
    assert given_by == {"打九折": ["九折"], "約七成": ["七成"], "水比米": [], "打折扣": [], "12.5%": ["5%"]}


@pytest.mark.parametrize(
    ("question", "sentence", "counts"),
    [
        ("一班幾個人", "每班 20 人。", True),
        ("一班幾個人", "每班 20 位。", True),
        ("一班幾個人", "每班 3 間教室。", False),
        ("一年幾次", "一年兩回。", True),
        ("一年幾次", "一年 12 個月。", False),
        ("有哪幾種", "共 4 款。", True),
        ("有多少個步驟", "分 4 步驟完成。", True),
    ],
)
def test_how_many_is_answered_by_a_number_of_the_same(question: str, sentence: str, counts: bool) -> None:
    assert gives_type(search_form(sentence), search_form(question)) == counts


def test_a_type_that_must_be_given_is_lacking() -> None:
    money, place = search_form("門票多少錢"), search_form("在哪裡報到")
    assert lacks_type(search_form("門票在窗口買。"), money)
    assert not lacks_type(search_form("門票 150 元。"), money)
    assert not lacks_type(search_form("請準時。"), place), "a place may be said in any word"


def test_where_no_type_is_asked_any_sentence_will_do() -> None:
    assert gives_type("随便一句话", search_form("介紹一下這間店"))
