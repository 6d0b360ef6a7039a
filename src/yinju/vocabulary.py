"""Token → id in the shipped model and background weight: how telling a token is in Chinese at large."""

import json
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file

from yinju.errors import EncoderError
from yinju.reasons import cause_of

BUCKET = "#{}"
"""The name of a hashed id; no token of a text holds the sign."""

FORM = 512
"""The first numbers of the shipped model's vectors tell a token's form, the rest its meaning."""


def bucket_of(token: str, buckets: int) -> int:
    """Which of the hashed ids a token without its own shares; the same on every machine."""
    return zlib.crc32(token.encode()) % buckets


def shipped_model() -> Path:
    """The folder of the model that ships with the package."""
    return Path(str(files("yinju") / "model"))


class _Ids(dict[str, int]):
    """Token → id; a token without its own shares a hashed one."""

    def __init__(self, ids: dict[str, int]) -> None:
        """Count the hashed ids, which come last."""
        super().__init__(ids)
        self._first_bucket = ids[BUCKET.format(0)]
        self._buckets = len(ids) - self._first_bucket

    def __missing__(self, token: str) -> int:
        return self._first_bucket + bucket_of(token, self._buckets)

    def name_of(self, token: str) -> str:
        """The token itself, or the name of the id it shares."""
        return token if token in self else BUCKET.format(bucket_of(token, self._buckets))


class Vocabulary:
    """The tokens of a model folder: `id` of each and its background inverse document frequency."""

    def __init__(self, folder: Path) -> None:
        """Load tokenizer.json and idf.safetensors from a model folder.

        Raises:
            EncoderError: they are missing or damaged.
        """
        try:
            ids: dict[str, int] = json.loads((folder / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
            weights = load_file(folder / "idf.safetensors")
            self._idf, self._asked = (weights[name].astype(np.float32) for name in ("idf", "asked"))
            self._nouns = weights["noun"]
        except (OSError, ValueError, KeyError, SafetensorError) as error:
            raise EncoderError("shipped.unreadable", path=folder, why=cause_of(error)) from None
        self._ids = _Ids(ids)

    def id(self, token: str) -> int:
        """The id of a token: its own, or the hashed one it shares."""
        return self._ids[token]

    def ids(self, tokens: Iterable[str]) -> NDArray[np.int64]:
        """The ids of tokens, (n,) int64, in order."""
        return np.fromiter(map(self._ids.__getitem__, tokens), np.int64)

    def __contains__(self, token: str) -> bool:
        """Whether a token has an id of its own."""
        return token in self._ids

    def tokens(self) -> Iterator[str]:
        """Every token with an id of its own, in the order of their ids."""
        return (token for token in self._ids if not token.startswith("#"))

    def name_of(self, token: str) -> str:
        """The token as the model's own tokenizer knows it: itself, or the name of the id it shares."""
        return self._ids.name_of(token)

    def weight(self, token: str) -> float:
        """The token's inverse document frequency in open text: 0.7 for a token of every section, 12 for a rare one."""
        return float(self._idf[self.id(token)])

    def is_noun(self, word: str) -> bool:
        """Whether a word names something; a word that the vocabulary lacks is a name."""
        return word not in self or bool(self._nouns[self._ids[word]])

    def asked_weight(self, token: str) -> float:
        """How telling a token of a question is: its weight, or what it has in everyday speech where that is less."""
        return float(self._asked[self.id(token)])


@cache
def shipped_vocabulary() -> Vocabulary:
    """The vocabulary of the model that ships with the package, loaded once."""
    return Vocabulary(shipped_model())
