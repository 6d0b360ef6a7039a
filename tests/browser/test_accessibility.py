"""What axe-core, the accessibility checker, finds in every room of the page, light and dark, wide and narrow."""

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from tests.browser.reader import Sample, Visit, Visitor

pytestmark = pytest.mark.browser


@cache
def axe() -> str:
    """The source of axe-core."""
    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


def findings(reader: Visit) -> list[str]:
    """What is serious or critical, each with the element it was found at."""
    if not reader.page.evaluate("() => 'axe' in window"):
        reader.page.evaluate(axe())
    found: list[dict[str, Any]] = reader.page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")[
        "violations"
    ]
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:200]} {node.get('failureSummary', '')[:200]}"
        for one in found if one["impact"] in ("serious", "critical") for node in one["nodes"]
    ]  # fmt: skip


def welcome(reader: Visit) -> None:
    """Nothing is done."""


def answered(reader: Visit) -> None:
    """A question, its answer, and a source."""
    reader.ask("市场区隔是什么？", 1)
    reader.finished()
    reader.open(1)


def refused(reader: Visit) -> None:
    """A question that the documents do not answer."""
    reader.ask("火星上有幾座城市？", 1)
    reader.finished()


def history(reader: Visit) -> None:
    """The list of chats, with the menu of one open."""
    reader.ask("微商是什麼？", 1)
    reader.finished()
    reader.page.click("#top button.history")
    reader.page.click("#history summary")


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
    for scheme in ("light", "dark"):
        reader.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # colours change at once
        reader.page.wait_for_selector("body.dark" if scheme == "dark" else "body:not(.dark)")
        assert findings(reader) == []


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
    for scheme in ("light", "dark"):
        reader.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # colours change at once
        reader.page.wait_for_selector("body.dark" if scheme == "dark" else "body:not(.dark)")
        assert findings(reader) == []
