"""A question → an Answer: resolve a follow-up, search, decide whether the documents answer, extract and cite."""

import time
from collections.abc import Sequence

from yinju.answering.extract import choose_sentences, cite, compose, describe_sentences
from yinju.answering.followup import Turn, resolve
from yinju.candidates import find_candidates
from yinju.index.generation import Generation
from yinju.query import make_query
from yinju.search import Ranked, rank, rerank
from yinju.settings import Settings
from yinju.text import content_tokens, has_content
from yinju.types import Answer, Citation, Encoder, Reranker

NEAREST = 3
"""How many passages a refusal shows."""


def answer_question(
    generation: Generation, encoder: Encoder, question: str, history: Sequence[Turn], settings: Settings,
    reranker: Reranker | None = None,
) -> Answer:  # fmt: skip
    """The answer, or a refusal where its confidence is below the setting.

    Raises:
        QuestionError: nothing to search for, or longer than allowed.
    """
    started = time.perf_counter()
    searched = resolve(question, history) if has_content(question) else question
    query = make_query(generation, encoder, searched, settings.question_characters)
    ranked = rank(find_candidates(generation, query, settings.candidates))
    ranked = rerank(ranked, query.text, reranker, settings.rerank_candidates)
    about_something = bool(content_tokens(searched))  # 「是什麼？」 alone asks about nothing
    confidence = ranked[0][1] if ranked and about_something else 0.0
    refused = confidence < settings.refuse_below
    sentences = [] if refused else choose_sentences(describe_sentences(query, ranked), settings.answer_characters)
    statements, citations = compose(question, sentences)
    if refused:
        citations = _nearest(ranked)
    return Answer(
        question, statements, citations, refused, confidence, "extractive", time.perf_counter() - started,
        searched if searched != question else None,
    )  # fmt: skip


def _nearest(ranked: Ranked) -> tuple[Citation, ...]:
    passages = [candidate.passage for candidate, _ in ranked[:NEAREST]]
    return tuple(cite(passage, 0, len(passage.text), marker) for marker, passage in enumerate(passages, start=1))
