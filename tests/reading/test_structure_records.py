"""Lines of keys and values → records, glossaries, or neither; fields that a format tells of are joined."""

from yinju.reading import read_document
from yinju.reading.structure import find_structure
from yinju.types import Block, BlockKind

GLOSSARY = """波次：系统在当日按路线把待办任务归并起来的单位。
容差：仓库在月末按货主把异常任务排序起来的规则。
锁定：班组在本周按温区把超期任务冻结起来的状态。
窗口：承运人在当班按库区把已办任务拆开起来的时段。
"""


def blocks(text: str, kind: BlockKind) -> list[Block]:
    """The blocks of a kind in a plain text."""
    return [block for block in read_document(f"标题\n\n{text}".encode(), "甲.txt").blocks if block.kind is kind]


def test_every_term_of_a_glossary_is_a_thing_of_its_own() -> None:
    fields = blocks(GLOSSARY, BlockKind.FIELD)
    assert [(field.name, field.record) for field in fields] == [
        (name, name) for name in ("波次", "容差", "锁定", "窗口")
    ]
    assert len({field.group for field in fields}) == 4


def test_below_a_lead_in_they_are_points_of_one_list() -> None:
    assert blocks(f"有以下几个词：\n{GLOSSARY}", BlockKind.FIELD) == []
    points = blocks(f"有以下几个词：\n{GLOSSARY}", BlockKind.ITEM)
    assert [point.name for point in points] == ["波次", "容差", "锁定", "窗口"]
    assert len({point.group for point in points}) == 1


def test_numbered_and_bulleted_points_are_no_fields() -> None:
    for sign in ("1. ", "（一）", "・", "①"):
        assert blocks("".join(f"{sign}甲{n}：乙丙丁。\n" for n in range(4)), BlockKind.FIELD) == [], sign


def test_fields_that_a_format_tells_of_are_records_where_their_keys_recur() -> None:
    text, known = "型号：A1\n名称：小锅\n型号：A2\n名称：大锅", list[Block]()
    for line in text.split("\n"):
        start = known[-1].end + 1 if known else 0
        known.append(
            Block(BlockKind.FIELD, start, start + len(line), group=len(known) + 1, name=line[:2], record=line[:2])
        )
    found = find_structure(text, known, "html")
    assert [(block.name, block.record) for block in found] == [
        ("型号", "A1"),
        ("名称", "A1"),
        ("型号", "A2"),
        ("名称", "A2"),
    ]
    assert len({block.group for block in found}) == 2


def test_points_set_in_below_points_are_no_headings() -> None:
    text = "要做的事：\n1. 报名\n    (1) 填表\n    (2) 缴费\n2. 报到\n    (1) 领证\n    (2) 入座\n"
    assert [(item.marker, item.level) for item in blocks(text, BlockKind.ITEM)] == [
        ("1.", 0), ("(1)", 1), ("(2)", 1), ("2.", 0), ("(1)", 1), ("(2)", 1),
    ]  # fmt: skip


def test_questions_below_headings_of_a_format_are_headings() -> None:
    document = read_document("# 手册\n\n## 常见\n\n问：几点开门？\n\n答：九点。\n".encode(), "甲.md")
    assert [(b.kind, b.level) for b in document.blocks][-2:] == [(BlockKind.QUESTION, 3), (BlockKind.ANSWER, 0)]
