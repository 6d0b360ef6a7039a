"""Three ask at once where one is answered at a time: the second sees its place, the third when to come back."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from tests.answering.scripted_server import scripted_server
from tests.browser.reader import FRAMES, Visitor, hosting

from yinju import build_index
from yinju.messages import say
from yinju.protocols import Encoder
from yinju.settings import Settings

pytestmark = pytest.mark.browser
ASKED = "貓每天睡幾個小時？"


def test_who_waits_sees_its_place_and_who_cannot_keeps_the_question(
    visit: Visitor, tmp_path: Path, real_encoder: Encoder
) -> None:
    more = Event()

    def speak(messages: list[dict[str, str]]) -> Iterator[str]:
        yield "貓每天要睡十四個小時。[1]\n"
        while not more.wait(0.05):
            yield ""
        yield "就是這樣。[1]"

    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "貓.txt").write_text("貓每天要睡十四個小時。\n", "utf-8")
    build_index(tmp_path / "corpus", tmp_path / "index", encoder=real_encoder)
    with scripted_server(speak) as model:
        settings = Settings(
            llm_base_url=model.base_url, llm_model="m", refuse_below=0.0, reread=False, answers_at_once=1,
            questions_waiting=1,
        )  # fmt: skip
        with hosting(tmp_path / "index", real_encoder, settings) as address:
            first, second, third = (visit(address) for _ in range(3))
            first.say(ASKED)
            first.page.wait_for_selector("#chat .bot-row .statement, #chat .bot-row .pending")
            second.say(ASKED)
            line = second.page.locator("#chat p.line")
            line.wait_for()
            assert line.inner_text() == say("line.next", "zh-Hant")
            third.page.fill("#box textarea", ASKED)
            third.page.evaluate(FRAMES)
            third.page.press("#box textarea", "Enter")
            told = third.page.locator(".toast-wrap, #toast.shown").first
            told.wait_for()
            said = told.inner_text()
            assert say("line.full", "zh-Hant", seconds="~").partition("~")[0] in said and "busy" not in said
            assert "Error" not in said and not third.page.locator("#chat span.error").is_visible()
            assert third.page.input_value("#box textarea") == ASKED
            third.picture("line")
            third.complaints.clear()  # the browser itself notes that a request was refused
            more.set()
            second.page.wait_for_selector("#chat .answer")
            for one in (first, second):
                one.finished()
            assert not line.count()
            third.page.press("#box textarea", "Enter")
            third.page.wait_for_selector("#chat .answer")
            third.finished()
