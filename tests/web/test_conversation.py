"""A chat with a language model that is made up: what is shown, kept, asked again and referred to."""

import asyncio
import html
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from tests.test_damaged_conversations import CHANGES, damage

from yinju import build_index, open_library
from yinju.answering import Stop
from yinju.conversations import Conversations
from yinju.errors import GenerationError, IndexDamagedError
from yinju.library import Library
from yinju.messages import LANGUAGES, Language, say
from yinju.protocols import Encoder, ModelMessage
from yinju.retrieval.retrieve import CROWD, CROWDED
from yinju.settings import Settings
from yinju.suggestions.examples import next_questions
from yinju.types import Answer, Citation, Disagreement, ModelFault, Statement, Verdict
from yinju.web.asking import Asker, Questions
from yinju.web.conversation import Conversation, ask_again, converse, reopen, show_version
from yinju.web.desk import Desk, Session
from yinju.web.line import Line
from yinju.web.messages import answer_html
from yinju.web.metrics import Metrics
from yinju.web.turn import Switch
from yinju.web.visitor import Visitor

DOCUMENTS = {
    "貓.md": "# 貓的照顧\n\n貓每天要睡十四個小時。\n\n## 貓要怎麼餵水\n\n水碗離飯碗遠一點，貓才肯喝水。\n",
    "狗.txt": "狗每天要散步兩次。狗每天要睡十二個小時。\n",
}
ASKED = "貓每天睡幾個小時？"


@dataclass
class MadeUpModel:
    """Says pieces, which may be functions that give one; remembers what it was asked."""

    pieces: Sequence[str | Callable[[], str]] = ("貓每天要睡", "十四個小時。[1]")
    name: str = "made-up"
    asked: list[Sequence[ModelMessage]] = field(default_factory=list)

    def stream(self, messages: Sequence[ModelMessage]) -> Iterator[str]:
        """The pieces, one after the other."""
        self.asked.append(messages)
        return (piece if isinstance(piece, str) else piece() for piece in self.pieces)


def failing(fault: ModelFault) -> Callable[[], str]:
    """A piece that does not come."""

    def fail() -> str:
        raise GenerationError(fault, "http://127.0.0.1:9/v1 sk-canary")

    return fail


@pytest.fixture
def model() -> MadeUpModel:
    return MadeUpModel()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Path:
    folder = tmp_path_factory.mktemp("conversation")
    (folder / "corpus").mkdir()
    for name, text in DOCUMENTS.items():
        (folder / "corpus" / name).write_text(text, "utf-8")
    build_index(folder / "corpus", folder / "index", encoder=real_encoder)
    return folder / "index"


@pytest.fixture
def session(index: Path, real_encoder: Encoder, model: MadeUpModel, tmp_path: Path) -> Iterator[Session]:
    settings = Settings(refuse_below=0.0)
    with open_library(index, encoder=real_encoder, model=model, settings=settings) as library:
        yield Session(Desk(library, Conversations(tmp_path / "chats.sqlite")), Visitor("v" * 22, "zh-Hant"))


def last(states: Iterator[Conversation]) -> Conversation:
    *_, found = states
    return found


def shown(conversation: Conversation) -> str:
    """The last message, as it reads."""
    return html.unescape(conversation.messages("zh-Hant")[-1]["content"])


def test_passages_come_before_the_model_says_a_word(session: Session, model: MadeUpModel) -> None:
    seen = Event()
    model.pieces = [lambda: "貓每天要睡" * seen.wait(10), "十四個小時。[1]"]
    states = converse(session, Conversation(), ASKED)
    assert [message["role"] for message in next(states).messages("zh-Hant")] == ["user"]
    reading = next(states)
    seen.set()
    assert say("chat.reading", "zh-Hant") in shown(reading)
    assert "message=" not in shown(reading)
    ended = last(states)
    assert say("chat.reading", "zh-Hant") not in shown(ended)
    assert shown(ended).count('class="cite"') == 1
    assert f"#src-1-1?message={ended.turns[0].message}&marker=1" in shown(ended)
    assert f'id="chat-{ended.id}"' in shown(ended)
    assert not ended.growing


def test_a_kept_chat_opens_as_it_was(session: Session) -> None:
    first = last(converse(session, Conversation(), ASKED))
    second = last(converse(session, first, "那狗呢？"))
    opened = reopen(session, second.id)
    assert opened.messages("zh-Hant") == second.messages("zh-Hant")
    assert opened.said == second.said
    assert reopen(session, "") == Conversation()
    assert reopen(session, "AAAA").notice == say("chat.no_chat", "zh-Hant")


