"""The libraries → the menu in the header, and the HTML of the view that lists them."""

from typing import Any, NamedTuple

from yinju.libraries import Entry, Libraries
from yinju.messages import Language, say
from yinju.reasons import Reason
from yinju.users import Right, Users
from yinju.web.addresses import library_href
from yinju.web.rendering import render
from yinju.web.visitor import Visitor


class Row(NamedTuple):
    """A library as it is listed."""

    entry: Entry
    title: str
    address: str
    documents: int | None
    """How many it has; None where that cannot be told."""
    current: bool
    """Whether it is the one whose page this is."""


def rows_of(libraries: Libraries, current: str, visitor: Visitor) -> list[Row]:
    """The libraries that are open to a visitor, the first before the others."""
    return [
        Row(entry, entry.said(visitor.language), library_href(entry.id), entry.document_count(), entry.id == current)
        for entry in libraries.entries()
        if visitor.may_open(entry.id)
    ]


def switching(libraries: Libraries, current: str, visitor: Visitor) -> dict[str, Any]:
    """What the header says of the libraries: which this is, which others there are, and whether one can be made."""
    rows = rows_of(libraries, current, visitor)
    here = next((row.title for row in rows if row.current), "")
    return {"libraries": rows, "library": here, "may_change_libraries": visitor.may(Right.MAKE)}


def view_html(libraries: Libraries, current: str, visitor: Visitor, users: Users) -> str:
    """The view; to those who may not change anything, only which there are."""
    rows, language, deletes = rows_of(libraries, current, visitor), visitor.language, visitor.may(Right.MANAGE)
    holds = [_holds(row, language) for row in rows]
    allows = visitor.user is not None and deletes
    allowed = {row.entry.id: ", ".join(users.allowed(row.entry.id)) for row in rows} if allows else None
    closed = None if visitor.may(Right.MAKE) else Reason("user.may_not" if visitor.user else "library.closed")
    return render(
        "libraries/view.html", language, rows=[*zip(rows, holds, strict=True)], closed=closed, deletes=deletes,
        allowed=allowed,        deleted=libraries.deleted() if deletes else [],
    )  # fmt: skip


def _holds(row: Row, language: Language) -> str:
    """How many documents and how many chats a library has, in words."""
    counts = {"documents": row.documents, "chats": row.entry.chat_count()}
    told = {what: "?" if count is None else f"{count:,}" for what, count in counts.items()}
    return say("libraries.holds", language, **told)
