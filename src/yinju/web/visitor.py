"""A request → who asks: a browser's own id, by which its chats are known, and the language it reads.

The guard puts the visitor into every request, so that routes and Gradio's listeners find the same one.
"""

import hashlib
import re
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any, Literal, cast

from starlette.datastructures import Headers
from starlette.requests import Request

from yinju.messages import LANGUAGES, Language, language_of_locale
from yinju.settings import Settings
from yinju.web.hosts import read_address

ID_COOKIE, LANGUAGE_COOKIE = "yinju_visitor", "yinju_language"
KEPT_SECONDS = 400 * 24 * 3600
"""How long a browser keeps its id after the last visit; none keeps a cookie longer."""

FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
"""Headers by which a proxy tells that it asks for somebody else."""

_ID = re.compile(r"[\w-]{22,64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Visitor:
    """A browser that looks at the page."""

    id: str
    """Of 128 random bits; empty for a program that keeps no cookies."""
    language: Language
    """In which the page is shown to it."""


def visitor_of(request: Any) -> Visitor:  # noqa: ANN401 - Starlette's request or Gradio's wrapper around one
    """Who sent a request that has passed the guard."""
    return cast(Visitor, request.state.visitor)


def may_change_settings(request: Request, settings: Settings) -> bool:
    """Whether who sent a request may change settings and have this machine looked over: only who sits at it.

    Nobody may where the page is open to others, or read-only.
    """
    if settings.public or settings.read_only or any(name in request.headers for name in FORWARDED):
        return False
    named = (request.headers.get("host", ""), request.client.host if request.client else "")
    return all(address is not None and address.is_loopback for address in map(read_address, named))


def recognise(headers: Headers, language: Literal["", Language]) -> Visitor:
    """The visitor whose cookies and wishes a request's headers carry.

    The language is the one it chose on the page, else the one given, else the browser's own.
    """
    cookies = _cookies(headers)
    known = cookies.get(ID_COOKIE, "")
    chosen = next((one for one in LANGUAGES if one == cookies.get(LANGUAGE_COOKIE)), language)
    return Visitor(known if _ID.fullmatch(known) else "", chosen or preferred(headers.get("accept-language", "")))


def preferred(accepted: str) -> Language:
    """The first of the page's languages that an Accept-Language header names; English where it names only others."""
    wishes = sorted(filter(None, map(_wish, accepted.split(","))), key=lambda wish: -wish[1])
    for tag, _ in wishes:
        if tag.split("-")[0] in ("zh", "en"):
            return language_of_locale(tag)
    return "en" if wishes else "zh-Hant"


def _wish(part: str) -> tuple[str, float] | None:
    """One language of the header with its weight; None for what is no language or not wanted."""
    tag, _, weight = part.partition(";")
    tag = tag.strip().lower()
    try:
        wanted = float(weight.strip().removeprefix("q=") or 1)
    except ValueError:
        wanted = 0.0
    return (tag, wanted) if tag and tag != "*" and wanted > 0 else None


def hashed(id: str) -> str:
    """What a visitor is called in logs: the id itself is the key to its chats."""
    return hashlib.sha256(id.encode()).hexdigest()[:8] if id else "-"


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
