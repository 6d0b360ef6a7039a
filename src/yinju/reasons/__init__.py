"""Why something is not taken or cannot be done: a code with facts, and its sentence in three languages."""

from yinju.reasons.reason import Reason
from yinju.reasons.say import LANGUAGES, say, say_all
from yinju.reasons.system import cause_of, remedy_for

__all__ = ["LANGUAGES", "Reason", "cause_of", "remedy_for", "say", "say_all"]
