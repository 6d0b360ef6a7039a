"""The visitor's own chats: the drawer that lists them, and the routes by which they are found, renamed and deleted.

A chat of another visitor is, to everybody else, one that does not exist.
"""

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import quote

from fastapi import Body, FastAPI, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response

from yinju.conversations import Chat
from yinju.web.desk import Desk
from yinju.web.escaping import language_of, literal, one_line
from yinju.web.export import answer_markdown, chat_json, chat_markdown
from yinju.web.texts import Texts
from yinju.web.times import time_html
from yinju.web.visitor import visitor_of


def drawer_html(texts: Texts) -> str:
    """The drawer, closed and empty; history.js fills it."""
    words = texts.history
    return (
        f'<aside id="history" lang="{texts.language}" aria-label="{literal(words.title)}" hidden>'
        f'<div class="bar"><h2>{literal(words.title)}</h2>'
        f'<button type="button" class="close">{literal(texts.frame.close)}</button></div>'
        f'<input type="search" placeholder="{literal(words.search)}" aria-label="{literal(words.search)}">'
        '<div class="chats" aria-live="polite"></div></aside>'
    )


def chats_html(chats: Sequence[Chat], wanted: str, current: str, texts: Texts) -> str:
    """The list of chats, the one that is open marked."""
    if not chats:
        return f'<p class="hint">{literal(texts.history.nothing if wanted else texts.history.none)}</p>'
    return f"<ul>{''.join(_chat_html(chat, chat.id == current, texts) for chat in chats)}</ul>"


def _chat_html(chat: Chat, current: bool, texts: Texts) -> str:
    words, address = texts.history, quote(chat.id, safe="")
    title = one_line(chat.title, 60) or literal(words.untitled)
    mark = ' aria-current="true"' if current else ""
    exports = "".join(
        f'<a href="/chats/{address}/export.{kind}" download>{literal(name)}</a>'
        for kind, name in (("md", words.export_markdown), ("json", words.export_json))
    )
    acts = "".join(
        f'<button type="button" class="{act}">{literal(name)}</button>'
        for act, name in (("rename", words.rename), ("delete", words.delete))
    )
    more = f'<details><summary aria-label="{literal(words.more)}">⋯</summary><p>{acts}{exports}</p></details>'
    facts = f'<span class="facts">{literal(words.answers.format(number=chat.answers))}</span>'
    return (
        f'<li data-chat="{literal(chat.id)}"><a class="open" href="/?chat={address}"{mark}>'
        f'<span class="title" lang="{language_of(chat.title)}">{title}</span>{facts} '
        f"{time_html(chat.time)}</a>{more}</li>"
    )


def add_routes(app: FastAPI, desk: Desk) -> None:
    """Serve the chats, their export, and what is said of answers."""
    kept = desk.conversations

    @app.get("/chats")
    def chats(request: Request, q: str = "", chat: str = "") -> HTMLResponse:
        visitor = visitor_of(request)
        return HTMLResponse(chats_html(kept.chats(visitor.id, q[:200]), q, chat, visitor.texts))

    @app.patch("/chats/{chat}")
    def rename(request: Request, chat: str, title: Annotated[str, Body(embed=True)]) -> Response:
        visitor = visitor_of(request)
        return Response(status_code=204) if kept.rename(visitor.id, chat, title) else _unknown(visitor.texts)

    @app.delete("/chats/{chat}")
    def delete(request: Request, chat: str) -> Response:
        visitor = visitor_of(request)
        return Response(status_code=204) if kept.delete(visitor.id, chat) else _unknown(visitor.texts)

    @app.get("/chats/{chat}/export.{kind}")
    def export(request: Request, chat: str, kind: str) -> Response:
        visitor = visitor_of(request)
        answers = kept.answers(visitor.id, chat)
        if not answers or kind not in ("md", "json"):
            return _unknown(visitor.texts)
        title = next((c.title for c in kept.chats(visitor.id, count=None) if c.id == chat), answers[0].answer.question)
        if kind == "json":
            return _download(chat_json(title, answers), "application/json", title, kind)
        return _download(chat_markdown(title, answers, visitor.texts), "text/markdown", title, kind)


def add_judgement(app: FastAPI, desk: Desk) -> None:
    """Serve what one does with an answer: copy it with its sources, and say whether it helped."""
    kept = desk.conversations

    @app.get("/answer.md")
    def answer(request: Request, message: str) -> Response:
        visitor = visitor_of(request)
        found = kept.answer(visitor.id, message)
        return PlainTextResponse(answer_markdown(found, visitor.texts)) if found else _unknown(visitor.texts)

    @app.post("/judge")
    def judge(
        request: Request, message: Annotated[str, Body()], said: Annotated[str, Body()],
        reason: Annotated[str, Body()] = "",
    ) -> Response:  # fmt: skip
        visitor = visitor_of(request)
        helpful = {"up": True, "down": False}.get(said)
        known = kept.judge(visitor.id, message, helpful, reason)
        return Response(status_code=204) if known else _unknown(visitor.texts)


def _unknown(texts: Texts) -> Response:
    return PlainTextResponse(texts.history.unknown, 404)


def _download(content: str, kind: str, title: str, ending: str) -> Response:
    name = quote(" ".join(title.split())[:60].replace("/", "_") or "chat", safe="")
    return Response(content, media_type=f"{kind}; charset=utf-8", headers={
        "Content-Disposition": f"attachment; filename=\"chat.{ending}\"; filename*=UTF-8''{name}.{ending}",
    })  # fmt: skip
