"""A few letters → the visitor's chats, documents, views and other libraries that have them, each with its address."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse

from yinju.libraries import Libraries
from yinju.messages import say
from yinju.web.addresses import library_href
from yinju.web.desk import Desk, desk_of, id_of
from yinju.web.documents.table import Listing, view_href
from yinju.web.rendering import render
from yinju.web.visitor import Visitor, visitor_of

EACH = 6
"""The most of each kind that are shown."""


class Found(NamedTuple):
    """Something that can be opened."""

    kind: str
    """As the catalogue calls it below frame."""
    title: str
    address: str


def add_routes(app: FastAPI, libraries: Libraries, views: Sequence[str]) -> None:
    """Serve what is found; the views are those that an address can name."""

    @app.get("/find")
    def find(request: Request, q: str = "") -> HTMLResponse:
        visitor, desk = visitor_of(request), desk_of(request)
        here = [*_views(views, visitor, q), *_documents(desk, q), *_chats(desk, visitor, q)]
        found = [*here, *_libraries(libraries, visitor, q, but=id_of(request))]
        return HTMLResponse(render("finder.html", visitor.language, found=found))


def _views(views: Sequence[str], visitor: Visitor, wanted: str) -> Iterator[Found]:
    """A new chat and the views, where their names have what is wanted."""
    named = {say(f"frame.{view}", visitor.language): f"?view={view}" for view in views}
    for title, address in {say("frame.new_chat", visitor.language): "./", **named}.items():
        if all(word in title.casefold() for word in wanted.casefold().split()):
            yield Found("page", title, address)


def _documents(desk: Desk, wanted: str) -> Iterator[Found]:
    """The documents whose title or name has it; none as long as nothing is wanted."""
    found = Listing(q=wanted).of(desk.library.outcomes()) if wanted.strip() else []
    for outcome in islice(found, EACH):
        yield Found("documents", outcome.title or outcome.name, view_href(document=outcome.name))


def _chats(desk: Desk, visitor: Visitor, wanted: str) -> Iterator[Found]:
    """The latest chats that have it."""
    for chat in desk.conversations.chats(visitor.id, wanted[:200], EACH):
        yield Found("chat", chat.title, f"?chat={chat.id}")


def _libraries(libraries: Libraries, visitor: Visitor, wanted: str, but: str) -> Iterator[Found]:
    """The other libraries whose titles have it; none as long as nothing is wanted."""
    words = wanted.casefold().split()
    for entry in libraries.entries() if words else ():
        title = entry.said(visitor.language)
        if entry.id != but and visitor.may_open(entry.id) and all(word in title.casefold() for word in words):
            yield Found("library", title, library_href(entry.id))
