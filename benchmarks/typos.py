"""Are typing errors put right, and is what is no error left alone? Errors are made by script.

python benchmarks/typos.py FOLDER QUESTIONS.jsonl [QUESTIONS2.jsonl …] [--count 600] [--show] → a Markdown table. Half
of the errors are made in sentences of the documents in FOLDER, half in the questions; three in ten texts are cut to a
few words. A word of the collection has one character exchanged for one said alike (or much alike, or of like shape), or
is exchanged whole for a word said alike; what the documents say themselves is no error. Every question as it was asked
is read too: what is changed in these is wrong, unless people mistyped them.
"""

import argparse
import json
import random
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from yinju.ingest.build import open_store
from yinju.library import build_index
from yinju.retrieval.alike import Likeness, alike_characters, alike_words
from yinju.retrieval.repair import repaired
from yinju.segmentation import cut, tag_of
from yinju.store.protocol import Keywords, Snapshot
from yinju.text import is_empty, search_form, words
from yinju.vocabulary import shipped_vocabulary

KINDS = ("sound",) * 45 + ("word",) * 20 + ("accent",) * 10 + ("shape",) * 25
_SENTENCE_END = re.compile("[。，！？；：\n|、,;:?!]")
_STAYS = re.compile("[一二三四五六七八九十百千万几哪什怎吗呢]|[^\u4e00-\u9fff]")
TYPED, SPOILED = 9.0, range(2, 5)
"""The background weight of a character that people type; characters of a word with an error in it."""


@dataclass(frozen=True, slots=True)
class Typo:
    """A text with an error, and as it was meant; both in search form."""

    kind: str
    typed: str
    meant: str


def sentences(generation: Snapshot) -> list[str]:
    """The clauses of a collection, each once."""
    passages = generation.documents.passages([number for number, _ in generation.documents.places()])
    clauses = (clause for passage in passages for clause in _SENTENCE_END.split(passage.text))
    return [clause for clause in dict.fromkeys(clauses) if 6 <= len(clause) <= 24]


def questions_of(path: Path) -> list[str]:
    """The questions of a file of lines."""
    return [json.loads(line)["question"] for line in path.read_text("utf-8").splitlines() if '"question"' in line]


def shortened(text: str, chance: random.Random) -> str:
    """A few words of a text, or all of a short one."""
    own = words(text)
    first = chance.randrange(max(1, len(own) - 2))
    return "".join(own[first : first + chance.choice((2, 3, 3, 4))]) if len(own) > 3 else text


def with_typo(text: str, keywords: Keywords, chance: random.Random) -> Typo | None:
    """A text with one error in a word that the collection has; None where none could be made."""
    form = search_form(text)
    may_change = [word for word in words(text) if _may_change(word, keywords)]
    for _ in range(8 * bool(may_change)):
        word, kind = chance.choice(may_change), chance.choice(KINDS)
        spoiled = _spoiled(word, kind, chance)
        if spoiled and not keywords.document_frequency(spoiled):
            return Typo(kind, form.replace(word, spoiled, 1), form)
    return None


def _may_change(word: str, keywords: Keywords) -> bool:
    telling = len(word) in SPOILED and not is_empty(word) and shipped_vocabulary().weight(word) > 4
    named = tag_of(word).startswith(("nr", "m", "t")) or _STAYS.search(word)
    return telling and not named and keywords.document_frequency(word) > 0


def _spoiled(word: str, kind: str, chance: random.Random) -> str | None:
    """A word with an error of one kind, likelier with a common character or word."""
    if kind == "word":
        others = sorted(other for other in _said_like(word) if cut([other]) == [other])
    else:
        at = chance.randrange(len(word))
        alike = ((other, likeness) for other, likeness in alike_characters(word[at]).items())
        fitting = (other for other, likeness in alike if kind == likeness or likeness is Likeness.BOTH)
        others = [word[:at] + c + word[at + 1 :] for c in fitting if shipped_vocabulary().weight(c) < TYPED]
    weights = [2.0 ** -shipped_vocabulary().weight(other) for other in others]
    return chance.choices(others, weights)[0] if others else None


@cache
def _said_like(word: str) -> set[str]:
    return alike_words(word) if len(word) == 2 else set()


def made_typos(generation: Snapshot, asked: Sequence[str], count: int, seed: int = 7) -> Iterator[Typo]:
    """About `count` errors, evenly in sentences of the documents and in questions."""
    chance, clauses = random.Random(seed), sentences(generation)
    for number in range(count):
        text = chance.choice(asked if number % 2 else clauses)
        text = shortened(text, chance) if chance.random() < 0.3 else text
        if typo := with_typo(text, generation.keywords, chance):
            yield typo


def main() -> None:
    """Print the shares put right, put wrong, and wrongly changed."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("questions", type=Path, nargs="+")
    arguments.add_argument("--count", type=int, default=600)
    arguments.add_argument("--show", action="store_true", help="print what is put wrong and what is changed")
    given = arguments.parse_args()
    asked = [question for path in given.questions for question in questions_of(path)]
    with tempfile.TemporaryDirectory() as index:
        build_index(given.folder, index)
        generation = open_store(Path(index)).open()
        made, right, wrong = Counter[str](), Counter[str](), Counter[str]()
        for typo in made_typos(generation, asked, given.count):
            found = repaired(typo.typed, generation)
            made[typo.kind] += 1
            right[typo.kind] += search_form(found.question) == typo.meant
            wrong[typo.kind] += found.question != typo.typed and search_form(found.question) != typo.meant
            if given.show and found.changes and search_form(found.question) != typo.meant:
                print(typo.typed, "→", found.question, "for", typo.meant)
        changed = [(question, repaired(question, generation)) for question in asked]
        changed = [(question, found) for question, found in changed if found.changes]
        generation.close()
    print("| errors | made | put right | put wrong |\n|---|---|---|---|")
    for kind in (*dict.fromkeys(KINDS), "all"):
        total, good, bad = (sum(c.values()) if kind == "all" else c[kind] for c in (made, right, wrong))
        print(f"| {kind} | {total} | {good / max(total, 1):.3f} | {bad / max(total, 1):.3f} |")
    print(f"| questions as asked | {len(asked)} | | {len(changed) / len(asked):.4f} changed |")
    for question, found in changed if given.show else []:
        print(question, *((change.asked, change.searched) for change in found.changes))


if __name__ == "__main__":
    main()
