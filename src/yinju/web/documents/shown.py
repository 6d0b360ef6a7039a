"""States, stages, formats and sizes → as the view shows them."""

from yinju.ingest.changes import Act, Change, Stage
from yinju.types import FileOutcome, FileState

FORMATS = {
    "text": "TXT", "markdown": "Markdown", "html": "HTML", "pdf": "PDF", "docx": "Word", "pptx": "PowerPoint",
    "xlsx": "Excel", "csv": "CSV", "json": "JSON", "epub": "EPUB", "eml": "EML", "rtf": "RTF", "odt": "ODT",
    "zip": "ZIP", "image": "IMG",
}  # fmt: skip


def format_name(kind: str) -> str:
    """A format as people call it; empty for a file that is no document."""
    return FORMATS.get(kind, kind)


def size_text(size: float) -> str:
    """A number of bytes in the unit that suits it."""
    for unit in ("B", "KB", "MB"):
        if size < 1_000:
            return f"{size:.0f} {unit}" if unit == "B" or size >= 100 else f"{size:.1f} {unit}"
        size /= 1_000
    return f"{size:.1f} GB"


def state_name(state: FileState) -> str:
    """What the catalogue calls a state."""
    return {FileState.INDEXED: "indexed", FileState.WARNED: "warned", FileState.SKIPPED: "skipped"}.get(state, "failed")


def stage_name(change: Change) -> str:
    """What the catalogue calls how far a change is, or how it ended."""
    if change.stage is Stage.FAILED:
        return "unfollowed"
    if change.stage is not Stage.DONE:
        return change.stage.value
    if change.outcome is None:
        return "removed"
    told = {Act.MOVE: "moved", Act.TAG: "tagged"}.get(change.act) if change.outcome.passages else None
    return told or state_name(change.outcome.state)


def textless_pages(outcome: FileOutcome) -> str:
    """The pages of a document that hold no text, as ranges; empty where all do."""
    found = (reason.facts["pages"] for reason in outcome.reasons if reason.code == "textless_pages")
    return ", ".join(str(part) for pages in found if isinstance(pages, list | tuple) for part in pages)
