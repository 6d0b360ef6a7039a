"""Open text → the static embedding that ships with Yinju, saved as a sentence-transformers folder.

Tokens are jieba words and character bigrams. The most frequent have a row of their own; all others share hashed
rows, so that a word never seen still tells passages apart. Each row starts as a random unit vector times its inverse
document frequency, which alone is a random projection of tf-idf; one epoch of in-batch contrastive learning
(InfoNCE, van den Oord et al. 2018) over heading → section and sentence → section pairs then moves words of like
use together.
"""

import argparse
import json
import random
import time
from collections import Counter
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tqdm import tqdm

from sections import TokenizedSection, read_sections, tokenize_sections
from yinju.vocabulary import BUCKET, bucket_of

Ids = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Recipe:
    """The numbers of the training, as measured best in docs/experiments.md."""

    rows: int = 88_000
    buckets: int = 49_152
    dimension: int = 256
    batch: int = 1_024
    learning_rate: float = 0.002
    scale: float = 20.0
    passage_tokens: int = 160
    query_tokens: int = 24
    drop_sentence: float = 0.7
    pairs_per_section: int = 2
    epochs: int = 1
    seed: int = 7


@dataclass(slots=True)
class IdSection:
    """A section as row numbers."""

    title: Ids
    heading: Ids
    sentences: list[Ids]


def count_documents(sections: list[TokenizedSection]) -> Counter[str]:
    """In how many sections each token stands."""
    counts: Counter[str] = Counter()
    for section in tqdm(sections, desc="count", unit="section"):
        counts.update(set(chain(section.title, section.heading, *section.sentences)))
    return counts


def choose_vocabulary(counts: Counter[str], recipe: Recipe) -> dict[str, int]:
    """Token → row for the tokens of most sections, then the hashed rows."""
    chosen = [token for token, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[: recipe.rows]]
    return {token: row for row, token in enumerate(chosen + [BUCKET.format(i) for i in range(recipe.buckets)])}


def document_frequencies(counts: Counter[str], vocabulary: dict[str, int], buckets: int) -> NDArray[np.float32]:
    """The (rows,) number of sections of each row; a hashed row has the mean of the tokens that fall into it."""
    frequencies = np.zeros(len(vocabulary), np.float32)
    sharing = np.zeros(len(vocabulary), np.float32)
    for token, count in counts.items():
        row = vocabulary.get(token)
        row = vocabulary[BUCKET.format(bucket_of(token, buckets))] if row is None else row
        frequencies[row] += count
        sharing[row] += 1
    return np.maximum(frequencies / np.maximum(sharing, 1), 1).astype(np.float32)


def to_ids(sections: list[TokenizedSection], vocabulary: dict[str, int], buckets: int) -> list[IdSection]:
    """The sections as row numbers."""
    known = dict(vocabulary)

    def ids(tokens: list[str]) -> Ids:
        for token in tokens:
            if token not in known:
                known[token] = vocabulary[BUCKET.format(bucket_of(token, buckets))]
        return np.fromiter((known[token] for token in tokens), np.int32, len(tokens))

    return [IdSection(ids(s.title), ids(s.heading), [ids(x) for x in s.sentences]) for s in sections]


def make_pair(section: IdSection, recipe: Recipe, chance: random.Random) -> tuple[Ids, Ids] | None:
    """A (question, passage) pair of one section, or None where the section is too small for one."""
    sentences = section.sentences
    head = [section.title, section.heading]
    if len(section.heading) >= 2 and chance.random() < 0.35:
        question = section.heading if chance.random() < 0.5 else np.concatenate(head)
        passage = np.concatenate(sentences)
    elif len(sentences) >= 2:
        chosen = chance.randrange(len(sentences))
        question = sentences[chosen]
        left = chance.random() < recipe.drop_sentence
        kept = [x for i, x in enumerate(sentences) if i != chosen or not left]
        passage = np.concatenate(head + kept if chance.random() < 0.5 else kept)
    else:
        return None
    if len(question) < 2 or len(passage) < 5:
        return None
    return _sample(question, chance.randint(6, recipe.query_tokens), chance), _sample(
        passage, recipe.passage_tokens, chance
    )


def _sample(ids: Ids, most: int, chance: random.Random) -> Ids:
    return ids if len(ids) <= most else ids[np.array(sorted(chance.sample(range(len(ids)), most)))]


