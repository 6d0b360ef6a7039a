"""PDFs of tables drawn in many ways, which know what stands in each of their cells.

A way of drawing is how the lines are made, or how columns stand where there are none; chance decides the rest.
"""

import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

FONTS = ("STSong-Light", "MSung-Light")
TOP, FOOT, LEFT = 770.0, 80.0, 60.0
WIDTH = A4[0] - 2 * LEFT
NAMES = "名稱 部門 負責人 金額 數量 比例 日期 備註 狀態 地點 規格 單價 等級 類別 說明 期限 單位 電話 版本 用途".split()
LONG_NAMES = (
    "本期比上年同期增減百分比 期末持股比例（占總股本） 合約約定的交付日期 每股淨資產（元） 是否需要主管核准".split()
)
WORDS = (
    "設備採購 人事訓練 差旅住宿 辦公用品 軟體授權 市場推廣 客戶拜訪 倉儲物流 品質檢驗 安全巡查 資料備份 研發試產 "
    "機房維護 法律顧問 財務稽核 年度會議 招募面談 環境清潔 保險續約 專案管理"
).split()
SENTENCES = (
    "本表所列各項金額均以新臺幣元為單位，並經財務部門核對無誤之後公布。",
    "以下各欄如有空白，表示該項目在本年度內沒有發生或者不適用。",
    "各部門應於每月五日以前填報上個月的執行情形，逾期者由主管說明原因。",
    "下表依照申請的先後順序排列，詳細的內容請參閱附件之中的說明文件。",
)  # fmt: skip


@dataclass
class Drawn:
    """A PDF, its table's heads and rows as they should be read, and the paragraphs around it."""

    way: str
    data: bytes
    heads: list[str]
    rows: list[list[str]]
    paragraphs: list[str]


@dataclass
class Sheet:
    """A table to be drawn: each cell wrapped in lines, where columns end, and which cells are merged."""

    heads: list[str]
    rows: list[list[str]]
    widths: list[float]
    size: float
    padding: float
    leading: float
    aligned: list[str]
    valigned: str
    font: str
    upper: dict[int, tuple[str, int]] = field(default_factory=dict)
    """Column → a name over it and so many more columns, above the heads."""
    down: list[tuple[int, int]] = field(default_factory=list)
    """First row and count of rows that share what stands in their first column."""


def wrap(text: str, width: float, font: str, size: float) -> list[str]:
    """A text in lines that are no wider."""
    lines = [""]
    for character in text:
        if pdfmetrics.stringWidth(lines[-1] + character, font, size) > width and lines[-1]:
            lines.append("")
        lines[-1] += character
    return lines


def make_sheet(chance: random.Random, ruled: bool) -> Sheet:
    """A table of three to six columns; a third of its cells are long enough to be wrapped."""
    count = chance.randint(3, 6)
    size = chance.choice((8, 9, 10, 10.5, 12))
    heads = chance.sample(NAMES, count)
    if chance.random() < 0.4:
        heads[chance.randrange(1, count)] = chance.choice(LONG_NAMES)
    shares = [chance.uniform(1, 2) for _ in range(count)]
    total = chance.choice((0.75, 0.9, 1.0)) * WIDTH
    widths = [total * share / sum(shares) for share in shares]
    numeric = [column > 0 and chance.random() < 0.4 for column in range(count)]
    sheet = Sheet(
        heads, [], widths, size, chance.choice((3, 4, 6)), chance.choice((1.15, 1.2, 1.3, 1.5)) * size,
        ["right" if one and chance.random() < 0.6 else chance.choice(("left", "left", "center")) for one in numeric],
        chance.choice(("top", "middle", "bottom")), chance.choice(FONTS),
    )  # fmt: skip
    length = chance.choice((1, 2, 3, 5, 8, 12, 40 if ruled else 20)) if ruled else chance.choice((3, 5, 8, 12, 20))
    for row in range(length):
        sheet.rows.append([_cell(chance, sheet, column, row, numeric[column]) for column in range(count)])
    if ruled and count > 3 and chance.random() < 0.3:
        sheet.upper[chance.randrange(1, count - 1)] = (chance.choice(("本期合計", "上年同期", "預算執行")), 2)
    if ruled and length > 3 and chance.random() < 0.3:
        sheet.down = [(1, 2)]
        sheet.rows[2][0] = sheet.rows[1][0]
    return sheet


