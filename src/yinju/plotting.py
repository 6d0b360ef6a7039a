"""Pictures of trades: what each threshold answers and refuses, and what a search by vectors finds in its time."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from yinju.errors import SettingsError
from yinju.reasons import cause_of
from yinju.store.tuning import Trade, Tuned

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def figure_type() -> "type[Figure]":
    """The library's type of a picture.

    Raises:
        SettingsError: the library is not installed.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise SettingsError("plot.needed") from None
    return Figure


def plot_refusal(answerable: Sequence[float], unanswerable: Sequence[float], threshold: float, file: Path) -> None:
    """Draw coverage against false answers, and both against the threshold, with the one in force marked.

    Raises:
        SettingsError: there is nothing to draw, or the file cannot be written.
    """
    if not answerable or not unanswerable:
        raise SettingsError("plot.unanswerable")
    thresholds = np.linspace(0, 1, 501)
    coverage, false = (np.array([np.mean(np.array(scores) >= t) for t in thresholds])
                       for scores in (answerable, unanswerable))  # fmt: skip
    figure = figure_type()(figsize=(10, 4.2), layout="constrained")
    trade, by_threshold = figure.subplots(1, 2)
    trade.plot(false, coverage, color="#a63a2f")
    trade.plot(
        np.interp(threshold, thresholds, false), np.interp(threshold, thresholds, coverage), "o", color="#333333"
    )
    trade.set(xlabel="unanswerable questions answered", ylabel="answerable questions answered (coverage)",
              xlim=(-0.02, 1.02), ylim=(0, 1.02), title="Coverage and false answers")  # fmt: skip
    by_threshold.plot(thresholds, coverage, color="#a63a2f", label="coverage")
    by_threshold.plot(thresholds, false, color="#4a6b8a", linestyle="--", label="false answers")
    by_threshold.axvline(threshold, color="#333333", linewidth=1, linestyle=":", label=f"in force: {threshold:g}")
    by_threshold.set(xlabel="YINJU_REFUSE_BELOW", ylabel="share of questions answered", ylim=(0, 1.02),
                     title="By threshold")  # fmt: skip
    by_threshold.legend(frameon=False)
    for axes in (trade, by_threshold):
        axes.grid(alpha=0.25)
    _save(figure, file)


def plot_trade(trades: Sequence[Trade], tuned: Tuned, file: Path) -> None:
    """Draw what is found of the nearest passages against the time of a search, with the effort that was chosen marked.

    Raises:
        SettingsError: the file cannot be written.
    """
    figure = figure_type()(figsize=(6, 4.2), layout="constrained")
    axes = figure.subplots()
    axes.plot([one.milliseconds for one in trades], [one.recall for one in trades], "o-", color="#a63a2f")
    for one in trades:
        axes.annotate(
            f"{one.effort or tuned.passages:,}",
            (one.milliseconds, one.recall),
            textcoords="offset points",
            xytext=(4, -12),
        )
    chosen = next(one for one in trades if one.effort == tuned.effort)
    axes.plot(chosen.milliseconds, chosen.recall, "o", color="#333333", markersize=9)
    axes.axhline(tuned.wanted, color="#333333", linewidth=1, linestyle=":", label=f"wanted: {tuned.wanted:g}")
    axes.set(
        xlabel="ms a search",
        ylabel="of the nearest 20 found",
        xscale="log",
        title=f"{tuned.passages:,} passages, by vectors weighed",
    )
    axes.legend(frameon=False)
    axes.grid(alpha=0.25)
    _save(figure, file)


def _save(figure: "Figure", file: Path) -> None:
    try:
        figure.savefig(file, dpi=120)
    except (OSError, ValueError) as error:
        raise SettingsError("plot.unwritten", file=file, why=cause_of(error)) from None
