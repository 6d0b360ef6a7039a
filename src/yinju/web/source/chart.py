"""The data of a chart → where its bars, lines, slices and labels stand; templates/source/chart.svg draws them."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from yinju.messages import LANGUAGES
from yinju.web.rendering import one_line, render

WIDTH, HEIGHT = 720, 440
"""Of a drawing, in its own units."""
LEFT, RIGHT, TOP, BOTTOM = 92, 20, 60, 100
"""The margins in which its title, axes and names stand."""
COLOURS = ("#2f6b8f", "#c4622d", "#5b8c4a", "#8a5a9e", "#b8942b", "#4a9a97", "#a84860", "#6d6d6d")
MOST_LABELS = 12
"""Names along an axis; of more, every second, third, …"""
LONGEST_LABEL, LONGEST_NAME, LONGEST_TITLE = 6, 8, 32
_STEPS = (1, 2, 2.5, 5, 10)
_GAP = 0.3


class Label(NamedTuple):
    """Words at a place."""

    x: float
    y: float
    words: str
    anchor: str = "middle"


class Shape(NamedTuple):
    """A bar, or a path of a line, an area or a slice, in a colour; `title` says what it stands for."""

    colour: str
    title: str
    x: float = 0
    y: float = 0
    width: float = 0
    height: float = 0
    path: str = ""
    filled: bool = True
    dot: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart, ready to be drawn."""

    width: int
    height: int
    title: str
    shapes: tuple[Shape, ...]
    labels: tuple[Label, ...]
    rules: tuple[tuple[float, float, float, float], ...]
    legend: tuple[tuple[float, float, str, str], ...]
    """(x, y, colour, name) of each series, or of each slice of a pie."""


def chart_svg(data: Mapping[str, Any]) -> str:
    """A chart as SVG; see `drawn_chart`."""
    return render("source/chart.svg", LANGUAGES[0], chart=drawn_chart(data))


def drawn_chart(data: Mapping[str, Any]) -> Drawing:
    """The drawing of a chart's data, as `reading.figures.charts.drawn_data` gives it."""
    names = [str(name) for name in data["names"]]
    series = [(str(one["name"]), one["values"], str(one["kind"])) for one in data["series"]]
    title = one_line(str(data["title"]) or (series[0][0] if len(series) == 1 else ""), LONGEST_TITLE)
    if not any(value is not None for _, values, _ in series for value in values):
        return Drawing(WIDTH, HEIGHT, title, (), (), (), ())
    if data["kind"] == "pie":
        return _pie(title, names, series[0][1])
    return _axes(title, names, series, data)


def _pie(title: str, names: Sequence[str], values: Sequence[float | None]) -> Drawing:
    """Slices clockwise from the top, and beside them what each stands for."""
    sizes = [max(value or 0.0, 0.0) for value in values]
    total, angle, shapes, legend = sum(sizes) or 1.0, -math.pi / 2, list[Shape](), list[tuple[float, float, str, str]]()
    x, y, radius = 230.0, TOP + 180.0, 160.0
    for n, (name, size) in enumerate(zip(names, sizes, strict=True)):
        colour, share = COLOURS[n % len(COLOURS)], size / total
        end = angle + 2 * math.pi * min(share, 0.9999)
        here, there = (f"{x + radius * math.cos(a):.1f} {y + radius * math.sin(a):.1f}" for a in (angle, end))
        path = f"M {x} {y} L {here} A {radius} {radius} 0 {int(share > 0.5)} 1 {there} Z"
        said = f"{name} {share:.1%}"
        shapes.append(Shape(colour, said, path=path))
        if n < MOST_LABELS:
            legend.append((440, TOP + 10 + 26 * n, colour, f"{one_line(name, LONGEST_NAME)}  {share:.1%}"))
        angle = end
    return Drawing(WIDTH, HEIGHT, title, tuple(shapes), (), (), tuple(legend))


