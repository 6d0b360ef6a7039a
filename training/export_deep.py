"""A fine-tuned transformer and its reader → src/yinju/model/deep: both in 8 bits, the embeddings and the tokenizer.

    python training/export_deep.py BASE ENCODER [--reader READER]

model.onnx reads a text by itself, reading.onnx a question and a window together, from where model.onnx is halfway.
Matrices and embeddings become 8-bit integers, each column or row with a scale of its own: one scale for all embeddings,
as onnxruntime would have it, loses the most by far. What the shipped model loses by it is printed
as the mean cosine with the model as it was trained.
"""

import argparse
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from transformers import BertModel

from layers import MIDDLE, WIDTH, layers_of
from yinju.deep import FOLDER, DeepEncoder, Pieces
from yinju.embedding import unit

PROBES = (
    "今天幾點開門",
    "退貨要在幾天內提出？",
    "How long is the warranty?",
    "第三條 會員可於到期前三十日申請續約，逾期者重新繳納入會費。",
)


class Alone(nn.Module):
    """The transformer as a text is read by itself."""

    def __init__(self, bert: BertModel) -> None:
        """Take its weights."""
        super().__init__()
        embeddings = bert.embeddings
        self.places = nn.Parameter(embeddings.position_embeddings.weight + embeddings.token_type_embeddings.weight[0])
        self.first, self.layers = embeddings.LayerNorm, layers_of(bert)

    def forward(self, vectors: Tensor) -> tuple[Tensor, Tensor]:
        """The embeddings of a text's pieces, (1, pieces, 384) → their states at the end and in the middle."""
        states = middle = self.first(vectors + self.places[: vectors.shape[1]])
        for number, layer in enumerate(self.layers, 1):
            states = layer(states)
            middle = states if number == MIDDLE else middle
        return states, middle


class Together(nn.Module):
    """The layers that read a question and a window together."""

    def __init__(self, bert: BertModel, weights: dict[str, Tensor]) -> None:
        """Take their weights."""
        super().__init__()
        self.layers = layers_of(bert)[MIDDLE:]
        self.sides = nn.Parameter(torch.zeros(2, WIDTH))
        self.says, self.none = nn.Linear(WIDTH, 1), nn.Linear(WIDTH, 1)
        self.load_state_dict({name: tensor.float() for name, tensor in weights.items()})

    def forward(self, question: Tensor, window: Tensor) -> tuple[Tensor, Tensor]:
        """States in the middle, (1, pieces, 384) each → what each piece of the window says, and "none of these"."""
        states = torch.cat([question + self.sides[0], window + self.sides[1]], 1)
        for layer in self.layers:
            states = layer(states)
        return self.says(states[:, question.shape[1] :])[..., 0], self.none(states[:, 0])


def export(module: nn.Module, inputs: dict[str, Tensor], outputs: Sequence[str], path: Path) -> None:
    """Write a module with its matrices in 8 bits."""
    axes = {name: {1: f"{name}_pieces"} for name in [*inputs, *outputs] if name != "none"}
    with tempfile.TemporaryDirectory() as made:
        whole = Path(made) / "model.onnx"
        torch.onnx.export(
            module.train(False), tuple(inputs.values()), str(whole), dynamo=False, opset_version=17,
            input_names=[*inputs], output_names=[*outputs], dynamic_axes=axes,
        )  # fmt: skip
        quantize_dynamic(whole, path, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul"])


def main() -> None:
    """Load, export, quantise, compare."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("base", type=Path)
    arguments.add_argument("trained", type=Path, nargs="?")
    arguments.add_argument("--reader", type=Path)
    arguments.add_argument("--folder", type=Path, default=FOLDER)
    given = arguments.parse_args()
    bert = BertModel.from_pretrained(given.base, add_pooling_layer=False, attn_implementation="eager")
    bert.train(False)
    if given.trained:
        trained = load_file(given.trained / "trained.safetensors")
        own = {name.removeprefix("bert."): t.float() for name, t in trained.items() if name.startswith("bert.")}
        if bert.load_state_dict(own, strict=False).unexpected_keys:
            raise SystemExit(f"{given.trained} is of another model than {given.base}")
    given.folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(given.base / "tokenizer.json", given.folder / "tokenizer.json")
    pieces = Pieces(given.folder)
    words = bert.embeddings.word_embeddings.weight.detach()
    scales = words.abs().max(1).values / 127
    rows = (words / scales[:, None]).round().to(torch.int8)
    save_file({"rows": rows, "scales": scales.half()}, given.folder / "embeddings.safetensors")
    example = words[torch.tensor([pieces.question(PROBES[0])])]
    export(Alone(bert), {"vectors": example}, ("states", "middle"), given.folder / "model.onnx")
    if given.reader:
        reader = Together(bert, load_file(given.reader / "reader.safetensors"))
        both = {"question": example, "window": torch.cat([example, example], 1)}
        export(reader, both, ("says", "none"), given.folder / "reading.onnx")
    shipped = DeepEncoder(given.folder)
    cosines = []
    for probe in PROBES:
        with torch.no_grad():
            states = bert(input_ids=torch.tensor([pieces.question(probe)])).last_hidden_state[0].mean(0).numpy()
        cosines.append(float(unit(states) @ shipped.question(probe)))
    size = sum(file.stat().st_size for file in given.folder.iterdir()) / 1e6
    print(f"{size:.1f} MB, cosine with the model as trained {np.mean(cosines):.4f} → {given.folder}")


if __name__ == "__main__":
    main()
