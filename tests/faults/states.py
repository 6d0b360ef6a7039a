"""A small folder of documents, what it and its index hold, and what lies beside it that nobody needs."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from store_edits import leftovers
from yinju.ingest.build import open_store
from yinju.library import Library, open_library
from yinju.protocols import Encoder
from yinju.settings import Settings
from yinju.types import Vectors

WORDS = ("茶水", "貓山", "書車", "新年")
QUESTIONS = ("茶水要幾度？", "貓每天睡幾個小時？", "新年談什麼？")
State = dict[str, str]
"""Name → text of every document."""


def document_text(topic: str) -> str:
    """A text of a few sentences, another for each topic."""
    told = (f"{topic}談{word}。{word}與{topic}有關，泡{word}要八十度。" for word in WORDS)
    return f"# {topic}\n\n" + "\n\n".join(told) + "\n"


def write_folder(folder: Path, state: Mapping[str, str]) -> None:
    """Have a folder hold documents, and no others."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in state.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def in_folder(folder: Path) -> State:
    """What the files of a folder hold; those still being written apart."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".yinju-"))
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in files}


def held(library: Library) -> State:
    """What a library holds, by the files that its documents were read from: their SHA-256, as their texts are cut."""
    corpus = Path(str(library.facts.corpus))
    return {one.name: _content(corpus / one.name, str(one.sha256)) for one in library.outcomes()}


def _content(path: Path, digest: str) -> str:
    """The text of a file where it is the one that was read, else the SHA-256 of that."""
    try:
        text = path.read_text("utf-8")
    except OSError:
        return digest
    return text if sha256(text.encode()).hexdigest() == digest else digest


def digests(state: Mapping[str, str]) -> State:
    """Name → SHA-256 of every document."""
    return {name: sha256(text.encode()).hexdigest() for name, text in state.items()}


def in_index(index: Path, encoder: Encoder) -> State:
    """Name → SHA-256 of every document of an index, all of which is checked and can be searched."""
    with open_library(index, encoder=encoder, settings=Settings(reread=False)) as library:
        state = {one.name: str(one.sha256) for one in library.outcomes() if one.passages}
        found = {hit.passage.document for hit in library.search(WORDS[0], 999)}
        assert found == {*state}, f"found only {sorted(found)} of {sorted(state)}"
        return state


class Said(NamedTuple):
    """All that an index says."""

    digest: str
    """Of texts, passages and outcomes, and of which passages each word finds."""
    vectors: Vectors
    """By the passages' ids; a byte a number, whose size depends on what a segment holds besides."""

    def same(self, other: "Said") -> bool:
        """Whether another says the same."""
        near = self.vectors.shape == other.vectors.shape and np.allclose(self.vectors, other.vectors, atol=0.01)
        return self.digest == other.digest and near


def all_said(index: Path) -> Said:
    """All that an index says."""
    with closing(open_store(index).open()) as opened:
        ids = sorted(opened.documents.ids().tolist())
        whole = [
            sorted(repr(asdict(document)) for document in opened.documents.documents()),
            sorted((one.name, one.state, one.sha256, one.passages) for one in opened.documents.outcomes().values()),
            [repr(asdict(passage)) for passage in opened.documents.passages(ids)],
            [sorted(number for number, _ in opened.keywords.search("bigrams", [word], 999)) for word in WORDS],
        ]
        return Said(sha256(repr(whole).encode()).hexdigest(), opened.vectors.rows(ids))


def litter(folder: Path) -> list[str]:
    """What lies in a folder with corpus/, index/ and temporary/ that belongs to nobody."""
    hidden = [str(path) for path in (folder / "corpus").rglob(".*")]
    beside = [str(path) for path in (folder / "temporary").glob("*")]
    own = ("deleted", "conversations.sqlite", "meanings", "audit.jsonl")
    return [*hidden, *beside, *(left for left in leftovers(folder / "index") if not left.startswith(own))]


def copied(source: Path, target: Path) -> Path:
    """A copy of a folder, times and hard links and all."""
    subprocess.run(["cp", "-a", source, target], check=True)
    return target


def note(what: str, state: Mapping[str, str]) -> None:
    """Say how far a job is, in a line of JSON that is written at once."""
    print(json.dumps([what, state], ensure_ascii=False), flush=True)


def noted(said: str) -> Iterator[tuple[str, State]]:
    """What a job said of how far it is; a line that was cut off by a kill is none."""
    for line in said.splitlines():
        if line.startswith("[") and line.endswith("]"):
            what, state = json.loads(line)
            yield what, state


def need(*tools: str) -> None:
    """Skip where a tool is missing; in CI, where all must be, fail."""
    missing = [tool for tool in tools if not shutil.which(tool)]
    if missing and os.environ.get("CI"):
        pytest.fail(f"{missing} is not installed, and CI is set: this must run here")
    if missing:
        pytest.skip(f"{missing} is not installed")
    if "strace" in tools:
        _need_to_run("strace", "-o", "/dev/null", "true")


def need_namespaces(*flags: str) -> None:
    """Skip where a process of ours may not have namespaces of its own, which a container may forbid."""
    need("unshare")
    _need_to_run("unshare", *flags, "true")


def _need_to_run(*command: str) -> None:
    tried = subprocess.run(command, capture_output=True, text=True, check=False)
    if tried.returncode:
        pytest.skip(f"{' '.join(command)}: {tried.stderr}")
