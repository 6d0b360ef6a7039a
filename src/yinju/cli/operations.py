"""The commands that keep a library safe: audit, backup and restore."""

import argparse
from collections.abc import Mapping
from typing import Any

from yinju.audit import log_of
from yinju.cli.output import print_json
from yinju.messages import Language, say
from yinju.messages.catalogue import SENTENCES
from yinju.printing import one_line


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
