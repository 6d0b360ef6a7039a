"""What is done on a disk that is nearly full: a file system in memory, as large as it is told to be.

All of it happens in a process that has mounts of its own; what the test asserts is told as lines of JSON.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from tests.faults.ground import BEFORE, COMMANDS
from tests.faults.states import QUESTIONS, State, copied, document_text, in_folder, in_index, litter

from yinju.cli import main
from yinju.conversations import Conversations
from yinju.embedding import load_encoder
from yinju.errors import DocumentsError, IndexMissingError
from yinju.ingest.changes import Stage
from yinju.library import Library, open_library
from yinju.web.conversation import Conversation, converse
from yinju.web.desk import Desk, Session
from yinju.web.visitor import Visitor

PLACE = Path("place")
ROOMY = 200_000_000
"""Bytes that are room for everything."""
LONG = document_text("長") * 400
"""What is uploaded."""


def mount() -> None:
    """Have an empty file system of our own at its place."""
    PLACE.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={ROOMY}", "tmpfs", PLACE], check=True)


def full_disk(kind: str, share: str) -> None:
    """An edit with a share of the room that it takes; then whether all is well, and the same again with room."""
    needed = _with_room(kind) if float(share) else 0
    _lay_out(kind)
    used = _used()
    _resize(used + int(needed * float(share)))
    said = _edit(kind)
    print(json.dumps(["tried", said, needed, used]))
    print(json.dumps(["after", _held(), sorted(in_folder(PLACE / "corpus")), litter(PLACE)]))
    _resize(ROOMY)
    said = _edit(kind)
    print(json.dumps(["again", said]))
    print(json.dumps(["after", _held(), sorted(in_folder(PLACE / "corpus")), litter(PLACE)]))


def _with_room(kind: str) -> int:
    """How many more bytes an edit leaves on the disk."""
    _lay_out(kind)
    before = _used()
    said = _edit(kind)
    assert not said["refused"], said
    return max(_used() - before, 4096)


def _lay_out(kind: str) -> None:
    _resize(ROOMY)
    for path in PLACE.iterdir():
        shutil.rmtree(path)
    copied(Path("base") / "corpus", PLACE / "corpus")
    if kind != "first build":
        copied(Path("base") / "index", PLACE / "index")
    for name, text in COMMANDS.get(kind, {}).items():
        (PLACE / "corpus" / name).parent.mkdir(exist_ok=True)
        if BEFORE.get(name) != text:
            (PLACE / "corpus" / name).write_text(text, "utf-8")


def _resize(size: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size // 4096 * 4096 + 4096}", PLACE], check=True)


def _used() -> int:
    return shutil.disk_usage(PLACE).used


def _held() -> State | None:
    """What the index holds, all of it checked."""
    try:
        return in_index(PLACE / "index", load_encoder("yinju"))
    except IndexMissingError:
        return None


def _edit(kind: str) -> dict[str, object]:
    """Do an edit; whether it was refused, and what was said."""
    if kind in COMMANDS:
        more = ["--rebuild"] if kind == "re-index" else []
        sys.argv = ["yinju", "index", str(PLACE / "corpus"), "--index", str(PLACE / "index"), *more]
        try:
            main()
        except SystemExit as ended:
            return {"refused": bool(ended.code), "said": ""}
        return {"refused": False, "said": ""}
    with open_library(PLACE / "index") as library:
        return {"upload": _upload, "chat": _chat}[kind](library)


def _upload(library: Library) -> dict[str, object]:
    try:
        change = library.editor().wait(library.add("新.txt", [LONG.encode()]))
    except DocumentsError as error:
        return {"refused": True, "said": error.said("en")}
    return {"refused": change.stage is Stage.FAILED, "said": str(change.reason)}


def _chat(library: Library) -> dict[str, object]:
    """Ask as the page does; refused is what was not kept."""
    session = Session(Desk(library, Conversations(library.index / "conversations.sqlite")), Visitor("v" * 22, "en"))
    *_, chat = converse(session, Conversation(), QUESTIONS[0])
    (turn,) = chat.turns
    assert turn.answer and turn.answer.citations, turn
    return {"refused": bool(turn.notice), "said": str(turn.notice)}
