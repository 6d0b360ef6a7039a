"""A request → who sent it and what that may do; where it may not do what it asks for, what it is answered.

The only place that decides so: routes, listeners and templates ask `visitor.may`.
"""

import logging
from dataclasses import replace
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import Scope

from yinju.errors import SettingsError, UsersError
from yinju.library import Library
from yinju.messages import Language
from yinju.settings import Settings
from yinju.users import Account, Arrivals, Right, Users, others_know_users
from yinju.web.doors import Door
from yinju.web.forms import RequestFault
from yinju.web.hosts import is_open_to_others, read_address
from yinju.web.proxies import Proxies
from yinju.web.visitor import Visitor, recognise, session_in

FORWARDED = ("forwarded", "x-forwarded-", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip", "via")
"""How headers begin by which a proxy tells that it asks for somebody else."""
BEARER = "bearer "
AT_A_READ_ONLY_PAGE = frozenset({Right.ENTER, Right.READ, Right.EDIT})
"""What anybody may at most where the page is read-only; that documents cannot be changed their editor says."""

logger = logging.getLogger(__name__)


class Access:
    """Knows the visitors of a page."""

    def __init__(self, users: Users, first: Library, settings: Settings) -> None:
        """Let in the users, or everybody as long as there are none; the first library has what may change meanwhile.

        Raises:
            SettingsError: YINJU_TRUSTED_PROXIES has a part that is no address or network, or has none although they are
                to name users.
        """
        self.users, self.language, self._first = users, settings.language, first
        self._proxies = Proxies.of(settings.trusted_proxies)
        self._header, self._groups_header = settings.login_header.strip(), settings.login_groups_header.strip()
        if self._header and not self._proxies.networks:
            raise SettingsError("login.header", found=repr(self._header))
        self.arrivals = Arrivals.of(users, settings)
        meant = settings.users or settings.trusted_proxies or is_open_to_others(settings.host)
        self._never_open = others_know_users(settings) or (bool(meant) and not settings.public)

    @property
    def has_users(self) -> bool:
        """Whether only users may come in.

        Where there are none nobody may if others could reach the page or know its users, or if the settings name the
        file of users or a proxy: a file that was lost opens nothing.

        Raises:
            UsersError: the file of users cannot be read.
        """
        return self.users.on or self._never_open

    @property
    def told_by(self) -> frozenset[bytes]:
        """The headers by which a proxy names users; nobody else is to look at them."""
        return frozenset(name.lower().encode() for name in (self._header, self._groups_header) if name)

    def visitor(self, scope: Scope, headers: Headers) -> Visitor:
        """Who sent a request, and what that may do.

        Raises:
            UsersError: the file of users cannot be read.
        """
        address, secure = self._proxies.origin_of(scope, headers)
        visitor = replace(recognise(headers, self.language), address=address, secure=secure)
        if not self.has_users:
            return replace(visitor, rights=self._bounded(self._rights_without_users(scope, headers)))
        named = self._proxies.told(scope, headers, self._header)
        user = self._named(scope, headers, named) if named else self._user(headers, secure)
        rights, stranger = (self._bounded(user.rights), "") if user else (frozenset[Right](), named)
        known = user.id if user else ""
        return replace(visitor, id=known, user=user, rights=rights, among_users=True, named=stranger)

    def still(self, visitor: Visitor, scope: Scope, headers: Headers) -> bool:
        """Whether the user who sent a request is who it was then; the groups that a proxy told then may be old by now.

        Raises:
            UsersError: the file of users cannot be read.
        """
        if visitor.user and self._proxies.told(scope, headers, self._header):
            return self.users.find(visitor.user.name) == visitor.user
        return self.visitor(scope, headers).user == visitor.user

    def _named(self, scope: Scope, headers: Headers, name: str) -> Account | None:
        """Whom a trusted proxy names: it decides at each request, whatever else that carries."""
        groups = self._proxies.told(scope, headers, self._groups_header).split(",") if self._groups_header else None
        try:
            return self.arrivals.account(name, groups)
        except UsersError as error:
            if error.reason.name != "login.unknown":
                raise
            return None

    def _user(self, headers: Headers, secure: bool) -> Account | None:
        """Whose token or session a request carries; where it has a token, no cookie counts."""
        told = headers.get("authorization", "")
        if told:
            return self.users.of_token(told[len(BEARER) :].strip()) if told.lower().startswith(BEARER) else None
        session = session_in(headers, secure)
        return self.users.of_session(session) if session else None

    def _bounded(self, rights: frozenset[Right]) -> frozenset[Right]:
        return rights & AT_A_READ_ONLY_PAGE if self._first.settings.read_only else rights

    def _rights_without_users(self, scope: Scope, headers: Headers) -> frozenset[Right]:
        """Everything for who sits at the machine, where the page is not public; else all that concerns documents."""
        named = (headers.get("host", ""), scope["client"][0] if scope.get("client") else "")
        is_here = all(address is not None and address.is_loopback for address in map(read_address, named))
        at_the_machine = is_here and not any(name.startswith(FORWARDED) for name in headers)
        return frozenset(Right) if at_the_machine and not self._first.settings.public else AT_A_READ_ONLY_PAGE


def refusal(visitor: Visitor, door: Door, method: str, address: str, headers: Headers) -> Response | None:
    """What a visitor is answered who may not come through a door at an address; None where it may.

    Who is not logged in and opens a page is led to the page to log in, and from there to where it wanted to go.
    """
    if visitor.among_users and not visitor.user:
        if door.declared and door.right is None:
            return None
        if method == "GET" and "text/html" in headers.get("accept", ""):
            return RedirectResponse(f"/login?next={quote(address, safe='/')}", 303)
        response = RequestFault("login", 401).response(visitor.language)
        response.headers["WWW-Authenticate"] = "Bearer"
        return response
    if visitor.among_users and not door.declared:
        return PlainTextResponse("Not Found", 404)
    if not door.declared or door.right is None or visitor.may(door.right):
        return None
    return RequestFault("role" if visitor.among_users else "closed", 403).response(visitor.language)


def is_unreadable(error: UsersError) -> bool:
    """Whether the file of users is what is wrong: that names a path, which only the log tells."""
    return error.reason.name in ("user.file", "user.gone")


def unreadable(error: UsersError, language: Language) -> Response:
    """What everybody is answered as long as it cannot be told who is a user."""
    logger.error("nobody is let in: %s", error)
    return RequestFault("users", 503).response(language)
