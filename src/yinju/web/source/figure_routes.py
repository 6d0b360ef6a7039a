"""Requests for a figure of a document → its picture, made anew from the original, or a chart drawn from its data."""

import logging
from typing import Literal

from fastapi import FastAPI, Request
from fastapi.responses import Response

from yinju.errors import ReadingError
from yinju.types import Figure, FigureSource
from yinju.web.desk import library_of
from yinju.web.source.chart import chart_svg
from yinju.web.source.place import NowhereError

logger = logging.getLogger(__name__)

NARROWEST, WIDEST = 100, 2_400
"""Of a figure's picture, in pixels."""
KEPT = {"Cache-Control": "private, max-age=86400, immutable"}
"""A figure's address names the version of its document."""
BRIEFLY = {"Cache-Control": "private, max-age=60"}
"""A file beside a document has versions of its own."""
DRAWN = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}


def add_figures(app: FastAPI) -> None:
    """Serve the pictures."""

    @app.get("/source/figure")
    def figure(
        request: Request, document: str, n: int, version: str, width: int = NARROWEST,
        kind: Literal["webp", "png"] = "webp",
    ) -> Response:  # fmt: skip
        library = library_of(request)
        found = library.document(document)
        figures = library.figures(document)
        if found is None or not found.sha256.startswith(version) or not 0 <= n < len(figures):
            raise NowhereError("source.no_figure", 404)
        try:
            shown = library.figure_image(document, n, min(max(width, NARROWEST), WIDEST), kind)
        except ReadingError as error:
            logger.warning("figure %d of %s cannot be shown: %s (%s)", n, found.sha256[:12], error, error.code)
            raise NowhereError("source.no_figure", 404) from error
        if shown is None:
            raise NowhereError("source.no_figure", 404)
        return _response(figures[n], shown, kind)


def _response(figure: Figure, shown: object, kind: str) -> Response:
    if isinstance(shown, bytes):
        headers = BRIEFLY if figure.source is FigureSource.FILE else KEPT
        return Response(shown, media_type=f"image/{kind}", headers=headers)
    assert isinstance(shown, dict)
    return Response(chart_svg(shown), media_type="image/svg+xml", headers={**KEPT, **DRAWN})
