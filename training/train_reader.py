"""The trained transformer and shelves of questions → the layers that read a question and a passage together.

    python training/train_reader.py BASE ENCODER FOLDER --squad A.json B.json --text TEXT.jsonl --free FOLDER …

The encoder's lower layers read question and passage apart and stay as they are; copies of its upper layers, which are
trained, read both together. A pair is a question and a window of a passage: one softmax over its sentences and "none of
these". Of each question: a window that answers it; the same passage without what answers; and the windows of the
same shelf whose sentences are nearest to it. What nothing answers has the nearest windows.
"""

import random
import time
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import normalize

from deep_examples import Shelf, arguments_of, collect, rate_of
from layers import BATCH, MIDDLE, WIDTH, Transformer, load, padded, save
from wordings import varied
from yinju.deep import Pieces, Window

QUESTIONS, WINDOWS, NEAREST = 10, 14, 2
"""The most questions and windows of one step, and how many of the nearest windows that do not answer are read."""
NONE_COUNTS = 0.5
"""How much a window counts that does not answer, beside one that does."""
VARIED = 0.5
"""How often a question is varied at all."""


class Together(nn.Module):
    """The layers that read question and window together, and what they say."""

    def __init__(self, transformer: Transformer) -> None:
        """Begin with the encoder's upper layers."""
        super().__init__()
        self.layers = deepcopy(transformer.layers[MIDDLE:])
        self.sides = nn.Parameter(torch.zeros(2, WIDTH))
        """What is added to a question's states and to a window's."""
        self.says = nn.Linear(WIDTH, 1)
        self.none = nn.Linear(WIDTH, 1)
        for one in (self.says, self.none):
            nn.init.normal_(one.weight, std=0.02)
            nn.init.zeros_(one.bias)
        self.requires_grad_(True)

    def forward(self, questions: Sequence[Tensor], windows: Sequence[Tensor]) -> list[tuple[Tensor, Tensor]]:
        """For each pair: what each piece of the window says, (pieces,), and "none of these"."""
        rows = [
            torch.cat([asked + self.sides[0], read + self.sides[1]])
            for asked, read in zip(questions, windows, strict=True)
        ]
        states, mask = padded(rows)
        for layer in self.layers:
            states = layer(states, mask)
        says = (states * self.says.weight[0]).sum(-1) + self.says.bias  # not as matrices, which would be in 16 bits
        none = (states[:, 0] * self.none.weight[0]).sum(-1) + self.none.bias
        lengths = [(len(asked), len(row)) for asked, row in zip(questions, rows, strict=True)]
        return [(says[n, start:end], none[n]) for n, (start, end) in enumerate(lengths)]


@dataclass(slots=True)
class Pair:
    """A question and a window, and which of the window's sentences answer."""

    question: int
    window: Window
    right: tuple[bool, ...]
    middle: Tensor


def windows_of(shelf: Shelf, pieces: Pieces, places: Sequence[int]) -> list[tuple[Window, tuple[tuple[int, int], ...]]]:
    """The windows of some passages of a shelf, each with the (passage, sentence) of its sentences."""
    found = []
    for place in places:
        number = 0
        for window in pieces.windows(*shelf.passages[place]):
            found.append((window, tuple((place, number + offset) for offset in range(len(window.spans)))))
            number += len(window.spans)
    return found


