"""The command users: lists accounts, and makes, changes or removes one."""

import argparse
import sys
from collections.abc import Callable, Sequence
from getpass import getpass
from typing import TYPE_CHECKING

from yinju.cli.output import print_json
from yinju.errors import SettingsError, UsersError
from yinju.messages import Language, say
from yinju.printing import one_line

if TYPE_CHECKING:
    from yinju.users import Account, Role, Users

Act = Callable[["Users", Sequence[str], argparse.Namespace], None]


def users(arguments: argparse.Namespace) -> None:
    """List the users, or change one, who is listed then.

    Raises:
        SettingsError: what is to be done is none of these, or has not the names that it takes.
        UsersError: there is no such user, or it cannot be done.
        LibrariesError: there is no such library.
    """
    from yinju.users import Users  # what it needs is loaded by who asks for it alone

    act, least, most = _ACTS.get(arguments.act, (_list, 1, 0))
    if not least <= len(arguments.names) <= most:
        raise SettingsError("call.users", found=" ".join([arguments.act, *arguments.names]))
    act(Users.of(arguments.settings), arguments.names, arguments)


def _list(known: "Users", names: Sequence[str], arguments: argparse.Namespace) -> None:
    _tell(known.accounts(), arguments)


def _add(known: "Users", names: Sequence[str], arguments: argparse.Namespace) -> None:
    role = _role(arguments.role, names[0])
    if known.find(names[0]):
        raise UsersError("user.taken", name=names[0])
    password = None if arguments.no_password else _password(names[0], arguments)
    _tell([known.add(names[0], role, password)], arguments)


def _remove(known: "Users", names: Sequence[str], arguments: argparse.Namespace) -> None:
    gone = known.remove(names[0])
    print(say("user.removed", arguments.language, name=one_line(gone.name)))


def _passwd(known: "Users", names: Sequence[str], arguments: argparse.Namespace) -> None:
    account = known.named(names[0])
    _tell([known.set_password(account.name, _password(account.name, arguments))], arguments)


def _token(known: "Users", names: Sequence[str], arguments: argparse.Namespace) -> None:
    name, *rest = names
    if rest == ["list"]:
        for token in known.tokens(name):
            told = {"begins": token.begins, "created": int(token.created), "seen": int(token.seen)}
            print_json(told) if arguments.json else print(f"{token.begins}…  {_day(token.created)}  {_day(token.seen)}")
    elif len(rest) == 2 and rest[0] == "revoke":
        known.revoke(name, rest[1])
        print(say("user.revoked", arguments.language, token=one_line(rest[1])))
    elif rest:
        raise SettingsError("call.users", found=" ".join(["token", *names]))
    else:
        token_of_program = known.new_token(name)
        if arguments.json:
            print_json({"token": token_of_program})
        else:
            print(say("user.token", arguments.language, name=one_line(name)), token_of_program, sep="\n")


def _disable(known: "Users", names: Sequence[str], arguments: argparse.Namespace) -> None:
    _tell([known.set_disabled(names[0], arguments.act == "disable")], arguments)


def _set_role(known: "Users", names: Sequence[str], arguments: argparse.Namespace) -> None:
    _tell([known.set_role(names[0], _role(names[1], names[0]))], arguments)


def _group(known: "Users", names: Sequence[str], arguments: argparse.Namespace) -> None:
    _tell([known.set_groups(names[0], names[1:])], arguments)


def _allow(known: "Users", names: Sequence[str], arguments: argparse.Namespace) -> None:
    from yinju.libraries import Libraries

    library, language = Libraries(arguments.settings).named(names[0]), arguments.language
    (known.allow if arguments.act == "allow" else known.deny)(library.id, names[1:])
    title, allowed = one_line(library.said(language)), known.allowed(library.id)
    if arguments.json:
        print_json({"library": library.id, "title": title, "allowed": allowed})
    elif allowed:
        joined = say("report.comma", language).join(map(one_line, allowed))
        print(say("user.allowed", language, library=title, names=joined))
    else:
        print(say("user.allowed.none", language, library=title))


_ANY = 1_000
_ACTS: dict[str, tuple[Act, int, int]] = {
    "list": (_list, 0, 0), "add": (_add, 1, 1), "remove": (_remove, 1, 1), "passwd": (_passwd, 1, 1),
    "token": (_token, 1, 3), "disable": (_disable, 1, 1), "enable": (_disable, 1, 1), "role": (_set_role, 2, 2),
    "group": (_group, 1, _ANY), "allow": (_allow, 2, _ANY), "deny": (_allow, 2, _ANY),
}  # fmt: skip
"""What can be done → what does it, and how many names that takes at least and at most."""


def _role(written: str, name: str) -> "Role":
    from yinju.users import Role

    try:
        return Role(written)
    except ValueError:
        raise UsersError("user.role", found=written, name=name) from None


def _password(name: str, arguments: argparse.Namespace) -> str:
    """What is written twice at the terminal, or the first line of standard input; never an argument, which all see."""
    if arguments.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise UsersError("user.no_terminal", act=arguments.act, name=name)
    language = arguments.language
    password = getpass(say("user.ask", language, name=one_line(name)))
    if getpass(say("user.ask_again", language)) != password:
        raise UsersError("user.differ")
    return password


def _tell(accounts: Sequence["Account"], arguments: argparse.Namespace) -> None:
    for account in accounts:
        print_json(_json(account)) if arguments.json else print(_line(account, arguments.language))


def _json(account: "Account") -> dict[str, object]:
    return {
        "name": account.name, "id": account.id, "role": account.role, "disabled": account.disabled,
        "groups": sorted(account.groups), "libraries": sorted(account.libraries), "password": account.has_password,
        "created": int(account.created),
    }  # fmt: skip


def _line(account: "Account", language: Language) -> str:
    groups = [f"@{one_line(group)}" for group in sorted(account.groups)]
    disabled = [say("user.disabled", language)] if account.disabled else []
    role = f"{account.role} ({say(f'role.{account.role}', language)})" if language != "en" else str(account.role)
    return "  ".join([one_line(account.name), role, *disabled, *groups])


def _day(seconds: float) -> str:
    from datetime import datetime

    return datetime.fromtimestamp(seconds).date().isoformat()
