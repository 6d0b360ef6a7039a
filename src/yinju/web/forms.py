"""What is sent to the page, checked before anything is done with it: what cannot be is told with a code and a sentence.

Numbers that are none (NaN, 1e999) and halves of characters are read by Python's JSON and fit into no answer and no
database; what the chat is asked through Gradio comes to its listeners only as they expect it, and only from its own
page: see `open_pages`.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Literal, cast
from urllib.parse import urlencode

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from yinju.messages import Language, say
from yinju.scopes import read_words
from yinju.web.addresses import below_library
from yinju.web.open_pages import is_open, own_name
from yinju.web.visitor import visitor_of

JOIN = "/gradio_api/queue/join"
"""Where Gradio's page sends what is done at it."""
STREAM = "/gradio_api/queue/data"
"""Where it hears of what becomes of that."""
CANCEL = "/gradio_api/cancel"
"""Where it says that it no longer waits for it."""
SESSION = re.compile(r"[\w-]{1,64}", re.ASCII)
"""What Gradio's page calls itself."""
CHANGING = ("POST", "PUT", "PATCH")
_JSON = re.compile(r"\s*application/([^;]*\+)?json\s*(;|$)", re.IGNORECASE)
"""What FastAPI reads as JSON."""
FOUND_CHARACTERS = 200
"""How much is repeated of what was sent."""


class Act(BaseModel):
    """What a link or a button outside Gradio asks of the chat, as static/chat.js writes it."""

    model_config = ConfigDict(strict=True)

    do: Literal["open", "ask", "show", "again", "edit", "undo", "everywhere"]
    chat: str = ""
    """Which to open; empty for a new one."""
    question: str | None = None
    scope: str = ""
    """Where to ask, as JSON."""
    message: str = ""
    """The answer to show another version of."""
    turn: int | None = Field(None, ge=0, le=1_000_000)

    @model_validator(mode="after")
    def _is_whole(self) -> "Act":
        if self.do in ("ask", "edit") and self.question is None:
            raise ValueError("no question")
        return self


class _Chosen(BaseModel):
    text: str


class _Selection(BaseModel):
    value: _Chosen


class _Join(BaseModel):
    """What Gradio's page sends."""

    data: list[str | None]
    fn_index: int = Field(ge=0, strict=True)
    session_hash: str = Field(pattern=f"^{SESSION.pattern}$")
    event_data: Any = None


class _Cancel(BaseModel):
    session_hash: str = Field(pattern=f"^{SESSION.pattern}$")
    event_id: str = Field(min_length=1)


class RequestFault(Exception):
    """What was sent cannot be used; `code` names the sentence of the catalogue that says so."""

    def __init__(self, code: str, status: int = 400, **facts: str) -> None:
        """Keep what is told."""
        super().__init__(code)
        self.code, self.status, self.facts = code, status, facts

    def response(self, language: Language) -> JSONResponse:
        """A 4xx that programs know by its code and people by its message."""
        told = {"code": self.code, **self.facts, "message": say(f"request.{self.code}", language, **self.facts)}
        return JSONResponse({"error": told}, self.status)


class Forms:
    """Lets requests pass whose JSON is sound and, where the chat is asked, what its listeners expect."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application whose state has Gradio's `page`, and the name and inputs of its `functions`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or say what is wrong with it."""
        if scope["type"] == "http":
            try:
                scope, receive = await _checked(scope, receive)
            except RequestFault as fault:
                await fault.response(visitor_of(Request(scope)).language)(scope, receive, send)
                return
        await self.app(scope, receive, send)


async def _checked(scope: Scope, receive: Receive) -> tuple[Scope, Receive]:
    """A request that is sound, its page called as Gradio knows it, and what it is received by from now on."""
    request, path = Request(scope), below_library(scope)[1]
    if path == STREAM:
        return _of_own_page(request), receive
    of_page = path in (JOIN, CANCEL)  # whose body Gradio takes for JSON by several names of that
    is_json = _JSON.match(request.headers.get("content-type", "")) is not None
    if request.method not in CHANGING or not (of_page or is_json):
        return scope, receive
    messages = [await receive()]
    while messages[-1].get("more_body"):
        messages.append(await receive())
    body = b"".join(message.get("body", b"") for message in messages)
    if not body:
        return scope, _again(messages, receive)
    read = read_json(body)
    if of_page:
        messages = [{"type": "http.request", "body": json.dumps(_as_own(read, request, path)).encode()}]
    else:
        _check_characters(read)
    return scope, _again(messages, receive)


