"""Accounts ↔ rows of the file."""

import sqlite3
from collections.abc import Collection, Iterable
from typing import Literal

from yinju.users.account import EVERYONE, GROUP, Account, Role, checked_name, known_form

_COLUMNS = "id, name, role, disabled, created, password <> ''"


def account_of(database: sqlite3.Connection, by: Literal["id", "known_as"], value: str) -> Account | None:
    """The account of an id, or of a name as it is compared."""
    row = database.execute(f"SELECT {_COLUMNS} FROM users WHERE {by} = ?", (value,)).fetchone()
    return _account(database, row) if row else None


def all_accounts(database: sqlite3.Connection) -> list[Account]:
    """Every account, by name."""
    return [_account(database, row) for row in database.execute(f"SELECT {_COLUMNS} FROM users ORDER BY known_as")]


def _account(database: sqlite3.Connection, row: tuple[str, str, str, int, float, int]) -> Account:
    id, name, role, disabled, created, has_password = row
    groups = {group for (group,) in database.execute("SELECT name FROM members WHERE user = ?", (id,))}
    who = [id, EVERYONE, *(f"{GROUP}{group}" for group in groups)]
    open_ones = database.execute(f"SELECT library FROM allowed WHERE who IN ({', '.join('?' * len(who))})", who)
    libraries = frozenset(library for (library,) in open_ones)
    return Account(
        id, name, Role(role), bool(disabled), frozenset(groups), libraries, created, has_password=bool(has_password)
    )


def put_into(database: sqlite3.Connection, user: str, groups: Iterable[str]) -> None:
    """Put an account into groups."""
    names: Collection[str] = {group_form(name).removeprefix(GROUP) for name in groups}
    rows = [(user, name) for name in names if f"{GROUP}{name}" != EVERYONE]
    database.executemany("INSERT INTO members (user, name) VALUES (?, ?)", rows)


def group_form(name: str) -> str:
    """How a group is kept: @ and its name as it is compared."""
    return GROUP + known_form(checked_name(name.removeprefix(GROUP)))
