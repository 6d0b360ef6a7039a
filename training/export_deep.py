"""A fine-tuned transformer → src/yinju/model/deep: model.onnx and embeddings in 8 bits, and its tokenizer.

    python training/export_deep.py BASE TRAINED

Matrices and embeddings become 8-bit integers, each column or row with a scale of its own: one scale for all embeddings,
as onnxruntime would have it, loses the most by far. What the shipped model loses by it is printed
as the mean cosine with the model as it was trained.
"""

import argparse
import shutil
import tempfile
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import save_file

from layers import Transformer
from yinju.deep import FOLDER, DeepEncoder, Pieces
from yinju.embedding import unit

PROBES = (
    "今天幾點開門",
    "退貨要在幾天內提出？",
    "How long is the warranty?",
    "第三條 會員可於到期前三十日申請續約，逾期者重新繳納入會費。",
)


def main() -> None:
    """Load, export, quantise, compare."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("base", type=Path)
    arguments.add_argument("trained", type=Path, nargs="?")
    arguments.add_argument("--folder", type=Path, default=FOLDER)
    given = arguments.parse_args()
    transformer = Transformer(given.base, given.trained)
    given.folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(given.base / "tokenizer.json", given.folder / "tokenizer.json")
    pieces = Pieces(given.folder)
    words = transformer.words.detach()
    scales = words.abs().max(1).values / 127
    rows = (words / scales[:, None]).round().to(torch.int8)
    save_file({"rows": rows, "scales": scales.half()}, given.folder / "embeddings.safetensors")
    example = words[torch.tensor([pieces.question(PROBES[0])])]
    with tempfile.TemporaryDirectory() as made:
        whole = Path(made) / "model.onnx"
        torch.onnx.export(
            transformer.train(False), (example,), str(whole), dynamo=False, opset_version=17,
            input_names=["vectors"], output_names=["states"],
            dynamic_axes={name: {1: "pieces"} for name in ("vectors", "states")},
        )  # fmt: skip
        quantize_dynamic(
            whole, given.folder / "model.onnx", weight_type=QuantType.QUInt8, per_channel=True,
            op_types_to_quantize=["MatMul"], extra_options={"WeightSymmetric": True},  # unsigned: see the model card
        )  # fmt: skip
    shipped = DeepEncoder(given.folder)
    cosines = []
    for probe in PROBES:
        with torch.no_grad():
            states = transformer(words[torch.tensor([pieces.question(probe)])])[0].mean(0).numpy()
        cosines.append(float(unit(states) @ shipped.question(probe)))
    size = sum(file.stat().st_size for file in given.folder.iterdir()) / 1e6
    print(f"{size:.1f} MB, cosine with the model as trained {np.mean(cosines):.4f} → {given.folder}")


if __name__ == "__main__":
    main()
