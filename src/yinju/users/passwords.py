"""A password ↔ its argon2id hash, as RFC 9106 recommends for machines with little memory to spare."""

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from yinju.errors import UsersError

LEAST_CHARACTERS, MOST_CHARACTERS = 10, 1_000
"""Of a password; a longer one is no better and takes longer to look at."""

_HASHER = PasswordHasher()  # its defaults are RFC 9106's: 64 MiB, three passes


def hashed(password: str) -> str:
    """The hash of a new password, with its salt and the effort that it took.

    Raises:
        UsersError: it is too short or too long.
    """
    if not LEAST_CHARACTERS <= len(password) <= MOST_CHARACTERS:
        raise UsersError("user.password", length=len(password), least=LEAST_CHARACTERS, most=MOST_CHARACTERS)
    return _HASHER.hash(_composed(password))


def matches(hash: str, password: str) -> bool:
    """Whether a password has a hash; without a hash, after as long a while, it has not."""
    try:
        return _HASHER.verify(hash or _nobodys(), _composed(password[:MOST_CHARACTERS])) and bool(hash)
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(hash: str) -> bool:
    """Whether a hash took another effort than one made now."""
    return _HASHER.check_needs_rehash(hash)


@cache
def _nobodys() -> str:
    """What the password of an unknown name is held against, so that this takes as long as for a known one."""
    return _HASHER.hash("nobody has this password")


def _composed(password: str) -> str:
    """The password as every keyboard writes it; half a character is as good as any other."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "replace").decode()
