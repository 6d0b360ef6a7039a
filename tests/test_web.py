"""The web page without a browser: what is escaped, refused, opened and asked first."""

import asyncio
import html
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from yinju import build_index, open_library
from yinju.conversations import Conversations
from yinju.errors import SettingsError
from yinju.library import Library
from yinju.messages import LANGUAGES, Language, say
from yinju.settings import Settings
from yinju.suggestions.examples import example_questions, questions_of
from yinju.types import Answer, Citation, Disagreement, Document, ModelFault, Section, Statement, Verdict
from yinju.web import create_app
from yinju.web.conversation import Conversation, converse
from yinju.web.desk import Desk, Session
from yinju.web.guard import HEADERS
from yinju.web.messages import answer_html, parts_of
from yinju.web.rendering import literal, one_line, with_breaks
from yinju.web.server import bind
from yinju.web.source.panel import Offer, place_html
from yinju.web.source.passage import AROUND, LINE, surroundings
from yinju.web.source.place import Place
from yinju.web.turn import Turn
from yinju.web.visitor import Visitor

TEA = """茶葉保存手冊

一、茶葉放多久會變味？

密封的茶葉可以放十八個月。開封之後，三個月內喝完最好。

二、怎樣存放

茶葉怕光、怕潮、怕異味，要放在陰涼乾燥的櫃子裡，不要放進冰箱。
"""

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "</mark><script>alert(1)</script>",
    "</div></div><form action=https://evil.example><button>送出</button></form>",
    '"><a href="javascript:alert(1)">x</a>',
    "' onmouseover='alert(1)",
    "<iframe src=//evil.example></iframe>",
    "<style>@import url(//evil.example)</style>",
    "<!-- --><!DOCTYPE html>",
    "![x](https://evil.example/?q=1)",
    "[x](javascript:alert(1))",
    "[x]: https://evil.example\n\n![y][x]",
    "<https://evil.example>",
    "https://evil.example/auto",
    "**粗** _斜_ ~~刪~~ `碼`",
    "# 標題\n\n---\n\n> 引",
    "| a | b |\n| - | - |\n| c | d |",
    "```html\n<b>x</b>\n```",
    "$$\\href{javascript:alert(1)}{x}$$ \\(x\\)",
    "- [ ] 項\n1. 項",
    "[1] [2] 來源：官方手冊.pdf",
    "{{7*7}} ${7*7} <%= 7 %>",
    "&lt;script&gt; &#60;b&#62; &amp;",
    "\u202egnp.exe\u202c",
    "甲\x00乙\x1b[31m丙",
    "a\r\nb\rc",
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("web")
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "茶葉.txt").write_text(TEA, encoding="utf-8")
    (corpus / "<img src=x onerror=alert(1)>.txt").write_text("".join(PAYLOADS[:4]) + "咖啡豆要現磨。", encoding="utf-8")
    (corpus / "損壞.pdf").write_bytes(b"%PDF-")
    build_index(corpus, folder / "index")
    with open_library(folder / "index", settings=Settings(refuse_below=0.0)) as opened:
        yield opened


@pytest.fixture
def session(library: Library, tmp_path: Path) -> Session:
    return Session(Desk(library, Conversations(tmp_path / "chats.sqlite")), Visitor("v" * 22, "zh-Hant"))


@pytest.fixture(scope="module")
def client(library: Library) -> Iterator[TestClient]:
    async def create() -> FastAPI:  # Gradio opens and forgets an event loop where none is running
        return create_app(library, Settings(language="zh-Hant"))

    with TestClient(asyncio.run(create()), base_url="http://127.0.0.1:7860") as opened:
        yield opened


def cited(document: Document, quote: str, marker: int = 1) -> Citation:
    start = document.text.index(quote)
    return Citation(marker, document.name, document.title, "路徑", None, start, start + len(quote), quote, quote)


def document(text: str, name: str = "甲.txt", title: str = "甲") -> Document:
    return Document(name, title, text, (Section((), 0, len(text)),), "ab" * 32, "text", len(text.encode()))


def answered(citation: Citation, text: str, verdict: Verdict = Verdict.ANSWERED) -> Answer:
    return Answer("問", (Statement(text, (citation.marker,)),), (citation,), verdict, 0.9, "extractive", 0.01)


# Escaping


