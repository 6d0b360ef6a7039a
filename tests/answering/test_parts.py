"""Two questions in one, one about each of several things, and what a question compares."""

import time

import pytest

from yinju.answering.parts import MOST, split_parts
from yinju.answering.plan import TurnKind, read_plan

SEVERAL = [
    ("社團什麼時候選，可以換嗎", ["社團什麼時候選", "社團可以換嗎"]),
    ("管理費調到多少 什麼時候開始", ["管理費調到多少", "管理費什麼時候開始"]),
    ("拉坯多少钱，几岁可以玩", ["拉坯多少钱", "拉坯几岁可以玩"]),
    ("高铁哪一班几点开", ["高铁哪一班", "高铁几点开"]),
    ("门票多少钱几岁可以进去", ["门票多少钱", "门票几岁可以进去"]),
    ("烘焙社材料費多少 指導老師是誰", ["烘焙社材料費多少", "烘焙社指導老師是誰"]),
    ("請問報名什麼時候截止？人數上限多少？", ["報名什麼時候截止", "報名人數上限多少"]),
    ("会员卡丢了怎么办 补办多少钱", ["会员卡丢了怎么办", "会员卡丢了补办多少钱"]),
    ("什麼是雙重驗證 怎麼開啟", ["什麼是雙重驗證", "雙重驗證怎麼開啟"]),
    ("你们几点关门还有停车要钱吗", ["你们几点关门", "你们停车要钱吗"]),
    ("KQ-20卖多少钱 滤网能撑多久", ["KQ-20卖多少钱", "KQ-20滤网能撑多久"]),
    ("如果迟到了会怎样，要扣钱吗", ["如果迟到了会怎样", "如果迟到了要扣钱吗"]),
    ("請假超過三天要誰簽 要附什麼證明", ["請假超過三天要誰簽", "請假超過三天要附什麼證明"]),
]
TWO_TOPICS = [
    ("条例里遛狗不捡大便罚多少 露营区带狗要注意什么", ["条例里遛狗不捡大便罚多少", "露营区带狗要注意什么"]),
    ("高鐵來回多少錢，和岳境内三天基础版保费多少", ["高鐵來回多少錢", "和岳境内三天基础版保费多少"]),
    ("產線早班幾點收工 健身房離峰會員平日幾點以後不能進", ["產線早班幾點收工", "健身房離峰會員平日幾點以後不能進"]),
    ("我想知道退款要多久，另外發票可以補開嗎", ["退款要多久", "發票可以補開嗎"]),
]
EACH = [
    ("博物館跟海交館各是星期幾休館", ["博物館星期幾休館", "海交館星期幾休館"]),
    ("A和B分別多少錢", ["A多少錢", "B多少錢"]),
    ("境内和境外基础版各多少钱", ["境内基础版多少钱", "境外基础版多少钱"]),
    ("甲方和乙方的義務分別是什麼", ["甲方的義務是什麼", "乙方的義務是什麼"]),
    ("贺知远的分机和车站馆的电话各是多少", ["贺知远的分机是多少", "车站馆的电话是多少"]),
    ("健保卡和身分證掉了分別要去哪裡補辦", ["健保卡掉了要去哪裡補辦", "身分證掉了要去哪裡補辦"]),
    ("七八九年級校外教學分別多少錢", ["七年級校外教學多少錢", "八年級校外教學多少錢", "九年級校外教學多少錢"]),
    ("押金多少 新舊規定各是多少", ["押金多少", "押金新規定是多少", "押金舊規定是多少"]),
]
ONE = [
    *["孩子考試那天生病 要怎麼請假", "早上發燒沒辦法上學 幾點前要講", "誰什麼時候去哪裡開會", "幾點到幾點可以用健身房"],
    *[
        "从哪里坐车到哪里下车",
        "年假跟病假哪個比較多",
        "大佬，怎样回滚版本",
        "門市最多的城市是哪個 是多少",
        "多少錢",
        "",
        "？？",
    ],
    *[
        "「要收多少，什麼時候收」是誰寫的",
        "押金多少，跟去年比有漲嗎",
        "刪掉程式就等於取消訂閱了吧",
        "誰負責採購 他的分機幾號",
    ],
]


@pytest.mark.parametrize(("question", "parts"), SEVERAL + TWO_TOPICS + EACH)
def test_each_part_can_be_asked_alone(question: str, parts: list[str]) -> None:
    assert split_parts(question) == tuple(parts)


@pytest.mark.parametrize("question", ONE)
def test_one_question_stays_one(question: str) -> None:
    assert split_parts(question) == (question,)


def test_too_many_questions_stay_one() -> None:
    question = "門票多少 幾點開 幾點關 在哪裡 怎麼去"
    assert len(question.split()) > MOST
    assert split_parts(question) == (question,)


def test_a_plan_has_the_parts_of_what_was_understood() -> None:
    plan = read_plan("多少錢 什麼時候開始", [("拉坯體驗在哪裡", ""), ("謝謝", "")])
    assert plan.kind is TurnKind.QUESTION
    assert plan.question == "拉坯體驗多少錢 什麼時候開始"
    assert plan.parts == ("拉坯體驗多少錢", "拉坯體驗什麼時候開始")


def test_what_compares_is_one_question() -> None:
    question = "做運營的跟做營銷的 分別管什麼"
    assert len(split_parts(question)) == 2
    assert read_plan(question, []).parts == (question,)


def test_sides_that_ask_are_questions() -> None:
    plan = read_plan("志工每人保多少意外險，跟旅行險的意外身故比哪個多", [])
    assert plan.parts == ("志工每人保多少意外險", "旅行險的意外身故")


@pytest.mark.parametrize("question", ["、" * 500, "多少 " * 300, "和" * 300 + "各多少", "\ud800哪？" * 50, "比" * 300])
def test_nothing_fails_or_takes_long(question: str) -> None:
    started = time.perf_counter()
    assert split_parts(question)
    assert time.perf_counter() - started < 2
