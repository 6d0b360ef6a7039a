"""Accounts in their file: who is let in, for how long, after how many failures, and what another process changes."""

import json
import os
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import argon2
import pytest

from yinju.audit import Acting, acting, log_of
from yinju.errors import UsersError
from yinju.settings import Settings
from yinju.users import EVERYONE, Role, Users, failures, passwords, sessions, store
from yinju.users.account import RIGHTS
from yinju.users.failures import FREE, LONGEST_SECONDS, place_of

PASSWORD, HOME, ABROAD = "correct horse", "192.168.1.5", "203.0.113.9"
QUICK = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that take no time; one test has the real effort."""
    monkeypatch.setattr(passwords, "_HASHER", QUICK)
    passwords._nobodys.cache_clear()


@pytest.fixture
def users(tmp_path: Path) -> Users:
    made = Users(tmp_path / "folder" / "users.sqlite")
    made.add("梅", Role.ADMIN, PASSWORD)
    return made


class Clock:
    """The time that is told to what is tested."""

    def __init__(self) -> None:
        """Begin at the real time."""
        self.now = time.time()

    def time(self) -> float:
        """As the module has it."""
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    for module in (store, sessions):
        monkeypatch.setattr(module, "time", made)
    return made


def refused(call: Callable[[], object]) -> str:
    """The name of the reason for which a call is refused."""
    with pytest.raises(UsersError) as caught:
        call()
    return caught.value.reason.name


def wait(users: Users, name: str = "梅", password: str = PASSWORD, address: str = HOME) -> int:
    """How many seconds an attempt has to wait."""
    with pytest.raises(UsersError) as caught:
        users.login(name, password, address)
    assert caught.value.reason.name == "login.wait"
    return int(str(caught.value.reason.facts["seconds"]))


# Accounts


def test_without_a_file_there_are_no_users_and_none_is_made(tmp_path: Path) -> None:
    users = Users(tmp_path / "users.sqlite")
    assert (users.on, users.accounts(), users.find("梅"), users.allowed("")) == (False, [], None, [EVERYONE])
    assert users.of_session("x") is None
    assert list(tmp_path.iterdir()) == []


def test_an_account_comes_back_as_it_was_made(users: Users) -> None:
    made = users.add("Ｂｏｂ  Lee", groups=["Sales", "@law", EVERYONE])
    assert (made.name, made.role, sorted(made.groups)) == ("Ｂｏｂ Lee", Role.READER, ["law", "sales"])
    assert not made.has_password
    assert made.libraries == {""}
    assert len(made.id) == 22
    assert users.find("bob LEE") == made
    assert [one.name for one in users.accounts()] == ["Ｂｏｂ Lee", "梅"]
    assert users.on
    assert stat.S_IMODE(users.path.stat().st_mode) == 0o600
    assert [path.name for path in users.path.parent.iterdir()] == ["users.sqlite"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [("", "user.name"), (" ", "user.name"), ("@law", "user.name"), ("a\x00", "user.name"), ("a\u202e", "user.name"),
     ("字" * 61, "user.long"), ("梅", "user.taken"), (" 梅 ", "user.taken")],
)  # fmt: skip
def test_a_name_that_cannot_be_one_is_told(users: Users, name: str, reason: str) -> None:
    assert refused(lambda: users.add(name)) == reason


@pytest.mark.parametrize("password", ["", "九個字的密碼不夠長", "x" * 1_001])
def test_a_password_too_short_or_too_long_is_told(users: Users, password: str) -> None:
    assert refused(lambda: users.add("b", password=password)) == "user.password"
    assert refused(lambda: users.set_password("梅", password)) == "user.password"


def test_what_roles_may_do() -> None:
    assert {role.value: sorted(rights) for role, rights in RIGHTS.items()} == {
        "reader": ["enter", "read"],
        "editor": ["edit", "enter", "make", "read"],
        "admin": ["edit", "enter", "make", "manage", "read"],
    }


# Passwords


def test_a_password_is_kept_as_argon2id_with_a_salt_of_its_own(users: Users, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_HASHER", argon2.PasswordHasher())
    users.add("a", password=PASSWORD)
    users.add("b", password=PASSWORD)
    with closing(sqlite3.connect(users.path)) as database:
        one, other = (row[0] for row in database.execute("SELECT password FROM users WHERE name IN ('a', 'b')"))
    assert one.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert one.split("$")[4] != other.split("$")[4]
    assert PASSWORD.encode() not in users.path.read_bytes()
    assert users.login("a", PASSWORD, HOME)


def test_a_hash_of_less_effort_is_made_anew_at_the_next_login(users: Users, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_HASHER", argon2.PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    users.login("梅", PASSWORD, HOME)
    with closing(sqlite3.connect(users.path)) as database:
        assert "m=16,t=2,p=1" in database.execute("SELECT password FROM users").fetchone()[0]
    assert users.login("梅", PASSWORD, HOME)


def test_a_password_is_the_same_however_a_keyboard_composes_it(users: Users) -> None:
    users.set_password("梅", "é１２３４５６７８９０")
    assert users.login("梅", "e\u03011234567890", HOME)


def test_whatever_is_wrong_is_told_alike_and_takes_a_hash(users: Users, monkeypatch: pytest.MonkeyPatch) -> None:
    users.add("disabled", password=PASSWORD)
    users.set_disabled("disabled", True)
    users.add("proxied")
    checked = list[str]()
    real = QUICK.verify

    class Counting:
        hash, check_needs_rehash = QUICK.hash, QUICK.check_needs_rehash

        def verify(self, hash: str, password: str) -> bool:
            checked.append(hash)
            return real(hash, password)

    monkeypatch.setattr(passwords, "_HASHER", Counting())
    for name, password in [("梅", "wrong"), ("nobody", PASSWORD), ("disabled", PASSWORD), ("proxied", PASSWORD),
                           ("proxied", ""), ("", ""), ("'; DROP TABLE users; --", "\udc80")]:  # fmt: skip
        before = len(checked)
        assert refused(lambda name=name, password=password: users.login(name, password, HOME)) == "login.wrong"  # type: ignore[misc]
        assert len(checked) == before + 1, name


# Sessions


def test_a_session_is_random_and_only_its_hash_is_kept(users: Users) -> None:
    tokens = {users.login("梅", PASSWORD, HOME) for _ in range(5)}
    assert len(tokens) == 5 and all(len(token) == 43 for token in tokens)
    for token in tokens:
        assert users.of_session(token) == users.find("梅")
        assert token.encode() not in users.path.read_bytes()
    assert [users.of_session(token) for token in ("", "x", "\udc80", "a" * 43)] == [None] * 4
    assert users.of_token(next(iter(tokens))) is None


def test_a_session_ends_unused_and_in_any_case(users: Users, clock: Clock) -> None:
    idle, old = users.login("梅", PASSWORD, HOME), users.login("梅", PASSWORD, HOME)
    for day in range(1, 91):
        clock.now += 86_400 - 1
        if day == 15:
            assert users.of_session(idle) is None
        assert users.of_session(old), day
        _until(lambda: _seen(users, old) == clock.now)
    clock.now += 86_400
    assert users.of_session(old) is None


def _seen(users: Users, token: str) -> float:
    with closing(sqlite3.connect(users.path)) as database:
        row = database.execute("SELECT seen FROM sessions WHERE token = ?", (sessions.hash_of(token),)).fetchone()
        return float(row[0]) if row else 0.0


def _until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.001)


CHANGES: dict[str, Callable[[Users], object]] = {
    "passwd": lambda users: users.set_password("梅", "another password"),
    "disable": lambda users: users.set_disabled("梅", True),
    "role": lambda users: users.set_role("梅", Role.READER),
    "remove": lambda users: users.remove("梅"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_an_account_ends_its_sessions_at_once(users: Users, change: str) -> None:
    other, mine = users.add("b", password=PASSWORD), users.login("梅", PASSWORD, HOME)
    theirs, program = users.begin_session(other.id), users.new_token("梅")
    assert users.of_session(mine)
    CHANGES[change](Users(users.path))
    assert users.of_session(mine) is None
    assert users.of_session(theirs) == other
    assert bool(users.of_token(program)) == (change in ("passwd", "role"))


def test_another_process_ends_a_session_at_once(users: Users) -> None:
    token = users.login("梅", PASSWORD, HOME)
    assert users.of_session(token)
    program = "from yinju.cli import main; import sys; sys.argv = ['yinju', 'users', 'disable', '梅']; main()"
    subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, timeout=60,
        env={**os.environ, "YINJU_USERS": str(users.path)},
    )  # fmt: skip
    assert users.of_session(token) is None
    assert refused(lambda: users.login("梅", PASSWORD, HOME)) == "login.wrong"


def test_who_is_disabled_or_gone_begins_no_session(users: Users) -> None:
    account = users.set_disabled("梅", True)
    assert refused(lambda: users.begin_session(account.id)) == "login.wrong"
    assert refused(lambda: users.begin_session("x")) == "login.wrong"
    users.set_disabled("梅", False)
    assert users.of_session(users.begin_session(account.id))


def test_nobody_who_comes_later_has_what_was_another_s(users: Users) -> None:
    first = users.remove("梅")
    users.allow("tea", [users.add("梅", password=PASSWORD).name])
    assert users.named("梅").id != first.id
    users.remove("梅")
    assert users.allowed("tea") == []


def test_programs_have_tokens_that_are_listed_and_revoked(users: Users) -> None:
    one, other = users.new_token("梅"), users.new_token("梅")
    assert one.startswith("yinju_") and one.encode() not in users.path.read_bytes()
    assert [users.of_token(token) for token in (one, other)] == [users.find("梅")] * 2
    assert users.of_session(one) is None
    assert [token.begins for token in users.tokens("梅")] == [one[:12], other[:12]]
    users.revoke("梅", f"{one[:12]}…")
    assert [bool(users.of_token(token)) for token in (one, other)] == [False, True]
    assert refused(lambda: users.revoke("梅", one)) == "user.no_token"


def test_a_request_asks_the_file_only_whether_it_changed(users: Users) -> None:
    token = users.login("梅", PASSWORD, HOME)
    assert users.on and users.of_session(token)
    asked = list[str]()
    assert users._lookup._database
    users._lookup._database.set_trace_callback(asked.append)
    assert users.on and users.of_session(token)
    assert asked == ["PRAGMA data_version"] * 2


# Failures


def fail(users: Users, times: int, name: str = "梅", address: str = ABROAD) -> None:
    for _ in range(times):
        assert refused(lambda: users.login(name, "wrong", address)) == "login.wrong"


def test_after_ten_failures_a_name_waits_wherever_it_is_tried(users: Users, clock: Clock) -> None:
    fail(users, FREE)
    assert wait(users) == 1, "at home too, where nobody of that name was seen before"
    clock.now += 1.01
    fail(users, 1)
    assert wait(users, address="198.51.100.7") == 2
    clock.now += 2.01
    assert users.login("梅", PASSWORD, HOME)


def test_the_wait_grows_to_a_quarter_of_an_hour_and_no_longer(users: Users, clock: Clock) -> None:
    fail(users, FREE)
    waited = list[int]()
    for _ in range(14):
        waited.append(wait(users))
        clock.now += waited[-1]
        fail(users, 1)
    assert waited[:3] == [1, 2, 4] and waited[-1] == LONGEST_SECONDS
    clock.now += LONGEST_SECONDS + 1
    assert users.login("梅", PASSWORD, HOME)


def test_what_is_refused_unlooked_at_counts_for_nothing(users: Users, clock: Clock) -> None:
    fail(users, FREE)
    for _ in range(50):
        wait(users, password="wrong")
    clock.now += 1.01
    assert users.login("梅", PASSWORD, HOME)


def test_where_a_user_has_logged_in_strangers_elsewhere_lock_nobody_out(users: Users, clock: Clock) -> None:
    users.login("梅", PASSWORD, HOME)
    fail(users, FREE)
    assert wait(users, address="198.51.100.7") == 1
    assert users.login("梅", PASSWORD, HOME)
    clock.now += failures.KNOWN_SECONDS + 1
    fail(users, FREE, address="198.51.100.8")
    assert wait(users) == 1


def test_a_place_waits_whatever_names_are_tried_from_it(users: Users, clock: Clock) -> None:
    users.add("b", password=PASSWORD)
    for number in range(FREE):
        fail(users, 1, f"name {number}")
    assert wait(users, "b", address=ABROAD) == 1
    assert users.login("b", PASSWORD, HOME)
    clock.now += 1.01
    users.login("b", PASSWORD, ABROAD)
    fail(users, 1, "b", ABROAD)
    clock.now += 2.01
    users.login("b", PASSWORD, ABROAD)  # who has an account is forgiven what failed with that, and nothing else
    fail(users, 1, "name")
    assert wait(users, "b", address=ABROAD) == 2


def test_an_office_of_people_who_mistype_is_not_shut_out(users: Users) -> None:
    for number in range(2 * FREE):
        users.add(f"n{number}", password=PASSWORD)
        fail(users, 2, f"n{number}")
        assert users.login(f"n{number}", PASSWORD, ABROAD)


def test_a_new_password_forgives_what_failed_with_the_old_one(users: Users) -> None:
    fail(users, FREE)
    wait(users)
    users.set_password("梅", f"{PASSWORD} 2")
    assert users.login("梅", f"{PASSWORD} 2", HOME)


@pytest.mark.parametrize("name", ["梅", "nobody"])
def test_a_start_anew_forgives_nothing_and_an_hour_all(users: Users, clock: Clock, name: str) -> None:
    fail(users, FREE, name)
    assert wait(Users(users.path), name) == 1
    clock.now += failures.FORGOTTEN_SECONDS + 1
    fail(users, FREE, name)
    with closing(sqlite3.connect(users.path)) as database:
        assert database.execute("SELECT name, count FROM failures").fetchall() == [(name, FREE)]


def test_of_many_attempts_at_once_no_more_are_free(users: Users) -> None:
    def attempt(_: int) -> str:
        return refused(lambda: users.login("梅", "wrong", ABROAD))

    with ThreadPoolExecutor(8) as pool:
        told = [*pool.map(attempt, range(30))]
    assert told.count("login.wrong") <= FREE + 1


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"), ("", ""), ("testclient", "testclient"), ("x" * 300, "x" * 100),
    ],
)  # fmt: skip
def test_what_stands_for_an_address(address: str, place: str) -> None:
    assert place_of(address) == place


# Libraries


def test_the_first_library_is_open_to_everyone_until_it_is_shut_and_others_to_those_named(users: Users) -> None:
    reader = users.add("b", groups=["law"])
    assert [reader.may_open(library) for library in ("", "tea")] == [True, False]
    users.allow("tea", ["@Law"])
    assert users.named("b").libraries == {"", "tea"}
    users.deny("", [EVERYONE])
    users.deny("tea", ["@law"])
    assert users.named("b").libraries == frozenset()
    users.allow("", ["B"])
    assert (users.allowed(""), [*users.named("b").libraries]) == (["b"], [""])
    assert users.named("梅").may_open("whatever"), "an admin"
    assert refused(lambda: users.allow("tea", ["nobody"])) == "user.unknown"
    users.set_groups("b", [])
    assert users.named("b").groups == frozenset()


def test_a_session_knows_at_once_which_libraries_are_open(users: Users) -> None:
    account = users.add("b")
    token = users.begin_session(account.id)
    seen = users.of_session(token)
    assert seen and not seen.may_open("tea")
    Users(users.path).allow("tea", ["b"])
    seen = users.of_session(token)
    assert seen and seen.may_open("tea")


# Faults


@pytest.mark.parametrize("content", [b"", b"x" * 5_000, b"SQLite format 3\x00" + b"\xff" * 5_000])
def test_a_damaged_file_lets_nobody_in_and_stays_as_it_is(users: Users, content: bytes) -> None:
    token = users.login("梅", PASSWORD, HOME)
    users.path.write_bytes(content)
    other = Users(users.path)
    calls: list[Callable[[], object]] = [
        lambda: other.on, lambda: other.of_session(token), lambda: other.login("梅", PASSWORD, HOME), other.accounts,
        lambda: other.add("b"),
    ]  # fmt: skip
    assert [refused(call) for call in calls] == ["user.file"] * len(calls)
    assert users.path.read_bytes() == content


def test_another_programs_file_and_a_later_format_are_refused(users: Users, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.sqlite"
    for path, pragma in ((foreign, 0), (users.path, 99)):
        with closing(sqlite3.connect(path)) as database:
            database.execute("CREATE TABLE theirs (a)")
            database.execute(f"PRAGMA user_version = {pragma}")
        assert refused(lambda path=path: Users(path).on) == "user.file"  # type: ignore[misc]


def test_a_file_that_is_gone_is_no_file_without_users(users: Users) -> None:
    assert users.on
    users.path.rename(users.path.with_name("moved"))
    assert refused(lambda: users.on) == "user.gone"
    users.path.with_name("moved").rename(users.path)
    assert users.on


def test_another_file_in_its_place_counts_at_once(users: Users, tmp_path: Path) -> None:
    token = users.login("梅", PASSWORD, HOME)
    assert users.of_session(token)
    other = Users(tmp_path / "other.sqlite")
    other.add("b", password=PASSWORD)
    other.path.replace(users.path)
    assert users.of_session(token) is None
    assert [one.name for one in users.accounts()] == ["b"]


def test_the_last_account_removed_leaves_none(users: Users) -> None:
    assert users.on
    users.remove("梅")
    assert not users.on


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    assert refused(lambda: Users(tmp_path / "file" / "users.sqlite").add("a")) == "user.file"


def test_two_processes_make_the_file_at_once(tmp_path: Path) -> None:
    path = tmp_path / "users.sqlite"
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: Users(path).add(f"n{number}"), range(8)))
    assert len(Users(path).accounts()) == 8
    assert [one.name for one in tmp_path.iterdir()] == ["users.sqlite"]


def test_the_settings_name_the_file_and_the_days(tmp_path: Path) -> None:
    assert Users.of(Settings(index=str(tmp_path))).path == tmp_path / "users.sqlite"
    named = Users.of(Settings(users=str(tmp_path / "u"), session_idle_days=1, session_days=2))
    assert (named.path, named._idle, named._most) == (tmp_path / "u", 86_400, 172_800)


def test_what_is_done_to_users_is_recorded_without_a_password(tmp_path: Path) -> None:
    settings = Settings(index=str(tmp_path))
    users, log = Users.of(settings), log_of(settings)
    with acting(Acting(log, lambda: ("梅", ""))):
        users.add("蘭", Role.EDITOR, PASSWORD)
        users.set_password("蘭", "another password")
        users.open_to("lib", ["蘭"])
        users.new_token("蘭")
        users.login("蘭", "another password", HOME)
        with pytest.raises(UsersError):
            users.login("蘭", PASSWORD, HOME)
    log.check()
    told = log.path.read_text("utf-8")
    entries = [json.loads(line) for line in told.splitlines()]
    assert [(one["action"], one["target"], one["outcome"]) for one in entries] == [
        ("user_add", "蘭: editor", "done"), ("user_password", "蘭", "done"), ("library_open_to", "lib: ['蘭']", "done"),
        ("user_token", "蘭", "done"), ("login", "蘭", "done"), ("login", "蘭", "login.wrong"),
    ]  # fmt: skip
    assert PASSWORD not in told and "another" not in told
