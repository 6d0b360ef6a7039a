"""What is done to one document or many at once: moved, renamed, tagged, deleted; each as if it alone were."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePosixPath
from typing import Annotated, Any

from fastapi import Body, Depends, FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse

from yinju.errors import DocumentsError
from yinju.ingest.changes import Change
from yinju.library import Library
from yinju.messages import Language, say
from yinju.reasons import say as say_reason
from yinju.web.documents.table import Listing
from yinju.web.rendering import render
from yinju.web.visitor import visitor_of

Names = Annotated[list[str], Body(embed=True)]


def add_routes(app: FastAPI, library: Library) -> None:
    """Serve what is done to many."""

    @app.get("/documents/names")
    def names(wanted: Annotated[Listing, Depends()]) -> JSONResponse:
        return JSONResponse([outcome.name for outcome in wanted.of(library.outcomes(), library.facts.tags)])

    @app.post("/documents/rename")
    def rename(name: str, to: str) -> JSONResponse:
        return JSONResponse({"change": library.editor().move(name, to).id}, 202)

    @app.post("/documents/move")
    def move(request: Request, names: Names, folder: Annotated[str, Body()]) -> JSONResponse:
        editor, below = library.editor(), "/".join(part.strip() for part in folder.split("/") if part.strip())
        return _each(names, lambda name: editor.move(name, _moved(name, below)), visitor_of(request).language)

    @app.post("/documents/tags")
    def tags(
        request: Request, names: Names, added: Annotated[list[str], Body()], taken: Annotated[list[str], Body()]
    ) -> JSONResponse:
        editor = library.editor()
        return _each(names, lambda name: editor.tag(name, added, taken), visitor_of(request).language)

    @app.post("/documents/remove")
    def remove(request: Request, names: Names) -> JSONResponse:
        return _each(names, library.editor().remove, visitor_of(request).language)

    @app.post("/documents/tagging")
    def tagging(request: Request, names: Names) -> HTMLResponse:
        return HTMLResponse(tagging_html(library, names, visitor_of(request).language))


def tagging_html(library: Library, names: Sequence[str], language: Language) -> str:
    """Every tag there is, with whether all, some or none of the documents have it."""
    every, own = library.facts.tags, {*names}
    held = Counter(tag for name, tags in every.items() if name in own for tag in tags)
    shares = {tag: _share(held[tag], len(own)) for tag in sorted({tag for tags in every.values() for tag in tags})}
    return render("documents/tagging.html", language, shares=shares)


def _share(held: int, all_of: int) -> str:
    return "none" if not held else "all" if held == all_of else "some"


def _moved(name: str, folder: str) -> str:
    file = PurePosixPath(name).name
    return f"{folder}/{file}" if folder else file


def _each(names: Iterable[str], act: Callable[[str], Change], language: Language) -> JSONResponse:
    """Do something to each document; those of which it is refused are told, and stay as they were."""
    changes, refused = list[int](), list[dict[str, Any]]()
    for name in dict.fromkeys(names):
        try:
            changes.append(act(name).id)
        except DocumentsError as error:
            told = say("documents.refused", language, name=name, why=say_reason(error.reason, language))
            refused.append({"name": name, "why": told})
    return JSONResponse({"changes": changes, "refused": refused}, 202)
