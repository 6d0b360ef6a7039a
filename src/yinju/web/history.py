"""The visitor's own chats: the routes by which they are found, renamed, deleted, exported and judged.

A chat of another visitor is, to everybody else, one that does not exist.
"""

from typing import Annotated
from urllib.parse import quote

from fastapi import Body, FastAPI, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response

from yinju.messages import Language, say
from yinju.web.desk import Desk
from yinju.web.export import answer_markdown, chat_json, chat_markdown
from yinju.web.rendering import render
from yinju.web.visitor import visitor_of

EXPORTS = ("md", "json")
"""The endings of the files in which a chat is exported."""


def add_routes(app: FastAPI, desk: Desk) -> None:
    """Serve the chats, their export, and what is said of answers."""
    kept = desk.conversations

    @app.get("/chats")
    def chats(request: Request, q: str = "", chat: str = "") -> HTMLResponse:
        visitor = visitor_of(request)
        found = kept.chats(visitor.id, q[:200])
        return HTMLResponse(
            render("chats.html", visitor.language, chats=found, wanted=q, current=chat, exports=EXPORTS)
        )

    @app.patch("/chats/{chat}")
    def rename(request: Request, chat: str, title: Annotated[str, Body(embed=True)]) -> Response:
        visitor = visitor_of(request)
        return Response(status_code=204) if kept.rename(visitor.id, chat, title) else _unknown(visitor.language)

    @app.delete("/chats/{chat}")
    def delete(request: Request, chat: str) -> Response:
        visitor = visitor_of(request)
        return Response(status_code=204) if kept.delete(visitor.id, chat) else _unknown(visitor.language)

    @app.get("/chats/{chat}/export.{kind}")
    def export(request: Request, chat: str, kind: str) -> Response:
        visitor = visitor_of(request)
        answers = kept.answers(visitor.id, chat)
        if not answers or kind not in EXPORTS:
            return _unknown(visitor.language)
        title = next((c.title for c in kept.chats(visitor.id, count=None) if c.id == chat), answers[0].answer.question)
        if kind == "json":
            return _download(chat_json(title, answers), "application/json", title, kind)
        return _download(chat_markdown(title, answers, visitor.language), "text/markdown", title, kind)


def add_judgement(app: FastAPI, desk: Desk) -> None:
    """Serve what one does with an answer: copy it with its sources, and say whether it helped."""
    kept = desk.conversations

    @app.get("/answer.md")
    def answer(request: Request, message: str) -> Response:
        visitor = visitor_of(request)
        found = kept.answer(visitor.id, message)
        return PlainTextResponse(answer_markdown(found, visitor.language)) if found else _unknown(visitor.language)

    @app.post("/judge")
    def judge(
        request: Request, message: Annotated[str, Body()], said: Annotated[str, Body()],
        reason: Annotated[str, Body()] = "",
    ) -> Response:  # fmt: skip
        visitor = visitor_of(request)
        helpful = {"up": True, "down": False}.get(said)
        known = kept.judge(visitor.id, message, helpful, reason)
        return Response(status_code=204) if known else _unknown(visitor.language)


def _unknown(language: Language) -> Response:
    return PlainTextResponse(say("history.unknown", language), 404)


def _download(content: str, kind: str, title: str, ending: str) -> Response:
    name = quote(" ".join(title.split())[:60].replace("/", "_") or "chat", safe="")
    return Response(content, media_type=f"{kind}; charset=utf-8", headers={
        "Content-Disposition": f"attachment; filename=\"chat.{ending}\"; filename*=UTF-8''{name}.{ending}",
    })  # fmt: skip
