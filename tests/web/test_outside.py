"""Who comes in by an issuer or by a proxy's header: only whom they really name; nothing they say is taken on trust."""

import asyncio
import base64
import hmac
import html
import json
import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.types import Message, Receive, Scope, Send
from tests.scripted_issuer import CLIENT, SECRET, ScriptedIssuer, scripted_issuer

from yinju.errors import SettingsError
from yinju.library import Library
from yinju.messages import say
from yinju.reasons import Reason, say_all
from yinju.settings import Settings
from yinju.users import Role, Users
from yinju.web import create_app
from yinju.web.access import Access
from yinju.web.forms import STREAM
from yinju.web.guard import Guard
from yinju.web.hosts import allowed_hosts
from yinju.web.visitor import PLEDGE_COOKIE, SESSION_COOKIE

HOST = "http://127.0.0.1:7860"


@pytest.fixture
def users(toy_index: Path) -> Users:
    users = Users(toy_index / "users.sqlite")
    users.add("ada", Role.READER)
    users.add("boss", Role.ADMIN, "a long password")
    return users


@pytest.fixture
def issuer() -> Iterator[ScriptedIssuer]:
    with scripted_issuer() as opened:
        yield opened


Serve = Callable[..., TestClient]


@pytest.fixture
def serve(library: Library, users: Users) -> Iterator[Serve]:
    """Opens a browser at a page with settings; from an address."""
    opened: list[TestClient] = []

    def served(peer: str = "127.0.0.1", host: str = HOST, **settings: Any) -> TestClient:  # noqa: ANN401
        async def create() -> FastAPI:
            return create_app(library, Settings(language="zh-Hant", **settings))

        client = TestClient(asyncio.run(create()), base_url=host, client=(peer, 50_000), follow_redirects=False)
        opened.append(client)
        return client

    yield served
    for client in opened:
        client.close()


def by_issuer(issuer: ScriptedIssuer, **more: object) -> dict[str, object]:
    """The settings for an issuer."""
    return {"oidc_issuer": issuer.address, "oidc_client_id": CLIENT, "oidc_client_secret": SECRET, **more}


def came_back(client: TestClient, issuer: ScriptedIssuer, next: str = "/?view=search") -> Response:
    """What is said to somebody who has logged in at the issuer."""
    led = client.get("/oidc", params={"next": next})
    assert led.status_code == 303, led.text
    return client.get(issuer.log_in(led.headers["location"]))


def notice_of(response: Response) -> str:
    """What is said in place of a page."""
    return html.unescape(response.text)


def told(reason: str, /, **facts: str) -> str:
    return say_all([Reason(reason, facts)], "zh-Hant")


def is_in(client: TestClient) -> bool:
    """Whether who asks is a user."""
    return client.get("/chats").status_code == 200


# By an issuer


def test_one_logs_in_and_is_led_to_where_one_wanted_to_go(serve: Serve, issuer: ScriptedIssuer) -> None:
    client = serve(**by_issuer(issuer))
    assert not is_in(client)
    page = client.get("/login", params={"next": "/?view=search"})
    assert 'href="/oidc?next=' in page.text and say("users.by_issuer", "zh-Hant") in html.unescape(page.text)
    back = came_back(client, issuer)
    assert (back.status_code, back.headers["location"]) == (303, "/?view=search")
    assert SESSION_COOKIE in client.cookies and PLEDGE_COOKIE not in client.cookies
    assert is_in(client)
    assert "ada" in client.get("/frame").text


def changed(**claims: object) -> Callable[[dict[str, Any]], None]:
    """What has a token say these claims, and not say those that are None."""

    def change(said: dict[str, Any]) -> None:
        said.update(claims)
        for name in [name for name, value in said.items() if value is None]:
            del said[name]

    return change


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"}, {"nonce": None}, {"aud": "another"}, {"aud": None}, {"aud": ["another"]},
        {"iss": "https://evil.example"}, {"iss": None}, {"exp": 1}, {"exp": None}, {"iat": None}, {"sub": None},
        {"exp": "soon"}, {"aud": ["yinju", "another"], "azp": "another"}, {"nbf": 4_000_000_000},
    ],
    ids=str,
)  # fmt: skip
def test_a_token_whose_claims_do_not_hold_lets_nobody_in(
    serve: Serve, issuer: ScriptedIssuer, claims: dict[str, object]
) -> None:
    client = serve(**by_issuer(issuer))
    issuer.change = changed(**claims)
    back = came_back(client, issuer)
    assert back.status_code == 400
    assert told("oidc.token", why="").split("（")[0] in notice_of(back)
    assert SESSION_COOKIE not in client.cookies and not is_in(client)


