"""Blocks: packed for JSON and back, shifted, and the paragraphs between them."""

import json

from yinju.types import Block, BlockKind, filled_in, pack_blocks, unpack_blocks

TABLE = [
    Block(BlockKind.HEADS, 0, 5, group=1, cells=(0, 2, 3, 5)),
    Block(BlockKind.ROW, 6, 15, group=1, heads=("姓名", "分機"), cells=(3, 5, 0, 0)),
    Block(BlockKind.HEADING, 16, 20, level=2, name="請假"),
    Block(BlockKind.FIELD, 21, 26, group=2, name="編號", record="A-1"),
    Block(BlockKind.ITEM, 27, 30, level=1, marker="（一）", group=3),
]


def test_packed_blocks_come_back_as_they_were() -> None:
    assert unpack_blocks(json.loads(json.dumps(pack_blocks(TABLE)))) == tuple(TABLE)


def test_no_blocks_are_packed_as_nothing() -> None:
    assert pack_blocks([]) == [] and unpack_blocks([]) == ()


def test_heads_that_many_rows_share_are_packed_once() -> None:
    rows = [Block(BlockKind.ROW, n, n + 1, group=1, heads=("姓名", "分機")) for n in range(9)]
    assert json.dumps(pack_blocks(rows), ensure_ascii=False).count("姓名") == 1


def test_a_shifted_block_keeps_what_it_is() -> None:
    moved = TABLE[1].shifted(10)
    assert (moved.start, moved.end, moved.heads) == (16, 25, TABLE[1].heads)
    assert [*moved.cell_spans()] == [(3, 5), (0, 0)]


def test_lines_in_no_block_are_paragraphs() -> None:
    text = "甲。\n\n  乙。\n題\n丙。"
    found = [*filled_in(text, [Block(BlockKind.HEADING, 9, 10, 1, name="題")])]
    assert [(block.kind.value, text[block.start : block.end]) for block in found] == [
        ("paragraph", "甲。"), ("paragraph", "乙。"), ("heading", "題"), ("paragraph", "丙。"),
    ]  # fmt: skip
