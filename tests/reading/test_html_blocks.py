"""What the elements of a page say of its lines: lists with their numbers, records, answers, tables, code, captions."""

import time

import pytest

from yinju.reading.html import extract_html
from yinju.reading.html.numbering import drawn_number
from yinju.types import Block, BlockKind


def blocks(inner: str) -> list[tuple[str, str]]:
    """The kind and the text of each block of a page; lines in none are paragraphs."""
    extract, place = extract_html(f"<html><body>{inner}"), 0
    found = []
    for block in extract.blocks:
        found += [("-", line) for line in extract.text[place : block.start].split("\n") if line]
        found.append((str(block.kind), extract.text[block.start : block.end]))
        place = block.end
    return found + [("-", line) for line in extract.text[place:].split("\n") if line]


def of_kind(inner: str, kind: BlockKind) -> list[Block]:
    """The blocks of a kind."""
    return [block for block in extract_html(f"<html><body>{inner}").blocks if block.kind is kind]


NUMBERS = [
    ("<ol><li>甲<li>乙</ol>", ["1. 甲", "2. 乙"]),
    ("<ol start=0><li>甲<li value=5>乙<li>丙</ol>", ["0. 甲", "5. 乙", "6. 丙"]),
    ("<ol reversed><li>甲<li>乙</ol>", ["2. 甲", "1. 乙"]),
    ("<ol reversed start=9><li>甲<li>乙</ol>", ["9. 甲", "8. 乙"]),
    ("<ol type=a start=26><li>甲<li>乙</ol>", ["z. 甲", "aa. 乙"]),
    ("<ol type=I start=4><li>甲</ol>", ["IV. 甲"]),
    ("<ol style='list-style-type: cjk-ideographic' start=9><li>甲<li>乙<li>丙</ol>", ["九、甲", "十、乙", "十一、丙"]),
    ("<ol style='list-style: inside simp-chinese-informal' start=105><li>甲</ol>", ["一百零五、甲"]),
    ("<ol style='list-style-type:trad-chinese-formal'><li>甲</ol>", ["壹、甲"]),
    ("<ol style='list-style:none'><li>甲</ol>", ["甲"]),
    ("<ul><li>甲</ul>", ["甲"]),
    ("<ul style='list-style-type:decimal'><li>甲</ul>", ["1. 甲"]),
    ("<ol><li>1、甲<li>（二）乙<li>3.5 公斤</ol>", ["1、甲", "（二）乙", "3. 3.5 公斤"]),
    ("<ol start=99999999999 type=x><li value=abc>甲</ol>", ["1. 甲"]),
]


@pytest.mark.parametrize(("inner", "lines"), NUMBERS)
def test_the_number_before_an_item_is_the_one_that_is_drawn(inner: str, lines: list[str]) -> None:
    assert blocks(inner) == [("item", line) for line in lines]


def test_numbers_in_every_style() -> None:
    assert [drawn_number(number, "cjk-ideographic") for number in (10, 12, 20, 110, 1001, 2010)] == [
        "十、", "十二、", "二十、", "一百一十、", "一千零一、", "二千零一十、",
    ]  # fmt: skip
    assert [drawn_number(number, "lower-roman") for number in (4, 1999, 4000)] == ["iv.", "mcmxcix.", "4000."]
    assert [drawn_number(-3, "upper-alpha"), drawn_number(27, "lower-greek")] == ["-3.", "27."]
    assert [drawn_number(3, style) for style in ("cjk-heavenly-stem", "cjk-decimal", "square")] == ["丙、", "三、", "•"]


def test_a_list_is_one_group_with_what_introduces_it() -> None:
    inner = (
        "<p>應備文件如下：</p><ol><li><p>申請書：</p><p>一式三份。</p><ul><li>正本</ul><p>逾期不受理。</p>"
        "<li>身分證</ol><p>其他。</p><ul><li>甲</ul>"
    )
    assert blocks(inner) == [
        ("paragraph", "應備文件如下："),
        ("item", "1. 申請書：\n一式三份。"),
        ("item", "正本"),
        ("item", "逾期不受理。"),
        ("item", "2. 身分證"),
        ("-", "其他。"),
        ("item", "甲"),
    ]
    items = of_kind(inner, BlockKind.ITEM)
    assert [(item.group, item.level, item.marker, item.name) for item in items] == [
        (1, 0, "1.", "申請書"), (1, 1, "•", ""), (1, 0, "", ""), (1, 0, "2.", ""), (2, 0, "•", ""),
    ]  # fmt: skip


