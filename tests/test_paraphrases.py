"""The questions in other words are what they claim: spread evenly, answered, and without a word of the answer."""

import json
import re
from collections import Counter

import pytest

from paraphrases import (
    ENGLISH,
    QUESTIONS,
    REPOSITORY,
    all_passages,
    by_chance,
    complaints,
    gold_passages,
    shared_tokens,
)
from yinju.embedding import load_encoder
from yinju.evaluation import LabelledQuestion, load_questions
from yinju.ingest.build import open_store
from yinju.library import build_index
from yinju.text import content_tokens, script_of
from yinju.types import Passage

TEXT = "付費會員流失率上升，\n應先訪\n談退訂用戶。"
PASSAGE = Passage(0, "a.md", "簡報", ("留存",), None, 0, len(TEXT), TEXT, ((0, len(TEXT)),))


@pytest.fixture(scope="module")
def passages(tmp_path_factory: pytest.TempPathFactory) -> list[Passage]:
    """The sample documents as they are indexed."""
    index, encoder = tmp_path_factory.mktemp("index"), load_encoder("")
    build_index(REPOSITORY / "corpus", index, encoder=encoder)
    generation = open_store(index).open()
    found = all_passages(generation)
    generation.close()
    return found


def test_no_question_shares_a_word_with_its_answer(passages: list[Passage]) -> None:
    assert complaints(load_questions(QUESTIONS).questions, passages) == []


def test_english_questions_are_answered_by_every_document(passages: list[Passage]) -> None:
    questions = load_questions(ENGLISH).questions
    assert complaints(questions, passages, may_share=True) == []
    per_document = Counter(asked.documents[0] for asked in questions)
    assert len(questions) >= 150 and min(per_document[passage.document] for passage in passages) >= 10
    assert not any(re.search("[\u4e00-\u9fff]{5}", asked.question) for asked in questions)


def test_questions_cover_every_document_and_most_passages(passages: list[Passage]) -> None:
    gold = [gold_passages(asked, passages) for asked in load_questions(QUESTIONS).questions]
    per_document = Counter(name for found in gold for name in {passage.document for passage in found})
    assert per_document.keys() == {passage.document for passage in passages}
    assert min(per_document.values()) >= 10
    assert len({passage.id for found in gold for passage in found}) >= 0.9 * len(passages)


def test_file_is_well_formed() -> None:
    records = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
    assert len({record["question"] for record in records}) == len(records) >= 150
    assert all(content_tokens(record["question"]) for record in records)
    assert all(script_of(record["question"]) == record["script"] for record in records)
    scripts = Counter(record["script"] for record in records)
    assert abs(scripts["hans"] - scripts["hant"]) <= 0.1 * len(records)


@pytest.mark.parametrize(
    ("question", "shared"),
    [
        ("掏钱的人一个个走掉，第一步做什么？", []),
        ("为什么流失？", ["流失"]),
        ("留存怎么样？", ["留存"]),
        ("谁看简报？", ["简报"]),
        ("怎么访谈？", ["访谈"]),
        ("费呢？", ["费"]),
        ("使用者退了？", ["用户", "退"]),
    ],
)
def test_shared_words_are_seen_in_text_title_and_heading(question: str, shared: list[str]) -> None:
    assert shared_tokens(question, PASSAGE) == shared


def test_complaints_name_the_question_and_what_is_wrong() -> None:
    right = LabelledQuestion("掏錢的一個個走掉？", ("a.md",), ("應先訪談",))
    assert complaints([right], [PASSAGE]) == []
    elsewhere = LabelledQuestion("誰走掉？", ("a.md", "b.md"), ("應先訪談", "沒有這句"))
    assert complaints([elsewhere], [PASSAGE]) == [
        "誰走掉？: 沒有這句 is in 0 passages of a.md, b.md",
        "誰走掉？: no gold in b.md",
    ]
    alike = LabelledQuestion("會員呢？", ("a.md",), ("應先訪談",))
    assert complaints([alike], [PASSAGE]) == ["會員呢？: shares 会员 with passage 0 of a.md"]


def test_chance_by_hand() -> None:
    assert by_chance(right=1, passages=4, depth=2) == 0.5
    assert by_chance(right=2, passages=4, depth=2) == pytest.approx(5 / 6)