def initial_weights(frequencies: NDArray[np.float32], sections: int, recipe: Recipe) -> NDArray[np.float32]:
    """Random unit rows times inverse document frequency, (rows, dimension) float32."""
    generator = np.random.default_rng(recipe.seed)
    rows = generator.standard_normal((len(frequencies), recipe.dimension), np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    idf = np.log(sections / frequencies).astype(np.float32)
    return np.asarray(rows * np.maximum(idf, 0.1)[:, None], np.float32)


def _bag(embedding: torch.nn.EmbeddingBag, texts: list[Ids]) -> torch.Tensor:
    flat = torch.from_numpy(np.concatenate(texts).astype(np.int64))
    offsets = torch.from_numpy(np.cumsum([0] + [len(x) for x in texts[:-1]]))
    return torch.nn.functional.normalize(embedding(flat, offsets), dim=1)


def train(sections: list[IdSection], weights: NDArray[np.float32], recipe: Recipe) -> NDArray[np.float32]:
    """The trained rows, (rows, dimension) float32."""
    torch.manual_seed(recipe.seed)
    chance = random.Random(recipe.seed)
    embedding = torch.nn.EmbeddingBag.from_pretrained(torch.from_numpy(weights), freeze=False)
    optimizer = torch.optim.Adam(embedding.parameters(), lr=recipe.learning_rate)
    for epoch in range(recipe.epochs):
        order = [s for s in sections for _ in range(recipe.pairs_per_section)]
        chance.shuffle(order)
        steps = range(0, len(order) - recipe.batch, recipe.batch)
        bar = tqdm(steps, desc=f"train {epoch + 1}/{recipe.epochs}", unit="batch")
        for step, start in enumerate(bar):
            for group in optimizer.param_groups:
                group["lr"] = recipe.learning_rate * (1 - (epoch + step / len(steps)) / recipe.epochs)
            pairs = [p for s in order[start : start + recipe.batch] if (p := make_pair(s, recipe, chance))]
            questions, passages = (_bag(embedding, [pair[side] for pair in pairs]) for side in (0, 1))
            scores = questions @ passages.T * recipe.scale
            target = torch.arange(len(pairs))
            cross = torch.nn.functional.cross_entropy
            loss = (cross(scores, target) + cross(scores.T, target)) / 2
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            bar.set_postfix(loss=f"{loss.item():.3f}")
    return np.asarray(embedding.weight.detach().numpy(), np.float32)


def quantize(weights: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Rows as (rows, dimension) int8 and a (rows,) float32 step each; their product is the row to half a step."""
    steps = np.maximum(np.abs(weights).max(axis=1), 1e-9) / 127
    return np.rint(weights / steps[:, None]).astype(np.int8), steps.astype(np.float32)


def save_model(
    folder: Path, weights: NDArray[np.float32], vocabulary: dict[str, int], idf: NDArray[np.float32]
) -> None:
    """Write the folder: rows and steps as model2vec names them, tokenizer, module list, background frequencies."""
    folder.mkdir(parents=True, exist_ok=True)
    rows, steps = quantize(weights)
    save_file({"embeddings": rows, "weights": steps}, folder / "model.safetensors")
    save_file({"idf": idf.astype(np.float16)}, folder / "idf.safetensors")
    tokenizer = {
        "version": "1.0",
        "added_tokens": [],
        "pre_tokenizer": {"type": "WhitespaceSplit"},
        "model": {"type": "WordLevel", "vocab": vocabulary, "unk_token": BUCKET.format(0)},
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
    arguments.add_argument("--tiers", default="A", help="which tiers of sources to learn from")
    arguments.add_argument("--processes", type=int, default=2)
    chosen = arguments.parse_args()
    started = time.monotonic()
    recipe = Recipe()
    tokenized = list(tokenize_sections(read_sections(chosen.text, chosen.tiers), chosen.processes))
    counts = count_documents(tokenized)
    vocabulary = choose_vocabulary(counts, recipe)
    frequencies = document_frequencies(counts, vocabulary, recipe.buckets)
    sections = to_ids(tokenized, vocabulary, recipe.buckets)
    weights = train(sections, initial_weights(frequencies, len(sections), recipe), recipe)
    idf = np.log1p(len(sections) / frequencies).astype(np.float32)
    save_model(chosen.model, weights, vocabulary, idf)
    print(f"{len(sections)} sections, {len(vocabulary)} rows, {time.monotonic() - started:.0f} s → {chosen.model}")


if __name__ == "__main__":
    main()
