"""Open text → the static embedding that ships with Yinju, saved as a sentence-transformers folder.

A text is the sum of its tokens: words and character bigrams, each a weight times a row. A row has two halves.

- The form half tells tokens apart: a random direction, the same for the same token, so that the sum is a random
  projection of tf-idf (Johnson-Lindenstrauss). Rare tokens share rows by hashing; that costs next to nothing.
- The meaning half brings words of like meaning together (meaning.py). Only the more frequent words have one.

Nothing is tuned by gradients: contrastive learning over headings, sentences and their sections was tried on top and
changed next to nothing (docs/experiments.md). Rows are stored as int8.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import jieba  # type: ignore[import-untyped]
import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tqdm import tqdm

from meaning import Floats, dictionary, word_vectors
from sections import TokenizedSection, read_sections, tokenize_sections
from word_weights import everyday_weights, noun_flags
from yinju.vocabulary import BUCKET, FORM, bucket_of


@dataclass(frozen=True, slots=True)
class Recipe:
    """The numbers of the training, as measured best in docs/experiments.md."""

    tokens: int = 120_000
    buckets: int = 8_192
    words: int = 40_000
    """With a row, and so a meaning, of their own: the most frequent, in the text or in everyday Chinese."""
    shared_rows: int = 6_000
    form: int = FORM
    meaning: int = 256
    meaning_share: float = 4.0
    """How much the meaning half weighs."""
    word_count: int = 5
    """The fewest times a word must stand in the text, or in what jieba's dictionary counted, to be considered."""
    bigram_share: float = 0.65
    """How much a bigram weighs that is no word, beside a word as rare."""
    smooth: float = 1e-3
    """Meaning weighs a word of relative frequency f by smooth / (smooth + f) (Arora, Liang and Ma 2017)."""
    seed: int = 7


@dataclass(slots=True)
class Tokens:
    """What is known of each token id: the named ones, most frequent first, then the hashed ones."""

    ids: dict[str, int]
    frequencies: Floats
    """(ids,) in how many sections each stands; a hashed one has the mean of the tokens that fall into it."""
    words: NDArray[np.bool_]
    """(ids,) whether it is a word, not merely a bigram."""


@dataclass(slots=True)
class Meaning:
    """What the words that have a row of their own mean."""

    words: list[str]
    vectors: Floats
    """(words, meaning) unit vectors."""
    shares: Floats
    """(words,) the part of the text each makes up."""


@dataclass(slots=True)
class Table:
    """The model: token id → weight × row."""

    rows: Floats
    """(rows, form + meaning)."""
    mapping: NDArray[np.int32]
    """(ids,) the row of each token id."""
    weights: Floats
    """(ids,); those of shared rows have a random sign, so that what they share cancels out on average."""


def count_tokens(sections: Sequence[TokenizedSection], words: Sequence[str], recipe: Recipe) -> Tokens:
    """The words given and the tokens of most sections with a name, all others by their hash."""
    counts: Counter[str] = Counter()
    own = set(words)
    for section in tqdm(sections, desc="count", unit="section"):
        texts = list(section.texts)
        counts.update({token for text in texts for token in text.tokens})
        own.update(word for text in texts for word in text.words)
    frequent = [token for token, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[: recipe.tokens]]
    named = list(dict.fromkeys([*frequent, *words]))
    ids = {token: i for i, token in enumerate(named + [BUCKET.format(i) for i in range(recipe.buckets)])}
    frequencies, sharing = np.zeros(len(ids), np.float32), np.zeros(len(ids), np.float32)
    for token, count in counts.items():
        i = ids.get(token, len(named) + bucket_of(token, recipe.buckets))
        frequencies[i] += count
        sharing[i] += 1
    is_word = np.array([token in own for token in named] + [False] * recipe.buckets)
    return Tokens(ids, np.maximum(frequencies / np.maximum(sharing, 1), 1), is_word)


def learn_meaning(sections: Sequence[TokenizedSection], recipe: Recipe) -> Meaning:
    """What the words mean that are frequent in the text or in everyday Chinese."""
    jieba.initialize()
    counts: Counter[str] = Counter(word for section in sections for text in section.texts for word in text.words)
    found = {word for word, count in counts.items() if count >= recipe.word_count}
    found |= {word for word in dictionary() if jieba.get_FREQ(word, 0) >= recipe.word_count}
    names = sorted(found, key=lambda word: (-counts[word], word))
    numbers = {word: i for i, word in enumerate(names)}
    texts = (text for section in sections for text in section.texts)
    sentences = [np.fromiter((numbers.get(word, -1) for word in text.words), np.int32) for text in texts]
    frequencies = np.array([counts[word] for word in names])
    vectors = word_vectors(names, sentences, frequencies, recipe.meaning)
    shares = (frequencies / frequencies.sum()).astype(np.float32)
    everyday = np.array([jieba.get_FREQ(word, 0) for word in names], np.float32)
    kept = np.argsort(-(shares + everyday / everyday.sum()), kind="stable")[: recipe.words]
    return Meaning([names[i] for i in kept], vectors[kept], shares[kept])


