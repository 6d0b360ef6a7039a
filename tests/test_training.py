"""Open text → the shipped model's files and labelled questions, in small; what words keep company with, by hand."""

import json
import math
import random
from pathlib import Path

import numpy as np
import pytest

import heading_questions
import meaning
import train_encoder
import word_weights
from sections import TokenizedSection, read_sections, tokenize_sections
from yinju.embedding import StaticEncoder
from yinju.evaluation import load_questions
from yinju.vocabulary import Vocabulary

pytestmark = pytest.mark.xdist_group("torch")  # one process alone imports it

TEXT = [
    (
        "茶",
        "怎麼泡綠茶？",
        "綠茶用八十度的水泡，水太燙會發苦。第二泡可以久一點。杯子先用熱水溫過再倒掉，茶葉才會舒展。",
    ),
    ("茶", "產地", "綠茶長在山上，山上多霧。茶農在清晨採茶。"),
    ("茶", "保存", "綠茶怕光也怕潮，放進冰箱前要密封。"),
    ("貓", "為什麼貓愛睡？", "貓一天睡十四個小時，因為狩獵很累。小貓睡得更多。老貓也睡得多，冬天尤其如此，不必擔心。"),
    ("貓", "飲水", "貓愛喝流動的水。水碗離飯碗遠一點。"),
    ("貓", "玩", "貓喜歡追逗貓棒。"),
    ("狗", "散步", "狗每天要散步兩次。"),
]
SMALL = train_encoder.Recipe(tokens=60, buckets=4, words=10, shared_rows=6, form=8, meaning=4, word_count=2)


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """The open text as JSONL, one record of tier B among it."""
    records = [{"source": "手寫", "tier": "A", "title": t, "heading": h, "text": x} for t, h, x in TEXT]
    records.append(records[0] | {"tier": "B", "text": "不採用的文字，因為出處不明，所以不能拿來訓練。"})
    path = tmp_path / "text.jsonl"
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), "utf-8")
    return path


@pytest.fixture
def sections(text: Path) -> list[TokenizedSection]:
    return list(tokenize_sections(read_sections(text, "A"), processes=1))


