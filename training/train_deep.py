"""A base model and shelves of questions → the transformer that reads meaning, fine-tuned.

    python training/train_deep.py BASE FOLDER --squad A.json B.json --text TEXT.jsonl --free FOLDER …

A step reads a few shelves. For each question: a softmax over all sentences of its shelf, by cosine, those that answer
against all others; a softmax over the passages of all shelves, by the mean of their sentences, as they are searched;
and the likeliest sentence's cosine by logistic regression, that answers where nothing does stay apart from
those that do. Encyclopaedias, open text and what people type are mixed. The embeddings are not trained. Checkpoints
(the trained layers, 16 bits) are written every `--save` minutes; `--start` goes on from one.
"""

import argparse
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits, normalize

from deep_examples import Shelf, arguments_of, collect, rate_of
from layers import Transformer, save
from wordings import varied
from yinju.deep import Pieces, Window

SHARPNESS, TILT = 30.0, -24.0
"""Scale of the cosines in the softmax, and the bias at which the logistic regression begins."""
VERDICT = 0.3
"""How much telling the answered from the unanswered counts beside choosing the sentence."""
FOUND = 0.5
"""How much finding the passage among all counts beside it."""
SHELVES, PASSAGES, QUESTIONS = 3, 8, 10
"""The shelves of one step, and the most passages and questions of each."""


class Encoder(nn.Module):
    """The transformer with what the losses need."""

    def __init__(self, base: Path, start: Path | None, above: int) -> None:
        """Put the parts together."""
        super().__init__()
        self.transformer = Transformer(base, start, above)
        self.scale = nn.Parameter(torch.tensor(SHARPNESS))
        self.bias = nn.Parameter(torch.tensor(TILT))


@dataclass(slots=True)
class Step:
    """What one step reads."""

    windows: list[Window] = field(default_factory=list)
    places: list[tuple[int, int, int]] = field(default_factory=list)
    """(shelf, passage, sentence) of each sentence of the windows, in order."""
    questions: list[tuple[list[int], int, frozenset[tuple[int, int, int]]]] = field(default_factory=list)
    """Each one's pieces, its shelf, and what answers it."""

    def add(self, shelf: Shelf, pieces: Pieces, chance: random.Random) -> None:
        """Some questions of a shelf with the passages that answer them and others."""
        number = 1 + max((place[0] for place in self.places), default=-1)
        asked = chance.sample(shelf.questions, min(len(shelf.questions), QUESTIONS))
        needed = list(dict.fromkeys(place for _, right in asked for place, _ in right))
        others = [place for place in range(len(shelf.passages)) if place not in needed]
        chance.shuffle(others)
        for place in [*needed, *others[: max(0, PASSAGES - len(needed))]][:PASSAGES]:
            head, lines = shelf.passages[place]
            read = 0
            for window in pieces.windows(head if chance.random() < 0.9 else "", lines):
                self.windows.append(window)
                self.places += [(number, place, read + offset) for offset in range(len(window.spans))]
                read += len(window.spans)
        known = {*self.places}
        for text, answers in asked:
            right = frozenset((number, *place) for place in answers) & known
            if right or not answers:
                self.questions.append((pieces.question(varied(text, chance)), number, right))


def loss_of(encoder: Encoder, step: Step) -> Tensor:
    """The mean loss of a step's questions."""
    with torch.autocast("cpu", torch.bfloat16):
        states = encoder.transformer.read([window.pieces for window in step.windows])
        asked = encoder.transformer.read([row for row, _, _ in step.questions])
    pairs = zip(states, step.windows, strict=True)
    read = [found[start:end] for found, window in pairs for start, end in window.spans]
    sentences = normalize(torch.stack([one.mean(0) if len(one) else torch.zeros(one.shape[1]) for one in read]), dim=1)
    questions = normalize(torch.stack([found.mean(0) for found in asked]), dim=1)
    logits = questions @ sentences.T * encoder.scale
    here = torch.tensor([[place[0] == shelf for place in step.places] for _, shelf, _ in step.questions])
    right = torch.tensor([[place in answers for place in step.places] for _, _, answers in step.questions])
    own, answered = logits.masked_fill(~here, -1e4), right.any(1)
    losses = []
    if answered.any():
        losses += [chosen(own, right, answered), FOUND * found_loss(encoder, step, questions, sentences, right)]
    if not answered.all():
        likeliest = torch.where(answered, own.masked_fill(~right, -1e4).max(1).values, own.max(1).values)
        losses.append(VERDICT * binary_cross_entropy_with_logits(likeliest + encoder.bias, answered.float()))
    return torch.stack(losses).sum()


def chosen(logits: Tensor, right: Tensor, answered: Tensor) -> Tensor:
    """The mean over answered questions of −log of the share that right ones have in the softmax."""
    own = logits[answered]
    return (own.logsumexp(1) - own.masked_fill(~right[answered], -1e4).logsumexp(1)).mean()


def found_loss(encoder: Encoder, step: Step, questions: Tensor, sentences: Tensor, right: Tensor) -> Tensor:
    """The loss of finding the right passage among those of all shelves."""
    passages = {place: n for n, place in enumerate(dict.fromkeys(place[:2] for place in step.places))}
    of = torch.tensor([passages[place[:2]] for place in step.places])
    sums = torch.zeros(len(passages), sentences.shape[1]).index_add(0, of, sentences)
    holds = torch.zeros(len(questions), len(passages)).index_add(1, of, right.float()) > 0
    return chosen(questions @ normalize(sums, dim=1).T * encoder.scale, holds, right.any(1))


def train(encoder: Encoder, pieces: Pieces, shelves: Sequence[Shelf], given: argparse.Namespace) -> None:
    """One pass over the shelves in chance order."""
    chance = random.Random(given.seed)
    layers = [p for p in encoder.transformer.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW([
        {"params": layers, "lr": given.rate},
        {"params": [encoder.scale, encoder.bias], "lr": 1e-2, "weight_decay": 0.0},
    ])  # fmt: skip
    order = chance.sample(range(len(shelves)), len(shelves))
    steps = [order[start : start + SHELVES] for start in range(0, len(order), SHELVES)]
    began, since, mean = time.monotonic(), time.monotonic(), 0.0
    for number, places in enumerate(steps):
        step = Step()
        for place in places:
            step.add(shelves[place], pieces, chance)
        if not step.questions:
            continue
        rate_of(optimizer.param_groups[0], given, number / len(steps), number)
        loss = loss_of(encoder, step)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(layers, 1.0)
        optimizer.step()
        mean = 0.97 * mean + 0.03 * loss.item() if number else loss.item()
        if number % 20 == 0:
            print(f"{number}/{len(steps)} loss {mean:.3f} scale {encoder.scale.item():.1f} bias "
                  f"{encoder.bias.item():.1f} {time.monotonic() - began:.0f} s", flush=True)  # fmt: skip
        if time.monotonic() - since > 60 * given.save:
            save(encoder.transformer.layers, given.folder / "layers.safetensors")
            since = time.monotonic()
    save(encoder.transformer.layers, given.folder / "layers.safetensors")


def main() -> None:
    """Collect, train, save."""
    given = arguments_of(__doc__)
    torch.manual_seed(0)
    encoder = Encoder(given.base, given.start, given.above)
    train(encoder, Pieces(given.base), collect(given, random.Random(0)), given)


if __name__ == "__main__":
    main()
