"""Sentences and passages: where they end, and that nothing is lost or changed on the way."""

import re
import time
from dataclasses import replace
from itertools import pairwise

import pytest

from yinju.chunking import FEWEST_MAX_CHARACTERS, chunk_document
from yinju.errors import SettingsError
from yinju.reading import read_document
from yinju.splitting import split_sentences
from yinju.types import Document, Section

CLAUSE = "這個句子很長，"


def sentences(text: str) -> list[str]:
    """The words of every sentence."""
    return [text[start:end] for start, end in split_sentences(text)]


def as_document(text: str, *sections: Section, page_starts: tuple[int, ...] = ()) -> Document:
    """A document around a text; one section without headings unless others are given."""
    return Document(
        name="檔.txt",
        title="題",
        text=text,
        sections=sections or (Section((), 0, len(text)),),
        sha256="",
        format="text",
        size=len(text.encode()),
        page_starts=page_starts,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("他來了。她走了！真的？", ["他來了。", "她走了！", "真的？"]),
        ("**算運營嗎？** 算。", ["**算運營嗎？**", "算。"]),
        ("「他來了。」她說。", ["「他來了。」", "她說。"]),
        ("（見附錄。）然後回家。", ["（見附錄。）然後回家。"]),
        ("《你好嗎？》是一本書。", ["《你好嗎？》是一本書。"]),
        ("「真的？」，他問。", ["「真的？」，他問。"]),
        ("等等……他走了……。好", ["等等……", "他走了……。", "好"]),
        ("什麼？！不會吧!!好", ["什麼？！", "不會吧!!", "好"]),
        ("圓周率是3.14，版本2.0.1。", ["圓周率是3.14，版本2.0.1。"]),
        ("See e.g. this one. Next one.", ["See e.g. this one.", "Next one."]),
        ("Mr. Wang came. He left.", ["Mr. Wang came.", "He left."]),
        ("網址https://a.tw/b?c=d&e.html在這裡。", ["網址https://a.tw/b?c=d&e.html在這裡。"]),
        ("1. 打開設定\n2. 按確定", ["1. 打開設定", "2. 按確定"]),
        ("營銷模式. 所以要考查。", ["營銷模式.", "所以要考查。"]),
        ("讀取設定.txt檔。", ["讀取設定.txt檔。"]),
        ("短；句。", ["短；句。"]),
        ("字" * 40 + "；後半。", ["字" * 40 + "；", "後半。"]),
        ("沒有句號", ["沒有句號"]),
        ("第一行\n\n　第二行　\n", ["第一行", "第二行"]),
        ("𠮷野家。𠮷祥。", ["𠮷野家。", "𠮷祥。"]),
        ("", []),
        (" \n　\n", []),
    ],
)
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


MIXED = (
    "  公司規定：員工應於09:00前到班；遲到者（含10分鐘）須補班。詳見https://hr.example.tw/rule?id=3.1！\n\n"
    "「好。」他說…然後走了……。Then e.g. A.I. tools, v2.0, came. 價格是$3.50!? 沒有標點的一行\n"
    "𠮷野家👩‍👩‍👧‍👦的牛丼；" + CLAUSE * 90 + "完。\r尾" + "無標點" * 300 + "e\u0301" * 500 + " END"
)


@pytest.mark.parametrize("maximum", [FEWEST_MAX_CHARACTERS, 57, 400])
def test_nothing_is_lost_or_changed(maximum: int) -> None:
    document = as_document(MIXED)
    passages = chunk_document(document, maximum)
    assert [passage.number for passage in passages] == list(range(len(passages)))
    assert len({passage.id for passage in passages}) == len(passages)
    assert all(passage.text == MIXED[passage.start : passage.end] for passage in passages)
    assert all(0 < len(passage.text) <= maximum for passage in passages)
    assert all(before.end <= after.start for before, after in pairwise(passages))
    assert all(passage.sentences[0][0] == 0 and passage.sentences[-1][1] == len(passage.text) for passage in passages)
    covered = "".join(passage.text[start:end] for passage in passages for start, end in passage.sentences)
    assert re.sub(r"\s", "", covered) == re.sub(r"\s", "", MIXED)


def test_passages_are_of_nearly_even_length() -> None:
    text = "這一句剛好有十個字。" * 42
    assert [len(passage.text) for passage in chunk_document(as_document(text), 400)] == [210, 210]


def test_a_paragraph_is_the_preferred_end() -> None:
    text = "這一句剛好有十個字。" * 18 + "\n" + "這一句剛好有十個字。" * 30
    passages = chunk_document(as_document(text), 400)
    assert [len(passage.text) for passage in passages] == [180, 300]


def test_a_long_sentence_is_cut_after_a_comma() -> None:
    passages = chunk_document(as_document(CLAUSE * 20 + "完。"), 50)
    assert all(passage.text.endswith(("，", "完。")) for passage in passages)


