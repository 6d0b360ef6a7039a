"""What a question asks for by number, in which documents, and which documents are out of date."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from yinju.index.generation import Generation
from yinju.library import build_index
from yinju.protocols import Encoder
from yinju.retrieval.lookup import outdated_documents, read_lookup
from yinju.types import DocumentFacts

LAWS = {
    "劳动.md": "# 中华人民共和国劳动法\n\n第一条 甲。\n\n第二条 乙。\n",
    "合同.md": "# 中华人民共和国劳动合同法\n\n第一条 丙。\n\n第二条 丁。\n",
    "校舍.md": "# 校舍使用管理办法（2024年修订）\n\n第一条 戊。\n\n第二条 己。\n",
}


@pytest.fixture(scope="module")
def laws(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Iterator[Generation]:
    """An open index of three sets of rules."""
    folder: Path = tmp_path_factory.mktemp("laws")
    (folder / "corpus").mkdir()
    for name, text in LAWS.items():
        (folder / "corpus" / name).write_text(text, "utf-8")
    build_index(folder / "corpus", folder / "index", encoder=real_encoder)
    opened = Generation(folder / "index", real_encoder)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("劳动合同法第一条", {"合同.md"}),
        ("勞動法第1條說什麼", {"劳动.md"}),
        ("请问《劳动法》的第二条", {"劳动.md"}),
        ("校舍使用管理办法第二条", {"校舍.md"}),
        ("校舍使用管理办法里，第二条是什么", {"校舍.md"}),
        ("校舍办法第二条", {"校舍.md"}),
        ("刑法第二条", set()),
        ("消防管理办法第一条", set()),
        ("第二条", None),
        ("本法第二条", None),
    ],
)
def test_a_name_before_the_number_narrows_to_its_document(
    laws: Generation, question: str, documents: set[str] | None
) -> None:
    assert read_lookup(laws, question).documents == documents


@pytest.mark.parametrize(
    ("question", "is_bare"),
    [
        ("第二条", True), ("劳动法第二条规定了什么？", True), ("请问第二条的内容是什么", True),
        ("违反第二条会怎样", False), ("第二条适用于临时工吗", False), ("甲是什么", False),
    ],
)  # fmt: skip
def test_whether_more_than_the_number_is_asked(laws: Generation, question: str, is_bare: bool) -> None:
    assert read_lookup(laws, question).is_bare == is_bare


def test_a_number_that_may_be_another_thing_counts_only_where_something_has_it(laws: Generation) -> None:
    assert read_lookup(laws, "2099怎么修").terms == ()
    assert read_lookup(laws, "2条").terms == ("article:2",)


def test_of_two_versions_the_older_is_out_of_date() -> None:
    known = {
        "a1": ("使用手册 V1.0", DocumentFacts(version="1.0")),
        "a2": ("使用手册 V1.10", DocumentFacts(version="1.10")),
        "b1": ("收费规定（112年版）", DocumentFacts(effective="2023-06-01")),
        "b2": ("收费规定（115年版）", DocumentFacts(effective="2026-01-01")),
        "c": ("通讯录", DocumentFacts()),
        "d": ("周报", DocumentFacts(issued="2020-01-01")),
    }
    assert outdated_documents(known) == {"a1", "b1"}
