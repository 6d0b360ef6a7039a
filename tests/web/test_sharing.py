"""Links to chats: who makes, lists and revokes them, what they open for others, and that nothing else comes with it."""

import asyncio
import html
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from yinju.conversations import Shares
from yinju.conversations.shares import MOST_SHARES
from yinju.library import Library
from yinju.messages import LANGUAGES, Language, say
from yinju.settings import Settings
from yinju.types import Answer, Citation, Statement, Verdict
from yinju.users import EVERYONE, Users
from yinju.web import create_app
from yinju.web.sharing import page_html
from yinju.web.visitor import ID_COOKIE

OWNER, STRANGER = "o" * 22, "s" * 22


@pytest.fixture
def kept(toy_index: Path) -> Shares:
    return Shares(toy_index / "conversations.sqlite")


@pytest.fixture
def app(library: Library) -> FastAPI:
    async def create() -> FastAPI:
        return create_app(library, Settings(language="zh-Hant"))

    return asyncio.run(create())


@contextmanager
def browser(app: FastAPI, visitor: str = "", **headers: str) -> Iterator[TestClient]:
    """A browser with a cookie of its own, or without one."""
    jar = {ID_COOKIE: visitor} if visitor else {}
    with TestClient(app, base_url="http://127.0.0.1:7860", cookies=jar, headers=headers) as client:
        yield client


@pytest.fixture
def answer(library: Library) -> Answer:
    """An answer that cites what a document says."""
    document = next(one for one in library.documents() if one.text.strip())
    quote = document.text.strip().splitlines()[0]
    start = document.text.index(quote)
    span = start, start + len(quote)
    cited = Citation(1, document.name, document.title, "貓 › 睡", None, *span, quote, quote, document.sha256)
    said = (Statement("要睡[很]久。", (1,)), Statement("也要喝水。", ()))
    return Answer(
        "貓睡<b>多久？", said, (cited,), Verdict.ANSWERED, 0.9, "extractive", 0.01, about="x", options=("狗呢？",)
    )


def shared(client: TestClient, chat: str = "a", days: int = 7, grows: bool = False) -> str:
    """The token of a new link, as the dialog makes it."""
    made = client.post("/shares", json={"chat": chat, "days": days, "grows": grows})
    assert made.status_code == 200, made.text
    token: str = re.findall('data-token="(.+?)"', html.unescape(made.text))[0]
    return token


def test_a_link_opens_the_chat_for_whoever_has_it(app: FastAPI, kept: Shares, answer: Answer) -> None:
    message = kept.keep(OWNER, "achat", answer)
    kept.judge(OWNER, message, False, "太舊了")
    with browser(app, OWNER) as owner, browser(app, STRANGER) as other, browser(app) as nobody:
        token = shared(owner, "achat")
        for reader in (other, nobody, owner):
            page = reader.get(f"/share/{token}")
            shown = html.unescape(page.text)
            assert page.status_code == 200
            assert page.headers["cache-control"] == "no-store"
            assert "貓睡<b>多久？" in shown and "要睡[很]久。" in shown and answer.citations[0].quote in shown
            assert say("verdict.answered", "zh-Hant") in shown and 'class="checked"' in page.text
            assert "狗呢？" in shown and "#ask" not in shown and "view=documents" not in shown
            assert not any(secret in page.text for secret in (message, "achat", OWNER, "太舊了"))
            assert not re.search(r"judge|#up-|#edit-|#again", page.text)


def test_its_sources_open_by_the_link_and_nothing_else_does(app: FastAPI, kept: Shares, answer: Answer) -> None:
    own = kept.keep(OWNER, "achat", answer)
    unshared = kept.keep(OWNER, "another", replace(answer, question="別的"))
    with browser(app, OWNER) as owner, browser(app, STRANGER) as other:
        token = shared(owner, "achat")
        page = html.unescape(other.get(f"/share/{token}").text)
        message = re.findall(r"#src-1-1\?message=(.+?)&marker=1", page)[0]
        source = other.get("/source", params={"message": message, "marker": 1})
        assert source.status_code == 200
        assert answer.citations[0].quote in html.unescape(source.text)
        assert other.get("/source/paper", params={"message": message, "marker": 1}).status_code == 200
        assert other.get("/source", params={"message": message, "marker": 2}).status_code == 404
        closed = [
            other.get("/source", params={"message": own, "marker": 1}),
            other.get("/source", params={"message": unshared, "marker": 1}),
            other.get("/answer.md", params={"message": own}), other.get("/chats/achat/export.md"),
            other.post("/judge", json={"message": message, "said": "up"}), other.delete("/chats/achat"),
            other.get(f"/chats/{token}/export.md"), other.get(f"/share/{own}"), other.get("/share/achat"),
        ]  # fmt: skip
        assert [one.status_code for one in closed] == [404] * len(closed)
        assert owner.delete(f"/shares/{token}").status_code == 204
        assert other.get("/source", params={"message": message, "marker": 1}).status_code == 404
    assert kept.answers(OWNER, "achat")[0].helpful is None


