"""Questions about tables of several trades, each answered over all rows of its table, or not at all.

cases.jsonl: `says`, all of which must be said; `not`, none of which may; `any`, one of which; `none`: not answered;
`refuse`: said not to be there.
"""

import json
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.answering.tables.documents import DOCUMENTS

from yinju.answering.reply import Reply
from yinju.answering.tables import reply_from_tables
from yinju.ingest.build import open_store
from yinju.library import build_index
from yinju.messages import language_of
from yinju.protocols import Encoder
from yinju.retrieval import Retriever, retrieve
from yinju.settings import Settings
from yinju.types import Verdict

CASES = [json.loads(line) for line in (Path(__file__).parent / "cases.jsonl").read_text("utf-8").splitlines()]

Ask = Callable[[str, str], Reply | None]


def said(reply: Reply | None) -> str:
    """The statements of a reply, a line each."""
    return "\n".join(statement.text for statement in reply.statements) if reply else ""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Iterator[Ask]:
    """Asks a question of one of the collections."""
    opened: dict[str, Retriever] = {}

    def ask_one(documents: str, question: str) -> Reply | None:
        if documents not in opened:
            folder = tmp_path_factory.mktemp(documents)
            (folder / "corpus").mkdir()
            for name, text in DOCUMENTS[documents].items():
                (folder / "corpus" / name).write_text(text, "utf-8")
            build_index(folder / "corpus", folder / "index", encoder=real_encoder)
            opened[documents] = Retriever(open_store(folder / "index").open(), real_encoder, Settings())
        retriever = opened[documents]
        return reply_from_tables(retriever, retrieve(retriever, question), language_of(question))

    yield ask_one
    for retriever in opened.values():
        retriever.generation.close()


@pytest.mark.parametrize("case", CASES, ids=[case["question"] for case in CASES])
def test_case(ask: Ask, case: dict[str, object]) -> None:
    reply = ask(str(case["documents"]), str(case["question"]))
    text, answered = said(reply), reply is not None and reply.verdict is Verdict.ANSWERED
    if case.get("none"):
        assert not answered, text
    elif case.get("refuse"):
        assert reply is not None and reply.verdict in (Verdict.NEAR, Verdict.NOTHING), text
    else:
        says, never = case.get("says", []), case.get("not", [])
        assert answered and isinstance(says, list) and isinstance(never, list)
        assert [one for one in says if one not in text] == [], text
        assert [one for one in never if one in text] == [], text
        one_of = case.get("any", [""])
        assert isinstance(one_of, list) and any(one in text for one in one_of), text


def test_a_cell_cites_its_row_and_is_marked(ask: Ask) -> None:
    reply = ask("first", "405的月租是多少")
    assert reply is not None
    (statement,) = reply.statements
    assert statement.text == "房号：405｜月租（元）：3,900"
    assert statement.emphasis is not None and statement.text[slice(*statement.emphasis)] == "3,900"
    assert statement.row == (("房号", "405"), ("月租（元）", "3,900"))
    (citation,) = reply.citations
    assert (citation.document, citation.marker) == ("青禾公寓.md", 1)
    assert "405" in citation.quote and "3,900" in citation.quote and "301" not in citation.quote


def test_a_sum_shows_its_rows_each_with_its_source(ask: Ask) -> None:
    reply = ask("first", "檸檬塔總共賣了多少錢")
    assert reply is not None
    total, *rows = reply.statements
    assert total.text == "金額合計 2,660（4 筆）。" and total.markers == (1, 2, 3, 4)
    assert [row.text.split("｜")[0] for row in rows] == ["S-1001", "S-1004", "S-1008", "S-1012"]
    assert [row.markers for row in rows] == [(1,), (2,), (3,), (4,)]
    assert all(row.new_line and row.row[-1][0] == "金額" for row in rows)
    assert [citation.quote.split("｜")[0] for citation in reply.citations] == [
        "單號：S-1001", "單號：S-1004", "單號：S-1008", "單號：S-1012",
    ]  # fmt: skip


def test_a_total_row_is_not_counted(ask: Ask) -> None:
    assert said(ask("first", "四月一共幾張單")).startswith("共 12 張。")


def test_the_asker_writes_another_script(ask: Ask) -> None:
    reply = ask("first", "可丽露一共卖了多少个")
    assert said(reply).startswith("数量合计 38（3 条）。") and "门市" not in said(reply)


def test_english_words_of_our_own(ask: Ask) -> None:
    reply = ask("first", "S-1004 金额")
    assert reply is not None and said(reply) == "S-1004｜金额：950"


