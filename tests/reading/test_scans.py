"""Scans: pages without text are recognised, one by one and no other; a citation is boxed where it stands on them."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from tests.conftest import ToyEncoder
from tests.reading.printed_pdfs import A4, Sheet, cases, places, sentence

from scanned_files import Scanner, scan
from yinju import build_index, open_library
from yinju.errors import ReadingError
from yinju.ingest.originals import printed_ranges
from yinju.reading import Pages, Reader
from yinju.reading.child import Child
from yinju.reading.extract import ScannedLine, headings_of
from yinju.reading.pdf import extract_pdf
from yinju.reading.pdf.order import in_reading_order
from yinju.reading.pdf.scans import scanned_rows
from yinju.settings import Settings
from yinju.types import Document, FileState

SIZE = (600.0, 800.0)
OFFICE = Scanner(150, tilt=0.3, noise=6, quality=75)


def printed(first: int, lines: int = 4) -> Sheet:
    sheet = Sheet()
    for place in range(lines):
        sheet.line(first + place, sentence(first + place), 80, 740 - 40 * place, 14)
    return sheet


def joined(*parts: bytes) -> bytes:
    whole, held = pypdfium2.PdfDocument.new(), io.BytesIO()
    for part in parts:
        whole.import_pages(pypdfium2.PdfDocument(part))
    whole.save(held)
    return held.getvalue()


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader(recognizes=True, timeout_seconds=120) as reader:
        yield reader


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A printed page, a scanned one, a blank one."""
    path = tmp_path_factory.mktemp("scans") / "合約.pdf"
    blank = pypdfium2.PdfDocument.new()
    blank.new_page(595, 842)
    held = io.BytesIO()
    blank.save(held)
    path.write_bytes(joined(printed(0).pdf(), scan(printed(10).pdf(), OFFICE), held.getvalue()))
    return path


def said(document: Document, name: str) -> list[str]:
    return [str(page) for one in document.reasons if one.name == name for page in one.facts["pages"]]  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def document(reader: Reader, mixed: Path) -> Document:
    told: list[tuple[int, int]] = []
    document = reader.read(mixed, mixed.name, told=lambda done, pages: told.append((done, pages)))
    assert told == [(0, 2), (1, 2)], "pages with text are not recognised"
    return document


def test_scanned_pages_are_read_and_listed(document: Document) -> None:
    for number in (*range(4), *range(10, 14)):
        (place,) = places(document.text, sentence(number))
        assert document.page_at(place[0]) == (1 if number < 10 else 2)
    assert document.state is FileState.WARNED
    assert (said(document, "recognized_pages"), said(document, "blank_pages")) == (["2"], ["3"])
    assert document.textless == (3,)


def test_a_citation_is_boxed_on_the_scan(document: Document, mixed: Path) -> None:
    pages, drawn = Pages(), printed(10)
    try:
        for number in range(10, 14):
            (span,) = places(document.text, sentence(number))
            ranges = printed_ranges(document.text, document.printed, span)
            assert [*ranges] == [2]
            found = pages.boxes(mixed, document.sha256, 2, ranges[2], document.scans[0])
            assert (found.page, found.pages, len(found.boxes)) == (2, 3, 1)
            (box,) = found.boxes
            *wanted, stop = (glyph for glyph in drawn.glyphs if glyph.sentence == number)
            boxed = {g for g in drawn.glyphs if box[0] < g.x < box[2] and box[1] < g.y < box[3]}
            assert boxed - {stop} == {*wanted}, "the ink of a full stop is not in the middle of its square"
    finally:
        pages.close()


def test_without_recognition_scanned_pages_are_listed(mixed: Path) -> None:
    with Reader() as reader:
        document = reader.read(mixed, mixed.name)
    assert said(document, "textless_pages") == ["2–3"]
    assert document.textless == (2, 3)
    assert "make ocr" in document.message


