"""The view of the settings, and the requests that try and change them."""

from collections.abc import Callable
from contextlib import suppress
from typing import Annotated

from fastapi import Body, FastAPI, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response

from yinju.answering.llm.trial import FoundServer, find_servers, models_at, try_model
from yinju.errors import GenerationError, SettingsError, told
from yinju.libraries import Libraries
from yinju.messages import say
from yinju.settings import Settings
from yinju.types import ModelFault
from yinju.web.desk import desk_of, library_of
from yinju.web.desks import Desks
from yinju.web.documents.shown import size_text
from yinju.web.rendering import render
from yinju.web.setup.choices import FIXED, MODEL, Choices
from yinju.web.setup.view import ENCODERS, view_html
from yinju.web.visitor import visitor_of

NEXT = {ModelFault.UNREACHABLE: "open", ModelFault.UNAUTHORISED: "key", ModelFault.MALFORMED: "address"}
"""Fault → what to do; to look into the server's log where there is nothing better."""

Text = Annotated[str, Body()]


class _Refused(Exception):
    """What is asked for cannot be done; the key of the sentence that says why."""

    def __init__(self, key: str, status: int = 400, **values: object) -> None:
        self.key, self.status, self.values = key, status, values


def add_routes(app: FastAPI, desks: Desks) -> None:
    """Serve the view, and what it is asked to do."""
    choices = Choices(desks)

    def shown(request: Request) -> HTMLResponse:
        return HTMLResponse(view_html(desk_of(request), choices, desks.libraries, visitor_of(request)))

    app.get("/view/setup")(shown)
    _add_trials(app, choices)
    _add_choices(app, desks.libraries, choices)

    @app.exception_handler(_Refused)
    def refused(request: Request, error: _Refused) -> PlainTextResponse:
        return PlainTextResponse(say(error.key, visitor_of(request).language, **error.values), error.status)


def _add_trials(app: FastAPI, choices: Choices) -> None:
    """Serve what looks at language models without setting any."""

    @app.post("/setup/servers")
    def servers(request: Request) -> HTMLResponse:
        found = find_servers(library_of(request).settings)
        return HTMLResponse(render("setup/servers.html", visitor_of(request).language, servers=found))

    @app.post("/setup/models")
    def models(request: Request, address: Text = "", key: Text = "") -> HTMLResponse:
        settings, language = _asked(choices, address, "", key), visitor_of(request).language
        try:
            found = FoundServer("", address, tuple(models_at(settings)))
            return HTMLResponse(render("setup/servers.html", language, servers=[found]))
        except GenerationError as error:
            return HTMLResponse(_fault_html(error, request))

    @app.post("/setup/test")
    def test(request: Request, address: Text = "", model: Text = "", key: Text = "") -> HTMLResponse:
        settings, language = _asked(choices, address, model, key), visitor_of(request).language
        try:
            trial = try_model(settings, say("setup.trial", language))
        except GenerationError as error:
            return HTMLResponse(_fault_html(error, request))
        return HTMLResponse(render("setup/trial.html", language, trial=trial))


def _asked(choices: Choices, address: str, model: str, key: str, or_none: bool = False) -> Settings:
    """The settings with the language model that a form names, where that is not fixed."""
    if choices.model_origin()[0] in FIXED:
        raise _Refused("setup.fixed", 409)
    try:
        asked = choices.asked_model(address, model, key)
    except SettingsError:
        raise _Refused("setup.bad_address") from None
    if not asked.llm_base_url and not or_none:
        raise _Refused("setup.bad_address")
    return asked


def _fault_html(error: GenerationError, request: Request) -> str:
    step, language = NEXT.get(error.fault, "log"), visitor_of(request).language
    return render("setup/fault.html", language, fault=error.fault.value, step=step, told=told(error, language))


def _add_choices(app: FastAPI, libraries: Libraries, choices: Choices) -> None:
    """Serve what changes settings, and what empties the deleted files."""

    @app.put("/setup/model")
    def model(address: Text = "", model: Text = "", key: Text = "") -> Response:
        return _kept(choices.choose_model, _asked(choices, address, model, key, or_none=True))

    @app.put("/setup/choice")
    def choice(name: Text, value: Text) -> Response:
        chosen = {name: _value(name, value)}
        if choices.origin(name) in FIXED:
            raise _Refused("setup.fixed", 409)
        return _kept(choices.choose, chosen)

    @app.delete("/setup/choice")
    def forget(name: str) -> Response:
        return _kept(choices.forget, *(MODEL if name == "model" else [name]))

    @app.delete("/setup/deleted")
    def empty(request: Request) -> PlainTextResponse:
        freed = library_of(request).editor().empty_deleted() + libraries.empty_deleted()
        return PlainTextResponse(say("setup.emptied", visitor_of(request).language, size=size_text(freed)))


def _kept(change: Callable[..., None], *given: object) -> Response:
    """The response once a change of the settings is kept."""
    try:
        change(*given)
    except OSError as error:
        raise _Refused("setup.unwritten", 500, error=error.strerror or error) from None
    return Response(status_code=204)


def _value(name: str, value: str) -> object:
    """A value that a setting can be given at the page."""
    if name == "encoder" and value in ENCODERS:
        return value
    if name == "ocr" and value in ("on", "off"):
        return value == "on"
    with suppress(ValueError):
        if name == "refuse_below" and 0 <= float(value) <= 1:
            return float(value)
    raise _Refused("setup.fixed")
