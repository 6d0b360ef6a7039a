"""The pages on which a user logs in and changes its password, and the way out. They work without any script."""

import re
from collections.abc import Callable
from typing import Annotated, TypeVar, TypeVarTuple

from anyio import CapacityLimiter, to_thread
from fastapi import FastAPI, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from yinju.errors import UsersError
from yinju.messages import say
from yinju.oidc import Issuer
from yinju.reasons import say_all
from yinju.users import LEAST_CHARACTERS, Users
from yinju.web.access import Access, is_unreadable, unreadable
from yinju.web.rendering import render
from yinju.web.visitor import (
    Visitor,
    pledge_cookie,
    pledge_in,
    session_cookie,
    session_in,
    visitor_of,
)

CHECKS_AT_ONCE = 2
"""How many passwords are looked at at the same time: each takes 64 MiB and, for some hundredths of a second, a core."""
CHECKS_WAITING = 32
"""How many more may wait."""
BUSY_SECONDS = 5
"""After what time somebody may try again who was told that too many wait."""
_INSIDE = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]{0,2000}")
"""An address of ours, as a browser reads it: one that begins // or /\\ is another site's."""
STATUS = {
    "login.wrong": 401, "login.wait": 429, "login.busy": 429, "login.unknown": 403, "oidc.unreachable": 502,
}  # fmt: skip
"""Reason → status; any other is the fault of what was written."""

Text = Annotated[str, Form()]
Given = TypeVarTuple("Given")
Result = TypeVar("Result")


def add_routes(app: FastAPI, users: Users) -> None:
    """Serve the pages, and what they send."""
    checks = _Checks(users)

    @app.get("/login")
    def page(request: Request, next: str = "") -> Response:
        visitor = visitor_of(request)
        if visitor.user or not visitor.among_users:
            return RedirectResponse(inside(next), 303)
        unknown = UsersError("login.unknown", name=visitor.named) if visitor.named else None
        return _page("login", request, unknown, next=inside(next), name="")

    @app.post("/login")
    async def log_in(request: Request, name: Text = "", password: Text = "", next: Text = "") -> Response:
        visitor, before = visitor_of(request), session_in(request.headers, visitor_of(request).secure)
        if not visitor.among_users:  # nobody to log in as, and nothing to keep of who tries
            return RedirectResponse(inside(next), 303)
        try:
            token = await checks.login(name, password, visitor.address)
        except UsersError as error:
            return _page("login", request, error, next=inside(next), name=name[:200])
        if before:  # a session is never gone on with by somebody else
            await to_thread.run_sync(users.end_session, before)
        return _with_session(RedirectResponse(inside(next), 303), token, visitor)

    @app.post("/logout")
    def log_out(request: Request) -> Response:
        visitor = visitor_of(request)
        if session := session_in(request.headers, visitor.secure):
            users.end_session(session)
        return _with_session(RedirectResponse("/login" if visitor.among_users else "/", 303), "", visitor)

    @app.get("/password")
    def password_page(request: Request) -> Response:
        return _page("password", request)

    @app.post("/password")
    async def change(request: Request, present: Text = "", new: Text = "", again: Text = "") -> Response:
        visitor = visitor_of(request)
        try:
            token = await checks.change(visitor, present, new, again)
        except UsersError as error:
            return _page("password", request, error)
        return _with_session(RedirectResponse("/", 303), token, visitor)


