"""An answer in the terminal and as JSON: what a model said before its fault, the fault, then the documents' answer."""

from dataclasses import replace

import pytest

from yinju.printing import answer_json, answer_text
from yinju.types import Answer, Citation, Disagreement, ModelFault, Statement, Verdict

CITED = Citation(1, "貓.md", "貓", "照顧", None, 0, 11, "貓每天要睡十四個小時。", "貓每天要睡十四個小時。")
ANSWER = Answer("貓睡多久？", (Statement("貓每天要睡十四個小時。", (1,)),), (CITED,), Verdict.ANSWERED, 0.9, "extractive", 0.1)
FAULTS = [fault for fault in ModelFault if fault is not ModelFault.STOPPED]
SAID = (Statement("大象會飛。", (), Disagreement.UNFOUND),)


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_is_told_before_the_documents_answer(fault: ModelFault) -> None:
    said, _, told, _, answered, *_ = answer_text(replace(ANSWER, fault=fault, unfinished=SAID)).split("\n")
    ended = "模型的回答，未採用" if fault is ModelFault.UNSUPPORTED else "回答未完成"
    assert said == f"大象會飛。（來源未能證實）（{ended}）"
    assert told.startswith("未使用大模型：") and told.endswith("。以下是文件裡的原句：")
    assert answered == "貓每天要睡十四個小時。[1]"


def test_every_fault_is_told_in_words_of_its_own() -> None:
    assert len({answer_text(replace(ANSWER, fault=fault)) for fault in FAULTS}) == len(FAULTS)


def test_scripts_read_the_fault_and_what_was_said() -> None:
    found = answer_json(replace(ANSWER, fault=ModelFault.UNSUPPORTED, unfinished=SAID))
    assert (found["fault"], found["answer"]) == ("unsupported", "貓每天要睡十四個小時。[1]")
    assert found["unfinished"] == [
        {"text": "大象會飛。", "markers": [], "supported": False, "disagreement": "unfound"}
    ]  # fmt: skip
