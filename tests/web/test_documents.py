"""The view of the documents: its table and reports, and the requests that change them."""

import asyncio
import html
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from yinju import open_library
from yinju.ingest.changes import Stage
from yinju.ingest.files import ENCODINGS as FILE
from yinju.library import Library, build_index
from yinju.messages import LANGUAGES, Language, say
from yinju.protocols import Encoder
from yinju.settings import Settings
from yinju.suggestions.examples import COUNT
from yinju.suggestions.guide import guide_questions
from yinju.types import FileOutcome, FileState, Scope, Verdict
from yinju.web import create_app
from yinju.web.documents.shown import size_text
from yinju.web.documents.table import Listing
from yinju.web.documents.view import ROWS, files_html
from yinju.web.links import place_href
from yinju.web.messages import answer_html

ROOT = Path(__file__).parents[2]
SETTINGS = Settings(file_megabytes=1, language="zh-Hant")


@pytest.fixture
def index(corpus: Path, tmp_path: Path, encoder: Encoder) -> Path:
    (corpus / "壞.pdf").write_bytes(b"%PDF-1.7 broken")
    (corpus / "<b>&\u202e\n.txt").write_text("車和人。", "utf-8")
    build_index(corpus, tmp_path / "index", encoder=encoder)
    return tmp_path / "index"


def client_of(library: Library, settings: Settings) -> TestClient:
    async def create() -> FastAPI:
        return create_app(library, settings)

    return TestClient(asyncio.run(create()), base_url="http://127.0.0.1:7860", raise_server_exceptions=False)


@pytest.fixture
def library(index: Path, encoder: Encoder) -> Iterator[Library]:
    with open_library(index, encoder=encoder, settings=SETTINGS) as opened:
        yield opened


@pytest.fixture
def client(library: Library) -> Iterator[TestClient]:
    with client_of(library, SETTINGS) as opened:
        yield opened


@pytest.fixture
def done(library: Library) -> Callable[[Any], str]:
    """Waits until the change that a response names has ended; its stage."""

    def wait(response: Any) -> str:  # noqa: ANN401 - a response of any client
        assert response.status_code == 202, response.text
        (change,) = [c for c in library.editor().changes() if c.id == response.json()["change"]]
        return library.editor().wait(change, 30).stage

    return wait


def shown(client: TestClient, address: str, **query: str | int) -> str:
    """What a route shows, as characters."""
    response = client.get(address, params=query)
    assert response.status_code == 200
    return html.unescape(response.text)


def rows(client: TestClient, **query: str | int) -> list[str]:
    """The names of the files in the table."""
    found = client.get("/documents/files", params=query).text.split('<tr data-name="')[1:]
    return [part.partition('"')[0] for part in found]


def test_the_table_tells_all_of_every_file(client: TestClient, library: Library) -> None:
    page = shown(client, "/view/documents")
    for told in (
        "高山茶",
        "茶/高山茶.md",
        "Markdown",
        "utf-8",
        say("documents.indexed", "zh-Hant"),
        say("documents.failed", "zh-Hant"),
        "PDF 已損壞",
        say("documents.upload", "zh-Hant"),
    ):
        assert told in page
    assert say("documents.totals", "zh-Hant", documents=4, passages=library.passage_count, size="") in page.replace(
        size_text(sum(o.size for o in library.outcomes() if o.passages)), ""
    )
    assert say("documents.left_out", "zh-Hant", number=1) in page
    added = library.outcome("猫狗.txt")
    assert added and f'data-seconds="{added.added:.0f}"' in page
    assert "<b>" not in client.get("/view/documents").text


def test_it_is_sorted_filtered_and_shown_a_page_at_a_time(client: TestClient) -> None:
    by_name = rows(client)
    assert len(by_name) == 5
    assert rows(client, sort="name", down=1) == by_name[::-1]
    assert rows(client, sort="state", down=1)[0] == "%E5%A3%9E.pdf"
    assert len(rows(client, q="高山 md")) == 1
    assert rows(client, sort="nothing", page=99) == by_name
    assert say("documents.nothing", "zh-Hant") in shown(client, "/documents/files", q="沒有這個")
    page = client.get("/documents/files", params={"sort": "size", "down": 1}).text
    assert page.count("aria-sort") == 1 and 'class="size" aria-sort="descending"' in page


