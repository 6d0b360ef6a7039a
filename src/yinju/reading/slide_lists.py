"""The paragraphs of a text on a slide → the number or bullet in front of each, its own or one that its layout gives.

ECMA-376, part 1, 21.1.2.4 and 20.1.10.61. A bullet of the layout makes a paragraph a point but is not written out.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from yinju.reading.lists import Label, bullet_sign, parted
from yinju.reading.number_formats import shown_in

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SLIDE = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_NUMBER, _SIGN, _PICTURE, _NONE = (f"{_DRAWING}{tag}" for tag in ("buAutoNum", "buChar", "buBlip", "buNone"))
_WAYS = {
    "arabic": "decimal", "arabicDb": "decimalFullWidth", "romanUc": "upperRoman", "romanLc": "lowerRoman",
    "alphaUc": "upperLetter", "alphaLc": "lowerLetter", "circleNumDb": "decimalEnclosedCircle",
    "circleNumWdWhite": "decimalEnclosedCircle", "circleNumWdBlack": "decimalEnclosedCircle",
    "ea1Chs": "chineseCountingThousand", "ea1Cht": "taiwaneseCountingThousand", "ea1JpnChsDb": "japaneseCounting",
    "ea1JpnKor": "japaneseCounting",
}  # fmt: skip
_SHAPES = {"ParenBoth": ("(", ")"), "ParenR": ("", ")"), "Period": ("", "."), "Minus": ("", "-"), "Plain": ("", "")}
_DEEPEST = 8


class SlideLabels:
    """What stands in front of the paragraphs of a presentation, told in reading order."""

    def __init__(self) -> None:
        """Begin before its first text."""
        self._from_layout: dict[tuple[int, int], list[Any]] = {}
        """Identity of a layout and number of a placeholder → the styles of levels that they give."""
        self._texts = 0
        self._counts: dict[int, tuple[str, int]] = {}
        self._shape: Any = None
        self._above: list[Any] | None = None
        self._own: Any = None

    def begin(self, shape: Any) -> None:  # noqa: ANN401 - python-pptx types shapes only in part
        """Go on to the text of a shape."""
        self._texts += 1
        self._counts.clear()
        self._above = None
        self._shape, self._own = shape, shape.element.find(f".//{_DRAWING}lstStyle")

    def label(self, paragraph: Any) -> Label | None:  # noqa: ANN401 - lxml has no types
        """The label of the next paragraph that says anything; None where it has none."""
        properties = paragraph.find(f"{_DRAWING}pPr")
        stated = properties.get("lvl", "0") if properties is not None else "0"
        level = min(int(stated), _DEEPEST) if stated.isdecimal() else 0
        own = _mark((properties, _of_level(self._own, level)))
        mark = own if own is not None else _mark([_of_level(style, level) for style in self._styles_above()])
        for deeper in [depth for depth in self._counts if depth > level]:
            del self._counts[deeper]
        if mark is None or mark.tag == _NONE:
            self._counts.pop(level, None)
            return None
        if mark.tag != _NUMBER:
            self._counts.pop(level, None)
            marker = bullet_sign(mark.get("char", "•")) if own is not None else ""
            return Label(marker, parted(marker) if marker else "", level, str(self._texts))
        return self._numbered(mark, level)

    def _styles_above(self) -> list[Any]:
        """The styles of levels that stand above the shape's own; looked up once for each shape."""
        if self._above is None:
            self._above = self._layout_styles()
        return self._above

    def _layout_styles(self) -> list[Any]:
        """The styles of levels that the shape has from its layout, where it is a placeholder."""
        layout = getattr(self._shape.part, "slide_layout", None) if self._shape.is_placeholder else None
        if layout is None:
            return []
        key = id(layout.element), self._shape.placeholder_format.idx
        if key not in self._from_layout:
            self._from_layout[key] = [*_level_styles(self._shape, layout)]
        return self._from_layout[key]

    def _numbered(self, mark: Any, level: int) -> Label:  # noqa: ANN401
        kind, stated = mark.get("type", "arabicPeriod"), mark.get("startAt", "1")
        start = int(stated) if stated.isdecimal() and len(stated) < 6 else 1
        before = self._counts.get(level)
        goes_on = before is not None and before[0] == kind
        count = before[1] + 1 if before and goes_on else start
        self._counts[level] = kind, count
        shape = next((shape for shape in _SHAPES if kind.endswith(shape)), "Plain")
        opening, closing = _SHAPES[shape]
        marker = f"{opening}{shown_in(count, _WAYS.get(kind.removesuffix(shape), 'decimal'))}{closing}"
        return Label(marker, parted(marker), level, str(self._texts), count, not goes_on)


def _mark(styles: Sequence[Any]) -> Any:  # noqa: ANN401
    """The number or bullet, or the statement that there is none, of the first of some properties to speak of it."""
    for style in styles:
        if style is not None:
            for child in style.iterchildren(_NUMBER, _SIGN, _PICTURE, _NONE):
                return child
    return None


def _of_level(style: Any, level: int) -> Any:  # noqa: ANN401
    return style.find(f"{_DRAWING}lvl{level + 1}pPr") if style is not None else None


def _level_styles(shape: Any, layout: Any) -> Iterator[Any]:  # noqa: ANN401
    """The styles of levels that a placeholder has from its layout and master, the nearest first."""
    own = shape.placeholder_format
    kinds = {str(own.type), "BODY (2)"}
    for slide in (layout, layout.slide_master):
        for placeholder in slide.placeholders:
            other = placeholder.placeholder_format
            if other.idx == own.idx if slide is layout else str(other.type) in kinds:
                yield placeholder.element.find(f".//{_DRAWING}lstStyle")
    if str(own.type).split(" ")[0] in ("BODY", "OBJECT", "VERTICAL_BODY", "VERTICAL_OBJECT"):
        yield layout.slide_master.element.find(f"{_SLIDE}txStyles/{_SLIDE}bodyStyle")
