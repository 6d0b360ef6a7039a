"""The shipped model's background weights → the same beside what they are in everyday speech: python training/word_weights.py.

The open text that the weights were counted in is formal: 錢, 東西 and 孩子 seem rare in it, and would outweigh what a
question is about. `asked` is the smaller of a token's weight there and the one that jieba's dictionary gives, whose
counts are of newspapers and novels: the inverse document frequency of a section of `SECTION` words in which it stands
at least once. `noun` tells the words that name something.
"""

import json
import math

import jieba
import numpy as np
from safetensors.numpy import load_file, save_file

from yinju.vocabulary import shipped_model

SECTION = 150
NOUNS = ("n", "t", "s", "eng", "l", "i", "j")
"""The tags of nouns, names, times, places, letters, and phrases; a word that the dictionary lacks is a name to us."""


def main() -> None:
    """Write both into the model's idf.safetensors."""
    jieba.initialize()
    counts, total = jieba.dt.FREQ, jieba.dt.total
    folder = shipped_model()
    ids: dict[str, int] = json.loads((folder / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    idf = load_file(folder / "idf.safetensors")["idf"]
    asked, noun = idf.astype(np.float32), np.zeros(len(idf), np.uint8)
    tags = dict(line.split()[::2] for line in jieba.get_dict_file().read().decode().splitlines())
    for token, number in ids.items():
        noun[number] = tags.get(token, "n").startswith(NOUNS)
        if count := counts.get(token, 0):
            everyday = -math.log(1 - math.exp(-SECTION * count / total))
            asked[number] = min(asked[number], everyday)
    save_file({"idf": idf, "asked": asked.astype(idf.dtype), "noun": noun}, folder / "idf.safetensors")


if __name__ == "__main__":
    main()
