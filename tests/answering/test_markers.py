"""Sentences and markers of a model's text: what is taken out, what stays, and that pieces make no difference."""

import random
import time
from collections.abc import Iterable, Iterator

import pytest

from yinju.answering.generated.markers import LONGEST, Said, StatementReader

COUNT = 6

SENTENCES = [
    ("", []),
    (" \n\n ", []),
    ("。。。", []),
    ("微商是人。", [("微商是人。", ())]),
    ("沒有句號", [("沒有句號", ())]),
    ("微商是人[1]。它在微信[2][3]。", [("微商是人。", (1,)), ("它在微信。", (2, 3))]),
    ("微商是人。[1]它在微信。[2]", [("微商是人。", (1,)), ("它在微信。", (2,))]),
    ("微商是人。 [1] 它在微信。", [("微商是人。", (1,)), ("它在微信。", ())]),
    ("微商是人。\n[1]\n它在微信。", [("微商是人。", (1,)), ("它在微信。", ())]),
    ("[1] 甲是乙。\n[2] 丙是丁。", [("甲是乙。", (1,)), ("丙是丁。", (2,))]),
    ("甲是乙。\n- [2] 丙是丁。", [("甲是乙。", ()), ("丙是丁。", (2,))]),
    ("甲[2]是乙[1]，丙[2]。", [("甲是乙，丙。", (2, 1))]),
    ("甲 [1] ，乙 [2] 。", [("甲，乙。", (1, 2))]),
    ("他說：「好。[1]」然後走了。", [("他說：「好。」", (1,)), ("然後走了。", ())]),
    ("（見附錄。）然後回家。", [("（見附錄。）然後回家。", ())]),
    ("太好了![1] 是的！[2]", [("太好了!", (1,)), ("是的！", (2,))]),
    ("共3.5元，版本2.0.1。好", [("共3.5元，版本2.0.1。", ()), ("好", ())]),
    ("1. 選品\n2. 加人", [("1. 選品", ()), ("2. 加人", ())]),
    ("This is one.[1]Next is[2]two [3] three.", [("This is one.", (1,)), ("Next is two three.", (2, 3))]),
    ("句子¹。又一句。² 下一句³", [("句子。", (1,)), ("又一句。", (2,)), ("下一句", (3,))]),
    ("十平方米²，5 m²。", [("十平方米²，5 m²。", ())]),
    ("甲。\n\n[1][2]", [("甲。", (1, 2))]),
    ("甲。\u2028乙。\r\n丙", [("甲。", ()), ("乙。", ()), ("丙", ())]),
]

MARKERS = [
    ("[1]", (1,)), ("[1][2]", (1, 2)), ("[1,2]", (1, 2)), ("[1、2]", (1, 2)), ("[1, 2; 3]", (1, 2, 3)),
    ("[1-3]", (1, 2, 3)), ("[1–3]", (1, 2, 3)), ("[1~2]", (1, 2)), ("［１］", (1,)), ("【1】", (1,)), ("〔1〕", (1,)),
    ("[1】", (1,)),
    ("[^1]", (1,)), ("[ID:1]", (1,)), ("[source 1]", (1,)), ("[Source: 2]", (2,)), ("[来源1]", (1,)),
    ("[來源：1]", (1,)),
    ("[資料 2]", (2,)), ("[资料2、资料3]", (2, 3)), ("[文件3]", (3,)), ("[第2段]", (2,)), ("[citation:3]", (3,)),
    ("[ 1 ]", (1,)), ("[**1**]", (1,)), ("**[1]**", (1,)), ("`[1]`", (1,)), ("[\u200b1\u202e]", (1,)),
    ("\\[1\\]", (1,)),
    ("[1](http://canary/?q=。)", (1,)), ("[[1]]", (1,)), ("【1†source】", (1,)), ("[2, p. 7]", (2,)),
    ("[①]", (1,)), ("[𝟏]", (1,)), ("[+1]", None), ("[0]", ()), ("[7]", ()), ("[99]", ()), ("[-1]", ()), ("[^9]", ()),
    ("［９９］", ()), ("【99】", ()), ("[1,99]", (1,)), ("[1-50]", (1, 2, 3, 4, 5)), ("[50-1]", ()), ("[2024]", ()),
    ("[]", ()),
    ("[来源：官方手册.pdf]", ()), ("[1][1][1]", (1,)), ("[" + "9" * 190 + "]", ()),
    ("[視頻]", None), ("【重要】", None), ("《書》", None), ("[2024年]", None), ("〔2024〕", None),
    ("[2024]3號", None), ("(1)", None),
    ("（2）", None), ("[3.14]", None), ("[01:23]", None), ("[2024-01-05]", None), ("[第三章]", None), ("[註明]", None),
    ("「1」", None), ("[" + "甲" * 250 + "]", None),
]  # fmt: skip
"""A bracket, and the numbers it names among six passages; None where it is content."""

