"""Tokens with their background weights → the same in everyday speech, and which of them name something.

The open text that the weights are counted in is formal: 錢, 東西 and 孩子 seem rare in it, and would outweigh what a
question is about. A token's everyday weight is the smaller of its weight there and the one that jieba's dictionary
gives, whose counts are of newspapers and novels: the inverse document frequency of a section of `SECTION` words in
which it stands at least once.
"""

import math
from collections.abc import Mapping

import jieba  # type: ignore[import-untyped]
import numpy as np
from numpy.typing import NDArray

SECTION = 150
NOUNS = ("n", "t", "s", "eng", "l", "i", "j")
"""The tags of nouns, names, times, places, letters, and phrases; a word that the dictionary lacks is a name to us."""


def everyday_weights(ids: Mapping[str, int], idf: NDArray[np.float32]) -> NDArray[np.float32]:
    """(ids,) the smaller of each token's weight and its weight in everyday speech."""
    jieba.initialize()
    counts, total = jieba.dt.FREQ, jieba.dt.total
    asked = idf.copy()
    for token, number in ids.items():
        if count := counts.get(token, 0):
            asked[number] = min(asked[number], -math.log(1 - math.exp(-SECTION * count / total)))
    return asked


def noun_flags(ids: Mapping[str, int]) -> NDArray[np.uint8]:
    """(ids,) 1 for each token that names something."""
    with jieba.get_dict_file() as file:
        tags = dict(line.split()[::2] for line in file.read().decode().splitlines())
    nouns = np.zeros(len(ids), np.uint8)
    for token, number in ids.items():
        nouns[number] = tags.get(token, "n").startswith(NOUNS)
    return nouns
