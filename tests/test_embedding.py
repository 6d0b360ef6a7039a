"""Texts → unit vectors: the shipped encoder. Other models: test_transformer."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from yinju.embedding import StaticEncoder, load_encoder
from yinju.errors import EncoderError
from yinju.protocols import Encoder
from yinju.vocabulary import shipped_vocabulary

TEXTS = ["微商是什麼？", "营销与运营的区别", "GPT-4 in 2024", "𠮷野家的牛丼", "茶"]


@pytest.fixture(scope="module")
def shipped() -> Encoder:
    return load_encoder("")


def test_vectors_have_length_one(shipped: Encoder) -> None:
    vectors = shipped.encode_documents(TEXTS)
    assert vectors.shape == (5, shipped.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("text", ["", "，。！", "\u3000", "😀"])
def test_a_text_without_tokens_is_unrelated_to_everything(shipped: Encoder, text: str) -> None:
    assert not shipped.encode_queries([text]).any()


def test_no_texts_give_no_vectors(shipped: Encoder) -> None:
    assert shipped.encode_queries([]).shape == shipped.encode_documents([]).shape == (0, shipped.dimension)


def test_batches_keep_the_order_and_tell_how_far_they_are(shipped: Encoder) -> None:
    texts = [f"第{i}段談{'茶山水人'[i % 4]}" for i in range(600)]
    seen: list[tuple[int, int, str]] = []
    vectors = shipped.encode_documents(texts, lambda *step: seen.append(step))
    assert seen == [(256, 600, "embed"), (512, 600, "embed"), (600, 600, "embed")]
    for i in (0, 255, 256, 599):
        np.testing.assert_allclose(vectors[i], shipped.encode_queries([texts[i]])[0], atol=1e-6)


def test_thousands_of_texts_are_shared_out_and_come_out_the_same(
    shipped: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f"第{i}段談{'茶山水人'[i % 4]}\ud800" for i in range(401)]
    alone = shipped.encode_documents(texts)
    answered: list[int] = []
    run = subprocess.run

    def watched(*arguments: Any, **options: Any) -> subprocess.CompletedProcess[bytes]:  # noqa: ANN401 - as run
        done = run(*arguments, **options)
        answered.append(len(done.stdout))
        return done

    monkeypatch.setattr("yinju.embedding._SHARE", 100)
    monkeypatch.setattr("os.cpu_count", lambda: 3)
    monkeypatch.setattr(subprocess, "run", watched)
    seen: list[tuple[int, int, str]] = []
    assert np.array_equal(shipped.encode_documents(texts, lambda *step: seen.append(step)), alone)
    assert sum(answered) == (134 + 133) * shipped.dimension * 4
    assert seen == [(401, 401, "embed")]


@pytest.mark.parametrize("broken", ["raise SystemExit(1)", "print('not vectors')", "import sys; sys.stdin.close()"])
def test_without_help_everything_is_encoded_here(
    shipped: Encoder, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    texts = [f"第{i}段" for i in range(300)]
    alone = shipped.encode_documents(texts)
    monkeypatch.setattr("yinju.embedding._SHARE", 100)
    monkeypatch.setattr("yinju.embedding._HELP", broken)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    assert np.array_equal(shipped.encode_documents(texts), alone)


def test_both_scripts_have_the_same_vector(shipped: Encoder) -> None:
    traditional, simplified = shipped.encode_queries(["為什麼營銷重要？", "为什么营销重要？"])
    assert np.array_equal(traditional, simplified)


def test_likeness(shipped: Encoder) -> None:
    question, near, far = shipped.encode_queries(["怎麼推廣品牌", "品牌推广的方法", "貓一天睡多久"])
    assert question @ near > question @ far + 0.2


def test_the_shipped_encoder_is_what_it_says(shipped: Encoder) -> None:
    assert shipped.name == "yinju-static"
    assert len(shipped.fingerprint) == 16
    assert load_encoder("yinju-static").fingerprint == load_encoder().fingerprint == shipped.fingerprint


def test_a_missing_weights_file_names_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"model\.safetensors cannot be read .*reinstall yinju"):
        StaticEncoder(tmp_path, shipped_vocabulary())


def test_a_damaged_weights_file_names_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_text("version https://git-lfs.github.com/spec/v1\n")
    with pytest.raises(EncoderError, match=r"model\.safetensors cannot be read .*reinstall yinju"):
        StaticEncoder(tmp_path, shipped_vocabulary())


def test_the_shipped_encoder_needs_no_torch(corpus: Path, tmp_path: Path) -> None:
    program = (
        "import sys, yinju\n"
        "yinju.build_index(sys.argv[1], sys.argv[2])\n"
        "assert yinju.open_library(sys.argv[2]).ask('微商是什麼？').citations\n"
        "print({'torch', 'sentence_transformers', 'gradio'} & set(sys.modules))\n"
    )
    command = [sys.executable, "-c", program, str(corpus), str(tmp_path / "index")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout, done.stderr) == ("set()\n", "")
