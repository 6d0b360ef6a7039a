"""The layers of a BERT as plain modules, of which a part can be trained or exported alone."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn.functional import gelu, scaled_dot_product_attention
from transformers import BertModel

WIDTH, HEADS, LAYERS = 384, 12, 12
MIDDLE = 6
"""After so many layers what is read together is put together; below, question and passage are read apart."""


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
        if torch.onnx.is_in_onnx_export():
            found = torch.softmax(query @ key.transpose(2, 3) * (WIDTH // HEADS) ** -0.5, -1) @ value
        else:
            found = scaled_dot_product_attention(query, key, value, mask)
        states = self.first(self.attended(found.transpose(1, 2).reshape(texts, pieces, WIDTH)) + states)
        narrowed: Tensor = self.second(self.narrow(gelu(self.wide(states))) + states)
        return narrowed


def layers_of(bert: BertModel) -> nn.ModuleList:
    """The layers of a BERT, with its weights."""
    found = []
    for own in bert.encoder.layer:
        layer, attention = Layer(), own.attention
        parts = (attention.self.query, attention.self.key, attention.self.value)
        layer.load_state_dict({
            "mixed.weight": torch.cat([part.weight for part in parts]),
            "mixed.bias": torch.cat([part.bias for part in parts]),
            **_named("attended", attention.output.dense), **_named("first", attention.output.LayerNorm),
            **_named("wide", own.intermediate.dense), **_named("narrow", own.output.dense),
            **_named("second", own.output.LayerNorm),
        })  # fmt: skip
        found.append(layer)
    return nn.ModuleList(found)


def _named(name: str, part: nn.Module) -> dict[str, Tensor]:
    return {f"{name}.{kind}": tensor for kind, tensor in part.state_dict().items()}


def padded(rows: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
    """Rows of states of any length → (rows, longest, 384) and where there is a piece, (rows, 1, 1, longest)."""
    states = nn.utils.rnn.pad_sequence(list(rows), batch_first=True)
    lengths = torch.tensor([len(row) for row in rows])
    return states, (torch.arange(states.shape[1]) < lengths[:, None])[:, None, None]