def made(alg: str, claims: dict[str, Any], secret: bytes = b"") -> str:
    """A token by the algorithm `none`, or by a secret."""
    parts = [json.dumps(part).encode() for part in ({"alg": alg, "typ": "JWT", "kid": "one"}, claims)]
    signed = ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)
    seal = hmac.digest(secret, signed.encode(), "sha256") if secret else b""
    return f"{signed}.{base64.urlsafe_b64encode(seal).decode().rstrip('=')}"


def test_a_token_that_the_issuer_did_not_sign_lets_nobody_in(serve: Serve, issuer: ScriptedIssuer) -> None:
    """Also where it says that it signs by `none`, or by the public key as if that were a secret."""
    client = serve(**by_issuer(issuer))
    other = RSAKey.generate_key(2048, parameters={"kid": "one"})
    public = issuer.key.as_pem(private=False)
    signed: list[Callable[[dict[str, Any]], str]] = [
        lambda claims: made("none", claims), lambda claims: made("None", claims), lambda claims: made("", claims),
        lambda claims: jwt.encode({"alg": "RS256", "kid": "one"}, claims, other),
        lambda claims: made("HS256", claims, public), lambda claims: made("HS256", claims, SECRET.encode()),
        lambda claims: made("RS256", claims, public), lambda _: "a.b.c", lambda _: "",
    ]  # fmt: skip
    for sign in signed:
        issuer.sign = sign
        back = came_back(client, issuer)
        assert back.status_code == 400
        assert told("oidc.token", why="").split("（")[0] in notice_of(back)
    assert not is_in(client)


def test_a_state_counts_once_and_for_its_own_browser_alone(serve: Serve, issuer: ScriptedIssuer) -> None:
    issuer.keeps_codes = True
    client = serve(**by_issuer(issuer))
    led = client.get("/oidc")
    pledge, back = client.cookies[PLEDGE_COOKIE], issuer.log_in(led.headers["location"])
    stranger = TestClient(client.app, base_url=HOST, follow_redirects=False)
    refused = [stranger.get(back), stranger.get(f"{back}x", headers={"cookie": f"{PLEDGE_COOKIE}={pledge}"})]
    refused.append(stranger.get(back, headers={"cookie": f"{PLEDGE_COOKIE}={pledge[:-3]}AAA"}))
    assert client.get(back).status_code == 303
    refused.append(client.get(back, headers={"cookie": f"{PLEDGE_COOKIE}={pledge}"}))
    refused += [client.get("/oidc/back"), client.get("/oidc/back", params={"code": "x", "state": ""})]
    for one in refused:
        assert one.status_code == 400
        assert told("oidc.stale") in notice_of(one)
        assert SESSION_COOKIE not in one.cookies


def test_a_login_that_takes_too_long_begins_anew(
    serve: Serve, issuer: ScriptedIssuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = serve(**by_issuer(issuer))
    back = issuer.log_in(client.get("/oidc").headers["location"])
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 601)
    assert told("oidc.stale") in notice_of(client.get(back))


def test_what_the_issuer_refuses_is_told(serve: Serve, issuer: ScriptedIssuer) -> None:
    client = serve(**by_issuer(issuer))
    state = client.get("/oidc").headers["location"].split("state=")[1].split("&")[0]
    denied = client.get("/oidc/back", params={"error": "<b>access_denied", "state": state})
    assert (denied.status_code, "<b>" in denied.text) == (400, False)
    assert told("oidc.refused", why="<b>access_denied") in notice_of(denied)
    issuer.refusal = "invalid_grant"
    assert told("oidc.refused", why="invalid_grant") in notice_of(came_back(client, issuer))


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://evil.example"}, {"issuer": None}, {"token_endpoint": "http://evil.example/token"},
        {"jwks_uri": "file:///etc/passwd"}, {"authorization_endpoint": ""}, {"jwks_uri": "http://169.254.169.254/"},
    ],
    ids=str,
)  # fmt: skip
def test_an_issuer_that_says_what_cannot_be_is_not_asked(
    serve: Serve, issuer: ScriptedIssuer, metadata: dict[str, Any]
) -> None:
    client = serve(**by_issuer(issuer))
    issuer.metadata = metadata
    begun = client.get("/oidc")
    assert begun.status_code == 502
    assert told("oidc.unreachable", issuer=issuer.address, why="").split("（")[0] in notice_of(begun)
    assert "/token" not in issuer.asked and "location" not in begun.headers


