"""How each verdict looks: near is no answer, nothing is short, rows are a table, and asking back has buttons."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.browser.reader import FRAMES, Scheme, Visit, Visitor, findings_in_both, hosting, overflow

from yinju import build_index
from yinju.library import Library
from yinju.messages import say
from yinju.protocols import Encoder
from yinju.settings import Settings
from yinju.types import Answer, Citation, Statement, Verdict

pytestmark = pytest.mark.browser

SIZES = [(1280, 800), (390, 844)]
SHADES: tuple[Scheme, ...] = ("dark", "light")
NAME = "價目.md"
ROWS = [
    ("XK-210B", "桌上型掃描器", "12,800 元", "三年", "二樓展示區，需要先預約", "台中倉庫", "2025-03-01"),
    ("XK-310", "饋紙式掃描器", "25,600 元", "兩年", "一樓展示區", "台北倉庫", "2025-06-15"),
    ("XK-410 Pro", "高速饋紙式掃描器", "58,000 元", "五年", "目前沒有展示", "台北倉庫", "2025-09-30"),
]
HEADS = ("型號", "品名", "定價", "保固", "展示", "倉庫", "上市日期")
TEXT = (
    "# 掃描器價目\n\nXK-210B 的保固期是三年，從購買日起算，換機後重新計算。\n\n"
    f"| {' | '.join(HEADS)} |\n|{'---|' * len(HEADS)}\n" + "".join(f"| {' | '.join(row)} |\n" for row in ROWS)
)  # fmt: skip


def cited(quote: str, marker: int, sha256: str) -> Citation:
    start = TEXT.index(quote)
    return Citation(marker, NAME, "掃描器價目", "掃描器價目", None, start, start + len(quote), quote, quote, sha256)


def made_up(question: str, sha256: str) -> Answer:
    """An answer whose look is to be seen, by what is asked."""
    warranty = cited("XK-210B 的保固期是三年，從購買日起算，換機後重新計算。", 1, sha256)
    lines = tuple(cited(f"| {' | '.join(row)} |", n, sha256) for n, row in enumerate(ROWS, 1))
    plain = Answer(question, (), (), Verdict.ANSWERED, 0.9, "extractive", 0.01)
    if "XK-210A" in question:
        notice = Statement("文件裡沒有提到「XK-210A」，最接近的是：", ())
        return replace(
            plain, statements=(notice, Statement(warranty.quote, (1,))), citations=(warranty,), verdict=Verdict.NEAR,
            missing=("XK-210A",),
        )  # fmt: skip
    if "火星" in question:
        notice = Statement("文件裡沒有找到這個問題的答案。", ())
        return replace(plain, statements=(notice,), citations=(warranty, *lines[1:]), verdict=Verdict.NOTHING)
    if "有哪些" in question:
        rows = tuple(
            Statement("｜".join(row), (n,), row=tuple(zip(HEADS, row, strict=True))) for n, row in enumerate(ROWS, 1)
        )
        return replace(plain, statements=(Statement("共三款：", ()), *rows), citations=lines)
    if "一共" in question:
        counted = Statement("三款一共 96,400 元。", (1, 2, 3), worked_out=True)
        return replace(plain, statements=(counted,), citations=lines)
    if "它" in question:
        asks = Statement("文件裡有三款掃描器，你問的是哪一款？", ())
        return replace(plain, statements=(asks,), options=tuple(f"{row[0]} 多少錢？" for row in ROWS))
    if "多少錢" in question:
        return replace(plain, statements=(Statement("12,800 元。", (1,), emphasis=(0, 8)),), citations=lines[:1])
    return replace(plain, statements=(Statement("你好，我是引據。想知道什麼，用平常的話問就好。", ()),))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("verdicts")
    (folder / "corpus").mkdir()
    (folder / "corpus" / NAME).write_text(TEXT, "utf-8")
    build_index(folder / "corpus", folder / "index", encoder=real_encoder)

    def ask_steps(library: Library, question: str, *_: object) -> Iterator[Answer]:
        document = library.document(NAME)
        yield made_up(question, document.sha256 if document else "")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Library, "ask_steps", ask_steps)
        with hosting(folder / "index", real_encoder, Settings()) as served:
            yield served


def asked(reader: Visit, question: str) -> None:
    reader.say(question)
    reader.finished()


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_each_verdict_has_its_look_without_a_serious_finding(
    visit: Visitor, address: str, width: int, height: int
) -> None:
    reader = visit(address, width, height)
    page = reader.page
    for name, question in (
        ("near", "XK-210A 保固多久？"), ("nothing", "火星上有幾座城市？"), ("table", "有哪些掃描器？"),
        ("cluster", "一共多少錢？"), ("answered", "掃描器多少錢？"), ("options", "它多少錢？"), ("hello", "你好"),
    ):  # fmt: skip
        asked(reader, question)
        for shade in SHADES:
            page.emulate_media(color_scheme=shade)
            reader.picture(f"verdict-{name}-{width}-{shade}")
        assert overflow(page) <= 0
    assert findings_in_both(reader) == []


def test_what_comes_near_is_quoted_below_a_label_and_never_bold(visit: Visitor, address: str) -> None:
    reader = visit(address)
    asked(reader, "XK-210A 保固多久？")
    assert reader.answer.locator(".verdict").inner_text() == say("verdict.near", "zh-Hant")
    assert "XK-210A" in reader.answer.locator(".near > p").nth(1).inner_text()
    quotation = reader.answer.locator("blockquote")
    assert "三年" in quotation.inner_text()
    assert reader.answer.locator("strong, .missing").count() == 0
    assert reader.answer.locator(".checked").count() == 1
    assert reader.answer.locator(".acts a.copy").is_visible()
    assert reader.open(1).startswith("XK-210B 的保固期")


def test_of_nothing_the_passages_come_out_by_a_click(visit: Visitor, address: str) -> None:
    reader = visit(address)
    asked(reader, "火星上有幾座城市？")
    cite = reader.answer.locator("a.cite").first
    assert not cite.is_visible()
    summary = reader.answer.locator("summary")
    assert summary.inner_text() == say("nearest", "zh-Hant", count=3)
    summary.click()
    cite.wait_for()
    reader.picture("verdict-nothing-open")
    assert reader.open(1).startswith("XK-210B 的保固期")
    assert cite.is_visible()  # the passages stay out while a source is read


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_rows_are_a_table_each_with_its_source(visit: Visitor, address: str, width: int, height: int) -> None:
    reader = visit(address, width, height)
    asked(reader, "有哪些掃描器？")
    table = reader.answer.locator("table")
    assert table.count() == 1
    assert table.locator("th").all_inner_texts() == [*HEADS]
    for place, row in enumerate(ROWS):
        cells = table.locator("tbody tr").nth(place).locator("td").all_inner_texts()
        assert cells[:-1] == [*row]
        assert f"[{place + 1}]" in cells[-1]
    box = reader.answer.locator(".table")
    scrolls = box.evaluate("box => box.scrollWidth > box.clientWidth")
    assert scrolls or width > 390
    assert overflow(reader.page) <= 0
    if scrolls:
        box.evaluate("box => box.scrollLeft = box.scrollWidth")
        reader.picture("verdict-table-scrolled")
    assert ROWS[1][0] in reader.open(1, 2)


def test_what_may_have_been_meant_is_asked_by_one_click(visit: Visitor, address: str) -> None:
    reader = visit(address)
    asked(reader, "它多少錢？")
    assert reader.answer.locator(".next .lead").all_inner_texts() == [say("options", "zh-Hant")]
    choices = reader.answer.locator("a.suggestion")
    assert choices.all_inner_texts() == [f"{row[0]} 多少錢？" for row in ROWS]
    choices.first.focus()
    reader.page.keyboard.press("Space")
    reader.page.wait_for_selector('a.cite[href^="#src-2-1?"]')
    reader.page.evaluate(FRAMES)
    assert reader.page.locator("#chat .question").last.inner_text() == f"{ROWS[0][0]} 多少錢？"
    assert reader.answer.locator("strong").inner_text() == "12,800 元"


def test_a_greeting_has_neither_sources_nor_suggestions(visit: Visitor, address: str) -> None:
    reader = visit(address)
    asked(reader, "你好")
    assert reader.answer.locator("a.cite, .next, details").count() == 0
    assert reader.answer.locator("a.copy").is_visible() and reader.answer.locator("a.up").is_visible()


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_many_markers_are_one_cluster_whose_parts_open_their_own_sources(
    visit: Visitor, address: str, width: int, height: int
) -> None:
    reader = visit(address, width, height)
    page = reader.page
    asked(reader, "一共多少錢？")
    cluster, parts = reader.answer.locator(".cluster"), reader.answer.locator(".cluster a.cite")
    folded = cluster.bounding_box()
    assert parts.count() == 3
    reader.picture(f"cluster-folded-{width}")
    parts.nth(1).focus()  # as by Tab
    unfolded = cluster.bounding_box()
    assert folded and unfolded and unfolded["width"] > folded["width"]
    reader.picture(f"cluster-{width}")
    page.keyboard.press("Enter")
    page.wait_for_selector("#source mark")
    assert ROWS[1][0] in page.inner_text("#source mark")
    page.keyboard.press("Escape")
    for number in (1, 2, 3):
        cluster.click(position={"x": 3, "y": 8})  # a tap on its bracket
        assert ROWS[number - 1][0] in reader.open(1, number)
        page.keyboard.press("Escape")


@pytest.mark.parametrize(
    ("question", "verdict"),
    [("掃描器多少錢？", "answered"), ("XK-210A 保固多久？", "near"), ("火星上有幾座城市？", "nothing")],
)
def test_each_verdict_has_a_sign_and_a_word(visit: Visitor, address: str, question: str, verdict: str) -> None:
    reader = visit(address)
    asked(reader, question)
    label = reader.answer.locator(".verdict")
    assert label.inner_text() == say(f"verdict.{verdict}", "zh-Hant")
    sign = label.evaluate("one => getComputedStyle(one, '::before').content")
    assert sign.strip('"') == {"answered": "✓", "near": "≈", "nothing": "∅"}[verdict]
