"""Somebody whom a proxy or an issuer has logged in → the account, with groups and role as told; added where set so."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Self

from yinju.errors import SettingsError, UsersError
from yinju.settings import Settings
from yinju.users.account import EVERYONE, GROUP, Account, Role, checked_name, known_form
from yinju.users.store import Users

HIGHEST_FIRST = (Role.ADMIN, Role.EDITOR, Role.READER)


def others_know_users(settings: Settings) -> bool:
    """Whether users are known elsewhere, so that nobody else may come in even as long as there are none here."""
    return bool(settings.login_header or settings.oidc_issuer)


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What becomes of those whom others have logged in."""

    users: Users
    adds: bool
    """Whether who is no user is added as a reader."""
    roles: Mapping[str, Role]
    """Group, as its name is compared → the role that it gives; without any, roles stay as they are."""

    @classmethod
    def of(cls, users: Users, settings: Settings) -> Self:
        """As the settings have it.

        Raises:
            SettingsError: YINJU_LOGIN_ROLES has a part that is none.
        """
        parts = filter(None, map(str.strip, settings.login_roles.split(",")))
        return cls(users, settings.login_adds, dict(map(_role_of_group, parts)))

    def account(self, name: str, groups: Iterable[str] | None = None) -> Account:
        """The account of a name; where groups are told it is in these now, and has the highest role that they give.

        Raises:
            UsersError: there is no such user, who is not to be added or cannot be, or it is disabled.
        """
        account = self._of(name)
        if account is None and self.adds:
            with suppress(UsersError):  # somebody was quicker, or it is no name: both show below
                self.users.add(name)
            account = self._of(name)
        if account is None or account.disabled:
            raise UsersError("login.unknown", name=name[:200])
        return account if groups is None else self._as_told(account, groups)

    def _of(self, name: str) -> Account | None:
        """The account of a name, whatever its capitals; what is but alike (ⓐda) may be somebody else over there."""
        try:
            named = checked_name(name)
        except UsersError:
            return None
        account = self.users.find(named)
        return account if account and account.name.casefold() == named.casefold() else None

    def _as_told(self, account: Account, groups: Iterable[str]) -> Account:
        told = frozenset(filter(None, map(_known_group, groups)))
        if told != account.groups:
            account = self.users.set_groups(account.name, told)
        role = next((one for one in HIGHEST_FIRST if one in map(self.roles.get, told)), Role.READER)
        return self.users.set_role(account.name, role) if self.roles and role is not account.role else account


def _role_of_group(part: str) -> tuple[str, Role]:
    group, _, role = part.rpartition("=")
    try:
        return known_form(checked_name(group.strip().removeprefix(GROUP))), Role(role.strip())
    except (UsersError, ValueError):
        raise SettingsError("login.roles", found=repr(part)) from None


def _known_group(name: str) -> str:
    """A group as its name is compared; empty where it cannot be one."""
    try:
        known = known_form(checked_name(name.strip().removeprefix(GROUP)))
    except UsersError:
        return ""
    return "" if GROUP + known == EVERYONE else known
