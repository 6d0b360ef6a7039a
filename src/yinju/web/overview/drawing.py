"""The atlas → the map as SVG: every point a link to its passage, coloured and shaped by document, with a legend.

Places are percentages, so that points and names keep their size at every width of the page.
"""

from html import escape
from statistics import median

from yinju.atlas import Atlas, MapDocument, MapPoint
from yinju.web.escaping import language_of, literal, one_line
from yinju.web.links import place_href
from yinju.web.texts import Texts

SHAPES = (
    '<circle r="4.5"/>', '<rect x="-4" y="-4" width="8" height="8"/>', '<path d="M0-5.5 5.5 4.5h-11z"/>',
    '<path d="M0-6 6 0 0 6-6 0z"/>', '<path d="M-1.6-5h3.2v3.4H5v3.2H1.6V5h-3.2V1.6H-5v-3.2h3.4z"/>',
)  # fmt: skip
REACH = '<circle r="9" fill="none" stroke="none" pointer-events="all"/>'
"""What a pointer or a finger may touch around a point."""
HUES = 8
"""Colours, as overview.css names them; with five shapes, 40 documents are told apart."""
MOST_LISTED = 60
"""How many documents the legend lists and the map names, those with most passages first."""


def drawing_html(atlas: Atlas, texts: Texts) -> str:
    """The map and its legend; the documents' places in the atlas tie both together."""
    words, placed = texts.overview, list(enumerate(atlas.documents))
    named = sorted(placed, key=lambda pair: -pair[1].passages)[:MOST_LISTED]
    groups = "".join(_document_html(document, place) for place, document in placed)
    names = "".join(_name_html(document, place) for place, document in named)
    shapes = "".join(f'<g id="atlas-{i}">{REACH}{shape}</g>' for i, shape in enumerate(SHAPES))
    about = " ".join([words.map_about, words.map_keys])
    sampled = ""
    if atlas.points < atlas.passages:
        told = words.map_sampled.format(points=f"{atlas.points:,}", passages=f"{atlas.passages:,}")
        sampled = f'<p class="about">{literal(told)}</p>'
    names = f'<g class="names" aria-hidden="true">{names}</g>'
    svg = (
        f'<svg class="atlas" role="group" aria-label="{literal(words.map)}"><defs>{shapes}</defs>{groups}{names}</svg>'
    )
    plane = f'<div class="plane">{svg}<p class="tip" aria-hidden="true" hidden></p></div>'
    legend = _legend_html(named, len(placed), texts)
    return f'<p class="about">{literal(about)}</p>{sampled}{plane}{legend}'


def _document_html(document: MapDocument, place: int) -> str:
    points = "".join(_point_html(point, document, place) for point in document.points)
    named = f'lang="{language_of(document.title)}" aria-label="{one_line(document.title, 60)}"'
    return f'<g class="document hue-{place % HUES}" data-place="{place}" role="group" {named}>{points}</g>'


def _point_html(point: MapPoint, document: MapDocument, place: int) -> str:
    """A link; of all of them overview.js lets the keyboard stop at one, from which the arrow keys go on."""
    passage = point.passage
    href = escape(place_href(document.name, passage.start, passage.end, document.sha256))  # far shorter than literal
    heading = passage.headings[-1] if passage.headings else ""
    opening = one_line(": ".join(part for part in (heading, passage.text) if part), 48)
    return (
        f'<a class="cite point" href="{href}" tabindex="-1" aria-label="{opening}">'
        f'<use href="#atlas-{place % len(SHAPES)}" {_at(point.x, point.y)}/></a>'
    )


def _name_html(document: MapDocument, place: int) -> str:
    """A title in the middle of its points, but above most of them."""
    x, heights = median(point.x for point in document.points), sorted(point.y for point in document.points)
    at, title = _at(x, heights[len(heights) // 6]), one_line(document.title, 10)
    return f'<text data-place="{place}" lang="{language_of(document.title)}" {at} dy="-.85em">{title}</text>'


def _at(x: float, y: float) -> str:
    return f'x="{x:.2%}" y="{y:.2%}"'


def _legend_html(named: list[tuple[int, MapDocument]], total: int, texts: Texts) -> str:
    items = "".join(
        f'<li><button type="button" aria-pressed="false" data-place="{place}" class="hue-{place % HUES}">'
        f'<svg aria-hidden="true"><use href="#atlas-{place % len(SHAPES)}" x="50%" y="50%"/></svg>'
        f'<span lang="{language_of(document.title)}">{one_line(document.title, 40)}</span>'
        f' <span class="count">{document.passages:,}</span></button></li>'
        for place, document in named
    )
    rest = total - len(named)
    more = f'<p class="hint">{literal(texts.overview.more.format(number=rest))}</p>' if rest else ""
    return (
        f'<div class="legend"><h4 id="atlas-legend">{literal(texts.overview.legend)}</h4>'
        f'<ul aria-labelledby="atlas-legend">{items}</ul>{more}</div>'
    )
