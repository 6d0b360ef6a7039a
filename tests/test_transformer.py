"""Models of sentence-transformers, tiny ones with random weights made here: from loading to an answer."""

import json
import shutil
import socket
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from yinju.cli import main
from yinju.embedding import load_encoder
from yinju.errors import EncoderError, RerankerError
from yinju.ingest.records import embedded_text
from yinju.library import build_index, open_library
from yinju.settings import Settings
from yinju.text import tokens
from yinju.transformer import CrossEncoderReranker, SentenceTransformerEncoder, load_reranker
from yinju.types import FileState
from yinju.vocabulary import shipped_model, shipped_vocabulary

pytestmark = pytest.mark.xdist_group("torch")  # one process alone imports it

Run = Callable[..., tuple[str, str, int]]
CHARACTERS = "茶山水人貓狗書車年月日一二三四五六七八微商是什麼問文營銷睡"
TEXTS = ["茶山" * (i % 40) + CHARACTERS[i % 25] for i in range(70)]
"""Of 1 to 79 characters, so that no batch of 32 holds texts of one length."""


def save_backbone(folder: Path, labels: int = 0) -> None:
    """A BERT of one layer and 16 numbers, seeded; with labels, one that classifies."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertModel, BertTokenizer

    torch.manual_seed(labels)
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *CHARACTERS]
    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(words), "utf-8")
    config = BertConfig(
        vocab_size=len(words), max_position_embeddings=128, initializer_range=1.0, hidden_size=16,
        intermediate_size=16, num_hidden_layers=1, num_attention_heads=2,
    )  # fmt: skip
    config.num_labels = max(labels, 1)
    (BertForSequenceClassification if labels else BertModel)(config).save_pretrained(folder)
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with bare, encoder, poolless, cross (one score) and classifier (three)."""
    from sentence_transformers import CrossEncoder, SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer

    folder = tmp_path_factory.mktemp("models")
    save_backbone(folder / "bare")
    save_backbone(folder / "cross-bare", 1)
    save_backbone(folder / "classifier", 3)
    transformer = Transformer(str(folder / "bare"))
    prompts = {"query": "問", "document": "文"}
    SentenceTransformer(modules=[transformer, Pooling(16, "mean")], prompts=prompts).save(str(folder / "encoder"))
    SentenceTransformer(modules=[transformer]).save(str(folder / "poolless"), create_model_card=False)
    CrossEncoder(str(folder / "cross-bare")).save(str(folder / "cross"))
    return folder


@pytest.fixture(scope="module")
def tiny(models: Path) -> SentenceTransformerEncoder:
    return SentenceTransformerEncoder(str(models / "encoder"))


@pytest.fixture(scope="module")
def cross(models: Path) -> CrossEncoderReranker:
    return CrossEncoderReranker(str(models / "cross"))


