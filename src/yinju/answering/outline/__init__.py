"""A question for an outline or a summary → the headings of what it asks of, with their key sentences."""

from yinju.answering.outline.reply import reply_with_outline
from yinju.answering.outline.request import OutlineRequest, outline_request

__all__ = ["OutlineRequest", "outline_request", "reply_with_outline"]
