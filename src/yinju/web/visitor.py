"""A request → who asks: a browser's own id, by which its chats are known, and the language it reads.

The guard puts the visitor into every request, so that routes and Gradio's listeners find the same one.
"""

import re
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any, cast

from starlette.datastructures import Headers

from yinju.web.texts import LANGUAGES, Texts, preferred, texts_for

ID_COOKIE, LANGUAGE_COOKIE = "yinju_visitor", "yinju_language"
KEPT_SECONDS = 400 * 24 * 3600
"""How long a browser keeps its id after the last visit; none keeps a cookie longer."""

_ID = re.compile(r"[\w-]{22,64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Visitor:
    """A browser that looks at the page."""

    id: str
    """Of 128 random bits; empty for a program that keeps no cookies."""
    texts: Texts
    """The page's words in its language."""


def visitor_of(request: Any) -> Visitor:  # noqa: ANN401 - Starlette's request or Gradio's wrapper around one
    """Who sent a request that has passed the guard."""
    return cast(Visitor, request.state.visitor)


def recognise(headers: Headers, language: str) -> Visitor:
    """The visitor whose cookies and wishes a request's headers carry.

    The language is the one it chose on the page, else the one given, else the browser's own.
    """
    cookies = _cookies(headers)
    known = cookies.get(ID_COOKIE, "")
    chosen = LANGUAGES.get(cookies.get(LANGUAGE_COOKIE, ""))
    texts = chosen or (texts_for(language) if language else preferred(headers.get("accept-language", "")))
    return Visitor(known if _ID.fullmatch(known) else "", texts)


def id_cookie(visitor: str) -> str:
    """The header that has a browser keep its id; no script can read it, and no other site's request carries it."""
    return f"{ID_COOKIE}={visitor}; Path=/; Max-Age={KEPT_SECONDS}; HttpOnly; SameSite=Lax"


def _cookies(headers: Headers) -> dict[str, str]:
    jar: SimpleCookie = SimpleCookie()
    try:
        jar.load(headers.get("cookie", ""))
    except CookieError:
        return {}
    return {name: morsel.value for name, morsel in jar.items()}
