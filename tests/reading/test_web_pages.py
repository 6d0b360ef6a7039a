"""Saved web pages: their text is kept whole and in order, most of what is around it is not, and all is counted."""

import re

import pytest
from tests.reading.web_pages import WebPage, web_pages

from yinju.reading.extract import count_characters, headings_of
from yinju.reading.html import extract_html
from yinju.reading.table import CELL_MARK

PAGES = dict(web_pages())
MOST_BOILERPLATE = 0.15
"""Of all pages together; by one of them, up to all."""
ADDED = {"fragment", "read_the_docs", "table_layout", "confluence", "intranet", "mediawiki", "government"}
"""In which the names of columns stand beside every cell, or the numbers of a list before its items."""


def flat(text: str) -> str:
    """The characters of a page's text."""
    return "".join(text.split()).replace(CELL_MARK, "")


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
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
