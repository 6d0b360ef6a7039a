"""An OpenID Connect issuer → who somebody is whom it knows: the way there, and what it says on the way back.

The authorization code flow with PKCE (RFC 7636), by authlib's client over httpx2. The ID token is read by joserfc, told
by which algorithms it may be signed; authlib would take those that the issuer lists, `none` among them if it says so.
What has to be known again on the way back is in a cookie, signed with a key of this process. Nothing is asked but the
issuer and the addresses that its discovery document names.
"""

import logging
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from yinju.errors import SettingsError, UsersError
from yinju.settings import Settings

if TYPE_CHECKING:
    from authlib.integrations.httpx_client import OAuth2Client

DISCOVERY = "/.well-known/openid-configuration"
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA"]
"""Those by which a token can be signed: none by a secret that both have, and not `none`."""
PLEDGE_SECONDS = 600
"""How long somebody may take to log in at the issuer."""
KNOWN_SECONDS = 3_600.0
"""How long what the issuer says of itself, and its keys, are taken for known."""
LEEWAY_SECONDS = 60
"""How far its clock may be off."""
WAIT_SECONDS = 10.0
"""The longest wait for each part of its responses."""
MOST_USED = 10_000
"""How many pledges are remembered as used, each as long as it could be used again."""

logger = logging.getLogger(__name__)

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Person:
    """Whom the issuer has logged in."""

    name: str
    groups: list[str] | None
    """None where they are not asked for."""
    next: str
    """Where it wanted to go."""