def test_an_item_that_is_an_article_stays_text() -> None:
    words = "這是一篇很長的文章，說了許多事情。" * 30
    assert blocks(f"<ul><li><p>{words}<p>{words}</ul>") == [("-", words), ("-", words)]
    assert blocks(f"<ol><li>設定<p>{words}<p>{words}</ol>") == [("item", "1. 設定"), ("-", words), ("-", words)]


def test_a_heading_in_an_item_has_its_number() -> None:
    extract = extract_html("<html><ol><li><h3>安裝</h3><p>執行。</p></ol>")
    assert (extract.text, extract.blocks[0].name) == ("1. 安裝\n執行。", "1. 安裝")


def test_terms_with_what_they_mean_are_records() -> None:
    inner = (
        "<dl><dt>試用期：<dd>三個月。<dt>年假<dt>特休<dd><p>滿一年七天。</p><p>滿三年十四天。</p>"
        "<dt>可以預支嗎？<dd>不可以。<dd>但有例外。</dl>"
    )
    assert blocks(inner) == [
        ("field", "試用期：三個月。"),
        ("field", "年假\n特休\n滿一年七天。\n滿三年十四天。"),
        ("question", "可以預支嗎？"),
        ("answer", "不可以。\n但有例外。"),
    ]
    fields = of_kind(inner, BlockKind.FIELD)
    assert [(field.name, field.record) for field in fields] == [("試用期", "試用期"), ("年假、特休", "年假、特休")]
    assert len({block.group for block in fields}) == 2


def test_a_summary_that_asks_is_answered_by_what_it_folds() -> None:
    inner = "<details><summary>多久？</summary><p>三天。</p><ul><li>甲</ul></details><p>後"
    assert blocks(inner) == [("question", "多久？"), ("answer", "三天。"), ("item", "甲"), ("-", "後")]
    assert blocks("<details><summary>更多</summary><p>三天。</details>") == [("-", "更多"), ("-", "三天。")]


def test_cells_are_those_of_their_columns() -> None:
    inner = (
        "<table><caption>價目</caption><tr><th rowspan=2>品名<th colspan=2>價格</tr><tr><th>內用<th>外帶</tr>"
        "<tr><th>茶<td>3<td></tr><tr><td colspan=3>未稅</tr></table>"
    )
    extract = extract_html(f"<html>{inner}")
    found = [(block.kind, extract.text[block.start : block.end]) for block in extract.blocks]
    assert found == [
        ("caption", "價目"),
        ("heads", "品名｜價格"),
        ("heads", "內用｜外帶"),
        ("row", "品名：茶｜價格 內用：3"),
        ("row", "未稅"),
    ]
    row = extract.blocks[3]
    assert row.heads == ("品名", "價格 內用", "價格 外帶")
    words = extract.text[row.start : row.end]
    assert [words[start:end] for start, end in row.cell_spans()] == ["茶", "3", ""]
    assert len({block.group for block in extract.blocks}) == 1


def test_a_row_that_refers_to_a_note_keeps_its_cells() -> None:
    inner = (
        "<table><tr><th>甲<sup>[<a href=#n1>1</a>]</sup><th>乙</tr><tr><td>一<sup><a href=#n2>2</a></sup><td>二</tr>"
        "</table>"
        "<p id=n1>[1] 未稅。</p><p id=n2>[2] 估計。</p>"
    )
    assert blocks(inner) == [
        ("heads", "甲｜乙"), ("note", "[註1] 未稅。"), ("row", "甲：一｜乙：二"), ("note", "[註2] 估計。"),
    ]  # fmt: skip
    extract = extract_html(f"<html>{inner}")
    row = extract.blocks[2]
    words = extract.text[row.start : row.end]
    assert [words[start:end] for start, end in row.cell_spans()] == ["一", "二"] and row.heads == ("甲", "乙")


