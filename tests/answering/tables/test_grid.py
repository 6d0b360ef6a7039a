"""Documents → whole tables: sheets over many passages, two-row heads, records, totals, units, the other way round."""

from collections.abc import Callable, Iterator

import pytest
from tests.answering.tables.documents import DOCUMENTS

from yinju.answering.tables.grid import Grid, grids_of
from yinju.answering.tables.grounding import ground
from yinju.answering.tables.quantities import Measure
from yinju.answering.tables.question import read_question
from yinju.answering.tables.reply import lacking
from yinju.ingest.build import open_store
from yinju.library import build_index
from yinju.protocols import Encoder

LONG = "編號,品名,產地,金額（千元）\n" + "".join(f"{n},貨{n},{'甲乙丙'[n % 3]}縣,{n}\n" for n in range(1, 121))

Read = Callable[[str], tuple[Grid, ...]]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Iterator[Read]:
    folder = tmp_path_factory.mktemp("grids")
    (folder / "corpus").mkdir()
    for name, text in {**DOCUMENTS["first"], **DOCUMENTS["second"], "長表.csv": LONG}.items():
        (folder / "corpus" / name).write_text(text, "utf-8")
    build_index(folder / "corpus", folder / "index", encoder=real_encoder)
    generation = open_store(folder / "index").open()
    yield lambda name: grids_of(generation, name)
    generation.close()


def test_all_rows_over_many_passages(read: Read) -> None:
    (grid,) = read("長表.csv")
    assert len(grid.sheet.rows) == 120 and len(grid.sheet.passages) > 3
    assert grid.sheet.rows[119].cells == ("120", "貨120", "丙縣".replace("丙", "甲"), "120")
    row = grid.sheet.rows[60]
    assert "貨61" in row.passage.text[row.start : row.end] and "貨62" not in row.passage.text[row.start : row.end]


def test_columns(read: Read) -> None:
    (grid,) = read("長表.csv")
    serial, name, place, amount = grid.columns
    assert serial.is_serial and grid.naming == 1 and name.is_unique and place.repeats and not amount.repeats
    assert amount.measure is Measure.NUMBER and amount.unit == "元"
    assert amount.quantities[1] is not None and amount.quantities[1].low == 2_000


def test_two_rows_of_heads_and_free_cells(read: Read) -> None:
    prices = read("禾心動物醫院.html")[0]
    assert prices.sheet.heads[0] == "項目" and "幼貓" in prices.sheet.heads[3]
    column = prices.columns[3]
    assert column.measure is Measure.NUMBER and column.is_free(3) and not column.is_free(0)


def test_a_total_is_no_row_of_the_body(read: Read) -> None:
    (grid,) = read("四月銷售.csv")
    assert grid.totals == {12} and len(grid.body) == 12


def test_records_are_a_table(read: Read) -> None:
    (grid,) = (one for one in read("機具清冊.txt") if not one.is_turned)
    assert grid.sheet.is_records and len(grid.sheet.rows) == 4
    assert grid.sheet.heads[:3] == ("機具編號", "名稱", "租金") and grid.columns[2].unit == "元"
    assert grid.name_columns == [0, 1]


def test_a_table_of_things_side_by_side_is_read_both_ways(read: Read) -> None:
    straight, turned = read("禾心動物醫院.html")[:2]
    assert turned.is_turned and not straight.is_turned
    assert turned.sheet.heads[1:] == tuple(row.cells[0] for row in straight.sheet.rows)
    assert turned.sheet.rows[0].source(2) is straight.sheet.rows[1]
    assert not any(grid.is_turned for grid in read("期中成绩.csv")[:1])


def test_kept_while_the_generation_is_open(read: Read) -> None:
    assert read("長表.csv") is read("長表.csv")
    assert read("nothing.txt") == ()


def test_what_rows_are_called(read: Read) -> None:
    (flats,) = (grid for grid in read("青禾公寓.md") if grid.columns[0].head == "房号")
    assert (
        flats.calls_rows("房")
        and flats.calls_rows("房子")
        and not flats.calls_rows("車")
        and not flats.calls_rows("房间")
    )


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("K09是什么课", "K09"), ("早三班几点发车", "早三班"), ("五月开课的有哪些", "五月"), ("906房月租多少", "906"),
        ("906房的狗叫什么", ""), ("法语课多少钱", ""), ("今天天气好吗", ""),
    ],
)  # fmt: skip
def test_what_a_table_lacks(read: Read, question: str, missing: str) -> None:
    grids = [grid for name in DOCUMENTS["first"] for grid in read(name)]
    assert next((name for grid in grids if (name := lacking(ground(read_question(question), grid)))), "") == missing
