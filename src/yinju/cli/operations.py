"""The commands that keep a library safe: audit, backup and restore."""

import argparse
import os
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from yinju.audit import log_of
from yinju.cli.output import print_json, tell
from yinju.durable import RESTORING
from yinju.messages import Language, say
from yinju.messages.catalogue import SENTENCES
from yinju.printing import one_line
from yinju.progress import ProgressBar
from yinju.settings import Settings


def audit(arguments: argparse.Namespace) -> None:
    """Print what was changed, by whom and when, or check that nothing was taken out of that.

    Raises:
        AuditError: a line is not what follows the one before it.
    """
    log, language = log_of(arguments.settings), arguments.language
    if arguments.check:
        count, last = log.check()
        if arguments.json:
            print_json({"lines": count, "last": last})
        else:
            print(say("audited", language, count=count, last=last))
        return
    for entry in log.entries(arguments.since or ""):
        if arguments.json:
            print_json(entry)
        else:
            print(_line(entry, language))


def backup(arguments: argparse.Namespace) -> None:
    """Pack all libraries into one file, or check one.

    Raises:
        BackupError: it cannot be made or read, or is not whole.
    """
    from yinju.backup import back_up, check

    file, language = arguments.file, arguments.language
    with ProgressBar(language) as bar:
        if arguments.check:
            summary = check(file, bar)
        else:
            summary = back_up(file, arguments.settings, secrets=arguments.with_secrets, progress=bar)
    if arguments.json:
        print_json(asdict(summary))
    elif arguments.check:
        print(say("backup.whole", language, made=summary.made, version=summary.version, files=summary.files))
    else:
        size = f"{summary.bytes / 1_000_000:,.1f}"
        left = say("backup.left_out", language, count=summary.left_out) if summary.left_out else ""
        print(say("backed_up", language, path=file, files=summary.files, megabytes=size) + left)


def restore(arguments: argparse.Namespace) -> None:
    """Have the libraries be what a backup holds.

    Raises:
        BackupError: it is not whole, or cannot be put in place; all is as it was.
    """
    from yinju.backup import restore

    with ProgressBar(arguments.language) as bar:
        summary = restore(arguments.file, arguments.settings, replacing=arguments.replace, progress=bar)
    if arguments.json:
        print_json(asdict(summary))
    else:
        print(say("restored", arguments.language, made=summary.made, files=summary.files))


def undo_cut_off(settings: Settings, language: Language) -> None:
    """Have all be as it was before a restoration that was killed, and say so."""
    if os.path.exists(Path(settings.index) / RESTORING):
        from yinju.backup import recover

        if recover(settings):
            tell(say("restoration.undone", language))


def _line(entry: Mapping[str, Any], language: Language) -> str:
    """When, who, what, of what, in which library, and how it ended where it was refused."""
    action, library, outcome = (str(entry.get(name, "")) for name in ("action", "library", "outcome"))
    known = f"audit.{action}"
    told = [
        str(entry.get("time", ""))[:19], str(entry.get("who", "")),
        say(known, language) if known in SENTENCES else action, str(entry.get("target", "")),
        say("audit.in_library", language, library=library) if library else "",
        "" if outcome == "done" else say("audit.refused", language, outcome=outcome),
    ]  # fmt: skip
    return "  ".join(one_line(one) for one in told if one)
