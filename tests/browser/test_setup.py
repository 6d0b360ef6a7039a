"""The settings as somebody changes them: a model server found, tried and used, strictness, space, and the hint."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.answering.scripted_server import scripted_server, spoken
from tests.answering.serving import serving
from tests.answering.test_llama_cpp import ASKED, DOCUMENTS, SERVER, SPEAKERS, write_speaker
from tests.browser.reader import Visit, Visitor, findings_in_both, hosting, overflow
from tests.browser.test_hostile import PAYLOADS, nothing_lives

from yinju import build_index
from yinju.configuration import page_file
from yinju.messages import say
from yinju.protocols import Encoder
from yinju.settings import load_settings

pytestmark = pytest.mark.browser
KEY = "sk-canary-18b2f7c0"


@pytest.fixture
def index(tmp_path: Path, real_encoder: Encoder) -> Path:
    (tmp_path / "corpus").mkdir()
    for name, text in DOCUMENTS.items():
        (tmp_path / "corpus" / name).write_text(text, "utf-8")
    build_index(tmp_path / "corpus", tmp_path / "index", encoder=real_encoder)
    return tmp_path / "index"


@pytest.fixture
def address(index: Path, real_encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A page over the index; what finds passages was chosen there."""
    monkeypatch.delenv("YINJU_ENCODER")
    page_file(index).write_text('{"encoder": "yinju"}')
    with hosting(index, real_encoder, load_settings(index)) as served:
        yield served


@pytest.fixture(scope="module")
def model_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real llama.cpp server, its model made on the spot."""
    folder = tmp_path_factory.mktemp("speaker")
    write_speaker(folder / "speaker.gguf", *SPEAKERS["orderly"])
    with serving(SERVER, [str(folder / "speaker.gguf")], {}, folder / "log") as served:
        yield served.base_url


def usual(monkeypatch: pytest.MonkeyPatch, base_url: str) -> None:
    """Have a server's port be the usual one of its program."""
    port = int(base_url.split(":")[2].split("/")[0])
    monkeypatch.setattr("yinju.answering.llm.trial.USUAL", (("llama.cpp", port),))


def settled(reader: Visit) -> None:
    """Wait until the settings are drawn."""
    reader.page.wait_for_selector("#view-setup:not([hidden]):not([aria-busy]) .strictness .at:not(:empty)")


def test_a_model_server_is_found_tried_and_used(
    visit: Visitor, address: str, model_server: str, monkeypatch: pytest.MonkeyPatch, index: Path
) -> None:
    usual(monkeypatch, model_server)
    reader = visit(address)
    page = reader.page
    page.click("#top .settings summary")
    reader.picture("setup-menu")
    page.click("#top .settings .setup")
    settled(reader)
    assert not page.locator("#top .settings").get_attribute("open")
    reader.picture("setup-desktop")
    page.click("#view-setup .find")
    page.locator("#view-setup .servers .use").click()
    assert page.input_value("#view-setup [name=address]") == model_server
    page.click("#view-setup .try")
    page.locator("#view-setup .came .worked").wait_for()
    assert "綠茶的水溫約八十度" in page.inner_text("#view-setup .came blockquote")
    reader.picture("setup-tried")
    page.fill("#view-setup [name=key]", KEY)
    page.click("#view-setup .save")
    page.locator("#view-setup .off").wait_for()
    assert page.inner_text("#top .model") and KEY not in page.content()
    reader.picture("setup-in-use")
    page.click("#top .view-link.chat")
    reader.say(ASKED)
    reader.finished()
    assert "綠茶的水溫約八十度。" in reader.answer.inner_text()
    assert page.input_value("#view-setup [name=encoder]") == "yinju"
    assert page_file(index).stat().st_mode & 0o777 == 0o600
    page.goto(f"{address}/?view=setup")
    settled(reader)
    page.click("#view-setup .off")
    page.locator("#view-setup .off").wait_for(state="detached")
    assert not page.locator("#top .model").is_visible()


def test_a_server_that_is_not_there_is_told(visit: Visitor, address: str) -> None:
    reader = visit(f"{address}/?view=setup", language="en")
    settled(reader)
    reader.page.fill("#view-setup [name=address]", "http://127.0.0.1:9/v1")
    reader.page.focus("#view-setup .try")
    reader.page.keyboard.press("Enter")
    reader.page.locator("#view-setup .came .notice").wait_for()
    assert say("setup.step.open", "en") in reader.page.inner_text("#view-setup .came")
    assert reader.page.evaluate("document.activeElement.className") == "try"
    reader.picture("setup-unreachable")


