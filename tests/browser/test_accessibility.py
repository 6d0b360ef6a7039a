"""What axe-core, the accessibility checker, finds in every room of the page, light and dark, wide and narrow."""

from collections.abc import Callable

import pytest
from tests.browser.reader import Sample, Visit, Visitor, findings_in_both

pytestmark = pytest.mark.browser


def welcome(reader: Visit) -> None:
    """Nothing is done."""


def answered(reader: Visit) -> None:
    """A question, its answer, and a source."""
    reader.ask("市场区隔是什么？", 1)
    reader.finished()
    reader.open(1)


def refused(reader: Visit) -> None:
    """A question that the documents do not answer, and the passages that came nearest."""
    reader.say("火星上有幾座城市？")
    reader.finished()
    reader.page.click("#chat summary")
    reader.page.locator("#chat a.cite").first.wait_for()


def history(reader: Visit) -> None:
    """The list of chats, with the menu of one open."""
    reader.ask("微商是什麼？", 1)
    reader.finished()
    reader.page.click("#top button.history")
    reader.page.click("#history .more")


def editing(reader: Visit) -> None:
    """A dialog."""
    reader.ask("微商是什麼？", 1)
    reader.finished()
    reader.page.click("#chat a.edit")


def settings(reader: Visit) -> None:
    """The choice of language and colours."""
    reader.page.click("#top .settings summary")


STATES: dict[str, Callable[[Visit], None]] = {
    one.__name__: one for one in (welcome, answered, refused, history, editing, settings)
}


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
@pytest.mark.parametrize("state", STATES)
def test_the_chat_has_no_serious_finding(visit: Visitor, sample: Sample, state: str, width: int, height: int) -> None:
    reader = visit(sample.address, width, height)
    STATES[state](reader)
    assert findings_in_both(reader) == []


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
@pytest.mark.parametrize(
    ("view", "last"),
    [("documents", ".files"), ("search&q=微商是什麼？", ".hit"), ("overview", ".drawing:not([aria-busy]) .point")],
    ids=["documents", "search", "overview"],
)
def test_no_view_has_a_serious_finding(
    visit: Visitor, sample: Sample, view: str, last: str, width: int, height: int
) -> None:
    """Once what comes `last` in the view is there."""
    reader = visit(f"{sample.address}/?view={view}", width, height)
    reader.page.wait_for_selector(f"#view-{view.split('&')[0]}:not([aria-busy]) {last}", state="attached")
    assert findings_in_both(reader) == []
