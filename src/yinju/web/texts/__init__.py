"""Every word the page itself says, in three languages; what documents and answers say comes from elsewhere."""

from yinju.web.texts.choose import LANGUAGES, describe_report, preferred, texts_for
from yinju.web.texts.words import ENGLISH, HANS, HANT, Texts

__all__ = ["ENGLISH", "HANS", "HANT", "LANGUAGES", "Texts", "describe_report", "preferred", "texts_for"]
