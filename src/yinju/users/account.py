"""An account as everybody else has it: who that is, and what it may do. Passwords and tokens are not in it."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from yinju.errors import UsersError
from yinju.ingest.names import is_unshown

NAME_CHARACTERS = 60
"""The longest name of an account or a group."""
GROUP = "@"
"""Begins what names a group where an account could be named as well; no name of an account begins so."""
EVERYONE = "@everyone"
"""The group that every account is in."""


class Right(StrEnum):
    """What somebody may do; each role has some of these."""

    ENTER = "enter"
    """Come in, and change one's own password: what is about no library."""
    READ = "read"
    """Ask, read sources, keep and export one's own chats; in the libraries that are open to one."""
    EDIT = "edit"
    """Add, delete, move, tag and rename documents."""
    MAKE = "make"
    """Make libraries and rename them."""
    MANAGE = "manage"
    """Change settings, delete libraries, empty what was deleted, look after accounts."""


class Role(StrEnum):
    """What an account is for."""

    READER = "reader"
    EDITOR = "editor"
    ADMIN = "admin"


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.READER: frozenset({Right.ENTER, Right.READ}),
    Role.EDITOR: frozenset({Right.ENTER, Right.READ, Right.EDIT, Right.MAKE}),
    Role.ADMIN: frozenset(Right),
}


@dataclass(frozen=True, slots=True)
class Account:
    """A user."""

    id: str
    """Of 128 random bits; what is kept of the user, such as chats, is kept under it."""
    name: str
    role: Role
    disabled: bool = False
    groups: frozenset[str] = frozenset()
    """Without `EVERYONE`."""
    libraries: frozenset[str] = frozenset()
    """The ids of those that are open to the account, by itself or by a group."""
    created: float = 0.0
    """In seconds since 1970."""
    has_password: bool = True
    """Without one it comes in by a proxy or another service that knows it, or by a token."""

    @property
    def rights(self) -> frozenset[Right]:
        """What it may do; nothing where it is disabled."""
        return frozenset() if self.disabled else RIGHTS[self.role]

    def may_open(self, library: str) -> bool:
        """Whether a library is open to it; all are to an admin."""
        return self.role is Role.ADMIN or library in self.libraries


def known_form(name: str) -> str:
    """What a name is compared by: width, composition and capitals make no difference."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def checked_name(name: str) -> str:
    """A name as it is kept: in NFC, white space joined.

    Raises:
        UsersError: it is empty, too long, begins as a group does, or holds what cannot be shown.
    """
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if not name or name.startswith(GROUP) or any(is_unshown(character) for character in name):
        raise UsersError("user.name", found=repr(name))
    if len(name) > NAME_CHARACTERS:
        raise UsersError("user.long", length=len(name), limit=NAME_CHARACTERS)
    return name