@pytest.fixture(autouse=True)
def without_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Glosses of two words, read without the English model, and vectors short enough for a few words."""
    known = {"绿茶": ["green tea"], "猫": ["cat"]}
    monkeypatch.setattr(meaning, "dictionary", lambda: known)
    monkeypatch.setattr(train_encoder, "dictionary", lambda: known)
    monkeypatch.setattr(meaning, "gloss_vectors", lambda names: np.eye(len(names), 6, dtype=np.float32))
    monkeypatch.setattr(meaning, "NEIGHBOUR_NUMBERS", 6)


def train(sections: list[TokenizedSection], folder: Path) -> train_encoder.Table:
    """A small model in a folder."""
    learned = train_encoder.learn_meaning(sections, SMALL)
    tokens = train_encoder.count_tokens(sections, learned.words, SMALL)
    table = train_encoder.make_table(tokens, learned, len(sections), SMALL)
    train_encoder.save_model(folder, table, tokens.ids, np.log1p(len(sections) / tokens.frequencies))
    return table


def test_only_the_tiers_wanted_are_read(text: Path) -> None:
    assert [found[0] for found in read_sections(text, "A")] == [title for title, _, x in TEXT if len(x) >= 20]
    assert len(read_sections(text, "AB")) == len(read_sections(text, "A")) + 1


def test_text_becomes_a_model_that_encodes(sections: list[TokenizedSection], tmp_path: Path) -> None:
    table = train(sections, tmp_path)
    encoder = StaticEncoder(tmp_path, Vocabulary(tmp_path))
    assert encoder.dimension == table.rows.shape[1] == 12
    vectors = encoder.encode_documents(["綠茶", "绿茶", "貓", "從沒見過的字"])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert vectors[0] == pytest.approx(vectors[1])
    assert vectors[0] @ vectors[2] < 0.9


def test_a_word_has_a_meaning_and_a_pair_only_a_form(sections: list[TokenizedSection], tmp_path: Path) -> None:
    table = train(sections, tmp_path)
    vocabulary = Vocabulary(tmp_path)
    halves = table.rows[table.mapping, SMALL.form :]
    assert np.linalg.norm(halves[vocabulary.id("绿茶")]) > 0
    assert np.linalg.norm(halves[vocabulary.id("茶用")]) == 0
    assert table.weights[vocabulary.id("绿茶")] > 0


def test_the_same_text_gives_the_same_bytes(sections: list[TokenizedSection], tmp_path: Path) -> None:
    for name in ("once", "again"):
        train(sections, tmp_path / name)
    for file in ("model.safetensors", "idf.safetensors", "tokenizer.json"):
        assert (tmp_path / "once" / file).read_bytes() == (tmp_path / "again" / file).read_bytes()


def test_everyday_weights_are_never_more_than_those_of_the_text() -> None:
    """The dictionary counts 的 318,825 times among 60,101,967 words: 150 of them almost never lack it."""
    ids = {"的": 0, "电话": 1, "綠茶館子": 2}
    weights = word_weights.everyday_weights(ids, np.array([9, 2, 7], np.float32))
    lacks = math.exp(-150 * 318825 / 60101967)
    assert weights == pytest.approx([-math.log(1 - lacks), 2, 7], abs=1e-5)
    assert word_weights.noun_flags({"跑": 0, "电话": 1, "綠茶館子": 2}).tolist() == [0, 1, 1]


def test_words_in_the_same_company_are_alike() -> None:
    """0 and 1 stand between 2 and 3, 4 between 5 and 6; the last word stands nowhere."""
    sentences = [np.array(s, np.int32) for s in ([2, 0, 3], [2, 1, 3], [5, 4, 6]) for _ in range(4)]
    counts = np.bincount(np.concatenate(sentences), minlength=8)
    vectors = meaning.unit(meaning.neighbour_vectors(sentences, counts))
    assert vectors[0] @ vectors[1] == pytest.approx(1, abs=1e-3)
    assert vectors[0] @ vectors[4] < 0.1
    assert not vectors[7].any()


def test_headings_that_ask_become_questions_about_their_sections(text: Path, tmp_path: Path) -> None:
    articles = heading_questions.read_articles(text)
    assert articles.keys() == {("手寫", "茶"), ("手寫", "貓")}, "one section alone misleads no one"
    chosen = heading_questions.choose_articles(articles, random.Random(1))
    (tmp_path / "q.json").write_text(json.dumps(heading_questions.squad(articles, chosen)), "utf-8")
    labelled = load_questions(tmp_path / "q.json")
    by_name = {paragraph.name: paragraph for paragraph in labelled.paragraphs}
    answered = {asked.question: by_name[asked.documents[0]].text[:6] for asked in labelled.questions}
    assert answered == {"怎麼泡綠茶？": TEXT[0][2][:6], "為什麼貓愛睡？": TEXT[3][2][:6]}
    assert not any(heading in paragraph.text for paragraph in labelled.paragraphs for heading in answered)


def test_the_sentence_scorer_learns_which_sentence_holds_the_answer() -> None:
    from sentence_scorer import Choice, fit_sentences  # imports torch: only the process that runs this waits for it

    generator = np.random.default_rng(5)
    choices = []
    for _ in range(200):
        rows = generator.normal(size=(4, 3))
        rows[:, 2] = 7.0  # tells nothing
        choices.append(Choice(rows, (rows[:, 0] == rows[:, 0].max()).astype(float), 1.0))
    net = fit_sentences(choices)
    assert net["linear"][0] > 0.3 > abs(net["linear"][1])
    assert net["linear"][2] == 0.0
    assert all(weight == 0.0 for weight in net["inner"][2])
    scores = [
        row @ np.array(net["linear"]) + np.tanh(row @ np.array(net["inner"]) + net["bias"]) @ net["outer"]
        for row in choices[0].features
    ]
    assert int(np.argmax(scores)) == int(choices[0].right.argmax())
