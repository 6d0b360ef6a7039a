"""JSON and comma-separated values: fields beside their names, questions as headings."""

import json

import pytest

from yinju.reading import read_document
from yinju.reading.records import LONG_VALUE, LONGEST_HEADING, is_json
from yinju.types import BlockKind, Document


def read_json(value: object) -> Document:
    """The document of a JSON value."""
    return read_document(json.dumps(value, ensure_ascii=False).encode(), "a.json")


def headings(document: Document) -> list[tuple[str, str]]:
    """The innermost heading of each section that has one, with the section's text."""
    return [
        (section.headings[-1], document.text[section.start : section.end].strip())
        for section in document.sections
        if section.headings
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"甲": "一"}', True),
        ("\ufeff".strip("\ufeff") + ' \n["甲"]', True),
        ('{"甲": "一"}\n\n{"甲": "二"}\n', True),
        ('{\n"甲": "一"\n}\n{\n"甲": "二"\n}', True),
        ("[連結](https://example.org)\n\n文", False),
        ("[1] 參考文獻\n[2] 又一", False),
        ('{"甲": "一"}\n不是', False),
        ('["甲"]\n["乙"]', False),
        ('{"甲": "一', False),
        ("{甲}", False),
        ('"甲"', False),
        ("", False),
        ("[" * 100_000, False),
        ("[" * 100_000 + "]" * 100_000, False),
        ('{"甲":' * 100_000, False),
    ],
)
def test_what_counts_as_json(text: str, expected: bool) -> None:
    assert is_json(text) is expected


def test_fields_stand_beside_their_names() -> None:
    document = read_json([{"品名": "𠮷野家", "價格": 1.5, "有貨": True, "備註": None, "空": " "}, {"品名": "乙"}])
    assert document.text.split("\n") == ["品名：𠮷野家", "價格：1.5", "有貨：true", "品名：乙"]
    assert document.format == "json"


def test_a_number_is_spelled_as_in_the_file() -> None:
    text = '{"甲": 1.50, "乙": 1e400, "丙": 123456789012345678901234567890}'
    assert read_document(text.encode(), "a.json").text == "甲：1.50\n乙：1e400\n丙：123456789012345678901234567890"


def test_nested_keys_are_joined_and_numbers_beside_nested_fields_left_out() -> None:
    document = read_json({"外": {"內": {"名": "甲"}, "數": 3}, "標籤": ["紅", "綠"], "點": [[1, 2]]})
    assert document.text == "外.內.名：甲\n標籤：紅、綠"


@pytest.mark.parametrize(
    "keys",
    [
        *[("question", "answer"), ("Q", "A"), ("問題", "答案"), ("问题", "答案"), ("instruction", "output")],
        *[("title", "content"), ("标题", "内容"), ("標題", "內容")],
    ],
)
def test_a_question_heads_its_answer(keys: tuple[str, str]) -> None:
    document = read_json(
        [{"id": 7, keys[1]: "滿一年七天。", keys[0]: "特休\n幾天？"}, {keys[0]: "誰？", keys[1]: "甲。"}]
    )
    assert headings(document) == [("特休 幾天？", "id：7\n滿一年七天。"), ("誰？", "甲。")]


def test_a_long_question_is_no_heading() -> None:
    long = "字" * (LONGEST_HEADING + 1)
    document = read_json({"question": long, "answer": "甲"})
    assert document.text == f"question：{long}\nanswer：甲"


def test_questions_inside_paragraphs_are_found() -> None:
    paragraph = {"context": "長文。", "qas": [{"question": "誰？", "answers": [{"text": "甲", "answer_start": 0}]}]}
    document = read_json({"data": [{"title": "頁", "paragraphs": [paragraph]}]})
    assert headings(document) == [("誰？", "text：甲\nanswer_start：0")]
    assert document.text.startswith("title：頁\ncontext：長文。\n誰？")


def test_a_long_value_keeps_its_lines() -> None:
    document = read_json({"文": "第一行\r\n\r\n第二行", "長": "　字  字" * LONG_VALUE})
    assert document.text.split("\n")[:2] == ["文：第一行", "第二行"]
    assert "字  字" in document.text


def test_json_lines_are_records_and_a_broken_line_stays_as_it_stands() -> None:
    lines = ['{"q": "誰？", "a": "甲。"}'] * 6 + ['{"q": "壞']
    document = read_document("\n".join(lines).encode(), "a.jsonl")
    assert len(headings(document)) == 6
    assert document.text.endswith('{"q": "壞')


def test_a_lone_surrogate_is_replaced() -> None:
    assert read_document(rb'{"a": "x\ud800y \ud842\udfb7"}', "a.json").text == "a：x\ufffdy 𠮷"


def test_an_indented_line_separator_stays_inside_its_string() -> None:
    assert read_document('{"a": "甲\u2028乙"}'.encode(), "a.json").text == "a：甲\n乙"


