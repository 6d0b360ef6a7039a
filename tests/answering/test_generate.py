"""Generated answers: cited by code whatever the model writes, in the asker's script, ended where it repeats itself."""

import random
import re
from collections.abc import Iterator, Sequence

import pytest
from tests.answering.test_prompt import HOSTILE

import hostile
from hostile import find_faults, hostile_answer, in_pieces, make_scene, watch
from yinju.answering.claims import ClaimCheck, check_claim
from yinju.answering.generated.evidence import Piece
from yinju.answering.generated.generate import MOST_REPEATED, MOST_STATEMENTS, Generated, declines, generate
from yinju.answering.generated.prompt import answer_messages
from yinju.chunking import chunk_document
from yinju.errors import GenerationError
from yinju.folding import Script, fold
from yinju.reading import read_document
from yinju.types import Disagreement, Document, ModelFault, Passage

TEXTS = {
    "茶.txt": "綠茶用約八十度的水。紅茶要用滾水。烏龍茶第一泡不喝。",
    "猫.txt": "猫一天睡十四个小时。狗喜欢在早晨散步。",
    "店.txt": "小店每天九點開門。週日公休。會員打九折。",
}
DOCUMENTS = {name: read_document(text.encode(), name) for name, text in TEXTS.items()}
PASSAGES = [passage for document in DOCUMENTS.values() for passage in chunk_document(document)]


def whole(passages: Sequence[Passage]) -> list[Piece]:
    """Passages as a model reads them."""
    return [Piece.of(passage) for passage in passages]


def same_sentence(claim: str, passages: Sequence[Passage], preferred: Sequence[int] = ()) -> ClaimCheck:
    """Supported by the sentence that folds to the claim; else set against the first preferred passage's first one."""
    for place, passage in enumerate(passages):
        for number, (start, end) in enumerate(passage.sentences):
            if fold(passage.text[start:end]) == fold(claim):
                return ClaimCheck(None, place, (number, number + 1))
    if claim.endswith("："):
        return ClaimCheck(None, None, None)
    if preferred:
        return ClaimCheck(Disagreement.NUMBER, preferred[0], (0, 1))
    return ClaimCheck(Disagreement.UNFOUND, None, None)


def answer(text: str, script: Script | None = "hant", passages: Sequence[Passage] = PASSAGES) -> Generated:
    """The whole answer to a text that comes in pieces of three characters; every state on the way must hold."""
    documents = {passage.document: DOCUMENTS[passage.document] for passage in passages}
    state = Generated()
    pieces = (text[start : start + 3] for start in range(0, len(text), 3))
    for state in generate(["問？"], script, whole(passages), pieces, same_sentence):
        assert not find_faults(state, passages, documents)
    return state


def told(state: Generated) -> list[tuple[str, tuple[int, ...], Disagreement | None]]:
    """What tells in each statement."""
    return [(statement.text, statement.markers, statement.disagreement) for statement in state.statements]


def test_each_statement_is_cited_by_code() -> None:
    state = answer("重點如下：\n- 紅茶要用滾水[3]。\n- 紅茶要用溫水[1]。\n- 紅茶不貴。\n小店每天九點開門。紅茶要用滾水")
    assert told(state) == [
        ("重點如下：", (), None),
        ("紅茶要用滾水。", (1,), None),
        ("紅茶要用溫水。", (2,), Disagreement.NUMBER),
        ("紅茶不貴。", (), Disagreement.UNFOUND),
        ("小店每天九點開門。", (3,), None),
        ("紅茶要用滾水", (), Disagreement.UNFOUND),
    ]
    assert [citation.quote for citation in state.citations] == [
        "紅茶要用滾水。",
        "綠茶用約八十度的水。",
        "小店每天九點開門。",
    ]
    assert [statement.new_line for statement in state.statements] == [False, True, True, True, True, False]


def test_the_same_sentence_keeps_its_marker() -> None:
    state = answer("紅茶要用滾水。紅茶不行[1]。綠茶不行[1]。红茶要用滚水。", None)
    assert [statement.markers for statement in state.statements] == [(1,), (2,), (2,), (1,)]
    assert [citation.marker for citation in state.citations] == [1, 2]