def test_thousands_of_files_are_shown_in_pages() -> None:
    many = [FileOutcome(f"{n:04}.txt", FileState.INDEXED, passages=1, size=n) for n in range(2 * ROWS + 1)]
    first, last = (files_html(many, Listing(page=page), {}, True, "zh-Hant") for page in (1, 3))
    assert (first.count("<tr data-name"), last.count("<tr data-name")) == (ROWS, 1)
    assert 'rel="next"' in first and 'rel="prev"' not in first
    assert 'rel="prev"' in last and 'rel="next"' not in last
    assert html.unescape(last).count(say("documents.between", "zh-Hant", first=201, last=201, total=201)) == 1


def test_an_address_says_what_is_listed() -> None:
    assert Listing().href == "?view=documents"
    assert Listing("茶 a", "size", True, 2).href == "?view=documents&q=%E8%8C%B6+a&sort=size&down=1&page=2"
    assert Listing(sort="size").sorted_by("size").down
    assert not Listing(sort="size", down=True).sorted_by("size").down


def test_sizes_have_the_unit_that_suits_them() -> None:
    assert [size_text(n) for n in (0, 999, 1_000, 12_345, 999_999, 5_000_000_000)] == [
        "0 B", "999 B", "1.0 KB", "12.3 KB", "1000 KB", "5.0 GB",
    ]  # fmt: skip


def test_a_report_tells_all_and_its_passages_open(client: TestClient, library: Library) -> None:
    page = shown(client, "/view/documents", document="茶/高山茶.md")
    document = library.document("茶/高山茶.md")
    assert document
    for told in (
        document.sha256,
        "沖泡",
        "泡茶的水約九十五度。",
        "utf-8",
        say("documents.download", "zh-Hant"),
        say("documents.preview", "zh-Hant"),
    ):
        assert told in page
    assert page.partition('<ol class="preview"')[2].count('class="cite"') == 2
    assert page.partition('<details class="outline"')[2].partition("</details>")[0].count('class="cite"') == 1
    assert say("documents.in_zh_Hant", "zh-Hant") in page
    assert f"version={document.sha256[:12]}" in page
    failed = shown(client, "/view/documents", document="壞.pdf")
    assert "PDF 已損壞" in failed and say("documents.preview", "zh-Hant") not in failed
    assert say("documents.unknown", "zh-Hant") in shown(client, "/view/documents", document="../沒有")


def test_a_report_begins_with_the_document_s_guide(client: TestClient, library: Library) -> None:
    answer = client.get("/view/documents", params={"document": "茶/高山茶.md"}).text
    guide, _, facts = answer.partition('<dl class="facts"')
    assert "高山茶種在海拔一千公尺以上的山坡。" in html.unescape(guide)
    assert "SHA-256" in facts and "SHA-256" not in guide
    assert guide.index('class="points"') < guide.index('class="questions"') < guide.index('class="outline"')
    for asked in guide_questions(library, "茶/高山茶.md"):
        assert asked.question in html.unescape(guide)
        document = library.document("茶/高山茶.md")
        assert document and html.escape(place_href(document.name, asked.start, asked.end, document.sha256)) in (
            html.escape(html.unescape(guide))
        )
    assert 'class="guide"' not in client.get("/view/documents", params={"document": "壞.pdf"}).text


def test_what_a_guide_shows_of_a_document_is_nothing_but_characters(
    corpus: Path, tmp_path: Path, encoder: Encoder
) -> None:
    payload = '<img src=x onerror=alert(1)>" onfocus=alert(1)'
    sentences = f"猫住在{payload}的山裡，一天睡十四個小時。", f"狗每天要散步兩次{payload}。"
    text = f"# {payload}\n\n{sentences[0]}\n\n## {payload}甲\n\n{sentences[1]}\n\n## <script>乙\n\n茶。\n"
    (corpus / "a.txt").write_text("茶。", "utf-8")
    (corpus / "惡.md").write_text(text, "utf-8")
    build_index(corpus, tmp_path / "hostile", encoder=encoder)
    with (
        open_library(tmp_path / "hostile", encoder=encoder, settings=SETTINGS) as library,
        client_of(library, SETTINGS) as client,
    ):
        shown = client.get("/view/documents", params={"document": "惡.md"}).text
        assert 'class="points"' in shown and 'class="questions"' in shown and 'class="outline"' in shown
        assert not any(mark in shown for mark in ("<img", "<script", "onerror=", "onfocus="))
        answer = library.ask("這份文件在講什麼", scope=Scope(frozenset({"惡.md"})))
        said = answer_html(answer, 1, "zh-Hant")
        assert 'class="guide"' in said and "<img" not in said and "<script" not in said


