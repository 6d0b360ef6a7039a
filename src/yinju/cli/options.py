"""The command yinju: its commands, each with its options; what they do is in `commands` and `evaluating`."""

import re
from pathlib import Path

import yinju
from yinju.cli import commands, evaluating, libraries, operations, users
from yinju.cli.parser import Parser, value_of
from yinju.messages import Language, say
from yinju.reasons import Reason
from yinju.settings import Settings
from yinju.store.tuning import RECALL
from yinju.types import DAY

MOST_PASSAGES, MOST_PORT = 1_000, 65_535


def parser_of(language: Language, settings: Settings) -> Parser:
    """The parser of the whole command line; its defaults are those of the settings in force."""
    parser = Parser(
        language=language, prog="yinju", description=say("help.yinju", language), epilog=say("help.ends", language)
    )
    told = f"yinju {yinju.__version__}"
    parser.argument("--version", "help.version", action="version", version=told)
    added_to = parser.add_subparsers(
        required=True, title=say("usage.commands", language), metavar=say("name.command", language)
    )
    for name, (command, fill) in _COMMANDS.items():
        about = parser.say(f"help.{name}")
        added = added_to.add_parser(name, language=language, help=about, description=say(f"help.{name}", language))
        added.set_defaults(command=command, parser=added)
        fill(added, settings)
        folder = Path(settings.index)
        added.argument(
            "--index", "help.index_folder", folder, type=Path, default=folder, metavar=added.say("name.folder")
        )
        if name not in ("chat", "blocks", "libraries", "users", "audit", "backup", "restore"):
            added.argument("--library", "help.library", "first", metavar=added.say("name.name"))
        if name != "chat":
            added.flag("--json", "help.json")
        parser.commands[name] = added
    return parser


def _index(parser: Parser, settings: Settings) -> None:
    folder, file = Path(settings.corpus), parser.say("name.file")
    share = value_of(_share, Reason("call.share"), parser.language)
    parser.argument("corpus", "help.index.corpus", folder, type=Path, nargs="?", default=folder,
                    metavar=parser.say("name.folder"))  # fmt: skip
    for name in ("rebuild", "check", "rollback", "compact", "tune"):
        parser.flag(f"--{name}", f"help.index.{name}")
    parser.argument("--recall", "help.index.recall", RECALL, type=share, metavar=parser.say("name.share"))
    parser.argument("--plot", "help.index.plot", "none", type=Path, metavar=f"{file}.png")
    parser.flag("--watch", "help.index.watch")
    parser.argument("--report", "help.index.report", "none", type=Path, metavar=f"{file}.json")


def _ask(parser: Parser, settings: Settings) -> None:
    parser.argument("question", "help.ask.question", nargs="?", metavar=parser.say("name.question"))
    parser.argument("--questions", "help.ask.questions", "none", type=Path, metavar=f"{parser.say('name.file')}.jsonl")
    _scope(parser)


def _search(parser: Parser, settings: Settings) -> None:
    count = value_of(
        lambda text: _whole(text, 1, MOST_PASSAGES), Reason("setting.int", {"least": 1, "most": MOST_PASSAGES}),
        parser.language,
    )  # fmt: skip
    parser.argument("question", "help.search.question", metavar=parser.say("name.question"))
    parser.argument("--top-k", "help.search.top_k", settings.top_k, type=count, default=settings.top_k,
                    metavar=parser.say("name.number"))  # fmt: skip
    _scope(parser)


def _scope(parser: Parser) -> None:
    """The options that say in which documents to look."""
    day = value_of(_day, Reason("call.day"), parser.language)
    for name, metavar in (("only", "name"), ("tag", "tag"), ("format", "format")):
        parser.argument(f"--{name}", f"help.scope.{name}", "all", action="append", default=[],
                        metavar=parser.say(f"name.{metavar}"))  # fmt: skip
    for name in ("since", "until"):
        parser.argument(f"--{name}", f"help.scope.{name}", "any", type=day, metavar=parser.say("name.day"))