CSV = [
    (
        "品名,價格,量\n甲,1.50,3\n乙,2,4\n",
        ["品名｜價格｜量", "品名：甲｜價格：1.50｜量：3", "品名：乙｜價格：2｜量：4"],
    ),
    ("品名;價格\n甲;1,50\n乙;2,00\n", ["品名｜價格", "品名：甲｜價格：1,50", "品名：乙｜價格：2,00"]),
    ("品名\t價格\n甲, 乙\t1\n", ["品名｜價格", "品名：甲, 乙｜價格：1"]),
    ("品名|價格\n甲|1\n", ["品名｜價格", "品名：甲｜價格：1"]),
    ("sep=;\n品名;價格\n甲;1\n", ["品名｜價格", "品名：甲｜價格：1"]),
    ('品名,價格\n"甲\n""大"", 乙",1\n', ["品名｜價格", '品名：甲 "大", 乙｜價格：1']),
    ('尺寸,量\n"5 吋,1\n6 吋,2\n', ["尺寸｜量", '尺寸："5 吋｜量：1', "尺寸：6 吋｜量：2"]),
    ("只有一欄\n第二行，沒有逗號\n", ["只有一欄", "第二行，沒有逗號"]),
    ("𠮷,1\n", ["𠮷｜1"]),
]


@pytest.mark.parametrize(("text", "lines"), CSV)
def test_rows_become_lines_with_heads(text: str, lines: list[str]) -> None:
    document = read_document(text.encode(), "a.csv")
    assert (document.text.split("\n"), document.format) == (lines, "csv")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "big5", "utf-16"])
def test_the_encoding_of_a_table_is_found(encoding: str) -> None:
    text = "編號,問題,答案\r\n1,請假要怎麼申請？,請先在系統填寫申請單。\r\n2,薪資何時發放？,每月五日發放。\r\n"
    document = read_document(text.encode(encoding, errors="replace"), "a.csv")
    assert ("薪資何時發放？", "編號：2\n每月五日發放。") in headings(document)


def test_an_answer_in_a_table_keeps_its_lines() -> None:
    document = read_document('問題,答案\n誰？,"甲。\n乙。"\n,無題\n多,出,來\n'.encode(), "a.csv")
    assert headings(document)[0] == ("誰？", "甲。\n乙。\n答案：無題")
    assert "無題" in document.text and "來" in document.text


def test_a_field_above_the_usual_limit_is_read() -> None:
    long = "字" * 200_000
    assert long in read_document(f"甲,乙\n一,{long}\n".encode(), "a.csv").text


def fields(document: Document) -> list[tuple[str, str, int]]:
    """The record, the name and the group of each field."""
    return [(block.record, block.name, block.group) for block in document.blocks if block.kind is BlockKind.FIELD]


def test_a_question_and_its_answer_are_one_group() -> None:
    document = read_json([{"問題": "幾天？", "答案": "七天。\n十天。"}, {"q": "誰？", "a": "甲。"}])
    told = [(block.kind, block.group, document.text[block.start : block.end]) for block in document.blocks]
    assert told == [
        *((BlockKind.QUESTION, 1, "幾天？"), (BlockKind.ANSWER, 1, "七天。\n十天。")),
        *((BlockKind.QUESTION, 2, "誰？"), (BlockKind.ANSWER, 2, "甲。")),
    ]


def test_a_title_is_a_heading_and_no_question() -> None:
    document = read_json([{"title": "公告", "content": "明天放假。"}])
    assert [block.kind for block in document.blocks] == [BlockKind.HEADING]


def test_the_fields_of_an_object_are_a_record() -> None:
    long = "本機適用於一般工業用途，含馬達驅動與控制，請詳閱本手冊後再進行安裝及操作，並依照當地法規接地以及保護。"
    value = [
        {"name": "變頻器", "code": "XK-210", "規格": {"電壓": "220V", "說明": long}, "備註": "無"},
        {"code": "K-1", "說明": long},
    ]
    assert fields(read_json(value)) == [
        *(("變頻器", name, 1) for name in ("name", "code", "規格.電壓", "規格.說明", "備註")),
        *(("K-1", name, 2) for name in ("code", "說明")),
    ]


def test_an_object_of_one_text_is_no_record() -> None:
    assert fields(read_json([{"text": "第一段。"}, {"text": "第二段。", "空": ""}])) == []


def test_objects_in_a_list_are_things_of_their_own() -> None:
    long = "長" * 61
    value = {"冊": "甲", "年": "2026", "項": [{"甲": long, "乙": "1"}, {"甲": long, "乙": "2"}], "末": "完"}
    assert [group for _, _, group in fields(read_json(value))] == [1, 1, 2, 2, 3, 3, 4]


@pytest.mark.parametrize("blank", ["\n", ",\n", ""])
def test_blocks_of_names_and_values_are_records(blank: str) -> None:
    text = f"故障代碼,2099\n故障原因,磨損\n{blank}故障代碼,2100\n故障原因,過熱\n"
    document = read_document(text.encode(), "a.csv")
    assert document.text.split("\n")[2:] == ["故障代碼：2100", "故障原因：過熱"]
    assert [record for record, _, _ in fields(document)] == ["2099", "2099", "2100", "2100"]


def test_a_large_table_is_not_taken_for_a_form() -> None:
    text = "編號,姓名,部門\n" + "".join(f"{number},員工{number},財務部\n" for number in range(1_000))
    document = read_document(text.encode(), "a.csv")
    assert fields(document) == []
    assert document.text.endswith("編號：999｜姓名：員工999｜部門：財務部")
