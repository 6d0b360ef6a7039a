"""Ranked passages → an Answer whose every statement names its source, or a refusal with what came nearest."""

from yinju.answering.answer import Answering, answer_steps
from yinju.answering.followup import Turn
from yinju.answering.llm import load_model
from yinju.answering.outline import guide_of
from yinju.answering.stopping import Stop

__all__ = ["Answering", "Stop", "Turn", "answer_steps", "guide_of", "load_model"]
