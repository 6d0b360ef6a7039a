"""Why a file, a change or a question is not taken as it is: a code with facts, and its sentence in three languages."""

from yinju.reasons.reason import Reason
from yinju.reasons.say import LANGUAGES, say, say_all

__all__ = ["LANGUAGES", "Reason", "say", "say_all"]
