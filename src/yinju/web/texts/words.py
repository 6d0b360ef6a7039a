"""Which words the page says; a module beside this one says them in each language."""

from dataclasses import dataclass

from yinju.types import Disagreement, ModelFault


@dataclass(frozen=True, slots=True)
class Texts:
    """The page's words in one language; {names} in braces are filled in by `str.format`."""

    language: str
    """As HTML's lang attribute: it also decides which regional shapes of characters the browser draws."""
    promise: str
    placeholder: str
    welcome: str
    ask: str
    new_chat: str
    chat: str
    source: str
    source_hint: str
    close: str
    unreachable: str
    page: str
    pages: str
    cited: str
    documents: str
    unread: str
    more: str
    warned: str
    skipped: str
    failed: str
    refused: str
    nearest: str
    understood: str
    broken: str
    no_document: str
    bad_range: str
    changed: str
    index_trouble: str
    indexed: str
    ready: str
    stop: str
    model: str
    """In place of a name that is not known yet."""
    reading: str
    had_read: str
    unsupported: str
    unsupported_title: str
    unfound: str
    unchecked: str
    number: str
    date: str
    unit: str
    negation: str
    name: str
    unfinished: str
    no_model: str
    instead: str
    unreachable_model: str
    unauthorised: str
    busy: str
    model_failed: str
    slow: str
    malformed: str
    interrupted: str
    stopped: str
    retry: str
    undo: str
    unsaved: str
    no_chat: str
    unreadable_chat: str
    no_citation: str
    history_trouble: str
    deleted: str
    moved: str
    edited: str

    def fault(self, fault: ModelFault) -> str:
        """Why there is no language model's answer, or not a whole one."""
        return {
            ModelFault.UNREACHABLE: self.unreachable_model, ModelFault.UNAUTHORISED: self.unauthorised,
            ModelFault.BUSY: self.busy, ModelFault.FAILED: self.model_failed, ModelFault.SLOW: self.slow,
            ModelFault.MALFORMED: self.malformed, ModelFault.INTERRUPTED: self.interrupted,
            ModelFault.STOPPED: self.stopped,
        }[fault]  # fmt: skip

    def disagreement(self, disagreement: Disagreement) -> str:
        """What a source does not bear out."""
        return {
            Disagreement.UNFOUND: self.unfound, Disagreement.UNCHECKED: self.unchecked,
            Disagreement.NUMBER: self.number, Disagreement.DATE: self.date, Disagreement.UNIT: self.unit,
            Disagreement.NEGATION: self.negation, Disagreement.NAME: self.name,
        }[disagreement]  # fmt: skip
