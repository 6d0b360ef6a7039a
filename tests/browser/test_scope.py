"""Where to ask: chosen by the picker, an @ or from the documents; kept with the chat; many documents done at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect
from tests.browser.reader import Visit, Visitor, findings_in_both, hosting, overflow

from yinju import build_index
from yinju.ingest.upkeep import tag
from yinju.messages import say
from yinju.protocols import Encoder
from yinju.settings import Settings

pytestmark = pytest.mark.browser

SIZES = [(1280, 800), (390, 844)]
TEXTS = {
    "制度/請假.md": "# 請假辦法\n\n病假一年十四天，要附診斷書。\n\n## 事假\n\n事假一年七天，三天前提出。\n",
    "制度/出差.md": "# 出差辦法\n\n住宿每晚三千元為上限，實報實銷。\n\n## 假日\n\n假日出差補一天假。\n",
    "會議.txt": "每週一上午十點開會，會議室先到先用。請假的人要看紀錄。\n",
    "停車.txt": "停車位一個月兩千元，地下二樓，要附行照。\n",
    "空白.txt": "\n",
}
LEAVE, TRIP, MEETING, PARKING, BLANK = TEXTS


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        (tmp_path / "corpus" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "corpus" / name).write_text(text, "utf-8")
    return tmp_path / "corpus"


@pytest.fixture
def address(corpus: Path, tmp_path: Path, real_encoder: Encoder) -> Iterator[str]:
    build_index(corpus, tmp_path / "index", encoder=real_encoder)
    tag(tmp_path / "index", MEETING, ["行政"])
    with hosting(tmp_path / "index", real_encoder, Settings()) as served:
        yield served


def said(key: str, **values: object) -> str:
    """What the page says in Traditional Chinese."""
    return say(key, "zh-Hant", **values)


def chips(page: Page) -> list[str]:
    """The names of what is chosen."""
    return page.locator("#asked-in .chip .name").all_inner_texts()


def write(reader: Visit, text: str) -> None:
    """Type at the end of the question box."""
    reader.page.locator("#box textarea").press_sequentially(text)


def cited(page: Page) -> set[str]:
    """The documents that the chat's last answer cites, by the titles of its citations."""
    links = page.locator("#chat .bot-row").last.locator("a.cite").all()
    return {(link.get_attribute("title") or "").split(" · ")[0] for link in links}


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_from_the_picker_to_an_answer_from_two_documents_alone(
    visit: Visitor, address: str, width: int, height: int
) -> None:
    reader = visit(address, width, height)
    page = reader.page
    pick = page.locator("#asked-in .pick")
    expect(pick).to_have_text(said("scope.everywhere"))
    pick.press("Enter")
    field = page.locator("#scope-picker input")
    expect(field).to_be_focused()
    expect(page.locator("#scope-options [role=option]")).to_have_count(6)
    field.press("ArrowDown")
    field.press("ArrowDown")
    field.press("Enter")  # 行政, then 制度
    expect(page.locator("#scope-options .active")).to_have_attribute("aria-selected", "true")
    field.fill("停車")
    field.press("Enter")  # at once: it waits for the list of what is written now
    expect(page.locator("#scope-options [role=option]")).to_have_count(1)
    expect(page.locator("#scope-picker .sum")).to_have_text(said("scope.sum", count=3))
    reader.picture(f"scope-{width}-picker")
    assert findings_in_both(reader) == [] and overflow(page) == 0
    field.press("Escape")
    expect(page.locator("#scope-picker")).to_be_hidden()
    assert chips(page) == ["制度/", "停車"]

    reader.ask("要附什麼？", 1)
    reader.finished()
    where = page.locator("#chat .asked-in")
    expect(where).to_have_text(said("scope.asked_in", names="制度/、停車.txt"))
    assert MEETING not in cited(page)
    reader.picture(f"scope-{width}-chips")
    assert findings_in_both(reader) == [] and overflow(page) == 0
    page.reload()
    reader.ready()
    expect(where).to_be_visible()
    expect(page.locator("#asked-in .chip")).to_have_count(2)

    page.locator("#asked-in .drop").first.press("Enter")
    expect(page.locator("#asked-in .chip")).to_have_count(1)
    expect(page.locator("#asked-in .drop")).to_be_focused()
    write(reader, "請寄到 a@b.tw 和 x@停")
    expect(page.locator("#mention")).to_be_hidden()
    page.fill("#box textarea", "")
    write(reader, "開會 @會")
    expect(page.locator("#mention .option")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("#mention")).to_be_hidden()
    expect(page.locator("#box textarea")).to_have_value("開會 @會")
    page.fill("#box textarea", "")
    write(reader, "幾點開會？@行")
    expect(page.locator("#mention .option.active")).to_contain_text("#行政")
    reader.picture(f"scope-{width}-mention")
    assert findings_in_both(reader) == []
    held = list[Route]()
    page.route("**/scope/options?*", lambda route: held.append(route))
    with page.expect_request("**/scope/options?*"):
        page.keyboard.press("Backspace")
        write(reader, "會")
        page.keyboard.press("Enter")
    expect(page.locator("#box textarea")).to_have_value("幾點開會？@會")
    for one in held:
        one.continue_()
    page.unroute("**/scope/options?*")
    expect(page.locator("#box textarea")).to_have_value("幾點開會？")
    expect(page.locator("#asked-in .chip")).to_have_count(2)
    assert set(chips(page)) == {"停車", "會議"}, "not what the list before had first"
    assert page.locator("#chat .question").count() == 1, "Enter took the name and asked nothing"

    page.locator("#top .view-link.documents").click()
    page.locator("tbody tr", has_text="請假辦法").locator("input.one").check()
    page.locator("tbody tr", has_text="出差辦法").locator("input.one").check()
    page.locator("tbody tr", has_text=BLANK).locator("input.one").check()
    expect(page.locator(".selection .count")).to_have_text(said("documents.chosen", count=3))
    reader.picture(f"scope-{width}-selection")
    assert findings_in_both(reader) == [] and overflow(page) == 0
    page.get_by_role("button", name=said("scope.about_these")).click()
    expect(page.locator("#asked-in .name", has_text="請假辦法")).to_be_visible()
    assert set(chips(page)) == {"請假辦法", "出差辦法"}
    reader.ask("假有幾天？", 2)
    reader.finished()
    assert cited(page) <= {LEAVE, TRIP} and cited(page)
    expect(where.last).to_have_text(said("scope.asked_in", names="出差.md、請假.md"))