def test_a_sentence_without_commas_is_cut_between_whole_characters() -> None:
    passages = chunk_document(as_document("e\u0301" * 100), 25)
    assert all(passage.text.startswith("e") and passage.text.endswith("\u0301") for passage in passages)
    family = "👩\u200d👩\u200d👧"
    for passage in chunk_document(as_document(family * 20), 23):
        assert passage.text == family * (len(passage.text) // len(family))


def test_passages_stay_in_their_section_and_know_their_page() -> None:
    text = "甲\n一句。\n乙\n二句。"
    sections = (Section(("甲",), 2, 6), Section(("乙",), 8, len(text)))
    passages = chunk_document(as_document(text, *sections, page_starts=(0, 0, 6)))
    assert [(passage.heading, passage.text, passage.page) for passage in passages] == [
        ("甲", "一句。", 2),
        ("乙", "二句。", 3),
    ]
    assert (passages[0].document, passages[0].title) == ("檔.txt", "題")


def test_a_heading_without_text_is_found_by_its_own_line() -> None:
    document = read_document("# 手冊\n## **特**休\n## 病假\n三天。\n## 事假\n".encode(), "a.md")
    assert [(passage.headings, passage.text) for passage in chunk_document(document)] == [
        (("手冊", "特休"), "## **特**休"),
        (("手冊", "病假"), "三天。"),
        (("手冊", "事假"), "事假"),
    ]


def test_text_before_the_first_heading_is_covered() -> None:
    document = read_document("前言。\n\n# 甲\n內容。".encode(), "a.md")
    assert [passage.text for passage in chunk_document(document)] == ["前言。", "內容。"]


def test_a_document_without_text_has_no_passages() -> None:
    assert chunk_document(as_document("")) == []


def test_a_maximum_that_holds_no_sentence_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"19.*20"):
        chunk_document(as_document("甲。"), 19)


@pytest.mark.parametrize("text", ["這一句剛好有十個字。" * 60_000, "字\n" * 300_000, "字" * 600_000, "，" * 600_000])
def test_large_texts_take_no_long_time(text: str) -> None:
    started = time.perf_counter()
    assert chunk_document(as_document(text))
    assert time.perf_counter() - started < 5


def passages_of(text: str, most: int = 400) -> list[tuple[str, str]]:
    """What each passage of a Markdown text stands right below, and what it says."""
    document = read_document(text.encode(), "a.md")
    return [
        (passage.headings[-1] if passage.headings else "", passage.text) for passage in chunk_document(document, most)
    ]


def test_each_article_and_each_record_is_a_passage() -> None:
    text = "# 要點\n\n前言。\n\n第一條 甲。\n\n第二條 乙：\n（一）子。\n\n品名: 茶\n價: 3\n\n品名: 糖\n價: 4\n"
    assert [words for _, words in passages_of(text)] == [
        "前言。", "第一條 甲。", "第二條 乙：\n（一）子。\n\n品名: 茶\n價: 3\n\n品名: 糖\n價: 4",
    ]  # fmt: skip
    assert [words for _, words in passages_of(text.replace("品名: 茶", "## 價目\n\n品名: 茶"))][-2:] == [
        "品名: 茶\n價: 3", "品名: 糖\n價: 4",
    ]  # fmt: skip


def test_a_list_cut_in_two_keeps_its_introduction() -> None:
    points = [f"- 第{n}樣東西，需要先登記才能領取。" for n in range(1, 9)]
    parts = passages_of("# 領用\n\n可以領的東西如下：\n" + "\n".join(points), 80)
    assert parts[0][1].startswith("可以領的東西如下：\n- 第1樣")
    assert len(parts) > 1 and {above for above, _ in parts[1:]} == {"可以領的東西如下："}


def test_rows_of_a_table_in_a_later_passage_stand_below_its_heads() -> None:
    rows = [f"| 第{n}項設備的名稱 | {n}00元 |" for n in range(1, 9)]
    parts = passages_of("# 價目\n\n| 項目 | 價格 |\n|---|---|\n" + "\n".join(rows), 90)
    assert parts[0][1].startswith("| 項目 | 價格 |\n|---|---|\n| 第1項")
    assert len(parts) > 1 and {above for above, _ in parts[1:]} == {"項目｜價格"}


def test_a_row_is_one_sentence_whatever_stands_in_it() -> None:
    document = read_document("題,答,註\n誰。,我。你。,無\n何時。,今天。,有\n".encode(), "a.csv")
    passage = chunk_document(document)[0]
    assert [passage.sentence(n) for n in range(len(passage.sentences))] == passage.text.split("\n")


def test_blocks_of_a_passage_are_ranges_of_its_text() -> None:
    document = read_document("# 要點\n\n前言。\n\n- 甲\n- 乙\n".encode(), "a.md")
    passage = chunk_document(document)[0]
    assert [passage.text[block.start : block.end] for block in passage.blocks] == ["- 甲", "- 乙"]
    assert [block is None for block in passage.blocks_of_sentences()] == [True, False, False]


def test_ids_stay_while_name_and_text_do() -> None:
    ids = [passage.id for passage in chunk_document(as_document(MIXED), 57)]
    assert ids == [passage.id for passage in chunk_document(replace(as_document(MIXED), title="另一個題目"), 57)]
    assert ids[0] not in {passage.id for passage in chunk_document(replace(as_document(MIXED), name="b.md"), 57)}
    assert ids[0] not in {passage.id for passage in chunk_document(as_document(MIXED + "。"), 57)}
    assert all(0 <= number < 2**63 for number in ids)
