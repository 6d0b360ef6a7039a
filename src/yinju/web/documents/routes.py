"""The view of the documents, and the requests that change them; a body that is uploaded goes to disk as it comes."""

import logging
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse
from starlette.requests import ClientDisconnect

from yinju.errors import DocumentsError
from yinju.ingest.changes import Change
from yinju.ingest.editor import Editor
from yinju.reasons import say
from yinju.web.desk import library_of
from yinju.web.documents import many
from yinju.web.documents.report import report_html
from yinju.web.documents.table import Listing
from yinju.web.documents.view import changes_html, table_html, totals_html, view_html, why_closed
from yinju.web.visitor import visitor_of

PIECE = 1 << 20
"""How much of an upload is written at a time, in bytes."""

STATUS = {
    "read_only": 403, "not_there": 404, "not_kept": 404, "occupied": 409, "move": 409, "no_folder": 409,
    "encodings": 409,
    "too_large": 413, "quota": 413, "too_many": 413, "not_writable": 500, "no_space": 507,
}  # fmt: skip
"""Reason → status; any other is the fault of what was asked."""

logger = logging.getLogger(__name__)

Wanted = Annotated[Listing, Depends()]


def add_routes(app: FastAPI) -> None:
    """Serve the view, what it is asked to do, and how far that is."""
    _add_view(app)
    _add_upload(app)
    _add_edits(app)
    many.add_routes(app)

    @app.exception_handler(DocumentsError)
    def refused(request: Request, error: DocumentsError) -> PlainTextResponse:
        status = STATUS.get(error.code, 400)
        if status >= 500:
            logger.error("%s failed: %s (%s)", request.scope["route"].path, error, error.__cause__)
        return PlainTextResponse(say(error.reason, visitor_of(request).language), status)


def _add_view(app: FastAPI) -> None:
    @app.get("/view/documents")
    def view(request: Request, wanted: Wanted, document: str = "") -> HTMLResponse:
        library, visitor = library_of(request), visitor_of(request)
        if document:
            editable = why_closed(library, visitor) is None
            return HTMLResponse(report_html(library, document, wanted.page, editable, visitor.language))
        return HTMLResponse(view_html(library, wanted, visitor))

    @app.get("/documents/files")
    def files(request: Request, wanted: Wanted) -> HTMLResponse:
        return HTMLResponse(table_html(library_of(request), wanted, visitor_of(request)))

    @app.get("/documents/totals")
    def totals(request: Request) -> HTMLResponse:
        return HTMLResponse(totals_html(library_of(request), visitor_of(request).language))

    @app.get("/documents/changes")
    def changes(request: Request, after: int = 0) -> HTMLResponse:
        library = library_of(request)
        changes = library.editor().changes()
        return HTMLResponse(changes_html(changes, after, library, visitor_of(request).language))


def _add_upload(app: FastAPI) -> None:
    @app.post("/documents/upload")
    async def upload(request: Request, name: str = "") -> JSONResponse:
        library = await run_in_threadpool(library_of, request)
        limit = library.settings.file_megabytes
        try:
            editor = await run_in_threadpool(library.editor)
            if int(request.headers.get("content-length", 0)) > limit * 1_000_000:
                raise DocumentsError("too_large.upload", limit=limit)
            return _accepted(await _receive(request, editor, name))
        except ClientDisconnect:
            raise DocumentsError("cut_off") from None
        except DocumentsError:
            await _pass_over(request, limit * 1_000_000)
            raise


async def _receive(request: Request, editor: Editor, name: str) -> Change:
    """The change that the file in a request's body is."""
    with await run_in_threadpool(editor.write, name) as incoming:
        async for piece in _in_pieces(request):
            await run_in_threadpool(incoming.write, piece)
        return await run_in_threadpool(editor.finish, incoming)


async def _in_pieces(request: Request) -> AsyncIterator[bytes]:
    """The body in pieces of about `PIECE` bytes."""
    held = bytearray()
    async for part in request.stream():
        held += part
        if len(held) >= PIECE:
            yield bytes(held)
            held.clear()
    yield bytes(held)


async def _pass_over(request: Request, most_bytes: int) -> None:
    """Read the rest of a body that is refused, within reason: a browser that still sends hears no answer."""
    passed = 0
    try:
        async for part in request.stream():
            passed += len(part)
            if passed > most_bytes:
                return
    except (ClientDisconnect, RuntimeError):  # it is gone, or was read to its end
        return


def _add_edits(app: FastAPI) -> None:
    @app.delete("/documents/file")
    def remove(request: Request, name: str) -> JSONResponse:
        return _accepted(library_of(request).editor().remove(name))

    @app.post("/documents/reread")
    def reread(request: Request, name: str) -> JSONResponse:
        return _accepted(library_of(request).editor().reread(name))

    @app.post("/documents/encoding")
    def encoding(request: Request, name: str, encoding: str = "") -> JSONResponse:
        return _accepted(library_of(request).editor().read_as(name, encoding))

    @app.post("/documents/restore")
    def restore(request: Request, name: str, kept: str) -> JSONResponse:
        return _accepted(library_of(request).editor().restore(name, kept))

    @app.post("/documents/retry")
    def retry(request: Request, change: int) -> JSONResponse:
        return _accepted(library_of(request).editor().retry(change))


def _accepted(change: Change) -> JSONResponse:
    return JSONResponse({"change": change.id}, 202)
