"""A real llama.cpp server behind whole answers, with models made on the spot that say what they are made to say.

One babbles signs of chat templates, as base models do; one is caught in a loop; one keeps to the form it is asked for.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest
from tests.answering.serving import Served, serving

from yinju.answering.llm.trial import models_at, try_model
from yinju.library import Library, build_index, open_library
from yinju.settings import Settings
from yinju.types import Answer, ModelFault, Verdict

gguf = pytest.importorskip("gguf")
pytest.importorskip("xllamacpp")

SERVER = """
import sys, time, xllamacpp
params = xllamacpp.CommonParams()
params.model.path, params.port, params.n_ctx, params.n_parallel = sys.argv[1], int(sys.argv[2]), 16384, 1
params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
params.warmup = params.fit_params = False
server = xllamacpp.Server(params)
while True:
    time.sleep(60)
"""
DOCUMENTS = {"茶.md": "# 泡茶\n\n綠茶的水溫約八十度。紅茶的水溫約一百度。\n\n## 保存\n\n茶葉要放在陰涼處。\n"}
ASKED = "綠茶的水溫約多少度？"
WIDTH = 288
"""A number for each token, of which there are fewer."""


def write_speaker(path: Path, said: Sequence[str], again: bool = False) -> None:
    """Write a model that says some pieces whatever it is asked, again and again where told, and then ends.

    Each token's embedding has a dimension of its own; attention adds nothing; the output's row of a token is 1 where
    the token before it is, and all tokens but its own pieces come before the first piece.
    """
    special = ["<unk>", "<s>", "</s>"]
    tokens = [*special, *(f"<0x{byte:02X}>" for byte in range(256)), *said]
    first, last = len(tokens) - len(said), len(tokens) - 1
    output = np.zeros((len(tokens), WIDTH), np.float32)
    output[first, :first] = 1
    for place in range(first, last):
        output[place + 1, place] = 1
    output[first if again else special.index("</s>"), last] = 1
    kinds = gguf.TokenType
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_context_length(16_384)
    writer.add_embedding_length(WIDTH)
    writer.add_feed_forward_length(WIDTH)
    writer.add_block_count(1)
    writer.add_head_count(1)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([0.0] * len(tokens))
    control = [kinds.UNKNOWN, kinds.CONTROL, kinds.CONTROL]
    writer.add_token_types([*control, *[kinds.BYTE] * 256, *[kinds.NORMAL] * len(said)])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_chat_template("{% for message in messages %}{{ message.content }}{% endfor %}")
    writer.add_tensor("token_embd.weight", np.eye(len(tokens), WIDTH, dtype=np.float32))
    writer.add_tensor("output_norm.weight", np.ones(WIDTH, np.float32))
    writer.add_tensor("output.weight", output)
    for name in ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down"):
        writer.add_tensor(f"blk.0.{name}.weight", np.zeros((WIDTH, WIDTH), np.float32))
    for name in ("attn_norm", "ffn_norm"):
        writer.add_tensor(f"blk.0.{name}.weight", np.ones(WIDTH, np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


SPEAKERS: dict[str, tuple[list[str], bool]] = {
    "template": (["<|im_end|>", "\n", "<|im_start|>", "user\n "], True),
    "loop": (["十點", "五十五分、"], True),
    "orderly": (["有答案\n", "綠茶的水溫", "約八十度。", "[1]"], False),
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Served]]:
    """A server for each model."""
    folder = tmp_path_factory.mktemp("gguf")
    with ExitStack() as stack:
        servers = {}
        for name, (said, again) in SPEAKERS.items():
            path = folder / f"{name}.gguf"
            write_speaker(path, said, again)
            servers[name] = stack.enter_context(serving(SERVER, [str(path)], {}, folder / f"{name}.txt"))
        yield servers


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the documents."""
    folder = tmp_path_factory.mktemp("llama")
    (folder / "corpus").mkdir()
    for name, text in DOCUMENTS.items():
        (folder / "corpus" / name).write_text(text, "utf-8")
    build_index(folder / "corpus", folder / "index")
    return folder / "index"


def ask(index: Path, server: Served) -> Answer:
    """What is answered with the model of a server."""
    library: Library
    with open_library(index, settings=Settings(refuse_below=0.3, llm_base_url=server.base_url)) as library:
        return library.ask(ASKED)


@pytest.mark.parametrize("name", ["template", "loop"])
def test_babble_ends_in_the_extracted_answer(index: Path, served: dict[str, Served], name: str) -> None:
    answer = ask(index, served[name])
    assert (answer.fault, answer.mode, answer.unfinished) == (ModelFault.MALFORMED, "extractive", ())
    assert answer.statements[0].text == "綠茶的水溫約八十度。"
    assert answer.seconds < 10


def test_the_form_that_is_asked_for_is_understood(index: Path, served: dict[str, Served]) -> None:
    answer = ask(index, served["orderly"])
    assert (answer.fault, answer.mode, answer.verdict) == (None, "generated", Verdict.ANSWERED)
    assert answer.text == "綠茶的水溫約八十度。[1]"
    assert [citation.quote for citation in answer.citations] == ["綠茶的水溫約八十度。"]


def test_it_is_listed_and_tried_before_it_is_set(served: dict[str, Served]) -> None:
    settings = Settings().with_model(served["orderly"].base_url)
    trial = try_model(settings, "綠茶？")
    assert [trial.model] == models_at(settings)
    assert "綠茶的水溫約八十度。" in trial.said and 0 < trial.seconds < 30