def _axes(
    title: str, names: Sequence[str], series: Sequence[tuple[str, Sequence[float | None], str]], data: Mapping[str, Any]
) -> Drawing:
    """Bars, lines, areas or dots over two axes; those of lying bars are exchanged."""
    lying, stacked = data["kind"] == "lying", bool(data["stacked"])
    low, high, step = _range(series, stacked)
    wide, tall = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def along(share: float) -> float:
        return TOP + share * tall if lying else LEFT + share * wide

    def up(value: float) -> float:
        share = (value - low) / (high - low)
        return LEFT + share * wide if lying else TOP + (1 - share) * tall

    rules, labels = list[tuple[float, float, float, float]](), list[Label]()
    for n in range(round((high - low) / step) + 1):
        place = up(low + n * step)
        rules.append((place, TOP, place, TOP + tall) if lying else (LEFT, place, LEFT + wide, place))
        words = f"{low + n * step:,.10g}"
        labels.append(Label(place, TOP + tall + 22, words) if lying else Label(LEFT - 8, place + 6, words, "end"))
    shares = _shares(names, str(data["kind"]))
    for n in range(0, len(names), math.ceil(len(names) / MOST_LABELS)):
        place, words = along(shares[n]), one_line(names[n], LONGEST_LABEL)
        labels.append(Label(LEFT - 8, place + 6, words, "end") if lying else Label(place, TOP + tall + 24, words))
    across, above = (str(data["up"]), str(data["across"])) if lying else (str(data["across"]), str(data["up"]))
    labels.append(Label(LEFT + wide / 2, TOP + tall + 48, one_line(across, LONGEST_TITLE)))
    labels.append(Label(8, TOP - 14, one_line(above, LONGEST_TITLE), "start"))
    bars = [*_bars(names, series, stacked, (along, up, lying))]
    lines = [*_lines(names, series, [along(share) for share in shares], up)]
    legend = [
        (LEFT + (n % 4) * 155.0, HEIGHT - 32.0 + 24 * (n // 4), COLOURS[n % len(COLOURS)], one_line(name, LONGEST_NAME))
        for n, (name, _, _) in enumerate(series[:8])
    ]
    shown = [label for label in labels if label.words]
    return Drawing(
        WIDTH, HEIGHT + 24 * (len(legend) > 4), title, (*bars, *lines), tuple(shown), tuple(rules), tuple(legend)
    )


def _shares(names: Sequence[str], kind: str) -> list[float]:
    """Where each name stands along its axis, as a share of that: in even steps, of dots by the number that it is."""
    try:
        places = [float(name.replace(",", "")) for name in names] if kind == "dots" else []
    except ValueError:
        places = []
    if len({*places}) < 2:
        return [(n + 0.5) / len(names) for n in range(len(names))]
    low, high = min(places), max(places)
    return [0.04 + 0.92 * (place - low) / (high - low) for place in places]


def _range(series: Sequence[tuple[str, Sequence[float | None], str]], stacked: bool) -> tuple[float, float, float]:
    """The lowest and highest value of an axis, and how far its lines are apart; 0 is on it."""
    columns = [[value or 0.0 for value in column] for column in zip(*(values for _, values, _ in series), strict=True)]
    tops = [sum(max(v, 0) for v in column) if stacked else max(column) for column in columns]
    floors = [sum(min(v, 0) for v in column) if stacked else min(column) for column in columns]
    low, high = min(0.0, *floors), max(0.0, *tops)
    if low == high:
        high = 1.0
    rough = (high - low) / 5
    size = 10.0 ** math.floor(math.log10(rough))
    step = size * next(factor for factor in _STEPS if size * factor >= rough * 0.999)
    return math.floor(low / step) * step, math.ceil(high / step) * step, step


def _bars(
    names: Sequence[str],
    series: Sequence[tuple[str, Sequence[float | None], str]],
    stacked: bool,
    axes: Any,  # noqa: ANN401
) -> Iterator[Shape]:
    along, up, lying = axes
    own = [(n, name, values) for n, (name, values, kind) in enumerate(series) if kind in ("bar", "lying")]
    room = (1 - _GAP) / len(names)
    each = room if stacked else room / max(len(own), 1)
    ends = dict.fromkeys(((place, sign) for place in range(len(names)) for sign in (0, 1)), 0.0)
    for number, (n, name, values) in enumerate(own):
        for place, value in enumerate(values):
            if value is None:
                continue
            start = (place + _GAP / 2) / len(names) + (0 if stacked else number * each)
            base = ends[place, value < 0] if stacked else 0.0
            ends[place, value < 0] += value
            a, b = sorted((up(base), up(base + value)))
            first, last = along(start), along(start + each)
            box = (a, first, b - a, last - first) if lying else (first, a, last - first, b - a)
            said = " ".join(filter(None, (names[place], name, f"{value:,.10g}")))
            yield Shape(COLOURS[n % len(COLOURS)], said, *(round(edge, 1) for edge in box))


def _lines(
    names: Sequence[str],
    series: Sequence[tuple[str, Sequence[float | None], str]],
    along: Sequence[float],
    up: Any,  # noqa: ANN401
) -> Iterator[Shape]:
    for n, (name, values, kind) in enumerate(series):
        if kind not in ("line", "area", "dots"):
            continue
        colour = COLOURS[n % len(COLOURS)]
        points = [(along[p], up(v), p, v) for p, v in enumerate(values) if v is not None]
        if kind != "dots" and points:
            path = "M " + " L ".join(f"{x:.1f} {y:.1f}" for x, y, _, _ in points)
            yield Shape(colour, name, path=path, filled=False)
        for x, y, place, value in points if len(points) <= 60 else ():
            said = " ".join(filter(None, (names[place], name, f"{value:,.10g}")))
            yield Shape(colour, said, x=round(x, 1), y=round(y, 1), dot=True)
