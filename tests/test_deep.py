"""The transformer that reads meaning: windows of whole sentences, a vector for each, what was read is remembered."""

import numpy as np
import pytest

from yinju.deep import FOLDER, LINE, WIDTH, WINDOW, DeepEncoder, Pieces, Text, deep_encoder
from yinju.types import Passage

LINES = ("本館週一休館。", "孩子發燒時請在家休息。", "停車每小時三十元。")


@pytest.fixture(scope="module")
def encoder() -> DeepEncoder:
    return deep_encoder()


def passage(*lines: str, title: str = "須知") -> Passage:
    text, spans = "", []
    for line in lines:
        spans.append((len(text), len(text) + len(line)))
        text += line
    return Passage(1, "須知.txt", title, (), None, 0, len(text), text, tuple(spans))


def test_each_sentence_is_in_one_window_with_what_stands_above() -> None:
    pieces = Pieces(FOLDER)
    lines = [f"第{n}條 會員應於到期前三十日提出申請，逾期者重新繳納入會費並換發新證。" for n in range(1, 40)]
    windows = [*pieces.windows("會員章程", lines)]
    assert len(windows) > 1
    assert sum(len(window.spans) for window in windows) == len(lines)
    assert all(len(window.pieces) <= WINDOW + LINE for window in windows)
    opening = windows[0].pieces[: windows[0].spans[0][0]]
    assert all(window.pieces[: len(opening)] == opening for window in windows)


def test_a_long_sentence_is_cut_and_an_empty_one_stays_in_its_place() -> None:
    pieces = Pieces(FOLDER)
    (window,) = pieces.windows("", ["茶" * 500, "", "酒"])
    lengths = [end - start for start, end in window.spans]
    assert lengths[0] == LINE and lengths[1] <= 1 and lengths[2] >= 1


def test_vectors_are_of_length_one_in_the_order_given(encoder: DeepEncoder) -> None:
    one, other, empty = passage(*LINES), passage("短句。", title=""), passage(title="空")
    vectors = encoder.vectors([one, other, empty])
    assert vectors.shape == (3, WIDTH) and not vectors[2].any()
    assert np.allclose(np.linalg.norm(vectors[:2], axis=1), 1, atol=1e-3)
    assert np.allclose(encoder.vectors([other])[0], vectors[1], atol=1e-6)
    assert encoder.vectors([]).shape == (0, WIDTH)


@pytest.mark.parametrize(
    ("question", "nearest"),
    [("礼拜几不开", 0), ("小朋友生病了可以送來嗎", 1), ("what does it cost to park", 2), ("開車去要另外付錢嗎", 2)],
)
def test_what_is_meant_is_nearest_though_no_word_is_shared(encoder: DeepEncoder, question: str, nearest: int) -> None:
    (cosines,) = encoder.cosines(question, [passage(*LINES)])
    assert int(cosines.argmax()) == nearest


def test_both_scripts_are_one(encoder: DeepEncoder) -> None:
    assert np.allclose(encoder.question("停車費怎麼算"), encoder.question("停车费怎么算"), atol=1e-4)


@pytest.mark.parametrize(
    ("question", "answering"), [("禮拜幾不開", 0), ("小孩发烧了怎么办", 1), ("停車一小時多少錢", 2)]
)
def test_the_sentence_that_answers_is_told_from_the_others(encoder: DeepEncoder, question: str, answering: int) -> None:
    with_it, without = passage(*LINES), passage(*(line for n, line in enumerate(LINES) if n != answering))
    answers, others = encoder.answers(question, [with_it, without])
    assert answers.shape == (3,) and others.shape == (2,)
    assert int(answers.argmax()) == answering
    assert answers.max() > others.max() + 1


def test_answers_do_not_hang_on_what_else_is_read(encoder: DeepEncoder) -> None:
    long = passage(*(f"第{n}條 會員應於到期前三十日提出申請，逾期者重新繳納入會費。" for n in range(1, 40)))
    (alone,) = encoder.answers("逾期要怎樣", [long])
    beside = encoder.answers("逾期要怎樣", [passage(*LINES), long, passage(title="空")])
    assert np.array_equal(alone, beside[1]) and len(alone) == 39
    assert beside[2].shape == (0,)


def test_what_was_read_is_not_read_again(encoder: DeepEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    known, new = passage(*LINES, title="記得的"), passage("新的一句。", title="新的")
    before = encoder.cosines("停車", [known])
    read: list[str] = []
    whole = encoder._read

    def counted(text: Text) -> object:
        read.append(text[0])
        return whole(text)

    monkeypatch.setattr(encoder, "_read", counted)
    after = encoder.cosines("停車", [new, known])
    assert read == ["新的"]
    assert np.array_equal(before[0], after[1])
