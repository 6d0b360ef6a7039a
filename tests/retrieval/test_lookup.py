"""What a question asks for by number, in which documents, and which documents are out of date."""

from collections.abc import Iterator

import pytest
from tests.shelves import generation_of

from yinju.protocols import Encoder
from yinju.retrieval.lookup import families_of, outdated_documents, read_lookup
from yinju.store.protocol import Snapshot
from yinju.types import DocumentFacts

LAWS = {
    "劳动.md": "# 中华人民共和国劳动法\n\n第一条 甲。\n\n第二条 乙。\n",
    "合同.md": "# 中华人民共和国劳动合同法\n\n第一条 丙。\n\n第二条 丁。\n",
    "校舍.md": "# 校舍使用管理办法（2024年修订）\n\n第一条 戊。\n\n第二条 己。\n",
}


@pytest.fixture(scope="module")
def laws(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Iterator[Snapshot]:
    """An open index of three sets of rules."""
    with generation_of(LAWS, tmp_path_factory.mktemp("laws"), real_encoder) as opened:
        yield opened


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
    laws: Snapshot, question: str, documents: set[str] | None
) -> None:
    assert read_lookup(laws, question).documents == documents


@pytest.mark.parametrize(
    ("question", "is_bare"),
    [
        ("第二条", True), ("劳动法第二条规定了什么？", True), ("请问第二条的内容是什么", True),
        ("违反第二条会怎样", False), ("第二条适用于临时工吗", False), ("甲是什么", False),
    ],
)  # fmt: skip
def test_whether_more_than_the_number_is_asked(laws: Snapshot, question: str, is_bare: bool) -> None:
    assert read_lookup(laws, question).is_bare == is_bare


def test_a_number_that_may_be_another_thing_counts_only_where_something_has_it(laws: Snapshot) -> None:
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
    assert outdated_documents(families_of(known)) == {"a1", "b1"}


FEES = {
    "舊.md": "# 躍岬運動館會員資費與使用規約（112年版）\n\n第一條 月費 900 元。\n",
    "新.md": "# 躍岬運動館會員資費與使用規約（115年版）\n\n第一條 月費 1200 元。\n",
    "停車.md": "# 停車場辦法\n\n第一條 每小時 30 元。\n",
}


@pytest.fixture(scope="module")
def fees(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Iterator[Snapshot]:
    """An open index of rules in two versions, and of others."""
    with generation_of(FEES, tmp_path_factory.mktemp("fees"), real_encoder) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "left_out"),
    [
        ("運動館月費多少錢", {"舊.md"}),
        ("最新版的月費多少錢", {"舊.md"}),
        ("舊版的月費多少錢", {"新.md"}),
        ("修正前月費多少錢", {"新.md"}),
        ("新舊版的月費差在哪裡", set()),
        ("月費改了什麼", set()),
        ("112年版的月費多少錢", set()),
    ],
)
def test_the_newest_is_asked_unless_the_question_says_otherwise(
    fees: Snapshot, question: str, left_out: set[str]
) -> None:
    assert read_lookup(fees, question).outdated == left_out


def test_words_that_tell_the_age_are_not_searched(fees: Snapshot) -> None:
    assert "最新" not in read_lookup(fees, "最新版的月費多少錢").rest
    assert "旧版" not in read_lookup(fees, "舊版的月費多少錢").rest


@pytest.mark.parametrize("question", ["運動館規約第一條", "運動館使用規約第一條", "停車場辦法第一條"])
def test_a_name_may_be_spelled_in_a_longer_title(fees: Snapshot, question: str) -> None:
    named = frozenset({"停車.md"} if "停車" in question else {"舊.md", "新.md"})
    assert read_lookup(fees, question).documents == named


def test_characters_out_of_order_spell_no_title(fees: Snapshot) -> None:
    assert read_lookup(fees, "規約運動館辦法第一條").documents == frozenset()


def test_titles_of_which_one_ends_the_other_are_one_text() -> None:
    known = {
        "a": ("會員資費與使用規約", DocumentFacts(effective="2020-01-01")),
        "b": ("躍岬運動館會員資費與使用規約", DocumentFacts(effective="2024-01-01")),
        "c": ("使用規約", DocumentFacts(effective="2026-01-01")),
        "d": ("躍岬運動館會員資費與使用規約", DocumentFacts()),
    }
    assert families_of(known) == [("b", ("a",))], "a short title is too common, one without a date is of no age"
    assert outdated_documents(families_of(known)) == {"a"}


def test_of_several_versions_all_but_the_newest_are_older() -> None:
    known = {f"v{n}": (f"使用手册 V{n}", DocumentFacts(version=n)) for n in ("1.2", "1.10", "1.9")}
    ((newest, older),) = families_of(known)
    assert (newest, set(older)) == ("v1.10", {"v1.2", "v1.9"})
