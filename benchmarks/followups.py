"""Is a follow-up found as well as the same question written out? python benchmarks/followups.py [file] [--missed N].

Each line of benchmarks/followups.jsonl is a dialogue over corpus/, benchmarks/free/tune or training/read: the `turns`
before, the `question` that follows, what it means `rewritten` by hand, the `document` and `gold` phrase that answer it,
and its `kind`. The first 72 are of two or three turns; the other 125 of three or more, the last 25 of them `aside`: no
rule was made for these. They have what the answer `must` say, and their earlier turns have no answers.

→ A Markdown table of recall@1 and recall@3 of the last question as typed, resolved, and rewritten; how like the
resolved question is to the rewritten one (shared pairs of characters, 0 … 1); the share left as typed, which all of the
kind "new" should be; and how many answers say what they must.
"""

import argparse
import json
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import yinju
from yinju.answering.followup import Turn, resolve
from yinju.evaluation import DEPTH, LabelledQuestion, rank_of_right
from yinju.library import Library
from yinju.text import bigrams, fold

REPOSITORY = Path(__file__).resolve().parent.parent
DIALOGUES = REPOSITORY / "benchmarks" / "followups.jsonl"
COLLECTIONS = tuple(
    REPOSITORY / folder
    for folder in ("corpus", "benchmarks/free/tune/documents", "training/read/a/documents", "training/read/b/documents")
)
NEW = "new"
"""The kind of a question that does not follow from the turns before."""
FORMS = ("as typed", "resolved", "rewritten")
DEPTHS = (1, 3)


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Turns, the question that follows, and what is right."""

    turns: tuple[str, ...]
    question: str
    rewritten: str
    right: LabelledQuestion
    kind: str
    must: str
    """What an answer has to say; empty where that is not known."""
    aside: bool

    @property
    def answered(self) -> bool:
        """Whether the turns before have their answers in the history."""
        return not self.must


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one dialogue went."""

    dialogue: Dialogue
    resolved: str
    ranks: tuple[int | None, ...]
    """At which place the right passage was found for each of `FORMS`, from 1."""
    said: bool
    """Whether the answer says what it must."""

    def found(self, form: int, depth: int) -> bool:
        """Whether the right passage is among the first `depth` in a form."""
        rank = self.ranks[form]
        return rank is not None and rank <= depth

    @property
    def likeness(self) -> float:
        """How like the resolved question is to the one rewritten by hand: twice the shared pairs over all."""
        own, by_hand = set(bigrams(self.resolved)), set(bigrams(self.dialogue.rewritten))
        return 2 * len(own & by_hand) / max(len(own) + len(by_hand), 1)


def _several(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def load_dialogues(path: Path) -> list[Dialogue]:
    """The dialogues of a JSONL file, in order."""
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [
        Dialogue(
            tuple(r["turns"]), r["question"], r["rewritten"],
            LabelledQuestion(r["question"], _several(r["document"]), _several(r["gold"])), r["kind"],
            r.get("must", ""), r.get("aside", False),
        ) for r in records
    ]  # fmt: skip


def hold(library: Library, dialogue: Dialogue) -> Outcome:
    """The dialogue asked turn by turn, its last question searched in every form and answered."""
    history: list[Turn] = []
    for asked in dialogue.turns:
        history.append((asked, library.ask(asked, history).text if dialogue.answered else ""))
    resolved = resolve(dialogue.question, history)
    found = [library.search(text, DEPTH) for text in (dialogue.question, resolved, dialogue.rewritten)]
    ranks = tuple(rank_of_right(hits, dialogue.right, whole_documents=False) for hits in found)
    answer = library.ask(dialogue.question, history)
    said = bool(dialogue.must) and not answer.refused and _plain(dialogue.must) in _plain(answer.text)
    return Outcome(dialogue, resolved, ranks, said)


def _plain(text: str) -> str:
    return fold(text).replace(" ", "").replace(",", "")


def row(name: str, outcomes: Sequence[Outcome]) -> str:
    """One line of the table: both recalls of each form, the likeness, and the shares left as typed and answered."""
    shares = [fmean(o.found(form, depth) for o in outcomes) for form in range(len(FORMS)) for depth in DEPTHS]
    likeness = fmean(o.likeness for o in outcomes)
    untouched = fmean(o.resolved == o.dialogue.question for o in outcomes)
    asked = [o.said for o in outcomes if o.dialogue.must]
    cells = [f"{share:.3f}" for share in [*shares, likeness, untouched]] + [f"{fmean(asked):.3f}" if asked else "–"]
    return f"| {name} | {len(outcomes)} | " + " | ".join(cells) + " |"


def table(outcomes: Sequence[Outcome]) -> list[str]:
    """The lines of the Markdown table, a kind a line, then the first, those that were seen, those aside and all."""
    heads = [f"{form}, recall@{depth}" for form in FORMS for depth in DEPTHS]
    heads += ["like rewritten", "left as typed", "answer says it"]
    kinds = sorted(dict.fromkeys(o.dialogue.kind for o in outcomes), key=lambda kind: kind == NEW)
    groups = {kind: [o for o in outcomes if o.dialogue.kind == kind] for kind in kinds}
    later = [o for o in outcomes if o.dialogue.must]
    groups["the first 72"] = [o for o in outcomes if not o.dialogue.must]
    groups["three turns, seen"] = [o for o in later if not o.dialogue.aside]
    groups["three turns, aside"] = [o for o in later if o.dialogue.aside]
    groups["all"] = list(outcomes)
    lines = ["| kind | dialogues | " + " | ".join(heads) + " |", "|---|" + "---|" * (len(heads) + 1)]
    return lines + [row(name, part) for name, part in groups.items() if part]


def main() -> None:
    """Index the collections, hold every dialogue over its own and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("dialogues", nargs="?", type=Path, default=DIALOGUES)
    arguments.add_argument("--missed", type=int, default=0, help="show those not found first, of the first N not aside")
    chosen = arguments.parse_args()
    outcomes = list[Outcome]()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as opened:
        libraries = dict[str, Library]()
        for number, collection in enumerate(COLLECTIONS):
            yinju.build_index(collection, Path(folder) / str(number))
            library = opened.enter_context(yinju.open_library(Path(folder) / str(number)))
            libraries |= {file.name: library for file in collection.iterdir()}
        for dialogue in load_dialogues(chosen.dialogues):
            outcomes.append(hold(libraries[dialogue.right.documents[0]], dialogue))
    print("\n".join(table(outcomes)))
    for outcome in [o for o in outcomes if not o.dialogue.aside][: chosen.missed]:
        left = outcome.resolved == outcome.dialogue.question
        if not outcome.found(1, 1) or (outcome.dialogue.kind == NEW and not left):
            turns = " / ".join([*outcome.dialogue.turns, outcome.dialogue.question])
            print(f"{outcome.dialogue.kind} {outcome.ranks}: {turns} → {outcome.resolved}")


if __name__ == "__main__":
    main()
