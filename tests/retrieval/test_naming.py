"""Which row, record or definition a question names, and whether that has a place for what is asked."""

import pytest

from yinju.reading import read_document
from yinju.retrieval.naming import answers_to, entries_of, is_given, named_entries
from yinju.types import Document, Passage

TABLE = """| 故障代码 | 故障名称 | 处理方法 | 售价 |
|---|---|---|---|
| 2098 | 主油泵过热 | 清洗滤网 | 15元 |
| 2099 | 副油泵过热 | 更换接触器 | 24元 |
"""
RECORD = """# 通訊錄

## 陳怡君

- **部門**：採購一組
- **分機**：5790

## 陳宜君

- **部門**：會計二組
- **分機**：5791
"""


CODES = [(6, "风扇卡住", "清理风扇"), (7, "主板过热", "立即拔插头")]


def passages(document: Document) -> list[Passage]:
    """The passages of a document."""
    from yinju.chunking import chunk_document

    return chunk_document(document)


def named(text: str, question: str) -> list[tuple[tuple[str, ...], bool]]:
    """The cells of the entries that a question names best in each passage, and whether they tell what is asked."""
    found = (named_entries(question, passage) for passage in passages(read_document(text.encode(), "表.md")))
    return [(entry.cells, naming.tells) for naming in found if naming for entry in naming.entries]


@pytest.mark.parametrize(
    ("question", "code", "tells"),
    [
        ("副油泵过热怎么处理", "2099", True),
        ("副油泵過熱要怎麼修？", "2099", True),
        ("代码2099的故障多少钱", "2099", True),
        ("主油泵过热的处理方法", "2098", True),
        ("主油泵过热的保修期是多久", "2098", False),
        ("主油泵过热重量多少", "2098", False),
    ],
)
def test_a_row_is_named_by_a_whole_cell(question: str, code: str, tells: bool) -> None:
    ((cells, told),) = named(TABLE, question)
    assert (cells[0], told) == (code, tells)


@pytest.mark.parametrize(
    "question", ["右油泵过热怎么处理", "20991怎么处理", "24号有什么活动", "2024年主油泵过热了几次", "今天天气如何"]
)
def test_nothing_is_named_by_part_of_a_cell(question: str) -> None:
    assert named(TABLE, question) == []


def test_points_below_a_heading_are_a_record_of_it() -> None:
    assert named(RECORD, "陈宜君的分机是多少") == [(("会计二组", "5791"), True)]
    assert named(RECORD, "分機5790是誰的") == [(("采购一组", "5790"), True)]


def test_a_record_is_named_by_its_code_whatever_is_said_beside_it() -> None:
    codes = "\n\n".join(f"错误码：E{n}\n含义：{what}\n处理：{way}\n适用：全部" for n, what, way in CODES)
    assert named(codes, "机器报E7怎么办") == [(("e7", "主板过热", "立即拔插头", "全部"), True)]
    assert not any(tells for _, tells in named(codes, "机器E7的保修期是多久"))


def test_entries_of_prose_are_none() -> None:
    (passage,) = passages(read_document("猫每天睡十六个小时。狗睡十二个小时。".encode(), "猫.txt"))
    assert entries_of(passage) == ()
    assert named_entries("猫每天睡几个小时", passage) is None


def test_a_number_is_given_only_whole() -> None:
    assert is_given("代码 2099 怎么办", "2099")
    assert not is_given("代码 12099 怎么办", "2099")
    assert not is_given("24号开门吗", "24"), "a short number says nothing"


def test_a_key_answers_what_is_asked_with() -> None:
    assert answers_to("这个多少钱", "售价")
    assert answers_to("怎麼辦", "处理方法")
    assert not answers_to("这个多少钱", "重量")