def visible(text: str) -> str:
    """What a browser shows for a text: no carriage returns, controls or changes of direction."""
    shown = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in shown if (c.isprintable() or c in "\n\t") and c not in "\u202a\u202b\u202c\u202d\u202e")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_literal_text_shows_the_same_characters_and_holds_no_syntax(payload: str) -> None:
    escaped = literal(payload)
    assert html.unescape(escaped) == visible(payload)
    bare = escaped.replace("&#", "").replace(";", "")
    assert not set(bare) & set("<>\"'&`*_[]()!|$\\{}~#:/.@")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_messages_and_panel_hold_only_our_own_tags(payload: str) -> None:
    hostile = document(f"前文。{payload}後文。", name=payload, title=payload)
    citation = replace(cited(hostile, payload), heading=payload)
    tame = document("前文。好。後文。", name="好", title="好")
    answer = said_all_ways(citation, payload)
    same = said_all_ways(replace(cited(tame, "好"), heading="好"), "好")
    for verdict in Verdict:
        shown = answer_html(replace(answer, verdict=verdict), 1, "zh-Hant")
        assert tags(shown) == tags(answer_html(replace(same, verdict=verdict), 1, "zh-Hant"))
        assert "\n" not in shown
    assert tags(Turn(1, payload).html("zh-Hant")[0]) == tags(Turn(1, "好").html("zh-Hant")[0])
    panel = place_html(Place(hostile, (citation.start, citation.end)), "text", Offer(), "zh-Hant")
    tame_panel = place_html(Place(tame, (3, 4)), "text", Offer(), "zh-Hant")
    assert {*tags(panel)} == {*tags(tame_panel)}, "a line is a paragraph of its own"


def said_all_ways(citation: Citation, text: str) -> Answer:
    """An answer that shows a text wherever one can be shown."""
    statements = (Statement(text, (1,)), Statement(text, (1,), row=((text, text), ("", text))))
    return replace(
        answered(citation, text), statements=statements, understood_as=text, missing=(text,), options=(text,),
        unfinished=statements, fault=ModelFault.UNSUPPORTED,
    )  # fmt: skip


def tags(shown: str) -> list[str]:
    """The names of a fragment's tags in order, line breaks left out."""
    pieces = [piece.split(">")[0] for piece in shown.split("<")[1:]]
    return [piece.split()[0] for piece in pieces if piece != "br"]


def test_one_line_cuts_and_joins() -> None:
    assert one_line("甲\n\n 乙", 5) == "甲 乙"
    assert one_line("一二三四五六", 3) == "一二三…"
    assert with_breaks("甲\r\n乙\n") == "甲<br>乙<br>"


# Messages


def test_markers_are_links_that_carry_their_place_or_the_answer_that_is_kept() -> None:
    text = document("甲句。乙句。", name="a b&c.txt")
    citations = tuple(
        replace(cited(text, quote, n), sha256=text.sha256) for n, quote in enumerate(("甲句。", "乙句。"), 1)
    )
    statements = (Statement("甲句。", (1,)), Statement("乙句。", (2, 7)))
    answer = Answer("問", statements, citations, Verdict.ANSWERED, 0.9, "extractive", 0.01)
    shown = html.unescape(answer_html(answer, 3, "zh-Hant"))
    assert shown.count("[1]</a>") == 1
    assert '"#src-3-2?document=a+b%26c.txt&start=3&end=6&version=abababababab"' in shown
    assert "[7]" not in shown
    assert '"#src-3-2?message=m-1&marker=2"' in html.unescape(answer_html(answer, 3, "zh-Hant", message="m-1"))


