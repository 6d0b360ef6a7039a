"""The errors a user can meet. Each says what failed, what was found, what was expected, and the next command."""

from yinju.reasons import Reason, say
from yinju.reasons.reason import Fact
from yinju.types import ModelFault


class YinjuError(Exception):
    """The base of every error raised on purpose; the command line prints it in one line."""


class SettingsError(YinjuError):
    """A setting or an argument has a value that cannot be used."""


class ReasonedError(YinjuError):
    """An error that a reader of the page meets: its `reason` is said in the language read, here in Chinese."""

    def __init__(self, name: str, /, **facts: Fact) -> None:
        """Keep the reason; `name` is that of a sentence in `yinju.reasons`."""
        self.reason = Reason(name, facts)
        super().__init__(say(self.reason))

    @property
    def code(self) -> str:
        """The stable code of the reason."""
        return self.reason.code


class ReadingError(ReasonedError):
    """One file could not be read; its reason is kept in the report."""


class DocumentsError(ReasonedError):
    """A document cannot be added, removed or read again; nothing was lost."""


class CorpusError(YinjuError):
    """The folder of documents is missing, unreadable, or holds nothing to index."""


class EncodingsError(CorpusError):
    """What a person states of the encodings of files cannot be used; `reason` says so to a reader of the page."""

    def __init__(self, message: str, reason: Reason) -> None:
        """Keep the reason beside the message for the terminal, which names the file."""
        self.reason = reason
        super().__init__(message)


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


class ModelError(YinjuError):
    """A model cannot be fetched, loaded or used."""


class EncoderError(ModelError):
    """An embedding model cannot be fetched, loaded or used."""


class RerankerError(ModelError):
    """A re-ranker cannot be fetched, loaded or used."""


class GenerationError(ModelError):
    """A language model's answer does not come, or breaks off; `fault` says why."""

    def __init__(self, fault: ModelFault, message: str) -> None:
        """Keep the stable `fault` beside the message, which never holds the key."""
        super().__init__(message)
        self.fault = fault


class QuestionError(ReasonedError):
    """A question is empty or too long to be searched."""
