"""A library → the HTML of the page before anything is asked: its documents, how to add some, and what to expect."""

from heapq import nlargest

from yinju.library import Library
from yinju.web.documents.table import view_href
from yinju.web.documents.view import why_closed
from yinju.web.rendering import render
from yinju.web.visitor import Visitor

TITLES = 6
"""How many documents are named, those that came last."""


def home_html(library: Library, visitor: Visitor, asking: bool = True) -> str:
    """The page, over an empty library with a place to drop files; `asking` says whether questions stand below it."""
    documents = [outcome for outcome in library.outcomes() if outcome.passages]
    return render(
        "chat/welcome.html", visitor.language, documents=len(documents), closed=why_closed(library, visitor),
        view_href=view_href,
        latest=nlargest(TITLES, documents, key=lambda outcome: outcome.added or 0), model=library.model_name,
        limit=library.settings.file_megabytes, asking=asking,
    )  # fmt: skip
