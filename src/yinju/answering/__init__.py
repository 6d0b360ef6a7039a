"""Ranked passages → an Answer whose every statement names its source, or a refusal with what came nearest."""

from yinju.answering.answer import answer_question
from yinju.answering.followup import Turn

__all__ = ["Turn", "answer_question"]
