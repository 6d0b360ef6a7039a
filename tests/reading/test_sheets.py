"""xlsx: sheets as headings, rows beside their heads, values as shown, and files that are not what they seem."""

import datetime
import io
import re
import time
import warnings
import zipfile
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from openpyxl import Workbook
from tests.reading.edited_archives import edited

from yinju.errors import ReadingError
from yinju.reading import read_document

SHEET = "xl/worksheets/sheet1.xml"
ROWS = [("姓名", "部門", "分機"), ("𠮷田", "財務", 8123), ("李四", "總務", 8124)]


def saved(book: Any) -> bytes:  # noqa: ANN401 - openpyxl has no types
    """The bytes of a workbook."""
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book.save(out)
    return out.getvalue()


def book(**sheets: Iterable[Iterable[Any]]) -> Any:  # noqa: ANN401
    """A workbook with sheets of these names and rows."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append([*row])
    return made


def text_of(data: bytes) -> str:
    """The text that is read from a workbook."""
    return read_document(data, "a.xlsx").text


def with_shared_strings(strings: bytes) -> bytes:
    """A workbook whose only cell is the first of its shared strings, as Excel saves text."""
    cell, types = b'<c r="A1" t="s"><v>0</v></c>', "[Content_Types].xml"
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + kind + b'"/></Types>'
    data = edited(saved(book(a=[("甲",)])), lambda xml: re.sub(rb"<c .*</c>", cell, xml), SHEET)
    out = io.BytesIO(edited(data, lambda xml: xml.replace(b"</Types>", override), types))
    with zipfile.ZipFile(out, "a") as archive:
        head = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        archive.writestr("xl/sharedStrings.xml", head + strings + b"</sst>")
    return out.getvalue()


def shown(value: object, pattern: str = "General") -> str:
    """What is read of one cell."""
    made = book(a=[("值", value)])
    made.active["B1"].number_format = pattern
    return text_of(saved(made)).removeprefix("值").removeprefix("｜")


def test_sheets_are_headings_and_rows_stand_beside_their_heads() -> None:
    document = read_document(saved(book(通訊錄=ROWS, 假別=[("事假", 14), ("病假", 30)])), "a.xlsx")
    assert document.text.split("\n") == [
        "通訊錄",
        "姓名｜部門｜分機",
        "姓名：𠮷田｜部門：財務｜分機：8123",
        "姓名：李四｜部門：總務｜分機：8124",
        *("假別", "事假｜14", "病假｜30"),
    ]
    assert [section.headings for section in document.sections] == [("通訊錄",), ("假別",)]
    assert (document.format, document.title, document.page_starts) == ("xlsx", "a", ())


def test_the_only_sheet_with_content_is_no_heading() -> None:
    document = read_document(saved(book(一=ROWS, 二=[])), "a.xlsx")
    assert [section.headings for section in document.sections] == [()]
    assert document.text.startswith("姓名｜")


def test_the_title_is_what_the_workbook_says() -> None:
    made = book(一=ROWS)
    made.properties.title = "通訊錄 2026"
    assert read_document(saved(made), "a.xlsx").title == "通訊錄 2026"


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_left_out(state: str) -> None:
    made = book(看=[("看得見",)], 藏=[("看不見",)])
    made["藏"].sheet_state = state
    assert text_of(saved(made)) == "看得見"


@pytest.mark.parametrize(
    ("value", "pattern", "text"),
    [
        (0.5, "0%", "50%"),
        (3.0, "General", "3"),
        (7, "000", "007"),
        (True, "General", "是"),
        (False, "General", "否"),
        ("#N/A", "General", ""),
        (datetime.date(2026, 11, 28), "yyyy/m/d", "2026-11-28"),
        (datetime.datetime(2026, 11, 28, 14, 30), "yyyy/m/d h:mm", "2026-11-28 14:30"),
        (datetime.datetime(2026, 11, 28, 14, 30, 5), "yyyy/m/d h:mm", "2026-11-28 14:30:05"),
        (datetime.time(9, 0), "h:mm", "09:00"),
        (datetime.timedelta(hours=30, minutes=5), "[h]:mm:ss", "30:05"),
        ("兩\n行  字", "General", "兩 行 字"),
        ("甲_x000D_乙", "General", "甲 乙"),
    ],
)
def test_values_are_read_as_they_are_shown(value: object, pattern: str, text: str) -> None:
    assert shown(value, pattern) == text


def test_shared_strings_are_read_without_their_pronunciation() -> None:
    strings = "<si><r><t>𠮷</t></r><r><t>田</t></r><rPh sb='0' eb='1'><t>よし</t></rPh></si>".encode()
    assert text_of(with_shared_strings(strings)) == "𠮷田"


@pytest.mark.parametrize("strings", [b"<si><t>", b""], ids=["cut off", "missing"])
def test_damaged_shared_strings_make_a_file_unreadable(strings: bytes) -> None:
    with pytest.raises(ReadingError, match="xlsx"):
        text_of(with_shared_strings(strings))


def test_formulas_have_the_value_last_saved() -> None:
    data = saved(book(a=[("合計", "=1+2")]))
    assert text_of(
        edited(data, lambda xml: xml.replace(b"<v></v>", b"<v>3</v>").replace(b"<v />", b"<v>3</v>"), SHEET)
    ) == ("合計｜3")


def test_blank_rows_divide_tables_and_single_cells_above_are_captions() -> None:
    rows = [
        *[("通訊錄",), ("2026 年版",), *ROWS[:2], ()],
        *[("", "項目", "2025", "2026"), ("", "營收", 100, 120)],
    ]
    assert text_of(saved(book(a=rows))).split("\n") == [
        *("通訊錄", "2026 年版", "姓名｜部門｜分機", "姓名：𠮷田｜部門：財務｜分機：8123"),
        *("項目｜2025｜2026", "項目：營收｜2025：100｜2026：120"),
    ]


def test_merged_cells_leave_no_empty_columns() -> None:
    made = book(a=[("姓名", None, "部門", "分機"), ("王", None, "財務", 1)])
    for cells in ("A1:B1", "A2:B2"):
        made.active.merge_cells(cells)
    assert text_of(saved(made)) == "姓名｜部門｜分機\n姓名：王｜部門：財務｜分機：1"


def test_a_cell_merged_downwards_holds_for_every_row() -> None:
    made = book(a=[("部門", "姓名", "分機"), ("財務", "王", 1), (None, "李", 2), (None, "張", 3), ("總務", "陳", 4)])
    made.active.merge_cells("A2:A4")
    assert text_of(saved(made)).split("\n")[1:] == [
        *("部門：財務｜姓名：王｜分機：1", "部門：財務｜姓名：李｜分機：2", "部門：財務｜姓名：張｜分機：3"),
        "部門：總務｜姓名：陳｜分機：4",
    ]


@pytest.mark.parametrize("long", [False, True])
def test_a_long_text_merged_downwards_is_said_once(long: bool) -> None:
    text = "說明" * (16 if long else 3)
    made = book(a=[("項目", "值", "說明"), ("甲", 1, text), ("乙", 2)])
    made.active.merge_cells("C2:C3")
    assert text_of(saved(made)).count(text) == (1 if long else 2)


def test_names_in_two_rows_name_their_columns_together() -> None:
    heads = [("員工名冊",), ("姓名", "請假", None, "備註"), (None, "特休", "病假")]
    made = book(a=[*heads, ("王", 3, 1, "無"), ("李", 0, 2, "無")])
    for cells in ("A2:A3", "B2:C2", "D2:D3"):
        made.active.merge_cells(cells)
    assert text_of(saved(made)).split("\n") == [
        *("員工名冊", "姓名｜請假 特休｜請假 病假｜備註"),
        *("姓名：王｜請假 特休：3｜請假 病假：1｜備註：無", "姓名：李｜請假 特休：0｜請假 病假：2｜備註：無"),
    ]


def test_a_merged_cell_stated_to_be_endless_costs_nothing() -> None:
    made = book(a=ROWS)
    made.active.merge_cells("A2:A3")
    data = edited(saved(made), lambda xml: xml.replace(b"A2:A3", b"A2:XFD1048576"), SHEET)
    assert text_of(data) == text_of(saved(made))


def test_charts_on_sheets_of_their_own_do_not_matter() -> None:
    made = book(a=ROWS)
    made.create_chartsheet("圖")
    assert text_of(saved(made)) == text_of(saved(book(a=ROWS)))


@pytest.mark.parametrize("pattern", [27, 31, 36, 50, 57, 58])
def test_dates_in_the_patterns_of_east_asia_need_no_spelling_out(pattern: int) -> None:
    made = book(a=[("到職日", datetime.date(2026, 11, 28))])
    styles = re.compile(rb'numFmtId="14"')
    made.active["B1"].number_format = "mm-dd-yy"
    data = edited(saved(made), lambda xml: styles.sub(b'numFmtId="%d"' % pattern, xml), "xl/styles.xml")
    assert text_of(data) == "到職日｜2026-11-28"


@pytest.mark.parametrize("stated", [b"A1", b"A1:XFD1048576"])
def test_stated_dimensions_are_not_believed(stated: bytes) -> None:
    data = edited(
        saved(book(a=ROWS)),
        lambda xml: re.sub(rb'dimension ref="[^"]*"', b'dimension ref="' + stated + b'"', xml),
        SHEET,
    )
    assert text_of(data) == text_of(saved(book(a=ROWS)))


def test_cells_far_out_are_not_read() -> None:
    far = b'<row r="4"><c r="XFD4"><v>1</v></c></row><row r="99999999999"><c r="A9"><v>2</v></c></row></sheetData>'
    data = edited(saved(book(a=ROWS)), lambda xml: xml.replace(b"</sheetData>", far), SHEET)
    assert text_of(data) == text_of(saved(book(a=ROWS)))


def test_rows_that_are_only_formatted_cost_little() -> None:
    rows = b"".join(b'<row r="%d" s="1" ht="%d"/>' % (number, number * 7919 % 409) for number in range(4, 100_000))
    data = edited(saved(book(a=ROWS)), lambda xml: xml.replace(b"</sheetData>", rows + b"</sheetData>"), SHEET)
    started = time.process_time()
    assert len(text_of(data).split("\n")) == 3
    assert time.process_time() - started < 5


def test_twenty_thousand_rows_are_read_in_seconds() -> None:
    data = saved(book(a=[ROWS[0], *((f"員工{number}", "財務", number) for number in range(20_000))]))
    started = time.process_time()
    text = text_of(data)
    assert time.process_time() - started < 10
    assert text.endswith("姓名：員工19999｜部門：財務｜分機：19999")
    assert text.count("\n") == 20_000


@pytest.mark.parametrize("rows", [[], [("", None, "  ")]], ids=["no cells", "blank cells"])
def test_a_workbook_without_text_is_empty(rows: list[tuple[object, ...]]) -> None:
    with pytest.raises(ReadingError) as caught:
        read_document(saved(book(a=rows)), "a.xlsx")
    assert caught.value.code == "empty"


@pytest.mark.parametrize("part", [0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
def test_a_truncated_file_is_unreadable(part: float) -> None:
    data = saved(book(a=ROWS))
    with pytest.raises(ReadingError) as caught:
        read_document(data[: int(len(data) * part)], "a.xlsx")
    assert caught.value.code == "unreadable"


@pytest.mark.parametrize("member", ["xl/theme/theme1.xml", "docProps/core.xml", "[Content_Types].xml"])
def test_damage_in_what_is_not_shown_does_not_matter(member: str) -> None:
    data = edited(saved(book(a=ROWS)), lambda xml: xml[: len(xml) // 2], member)
    assert text_of(data) == text_of(saved(book(a=ROWS)))


@pytest.mark.parametrize("member", [SHEET, "xl/workbook.xml", "xl/styles.xml"])
@pytest.mark.parametrize("edit", [lambda xml: xml[: len(xml) // 2], lambda _: b""], ids=["half", "nothing"])
def test_a_damaged_member_is_unreadable(member: str, edit: Callable[[bytes], bytes]) -> None:
    with pytest.raises(ReadingError, match="xlsx") as caught:
        read_document(edited(saved(book(a=ROWS)), edit, member), "a.xlsx")
    assert caught.value.code == "unreadable"


def test_a_bomb_is_refused() -> None:
    data = edited(
        saved(book(a=ROWS)), lambda xml: xml.replace(b"<sheetData>", b"<sheetData>" + b"<row/>" * 4_000_000), SHEET
    )
    with pytest.raises(ReadingError, match="不像正常文件") as caught:
        read_document(data, "a.xlsx")
    assert caught.value.code == "too_large"


def test_external_entities_are_not_read() -> None:
    canary = b'<!DOCTYPE x [<!ENTITY c SYSTEM "file:///etc/passwd">]><worksheet'
    data = edited(saved(book(a=ROWS)), lambda xml: xml.replace(b"<worksheet", canary).replace(b"<t>", b"<t>&c;"), SHEET)
    try:
        text = text_of(data)
    except ReadingError as error:
        text = str(error)
    assert "root:" not in text
