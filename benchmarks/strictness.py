"""What each threshold answers and refuses, as the page draws it: graded answers → src/yinju/model/strictness.json.

python benchmarks/strictness.py GRADED.jsonl, which is what `yinju evaluate` writes of free questions (--out) where
YINJU_REFUSE_BELOW=0, so that nothing is refused for want of confidence. The table that is shipped is made of the
questions that were never tuned on: benchmarks/free/held/questions-*.jsonl --documents benchmarks/free/held/documents.
"""

import json
import sys
from pathlib import Path

from calibration import Row, graded

STEPS = 50
"""Into how many parts the thresholds from 0 to 1 are cut."""
TABLE = Path(__file__).parents[1] / "src" / "yinju" / "model" / "strictness.json"


def answers(row: Row, threshold: float) -> bool:
    """Whether a question is answered at a threshold; what is refused at none is refused at any."""
    return bool(row["verdict"] == "answered" and row["confidence"] >= threshold)


def table_of(rows: list[Row]) -> dict[str, object]:
    """The shares at each threshold: of answerable questions those answered, of others those refused."""
    known, unknown = ([row for row in rows if row["expect"] == kind] for kind in ("answer", "refuse"))
    thresholds = [number / STEPS for number in range(STEPS + 1)]
    answered = [sum(answers(row, one) for row in known) / len(known) for one in thresholds]
    refused = [sum(not answers(row, one) for row in unknown) / len(unknown) for one in thresholds]
    return {
        "answerable": len(known), "unanswerable": len(unknown), "answered": [round(one, 4) for one in answered],
        "refused": [round(one, 4) for one in refused],
    }  # fmt: skip


if __name__ == "__main__":
    TABLE.write_text(json.dumps(table_of(graded(map(Path, sys.argv[1:])))) + "\n", "utf-8")
