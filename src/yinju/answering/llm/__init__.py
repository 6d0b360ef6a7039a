"""The only rooms that speak to a language model: an OpenAI-compatible server, within limits of time and length."""

from yinju.answering.llm.model import ChatModel, load_model

__all__ = ["ChatModel", "load_model"]
