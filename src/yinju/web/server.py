"""A library and settings → the web application: the page, the sources it opens, and a health check."""

import logging
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from threading import Thread
from types import FrameType
from typing import Any

import uvicorn
from fastapi import Depends, FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.responses import HTMLResponse, PlainTextResponse
from fastapi.staticfiles import StaticFiles

from yinju.audit import COMMAND_LINE, Acting, acting, log_of, record
from yinju.deep import load_behind
from yinju.errors import ConversationsError, DocumentsError, SettingsError, YinjuError
from yinju.libraries import Libraries
from yinju.library import Library
from yinju.messages import LANGUAGES, say
from yinju.oidc import Issuer
from yinju.reasons import cause_of
from yinju.settings import Settings, spoken_language
from yinju.suggestions.examples import example_questions
from yinju.users import Right, Users
from yinju.web import (
    documents,
    finder,
    health,
    history,
    libraries,
    login,
    overview,
    scope,
    search_view,
    setup,
    sharing,
    source,
)
from yinju.web.access import Access
from yinju.web.admission import Admission
from yinju.web.asking import Questions
from yinju.web.connections import LimitedProtocol, make_room
from yinju.web.desk import id_of, library_of
from yinju.web.desks import Desks
from yinju.web.forms import Forms, unusable
from yinju.web.guard import Guard
from yinju.web.hosts import allowed_hosts
from yinju.web.installing import add_manifest
from yinju.web.line import Line
from yinju.web.metrics import Metrics
from yinju.web.rendering import render
from yinju.web.rooms import Rooms
from yinju.web.trace import Trace, note_route
from yinju.web.visitor import visitor_of

_FOLDER = Path(__file__).parent
VIEWS = ("chat", "documents")
"""As /frame names and lists them; that of the settings opens from their menu."""
ADVANCED = ("search", "overview")
"""Those that it has in a menu."""

logger = logging.getLogger(__name__)


def create_app(library: Library, settings: Settings) -> FastAPI:
    """The application, ready to be served.

    Raises:
        SettingsError: the addresses cannot be served.
        UsersError: the file of users cannot be read.
    """
    settings = settings.model_copy(update={"index": str(library.index)})
    users = Users.of(settings)
    hosts, access = allowed_hosts(settings), Access(users, library, settings)
    issuer = Issuer(settings) if settings.oidc_issuer else None
    from yinju.web.page import mount_page  # Gradio takes seconds to import: only when a page is wanted

    desks = Desks(library, Libraries(settings), users.may_own)

    @asynccontextmanager
    async def closing(_: FastAPI) -> AsyncIterator[None]:
        yield
        await run_in_threadpool(desks.close_all)

    app = FastAPI(
        docs_url=None, redoc_url=None, openapi_url=None, lifespan=closing, dependencies=[Depends(note_route)]
    )  # fmt: skip
    line, metrics = Line(settings), Metrics()
    questions = app.state.questions = Questions(line, metrics)
    app.add_middleware(Admission, line=line, refused=metrics.refused, events=lambda: app.state.events())
    app.add_middleware(Forms)
    app.add_middleware(Rooms, desks=desks)
    app.add_exception_handler(RequestValidationError, unusable)
    app.add_middleware(Guard, hosts=hosts, access=access)
    app.add_middleware(Trace, log=log_of(settings))
    _add_routes(app, desks)
    health.add_routes(app, desks, questions, metrics)
    add_manifest(app)
    source.add_routes(app)
    documents.add_routes(app)
    search_view.add_routes(app)
    overview.add_routes(app)
    history.add_routes(app)
    scope.add_routes(app)
    finder.add_routes(app, desks.libraries, (*VIEWS, *ADVANCED, "libraries")[1:])
    history.add_judgement(app)
    sharing.add_routes(app)
    setup.add_routes(app, desks)
    libraries.add_routes(app, desks, users)
    login.add_routes(app, users)
    login.add_issuer(app, access, issuer)
    Thread(target=library.warm_pages, daemon=True).start()
    return mount_page(app, questions)


