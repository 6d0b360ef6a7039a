"""A question → Evidence: the passages that may answer it, best first, each with what speaks for it."""

from yinju.retrieval.retrieve import CROWD, Evidence, Ranked, Retriever, retrieve, search

__all__ = ["CROWD", "Evidence", "Ranked", "Retriever", "retrieve", "search"]
