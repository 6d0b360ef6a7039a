"""The errors a user can meet. Each says what failed, what was found, what was expected, and the next command.

An error keeps its reason; whoever tells it to a person says that in the language the person reads.
"""

from pathlib import Path
from typing import ClassVar

from yinju.reasons import Reason, cause_of, say
from yinju.reasons.reason import Fact
from yinju.types import ModelFault


class YinjuError(Exception):
    """The base of every error raised on purpose; the command line prints it in one line."""

    text_language: ClassVar[str] = "en"
    """In which `str` says it, as for a traceback or a log."""

    def __init__(self, name: str, /, **facts: Fact | Path) -> None:
        """Keep the reason; `name` is that of a sentence in `yinju.reasons`."""
        self.reason = Reason(name, {key: str(fact) if isinstance(fact, Path) else fact for key, fact in facts.items()})
        super().__init__(self.said(self.text_language))

    @property
    def code(self) -> str:
        """The stable code of the reason."""
        return self.reason.code

    def said(self, language: str) -> str:
        """The reason in one of the three languages."""
        return say(self.reason, language)


def told(error: YinjuError | OSError, language: str) -> str:
    """What a person is told of an error, in one of the three languages."""
    if isinstance(error, YinjuError):
        return error.said(language)
    if error.filename is None:
        return say(Reason("call.system_alone", {"why": cause_of(error)}), language)
    return say(Reason("call.system", {"path": str(error.filename), "why": cause_of(error)}), language)


class SettingsError(YinjuError):
    """A setting or an argument has a value that cannot be used."""


class ReasonedError(YinjuError):
    """An error that a reader of the page meets; `str` says it in Chinese."""

    text_language = "zh-Hant"


class ReadingError(ReasonedError):
    """One file could not be read; its reason is kept in the report."""


class DocumentsError(ReasonedError):
    """A document cannot be added, removed or read again; nothing was lost."""


class LibrariesError(ReasonedError):
    """A library cannot be made, found, renamed, deleted or brought back; all is as it was."""


class UsersError(ReasonedError):
    """An account cannot be made, found or changed, nobody is let in, or the file of users cannot be used."""


class CorpusError(YinjuError):
    """The folder of documents is missing, unreadable, or holds nothing to index."""


class EncodingsError(CorpusError):
    """What a person states of the encodings of files cannot be used."""


class IndexMissingError(YinjuError):
    """There is no index where one was expected."""


class IndexDamagedError(YinjuError):
    """A file of the index is missing or is not what its manifest says."""


class IndexMismatchError(YinjuError):
    """The index was made by another format version, another encoder, or with other words kept whole."""


class IndexBusyError(YinjuError):
    """Another process is writing the index."""


class IndexWriteError(YinjuError):
    """The index cannot be written, for want of space or rights; what was there stays as it was."""


class ConversationsError(YinjuError):
    """The file of chats cannot be written or read; what was said can still be shown."""


class AuditError(YinjuError):
    """The record of changes is not what was written."""


class BackupError(YinjuError):
    """A backup cannot be made, read or restored; what is there stays as it was."""


class ModelError(YinjuError):
    """A model cannot be fetched, loaded or used."""


class EncoderError(ModelError):
    """An embedding model cannot be fetched, loaded or used."""


class RerankerError(ModelError):
    """A re-ranker cannot be fetched, loaded or used."""


class GenerationError(ModelError):
    """A language model's answer does not come, or breaks off; `fault` says why. `str` says it in Chinese."""

    text_language = "zh-Hant"

    def __init__(self, fault: ModelFault, name: str, /, **facts: Fact) -> None:
        """Keep the stable `fault` beside the reason, which never holds the key."""
        super().__init__(name, **facts)
        self.fault = fault


class QuestionError(ReasonedError):
    """A question is empty or too long to be searched."""
