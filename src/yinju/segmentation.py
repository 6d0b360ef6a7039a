"""Runs of Han characters → words, by jieba's dictionary. The only user of jieba.

rjieba is the same algorithm over the same dictionary in Rust, ten times as fast: tests/test_segmentation.py compares
them.
"""

from collections.abc import Callable, Sequence
from functools import cache


@cache
def _cutter() -> Callable[[str], list[str]]:
    import rjieba

    segmenter = rjieba.Jieba()
    return lambda text: segmenter.cut(text, hmm=False)


def cut(runs: Sequence[str]) -> list[str]:
    """The words of folded runs of Han characters, in order."""
    return [word for word in _cutter()(" ".join(runs)) if word != " "]
