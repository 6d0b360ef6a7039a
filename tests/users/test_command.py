"""yinju users: what is listed, made, changed and removed, and that no password is ever an argument."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from yinju.cli import main
from yinju.cli import users as command
from yinju.users import Role, Users

PASSWORD = "correct horse"
Run = Callable[..., list[str]]


class Terminal(io.StringIO):
    """Standard input at which a person sits."""

    def isatty(self) -> bool:
        """That it is one."""
        return True


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `yinju users` with what standard input holds; the lines that it prints, or says on an error."""
    (tmp_path / "index").mkdir()
    monkeypatch.setenv("YINJU_INDEX", str(tmp_path / "index"))

    def running(
        *arguments: str, given: str = f"{PASSWORD}\n", language: str = "en", at: type[io.StringIO] = io.StringIO
    ) -> list[str]:
        monkeypatch.setenv("YINJU_LANGUAGE", language)
        monkeypatch.setattr("sys.stdin", at(given))
        monkeypatch.setattr("sys.argv", ["yinju", "users", *arguments])
        try:
            main()
        except SystemExit as ended:
            assert ended.code in (1, 2)
            return capsys.readouterr().err.splitlines()
        return capsys.readouterr().out.splitlines()

    return running


@pytest.fixture
def users(tmp_path: Path) -> Users:
    return Users(tmp_path / "index" / "users.sqlite")


def test_users_are_made_listed_changed_and_removed(run: Run, users: Users) -> None:
    assert run() == []
    assert run("add", "梅", "--role", "admin", "--password-stdin") == ["梅  admin"]
    assert run("add", "Bob", "--no-password", language="zh-Hant") == ["Bob  reader (讀者)"]
    assert run("role", "bob", "editor") == ["Bob  editor"]
    assert run("group", "Bob", "Law", "@sales") == ["Bob  editor  @law  @sales"]
    assert run("disable", "BOB") == ["Bob  editor  disabled  @law  @sales"]
    assert run("enable", "Bob") == ["Bob  editor  @law  @sales"]
    assert users.login("梅", PASSWORD, "")
    assert run("passwd", "梅", "--password-stdin", given="another password\n") == ["梅  admin"]
    assert users.login("梅", "another password", "")
    told = [json.loads(line) for line in run("list", "--json")]
    assert [(one["name"], one["role"], one["groups"], one["password"]) for one in told] == [
        ("Bob", "editor", ["law", "sales"], False), ("梅", "admin", [], True),
    ]  # fmt: skip
    assert "hash" not in told[0] and set(told[0]) == {
        "name", "id", "role", "disabled", "groups", "libraries", "password", "created",
    }  # fmt: skip
    assert run("remove", "bob") == ["Removed “Bob”."]
    assert run("list") == ["梅  admin"]


def test_libraries_are_opened_and_shut(run: Run, users: Users) -> None:
    users.add("Bob", groups=["law"])
    assert run("deny", "My documents", "@everyone") == ["“My documents” is open to admins alone."]
    assert run("allow", "My documents", "bob", "@Law") == ["“My documents” is open to: @law, Bob"]
    assert json.loads(run("deny", "我的文件", "@law", "--json")[0]) == {
        "library": "", "title": "My documents", "allowed": ["Bob"],
    }  # fmt: skip
    assert "There is no library “x”" in run("allow", "x", "Bob")[0]
    assert "There is no user “x”" in run("allow", "My documents", "x")[0]


def test_tokens_are_made_listed_and_revoked(run: Run, users: Users) -> None:
    users.add("Bob", Role.EDITOR)
    _, token = run("token", "Bob")
    assert users.of_token(token)
    begins = run("token", "Bob", "list")[0].split("…")[0]
    assert token.startswith(begins) and len(begins) == 12
    assert run("token", "Bob", "revoke", begins) == [f"Revoked {begins}."]
    assert users.of_token(token) is None
    assert "has no token that begins with" in run("token", "Bob", "revoke", begins)[0]
    assert users.of_token(json.loads(run("token", "Bob", "--json")[0])["token"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["x"], "`yinju users x` is no call"), (["add"], "`yinju users add` is no call"),
        (["role", "梅"], "`yinju users role 梅` is no call"), (["token", "梅", "x"], "is no call"),
        (["add", "梅", "--password-stdin"], "There is a user called “梅” already"),
        (["add", "b", "--role", "king"], "“king” is no role, expected reader, editor or admin"),
        (["role", "梅", "king"], "“king” is no role"), (["remove", "b"], "There is no user “b”; yinju users list"),
        (["add", "@b", "--no-password"], "'@b' cannot be a name"),
        (["add", "b"], "yinju users add b --password-stdin < FILE"),
        (["passwd", "梅"], "yinju users passwd 梅 --password-stdin < FILE"),
    ],
)  # fmt: skip
def test_a_wrong_call_is_told(run: Run, users: Users, arguments: list[str], said: str) -> None:
    users.add("梅", password=PASSWORD)
    assert said in run(*arguments)[-1]


@pytest.mark.parametrize("given", ["", "\n", "short\n"])
def test_a_short_password_makes_no_account(run: Run, users: Users, given: str) -> None:
    assert "expected 10 to 1000" in run("add", "b", "--password-stdin", given=given)[0]
    assert users.accounts() == []


def test_at_a_terminal_a_password_is_asked_for_twice(run: Run, users: Users, monkeypatch: pytest.MonkeyPatch) -> None:
    written = iter([PASSWORD, PASSWORD, PASSWORD, "another one"])
    asked = list[str]()

    def getpass(prompt: str) -> str:
        asked.append(prompt)
        return next(written)

    monkeypatch.setattr(command, "getpass", getpass)
    assert run("add", "b", at=Terminal) == ["b  reader"]
    assert users.login("b", PASSWORD, "")
    assert "The two passwords are not the same" in run("passwd", "b", at=Terminal)[0]
    assert asked == ["Password of b: ", "Again: "] * 2
