"""Where to ask: what can be chosen and is found, what is chosen and kept, and a question asked there alone."""

import asyncio
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from yinju import open_library
from yinju.conversations import Conversations, KeptAnswer
from yinju.export import export
from yinju.ingest.upkeep import tag
from yinju.library import Library, build_index
from yinju.messages import LANGUAGES, say
from yinju.protocols import Encoder
from yinju.scopes import named, read_words, scope_of, words_of
from yinju.settings import Settings
from yinju.types import Scope, Verdict
from yinju.web import create_app
from yinju.web.conversation import Conversation, ask_again, converse, reopen
from yinju.web.desk import Desk, Session
from yinju.web.scope.options import Chip, Option, chips, found
from yinju.web.scope.routes import CHIPS, PAGE
from yinju.web.visitor import ID_COOKIE, Visitor

TEXTS = {
    "制度/請假.md": "# 請假辦法\n\n病假一年十四天，要附診斷書。\n\n## 事假怎麼請\n\n事假一年七天，三天前提出。\n",
    "制度/出差/住宿.md": "# 出差住宿\n\n住宿每晚三千元為上限，實報實銷。\n",
    "會議.txt": "每週一上午十點開會，會議室先到先用。\n",
    "软件.txt": "软件每年更新一次，由资讯部安装。\n",
}
LEAVE, STAY, MEETING, SOFTWARE = TEXTS
OWNER = "o" * 22


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("scope")
    for name, text in TEXTS.items():
        (folder / "corpus" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "corpus" / name).write_text(text, "utf-8")
    build_index(folder / "corpus", folder / "index", encoder=real_encoder)
    tag(folder / "index", MEETING, ["行政"])
    tag(folder / "index", LEAVE, ["人事", "行政"])
    with open_library(folder / "index", encoder=real_encoder, settings=Settings(refuse_below=0.0)) as opened:
        yield opened


@pytest.fixture
def session(library: Library, tmp_path: Path) -> Session:
    return Session(Desk(library, Conversations(tmp_path / "chats.sqlite")), Visitor(OWNER, "zh-Hant"))


@pytest.fixture(scope="module")
def client(library: Library) -> Iterator[TestClient]:
    async def create() -> FastAPI:
        return create_app(library, Settings(language="zh-Hant"))

    cookies = {ID_COOKIE: OWNER}
    with TestClient(asyncio.run(create()), base_url="http://127.0.0.1:7860", cookies=cookies) as opened:
        yield opened


def last(states: Iterator[Conversation]) -> Conversation:
    *_, found = states
    return found


def said(conversation: Conversation) -> list[str]:
    """Every message of a chat, as it reads."""
    return [html.unescape(message["content"]) for message in conversation.messages("zh-Hant")]


def test_what_is_chosen_becomes_a_scope_and_comes_back() -> None:
    chosen = {"documents": ["b", "a"], "folders": ["c"], "tags": ["d"], "formats": ["pdf"]}
    scope = read_words(json.dumps(chosen))
    assert scope == Scope(frozenset("ab"), frozenset("c"), frozenset("d"))
    assert words_of(scope) == {"tags": ["d"], "folders": ["c"], "documents": ["a", "b"]}
    assert scope_of({"tags": ["d"]}) == Scope(tags=frozenset("d"))
    assert read_words("") is read_words("{}") is scope_of({"tags": []}) is None
    assert words_of(None) == {}
    for wrong in ('{"tags": "d"}', '{"documents": [1]}', "no JSON"):
        with pytest.raises(ValueError):
            read_words(wrong)


def test_a_scope_is_told_in_a_line() -> None:
    assert named(Scope(frozenset({"a/b.txt"}), frozenset({"c/"}), frozenset({"d"})), "zh-Hant") == "#d、c/、b.txt"
    many = Scope(frozenset("abcde"))
    assert [named(many, language) for language in LANGUAGES] == [
        "a、b、c 等 5 項", "a、b、c 等 5 项", "a, b, c and others, 5 in all",
    ]  # fmt: skip