def add_issuer(app: FastAPI, access: Access, issuer: Issuer | None) -> None:
    """Serve the way to an issuer by which users may log in, and the way back, where there is one."""
    app.state.issuer = issuer
    if issuer is None:
        return
    asking = _Checks(access.users)

    @app.get("/oidc")
    async def go(request: Request, next: str = "") -> Response:
        visitor = visitor_of(request)
        try:
            address, pledge = await asking.run(issuer.begin, _way_back(request), inside(next))
        except UsersError as error:
            return _page("login", request, error, next=inside(next), name="")
        response = RedirectResponse(address, 303)
        response.headers.append("Set-Cookie", pledge_cookie(pledge, visitor.secure))
        return response

    @app.get("/oidc/back")
    async def come_back(request: Request) -> Response:
        visitor, said = visitor_of(request), dict(request.query_params)
        pledge, before = (kept(request.headers, visitor.secure) for kept in (pledge_in, session_in))

        def begun() -> tuple[str, str]:
            person = issuer.finish(pledge, _way_back(request), said)
            account = access.arrivals.account(person.name, person.groups)
            if before:
                access.users.end_session(before)
            return access.users.begin_session(account.id), person.next

        try:
            token, next = await asking.run(begun)
        except UsersError as error:
            response = _page("login", request, error, next="/", name="")
        else:
            response = _with_session(RedirectResponse(next, 303), token, visitor)
        response.headers.append("Set-Cookie", pledge_cookie("", visitor.secure))
        return response


def _way_back(request: Request) -> str:
    """The address of ours to which the issuer leads, at the host that was asked."""
    return f"{'https' if visitor_of(request).secure else 'http'}://{request.headers['host']}/oidc/back"


class _Checks:
    """Looks at passwords, a few at a time, beside the threads that everything else runs in."""

    def __init__(self, users: Users) -> None:
        self._users, self._limiter = users, CapacityLimiter(CHECKS_AT_ONCE)

    async def login(self, name: str, password: str, address: str) -> str:
        """The token of a new session.

        Raises:
            UsersError: as `Users.login`, or too many wait.
        """
        return await self.run(self._users.login, name, password, address)

    async def change(self, visitor: Visitor, present: str, new: str, again: str) -> str:
        """The token of a new session, every other of the user being over.

        Raises:
            UsersError: as `login`, or the new password cannot be one.
        """
        if visitor.user is None:  # there are no users
            raise UsersError("login.wrong")
        if new != again:
            raise UsersError("user.differ")
        await self.run(self._users.check_password, visitor.user, present, visitor.address)
        await self.run(self._users.set_password, visitor.user.name, new)
        return await self.run(self._users.begin_session, visitor.user.id)

    async def run(self, check: Callable[[*Given], Result], *given: *Given) -> Result:
        """What a check gives, which takes a while.

        Raises:
            UsersError: too many wait, or as the check has it.
        """
        if self._limiter.statistics().tasks_waiting >= CHECKS_WAITING:
            raise UsersError("login.busy", seconds=BUSY_SECONDS)
        return await to_thread.run_sync(check, *given, limiter=self._limiter)


def inside(wanted: str) -> str:
    """The address of ours that somebody wants to go to; that of the page where it is another's."""
    return wanted if _INSIDE.fullmatch(wanted) else "/"


def _page(template: str, request: Request, error: UsersError | None = None, **shown: str) -> Response:
    """A page with what is wrong, if anything."""
    visitor = visitor_of(request)
    if error and is_unreadable(error):
        return unreadable(error, visitor.language)
    notice = say_all([error.reason], visitor.language) if error else ""
    if template == "password" and not notice and visitor.user and not visitor.user.has_password:
        notice = say("users.no_password", visitor.language)
    values: dict[str, object] = {"user": visitor.user, "issuer": request.app.state.issuer is not None, **shown}
    values |= {"notice": notice, "least": str(LEAST_CHARACTERS)}
    status = STATUS.get(error.reason.name, 400) if error else 200
    response = HTMLResponse(render(f"{template}.html", visitor.language, **values), status)
    response.headers["Cache-Control"] = "no-store"
    if error and (seconds := error.reason.facts.get("seconds")):
        response.headers["Retry-After"] = str(seconds)
    return response


def _with_session(response: Response, token: str, visitor: Visitor) -> Response:
    response.headers.append("Set-Cookie", session_cookie(token, visitor.secure))
    return response
