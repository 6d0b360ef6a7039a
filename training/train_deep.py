"""A base model and shelves of questions → the transformer that reads meaning, fine-tuned.

    python training/train_deep.py BASE FOLDER --squad A.json B.json --text TEXT.jsonl --free FOLDER …

For each question of a shelf: a softmax over all of the shelf's sentences, by cosine, those that answer against all
others; and the likeliest sentence's cosine by logistic regression, that answers where nothing does stay apart from
those that do. Encyclopaedias, open text and what people type are mixed. The embeddings are not trained. Checkpoints
(the trained layers, 16 bits) are written every `--save` minutes; `--start` goes on from one.
"""

import argparse
import json
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits, normalize
from transformers import BertModel

from deep_examples import Shelf, free_shelves, squad_shelves, text_shelves, varied
from labelled import READ
from yinju.deep import Pieces, Window

RATE, WARM_UP = 5e-5, 60
SHARPNESS, TILT = 30.0, -24.0
"""Scale of the cosines in the softmax, and the bias at which the logistic regression begins."""
VERDICT = 0.3
"""How much telling the answered from the unanswered counts beside choosing the sentence."""
PASSAGES, QUESTIONS = 14, 24
"""The most passages and questions of one step."""


class Reader(nn.Module):
    """The transformer with what the two losses need."""

    def __init__(self, base: Path) -> None:
        """Put the parts together."""
        super().__init__()
        self.bert = BertModel.from_pretrained(base, add_pooling_layer=False, attn_implementation="sdpa")
        self.bert.embeddings.requires_grad_(False)
        self.scale = nn.Parameter(torch.tensor(SHARPNESS))
        self.bias = nn.Parameter(torch.tensor(TILT))

    def states(self, rows: Sequence[Sequence[int]], padding: int) -> list[Tensor]:
        """Of each row of pieces, the state of each piece."""
        longest = max(map(len, rows))
        pieces = torch.tensor([[*row, *[padding] * (longest - len(row))] for row in rows])
        with torch.autocast("cpu", torch.bfloat16):
            found = self.bert(input_ids=pieces, attention_mask=(pieces != padding).long()).last_hidden_state
        return [states[: len(row)].float() for states, row in zip(found, rows, strict=True)]


@dataclass(slots=True)
class Step:
    """What one step reads."""

    windows: list[Window]
    places: list[tuple[int, int]]
    """(passage, sentence) of each sentence of the windows, in order."""
    questions: list[tuple[list[int], frozenset[tuple[int, int]]]]


def step_of(shelf: Shelf, pieces: Pieces, chance: random.Random) -> Step | None:
    """Some questions of a shelf with the passages that answer them and others."""
    asked = chance.sample(shelf.questions, min(len(shelf.questions), QUESTIONS))
    needed = {place for _, right in asked for place, _ in right}
    others = [place for place in range(len(shelf.passages)) if place not in needed]
    chance.shuffle(others)
    taken = [*needed, *others[: max(0, PASSAGES - len(needed))]][:PASSAGES]
    windows, places = [], []
    for place in taken:
        head, lines = shelf.passages[place]
        number = 0
        for window in pieces.windows(head if chance.random() < 0.9 else "", lines):
            windows.append(window)
            places += [(place, number + offset) for offset in range(len(window.spans))]
            number += len(window.spans)
    known = {*places}
    questions = [
        (pieces.question(varied(text, chance)), right & known) for text, right in asked if not right or right & known
    ]
    return Step(windows, places, questions) if windows and questions else None


def loss_of(reader: Reader, step: Step, padding: int) -> Tensor:
    """The mean loss of a step's questions."""
    order = sorted(range(len(step.windows)), key=lambda n: len(step.windows[n].pieces))
    states: dict[int, Tensor] = {}
    for start in range(0, len(order), 4):
        batch = order[start : start + 4]
        states |= zip(batch, reader.states([step.windows[n].pieces for n in batch], padding), strict=True)
    sentences = torch.stack([
        states[n][start:end].mean(0) if end > start else torch.zeros(states[n].shape[1])
        for n, window in enumerate(step.windows) for start, end in window.spans
    ])  # fmt: skip
    questions = torch.stack([found.mean(0) for found in reader.states([row for row, _ in step.questions], padding)])
    logits = normalize(questions, dim=1) @ normalize(sentences, dim=1).T * reader.scale
    right = torch.tensor([[place in answers for place in step.places] for _, answers in step.questions])
    answered = right.any(1)
    losses = []
    if answered.any():
        own = logits[answered]
        losses.append((own.logsumexp(1) - own.masked_fill(~right[answered], -1e4).logsumexp(1)).mean())
    if not answered.all():
        likeliest = torch.where(answered, logits.masked_fill(~right, -1e4).max(1).values, logits.max(1).values)
        losses.append(VERDICT * binary_cross_entropy_with_logits(likeliest + reader.bias, answered.float()))
    return torch.stack(losses).sum()