NEAR = (Statement("文件裡沒有提到「甲」，最接近的是：", ()), Statement("乙句。", (1,), emphasis=(0, 1)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_nothing_the_nearest_passages_are_folded_away(language: Language) -> None:
    long = document("很長的段落" * 30)
    nothing = replace(answered(cited(long, long.text), "", Verdict.NOTHING), statements=(Statement("沒有找到。", ()),))
    shown = html.unescape(answer_html(nothing, 1, language))
    assert (
        shown.index(say("verdict.nothing", language))
        < shown.index("沒有找到。")
        < shown.index(f"<summary>{say('nearest', language, count=1)}<")
    )
    assert "<details open" not in shown
    assert "很長的段落" * 12 + "…" in shown
    assert shown.index("<details") < shown.index('class="cite"')
    assert "<details" not in answer_html(replace(nothing, citations=()), 1, language)
    assert say("nothing", language) in html.unescape(answer_html(replace(nothing, statements=()), 1, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_comes_near_is_a_quotation_and_no_answer(language: Language) -> None:
    near = replace(
        answered(cited(document("甲句。乙句。"), "乙句。"), "", Verdict.NEAR), statements=NEAR, missing=("甲",)
    )
    shown = html.unescape(answer_html(near, 1, language))
    assert 'class="answer"' not in shown
    assert "<strong>" not in shown
    label, notice, quotation = (
        say("verdict.near", language),
        shown.index("最接近的是："),
        shown.index("<blockquote>"),
    )
    assert (
        shown.index(label)
        < notice
        < quotation
        < shown.index("乙句。")
        < shown.index("[1]")
        < shown.index("</blockquote>")
    )
    assert 'class="lack"' not in shown
    unsaid = html.unescape(answer_html(replace(near, missing=("甲", "丙", "丁")), 1, language))
    lacks = unsaid.split(f'<p class="missing" lang="{language}">{say("verdict.lacks", language)}')[1]
    assert re.findall('<strong class="lack">(.)</strong>', lacks) == ["丙", "丁"]


def test_a_turn_without_sources_is_a_plain_message() -> None:
    hello = Answer("你好", (Statement("你好，我是引據。", ()),), (), Verdict.ANSWERED, 1.0, "extractive", 0.01)
    assert tags(answer_html(hello, 1, "zh-Hant")) == ["div", "p", "span", "/span", "/p", "/div"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_may_have_been_meant_is_asked_by_a_click(language: Language) -> None:
    unclear = Answer(
        "它多少錢？",
        (Statement("哪一個？", ()),),
        (),
        Verdict.NOTHING,
        0.0,
        "extractive",
        0.01,
        options=("甲<b>？", "乙？"),
    )
    shown = html.unescape(answer_html(unclear, 1, language))
    assert shown.count('class="suggestion"') == 2
    assert shown.index(say("options", language)) < shown.index(">甲<b>？</a>") < shown.index(">乙？</a>")


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_fewer_passages_were_read_is_said(language: Language) -> None:
    calm = Answer("幾點？", (Statement("九點。", ()),), (), Verdict.ANSWERED, 0.9, "extractive", 0.01)
    told = say("hurried", language)
    shown = [html.unescape(answer_html(answer, 1, language)) for answer in (calm, replace(calm, hurried=True))]
    assert [told in one for one in shown] == [False, True]


ROWS = tuple(
    Statement(f"{name}：{price}", (n,), row=(("型號", name), ("價格", price)))
    for n, name, price in ((1, "甲", "5"), (2, "乙", "7"))
)


def test_rows_are_one_table_that_ends_with_their_sources() -> None:
    rows = document("甲：5\n乙：7")
    citations = (cited(rows, "甲：5"), cited(rows, "乙：7", 2))
    statements = (Statement("共兩個：", ()), ROWS[0], replace(ROWS[1], emphasis=(2, 3)))
    answer = Answer("問", statements, citations, Verdict.ANSWERED, 0.9, "extractive", 0.01)
    shown = html.unescape(answer_html(answer, 1, "zh-Hant"))
    head = '<thead><tr><th scope="col">型號</th><th scope="col">價格</th><td></td></tr></thead>'
    assert shown.count("<table>") == shown.count(head) == 1
    first, second = shown.split("<tbody>")[1].split("</tr>")[:2]
    assert first.startswith('<tr><td>甲</td><td>5</td><td class="sources"><a class="cite"')
    assert second.startswith('<tr><td>乙</td><td><strong>7</strong></td><td class="sources"><a class="cite"')
    nameless = replace(answer, statements=tuple(replace(row, row=(("", "甲"),)) for row in ROWS))
    assert "<thead>" not in answer_html(nameless, 1, "zh-Hant")
    doubted = html.unescape(
        answer_html(replace(answer, statements=(replace(ROWS[0], disagreement=Disagreement.NUMBER),)), 1, "zh-Hant")
    )
    assert doubted.count('<tr class="unsupported"') == 1
    assert say("disagreement.number", "zh-Hant") in doubted
    assert 'title="{}"'.format(say("chat.checked", "zh-Hant")) in shown
    growing = answer_html(replace(answer, statements=ROWS, complete=False, pending="還有"), 1, "zh-Hant")
    assert growing.index("</table>") < growing.index("<p>") < growing.index("還有") < growing.index("cursor")


def many_sourced(*markers: int) -> str:
    """A message whose one statement has markers."""
    text = document("甲乙丙丁戊。")
    citations = tuple(cited(text, "甲乙", n) for n in range(1, 8))
    said = (Statement("甲乙。", markers),)
    return html.unescape(answer_html(Answer("問", said, citations, Verdict.ANSWERED, 0.9, "extractive", 0.1), 1, "en"))


@pytest.mark.parametrize(
    ("markers", "shown"),
    [
        ((1,), "[1]"), ((1, 2), "[1][2]"), ((1, 2, 3), "[1, 2, 3]"), ((1, 3, 5), "[1][3][5]"),
        ((1, 2, 4, 5, 6, 9), "[1][2][4, 5, 6]"),
    ],
)  # fmt: skip
def test_markers_that_follow_each_other_are_one_cluster_of_links(markers: tuple[int, ...], shown: str) -> None:
    message = many_sourced(*markers)
    assert re.sub("<.*?>", "", message).endswith(f"甲乙。{shown}")
    assert message.count('class="cite"') == len([marker for marker in markers if marker < 8])
    assert message.count('class="cluster"') == shown.count(", ") // 2


def laid(*statements: Statement) -> list[str]:
    """How statements are laid out: the kind of each part, and the first character of every sentence of its lines."""
    return [" ".join([part.kind, *("".join(s.text[0] for s in line) for line in part.lines)])
            for part in parts_of(statements)]  # fmt: skip


def test_several_sentences_stand_in_paragraphs_or_points_the_fact_first() -> None:
    fact, more, still = (Statement(f"{text}。", (1,)) for text in "甲乙丙")
    lead = Statement("五種：", (1,))
    points = [replace(one, new_line=True) for one in (fact, more)]
    row = Statement("丁", (1,), row=(("", "丁"),))
    assert laid(fact, more) == ["paragraph 甲乙"]
    assert laid(fact, more, still) == ["paragraph 甲", "paragraph 乙丙"]
    assert laid(lead, more, still) == ["paragraph 五", "points 乙 丙"]
    assert laid(lead, *points) == ["paragraph 五", "points 甲 乙"]
    assert laid(points[0]) == ["paragraph 甲"]
    assert laid(points[0], still, points[1]) == ["paragraph 甲丙", "paragraph 乙"]
    assert laid(fact, row, row, points[1]) == ["paragraph 甲", "table 丁 丁", "paragraph 乙"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("verdict", Verdict)
def test_each_verdict_is_named_and_each_sentence_has_its_chip(language: Language, verdict: Verdict) -> None:
    said = (
        Statement("甲句。", (1,)), Statement("乙句。", (1,), Disagreement.NUMBER), Statement("好的。", ()),
        Statement("共兩句。", (1,), worked_out=True),
    )  # fmt: skip
    source = cited(document("甲句。乙句。"), "甲句。")
    shown = html.unescape(answer_html(replace(answered(source, "", verdict), statements=said), 1, language))
    assert f'<p class="verdict {verdict}" lang="{language}">{say(f"verdict.{verdict}", language)}</p>' in shown
    told = say("chat.unsupported_title", language, reason=say("disagreement.number", language))
    assert f'<span class="doubt" role="note" tabindex="0" title="{told}">' in shown
    titles = re.findall('<span class="checked"[^>]*title="(.*?)"', shown)
    assert titles == [say("chat.checked", language), say("chat.worked_out", language)]


def test_a_conversation_remembers_answers_but_not_notices(session: Session) -> None:
    first = list(converse(session, Conversation(), "開封之後多久要喝完？"))
    assert [message["role"] for message in first[0].messages("zh-Hant")] == ["user"]
    assert first[0].said == []
    assert [question for question, _ in first[-1].said] == ["開封之後多久要喝完？"]
    *_, second = converse(session, first[-1], "長" * 2_001)
    assert len(second.messages("zh-Hant")) == 4
    assert "上限是 2000 個字" in html.unescape(second.messages("zh-Hant")[-1]["content"])
    assert second.said == first[-1].said
    assert list(converse(session, second, " \n")) == []


def test_any_failure_is_a_notice_and_is_logged(
    session: Session, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> Answer:
        raise RuntimeError("/secret/path")

    monkeypatch.setattr(Library, "ask_steps", fail)
    *_, last = converse(session, Conversation(), "問")
    shown = last.messages("zh-Hant")[-1]["content"]
    assert html.unescape(shown).count(say("chat.broken", "zh-Hant")) == 1
    assert 'class="retry"' in shown
    assert "secret" not in shown
    assert "/secret/path" in caplog.text


# The source panel


def test_the_mark_is_the_documents_own_characters(library: Library, client: TestClient) -> None:
    tea = library.document("茶葉.txt")
    assert tea
    start = tea.text.index("密封")
    place: dict[str, str | int] = {"document": tea.name, "start": start, "end": start + 13, "version": tea.sha256[:12]}
    response = client.get("/source", params=place)
    assert response.status_code == 200
    shown = html.unescape(response.text)
    assert ">密封的茶葉可以放十八個月。</mark>開封之後" in shown
    assert '<span class="headings">一、茶葉放多久會變味？</span>' in shown


@pytest.mark.parametrize(
    ("place", "status"),
    [
        ("document=沒有.txt&start=0&end=1", 404),
        ("document=../../etc/passwd&start=0&end=1", 404),
        ("document=茶葉.txt&start=x&end=1", 422),
        ("document=茶葉.txt&start=0", 400),
        ("message=沒有&marker=1", 404),
        ("message=沒有&marker=x", 422),
        ("document=茶葉.txt&start=5&end=5", 400),
        ("document=茶葉.txt&start=-1&end=5", 400),
        ("document=茶葉.txt&start=0&end=99999", 400),
        ("document=茶葉.txt&start=0&end=5&version=000000000000", 409),
        ("document=茶葉.txt&start=99999999999999999999999&end=5", 400),
    ],
)
def test_a_place_that_is_not_there_is_refused(client: TestClient, place: str, status: int) -> None:
    response = client.get(f"/source?{place}")
    assert response.status_code == status
    assert "<mark" not in response.text


def test_a_kept_citation_opens_whatever_became_of_its_document(library: Library, client: TestClient) -> None:
    tea = library.document("茶葉.txt")
    assert tea
    now = replace(cited(tea, "密封的茶葉可以放十八個月。"), sha256=tea.sha256)
    citations = (
        now, replace(now, marker=2, document="沒有.txt", sha256="0" * 64),
        replace(now, marker=3, sha256="old", start=0, end=13),
        replace(now, marker=4, sha256="old", quote="茶葉可以放二十個月。<b>", page=7),
    )  # fmt: skip
    answer = Answer("問", (), citations, Verdict.NOTHING, 0.1, "extractive", 0.01)
    message = Conversations(library.index / "conversations.sqlite").keep("", "chat", answer)
    for marker, notice in (
        (1, ""),
        (2, say("source.deleted", "zh-Hant")),
        (3, say("source.moved", "zh-Hant")),
        (4, say("source.edited", "zh-Hant")),
    ):
        response = client.get("/source", params={"message": message, "marker": marker})
        assert response.status_code == 200
        shown = html.unescape(response.text)
        assert f">{citations[marker - 1].quote}</mark>" in shown
        assert notice in shown
        assert shown.count('class="notice"') == bool(notice)
    assert "<b>" not in response.text
    assert "第 7 頁" in shown
    assert client.get("/source", params={"message": message, "marker": 5}).status_code == 404


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("甲乙丙", (1, 2), (0, 3)),
        ("\n\n甲\n\n", (2, 3), (2, 3)),
        ("字" * 3_000, (1_500, 1_510), (1_500 - AROUND, 1_510 + AROUND)),
        (("字" * 99 + "\n") * 30, (1_500, 1_510), (900, 2_199)),
        ("字" * (AROUND + LINE), (AROUND + LINE - 1, AROUND + LINE), (0, AROUND + LINE)),
    ],
)
def test_surroundings_end_at_line_ends(text: str, span: tuple[int, int], expected: tuple[int, int]) -> None:
    assert surroundings(text, span) == expected


# Headers, doors and health


@pytest.mark.parametrize(
    "path", ["/", "/health", "/source?document=x&start=0&end=1", "/nowhere", "/ui/page.js", "/config"]
)
def test_every_response_carries_the_headers(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert {name: response.headers[name] for name in HEADERS} == HEADERS
    policy = response.headers["content-security-policy"]
    assert "default-src 'self'; script-src 'self' 'nonce-" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy.replace("style-src 'self' 'unsafe-inline'", "")
    assert ("set-cookie" in response.headers) == (path == "/")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://127.0.0.1:1"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"origin": "http://127.0.0.1:7860"}, 422),
        ({}, 422),
    ],
)
def test_a_foreign_post_is_refused(client: TestClient, headers: dict[str, str], status: int) -> None:
    assert client.post("/gradio_api/queue/join", headers=headers).status_code == status


@pytest.mark.parametrize(
    "path",
    ["upload", "file=https://evil.example", "file=/etc/passwd", "proxy=https://a.example", "info", "call/ask", "runs"],
)
def test_gradios_other_doors_are_shut(client: TestClient, path: str) -> None:
    for method in ("GET", "POST"):
        assert client.request(method, f"/gradio_api/{path}", follow_redirects=False).status_code == 404


def test_health_tells_the_generation(client: TestClient, library: Library) -> None:
    assert client.get("/health").json() == {"status": "ok"}


def test_the_page_has_nothing_from_elsewhere_and_no_public_listeners(client: TestClient) -> None:
    listeners = client.get("/config").json()["dependencies"]
    assert listeners
    assert {listener["api_visibility"] for listener in listeners} == {"private"}
    page = client.get("/").text
    assert "fonts.googleapis" not in page
    assert "cdnjs" not in page


def test_only_the_pages_own_inline_scripts_may_run_and_never_by_an_old_permit(client: TestClient) -> None:
    pages = [client.get("/") for _ in range(2)]
    permits = [page.headers["content-security-policy"].split("'nonce-")[1].split("'")[0] for page in pages]
    assert permits[0] != permits[1]
    for page, permit in zip(pages, permits, strict=True):
        assert page.text.count("<script") == page.text.count(f"<script nonce={permit}") > 0


def test_a_taken_port_is_told_with_the_next_command() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=f"127.0.0.1:{port}.*make chat PORT={port + 1}"):
            bind("127.0.0.1", port)


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 70_000), ("203.0.113.1", 0), ("沒有.invalid", 0)])
def test_an_address_that_cannot_be_used_is_told(host: str, port: int) -> None:
    with pytest.raises(SettingsError, match="make chat PORT="):
        bind(host, port)


