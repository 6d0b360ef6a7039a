"""What one does with a chat: asks what is suggested or otherwise, copies, judges, and finds it again in the list."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.browser.reader import FRAMES, Visit, Visitor, findings_in_both, hosting, overflow

from yinju import build_index
from yinju.conversations import Conversations
from yinju.messages import say
from yinju.protocols import Encoder
from yinju.settings import Settings

pytestmark = pytest.mark.browser

DOCUMENTS = {
    "貓.md": "# 貓的照顧\n\n## 貓每天睡幾個小時？\n\n貓每天要睡十四個小時。\n\n"
    "## 水碗放哪裡？\n\n水碗離飯碗遠一點，貓才肯喝水。\n\n"
    "## 多久梳一次毛？\n\n長毛貓每天梳一次毛，短毛貓每週梳兩次。\n",
    "狗.txt": "狗每天要散步兩次。狗每天要睡十二個小時。\n",
}
ASKED = "貓每天睡幾個小時？"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Path:
    folder = tmp_path_factory.mktemp("conversation")
    (folder / "corpus").mkdir()
    for name, text in DOCUMENTS.items():
        (folder / "corpus" / name).write_text(text, "utf-8")
    build_index(folder / "corpus", folder / "index", encoder=real_encoder)
    return folder / "index"


@pytest.fixture(scope="module")
def address(index: Path, real_encoder: Encoder) -> Iterator[str]:
    with hosting(index, real_encoder, Settings(refuse_below=0.0)) as served:
        yield served


def questions(reader: Visit) -> list[str]:
    """What was asked in the chat that shows."""
    return reader.page.locator("#chat .question").all_inner_texts()


def test_a_blank_box_asks_nothing(visit: Visitor, address: str) -> None:
    def send() -> None:
        for blank in ("", "  ", "\u3000"):
            for button in (False, True):
                page.fill("#box textarea", blank)
                page.evaluate(FRAMES)
                page.click("#box .submit-button") if button else page.press("#box textarea", "Enter")
                page.evaluate(FRAMES)
                assert page.input_value("#box textarea") == blank
        page.wait_for_timeout(300)  # nothing that could be waited for may come of it
        assert asked == []

    def rows() -> list[str]:
        return page.locator("#chat .message-row").all_inner_texts()

    reader = visit(address)
    page, asked = reader.page, list[str]()
    page.on("request", lambda request: asked.extend([request.url] * ("/queue/join" in request.url)))
    welcome = page.get_by_text(say("chat.welcome", "zh-Hant"))
    welcome.wait_for()
    asked.clear()  # of the page itself
    send()
    assert welcome.is_visible()
    reader.ask(ASKED, 1)
    reader.finished()
    before = rows()
    asked.clear()
    send()
    assert rows() == before
    page.reload()
    reader.ready()
    page.wait_for_selector('a.cite[href^="#src-1-1?message="]')
    asked.clear()
    send()
    assert rows() == before
    reader.ask("水碗放哪裡？", 2)
    assert questions(reader) == [ASKED, "水碗放哪裡？"]


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_what_is_suggested_is_asked_by_a_click(visit: Visitor, address: str, width: int, height: int) -> None:
    reader = visit(address, width, height)
    reader.ask(ASKED, 1)
    reader.answer.locator(".suggestion").first.wait_for()
    suggested = reader.answer.locator(".suggestion").all_inner_texts()
    assert ASKED not in suggested
    assert "水碗放哪裡？" in suggested
    reader.picture(f"conversation-{width}")
    reader.answer.get_by_text("水碗放哪裡？").click()
    reader.page.wait_for_selector('a.cite[href^="#src-2-1?"]')
    assert questions(reader) == [ASKED, "水碗放哪裡？"]
    assert reader.page.locator("#chat .next").count() <= 1
    assert overflow(reader.page) <= 0


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_a_question_asked_otherwise_leaves_the_old_branch_to_switch_back_to(
    visit: Visitor, address: str, width: int, height: int
) -> None:
    reader = visit(address, width, height)
    page = reader.page
    reader.ask(ASKED, 1)
    reader.ask("狗每天散步幾次？", 2)
    reader.finished()
    reader.answer.locator("a.down").click()
    page.fill("dialog#reason textarea", "太短了")
    page.click("dialog#reason .yes")
    page.wait_for_selector('#chat a.down[aria-pressed="true"]')
    before = page.locator("#chat .message-row").all_inner_texts()
    page.click("#chat a.edit >> nth=1")
    assert not page.locator("#edit-note").is_visible()  # nothing follows
    page.keyboard.press("Escape")
    page.click("#chat a.edit >> nth=0")
    field = page.locator("dialog#edit textarea")
    assert field.input_value() == ASKED
    assert page.locator("#edit-note").inner_text() == say("dialogs.edit_note", "zh-Hant")
    reader.picture(f"edit-{width}")
    page.keyboard.press("Escape")
    field.wait_for(state="hidden")
    assert questions(reader) == [ASKED, "狗每天散步幾次？"]
    page.click("#chat a.edit >> nth=0")
    field.fill("長毛貓多久梳一次毛？")
    page.click("dialog#edit .yes")
    page.locator("#chat .question", has_text="長毛貓").wait_for()
    reader.finished()
    assert questions(reader) == ["長毛貓多久梳一次毛？"]
    assert "梳" in reader.open(1)
    if width < 860:
        page.click("#source .close")
    switch = page.locator("#chat .user .versions")
    assert switch.inner_text().split() == ["2/2"]
    reader.picture(f"branches-{width}")
    assert findings_in_both(reader) == []
    page.get_by_role("button", name=say("chat.earlier_question", "zh-Hant")).press("Enter")
    page.locator("#chat .question").nth(1).wait_for()
    assert questions(reader) == [ASKED, "狗每天散步幾次？"]
    assert switch.inner_text().split() == ["1/2"]
    assert page.locator('#chat a.down[aria-pressed="true"]').count() == 1
    reader.picture(f"branches-back-{width}")
    page.wait_for_function("() => document.activeElement.matches('a.earlier')")  # the keyboard stays where it was
    page.reload()
    reader.ready()
    page.wait_for_selector('#chat a.down[aria-pressed="true"]')
    switch.evaluate("one => one.remove()")
    assert len(page.locator("#chat .message-row").all_inner_texts()) == len(before)
    assert questions(reader) == [ASKED, "狗每天散步幾次？"]
    assert overflow(page) <= 0


def test_the_last_answer_can_be_given_anew_and_the_earlier_one_seen_again(visit: Visitor, address: str) -> None:
    reader = visit(address)
    page = reader.page
    reader.ask(ASKED, 1)
    reader.finished()
    before = reader.answer.locator("a.cite").first.get_attribute("href")
    page.click("#chat a.again")
    page.wait_for_function("old => document.querySelector('#chat a.cite')?.getAttribute('href') !== old", arg=before)
    reader.finished()
    assert questions(reader) == [ASKED]
    assert page.locator("#chat .user .versions").count() == 0
    assert page.locator("#chat .bot .versions").inner_text().split() == ["2/2"]
    reader.picture("answers")
    page.get_by_role("button", name=say("chat.later_answer", "zh-Hant")).click()
    page.wait_for_selector(f"#chat a.cite[href='{before}']")
    assert page.locator("#chat .bot .versions").inner_text().split() == ["1/2"]


def test_an_answer_is_copied_with_its_sources(visit: Visitor, address: str) -> None:
    reader = visit(address)
    reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.ask(ASKED, 1)
    reader.finished()
    reader.answer.locator("a.copy").press("Enter")
    reader.page.locator("#toast.shown", has_text=say("chat.copied", "zh-Hant")).wait_for()
    copied = reader.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("貓每天要睡十四個小時。[1]\n\n出處：\n\n[1] 貓的照顧 › ")
    assert "（貓.md）：「貓每天要睡十四個小時。」" in copied


def test_an_answer_is_judged_and_the_judgement_lasts(visit: Visitor, address: str, index: Path) -> None:
    reader = visit(address)
    reader.ask(ASKED, 1)
    reader.finished()
    reader.answer.locator("a.down").click()
    reader.page.fill("dialog#reason textarea", "太短了")
    reader.page.click("dialog#reason .yes")
    reader.page.wait_for_selector('#chat a.down[aria-pressed="true"]')
    reader.ask("狗每天散步幾次？", 2)  # the chat is drawn anew
    reader.page.wait_for_selector('#chat a.down[aria-pressed="true"]')
    reader.finished()
    reader.page.reload()
    reader.ready()
    reader.page.wait_for_selector('#chat a.down[aria-pressed="true"]')
    assert reader.page.locator('#chat a[aria-pressed="true"]').count() == 1
    visitor = next(c["value"] for c in reader.page.context.cookies() if c["name"] == "yinju_visitor")
    reasons = Conversations(index / "conversations.sqlite").statistics(visitor).reasons
    assert [(question, helpful, reason) for question, helpful, reason, _ in reasons] == [(ASKED, False, "太短了")]


def test_chats_are_found_again_renamed_exported_and_deleted(visit: Visitor, address: str) -> None:
    reader = visit(address)
    page = reader.page
    reader.ask(ASKED, 1)
    page.click("#top .new")
    page.locator("#chat .question").wait_for(state="detached")
    reader.ask("狗每天散步幾次？", 1)
    page.click("#top button.history")
    page.locator("#history li").nth(1).wait_for()
    assert page.locator("#history .title").all_inner_texts() == ["狗每天散步幾次？", ASKED]
    reader.picture("history")
    page.fill("#history input", "猫")
    page.locator("#history li").nth(1).wait_for(state="detached")
    page.click("#history a.open")
    page.locator("#chat .question", has_text=ASKED).wait_for()
    assert questions(reader) == [ASKED]
    assert reader.open(1) == "貓每天要睡十四個小時。"
    page.go_back()
    page.locator("#chat .question", has_text="狗每天散步幾次？").wait_for()
    page.click("#top button.history")
    page.click("#history li:has-text('狗') .more")
    page.click("#history li:has-text('狗') .rename")
    page.fill("dialog#rename input", "遛狗")
    page.keyboard.press("Enter")
    page.locator("#history .title", has_text="遛狗").wait_for()
    page.click("#history li:has-text('遛狗') .more")
    with page.expect_download() as download:
        page.click("#history li:has-text('遛狗') a[href$='.json']")
    assert download.value.suggested_filename == "遛狗.json"
    assert json.loads(download.value.path().read_text("utf-8"))["title"] == "遛狗"
    page.click("#history li:has-text('遛狗') .more")
    page.click("#history li:has-text('遛狗') .delete")
    page.click("dialog#delete .yes")
    page.locator("#history .title", has_text="遛狗").wait_for(state="detached")
    page.locator("#chat .question").wait_for(state="detached")
    assert "chat=" not in page.url


def test_visitors_do_not_see_each_others_chats(visit: Visitor, address: str) -> None:
    reader, other = visit(address), visit(address)
    reader.ask(ASKED, 1)
    other.page.click("#top button.history")
    other.page.get_by_text(say("history.none", "zh-Hant")).wait_for()
    second = visit(address, same=reader)
    second.page.click("#top button.history")
    second.page.locator("#history .title", has_text=ASKED).wait_for()


def test_the_page_speaks_the_browsers_language_or_the_chosen_one(visit: Visitor, address: str) -> None:
    reader = visit(address, language="zh-CN")
    page = reader.page
    page.get_by_text(say("chat.welcome", "zh-Hans")).wait_for()
    assert page.get_attribute("html", "lang") == "zh-Hans"
    reader.ask(ASKED, 1)
    page.fill("#box textarea", "沒寫完的")
    page.evaluate("() => new Promise(requestAnimationFrame)")
    page.click("#top .settings summary")
    page.select_option("#top select.language", "en")
    page.get_by_role("link", name=say("frame.documents", "en"), exact=True).wait_for()
    reader.ready()
    page.wait_for_selector('a.cite[href^="#src-1-1?message="]')
    assert page.input_value("#box textarea") == "沒寫完的"
    assert page.get_attribute("#box textarea", "placeholder") == say("chat.placeholder", "en")
    assert page.inner_text("#box .submit-button") == say("chat.ask", "en")
    reader.picture("english")
    page.fill("#box textarea", "長" * 2_001)
    page.press("#box textarea", "Enter")
    page.locator("#chat .notice").wait_for()


def test_dark_and_light_are_the_systems_or_the_chosen_one(visit: Visitor, address: str) -> None:
    reader = visit(address)
    page = reader.page
    page.emulate_media(color_scheme="dark")
    page.wait_for_selector("body.dark")
    reader.picture("dark")
    page.click("#top .settings summary")
    page.select_option("#top select.theme", "light")
    page.wait_for_selector("body:not(.dark)")
    page.reload()
    reader.ready()
    page.wait_for_selector("body:not(.dark)")
    page.click("#top .settings summary")
    page.select_option("#top select.theme", "")
    page.wait_for_selector("body.dark")
