"""Questions in other words, in English and mistyped: what is found of what documents say otherwise?

python benchmarks/paraphrases.py → a Markdown table over corpus/: paraphrases.jsonl, which share no content word with
the passage that answers, by keywords, vectors, what the transformer read and the whole search; english.jsonl;
questions.jsonl as they are and with an error each (typos.py). Exit status 1, with the offenders on standard error, when
a paraphrase shares a word or a gold is not in the corpus.
"""

import math
import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import fmean

import yinju
from retrieval import keyword_scores
from typos import with_typo
from yinju.deep import deep_encoder
from yinju.embedding import load_encoder
from yinju.evaluation import DEPTH, LabelledQuestion, holds_gold, load_questions, rank_of_right
from yinju.ingest.build import open_store
from yinju.ingest.meaning import fill, meanings_of
from yinju.ingest.records import embedded_text
from yinju.protocols import Encoder
from yinju.settings import load_settings
from yinju.store.protocol import Snapshot
from yinju.text import content_tokens, search_form
from yinju.types import Hit, Passage

REPOSITORY = Path(__file__).resolve().parent.parent
QUESTIONS, ENGLISH, TYPED = (
    REPOSITORY / "benchmarks" / f"{name}.jsonl" for name in ("paraphrases", "english", "questions")
)

DEPTHS = (1, 5, 20)

Ranking = Callable[[str], Sequence[Hit]]


def all_passages(generation: Snapshot) -> list[Passage]:
    """Every passage of an index."""
    return generation.documents.passages([number for number, _ in generation.documents.places()])


def gold_passages(asked: LabelledQuestion, passages: Sequence[Passage]) -> list[Passage]:
    """The passages that answer a question."""
    return [p for p in passages if p.document in asked.documents and holds_gold(p.text, asked.gold)]


def shared_tokens(question: str, passage: Passage) -> list[str]:
    """The content words and bigrams of a question that stand in a passage, its title or its headings.

    A word and the other region's for it are one. White space does not part a word, and a single character offends
    wherever it stands, even inside another word.
    """
    text = "".join(search_form(embedded_text(passage)).split())
    return [token for token in content_tokens(question) if token in text]


def complaints(
    questions: Sequence[LabelledQuestion], passages: Sequence[Passage], *, may_share: bool = False
) -> list[str]:
    """What is wrong with the questions, a line each: gold that is not in one place, or a word that is shared."""
    found = []
    for asked in questions:
        gold = gold_passages(asked, passages)
        for phrase in asked.gold:
            if (count := sum(holds_gold(passage.text, [phrase]) for passage in gold)) != 1:
                found.append(f"{asked.question}: {phrase} is in {count} passages of {', '.join(asked.documents)}")
        if missing := {*asked.documents} - {passage.document for passage in gold}:
            found.append(f"{asked.question}: no gold in {', '.join(sorted(missing))}")
        for passage in gold if not may_share else ():
            if shared := shared_tokens(asked.question, passage):
                found.append(
                    f"{asked.question}: shares {' '.join(shared)} with passage {passage.id} of {passage.document}"
                )
    return found


def keyword_ranking(generation: Snapshot, passages: Sequence[Passage]) -> Ranking:
    """By the sum of the BM25 scores of words and of bigrams."""
    by_id = {passage.id: passage for passage in passages}

    def ranked(question: str) -> list[Hit]:
        scores = keyword_scores(generation, question, len(generation))
        return [Hit(by_id[i], score) for i, score in scores.most_common(DEPTH)]

    return ranked


def dense_ranking(generation: Snapshot, passages: Sequence[Passage], encoder: Encoder) -> Ranking:
    """By the inner product of the vectors, over all passages."""
    by_id = {passage.id: passage for passage in passages}

    def ranked(question: str) -> list[Hit]:
        found = generation.vectors.search(encoder.encode_queries([question]), DEPTH)[0]
        return [Hit(by_id[i], score) for i, score in found]

    return ranked


def meaning_ranking(generation: Snapshot, passages: Sequence[Passage], index: Path) -> Ranking:
    """By the cosine of what the transformer made of question and passage."""
    by_id, meanings = {passage.id: passage for passage in passages}, meanings_of(index, load_settings())
    assert meanings

    def ranked(question: str) -> list[Hit]:
        found = meanings.of(generation.documents).search(deep_encoder().question(question), DEPTH)
        return [Hit(by_id[i], score) for i, score in found]

    return ranked


def by_chance(right: int, passages: int, depth: int) -> float:
    """The chance that one of the right passages is among the first `depth` of a random order."""
    return 1 - math.comb(passages - right, depth) / math.comb(passages, depth)


def recalls(ranking: Ranking, questions: Sequence[LabelledQuestion]) -> list[float]:
    """The share of questions with a right passage among the first 1, 5 and 20."""
    ranks = [rank_of_right(ranking(asked.question), asked, whole_documents=False) for asked in questions]
    return [fmean(rank is not None and rank <= depth for rank in ranks) for depth in DEPTHS]


def row(what: str, figures: Sequence[float]) -> None:
    """Print one line of the table at once."""
    print(f"| {what} | " + " | ".join(f"{figure:.3f}" for figure in figures) + " |", flush=True)


def mistyped(questions: Sequence[LabelledQuestion], generation: Snapshot) -> Iterator[LabelledQuestion]:
    """The questions in which an error can be made, with one each."""
    chance = random.Random(7)
    for asked in questions:
        if typo := with_typo(asked.question, generation.keywords, chance):
            yield replace(asked, question=typo.typed)


def main() -> None:
    """Check the questions, then measure."""
    paraphrases, english = (load_questions(path).questions for path in (QUESTIONS, ENGLISH))
    encoder = load_encoder(load_settings().encoder)
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder)
        yinju.build_index(REPOSITORY / "corpus", index, encoder=encoder)
        generation = open_store(index).open()
        fill(index, generation, load_settings())
        passages = all_passages(generation)
        wrong = complaints(paraphrases, passages) + complaints(english, passages, may_share=True)
        if wrong:
            sys.exit("\n".join(wrong))
        typed = [asked for asked in load_questions(TYPED).questions if asked.gold]
        with_errors = [*mistyped(typed, generation)]
        meaning = meaning_ranking(generation, passages, index)
        print(f"| {len(passages)} passages | recall@1 | recall@5 | recall@20 |\n|---|---|---|---|")
        right = [len(gold_passages(asked, passages)) for asked in paraphrases]
        row("by chance", [fmean(by_chance(n, len(passages), depth) for n in right) for depth in DEPTHS])
        row(
            f"{len(paraphrases)} paraphrases: keywords alone",
            recalls(keyword_ranking(generation, passages), paraphrases),
        )
        row("vectors alone", recalls(dense_ranking(generation, passages, encoder), paraphrases))
        row("what the transformer read, alone", recalls(meaning, paraphrases))
        with yinju.open_library(index, encoder=encoder) as library:

            def search(question: str) -> list[Hit]:
                return library.search(question, DEPTH)

            row("the whole search", recalls(search, paraphrases))
            row(f"{len(english)} English questions: the transformer alone", recalls(meaning, english))
            row("the whole search", recalls(search, english))
            row(f"{len(typed)} questions as they are: the whole search", recalls(search, typed))
            row("with an error each", recalls(search, with_errors))
        generation.close()


if __name__ == "__main__":
    main()
