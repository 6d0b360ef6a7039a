"""The library → the HTML of the view: what can be added, what is being done, and the table."""

from yinju.errors import DocumentsError
from yinju.library import Library
from yinju.reasons import Reason, say
from yinju.web.documents.changes import changes_html, under_way
from yinju.web.documents.table import Listing, files_html, totals_html
from yinju.web.escaping import literal
from yinju.web.texts import Texts


def why_closed(library: Library) -> Reason | None:
    """Why documents cannot be changed; None where they can."""
    try:
        library.editor()
    except DocumentsError as error:
        return error.reason
    return None


def view_html(library: Library, listing: Listing, texts: Texts) -> str:
    """The view, its table as asked for."""
    words, closed = texts.documents, why_closed(library)
    upload = "" if closed else f'<button type="button" class="upload">{literal(words.upload)}</button>'
    filled = (
        f'<input type="search" class="filter" value="{literal(listing.q)}" placeholder="{literal(words.filter)}" '
        f'aria-label="{literal(words.filter)}">'
    )
    totals = totals_html(library.outcomes(), texts, library.answering().retriever.meaning_read)
    head = f'<header><h2>{literal(words.label)}</h2><p class="totals">{totals}</p>'
    told = f'<p class="hint">{literal(say(closed, texts.language))}</p>' if closed else _upload_html(library, texts)
    table = table_html(library, listing, texts)
    return f'{head}<div class="tools">{filled}{upload}</div></header>{told}<div class="files">{table}</div>'


def table_html(library: Library, listing: Listing, texts: Texts) -> str:
    """The table alone."""
    editable = why_closed(library) is None
    stages = under_way(library.editor().changes()) if editable else {}
    return files_html(library.outcomes(), listing, stages, editable, texts)


def _upload_html(library: Library, texts: Texts) -> str:
    """What is needed to upload: the limit, the words that documents.js says, and where it tells how far all is."""
    words, limit = texts.documents, library.settings.file_megabytes
    said = {
        "limit": str(limit), "drop": words.drop, "queued": words.queued, "sending": words.sending,
        "failed": words.failed, "cancel": words.cancel, "retry": words.retry, "done": words.done,
        "too-large": say(Reason("too_large.upload", {"limit": limit}), texts.language),
        "cut-off": say(Reason("cut_off"), texts.language),
    }  # fmt: skip
    changes = library.editor().changes()
    last = changes[-1].id if changes else 0
    data = " ".join(f'data-{name}="{literal(text)}"' for name, text in said.items())
    return (
        f'<p class="hint">{literal(words.hint.format(limit=limit))}</p><input type="file" multiple hidden>'
        f'<section class="changes" aria-label="{literal(words.progress)}" data-last="{last}" {data} hidden>'
        f'<div class="bar"><h3>{literal(words.progress)}</h3><p class="sum" role="status"></p>'
        f'<button type="button" class="clear">{literal(words.clear)}</button></div><ul class="uploads"></ul>'
        f'<div class="kept">{changes_html(changes, last, library.generation, texts)}</div></section>'
    )