def _add_routes(app: FastAPI, desks: Desks) -> None:
    app.mount("/ui", GZipMiddleware(StaticFiles(directory=_FOLDER / "static")))

    @app.get("/frame")
    def frame(request: Request) -> HTMLResponse:
        names = [(one, say("language.name", one)) for one in LANGUAGES]
        visitor, library = visitor_of(request), library_of(request)
        shown = {"views": VIEWS, "advanced": ADVANCED, "languages": names, **documents.changing(library, visitor)}
        shown |= {"user": visitor.user, "may_manage": visitor.may(Right.MANAGE)}
        shown |= libraries.switching(desks.libraries, id_of(request), visitor)
        model, generation = library.model_name, library.generation
        return HTMLResponse(render("frame.html", visitor.language, model=model, generation=generation, **shown))

    @app.exception_handler(ConversationsError)
    def unreadable(request: Request, error: Exception) -> PlainTextResponse:
        logger.error("%s failed: %s", request.scope["route"].path, error)
        return PlainTextResponse(say("history.trouble", visitor_of(request).language), 500)

    @app.exception_handler(YinjuError)
    def trouble(request: Request, error: Exception) -> HTMLResponse:
        logger.error("%s failed: %s", request.scope["route"].path, error)
        language = visitor_of(request).language
        return HTMLResponse(render("notice.html", language, notice=say("frame.index_trouble", language)), 500)


def serve(library: Library, settings: Settings) -> None:
    """Serve the page until interrupted.

    Raises:
        SettingsError: the port is taken, or the address cannot be used or would open the page unasked.
    """
    listener = bind(settings.host, settings.port)
    make_room()
    with listener:
        app = create_app(library, settings)
        with suppress(DocumentsError):  # nothing is to be changed
            library.editor().catch_up()
        language = settings.language or spoken_language()
        if settings.reread:
            load_behind()
        Thread(target=example_questions, args=(library, language), daemon=True).start()  # tried before the first visit
        if not settings.read_only:
            with acting(Acting(log_of(settings), lambda: (COMMAND_LINE, ""))):
                record("serve", f"{settings.host}:{settings.port}")
        ready = say("ready", language, address=f"http://{_shown(settings.host)}:{settings.port}")
        _Server(app, ready, settings.stop_seconds).run(sockets=[listener])


def bind(host: str, port: int) -> socket.socket:
    """A socket bound to the address, so that a taken port shows before anything is loaded.

    Raises:
        SettingsError: the port is taken or out of range, or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # named TCP, or asyncio takes it for something else and leaves 40 ms between the parts of a response (Nagle)
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except (OSError, OverflowError) as error:
        listener.close()
        other = port + 1 if 0 < port < 65535 else 7861
        raise SettingsError("port.taken", host=host, port=port, why=cause_of(error), other=other) from None
    return listener


def _shown(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)


class _Server(uvicorn.Server):
    """Says when it is ready, and lets answers that grow come to an end before it does."""

    def __init__(self, app: FastAPI, ready: str, stop_seconds: float) -> None:
        limited: dict[str, Any] = {"http": LimitedProtocol, "ws": "none", "timeout_graceful_shutdown": 1}
        limited |= {"proxy_headers": False}  # which of them are believed, web/proxies.py says
        quiet: dict[str, Any] = {"log_config": None, "log_level": "warning", "access_log": False}
        super().__init__(uvicorn.Config(app, server_header=False, **quiet, **limited))
        self._questions: Questions = app.state.questions
        self._ready, self._stop_seconds = ready, stop_seconds

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, then say so."""
        await super().startup(sockets)
        print(self._ready, file=sys.stderr, flush=True)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End; at once where that was asked for before."""
        self.force_exit = self.should_exit
        super().handle_exit(sig, frame)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End when no answer grows any more, without a traceback for each reader whose page is still open."""
        for server in self.servers:
            server.close()
        await self._questions.end(self._stop_seconds, lambda: self.force_exit)
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets)
        self._captured_signals.clear()  # which would be raised again: having been asked to end is no fault
