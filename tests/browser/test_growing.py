"""A reader at the page while a language model speaks: what grows, what is doubted, what fails, stops and is undone."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from threading import Event

import pytest
from tests.answering import scripts
from tests.answering.scripted_server import PIECES, Script, ScriptedServer, Wire, scripted_server, spoken
from tests.browser.reader import FRAMES, Visitor, hosting, overflow

from yinju import build_index
from yinju.messages import say
from yinju.protocols import Encoder
from yinju.settings import Settings

pytestmark = pytest.mark.browser

DOCUMENTS = {
    "貓.md": "# 貓的照顧\n\n貓每天要睡十四個小時。\n\n## 飲水\n\n水碗離飯碗遠一點，貓才肯喝水。\n",
    "狗.txt": "狗每天要散步兩次。狗每天要睡十二個小時。\n",
    "茶.txt": "泡綠茶的水溫約八十度，紅茶要用滾水。\n",
}
ASKED = "貓每天睡幾個小時？"


@dataclass
class Room:
    """A page with a language model that does what each test has it do."""

    address: str
    server: ScriptedServer
    script: Script

    def plays(self, play: str | Script) -> ScriptedServer:
        """The server, which from now on is in a mode, or follows a script."""
        self.server.requests.clear()
        self.script = scripts.MODES[play] if isinstance(play, str) else play
        return self.server


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Iterator[Room]:
    folder = tmp_path_factory.mktemp("growing")
    (folder / "corpus").mkdir()
    for name, text in DOCUMENTS.items():
        (folder / "corpus" / name).write_text(text, "utf-8")
    build_index(folder / "corpus", folder / "index", encoder=real_encoder)
    with scripted_server(script=lambda wire: opened.script(wire)) as server:
        settings = Settings(
            llm_base_url=server.base_url, llm_model="tiny-3b", refuse_below=0.0, llm_first_token_seconds=15,
            llm_between_seconds=10,
        )  # fmt: skip
        with hosting(folder / "index", real_encoder, settings) as address:
            opened = Room(address, server, scripts.MODES["normal"])
            yield opened


def endless(messages: list[dict[str, str]]) -> Iterable[str]:
    """A model that says what it was asked, with a number, without end."""
    asked = messages[-1]["content"].rsplit("> ", 1)[-1].strip().rstrip("？")
    for number in count():
        time.sleep(0.2)
        yield f"{asked}{number}。"


def test_passages_come_first_then_text_then_only_what_is_cited(visit: Visitor, room: Room) -> None:
    begin, go_on = Event(), Event()

    def reply(messages: list[dict[str, str]]) -> Iterable[str]:
        begin.wait(10)
        yield "貓每天要睡十四個小時。[1]\n- 水碗離"
        go_on.wait(10)
        yield "飯碗遠一點，貓才肯喝水。[2]"

    room.plays(spoken(reply))
    reader = visit(room.address)
    assert reader.page.inner_text("#top .model") == "tiny-3b"
    reader.say(ASKED)
    reader.answer.get_by_text(say("chat.reading", "zh-Hant")).wait_for()
    assert reader.answer.locator("a.cite").count() >= 3
    assert "十四個小時" in reader.open(1)
    reader.picture("growing-passages")
    begin.set()
    reader.answer.locator(".pending", has_text="水碗離").wait_for()
    assert reader.answer.locator(".statement").count() == 1
    assert say("chat.reading", "zh-Hant") not in reader.answer.inner_text()
    reader.picture("growing-text")
    reader.page.fill("#box textarea", "下一個問題")
    go_on.set()
    reader.finished()
    assert reader.answer.locator(".answer > p:not(.verdict)").all_inner_texts() == [
        "貓每天要睡十四個小時。[1]", "水碗離飯碗遠一點，貓才肯喝水。[2]"
    ]  # fmt: skip
    assert reader.page.input_value("#box textarea") == "下一個問題"
    assert "水碗" in reader.open(1, 2)
    reader.picture("growing-whole")


def test_what_no_source_bears_out_is_marked_with_the_reason(visit: Visitor, room: Room) -> None:
    said = ["貓每天要睡十四個小時。[1]", "貓每天要睡二十個小時。[1]", "大象會飛。", "水碗離飯碗遠一點，貓才肯喝水。[2]"]
    room.plays(spoken(lambda messages: said))
    reader = visit(room.address, 390, 844)
    reader.say(ASKED)
    reader.finished()
    doubted = reader.answer.locator(".unsupported")
    assert doubted.locator(".doubt").all_inner_texts() == [say("chat.unsupported", "zh-Hant")] * 2
    assert reader.answer.locator(".checked").count() == 2
    reader.answer.locator(".checked").first.click()
    reader.picture("phone-checked")
    after = "one => getComputedStyle(one, '::after').content"
    assert say("chat.checked", "zh-Hant") in reader.answer.locator(".checked").first.evaluate(after)
    doubted.locator(".doubt").first.focus()
    assert say("disagreement.number", "zh-Hant") in doubted.locator(".doubt").first.evaluate(after)
    reader.picture("phone-doubted")
    titles = [one.get_attribute("title") or "" for one in doubted.all()]
    assert say("disagreement.number", "zh-Hant") in titles[0]
    assert say("disagreement.unfound", "zh-Hant") in titles[1]
    assert reader.answer.locator(".statement:not(.unsupported)").count() == 2
    assert overflow(reader.page) <= 0
    reader.picture("phone-unsupported")
    assert reader.open(1) == "貓每天要睡十四個小時。"


@pytest.mark.parametrize(
    ("mode", "reason", "unfinished"),
    [
        ("401", say("fault.unauthorised", "zh-Hant"), ""),
        ("reset", say("fault.interrupted", "zh-Hant"), "貓每天要睡"),
    ],
)
def test_a_fault_is_told_and_the_documents_answer(
    visit: Visitor, room: Room, mode: str, reason: str, unfinished: str
) -> None:
    room.plays(mode)
    reader = visit(room.address)
    reader.say(ASKED)
    reader.answer.locator(".fault").wait_for()
    reader.finished()
    shown = reader.answer.inner_text()
    assert say("no_model", "zh-Hant", fault=reason) in shown
    assert "127.0.0.1" not in shown
    assert reader.answer.locator(".unfinished").count() == bool(unfinished)
    if unfinished:
        assert reader.answer.locator(".unfinished").inner_text().startswith(say("chat.unfinished", "zh-Hant"))
        assert unfinished in reader.answer.locator(".unfinished").inner_text()
    assert reader.open(1)
    assert reader.answer.locator("a.retry").count() == 1
    reader.picture(f"fault-{mode}")


def test_what_no_source_bears_out_at_all_gives_way_to_the_documents(visit: Visitor, room: Room) -> None:
    room.plays(spoken(lambda messages: ["大象會飛。", "<|im_end|>", "user"]))
    reader = visit(room.address)
    reader.say(ASKED)
    reader.answer.locator(".fault").wait_for()
    reader.finished()
    assert say("no_model", "zh-Hant", fault=say("fault.unsupported", "zh-Hant")) in reader.answer.inner_text()
    unused = reader.answer.locator(".unfinished").inner_text()
    assert unused.startswith(say("chat.not_used", "zh-Hant"))
    assert "大象會飛。" in unused
    assert "user" not in unused
    assert reader.open(1) == "貓每天要睡十四個小時。"
    reader.picture("fault-unsupported")


def test_trying_again_takes_the_place_of_what_broke_off(visit: Visitor, room: Room) -> None:
    def play(wire: Wire) -> None:
        (scripts.MODES["reset"] if wire.number == 1 else spoken(lambda messages: PIECES))(wire)

    room.plays(play)
    reader = visit(room.address)
    reader.say(ASKED)
    reader.answer.locator("a.retry").press("Enter")
    reader.answer.locator(".fault").wait_for(state="detached")
    reader.answer.locator(".statement").first.wait_for()
    reader.finished()
    assert reader.page.locator("#chat .question").all_inner_texts() == [ASKED]
    assert reader.page.locator("#chat .bot-row").count() == 1
    assert reader.answer.locator("a.retry").count() == 0
    reader.say("狗每天睡幾個小時？")
    reader.finished()
    assert reader.page.locator("#chat .question").count() == 2
    assert reader.page.locator("#chat .bot-row").count() == 2


def stopped(server: ScriptedServer) -> bool:
    """Whether the model's connection is closed within the five seconds that the acceptance list allows."""
    return server.settles(5)


