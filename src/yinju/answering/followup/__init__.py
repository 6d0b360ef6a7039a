"""A question and the turns before it → the question that can be searched on its own, by rules."""

from yinju.answering.followup.resolve import MEMORY, Turn, resolve, understand

__all__ = ["MEMORY", "Turn", "resolve", "understand"]