def test_strictness_is_chosen_by_name_and_by_slider(visit: Visitor, address: str) -> None:
    reader = visit(f"{address}/?view=setup")
    settled(reader)
    page = reader.page
    before = page.inner_text("#view-setup .at")
    page.click("#view-setup .point >> nth=2")
    page.locator('#view-setup .point[aria-pressed="true"][data-value="0.7"]').wait_for()
    assert page.inner_text("#view-setup .at") != before
    assert page.evaluate("document.activeElement.dataset.value") == "0.7"
    page.focus("#view-setup [type=range]")
    with page.expect_response(lambda response: "/view/setup" in response.url):
        page.keyboard.press("ArrowLeft")
    page.locator('#view-setup [type=range][value="0.69"]').wait_for()
    assert page.evaluate("document.activeElement.name") == "refuse_below"
    page.reload()
    settled(reader)
    assert page.input_value("#view-setup [type=range]") == "0.69"
    page.click("#view-setup .forget")
    page.locator('#view-setup [type=range][value="0.5"]').wait_for()


def test_deleted_files_are_emptied_once_that_is_confirmed(visit: Visitor, address: str, index: Path) -> None:
    kept = index / "deleted" / f"20260101T000000Z-{'a' * 12}-茶.txt"
    kept.parent.mkdir()
    kept.write_bytes(b"x" * 900)
    reader = visit(f"{address}/?view=setup")
    settled(reader)
    page = reader.page
    page.click("#view-setup .empty")
    reader.picture("setup-empty")
    page.keyboard.press("Escape")
    assert kept.exists() and page.evaluate("document.activeElement.className") == "empty"
    page.click("#view-setup .empty")
    page.click("#empty-deleted .yes")
    page.locator("#view-setup .empty:disabled").wait_for()
    assert not kept.exists()
    assert "900 B" in page.inner_text("#toast")


def test_the_hint_is_dismissed_once_and_for_all(visit: Visitor, address: str) -> None:
    reader = visit(address)
    hint = reader.page.locator("#top .without-model")
    hint.wait_for()
    reader.picture("hint-desktop")
    assert findings_in_both(reader) == []
    hint.locator("a").click()
    settled(reader)
    assert not hint.is_visible()
    reader.page.click("#top .view-link.chat")
    hint.locator("button").click()
    assert not hint.is_visible()
    reader.page.reload()
    reader.ready()
    assert not hint.is_visible()


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_the_settings_have_no_serious_finding(
    visit: Visitor, address: str, monkeypatch: pytest.MonkeyPatch, width: int, height: int
) -> None:
    with scripted_server(script=spoken(lambda _: ["好。"])) as server:
        server.models[:] = ["qwen3:8b", "gemma3:4b", "長" * 70]
        usual(monkeypatch, server.base_url)
        reader = visit(f"{address}/?view=setup", width, height)
        settled(reader)
        reader.page.click("#view-setup .find")
        reader.page.locator("#view-setup .use").first.click()
        reader.page.click("#view-setup .try")
        reader.page.locator("#view-setup .worked").wait_for()
        assert findings_in_both(reader) == []
        assert overflow(reader.page) <= 0
        wider = "e => [...e.querySelectorAll('*')].filter(one => one.getBoundingClientRect().right > innerWidth).length"
        assert reader.page.eval_on_selector("#view-setup", wider) == 0
        reader.picture(f"setup-{width}")
        reader.page.locator("#view-setup .empty").scroll_into_view_if_needed()
        reader.picture(f"setup-{width}-end")


def test_a_phone_shows_the_hint(visit: Visitor, address: str) -> None:
    reader = visit(address, 390, 844)
    reader.page.locator("#top .without-model").wait_for()
    assert overflow(reader.page) <= 0
    reader.picture("hint-phone")


def test_nothing_that_a_server_says_runs(visit: Visitor, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with scripted_server(script=spoken(lambda _: ["".join(PAYLOADS)[:150]])) as server:
        server.models[:] = PAYLOADS
        usual(monkeypatch, server.base_url)
        reader = visit(f"{address}/?view=setup")
        settled(reader)
        reader.page.click("#view-setup .find")
        reader.page.locator("#view-setup .servers .use").nth(4).click()
        reader.page.click("#view-setup .try")
        reader.page.locator("#view-setup .worked").wait_for()
        reader.page.click("#view-setup .save")
        reader.page.locator("#view-setup .off").wait_for()
        reader.page.click("#view-setup .list")
        reader.page.locator("#view-setup .came .use").first.wait_for()
        nothing_lives(reader, "setup")
