"""PDFs made for tests, which know by themselves where each of their characters is printed."""

import io
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pypdfium2  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
A4 = (595.0, 842.0)
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)

_SUBJECTS = "春夏秋冬東西南北金木水火土日月星風雨雪雲山川河海"


def sentence(number: int, length: int = 14) -> str:
    """A sentence of its own for each number, of full-width characters only."""
    first, second = divmod(number, len(_SUBJECTS))
    filling = "記錄每天的變化並且說明原因給大家參考使用方便日後查閱核對"
    return f"{_SUBJECTS[second]}{_SUBJECTS[-1 - first]}{filling[: length - 3]}。"


@dataclass(frozen=True)
class Glyph:
    """One printed character: which sentence it belongs to, its page from 1, its centre as a fraction of the page."""

    sentence: int
    page: int
    x: float
    y: float


@dataclass
class Sheet:
    """A PDF being drawn; remembers the centre of each character in the page's own space."""

    size: tuple[float, float] = A4
    rotation: int = 0
    crop: tuple[float, float, float, float] | None = None
    """Left, bottom, right and top of what is shown; all of the page where None."""
    shift: tuple[float, float] = (0, 0)
    """Where the lower left corner of the page lies."""
    held: io.BytesIO = field(default_factory=io.BytesIO)
    glyphs: list[Glyph] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    matrix: Matrix = IDENTITY
    page: int = 1

    def __post_init__(self) -> None:
        """Open the first page."""
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self.canvas = Canvas(self.held, pagesize=self.size, invariant=True)
        self._begin()

    def _begin(self) -> None:
        self.canvas.translate(*self.shift)

    def next_page(self) -> None:
        """Begin another page."""
        self.canvas.showPage()
        self.page += 1
        self._begin()

    def transform(self, matrix: Matrix) -> None:
        """Draw what follows on the page through a matrix."""
        self.canvas.transform(*matrix)
        a, b, c, d, e, f = matrix
        g, h, i, j, k, m = self.matrix
        self.matrix = (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)

    def line(self, number: int, text: str, x: float, y: float, size: float = 12, spacing: float = 0) -> None:
        """Print part of a sentence from (x, y) to the right."""
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, y, text, charSpace=spacing)
        for place in range(len(text)):
            self.note(number, x + place * (size + spacing) + size / 2, y + size * 0.35)

    def column(self, number: int, text: str, x: float, y: float, size: float = 12) -> None:
        """Print part of a sentence from (x, y) downwards."""
        self.canvas.setFont(FONT, size)
        for place, character in enumerate(text):
            self.canvas.drawString(x, y - place * size * 1.1, character)
            self.note(number, x + size / 2, y - place * size * 1.1 + size * 0.35)

    def say(self, x: float, y: float, size: float = 12, spacing: float = 0, text: str = "") -> None:
        """Print a whole sentence, a new one if none is given."""
        number = len(self.sentences)
        self.sentences.append(text or sentence(number))
        self.line(number, self.sentences[-1], x, y, size, spacing)

    def note(self, number: int, x: float, y: float) -> None:
        """Remember that a character of a sentence stands around (x, y)."""
        a, b, c, d, e, f = self.matrix
        self.glyphs.append(Glyph(number, self.page, *self._shown(a * x + c * y + e, b * x + d * y + f)))

    def _shown(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page's own space as a fraction of the page as it is shown."""
        left, bottom, right, top = self.crop or (0, 0, *self.size)
        across, down = (x - left) / (right - left), (top - y) / (top - bottom)
        return {0: (across, down), 90: (1 - down, across), 180: (1 - across, 1 - down), 270: (down, 1 - across)}[
            self.rotation
        ]

    def pdf(self) -> bytes:
        """The file, its pages turned, cropped and moved as told."""
        self.canvas.save()
        pdf = pypdfium2.PdfDocument(self.held.getvalue())
        for page in pdf:
            x, y = self.shift
            page.set_mediabox(x, y, self.size[0] + x, self.size[1] + y)
            if self.crop:
                left, bottom, right, top = self.crop
                page.set_cropbox(left + x, bottom + y, right + x, top + y)
            page.set_rotation(self.rotation)
        held = io.BytesIO()
        pdf.save(held)
        return held.getvalue()


def places(text: str, wanted: str) -> Iterator[tuple[int, int]]:
    """Where a sentence stands in an extracted text, whatever white space came into it."""
    pattern = r"\s*".join(map(re.escape, wanted))
    return ((match.start(), match.end()) for match in re.finditer(pattern, text))


Drawing = Callable[[Sheet], None]


def rows(sheet: Sheet) -> None:
    """Sentences one below the other."""
    for row in range(10):
        sheet.say(80, 700 - 40 * row)


def _columns(count: int) -> Drawing:
    def draw(sheet: Sheet) -> None:
        for column in range(count):
            for row in range(8):
                sheet.say(60 + column * 480 / count, 700 - 24 * row, size=min(12, 400 / count / 14))

    return draw


def _row_by_row(count: int) -> Drawing:
    """Columns of running text, a line of each at a time, below a line that goes over all of them."""

    def draw(sheet: Sheet) -> None:
        size, width, lines = 10, 480 / count, 12
        sheet.say(60, 740, size=size, spacing=14)
        fitting = int(width / size) - 2
        texts = []
        for _ in range(count):
            begin = len(sheet.sentences)
            sheet.sentences += [sentence(begin + number) for number in range(lines * fitting // 14)]
            texts.append([(n, c) for n in range(begin, len(sheet.sentences)) for c in sheet.sentences[n]])
        for row in range(lines):
            for column, text in enumerate(texts):
                for place, (number, character) in enumerate(text[row * fitting : (row + 1) * fitting]):
                    sheet.line(number, character, 60 + column * width + place * size, 700 - 16 * row, size)

    return draw


def _through(matrix: Matrix) -> Drawing:
    def draw(sheet: Sheet) -> None:
        sheet.transform(matrix)
        for row in range(6):
            sheet.say(60, 300 - 40 * row)

    return draw


def _turned(degrees: float) -> Drawing:
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return _through((cosine, sine, -sine, cosine, 300, 300))


def _sized(size: float, spacing: float = 0) -> Drawing:
    def draw(sheet: Sheet) -> None:
        for row in range(6):
            sheet.say(40, 760 - 2.5 * size * row, size=size, spacing=spacing)

    return draw


def mixed_sizes(sheet: Sheet) -> None:
    """Large, middle and small in turn."""
    for row in range(9):
        sheet.say(60, 760 - 60 * row, size=(24, 12, 8)[row % 3])


def twice(sheet: Sheet) -> None:
    """The same sentence at three places of a page and on the next."""
    for page in range(2):
        for row in range(6):
            sheet.say(60, 700 - 40 * row, text=sentence(0) if row % 2 == 0 else sentence(1 + row + 10 * page))
        sheet.next_page()


def reversed_order(sheet: Sheet) -> None:
    """Drawn from the bottom to the top."""
    for row in reversed(range(8)):
        sheet.say(60, 700 - 40 * row)


def over_lines(sheet: Sheet) -> None:
    """Each sentence goes on in the line below."""
    for number in range(5):
        whole = sentence(number, 28)
        sheet.sentences.append(whole)
        sheet.line(number, whole[:17], 60, 700 - 60 * number)
        sheet.line(number, whole[17:], 60, 684 - 60 * number)


def over_pages(sheet: Sheet) -> None:
    """The last sentence of a page goes on at the top of the next."""
    for row in range(5):
        sheet.say(60, 300 - 40 * row, text=sentence(row) * 1)
    whole = sentence(7, 28)
    sheet.sentences.append(whole)
    sheet.line(5, whole[:20], 60, 80)
    sheet.next_page()
    sheet.line(5, whole[20:], 60, 760)
    for row in range(4):
        sheet.say(60, 700 - 40 * row, text=sentence(10 + row))


def vertical(sheet: Sheet) -> None:
    """Columns from top to bottom, the first at the right."""
    for column in range(6):
        number = len(sheet.sentences)
        sheet.sentences.append(sentence(number))
        sheet.column(number, sheet.sentences[-1], 480 - 40 * column, 740, size=16)


def columns_left_first(sheet: Sheet) -> None:
    """Columns from top to bottom, drawn from the left although one reads from the right."""
    for column in range(6):
        number = len(sheet.sentences)
        sheet.sentences.append(sentence(number))
        sheet.column(number, sheet.sentences[-1], 280 + 40 * column, 740, size=16)


def over_columns(sheet: Sheet) -> None:
    """One vertical text, its sentences going on in the next column to the left."""
    sheet.sentences += [sentence(number) for number in range(9)]
    said = [(number, character) for number in range(9) for character in sheet.sentences[number]]
    for place, (number, character) in enumerate(said):
        column, row = divmod(place, 30)
        sheet.column(number, character, 480 - 24 * column, 740 - 15.4 * row, size=14)


def vertical_font(sheet: Sheet) -> None:
    """Columns in a font that is itself vertical."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT, isVertical=True))
    sheet.canvas.setFont(FONT, 16)
    for column in range(5):
        number = len(sheet.sentences)
        sheet.sentences.append(sentence(number))
        x, y = 480 - 40 * column, 740
        sheet.canvas.drawString(x, y, sheet.sentences[-1])
        for place in range(len(sheet.sentences[-1])):
            sheet.note(number, x, y - 16 * (place + 0.5))
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def letters_backward(sheet: Sheet) -> None:
    """Each character by itself, the last of a sentence first."""
    for number in range(6):
        sheet.sentences.append(sentence(number))
        for place in reversed(range(len(sheet.sentences[-1]))):
            sheet.line(number, sheet.sentences[-1][place], 60 + 12 * place, 700 - 40 * number)


def justified(sheet: Sheet) -> None:
    """Lines of one width, whatever they hold."""
    for row in range(8):
        length = 10 + row % 5
        sheet.say(60, 700 - 40 * row, spacing=(300 - 12 * length) / length, text=sentence(row, length))


def mixed_scripts(sheet: Sheet) -> None:
    """Latin words in another font between Chinese ones, all of one sentence."""
    for number in range(6):
        said, x = f"{sentence(number)[:5]}ROI{'ABCDEF'[number]}{sentence(number)[5:]}", 60.0
        sheet.sentences.append(said)
        for character in said:
            font = "Helvetica" if character.isascii() else FONT
            wide = pdfmetrics.stringWidth(character, font, 12)
            sheet.canvas.setFont(font, 12)
            sheet.canvas.drawString(x, 700 - 40 * number, character)
            sheet.note(number, x + wide / 2, 700 - 40 * number + 4)
            x += wide


def _upright(matrix: Matrix, drawing: Drawing) -> Drawing:
    """What stands upright once the page is turned."""

    def draw(sheet: Sheet) -> None:
        sheet.transform(matrix)
        drawing(sheet)

    return draw


def few_rows(sheet: Sheet) -> None:
    """As `rows`, for pages that are broad."""
    for row in range(8):
        sheet.say(60, 540 - 40 * row)


def running_lines(sheet: Sheet) -> None:
    """Four pages with a header and a page number each, which are not text."""
    for page in range(4):
        sheet.canvas.setFont(FONT, 9)
        sheet.canvas.drawString(60, 810, "公司內部手冊")
        sheet.canvas.drawString(290, 30, str(page + 1))
        for row in range(4):
            sheet.say(60, 700 - 40 * row)
        sheet.next_page()


def labelled(sheet: Sheet) -> None:
    """Two pages called i and ii, then two called 1 and 2."""
    sheet.canvas.addPageLabel(0, style="ROMAN_LOWER", start=1)
    sheet.canvas.addPageLabel(2, style="ARABIC", start=1)
    for _ in range(4):
        for row in range(3):
            sheet.say(60, 700 - 40 * row)
        sheet.next_page()


def beside_pictures(sheet: Sheet) -> None:
    """Text beside and upon coloured areas."""
    sheet.canvas.setFillColorRGB(0.9, 0.8, 0.7)
    sheet.canvas.rect(50, 400, 300, 330, fill=1, stroke=0)
    sheet.canvas.setFillColorRGB(0, 0, 0)
    for row in range(8):
        sheet.say(60 + 150 * (row % 2), 700 - 40 * row)


def many_pages(sheet: Sheet) -> None:
    """Fifteen pages."""
    for _ in range(15):
        for row in range(2):
            sheet.say(60, 500 - 40 * row)
        sheet.next_page()


UPRIGHT: dict[int, Matrix] = {
    90: (0, 1, -1, 0, A4[0], 0), 180: (-1, 0, 0, -1, *A4), 270: (0, -1, 1, 0, 0, A4[1]),
}  # fmt: skip
CROP = (40.0, 100.0, 555.0, 780.0)


def cases() -> dict[str, Callable[[], Sheet]]:
    """Name → what makes the PDF of that name, drawn to the end."""
    shapes: dict[str, dict[str, object]] = {}
    for turn in (0, 90, 180, 270):
        shapes[f"turned-{turn}"] = {"rotation": turn}
        shapes[f"turned-{turn}-cropped"] = {"rotation": turn, "crop": CROP}
        shapes[f"turned-{turn}-moved"] = {"rotation": turn, "shift": (-120.0, -300.0)}
    drawings: dict[str, Drawing] = {
        "two-columns": _columns(2), "three-columns": _columns(3),
        "two-row-by-row": _row_by_row(2), "three-row-by-row": _row_by_row(3), "twice": twice,
        "reversed": reversed_order,
        "over-lines": over_lines, "over-pages": over_pages, "vertical": vertical, "running-lines": running_lines,
        "labelled": labelled, "beside-pictures": beside_pictures, "many-pages": many_pages, "mixed-sizes": mixed_sizes,
        "small": _sized(6), "large": _sized(34), "spaced": _sized(12, 3.0), "tight": _sized(12, -0.5),
        "scaled": _through((1.5, 0, 0, 1.5, 0, 100)), "shrunk": _through((0.5, 0, 0, 0.5, 100, 300)),
        "stretched": _through((2, 0, 0, 0.8, 0, 200)), "slanted": _through((1, 0, 0.3, 1, 0, 200)),
        "columns-left-first": columns_left_first, "over-columns": over_columns, "vertical-font": vertical_font,
        "letters-backward": letters_backward, "justified": justified, "mixed-scripts": mixed_scripts,
        "text-turned-90": _turned(90), "text-turned-270": _turned(270), "text-turned-30": _turned(30),
    }  # fmt: skip

    def made(drawing: Drawing, shape: dict[str, object]) -> Callable[[], Sheet]:
        def make() -> Sheet:
            sheet = Sheet(**shape)  # type: ignore[arg-type]
            drawing(sheet)
            return sheet

        return make

    found = {name: made(rows, shape) for name, shape in shapes.items()}
    found |= {name: made(drawing, {}) for name, drawing in drawings.items()}
    for turn, matrix in UPRIGHT.items():
        found[f"upright-{turn}"] = made(_upright(matrix, few_rows), {"rotation": turn})
    found["vertical-upright-180"] = made(_upright(UPRIGHT[180], vertical), {"rotation": 180})
    found["vertical-cropped"] = made(vertical, {"crop": CROP})
    found["two-columns-cropped"] = made(_columns(2), {"crop": (20.0, 20.0, 590.0, 830.0)})
    return found
