"""Notes of a page, as different programs write them: each stands below the line that refers to it."""

import pytest

from yinju.reading.extract import count_characters
from yinju.reading.html import extract_html

AFTER = "。</p><p>丙</p>"
BACK = "<a href='#fnref1' class='footnote-back' role='doc-backlink'>↩︎</a>"
WRITERS = {
    "pandoc": f"<p>甲<a href='#fn1' class='footnote-ref' id='fnref1' role='doc-noteref'><sup>1</sup></a>{AFTER}"
    f"<section role='doc-endnotes'><ol><li id='fn1'><p>註文。{BACK}</p></li></ol></section>",
    "python-markdown": f"<p>甲<sup id='fnref:1'><a href='#fn:1'>1</a></sup>{AFTER}"
    "<div class=footnote><ol><li id='fn:1'><p>註文。&#160;<a href='#fnref:1'>&#8617;</a></p></li></ol></div>",
    "markdown-it": f"<p>甲<sup><a href='#fn1' id='fnref1'>[1]</a></sup><sup><a href='#fn1'>[1:1]</a></sup>{AFTER}"
    "<ol><li id='fn1'><p>註文。<a href='#fnref1' class='footnote-backref'>↩︎</a></p></li></ol>",
    "Word": f"<p>甲<a href='#_ftn1' name='_ftnref1'><span>[1]</span></a>{AFTER}"
    "<div id=ftn1><p><a href='#_ftnref1' name='_ftn1'><span>[1]</span></a> 註文。</p></div>",
    "MediaWiki": "<p>甲<sup id='cite_ref-1'><a href='#cite_note-1'><span>&#91;</span>1<span>&#93;</span></a></sup>"
    f"{AFTER}<ol><li id='cite_note-1'><span>^ <sup><a href='#cite_ref-1'>1.0</a></sup></span> 註文。</li></ol>",
    "EPUB": f"<p>甲<a epub:type='noteref' href='#n1'>①</a>{AFTER}"
    "<aside epub:type='footnote' id='n1' hidden>註文。</aside>",
    "docutils": f"<p>甲 <a href='#id2' id='id1' role='doc-noteref'><span>[</span>1<span>]</span></a>{AFTER}"
    "<aside role='doc-footnote' id='id2'><span>[</span><a role='doc-backlink' href='#id1'>1</a><span>]</span>"
    "<p>註文。</p></aside>",
    "by hand": f"<p>甲<sup>[<a href='#note1'>1</a>]</sup>{AFTER}<p id='note1'>[1] 註文。</p>",
    "in a footer": f"<article><p>甲<sup><a href='#fn1'>1</a></sup>{AFTER}</article>"
    "<footer><p id=fn1>1. 註文。</footer>",
}  # fmt: skip


@pytest.mark.parametrize("page", WRITERS.values(), ids=WRITERS)
def test_a_note_stands_below_its_sentence(page: str) -> None:
    extract = extract_html(f"<html><body>{page}")
    assert extract.text.split("\n") == ["甲。", "[註1] 註文。", "丙"]


def test_marks_are_counted_as_left_out() -> None:
    extract = extract_html(f"<html><body>{WRITERS['by hand']}")
    assert extract.dropped == count_characters("[1][1]")


def test_a_note_is_written_once_and_numbered_in_the_order_of_reading() -> None:
    page = (
        "<html><p>甲<sup><a href=#n2>2</a></sup></p><p>乙<sup><a href=#n1>1</a></sup><sup><a href=#n2>2</a></sup></p>"
        "<ol><li id=n1>一</li><li id=n2>二</li><li id=n3>三</li></ol>"
    )
    assert extract_html(page).text.split("\n") == ["甲", "[註1] 二", "乙", "[註2] 一", "3. 三"]


STAYING = [
    ("<p>甲<sup><a href=#none>1</a></sup></p>", "甲1"),
    ("<p>甲<a href=#part>第二節</a></p><div id=part><p>乙</p></div>", "甲第二節\n乙"),
    ("<p>甲<sup><a href=#part>1</a></sup></p><h2 id=part>乙</h2>", "甲1\n乙"),
    ("<p>甲<sup>2</sup></p>", "甲2"),
    (f"<p>甲<sup><a href=#fn1>1</a></sup></p><div id=fn1>{'長' * 3_000}</div>", f"甲1\n{'長' * 3_000}"),
]


@pytest.mark.parametrize(("page", "text"), STAYING)
def test_what_only_looks_like_a_note_stays_where_it_is(page: str, text: str) -> None:
    extract = extract_html(f"<html><body>{page}")
    assert (extract.text, extract.dropped) == (text, 0)


def test_a_name_of_a_column_leaves_its_mark() -> None:
    page = (
        "<html><table><tr><th>品名<sup><a href=#n>a</a></sup><th>價格</tr><tr><td>茶<td>3</tr></table>"
        "<p><sup id=n>a</sup> 未稅。</p>"
    )
    assert extract_html(page).text.split("\n") == ["品名｜價格", "[註1] 未稅。", "品名：茶｜價格：3"]