def test_an_issuer_that_is_away_is_told_and_nothing_else_suffers(serve: Serve) -> None:
    client = serve(oidc_issuer="http://127.0.0.1:9", oidc_client_id=CLIENT)
    away = client.get("/oidc")
    assert away.status_code == 502 and "http://127.0.0.1:9" in notice_of(away)
    logged = client.post("/login", data={"name": "boss", "password": "a long password"})
    assert logged.status_code == 303 and is_in(client)


def test_keys_that_change_are_asked_for_anew(serve: Serve, issuer: ScriptedIssuer) -> None:
    client = serve(**by_issuer(issuer))
    assert came_back(client, issuer).status_code == 303
    new = RSAKey.generate_key(2048, parameters={"kid": "two"})
    issuer.published = [issuer.key, new]
    issuer.sign = lambda claims: jwt.encode({"alg": "RS256", "kid": "two"}, claims, new)
    assert came_back(client, issuer).status_code == 303
    assert issuer.asked.count("/keys") == 2


def test_the_session_before_is_over(serve: Serve, issuer: ScriptedIssuer) -> None:
    client = serve(**by_issuer(issuer))
    client.post("/login", data={"name": "boss", "password": "a long password"})
    before = client.cookies[SESSION_COOKIE]
    assert came_back(client, issuer).status_code == 303 and client.cookies[SESSION_COOKIE] != before
    client.cookies.clear()
    assert client.get("/chats", headers={"cookie": f"{SESSION_COOKIE}={before}"}).status_code == 401


@pytest.mark.parametrize("wanted", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_one_is_led_to_no_other_site(serve: Serve, issuer: ScriptedIssuer, wanted: str) -> None:
    assert came_back(serve(**by_issuer(issuer)), issuer, wanted).headers["location"] == "/"


def test_who_is_no_user_is_refused_or_added_as_a_reader(serve: Serve, issuer: ScriptedIssuer, users: Users) -> None:
    issuer.person = {"preferred_username": "新人"}
    back = came_back(serve(**by_issuer(issuer)), issuer)
    assert back.status_code == 403 and told("login.unknown", name="新人") in notice_of(back)
    assert users.find("新人") is None
    adding = serve(**by_issuer(issuer, login_adds=True))
    assert came_back(adding, issuer).status_code == 303 and is_in(adding)
    added = users.find("新人")
    assert added and added.role is Role.READER and not added.has_password
    issuer.person = {"preferred_username": "ⓐda"}
    assert came_back(adding, issuer).status_code == 403
    issuer.person = {"preferred_username": "新人"}
    users.set_disabled("新人", True)
    assert not is_in(adding)
    assert came_back(adding, issuer).status_code == 403


@pytest.mark.parametrize(
    "person", [{}, {"preferred_username": ""}, {"preferred_username": ["ada"]}, {"preferred_username": "@x"}]
)
def test_a_token_without_a_name_of_use_lets_nobody_in(
    serve: Serve, issuer: ScriptedIssuer, person: dict[str, object]
) -> None:
    issuer.person = person
    client = serve(**by_issuer(issuer, login_adds=True))
    assert came_back(client, issuer).status_code in (400, 403)
    assert not is_in(client)


def test_an_address_counts_once_it_was_checked(serve: Serve, issuer: ScriptedIssuer, users: Users) -> None:
    users.add("ada@example.org")
    client = serve(**by_issuer(issuer, oidc_name_claim="email", oidc_scopes="openid email"))
    for checked, status in ((False, 400), ("true", 400), (None, 400), (True, 303)):
        issuer.person = {"email": "ada@example.org"} | ({} if checked is None else {"email_verified": checked})
        assert came_back(client, issuer).status_code == status


def test_groups_give_the_highest_role_and_take_it_back(serve: Serve, issuer: ScriptedIssuer, users: Users) -> None:
    client = serve(**by_issuer(issuer, oidc_groups_claim="groups", login_roles="staff=editor, IT=admin"))
    for groups, role in (
        (["staff", "it"], Role.ADMIN),
        (["staff"], Role.EDITOR),
        ("staff", Role.EDITOR),
        ([], Role.READER),
    ):
        issuer.person = {"preferred_username": "Ada", "groups": groups}
        assert came_back(client, issuer).status_code == 303 and is_in(client)
        ada = users.find("ada")
        assert ada and ada.role is role
        assert ada.groups == frozenset([groups] if isinstance(groups, str) else groups)


def test_over_https_the_way_back_and_the_cookies_are_of_that(serve: Serve, issuer: ScriptedIssuer) -> None:
    client = serve(host="https://127.0.0.1:7860", **by_issuer(issuer))
    led = client.get("/oidc")
    assert "redirect_uri=https%3A%2F%2F127.0.0.1%3A7860%2Foidc%2Fback" in led.headers["location"]
    cookie = led.headers["set-cookie"]
    assert cookie.startswith(f"__Host-{PLEDGE_COOKIE}=") and "Secure" in cookie and "HttpOnly" in cookie
    assert client.get(issuer.log_in(led.headers["location"])).status_code == 303


def test_the_secret_is_in_nothing_that_is_shown(
    serve: Serve, issuer: ScriptedIssuer, caplog: pytest.LogCaptureFixture
) -> None:
    settings = by_issuer(issuer)
    with caplog.at_level(logging.DEBUG):
        client = serve(**settings)
        shown = [came_back(client, issuer)]
        issuer.refusal = "invalid_client"
        shown += [came_back(client, issuer), client.get("/login"), client.get("/frame"), client.get("/config")]
    assert not any(SECRET in one.text + repr(one.headers) for one in shown)
    assert SECRET not in caplog.text and SECRET not in repr(Settings(**settings))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "address",
    ["http://login.example", "login.example", "ftp://x", "https://", "https:///x", "http://127.0.0.1.evil.example"],
)
def test_an_issuer_that_cannot_be_one_is_told_at_the_start(serve: Serve, address: str) -> None:
    with pytest.raises(SettingsError, match="YINJU_OIDC_ISSUER"):
        serve(oidc_issuer=address, oidc_client_id=CLIENT)
    with pytest.raises(SettingsError, match="YINJU_OIDC_CLIENT_ID"):
        serve(oidc_issuer="https://login.example")


