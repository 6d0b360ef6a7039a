"""What the page suggests to ask: each is answered by the library itself, from the document that made it."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from yinju import build_index, open_library
from yinju.library import Library
from yinju.protocols import Encoder
from yinju.suggestions.examples import COUNT, example_questions, is_answered, next_questions, questions_of
from yinju.suggestions.headings import Example
from yinju.types import Verdict

DOCUMENTS = {
    "社區泳池須知.md": (
        "# 社區泳池須知\n\n這份須知給住戶看。\n\n"
        "## 泳池的規矩\n\n- 下水前先沖澡。\n- 池邊不奔跑。\n- 孩童要有大人陪同。\n\n"
        "## 退費流程\n\n帶收據到管理室填單，三個工作天內退回原帳戶。\n\n## 水溫怎麼控制\n\n"
        "冬天以熱泵維持在二十八度，夏天不加溫。\n\n## 出過什麼問題\n\n去年濾水器壞過一次。\n"
    ),
    "显微镜室值班问答.txt": (
        "显微镜室值班问答\n\n问：显微镜的物镜怎么擦？\n答：用擦镜纸蘸少许无水乙醇，从中心往外单方向擦。\n\n"
        "问：荧光灯什么时候换？\n答：累计点亮两百小时就要换，换灯前先冷却半小时。\n\n"
        "问：预约后不来怎么办？\n答：一个月内两次不来，停用预约权限两周。\n"
    ),
    "苗圃苗木.csv": (
        "苗木,單價,負責人\n山櫻花,350 元,盧映竹\n流蘇,420 元,簡又安\n青楓,280 元,盧映竹\n烏心石,510 元,尤承恩\n"
    ),
}


def opened(folder: Path, corpus: Path, encoder: Encoder) -> Iterator[Library]:
    """The library over a folder of documents."""
    build_index(corpus, folder / "index", encoder=encoder)
    with open_library(folder / "index", encoder=encoder) as library:
        yield library


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Iterator[Library]:
    yield from opened(tmp_path_factory.mktemp("sample"), Path(__file__).parents[2] / "corpus", real_encoder)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("own")
    write(folder / "corpus", DOCUMENTS)
    yield from opened(folder, folder / "corpus", real_encoder)


def write(folder: Path, documents: Mapping[str, str]) -> None:
    folder.mkdir()
    for name, text in documents.items():
        (folder / name).write_text(text, "utf-8")


@pytest.mark.parametrize(("folder", "least"), [("sample", COUNT), ("own", len(DOCUMENTS))])
@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans"])
def test_every_example_and_every_next_question_is_answered(
    folder: str, least: int, language: str, request: pytest.FixtureRequest
) -> None:
    library: Library = request.getfixturevalue(folder)
    examples = example_questions(library, language)
    assert len(examples) >= least
    suggested = list[str]()
    for question in examples:
        answer = library.ask(question)
        assert (answer.verdict, bool(answer.citations)) == (Verdict.ANSWERED, True), question
        suggested += next_questions(library, answer, [question])
    assert suggested
    assert [question for question in suggested if library.ask(question).verdict is not Verdict.ANSWERED] == []


def test_what_names_nothing_or_is_not_answered_whole_is_not_suggested(own: Library) -> None:
    pool = {one.question: one for one in questions_of(own, "社區泳池須知.md")}
    assert {*pool} == {"泳池的規矩有哪些？", "退費流程是什麼？", "水溫怎麼控制？"}
    rules = pool["泳池的規矩有哪些？"]
    assert is_answered(own, rules)
    elsewhere = Example(rules.question, "苗圃苗木.csv", 0, 9, 2)
    assert not is_answered(own, elsewhere)
    assert not is_answered(own, Example("？？？？？", rules.document, rules.start, rules.end, 0))
    assert not is_answered(own, Example(rules.question, rules.document, rules.start, rules.end, 2, listed=4))


def test_where_nothing_else_can_be_asked_a_document_is_asked_about(tmp_path: Path, real_encoder: Encoder) -> None:
    write(
        tmp_path / "corpus",
        {"河岸散記.txt": "河岸散記\n\n早上沿著河走，看見三隻白鷺。\n\n傍晚下了一場雨，橋下很熱鬧。\n"},
    )
    for library in opened(tmp_path, tmp_path / "corpus", real_encoder):
        assert example_questions(library, "zh-Hant") == ["《河岸散記》講了什麼"]
        assert library.ask("《河岸散記》講了什麼").verdict is Verdict.ANSWERED
