"""The pictures and charts in a paragraph or table of a Word document (ECMA-376 Part 1, 20.4 and 19.1)."""

from collections.abc import Iterator, Sequence
from typing import Any

from yinju.reading.figures.charts import CHART
from yinju.reading.package import Relation
from yinju.types import Figure, FigureSource

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_MAIN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_VML = "{urn:schemas-microsoft-com:vml}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FRAMES = (f"{_DRAWING}inline", f"{_DRAWING}anchor", f"{_VML}imagedata")
_EMU = 9_525
"""English Metric Units of a pixel."""
_BEHIND = ("1", "true", "on")


def figures_in(element: Any, relations: Sequence[Relation], at: int) -> Iterator[Figure]:  # noqa: ANN401
    """The pictures and charts in an element, which stand at a place of the text; what lies behind text is left out."""
    targets: dict[str, str] = {}
    for frame in element.iter(*_FRAMES):
        targets = targets or {relation.id: relation.target for relation in relations}
        if frame.get("behindDoc") in _BEHIND:
            continue
        if frame.tag.startswith(_VML):
            said = frame.get("{urn:schemas-microsoft-com:office:office}title", "")
            yield from _found(targets.get(frame.get(f"{_RELATION}id", "")), FigureSource.MEMBER, at, said, (0, 0))
            continue
        properties = frame.find(f"{_DRAWING}docPr")
        said = properties.get("descr") or properties.get("title") or "" if properties is not None else ""
        size = _size(frame.find(f"{_DRAWING}extent"))
        for picture in frame.iter(f"{_MAIN}blip"):
            yield from _found(targets.get(picture.get(f"{_RELATION}embed", "")), FigureSource.MEMBER, at, said, size)
        for chart in frame.iter(f"{{{CHART}}}chart"):
            yield from _found(targets.get(chart.get(f"{_RELATION}id", "")), FigureSource.CHART, at, said, size)


def _found(part: str | None, source: FigureSource, at: int, said: str, size: tuple[int, int]) -> Iterator[Figure]:
    """The figure that a part is; none where the file holds no such part, as where a picture is only linked to."""
    if part:
        yield Figure(at, source, (part,), said, size=size)


def _size(extent: Any) -> tuple[int, int]:  # noqa: ANN401
    sides = [extent.get(side, "0") if extent is not None else "0" for side in ("cx", "cy")]
    across, down = (int(side) // _EMU if side.isdecimal() else 0 for side in sides)
    return across, down
