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
        "一年 以上｜7",
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


def test_deep_nesting_neither_fails_nor_takes_long() -> None:
    started = time.perf_counter()
    extract = extract_html("<html>" + "<div>" * 200_000 + "深處" + "</div>" * 200_000 + "<p>之後")
    assert extract.text == "深處\n之後"
    assert time.perf_counter() - started < 5


def test_an_entity_is_not_expanded_from_a_doctype() -> None:
    page = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><html><p>甲&x;乙'
    assert "&x;" in extract_html(page).text
