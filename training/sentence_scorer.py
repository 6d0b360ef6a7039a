"""Sentences as numbers, with which of them hold the answer → the weights of the sentence scorer.

A linear sum and one small hidden layer, fitted so that the softmax over a question's sentences puts its mass on those
that hold the gold phrase; Adam over all questions at once, seeded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

Matrix = NDArray[np.float64]

HIDDEN, NETS = 16, 3
"""Units of a net, and how many nets, begun otherwise each, are one: their mean is less a matter of chance."""
DECAY = 3e-3
STEPS = 400
LEAST_SPREAD = 1e-3
"""A feature that hardly differs between sentences, as whether one is a table row in an encyclopedia, gets no weight."""
RATE = 0.02


@dataclass(frozen=True, slots=True)
class Choice:
    """The sentences of one question."""

    features: Matrix
    """(sentences, features), the question's kind included."""
    right: Matrix
    """(sentences,): 1 where a sentence holds the answer or a part of it, else 0."""
    weight: float
    """How much the question counts."""


class _Net(torch.nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.linear = torch.nn.Linear(width, 1, bias=False)
        self.inner = torch.nn.Linear(width, HIDDEN)
        self.outer = torch.nn.Linear(HIDDEN, 1, bias=False)
        torch.nn.init.zeros_(self.linear.weight)
        torch.nn.init.normal_(self.outer.weight, 0, 0.05)

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        """(questions, sentences, features) → (questions, sentences) scores."""
        scores: torch.Tensor = self.linear(rows) + self.outer(torch.tanh(self.inner(rows)))
        return scores.squeeze(-1)


def fit_sentences(choices: Sequence[Choice]) -> dict[str, list[Any]]:
    """The weights by name, for features as they are: linear, inner, bias, outer (see answering/sentences.py)."""
    kept = [choice for choice in choices if choice.right.any()]
    every = np.concatenate([choice.features for choice in kept])
    mean, scale = every.mean(0), every.std(0)
    told = scale > LEAST_SPREAD
    scale = np.where(told, scale, 1.0)
    rows, there, right = _padded(kept, mean, scale)
    weights = torch.tensor([choice.weight for choice in kept], dtype=torch.float32)
    plain = np.where(told, scale, np.inf)
    nets = [_for_plain_features(_fitted(seed, rows, there, right, weights), mean, plain) for seed in range(NETS)]
    return {
        "linear": np.round(np.mean([net["linear"] for net in nets], axis=0), 4).tolist(),
        "inner": np.round(np.concatenate([net["inner"] for net in nets], axis=1), 4).tolist(),
        "bias": np.round(np.concatenate([net["bias"] for net in nets]), 4).tolist(),
        "outer": np.round(np.concatenate([net["outer"] for net in nets]) / NETS, 4).tolist(),
    }


def _fitted(seed: int, rows: torch.Tensor, there: torch.Tensor, right: torch.Tensor, weights: torch.Tensor) -> _Net:
    torch.manual_seed(seed)
    net = _Net(rows.shape[2])
    optimiser = torch.optim.Adam(net.parameters(), lr=RATE)
    for step in range(STEPS):
        optimiser.param_groups[0]["lr"] = RATE * (1 - step / STEPS)
        chances = torch.log_softmax(net(rows).masked_fill(~there, -1e9), 1)
        loss = -(weights * torch.logsumexp(chances.masked_fill(~right, -1e9), 1)).sum() / weights.sum()
        loss = loss + DECAY * sum((parameter**2).sum() for parameter in net.parameters())
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    return net


def _padded(choices: Sequence[Choice], mean: Matrix, scale: Matrix) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """(questions, most sentences, features) scaled rows; which of them are there; which are right."""
    most = max(len(choice.features) for choice in choices)
    rows = np.zeros((len(choices), most, len(mean)), np.float32)
    there, right = np.zeros((len(choices), most), bool), np.zeros((len(choices), most), bool)
    for place, choice in enumerate(choices):
        count = len(choice.features)
        rows[place, :count] = (choice.features - mean) / scale
        there[place, :count], right[place, :count] = True, choice.right > 0
    return torch.from_numpy(rows), torch.from_numpy(there), torch.from_numpy(right)


def _for_plain_features(net: _Net, mean: Matrix, scale: Matrix) -> dict[str, Matrix]:
    linear, inner, outer = (
        part.weight.detach().numpy().astype(np.float64) for part in (net.linear, net.inner, net.outer)
    )
    bias = net.inner.bias.detach().numpy().astype(np.float64) - inner @ (mean / scale)
    return {"linear": linear[0] / scale, "inner": (inner / scale).T, "bias": bias, "outer": outer[0]}
