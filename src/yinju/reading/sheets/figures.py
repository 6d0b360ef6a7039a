"""The pictures and charts that lie over a sheet (ECMA-376 Part 1, 20.5); a chart's data stand in the cells already."""

from collections.abc import Iterator

from yinju.reading.figures.charts import CHART, chart_title, has_values
from yinju.reading.package import Package
from yinju.reading.unpacking import DAMAGE
from yinju.types import Figure, FigureSource

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_MAIN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_EMU = 9_525
"""English Metric Units of a pixel."""


def figures_over(package: Package, sheet: str) -> Iterator[Figure]:
    """The figures of a sheet, in the order of drawing; those of a damaged drawing are left out."""
    for relation in package.relations(sheet):
        if relation.kind == "drawing" and relation.target in package.names:
            try:
                yield from _drawn(package, relation.target)
            except DAMAGE:
                continue


def _drawn(package: Package, drawing: str) -> Iterator[Figure]:
    targets = {relation.id: relation.target for relation in package.relations(drawing)}
    for one in package.root(drawing).iter(f"{_DRAWING}pic", f"{_DRAWING}graphicFrame"):
        properties = one.find(f".//{_DRAWING}cNvPr")
        said = properties.get("descr", "") if properties is not None else ""
        extent = one.find(f".//{_MAIN}ext[@cx]")
        sides = [extent.get(side, "0") if extent is not None else "0" for side in ("cx", "cy")]
        across, down = (int(side) // _EMU if side.isdecimal() else 0 for side in sides)
        for picture in one.iter(f"{_MAIN}blip"):
            if part := targets.get(picture.get(f"{_RELATION}embed", "")):
                yield Figure(0, FigureSource.MEMBER, (part,), said, size=(across, down))
        for chart in one.iter(f"{{{CHART}}}chart"):
            if (part := targets.get(chart.get(f"{_RELATION}id", ""))) in package.names and part:
                drawn = package.root(part)
                if has_values(drawn):
                    yield Figure(0, FigureSource.CHART, (part,), chart_title(drawn) or said)
