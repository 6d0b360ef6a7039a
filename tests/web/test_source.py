"""A kept citation after its document has changed: found again where that is certain, else shown as it was quoted."""

import pytest

from yinju.web.source import NEAR, find_quote

SENTENCE = "貓每天要睡十四個小時。"


@pytest.mark.parametrize(
    ("text", "quote", "near", "expected"),
    [
        (f"前言。{SENTENCE}後文。", SENTENCE, 0, 3),
        (f"{SENTENCE}{'字' * 3 * NEAR}{SENTENCE}", SENTENCE, 5, 0),
        (f"{'字' * 3 * NEAR}{SENTENCE}", SENTENCE, 0, 3 * NEAR),
        (f"{'字' * 3 * NEAR}是的。", "是的。", 0, None),
        (f"{SENTENCE}{SENTENCE}", SENTENCE, 0, None),
        ("貓每天要睡十二個小時。", SENTENCE, 0, None),
        ("哈哈哈", "哈哈", 0, None),
        ("文", "", 0, None),
        ("1+1=2。(x", "1+1=2。(", 0, 0),
    ],
)
def test_a_quote_is_found_where_it_is_certain(text: str, quote: str, near: int, expected: int | None) -> None:
    assert find_quote(text, quote, near) == (None if expected is None else (expected, expected + len(quote)))