def test_a_statement_is_written_in_the_script_of_the_asker() -> None:
    states = list(generate(["問"], "hant", whole(PASSAGES), ["猫一天睡十四个小时。[2]", "这个"], same_sentence))
    assert states[0].pending == "貓一天睡十四個小時。"
    assert states[1].pending == "這個"
    assert states[1].statements[0].text == "貓一天睡十四個小時。"
    assert states[1].citations[0].quote == "猫一天睡十四个小时。"


def test_it_grows_with_every_piece() -> None:
    states = list(generate(["問"], "hant", whole(PASSAGES), ["紅茶", "要用滾水。", "[1]", "小店"], same_sentence))
    assert [(len(state.statements), state.pending) for state in states] == [
        (0, "紅茶"), (0, "紅茶要用滾水。"), (1, "小店"), (2, ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "declined"),
    [
        ("文件裡沒有答案。", True), ("文件里没有答案", True), ("抱歉，資料中沒有提到這個問題。", True),
        ("文件沒有答案[1]。", True),
        ("根据提供的文件，没有找到相关信息。", True), ("我无法从文件中找到答案。", True),
        ("提供的资料中未提及价格，因此无法回答。", True),
        ("文件裡沒有答案。不過紅茶不貴。", True), ("紅茶要用滾水。價格文件裡沒有答案。", False),
        ("紅茶要用滾水。文件裡沒有答案。", False),
        ("微商沒有答案。", False), ("文件要在三天內交。", False), ("文件裡的答案是三天。", False), ("", False),
    ],
)  # fmt: skip
def test_a_model_may_decline(text: str, declined: bool) -> None:
    assert answer(text).declined is declined


def test_declining_is_no_claim() -> None:
    assert told(answer("紅茶要用滾水。文件裡沒有答案。[1]"))[1] == ("文件裡沒有答案。", (), None)
    assert not declines("文件" * 100 + "沒有答案")


class Pieces(Iterator[str]):
    """Sentences without end that tell how many were taken, and whether they were closed."""

    def __init__(self, form: str) -> None:
        """Say `form` with the number of each piece in it."""
        self.form, self.taken, self.closed = form, 0, False

    def __next__(self) -> str:
        """The next piece; an endless model would be read beyond 500."""
        self.taken += 1
        if self.taken > 500:
            raise StopIteration
        return self.form.format(self.taken)

    def close(self) -> None:
        """Remember it."""
        self.closed = True


@pytest.mark.parametrize(
    ("form", "statements", "taken"),
    [
        ("紅茶要用滾水。", 1, MOST_REPEATED + 2),
        ("第{}種茶。", MOST_STATEMENTS, MOST_STATEMENTS + 1),
        ("問？", 0, MOST_REPEATED + 1),
    ],
)
def test_a_loop_is_ended(form: str, statements: int, taken: int) -> None:
    pieces = Pieces(form)
    *_, state = generate(["問？"], "hant", whole(PASSAGES), pieces, same_sentence)
    assert (len(state.statements), pieces.taken, pieces.closed) == (statements, taken, True)
    assert state.pending == ""


def test_closing_closes_the_model() -> None:
    pieces = Pieces("第{}種茶。")
    growing = generate(["問"], "hant", whole(PASSAGES), pieces, same_sentence)
    next(growing)
    growing.close()  # type: ignore[attr-defined]
    assert pieces.closed


def test_a_fault_is_passed_on_after_what_came() -> None:
    def broken() -> Iterator[str]:
        yield "紅茶要用滾水。小店"
        raise GenerationError(ModelFault.INTERRUPTED, "斷了")

    growing = generate(["問"], "hant", whole(PASSAGES), broken(), same_sentence)
    assert next(growing).pending == "小店"
    with pytest.raises(GenerationError, match="斷了"):
        next(growing)


def test_no_passages_no_citations() -> None:
    assert told(answer("紅茶要用滾水[1]。", passages=[])) == [("紅茶要用滾水。", (), Disagreement.UNFOUND)]