def test_every_question_of_a_guide_is_answered_by_its_document(tmp_path: Path, real_encoder: Encoder) -> None:
    build_index(ROOT / "corpus", tmp_path / "sample", encoder=real_encoder)
    with open_library(tmp_path / "sample", encoder=real_encoder, settings=SETTINGS) as library:
        asked = {outcome.name: guide_questions(library, outcome.name) for outcome in library.outcomes()}
        assert {len(questions) for questions in asked.values()} <= {COUNT - 1, COUNT}
        wrong = [
            one.question
            for name, questions in asked.items()
            for one in questions
            if (answer := library.ask(one.question)).verdict is not Verdict.ANSWERED
            or name not in {citation.document for citation in answer.citations}
        ]
        assert wrong == []


def test_what_was_just_read_can_be_looked_into(client: TestClient, done: Callable[[Any], str]) -> None:
    sent = client.post("/documents/upload", params={"name": "書.txt"}, content="書在車上。".encode())
    assert done(sent) == Stage.DONE
    told = shown(client, "/documents/changes", after=sent.json()["change"] - 1)
    assert say("documents.see", "zh-Hant") in told and "document=%E6%9B%B8.txt" in told
    gone = client.delete("/documents/file", params={"name": "書.txt"})
    assert done(gone) == Stage.DONE
    assert say("documents.see", "zh-Hant") not in shown(client, "/documents/changes", after=gone.json()["change"] - 1)


def test_a_file_is_uploaded_asked_and_deleted(
    client: TestClient, library: Library, corpus: Path, done: Callable[[Any], str]
) -> None:
    sent = client.post("/documents/upload", params={"name": "新/書.txt"}, content="書在車上。".encode("gb18030"))
    assert done(sent) == Stage.DONE
    assert (corpus / "新/書.txt").read_bytes() == "書在車上。".encode("gb18030")
    assert library.ask("書在哪裡？").citations[0].document == "新/書.txt"
    change = sent.json()["change"]
    told = shown(client, "/documents/changes", after=change - 1)
    assert (
        "新/書.txt" in told
        and say("documents.indexed", "zh-Hant") in told
        and 'data-running="0" data-total="1"' in told
    )
    assert 'data-total="0"' in shown(client, "/documents/changes", after=change)
    removed = client.delete("/documents/file", params={"name": "新/書.txt"})
    assert done(removed) == Stage.DONE
    assert "新/書.txt" not in {citation.document for citation in library.ask("書在哪裡？").citations}
    told = client.get("/documents/changes", params={"after": change}).text
    assert say("documents.undo", "zh-Hant") in html.unescape(told)
    kept = unquote(told.partition('data-kept="')[2].partition('"')[0])
    back = client.post("/documents/restore", params={"name": "新/書.txt", "kept": kept})
    assert done(back) == Stage.DONE
    assert library.document("新/書.txt")
    assert say("documents.undo", "zh-Hant") not in shown(client, "/documents/changes", after=change)
    assert done(client.post("/documents/reread", params={"name": "新/書.txt"})) == Stage.DONE


REFUSED = [
    ("post", "/documents/upload", {"name": "../a.txt"}, 400, "指向資料夾之外"),
    ("post", "/documents/upload", {}, 400, "檔名是空的"),
    ("post", "/documents/upload", {"name": ".a"}, 400, "隱藏檔案"),
    ("delete", "/documents/file", {"name": "沒有.txt"}, 404, "沒有這個檔案"),
    ("delete", "/documents/file", {"name": "../index/CURRENT"}, 404, "沒有這個檔案"),
    ("post", "/documents/reread", {"name": "沒有.txt"}, 404, "沒有這個檔案"),
    ("post", "/documents/restore", {"name": "a.txt", "kept": "../CURRENT"}, 404, "無法復原"),
    ("post", "/documents/retry", {"change": "1"}, 404, "沒有這個檔案"),
]


@pytest.mark.parametrize(("method", "address", "query", "status", "part"), REFUSED)
def test_what_cannot_be_done_is_told(
    client: TestClient, method: str, address: str, query: dict[str, str], status: int, part: str
) -> None:
    response = client.request(method, address, params=query)
    assert (response.status_code, part in response.text) == (status, True), response.text
    for language in ("zh-Hans", "en"):
        other = client.request(method, address, params=query, headers={"Cookie": f"yinju_language={language}"})
        assert other.status_code == status and other.text != response.text


