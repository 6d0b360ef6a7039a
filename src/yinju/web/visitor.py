"""A request → who asks: a user, or a browser's own id, by which its chats are known, and the language it reads.

The guard puts the visitor into every request, so that routes and Gradio's listeners find the same one.
"""

import hashlib
import re
from dataclasses import dataclass
from typing import Any, Literal, cast

from starlette.datastructures import Headers
from starlette.requests import cookie_parser

from yinju.messages import LANGUAGES, Language, language_of_locale
from yinju.oidc import PLEDGE_SECONDS
from yinju.users import Account, Right

ID_COOKIE, LANGUAGE_COOKIE = "yinju_visitor", "yinju_language"
KEPT_SECONDS = 400 * 24 * 3600
"""How long a browser keeps its id after the last visit; none keeps a cookie longer."""

SESSION_COOKIE, PLEDGE_COOKIE = "yinju_session", "yinju_pledge"
SESSION_DAYS = 400
"""For how long a browser is asked to keep its session; when that ends is for the file of users to say."""

_ID = re.compile(r"[\w-]{22,64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Visitor:
    """A browser that looks at the page."""

    id: str
    """Of 128 random bits, a user's or a browser's; empty for a program that keeps no cookies."""
    language: Language
    """In which the page is shown to it."""
    user: Account | None = None
    """Who has logged in; its id is the visitor's then. None where nobody has, or there are no users."""
    rights: frozenset[Right] = frozenset()
    among_users: bool = False
    """Whether there are users, so that nobody else may come in."""
    address: str = ""
    """From which it asks; empty where that is unknown."""
    secure: bool = False
    """Whether it asks over https."""
    named: str = ""
    """As whom a trusted proxy knows it, where that is no user here."""

    def may(self, right: Right) -> bool:
        """Whether it may do something; in which libraries, `may_open` says."""
        return right in self.rights

    def may_open(self, library: str) -> bool:
        """Whether a library, by its id, is open to it."""
        return self.may(Right.READ) and (self.user is None or self.user.may_open(library))


def visitor_of(request: Any) -> Visitor:  # noqa: ANN401 - Starlette's request or Gradio's wrapper around one
    """Who sent a request that has passed the guard."""
    return cast(Visitor, request.state.visitor)


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


def session_cookie(token: str, secure: bool) -> str:
    """The header that has a browser keep a session, or forget it where the token is empty; https alone carries it then.

    `__Host-` has browsers refuse one that any other page, of a neighbouring host or without https, would set.
    """
    return _kept(SESSION_COOKIE, token, secure, SESSION_DAYS * 24 * 3600)


def session_in(headers: Headers, secure: bool) -> str:
    """The session that a request carries; empty without one."""
    return _cookies(headers).get(_name(SESSION_COOKIE, secure), "")


def pledge_cookie(pledge: str, secure: bool) -> str:
    """The same of what has to be known again when somebody comes back from an issuer."""
    return _kept(PLEDGE_COOKIE, pledge, secure, PLEDGE_SECONDS)


def pledge_in(headers: Headers, secure: bool) -> str:
    """The pledge that a request carries; empty without one."""
    return _cookies(headers).get(_name(PLEDGE_COOKIE, secure), "")


def _name(cookie: str, secure: bool) -> str:
    return f"__Host-{cookie}" if secure else cookie


def _kept(cookie: str, value: str, secure: bool, seconds: int) -> str:
    kept, only = seconds if value else 0, "; Secure" if secure else ""
    return f"{_name(cookie, secure)}={value}; Path=/; Max-Age={kept}; HttpOnly; SameSite=Lax{only}"


def _cookies(headers: Headers) -> dict[str, str]:
    """The cookies of a request, whatever else pages of the same host have set beside ours."""
    return cookie_parser(headers.get("cookie", ""))