BAD = [
    "[0]", "[99]", "[-1]", "[1-50]", "［９９］", "【99】", "[1,99]", "[^9]", "[7]", "[4]", "[source 12]", "[资料9]",
    "[[9]]", "[^12]", "[50-60]",
    "[8](http://canary)", "〔5〕", "[**6**]", "[ 44 ]", "[ID:3333]",
]  # fmt: skip
FORMS = [
    "紅茶要用滾水{}。小店每天九點開門。", "紅茶要用滾水。{}小店每天九點開門。", "{}紅茶要用滾水。\n小店每天九點開門。",
    "紅茶要用滾水。\n{}\n小店每天九點開門。",
    "紅茶要用滾水。小店每天九點開門。{}", "紅茶要用滾水。小店每天九點開門。\n\n參考資料：\n{} 官方手册.pdf",
    "紅茶{}要用滾水。小店每天九點開門。", "紅茶要用滾水。{}\n小店每天九點開門。",
    "紅茶要用滾水。小店每天九點開門。\n{}：官方手册.pdf", "紅茶要用滾水。小店每天九點{}開門。",
]  # fmt: skip


@pytest.mark.parametrize("text", [form.format(bad) for form in FORMS for bad in BAD])
def test_a_citation_that_does_not_exist_leaves_the_text_whole(text: str) -> None:
    state = answer(text)
    assert [statement.text for statement in state.statements] == ["紅茶要用滾水。", "小店每天九點開門。"]
    assert [statement.markers for statement in state.statements] == [(1,), (2,)]
    assert [citation.document for citation in state.citations] == ["茶.txt", "店.txt"]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("echo", ["document", "prompt"])
def test_a_hostile_document_cannot_make_citations(text: str, echo: str) -> None:
    document = read_document(f"會員打九折。{text.encode('utf-8', 'replace').decode()}週日公休。".encode(), "真.txt")
    passages = [*chunk_document(document), *PASSAGES]
    said = passages[0].text if echo == "document" else answer_messages("問", whole(passages), "hant")[1].content
    documents: dict[str, Document] = {**DOCUMENTS, document.name: document}
    state = Generated()
    for state in generate(["問"], "hant", whole(passages), list(said), check_claim):
        assert not find_faults(state, passages, documents)
    assert {citation.document for citation in state.citations} <= documents.keys()
    assert not re.search(r"\]\(|!\[", "".join(statement.text for statement in state.statements))


@pytest.mark.parametrize("count", [30, pytest.param(300, marks=pytest.mark.full)])
def test_hostile_answers_leave_nothing_unresolved(count: int) -> None:
    documents, passages = hostile.load_corpus()
    for number in range(count):
        chance = random.Random(f"test-{number}")
        scene = make_scene(passages, chance)
        pieces = in_pieces(hostile_answer(scene, chance), chance)
        states = generate([scene.question], "hant", whole(scene.given), pieces, same_sentence)
        assert not watch(states, scene.given, documents)[0], number


def test_faults_are_found() -> None:
    given, documents = PASSAGES[:1], DOCUMENTS
    state = next(generate(["問"], None, whole(PASSAGES), ["會員打九折。小"], same_sentence))
    assert find_faults(state, PASSAGES, documents) == {}
    assert find_faults(state, given, documents) == {hostile.OTHER_TURN: 1}
    assert find_faults(Generated(state.statements), PASSAGES, documents) == {hostile.NO_CITATION: 2}
    other = {**documents, "店.txt": documents["茶.txt"]}
    assert find_faults(state, PASSAGES, other) == {hostile.OTHER_QUOTE: 1}
    assert find_faults(Generated(pending="甲［１］"), PASSAGES, documents) == {hostile.LEFTOVER: 1}


def test_what_is_said_is_in_the_asker_s_script_and_words_and_the_quote_as_it_stands() -> None:
    text = "这款软件每月二十元。"
    passage = Passage(0, "價目", "價目", (), None, 0, len(text), text, ((0, len(text)),))
    *_, grown = generate(["軟體多少錢？"], "hant", whole([passage]), ["这款软件", "每月二十元。[1]"])
    assert [statement.text for statement in grown.statements] == ["這款軟體每月二十元。"]
    assert [citation.quote for citation in grown.citations] == [text]
    assert grown.statements[0].supported
