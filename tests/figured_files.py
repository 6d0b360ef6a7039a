"""Small files with pictures and charts in them, made as people's programs make them."""

import base64
import io
from collections.abc import Callable
from functools import cache

import docx
from docx.shared import Inches
from PIL import Image, ImageDraw
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches as SlideInches
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "MSung-Light"


def picture(
    width: int = 320, height: int = 200, colour: str = "steelblue", kind: str = "PNG", **options: object
) -> bytes:
    """A picture: a coloured area on white."""
    made = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(made).rectangle((width // 10, height // 10, width // 2, height * 9 // 10), fill=colour)
    held = io.BytesIO()
    made.save(held, kind, **options)
    return held.getvalue()


def as_address(data: bytes) -> str:
    """A picture as it stands in a web page itself."""
    return f"data:image/png;base64,{base64.b64encode(data).decode()}"


@cache
def word_file(described: str = "電商與門市的通路占比") -> bytes:
    """A report: a picture with a caption below, one with a description alone, and a sign of 20 pixels."""
    made = docx.Document()
    made.add_heading("銷售", 1)
    made.add_paragraph("第三季的銷售額為一千二百萬元，比上一季成長一成五，變化如圖 1 所示。")
    made.add_paragraph().add_run().add_picture(io.BytesIO(picture()), width=Inches(4))
    made.add_paragraph("圖 1：各季銷售額的變化", style="Caption")
    made.add_paragraph("實體門市的比重下降，電商的比重上升。")
    run = made.add_paragraph().add_run()
    run.add_picture(io.BytesIO(picture(300, 300, "tomato")), width=Inches(3))
    run._r.xpath(".//wp:docPr")[0].set("descr", described)
    made.add_heading("客服", 1)
    made.add_paragraph("客服的滿意度維持在九成以上。")
    made.add_paragraph().add_run().add_picture(io.BytesIO(picture(60, 60, "red")), width=Inches(0.2))
    return _saved(made.save)


@cache
def slides_file() -> bytes:
    """Two slides: a picture, and a chart of columns with a title."""
    made = Presentation()
    first, second = (made.slides.add_slide(made.slide_layouts[5]) for _ in range(2))
    first.shapes.title.text = "會員成長"
    first.shapes.add_picture(io.BytesIO(picture(400, 300)), *map(SlideInches, (1, 2, 4, 3)))
    second.shapes.title.text = "每月人數"
    data = CategoryChartData()  # type: ignore[no-untyped-call]
    data.categories = ["一月", "二月", "三月"]
    data.add_series("新會員", (120, 180, 260))  # type: ignore[no-untyped-call]
    data.add_series("回流<b>", (20, 30, -45))  # type: ignore[no-untyped-call]
    chart = second.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *map(SlideInches, (1, 2, 6, 4)), data).chart
    chart.has_title = True
    chart.chart_title.text_frame.text = "每月新會員與回流會員"
    return _saved(made.save)


@cache
def pdf_file(pages: int = 1) -> bytes:
    """A report: a picture with a caption, bars drawn with lines and labels above theirs, and a logo on each page."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    held = io.BytesIO()
    sheet = Canvas(held, pagesize=(595, 842))
    for _ in range(pages):
        sheet.drawImage(ImageReader(io.BytesIO(picture(100, 100, "black"))), 500, 780, 50, 50)
        _line(sheet, 750, "春茶的產量在四月達到高峰，全年的產量則比去年增加百分之十二，主要來自新開的梯田。")
        _line(sheet, 732, "各月的產量變化見圖 1，其中五月之後逐漸下降。")
        sheet.drawImage(ImageReader(io.BytesIO(picture(400, 240))), 72, 480, 300, 200)
        _line(sheet, 462, "圖 1 各月產量的變化")
        _line(sheet, 440, "梯田的面積也在增加，南坡的增加最多，北坡則大致持平，詳見下圖的面積比較。")
        for number, height in enumerate((40, 80, 120, 60)):
            sheet.rect(120 + number * 50, 260, 30, height, fill=1)
            _line(sheet, 248, f"{number + 1}坡", 122 + number * 50, 9)
        sheet.line(110, 260, 330, 260)
        sheet.line(110, 260, 110, 390)
        _line(sheet, 225, "圖 2 各坡梯田的面積（公頃）")
        _line(sheet, 200, "明年計畫在南坡再開三公頃，並在北坡試種新的品種，預計兩年後可以採收。")
        sheet.showPage()
    sheet.save()
    return held.getvalue()


def web_page() -> str:
    """A page with a picture beside it, one in itself, and such as must not be looked for."""
    inline = as_address(picture(300, 200, "purple"))
    return f"""<!doctype html><html><head><meta charset="utf-8"><title>步道</title></head><body><main>
<h1>步道導覽</h1><p>環山步道全長五公里，走一圈約需兩個小時，沿途有三座涼亭可以休息。</p>
<figure><img src="img/map.png" alt="x"><figcaption>環山步道路線圖</figcaption></figure>
<p>步道的高度變化不大，最高點在第二座涼亭，海拔四百公尺，適合全家同行。</p>
<img src="{inline}" alt="步道各段的海拔高度剖面"><p>冬天的步道在下午四點關閉，請提早下山。</p>
<img src="https://example.com/far.png" alt="遠方的圖片說明"><img src="//example.com/a.png" alt="另一張遠方的圖">
<img src="{as_address(picture(16, 16))}" alt="一個小小的圖示記號"></main></body></html>"""


def _line(sheet: Canvas, height: float, words: str, left: float = 72, size: float = 12) -> None:
    sheet.setFont(FONT, size)
    sheet.drawString(left, height, words)


def _saved(save: Callable[[io.BytesIO], None]) -> bytes:
    held = io.BytesIO()
    save(held)
    return held.getvalue()
