"""A language → the page's words in it; a browser's wishes → the language."""

from yinju.types import FileState, IngestReport
from yinju.web.texts.words import ENGLISH, HANS, HANT, Texts

LANGUAGES: dict[str, Texts] = {texts.language: texts for texts in (HANT, HANS, ENGLISH)}

_TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")


def texts_for(language: str) -> Texts:
    """The page's words in a language; Traditional Chinese where none is named."""
    return LANGUAGES[language] if language else HANT


def preferred(accepted: str) -> Texts:
    """The first of the page's languages that an Accept-Language header names; English where it names only others."""
    wishes = sorted(filter(None, map(_wish, accepted.split(","))), key=lambda wish: -wish[1])
    for tag, _ in wishes:
        if tag.startswith(_TRADITIONAL):
            return HANT
        if tag.split("-")[0] == "zh":
            return HANS
        if tag.split("-")[0] == "en":
            return ENGLISH
    return ENGLISH if wishes else HANT


def _wish(part: str) -> tuple[str, float] | None:
    """One language of the header with its weight; None for what is no language or not wanted."""
    tag, _, weight = part.partition(";")
    tag = tag.strip().lower()
    try:
        wanted = float(weight.strip().removeprefix("q=") or 1)
    except ValueError:
        wanted = 0.0
    return (tag, wanted) if tag and tag != "*" and wanted > 0 else None


def describe_report(report: IngestReport, texts: Texts) -> str:
    """What became of the files when the index was built, in one line."""
    skipped, failed = report.count(FileState.SKIPPED), report.count(FileState.FAILED)
    kept = len(report.outcomes) - skipped - failed
    return texts.indexed.format(kept=kept, skipped=skipped, failed=failed)
