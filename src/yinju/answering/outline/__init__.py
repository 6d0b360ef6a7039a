"""A document's headings and key sentences: its guide, and the reply to a question for an outline or a summary."""

from yinju.answering.outline.guide import guide_of
from yinju.answering.outline.reply import reply_with_outline
from yinju.answering.outline.request import OutlineRequest, outline_request

__all__ = ["OutlineRequest", "guide_of", "outline_request", "reply_with_outline"]
