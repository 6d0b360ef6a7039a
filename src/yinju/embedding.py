"""Text → (n, d) float32 unit vectors: the model that ships with Yinju, in numpy, or any sentence-transformers model."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file

from yinju.errors import EncoderError
from yinju.protocols import Encoder
from yinju.reasons import cause_of
from yinju.settings import load_settings
from yinju.text import content_tokens, tokens
from yinju.transformer import SentenceTransformerEncoder
from yinju.types import Progress, Vectors
from yinju.vocabulary import FORM, Vocabulary, shipped_model, shipped_vocabulary

_BATCH = 256
_SHARE = 2_000
"""Fewer texts than this are encoded before another process is ready to help."""
_MOST_SHARES = 8
_HELP = "import sys; sys.path.insert(0, sys.argv[1]); from yinju.embedding import encode_share; encode_share()"


def unit(vectors: Vectors) -> Vectors:
    """Vectors, one or rows of them, scaled to length 1; zero ones stay zero."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), np.float32)


def meaning_of(vectors: Vectors, start: int) -> Vectors:
    """The part of (n, d) vectors that tells meaning, from `start` on, scaled to length 1, after zeros."""
    part = vectors[:, start:]
    part = part / np.maximum(np.linalg.norm(part, axis=1, keepdims=True), 1e-12)
    return np.hstack([np.zeros((len(vectors), start), np.float32), part])


class StaticEncoder:
    """The shipped model: a text's vector is the sum of its tokens' weighted rows, scaled to length 1.

    A text without any token gets the zero vector, which is unrelated to everything.
    """

    name = "yinju-static"
    meaning_from = FORM

    def __init__(self, folder: Path, vocabulary: Vocabulary) -> None:
        """Load the rows from model.safetensors in a model folder."""
        self._folder = folder
        weights = folder / "model.safetensors"
        try:
            loaded = load_file(weights)
        except (OSError, SafetensorError) as error:
            raise EncoderError("shipped.unreadable", path=weights, why=cause_of(error)) from None
        self._vocabulary = vocabulary
        self._rows, self._row_of, self._weights = (loaded[name] for name in ("embeddings", "mapping", "weights"))
        with weights.open("rb") as file:
            self.fingerprint = hashlib.file_digest(file, "sha256").hexdigest()[:16]

    @property
    def dimension(self) -> int:
        """The length of every vector."""
        return int(self._rows.shape[1])

    def _encode(self, texts: Iterable[Iterable[str]]) -> Vectors:
        """The vectors of texts given as tokens."""
        ids = [self._vocabulary.ids(text) for text in texts]
        sums = np.zeros((len(ids), self.dimension), np.float32)
        for i, chosen in enumerate(ids):
            sums[i] = self._weights[chosen] @ self._rows[self._row_of[chosen]].astype(np.float32)
        return unit(sums)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of questions, (n, d) float32, of what they are about; of all tokens where that is nothing."""
        return self._encode(content_tokens(text) or tokens(text) for text in texts)

    def encode_documents(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Unit vectors of passages, (n, d) float32; some thousands are shared out among the processor's cores."""
        shares = max(1, min(os.cpu_count() or 1, len(texts) // _SHARE, _MOST_SHARES))
        length = -(-len(texts) // shares) or 1
        own, *others = [texts[start : start + length] for start in range(0, len(texts), length)] or [texts]
        with ThreadPoolExecutor(len(others) or 1) as helpers:
            encoded = [helpers.submit(self._encode_elsewhere, share) for share in others]
            parts = [np.zeros((0, self.dimension), np.float32)]
            for start in range(0, len(own), _BATCH):
                parts.append(self._encode(map(tokens, own[start : start + _BATCH])))
                if progress:
                    progress(min((start + _BATCH) * shares, len(texts)), len(texts), "embed")
            return np.concatenate([*parts, *(share.result() for share in encoded)])

    def _encode_elsewhere(self, texts: Sequence[str]) -> Vectors:
        """The same vectors, from another process, or from this one where none can be had."""
        command = [sys.executable, "-c", _HELP, str(Path(__file__).resolve().parents[1])]
        request = json.dumps([str(self._folder), texts]).encode()
        try:
            answer = subprocess.run(command, input=request, capture_output=True, check=True).stdout
            return np.frombuffer(answer, np.float32).reshape(len(texts), self.dimension)
        except (OSError, ValueError, subprocess.CalledProcessError):
            return self._encode(map(tokens, texts))


def encode_share() -> None:
    """Encode what another process sends: its model folder and texts on standard input → vectors on standard output."""
    folder, texts = json.load(sys.stdin.buffer)
    encoder = StaticEncoder(Path(folder), Vocabulary(Path(folder)))
    for start in range(0, len(texts), _BATCH):
        sys.stdout.buffer.write(encoder._encode(map(tokens, texts[start : start + _BATCH])).tobytes())


@cache
def shipped_encoder() -> StaticEncoder:
    """The encoder that ships with the package, loaded once.

    Raises:
        EncoderError: the package is damaged.
    """
    return StaticEncoder(shipped_model(), shipped_vocabulary())


SHIPPED = ("", "auto", "yinju", "yinju-deep")
"""Settings that stand for the shipped encoder; they tell whether the transformer reads passages besides."""


def load_encoder(name: str | None = None) -> Encoder:
    """The encoder of that name, or of the settings; the empty name is the shipped one.

    Raises:
        EncoderError: the model is not there or is not one.
    """
    chosen = load_settings().encoder if name is None else name
    if chosen in (*SHIPPED, StaticEncoder.name):
        return shipped_encoder()
    return SentenceTransformerEncoder(chosen)


def similarities(question: str, sentences: Sequence[str]) -> list[tuple[float, float]]:
    """For each sentence the cosine with a question of whole vectors, and of the numbers that tell meaning; −1 … 1.

    By the shipped model, which reads thousands of sentences a second: fitted scorers need it, whatever else searches.
    """
    if not sentences:
        return []
    encoder = shipped_encoder()
    asked, vectors = encoder.encode_queries([question])[0], encoder.encode_documents(sentences)
    meaning = unit(vectors[:, encoder.meaning_from :]) @ unit(asked[encoder.meaning_from :])
    return list(zip((vectors @ asked).tolist(), meaning.tolist(), strict=True))
