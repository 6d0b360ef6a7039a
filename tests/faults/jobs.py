"""What the warm process does: a command, a row of edits as the page makes them, questions, a chat that is kept."""

import importlib
import json
import random
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from tests.faults.full_disk import full_disk, mount
from tests.faults.states import QUESTIONS, document_text, held, note

from yinju.cli import main
from yinju.conversations import Conversations
from yinju.embedding import load_encoder
from yinju.errors import ConversationsError, YinjuError
from yinju.ingest.changes import Change, Stage
from yinju.ingest.entries import divide
from yinju.library import Library, open_library
from yinju.reading import read_document
from yinju.settings import Settings

EDITS = 5
"""How many edits one job makes."""
WAIT_SECONDS = 60


def command(*arguments: str) -> None:
    """The command yinju."""
    sys.argv = ["yinju", *arguments]
    main()


def page_edits(index: str, seed: str) -> None:
    """Edits one after the other: each is told before it begins, once the folder holds it, once the index does."""
    chance = random.Random(seed)
    with open_library(index) as library:
        for number in range(EDITS):
            change, state = _edit(library, chance, f"{seed}-{number}")
            ended = library.editor().wait(change, WAIT_SECONDS)
            assert ended.stage is Stage.DONE, ended
            note("indexed", state)


def _edit(library: Library, chance: random.Random, stamp: str) -> tuple[Change, dict[str, str]]:
    """One edit, begun, and what the folder and the index hold once it is done."""
    editor, state = library.editor(), held(library)
    name, act = chance.choice(sorted(state)), chance.choice(("add", "replace", "remove", "move"))
    text, new = document_text(f"{stamp}的內容"), f"新-{stamp}.txt"
    if act in ("add", "replace"):
        state[new if act == "add" else name] = text
        note("begun", state)
        change = editor.add(new if act == "add" else name, [text.encode()])
    elif act == "remove" and len(state) > 1:
        del state[name]
        note("begun", state)
        change = editor.remove(name)
    else:
        state[new] = state.pop(name)
        note("begun", state)
        change = editor.move(name, new)
    note("kept", state)
    return change, state


def answers(index: str) -> None:
    """What the library answers, one line of JSON; or why it does not, and what `verify` says."""
    try:
        with open_library(index) as library:
            found = [[asdict(hit.passage) | {"score": hit.score} for hit in library.search(one)] for one in QUESTIONS]
            print(json.dumps({"held": held(library), "found": found}, ensure_ascii=False))
    except YinjuError as error:
        print(json.dumps({"refused": f"{type(error).__name__}: {error}"}, ensure_ascii=False))


def keep_chats(index: str, count: str) -> None:
    """Questions that are asked and kept as the page does; each is told once it is."""
    conversations = Conversations(Path(index) / "conversations.sqlite")
    with open_library(index) as library:
        answer = library.ask(QUESTIONS[0])
        for number in range(int(count)):
            try:
                note("chat", {conversations.keep("o" * 22, f"chat-{number}", answer): answer.text})
            except ConversationsError as error:
                print(f"unkept {error}", flush=True)


def warm_up() -> None:
    """Load all that a job needs, but nothing that starts a thread, which would be missing in a fork."""
    divide(read_document(document_text("暖").encode(), "暖.txt"), Settings())
    load_encoder("yinju").encode_queries(QUESTIONS)
    for name in ("ingest.editor", "cli.commands", "store.local.store", "answering", "retrieval"):
        importlib.import_module(f"yinju.{name}")


JOBS: dict[str, Callable[..., None]] = {
    "command": command, "page edits": page_edits, "answers": answers, "keep chats": keep_chats, "mount": mount,
    "full disk": full_disk,
}  # fmt: skip
