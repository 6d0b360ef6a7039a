"""Answers by a language model: sources first, checked statements, refusal before it, and every fault's fallback."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from threading import Thread

import pytest

from yinju.answering import Stop
from yinju.errors import GenerationError
from yinju.library import Library, build_index, open_library
from yinju.protocols import ModelMessage
from yinju.settings import Settings
from yinju.types import Answer, Disagreement, ModelFault, Verdict

DOCUMENTS = {
    "茶.md": "# 泡茶\n\n綠茶的水溫約八十度。紅茶的水溫約一百度。烏龍茶介於兩者之間，約九十度。\n\n"
    "## 保存\n\n茶葉要放在陰涼處。\n",
    "狗.txt": "狗每天要散步两次。「慢慢走」，这是医生说的话。\n",
}
ASKED = "綠茶的水溫約多少度？"


class Spoken(Iterator[str]):
    """Pieces of text that any thread may end."""

    def __init__(self, pieces: Iterable[str]) -> None:
        """Say some pieces."""
        self._pieces, self.closed = iter(pieces), 0

    def __next__(self) -> str:
        """The next piece; the end where it is closed, also while the piece is waited for."""
        piece = next(self._pieces)
        if self.closed:
            raise StopIteration
        return piece

    def close(self) -> None:
        """End."""
        self.closed += 1


class ScriptedModel:
    """Says what it is told to; remembers what it was asked, and what it said last."""

    name = "scripted"

    def __init__(self, reply: Callable[[Sequence[ModelMessage]], Iterable[str]]) -> None:
        """Reply to messages with pieces of text."""
        self.reply = reply
        self.asked: list[Sequence[ModelMessage]] = []
        self.said = Spoken(())

    def stream(self, messages: Sequence[ModelMessage]) -> Spoken:
        """The pieces, one by one."""
        self.asked.append(messages)
        self.said = Spoken(self.reply(messages))
        return self.said


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("steps")
    (folder / "corpus").mkdir()
    for name, text in DOCUMENTS.items():
        (folder / "corpus" / name).write_text(text, "utf-8")
    build_index(folder / "corpus", folder / "index")
    with open_library(folder / "index", settings=Settings(refuse_below=0.3)) as opened:
        yield opened


def steps(
    library: Library, *pieces: str, question: str = ASKED, history: Sequence[tuple[str, str]] = ()
) -> tuple[list[Answer], ScriptedModel]:
    """Every step of an answer for which a model says some pieces."""
    model = ScriptedModel(lambda messages: pieces)
    library.model = model
    return list(library.ask_steps(question, history)), model


def failing(*pieces: str, fault: ModelFault) -> Callable[[Sequence[ModelMessage]], Iterator[str]]:
    """A model that says some pieces, then fails."""

    def reply(messages: Sequence[ModelMessage]) -> Iterator[str]:
        yield from pieces
        raise GenerationError(fault, "它壞了")

    return reply


def test_sources_come_before_the_first_token(library: Library) -> None:
    found, _ = steps(library, "綠茶的水溫", "約八十度。[1]")
    assert (found[0].complete, found[0].statements, found[0].mode) == (False, (), "generated")
    assert found[0].citations[0].document == "茶.md"
    assert all(citation.sha256 for answer in found for citation in answer.citations)
    assert found[1].pending == "綠茶的水溫"
    assert found[-1].complete
    assert not found[-1].pending


def test_statements_are_checked_and_cited_by_code(library: Library) -> None:
    found, model = steps(
        library, "綠茶的水溫約八十度。[1]烏龍茶約九十度。[1]紅茶的水溫約二十度。[1]月亮是乳酪做的。[99]"
    )
    answer = found[-1]
    assert [s.supported for s in answer.statements] == [True, True, False, False]
    assert [s.disagreement for s in answer.statements[2:]] == [Disagreement.NUMBER, Disagreement.UNFOUND]
    assert answer.citations[0].quote == "綠茶的水溫約八十度。"
    used = {marker for statement in answer.statements for marker in statement.markers}
    assert used == {citation.marker for citation in answer.citations}
    assert "[99]" not in answer.text
    assert model.said.closed


def test_what_is_refused_never_reaches_the_model(library: Library) -> None:
    found, model = steps(library, "火星有三個。[1]", question="火星上的隕石坑有幾個？")
    assert model.asked == []
    assert [answer.refused for answer in found] == [True]


def test_a_model_says_one_of_three_verdicts(library: Library) -> None:
    answer = steps(library, "有答", "案\n綠茶的水溫約八十度。[1]")[0]
    assert [step.pending for step in answer if step.pending] == ["綠茶的水溫約八十度。"]
    assert (answer[-1].verdict, answer[-1].text) == (Verdict.ANSWERED, "綠茶的水溫約八十度。[1]")
    near = steps(library, "接近\n紅茶的水溫約一百度。[1]\n缺少：綠茶、白茶")[0][-1]
    assert (near.verdict, near.refused, near.missing) == (Verdict.NEAR, True, ("綠茶",))
    assert near.text == "文件沒有直接寫到這一點，最接近的是：\n紅茶的水溫約一百度。[1]"
    nothing = steps(library, "沒有答案\n缺少：綠茶")[0][-1]
    assert (nothing.verdict, nothing.mode, nothing.missing) == (Verdict.NOTHING, "generated", ("綠茶",))
    assert nothing.statements[0].text == "文件裡沒有找到答案，也沒有提到「綠茶」。"
    asked_back = steps(library, "有答案\n綠茶的水溫約八十度。[1]\n是指：綠茶的水溫？／紅茶的水溫？／白茶的水溫？")[0][
        -1
    ]
    assert asked_back.options == ("綠茶的水溫？", "紅茶的水溫？")


def test_a_model_that_tells_no_verdict_keeps_the_plan_s(library: Library) -> None:
    kept = library.settings
    library.settings = kept.model_copy(update={"refuse_below": 0.99})
    answers = [steps(library, text)[0][-1] for text in ("綠茶的水溫約八十度。[1]", "有答案\n綠茶的水溫約八十度。[1]")]
    library.settings = kept
    assert [answer.verdict for answer in answers] == [Verdict.NEAR, Verdict.ANSWERED]
    assert answers[0].statements[0].text == "文件沒有直接寫到這一點，最接近的是："


def test_an_outline_becomes_a_summary_and_a_list_of_headings_does_not(library: Library) -> None:
    found, model = steps(library, "有答案\n綠茶的水溫約八十度。[1]茶葉要放在陰涼處。[2]", question="《泡茶》講什麼")
    assert (found[-1].mode, found[-1].verdict) == ("generated", Verdict.ANSWERED)
    assert [citation.document for citation in found[-1].citations] == ["茶.md", "茶.md"]
    assert "摘要" in model.asked[0][0].content
    fallen = steps(library, "月亮是乳酪做的。", question="《泡茶》講什麼")[0][-1]
    assert (fallen.mode, fallen.fault) == ("extractive", ModelFault.UNSUPPORTED)
    assert steps(library, "有答案", question="《泡茶》有哪些章節")[1].asked == []
    assert steps(library, "有答案", question="你好")[1].asked == []


@pytest.mark.parametrize(
    "said", ["課後輔導" * 20, "綠茶的水溫約八十度。[1]" + "紅茶的水溫約一百度。" * 30, "綠茶的水溫是多少度？", ASKED]
)
def test_a_loop_and_the_question_said_back_are_no_answer(library: Library, said: str) -> None:
    answer = steps(library, *said)[0][-1]
    assert answer.fault in (ModelFault.MALFORMED, ModelFault.UNSUPPORTED)
    assert (answer.mode, answer.statements[0].text) == ("extractive", "綠茶的水溫約八十度。")


def test_a_model_that_finds_no_answer_refuses(library: Library) -> None:
    answer = steps(library, "文件裡沒有答案。")[0][-1]
    assert (answer.refused, answer.mode, answer.verdict) == (True, "generated", Verdict.NOTHING)
    assert [statement.text for statement in answer.statements] == ["文件裡沒有找到這個問題的答案。"]
    assert answer.citations and answer.statements[0].markers == ()


@pytest.mark.parametrize("fault", [fault for fault in ModelFault if fault is not ModelFault.STOPPED])
def test_a_fault_before_the_first_token_ends_in_the_extracted_answer(library: Library, fault: ModelFault) -> None:
    library.model = ScriptedModel(failing(fault=fault))
    answer = library.ask(ASKED)
    assert (answer.fault, answer.mode, answer.unfinished, answer.complete) == (fault, "extractive", (), True)
    assert answer.statements[0].text == "綠茶的水溫約八十度。"


def test_a_fault_in_the_middle_keeps_what_was_said(library: Library) -> None:
    library.model = ScriptedModel(failing("紅茶的水溫約一百度。[1]綠茶的", fault=ModelFault.INTERRUPTED))
    answer = library.ask(ASKED)
    assert [(s.text, s.supported) for s in answer.unfinished] == [("紅茶的水溫約一百度。", True), ("綠茶的", False)]
    assert answer.statements[0].text == "綠茶的水溫約八十度。"
    markers = [citation.marker for citation in answer.citations]
    assert markers == list(range(1, len(markers) + 1))
    assert answer.unfinished[0].markers == (1,)
    assert answer.statements[0].markers == (2,)


def test_a_model_that_says_nothing_has_failed(library: Library) -> None:
    assert steps(library, " ", "\n")[0][-1].fault is ModelFault.MALFORMED


@pytest.mark.parametrize(
    ("said", "supported"),
    [
        ("<|im_end|>user", False), ("月亮是乳酪做的。[1]", False), ("綠茶的水溫約二十度。[1]大象會飛。", False),
        ("重點如下：", True), ("抱歉，我不知道。", False),
    ],
)  # fmt: skip
def test_an_answer_that_no_source_bears_out_gives_way_to_the_extracted_one(
    library: Library, said: str, supported: bool
) -> None:
    *growing, answer = steps(library, *said)[0]
    assert not any(step.complete for step in growing)
    assert (answer.fault, answer.mode, answer.complete) == (ModelFault.UNSUPPORTED, "extractive", True)
    assert answer.statements[0].text == "綠茶的水溫約八十度。"
    assert answer.statements[0].supported
    assert {statement.supported for statement in answer.unfinished} == {supported}
    assert "".join(statement.text for statement in answer.unfinished) == said.replace("[1]", "")
    assert [citation.marker for citation in answer.citations] == list(range(1, len(answer.citations) + 1))


def test_one_statement_that_is_borne_out_keeps_an_answer(library: Library) -> None:
    answer = steps(library, "大象會飛。紅茶的水溫約一百度。[1]")[0][-1]
    assert (answer.fault, answer.mode, answer.unfinished) == (None, "generated", ())
    assert [statement.supported for statement in answer.statements] == [False, True]


def test_stop_ends_the_stream_and_keeps_what_was_said(library: Library) -> None:
    stop = Stop()

    def reply(messages: Sequence[ModelMessage]) -> Iterator[str]:
        yield "綠茶的水溫約八十度。[1]"
        yield "紅茶的"
        asker = Thread(target=stop.stop)
        asker.start()
        asker.join()

    model = ScriptedModel(reply)
    library.model = model
    *_, answer = library.ask_steps(ASKED, stop=stop)
    assert answer.fault is ModelFault.STOPPED
    assert answer.complete
    assert answer.statements[0].text == "綠茶的水溫約八十度。"
    assert model.said.closed


def test_closing_the_answer_closes_the_stream(library: Library) -> None:
    model = ScriptedModel(lambda messages: iter(["綠茶", "的水溫", "約八十度。"]))
    library.model = model
    growing = library.ask_steps(ASKED)
    next(growing)
    next(growing)
    growing.close()  # type: ignore[attr-defined]
    assert model.said.closed


def test_a_model_may_rewrite_a_follow_up(library: Library) -> None:
    def reply(messages: Sequence[ModelMessage]) -> Iterable[str]:
        return ["紅茶的水溫多少度？"] if "改寫" in messages[0].content else ["紅茶的水溫約一百度。[1]"]

    library.model = ScriptedModel(reply)
    found = list(library.ask_steps("那紅茶呢？", [(ASKED, "約八十度。")]))
    assert found[0].understood_as == "紅茶的水溫約多少度？"  # by rule, at once
    assert found[-1].understood_as == "紅茶的水溫多少度？"
    assert found[-1].citations[0].quote == "紅茶的水溫約一百度。"


@pytest.mark.parametrize("rewritten", ["", "一\n二", "台北今天下雨嗎？", "<script>"])
def test_a_rewriting_that_is_none_is_not_taken(library: Library, rewritten: str) -> None:
    def reply(messages: Sequence[ModelMessage]) -> Iterable[str]:
        return [rewritten] if "改寫" in messages[0].content else ["紅茶的水溫約一百度。[1]"]

    library.model = ScriptedModel(reply)
    assert library.ask("那紅茶呢？", [(ASKED, "約八十度。")]).understood_as == "紅茶的水溫約多少度？"


def test_the_answer_is_in_the_asker_s_script(library: Library) -> None:
    answer = steps(library, "狗每天要散步两次。[1]", question="狗每天要散步幾次？請用繁體回答")[0][-1]
    assert answer.statements[0].text == "狗每天要散步兩次。"
    assert answer.citations[0].quote == "狗每天要散步两次。"


def test_without_a_model_there_is_one_step(library: Library) -> None:
    library.model = None
    assert [answer.complete for answer in library.ask_steps(ASKED)] == [True]
    kept = library.settings
    library.settings = kept.model_copy(update={"refuse_below": 1.0})
    assert library.ask(ASKED).refused
    library.settings = kept
