"""Words by jieba's dictionary: what the fast segmenter finds is what jieba finds."""

import warnings
from pathlib import Path

import pytest

from yinju.folding import fold
from yinju.segmentation import cut
from yinju.text import _HAN_RUN

REPOSITORY = Path(__file__).parents[1]
PROSE = [
    *REPOSITORY.glob("corpus/*.md"),
    *REPOSITORY.glob("corpus/*.txt"),
    *REPOSITORY.glob("benchmarks/corpus/*.md"),
    *REPOSITORY.glob("*.md"),
]


@pytest.fixture(scope="module")
def runs() -> list[str]:
    """Every run of Han characters in the repository's prose, folded, and some that are hard to cut."""
    prose = "\n".join(path.read_text("utf-8", errors="ignore") for path in PROSE)
    hard = "南京市长江大桥 研究生命起源 乒乓球拍卖完了 结婚的和尚未结婚的 𠮷野家 \U00030000人 中华人民共和国 一 〇二"
    return _HAN_RUN.findall(fold(f"{prose}\n{hard}"))


def test_jieba_finds_the_same_words(runs: list[str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba  # type: ignore[import-untyped]
    jieba.setLogLevel("WARNING")
    expected = [word for run in runs for word in jieba.cut(run, HMM=False)]
    assert len(expected) > 3_000
    assert cut(runs) == expected


def test_runs_cut_together_or_alone_have_the_same_words(runs: list[str]) -> None:
    assert cut(runs) == [word for run in runs for word in cut([run])]


def test_nothing_has_no_words() -> None:
    assert cut([]) == []
