"""Which characters and words are taken for one another."""

import pytest

from yinju.folding import fold
from yinju.retrieval.alike import Likeness, _lines, alike_characters, alike_words


@pytest.mark.parametrize(
    ("typed", "meant", "likeness"),
    [
        ("薄", "博", Likeness.BOTH),
        ("威", "微", Likeness.SOUND),
        ("录", "露", Likeness.SOUND),
        ("四", "是", Likeness.ACCENT),
        ("兰", "南", Likeness.ACCENT),
        ("今", "经", Likeness.ACCENT),
        ("未", "末", Likeness.SHAPE),
        ("候", "侯", Likeness.BOTH),
        ("徽", "微", Likeness.SHAPE),
    ],
)
def test_in_what_characters_are_alike(typed: str, meant: str, likeness: Likeness) -> None:
    assert alike_characters(typed)[meant] is likeness


def test_a_character_is_not_its_own_error_and_others_are_far_apart() -> None:
    assert "薄" not in alike_characters("薄")
    assert "店" in alike_characters("电") and "山" not in alike_characters("水")
    assert not alike_characters("a")


def test_words_said_alike() -> None:
    assert "用户" in alike_words("拥护") and "拥护" not in alike_words("拥护")
    assert "微博" not in alike_words("微薄"), "one character alone differs"


def test_both_tables_are_folded_and_every_group_tells_something() -> None:
    lines = [*_lines("sounds.txt"), *_lines("look_alikes.txt")]
    text = "".join(group for line in lines for group in line)
    assert fold(text) == text
    groups = [group for line in _lines("look_alikes.txt") for group in line]
    assert all(len(group) > 1 and len(set(group)) == len(group) for group in groups)
    assert len(groups) > 300
