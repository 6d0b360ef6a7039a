"""Settings → the addresses at which the page answers; a request's Host and Origin → whether they are among those.

A page elsewhere can have a name of its own point to 127.0.0.1 once it is loaded (DNS rebinding); its browser then takes
it for this page, lets it read all, and tells by the Host header alone that the name is not ours.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address

from yinju.errors import SettingsError
from yinju.settings import Settings
from yinju.users import Users, others_know_users

LONGEST = 255
"""Characters of a name; no longer one can be looked up."""
_PORTS = {"http": 80, "https": 443}
_ADDRESS = re.compile(
    r"(?ai:\[(?P<literal>[0-9a-f:.]+)\]|(?P<name>[a-z0-9_-]+(?:\.[a-z0-9_-]+)*)\.?)(?::(?P<port>[0-9]{1,5}))?"
)


@dataclass(frozen=True, slots=True)
class Address:
    """A name or the literal of an IP address, and its port."""

    name: str
    """In lower case, without brackets or a dot at its end."""
    port: int | None
    """None where none is written: the usual one of http or https."""

    @property
    def ip(self) -> IPv4Address | IPv6Address | None:
        """The IP address that the name is the literal of; None where it has to be looked up."""
        try:
            return ip_address(self.name)
        except ValueError:
            return None

    @property
    def is_loopback(self) -> bool:
        """Whether it can be nothing but this machine."""
        return self.name == "localhost" or (self.ip is not None and self.ip.is_loopback)


@dataclass(frozen=True, slots=True)
class Hosts:
    """The addresses at which the page answers, those of loopback besides."""

    listed: frozenset[Address]
    """Without a port, at any."""
    everywhere: bool
    """Whether at any IP address too: those of an interface are not known beforehand, and a literal, which nobody looks
    up, cannot be made to point elsewhere."""

    def answer_at(self, address: Address) -> bool:
        """Whether a request may name an address as its host."""
        if address.is_loopback or (self.everywhere and address.ip):
            return True
        known = (one for one in self.listed if one.name == address.name)
        return any(one.port in (None, address.port) or _is_usual(one.port, address.port) for one in known)


def _is_usual(listed: int | None, asked: int | None) -> bool:
    return asked is None and listed in _PORTS.values()


def is_open_to_others(host: str) -> bool:
    """Whether a page that is bound to a host can be reached from other machines."""
    bound = read_address(_bracketed(host))
    return not (bound and bound.is_loopback)


def allowed_hosts(settings: Settings) -> Hosts:
    """What the settings allow: the address the page is bound to, and all of YINJU_HOSTS.

    Raises:
        SettingsError: others could reach the page, there are no users, and YINJU_PUBLIC does not say so, or YINJU_HOSTS
            has a part that is no address.
        UsersError: the file of users cannot be read.
    """
    bound = read_address(_bracketed(settings.host))
    has_users = others_know_users(settings) or Users.of(settings).on
    if is_open_to_others(settings.host) and not settings.public and not has_users:
        raise SettingsError("host.open", found=repr(settings.host))
    listed = {_read_listed(part.strip()) for part in settings.hosts.split(",") if part.strip()}
    everywhere = not settings.host or (bound is not None and bound.ip is not None and bound.ip.is_unspecified)
    return Hosts(frozenset([*listed, *([Address(bound.name, None)] if bound else [])]), everywhere)


def _read_listed(part: str) -> Address:
    try:
        address = read_address(_bracketed(part.encode("idna").decode()))
    except UnicodeError:
        address = None
    if address is None:
        raise SettingsError("host.listed", found=repr(part))
    return address


def _bracketed(host: str) -> str:
    """An IPv6 address as it stands in a Host header; anything else as it is."""
    return f"[{host}]" if host.count(":") > 1 and not host.startswith("[") else host


def read_address(written: str) -> Address | None:
    """The address that a Host header names; None where that is none."""
    found = _ADDRESS.fullmatch(written) if len(written) <= LONGEST else None
    port = int(found["port"]) if found and found["port"] else None
    if not found or (port is not None and not 0 < port <= 65_535):
        return None
    address = Address((found["literal"] or found["name"]).lower(), port)
    if found["literal"] and not isinstance(address.ip, IPv6Address):
        return None
    return Address(str(address.ip or address.name), port)  # an IPv6 address has many spellings


def is_same_origin(origin: str, host: Address) -> bool:
    """Whether an Origin header names the host that was asked, and its port; a proxy may speak another scheme to us."""
    scheme, _, written = origin.lower().partition("://")
    asking = read_address(written)
    if asking is None or scheme not in _PORTS:
        return False
    usual = _PORTS[scheme]
    return (asking.name, asking.port or usual) == (host.name, host.port or usual)
