"""Models of sentence-transformers: one that turns texts into unit vectors, one that reads question and passage at once.

Both are loaded from a folder on this machine, on its GPU where it has one, and serve one thread at a time.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from yinju.errors import ModelError
from yinju.hub import ENCODER, RERANKER, Role, find_model
from yinju.protocols import Reranker
from yinju.reasons import Reason
from yinju.types import Progress, Vectors

_PARTS = ("torch", "transformers", "sentence_transformers")
"""What such models need, and nothing else in Yinju."""

_BATCH = 32
"""Texts read at once, and between two signs of progress; halved while the GPU's memory is too small."""

_PROBE = "引據 Ｙinju，茶葉café 2024？"
"""Encoded when a model is loaded: what gives no vector for it gives none for anything."""

_SAMPLE = 1_024
"""How many numbers of each weight tensor tell one model from another."""


class _Loaded:
    """A model in memory: batches of its inputs through it, the longest first."""

    def __init__(self, name: str, role: Role, load: Callable[[Path], Any]) -> None:
        """Find the model and load it."""
        if lacking := [part for part in _PARTS if not find_spec(part)]:
            raise role.trouble(name, "model.needs", parts=lacking)
        folder = find_model(name, role)
        self.name, self._role, self._lock, self._batch = name, role, Lock(), _BATCH
        try:
            with _without_bars():
                self._model = load(folder)
        except Exception as error:  # configurations, tokenizers and weights fail in ways without a common base
            raise role.trouble(name, "model.unloaded", folder=str(folder), why=_reason(error)) from error

    @property
    def device(self) -> str:
        """Where the model runs: cuda:0 and the like, mps, or cpu."""
        return str(self._model.device)

    def _run(
        self, call: Callable[..., Any], inputs: Sequence[Any], lengths: Sequence[int], progress: Progress | None = None
    ) -> NDArray[np.float32]:
        """What the model makes of each input, in the order given, float32; a number or a row of them for each."""
        from torch import OutOfMemoryError

        order = sorted(range(len(inputs)), key=lambda i: -lengths[i])
        results, done = np.zeros(len(inputs), np.float32), 0
        while done < len(order):
            places = order[done : done + self._batch]
            try:
                with self._lock:
                    made = call([inputs[i] for i in places], batch_size=len(places), show_progress_bar=False)
            except OutOfMemoryError:
                if len(places) == 1:
                    raise self._role.trouble(self.name, "model.memory", device=self.device) from None
                self._batch = len(places) // 2
                continue
            values = np.asarray(made, np.float32)
            if not np.isfinite(values).all():
                raise self._role.trouble(self.name, "model.no_numbers", device=self.device)
            if not done:
                results = np.zeros((len(inputs), *values.shape[1:]), np.float32)
            results[places] = values
            done += len(places)
            if progress:
                progress(done, len(order), f"embed {self.device}")
        return results

    def _probe(self, call: Callable[..., Any], text: Any, expected: str) -> NDArray[np.float32]:  # noqa: ANN401
        """What the model makes of one input, (1, …) float32; a model that lacks a part, such as pooling, shows here."""
        try:
            return self._run(call, [text], [1])
        except ModelError:
            raise
        except Exception as error:  # as when loading
            raise self._role.trouble(
                self.name, "model.unusable", why=_reason(error), expected=Reason(expected)
            ) from error


class SentenceTransformerEncoder(_Loaded):
    """A sentence-transformers model, by hub id or folder, with its own prompts for questions and for documents."""

    meaning_from = 0

    def __init__(self, name: str) -> None:
        """Load the model; see `find_model` for where it is looked for."""
        super().__init__(name, ENCODER, _load_encoder)
        self.dimension = self._probe(self._model.encode_query, _PROBE, "model.pools").shape[-1]
        self.fingerprint = _fingerprint(self._model)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of questions, (n, d) float32."""
        return self._encode(self._model.encode_query, texts, None)

    def encode_documents(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Unit vectors of passages, (n, d) float32; progress is told after each batch, the longest texts first."""
        return self._encode(self._model.encode_document, texts, progress)

    def _encode(self, call: Callable[..., Any], texts: Sequence[str], progress: Progress | None) -> Vectors:
        vectors = self._run(call, texts, [len(text) for text in texts], progress).reshape(len(texts), self.dimension)
        return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12), np.float32)


class CrossEncoderReranker(_Loaded):
    """A sentence-transformers cross-encoder, by hub id or folder."""

    def __init__(self, name: str) -> None:
        """Load the model; see `find_model` for where it is looked for."""
        super().__init__(name, RERANKER, _load_reranker)
        if (labels := self._model.num_labels) != 1:
            raise RERANKER.trouble(name, "model.scores", found=labels)
        self._probe(self._score, (_PROBE, _PROBE), "model.cross")

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """How well each text answers the question: 0 … 1, higher is better, (n,) float32; n may be 0."""
        pairs = [(question, text) for text in texts]
        return self._run(self._score, pairs, [len(text) for text in texts])

    def _score(self, pairs: list[tuple[str, str]], **options: Any) -> NDArray[np.float32]:  # noqa: ANN401
        from torch.nn import Sigmoid

        scores: NDArray[np.float32] = self._model.predict(pairs, activation_fn=Sigmoid(), **options)
        return scores


def load_reranker(name: str) -> Reranker | None:
    """The re-ranker of that name; None for the empty name, at no cost.

    Raises:
        RerankerError: the model is not there or is not one.
    """
    return CrossEncoderReranker(name) if name else None


def _load_encoder(folder: Path) -> Any:  # noqa: ANN401
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(folder), local_files_only=True)


def _load_reranker(folder: Path) -> Any:  # noqa: ANN401
    from sentence_transformers import CrossEncoder

    return CrossEncoder(str(folder), local_files_only=True)


@contextmanager
def _without_bars() -> Iterator[None]:
    """While it lasts, transformers shows no bars of its own."""
    from transformers.utils import logging

    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()  # type: ignore[no-untyped-call]


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:160]}"


def _fingerprint(model: Any) -> str:  # noqa: ANN401
    """What decides a model's vectors, the same on every device: samples of its weights, its tokens, its prompts."""
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        flat = tensor.flatten()
        sample = flat[:: max(1, len(flat) // _SAMPLE)].float().cpu().numpy()
        digest.update(f"{name} {tuple(tensor.shape)} ".encode() + sample.tobytes())
    tokens = model.preprocess([_PROBE])["input_ids"].flatten().tolist()
    heads = [(type(part).__name__, part.get_config_dict()) for part in list(model)[1:]]
    facts = [tokens, heads, sorted(model.prompts.items()), model.default_prompt_name, model.max_seq_length]
    digest.update(repr([*facts, model.truncate_dim]).encode())
    return digest.hexdigest()[:16]
