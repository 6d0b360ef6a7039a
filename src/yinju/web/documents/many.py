"""What is done to one document or many at once: moved, renamed, tagged, deleted; each as if it alone were."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePosixPath
from typing import Annotated

from fastapi import Body, Depends, FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse

from yinju.errors import ConversationsError, DocumentsError
from yinju.ingest.changes import Change
from yinju.library import Library
from yinju.messages import Language, say
from yinju.reasons import say as say_reason
from yinju.web.desk import Desk, desk_of, library_of
from yinju.web.documents.table import Listing
from yinju.web.rendering import render
from yinju.web.visitor import visitor_of

Names = Annotated[list[str], Body(embed=True)]


logger = logging.getLogger(__name__)


def add_routes(app: FastAPI) -> None:
    """Serve what is done to many."""

    @app.get("/documents/names")
    def names(request: Request, wanted: Annotated[Listing, Depends()]) -> JSONResponse:
        library = library_of(request)
        found = wanted.of(library.outcomes(), library.facts.tags)
        unread = [outcome.name for outcome in found if not outcome.passages]
        return JSONResponse({"names": [outcome.name for outcome in found], "unread": unread})

    @app.post("/documents/rename")
    def rename(request: Request, name: str, to: str) -> JSONResponse:
        desk = desk_of(request)
        return _moved(desk, [desk.library.editor().move(name, to)], [])

    @app.post("/documents/move")
    def move(request: Request, names: Names, folder: Annotated[str, Body()]) -> JSONResponse:
        desk = desk_of(request)
        editor, below = desk.library.editor(), "/".join(part.strip() for part in folder.split("/") if part.strip())
        changes, refused = _each(names, lambda name: editor.move(name, _in(below, name)), visitor_of(request).language)
        return _moved(desk, changes, refused)

    @app.post("/documents/tags")
    def tags(
        request: Request, names: Names, added: Annotated[list[str], Body()], taken: Annotated[list[str], Body()]
    ) -> JSONResponse:
        editor = library_of(request).editor()
        return _told(*_each(names, lambda name: editor.tag(name, added, taken), visitor_of(request).language))

    @app.post("/documents/remove")
    def remove(request: Request, names: Names) -> JSONResponse:
        return _told(*_each(names, library_of(request).editor().remove, visitor_of(request).language))

    @app.post("/documents/tagging")
    def tagging(request: Request, names: Names) -> HTMLResponse:
        return HTMLResponse(tagging_html(library_of(request), names, visitor_of(request).language))


def tagging_html(library: Library, names: Sequence[str], language: Language) -> str:
    """Every tag there is, with whether all, some or none of the documents have it."""
    every, own = library.facts.tags, {*names}
    held = Counter(tag for name, tags in every.items() if name in own for tag in tags)
    shares = {tag: _share(held[tag], len(own)) for tag in sorted({tag for tags in every.values() for tag in tags})}
    return render("documents/tagging.html", language, shares=shares)


def _share(held: int, all_of: int) -> str:
    return "none" if not held else "all" if held == all_of else "some"


def _in(folder: str, name: str) -> str:
    file = PurePosixPath(name).name
    return f"{folder}/{file}" if folder else file


Refused = list[dict[str, str]]
"""name and why."""


def _each(names: Iterable[str], act: Callable[[str], Change], language: Language) -> tuple[list[Change], Refused]:
    """Do something to each document; those of which it is refused stay as they were."""
    changes, refused = list[Change](), Refused()
    for name in dict.fromkeys(names):
        try:
            changes.append(act(name))
        except DocumentsError as error:
            told = say("documents.refused", language, name=name, why=say_reason(error.reason, language))
            refused.append({"name": name, "why": told})
    return changes, refused


def _told(changes: Sequence[Change], refused: Refused, **more: object) -> JSONResponse:
    return JSONResponse({"changes": [change.id for change in changes], "refused": refused, **more}, 202)


def _moved(desk: Desk, changes: Sequence[Change], refused: Refused) -> JSONResponse:
    """What was moved where; chats that ask in these documents ask in them under their new names."""
    moved = {change.before: change.name for change in changes}
    try:
        desk.conversations.follow(moved)
    except ConversationsError as error:
        logger.warning("chats do not know of a move: %s", error)
    return _told(changes, refused, moved=moved)