@torch.no_grad()
def pairs_of(
    shelf: Shelf, pieces: Pieces, apart: Transformer, chance: random.Random
) -> tuple[list[Tensor], list[Pair]]:
    """Some questions of a shelf, as states, and the pairs to be read."""
    asked = chance.sample(shelf.questions, min(len(shelf.questions), QUESTIONS))
    needed = list(dict.fromkeys(place for _, right in asked for place, _ in right))
    others = [place for place in range(len(shelf.passages)) if place not in needed]
    chance.shuffle(others)
    windows = windows_of(shelf, pieces, [*needed, *others])[:WINDOWS]
    typed = [varied(text, chance) if chance.random() < VARIED else text for text, _ in asked]
    questions = apart.read([pieces.question(text) for text in typed])
    without = [_without(shelf, right, chance) for _, right in asked]
    lessened = [next(pieces.windows(*one), None) if one else None for one in without]
    kept = [window for window in lessened if window]
    read = apart.read([window.pieces for window, _ in windows] + [window.pieces for window in kept])
    vectors = [_sentences(end, window) for (end, _), (window, _) in zip(read, windows, strict=False)]
    fewer = iter(read[len(windows) :])
    found = []
    for number, (_, right) in enumerate(asked):
        vector = normalize(questions[number][0].mean(0), dim=0)
        nearness = [float((own @ vector).max()) for own in vectors]
        holds = [n for n, (_, places) in enumerate(windows) if right & {*places}]
        near = sorted((n for n in range(len(windows)) if n not in holds), key=lambda n: -nearness[n])
        for n in [*chance.sample(holds, min(1, len(holds))), *near[: NEAREST + (not right)]]:
            window, places = windows[n]
            found.append(Pair(number, window, tuple(place in right for place in places), read[n][1]))
        if less := lessened[number]:
            found.append(Pair(number, less, (False,) * len(less.spans), next(fewer)[1]))
    return [middle for _, middle in questions], [pair for pair in found if pair.window.spans]


def _without(
    shelf: Shelf, right: frozenset[tuple[int, int]], chance: random.Random
) -> tuple[str, tuple[str, ...]] | None:
    """One of the passages that answer, without the sentences that do; None where none is left."""
    if not right:
        return None
    place = chance.choice(sorted({place for place, _ in right}))
    head, lines = shelf.passages[place]
    kept = tuple(line for number, line in enumerate(lines) if (place, number) not in right)
    return (head, kept) if kept else None


def _sentences(states: Tensor, window: Window) -> Tensor:
    own = [states[start:end].mean(0) if end > start else torch.zeros(WIDTH) for start, end in window.spans]
    return normalize(torch.stack(own), dim=1)


def logits_of(says: Tensor, none: Tensor, window: Window) -> Tensor:
    """(1 + sentences,): of "none of these" and of each sentence, the mean of its pieces."""
    own = [says[start:end].mean() if end > start else says.new_tensor(-1e4) for start, end in window.spans]
    return torch.stack([none, *own])


def loss_of(together: Together, questions: Sequence[Tensor], pairs: Sequence[Pair]) -> Tensor:
    """The weighted mean loss of a step's pairs."""
    order = sorted(pairs, key=lambda pair: len(pair.window.pieces))
    losses, counts = [], 0.0
    for start in range(0, len(order), BATCH):
        batch = order[start : start + BATCH]
        said = together([questions[pair.question] for pair in batch], [pair.middle for pair in batch])
        for pair, (says, none) in zip(batch, said, strict=True):
            logits = logits_of(says, none, pair.window)
            right = torch.tensor([not any(pair.right), *pair.right])
            count = 1.0 if any(pair.right) else NONE_COUNTS
            losses.append(count * (logits.logsumexp(0) - logits[right].logsumexp(0)))
            counts += count
    return torch.stack(losses).sum() / counts


def main() -> None:
    """Collect, train, save."""
    given = arguments_of(__doc__, encoder=True)
    torch.manual_seed(0)
    apart, pieces = Transformer(given.base, given.encoder), Pieces(given.base)
    together = Together(apart)
    if given.start:
        load(together, given.start / "reader.safetensors")
    shelves = collect(given, random.Random(0))
    chance = random.Random(given.seed)
    optimizer = torch.optim.AdamW(together.parameters(), lr=given.rate)
    order = chance.sample(range(len(shelves)), len(shelves))
    began, since, mean = time.monotonic(), time.monotonic(), 0.0
    for number, place in enumerate(order):
        rate_of(optimizer.param_groups[0], given, number / len(order), number)
        with torch.autocast("cpu", torch.bfloat16):
            questions, pairs = pairs_of(shelves[place], pieces, apart, chance)
            if not pairs:
                continue
            loss = loss_of(together, questions, pairs)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(together.parameters(), 1.0)
        optimizer.step()
        mean = 0.97 * mean + 0.03 * loss.item() if number else loss.item()
        if number % 20 == 0:
            print(f"{number}/{len(order)} loss {mean:.3f} {time.monotonic() - began:.0f} s", flush=True)
        if time.monotonic() - since > 60 * given.save:
            save(together, given.folder / "reader.safetensors")
            since = time.monotonic()
    save(together, given.folder / "reader.safetensors")


if __name__ == "__main__":
    main()