def test_without_an_issuer_there_is_no_way_to_one(serve: Serve) -> None:
    client = serve()
    assert client.get("/oidc").status_code == client.get("/oidc/back").status_code == 404
    assert "/oidc" not in client.get("/login").text


# By a proxy's header

PROXY = {"login_header": "X-Forwarded-User", "trusted_proxies": "10.0.0.0/8, ::1"}


def test_whom_a_trusted_proxy_names_is_in_at_each_request(serve: Serve, users: Users) -> None:
    client = serve("10.1.2.3", **PROXY)
    assert not is_in(client)
    assert client.get("/chats", headers={"x-forwarded-user": "ADA"}).status_code == 200
    assert "ada" in client.get("/frame", headers={"x-forwarded-user": "ada"}).text
    assert not client.cookies
    users.set_disabled("ada", True)
    assert client.get("/chats", headers={"x-forwarded-user": "ada"}).status_code == 401


@pytest.mark.parametrize("peer", ["127.0.0.1", "11.0.0.1", "192.0.2.1", "::2", "testclient"])
def test_from_anybody_else_the_header_is_nothing(serve: Serve, peer: str) -> None:
    client = serve(peer, **PROXY)
    headers = {"x-forwarded-user": "boss", "x-forwarded-for": "10.1.2.3"}
    assert client.get("/chats", headers=headers).status_code == 401
    logged = client.post("/login", data={"name": "boss", "password": "a long password"}, headers=headers)
    assert logged.status_code == 303
    assert "boss" in client.get("/frame", headers={"x-forwarded-user": "ada"}).text


def test_the_header_goes_before_a_session(serve: Serve, users: Users) -> None:
    client = serve("10.1.2.3", **PROXY)
    client.post("/login", data={"name": "boss", "password": "a long password"})
    assert "boss" in client.get("/frame").text
    assert "ada" in client.get("/frame", headers={"x-forwarded-user": "ada"}).text
    assert client.get("/chats", headers={"x-forwarded-user": "nobody"}).status_code == 401


@pytest.mark.parametrize("named", [["ada", "boss"], ["ada,boss"], ["@it"], [" "], ["x" * 5_000], ["ａda"], ["ⓐda"]])
def test_a_header_that_names_nobody_lets_nobody_in(serve: Serve, named: list[str]) -> None:
    client = serve("10.1.2.3", login_adds=False, **PROXY)
    answered = client.get("/chats", headers=[(b"x-forwarded-user", one.encode()) for one in named])
    assert answered.status_code == 401


