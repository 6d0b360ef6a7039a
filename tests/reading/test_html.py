"""HTML: what a reader sees, and nothing else."""

import time

import pytest

from yinju.reading import read_document
from yinju.reading.html import LONGEST_ROW, extract_html

PAGE = """<!DOCTYPE html><html><head><meta charset="big5"><title> 請假
手冊 </title><style>p { color: red }</style></head><body><nav>首頁 關於</nav>
<header><h1>特休<br>規定</h1></header><p>滿一年給 <b>七</b>天。<br>第二行</p>
<ul><li>甲項<li>乙項</ul><h2>天數</h2>
<table><tr><th>年資<th>天數</tr><tr><td><p>一年</p><p>以上</p></td><td> 7 </td></tr></table>
<div style="display: none">秘密<p>也是</div><p hidden>藏起來</p><p style="font-size:1px">太小</p>
<script>document.write('<p>程式</p>')</script><template>樣板</template><pre>a
b</pre>尾&lt;段&gt;<!-- 註解 --><footer>版權</footer>"""


def test_the_visible_lines_of_a_page() -> None:
    assert extract_html(PAGE).text.split("\n") == [
        "特休 規定",
        "滿一年給 七天。",
        "第二行",
        "甲項",
        "乙項",
        "天數",
        "年資｜天數",
        "年資：一年 以上｜天數：7",
        "a",
        "b",
        "尾<段>",
    ]


def test_headings_and_title() -> None:
    extract = extract_html(PAGE)
    assert extract.title == "請假 手冊"
    assert [(heading.level, extract.text[heading.start : heading.end]) for heading in extract.headings] == [
        (1, "特休 規定"),
        (2, "天數"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "utf-16"])
def test_the_stated_encoding_is_not_believed(encoding: str) -> None:
    document = read_document(PAGE.encode(encoding), "a.html")
    assert "滿一年給 七天。" in document.text


def test_a_page_laid_out_by_a_table_keeps_its_paragraphs() -> None:
    long = "這是一個很長的段落，" * (LONGEST_ROW // 10)
    extract = extract_html(f"<html><table><tr><td><p>{long}</p><p>下一段。</p></td></tr></table>")
    assert extract.text.split("\n") == [long, "下一段。"]


TABLES = [
    ("<tr><th>甲<th>乙</tr><tr><td>一<td>二</tr>", ["甲｜乙", "甲：一｜乙：二"]),
    ("<thead><tr><td>甲<td>乙</tr></thead><tbody><tr><td>一<td>二</tr>", ["甲｜乙", "甲：一｜乙：二"]),
    ("<tr><td>甲<td>乙</tr><tr><td>一<td>二</tr>", ["甲｜乙", "一｜二"]),
    ("<tr><th>甲<td>一</tr><tr><th>乙<td>二</tr>", ["甲｜一", "乙｜二"]),
    ("<tr><th>甲</tr><tr><td>一</tr>", ["甲", "一"]),
    ("<tr><th colspan=2>題</tr><tr><th>甲<th>乙</tr><tr><td>一<td>二</tr>", ["題", "甲｜乙", "甲：一｜乙：二"]),
    ("<tr><th>甲<th>乙</tr><tr><td><td>二</tr><tr><td>一<td></tr>", ["甲｜乙", "乙：二", "甲：一"]),
    ("<tr><th>甲<th>乙</tr><tr><td colspan=2>合計</tr>", ["甲｜乙", "合計"]),
    (
        "<tr><th>甲<th>乙</tr><tr><td rowspan=2>一<td>二</tr><tr><td>三</tr>",
        ["甲｜乙", "甲：一｜乙：二", "甲：一｜乙：三"],
    ),
    (
        "<tr><th rowspan=2>甲<th colspan=2>乙</tr><tr><th>子<th>丑</tr><tr><td>一<td>二<td>三</tr>",
        ["甲｜乙", "子｜丑", "甲：一｜乙 子：二｜乙 丑：三"],
    ),
    ("<tr><th>甲<th>𠮷</tr><tr><td><p>一<p>二</p><td>三<br>四</tr>", ["甲｜𠮷", "甲：一 二｜𠮷：三 四"]),
    ("<tr><th>甲<th>乙</tr><tr><td>一<td hidden>藏<td>二</tr>", ["甲｜乙", "甲：一｜乙：二"]),
    ("<tr><th>甲<th>乙</tr><tr><td>一<td rowspan=99999999999 colspan=x>二</tr>", ["甲｜乙", "甲：一｜乙：二"]),
    (
        "<tr><th>甲<th>乙</tr><tr><td>一<td><table><tr><td>子<td>丑</tr></table></tr><tr><td>三<td>四</tr>",
        ["甲｜乙", "一｜", "子｜丑", "甲：三｜乙：四"],
    ),
]


@pytest.mark.parametrize(("rows", "lines"), TABLES)
def test_cells_stand_beside_the_heads_of_their_columns(rows: str, lines: list[str]) -> None:
    assert extract_html(f"<html><p>前<table>{rows}</table>後").text.split("\n") == ["前", *lines, "後"]


def test_a_long_row_below_heads_keeps_its_paragraphs_and_names_its_cells() -> None:
    long = "這是一個很長的段落，" * (LONGEST_ROW // 10)
    page = f"<html><table><tr><th>甲<th>乙</tr><tr><td>一<td><p>{long}</p><p>下一段。</p></td></tr></table>"
    assert extract_html(page).text.split("\n") == ["甲｜乙", f"甲：一｜乙：{long}", "下一段。"]


def test_deep_nesting_neither_fails_nor_takes_long() -> None:
    started = time.process_time()
    extract = extract_html("<html>" + "<div>" * 200_000 + "深處" + "</div>" * 200_000 + "<p>之後")
    assert extract.text == "深處\n之後"
    assert time.process_time() - started < 5


def test_an_entity_is_not_expanded_from_a_doctype() -> None:
    page = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><html><p>甲&x;乙'
    assert "&x;" in extract_html(page).text
