"""What became of files."""

from dataclasses import dataclass, field

from yinju.reasons import Reason, say_all
from yinju.types.documents import DocumentFacts, FileState


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """How one file ended when a folder was indexed."""

    name: str
    state: FileState
    reasons: tuple[Reason, ...] = ()
    """Why it was skipped or failed, or what to know of a file indexed with a warning."""
    passages: int = 0
    characters: int = 0
    sha256: str | None = None
    """Of the file's bytes; None where they were not read."""
    title: str = ""
    format: str = ""
    """As a document's; empty for a file that is none."""
    size: int = 0
    """In bytes."""
    pages: int | None = None
    encoding: str | None = None
    added: float = 0.0
    """When this content was first seen under this name, in seconds since 1970; 0 where it is not known."""
    seconds: float = 0.0
    """How long it took to read."""
    indexed: int = 0
    """How many characters, white space aside, can be found: those of passages and headings."""
    dropped: int = 0
    """How many characters, white space aside, cannot: what stands on every page, front matter."""
    facts: DocumentFacts = field(default_factory=DocumentFacts)
    """What the document says of itself as a whole."""
    reused: bool = False
    """True when the file had not changed and nothing was read again."""

    @property
    def code(self) -> str:
        """A stable reason: ok, warning, or why it was left out, such as empty, unknown_format, no_text, timed_out."""
        if self.state in (FileState.INDEXED, FileState.WARNED):
            return "ok" if self.state is FileState.INDEXED else "warning"
        return self.reasons[0].code if self.reasons else self.state.value

    @property
    def message(self) -> str:
        """The reasons in Traditional Chinese; empty for a file indexed without remark."""
        return say_all(self.reasons)


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of every file when an index was built."""

    generation: int
    outcomes: tuple[FileOutcome, ...]
    removed: tuple[str, ...]
    """Documents of the generation before that are no longer there."""
    seconds: float

    def count(self, state: FileState) -> int:
        """How many files ended in a state; over all four states this sums to the files seen."""
        return sum(outcome.state is state for outcome in self.outcomes)
