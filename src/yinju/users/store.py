"""A SQLite file of accounts → who somebody is, by name and password, by session, or by a program's token."""

import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from math import ceil
from pathlib import Path
from secrets import token_urlsafe
from typing import Self

from yinju.audit import recorded
from yinju.errors import UsersError
from yinju.settings import Settings
from yinju.users import failures
from yinju.users.account import EVERYONE, GROUP, Account, Role, checked_name, known_form
from yinju.users.passwords import hashed, is_outdated, matches
from yinju.users.rows import account_of, all_accounts, group_form, put_into
from yinju.users.schema import connect, make, telling
from yinju.users.sessions import Lookup, Token, hash_of, new_token

FILE = "users.sqlite"
"""In the folder of the first library's index."""
TOKEN = "yinju_"
"""Begins a program's token, so that one is known for what it is wherever it turns up."""
DAY_SECONDS = 86_400.0
_NEW = "INSERT INTO users (id, name, known_as, role, password, created) VALUES (?, ?, ?, ?, ?, ?)"
_ALLOW = "INSERT OR IGNORE INTO allowed (library, who) VALUES (?, ?)"
LONGEST_NAME = 200
"""Of what is written as a name when somebody logs in, in characters; what goes beyond is cut off."""


class Users:
    """The accounts of a file, which is made with the first. Safe for several threads and processes.

    What one process changes holds in every other from its next request on. Every method raises UsersError where the
    file cannot be read or written; nobody is let in then.
    """

    def __init__(self, path: Path, idle_days: float = 14, most_days: float = 90) -> None:
        """Name the file, and for how many days a session lasts: without being used, and in all."""
        self._path = path
        self._idle, self._most = idle_days * DAY_SECONDS, most_days * DAY_SECONDS
        self._lookup, self._were_some = Lookup(path), False

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Those that the settings name."""
        path = Path(settings.users) if settings.users else Path(settings.index) / FILE
        return cls(path, settings.session_idle_days, settings.session_days)

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    @property
    def on(self) -> bool:
        """Whether there is an account, so that only users may come in; a file that is gone is no file without any."""
        some = self._lookup.any_account()
        if self._were_some and not some and not self._path.exists():
            raise UsersError("user.gone", path=self._path)
        self._were_some = some
        return some

    def may_own(self, id: str) -> bool:
        """Whether what is kept under an id is of a user who is not disabled; without users, of a browser."""
        with self._reading() as database:
            account = account_of(database, "id", id) if database else None
        return bool(account and not account.disabled) if self.on else bool(id)

    def accounts(self) -> list[Account]:
        """Every account, by name."""
        with self._reading() as database:
            return all_accounts(database) if database else []

    def find(self, name: str) -> Account | None:
        """The account of a name, however it is written."""
        with self._reading() as database:
            return account_of(database, "known_as", known_form(name)) if database else None

    def named(self, name: str) -> Account:
        """The account of a name.

        Raises:
            UsersError: there is none.
        """
        if (found := self.find(name)) is None:
            raise UsersError("user.unknown", found=name)
        return found

    @recorded("user_add", "{name}: {role}")
    def add(
        self, name: str, role: Role = Role.READER, password: str | None = None, groups: Iterable[str] = ()
    ) -> Account:
        """A new account; without a password it cannot log in by one.

        Raises:
            UsersError: the name is taken or cannot be one, or the password is too short.
        """
        name, id, hash = checked_name(name), token_urlsafe(16), "" if password is None else hashed(password)
        with self._writing() as database:
            if account_of(database, "known_as", known_form(name)):
                raise UsersError("user.taken", name=name)
            database.execute(_NEW, (id, name, known_form(name), role, hash, time.time()))
            put_into(database, id, groups)
        return self.named(name)

    @recorded("user_remove", "{name}")
    def remove(self, name: str) -> Account:
        """Remove an account with its sessions, tokens and rights; its chats belong to nobody any more."""
        account = self.named(name)
        with self._writing() as database:
            for table in ("members", "sessions", "tokens", "places"):
                database.execute(f"DELETE FROM {table} WHERE user = ?", (account.id,))
            database.execute("DELETE FROM allowed WHERE who = ?", (account.id,))
            database.execute("DELETE FROM users WHERE id = ?", (account.id,))
        return account

    @recorded("user_password", "{name}")
    def set_password(self, name: str, password: str) -> Account:
        """Give an account a new password; whoever came in by the old one is out."""
        return self._set(name, "password", hashed(password))

    @recorded("user_role", "{name}: {role}")
    def set_role(self, name: str, role: Role) -> Account:
        """Give an account another role; it has to log in again."""
        return self._set(name, "role", role)

    @recorded("user_disable", "{name}: {disabled}")
    def set_disabled(self, name: str, disabled: bool) -> Account:
        """Let an account do nothing any more, or all that it could before."""
        return self._set(name, "disabled", disabled)

    def _set(self, name: str, column: str, value: object) -> Account:
        account = self.named(name)
        with self._writing() as database:
            database.execute(f"UPDATE users SET {column} = ? WHERE id = ?", (value, account.id))
            database.execute("DELETE FROM sessions WHERE user = ?", (account.id,))
            if column == "password":
                database.execute("DELETE FROM places WHERE user = ?", (account.id,))
                database.execute("DELETE FROM failures WHERE name = ?", (known_form(account.name),))
        return self.named(name)

    @recorded("user_groups", "{name}: {groups}")
    def set_groups(self, name: str, groups: Iterable[str]) -> Account:
        """Have an account be in these groups and no other."""
        account = self.named(name)
        with self._writing() as database:
            database.execute("DELETE FROM members WHERE user = ?", (account.id,))
            put_into(database, account.id, groups)
        return self.named(name)

    @recorded("login", f"{{name:.{LONGEST_NAME}}}", but="login.wait")
    def login(self, name: str, password: str, address: str) -> str:
        """The token of a new session.

        It takes as long, and is told the same, whether there is no such account, it is disabled, it has no password,
        or it has another.

        Raises:
            UsersError: name and password are not an account's (`login.wrong`), or too many failed of late
                (`login.wait`, whose fact `seconds` says for how long; the password was not looked at).
        """
        known, place, now = known_form(name)[:LONGEST_NAME], failures.place_of(address), time.time()
        with self._writing() as database:
            row = database.execute("SELECT id, password, disabled FROM users WHERE known_as = ?", (known,)).fetchone()
            id, hash, disabled = row or ("", "", True)
            if not (wait := failures.wait_of(database, known, place, id, now)):
                failures.count(database, known, place, now)
        if wait:
            raise UsersError("login.wait", seconds=ceil(wait))
        if not matches(hash, password) or disabled:
            raise UsersError("login.wrong")
        renewed = hashed(password) if is_outdated(hash) else hash
        with self._writing() as database:
            kept = "UPDATE users SET password = ? WHERE id = ? AND password = ? AND NOT disabled"
            if not database.execute(kept, (renewed, id, hash)).rowcount:  # changed since it was looked at
                raise UsersError("login.wrong")
            failures.forgive(database, known, place, id, now)
            return self._begun(database, id)

    def check_password(self, account: Account, password: str, address: str) -> None:
        """See that somebody who is logged in is the one who did; counted as an attempt to log in.

        Raises:
            UsersError: as `login`.
        """
        self.end_session(self.login(account.name, password, address))

    def begin_session(self, user: str) -> str:
        """The token of a new session of an account, by its id; who asks has seen to it that it is that user.

        Raises:
            UsersError: there is no such account, or it is disabled.
        """
        with self._writing() as database:
            account = account_of(database, "id", user)
            if account is None or account.disabled:
                raise UsersError("login.wrong")
            return self._begun(database, user)

    def _begun(self, database: sqlite3.Connection, user: str) -> str:
        now = time.time()
        database.execute("DELETE FROM sessions WHERE seen < ? OR created < ?", (now - self._idle, now - self._most))
        return new_token(database, "sessions", user)

    def end_session(self, token: str) -> None:
        """Have a session be over."""
        with self._writing() as database:
            database.execute("DELETE FROM sessions WHERE token = ?", (hash_of(token),))

    def end_sessions(self) -> None:
        """Have every session be over; everybody has to log in again."""
        with self._writing() as database:
            database.execute("DELETE FROM sessions")

    def of_session(self, token: str) -> Account | None:
        """Whose session a token is; None where it is over or there never was one."""
        return self._lookup.account("sessions", token, self._idle, self._most)

    def of_token(self, token: str) -> Account | None:
        """Whose program has a token."""
        return self._lookup.account("tokens", token, float("inf"), float("inf"))

    @recorded("user_token", "{name}")
    def new_token(self, name: str) -> str:
        """A token for a program, which may do what the account may, until it is revoked; told this once."""
        account = self.named(name)
        with self._writing() as database:
            return new_token(database, "tokens", account.id, TOKEN)

    def tokens(self, name: str) -> list[Token]:
        """The tokens of an account's programs, as they were made."""
        account = self.named(name)
        with self._reading() as database:
            kept = "SELECT begins, created, seen FROM tokens WHERE user = ? ORDER BY created"
            return [Token(*row) for row in database.execute(kept, (account.id,))] if database else []

    @recorded("user_revoke", "{name}: {begins}…")
    def revoke(self, name: str, begins: str) -> None:
        """Have an account's token that begins so be good for nothing any more.

        Raises:
            UsersError: there is none.
        """
        account, beginning = self.named(name), begins[: len(TOKEN) + 6]
        with self._writing() as database:
            gone = database.execute("DELETE FROM tokens WHERE user = ? AND begins = ?", (account.id, beginning))
            if not gone.rowcount:
                raise UsersError("user.no_token", name=account.name, found=beginning)

    @recorded("library_allow", "{library}: {names}")
    def allow(self, library: str, names: Sequence[str]) -> None:
        """Open a library, by its id, to accounts and groups: @ and the name of a group, `EVERYONE` among them."""
        self._change_allowed(_ALLOW, library, names)

    @recorded("library_deny", "{library}: {names}")
    def deny(self, library: str, names: Sequence[str]) -> None:
        """Shut a library to accounts and groups to which it was opened."""
        self._change_allowed("DELETE FROM allowed WHERE library = ? AND who = ?", library, names)

    @recorded("library_open_to", "{library}: {names}")
    def open_to(self, library: str, names: Sequence[str]) -> None:
        """Have a library be open to these accounts and groups and to nobody else, admins aside."""
        self._change_allowed(_ALLOW, library, names, anew=True)

    def _change_allowed(self, how: str, library: str, names: Sequence[str], anew: bool = False) -> None:
        who = [group_form(name) if name.startswith(GROUP) else self.named(name).id for name in names]
        with self._writing() as database:
            if anew:
                database.execute("DELETE FROM allowed WHERE library = ?", (library,))
            database.executemany(how, [(library, one) for one in who])

    def allowed(self, library: str) -> list[str]:
        """To whom a library is open beside admins: names of accounts, and of groups with @ before them."""
        with self._reading() as database:
            if not database:
                return [] if library else [EVERYONE]
            kept = "SELECT coalesce(name, who) FROM allowed LEFT JOIN users ON id = who WHERE library = ? ORDER BY 1"
            return [name for (name,) in database.execute(kept, (library,))]

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """The file in one transaction; made where it is not there."""
        with telling(self._path):
            if not self._path.exists():
                make(self._path)
            with closing(connect(self._path)) as database:
                database.execute("PRAGMA secure_delete = ON")
                database.execute("BEGIN IMMEDIATE")
                with database:
                    yield database

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection | None]:
        """The file; None where there is none."""
        with telling(self._path), closing(connect(self._path)) if self._path.exists() else nullcontext() as database:
            yield database
