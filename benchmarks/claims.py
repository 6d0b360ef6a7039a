"""Are false claims flagged and true ones let through? Sentences of paragraphs, changed by script, are checked.

python benchmarks/claims.py FILE.json [FILE2.json …] [--count 1000] [--seed 1] → a Markdown table for each FILE, which
is in SQuAD format. False claims have one number, date, unit, name or negation changed so that they say something else;
true ones are sentences as they stand, in the other script, or lightly reworded. Each is checked against the passages of
its paragraph and five others, once with those of its paragraph preferred and once with none. `--show` prints those
judged wrong.
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from time import perf_counter

from mutations import FALSE_CHANGES, TRUE_CHANGES, names_of, swap_name
from yinju.answering.claims import check_claim
from yinju.chunking import chunk_document
from yinju.evaluation import load_questions
from yinju.types import Passage

OTHERS = 5
"""How many passages of other paragraphs are offered with the right ones."""
FALSE_KINDS = ("number", "date", "unit", "negation", "name")
LENGTHS = range(12, 121)


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim made from a sentence, and the passages it is checked against, the sentence's paragraph first."""

    kind: str
    text: str
    original: str
    passages: tuple[Passage, ...]
    own: int
    """How many of the passages are its paragraph's."""


def make_claims(path: Path, count: int, seed: int) -> Iterator[Claim]:
    """About `count` false claims, evenly of each kind as far as the file goes, and as many true ones."""
    chance = random.Random(seed)
    documents = load_questions(path).paragraphs
    chunked = [chunk_document(document) for document in documents]
    everything = [passage for passages in chunked for passage in passages]
    names = cache(lambda number: names_of(documents[number].text))  # tagging is slow: only where it is needed
    stocked = range(0, len(documents), max(1, len(documents) // 100))
    stock = {name: kind for number in stocked for name, kind in names(number).items()}
    sentences = [
        (number, passage.text[start:end], passage.text[start : passage.sentences[at : at + 2][-1][1]])
        for number, passages in enumerate(chunked) for passage in passages
        for at, (start, end) in enumerate(passage.sentences) if end - start in LENGTHS
    ]  # fmt: skip
    kinds = {**dict.fromkeys(FALSE_KINDS, count // len(FALSE_KINDS)), "two sentences merged": count // 11}
    kinds |= dict.fromkeys(TRUE_CHANGES, count // 11)
    for kind, wanted in kinds.items():
        chance.shuffle(sentences)
        made = 0
        for number, sentence, both in sentences:
            if made >= wanted:
                break
            if kind == "name":
                text = swap_name(sentence, names(number), stock, chance)
            elif kind == "two sentences merged":
                text = both.replace("。", "，", 1) if len(both) > len(sentence) + 8 else None
            else:
                text = ({**FALSE_CHANGES, **TRUE_CHANGES}[kind])(sentence, chance)
            if text and (text != sentence or kind == "verbatim"):
                made += 1
                own = chunked[number]
                yield Claim(kind, text, sentence, (*own, *chance.sample(everything, OTHERS)), len(own))


def print_table(path: Path, count: int, seed: int, show: bool) -> None:
    """Check every claim both ways and print one row for each kind."""
    seen: Counter[str] = Counter()
    flagged: Counter[tuple[str, bool]] = Counter()
    named: Counter[str] = Counter()
    wrong: list[str] = []
    seconds = 0.0
    for claim in make_claims(path, count, seed):
        seen[claim.kind] += 1
        for preferred in (True, False):
            started = perf_counter()
            verdict = check_claim(claim.text, claim.passages, range(claim.own) if preferred else ())
            seconds += perf_counter() - started
            flagged[claim.kind, preferred] += verdict.disagreement is not None
            if (verdict.disagreement is not None) != (claim.kind in FALSE_KINDS) and not preferred:
                wrong.append(f"{claim.kind}: {claim.text}\n    {claim.original}\n    {verdict.disagreement}")
        named[claim.kind] += verdict.disagreement == claim.kind
    print(f"{path.name}: {1_000 * seconds / (2 * seen.total()):.1f} ms for a claim\n")
    print("| kind | claims | flagged, cited | flagged, none cited | and named rightly |\n|---|---|---|---|---|")
    for title, kinds in (("**false**", FALSE_KINDS), ("**true**", tuple(k for k in seen if k not in FALSE_KINDS))):
        for row in (*kinds, title):
            of = kinds if row == title else (row,)
            total = max(sum(seen[kind] for kind in of), 1)
            shares = [f"{sum(flagged[kind, way] for kind in of) / total:.1%}" for way in (True, False)]
            right = f"{sum(named[kind] for kind in of) / total:.1%}" if kinds is FALSE_KINDS else ""
            print("|", " | ".join([row, str(sum(seen[kind] for kind in of)), *shares, right]), "|")
    if show:
        print("", *wrong, sep="\n")


def main() -> None:
    """Measure each file."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("files", type=Path, nargs="+", help="labelled questions in SQuAD format")
    arguments.add_argument("--count", type=int, default=1_000, help="false claims for each file, and as many true ones")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--show", action="store_true", help="print the claims judged wrong")
    chosen = arguments.parse_args()
    for path in chosen.files:
        if not load_questions(path).paragraphs:
            sys.exit(f"{path} brings no paragraphs; give a SQuAD-format file")
        print_table(path, chosen.count, chosen.seed, chosen.show)


if __name__ == "__main__":
    main()
