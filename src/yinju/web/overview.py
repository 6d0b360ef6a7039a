"""The overview: what the collection holds, how questions were answered, and a map of the passages.

The numbers come at once; the map by itself, since drawing it anew takes a second.
"""

import logging
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse

from yinju.atlas import Atlas, MapDocument
from yinju.conversations import Statistics
from yinju.errors import ConversationsError
from yinju.library import Library
from yinju.messages import Language
from yinju.types import FileOutcome, FileState
from yinju.web.desk import Desk, desk_of, library_of
from yinju.web.documents.shown import format_name
from yinju.web.rendering import render
from yinju.web.visitor import visitor_of

DAYS = 30
"""As many as the statistics go back."""
MOST_LISTED = 60
"""How many documents the map's legend lists and the map names, those with most passages first."""

logger = logging.getLogger(__name__)


def add_routes(app: FastAPI) -> None:
    """Serve the view and the map in it."""

    @app.get("/view/overview")
    def view(request: Request) -> HTMLResponse:
        visitor, desk = visitor_of(request), desk_of(request)
        return HTMLResponse(view_html(desk.library, _statistics(desk, visitor.id), visitor.language))

    @app.get("/overview/map")
    def drawing(request: Request) -> HTMLResponse:
        return HTMLResponse(map_html(library_of(request).atlas(), visitor_of(request).language))


def _statistics(desk: Desk, visitor: str) -> Statistics | None:
    try:
        return desk.conversations.statistics(visitor)
    except ConversationsError as error:
        logger.error("the statistics could not be read: %s", error)
        return None


def view_html(library: Library, statistics: Statistics | None, language: Language) -> str:
    """The view, with a place for the map; without statistics where these cannot be told."""
    outcomes = library.outcomes()
    kept = [outcome for outcome in outcomes if outcome.state in (FileState.INDEXED, FileState.WARNED)]
    skipped, failed = (sum(o.state is state for o in outcomes) for state in (FileState.SKIPPED, FileState.FAILED))
    return render(
        "overview/view.html", language, library=library, documents=len(kept), skipped=skipped, failed=failed,
        characters=sum(outcome.characters for outcome in kept), formats=_formats(kept), **_answers(statistics),
    )  # fmt: skip


def _formats(kept: list[FileOutcome]) -> list[tuple[str, int, int]]:
    """(format, documents, passages), most documents first."""
    passages = Counter[str]()
    for outcome in kept:
        passages[outcome.format] += outcome.passages
    documents = Counter(outcome.format for outcome in kept)
    return [(format_name(kind), count, passages[kind]) for kind, count in documents.most_common()]


def answers_html(statistics: Statistics, language: Language) -> str:
    """The cards about answers, feedback and slow questions; in words only what the asking visitor said itself."""
    return render("overview/answers.html", language, **_answers(statistics))


def _answers(statistics: Statistics | None) -> dict[str, Any]:
    return {"statistics": statistics, "days": [*_days(statistics)] if statistics else []}


def _days(statistics: Statistics) -> Iterator[tuple[str, int, int]]:
    """(day, answers, refused) of each day that the statistics go back, oldest first."""
    counts = {day: (answers, refused) for day, answers, refused in statistics.days}
    today = datetime.now(UTC).date()
    for back in range(DAYS - 1, -1, -1):
        day = (today - timedelta(days=back)).isoformat()
        yield day, *counts.get(day, (0, 0))


def map_html(atlas: Atlas, language: Language) -> str:
    """The map as SVG and its legend; the documents' places in the atlas tie both together."""
    named = sorted(enumerate(atlas.documents), key=lambda pair: -pair[1].passages)[:MOST_LISTED]
    listed = [(place, document, *_spot(document)) for place, document in named]
    return render("overview/map.html", language, atlas=atlas, named=listed)


def _spot(document: MapDocument) -> tuple[float, float]:
    """Where a title stands: in the middle of its points, but above most of them."""
    heights = sorted(point.y for point in document.points)
    return median(point.x for point in document.points), heights[len(heights) // 6]