def test_vertical_text_is_recognised_column_by_column(reader: Reader, tmp_path: Path) -> None:
    sheet = cases()["vertical"]()
    path = tmp_path / "直.pdf"
    path.write_bytes(scan(sheet.pdf(), Scanner(150)))
    text = reader.read(path, path.name).text
    starts = [next(places(text, one.rstrip("。")))[0] for one in sheet.sentences]
    assert starts == sorted(starts)


def test_a_page_that_cannot_be_recognised_costs_itself_alone(
    mixed: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "三頁.pdf"
    path.write_bytes(joined(scan(printed(0).pdf()), printed(10).pdf(), scan(printed(20).pdf())))
    ask = Child.ask

    def failing(self: Child, request: dict[str, object]) -> dict[str, object]:
        if "recognize" not in request:
            return ask(self, request)
        if request["recognize"] == 1:
            raise ReadingError("timed_out", seconds=1)
        return {"lines": [{"text": "認得的字", "boxes": [(n / 10, 0.1, (n + 1) / 10, 0.15) for n in range(4)]}]}

    monkeypatch.setattr(Child, "ask", failing)
    with Reader(recognizes=True) as reader:
        document = reader.read(path, path.name)
    assert "認得的字" in document.text
    assert (said(document, "unrecognized_pages"), said(document, "recognized_pages")) == (["1"], ["3"])
    assert document.page_at(document.text.index("認得的字")) == 3


def test_a_closed_reader_recognises_no_further_page(mixed: Path) -> None:
    with Reader(recognizes=True) as reader, pytest.raises(ReadingError) as stopped:
        reader.read(mixed, mixed.name, told=lambda done, pages: reader.close())
    assert stopped.value.code == "stopped"


def recognizing(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Have every scanned page hold the same line; which pages were asked for."""
    ask, asked = Child.ask, list[int]()

    def answering(self: Child, request: dict[str, object]) -> dict[str, object]:
        if "recognize" not in request:
            return ask(self, request)
        asked.append(int(str(request["recognize"])))
        line = "掃描的合約寫明押金是三千元。"
        return {
            "lines": [{"text": line, "boxes": [(0.1 + n / 50, 0.1, 0.12 + n / 50, 0.12) for n in range(len(line))]}]
        }

    monkeypatch.setattr(Child, "ask", answering)
    return asked


def test_scans_are_read_once_recognition_is_there_and_kept_then(
    tmp_path: Path, mixed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus, index, encoder = tmp_path / "文件", tmp_path / "index", ToyEncoder()
    corpus.mkdir()
    (corpus / mixed.name).write_bytes(mixed.read_bytes())
    build_index(corpus, index, encoder=encoder, settings=Settings(ocr=False))
    asked = recognizing(monkeypatch)
    report = build_index(corpus, index, encoder=encoder)
    assert asked == [2, 3], "an unchanged file is read again for its scanned pages"
    assert [reason.name for reason in report.outcomes[0].reasons] == ["recognized_pages"]
    (corpus / "新.txt").write_text("新的一份文件。", "utf-8")
    assert {o.name: o.reused for o in build_index(corpus, index, encoder=encoder).outcomes}[mixed.name]
    with open_library(index, encoder=encoder) as library:
        found = library.document(mixed.name)
        assert found
        start = found.text.index("押金")
        shown = library.page_boxes(mixed.name, 2, (start, start + 2))
    assert asked == [2, 3]
    assert shown is not None
    assert [tuple(round(edge, 2) for edge in box) for box in shown.boxes] == [(0.24, 0.1, 0.28, 0.12)]


def test_a_scan_without_a_word_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "相片.pdf"
    path.write_bytes(scan(printed(0).pdf()))
    ask = Child.ask
    monkeypatch.setattr(Child, "ask", lambda self, r: {"lines": []} if "recognize" in r else ask(self, r))
    with Reader(recognizes=True) as reader, pytest.raises(ReadingError) as error:
        reader.read(path, path.name)
    assert (error.value.code, error.value.reason.name) == ("no_text", "no_text.recognized")


def test_a_watermark_over_a_scan_is_not_its_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "浮水印.pdf"
    sheet = Sheet()
    sheet.canvas.drawImage(ImageReader(Image.new("L", (60, 84), 200)), 0, 0, *A4)
    sheet.line(0, "內部機密", 200, 400)
    path.write_bytes(sheet.pdf())
    recognizing(monkeypatch)
    with Reader(recognizes=True) as reader:
        assert reader.read(path, path.name).text == "掃描的合約寫明押金是三千元。"
    with Reader() as reader:
        assert reader.read(path, path.name).textless == (1,)
    failed = extract_pdf(path.read_bytes(), {1: None})
    assert (failed.text, [reason.name for reason in failed.warnings]) == ("內部機密", ["unrecognized_pages"])


def line(text: str, left: float, top: float, size: float = 12, down: bool = False, tilt: float = 0) -> ScannedLine:
    """A recognised line of square characters, in points from the page's upper left corner."""
    boxes = []
    for place in range(len(text)):
        x, y = (left, top + place * size) if down else (left + place * size, top + place * size * tilt)
        boxes.append((x / SIZE[0], y / SIZE[1], (x + size) / SIZE[0], (y + size * 1.2) / SIZE[1]))
    return ScannedLine(text, tuple(boxes))


def read(lines: Sequence[ScannedLine]) -> list[str]:
    return [one.text for one in in_reading_order(scanned_rows(lines, 0, SIZE)[0])]


def test_columns_that_stand_askew_are_read_one_after_the_other() -> None:
    left = [line(sentence(n), 60, 100 + 20 * n) for n in range(6)]
    right = [line(sentence(n), 320, 107 + 20 * (n - 10)) for n in range(10, 16)]
    title = line("全頁的標題橫過兩欄之上而且很長很長", 150, 60, 16)
    wanted = [title.text, *(sentence(n) for n in (*range(6), *range(10, 16)))]
    assert read([*right, *left, title]) == wanted


def test_rows_of_a_table_are_read_across() -> None:
    cells = [
        ("項目", "數量", "負責人"),
        ("茶葉", "三十斤", "陳先生"),
        ("茶罐", "五百個", "林小姐"),
        ("紙盒", "九百個", "張先生"),
    ]
    lines = [
        line(cell, 60 + 150 * n, 100 + 30 * row) for row, texts in enumerate(cells) for n, cell in enumerate(texts)
    ]
    assert read(lines[::-1]) == [" ".join(row) for row in cells]


def test_a_tilted_page_keeps_its_lines() -> None:
    lines = [line(sentence(n, 30), 60, 100 + 20 * n, tilt=0.03) for n in range(5)]
    lines += [line("右欄的註", 500, 100 + 440 * 0.03 + 20 * n, tilt=0.03) for n in range(5)]
    assert read(lines) == [f"{sentence(n, 30)} 右欄的註" for n in range(5)]


def test_columns_of_vertical_text_are_read_from_the_right() -> None:
    lines = [line(sentence(n), 500 - 30 * n, 100, down=True) for n in range(5)]
    assert read(lines[::-1]) == [sentence(n) for n in range(5)]


def test_boxes_count_a_rare_character_twice_as_pdfium_does() -> None:
    rows, boxes = scanned_rows([line("甲𠮷乙", 60, 100)], 0, SIZE)
    assert rows[0][0].first == 0
    assert len(boxes) == 4
    assert boxes[1] == boxes[2]


def test_lines_of_nearly_one_size_make_no_headings() -> None:
    text = [line(sentence(n, 30), 60, 200 + 25 * n, 12 + 0.3 * (n % 3)) for n in range(8)]
    heads = [line("第一章總則", 60, 100, 17.8), line("第二章付款", 60, 500, 18.3)]
    pdf = scan(printed(0, lines=1).pdf())
    found = extract_pdf(pdf, {1: [*text, *heads]})
    assert [(heading.name, heading.level) for heading in headings_of(found.blocks)] == [
        ("第一章總則", 1),
        ("第二章付款", 1),
    ]
