"""A question → Evidence: the passages that may answer it, best first, each with what speaks for it."""

from yinju.retrieval.retrieve import Evidence, Ranked, Retriever, retrieve, search

__all__ = ["Evidence", "Ranked", "Retriever", "retrieve", "search"]