def test_only_the_owner_shares_lists_and_revokes(app: FastAPI, kept: Shares, answer: Answer) -> None:
    kept.keep(OWNER, "a", answer)
    with browser(app, OWNER) as owner, browser(app, STRANGER) as other, browser(app) as nobody:
        token = shared(owner)
        assert token in owner.get("/shares").text
        for reader in (other, nobody):
            body = {"chat": "a", "days": 7}
            asked = [reader.post("/shares", json=body), reader.delete(f"/shares/{token}")]
            never = [reader.post("/shares", json=body | {"chat": "never"}), reader.delete("/shares/never")]
            assert [(r.status_code, r.text) for r in asked] == [(404, r.text) for r in never]
            for listed in (reader.get("/shares"), reader.get("/shares", params={"chat": "a"})):
                assert say("share.none", "zh-Hant") in html.unescape(listed.text)
        assert other.get(f"/share/{token}").status_code == 200


def test_what_was_revoked_or_has_ended_was_never_there(
    app: FastAPI, kept: Shares, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.keep(OWNER, "a", answer)
    with browser(app, OWNER) as owner, browser(app, STRANGER) as other:
        revoked, ended, deleted = (shared(owner, days=days) for days in (0, 1, 0))
        assert [other.get(f"/share/{one}").status_code for one in (revoked, ended, deleted)] == [200] * 3
        owner.delete(f"/shares/{revoked}")
        assert other.get(f"/share/{revoked}").status_code == 404
        now = time.time()
        monkeypatch.setattr(time, "time", lambda: now + 86_401)
        owner.delete("/chats/a")
        gone = [other.get(f"/share/{one}") for one in (revoked, ended, deleted, "never", "x" * 32, "%2e%2e")]
        gone += [other.post(f"/share/{one}/continue") for one in (revoked, ended, "never")]
        assert {one.status_code for one in gone} == {404}
        assert len({re.sub(r"nonce=\w+", "", one.text) for one in gone}) == 1
        assert say("share.gone", "zh-Hant") in html.unescape(gone[0].text)


def test_later_answers_show_where_they_may(app: FastAPI, kept: Shares, answer: Answer) -> None:
    kept.keep(OWNER, "a", answer)
    with browser(app, OWNER) as owner, browser(app, STRANGER) as other:
        still, growing = shared(owner), shared(owner, grows=True)
        assert say("share.growing", "zh-Hant") in html.unescape(owner.get("/shares").text)
        kept.keep(OWNER, "a", replace(answer, question="後來問的"))
        assert "後來問的" not in other.get(f"/share/{still}").text
        assert "後來問的" in other.get(f"/share/{growing}").text


def test_one_goes_on_in_a_chat_of_ones_own(app: FastAPI, kept: Shares, answer: Answer) -> None:
    kept.keep(OWNER, "a", answer)
    with browser(app, OWNER) as owner, browser(app) as newcomer:
        token = shared(owner)
        taken = newcomer.post(f"/share/{token}/continue", follow_redirects=False)
        assert taken.status_code == 303
        chat = taken.headers["location"].removeprefix("/?chat=")
        visitor = newcomer.cookies[ID_COOKIE]
        assert [one.answer for one in kept.answers(visitor, chat)] == [answer]
        assert answer.question.split("<")[0] in newcomer.get("/chats").text
        assert owner.get(f"/chats/{chat}/export.md").status_code == 404
        foreign = newcomer.post(f"/share/{token}/continue", headers={"origin": "https://evil.example"})
        assert foreign.status_code == 403


def test_with_users_a_link_is_for_those_to_whom_the_library_is_open(
    library: Library, toy_index: Path, kept: Shares, answer: Answer
) -> None:
    users = Users(toy_index / "users.sqlite")
    ids = {name: users.add(name).id for name in ("ada", "bob", "eve")}
    users.deny("", [EVERYONE])
    users.allow("", ["ada", "bob"])
    kept.keep(ids["ada"], "a", answer)

    async def create() -> FastAPI:
        return create_app(library, Settings(language="zh-Hant"))

    app = asyncio.run(create())
    tokens = {name: {"authorization": f"Bearer {users.new_token(name)}"} for name in ids}
    with browser(app) as client:
        made = client.post("/shares", json={"chat": "a", "days": 7}, headers=tokens["ada"])
        token = re.findall('data-token="(.+?)"', html.unescape(made.text))[0]
        asked = {name: client.get(f"/share/{token}", headers=tokens[name]).status_code for name in ids}
        assert asked == {"ada": 200, "bob": 200, "eve": 404}
        led = client.get(f"/share/{token}", headers={"accept": "text/html"}, follow_redirects=False)
        assert (led.status_code, led.headers["location"]) == (303, f"/login?next=/share/{token}")
        assert client.get(f"/share/{token}").status_code == 401
        assert client.delete(f"/shares/{token}", headers=tokens["bob"]).status_code == 404
        taken = client.post(f"/share/{token}/continue", headers=tokens["bob"], follow_redirects=False)
        assert taken.status_code == 303 and "set-cookie" not in taken.headers
        assert [one.title for one in kept.chats(ids["bob"])] == [answer.question]
        users.set_disabled("bob", True)
        assert client.get(f"/share/{token}", headers=tokens["bob"]).status_code == 401


@pytest.mark.parametrize("gone", ["disabled", "removed", "a browser from before there were users"])
def test_the_links_of_whoever_can_revoke_them_no_more_open_nothing(
    library: Library, toy_index: Path, kept: Shares, answer: Answer, gone: str
) -> None:
    users = Users(toy_index / "users.sqlite")
    owner, reader = users.add("ada").id, {"authorization": f"Bearer {users.add('bob') and users.new_token('bob')}"}
    owner = OWNER if gone.startswith("a browser") else owner
    kept.keep(owner, "a", answer)
    token = kept.share(owner, "a", 0, False) or ""
    mark = (kept.shared(token) or pytest.fail()).answers[0].message
    asked = [f"/share/{token}", f"/source?message={mark}&marker=1"]

    async def create() -> FastAPI:
        return create_app(library, Settings(language="zh-Hant"))

    with browser(asyncio.run(create()), **reader) as client:
        if owner != OWNER:
            assert [client.get(path).status_code for path in asked] == [200, 200]
        if gone == "disabled":
            users.set_disabled("ada", True)
        elif gone == "removed":
            users.remove("ada")
        assert [client.get(path).status_code for path in asked] == [404, 404]
        assert client.post(f"/share/{token}/continue").status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {}, {"chat": "a"}, {"chat": "a", "days": 2}, {"chat": "a", "days": -1}, {"chat": "a", "days": "7"},
        {"chat": ["a"], "days": 7}, {"chat": "a", "days": 7, "grows": "x"}, [], None,
    ],
)  # fmt: skip
def test_a_wish_for_a_link_that_makes_no_sense_is_told(
    app: FastAPI, kept: Shares, answer: Answer, body: object
) -> None:
    kept.keep(OWNER, "a", answer)
    with browser(app, OWNER) as owner:
        assert owner.post("/shares", json=body).status_code == 422
    assert kept.shares(OWNER) == []