@pytest.mark.parametrize("fault", [fault for fault in ModelFault if fault is not ModelFault.STOPPED])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_is_told_and_what_was_said_is_marked(
    session: Session, model: MadeUpModel, fault: ModelFault, language: Language
) -> None:
    model.pieces = ("貓每天要", failing(fault))
    told = replace(session, visitor=Visitor("v" * 22, language))
    ended = last(converse(told, Conversation(), ASKED))
    message = html.unescape(ended.messages(language)[-1]["content"])
    assert say("no_model", language, fault=say(f"fault.{fault}", language)) in message
    said = say("chat.not_used" if fault is ModelFault.UNSUPPORTED else "chat.unfinished", language)
    assert message.index(said) < message.index("貓每天要") < message.index(say(f"fault.{fault}", language))
    assert 'class="retry"' in message
    assert "canary" not in message and "127.0.0.1" not in message
    (kept,) = session.desk.conversations.answers(session.visitor.id, ended.id)
    assert (kept.answer.fault, kept.answer.unfinished[0].text) == (fault, "貓每天要")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_no_source_bears_out_is_set_aside_with_the_reason(
    session: Session, model: MadeUpModel, language: Language
) -> None:
    model.pieces = ("大象會飛。",)
    ended = last(converse(replace(session, visitor=Visitor("v" * 22, language)), Conversation(), ASKED))
    message = html.unescape(ended.messages(language)[-1]["content"])
    order = [
        say("chat.not_used", language), "大象會飛。", say("chat.unsupported", language),
        say("fault.unsupported", language), say("no_model.instead", language), "貓每天要睡",
    ]  # fmt: skip
    assert [message.count(words) >= 1 for words in order] == [True] * len(order)
    assert order == sorted(order, key=message.rindex)
    assert ended.said == [(ASKED, "貓每天要睡十四個小時。[1]")]
    assert reopen(session, ended.id).turns[0].answer == ended.turns[0].answer


def test_a_stop_from_elsewhere_keeps_what_was_said(session: Session, model: MadeUpModel) -> None:
    stop = Stop()

    def stopping() -> str:
        stop.stop()
        return "說不到這裡"

    model.pieces = ("貓每天要睡十四個小時。[1]\n", "還有", stopping, "再多")
    ended = last(converse(session, Conversation(), ASKED, stop))
    assert say("chat.stopped", "zh-Hant") in shown(ended)
    assert "十四個小時。" in shown(ended)
    assert "再多" not in shown(ended)
    assert session.desk.conversations.answers(session.visitor.id, ended.id)[0].answer.fault is ModelFault.STOPPED


def test_a_reader_who_leaves_stops_the_model_and_what_was_said_is_kept(session: Session, model: MadeUpModel) -> None:
    first = last(converse(session, Conversation(), ASKED))
    numbers = count(1)

    def said() -> str:
        time.sleep(0.01)
        return f"貓每天要睡{next(numbers)}個小時。"

    model.pieces = [said] * 1_000

    async def leave() -> None:
        stop, questions = Stop(), Questions(Line(Settings()), Metrics())
        asker = Asker("v", "")
        made = converse(session, first, ASKED, stop)
        async with aclosing(questions.answer(asker, next(made), made, stop, "en")) as states:
            assert [(await anext(states)).growing for _ in range(4)] == [True] * 4

    asyncio.run(leave())
    deadline = time.monotonic() + 5
    while len(session.desk.conversations.answers(session.visitor.id, first.id)) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert session.desk.conversations.answers(session.visitor.id, first.id)[1].answer.fault is ModelFault.STOPPED


def test_trying_again_answers_anew_and_nothing_is_said_twice(session: Session, model: MadeUpModel) -> None:
    model.pieces = ("貓每天要", failing(ModelFault.INTERRUPTED))
    broken = last(converse(session, Conversation(), ASKED))
    model.pieces = ("貓每天要睡十四個小時。[1]",)
    whole = last(ask_again(session, broken))
    assert len(whole.messages("zh-Hant")) == 2
    assert whole.said == [(ASKED, "貓每天要睡十四個小時。[1]")]
    assert whole.id == broken.id
    assert [kept.message for kept in session.desk.conversations.answers(session.visitor.id, whole.id)] == [
        whole.turns[0].message
    ]
    assert "retry" not in shown(whole)
    assert list(ask_again(session, Conversation())) == []