# The frame, the examples, the words


def test_examples_come_from_headings(library: Library) -> None:
    assert [(example.question, example.rank) for example in questions_of(library, "茶葉.txt")] == [
        ("茶葉放多久會變味？", 0), ("怎樣存放？", 1),
    ]  # fmt: skip
    assert example_questions(library, "zh-Hant") == ["茶葉放多久會變味？"]
    assert example_questions(library, "zh-Hans") == ["茶叶放多久会变味？"]


def test_nothing_is_asked_of_a_document_without_headings_or_that_is_not_there(library: Library) -> None:
    assert questions_of(library, "<img src=x onerror=alert(1)>.txt") == ()
    assert questions_of(library, "沒有.txt") == ()


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"YINJU_PORT": "甲"}, "YINJU_PORT='甲' 不能用，應為：1 到 65535 的整數"),
        ({"YINJU_LANGUAGE": "fr"}, "YINJU_LANGUAGE='fr' 不能用，應為：zh-Hant, zh-Hans, en 之一"),
        ({"YINJU_CORPUS": "no/such/folder"}, "no/such/folder"),
        ({"YINJU_HOST": "0.0.0.0"}, "YINJU_HOST='0.0.0.0' 不是本機"),
        ({"YINJU_HOSTS": "*", "YINJU_LANGUAGE": "en"}, "YINJU_HOSTS has '*'"),
    ],
)
def test_app_tells_what_is_wrong_in_one_line(settings: dict[str, str], message: str, tmp_path: Path) -> None:
    root = Path(__file__).parents[1]
    environment = os.environ | {"YINJU_INDEX": str(tmp_path / "index")} | settings
    ended = subprocess.run([sys.executable, "app.py"], cwd=root, env=environment, capture_output=True, timeout=60)
    assert ended.returncode == 1
    assert message in ended.stderr.decode()
    assert len(ended.stderr.decode().splitlines()) == 1
