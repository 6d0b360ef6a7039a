"""The command libraries: lists them, and makes, renames, removes or brings back one."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from yinju.cli.output import print_json
from yinju.errors import SettingsError
from yinju.messages import Language, say
from yinju.printing import one_line

if TYPE_CHECKING:
    from yinju.libraries import Entry

WANTED = {"list": 0, "add": 1, "rename": 2, "remove": 1, "restore": 1}
"""What can be done → how many names that takes."""


def libraries(arguments: argparse.Namespace) -> None:
    """List the libraries, or change one; what is changed is listed then.

    Raises:
        SettingsError: what is to be done is none of these, or has not the names that it takes.
        LibrariesError: there is no such library, or it cannot be done.
    """
    from yinju.libraries import Libraries  # what it needs is loaded by who asks for it alone

    known, names = Libraries(arguments.settings), arguments.names
    if WANTED.get(arguments.act) != len(names):
        raise SettingsError("call.libraries", found=" ".join([arguments.act, *names]))
    if arguments.act == "add":
        shown = [known.create(names[0])]
    elif arguments.act == "rename":
        shown = [known.rename(known.named(names[0]).id, names[1])]
    elif arguments.act == "remove":
        shown = [known.named(names[0])]
        known.delete(shown[0].id)
    elif arguments.act == "restore":
        shown = [known.restore(known.deleted_named(names[0]).id)]
    else:
        shown = known.entries()
    for entry in shown:
        if arguments.json:
            print_json(_json(entry, arguments.language))
        else:
            print(_line(entry, arguments.language, arguments.act == "remove"))


def choose_library(arguments: argparse.Namespace) -> None:
    """Have a command be about the library that it names; the settings are those of the first.

    Raises:
        SettingsError: a folder of documents is named as well.
        LibrariesError: there is no such library.
    """
    from yinju.libraries import Libraries

    entry = Libraries(arguments.settings).named(arguments.library)
    if "corpus" in arguments and arguments.corpus != Path(arguments.settings.corpus):
        raise SettingsError("call.library_corpus", found=arguments.corpus)
    arguments.index, arguments.corpus = entry.index, entry.corpus


def _line(entry: "Entry", language: Language, removed: bool) -> str:
    told = _json(entry, language)
    title = one_line(str(told["title"]))
    if removed:
        return say("library.removed", language, title=title)
    counts = {what: "?" if told[what] is None else f"{told[what]:,}" for what in ("documents", "chats")}
    return "  ".join([title, entry.id, say("libraries.holds", language, **counts), str(entry.folder)]).replace(
        "    ", "  "
    )


def _json(entry: "Entry", language: Language) -> dict[str, object]:
    """A library as an object; its id is empty for the first."""
    return {
        "title": entry.said(language), "id": entry.id, "documents": entry.document_count(),
        "chats": entry.chat_count(), "folder": str(entry.folder),
    }  # fmt: skip
