"""What the page does → /metrics, as Prometheus reads it: numbers of questions, never what was asked or by whom."""

from collections.abc import Callable

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.registry import Collector

from yinju.types import Answer

SECONDS = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60, 300)


class Metrics:
    """The figures of one application, in a registry of its own."""

    def __init__(self) -> None:
        """Nothing has happened."""
        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        PlatformCollector(registry=registry)
        self._questions = Counter(
            "yinju_questions", "Questions that were answered.", ("verdict", "mode"), registry=registry
        )
        self._seconds = Histogram(
            "yinju_answer_seconds", "From a question's turn to its whole answer.", ("mode",), buckets=SECONDS,
            registry=registry,
        )  # fmt: skip
        self._waited = Histogram(
            "yinju_waiting_seconds", "In line, before a question's turn.", buckets=SECONDS, registry=registry
        )
        self._refused = Counter(
            "yinju_refused", "Questions that were not taken up: full, yours, often, ending.", ("why",),
            registry=registry,
        )  # fmt: skip
        self._faults = Counter("yinju_model_faults", "Answers without the model.", ("kind",), registry=registry)
        self._broken = Counter("yinju_unanswered", "Questions that ended in a notice.", registry=registry)

    def watch(self, name: str, about: str, read: Callable[[], float]) -> None:
        """Have a number read anew whenever the figures are asked for."""
        Gauge(f"yinju_{name}", about, registry=self._registry).set_function(read)

    def collect(self, collector: Collector) -> None:
        """Have several figures collected anew whenever they are asked for."""
        self._registry.register(collector)

    def begun(self, seconds: float) -> None:
        """A question's turn has come, after so many seconds."""
        self._waited.observe(seconds)

    def refused(self, why: str) -> None:
        """A question was not taken up."""
        self._refused.labels(why).inc()

    def answered(self, answer: Answer | None, seconds: float) -> None:
        """A question has ended; without an answer, in a notice."""
        if answer is None:
            self._broken.inc()
            return
        self._questions.labels(answer.verdict, answer.mode).inc()
        self._seconds.labels(answer.mode).observe(seconds)
        if answer.fault:
            self._faults.labels(answer.fault).inc()

    def text(self) -> bytes:
        """All figures."""
        return generate_latest(self._registry)
