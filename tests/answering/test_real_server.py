"""The protocol as a server of somebody else's speaks it: `transformers serve` with a tiny model made on the spot.

What the model says is noise; that it comes piece by piece, can be stopped, and how the server refuses, is not.
A long run, for it loads all of PyTorch twice; test_llama_cpp asks the same of another real server in short.
"""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.answering.serving import Served, serving

from yinju.answering.llm.model import ChatModel, load_model
from yinju.errors import GenerationError
from yinju.protocols import ModelMessage
from yinju.settings import Settings
from yinju.types import ModelFault

pytestmark = pytest.mark.full

QUESTION = [ModelMessage("system", "只根據資料回答。"), ModelMessage("user", "貓每天睡多久？")]
NAME = "yinju/tiny"
TOKENS = 400
WORDS = "貓狗茶山水睡吃喝天時的是在有不，。一二三四五六七八九十"
TEMPLATE = (
    "{% for message in messages %}◆{{ message.role }}◆{{ message.content }}◆end◆{% endfor %}"
    "{% if add_generation_prompt %}◆assistant◆{% endif %}"
)
"""Its signs are no template's: a random model says them at any time, and they would end its turn."""


def make_model(folder: Path, tokens: int) -> None:
    """Write a random Qwen2 that speaks `WORDS` and goes on for so many tokens."""
    import torch
    from tokenizers import Tokenizer
    from tokenizers.decoders import ByteLevel as ByteLevelDecoder
    from tokenizers.models import BPE
    from tokenizers.pre_tokenizers import ByteLevel
    from tokenizers.trainers import BpeTrainer
    from transformers import GenerationConfig, PreTrainedTokenizerFast, Qwen2Config, Qwen2ForCausalLM

    special = ["◆end◆", "◆system◆", "◆user◆", "◆assistant◆"]
    raw = Tokenizer(BPE())
    raw.pre_tokenizer, raw.decoder = ByteLevel(add_prefix_space=False), ByteLevelDecoder()
    trainer = BpeTrainer(
        vocab_size=400, special_tokens=special, initial_alphabet=ByteLevel.alphabet(), show_progress=False
    )
    raw.train_from_iterator([word * 3 for word in WORDS], trainer)
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=raw, eos_token="◆end◆", pad_token="◆end◆")  # type: ignore[no-untyped-call]
    tokenizer.chat_template = TEMPLATE
    tokenizer.save_pretrained(folder)
    torch.manual_seed(7)
    model = Qwen2ForCausalLM(
        Qwen2Config(
            vocab_size=len(tokenizer), hidden_size=32, intermediate_size=64, num_hidden_layers=2,
            num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=4_096,
            bos_token_id=None, eos_token_id=0, pad_token_id=0,
        )
    )  # fmt: skip
    model.generation_config = GenerationConfig(  # type: ignore[no-untyped-call]
        max_new_tokens=tokens, min_new_tokens=tokens, eos_token_id=0, pad_token_id=0, do_sample=False
    )
    model.save_pretrained(folder)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with the tiny model, which lies in the hub's cache as if it had been fetched."""
    cache = tmp_path_factory.mktemp("cache")
    model, revision = cache / f"models--{NAME.replace('/', '--')}", "0" * 40
    make_model(model / "snapshots" / revision, TOKENS)
    (model / "refs").mkdir()
    (model / "refs" / "main").write_text(revision)
    start = "from transformers.cli.transformers import main; main()"
    arguments = ["serve", NAME, "--host", "127.0.0.1", "--device", "cpu", "--port"]
    offline = {"HF_HUB_OFFLINE": "1", "HF_HOME": str(cache), "HF_HUB_CACHE": str(cache), "OMP_NUM_THREADS": "1"}
    with serving(start, arguments, offline, cache / "log.txt") as server:
        yield server


def made(served: Served, **changed: str | int) -> ChatModel:
    """A model at the server, the first that it lists."""
    model = load_model(Settings(**{"llm_base_url": served.base_url, **changed}))  # type: ignore[arg-type]
    assert model is not None
    return model


def test_the_first_model_listed_answers_in_pieces_to_its_end(served: Served) -> None:
    model = made(served)
    pieces = list(model.stream(QUESTION))
    assert model.name == NAME
    assert len(pieces) > 10 and not "".join(pieces).isspace()


def test_an_answer_ends_at_the_limit(served: Served) -> None:
    assert len("".join(made(served, llm_answer_characters=30).stream(QUESTION))) == 30


def test_stopping_ends_the_connection_and_the_server_answers_on(served: Served) -> None:
    model = made(served)
    stream = model.stream(QUESTION)
    next(stream)
    assert served.open_connections() == 1
    stream.close()
    end = time.monotonic() + 5
    while served.open_connections() and time.monotonic() < end:
        time.sleep(0.01)
    assert served.open_connections() == 0
    assert next(model.stream(QUESTION))


def test_a_model_that_is_not_there_is_refused(served: Served) -> None:
    with pytest.raises(GenerationError, match=r"HTTP 4\d\d.*YINJU_LLM_MODEL") as caught:
        list(made(served, llm_model="no/model").stream(QUESTION))
    assert caught.value.fault is ModelFault.FAILED


def test_an_address_without_v1_is_refused(served: Served) -> None:
    with pytest.raises(GenerationError, match=r"HTTP 404.*/v1 結尾") as caught:
        list(made(served, llm_base_url=served.base_url.removesuffix("/v1"), llm_model=NAME).stream(QUESTION))
    assert caught.value.fault is ModelFault.FAILED
