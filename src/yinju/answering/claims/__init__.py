"""A statement and the passages it may rest on → whether one of them says the same, and where."""

from yinju.answering.claims.check import ClaimCheck, check_claim

__all__ = ["ClaimCheck", "check_claim"]
