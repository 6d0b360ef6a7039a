"""Whom a reverse proxy asks for is believed where the settings name the proxy, and from nobody else."""

import pytest
from starlette.datastructures import Headers

from yinju.errors import SettingsError
from yinju.web.proxies import Proxies


def origin(trusted: str, client: str, **told: str) -> tuple[str, bool]:
    """What a request from an address is taken for, its headers being told."""
    headers = Headers({name.replace("_", "-"): value for name, value in told.items()})
    return Proxies.of(trusted).origin_of({"type": "http", "client": (client, 1), "scheme": "http"}, headers)


FORGED = {"x_forwarded_for": "198.51.100.9", "x_forwarded_proto": "https"}


def test_what_a_stranger_tells_is_noise() -> None:
    for trusted in ("", "10.0.0.1", "10.1.0.0/16,fd00::/8"):
        assert origin(trusted, "203.0.113.5", **FORGED) == ("203.0.113.5", False)
    assert origin("", "127.0.0.1", **FORGED) == ("127.0.0.1", False)


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ("198.51.100.9", "198.51.100.9"), ("198.51.100.7, 198.51.100.9", "198.51.100.9"),
        ("198.51.100.9, 10.0.0.2", "198.51.100.9"), ("198.51.100.7,198.51.100.9, 10.0.0.2,10.0.0.3", "198.51.100.9"),
        ("10.0.0.2", "10.0.0.1"), ("", "10.0.0.1"), (" , ", "10.0.0.1"), ("2001:db8::1", "2001:db8::1"),
        ("198.51.100.9:5001", "198.51.100.9"), ("[2001:db8::1]:5001, 10.0.0.2:80", "2001:db8::1"), ("[]", "[]"),
    ],
)  # fmt: skip
def test_the_last_that_is_no_proxy_of_ours_asks(told: str, address: str) -> None:
    """Who asks writes what it likes before that."""
    assert origin("10.0.0.0/8", "10.0.0.1", x_forwarded_for=told)[0] == address
    assert origin("10.0.0.0/8", "::ffff:10.0.0.1", x_forwarded_for=told)[0] in (address, "::ffff:10.0.0.1")


@pytest.mark.parametrize(
    ("told", "secure"), [("https", True), ("HTTPS", True), ("http", False), ("https, http", False), ("", False)]
)
def test_a_proxy_tells_the_scheme(told: str, secure: bool) -> None:
    assert origin("10.0.0.1", "10.0.0.1", x_forwarded_proto=told)[1] is secure


def test_without_a_client_nobody_is_trusted() -> None:
    scope = {"type": "http", "client": None, "scheme": "https"}
    assert Proxies.of("0.0.0.0/0").origin_of(scope, Headers({"x-forwarded-for": "1.2.3.4"})) == ("", True)


def test_what_is_no_text_names_nobody() -> None:
    scope = {"type": "http", "client": ("10.0.0.1", 1)}
    for told, name in (("é".encode(), "é"), (b"\xff\xfe", ""), (b"ada\xff", "")):
        assert Proxies.of("10.0.0.1").told(scope, Headers(raw=[(b"x-user", told)]), "x-user") == name


@pytest.mark.parametrize("listed", ["a", "10.0.0.0/33", "10.0.0.1:80", "127.0.0.1;::1"])
def test_a_part_that_is_no_network_is_told(listed: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Proxies.of(f"127.0.0.1, {listed}")
    assert f"YINJU_TRUSTED_PROXIES has {listed!r}" in str(caught.value)
