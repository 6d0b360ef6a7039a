"""States, stages, formats and sizes → as the view shows them."""

from collections.abc import Iterable

from yinju.ingest.changes import Change, Stage
from yinju.reasons import Reason, say_all
from yinju.types import FileOutcome, FileState
from yinju.web.escaping import literal
from yinju.web.texts import Texts

FORMATS = {
    "text": "TXT", "markdown": "Markdown", "html": "HTML", "pdf": "PDF", "docx": "Word", "pptx": "PowerPoint",
    "xlsx": "Excel", "csv": "CSV", "json": "JSON", "epub": "EPUB", "eml": "EML", "rtf": "RTF", "odt": "ODT",
    "zip": "ZIP",
}  # fmt: skip

_ICONS = {"indexed": "✓", "warned": "!", "skipped": "–", "failed": "✕", "removed": "✓", "unfollowed": "✕"}


def format_name(kind: str) -> str:
    """A format as people call it; — for a file that is no document."""
    return FORMATS.get(kind, kind) or "—"


def size_text(size: float) -> str:
    """A number of bytes in the unit that suits it."""
    for unit in ("B", "KB", "MB"):
        if size < 1_000:
            return f"{size:.0f} {unit}" if unit == "B" or size >= 100 else f"{size:.1f} {unit}"
        size /= 1_000
    return f"{size:.1f} GB"


def state_name(state: FileState) -> str:
    """What the texts call a state."""
    return {FileState.INDEXED: "indexed", FileState.WARNED: "warned", FileState.SKIPPED: "skipped"}.get(state, "failed")


def stage_name(change: Change) -> str:
    """What the texts call how far a change is, or how it ended."""
    if change.stage is Stage.FAILED:
        return "unfollowed"
    if change.stage is not Stage.DONE:
        return change.stage.value
    return state_name(change.outcome.state) if change.outcome else "removed"


def state_html(name: str, texts: Texts) -> str:
    """A state or a stage with its sign: a circle that turns while it goes on."""
    sign = f'<span class="sign" aria-hidden="true">{_ICONS.get(name, "")}</span>'
    return f'<span class="state {name}">{sign} {literal(str(getattr(texts.documents, name)))}</span>'


def message_html(reasons: Iterable[Reason], texts: Texts) -> str:
    """What is to be known of a file, in the language of the page; nothing where there is nothing."""
    said = say_all(reasons, texts.language)
    return f'<span class="message">{literal(said)}</span>' if said else ""


def textless_pages(outcome: FileOutcome) -> str:
    """The pages of a document that hold no text, as ranges; empty where all do."""
    found = (reason.facts["pages"] for reason in outcome.reasons if reason.name == "textless_pages")
    return ", ".join(str(part) for pages in found if isinstance(pages, list | tuple) for part in pages)
