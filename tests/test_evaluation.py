"""Measures worked by hand, and both question formats end to end."""

import json
import math
from pathlib import Path
from typing import Any

import pytest

from yinju.embedding import load_encoder
from yinju.errors import SettingsError
from yinju.evaluation import (
    LabelledQuestion,
    area_under_curve,
    asking,
    character_f1,
    evaluate,
    holds_gold,
    in_other_script,
    load_distractors,
    load_questions,
    open_temporary,
    rank_of_right,
)
from yinju.settings import Settings
from yinju.types import Hit, Passage


def paragraph(context: str, question: str = "", answer: str = "") -> dict[str, Any]:
    """A paragraph of a SQuAD-format file with at most one question."""
    asked = [{"question": question, "answers": [{"text": answer}]}] if question else []
    return {"context": context, "qas": asked}


SQUAD = {
    "data": [
        {
            "title": "貓",
            "paragraphs": [
                paragraph("貓每天睡十四個小時。牠喜歡魚。", "貓每天睡多久？", "十四個小時"),
                paragraph("貓的鬍鬚用來量寬度。", "貓的鬍鬚有什麼用？", "量寬度"),
            ],
        },
        {"title": "茶", "paragraphs": [paragraph("綠茶不發酵。")]},
    ]
}


def hit(document: str, text: str) -> Hit:
    return Hit(Passage(0, document, "", (), None, 0, len(text), text, ((0, len(text)),)), 0.5)


@pytest.fixture
def squad(tmp_path: Path) -> Path:
    path = tmp_path / "set.json"
    path.write_text(json.dumps(SQUAD, ensure_ascii=False), "utf-8")
    return path


def test_rank_counts_passages_or_whole_documents() -> None:
    asked = LabelledQuestion("？", ("b",), ("量寬度",))
    hits = [hit("a", "甲"), hit("a", "乙"), hit("b", "丙"), hit("b", "用来量宽度。")]
    assert rank_of_right(hits, asked, whole_documents=False) == 4
    assert rank_of_right(hits, asked, whole_documents=True) == 2
    assert rank_of_right(hits[:2], asked, whole_documents=True) is None
    assert rank_of_right([], asked, whole_documents=False) is None


@pytest.mark.parametrize(
    ("text", "gold", "expected"),
    [
        ("用来量宽度。", ["量寬度"], True),
        ("量 寬\n度", ["量寬度"], True),
        ("寬度", ["量寬度"], False),
        ("ＡＢ", ["ab"], True),
    ],
)
def test_holds_gold_in_search_form(text: str, gold: list[str], expected: bool) -> None:
    assert holds_gold(text, gold) is expected


def test_character_f1_by_hand() -> None:
    assert character_f1("十四個小時", ["十四個小時"]) == 1.0
    assert character_f1("睡十四个小时。", ["十四個小時"]) == pytest.approx(2 * 5 / (7 + 5))
    assert character_f1("魚", ["十四個小時"]) == 0.0


@pytest.mark.parametrize(
    ("positive", "negative", "expected"),
    [([0.9, 0.8], [0.1, 0.2], 1.0), ([0.1], [0.9], 0.0), ([0.5], [0.5], 0.5), ([0.9, 0.4], [0.5, 0.4], 0.625)],
)
def test_area_under_curve_by_hand(positive: list[float], negative: list[float], expected: float) -> None:
    assert area_under_curve(positive, negative) == pytest.approx(expected)


def test_squad_file_brings_its_paragraphs(squad: Path) -> None:
    loaded = load_questions(squad)
    assert [(p.name, p.title, p.text) for p in loaded.paragraphs][1:] == [
        ("00000/00001", "貓", "貓的鬍鬚用來量寬度。"),
        ("00001/00000", "茶", "綠茶不發酵。"),
    ]
    assert loaded.questions[1] == LabelledQuestion("貓的鬍鬚有什麼用？", ("00000/00001",), ("量寬度",))


def test_jsonl_takes_one_or_several_right_answers(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(
        '{"question": "甲", "document": "a.txt", "gold": "一"}\n\n'
        '{"question": "乙", "document": ["a.txt", "b.txt"], "gold": ["一", "二"]}\n'
        '{"question": "丙", "answerable": false}\n',
        "utf-8",
    )
    questions = load_questions(path).questions
    assert [q.documents for q in questions] == [("a.txt",), ("a.txt", "b.txt"), ()]
    assert [q.answerable for q in questions] == [True, True, False]


@pytest.mark.parametrize(("name", "content"), [("a.json", "{}"), ("a.json", "no"), ("a.jsonl", '{"q": 1}\n')])
def test_other_formats_are_refused(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(SettingsError, match="expected SQuAD-format JSON"):
        load_questions(tmp_path / name)


def test_other_script_goes_both_ways() -> None:
    asked = LabelledQuestion("貓的鬍鬚", ("a",), ("甲",))
    assert in_other_script(asked).question == "猫的胡须"
    assert in_other_script(LabelledQuestion("猫的软件", ("a",), ("甲",))).question == "貓的軟件"


def test_measures_end_to_end(squad: Path, tmp_path: Path) -> None:
    loaded = load_questions(squad)
    blank = LabelledQuestion("？？", ("00000/00000",), ("魚",))
    unknown = [LabelledQuestion("火星有幾個隕石坑？", (), ())]
    with open_temporary(loaded.paragraphs, tmp_path / "index", load_encoder(""), Settings()) as library:
        measured = evaluate(library, [*loaded.questions, blank], unknown, whole_documents=True)
        assert library.settings.refuse_below == Settings().refuse_below
    found = measured.measures
    assert (len(measured.answerable), len(measured.unanswerable)) == (3, 1)
    assert found["questions"] == 3
    assert found["recall@1"] == found["recall@20"] == found["mrr@10"] == pytest.approx(2 / 3)
    assert found["ndcg@10"] == pytest.approx(2 / 3 / math.log2(2))
    assert found["answer_contains"] == pytest.approx(2 / 3)
    assert found["refusal_auroc"] == pytest.approx(5 / 6) or found["refusal_auroc"] == pytest.approx(2 / 3)
    assert found["false_answer_rate"] == 0.0


def test_two_processes_find_and_say_what_one_does(squad: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded, done = load_questions(squad), list[int]()
    with open_temporary(loaded.paragraphs, tmp_path / "index", load_encoder(""), Settings()) as library:
        alone = evaluate(library, loaded.questions, loaded.questions[:1], whole_documents=True)
        for name, value in (("MANY", 2), ("PROCESSES", 2), ("SLICE", 1)):
            monkeypatch.setattr(asking, name, value)
        monkeypatch.setattr(asking, "outcome_of", None)  # not in this process
        several = evaluate(
            library, loaded.questions, loaded.questions[:1], True, lambda count, total, what: done.append(count)
        )
    assert several == alone
    assert done == [1, 2, 3]


def test_distractors_come_from_folder_jsonl_and_squad(squad: Path, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "a.txt").write_text("一隻狗。", "utf-8")
    lines = tmp_path / "more.jsonl"
    lines.write_text('{"title": "狗", "heading": "走", "text": "狗會走路。"}\n', "utf-8")
    assert [d.text for d in load_distractors(tmp_path / "more", Settings())] == ["一隻狗。"]
    assert load_distractors(lines, Settings())[0].sections[0].headings == ("走",)
    assert load_distractors(squad, Settings())[0].name == "distractor/00000/00000"