def make_table(tokens: Tokens, meaning: Meaning, sections: int, recipe: Recipe) -> Table:
    """The rows and weights of all token ids."""
    generator = np.random.default_rng(recipe.seed)
    form = generator.standard_normal((len(meaning.words) + recipe.shared_rows, recipe.form), np.float32)
    form /= np.linalg.norm(form, axis=1, keepdims=True)
    idf = np.maximum(np.log(sections / tokens.frequencies), 0.1)
    weights = (idf * np.where(tokens.words, 1, recipe.bigram_share)).astype(np.float32)
    mapping = (len(meaning.words) + generator.integers(0, recipe.shared_rows, len(weights))).astype(np.int32)
    halves = np.zeros((len(form), recipe.meaning), np.float32)
    for i, word in enumerate(meaning.words):
        token = tokens.ids[word]
        mapping[token] = i
        smoothed = recipe.smooth / (recipe.smooth + meaning.shares[i])
        halves[i] = recipe.meaning_share * smoothed / weights[token] * meaning.vectors[i]
    signs = np.where(mapping < len(meaning.words), 1, generator.choice([-1, 1], len(weights)))
    return Table(np.hstack([form, halves]), mapping, (weights * signs).astype(np.float32))


def quantize(rows: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Rows as (rows, numbers) int8 and a (rows,) float32 step each; their product is the row to half a step."""
    steps = np.maximum(np.abs(rows).max(axis=1), 1e-9) / 127
    return np.rint(rows / steps[:, None]).astype(np.int8), steps.astype(np.float32)


def save_model(folder: Path, table: Table, ids: dict[str, int], idf: Floats) -> None:
    """Write the folder: rows, mapping and weights as model2vec names them, tokenizer, module list, frequencies."""
    folder.mkdir(parents=True, exist_ok=True)
    rows, steps = quantize(table.rows)
    weights = table.weights * steps[table.mapping]
    save_file({"embeddings": rows, "mapping": table.mapping, "weights": weights}, folder / "model.safetensors")
    asked, noun = everyday_weights(ids, idf).astype(np.float16), noun_flags(ids)
    save_file({"idf": idf.astype(np.float16), "asked": asked, "noun": noun}, folder / "idf.safetensors")
    tokenizer = {
        "version": "1.0",
        "added_tokens": [],
        "pre_tokenizer": {"type": "WhitespaceSplit"},
        "model": {"type": "WordLevel", "vocab": ids, "unk_token": BUCKET.format(0)},
    }
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")), "utf-8")
    kind = "sentence_transformers.sentence_transformer.modules"
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": f"{kind}.StaticEmbedding"},
        {"idx": 1, "name": "1", "path": "1_Normalize", "type": f"{kind}.Normalize"},
    ]
    (folder / "modules.json").write_text(json.dumps(modules, indent=1), "utf-8")
    (folder / "1_Normalize").mkdir(exist_ok=True)
    (folder / "1_Normalize" / "config.json").write_text("{}", "utf-8")


def main() -> None:
    """Train and save."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("text", type=Path, help="JSONL with title, heading, text, tier")
    arguments.add_argument("model", type=Path, help="folder to write")
    arguments.add_argument("--tiers", default="AB", help="which tiers of sources to learn from")
    arguments.add_argument("--processes", type=int, default=2)
    chosen = arguments.parse_args()
    started, recipe = time.monotonic(), Recipe()
    sections = list(tokenize_sections(read_sections(chosen.text, chosen.tiers), chosen.processes))
    meaning = learn_meaning(sections, recipe)
    tokens = count_tokens(sections, meaning.words, recipe)
    table = make_table(tokens, meaning, len(sections), recipe)
    idf = np.log1p(len(sections) / tokens.frequencies).astype(np.float32)
    save_model(chosen.model, table, tokens.ids, idf)
    print(f"{len(sections)} sections, {len(table.rows)} rows, {time.monotonic() - started:.0f} s → {chosen.model}")


if __name__ == "__main__":
    main()
