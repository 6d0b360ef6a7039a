"""PDFs printed by a browser, which knows where it put each character: rare Han, real vertical text, columns."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.reading.printed_pdfs import Glyph, places
from tests.reading.test_pages import boxes_of, is_boxed

from yinju.reading import Pages, read_document

pytestmark = pytest.mark.browser

WIDTH, HEIGHT = 600, 800
SENTENCES = {
    "extensions": [
        "𠮷野家的𡃁仔坐𨋢上樓。",
        "㐂壽宴上有𠮟責聲也有𢫏手。",
        "今年的𠝹刀給了𧨾人的人。",
        "普通的句子放在中間核對。",
    ],
    "vertical": [
        "直排的第一行從上往下讀。",
        "第二行在第一行的左邊喔。",
        "第三行（含括號）也一樣。",
        "第四行是最後一行的文字。",
    ],
    "columns": [
        "第一欄第一句寫在左上角。",
        "第一欄第二句接在它下面。",
        "第二欄第一句寫在右上角。",
        "第二欄第二句是最後一句。",
    ],
    "justified": [
        "兩端對齊的文字會被拉開來排滿整整一行才換下一行繼續排完。",
        "另一段兩端對齊的文字也要核對每一個字的位置對不對才行。",
    ],
}
STYLES = {
    "extensions": "p { margin: 24px 40px; font-size: 20px; }",
    "vertical": "body { writing-mode: vertical-rl; height: 760px; } p { margin: 40px 14px; font-size: 20px; }",
    "columns": "body { column-count: 2; column-fill: auto; height: 200px; } p { margin: 30px 10px; font-size: 18px; }",
    "justified": "p { margin: 30px 60px; width: 330px; font-size: 20px; text-align: justify; }",
}
RECTANGLES = """() => [...document.querySelectorAll("p")].map((p) => {
    const text = p.firstChild, found = [];
    for (let i = 0; i < text.length;) {
        const length = String.fromCodePoint(text.data.codePointAt(i)).length, range = document.createRange();
        range.setStart(text, i); range.setEnd(text, i + length);
        const box = range.getBoundingClientRect();
        found.push([box.x + box.width / 2, box.y + box.height / 2]);
        i += length;
    }
    return found;
})"""


@pytest.mark.parametrize("name", SENTENCES)
def test_boxes_hold_what_a_browser_printed_there(browser: Browser, tmp_path: Path, name: str) -> None:
    said = SENTENCES[name]
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    page.emulate_media(media="print")
    style = f"<style>@page {{ margin: 0 }} body {{ margin: 0; font-family: 'Noto Sans CJK TC' }} {STYLES[name]}</style>"
    page.set_content(f"<meta charset=utf-8>{style}{''.join(f'<p>{one}</p>' for one in said)}")
    glyphs = [
        Glyph(number, 1, x / WIDTH, y / HEIGHT)
        for number, found in enumerate(page.evaluate(RECTANGLES)) for x, y in found
    ]  # fmt: skip
    path = tmp_path / "甲.pdf"
    page.pdf(path=path, width=f"{WIDTH}px", height=f"{HEIGHT}px", print_background=True)
    page.close()
    document = read_document(path.read_bytes(), "甲.pdf")
    pages = Pages()
    for number, one in enumerate(said):
        (span,) = places(document.text, one)
        boxes = boxes_of(pages, path, document, span)
        boxed = {glyph for glyph in glyphs if is_boxed(glyph, boxes)}
        assert boxed == {glyph for glyph in glyphs if glyph.sentence == number}
    pages.close()
