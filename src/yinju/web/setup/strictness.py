"""How much is answered and refused at each threshold, as measured → the curves that the view draws.

The table src/yinju/model/strictness.json is made by benchmarks/strictness.py.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

POINTS = (("lenient", 0.3), ("balanced", 0.5), ("strict", 0.7))
"""The thresholds that have names."""
WIDTH, HEIGHT = 320, 120
"""Of the drawing, in its own units."""


@dataclass(frozen=True, slots=True)
class Curve:
    """Shares, 0 … 1, at thresholds from 0 to 1 that are equally far apart."""

    answerable: int
    """How many questions were asked that the documents answer."""
    unanswerable: int
    """How many that they do not."""
    answered: tuple[float, ...]
    """Of the first, at each threshold."""
    refused: tuple[float, ...]
    """Of the second."""


@cache
def measured_curve() -> Curve:
    """What the shipped models were measured to do."""
    kept = json.loads((files("yinju") / "model" / "strictness.json").read_text("utf-8"))
    return Curve(kept["answerable"], kept["unanswerable"], tuple(kept["answered"]), tuple(kept["refused"]))


def drawn(shares: Sequence[float]) -> str:
    """Shares as the points of a line, left to right; 1 is at the top."""
    step = WIDTH / (len(shares) - 1)
    return " ".join(f"{number * step:.1f},{HEIGHT * (1 - share):.1f}" for number, share in enumerate(shares))
