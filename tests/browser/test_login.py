"""A user in a real browser: the page to log in, a question, the own menu, and the way out; wide and narrow."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.browser.reader import Scheme, Visit, Visitor, findings, findings_in_both, hosting, overflow

from yinju import build_index
from yinju.messages import LANGUAGES, Language, say
from yinju.protocols import Encoder
from yinju.reasons import Reason
from yinju.reasons import say as say_reason
from yinju.settings import Settings
from yinju.users import Role, Users

pytestmark = pytest.mark.browser

SIZES = [(1280, 800), (390, 844)]
PASSWORD = "correct horse"
NEW = f"{PASSWORD} 2"


@pytest.fixture
def users(tmp_path: Path, real_encoder: Encoder) -> Users:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "茶葉.txt").write_text("茶葉保存手冊\n\n密封的茶葉可以放十八個月。\n", "utf-8")
    build_index(tmp_path / "corpus", tmp_path / "index", encoder=real_encoder)
    made = Users(tmp_path / "index" / "users.sqlite")
    made.add("梅", Role.EDITOR, PASSWORD)
    made.add("讀者 with a rather long name", password=PASSWORD)
    return made


@pytest.fixture
def address(users: Users, tmp_path: Path, real_encoder: Encoder) -> Iterator[str]:
    settings = Settings(corpus=str(tmp_path / "corpus"), index=str(tmp_path / "index"))
    with hosting(tmp_path / "index", real_encoder, settings) as served:
        yield served


def findings_at_the_door(reader: Visit) -> list[str]:
    """The findings of a page without any script, in light and in dark."""
    found = list[str]()
    schemes: tuple[Scheme, ...] = ("dark", "light")
    for scheme in schemes:
        reader.page.emulate_media(color_scheme=scheme)
        found += findings(reader)
    return found


def log_in(reader: Visit, name: str, password: str) -> None:
    """Write name and password, and send them."""
    reader.page.fill("[name=name]", name)
    reader.page.fill("[name=password]", password)
    reader.page.press("[name=password]", "Enter")


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_user_logs_in_asks_and_logs_out(visit: Visitor, address: str, users: Users, width: int, height: int) -> None:
    reader = visit(address, width, height, inside=False)
    found = {"login": findings_at_the_door(reader)}
    reader.picture(f"login-{width}")
    log_in(reader, "梅", "wrong password")
    assert reader.page.inner_text("[role=alert]") == say_reason(Reason("login.wrong"), "zh-Hant")
    assert reader.page.input_value("[name=name]") == "梅"
    found["refused"] = findings_at_the_door(reader)
    reader.complaints.clear()  # the browser notes the 401
    log_in(reader, "梅", PASSWORD)
    reader.ready()
    reader.ask("密封的茶葉可以放多久？", 1)
    reader.finished()
    reader.page.click("#top .user > button")
    found["menu"] = findings_in_both(reader)
    reader.picture(f"menu-{width}")
    assert overflow(reader.page) <= 0
    reader.page.click("#user a")
    reader.page.wait_for_selector("[name=present]")
    found["password"] = findings_at_the_door(reader)
    reader.picture(f"password-{width}")
    for name, written in (("present", PASSWORD), ("new", NEW), ("again", NEW)):
        reader.page.fill(f"[name={name}]", written)
    reader.page.press("[name=again]", "Enter")
    reader.ready()
    assert reader.page.locator("#chat .question").count() == 0, "the page begins anew"
    reader.page.click("#top button.history")
    assert "密封" in reader.page.locator("#history .chats a.open").first.inner_text()
    reader.page.keyboard.press("Escape")
    reader.page.click("#top .user > button")
    reader.page.click("#user button")
    reader.page.wait_for_url("**/login")
    reader.page.go_back()
    reader.page.wait_for_url("**/login?next=*")
    assert {state: faults for state, faults in found.items() if faults} == {}
    reader.complaints.clear()


def test_who_is_shut_out_is_led_to_the_login_by_what_it_does_next(visit: Visitor, address: str, users: Users) -> None:
    reader = visit(address, inside=False)
    log_in(reader, "讀者 WITH a rather long name", PASSWORD)
    reader.ready()
    reader.picture("reader")
    assert overflow(reader.page) <= 0
    assert reader.page.locator("button.upload").count() == 0
    users.set_password("讀者 with a rather long name", NEW)
    reader.page.click("#top .view-link.documents")
    reader.page.wait_for_url("**/login?next=*documents")
    log_in(reader, "讀者 with a rather long name", NEW)
    reader.ready()
    reader.page.wait_for_selector("#view-documents .files")
    users.set_disabled("讀者 with a rather long name", True)
    reader.page.click("#top .view-link.chat")
    reader.page.fill("#box textarea", "茶葉？")
    reader.page.press("#box textarea", "Enter")
    reader.page.wait_for_url("**/login?next=*")
    reader.complaints.clear()


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_an_admin_says_who_may_open_a_library(
    visit: Visitor, address: str, users: Users, width: int, height: int
) -> None:
    users.set_role("梅", Role.ADMIN)
    reader = visit(f"{address}/?view=libraries", width, height, inside=False)
    log_in(reader, "梅", PASSWORD)
    reader.ready()
    facts = reader.page.locator("#view-libraries .what")
    assert "@everyone" in facts.inner_text()
    reader.page.click("#view-libraries .allow")
    reader.page.fill("#allow-library input", "梅, nobody")
    reader.page.press("#allow-library input", "Enter")
    reader.page.wait_for_function(
        "() => document.querySelector('#allow-library .notice').textContent.includes('nobody')"
    )
    reader.picture(f"allow-{width}")
    assert findings_in_both(reader) == []
    reader.page.fill("#allow-library input", "梅、@law")
    reader.page.press("#allow-library input", "Enter")
    reader.page.wait_for_selector('#view-libraries li[data-allowed="@law, 梅"]')
    assert reader.page.evaluate("document.activeElement.className") == "allow"
    reader.picture(f"allowed-{width}")
    assert (overflow(reader.page), users.allowed("")) == (0, ["@law", "梅"])
    reader.complaints.clear()  # the browser notes the 400


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_login_needs_no_script(browser: Browser, address: str, language: Language) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "yinju_language", "value": language, "url": address}])
    page = context.new_page()
    page.goto(address)
    assert page.title().startswith(say("users.login", language))
    page.fill("[name=name]", "梅")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{address}/")
    page.goto(f"{address}/password")
    assert page.title().startswith(say("users.change", language))
    context.close()
