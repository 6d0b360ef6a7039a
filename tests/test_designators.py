"""Numbers and codes: one spelling each in questions, and what a passage is by number."""

import pytest

from yinju.designators import asked_designators, mentioned_terms, own_terms, version_term, versions_in
from yinju.types import Block, BlockKind, Passage


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("第三十九條說什麼", ["article:39"]), ("第39条", ["article:39"]), ("第 ３９ 條", ["article:39"]),
        ("第三條之一", ["article:3-1"]), ("第十九條第二款", ["article:19"]),
        ("第三章第二節", ["chapter:3", "section:2"]),
        ("XK-210A 和 xk210b 哪個貴", ["code:xk210a", "code:xk210b"]), ("E 1024 錯誤", ["code:e1024"]),
        ("錯誤代碼是 77 怎麼辦", ["code:77"]), ("V1.0版", ["version:1"]), ("2.3 版的功能", ["version:2.3"]),
        ("115年版收費", ["version:115年"]), ("3.2.1講什麼", ["number:3.2.1"]), ("2099怎么检修", ["code:2099"]),
        ("營收2500元", []), ("2023年營收", []),
        ("電話 02-2345-6789", []), ("Q3 目標", ["code:q3"]), ("長 3.5 公尺", []), ("", []),
    ],
)  # fmt: skip
def test_a_question_names_things_by_number(question: str, terms: list[str]) -> None:
    assert [one.term for one in asked_designators(question)] == terms


def test_only_what_cannot_be_another_thing_is_strict() -> None:
    questions = ("2099怎麼修", "第三條", "39条", "XK-9", "Q3 目標", "E7 是什麼")
    strict = {one.term: one.strict for q in questions for one in asked_designators(q)}
    assert strict == {
        "code:2099": False, "article:3": True, "article:39": False, "code:xk9": True, "code:q3": False,
        "code:e7": False,
    }  # fmt: skip


def test_what_a_text_speaks_of() -> None:
    assert mentioned_terms("依第三十九條收回的，參照 XK-210B。") == {"article:39", "code:xk210b"}


def passage(text: str, *blocks: Block, headings: tuple[str, ...] = ()) -> Passage:
    """A passage of one sentence."""
    return Passage(0, "a.txt", "文件", headings, None, 0, len(text), text, ((0, len(text)),), blocks=blocks)


def test_a_passage_is_its_article_its_headings_and_its_record() -> None:
    article = passage(
        "第三條 罰款。", Block(BlockKind.ARTICLE, 0, 7, marker="第三條", group=1), headings=("第二章 罰則",)
    )
    assert own_terms(article, "2.0") == {"article:3", "chapter:2", "version:2"}
    notes = passage("修正登入。", headings=("更新紀錄", "3.2.1（2024-05-01）"))
    assert own_terms(notes, "") == {"number:3.2.1", "version:3.2.1"}
    record = passage("代碼: 20-99", Block(BlockKind.FIELD, 0, 9, group=1, name="代碼", record="20-99"))
    assert own_terms(record, "") == {"code:2099"}
    row = passage(
        "型號：XK-210B｜價格：300", Block(BlockKind.ROW, 0, 17, heads=("型號", "價格"), cells=(3, 10, 14, 17))
    )
    assert own_terms(row, "") == {"code:xk210b", "code:300"}


def test_versions_are_one_whatever_zeros_they_end_with() -> None:
    assert version_term("2") == version_term("2.0") == version_term("2.0.0") != version_term("2.1")
    assert [*versions_in("手册 v1.0 与第三版")] == ["1.0", "3"]
