"""English questions in the Chinese words that a collection has."""

from collections.abc import Iterator

import pytest
from tests.shelves import generation_of

from yinju.folding import fold
from yinju.protocols import Encoder
from yinju.retrieval.english import English, _glossary, _read, in_chinese, is_english
from yinju.retrieval.retrieve import Retriever, retrieve
from yinju.settings import load_settings
from yinju.store.protocol import Snapshot

DOCUMENTS = {
    "博物馆.md": "# 参观指南\n\n成人票 45 元，学生票 20 元。周一休馆。馆内不得使用闪光灯。\n",
    "厨房.md": "# 检查表\n\n每餐留样 48 小时。案板分三种颜色。\n\n店内电话 08-8221-7040。\n",
    "系统.txt": "错误 3010：库存为负。请先在 App 里同步库存。\n\n数据库备份保留 35 天。\n",
}


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Iterator[Snapshot]:
    with generation_of(DOCUMENTS, tmp_path_factory.mktemp("english"), real_encoder) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "english"),
    [
        ("How much is the ticket?", True),
        ("opening hours", True),
        ("3010 keeps popping up", True),
        ("XK-210A", False),
        ("3010", False),
        ("成人票 how much", False),
        ("门票多少钱", False),
        ("", False),
    ],
)
def test_which_questions_are_english(question: str, english: bool) -> None:
    assert is_english(question) is english


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("How much does the deposit cost?", ("押金", "多少钱")),
        ("What are the opening hours on Mondays?", ("开放时间", "周一", "是什么")),
        ("When is the meeting on November 8th?", ("会议", "11月8日", "什么时候")),
        ("Why was it cancelled?", ("取消", "为什么")),
        ("Who is responsible for XK-210A?", ("负责", "xk-210a", "谁")),
        ("how many days of annual leave", ("年假", "几天")),
        ("Where is the nearest station?", ("附近", "车站", "在哪里")),
    ],
)
def test_words_and_what_is_asked_for(question: str, terms: tuple[str, ...]) -> None:
    asked, choices, _ = _read(question, lambda word: False)
    assert (*(words[0] for words in choices), *([asked] if asked else [])) == terms


@pytest.mark.parametrize(
    ("question", "chinese"),
    [
        ("How much is an adult ticket?", "成人票 多少钱"),
        ("Which day is the museum closed", "博物馆 休馆 什么时候"),
        ("how long are food samples kept", "留样 留 多久"),
        ("What's the phone number?", "电话 是多少"),
        ("error 3010 in the app", "错误 3010 app"),
        ("How many days are database backups retained?", "数据库 备份 保留 几天"),
    ],
)
def test_words_are_those_of_the_collection(generation: Snapshot, question: str, chinese: str) -> None:
    assert in_chinese(question, generation).chinese == chinese


def test_what_is_not_known_is_named(generation: Snapshot) -> None:
    assert in_chinese("Who is the zookeeper?", generation) == English((), "谁", ("zookeeper",))


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("How much is an adult ticket?", "博物馆.md"),
        ("How many hours do you keep food samples?", "厨房.md"),
        ("what does error 3010 mean", "系统.txt"),
    ],
)
def test_the_right_passage_is_first(generation: Snapshot, real_encoder: Encoder, question: str, document: str) -> None:
    using = Retriever(generation, real_encoder, load_settings())
    found = retrieve(using, in_chinese(question, generation).chinese, 1).ranked
    assert found[0][0].passage.document == document


def test_the_glossary_is_folded() -> None:
    glossary = _glossary()
    assert len(glossary) > 1_500
    for english, chinese in glossary.items():
        assert english == fold(english) and english.isascii() and chinese, english
        assert len(set(chinese)) == len(chinese) and all(fold(word) == word for word in chinese), english