def test_tags_folders_and_documents_are_found_with_how_many_they_stand_for(library: Library) -> None:
    assert found(library, "") == [
        Option("tags", "人事", "人事", 1), Option("tags", "行政", "行政", 2), Option("folders", "制度", "制度", 2),
        Option("folders", "制度/出差", "制度/出差", 1), Option("documents", STAY, "出差住宿"),
        Option("documents", LEAVE, "請假辦法"), Option("documents", MEETING, "會議"),
        Option("documents", SOFTWARE, "软件"),
    ]  # fmt: skip
    assert [one.value for one in found(library, "#行政")] == ["行政"]
    assert [one.value for one in found(library, "出差")] == [STAY, "制度/出差"], "what begins so comes first"
    assert [one.value for one in found(library, "軟體 txt")] == [SOFTWARE], "in either script, in either region's words"
    assert found(library, "沒有這個") == []


def test_chips_tell_how_many_are_left(library: Library) -> None:
    scope = Scope(frozenset({LEAVE, "走了.txt"}), frozenset({"制度"}), frozenset({"行政", "舊"}))
    assert chips(library, scope) == [
        Chip("tags", "舊", "#舊", 0), Chip("tags", "行政", "#行政", 2), Chip("folders", "制度", "制度/", 2),
        Chip("documents", LEAVE, "請假辦法", 1), Chip("documents", "走了.txt", "走了.txt", 0),
    ]  # fmt: skip
    assert library.within(scope) == {LEAVE, STAY, MEETING}
    assert chips(library, None) == []


def test_the_picker_shows_a_page_of_what_is_found(client: TestClient) -> None:
    shown = client.get("/scope/options", params={"most": 3}).text
    assert re.findall('data-left="([0-9]+)"', shown) == ["5"] and shown.count('role="option"') == 3
    rest = client.get("/scope/options", params={"first": 3, "most": 10_000}).text
    assert 'data-left="0"' in rest and rest.count('role="option"') == 5 <= PAGE
    assert "人事" in html.unescape(shown) and "人事" not in html.unescape(rest)


def test_the_bar_shows_what_is_chosen(client: TestClient) -> None:
    plain = html.unescape(client.post("/scope", json={}).text)
    assert say("scope.everywhere", "zh-Hant") in plain and "chip" not in plain
    shown = html.unescape(client.post("/scope", json={"tags": ["行政"], "documents": ["走了.txt"]}).text)
    assert shown.count('class="chip ') == 2 and shown.count("gone") == 1
    assert say("scope.sum", "zh-Hant", count=2) in shown and "nowhere" not in shown
    gone = html.unescape(client.post("/scope", json={"documents": ["走了.txt"]}).text)
    assert say("scope.nowhere", "zh-Hant") in gone and 'role="alert"' in gone
    many = html.unescape(client.post("/scope", json={"documents": [f"{n}.txt" for n in range(CHIPS + 7)]}).text)
    assert many.count('class="chip ') == CHIPS and say("scope.rest", "zh-Hant", count=7) in many
    assert client.post("/scope", json={"tags": "行政"}).status_code == 400


def test_names_do_nothing_but_show_their_characters(client: TestClient) -> None:
    shown = client.post("/scope", json={"tags": ['<img src=x onerror="alert(1)">'], "documents": ["</li><b>'\""]}).text
    assert "<img" not in shown and "<b>" not in shown and 'onerror="' not in shown


def test_a_question_is_asked_in_its_scope_and_keeps_it(session: Session) -> None:
    everywhere = last(converse(session, Conversation(), "病假一年幾天？"))
    assert "asked-in" not in said(everywhere)[0] and everywhere.turns[0].scope is None
    scope = Scope(folders=frozenset({"制度/出差"}), tags=frozenset({"行政"}))
    chat = last(converse(session, everywhere, "住宿每晚多少錢？", scope=scope))
    assert "三千元" in said(chat)[-1] and "只問：#行政、制度/出差/" in said(chat)[-2]
    assert {one.document for turn in chat.turns[1:] if turn.answer for one in turn.answer.citations} <= {
        STAY, MEETING, LEAVE
    }  # fmt: skip
    opened = reopen(session, chat.id)
    assert [turn.scope for turn in opened.turns] == [None, scope]
    assert session.desk.conversations.scope(OWNER, chat.id) == scope
    assert "只問：" in said(opened)[-2]