def test_a_file_above_the_limit_is_refused_whether_it_says_so_or_not(client: TestClient, corpus: Path) -> None:
    before = sorted(corpus.rglob("*"))

    def pieces() -> Iterator[bytes]:
        for _ in range(8):
            yield bytes(200_000)

    for body in (bytes(1_600_000), pieces()):
        response = client.post("/documents/upload", params={"name": "a.txt"}, content=body)
        assert (response.status_code, "1 MB" in response.text) == (413, True)
    assert sorted(corpus.rglob("*")) == before


def test_a_damaged_file_of_encodings_is_told_and_mended(
    client: TestClient, library: Library, corpus: Path, done: Callable[[Any], str]
) -> None:
    (corpus / FILE).write_text("# mine\nnonsense\n", "utf-8")
    for cookie, part in (("zh-Hant", "第 2 行「nonsense」看不懂"), ("zh-Hans", "看不懂"), ("en", "Line 2")):
        query, headers = {"name": "猫狗.txt", "encoding": "gbk"}, {"Cookie": f"yinju_language={cookie}"}
        refused = client.post("/documents/encoding", params=query, headers=headers)
        assert (refused.status_code, part in refused.text) == (409, True), refused.text
    change = client.post("/documents/upload", params={"name": "新.txt"}, content="書。".encode())
    assert done(change) == Stage.FAILED
    number = change.json()["change"]
    assert "第 2 行「nonsense」看不懂" in shown(client, "/documents/changes", after=number - 1)
    (corpus / FILE).unlink()
    assert done(client.post("/documents/retry", params={"change": number})) == Stage.DONE
    assert library.document("新.txt")


def test_a_foreign_page_changes_nothing(client: TestClient, corpus: Path) -> None:
    before = sorted(corpus.rglob("*"))
    for method, address in (("post", "/documents/upload?name=a.txt"), ("delete", "/documents/file?name=猫狗.txt")):
        for origin in ("https://evil.example", "null"):
            assert client.request(method, address, headers={"Origin": origin}).status_code == 403
    assert sorted(corpus.rglob("*")) == before


def test_read_only_it_hides_and_refuses_what_changes_things(index: Path, corpus: Path, encoder: Encoder) -> None:
    settings = Settings(read_only=True, language="zh-Hant")
    with open_library(index, encoder=encoder, settings=settings) as library, client_of(library, settings) as client:
        before = sorted(corpus.parent.rglob("*"))
        page = client.get("/view/documents").text
        report = client.get("/view/documents", params={"document": "猫狗.txt"}).text
        assert "唯讀" in page
        assert "upload" not in page and 'class="remove"' not in page + report and 'class="reread"' not in page + report
        asked = [
            client.post("/documents/upload", params={"name": "a.txt"}, content=b"x"),
            client.delete("/documents/file", params={"name": "猫狗.txt"}),
            client.post("/documents/reread", params={"name": "猫狗.txt"}),
            client.post("/documents/restore", params={"name": "a", "kept": "b"}),
            client.post("/documents/retry", params={"change": 1}),
        ]
    assert [(response.status_code, "唯讀" in response.text) for response in asked] == [(403, True)] * len(asked)
    assert [
        path
        for path in sorted(corpus.parent.rglob("*"))
        if path not in before and not path.name.startswith("conversations.")
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_and_reason_is_in_the_readers_language(client: TestClient, language: Language) -> None:
    cookie = {"Cookie": f"yinju_language={language}"}
    page = html.unescape(client.get("/view/documents", headers=cookie).text)
    assert say("documents.upload", language) in page and say("documents.failed", language) in page
    assert {"zh-Hant": "PDF 已損壞", "zh-Hans": "PDF 已损坏", "en": "The PDF is damaged"}[language] in page
    hints = {one: say("documents.hint", one, limit=1) for one in LANGUAGES}
    assert [one for one, hint in hints.items() if hint in page] == [language]


def test_an_empty_corpus_is_served_with_a_hint(tmp_path: Path, encoder: Encoder) -> None:
    (tmp_path / "corpus").mkdir()
    build_index(tmp_path / "corpus", tmp_path / "index", encoder=encoder, may_be_empty=True)
    with open_library(tmp_path / "index", encoder=encoder, settings=SETTINGS) as library:
        with client_of(library, SETTINGS) as client:
            assert say("documents.none", "zh-Hant") in shown(client, "/view/documents")
            assert client.get("/").status_code == 200
        assert library.ask("有什麼？").refused