def _of_own_page(request: Request) -> Scope:
    """A request for what the visitor's page is told, the page called as Gradio knows it."""
    if not SESSION.fullmatch(named := request.query_params.get("session_hash", "")):
        raise RequestFault("wrong", 422, field="session_hash", found=named[:FOUND_CHARACTERS])
    page = own_name(request, named)
    if not is_open(request, page):
        raise RequestFault("no_page", 404)
    return {**request.scope, "query_string": urlencode({"session_hash": page}).encode()}


def _as_own(read: object, request: Request, path: str) -> dict[str, Any]:
    """What is asked of Gradio's queue, the page that asks called as it knows it."""
    if path == JOIN:
        request.state.asks = _check_join(read, request.app.state.functions)
    else:
        _read(_Cancel.model_validate, read)
    asked = cast("dict[str, Any]", read)
    page = own_name(request, asked["session_hash"])
    if path == CANCEL and not is_open(request, page, asked["event_id"]):
        raise RequestFault("no_page", 404)
    return {**asked, "session_hash": page}


def _again(messages: list[Message], receive: Receive) -> Receive:
    """Messages that were received already, then whatever else comes."""
    left = iter(messages)

    async def received() -> Message:
        return next(left, None) or await receive()

    return received


def read_json(body: bytes) -> Any:  # noqa: ANN401 - whatever JSON may be
    """What a body says as JSON of finite numbers.

    Raises:
        RequestFault: it is no JSON, or a number in it is none.
    """
    try:
        return json.loads(body, parse_constant=_no_number, parse_float=_finite)
    except (ValueError, RecursionError):
        raise RequestFault("no_json") from None


def _no_number(word: str) -> None:
    raise RequestFault("number", found=word[:FOUND_CHARACTERS])


def _finite(digits: str) -> float:
    number = float(digits)
    return number if abs(number) < float("inf") else _no_number(digits)  # type: ignore[return-value,func-returns-value]


def _check_characters(read: object) -> None:
    try:
        json.dumps(read, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise RequestFault("character") from None


def _check_join(read: object, functions: Mapping[int, tuple[str, int]]) -> bool:
    """See that a listener that is there is asked as it expects; whether for an answer."""
    join = _read(_Join.model_validate, read)
    name, inputs = functions.get(join.fn_index, ("", 0))
    if not name:
        raise RequestFault("wrong", 422, field="fn_index", found=str(join.fn_index)[:FOUND_CHARACTERS])
    if len(join.data) != inputs:
        raise RequestFault("wrong", 422, field="data", found=str(join.data)[:FOUND_CHARACTERS])
    asks = name in ("ask", "ask_example")
    scope = join.data[-1] if asks else ""
    if name == "act":
        act = _read(Act.model_validate_json, join.data[0] or "")
        asks, scope = act.do not in ("open", "show"), act.scope
    elif name == "ask_example":
        _read(_Selection.model_validate, join.event_data)
    try:
        read_words(scope or "")
    except (ValueError, RecursionError):
        raise RequestFault("wrong", 422, field="scope", found=(scope or "")[:FOUND_CHARACTERS]) from None
    return bool(asks)


def _read(model: Callable[[Any], Any], given: object) -> Any:  # noqa: ANN401 - what the model is
    try:
        return model(given)
    except ValidationError as error:
        raise fault_of(error.errors()[0]) from None


def fault_of(error: Mapping[str, Any]) -> RequestFault:
    """The first thing that pydantic has found wrong, as it is told."""
    where = [str(part) for part in error["loc"] if part not in ("body", "query", "path")] or ["JSON"]
    if error["type"] == "json_invalid":
        return RequestFault("no_json")
    if error["type"] == "missing":
        return RequestFault("missing", 422, field=".".join(where))
    return RequestFault("wrong", 422, field=".".join(where), found=str(error["input"])[:FOUND_CHARACTERS])


def unusable(request: Request, error: Exception) -> JSONResponse:
    """The response to a request that a route cannot use."""
    assert isinstance(error, RequestValidationError)
    return fault_of(error.errors()[0]).response(visitor_of(request).language)
