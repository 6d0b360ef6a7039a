"""The files as the last build left them → the rows of their table: filtered, sorted, a page at a time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import urlencode

from yinju.types import FileOutcome, FileState
from yinju.web.documents.shown import format_name, size_text

COLUMNS: dict[str, Callable[[FileOutcome], Any]] = {
    "name": lambda o: o.name.casefold(),
    "state": lambda o: list(FileState).index(o.state),
    "format": lambda o: o.format,
    "size": lambda o: o.size,
    "pages": lambda o: o.pages or 0,
    "passages": lambda o: o.passages,
    "encoding": lambda o: o.encoding or "",
    "added": lambda o: o.added,
}
"""Column → what it is sorted by."""

Tags = Mapping[str, Sequence[str]]
"""File → its tags."""
NO_TAGS: Tags = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Listing:
    """Which files are wanted, and in which order, as an address says it."""

    q: str = ""
    sort: str = "name"
    down: bool = False
    page: int = 1
    folder: str = ""
    """Of which the files are wanted, and of those in it."""
    tag: str = ""

    @property
    def href(self) -> str:
        """The address of the view that shows them."""
        facts = {name: int(fact) if name == "down" else fact for name, fact in asdict(self).items()}
        return view_href(**{name: fact for name, fact in facts.items() if fact != _USUAL[name]})

    def of(self, outcomes: Sequence[FileOutcome], tags: Tags = NO_TAGS) -> list[FileOutcome]:
        """The files that are wanted, in their order; equals by name."""
        wanted, below = self.q.casefold().split(), f"{self.folder}/" if self.folder else ""
        here = [o for o in outcomes if o.name.startswith(below) and (not self.tag or self.tag in tags.get(o.name, ()))]
        found = [o for o in here if all(word in f"{o.title}\n{o.name}".casefold() for word in wanted)]
        by_name = sorted(found, key=COLUMNS["name"])
        return sorted(by_name, key=COLUMNS.get(self.sort, COLUMNS["name"]), reverse=self.down)

    def sorted_by(self, column: str) -> "Listing":
        """The same files by a column, the other way round where they are already."""
        return replace(self, sort=column, down=column == self.sort and not self.down, page=1)


_USUAL = {"q": "", "sort": "name", "down": 0, "page": 1, "folder": "", "tag": ""}
"""What an address leaves out."""


class Page(NamedTuple):
    """A page of many things, from the first to the end of it, and the addresses of its neighbours."""

    first: int
    end: int
    total: int
    previous: str
    next: str


def page_of(total: int, most: int, page: int, href: Callable[[int], str]) -> Page:
    """A page, counted from 1, that holds at most so many of all; the nearest where there is none of that number."""
    page = min(max(page, 1), max(1, -(-total // most)))
    first = (page - 1) * most
    return Page(first, min(first + most, total), total, href(page - 1), href(page + 1))


def view_href(**facts: str | int) -> str:
    """The address of this view."""
    return f"?{urlencode({'view': 'documents', **facts}, errors='replace')}"


def facts_of(outcome: FileOutcome) -> dict[str, str]:
    """Column → what stands in it for a file; empty where there is nothing to tell."""
    return {
        "format": format_name(outcome.format),
        "size": size_text(outcome.size) if outcome.size else "",
        "pages": f"{outcome.pages:,}" if outcome.pages else "",
        "passages": f"{outcome.passages:,}" if outcome.passages else "",
        "encoding": outcome.encoding or "",
    }