def test_a_stop_keeps_what_was_said_and_closes_the_connection(visit: Visitor, room: Room) -> None:
    server = room.plays(spoken(endless))
    reader = visit(room.address)
    reader.say(ASKED)
    reader.answer.locator(".statement").nth(1).wait_for()
    reader.page.click("#box .stop-button")
    reader.answer.locator(".stopped").wait_for()
    assert stopped(server)
    reader.finished()
    text = reader.answer.inner_text()
    assert say("chat.stopped", "zh-Hant") in text
    assert "貓每天睡幾個小時0。" in text
    reader.picture("stopped")
    reader.page.wait_for_timeout(200)
    assert reader.answer.inner_text() == text
    reader.page.click("a.retry")
    reader.answer.locator(".cursor").wait_for()
    reader.page.click("#box .stop-button")
    reader.answer.locator(".stopped").wait_for()
    assert reader.page.locator("#chat .question").count() == 1
    assert stopped(server)


def test_a_stop_before_the_first_word_leaves_the_passages(visit: Visitor, room: Room) -> None:
    server = room.plays("silent")
    reader = visit(room.address)
    reader.say(ASKED)
    reader.answer.get_by_text(say("chat.reading", "zh-Hant")).wait_for()
    reader.page.click("#box .stop-button")
    reader.answer.locator(".stopped").wait_for()
    assert say("chat.had_read", "zh-Hant") in reader.answer.inner_text()
    assert "十四個小時" in reader.open(1)
    assert stopped(server)