FORMS = [
    ("<tr><th>姓名<td>王五</tr><tr><th>電話：<td>8123</tr>", [("field", "姓名：王五"), ("field", "電話：8123")]),
    ("<tr><th>姓名<td>王五<th>電話<td>8123</tr>", [("field", "姓名：王五"), ("field", "電話：8123")]),
    ("<tr><td>姓名：<td>王五</tr><tr><td>電話：<td>8</tr><tr><td>住址：<td></tr>",
     [("field", "姓名：王五"), ("field", "電話：8"), ("field", "住址：")]),
    ("<tr><td>年度<td>營收<td>獲利</tr><tr><td>2022<td>10<td>1</tr><tr><td>2023<td>12<td>2</tr>",
     [("heads", "年度｜營收｜獲利"),
      ("row", "年度：2022｜營收：10｜獲利：1"), ("row", "年度：2023｜營收：12｜獲利：2")]),
    ("<tr><td>甲<td>乙</tr><tr><td>丙<td>丁</tr>", [("row", "甲｜乙"), ("row", "丙｜丁")]),
    ("<tr><td>左<td>右</tr>", [("-", "左｜右")]),
    ("<tr><td>選單<td><table><tr><td>甲<td>乙</tr></table></tr><tr><td>一<td>二</tr>",
     [("-", "選單｜"), ("-", "甲｜乙"), ("-", "一｜二")]),
    ("<tr><td>步驟<td><ol><li>開<li>關</ol></tr><tr><td>注意<td>小心</tr>",
     [("row", "步驟｜1. 開 2. 關"), ("row", "注意｜小心")]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "found"), FORMS)
def test_tables_that_name_values_are_fields_and_those_for_layout_text(rows: str, found: list[tuple[str, str]]) -> None:
    assert blocks(f"<table>{rows}</table>") == found


def test_code_keeps_its_indents_and_words_set_as_typed_are_no_code() -> None:
    assert blocks("<pre><code>if a:\n    b\n\nc</code></pre><pre>x = 1</pre>") == [
        ("code", "if a:\n    b\nc"),
        ("code", "x = 1"),
    ]
    assert blocks("<pre>這是一首詩，\n  寫在這裡。</pre>") == [("-", "這是一首詩，"), ("-", "寫在這裡。")]
    assert blocks("<pre class=code># 這是一段程式的說明</pre>") == [("code", "# 這是一段程式的說明")]


def test_the_words_below_a_figure_are_its_caption() -> None:
    assert blocks("<figure><img><figcaption>圖一：流程</figcaption></figure>甲") == [
        ("caption", "圖一：流程"),
        ("-", "甲"),
    ]


HOSTILE = [
    ("{}", "<ol><li>甲", 5),
    ("{}", "<dl><dt>甲<dd>乙", 3),
    ("<dl>{}<dd>乙", "<dt>甲", 5),
    ("<dl><dt>甲{}", "<dd>乙", 5),
    ("<ol reversed>{}</ol>", "<li>甲", 10),
    ("<ul><li>{}", "<p>甲", 10),
    ("{}", "<details><summary>甲？</summary><p>乙", 2),
    ("<table>{}", "<tr><td>甲<td>乙", 5),
    ("{}", "<table><tr><th>甲<td>乙", 1 / 2),
    ("<pre>{}", "甲\n", 10),
    ("<ol start=999999999>{}", "<li value=-999999999>甲", 1),
]
"""What stands around, what comes again and again, and how often in comparison."""


@pytest.mark.parametrize("times", [2_000, pytest.param(10_000, marks=pytest.mark.full)])
@pytest.mark.parametrize(("around", "part", "often"), HOSTILE, ids=range(len(HOSTILE)))
def test_no_structure_takes_long(around: str, part: str, often: float, times: int) -> None:
    page = around.format(part * int(often * times))
    started = time.process_time()
    extract = extract_html(f"<html>{page}")
    assert all(a.end <= b.start for a, b in zip(extract.blocks, extract.blocks[1:], strict=False))
    assert time.process_time() - started < times / 1_000
