"""Headers, footers and comments of Word: the document's number and version are found, all else is left out."""

from typing import Any

import docx
import pytest
from tests.reading.test_word import saved

from yinju.reading import read_document
from yinju.types import Document


def with_header(*lines: str, table: tuple[str, ...] = (), footer: str = "") -> Any:  # noqa: ANN401
    """A document of a title and a paragraph below a header of lines and the cells of a row."""
    document = docx.Document()
    header = document.sections[0].header
    for line in lines:
        header.add_paragraph(line)
    if table:
        made = header.add_table(1, len(table), docx.shared.Cm(15))
        for cell, words in zip(made.rows[0].cells, table, strict=True):
            cell.text = words
    document.sections[0].footer.paragraphs[0].text = footer
    document.add_heading("品質程序", 0)
    document.add_paragraph("確保品質。")
    return document


def read(document: Any) -> Document:  # noqa: ANN401
    """What is read of a document."""
    return read_document(saved(document), "a.docx")


def test_the_number_and_version_stand_below_the_title() -> None:
    found = read(with_header("華星公司", table=("文件編號", "QP-07-12", "版次", "B2", "頁次", "1/5")))
    assert found.text.split("\n") == ["品質程序", "文件編號：QP-07-12", "版次：B2", "確保品質。"]
    assert [(block.name, block.record) for block in found.blocks[1:]] == [
        ("文件編號", "品質程序"),
        ("版次", "品質程序"),
    ]
    assert found.dropped == len("華星公司頁次1/5")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("文件編號：QP-07-12　版次：B2", ["文件編號：QP-07-12", "版次：B2"]),
        ("Doc No.: A-1\tRev. 3", ["Doc No.：A-1", "Rev.：3"]),
        ("生效日期: 2024-01-01 第 1 頁", ["生效日期：2024-01-01"]),
        ("版本 V1.3", ["版本：V1.3"]),
        ("本公司出版本手冊", []),
        ("第 1 頁，共 5 頁", []),
    ],
)
def test_what_a_line_tells_of_the_document(line: str, told: list[str]) -> None:
    assert read(with_header(footer=line)).text.split("\n")[1:-1] == told


def test_the_version_is_a_fact_of_the_document() -> None:
    assert read(with_header("版次：V2.0")).facts.version == "2.0"


def test_without_a_title_they_stand_first() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "編號：A-1"
    document.add_paragraph("內容。")
    assert read(document).text == "編號：A-1\n內容。"


def test_comments_are_counted_but_not_read() -> None:
    document = docx.Document()
    document.add_comment(document.add_paragraph("內容。").runs, text="這裡 要改", author="王")
    assert (read(document).text, read(document).dropped) == ("內容。", 4)