def _cell(chance: random.Random, sheet: Sheet, column: int, row: int, numeric: bool) -> str:
    if column and chance.random() < 0.08:
        return ""
    if numeric:
        return (
            f"{chance.randrange(1_000, 9_999_999):,}"
            if sheet.widths[column] > 6 * sheet.size
            else str(chance.randrange(10, 999))
        )
    inner = sheet.widths[column] - 2 * sheet.padding
    fitting = max(2, int(inner / sheet.size))
    lines = chance.choice((1, 1, 1, 2, 3))
    wanted = chance.randint(2, fitting) if lines == 1 else fitting * (lines - 1) + chance.randint(1, fitting)
    text = chance.choice(WORDS)[:2] + f"{row}"
    while len(text) < wanted:
        text += chance.choice(WORDS)
    return text[: max(wanted, 3)]


class Painter:
    """Draws sheets on pages, row by row."""

    def __init__(self, way: str, chance: random.Random) -> None:
        """Open a first page."""
        for font in FONTS:
            pdfmetrics.registerFont(UnicodeCIDFont(font))
        self.way, self.chance = way, chance
        self.out = io.BytesIO()
        self.canvas = Canvas(self.out, pagesize=A4, invariant=True)
        self.y = TOP
        self.page = 1
        self.paragraphs: list[str] = []

    def say(self, font: str, size: float = 12) -> None:
        """Print a paragraph of one or two lines."""
        text = self.chance.choice(SENTENCES)
        self.paragraphs.append(text)
        self.canvas.setFont(font, size)
        for line in wrap(text, WIDTH, font, size):
            self.canvas.drawString(LEFT, self.y - size, line)
            self.y -= 1.5 * size
        self.y -= 0.8 * size

    def next_page(self) -> None:
        """Number the page and begin another."""
        self.canvas.setFont("Helvetica", 9)
        self.canvas.drawString(290, 40, str(self.page))
        self.canvas.showPage()
        self.page += 1
        self.y = TOP

    def table(self, sheet: Sheet) -> None:
        """Draw a table, its heads again at the top of each page."""
        again = self.chance.random() < 0.8
        self._heads(sheet, True)
        top = True
        number = 0
        while number < len(sheet.rows):
            count = next((count for first, count in sheet.down if first == number), 1)
            rows = sheet.rows[number : number + count]
            height = sum(self._height(sheet, row) for row in rows)
            if self.y - height < FOOT:
                self._close(sheet)
                self.next_page()
                top = True
                if again:
                    self._heads(sheet, False)
            self._rows(sheet, rows, count > 1, number, top and not again)
            top = False
            number += count
        self._close(sheet)
        self.y -= 24

    def _height(self, sheet: Sheet, row: Sequence[str]) -> float:
        most = max(len(lines) for lines in self._wrapped(sheet, row))
        return most * sheet.leading + 2 * sheet.padding

    def _wrapped(self, sheet: Sheet, row: Sequence[str]) -> list[list[str]]:
        return [
            wrap(cell, width - 2 * sheet.padding, sheet.font, sheet.size)
            for cell, width in zip(row, sheet.widths, strict=True)
        ]  # fmt: skip

    def _edges(self, sheet: Sheet) -> list[float]:
        edges = [LEFT]
        for width in sheet.widths:
            edges.append(edges[-1] + width)
        return edges

    def _heads(self, sheet: Sheet, first: bool) -> None:
        edges = self._edges(sheet)
        self.opened = self.y
        self.first_rule = True
        if sheet.upper and self.way in GRIDS:
            ((column, (name, count)),) = sheet.upper.items()
            own, high = self._height(sheet, sheet.heads), sheet.leading + 2 * sheet.padding
            for place, head in enumerate(sheet.heads):
                inside = column <= place < column + count
                box = edges[place], self.y - high - own, edges[place + 1], self.y - (high if inside else 0)
                self._box(box, True)
                self._print(sheet, head, place, box, "center")
            box = edges[column], self.y - high, edges[column + count], self.y
            self._box(box, True)
            self._print(sheet, name, column, box, "center", edges[column + count] - edges[column])
            self.y -= high + own
        else:
            self._rows(sheet, [sheet.heads], False, -1, True)

    def _rows(self, sheet: Sheet, rows: Sequence[Sequence[str]], merged: bool, number: int, top: bool) -> None:
        edges, begin = self._edges(sheet), self.y
        for place, row in enumerate(rows):
            height = self._height(sheet, row)
            for column, cell in enumerate(row):
                if merged and column == 0 and self.way in GRIDS:
                    continue
                box = edges[column], self.y - height, edges[column + 1], self.y
                self._box(box, number < 0, number + place)
                self._print(sheet, cell, column, box)
            self.y -= height
            self._rule(edges, self.y, number)
        if merged and self.way in GRIDS:
            box = edges[0], self.y, edges[1], begin
            self._box(box, False, number)
            self._print(sheet, rows[0][0], 0, box)

    def _print(
        self,
        sheet: Sheet,
        text: str,
        column: int,
        box: tuple[float, float, float, float],
        aligned: str = "",
        wide: float = 0,
    ) -> None:
        left, bottom, right, top = box
        lines = wrap(text, (wide or sheet.widths[column]) - 2 * sheet.padding, sheet.font, sheet.size)
        spare = top - bottom - 2 * sheet.padding - len(lines) * sheet.leading
        y = top - sheet.padding - spare * {"top": 0, "middle": 0.5, "bottom": 1}[sheet.valigned]
        self.canvas.setFont(sheet.font, sheet.size)
        for line in lines:
            y -= sheet.leading
            wide_line = pdfmetrics.stringWidth(line, sheet.font, sheet.size)
            x = {
                "left": left + sheet.padding,
                "right": right - sheet.padding - wide_line,
                "center": (left + right - wide_line) / 2,
            }[aligned or sheet.aligned[column]]
            self.canvas.drawString(x, y + 0.3 * (sheet.leading - sheet.size) + 0.15 * sheet.size, line)

    def _box(self, box: tuple[float, float, float, float], head: bool, number: int = 0) -> None:
        """The lines around one cell, or its ground, in the ways that draw cell by cell."""
        left, bottom, right, top = box
        canvas, way = self.canvas, self.way
        canvas.setLineWidth(0.5)
        if way == "rectangles":
            canvas.rect(left, bottom, right - left, top - bottom)
        elif way in ("segments", "dashed", "double", "shaded heads"):
            if way == "shaded heads" and head:
                canvas.setFillGray(0.85)
                canvas.rect(left, bottom, right - left, top - bottom, stroke=0, fill=1)
                canvas.setFillGray(0)
            canvas.setDash(*((2, 2) if way == "dashed" else ()))
            for shift in (0, 1.8) if way == "double" else (0,):
                for x0, y0, x1, y1 in (
                    (left, top, right, top),
                    (left, bottom, right, bottom),
                    (left, bottom, left, top),
                    (right, bottom, right, top),
                ):
                    canvas.line(x0 + shift, y0 - shift, x1 + shift, y1 - shift)
            canvas.setDash()
        elif way == "thin areas":
            for x, y, across, down in (
                (left, top, right - left, 0.6), (left, bottom, right - left, 0.6),
                (left, bottom, 0.6, top - bottom), (right, bottom, 0.6, top - bottom),
            ):  # fmt: skip
                canvas.rect(x, y, across, down, stroke=0, fill=1)
        elif way == "coloured cells":
            canvas.setFillColorRGB(*((0.7, 0.8, 0.9) if head else (0.95, 0.95, 0.9)))
            canvas.rect(left + 0.5, bottom + 0.5, right - left - 1, top - bottom - 1, stroke=0, fill=1)
            canvas.setFillGray(0)

    def _rule(self, edges: Sequence[float], y: float, number: int) -> None:
        """The line below a row, in the ways that draw lines over all of it."""
        if self.way in ("long lines", "across only", "open sides") or (
            self.way in ("three lines", "frame", "down only") and number < 0
        ):
            self.canvas.setLineWidth(0.7)
            self.canvas.line(edges[0], y, edges[-1], y)

    def _close(self, sheet: Sheet) -> None:
        """The lines that go over all rows of a page."""
        edges, canvas = self._edges(sheet), self.canvas
        if self.way in ("long lines", "across only", "three lines", "open sides", "frame", "down only"):
            canvas.setLineWidth(1)
            canvas.line(edges[0], self.opened, edges[-1], self.opened)
            canvas.line(edges[0], self.y, edges[-1], self.y)
        inner = {"long lines": edges, "open sides": edges[1:-1], "down only": edges, "frame": [edges[0], edges[-1]]}
        for x in inner.get(self.way, ()):
            canvas.line(x, self.opened, x, self.y)
        self.opened = TOP