class Issuer:
    """An issuer, to which this service is a client. Safe for several threads."""

    def __init__(self, settings: Settings) -> None:
        """Check the settings, without a look at the network.

        Raises:
            SettingsError: one of them cannot be used.
        """
        from joserfc.jwk import OctKey

        self.address = settings.oidc_issuer.strip().rstrip("/")
        if not _is_sound(self.address):
            raise SettingsError("oidc.issuer", found=repr(self.address))
        if not settings.oidc_client_id:
            raise SettingsError("oidc.client")
        self._client_id, self._secret = settings.oidc_client_id, settings.oidc_client_secret
        self._scopes, self._name, self._groups = (
            settings.oidc_scopes, settings.oidc_name_claim, settings.oidc_groups_claim
        )  # fmt: skip
        self._key = OctKey.import_key(secrets.token_bytes(32))
        self._lock, self._used = Lock(), OrderedDict[str, float]()
        self._known: dict[str, Any] = {}
        self._keys: dict[str, Any] = {}
        self._since = float("-inf")

    def begin(self, back: str, next: str) -> tuple[str, str]:
        """The address at which one logs in, who then comes back to ours, and the pledge for the cookie until then.

        Raises:
            UsersError: the issuer cannot be asked.
        """
        from joserfc import jwt

        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        with self._client(back) as client:
            asked, _ = client.create_authorization_url(
                self._metadata()["authorization_endpoint"], state=state, nonce=nonce, code_verifier=verifier
            )
        kept = {"state": state, "nonce": nonce, "verifier": verifier, "next": next, "exp": _now() + PLEDGE_SECONDS}
        return str(asked), jwt.encode({"alg": "HS256"}, kept, self._key)

    def finish(self, pledge: str, back: str, said: Mapping[str, str]) -> Person:
        """Who has come back to an address of ours with what the issuer said; the pledge counts once.

        Raises:
            UsersError: the pledge is another's, used or too old, or the issuer says no, or what does not hold.
        """
        kept = self._kept(pledge, said.get("state", ""))
        if error := said.get("error"):
            raise UsersError("oidc.refused", why=error[:100])
        if said.get("iss", self._metadata()["issuer"]) != self._metadata()["issuer"]:  # RFC 9207
            raise UsersError("oidc.token", why="iss")
        claims = self._claims(self._token(said.get("code", ""), back, kept["verifier"]), kept["nonce"])
        name, is_checked = claims.get(self._name), self._name != "email" or claims.get("email_verified") is True
        if not isinstance(name, str) or not name.strip() or not is_checked:
            raise UsersError("oidc.unnamed", claim=self._name)
        return Person(name, self._told_groups(claims), kept["next"])

    def _told_groups(self, claims: Mapping[str, Any]) -> list[str] | None:
        if not self._groups:
            return None
        told = claims.get(self._groups, [])
        return [str(one) for one in (told if isinstance(told, list) else [told])]

    def _kept(self, pledge: str, state: str) -> dict[str, Any]:
        from joserfc import jwt
        from joserfc.errors import JoseError

        try:
            kept = jwt.decode(pledge, self._key, algorithms=["HS256"]).claims
        except (JoseError, ValueError):
            raise UsersError("oidc.stale") from None
        now = time.time()
        if kept["exp"] < now or not secrets.compare_digest(kept["state"].encode(), state.encode()):
            raise UsersError("oidc.stale")
        with self._lock:
            if state in self._used:
                raise UsersError("oidc.stale")
            self._used[state] = kept["exp"]
            while len(self._used) > MOST_USED or next(iter(self._used.values())) < now:
                self._used.popitem(last=False)
        return kept

    def _token(self, code: str, back: str, verifier: str) -> str:
        from authlib.integrations.base_client import OAuthError

        def fetch() -> Any:  # noqa: ANN401 - as authlib has it
            with self._client(back) as client:
                return client.fetch_token(self._metadata()["token_endpoint"], code=code, code_verifier=verifier)

        try:
            answered = self._asked(fetch)
        except OAuthError as error:
            raise UsersError("oidc.refused", why=str(error.error)[:100]) from None
        token = answered.get("id_token") if isinstance(answered, dict) else None
        if not isinstance(token, str):
            raise UsersError("oidc.token", why="id_token")
        return token

    def _claims(self, token: str, nonce: str) -> dict[str, Any]:
        """What a token says, its signature, issuer, audience, nonce and times being as they should."""
        from joserfc import jwt
        from joserfc.errors import JoseError

        try:
            claims = self._opened(token)
            expected = {"iss": self._metadata()["issuer"], "aud": self._client_id, "nonce": nonce}
            options: dict[str, Any] = {name: {"essential": True, "value": value} for name, value in expected.items()}
            needed: dict[str, Any] = {name: {"essential": True} for name in ("exp", "iat", "sub")}
            jwt.JWTClaimsRegistry(leeway=LEEWAY_SECONDS, **options, **needed).validate(claims)
        except (JoseError, ValueError) as error:
            logger.warning("an ID token of %s is not taken: %s", self.address, error)
            raise UsersError("oidc.token", why=str(error)[:100]) from None
        if claims.get("azp", self._client_id) != self._client_id:
            raise UsersError("oidc.token", why="azp")
        return claims

    def _opened(self, token: str) -> dict[str, Any]:
        """What a token says, its signature checked; keys that are not known are asked for anew, once."""
        from joserfc import jwt
        from joserfc.errors import InvalidKeyIdError
        from joserfc.jwk import KeySet

        self._metadata()
        try:
            return jwt.decode(token, KeySet.import_key_set(self._keys), algorithms=ALGORITHMS).claims  # type: ignore[arg-type]
        except InvalidKeyIdError:
            self._since = float("-inf")
            self._metadata()
            return jwt.decode(token, KeySet.import_key_set(self._keys), algorithms=ALGORITHMS).claims  # type: ignore[arg-type]

    def _metadata(self) -> dict[str, Any]:
        """What the issuer says of itself."""
        if time.monotonic() - self._since > KNOWN_SECONDS:
            known = self._fetched(self.address + DISCOVERY)
            needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
            if str(known.get("issuer", "")).rstrip("/") != self.address:
                raise UsersError("oidc.unreachable", issuer=self.address, why=f"issuer: {known.get('issuer')!r:.100}")
            for name in needed:
                if not _is_sound(address := str(known.get(name, ""))):
                    raise UsersError("oidc.unreachable", issuer=self.address, why=f"{name}: {address!r:.100}")
            self._keys = self._fetched(known["jwks_uri"])
            self._known, self._since = known, time.monotonic()
        return self._known

    def _fetched(self, address: str) -> dict[str, Any]:
        def fetch() -> object:
            with self._client() as client:
                response = client.request("GET", address, withhold_token=True)
                response.raise_for_status()
                return response.json()

        found = self._asked(fetch)
        if not isinstance(found, dict):
            raise UsersError("oidc.unreachable", issuer=self.address, why=address)
        return found

    def _asked(self, ask: Callable[[], Result]) -> Result:
        import httpx2

        try:
            return ask()
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
            logger.warning("%s cannot be asked: %s", self.address, error)
            raise UsersError("oidc.unreachable", issuer=self.address, why=type(error).__name__) from None

    def _client(self, back: str = "") -> "OAuth2Client":
        from authlib.integrations.httpx_client import OAuth2Client

        for one in map(logging.getLogger, ("httpx2", "httpcore2", "authlib")):
            one.setLevel(max(one.level, logging.WARNING))  # below, they log codes and tokens
        secret = self._secret.get_secret_value()
        return OAuth2Client(
            self._client_id, secret or None, scope=self._scopes, redirect_uri=back, code_challenge_method="S256",
            token_endpoint_auth_method="client_secret_basic" if secret else "none", timeout=WAIT_SECONDS,
            trust_env=not _is_loopback(self.address),
        )  # fmt: skip


def _is_sound(address: str) -> bool:
    """Whether an address is a whole one over https, or over http of this machine."""
    try:
        url = urlsplit(address)
        return bool(url.hostname) and (url.scheme == "https" or (url.scheme == "http" and _is_loopback(address)))
    except ValueError:
        return False


def _is_loopback(address: str) -> bool:
    return urlsplit(address).hostname in ("127.0.0.1", "localhost", "::1")


def _now() -> int:
    return int(time.time())