MARKUP = [
    ("**粗**與`碼`。", ["粗與碼。"]),
    ("***重***點**沒完", ["重點沒完"]),
    ("*斜*體，2*3*4，2**3。", ["斜體，2*3*4，2**3。"]),
    ("# 標題\n## 小標\n> 引\n> > 引", ["標題", "小標", "引", "引"]),
    ("- 甲\n* 乙\n• 丙\n1. 丁", ["甲", "乙", "丙", "1. 丁"]),
    ("#標籤 -5度", ["#標籤 -5度"]),
    ("| a | b |\n|---|---|\n| 1 | 2 |", ["| a | b |", "| 1 | 2 |"]),
    ("---\n甲\n***\n```python\nx\n```", ["甲", "x"]),
    ("看![圖](http://canary/?q=1。2)這裡。", ["看這裡。"]),
    ("看![圖](data:image/png;base64," + "A" * 3_000 + ")這裡。", ["看這裡。"]),
    ("看[這裡](https://a.b.com:80/x?y=z。)。", ["看這裡（a.b.com:80）。"]),
    ("看[https://good.com](//evil.com/x)。", ["看https://good.com（evil.com）。"]),
    ("看[甲](javascript:alert(1)。", ["看甲。"]),
    ("看[甲](http://user@evil.com)。", ["看甲（evil.com）。"]),
    ("[視頻](時長五分鐘)。", ["[視頻](時長五分鐘)。"]),
    ("[甲[1]乙](http://a.com)。", ["甲乙（a.com）。"]),
    ("見 https://a.com/x?y=1 說明。", ["見 https://a.com/x?y=1 說明。"]),
    ("<b>x</b><img src=//c/>。", ["<b>x</b><img src=//c/>。"]),
    ("甲[1[2]]。", ["甲。"]),
    ("甲[ " + " " * 300 + "1]。", ["甲。"]),
    ("甲[1", ["甲"]),
    ("甲[1。", ["甲。"]),
    ("1]甲。", ["甲。"]),
    ("甲[\n1]乙", ["甲", "乙"]),
    ("甲\x00\x1b[31m乙\u202e。", ["甲[31m乙。"]),
    ("甲\ud800。", ["甲\ufffd。"]),
    ("👨\u200d👩好❤️。", ["👨\u200d👩好❤️。"]),
    ("[" * 300 + "1" + "]" * 300 + "甲。", ["甲。"]),
]

REFERENCES = [
    ("好。\n\n參考資料：\n[1] 微商.txt。第二句\n[2] x\n\n還有。", ["好。", "還有。"]),
    ("好。\n**References**\n1. foo.pdf\n- [^1] bar\n", ["好。"]),
    ("好。\n来源：\n【1】甲\n【2】乙", ["好。"]),
    ("好。\n來源：[1][2]", ["好。"]),
    ("好。\n来源：官方手册.pdf", ["好。"]),
    ("好。\n資料來源：[1] 手冊.docx，第 3 頁", ["好。"]),
    ("好。\n[^1]: 註腳。兩句。\n[2]：x", ["好。"]),
    ("參考：甲比乙貴。", ["參考：甲比乙貴。"]),
    ("来源：国家统计局。", ["来源：国家统计局。"]),
    ("參考資料：\n手冊說好。", ["手冊說好。"]),
]


def read(pieces: Iterable[str], count: int = COUNT) -> list[Said]:
    """All sentences; what is pending is looked at after every piece."""
    reader = StatementReader(count)
    said = []
    for piece in pieces:
        said += reader.feed(piece)
        assert "\n" not in reader.pending
    return said + reader.finish()