GRIDS = ("rectangles", "segments", "dashed", "double", "shaded heads", "thin areas", "coloured cells")
"""The ways in which cells are drawn one by one, so that some of them can be merged."""
RULED = (*GRIDS, "long lines", "open sides", "across only", "three lines", "frame", "down only", "platypus")
UNRULED = ("left", "right", "center", "as they come", "spaced rows")


def draw(way: str, chance: random.Random) -> Drawn:
    """A PDF with a table between paragraphs."""
    if way == "platypus":
        return _flowed(chance)
    ruled = way in RULED
    sheet = make_sheet(chance, ruled)
    if way in ("left", "right", "center"):
        sheet.aligned = [way] * len(sheet.heads)
    if way in ("three lines", "frame", "down only") or not ruled:
        sheet.padding = chance.choice((4, 6)) if way != "spaced rows" else 9
        sheet.leading = 1.2 * sheet.size
    if way not in GRIDS:
        sheet.upper, sheet.down = {}, []
    painter = Painter(way, chance)
    painter.say(sheet.font)
    painter.table(sheet)
    painter.say(sheet.font)
    painter.next_page()
    painter.canvas.save()
    heads = [*sheet.heads]
    for column, (name, count) in sheet.upper.items():
        for place in range(column, column + count):
            heads[place] = name + heads[place]
    return Drawn(way, painter.out.getvalue(), heads, sheet.rows, painter.paragraphs)


