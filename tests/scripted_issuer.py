"""A double of somebody else's OpenID Connect issuer on loopback, which says what a test has it say."""

import base64
import hashlib
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import Key, KeySet, RSAKey

CLIENT, SECRET = "yinju", "canary-secret-3f9a"
"""What the issuer knows its client by, and the canary that stands for the secret."""

Change = Callable[[dict[str, Any]], None]


@dataclass
class ScriptedIssuer:
    """An issuer at work: where it is, what it says, and what it was asked."""

    address: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, parameters={"kid": "one"}))
    published: list[Key] = field(default_factory=list)
    """The keys that it shows; its own alone where this is empty."""
    person: dict[str, Any] = field(default_factory=lambda: {"preferred_username": "ada"})
    change: Change | None = None
    """What is done to the claims of a token before it is signed."""
    sign: Callable[[dict[str, Any]], str] | None = None
    """Signs instead of its own key."""
    metadata: dict[str, Any] = field(default_factory=dict)
    """What its discovery document says otherwise."""
    refusal: str = ""
    """What its token endpoint refuses with."""
    keeps_codes: bool = False
    """Whether a code is good more than once."""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    """The paths that were asked for."""

    def answer(self, method: str, path: str, headers: dict[str, str], body: str) -> tuple[int, Any]:
        """The status and what is said to a request."""
        self.asked.append(path)
        if path == "/.well-known/openid-configuration":
            return 200, {
                "issuer": self.address, "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token", "jwks_uri": f"{self.address}/keys",
                "id_token_signing_alg_values_supported": ["RS256", "none"], **self.metadata,
            }  # fmt: skip
        if path == "/keys":
            return 200, KeySet(self.published or [self.key]).as_dict(private=False)
        if path == "/token" and method == "POST":
            return self._token(headers, {name: one[0] for name, one in parse_qs(body).items()})
        return 404, {"error": "not_found"}

    def log_in(self, address: str) -> str:
        """Log somebody in who was led to an address; where it is led back to."""
        asked = {name: one[0] for name, one in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code" and asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256" and "openid" in asked["scope"].split()
        code = base64.urlsafe_b64encode(hashlib.sha256(address.encode()).digest()).decode()
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def _token(self, headers: dict[str, str], form: dict[str, str]) -> tuple[int, Any]:
        known = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if headers.get("authorization") != f"Basic {known}" or SECRET in json.dumps(form):
            return 401, {"error": "invalid_client"}
        if self.refusal:
            return 400, {"error": self.refusal}
        asked = self.codes.get(form.get("code", ""), {}) if self.keeps_codes else self.codes.pop(form["code"], {})
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if asked.get("code_challenge") != challenge or asked.get("redirect_uri") != form.get("redirect_uri"):
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.address, "aud": CLIENT, "sub": "1", "iat": now, "exp": now + 300, "nonce": asked["nonce"],
            **self.person,
        }  # fmt: skip
        if self.change:
            self.change(claims)
        token = self.sign(claims) if self.sign else jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": token}


@contextmanager
def scripted_issuer() -> Iterator[ScriptedIssuer]:
    """An issuer while it lasts."""
    issuer = ScriptedIssuer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("content-length", 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            if self.path.startswith("/authorize?"):  # where a person would log in
                self.send_response(302)
                self.send_header("Location", issuer.log_in(self.path))
                self.end_headers()
                return
            status, said = issuer.answer(self.command, self.path, headers, self.rfile.read(length).decode())
            content = said if isinstance(said, bytes) else json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        issuer.address = f"http://127.0.0.1:{server.server_address[1]}"
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield issuer
        server.shutdown()
        thread.join()
