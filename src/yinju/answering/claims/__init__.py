"""A statement and the passages it may rest on → whether one of them says the same, and where."""

from yinju.answering.claims.check import Verdict, check_claim

__all__ = ["Verdict", "check_claim"]
