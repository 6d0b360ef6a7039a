"""The point of a list that a question asks for by its place."""

from collections.abc import Iterator

import pytest
from tests.shelves import library_of

from yinju.answering.extracted import find
from yinju.answering.ordinals import point_of_list
from yinju.retrieval import Retriever

GUIDE = """# 溫室手冊

## 退租步驟

1. 到櫃檯填單。
2. 交還鑰匙。
3. 七天內退回押金。

## 挑苗

好苗的標準有三條：

- **莖粗**：比筷子粗；
- **葉厚**：摸起來不軟；
- **根白**：沒有黑斑。

## 消毒

第一步：清空花架。第二步：噴藥。第三步：通風一小時。
"""


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Retriever]:
    """What finds passages of a handbook."""
    with library_of({"溫室.md": GUIDE}, tmp_path_factory.mktemp("ordinals")) as library:
        yield library.answering().retriever


def point(retriever: Retriever, question: str) -> list[str]:
    evidence = find(retriever, question).evidence
    return [one.text for one in point_of_list(evidence.query, evidence.ranked)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("退租第二步做什麼", "2. 交還鑰匙。"),
        ("退租最后一步是什么", "3. 七天內退回押金。"),
        ("退租倒數第二步要做什麼", "2. 交還鑰匙。"),
        ("好苗的第三條標準", "- **根白**：沒有黑斑。"),
    ],
)
def test_the_point_at_that_place_is_given(retriever: Retriever, question: str, expected: str) -> None:
    assert point(retriever, question) == [expected]


@pytest.mark.parametrize(
    "question",
    [
        "退租第四步做什麼",  # there are three
        "退租要做什麼",  # no place
        "澆水的第二步是什麼",  # no such list
        "消毒第三步做什麼",  # numbered in words
    ],
)
def test_no_other_point_is_given(retriever: Retriever, question: str) -> None:
    assert point(retriever, question) == []
