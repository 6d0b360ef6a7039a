"""What axe-core, the accessibility checker, finds in every room of the page, light and dark, wide and narrow."""

import pytest
from tests.browser.reader import Sample, Visit, Visitor, findings_in_both

pytestmark = pytest.mark.browser


SIZES = [(1280, 800), (390, 844)]


def settings(reader: Visit) -> None:
    """The choice of language and colours."""
    reader.page.click("#top .settings summary")


def answered(reader: Visit) -> None:
    """A question, its answer, and a source."""
    reader.page.click("#top .settings summary")
    reader.ask("市场区隔是什么？", 1)
    reader.finished()
    reader.open(1)


def editing(reader: Visit) -> None:
    """A dialog."""
    reader.page.keyboard.press("Escape")
    reader.page.locator("#source").wait_for(state="hidden")
    reader.page.click("#chat a.edit")


def refused(reader: Visit) -> None:
    """A question that the documents do not answer, and the passages that came nearest."""
    reader.page.keyboard.press("Escape")
    reader.say("火星上有幾座城市？")
    reader.finished()
    reader.page.click("#chat summary")
    reader.answer.locator("a.cite").first.wait_for()


def history(reader: Visit) -> None:
    """The list of chats, with the menu of one open."""
    reader.page.click("#top button.history")
    reader.page.click("#history .more")


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_chat_has_no_serious_finding(visit: Visitor, sample: Sample, width: int, height: int) -> None:
    """On one way through it, at each of its states."""
    reader = visit(sample.address, width, height)
    found = {"welcome": findings_in_both(reader)}
    for state in (settings, answered, editing, refused, history):
        state(reader)
        found[state.__name__] = findings_in_both(reader)
    assert {state: faults for state, faults in found.items() if faults} == {}


@pytest.mark.parametrize(("width", "height"), SIZES)
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
