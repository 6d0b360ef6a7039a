"""The command yinju: index, tag, ask, search, chat, documents, blocks, evaluate, verify. Results go to stdout."""

import argparse
import re
import sys
from collections.abc import Callable
from pathlib import Path

from yinju.cli import commands, evaluating
from yinju.cli.output import tell
from yinju.errors import YinjuError
from yinju.types import DAY

Command = Callable[[argparse.Namespace], None]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="yinju", description="Answers in Chinese from your own documents.")
    added_to = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, command: Command, about: str) -> argparse.ArgumentParser:
        added = added_to.add_parser(name, help=about, description=about)
        added.set_defaults(command=command)
        added.add_argument("--index", type=Path, help="folder of the index")
        if name != "chat":
            added.add_argument("--json", action="store_true", help="print JSON")
        return added

    index = add("index", commands.index, "Bring the index in line with a folder of documents.")
    _add_upkeep(index)
    ask = add("ask", commands.ask, "Answer a question with sources, or refuse.")
    ask.add_argument("question", nargs="?")
    ask.add_argument(
        "--questions", type=Path, help='JSONL of {"question": …, "history": [[…, …]], "scope": {"only": [NAME]}}'
    )
    _add_scope(ask)
    search = add("search", commands.search, "Find the passages that best answer a question.")
    search.add_argument("question")
    search.add_argument("--top-k", type=_positive, help="how many passages")
    _add_scope(search)
    tag = add("tag", commands.tag, "Give a document tags, and take away those it had.")
    tag.add_argument("document", help="as yinju documents names it")
    tag.add_argument("tags", nargs="*", metavar="TAG")
    chat = add("chat", commands.chat, "Serve the chat page over the index.")
    chat.add_argument("--port", type=int)
    add("documents", commands.documents, "List the documents in the index.")
    blocks = add("blocks", commands.blocks, "Print what a file is read as: headings, lists, tables, records, articles.")
    blocks.add_argument("file", type=Path)
    add("verify", commands.verify, "Check every file of the index against its manifest.")
    evaluate = add("evaluate", evaluating.evaluate, "Measure search and answers on labelled questions.")
    evaluate.add_argument("questions", type=Path, nargs="+", help="SQuAD-format JSON, or JSONL, free questions too")
    evaluate.add_argument("--documents", type=Path, metavar="FOLDER", help="ask free questions of these, not the index")
    evaluate.add_argument("--out", type=Path, metavar="FILE.jsonl", help="write every graded answer to a free question")
    evaluate.add_argument("--unanswerable", type=Path, help="questions that should be refused, in either format")
    evaluate.add_argument("--passages", type=Path, help="folder, JSONL or SQuAD file of passages to add as distractors")
    evaluate.add_argument("--plot", type=Path, metavar="FILE.png", help="draw coverage against false answers")
    evaluate.add_argument("--other-script", action="store_true", help="ask every question in the other script")
    return parser


def _add_upkeep(index: argparse.ArgumentParser) -> None:
    """The options of yinju index."""
    index.add_argument("corpus", type=Path, nargs="?", help="folder of documents")
    index.add_argument("--rebuild", action="store_true", help="start from nothing, whatever is there")
    index.add_argument("--check", action="store_true", help="tell changed files by their bytes, not by time and size")
    index.add_argument("--rollback", action="store_true", help="answer from what was published before this")
    index.add_argument("--compact", action="store_true", help="put together what many edits have left in pieces")
    index.add_argument(
        "--tune", action="store_true", help="measure what a search by vectors finds, and choose its effort"
    )
    index.add_argument("--recall", type=_share, metavar="R", help="with --tune: find so much of the nearest, as .99")
    index.add_argument("--plot", type=Path, metavar="FILE.png", help="with --tune: draw what is measured")
    index.add_argument("--watch", action="store_true", help="go on, and follow every change of the folder")
    index.add_argument("--report", type=Path, metavar="FILE.json", help="write how every file ended")


def _add_scope(command: argparse.ArgumentParser) -> None:
    """The options that say in which documents to look."""
    scope = command.add_argument_group("only in some documents")
    scope.add_argument(
        "--only", action="append", default=[], metavar="NAME", help="name, folder or pattern; again for more"
    )
    scope.add_argument("--tag", action="append", default=[], help="of documents with such a tag; again for more")
    scope.add_argument("--format", action="append", default=[], help="such as pdf or docx; again for more")
    scope.add_argument("--since", type=_day, metavar="DAY", help="as YYYY-MM-DD, YYYY-MM or YYYY")
    scope.add_argument("--until", type=_day, metavar="DAY", help="likewise")


def _day(text: str) -> str:
    if not re.fullmatch(DAY, text):
        raise argparse.ArgumentTypeError(f"{text!r} is no day, month or year such as 2026-11-30, 2026-11 or 2026")
    return text


def _share(text: str) -> float:
    if not re.fullmatch(r"0?\.\d+|1(\.0*)?", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a share such as .98")
    return float(text)


def _positive(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text) <= 1_000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 to 1000")
    return int(text)


def _fill_in(arguments: argparse.Namespace) -> None:
    """What the command line leaves open is as it is set; the settings are not read for --help."""
    from yinju.settings import load_settings

    arguments.settings = settings = load_settings(arguments.index)
    usual = {"index": Path(settings.index), "corpus": Path(settings.corpus), "top_k": settings.top_k,
             "port": settings.port}  # fmt: skip
    for name, value in usual.items():
        if getattr(arguments, name, value) is None:
            setattr(arguments, name, value)


def main() -> None:
    """Run one command; on an error print one line and exit with status 1."""
    try:
        arguments = _parser().parse_args()
        _fill_in(arguments)
        arguments.command(arguments)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
    except (YinjuError, OSError) as error:
        tell(f"yinju: {error}")
        sys.exit(1)
