"""What watches over the page asks of it: /health, whether it lives; /ready, whether it can answer; /metrics."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from yinju.deep import is_loaded
from yinju.errors import YinjuError
from yinju.users import Right
from yinju.web.asking import Questions
from yinju.web.connections import LimitedProtocol
from yinju.web.desk import Desk
from yinju.web.desks import Desks
from yinju.web.metrics import Metrics
from yinju.web.visitor import visitor_of


def add_routes(app: FastAPI, desks: Desks, questions: Questions, metrics: Metrics) -> None:
    """Serve all three, the figures to whoever the settings allow."""
    line = questions.line
    metrics.watch("waiting", "Questions in line.", lambda: line.waiting)
    metrics.watch("growing", "Answers that are being made.", lambda: line.growing)
    metrics.watch("connections", "Connections to the page.", lambda: LimitedProtocol.open)
    metrics.collect(_Libraries(desks))

    @app.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/ready")
    async def ready() -> JSONResponse:
        reason = "stopping" if line.ending else await asyncio.to_thread(_unready, desks.first)
        return JSONResponse({"ready": False, "reason": reason} if reason else {"ready": True}, 503 if reason else 200)

    @app.get("/metrics")
    async def figures(request: Request) -> Response:
        if not (desks.first.library.settings.metrics or visitor_of(request).may(Right.MANAGE)):
            return Response("Not Found", 404, media_type="text/plain")
        return Response(await asyncio.to_thread(metrics.text), media_type=CONTENT_TYPE_LATEST)


def _unready(desk: Desk) -> str:
    """Why questions cannot be answered well yet, in a word; empty where they can."""
    try:
        desk.library.passage_count  # noqa: B018 - which looks whether the index is there and whole
    except YinjuError as error:
        return error.code
    except OSError:
        return "index"
    return "" if is_loaded() or not desk.library.settings.reread else "encoder"


class _Libraries(Collector):
    """What is in the libraries that are open."""

    def __init__(self, desks: Desks) -> None:
        self._desks = desks

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing is read before it is asked for."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Figures of all of them together; the generation is the first one's."""
        files, changes = Counter[str](), Counter[str]()
        documents = passages = 0
        for desk in self._desks:
            with suppress(YinjuError, OSError):  # /ready tells
                outcomes = desk.library.outcomes()
                files.update(outcome.state for outcome in outcomes)
                documents += sum(bool(outcome.passages) for outcome in outcomes)
                passages += desk.library.passage_count
                changes.update(change.stage for change in desk.library.editor().changes())
        with suppress(YinjuError, OSError):
            generation = self._desks.first.library.generation
            yield GaugeMetricFamily("yinju_index_generation", "Of the first library.", value=generation)
        yield GaugeMetricFamily("yinju_documents", "That can be cited.", value=documents)
        yield GaugeMetricFamily("yinju_passages", "That can be found.", value=passages)
        yield _by("yinju_files", "Files at the last build, by end state.", "state", files)
        yield _by("yinju_changes", "Uploads and deletions of late, by how far they are.", "stage", changes)


def _by(name: str, about: str, label: str, counted: Counter[str]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, about, labels=[label])
    for value, count in counted.items():
        family.add_metric([value], count)
    return family