def test_a_follow_up_can_be_asked_as_it_was_typed(session: Session, model: MadeUpModel) -> None:
    first = last(converse(session, Conversation(), ASKED))
    misunderstood = last(converse(session, first, "那狗呢？"))
    assert "理解為：" in shown(misunderstood)
    assert 'class="undo"' in shown(misunderstood)
    assert misunderstood.turns[1].answer and misunderstood.turns[1].answer.understood_as
    asked = len(model.asked)
    plain = last(ask_again(session, misunderstood, as_typed=True))
    assert len(model.asked) == asked + 1
    assert plain.turns[1].answer and plain.turns[1].answer.understood_as is None
    assert [question for question, _ in plain.said] == [ASKED, "那狗呢？"]
    third = last(converse(session, plain, "水碗放哪裡？"))
    assert third.messages("zh-Hant")[3]["content"].count('class="undo"') == 0
    assert [turn.number for turn in third.turns] == [1, 2, 3]


def test_what_cannot_be_kept_is_shown_with_the_place_in_its_links(session: Session, tmp_path: Path) -> None:
    unsaved = replace(session, desk=replace(session.desk, conversations=Conversations(tmp_path)))
    ended = last(converse(unsaved, Conversation(), ASKED))
    assert say("chat.unsaved", "zh-Hant") in shown(ended)
    assert "#src-1-1?document=" in shown(ended)
    assert ended.id == ""
    assert last(converse(unsaved, ended, ASKED)).said[0] == ended.said[0]
    assert reopen(unsaved, "x").notice == say("chat.unreadable_chat", "zh-Hant")


