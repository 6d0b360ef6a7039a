"""How sure answers are, and how often that is so: python benchmarks/calibration.py GRADED.jsonl… → a Markdown table.

The files are what `yinju evaluate QUESTIONS.jsonl --out GRADED.jsonl` writes of free questions. A line for each tenth
of confidence; for each verdict how many there are, and the share of them that is good, at least partly right, or could
have been answered. Turns that are no questions, and those that are asked back, are left out.
"""

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import fmean
from typing import Any

Row = dict[str, Any]

COLUMNS: tuple[tuple[str, str, Callable[[Row], bool]], ...] = (
    ("answered", "good", lambda row: row["grade"] == "good"),
    ("answered", "good or partial", lambda row: row["grade"] != "bad"),
    ("near", "what is shown answers", lambda row: row["grade"] == "partial"),
    ("near", "the documents answer", lambda row: row["expect"] == "answer"),
    ("nothing", "the documents answer", lambda row: row["expect"] == "answer"),
)
"""A verdict, and what is counted of the questions that have it."""


def graded(paths: Iterable[Path]) -> list[Row]:
    """The graded questions of files that the documents answer or should refuse."""
    rows = [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]
    return [row for row in rows if row["expect"] in ("answer", "refuse") and not row["options"]]


def tenth(row: Row) -> int:
    """The tenth that a confidence lies in, 0 … 9."""
    return min(int(row["confidence"] * 10), 9)


def cell(rows: list[Row], holds: Callable[[Row], bool]) -> str:
    """How often something holds, and of how many."""
    return f"{fmean(map(holds, rows)):.2f} of {len(rows)}" if rows else "–"


def calibration_error(rows: list[Row]) -> float:
    """How far the mean confidence of a tenth is from the share of right answers in it, the tenths by their number."""
    by_tenth = [[row for row in rows if tenth(row) == number] for number in range(10)]
    apart = (
        abs(fmean(row["confidence"] for row in own) - fmean(row["grade"] != "bad" for row in own)) * len(own)
        for own in by_tenth if own
    )  # fmt: skip
    return sum(apart) / len(rows)


def main() -> None:
    """Print the table, then how far confidence and truth are apart for answers."""
    rows = graded(map(Path, sys.argv[1:]))
    print("| confidence | " + " | ".join(f"*{verdict}*: {what}" for verdict, what, _ in COLUMNS) + " |")
    print("|---" * (len(COLUMNS) + 1) + "|")
    for number in range(10):
        own = [row for row in rows if tenth(row) == number]
        cells = (cell([row for row in own if row["verdict"] == verdict], holds) for verdict, _, holds in COLUMNS)
        print(f"| {number / 10:.1f}–{number / 10 + 0.1:.1f} | " + " | ".join(cells) + " |")
    answered = [row for row in rows if row["verdict"] == "answered"]
    print(f"\n{len(answered)} answers, expected calibration error {calibration_error(answered):.3f}")


if __name__ == "__main__":
    main()