def collect(given: argparse.Namespace, chance: random.Random) -> list[Shelf]:
    """Every shelf, those of free questions several times."""
    free = [shelf for folder in given.free for shelf in free_shelves(folder, chance)]
    read = [shelf for path in given.squad for shelf in squad_shelves(path, given.folds)]
    headed = [*text_shelves(given.text, chance, given.sections)] if given.text else []
    for name, shelves in (("free", free), ("squad", read), ("text", headed)):
        print(f"{name}: {len(shelves)} shelves, {sum(len(s.questions) for s in shelves)} questions", flush=True)
    return [*free * int(given.rounds), *read, *headed]


def train(
    reader: Reader, pieces: Pieces, shelves: Sequence[Shelf], given: argparse.Namespace, log: dict[str, float]
) -> None:
    """One pass over the shelves in chance order."""
    chance = random.Random(int(log["steps"]))
    trained = [p for p in reader.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW([
        {"params": [p for p in trained if p.dim()], "lr": given.rate},
        {"params": [reader.scale, reader.bias], "lr": 1e-2, "weight_decay": 0.0},
    ])  # fmt: skip
    order = chance.sample(range(len(shelves)), len(shelves))
    began, since = time.monotonic(), time.monotonic()
    for number, place in enumerate(order):
        step = step_of(shelves[place], pieces, chance)
        if step is None:
            continue
        share = number / len(order)
        for group in optimizer.param_groups[:1]:
            group["lr"] = given.rate * min(1.0, (number + 1) / WARM_UP) * (1 - given.fall * share)
        loss = loss_of(reader, step, pieces.padding)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        log["steps"] += 1
        log["mean"] = 0.97 * log["mean"] + 0.03 * loss.item() if log["steps"] > 1 else loss.item()
        if number % 20 == 0:
            spent = time.monotonic() - began
            print(f"{number}/{len(order)} loss {log['mean']:.3f} scale {float(reader.scale):.1f} bias "
                  f"{float(reader.bias):.1f} {spent:.0f} s", flush=True)  # fmt: skip
        if time.monotonic() - since > 60 * given.save:
            save(reader, given.folder)
            since = time.monotonic()
    save(reader, given.folder)


def save(reader: Reader, folder: Path) -> None:
    """The trained layers in 16 bits."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = {name: p.detach().half().contiguous() for name, p in reader.named_parameters() if p.requires_grad}
    save_file(kept, folder / "trained.safetensors")


def main() -> None:
    """Collect, train, save."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("base", type=Path)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--squad", type=Path, nargs="*", default=[])
    arguments.add_argument("--folds", type=int, nargs="*", default=[*READ])
    arguments.add_argument("--text", type=Path)
    arguments.add_argument("--sections", type=int, default=400, help="of each source of the open text")
    arguments.add_argument("--free", type=Path, nargs="*", default=[])
    arguments.add_argument("--rounds", type=int, default=4)
    arguments.add_argument("--rate", type=float, default=RATE)
    arguments.add_argument("--fall", type=float, default=0.6)
    arguments.add_argument("--save", type=float, default=5.0, help="minutes between checkpoints")
    arguments.add_argument("--start", type=Path, help="a checkpoint to go on from")
    given = arguments.parse_args()
    torch.manual_seed(0)
    reader, pieces = Reader(given.base), Pieces(given.base)
    if given.start:
        reader.load_state_dict(
            {n: t.float() for n, t in load_file(given.start / "trained.safetensors").items()}, strict=False
        )
    log = {"steps": 0.0, "mean": 0.0}
    train(reader, pieces, collect(given, random.Random(0)), given, log)
    (given.folder / "log.json").write_text(json.dumps(log))


if __name__ == "__main__":
    main()