def test_links_are_not_without_end(app: FastAPI, kept: Shares, answer: Answer) -> None:
    kept.keep(OWNER, "a", answer)
    for _ in range(MOST_SHARES):
        kept.share(OWNER, "a", 0, False)
    with browser(app, OWNER) as owner:
        refused = owner.post("/shares", json={"chat": "a", "days": 7})
    assert (refused.status_code, refused.text) == (409, say("share.too_many", "zh-Hant", most=MOST_SHARES))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_in_the_reader_s_language(kept: Shares, answer: Answer, language: Language) -> None:
    kept.keep(OWNER, "a", replace(answer, citations=(replace(answer.citations[0], page=3),)))
    token = kept.share(OWNER, "a", 1, False)
    found = kept.shared(token) if token else None
    assert token and found
    shown = html.unescape(page_html(found, token, language))
    assert f'<html lang="{language}">' in shown
    for key in ("share.read_only", "share.sources", "share.print", "share.continue", "share.ends"):
        assert say(key, language) in shown
    assert say("page", language, number=3) in shown


def test_hostile_words_are_words(kept: Shares, answer: Answer) -> None:
    evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    cited = replace(answer.citations[0], quote=evil, title=evil, heading=evil, document=evil)
    kept.keep(
        OWNER,
        "a",
        replace(answer, question=evil, statements=(Statement(evil, (1,)),), citations=(cited,), options=(evil,)),
    )
    kept.rename(OWNER, "a", evil)
    token = kept.share(OWNER, "a", 1, False)
    found = kept.shared(token) if token else None
    assert token and found
    page = page_html(found, token, "zh-Hant")
    assert page.count("<script") == 1 and "<img" not in page
