"""What an encoder, a re-ranker and a language model are: whatever has these methods will do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from yinju.types import Progress, Vectors


class Encoder(Protocol):
    """Turns text into vectors whose inner product is their likeness."""

    @property
    def name(self) -> str:
        """What a person calls the model: a hub id, a folder's name, or yinju-static."""

    @property
    def fingerprint(self) -> str:
        """Changes whenever the vectors would: kept with an index to refuse another model's vectors."""

    @property
    def dimension(self) -> int:
        """The length of every vector."""

    @property
    def meaning_from(self) -> int:
        """Where in a vector the numbers that tell meaning begin; 0 where all do, as a transformer's."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of questions, (n, d) float32, in the order given; n may be 0."""

    def encode_documents(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Unit vectors of passages, (n, d) float32, in the order given; n may be 0."""


class Reranker(Protocol):
    """Reads a question and a passage at once and says how well they fit."""

    @property
    def name(self) -> str:
        """What a person calls the model: a hub id or a folder's name."""

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """How well each text answers the question: 0 … 1, higher is better, (n,) float32; n may be 0."""


@dataclass(frozen=True, slots=True)
class ModelMessage:
    """One message to a language model."""

    role: str
    """system, user or assistant."""
    content: str


class Generator(Protocol):
    """A language model that continues a conversation."""

    @property
    def name(self) -> str:
        """The model's name as the server knows it."""

    def stream(self, messages: Sequence[ModelMessage]) -> Iterator[str]:
        """The model's text piece by piece as it comes; closing the iterator ends the connection.

        Raises:
            GenerationError: the answer does not come or breaks off; its `fault` says why.
        """