def test_what_is_missing_is_named_as_it_was_asked(ask: Ask) -> None:
    reply = ask("first", "ML-17是什麼")
    assert reply is not None and reply.missing == ("ML-17",)
    reply = ask("first", "2026年油费预算")
    assert reply is not None and reply.missing == ("2026年",) and reply.citations == ()


def test_an_empty_cell_comes_near(ask: Ask) -> None:
    reply = ask("second", "南湖店電話多少")
    assert reply is not None and reply.verdict is Verdict.NEAR
    assert said(reply) == "表格裡這一欄是空的，沒有寫「電話」：\n南湖店" and reply.missing == ("電話",)


def test_a_word_that_nothing_explains_comes_near(ask: Ask) -> None:
    reply = ask("second", "聽濤室雨天每小時費用多少")
    assert reply is not None and reply.verdict is Verdict.NEAR and reply.missing == ("雨天",)
    assert reply.confidence < 0.5 and "500" in said(reply)


def test_cells_that_no_row_has_together(ask: Ask) -> None:
    reply = ask("first", "永和店4月3日賣了幾張單")
    assert reply is not None and reply.verdict is Verdict.NOTHING and reply.citations == ()


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("聽濤室是陶逸管的嗎", "聽濤室｜管理人：湯于庭"), ("竹影間歸陶逸管嗎", "竹影間｜管理人：陶逸"),
        ("望山室和竹影間哪個便宜", "竹影間｜每小時費用：200"),
        ("有沒有三十人以上的會議室", "觀海廳｜容納人數：60\n松風廳｜容納人數：120"),
    ],
)  # fmt: skip
def test_whether_a_cell_is_so_and_which_of_two(ask: Ask, question: str, says: str) -> None:
    assert said(ask("second", question)) == says


def test_groups_by_month(ask: Ask) -> None:
    assert said(ask("fourth", "哪個月貨款最多")).startswith("2025-07：貨款合計 15,990（6 筆）。")


def test_a_unit_above_the_table_is_said(ask: Ask) -> None:
    reply = ask("first", "2025年油费预算多少")
    assert reply is not None
    (statement,) = reply.statements
    assert statement.text == "油费｜2025 年：11（万元）" and statement.emphasis is not None
    assert statement.text[slice(*statement.emphasis)] == "11"
    assert said(ask("first", "2025年预算一共多少")).startswith("2025 年合计 601,000 元（4 条）。")


def test_light_words_that_pick_rows_are_not_passed_over(ask: Ask) -> None:
    assert ask("fifth", "能用的车有几辆") is None


def test_questions_about_something_else(ask: Ask) -> None:
    for question in ("為什麼貓要打疫苗", "你好", "公寓附近有什麼好吃的", "怎么学好书法", "机器坏了怎么赔"):
        assert ask("first", question) is None, question


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Iterator[Retriever]:
    """A sheet of five thousand rows."""
    folder, chance = tmp_path_factory.mktemp("large"), random.Random(7)
    lines = ["單號,日期,客戶,品名,數量,金額,狀態"]
    lines += [
        f"R{n:05},2025-{1 + n % 12:02}-{1 + n % 28:02},客戶{chance.choice('甲乙丙丁戊')},"
        f"品{chance.choice('天地玄黃')}號,{n % 9 + 1},{100 + n % 700},{'已出貨' if n % 5 else '待出貨'}"
        for n in range(5_000)
    ]  # fmt: skip
    (folder / "corpus").mkdir()
    (folder / "corpus" / "出貨.csv").write_text("\n".join(lines), "utf-8")
    build_index(folder / "corpus", folder / "index", encoder=real_encoder)
    generation = open_store(folder / "index").open()
    yield Retriever(generation, real_encoder, Settings())
    generation.close()


def test_a_large_sheet(large: Retriever) -> None:
    def timed(question: str) -> tuple[str, float]:
        evidence, started = retrieve(large, question), time.perf_counter()
        return said(reply_from_tables(large, evidence, "zh-Hant")), time.perf_counter() - started

    assert timed("R04321是哪個客戶的單")[0].startswith("R04321｜客戶：客戶")
    text, seconds = timed("待出貨的單有幾張")
    assert text.startswith("共 1,000 張。") and text.endswith("…其餘 997 筆") and seconds < 0.3
    assert timed("單號R04321的金額加起來多少")[0] == f"R04321｜金額：{100 + 4321 % 700}"
