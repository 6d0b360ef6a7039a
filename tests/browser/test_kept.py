"""A chat opened again by its address, after its sources were edited or deleted and the server was started anew."""

import shutil
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.browser.reader import Visit, Visitor, hosting

from yinju import build_index
from yinju.messages import say
from yinju.protocols import Encoder
from yinju.settings import Settings

pytestmark = pytest.mark.browser

DOCUMENTS = {
    "貓.md": "# 貓的照顧\n\n貓每天要睡十四個小時。\n\n## 飲水\n\n水碗離飯碗遠一點，貓才肯喝水。\n",
    "狗.txt": "狗每天要散步兩次。\n",
    "茶.txt": "泡綠茶的水溫約八十度，紅茶要用滾水。\n",
}
QUESTIONS = ("貓每天睡幾個小時？", "狗每天散步幾次？", "泡綠茶的水溫幾度？")


@dataclass
class Place:
    """A corpus and its index, served again and again."""

    folder: Path
    encoder: Encoder

    def write(self, **documents: str | None) -> None:
        """Bring the index in line with changed documents; None deletes one."""
        for name, text in documents.items():
            path = self.folder / "corpus" / name.replace("_", ".")
            path.unlink() if text is None else path.write_text(text, "utf-8")
        build_index(self.folder / "corpus", self.folder / "index", encoder=self.encoder)

    def hosting(self) -> AbstractContextManager[str]:
        """The page, served by a new server."""
        return hosting(self.folder / "index", self.encoder, Settings(refuse_below=0.0))


@pytest.fixture
def place(tmp_path: Path, real_encoder: Encoder) -> Place:
    (tmp_path / "corpus").mkdir()
    opened = Place(tmp_path, real_encoder)
    opened.write(**{name.replace(".", "_"): text for name, text in DOCUMENTS.items()})
    return opened


def chat_of(reader: Visit) -> str:
    """The id in the address."""
    reader.page.wait_for_function("() => location.search.includes('chat=')")
    return parse_qs(urlsplit(reader.page.url).query)["chat"][0]


def test_an_old_chat_opens_with_all_it_cites_and_an_unknown_one_says_so(visit: Visitor, place: Place) -> None:
    with place.hosting() as address:
        reader = visit(address)
        for number, question in enumerate(QUESTIONS, start=1):
            reader.ask(question, number)
        chat = chat_of(reader)
        shown = reader.page.locator("#chat .message-row").all_inner_texts()
        quotes = [reader.open(number) for number in (1, 2, 3)]
        assert len(chat) >= 22
        reader.page.close()
    place.write(貓_md="前言。\n\n" + DOCUMENTS["貓.md"], 狗_txt=None, 茶_txt="泡綠茶的水溫約七十度。\n")
    with place.hosting() as address:
        reader = visit(f"{address}/?chat={chat}", same=reader)
        reader.page.wait_for_selector('a.cite[href^="#src-3-1?message="]')
        assert reader.page.locator("#chat .message-row").all_inner_texts() == shown
        for number, became in ((1, "moved"), (2, "deleted"), (3, "edited")):
            notice = say(f"source.{became}", "zh-Hant")
            assert reader.open(number) == quotes[number - 1]
            reader.page.locator("#source .notice", has_text=notice).wait_for()
            assert reader.page.inner_text("#source mark") == quotes[number - 1]
            reader.picture(f"kept-{number}")
        reader.ask("那紅茶呢？", 4)
        assert "狗.txt" not in reader.page.inner_text("#source .file")
        assert chat_of(reader) == chat
        reader.finished()
        reader.page.reload()
        reader.page.wait_for_selector('a.cite[href^="#src-4-1?message="]')
        assert reader.page.locator("#chat .question").count() == 4
        for other in ("AAAAAAAAAAAAAAAAAAAAAA", chat):
            stranger = visit(f"{address}/?chat={other}")
            stranger.page.get_by_text(say("chat.no_chat", "zh-Hant")).wait_for()
            stranger.ask(QUESTIONS[0], 1)
            stranger.page.wait_for_function("other => !location.search.includes(other)", arg=other)


def test_a_page_left_open_goes_on_after_a_restart(visit: Visitor, place: Place) -> None:
    with place.hosting() as address:
        reader = visit(address)
        reader.ask(QUESTIONS[0], 1)
        chat = chat_of(reader)
    with hosting(place.folder / "index", place.encoder, Settings(refuse_below=0.0), int(address.rsplit(":", 1)[1])):
        reader.ask(QUESTIONS[1], 2)
        assert reader.page.locator("#chat .question").all_inner_texts() == [*QUESTIONS[:2]]
        assert chat_of(reader) == chat
        reader.complaints.clear()  # the connections that the restart has cut


def test_what_cannot_be_kept_is_answered_all_the_same(visit: Visitor, place: Place) -> None:
    (place.folder / "index" / "conversations.sqlite").mkdir()
    with place.hosting() as address:
        reader = visit(address, 390, 844)
        reader.ask(QUESTIONS[0], 1)
        assert say("chat.unsaved", "zh-Hant") in reader.page.inner_text("#chat .notice")
        assert "chat=" not in reader.page.url
        assert reader.open(1) == "貓每天要睡十四個小時。"
        reader.page.click("#source .close")
        reader.picture("phone-unsaved")
    shutil.rmtree(place.folder / "index" / "conversations.sqlite")
