"""What is chosen at the page, {"documents": […], "folders": […], "tags": […]} as JSON ↔ a scope, and how it is told."""

import json
from collections.abc import Mapping
from itertools import chain
from pathlib import PurePosixPath
from typing import Any

from yinju.messages import Language, say
from yinju.types import Scope

KINDS = ("tags", "folders", "documents")
"""What can be chosen, in the order in which it is shown."""
TOLD = 3
"""How many are told by name where there is one line for all."""

Words = dict[str, list[str]]
"""Kind → what of it is chosen."""


def read_words(text: str) -> Scope | None:
    """The scope that the page's script wrote; None where nothing is chosen, which is to ask everywhere.

    Raises:
        ValueError: it is no such JSON.
    """
    return scope_of(json.loads(text)) if text else None


def scope_of(words: Mapping[str, Any]) -> Scope | None:
    """The scope of what is chosen; None where nothing is.

    Raises:
        ValueError: what is chosen are no lists of names.
    """
    if not isinstance(words, Mapping):
        raise ValueError(f"no object: {words!r:.100}")
    chosen = {kind: words.get(kind, []) for kind in KINDS}
    if not all(isinstance(names, list) and all(isinstance(one, str) for one in names) for names in chosen.values()):
        raise ValueError(f"no lists of names: {words!r:.100}")
    "".join(chain.from_iterable(chosen.values())).encode()  # no halves of characters, which no file is called by
    if not any(chosen.values()):
        return None
    documents, folders, tags = (frozenset(chosen[kind]) for kind in ("documents", "folders", "tags"))
    return Scope(documents or None, folders, tags)


def words_of(scope: Scope | None) -> Words:
    """What is chosen, by kind and in order; nothing for everywhere."""
    if scope is None:
        return {}
    return {kind: sorted(names) for kind in KINDS if (names := getattr(scope, kind))}


def name_of(kind: str, value: str) -> str:
    """What one chosen thing is called in few words: #tag, folder/, or the name of a document's file."""
    if kind == "tags":
        return f"#{value}"
    return f"{value.rstrip('/')}/" if kind == "folders" else PurePosixPath(value).name or value


def named(scope: Scope, language: Language) -> str:
    """Where something was asked, in a line: the first names, and how many there are where there are more."""
    names = [name_of(kind, value) for kind, values in words_of(scope).items() for value in values]
    told = say("comma", language).join(names[:TOLD])
    return say("scope.and_more", language, names=told, count=len(names)) if len(names) > TOLD else told