def test_a_closed_tab_stops_its_own_answer_and_no_other(visit: Visitor, room: Room) -> None:
    server = room.plays(spoken(endless))
    first, second = visit(room.address), visit(room.address)
    first.say(ASKED)
    second.say("狗每天散步幾次？")
    second.answer.locator(".statement").first.wait_for()
    assert server.open_connections == 2
    first.page.close()
    deadline = time.monotonic() + 5
    while server.open_connections > 1 and time.monotonic() < deadline:
        time.sleep(0.02)
    assert server.open_connections == 1
    second.answer.locator(".cursor").wait_for()
    said = second.answer.locator(".statement").all_inner_texts()
    assert said
    assert all("狗每天散步幾次" in one for one in said)
    second.page.click("#box .stop-button")
    assert stopped(server)


def test_a_follow_up_misunderstood_is_asked_again_as_typed(visit: Visitor, room: Room) -> None:
    server = room.plays("normal")
    reader = visit(room.address)
    reader.say(ASKED)
    reader.finished()
    reader.say("那狗呢？")
    reader.finished()
    assert reader.answer.locator(".understood").inner_text().startswith("理解為：")
    reader.picture("understood")
    asked = len(server.requests)
    reader.answer.locator("a.undo").press("Enter")
    reader.answer.locator(".understood").wait_for(state="detached")
    reader.finished()
    assert reader.page.locator("#chat .question").all_inner_texts() == [ASKED, "那狗呢？"]
    assert reader.page.locator("#chat .bot-row").count() == 2
    assert len(server.requests) == asked + 1
    assert server.requests[-1].body["messages"][-1]["content"].endswith("> 那狗呢？")


