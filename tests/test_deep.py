"""The transformer that reads meaning: windows of whole sentences, a vector for each, what was read is remembered."""

from collections.abc import Sequence

import numpy as np
import pytest

from yinju.deep import FOLDER, LINE, WIDTH, WINDOW, DeepEncoder, Pieces, deep_encoder
from yinju.types import Passage, Vectors

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
    both = encoder.passages([("須知", LINES), ("", ("短句。",))])
    assert [vectors.shape for vectors in both] == [(3, WIDTH), (1, WIDTH)]
    assert np.allclose(np.linalg.norm(np.vstack(both), axis=1), 1, atol=1e-3)
    assert encoder.passages([]) == [] and encoder.passages([("空", ())])[0].shape == (0, WIDTH)


@pytest.mark.parametrize(
    ("question", "nearest"),
    [("礼拜几不开", 0), ("小朋友生病了可以送來嗎", 1), ("what does it cost to park", 2), ("開車去要另外付錢嗎", 2)],
)
def test_what_is_meant_is_nearest_though_no_word_is_shared(encoder: DeepEncoder, question: str, nearest: int) -> None:
    (cosines,) = encoder.cosines(question, [passage(*LINES)])
    assert int(cosines.argmax()) == nearest


def test_both_scripts_are_one(encoder: DeepEncoder) -> None:
    assert np.allclose(encoder.question("停車費怎麼算"), encoder.question("停车费怎么算"), atol=1e-4)


def test_what_was_read_is_not_read_again(encoder: DeepEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    known, new = passage(*LINES, title="記得的"), passage("新的一句。", title="新的")
    before = encoder.cosines("停車", [known])
    read: list[int] = []
    whole = encoder.passages

    def counted(texts: Sequence[tuple[str, Sequence[str]]]) -> list[Vectors]:
        read.append(len(texts))
        return whole(texts)

    monkeypatch.setattr(encoder, "passages", counted)
    after = encoder.cosines("停車", [new, known])
    assert read == [1]
    assert np.array_equal(before[0], after[1])
