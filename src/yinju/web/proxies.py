"""A request's connection and headers → the address it comes from, and whether over https, as far as that is believed.

What a reverse proxy says is believed where it is one of those in YINJU_TRUSTED_PROXIES; from anybody else it is noise.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Self

from starlette.datastructures import Headers
from starlette.types import Scope

from yinju.errors import SettingsError

_PORT = re.compile(r"\[([^]]*)\](?::\d+)?|([^:]*):\d+")
"""An address as some proxies write it, with its port, by which each connection would be another visitor's."""


@dataclass(frozen=True, slots=True)
class Proxies:
    """The networks of the proxies that are believed."""

    networks: tuple[IPv4Network | IPv6Network, ...] = ()

    @classmethod
    def of(cls, listed: str) -> Self:
        """Those that a setting lists, by commas.

        Raises:
            SettingsError: a part is no address or network.
        """
        return cls(tuple(_network(part.strip()) for part in listed.split(",") if part.strip()))

    def trust(self, address: str) -> bool:
        """Whether an address is a proxy's that is believed."""
        try:
            found = ip_address(address)
        except ValueError:
            return False
        found = getattr(found, "ipv4_mapped", None) or found
        return any(found in network for network in self.networks)

    def told(self, scope: Scope, headers: Headers, name: str) -> str:
        """What a proxy that is believed says by a header; empty where it says nothing, several things, or no UTF-8."""
        told = headers.getlist(name) if name and scope.get("client") and self.trust(scope["client"][0]) else []
        try:
            return told[0].encode("latin-1").decode().strip() if len(told) == 1 else ""
        except UnicodeDecodeError:  # two that are told apart over there could be one here
            return ""

    def origin_of(self, scope: Scope, headers: Headers) -> tuple[str, bool]:
        """The address that a request comes from, empty where that is unknown, and whether it came over https.

        Each proxy adds the address that it was asked from at the end of X-Forwarded-For: the last that is no trusted
        proxy's is it.
        """
        address = scope["client"][0] if scope.get("client") else ""
        if not self.trust(address):
            return address, scope.get("scheme") == "https"
        parts = ",".join(headers.getlist("x-forwarded-for")).split(",")
        told = [_bare(part.strip()) for part in parts if part.strip()]
        scheme = headers.get("x-forwarded-proto", "").split(",")[-1].strip().lower()
        return next((one for one in reversed(told) if not self.trust(one)), address), scheme == "https"


def _bare(address: str) -> str:
    found = _PORT.fullmatch(address)
    return (found and (found[1] or found[2])) or address


def _network(part: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(part, strict=False)
    except ValueError:
        raise SettingsError("proxy.listed", found=repr(part)) from None
