"""Is a follow-up found as well as the same question written out? python benchmarks/followups.py [file] [--missed N].

Each line of benchmarks/followups.jsonl is a dialogue over corpus/: the `turns` before, the `question` that follows,
what it means `rewritten` by hand, the `document` and `gold` phrase that answer it, and its `kind`. The turns are asked
in order, each with the history so far → a Markdown table of recall@1 and recall@5 of the last question as typed,
resolved, and rewritten. A question of kind "new" points at nothing: how many of those are left as they are.
"""

import argparse
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import yinju
from yinju.answering.followup import Turn, resolve
from yinju.evaluation import DEPTH, LabelledQuestion, rank_of_right
from yinju.library import Library

REPOSITORY = Path(__file__).resolve().parent.parent
DIALOGUES = REPOSITORY / "benchmarks" / "followups.jsonl"
NEW = "new"
"""The kind of a question that does not follow from the turns before."""
SEEN = 30
"""How many dialogues, from the first, may be looked at while rules are written; the rest are only counted."""
FORMS = ("as typed", "resolved", "rewritten")


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Turns, the question that follows, and what is right."""

    turns: tuple[str, ...]
    question: str
    rewritten: str
    right: LabelledQuestion
    kind: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one dialogue went."""

    dialogue: Dialogue
    resolved: str
    ranks: tuple[int | None, ...]
    """At which place the right passage was found for each of `FORMS`, from 1."""

    def found(self, form: int, depth: int) -> bool:
        """Whether the right passage is among the first `depth` in a form."""
        rank = self.ranks[form]
        return rank is not None and rank <= depth


def _several(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def load_dialogues(path: Path) -> list[Dialogue]:
    """The dialogues of a JSONL file, in order."""
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [
        Dialogue(
            tuple(r["turns"]), r["question"], r["rewritten"],
            LabelledQuestion(r["question"], _several(r["document"]), _several(r["gold"])), r["kind"],
        ) for r in records
    ]  # fmt: skip


def hold(library: Library, dialogue: Dialogue) -> Outcome:
    """The dialogue asked turn by turn, and its last question searched in every form."""
    history: list[Turn] = []
    for asked in dialogue.turns:
        history.append((asked, library.ask(asked, history).text))
    resolved = resolve(dialogue.question, history)
    found = [library.search(text, DEPTH) for text in (dialogue.question, resolved, dialogue.rewritten)]
    ranks = tuple(rank_of_right(hits, dialogue.right, whole_documents=False) for hits in found)
    return Outcome(dialogue, resolved, ranks)


def row(name: str, outcomes: Sequence[Outcome]) -> str:
    """One line of the table: both recalls of each form, and the share left as typed."""
    shares = [fmean(o.found(form, depth) for o in outcomes) for form in range(len(FORMS)) for depth in (1, 5)]
    untouched = fmean(o.resolved == o.dialogue.question for o in outcomes)
    return f"| {name} | {len(outcomes)} | " + " | ".join(f"{share:.3f}" for share in [*shares, untouched]) + " |"


def table(outcomes: Sequence[Outcome]) -> list[str]:
    """The lines of the Markdown table, a kind a line, then the follow-ups that were seen, the rest and all."""
    heads = [f"{form}, recall@{depth}" for form in FORMS for depth in (1, 5)]
    lines = [
        "| kind | dialogues | " + " | ".join([*heads, "left as typed"]) + " |",
        "|---|" + "---|" * (len(heads) + 2),
    ]
    kinds = dict.fromkeys(o.dialogue.kind for o in outcomes)
    groups = {kind: [o for o in outcomes if o.dialogue.kind == kind] for kind in sorted(kinds, key=lambda k: k == NEW)}
    for name, part in ((f"first {SEEN}", outcomes[:SEEN]), ("the rest", outcomes[SEEN:]), ("all", outcomes)):
        groups[f"follow-ups, {name}"] = [o for o in part if o.dialogue.kind != NEW]
    return lines + [row(name, part) for name, part in groups.items() if part]


def main() -> None:
    """Index the corpus, hold every dialogue and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("dialogues", nargs="?", type=Path, default=DIALOGUES)
    arguments.add_argument("--missed", type=int, default=0, help="show those not among the first five, of the first N")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        yinju.build_index(REPOSITORY / "corpus", folder)
        with yinju.open_library(folder) as library:
            outcomes = [hold(library, dialogue) for dialogue in load_dialogues(chosen.dialogues)]
    print("\n".join(table(outcomes)))
    for outcome in outcomes[: chosen.missed]:
        left = outcome.resolved == outcome.dialogue.question
        if not outcome.found(1, 5) or (outcome.dialogue.kind == NEW and not left):
            turns = " / ".join([*outcome.dialogue.turns, outcome.dialogue.question])
            print(f"{outcome.dialogue.kind} {outcome.ranks}: {turns} → {outcome.resolved}")


if __name__ == "__main__":
    main()
