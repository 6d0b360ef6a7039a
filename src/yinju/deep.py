"""A small transformer that reads meaning: a question and passages → which sentences are near it, and which answer it.

A passage is read with its title and heading in windows of whole sentences. By itself (model.onnx): a sentence's vector
is the mean of its pieces' states, so that it means what it means beside its neighbours ("late chunking"). Together
with a question (reading.onnx), from the states that both have halfway: whether a sentence answers it, or none does.
Read with onnxruntime in 8 bits; made by training/train_deep.py and train_reader.py from multilingual-e5-small.
"""

import hashlib
import os
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from yinju.embedding import unit
from yinju.errors import EncoderError
from yinju.reading.table import row_as_read
from yinju.text import fold
from yinju.types import Passage, Vectors

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

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
REMEMBERED, QUESTIONS = 300, 50
"""How many passages are kept in memory as they are read, some 150 KB each, and questions."""
UNREADABLE = -20.0
"""What a sentence without pieces says."""

Text = tuple[str, tuple[str, ...]]
"""What stands above a passage, and its sentences."""


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


def text_of(passage: Passage) -> Text:
    """A passage as it is read."""
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


@dataclass(frozen=True, slots=True)
class _Read:
    """What a passage is when it is read by itself."""

    sentences: NDArray[np.float16]
    """(sentences, 384) unit vectors; zeros where one has no pieces."""
    windows: tuple[tuple[Window, NDArray[np.float16]], ...]
    """Each with the states of its pieces in the middle, (pieces, 384)."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a question is when it is read by itself."""

    vector: NDArray[np.float32]
    middle: NDArray[np.float32]
    """(pieces, 384)."""


class DeepEncoder:
    """The transformer in memory."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Load the model and its tokenizer."""
        from safetensors.numpy import load_file

        try:
            self._alone, self._together = (_session(folder / name) for name in ("model.onnx", "reading.onnx"))
            self._pieces = Pieces(folder)
            embeddings = load_file(folder / "embeddings.safetensors")
        except Exception as error:  # three libraries, whose errors have no common base
            raise EncoderError(
                f"the transformer in {folder} cannot be loaded ({error}); install yinju anew, or do without: "
                "export YINJU_REREAD=0"
            ) from error
        self._rows, self._scales = embeddings["rows"], embeddings["scales"].astype(np.float32)
        self._known: OrderedDict[Text, _Read] = OrderedDict()
        self._asked: dict[str, _Asked] = {}
        self._lock = Lock()

    def cosines(self, question: str, passages: Sequence[Passage]) -> list[NDArray[np.float32]]:
        """For each passage, (sentences,): how near each of its sentences is to the question in meaning, −1 … 1."""
        asked = self.question(question)
        return [np.asarray(read.sentences.astype(np.float32) @ asked, np.float32) for read in self._read_all(passages)]

    def answers(self, question: str, passages: Sequence[Passage]) -> list[NDArray[np.float32]]:
        """For each passage, (sentences,): the log-odds that a sentence answers, against that none of its window does.

        Question and passage are read together, each window by itself.
        """
        asked = self._question(question).middle
        return [*_READERS.map(lambda read: self._answers(asked, read), self._read_all(passages))]

    def question(self, text: str) -> NDArray[np.float32]:
        """(384,) the unit vector of a question."""
        return self._question(text).vector

    def vectors(self, passages: Sequence[Passage]) -> Vectors:
        """(passages, 384): the mean of each one's sentences, a unit vector; zeros where it has no pieces.

        In threads of its own, so that no question waits for what is read behind.
        """
        with ThreadPoolExecutor(os.cpu_count()) as readers:
            read = [*readers.map(self._read, map(text_of, passages))]
        means = [one.sentences.mean(0, dtype=np.float32) if len(one.sentences) else np.zeros(WIDTH) for one in read]
        return unit(np.array(means, np.float32).reshape(-1, WIDTH))

    def _question(self, text: str) -> _Asked:
        with self._lock:
            known = self._asked.get(text)
        if known is None:
            states, middle = self._states(self._pieces.question(text))
            known = _Asked(unit(states.mean(0)), middle)
            with self._lock:
                self._asked = {text: known, **dict(islice(self._asked.items(), QUESTIONS))}
        return known

    def _read_all(self, passages: Sequence[Passage]) -> list[_Read]:
        texts = [*map(text_of, passages)]
        with self._lock:
            known = {text: self._known[text] for text in texts if text in self._known}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        known |= zip(new, _READERS.map(self._read, new), strict=True)
        with self._lock:
            self._known.update(known)
            for text in texts:
                self._known.move_to_end(text)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return [known[text] for text in texts]

    def _read(self, text: Text) -> _Read:
        windows, sentences = [], [np.zeros((0, WIDTH), np.float32)]
        for window in self._pieces.windows(*text):
            states, middle = self._states(window.pieces)
            sentences.append(_pooled(states, window.spans))
            windows.append((window, middle.astype(np.float16)))
        return _Read(np.vstack(sentences).astype(np.float16), tuple(windows))

    def _states(self, pieces: Sequence[int]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """(pieces, 384) each: the states of the pieces at the end and in the middle.

        One text at a time: in 8 bits what is read together shares a scale, and a text would depend on its neighbours.
        """
        vectors = self._rows[[*pieces]] * self._scales[[*pieces]][:, None]
        states, middle = self._alone.run(["states", "middle"], {"vectors": vectors[None]})
        return states[0], middle[0]

    def _answers(self, asked: NDArray[np.float32], read: _Read) -> NDArray[np.float32]:
        found = [np.zeros(0, np.float32)]
        for window, middle in read.windows:
            both = {"question": asked[None], "window": middle.astype(np.float32)[None]}
            says, none = self._together.run(["says", "none"], both)
            own = [says[0, start:end].mean() if end > start else UNREADABLE for start, end in window.spans]
            found.append(np.array(own, np.float32) - none[0, 0])
        return np.concatenate(found)


def _session(path: Path) -> "InferenceSession":
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1  # two texts in two threads are read faster than one text by two
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


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


def deep_encoder() -> DeepEncoder:
    """The shipped transformer, loaded once.

    Raises:
        EncoderError: it is damaged or not there.
    """
    with _LOADING:
        return _loaded()