def test_documents_are_chosen_moved_tagged_and_a_chat_about_what_is_gone_says_so(
    visit: Visitor, address: str, corpus: Path
) -> None:
    reader = visit(f"{address}/?view=documents")
    page = reader.page
    boxes = page.locator("input.one")
    expect(boxes).to_have_count(5)
    boxes.first.click()
    boxes.nth(2).click(modifiers=["Shift"])
    expect(page.locator(".selection .count")).to_have_text(said("documents.chosen", count=3))
    page.locator(".selection .found").click()
    expect(page.locator(".selection .count")).to_have_text(said("documents.chosen", count=5))
    expect(page.locator(".selection .ask-chosen")).to_be_enabled()
    page.locator(".selection .none").click()
    expect(page.locator(".selection")).to_be_hidden()
    page.locator("tbody tr", has_text=BLANK).locator("input.one").check()
    expect(page.locator(".selection .ask-chosen")).to_be_disabled()
    expect(page.locator(".selection .ask-chosen")).to_have_attribute("title", said("scope.none_read"))
    reader.picture("scope-unread")
    page.locator(".selection .none").click()

    for name in (MEETING, PARKING):
        page.locator("tbody tr", has_text=name).locator("input.one").check()
    page.locator(".selection .move").click()
    page.fill("#move-documents input", "總務/大樓")
    page.locator("#move-documents .yes").click()
    expect(page.locator(".changes .state.moved")).to_have_count(2)
    expect(page.locator(".shelves .folder", has_text="總務")).to_be_visible()
    assert (corpus / "總務/大樓" / PARKING).exists()
    page.locator(".shelves .folder", has_text="總務").click()
    expect(boxes).to_have_count(2)
    expect(page.locator("tbody .tag")).to_have_text("#行政")

    page.locator(".files input.page").check()
    page.locator(".selection .tag").click()
    page.fill("#tag-documents input", "大樓、一樓")
    reader.picture("scope-tags")
    assert findings_in_both(reader) == []
    page.locator("#tag-documents .yes").click()
    expect(page.locator(".shelves .tag", has_text="#大樓")).to_contain_text("2")
    page.locator(".shelves .tag", has_text="#行政").click()
    expect(boxes).to_have_count(1)

    page.locator("tbody .rename").click()
    page.keyboard.type("開會")
    expect(page.locator("#rename-document input")).to_have_value("總務/大樓/開會.txt")
    page.fill("#rename-document input", LEAVE)
    page.locator("#rename-document .yes").click()
    expect(page.locator("#toast")).to_contain_text("已經有檔案了")
    reader.complaints.clear()  # the browser tells of what was refused
    page.locator("tbody th a").click()
    page.get_by_role("button", name=said("scope.about_this")).click()
    expect(page.locator("#asked-in .chip .name")).to_have_text(["會議"])
    reader.ask("幾點開會？", 1)
    reader.finished()
    reader.open(1)
    expect(page.locator("#source button.ask-about")).to_have_attribute("title", said("scope.only_this"))

    (corpus / "總務/大樓" / MEETING).unlink()
    other = page.context.new_page()
    other.goto(f"{address}/?view=documents")
    other.locator("tbody tr", has_text="請假辦法").locator(".reread").click()
    expect(other.locator("tbody tr", has_text="會議")).to_have_count(0)
    other.close()
    expect(page.locator("#asked-in .chip.gone")).to_have_count(0)
    write(reader, "病假一年幾天？@誰")
    page.press("#box textarea", "Enter")  # at once: there is no such name, so it asks
    expect(page.locator("#asked-in .nowhere")).to_have_text(said("scope.nowhere"))
    expect(page.locator("#asked-in .chip.gone")).to_have_count(1)
    expect(reader.answer).to_contain_text(said("scope.nothing_asked", names="會議.txt"))
    reader.picture("scope-nowhere")
    assert findings_in_both(reader) == []
    page.locator("#chat a.everywhere").click()
    expect(reader.answer).to_contain_text("十四天")
    expect(page.locator("#asked-in .chip")).to_have_count(0)
