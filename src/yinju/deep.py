"""A small transformer that reads meaning: a question → a vector, a passage → a vector for each of its sentences.

A passage is read with its title and heading in windows of whole sentences; a sentence's vector is the mean of its
pieces' states, so that it means what it means beside its neighbours ("late chunking"). Read with onnxruntime in 8 bits;
made by training/train_deep.py from multilingual-e5-small.
"""

import hashlib
import os
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from threading import Lock, Thread

import numpy as np
from numpy.typing import NDArray

from yinju.embedding import unit
from yinju.errors import EncoderError
from yinju.reading.table import row_as_read
from yinju.reasons import cause_of
from yinju.text import fold
from yinju.types import Passage, Vectors

FOLDER = Path(__file__).parent / "model" / "deep"
WIDTH = 384
"""The size of a vector."""
WINDOW = 256
"""The most pieces of a window."""
LINE, HEAD, QUESTION = 120, 40, 64
"""The most pieces of one sentence, of what stands above a passage, and of a question; what is beyond is not read."""
_LOADING = Lock()
_READERS = ThreadPoolExecutor(os.cpu_count(), "yinju-reading")
"""What a question's passages are read by."""
REMEMBERED, QUESTIONS = 4_000, 50
"""How many passages' sentences are kept in memory, some 8 KB each, and questions' vectors."""


@dataclass(frozen=True, slots=True)
class Window:
    """Sentences that are read together."""

    pieces: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    """Where each of its sentences stands among the pieces."""


def lines_of(passage: Passage) -> list[str]:
    """Each sentence of a passage as it is read: a table's row with its columns' names."""
    return [row_as_read(passage.sentence(n), block) for n, block in enumerate(passage.blocks_of_sentences())]


def head_of(passage: Passage) -> str:
    """What stands above a passage: its document's title and its innermost heading."""
    return " ".join(dict.fromkeys((passage.title, *passage.headings[-1:])))


def text_of(passage: Passage) -> tuple[str, tuple[str, ...]]:
    """A passage as it is read: what stands above it, and its sentences."""
    return head_of(passage), tuple(lines_of(passage))


class Pieces:
    """Texts → the pieces that the transformer reads."""

    def __init__(self, folder: Path) -> None:
        """Read the tokenizer of a folder."""
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self.begin, self.end, self.padding = map(self._id, ("<s>", "</s>", "<pad>"))

    def _id(self, piece: str) -> int:
        found = self._tokenizer.token_to_id(piece)
        if found is None:
            raise ValueError(f"the tokenizer lacks {piece}")
        return int(found)

    def of(self, texts: Sequence[str], most: int) -> list[list[int]]:
        """The first pieces of each text, folded."""
        readable = [fold(text).encode("utf-8", "replace").decode() for text in texts]  # no half of a pair alone
        found = self._tokenizer.encode_batch(readable, add_special_tokens=False)
        return [one.ids[:most] for one in found]

    def question(self, text: str) -> list[int]:
        """The pieces of a question."""
        return [self.begin, *self.of([f"query: {text}"], QUESTION)[0], self.end]

    def windows(self, head: str, lines: Sequence[str]) -> Iterator[Window]:
        """The windows of a passage, each sentence in one of them."""
        above = [self.begin, *self.of([f"passage: {head}"], HEAD)[0]]
        pieces, spans = [*above], list[tuple[int, int]]()
        for line in self.of(lines, LINE):
            if spans and len(pieces) + len(line) >= WINDOW:
                yield Window((*pieces, self.end), tuple(spans))
                pieces, spans = [*above], []
            spans.append((len(pieces), len(pieces) + len(line)))
            pieces += line
        if spans:
            yield Window((*pieces, self.end), tuple(spans))


