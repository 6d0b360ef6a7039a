"""The visitor's own chats: the routes by which they are found, renamed, deleted, exported and judged.

A chat of another visitor is, to everybody else, one that does not exist.
"""

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import quote

from fastapi import Body, FastAPI, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response

from yinju.conversations import KeptAnswer
from yinju.export import MEDIA_TYPES, ExportError, answer_markdown, export, pictures_of
from yinju.messages import Language, say
from yinju.printing import shown
from yinju.web.desk import Desk, desk_of
from yinju.web.rendering import render
from yinju.web.source.chart import chart_svg
from yinju.web.visitor import visitor_of


def add_routes(app: FastAPI) -> None:
    """Serve the chats, their export, and what is said of answers."""

    @app.get("/chats")
    def chats(request: Request, q: str = "", chat: str = "") -> HTMLResponse:
        visitor = visitor_of(request)
        found = desk_of(request).conversations.chats(visitor.id, q[:200])
        return HTMLResponse(
            render("chats.html", visitor.language, chats=found, wanted=q, current=chat, exports=MEDIA_TYPES)
        )

    @app.patch("/chats/{chat}")
    def rename(request: Request, chat: str, title: Annotated[str, Body(embed=True)]) -> Response:
        visitor, kept = visitor_of(request), desk_of(request).conversations
        return Response(status_code=204) if kept.rename(visitor.id, chat, title) else _unknown(visitor.language)

    @app.delete("/chats/{chat}")
    def delete(request: Request, chat: str) -> Response:
        visitor, kept = visitor_of(request), desk_of(request).conversations
        return Response(status_code=204) if kept.delete(visitor.id, chat) else _unknown(visitor.language)

    @app.get("/chats/{chat}/export.{kind}")
    def export_chat(request: Request, chat: str, kind: str) -> Response:
        visitor, kept = visitor_of(request), desk_of(request).conversations
        answers = kept.answers(visitor.id, chat)
        if not answers or kind not in MEDIA_TYPES:
            return _unknown(visitor.language)
        title = next((c.title for c in kept.chats(visitor.id, count=None) if c.id == chat), answers[0].answer.question)
        return _download(desk_of(request), kind, title, answers, visitor.language)


def add_judgement(app: FastAPI) -> None:
    """Serve what one does with an answer: copy or export it with its sources, and say whether it helped."""

    @app.get("/answer.md")
    def answer(request: Request, message: str) -> Response:
        visitor = visitor_of(request)
        found = desk_of(request).conversations.kept(visitor.id, message)
        return PlainTextResponse(answer_markdown(found, visitor.language)) if found else _unknown(visitor.language)

    @app.get("/answer.{kind}")
    def export_answer(request: Request, message: str, kind: str) -> Response:
        visitor = visitor_of(request)
        found = desk_of(request).conversations.kept(visitor.id, message)
        if not found or kind not in MEDIA_TYPES:
            return _unknown(visitor.language)
        return _download(desk_of(request), kind, found.answer.question, [found], visitor.language)

    @app.post("/judge")
    def judge(
        request: Request, message: Annotated[str, Body()], said: Annotated[str, Body()],
        reason: Annotated[str, Body()] = "",
    ) -> Response:  # fmt: skip
        visitor = visitor_of(request)
        helpful = {"up": True, "down": False}.get(said)
        known = desk_of(request).conversations.judge(visitor.id, message, helpful, reason)
        return Response(status_code=204) if known else _unknown(visitor.language)


def _unknown(language: Language) -> Response:
    return PlainTextResponse(say("history.unknown", language), 404)


def _download(desk: Desk, kind: str, title: str, kept: Sequence[KeptAnswer], language: Language) -> Response:
    try:
        content = export(kind, title, kept, language, pictures_of(desk.library, chart_svg))
    except ExportError as error:
        return PlainTextResponse(say(error.notice, language), 503)
    name = quote(" ".join(shown(title).split())[:60].replace("/", "_") or "chat", safe="")
    return Response(content, media_type=MEDIA_TYPES[kind], headers={
        "Content-Disposition": f"attachment; filename=\"chat.{kind}\"; filename*=UTF-8''{name}.{kind}",
    })  # fmt: skip
