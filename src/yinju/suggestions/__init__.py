"""Documents → questions that a person would ask of them, each tried: the documents answer it."""

from yinju.suggestions.examples import example_questions, next_questions
from yinju.suggestions.guide import guide_questions

__all__ = ["example_questions", "guide_questions", "next_questions"]
