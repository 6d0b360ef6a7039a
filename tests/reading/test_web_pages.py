"""Saved web pages: their text is kept whole and in order, most of what is around it is not, and all is counted."""

import re

import pytest
from tests.reading.blog_pages import blog_pages
from tests.reading.web_pages import WebPage, web_pages

from yinju.reading.extract import count_characters, headings_of
from yinju.reading.html import extract_html
from yinju.reading.table import CELL_MARK

PAGES = dict(web_pages())
BLOGS = dict(blog_pages())
MOST_BOILERPLATE = 0.15
"""Of all pages together; by one of them, up to all."""
MOST_AROUND_A_POST = 0.1
ADDED = {"fragment", "read_the_docs", "table_layout", "confluence", "intranet", "mediawiki", "government"}
"""In which the names of columns stand beside every cell, or the numbers of a list before its items."""


def flat(text: str) -> str:
    """The characters of a page's text."""
    return "".join(text.split()).replace(CELL_MARK, "")


@pytest.mark.parametrize("page", [*PAGES.values(), *BLOGS.values()], ids=[*PAGES, *BLOGS])
def test_all_of_a_page_s_text_is_kept_in_order(page: WebPage) -> None:
    text, place = flat(extract_html(page.html).text), 0
    for stretch in page.text:
        place = text.find(stretch, place)
        assert place >= 0, f"{stretch} is lost"
        place += len(stretch)


def test_most_of_what_is_around_the_text_is_left_out() -> None:
    kept = whole = 0
    for page in PAGES.values():
        text, own = flat(extract_html(page.html).text), "".join(page.text)
        around = [stretch for stretch in page.boilerplate if stretch not in own]
        whole += sum(map(len, around))
        kept += sum(len(stretch) for stretch in around if stretch in text)
    assert kept / whole < MOST_BOILERPLATE


@pytest.mark.parametrize("page", BLOGS.values(), ids=BLOGS)
def test_of_a_blog_s_page_the_post_stays_and_what_is_larger_than_it_goes(page: WebPage) -> None:
    text, own = flat(extract_html(page.html).text), "".join(page.text)
    around = [stretch for stretch in page.boilerplate if stretch not in own]
    kept = [stretch for stretch in around if stretch in text]
    assert sum(map(len, kept)) <= MOST_AROUND_A_POST * sum(map(len, around)), kept


@pytest.mark.parametrize("name", sorted(PAGES.keys() - ADDED))
def test_every_character_is_either_indexed_or_counted(name: str) -> None:
    page = PAGES[name]
    extract = extract_html(page.html)
    seen = sum(map(len, (*page.text, *page.boilerplate))) - page.html.count(CELL_MARK)
    assert count_characters(extract.text.replace(CELL_MARK, "")) + extract.dropped == seen


def test_headings_inside_a_page_s_text_stay_headings() -> None:
    extract = extract_html(PAGES["docusaurus"].html)
    assert [heading.name for heading in headings_of(extract.blocks)] == ["部署", "构建"]


def test_a_chapter_of_a_book_is_taken_as_it_is() -> None:
    page = "<html><div class=sidebar><p>補充</p></div><p>正文，正文，正文。</p><div class=copyright>版權頁</div>"
    assert extract_html(page, whole=True).text.split("\n") == ["補充", "正文，正文，正文。", "版權頁"]
    assert extract_html(page).text == "正文，正文，正文。"


NAMES = ["card-footer", "two-columns-sidebar", "MsoFooter", "share-price", "has-sidebar", "navigate"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_with_a_word_of_its_own_says_nothing(name: str) -> None:
    assert "甲乙" in extract_html(f"<html><p>正文，正文，正文。</p><div class={name}>甲乙</div>").text


@pytest.mark.parametrize("name", ["sidebar", "nav", "share", "footer", "related"])
def test_what_holds_running_text_is_not_left_out_for_its_name(name: str) -> None:
    words = "這是一段很長的正文，它說明了許多事情，不會因為名字就被丟掉，所以會留下來，一個字也不少。" * 12
    page = f"<html><p>{words}</p><p>{words}</p><p>{words}</p><div class={name}><p>{words[::-1]}</p></div>"
    assert words[::-1] in extract_html(page).text


def test_the_end_of_a_page_says_whose_it_is_but_a_law_on_copyright_does_not() -> None:
    law = "著作權法規定，未經授權者，不得重製，版權所有的標示，如 Copyright 2020，並非必要，沒有也受保護。"
    assert extract_html(f"<html><p>{law}</p><p>© 2026 某公司 版權所有</p>").text == law


def test_headings_of_sections_named_by_their_words_stay() -> None:
    page = "<html><main><section id=login><h2>Login</h2><p>按右上角。</p></section><p>其他，其他。</p></main>"
    assert re.sub(r"\s", "", extract_html(page).text) == "Login按右上角。其他，其他。"


WORDS = (
    "滿一年的同仁給七天特別休假，滿三年給十四天，請假前應先向主管說明理由，經過同意以後才能離開工作地點，不得事後補辦。"
)
FOLDED = [
    "<div id=page1><p>{shown}</p></div><div id=page2 style='display:none'><p>{hidden}</p></div>",
    "<article><p>{shown}</p><div style='display:none'><p>{hidden}</p></div></article>",
    "<article><p>{shown}</p><section hidden><h2>第二頁</h2><p>{hidden}</p></section></article>",
    "<div class=entry-content><p>{shown}</p><div aria-hidden=true class=slide><p>{hidden}</p></div></div>",
    "<p>{shown}<span id=dots>...</span><span id=more style='display:none'>{hidden}</span></p>",
    "<div class=tab-a>{shown}</div><div class='tab-b' style='display: none;'>{hidden}</div>",
    "<div class=part data-n=1>{shown}</div><div class='part hide' hidden>{hidden}</div>",
]


@pytest.mark.parametrize("page", FOLDED)
def test_the_pages_and_parts_of_a_text_that_a_click_shows_are_read(page: str) -> None:
    text = extract_html(f"<html><h1>請假</h1>{page.format(shown=WORDS[::-1], hidden=WORDS)}<p>後</p>").text
    assert WORDS[::-1] in text and WORDS in text


JUNK = [
    "<div id=login-popup style='display:none'>{}</div>",
    "<div class='modal content' hidden>{}</div>",
    "<article><p>正文在這裡，說明了許多事情。</p><div style='display:none'><a>{}</a></div></article>",
    "<article><p>正文</p><div style='display:none;font-size:0'>{}</div></article>",
    "<div style='display:none'>{}</div>",
    "<div class=page style='visibility:hidden'>{}</div>",
    "<article><template>{}</template><div class='tooltip text' aria-hidden=true>{}</div></article>",
    "<article><div style='display:none'>選單<p>首頁<p>關於<p>聯絡</div></article>",
]


@pytest.mark.parametrize("page", JUNK)
def test_what_a_page_hides_that_is_none_of_its_text_goes(page: str) -> None:
    text = extract_html(f"<html><h1>請假</h1><p>{WORDS[::-1] * 3}</p>{page.format(WORDS, WORDS)}<p>後</p>").text
    assert WORDS not in text and "選單" not in text and text.endswith("後")


def test_text_beside_an_article_stays_where_it_is_most_of_the_page() -> None:
    parts = (f"<p>{number}{WORDS}</p><p>項目{number}</p>" for number in range(9))
    text = extract_html(f"<html><div class=entry-content>摘要，一句話。</div>{''.join(parts)}").text
    assert text.count(WORDS) == 9 and "項目8" in text and "摘要" in text
