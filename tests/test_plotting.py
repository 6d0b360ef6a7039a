"""The picture of a threshold's trade-off: drawn, or refused with a remedy."""

import sys
from pathlib import Path

import pytest

from yinju.errors import SettingsError
from yinju.plotting import figure_type, plot_refusal, plot_trade
from yinju.store.tuning import Trade, Tuned


def test_the_curve_is_a_picture(tmp_path: Path) -> None:
    plot_refusal([0.9, 0.7, 0.4], [0.1, 0.5], 0.4, tmp_path / "curve.png")
    assert (tmp_path / "curve.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(("answerable", "unanswerable"), [([], [0.1]), ([0.1], [])])
def test_nothing_to_tell_apart_is_said(tmp_path: Path, answerable: list[float], unanswerable: list[float]) -> None:
    with pytest.raises(SettingsError, match="--unanswerable FILE"):
        plot_refusal(answerable, unanswerable, 0.4, tmp_path / "curve.png")


@pytest.mark.parametrize("name", ["no/such/folder/curve.png", "curve.nonsense"])
def test_a_file_that_cannot_be_written_is_said(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError, match=r"give a path such as curve\.png"):
        plot_refusal([0.9], [0.1], 0.4, tmp_path / name)


def test_the_extra_that_draws_is_named_where_it_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(SettingsError, match=r"make plots, or pip install 'yinju\[plots\]'"):
        figure_type()


def test_the_trade_of_a_search_is_a_picture(tmp_path: Path) -> None:
    trades = [Trade(50, 0.9, 1.0), Trade(100, 0.99, 2.0), Trade(0, 1.0, 9.0)]
    plot_trade(trades, Tuned(100, 0.99, 0.98, 900), tmp_path / "trade.png")
    assert (tmp_path / "trade.png").read_bytes().startswith(b"\x89PNG")
