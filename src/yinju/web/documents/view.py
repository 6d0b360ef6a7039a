"""The library → the HTML of the view: what can be added, what is being done, and the table."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from yinju.errors import DocumentsError
from yinju.ingest.changes import Act, Change, Stage
from yinju.library import Library
from yinju.messages import Language
from yinju.reasons import Reason
from yinju.types import FileOutcome, FileState
from yinju.users import Right
from yinju.web.documents.shelves import crumbs, folders_below, tags_among
from yinju.web.documents.shown import size_text, stage_name, state_name
from yinju.web.documents.table import COLUMNS, NO_TAGS, Listing, Tags, facts_of, page_of, view_href
from yinju.web.rendering import render
from yinju.web.scope.options import folders_of
from yinju.web.visitor import Visitor

ROWS = 100
"""How many files a page of the table holds."""
MOST_CHANGES = 200
"""How many changes are listed, the latest; all are counted."""


def why_closed(library: Library, visitor: Visitor) -> Reason | None:
    """Why a visitor cannot change documents; None where it can."""
    if not visitor.may(Right.EDIT):
        return Reason("user.reads")
    try:
        library.editor()
    except DocumentsError as error:
        return error.reason
    return None


def changing(library: Library, visitor: Visitor) -> dict[str, Any]:
    """Whether documents can be changed and, for the panel of changes, the last that is over and why one may fail."""
    closed, limit = why_closed(library, visitor), library.settings.file_megabytes
    changes = [] if closed else library.editor().changes()
    begun = next((change.id for change in changes if not change.ended), None)
    last = begun - 1 if begun else changes[-1].id if changes else 0
    return {
        "closed": closed, "limit": limit, "last": last, "cut_off": Reason("cut_off"),
        "too_large": Reason("too_large.upload", {"limit": limit}),
        "goes_on": bool(begun) or (not closed and library.editor().behind),
    }  # fmt: skip


def view_html(library: Library, listing: Listing, visitor: Visitor) -> str:
    """The view, its table as asked for."""
    closed = why_closed(library, visitor)
    stages = {} if closed else under_way(library.editor().changes())
    return render(
        "documents/view.html", visitor.language, closed=closed, limit=library.settings.file_megabytes,
        **_totals(library), **_files(library.outcomes(), listing, stages, closed is None, library.facts.tags),
    )  # fmt: skip


def table_html(library: Library, listing: Listing, visitor: Visitor) -> str:
    """The table alone."""
    editable = why_closed(library, visitor) is None
    stages = under_way(library.editor().changes()) if editable else {}
    files = _files(library.outcomes(), listing, stages, editable, library.facts.tags)
    return render("documents/table.html", visitor.language, **files)


def files_html(
    outcomes: Sequence[FileOutcome], listing: Listing, stages: Mapping[str, str], editable: bool, language: Language
) -> str:
    """The table of some files; `stages` are those of files that are being changed, by name."""
    return render("documents/table.html", language, **_files(outcomes, listing, stages, editable))


def _files(
    outcomes: Sequence[FileOutcome], listing: Listing, stages: Mapping[str, str], editable: bool, tags: Tags = NO_TAGS
) -> dict[str, Any]:
    found = listing.of(outcomes, tags)
    page = page_of(len(found), ROWS, listing.page, lambda number: replace(listing, page=number).href)
    shown = found[page.first : page.end]
    rows = [(o, stages.get(o.name) or state_name(o.state), facts_of(o), tags.get(o.name, ())) for o in shown]
    return {
        "outcomes": outcomes, "rows": rows, "page": page, "listing": listing, "columns": COLUMNS, "editable": editable,
        "view_href": view_href, "crumbs": crumbs(listing), "folders": folders_below(listing, outcomes),
        "tags": tags_among(listing, outcomes, tags), "every_folder": sorted(folders_of(outcomes)),
    }  # fmt: skip


def totals_html(library: Library, language: Language) -> str:
    """How much there is, of what share the meaning was read so far, and how many files are left out."""
    return render("documents/totals.html", language, **_totals(library))


def _totals(library: Library) -> dict[str, Any]:
    outcomes = library.outcomes()
    kept = [o for o in outcomes if o.state in (FileState.INDEXED, FileState.WARNED)]
    read = library.answering().retriever.meaning_read
    return {
        "kept": len(kept), "passages": sum(o.passages for o in kept), "size": size_text(sum(o.size for o in kept)),
        "meaning_read": Reason("meaning_read", {"share": int(100 * read)}) if 0 < read < 1 else None,
        "left_out": len(outcomes) - len(kept), "left_out_href": Listing(sort="state", down=True).href,
    }  # fmt: skip


def changes_html(changes: Sequence[Change], after: int, library: Library, language: Language) -> str:
    """The changes that go on, and those later than one, latest first; nothing but its numbers where there is none."""
    told = [change for change in changes if change.id > after or not change.ended]
    act = partial(_act, {change.name: change.id for change in changes})
    shown = [(c, stage_name(c), _reasons(c), act(c)) for c in reversed(told[-MOST_CHANGES:])]
    return render(
        "documents/changes.html", language, view_href=view_href, changes=shown, total=len(told),
        running=sum(not change.ended for change in told), generation=library.generation,
        behind=library.editor().behind,
    )  # fmt: skip


def _reasons(change: Change) -> Sequence[Reason]:
    if change.reason:
        return [change.reason]
    return change.outcome.reasons if change.outcome else ()


def _act(latest: Mapping[str, int], change: Change) -> str:
    """What can be done about a change that has ended: tried again or, as long as it is a file's latest, undone."""
    if change.stage is Stage.FAILED:
        return "retry"
    gone_on = change.outcome is not None and change.outcome.name != change.name
    undone = change.act in (Act.REMOVE, Act.MOVE) and change.ended and latest[change.name] == change.id and not gone_on
    return "undo" if undone else ""


def under_way(changes: Sequence[Change]) -> dict[str, str]:
    """File → the stage of its latest change, where that has not ended."""
    latest = {change.name: change for change in changes}
    return {name: stage_name(change) for name, change in latest.items() if not change.ended}
