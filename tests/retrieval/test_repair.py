"""Typing errors of sound and shape are put right; what the documents say, names and quoted words stay."""

from collections.abc import Iterator
from time import perf_counter

import pytest
from tests.shelves import generation_of

from yinju.protocols import Encoder
from yinju.retrieval.repair import LONGEST, Change, Repair, repaired
from yinju.store.protocol import Snapshot

DOCUMENTS = {
    "社群.md": "# 微博與微信\n\n微博適合發公告，微信適合做客服。微博的粉絲可以轉發。\n\n微信公眾號一個月能群發四次。\n",
    "露營.md": "# 露營區收費\n\n露營區可以帶狗，每帳一千二百元。假日露營要先預約。\n",
    "保险.md": "# 旅行保险\n\n飞机延误可以理赔，理赔要交登机牌和延误证明。\n\n出差住宿每晚报销三百元。\n",
    "厨房.md": "# 厨房\n\n水产用蓝色的案板，熟食用白色的案板。电费每月五号交。\n\n空气净化器的滤网半年换一次。\n",
    "手机.md": "# 应用\n\n一台机器最多绑定三个手机，安卓和苹果都可以。\n\n法语讲解每场二百元。王小明负责讲解。\n",
}


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Iterator[Snapshot]:
    with generation_of(DOCUMENTS, tmp_path_factory.mktemp("typed"), real_encoder) as opened:
        yield opened


MEANT = [
    ("威信和微薄有什么区别", "微信和微博有什么区别"),
    ("露營區收廢多少", "露營區收費多少"),
    ("現在可以帶狗去錄營嗎", "現在可以帶狗去露營嗎"),
    ("飞机延误理陪要交什么", "飞机延误理赔要交什么"),
    ("水产用哪个颜色的按板", "水产用哪个颜色的案板"),
    ("出差住素一晚能报多少", "出差住宿一晚能报多少"),
    ("净化器的滤往多久换", "净化器的滤网多久换"),
    ("一台机器最多帮定几个手机", "一台机器最多绑定几个手机"),
    ("安桌手机能用吗", "安卓手机能用吗"),
    ("法语讲姐一场多少钱", "法语讲解一场多少钱"),
]


@pytest.mark.parametrize(("typed", "meant"), MEANT)
def test_errors_are_put_right_in_the_script_of_the_question(generation: Snapshot, typed: str, meant: str) -> None:
    assert repaired(typed, generation).question == meant


@pytest.mark.parametrize(
    "question",
    [
        "电费什么时候交",
        "電費什麼時候交",
        "微博和微信有什么区别",
        "微信公众号每月发几次",
        "公司附近的停车场怎么走",
        "天安门广场有多大",
        "王小敏负责什么",
        "「威信」是什么意思",
        "A-10型号的保固多久",
        "how much is it",
        "",
    ],
)
def test_what_is_no_error_stays(generation: Snapshot, question: str) -> None:
    assert repaired(question, generation) == Repair(question)


def test_a_change_names_what_was_asked_and_what_is_searched(generation: Snapshot) -> None:
    found = repaired("請問　現在去錄營要預約嗎？", generation)
    assert found == Repair("請問　現在去露營要預約嗎？", (Change("錄營", "露營"),))


def test_a_long_text_is_not_looked_at(generation: Snapshot) -> None:
    text = "飞机延误理陪要交什么" * 20
    assert len(text) > LONGEST and repaired(text, generation) == Repair(text)


def test_it_takes_hardly_any_time(generation: Snapshot) -> None:
    repaired("微薄", generation)
    started = perf_counter()
    for typed, _ in MEANT:
        repaired(typed, generation)
    assert (perf_counter() - started) / len(MEANT) < 0.02  # 1 ms on a quiet machine
