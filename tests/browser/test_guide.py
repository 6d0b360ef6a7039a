"""A document's guide in the page: from its row, from an answer to what it is about, and after an upload."""

import pytest
from playwright.sync_api import FilePayload, Page, expect
from tests.browser.reader import Sample, Visit, Visitor, findings_in_both, hosting, overflow

from yinju import build_index
from yinju.messages import say
from yinju.protocols import Encoder
from yinju.settings import Settings
from yinju.web.documents.table import view_href

pytestmark = pytest.mark.browser

SIZES = [(1280, 800), (390, 844)]
HANDBOOK = "活动策划手册.pdf"


def guide(reader: Visit) -> Page:
    """The page once a guide shows."""
    reader.page.wait_for_selector("#view-documents:not([aria-busy]) .guide")
    return reader.page


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_row_opens_a_guide_whose_lines_open_their_places(
    visit: Visitor, sample: Sample, width: int, height: int
) -> None:
    reader = visit(f"{sample.address}/?view=documents", width, height)
    reader.page.get_by_role("link", name="訂價與感知價值").click()
    page = guide(reader)
    assert "document=" in page.url
    assert page.locator(".guide .questions li").count() == 4
    reader.picture(f"guide-{width}")
    assert overflow(page) == 0
    assert findings_in_both(reader) == []
    point = page.locator(".guide .points a.cite").first
    told = point.locator("span").last.inner_text()
    point.press("Enter")
    page.wait_for_selector("#source mark")
    assert page.inner_text("#source mark").replace("\n", "") == told
    reader.picture(f"guide-{width}-point")
    page.keyboard.press("Escape")
    expect(page.locator("#source mark")).to_be_hidden()
    page.locator(".guide .outline a.cite", has_text="折扣的規矩").click()
    expect(page.locator("#source mark").first).to_contain_text("店慶")
    page.keyboard.press("Escape")
    page.locator(".guide .questions a.cite").first.click()
    page.wait_for_selector("#source mark")


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_question_of_a_guide_is_asked_in_the_chat(visit: Visitor, sample: Sample, width: int, height: int) -> None:
    reader = visit(f"{sample.address}/{view_href(document=HANDBOOK)}", width, height)
    page = guide(reader)
    button = page.locator(".guide .questions .ask").first
    question = button.inner_text()
    button.press("Enter")
    expect(page.locator("#chat .question")).to_have_text(question)
    page.wait_for_selector('a.cite[href^="#src-1-1?"]')
    assert "view=documents" not in page.url


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_an_answer_to_what_a_document_is_about_says_its_key_points_and_leads_to_its_guide(
    visit: Visitor, sample: Sample, width: int, height: int
) -> None:
    reader = visit(sample.address, width, height)
    reader.ask("《訂價與感知價值》這份文件在講什麼", 1)
    reader.finished()
    said = reader.answer.inner_text()
    reader.picture(f"guide-{width}-answer")
    reader.answer.locator("a.guide").click()
    page = guide(reader)
    points = page.locator(".guide .points a.cite > span:last-child").all_inner_texts()
    assert len(points) == 5 and all(point in said for point in points)
    page.go_back()
    expect(page.locator("#chat a.guide")).to_be_visible()
    page.reload()
    reader.ready()
    expect(page.locator("#chat a.guide")).to_have_text(say("chat.guide", "zh-Hant"))


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_an_upload_that_was_read_leads_to_its_guide(
    visit: Visitor, tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder, width: int, height: int
) -> None:
    folder = tmp_path_factory.mktemp("uploaded")
    (folder / "corpus").mkdir()
    build_index(folder / "corpus", folder / "index", encoder=real_encoder, may_be_empty=True)
    text = (
        "# 貓的照顧\n\n## 睡眠\n\n貓每天要睡十四個小時，多半在白天。\n\n## 飲水\n\n水碗要離飯碗遠一點，貓才肯喝水。\n"
    )
    with hosting(folder / "index", real_encoder, Settings()) as served:
        reader = visit(f"{served}/?view=documents", width, height)
        page = reader.page
        with page.expect_file_chooser() as chosen:
            page.get_by_role("button", name=say("documents.upload", "zh-Hant")).click()
        chosen.value.set_files([FilePayload(name="貓.md", mimeType="", buffer=text.encode())])
        see = page.get_by_role("link", name=f"{say('documents.see', 'zh-Hant')} 貓.md")
        expect(see).to_be_visible()
        reader.picture(f"guide-{width}-uploaded")
        see.click()
        guide(reader)
        assert "十四個小時" in page.inner_text(".guide .points")
        assert page.locator(".guide .outline a.cite").all_inner_texts() == ["睡眠", "飲水"]
