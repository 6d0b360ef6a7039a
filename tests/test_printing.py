"""An answer in the terminal and as JSON: its verdict, its tables, and what a model said before its fault."""

from dataclasses import replace

import pytest

from yinju.messages import LANGUAGES, Language, say
from yinju.printing import answer_json, answer_text, parted, unnamed
from yinju.types import Answer, Citation, Disagreement, ModelFault, Statement, Verdict

CITED = Citation(1, "貓.md", "貓", "照顧", None, 0, 11, "貓每天要睡十四個小時。", "貓每天要睡十四個小時。")
ANSWER = Answer(
    "貓睡多久？", (Statement("貓每天要睡十四個小時。", (1,)),), (CITED,), Verdict.ANSWERED, 0.9, "extractive", 0.1
)
NEAR = replace(
    ANSWER, verdict=Verdict.NEAR, missing=("老貓",),
    statements=(Statement("文件裡沒有提到「老貓」，最接近的是：", ()), *ANSWER.statements),
)  # fmt: skip
NOTHING = replace(ANSWER, verdict=Verdict.NOTHING, statements=(Statement("沒有找到。", ()),))
FAULTS = [fault for fault in ModelFault if fault is not ModelFault.STOPPED]
SAID = (Statement("大象會飛。", (), Disagreement.UNFOUND),)
SOURCE = "[1] 貓.md　照顧\n    貓每天要睡十四個小時。"


def rows(*cells: tuple[str, str]) -> tuple[Statement, ...]:
    return tuple(
        Statement(f"{name}：{price}", (n,), row=(("品名", name), ("價格", price)))
        for n, (name, price) in enumerate(cells, 1)
    )


def test_an_answer_is_what_it_says_and_its_sources() -> None:
    assert answer_text(ANSWER) == f"貓每天要睡十四個小時。[1]\n\n{SOURCE}"


def test_what_comes_near_is_set_apart_below_the_notice() -> None:
    notice, quoted, *rest = answer_text(NEAR).split("\n")
    assert notice == "文件裡沒有提到「老貓」，最接近的是："
    assert quoted == "  貓每天要睡十四個小時。[1]"
    assert "\n".join(rest) == f"\n{SOURCE}"


ASKED = {"zh-Hant": "貓睡多久？", "zh-Hans": "猫睡多久，为什么？", "en": "How long does it sleep?"}
"""A question in each language, which is that of whatever is said of its answer."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_missing_is_named_once(language: Language) -> None:
    told = say("verdict.missing", language, missing="老貓")
    near = replace(NEAR, question=ASKED[language])
    assert told not in answer_text(near)
    unsaid = replace(near, statements=NEAR.statements[1:])
    assert unnamed(unsaid) == ["老貓"]
    assert told in answer_text(unsaid)
    assert unnamed(replace(NEAR, missing=("老猫", "小貓"))) == ["小貓"]  # either script names it


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_nothing_the_nearest_passages_are_told_as_such(language: Language) -> None:
    told = answer_text(replace(NOTHING, question=ASKED[language]))
    assert told == f"沒有找到。\n\n{say('nearest', language, count=1)}\n[1] 貓.md　照顧"


def test_a_turn_without_sources_is_one_line() -> None:
    assert answer_text(replace(ANSWER, statements=(Statement("你好。", ()),), citations=())) == "你好。"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_may_have_been_meant_is_listed(language: Language) -> None:
    open_question = replace(ANSWER, statements=(Statement("哪一隻？", ()),), citations=(), options=("大貓？", "小貓？"))
    assert answer_text(replace(open_question, question=ASKED[language])).split("\n") == [
        "哪一隻？",
        say("options", language),
        "  大貓？",
        "  小貓？",
    ]


def test_rows_of_the_same_heads_are_one_table_with_even_columns() -> None:
    said = (Statement("共兩項：", ()), *rows(("茶", "80"), ("牛奶 x", "5"))
            , Statement("以上。", ()), *rows(("水", "1")))  # fmt: skip
    assert [len(part) for part in parted(said)] == [1, 2, 1, 1]
    other = replace(said[2], row=(("品名", "茶"),))
    assert [len(part) for part in parted((said[1], other))] == [1, 1]
    shown = answer_text(replace(ANSWER, statements=said, citations=())).split("\n")
    assert shown == [
        "共兩項：",
        "品名    價格",
        "茶      80    [1]",
        "牛奶 x  5     [2]",
        "以上。",
        "品名  價格",
        "水    1     [1]",
    ]


def test_lines_are_kept_apart_and_sentences_together() -> None:
    said = (Statement("一。", ()), Statement("二。", ()), Statement("三。", (), new_line=True))
    assert [len(part) for part in parted(said)] == [2, 1]
    assert list(parted(())) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_is_told_before_the_documents_answer(fault: ModelFault) -> None:
    said, _, told, _, answered, *_ = answer_text(replace(ANSWER, fault=fault, unfinished=SAID)).split("\n")
    ended = "模型的回答，未採用" if fault is ModelFault.UNSUPPORTED else "回答未完成"
    assert said == f"大象會飛。（來源未能證實）（{ended}）"
    assert told.startswith("未使用大模型：") and told.endswith("。以下是文件裡的原句：")
    assert answered == "貓每天要睡十四個小時。[1]"
    assert "以下是" not in answer_text(replace(NOTHING, fault=fault))


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("貓睡多久？", "未使用大模型：模型說"),
        ("猫睡多久？", "未使用大模型：模型说"),
        ("How long?", "Without the language model"),
    ],
)  # fmt: skip
def test_every_fault_is_told_in_the_asker_s_language_and_words_of_its_own(question: str, begins: str) -> None:
    told = [answer_json(replace(ANSWER, question=question, fault=fault))["notice"] for fault in FAULTS]
    assert len({*told}) == len(FAULTS)
    assert told[FAULTS.index(ModelFault.UNSUPPORTED)].startswith(begins)
    assert answer_json(ANSWER)["notice"] == answer_json(replace(ANSWER, fault=ModelFault.STOPPED))["notice"] == ""


def test_scripts_read_the_fault_and_what_was_said() -> None:
    found = answer_json(replace(ANSWER, fault=ModelFault.UNSUPPORTED, unfinished=SAID))
    assert (found["fault"], found["answer"]) == ("unsupported", "貓每天要睡十四個小時。[1]")
    assert found["unfinished"] == [
        {"text": "大象會飛。", "markers": [], "supported": False, "disagreement": "unfound", "row": []}
    ]  # fmt: skip


def test_scripts_read_the_verdict_with_what_is_missing_and_rows() -> None:
    found = answer_json(replace(NEAR, options=("大貓？",), statements=rows(("茶", "80"))))
    assert (found["verdict"], found["refused"]) == ("near", True)
    assert (found["missing"], found["options"]) == (["老貓"], ["大貓？"])
    assert found["statements"][0]["row"] == [["品名", "茶"], ["價格", "80"]]