def _flowed(chance: random.Random) -> Drawn:
    """A table as reportlab itself lays it out, broken over pages where it has many rows."""
    for font in FONTS:
        pdfmetrics.registerFont(UnicodeCIDFont(font))
    sheet = make_sheet(chance, True)
    style = ParagraphStyle("cell", fontName=sheet.font, fontSize=sheet.size, leading=sheet.leading, wordWrap="CJK")
    body = ParagraphStyle("body", fontName=sheet.font, fontSize=12, leading=20, wordWrap="CJK", spaceAfter=10)
    cells = [[Paragraph(cell, style) for cell in row] for row in (sheet.heads, *sheet.rows)]
    commands: list[tuple[object, ...]] = [("VALIGN", (0, 0), (-1, -1), sheet.valigned.upper())]
    lines: Callable[[], Any] = chance.choice((
        lambda: [("GRID", (0, 0), (-1, -1), 0.5, colors.black)],
        lambda: [("INNERGRID", (0, 0), (-1, -1), 0.25, colors.grey), ("BOX", (0, 0), (-1, -1), 1.5, colors.black)],
        lambda: [("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.black), ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black)],
        lambda: [
            ("GRID", (0, 0), (-1, -1), 0.5, colors.white),
            ("ROWBACKGROUNDS", (0, 0), (-1, -1), [colors.lightblue, colors.beige]),
        ],
    ))  # fmt: skip
    commands += lines()
    if len(sheet.rows) > 3:
        for first, count in sheet.down:
            commands.append(("SPAN", (0, first + 1), (0, first + count)))
    before, after = chance.sample(SENTENCES, 2)
    out = io.BytesIO()
    table = Table(cells, colWidths=sheet.widths, repeatRows=1, style=commands)
    SimpleDocTemplate(out, pagesize=A4, invariant=True).build([Paragraph(before, body), table, Paragraph(after, body)])
    return Drawn("platypus", out.getvalue(), sheet.heads, sheet.rows, [before, after])
