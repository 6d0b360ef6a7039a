"""What is still found through a scrape's noise: stray characters scattered one by one into sentences.

python benchmarks/noise.py FILE.json [--every N …] → two Markdown tables. FILE is in SQuAD format. Some sites put the
characters of a phrase, such as 版權內容, one at a time and in order between the characters of the text; here each
paragraph gets one of `PHRASES`, and the questions stay as they are. In the first table one character in N is stray. In
the second a word that stands once in all paragraphs is asked for, as it was and with one stray character inside it.
"""

import argparse
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain, cycle
from pathlib import Path
from statistics import fmean

from yinju.embedding import load_encoder
from yinju.evaluation import DEPTH, LabelledQuestion, holds_gold, load_questions, open_temporary, rank_of_right
from yinju.noise import mended_words
from yinju.protocols import Encoder
from yinju.settings import load_settings
from yinju.text import HAN, fold, has_content, words
from yinju.types import Document

PHRASES = ("版權內容", "版权所有", "本文轉自某站", "回答", "內容", "知識庫整理", "转载请注明")
RATES = (0, 60, 25, 12, 6)
_SHORT_WORD = re.compile(rf"[{HAN}]{{2,4}}")
_BETWEEN_HAN = re.compile(rf"(?<=[{HAN}])(?=[{HAN}])")


def scatter(text: str, phrase: str, every: int, chance: random.Random) -> tuple[str, list[int]]:
    """The text with a phrase's characters inside its sentences, about one in `every` places, and where they stand."""
    characters, last = cycle(phrase), 0
    pieces: list[str] = []
    places: list[int] = []
    for match in _BETWEEN_HAN.finditer(text):
        if chance.random() * every < 1:
            pieces += [text[last : match.start()], next(characters)]
            last = match.start()
            places.append(last + len(places))
    return "".join([*pieces, text[last:]]), places


def scattered(documents: Iterable[Document], every: int, seed: int) -> tuple[list[Document], list[list[int]]]:
    """Each document with noise, and the places of what was put in; as they were where `every` is 0."""
    chance = random.Random(seed)
    noisy: list[Document] = []
    places: list[list[int]] = []
    for document in documents:
        phrase = chance.choice(PHRASES)
        text, added = scatter(document.text, phrase, every, chance) if every else (document.text, [])
        section = replace(document.sections[0], end=len(text))
        noisy.append(replace(document, text=text, sections=(section,)))
        places.append(added)
    return noisy, places


def without(text: str, start: int, places: frozenset[int]) -> str:
    """A stretch of a noisy text that begins at `start`, without the noise."""
    return "".join(character for place, character in enumerate(text, start) if place not in places)


def measure(
    documents: Sequence[Document], noise: Mapping[str, frozenset[int]], questions: Sequence[LabelledQuestion],
    encoder: Encoder,
) -> tuple[float, ...]:  # fmt: skip
    """Recall@1, recall@5, the share not refused, and the share whose cited sentences, noise aside, hold the answer."""
    settings = load_settings()
    rows = []
    with (
        tempfile.TemporaryDirectory(prefix="yinju-noise-") as folder,
        open_temporary(documents, Path(folder), encoder, settings) as library,
    ):
        for asked in questions:
            rank = rank_of_right(library.search(asked.question, DEPTH), asked, whole_documents=True) or DEPTH + 1
            answer = library.ask(asked.question)
            cited = "".join(without(c.quote, c.start, noise.get(c.document, frozenset())) for c in answer.citations)
            answered = not answer.refused
            rows.append((rank <= 1, rank <= 5, answered, answered and holds_gold(cited, asked.gold)))
    return tuple(fmean(column) for column in zip(*rows, strict=True))


def mended(documents: Iterable[Document]) -> str:
    """How many words are mended, for 10,000 characters."""
    pairs = [(len(mended_words(document.text)), len(document.text)) for document in documents]
    words_mended, characters = (sum(column) for column in zip(*pairs, strict=True))
    return f"{10_000 * words_mended / characters:.1f}"


def asked_words(documents: Sequence[Document], seed: int) -> dict[str, tuple[str, int]]:
    """Document → a word of two to four characters that stands once in all of them, and where."""
    chance = random.Random(seed)
    split = [set(words(document.text)) for document in documents]
    frequency = Counter(chain.from_iterable(split))
    chosen = {}
    for document, own in zip(documents, split, strict=True):
        plain = "".join(folded if len(folded := fold(c)) == 1 else c for c in document.text)
        once = [w for w in sorted(own) if _SHORT_WORD.fullmatch(w) and frequency[w] == plain.count(w) == 1]
        if once:
            word = chance.choice(once)
            chosen[document.name] = (word, plain.index(word))
    return chosen


def broken(document: Document, asked: tuple[str, int] | None, chance: random.Random) -> Document:
    """The document with one stray character inside a word of it."""
    if asked is None:
        return document
    place = asked[1] + chance.randrange(1, len(asked[0]))
    text = document.text[:place] + chance.choice(chance.choice(PHRASES)) + document.text[place:]
    return replace(document, text=text, sections=(replace(document.sections[0], end=len(text)),))


def print_words(documents: Sequence[Document], encoder: Encoder, seed: int) -> None:
    """Print the second table."""
    chosen, chance = asked_words(documents, seed), random.Random(seed)
    noisy = [broken(document, chosen.get(document.name), chance) for document in documents]
    print(f"| {len(chosen)} words asked for | recall@1 | recall@5 | not refused |\n|---|---|---|---|")
    for what, searched in (("intact", documents), ("broken", noisy)):
        for form in ("{}", "{}是什麼？"):
            asked = [LabelledQuestion(form.format(word), (name,), (word,)) for name, (word, _) in chosen.items()]
            shares = measure(searched, {}, asked, encoder)[:3]
            print("|", " | ".join([f"{what}: {form.format('…')}", *(f"{s:.3f}" for s in shares)]), "|", flush=True)


def main() -> None:
    """Measure each rate."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("file", type=Path, help="labelled questions in SQuAD format")
    arguments.add_argument(
        "--every", type=int, nargs="+", default=RATES, help="characters for each one of noise; 0: none"
    )
    arguments.add_argument("--seed", type=int, default=7)
    arguments.add_argument("--step", type=int, default=1, help="ask one question in so many")
    chosen = arguments.parse_args()
    labelled = load_questions(chosen.file)
    if not labelled.paragraphs:
        sys.exit(f"{chosen.file} brings no paragraphs; give a SQuAD-format file")
    questions, encoder = [q for q in labelled.questions if has_content(q.question)][:: chosen.step], load_encoder()
    print("| one stray character in | recall@1 | recall@5 | not refused | answer cited | mended / 10,000 |")
    print("|---|---|---|---|---|---|")
    for every in chosen.every:
        documents, places = scattered(labelled.paragraphs, every, chosen.seed)
        noise = {document.name: frozenset(added) for document, added in zip(documents, places, strict=True)}
        shares = [f"{share:.3f}" for share in measure(documents, noise, questions, encoder)]
        print("|", " | ".join([str(every or "none"), *shares, mended(documents)]), "|", flush=True)
    print()
    print_words(labelled.paragraphs, encoder, chosen.seed)


if __name__ == "__main__":
    main()
