"""Attempts to log in → how long the next one has to wait. Kept in the file, so that a start anew forgives nothing.

What is counted is the name that was tried and the place it was tried from. The wait is bounded, and somebody who has
logged in from a place before waits there only for what was tried from there: strangers elsewhere lock nobody out.
"""

import sqlite3
from ipaddress import IPv6Address, ip_address

FREE = 10
"""How many attempts may fail before the next has to wait."""
LONGEST_SECONDS = 900.0
"""The longest wait; it begins with a second and doubles with each failure."""
FORGOTTEN_SECONDS = 3_600.0
"""After so long without another failure it is as if there had been none."""
KNOWN_SECONDS = 30 * 86_400.0
"""For how long a place is known from which an account has logged in."""


def place_of(address: str) -> str:
    """What stands for an address: of IPv6 the network of 64 bits, all of which one customer has."""
    try:
        found = ip_address(address)
    except ValueError:
        return address[:100]
    found = getattr(found, "ipv4_mapped", None) or found
    return f"{IPv6Address(int(found) >> 64 << 64)}/64" if isinstance(found, IPv6Address) else str(found)


def wait_of(database: sqlite3.Connection, name: str, place: str, user: str, now: float) -> float:
    """How many seconds the next attempt has to wait, 0 for none; `user` is whose name it is, empty for nobody's."""
    known = database.execute(
        "SELECT 1 FROM places WHERE user = ? AND place = ? AND last > ?", (user, place, now - KNOWN_SECONDS)
    ).fetchone()
    of_name = 0.0 if known else _wait(database, "name", name, now)
    return max(of_name, _wait(database, "place", place, now))


def _wait(database: sqlite3.Connection, column: str, value: str, now: float) -> float:
    counted = f"SELECT total(count), max(last) FROM failures WHERE {column} = ? AND last > ?"
    count, last = database.execute(counted, (value, now - FORGOTTEN_SECONDS)).fetchone()
    if count < FREE:
        return 0.0
    delay = min(LONGEST_SECONDS, 2.0 ** min(count - FREE, 20))
    return float(min(delay, max(0.0, last + delay - now)))  # a clock that was put back makes no wait longer


def count(database: sqlite3.Connection, name: str, place: str, now: float) -> None:
    """Count an attempt as failed, before it is looked at: of many at once none is free."""
    database.execute("DELETE FROM failures WHERE last < ?", (now - FORGOTTEN_SECONDS,))
    database.execute(
        "INSERT INTO failures (name, place, count, last) VALUES (?, ?, 1, ?) "
        "ON CONFLICT (name, place) DO UPDATE SET count = count + 1, last = excluded.last", (name, place, now),
    )  # fmt: skip


def forgive(database: sqlite3.Connection, name: str, place: str, user: str, now: float) -> None:
    """Forget what failed with a name from a place, since an attempt has not, and keep that the place is the user's.

    What failed there with other names stays: who has one account tries no others with its help.
    """
    database.execute("DELETE FROM failures WHERE name = ? AND place = ?", (name, place))
    database.execute("DELETE FROM places WHERE last < ?", (now - KNOWN_SECONDS,))
    database.execute("INSERT OR REPLACE INTO places (user, place, last) VALUES (?, ?, ?)", (user, place, now))