def cut(text: str) -> Iterator[list[str]]:
    """The text in two at every place, one character at a time, and at random."""
    yield list(text)
    for place in range(1, len(text)) if len(text) < 300 else (100, 200, 255, 256, 257, 300):
        yield [text[:place], text[place:]]
    chance = random.Random(len(text))
    for longest in (3, 30):
        pieces, rest = [], text
        while rest:
            length = chance.randint(1, longest)
            pieces.append(rest[:length])
            rest = rest[length:]
        yield pieces


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences_with_their_numbers(text: str, expected: list[tuple[str, tuple[int, ...]]]) -> None:
    assert [(said.text, said.numbers) for said in read([text])] == expected


@pytest.mark.parametrize(("marker", "numbers"), MARKERS)
@pytest.mark.parametrize("form", ["甲乙{}。丙", "甲乙。{}丙", "甲乙。\n{}\n丙"])
def test_markers_go_and_content_stays(marker: str, numbers: tuple[int, ...] | None, form: str) -> None:
    said = read([form.format(marker)])
    if numbers is None:
        assert marker in "".join(one.text for one in said)
        assert all(one.numbers == () for one in said)
    else:
        assert [(one.text, one.numbers) for one in said] == [("甲乙。", numbers), ("丙", ())]


@pytest.mark.parametrize(("text", "expected"), MARKUP + REFERENCES)
def test_markup_becomes_plain_text_and_references_go(text: str, expected: list[str]) -> None:
    assert [said.text for said in read([text])] == expected


@pytest.mark.parametrize(
    "text", [*(text for text, _ in SENTENCES), *(text for text, _ in MARKUP + REFERENCES),
             *(f"甲{marker}。{marker}\n{marker}乙" for marker, _ in MARKERS)],
)  # fmt: skip
def test_pieces_make_no_difference(text: str) -> None:
    whole = read([text])
    for pieces in cut(text):
        assert read(pieces) == whole


def test_points_begin_lines() -> None:
    said = read(["主要有：\n\n- 選品[1]\n- 加人。要快。"])
    assert [(one.text, one.new_line) for one in said] == [
        ("主要有：", False), ("選品", True), ("加人。", True), ("要快。", False),
    ]  # fmt: skip


def test_what_is_pending_holds_no_marker_and_no_half_of_one() -> None:
    reader, seen = StatementReader(COUNT), []
    for character in "**甲**乙 [1]，丙[資料 2]丁 [視頻]。[3]戊":
        reader.feed(character)
        seen.append(reader.pending)
    assert seen[8:13] == ["甲乙", "甲乙", "甲乙，", "甲乙，丙", "甲乙，丙"]
    assert seen[-5] == "甲乙，丙丁 [視頻]。"
    assert seen[-1] == "戊"


def test_references_are_not_pending() -> None:
    reader = StatementReader(COUNT)
    reader.feed("好。\n參考資料：")
    assert reader.pending == ""
    reader.feed("\n[1] 微")
    assert reader.pending == ""


@pytest.mark.parametrize(
    ("part", "times"), [("甲", 2_500), ("甲，", 1_250), ("甲" * 600 + "，", 4), ("[", 2_500), ("甲[1]", 1_050)],
    ids=["plain", "commas", "far commas", "brackets", "markers"],
)  # fmt: skip
def test_a_sentence_without_an_end_is_ended(part: str, times: int) -> None:
    text = part * times
    said = read([text])
    assert all(len(one.text) <= LONGEST for one in said)
    assert "".join(one.text for one in said).replace("[", "") == text.replace("[1]", "").replace("[", "")
    assert read(text[start : start + 7] for start in range(0, len(text), 7)) == said


def test_a_long_sentence_ends_at_a_comma() -> None:
    assert [len(one.text) for one in read([("甲" * 599 + "，") * 2])] == [600, 600]


@pytest.mark.parametrize("length", [5_000, pytest.param(40_000, marks=pytest.mark.full)])
@pytest.mark.parametrize("part", ["甲", "甲[1]", "3.5 ", "[", "[1", "。", "【", "*", "![", "[a](b", "- ", "甲\n", "¹"])
def test_time_grows_with_length_only(part: str, length: int) -> None:
    text = part * (length // len(part))
    started = time.process_time()
    read([text])
    read(text[start : start + 4] for start in range(0, length // 5, 4))
    assert time.process_time() - started < 30  # were it to grow with the square, minutes
