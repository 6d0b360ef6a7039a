"""A BERT as plain modules, of which a part can be trained or exported alone, and which two cores train quickly.

Attention is written out: on a CPU in 16 bits its gradient takes a third of what scaled_dot_product_attention's does.
Rows are padded to a few lengths, for the first time that a shape is multiplied takes ten times as long.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn.functional import gelu

WIDTH, HEADS = 384, 12
BATCH, STEP = 8, 32
"""How many texts are read at once, and of how many pieces their lengths are multiples."""


class Layer(nn.Module):
    """Attention and two matrices, each added to what comes in and normalised."""

    def __init__(self) -> None:
        """Put the parts together."""
        super().__init__()
        self.mixed = nn.Linear(WIDTH, 3 * WIDTH)
        self.attended = nn.Linear(WIDTH, WIDTH)
        self.wide, self.narrow = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.first, self.second = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, states: Tensor, mask: Tensor | None = None) -> Tensor:
        """(texts, pieces, 384) → the same shape; mask: (texts, 1, 1, pieces), true where there is a piece."""
        texts, pieces, _ = states.shape
        query, key, value = (
            self.mixed(states).reshape(texts, pieces, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        )
        near = query @ key.transpose(2, 3) * (WIDTH // HEADS) ** -0.5
        found = torch.softmax(near if mask is None else near.masked_fill(~mask, -1e4), -1) @ value
        states = self.first(self.attended(found.transpose(1, 2).reshape(texts, pieces, WIDTH)) + states)
        narrowed: Tensor = self.second(self.narrow(gelu(self.wide(states))) + states)
        return narrowed


_NAMES = {
    "attended": "attention.output.dense", "first": "attention.output.LayerNorm", "wide": "intermediate.dense",
    "narrow": "output.dense", "second": "output.LayerNorm",
}  # fmt: skip
"""What transformers calls the parts of a layer."""


def layers_of(weights: Mapping[str, Tensor]) -> nn.ModuleList:
    """The layers of a BERT, from its weights by name."""
    found = nn.ModuleList()
    while f"encoder.layer.{len(found)}.output.dense.weight" in weights:
        layer, above, own = Layer(), f"encoder.layer.{len(found)}", dict[str, Tensor]()
        for kind in ("weight", "bias"):
            parts = (f"{above}.attention.self.{part}.{kind}" for part in ("query", "key", "value"))
            own[f"mixed.{kind}"] = torch.cat([weights[part] for part in parts])
            own |= {f"{name}.{kind}": weights[f"{above}.{theirs}.{kind}"] for name, theirs in _NAMES.items()}
        layer.load_state_dict(own)
        found.append(layer)
    return found


class Transformer(nn.Module):
    """A text's pieces → their states."""

    def __init__(self, base: Path, trained: Path | None = None, above: int = 0) -> None:
        """Load a base model, and what was trained of it; only the layers above the first `above` are trained."""
        super().__init__()
        weights = load_file(base / "model.safetensors")
        self.words = nn.Parameter(weights["embeddings.word_embeddings.weight"])
        places, kinds = (weights[f"embeddings.{name}_embeddings.weight"] for name in ("position", "token_type"))
        self.places, self.first = nn.Parameter(places + kinds[0]), nn.LayerNorm(WIDTH, eps=1e-12)
        self.first.load_state_dict({kind: weights[f"embeddings.LayerNorm.{kind}"] for kind in ("weight", "bias")})
        self.layers = layers_of(weights)
        if trained:
            load(self.layers, trained / "layers.safetensors")
        self.requires_grad_(False)
        self.layers[above:].requires_grad_(True)

    def forward(self, vectors: Tensor, mask: Tensor | None = None) -> Tensor:
        """The embeddings of texts' pieces, (texts, pieces, 384) → their states, of the same shape."""
        states: Tensor = self.first(vectors + self.places[: vectors.shape[1]])
        for layer in self.layers:
            states = layer(states, mask)
        return states

    def read(self, rows: Sequence[Sequence[int]]) -> list[Tensor]:
        """The states of each row of pieces, (pieces, 384); rows of like lengths are read together."""
        order, found = sorted(range(len(rows)), key=lambda n: len(rows[n])), dict[int, Tensor]()
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            vectors, mask = padded([self.words[list(rows[n])] for n in batch])
            for n, states in zip(batch, self(vectors, mask), strict=False):
                found[n] = states[: len(rows[n])].float()
        return [found[n] for n in range(len(rows))]


def padded(rows: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
    """Rows of states of any length → (BATCH, longest, 384) and where there is a piece, (BATCH, 1, 1, longest)."""
    longest = -(-max(map(len, rows)) // STEP) * STEP
    states = torch.stack([nn.functional.pad(row, (0, 0, 0, longest - len(row))) for row in rows])
    lengths = torch.tensor([len(row) for row in rows] + [1] * (BATCH - len(rows)))
    states = nn.functional.pad(states, (0, 0, 0, 0, 0, BATCH - len(rows)))
    return states, (torch.arange(longest) < lengths[:, None])[:, None, None]


def load(module: nn.Module, path: Path) -> None:
    """Put the weights of a file in force."""
    module.load_state_dict({name: tensor.float() for name, tensor in load_file(path).items()})


def save(module: nn.Module, path: Path) -> None:
    """Keep a module's weights in 16 bits."""
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file({name: tensor.detach().half().contiguous() for name, tensor in module.state_dict().items()}, path)
