"""HTML: what a reader sees, and nothing else."""

import time
from collections.abc import Callable

import pytest

from yinju.reading import read_document
from yinju.reading.extract import headings_of
from yinju.reading.html import extract_html
from yinju.reading.html.table import LONGEST_ROW

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
    assert [(heading.level, extract.text[heading.start : heading.end]) for heading in headings_of(extract.blocks)] == [
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
    ("<tr><th>甲<td>一</tr><tr><th>乙<td>二</tr>", ["甲：一", "乙：二"]),
    (
        "<tr><th>甲<td>一<th>乙<td>二</tr><tr><th>丙<td><th>丁<td><p>三<p>四</tr>",
        ["甲：一", "乙：二", "丙：", "丁：三 四"],
    ),
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


WORDS = [
    ("這是<ruby>漢<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby>字", "這是漢字", 5),
    ("原價<del>五百</del><s>四百</s>三百", "原價三百", 4),
    ("甲&nbsp;&nbsp;乙　丙", "甲 乙　丙", 0),
    ("甲<br><br>　　乙", "甲\n乙", 0),
    ("<button>送出</button>甲<select><option>選</select><textarea>寫</textarea>", "甲", 4),
    ("甲<img alt=圖>", "甲", 0),
    ("<h2>安裝<a class=headerlink href=#a>¶</a></h2>", "安裝", 1),
    ("甲<noscript>請開啟</noscript><template>樣板</template>", "甲", 0),
]


@pytest.mark.parametrize(("inner", "text", "dropped"), WORDS)
def test_what_is_no_running_text_of_a_page(inner: str, text: str, dropped: int) -> None:
    extract = extract_html(f"<html><body>{inner}")
    assert (extract.text, extract.dropped) == (text, dropped)


HIDDEN = [
    "hidden",
    "aria-hidden=true",
    "class=sr-only",
    "style='display:none'",
    "style='visibility: hidden'",
    "style='opacity:0.0'",
    "style='font-size:1px'",
    "style='position:absolute;left:-9999px'",
    "style='text-indent: -5000px'",
    "style='clip: rect(1px, 1px, 1px, 1px)'",
    "style='color:#fff;background:#FFFFFF'",
    "style='background-color: red; color: red'",
]


@pytest.mark.parametrize("attribute", HIDDEN)
@pytest.mark.parametrize("tag", ["p", "div", "span"])
def test_hidden_words_are_left_out_and_counted(tag: str, attribute: str) -> None:
    extract = extract_html(f"<html><p>看得見的字。</p><{tag} {attribute}>藏<b>起</b>來</{tag}><p>後")
    assert (extract.text, extract.dropped) == ("看得見的字。\n後", 3)


SHOWN = ["style='opacity:0.5'", "style='color:#fff;background:#333'", "style='color:#fff'", "style='font-size:10px'"]


@pytest.mark.parametrize("attribute", SHOWN)
def test_words_that_a_page_shows_stay(attribute: str) -> None:
    assert extract_html(f"<html><p>甲<p {attribute}>乙").text == "甲\n乙"


@pytest.mark.parametrize("attribute", ["class=tab-content", "class='faq answer'", "role=tabpanel"])
def test_what_a_click_unfolds_is_not_hidden(attribute: str) -> None:
    assert extract_html(f"<html><p>看得見的字。<div {attribute} style='display:none'>乙").text == "看得見的字。\n乙"
    assert extract_html(f"<html><p>看得見的字。<div {attribute} style='font-size:0'>乙").text == "看得見的字。"


def test_a_page_that_hides_all_its_text_until_a_script_shows_it_is_read() -> None:
    """As articles of WeChat do."""
    page = "<html><h1>題</h1><div style='visibility: hidden; opacity: 0'><p>文章都在這裡面。</p></div>"
    assert extract_html(page).text == "題\n文章都在這裡面。"


def test_questions_of_a_list_are_headings_below_the_one_above() -> None:
    page = (
        "<html><h2>退貨</h2><dl><dt>可以嗎？<dd>可以。<dt>重量<dd>五公斤</dl>"
        "<details><summary>多少錢?</summary>三元</details><h2>其他</h2>"
    )
    extract = extract_html(page)
    assert extract.text.split("\n") == ["退貨", "可以嗎？", "可以。", "重量：五公斤", "多少錢?", "三元", "其他"]
    assert [(heading.level, heading.name) for heading in headings_of(extract.blocks)] == [
        (2, "退貨"),
        (3, "可以嗎？"),
        (3, "多少錢?"),
        (2, "其他"),
    ]


HOSTILE: list[Callable[[int], str]] = [
    lambda n: "<div class=nav><a>甲</a>" * 2 * n + "</div>" * 2 * n,
    lambda n: "<nav>" * n + "<p>甲" * 2 * n + "</nav>" * n + "<p>乙" * 2 * n,
    lambda n: "<article>甲</article><div class=comments>甲乙丙</div>" * n,
    lambda n: "<table><tr>" + "<td>" * 20 * n + "甲<td>乙</table>",
    lambda n: "<p>" + "<sup><a href=#n>1</a></sup>" * 2 * n + "<p id=n>註" + "<a href=#r>1</a>" * 2 * n,
    lambda n: "<p style='" + "color: " * 30 * n + "'>甲",
    lambda n: "<div class='" + "nav " * 30 * n + "'>甲",
]


@pytest.mark.parametrize("size", [3_000, pytest.param(10_000, marks=pytest.mark.full)])
@pytest.mark.parametrize("made", HOSTILE, ids=range(len(HOSTILE)))
def test_no_page_takes_long(made: Callable[[int], str], size: int) -> None:
    page = made(size)
    started = time.process_time()
    extract_html(f"<html>{page}")
    assert time.process_time() - started < size / 1_000
