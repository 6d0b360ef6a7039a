"""A newcomer's first quarter of an hour: from an empty folder to an answer of a model of one's own in a Word file."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, expect
from tests.answering.serving import serving as serving_model
from tests.answering.test_llama_cpp import SERVER, write_speaker
from tests.browser.reader import Visit, Visitor, hosting

from yinju import build_index
from yinju.messages import say
from yinju.protocols import Encoder
from yinju.reading.word import extract_docx
from yinju.settings import load_settings

pytestmark = pytest.mark.browser

MOST = 14
"""Actions that the path may take."""
FILES = {
    "請假辦法.md": "# 請假辦法\n\n病假一年十四天，要附診斷書。\n\n## 事假\n\n事假一年七天，三天前提出。\n",
    "出差辦法.txt": "出差辦法\n\n住宿每晚以三千元為上限，實報實銷。\n",
    "停車.html": "<h1>停車</h1><p>停車位一個月兩千元，地下二樓，要附行照。</p>",
}
SAID = ["有答案\n", "病假一年", "十四天。", "[1]"]
"""What the model says to everything."""


@dataclass
class Newcomer:
    """A reader whose actions are counted: a click, files chosen, a question sent."""

    reader: Visit
    actions: int = 0

    def click(self, selector: str) -> None:
        """Press something that can be seen."""
        self.actions += 1
        self.reader.page.locator(selector).last.click()

    def choose_files(self, selector: str) -> None:
        """Choose files to upload."""
        self.actions += 1
        with self.reader.page.expect_file_chooser() as chooser:
            self.reader.page.locator(selector).click()
        chooser.value.set_files(
            [FilePayload(name=name, mimeType="", buffer=text.encode()) for name, text in FILES.items()]
        )

    def ask(self, question: str) -> str:
        """Send a question; the answer."""
        self.actions += 1
        self.reader.say(question)
        self.reader.finished()
        return self.reader.answer.inner_text()

    def cited(self) -> set[str]:
        """The documents that the last answer cites."""
        links = self.reader.answer.locator("a.cite").all()
        return {(link.get_attribute("title") or "").split(" · ")[0] for link in links}


@contextmanager
def empty_page(folder: Path, encoder: Encoder) -> Iterator[str]:
    """The address of a page over an empty folder."""
    (folder / "corpus").mkdir()
    build_index(folder / "corpus", folder / "index", encoder=encoder, may_be_empty=True)
    with hosting(folder / "index", encoder, load_settings(folder / "index")) as address:
        yield address


@pytest.fixture
def address(tmp_path: Path, real_encoder: Encoder) -> Iterator[str]:
    with empty_page(tmp_path, real_encoder) as served:
        yield served


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_from_an_empty_folder_to_a_word_file_by_a_model_of_ones_own(
    visit: Visitor, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, width: int, height: int
) -> None:
    write_speaker(tmp_path / "speaker.gguf", SAID)
    with serving_model(SERVER, [str(tmp_path / "speaker.gguf")], {}, tmp_path / "log") as model:
        port = int(model.base_url.split(":")[2].partition("/")[0])
        monkeypatch.setattr("yinju.answering.llm.trial.USUAL", (("llama.cpp", port),))
        reader = visit(address, width, height)
        page, newcomer = reader.page, Newcomer(reader)

        newcomer.choose_files("#chat .drop .upload")
        expect(page.locator("#chat .changes li", has_text=say("documents.indexed", "zh-Hant"))).to_have_count(3)
        reader.picture(f"newcomer-uploaded-{width}")
        newcomer.click("#chat .ask-these")
        expect(page.locator("#asked-in .chip")).to_have_count(3)
        assert "十四天" in newcomer.ask("病假一年有幾天？")
        newcomer.click("#chat .bot-row a.cite")
        expect(page.locator("#source mark").first).to_contain_text("病假一年十四天")
        reader.picture(f"newcomer-source-{width}")
        newcomer.click("#source .ask-about")
        expect(page.locator("#asked-in .chip")).to_have_count(1)
        newcomer.ask("停車位一個月多少錢？")
        assert newcomer.cited() <= {"請假辦法.md"} and "兩千元" not in reader.answer.inner_text()
        reader.picture(f"newcomer-only-one-{width}")

        newcomer.click("#top .settings summary")
        newcomer.click("#top .settings .setup")
        newcomer.click("#view-setup .find")
        newcomer.click("#view-setup .servers .use")
        newcomer.click("#view-setup .save")
        page.locator("#view-setup .off").wait_for()
        newcomer.click("#top .view-link.chat")
        said = newcomer.ask("病假一年幾天，要附什麼？")
        assert "病假一年十四天。" in said
        reader.picture(f"newcomer-with-model-{width}")
        with page.expect_download() as download:
            newcomer.click("#chat .bot-row a[href*='answer.docx']")
        exported = extract_docx(download.value.path().read_bytes()).text
        assert "病假一年十四天。" in exported and "請假辦法.md" in exported
        assert newcomer.actions <= MOST