class DeepEncoder:
    """The transformer in memory."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Load the model and its tokenizer."""
        import onnxruntime
        from safetensors.numpy import load_file

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = 1  # two texts in two threads are read faster than one text by two
        try:
            self._session = onnxruntime.InferenceSession(
                str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
            self._pieces = Pieces(folder)
            embeddings = load_file(folder / "embeddings.safetensors")
        except Exception as error:  # three libraries, whose errors have no common base
            raise EncoderError("shipped.deep", path=folder, why=cause_of(error)) from error
        self._rows, self._scales = embeddings["rows"], embeddings["scales"].astype(np.float32)
        self._known: OrderedDict[tuple[str, tuple[str, ...]], Vectors] = OrderedDict()
        self._asked: dict[str, NDArray[np.float32]] = {}
        self._lock = Lock()

    def cosines(self, question: str, passages: Sequence[Passage]) -> list[NDArray[np.float32]]:
        """For each passage, (sentences,): how near each of its sentences is to the question in meaning, −1 … 1."""
        asked = self.question(question)
        keys = [*map(text_of, passages)]
        with self._lock:
            known = {key: self._known[key] for key in keys if key in self._known}
        new = [key for key in dict.fromkeys(keys) if key not in known]
        known |= zip(new, (vectors.astype(np.float16) for vectors in self.passages(new)), strict=True)
        with self._lock:
            self._known.update(known)
            for key in keys:
                self._known.move_to_end(key)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return [np.asarray(known[key].astype(np.float32) @ asked, np.float32) for key in keys]

    def question(self, text: str) -> NDArray[np.float32]:
        """(384,) the unit vector of a question."""
        with self._lock:
            known = self._asked.get(text)
        if known is None:
            known = unit(self._states(self._pieces.question(text)).mean(0))
            with self._lock:
                self._asked = {text: known, **dict(islice(self._asked.items(), QUESTIONS))}
        return known

    def passages(self, texts: Sequence[tuple[str, Sequence[str]]]) -> list[Vectors]:
        """For each (head, sentences) the unit vectors of its sentences, (n, 384); zeros where one has no pieces."""
        return [*_READERS.map(lambda text: self._sentences(*text), texts)]

    def vectors(self, passages: Sequence[Passage]) -> Vectors:
        """(passages, 384): the mean of each one's sentences, a unit vector; zeros where it has no pieces.

        In threads of its own, so that no question waits for what is read behind.
        """
        with ThreadPoolExecutor(os.cpu_count()) as readers:
            read = [*readers.map(lambda passage: self._sentences(*text_of(passage)), passages)]
        means = [own.mean(0) if len(own) else np.zeros(WIDTH, np.float32) for own in read]
        return unit(np.array(means, np.float32).reshape(-1, WIDTH))

    def _sentences(self, head: str, lines: Sequence[str]) -> Vectors:
        windows = [_pooled(self._states(one.pieces), one.spans) for one in self._pieces.windows(head, lines)]
        return np.vstack(windows) if windows else np.zeros((0, WIDTH), np.float32)

    def _states(self, pieces: Sequence[int]) -> NDArray[np.float32]:
        """(pieces, 384): the state of each piece.

        One text at a time: in 8 bits what is read together shares a scale, and a text would depend on its neighbours.
        """
        vectors = self._rows[[*pieces]] * self._scales[[*pieces]][:, None]
        return np.asarray(self._session.run(None, {"vectors": vectors[None]})[0][0], np.float32)


def _pooled(states: NDArray[np.float32], spans: Sequence[tuple[int, int]]) -> Vectors:
    means = [states[start:end].mean(0) if end > start else np.zeros(WIDTH, np.float32) for start, end in spans]
    return unit(np.array(means, np.float32))


@cache
def _loaded() -> DeepEncoder:
    return DeepEncoder()


@cache
def fingerprint(folder: Path = FOLDER) -> str:
    """What tells a transformer from others: the beginning of its file's SHA-256; empty where there is none."""
    try:
        with (folder / "model.onnx").open("rb") as model:
            return hashlib.file_digest(model, "sha256").hexdigest()[:12]
    except OSError:
        return ""


def is_loaded() -> bool:
    """Whether the shipped transformer is in memory, so that nobody has to wait for it."""
    return _loaded.cache_info().currsize > 0


def load_behind() -> None:
    """Begin to load the transformer while other things are done; who asks for it sooner waits for it."""

    def load() -> None:
        with suppress(EncoderError):  # who asks for it is told
            deep_encoder()

    Thread(target=load, daemon=True).start()


def deep_encoder() -> DeepEncoder:
    """The shipped transformer, loaded once.

    Raises:
        EncoderError: it is damaged or not there.
    """
    with _LOADING:
        return _loaded()