def test_a_citation_opens_while_its_answer_is_drawn_anew(visit: Visitor, room: Room) -> None:
    def reply(messages: list[dict[str, str]]) -> Iterable[str]:
        yield "貓每天要睡十四個小時。[1]"
        yield from endless(messages)

    server = room.plays(spoken(reply))
    reader = visit(room.address)
    reader.say(ASKED)
    reader.answer.locator(".statement a.cite").first.wait_for()  # where it stays; the passages read make room for it
    reader.page.evaluate(FRAMES)
    x, y = reader.page.evaluate(
        """() => {
            const box = document.querySelector('#chat .statement a.cite').getBoundingClientRect();
            return [box.x + 8, box.y + 8];
        }"""
    )
    reader.page.mouse.move(x, y)
    reader.page.mouse.down()
    reader.page.wait_for_timeout(250)
    reader.page.mouse.up()
    reader.page.wait_for_selector("#source mark")
    assert reader.page.inner_text("#source mark") == "貓每天要睡十四個小時。"
    assert reader.page.locator('a.cite[aria-current][href^="#src-1-1?"]').count()
    reader.page.click("#box .stop-button")
    assert stopped(server)


def test_a_passage_pressed_before_the_answer_takes_its_place_opens(visit: Visitor, room: Room) -> None:
    begin = Event()

    def reply(messages: list[dict[str, str]]) -> Iterable[str]:
        begin.wait(10)
        yield "貓每天要睡十四個小時。[1]"

    room.plays(spoken(reply))
    reader = visit(room.address)
    reader.say(ASKED)
    link = reader.answer.locator(".nearest a.cite").last
    link.hover()
    wanted = reader.answer.locator(".nearest .quote").last.inner_text()
    reader.page.mouse.down()
    begin.set()
    reader.finished()
    assert reader.answer.locator(".nearest").count() == 0
    reader.page.mouse.up()
    reader.page.wait_for_selector("#source mark")
    assert wanted.rstrip("…") in "".join(reader.page.locator("#source mark").all_inner_texts())


@pytest.mark.parametrize("drawn_anew", [True, False])
def test_a_citation_that_moves_between_press_and_release_opens(visit: Visitor, room: Room, drawn_anew: bool) -> None:
    room.plays("normal")
    reader = visit(room.address)
    reader.say(ASKED)
    reader.finished()
    link = reader.answer.locator("a.cite").first
    wanted = link.get_attribute("href") or ""
    link.hover()
    reader.page.mouse.down()
    reader.answer.evaluate(
        """(row, anew) => {
            row.style.marginTop = "80px";
            if (anew) row.querySelector(".prose").innerHTML += "";
        }""",
        drawn_anew,
    )
    with reader.page.expect_request(lambda request: "/source?" in request.url) as asked:
        reader.page.mouse.up()
    assert asked.value.url.endswith(wanted.partition("?")[2])
    reader.page.wait_for_selector("#source mark")
    for gone in ("move", "other button"):  # which is no click
        reader.page.keyboard.press("Escape")
        reader.answer.locator("a.cite").first.hover()
        reader.page.mouse.down(button="right" if gone == "other button" else "left")
        if gone == "move":
            reader.page.mouse.move(5, 300)
        reader.page.mouse.up(button="right" if gone == "other button" else "left")
        reader.page.wait_for_timeout(200)
        assert not reader.page.locator("body.reading").count()


def test_the_keyboard_stays_on_a_citation_that_is_drawn_anew(visit: Visitor, room: Room) -> None:
    def reply(messages: list[dict[str, str]]) -> Iterable[str]:
        yield "貓每天要睡十四個小時。[1]"
        yield from endless(messages)

    server = room.plays(spoken(reply))
    reader = visit(room.address)
    reader.say(ASKED)
    reader.answer.locator(".statement a.cite").first.focus()
    reader.answer.locator(".statement").nth(3).wait_for()
    reader.page.wait_for_function("() => document.activeElement.matches('#chat .statement a.cite')")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_selector("#source mark")
    reader.page.click("#box .stop-button")
    assert stopped(server)