def test_what_the_scope_does_not_hold_is_not_said(session: Session) -> None:
    chat = last(converse(session, Conversation(), "病假一年幾天？", scope=Scope(frozenset({SOFTWARE}))))
    answer = chat.turns[0].answer
    assert answer and {one.document for one in answer.citations} <= {SOFTWARE}


def test_asking_again_or_otherwise_keeps_the_scope_of_its_own_question(session: Session) -> None:
    stay, leave = Scope(frozenset({STAY})), Scope(frozenset({LEAVE}))
    chat = last(converse(session, Conversation(), "住宿每晚多少錢？", scope=stay))
    chat = last(converse(session, chat, "病假一年幾天？", scope=leave))
    again = last(ask_again(session, chat))
    assert [turn.scope for turn in again.turns] == [stay, leave]
    edited = last(ask_again(session, again, number=1, question="住宿怎麼報？"))
    assert [turn.scope for turn in edited.turns] == [stay]
    everywhere = last(ask_again(session, again, everywhere=True))
    assert [turn.scope for turn in everywhere.turns] == [stay, None]


def test_an_empty_scope_is_told_with_a_way_on(session: Session) -> None:
    nowhere = Scope(frozenset({"走了.txt"}), tags=frozenset({"舊"}))
    chat = last(converse(session, Conversation(), "病假一年幾天？", scope=nowhere))
    assert chat.id == "" and chat.turns[0].answer is None and not chat.growing
    assert "#舊、走了.txt" in said(chat)[-1] and 'class="everywhere"' in said(chat)[-1]
    told = last(ask_again(session, chat, everywhere=True))
    assert "十四天" in said(told)[-1] and session.desk.conversations.scope(OWNER, told.id) is None


def test_what_could_be_asked_next_is_answered_in_the_scope(session: Session) -> None:
    scope = Scope(frozenset({LEAVE}))
    chat = last(converse(session, Conversation(), "病假一年幾天？", scope=scope))
    assert chat.turns[0].suggestions
    for question in chat.turns[0].suggestions:
        answer = session.desk.library.ask(question, scope=scope)
        assert answer.verdict is Verdict.ANSWERED and {one.document for one in answer.citations} == {LEAVE}


def test_the_scope_of_a_chat_is_given_to_its_owner_alone(client: TestClient, library: Library) -> None:
    desk = Desk(library, Conversations(library.index / "conversations.sqlite"))
    chat = last(
        converse(Session(desk, Visitor(OWNER, "zh-Hant")), Conversation(), "住宿？", scope=Scope(frozenset({STAY})))
    )
    assert client.get("/scope", params={"chat": chat.id}).json() == {"documents": [STAY]}
    assert client.get("/scope", params={"chat": "none"}).json() == {}
    stranger = {"cookie": f"{ID_COOKIE}={'s' * 22}"}
    client.cookies.clear()
    assert client.get("/scope", params={"chat": chat.id}, headers=stranger).json() == {}
    client.cookies.set(ID_COOKIE, OWNER)


def test_exports_say_where_it_was_asked(session: Session) -> None:
    chat = last(
        converse(session, Conversation(), "住宿每晚多少錢？", scope=Scope(frozenset({STAY}), tags=frozenset({"行政"})))
    )
    kept = session.desk.conversations.answers(OWNER, chat.id)
    assert r"只問：\#行政、住宿.md" in export("md", "住宿", kept, "zh-Hant").decode()
    told = json.loads(export("json", "住宿", [*kept, KeptAnswer("m", 0.0, kept[0].answer)], "zh-Hant"))
    assert [one["scope"] for one in told["answers"]] == [{"tags": ["行政"], "documents": [STAY]}, {}]
