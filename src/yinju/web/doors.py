"""A method and a path → the right that a request needs. The one place where that stands, for Gradio's routes as well.

A route that is not in the table is there for nobody as long as there are users.
"""

import re
from typing import NamedTuple

from yinju.users import Right

_OPEN = """
    GET /ui/*  GET /login  POST /login  GET /oidc  GET /oidc/back  GET /health  GET /ready  GET /metrics
"""
"""For whoever comes: what logging in needs, and what watches the service; /metrics says itself to whom."""
_TABLE = {
    Right.ENTER: """
        POST /logout  GET /password  POST /password
        GET /assets/*  GET /static/*  GET /theme.css  GET /favicon.ico  GET /robots.txt  GET /manifest.json
        """,
    Right.READ: """
        GET /  GET /config  GET /frame  GET /find
        POST /gradio_api/queue/join  GET /gradio_api/queue/data
        GET /gradio_api/startup-events  POST /gradio_api/reset  POST /gradio_api/cancel
        GET /source  GET /source/text  GET /source/paper  GET /source/page  GET /source/figure  GET /page  GET /original
        GET /view/documents  GET /documents/files  GET /documents/totals  GET /documents/names
        GET /view/search  GET /search  GET /view/overview  GET /overview/map  GET /view/setup
        GET /scope/options  GET /scope  POST /scope
        GET /chats  PATCH /chats/{chat}  DELETE /chats/{chat}  GET /chats/{chat}/export.{kind}
        GET /answer.{kind}  POST /judge
        GET /shares  POST /shares  DELETE /shares/{token}  GET /share/{token}  POST /share/{token}/continue
        GET /view/libraries  GET /libraries/menu
        """,
    Right.EDIT: """
        GET /documents/changes  POST /documents/upload  DELETE /documents/file  POST /documents/reread
        POST /documents/encoding  POST /documents/restore  POST /documents/retry  POST /documents/rename
        POST /documents/move  POST /documents/tags  POST /documents/remove  POST /documents/tagging
        """,
    Right.MAKE: "POST /libraries  PATCH /libraries",
    Right.MANAGE: """
        DELETE /libraries  POST /libraries/restore  PUT /libraries/allowed
        POST /setup/servers  POST /setup/models  POST /setup/test  PUT /setup/model  PUT /setup/choice
        DELETE /setup/choice  DELETE /setup/deleted
        """,
}


class Door(NamedTuple):
    """What a request comes to."""

    declared: bool
    """Whether the table has it."""
    right: Right | None
    """What it needs; None where it is open to whoever comes."""
    template: str = ""
    """The path as the table has it, without the names in it that people give."""

    @property
    def is_of_library(self) -> bool:
        """Whether it is about the library at whose address it is asked."""
        return self.right not in (None, Right.ENTER)


def _read(entries: str, right: Right | None) -> list[tuple[str, re.Pattern[str], Door]]:
    words = entries.split()
    named = zip(words[::2], words[1::2], strict=True)
    return [(method, _pattern(path), Door(True, right, path)) for method, path in named]


def _pattern(path: str) -> re.Pattern[str]:
    """`{name}` stands for what has no slash, a * at the end for anything."""
    places = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path))
    return re.compile(places.removesuffix(r"\*") + ".*" if path.endswith("*") else places, re.DOTALL)


_DOORS = [*_read(_OPEN, None), *(door for right, entries in _TABLE.items() for door in _read(entries, right))]


def door_of(method: str, path: str) -> Door:
    """What a method and a path below a library's address, or below none, come to."""
    method = "GET" if method == "HEAD" else method
    found = (door for asked, pattern, door in _DOORS if asked == method and pattern.fullmatch(path))
    return next(found, Door(False, Right.MANAGE))