@pytest.fixture
def changed(models: Path, tmp_path: Path) -> Path:
    """A copy of the encoder's folder, to be changed."""
    return shutil.copytree(models / "encoder", tmp_path / "changed")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command under settings as (standard output, standard error, exit status)."""

    def command(*arguments: str, **settings: str) -> tuple[str, str, int]:
        status = 0
        with monkeypatch.context() as patch:
            for name, value in settings.items():
                patch.setenv(f"YINJU_{name.upper()}", value)
            patch.setattr(sys, "argv", ["yinju", *arguments])
            try:
                main()
            except SystemExit as end:
                assert isinstance(end.code, int)
                status = end.code
        return (*capsys.readouterr(), status)

    return command


def test_the_shipped_folder_is_a_model_of_sentence_transformers() -> None:
    from sentence_transformers import SentenceTransformer

    texts = ["微商是什麼？", "营销与运营的区别", "GPT-4 in 2024", "𠮷野家的牛丼", "茶"]
    name_of = shipped_vocabulary().name_of
    split = [" ".join(name_of(token) for token in tokens(text)) for text in texts]
    twin = SentenceTransformer(str(shipped_model())).encode(split)
    np.testing.assert_allclose(twin, load_encoder("").encode_documents(texts), atol=1e-5)


def test_questions_and_documents_get_the_models_own_prompts(tiny: SentenceTransformerEncoder, models: Path) -> None:
    from sentence_transformers import SentenceTransformer

    plain = SentenceTransformer(str(models / "encoder"))
    asked, told = tiny.encode_queries(TEXTS[:3]), tiny.encode_documents(TEXTS[:3])
    by_hand = {mark: plain.encode([mark + text for text in TEXTS[:3]], normalize_embeddings=True) for mark in "問文"}
    np.testing.assert_allclose(asked, by_hand["問"], atol=1e-5)
    np.testing.assert_allclose(told, by_hand["文"], atol=1e-5)
    assert np.abs(asked - told).max() > 0.01


def test_vectors_have_length_one_and_no_text_gives_none(tiny: SentenceTransformerEncoder) -> None:
    vectors = tiny.encode_documents(TEXTS)
    assert vectors.shape == (70, 16)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert tiny.encode_documents([]).shape == tiny.encode_queries([]).shape == (0, 16)


def test_batches_keep_the_order_and_tell_how_far_they_are(
    tiny: SentenceTransformerEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = np.concatenate([tiny.encode_documents([text]) for text in TEXTS[::7]])
    given: list[int] = []
    encode = tiny._model.encode_document

    def watched(texts: list[str], **options: Any) -> Any:  # noqa: ANN401
        given.extend(len(text) for text in texts)
        return encode(texts, **options)

    monkeypatch.setattr(tiny._model, "encode_document", watched)
    seen: list[tuple[int, int, str]] = []
    vectors = tiny.encode_documents(TEXTS, lambda *step: seen.append(step))
    np.testing.assert_allclose(vectors[::7], alone, atol=1e-5)
    assert seen == [(32, 70, "embed cpu"), (64, 70, "embed cpu"), (70, 70, "embed cpu")]
    assert given == sorted(map(len, TEXTS), reverse=True)


def test_batches_are_halved_until_the_memory_is_enough(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from torch import OutOfMemoryError

    tiny = SentenceTransformerEncoder(str(models / "encoder"))
    expected, enough, sizes = tiny.encode_documents(TEXTS), 8, []
    encode = tiny._model.encode_document

    def cramped(texts: list[str], **options: Any) -> Any:  # noqa: ANN401
        if len(texts) > enough:
            raise OutOfMemoryError("CUDA out of memory.")
        sizes.append(len(texts))
        return encode(texts, **options)

    monkeypatch.setattr(tiny._model, "encode_document", cramped)
    np.testing.assert_allclose(tiny.encode_documents(TEXTS), expected, atol=1e-5)
    assert sizes == [8] * 8 + [6]
    enough = 0
    with pytest.raises(EncoderError, match="needs more memory than cpu has; to use the model that ships with Yinju"):
        tiny.encode_documents(TEXTS)


def test_several_threads_take_turns(tiny: SentenceTransformerEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    expected, inside, seen = tiny.encode_queries(TEXTS), 0, []
    encode = tiny._model.encode_query

    def watched(texts: list[str], **options: Any) -> Any:  # noqa: ANN401
        nonlocal inside
        inside += 1
        seen.append(inside)
        time.sleep(0.002)
        made = encode(texts, **options)
        inside -= 1
        return made

    monkeypatch.setattr(tiny._model, "encode_query", watched)
    with ThreadPoolExecutor(8) as pool:
        vectors = list(pool.map(lambda text: tiny.encode_queries([text])[0], TEXTS))
    np.testing.assert_allclose(np.array(vectors), expected, atol=1e-5)
    assert seen == [1] * 70


def test_the_fingerprint_is_of_what_decides_the_vectors(tiny: SentenceTransformerEncoder, changed: Path) -> None:
    from safetensors.numpy import load_file, save_file

    def fingerprint() -> str:
        return SentenceTransformerEncoder(str(changed)).fingerprint

    def edit(name: str, **values: object) -> None:
        found = json.loads((changed / name).read_text("utf-8"))
        (changed / name).write_text(json.dumps(found | values), "utf-8")

    assert len(tiny.fingerprint) == 16
    (changed / "README.md").write_text("moved to another folder", "utf-8")
    seen = [fingerprint()]
    assert seen == [tiny.fingerprint]
    edit("config_sentence_transformers.json", prompts={"query": "茶", "document": "文"})
    seen.append(fingerprint())
    edit("1_Pooling/config.json", pooling_mode="cls")
    seen.append(fingerprint())
    edit("sentence_bert_config.json", max_seq_length=64)
    seen.append(fingerprint())
    weights = load_file(changed / "model.safetensors")
    weights["embeddings.word_embeddings.weight"] += 1e-4
    save_file(weights, changed / "model.safetensors", {"format": "pt"})
    seen.append(fingerprint())
    assert len(set(seen)) == 5


def spoil_weights(folder: Path) -> None:
    """Cut the weights short."""
    weights = (folder / "model.safetensors").read_bytes()
    (folder / "model.safetensors").write_bytes(weights[:-100])


def spoil_tokenizer(folder: Path) -> None:
    """Make the tokenizer no JSON."""
    (folder / "tokenizer.json").write_text("{", "utf-8")


def spoil_numbers(folder: Path) -> None:
    """Make one weight no number."""
    from safetensors.numpy import load_file, save_file

    weights = load_file(folder / "model.safetensors")
    weights["embeddings.LayerNorm.weight"][0] = np.nan
    save_file(weights, folder / "model.safetensors", {"format": "pt"})


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (spoil_weights, "cannot be loaded (SafetensorError: "),
        (spoil_tokenizer, "cannot be loaded ("),
        (spoil_numbers, "gives values that are no numbers, on cpu"),
    ],
)
def test_models_that_cannot_be_used(changed: Path, spoil: Callable[[Path], None], said: str) -> None:
    spoil(changed)
    with pytest.raises(EncoderError) as caught:
        load_encoder(str(changed))
    assert said in str(caught.value)
    assert str(caught.value).endswith("to use the model that ships with Yinju: unset YINJU_ENCODER")
    assert "\n" not in str(caught.value)


def test_models_that_lack_a_part(models: Path) -> None:
    with pytest.raises(EncoderError, match=r"cannot be used \(.*\); expected a model that pools its tokens"):
        load_encoder(str(models / "poolless"))
    with pytest.raises(RerankerError, match="classifier gives 3 scores for a pair of texts, expected 1; to do without"):
        load_reranker(str(models / "classifier"))
    assert load_encoder(str(models / "bare")).dimension == 16


def test_no_connection_is_made_from_loading_to_answering(
    models: Path, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda _, address: tried.append(address))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *address, **_: tried.append(address))
    settings = Settings(encoder=str(models / "encoder"), reranker=str(models / "cross"))
    build_index(corpus, tmp_path / "index", settings=settings)
    with open_library(tmp_path / "index", settings=settings) as library:
        assert library.ask("微商是什麼？").citations
    assert tried == []


def test_an_index_is_used_with_the_model_that_made_it(
    run: Run, models: Path, built: Path, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By hub id from the cache, and the two ways of asking with another model."""
    from huggingface_hub import constants

    snapshot = tmp_path / "cache" / "models--org--tiny" / "snapshots" / "0123"
    shutil.copytree(models / "encoder", snapshot)
    (snapshot.parents[1] / "refs").mkdir()
    (snapshot.parents[1] / "refs" / "main").write_text("0123", "utf-8")
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "cache"))
    index = str(tmp_path / "index")
    out, err, status = run("index", str(corpus), "--index", index, "--json", encoder="org/tiny")
    assert (err, status) == ("", 0)
    assert {outcome["state"] for outcome in json.loads(out)["outcomes"]} == {FileState.INDEXED}
    out, err, status = run("ask", "微商是什麼？", "--index", index, "--json", encoder="org/tiny")
    assert (err, status) == ("", 0)
    assert json.loads(out)["citations"][0]["document"] == "營銷.txt"
    found = json.loads(run("verify", "--index", index, "--json", encoder="org/tiny")[0])
    assert (found["encoder"], found["device"], "reranker" in found) == ("org/tiny", "cpu", False)
    for used, other in ((index, ""), (str(built / "shipped"), "org/tiny")):
        out, err, status = run("ask", "茶？", "--index", used, encoder=other)
        assert (out, status) == ("", 1)
        made, using = ("yinju-static", "org/tiny") if other else ("org/tiny", "yinju-static")
        assert err.startswith(f"yinju: 索引是用 {made}（")
        assert f"現在用的是 {using}（" in err
        assert err.endswith(f"或重建索引：yinju index 資料夾 --index {used} --rebuild\n")


