"""Tokens → ids and weights, on a vocabulary of three tokens and four hashed ids, and on the shipped one."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import save_file

from yinju.errors import EncoderError
from yinju.vocabulary import BUCKET, Vocabulary, bucket_of, shipped_vocabulary

NAMES = ["茶", "山水", "2024", *(BUCKET.format(i) for i in range(4))]


@pytest.fixture
def vocabulary(tmp_path: Path) -> Vocabulary:
    ids = {name: i for i, name in enumerate(NAMES)}
    (tmp_path / "tokenizer.json").write_text(json.dumps({"model": {"vocab": ids}}), "utf-8")
    weights: dict[str, NDArray[Any]] = {
        "idf": np.array([1, 2, 3, 4, 5, 6, 7.5], np.float16),
        "asked": np.array([0.5, 2, 3, 4, 5, 6, 7.5], np.float16),
        "noun": np.array([1, 0, 0, 0, 0, 0, 0], np.uint8),
    }
    save_file(weights, tmp_path / "idf.safetensors")
    return Vocabulary(tmp_path)


def test_the_hash_is_crc_32() -> None:
    assert bucket_of("123456789", 1 << 32) == 0xCBF43926  # the check value of CRC-32/ISO-HDLC
    assert bucket_of("123456789", 4) == 2


def test_a_known_token_has_its_own_id(vocabulary: Vocabulary) -> None:
    assert [vocabulary.id(name) for name in ("茶", "山水", "2024")] == [0, 1, 2]
    assert vocabulary.name_of("山水") == "山水"


def test_a_token_weighs_in_a_question_as_in_everyday_speech(vocabulary: Vocabulary) -> None:
    assert (vocabulary.weight("茶"), vocabulary.asked_weight("茶")) == (1, 0.5)
    assert vocabulary.asked_weight("123456789") == vocabulary.weight("123456789") == 6
    shipped = shipped_vocabulary()
    assert shipped.asked_weight("钱") < shipped.weight("钱"), "rare in statutes, common in talk"
    assert all(shipped.asked_weight(token) <= shipped.weight(token) for token in ("孩子", "东西", "营销", "的"))


def test_a_word_that_the_vocabulary_lacks_is_a_name(vocabulary: Vocabulary) -> None:
    assert [vocabulary.is_noun(word) for word in ("茶", "山水", "從沒見過")] == [True, False, True]


def test_an_unknown_token_shares_a_hashed_id(vocabulary: Vocabulary) -> None:
    assert vocabulary.id("123456789") == 3 + 2
    assert vocabulary.name_of("123456789") == "#2"
    assert vocabulary.weight("123456789") == 6


def test_ids_keep_order_and_repeats(vocabulary: Vocabulary) -> None:
    ids = vocabulary.ids(["2024", "茶", "2024"])
    assert ids.tolist() == [2, 0, 2]
    assert ids.dtype == np.int64
    assert vocabulary.ids([]).shape == (0,)


def test_the_shipped_vocabulary_knows_common_words_and_weighs_rare_ones_more() -> None:
    shipped = shipped_vocabulary()
    assert shipped.name_of("营销") == "营销"
    assert shipped.name_of("𠮷\U00030000") == BUCKET.format(bucket_of("𠮷\U00030000", shipped._ids._buckets))
    assert 0 < shipped.weight("的") < shipped.weight("营销") < shipped.weight("炒青")
    assert shipped_vocabulary() is shipped


@pytest.mark.parametrize("file", ["tokenizer.json", "idf.safetensors"])
@pytest.mark.parametrize("content", [None, "version https://git-lfs.github.com/spec/v1\n"])
def test_a_damaged_model_is_told(vocabulary: Vocabulary, tmp_path: Path, file: str, content: str | None) -> None:
    (tmp_path / file).unlink()
    if content:
        (tmp_path / file).write_text(content)
    with pytest.raises(EncoderError, match=r"The model in .* cannot be read .*reinstall yinju"):
        Vocabulary(tmp_path)
