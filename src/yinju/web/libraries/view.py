"""The libraries → the menu in the header, and the HTML of the view that lists them."""

from typing import Any, NamedTuple

from yinju.libraries import Entry, Libraries
from yinju.messages import Language, say
from yinju.reasons import Reason
from yinju.web.addresses import library_href
from yinju.web.rendering import render


class Row(NamedTuple):
    """A library as it is listed."""

    entry: Entry
    title: str
    address: str
    documents: int | None
    """How many it has; None where that cannot be told."""
    current: bool
    """Whether it is the one whose page this is."""


def rows_of(libraries: Libraries, current: str, language: Language) -> list[Row]:
    """All libraries, the first before the others."""
    return [
        Row(entry, entry.said(language), library_href(entry.id), entry.document_count(), entry.id == current)
        for entry in libraries.entries()
    ]


def switching(libraries: Libraries, current: str, may_change: bool, language: Language) -> dict[str, Any]:
    """What the header says of the libraries: which this is, which others there are, and whether one can be made."""
    rows = rows_of(libraries, current, language)
    here = next((row.title for row in rows if row.current), "")
    return {"libraries": rows, "library": here, "may_change_libraries": may_change}


def view_html(libraries: Libraries, current: str, may_change: bool, language: Language) -> str:
    """The view; to those who may not change anything, only which there are."""
    rows = rows_of(libraries, current, language)
    holds = [_holds(row, language) for row in rows]
    deleted = libraries.deleted() if may_change else []
    return render(
        "libraries/view.html", language, rows=[*zip(rows, holds, strict=True)], deleted=deleted,
        closed=None if may_change else Reason("library.closed"),
    )  # fmt: skip


def _holds(row: Row, language: Language) -> str:
    """How many documents and how many chats a library has, in words."""
    counts = {"documents": row.documents, "chats": row.entry.chat_count()}
    told = {what: "?" if count is None else f"{count:,}" for what, count in counts.items()}
    return say("libraries.holds", language, **told)
