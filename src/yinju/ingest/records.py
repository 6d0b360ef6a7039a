"""A passage → what it is searched by: its text as it is embedded, its terms as keywords are searched in."""

from collections import Counter
from collections.abc import Iterator, Sequence

from yinju.designators import mentioned_terms, own_terms
from yinju.protocols import Encoder
from yinju.store.protocol import DESIGNATORS, Terms
from yinju.text import bigrams, characters, words
from yinju.types import Passage, Progress, Vectors

OPENING_CHARACTERS = 120
"""How much of a document's first passage tells what the others are about: as good as all of it, see
docs/experiments.md."""


def embedded_text(passage: Passage) -> str:
    """What stands for a passage when it is embedded: title, headings and text."""
    return "\n".join([passage.title, *passage.headings, passage.text])


def encode_passages(encoder: Encoder, passages: Sequence[Passage], progress: Progress | None = None) -> Vectors:
    """The vectors of passages, (n, d) float32."""
    return encoder.encode_documents([embedded_text(passage) for passage in passages], progress)


def context_of(passage: Passage, lead: str) -> list[str]:
    """What a passage is read in: title, headings, and how its document opens, unless it is that opening itself.

    Keywords are searched in it too: what all passages of a document share then tells none of them from the others.
    """
    return [passage.title, *passage.headings, "" if passage.text == lead else lead[:OPENING_CHARACTERS]]


def terms_of(passages: Sequence[Passage], version: str) -> list[Terms]:
    """The terms of each passage of a document, given in reading order, and of what version that is."""
    return [terms for terms, _ in _described(passages, version)]


def described(passages: Sequence[Passage], version: str) -> tuple[tuple[Terms, ...], dict[str, int]]:
    """The terms of each passage of a document, and how often each of its words stands in it that does so again."""
    found = [*_described(passages, version)]
    often = Counter(word for _, own in found for word in own if len(word) > 1 and not word.isdecimal())
    return tuple(terms for terms, _ in found), {word: count for word, count in often.items() if count > 1}


def _described(passages: Sequence[Passage], version: str) -> Iterator[tuple[Terms, list[str]]]:
    """For each passage its terms, and the words of its text alone."""
    lead = passages[0].text if passages else ""
    for passage in passages:
        mended = [word for _, word in passage.mended]
        own = [*words(passage.text), *mended]
        designators, context = own_terms(passage, version), "\n".join(context_of(passage, lead))
        terms = {
            DESIGNATORS: [*(f"={term}" for term in designators), *sorted(designators | mentioned_terms(passage.text))],
            "words": [*words(context), *own],
            "bigrams": bigrams("\n".join([context, passage.text, *mended])),
            "characters": characters("\n".join([context, passage.text])),
        }
        yield {field: " ".join(each) for field, each in terms.items()}, own