def test_who_is_unknown_to_us_is_told_so_or_added(serve: Serve, users: Users) -> None:
    headers = {b"x-forwarded-user": "陳小美".encode(), b"accept": b"text/html"}
    client = serve("10.1.2.3", **PROXY)
    led = client.get("/", headers=headers)
    assert led.status_code == 303 and led.headers["location"].startswith("/login")
    page = client.get("/login", headers=headers)
    assert page.status_code == 403 and told("login.unknown", name="陳小美") in notice_of(page)
    adding = serve("10.1.2.3", login_adds=True, **PROXY)
    assert adding.get("/chats", headers=headers).status_code == 200
    added = users.find("陳小美")
    assert added and added.role is Role.READER


def test_groups_and_roles_follow_the_header(serve: Serve, users: Users) -> None:
    client = serve("10.1.2.3", login_groups_header="X-Groups", login_roles="staff=editor", **PROXY)
    for groups, role in (("staff, all", Role.EDITOR), ("all", Role.READER), ("", Role.READER)):
        client.get("/chats", headers={"x-forwarded-user": "ada", "x-groups": groups})
        ada = users.find("ada")
        assert ada and ada.role is role and ada.groups == frozenset(filter(None, groups.split(", ")))
    client.get("/chats", headers={"x-groups": "staff"})
    assert users.find("ada") == ada


def test_without_any_user_nobody_else_comes_in_where_others_know_them(
    library: Library, toy_index: Path, serve: Serve, users: Users
) -> None:
    for one in ("ada", "boss"):
        users.remove(one)
    client = serve("10.1.2.3", **PROXY)
    assert client.get("/chats").status_code == 401
    assert serve(oidc_issuer="https://login.example", oidc_client_id=CLIENT).get("/chats").status_code == 401


def test_settings_that_cannot_hold_are_told_at_the_start(serve: Serve) -> None:
    with pytest.raises(SettingsError, match="YINJU_TRUSTED_PROXIES"):
        serve(login_header="Remote-User")
    for wrong in ("staff", "staff=boss", "=admin", "a=reader,b"):
        with pytest.raises(SettingsError, match="YINJU_LOGIN_ROLES"):
            serve(login_roles=wrong)


@pytest.mark.parametrize("peer", ["10.1.2.3", "192.0.2.1"])
def test_what_is_behind_the_guard_hears_of_no_such_header(library: Library, users: Users, peer: str) -> None:
    settings = Settings(login_groups_header="X-Groups", **PROXY)  # type: ignore[arg-type]
    passed: list[Scope] = []

    async def behind(scope: Scope, receive: Receive, send: Send) -> None:
        passed.append(scope)

    async def send(message: Message) -> None:
        """To nobody."""

    async def receive() -> Message:
        return {"type": "http.request"}

    headers = [(b"host", b"localhost"), (b"x-forwarded-user", b"ada"), (b"x-groups", b"a"), (b"accept", b"*/*")]
    scope = {"type": "http", "method": "GET", "path": "/health", "query_string": b"", "headers": headers}
    guard = Guard(behind, allowed_hosts(settings), Access(users, library, settings))
    asyncio.run(guard({**scope, "client": (peer, 1)}, receive, send))
    assert passed[0]["headers"] == [headers[0], headers[-1]]
    assert passed[0]["state"]["visitor"].named == ""


def test_an_answer_is_sent_to_whom_a_proxy_names_until_that_user_may_no_more(library: Library, users: Users) -> None:
    """What was told when it was asked counts for who it is; groups told then give nobody a role back."""
    settings = Settings(login_groups_header="X-Groups", login_roles="it=admin", **PROXY)  # type: ignore[arg-type]
    access, sent = Access(users, library, settings), list[Message]()

    async def streaming(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for number in range(9):
            if number == 3:
                users.set_role("ada", Role.READER)
            await send({"type": "http.response.body", "body": b"%d " % number, "more_body": True})

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    headers = [(b"host", b"localhost"), (b"x-forwarded-user", b"ada"), (b"x-groups", b"it")]
    asked = {"type": "http", "method": "GET", "path": STREAM, "query_string": b"", "headers": headers}
    guard = Guard(streaming, allowed_hosts(settings), access)
    asyncio.run(guard({**asked, "client": ("10.1.2.3", 1)}, receive, send))
    assert b"".join(message.get("body", b"") for message in sent) == b"0 1 2 "
    ada = users.find("ada")
    assert ada and ada.role is Role.READER
