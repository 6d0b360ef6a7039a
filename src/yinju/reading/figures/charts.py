"""A chart of an Office file (DrawingML, ECMA-376 Part 1, 21.2) → its title, its data as a table, and what draws it."""

from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from yinju.reading.table import shown_number

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
MOST_POINTS = 500
"""Of each series, that are drawn."""
MOST_SERIES = 12
_NAMESPACES = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main", "c": CHART}


def _path(expression: str) -> Any:  # noqa: ANN401 - lxml has no types
    return etree.XPath(expression, namespaces=_NAMESPACES)


_TITLE = _path("string(.//c:chart/c:title)")
_SERIES = _path(".//c:ser")
_SERIES_NAME = _path("string(c:tx//c:v)")
_CATEGORIES = _path("(c:cat | c:xVal)//c:pt[not(ancestor::c:lvl/preceding-sibling::c:lvl)]")
_VALUES = _path("(c:val | c:yVal)//c:pt")
_POINT = _path("string(c:v)")
_PATTERN = _path("string(@formatCode | ../c:formatCode)")
_PLOTS = _path(".//c:plotArea/*[c:ser]")
_IS_LYING = _path("boolean(c:barDir[@val='bar'])")
_IS_STACKED = _path("boolean(c:grouping[starts-with(@val, 'stacked') or starts-with(@val, 'percent')])")
_ACROSS = _path("string((.//c:plotArea/c:catAx | .//c:plotArea/c:dateAx | .//c:plotArea/c:valAx)[1]/c:title)")
_UP = _path("string(.//c:plotArea/c:valAx[last()]/c:title)")


def chart_title(chart: Any) -> str:  # noqa: ANN401
    """The title of a chart, in one line; empty where it has none."""
    return " ".join(_TITLE(chart).split())


def has_values(chart: Any) -> bool:  # noqa: ANN401
    """Whether a chart's part holds what it is drawn from; programs that never calculate leave it to the cells alone."""
    return any(_numbers(_VALUES(one)) for one in _SERIES(chart))


def chart_rows(chart: Any) -> Iterator[list[str]]:  # noqa: ANN401
    """The names of a chart's series, then a row for each category with their values."""
    series = _SERIES(chart)
    yield ["", *(_SERIES_NAME(one) for one in series)]
    names: dict[int, str] = {}
    for one in series:
        names = _points(_CATEGORIES(one)) | names
    columns = [_points(_VALUES(one)) for one in series]
    for place in sorted({place for column in columns for place in column}):
        yield [names.get(place, ""), *(column.get(place, "") for column in columns)]


def drawn_data(chart: Any) -> dict[str, Any]:  # noqa: ANN401
    """What a chart is drawn from: its kind (bar, lying, line, area, pie, dots), axes, categories and series."""
    plots = _PLOTS(chart)
    names: dict[int, str] = {}
    series = []
    for plot in plots:
        for one in plot.iterchildren(f"{{{CHART}}}ser"):
            names = _points(_CATEGORIES(one)) | names
            series.append((_SERIES_NAME(one), _numbers(_VALUES(one)), _kind(plot)))
    places = sorted({place for _, values, _ in series for place in values})[:MOST_POINTS]
    return {
        "kind": series[0][2] if series else "bar", "title": chart_title(chart),
        "stacked": any(map(_IS_STACKED, plots)),
        "across": " ".join(_ACROSS(chart).split()), "up": " ".join(_UP(chart).split()),
        "names": [names.get(place, str(place + 1)) for place in places],
        "series": [
            {"name": name, "kind": kind, "values": [values.get(place) for place in places]}
            for name, values, kind in series[:MOST_SERIES]
        ],
    }  # fmt: skip


def _kind(plot: Any) -> str:  # noqa: ANN401
    name = str(plot.tag).rpartition("}")[2].lower()
    if name.startswith("bar"):
        return "lying" if _IS_LYING(plot) else "bar"
    kinds = {"pie": "pie", "doughnut": "pie", "ofpie": "pie", "area": "area", "scatter": "dots", "bubble": "dots"}
    return next((kind for start, kind in kinds.items() if name.startswith(start)), "line")


def _points(points: Iterable[Any]) -> dict[int, str]:
    """The points of a chart's data by their number, numbers as they are shown."""
    return {int(point.get("idx")): _point(_POINT(point), _PATTERN(point)) for point in points}


def _point(text: str, pattern: str) -> str:
    """A point's text, which is a number where it has a pattern."""
    try:
        return shown_number(float(text), pattern) if pattern else text
    except ValueError:
        return text


def _numbers(points: Iterable[Any]) -> dict[int, float]:
    """The values of a series by their number; what is none, or not finite, is left out."""
    found: dict[int, float] = {}
    for point in points:
        try:
            value = float(_POINT(point))
        except ValueError:
            continue
        if abs(value) < 1e300:
            found[int(point.get("idx"))] = value
    return found
