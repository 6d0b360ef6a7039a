"""A figure of what an answer cites → its picture as an exported file can hold it; a chart is drawn by typeset.py."""

import logging
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from yinju.errors import YinjuError
from yinju.export.typeset import DRAW
from yinju.library import Library
from yinju.types import Citation, CitedFigure

WIDTH = 1_200
"""Pixels across, at most."""
SECONDS = 30
"""The longest that drawing a chart may take."""
_PROGRAM = Path(__file__).with_name("typeset.py")
logger = logging.getLogger(__name__)

Pictures = Callable[[Citation, CitedFigure], bytes | None]
"""The picture of a figure as JPEG or PNG; None where it cannot be shown any more."""
ChartSvg = Callable[[Mapping[str, Any]], str]
"""The data of a chart, as `Library.figure_image` gives them, drawn as SVG."""


def no_pictures(citation: Citation, figure: CitedFigure) -> None:
    """Of no figure any picture: in a file that is nothing but text they are named."""


def pictures_of(library: Library, chart_svg: ChartSvg) -> Pictures:
    """The pictures of figures in the documents that are there now, where they are still those that were cited."""
    return partial(_picture, library, chart_svg)


def _picture(library: Library, chart_svg: ChartSvg, citation: Citation, figure: CitedFigure) -> bytes | None:
    document = library.cited_document(citation.document, citation.sha256)
    if document is None or document.sha256 != citation.sha256:
        return None
    try:
        shown = library.figure_image(document.name, figure.number, WIDTH, "jpeg")
    except YinjuError as error:
        logger.warning("figure %d of %s cannot be exported: %s", figure.number, document.sha256[:12], error)
        return None
    return _drawn(chart_svg(shown)) if isinstance(shown, dict) else shown


def _drawn(svg: str) -> bytes | None:
    """A drawing as PNG; None where it could not be made."""
    try:
        done = subprocess.run(
            [sys.executable, "-P", str(_PROGRAM), DRAW], input=svg.encode(), capture_output=True, timeout=SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        logger.warning("a chart was not drawn: %s", error)
        return None
    return done.stdout if done.returncode == 0 and done.stdout.startswith(b"\x89PNG") else None
