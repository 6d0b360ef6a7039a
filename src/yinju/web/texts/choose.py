"""A language → the page's words in it."""

from yinju.errors import SettingsError
from yinju.types import FileState, IngestReport
from yinju.web.texts.english import ENGLISH
from yinju.web.texts.hans import HANS
from yinju.web.texts.hant import HANT
from yinju.web.texts.words import Texts

LANGUAGES = {texts.language: texts for texts in (HANT, HANS, ENGLISH)}


def texts_for(language: str) -> Texts:
    """The page's words in a language.

    Raises:
        SettingsError: there is no such language.
    """
    if language not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise SettingsError(f"YINJU_LANGUAGE={language!r} is not one of {known}; try: export YINJU_LANGUAGE=zh-Hant")
    return LANGUAGES[language]


def describe_report(report: IngestReport, texts: Texts) -> str:
    """What became of the files when the index was built, in one line."""
    skipped, failed = report.count(FileState.SKIPPED), report.count(FileState.FAILED)
    kept = len(report.outcomes) - skipped - failed
    return texts.indexed.format(kept=kept, skipped=skipped, failed=failed)