def _tag(parser: Parser, settings: Settings) -> None:
    parser.argument("document", "help.tag.document", metavar=parser.say("name.document"))
    parser.argument("tags", "help.tag.tags", "none", nargs="*", metavar=parser.say("name.tag"))


def _chat(parser: Parser, settings: Settings) -> None:
    port = value_of(
        lambda text: _whole(text, 0, MOST_PORT), Reason("setting.int", {"least": 0, "most": MOST_PORT}), parser.language
    )
    parser.argument("--port", "help.chat.port", settings.port, type=port, default=settings.port,
                    metavar=parser.say("name.number"))  # fmt: skip


def _blocks(parser: Parser, settings: Settings) -> None:
    parser.argument("file", "help.blocks.file", type=Path, metavar=parser.say("name.file"))


def _evaluate(parser: Parser, settings: Settings) -> None:
    file, folder = parser.say("name.file"), parser.say("name.folder")
    parser.argument("questions", "help.evaluate.questions", type=Path, nargs="+", metavar=file)
    for name, metavar in (("documents", folder), ("out", f"{file}.jsonl"), ("unanswerable", file),
                          ("passages", file), ("plot", f"{file}.png")):  # fmt: skip
        parser.argument(f"--{name}", f"help.evaluate.{name}", "none", type=Path, metavar=metavar)
    parser.flag("--other-script", "help.evaluate.other_script")


def _libraries(parser: Parser, settings: Settings) -> None:
    parser.argument("act", "help.libraries.act", "list", nargs="?", default="list", metavar=parser.say("name.act"))
    parser.argument("names", "help.libraries.names", "none", nargs="*", metavar=parser.say("name.name"))


def _users(parser: Parser, settings: Settings) -> None:
    parser.argument("act", "help.users.act", "list", nargs="?", default="list", metavar=parser.say("name.act"))
    parser.argument("names", "help.users.names", "none", nargs="*", metavar=parser.say("name.name"))
    parser.argument("--role", "help.users.role", "reader", default="reader", metavar=parser.say("name.role"))
    parser.flag("--password-stdin", "help.users.password_stdin")
    parser.flag("--no-password", "help.users.no_password")


def _audit(parser: Parser, settings: Settings) -> None:
    day = value_of(_day, Reason("call.day"), parser.language)
    parser.argument("--since", "help.audit.since", "any", type=day, metavar=parser.say("name.day"))
    parser.flag("--check", "help.audit.check")


def _backup(parser: Parser, settings: Settings) -> None:
    parser.argument("file", "help.backup.file", type=Path, metavar=parser.say("name.file"))
    for name in ("check", "with_secrets"):
        parser.flag(f"--{name.replace('_', '-')}", f"help.backup.{name}")


def _restore(parser: Parser, settings: Settings) -> None:
    parser.argument("file", "help.restore.file", type=Path, metavar=parser.say("name.file"))
    parser.flag("--replace", "help.restore.replace")


def _nothing(parser: Parser, settings: Settings) -> None:
    """A command without options of its own."""


_COMMANDS = {
    "index": (commands.index, _index),
    "ask": (commands.ask, _ask),
    "search": (commands.search, _search),
    "tag": (commands.tag, _tag),
    "chat": (commands.chat, _chat),
    "documents": (commands.documents, _nothing),
    "blocks": (commands.blocks, _blocks),
    "verify": (commands.verify, _nothing),
    "evaluate": (evaluating.evaluate, _evaluate),
    "libraries": (libraries.libraries, _libraries),
    "users": (users.users, _users),
    "audit": (operations.audit, _audit),
    "backup": (operations.backup, _backup),
    "restore": (operations.restore, _restore),
}


def _day(text: str) -> str:
    if not re.fullmatch(DAY, text):
        raise ValueError(text)
    return text


def _share(text: str) -> float:
    if not re.fullmatch(r"0?\.\d+|1(\.0*)?", text):
        raise ValueError(text)
    return float(text)


def _whole(text: str, least: int, most: int) -> int:
    if not (text.isascii() and text.isdigit()) or not least <= int(text) <= most:
        raise ValueError(text)
    return int(text)
