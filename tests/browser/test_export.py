"""An answer and a chat as files that a browser saves."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from tests.browser.reader import Visit, Visitor, hosting, overflow

from yinju import build_index
from yinju.messages import say
from yinju.protocols import Encoder
from yinju.reading.word import extract_docx
from yinju.settings import Settings

pytestmark = pytest.mark.browser

ASKED = "貓每天睡幾個小時？"
SIZES = [(1280, 800), (390, 844)]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("export")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "貓.md").write_text("# 貓的照顧\n\n## 睡眠\n\n貓每天要睡十四個小時。\n", "utf-8")
    build_index(folder / "corpus", folder / "index", encoder=real_encoder)
    with hosting(folder / "index", real_encoder, Settings(refuse_below=0.0)) as served:
        yield served


def text_of(path: Path, kind: str) -> str:
    """What stands in a file that was saved."""
    content = path.read_bytes()
    if kind == "docx":
        return extract_docx(content).text
    if kind == "pdf":
        return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))
    return content.decode()


def save(reader: Visit, link: str, kind: str) -> str:
    """Click a link, which leaves the page as it is; the text of the file that it gives."""
    with reader.page.expect_download() as download:
        reader.page.click(link)
    assert download.value.suggested_filename == f"{ASKED}.{kind}"
    assert reader.page.locator("#chat .question").inner_text() == ASKED
    return text_of(download.value.path(), kind)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_an_answer_is_saved_by_a_click(visit: Visitor, address: str, width: int, height: int) -> None:
    reader = visit(address, width, height)
    reader.ask(ASKED, 1)
    reader.finished()
    reader.answer.hover()
    reader.picture(f"export-answer-{width}")
    assert overflow(reader.page) <= 0
    for kind, name in (("docx", "Word"), ("pdf", "PDF")):
        link = reader.answer.get_by_role("link", name=name)
        assert link.get_attribute("title") == say("export.answer", "zh-Hant", kind=name)
        saved = save(reader, f"#chat a.export[href^='answer.{kind}?']", kind)
        assert ASKED in saved
        assert "貓的照顧 › 睡眠（貓.md）：「貓每天要睡十四個小時。」" in saved
    assert len(reader.page.context.pages) == 1


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_chat_is_saved_in_every_form(visit: Visitor, address: str, width: int, height: int) -> None:
    reader = visit(address, width, height)
    reader.ask(ASKED, 1)
    reader.finished()
    reader.page.click("#top button.history")
    for kind in ("md", "docx", "pdf", "json"):
        reader.page.click("#history li .more")
        reader.picture(f"export-chat-{width}")
        assert say(f"history.export_{kind}", "zh-Hant") in reader.page.inner_text("#history li")
        assert "貓每天要睡十四個小時" in save(reader, f"#history a[href$='/export.{kind}']", kind)
