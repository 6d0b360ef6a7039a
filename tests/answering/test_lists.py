"""Lists among sentences, by the blocks that they are parts of."""

from yinju.answering.lists import Listing, find_enumerations, find_lists
from yinju.types import Block, BlockKind

LEAD, OTHER = Block(BlockKind.PARAGRAPH, group=1), Block(BlockKind.PARAGRAPH)
ONE, TWO = Block(BlockKind.ITEM, 5, 9, group=1), Block(BlockKind.ITEM, 10, 14, group=1)
ROW, HEADS = Block(BlockKind.ROW, 20, 24, group=2), Block(BlockKind.HEADS, 15, 19, group=2)


def test_a_list_has_the_sentence_that_leads_in_to_it() -> None:
    assert find_lists([OTHER, LEAD, ONE, TWO, None]) == [Listing(1, (2, 3))]


def test_further_sentences_of_a_point_stay_with_it() -> None:
    assert find_lists([ONE, ONE, TWO]) == [Listing(None, (0, 1, 2))]


def test_rows_are_a_list_below_their_heads() -> None:
    assert find_lists([HEADS, ROW, ROW]) == [Listing(0, (1, 2))]


def test_a_point_alone_and_points_of_no_list_are_none() -> None:
    assert find_lists([LEAD, ONE, None]) == []
    assert find_lists([Block(BlockKind.ITEM), Block(BlockKind.ITEM)]) == []
    assert find_lists([]) == []


def test_lists_side_by_side_are_two() -> None:
    assert find_lists([ONE, TWO, ROW, ROW]) == [Listing(None, (0, 1)), Listing(None, (2, 3))]


def test_places_hold_the_lead_in() -> None:
    assert Listing(0, (1, 2)).places == (0, 1, 2)
    assert Listing(None, (1, 2)).places == (1, 2)


def test_points_within_a_paragraph_are_a_list() -> None:
    said = ["備料。", "異物：① 道歉；② 到桌；", "③ 拍照；④ 另送甜品。", "（見附件）", "（一）另記。"]
    assert find_enumerations(said, [0, 1, 1, 2, 3]) == [Listing(None, (1, 2))]
    assert find_enumerations(["先① 道歉。", "再說。"], [0, 0]) == []