def test_a_damaged_index_is_called_so(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(*_: object, **__: object) -> None:
        raise IndexDamagedError("index.pointer_odd", path="CURRENT", remedy="")

    monkeypatch.setattr(type(session.desk.library), "ask_steps", damaged)
    ended = last(converse(session, Conversation(), ASKED))
    assert say("frame.index_trouble", "zh-Hant") in shown(ended) and "CURRENT" not in shown(ended)


def test_half_a_character_is_no_error(session: Session) -> None:
    ended = last(converse(session, Conversation(), "貓\ud800睡幾個小時？"))
    assert say("chat.broken", "zh-Hant") not in shown(ended)
    assert all("\ud800" not in message["content"] for message in ended.messages("zh-Hant"))


def test_of_a_question_far_too_long_the_beginning_is_shown(session: Session, model: MadeUpModel) -> None:
    states = list(converse(session, Conversation(), "長" * 1_000_000))
    assert "問題有 1000000 個字" in shown(states[-1])
    assert max(len(message["content"]) for state in states for message in state.messages("zh-Hant")) < 10_000
    assert model.asked == []


@pytest.mark.parametrize("question", ["？？？", "🐈", "\u200b"])
def test_what_asks_nothing_gets_a_hint_and_no_model(session: Session, model: MadeUpModel, question: str) -> None:
    assert 'class="notice"' in shown(last(converse(session, Conversation(), question)))
    assert model.asked == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("disagreement", Disagreement)
def test_what_is_doubted_says_why(language: Language, disagreement: Disagreement) -> None:
    cited = Citation(1, "甲.txt", "甲", "", None, 0, 3, "甲乙丙", "甲乙丙")
    statements = (Statement("甲。", (1,)), Statement("乙。", (1,), disagreement, new_line=True))
    message = html.unescape(
        answer_html(Answer("問", statements, (cited,), Verdict.ANSWERED, 0.9, "generated", 0.1), 1, language)
    )
    assert message.count('class="statement unsupported"') == 1
    assert say(f"disagreement.{disagreement}", language) in message
    assert f"{say('chat.unsupported', language)}</span>" in message
    assert message.count("<p>") == 2
    assert message.count('class="cite"') == 2


def test_what_was_asked_for_stands_out_whatever_it_is() -> None:
    statement = Statement("甲<b>*十四*乙", (), emphasis=(4, 8))
    message = answer_html(Answer("問", (statement,), (), Verdict.ANSWERED, 0.9, "extractive", 0.1), 1, "zh-Hant")
    assert html.unescape(message).count("<strong>*十四*</strong>乙") == 1
    assert "<b>" not in message


def test_a_question_asked_otherwise_begins_a_branch_to_switch_back_from(session: Session, model: MadeUpModel) -> None:
    chat = Conversation()
    for question in (ASKED, "狗每天散步幾次？", "貓要喝水嗎？"):
        chat = last(converse(session, chat, question))
    changed = last(ask_again(session, chat, number=2, question="狗睡多久？"))
    assert [(turn.number, turn.question) for turn in changed.turns] == [(1, ASKED), (2, "狗睡多久？")]
    kept = session.desk.conversations.answers(session.visitor.id, chat.id)
    assert [one.message for one in kept] == [turn.message for turn in changed.turns]
    assert list(ask_again(session, chat, number=7)) == []
    assert list(ask_again(session, chat, number=1, question=" \n")) == []
    again = last(ask_again(session, changed))
    assert [turn.question for turn in again.turns] == [ASKED, "狗睡多久？"]
    assert again.turns[1].message != changed.turns[1].message
    assert reopen(session, chat.id).messages("zh-Hant") == again.messages("zh-Hant")
    assert again.turns[1].of_question == Switch(2, 2, chat.turns[1].message, chat.turns[1].message)
    assert again.turns[1].of_answer == Switch(2, 2, changed.turns[1].message, changed.turns[1].message)
    assert again.turns[0].of_question is again.turns[0].of_answer is chat.turns[2].of_question is None
    question, answer = (html.unescape(one["content"]) for one in again.messages("zh-Hant")[2:])
    assert f'href="#earlier-question-2?{chat.turns[1].message}"' in question and "2/2" in question
    assert f'href="#later-answer-2?{changed.turns[1].message}"' in answer and "2/2" in answer


def test_a_branch_comes_back_with_all_that_followed_and_goes_on_from_there(session: Session) -> None:
    chat = Conversation()
    for question in (ASKED, "狗每天散步幾次？", "貓要喝水嗎？"):
        chat = last(converse(session, chat, question))
    session.desk.conversations.judge(session.visitor.id, chat.turns[2].message, True)
    other = last(ask_again(session, chat, number=1, question="狗每天睡幾個小時？"))
    back = show_version(session, other, chat.turns[0].message)
    assert [turn.message for turn in back.turns] == [turn.message for turn in chat.turns]
    assert back.turns[2].helpful
    assert back.turns[0].of_question == Switch(1, 2, other.turns[0].message, other.turns[0].message)
    longer = last(converse(session, back, "那狗呢？"))
    assert [turn.question for turn in reopen(session, chat.id).turns] == [turn.question for turn in longer.turns]
    assert show_version(session, longer, "沒有") == longer
    stranger = replace(session, visitor=Visitor("w" * 22, "zh-Hant"))
    assert show_version(stranger, longer, other.turns[0].message) == longer
    assert len(session.desk.conversations.answers(session.visitor.id, chat.id)) == 4


def test_two_pages_of_one_chat_go_on_as_two_branches(session: Session) -> None:
    chat = last(converse(session, Conversation(), ASKED))
    one, other = (last(converse(session, chat, question)) for question in ("狗每天散步幾次？", "貓要喝水嗎？"))
    assert [turn.question for turn in reopen(session, chat.id).turns] == [ASKED, "貓要喝水嗎？"]
    longer = last(converse(session, one, "狗睡多久？"))
    opened = reopen(session, chat.id)
    assert [turn.message for turn in opened.turns] == [turn.message for turn in longer.turns]
    assert opened.turns[1].of_question == Switch(1, 2, other.turns[1].message, other.turns[1].message)


def test_a_notice_among_the_turns_is_no_answer_to_follow(session: Session) -> None:
    chat = last(converse(session, Conversation(), ASKED))
    for question in ("？？？", "狗每天散步幾次？"):
        chat = last(converse(session, chat, question))
    assert [bool(turn.message) for turn in chat.turns] == [True, False, True]
    changed = last(ask_again(session, chat, number=2, question="貓要喝水嗎？"))
    assert changed.turns[1].of_question == Switch(2, 2, chat.turns[2].message, chat.turns[2].message)
    assert reopen(session, chat.id).turns[1].of_question == changed.turns[1].of_question


def test_what_is_suggested_is_asked_as_it_stands(session: Session, model: MadeUpModel) -> None:
    first = last(converse(session, Conversation(), ASKED))
    asked = last(converse(session, first, "那狗呢？", as_typed=True))
    assert asked.turns[1].answer and asked.turns[1].answer.understood_as is None


def test_what_could_be_asked_next_comes_from_the_cited_document_and_was_not_asked(
    session: Session, model: MadeUpModel
) -> None:
    library = session.desk.library
    answer = library.ask(ASKED)
    model.asked.clear()
    assert next_questions(library, answer, [ASKED]) == ("貓要怎麼餵水？",)
    assert next_questions(library, answer, [ASKED, "猫要怎么喂水？"]) == ()
    assert next_questions(library, replace(answer, question="猫每天睡几个小时？"), []) == ("猫要怎么喂水？",)
    start = DOCUMENTS["貓.md"].index("水碗")
    water = replace(answer, citations=(replace(answer.citations[0], start=start, end=start + 5),))
    assert next_questions(library, water, []) == ()  # it is answered already
    gone = replace(answer, citations=tuple(replace(c, document="沒有.txt") for c in answer.citations))
    assert next_questions(library, gone, []) == ()
    assert model.asked == []  # what is suggested is tried without it


def test_while_many_ask_nothing_is_tried_to_be_suggested(session: Session, model: MadeUpModel) -> None:
    assert last(converse(session, Conversation(), ASKED)).turns[0].suggestions
    CROWD.wait(CROWDED + 1)
    try:
        assert not last(converse(session, Conversation(), ASKED)).turns[0].suggestions
    finally:
        CROWD.wait(-CROWDED - 1)


@pytest.mark.parametrize(
    ("changed", "suggests"), [({}, True), ({"citations": ()}, False), ({"options": ("貓睡多久？",)}, False)]
)
def test_neither_a_greeting_nor_what_asks_back_suggests(
    session: Session, monkeypatch: pytest.MonkeyPatch, changed: dict[str, Any], suggests: bool
) -> None:
    answer = replace(session.desk.library.ask(ASKED), **changed)
    monkeypatch.setattr(Library, "ask_steps", lambda *_: iter([answer]))
    ended = last(converse(session, Conversation(), ASKED))
    assert bool(ended.turns[-1].suggestions) == suggests
    assert bool(reopen(session, ended.id).turns[-1].suggestions) == suggests
    assert shown(ended).count('class="act copy"') == 1


def test_only_the_last_answer_suggests_and_all_can_be_copied(session: Session) -> None:
    chat = last(converse(session, last(converse(session, Conversation(), ASKED)), "狗每天散步幾次？"))
    first, second = (html.unescape(one["content"]) for one in chat.messages("zh-Hant") if one["role"] == "assistant")
    assert 'class="next"' not in first
    assert 'class="act again"' not in first
    assert 'class="act again"' in second
    for shown_html, turn in ((first, chat.turns[0]), (second, chat.turns[1])):
        assert f'href="#copy-{turn.number}?{turn.message}"' in shown_html
    session.desk.conversations.judge(session.visitor.id, chat.turns[0].message, True)
    opened = html.unescape(reopen(session, chat.id).messages("zh-Hant")[1]["content"])
    assert 'class="act up said"' in opened


def test_a_chat_of_another_visitor_is_none(session: Session) -> None:
    chat = last(converse(session, Conversation(), ASKED))
    other = replace(session, visitor=Visitor("w" * 22, "zh-Hant"))
    assert reopen(other, chat.id).notice == say("chat.no_chat", "zh-Hant")
    refused = last(converse(other, Conversation(chat.id), ASKED))
    assert refused.turns[0].notice == say("chat.unsaved", "zh-Hant")
    assert len(session.desk.conversations.answers(session.visitor.id, chat.id)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_damaged_record_is_said_so_and_the_rest_of_the_chat_stays(session: Session, language: Language) -> None:
    kept, owner = session.desk.conversations, session.visitor.id
    before = Conversation()
    for question in (ASKED, "狗每天要睡幾個小時？"):
        *_, before = converse(session, before, question)
    damage(kept.path, CHANGES["quote"](before.turns[0].message))
    reader = replace(session, visitor=replace(session.visitor, language=language))
    shown = reopen(reader, before.id)
    assert [turn.answer is None for turn in shown.turns] == [True, False]
    messages = [message["content"] for message in shown.messages(language)]
    assert say("chat.damaged_question", language) in html.unescape(messages[0])
    assert say("chat.damaged", language) in html.unescape(messages[1])
    assert "十四個小時" not in messages[1] and "十四個小時" in messages[3]
    assert shown.said == [(before.turns[1].question, before.turns[1].answer.text)]  # type: ignore[union-attr]
    assert [*converse(reader, shown, ASKED)]
    assert [one.damaged for one in kept.answers(owner, before.id)] == [True, False, False]
    damage(kept.path, f"UPDATE chats SET title = '別的' WHERE id = '{before.id}'")
    assert reopen(reader, before.id).notice == say("chat.damaged_chat", language)
