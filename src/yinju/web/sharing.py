"""Links to chats: the routes by which their owner makes and revokes them, and the page that each of them opens.

A link of another visitor is, to everybody else, one that can be read and not changed; one that was revoked or has ended
was never there.
"""

from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import Body, FastAPI, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from markupsafe import Markup

from yinju.conversations import KeptAnswer, Shared, new_id
from yinju.conversations.shares import MOST_SHARES
from yinju.messages import Language, say
from yinju.scopes import named
from yinju.web.addresses import library_href
from yinju.web.desk import desk_of, id_of
from yinju.web.links import links_to
from yinju.web.messages import answer_html
from yinju.web.rendering import render
from yinju.web.visitor import Visitor, id_cookie, visitor_of

PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
"""What is revoked shows nowhere any more."""


def add_routes(app: FastAPI) -> None:
    """Serve the links and what they open."""
    _add_own(app)
    _add_shared(app)


def _add_own(app: FastAPI) -> None:
    @app.get("/shares")
    def shares(request: Request, chat: str = "") -> HTMLResponse:
        return _list(request, chat)

    @app.post("/shares")
    def share(
        request: Request, chat: Annotated[str, Body()], days: Annotated[Literal[0, 1, 7, 30], Body()],
        grows: Annotated[bool, Body()] = False,
    ) -> Response:  # fmt: skip
        visitor, kept = visitor_of(request), desk_of(request).shares
        if len(kept.shares(visitor.id)) >= MOST_SHARES:
            return PlainTextResponse(say("share.too_many", visitor.language, most=MOST_SHARES), 409)
        made = kept.share(visitor.id, chat, days, grows)
        return _list(request, chat) if made else PlainTextResponse(say("history.unknown", visitor.language), 404)

    @app.delete("/shares/{token}")
    def revoke(request: Request, token: str) -> Response:
        visitor = visitor_of(request)
        gone = desk_of(request).shares.revoke(visitor.id, token)
        return Response(status_code=204) if gone else PlainTextResponse(say("share.gone", visitor.language), 404)


def _add_shared(app: FastAPI) -> None:
    @app.get("/share/{token}")
    def read(request: Request, token: str) -> HTMLResponse:
        visitor, shared = visitor_of(request), desk_of(request).shares.shared(token)
        if shared is None:
            return _gone(visitor)
        return HTMLResponse(page_html(shared, token, visitor.language), headers=PRIVATE)

    @app.post("/share/{token}/continue")
    def go_on(request: Request, token: str) -> Response:
        visitor = visitor_of(request)
        owner = visitor.id or new_id()
        chat = desk_of(request).shares.take(owner, token)
        if chat is None:
            return _gone(visitor)
        response = RedirectResponse(f"{library_href(id_of(request))}?chat={chat}", 303)
        if not visitor.among_users:
            response.headers["Set-Cookie"] = id_cookie(owner)
        return response


def _list(request: Request, chat: str) -> HTMLResponse:
    """The visitor's links, or those to one of its chats."""
    visitor = visitor_of(request)
    found = desk_of(request).shares.shares(visitor.id, chat)
    return HTMLResponse(render("share/list.html", visitor.language, shares=found, chat=chat))


def _gone(visitor: Visitor) -> HTMLResponse:
    shown = {"key": "share.gone", "told": "", "user": visitor.user}
    return HTMLResponse(render("libraries/shut.html", visitor.language, **shown), 404, headers=PRIVATE)


def page_html(shared: Shared, token: str, language: Language) -> str:
    """The page of a chat that can only be read."""
    turns = [_turn(number, kept, language) for number, kept in enumerate(shared.answers, start=1)]
    return render("share/page.html", language, shared=shared, token=token, turns=turns)


def _turn(number: int, kept: KeptAnswer, language: Language) -> dict[str, Any]:
    """A question with its answer, of which nothing can be asked, and all that it cites."""
    answer = kept.answer
    said = answer_html(replace(answer, about="", options=()), number, language, message=kept.message)
    return {
        "answer": answer, "said": Markup(said), "links": links_to(answer.citations, number, kept.message),
        "asked_in": named(kept.scope, language) if kept.scope else "",
    }  # fmt: skip