def test_scores_are_those_of_the_cross_encoder(cross: CrossEncoderReranker, models: Path) -> None:
    from sentence_transformers import CrossEncoder

    pairs = [("茶", text) for text in TEXTS]
    scores = cross.scores("茶", TEXTS)
    np.testing.assert_allclose(scores, CrossEncoder(str(models / "cross")).predict(pairs), atol=1e-5)
    assert scores.dtype == np.float32
    assert 0 <= scores.min() < scores.max() <= 1
    assert cross.scores("茶", []).shape == (0,)


def test_a_library_has_the_re_rankers_order(cross: CrossEncoderReranker, corpus: Path, tmp_path: Path) -> None:
    build_index(corpus, tmp_path / "index")
    question = "高山茶怎麼泡？"
    with open_library(tmp_path / "index") as library:
        before = library.search(question)
    assert len(before) == 4
    fit = cross.scores(question, [embedded_text(hit.passage) for hit in before])
    for count in (2, 4):
        settings = Settings(reranker=cross.name, rerank_candidates=count)
        with open_library(tmp_path / "index", settings=settings) as library:
            hits = library.search(question)
        order = sorted(range(count), key=lambda i: -fit[i])
        assert [hit.passage for hit in hits] == [before[i].passage for i in order] + [h.passage for h in before[count:]]
        scores = [hit.score for hit in hits]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)
    assert order != list(range(4)), "the tiny model should disagree with the ranker"


def test_the_command_line_uses_the_re_ranker(run: Run, cross: CrossEncoderReranker, built: Path) -> None:
    index = str(built / "shipped")
    plain = json.loads(run("ask", "高山茶怎麼泡？", "--index", index, "--json")[0])
    out, err, status = run("ask", "高山茶怎麼泡？", "--index", index, "--json", reranker=cross.name)
    assert (err, status) == ("", 0)
    assert json.loads(out)["confidence"] != plain["confidence"]
    found = json.loads(run("verify", "--index", index, "--json", reranker=cross.name)[0])
    assert (found["encoder"], found["reranker"], found["device"]) == ("yinju-static", cross.name, "cpu")


def test_the_shipped_models_need_no_re_ranker() -> None:
    assert load_reranker("") is None
