"""Every word the page itself says, in three languages; what documents and answers say comes from elsewhere."""

from yinju.web.texts.choose import LANGUAGES, describe_report, texts_for
from yinju.web.texts.english import ENGLISH
from yinju.web.texts.hans import HANS
from yinju.web.texts.hant import HANT
from yinju.web.texts.words import Texts

__all__ = ["ENGLISH", "HANS", "HANT", "LANGUAGES", "Texts", "describe_report", "texts_for"]
