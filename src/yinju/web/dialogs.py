"""The page's dialogs and its line for short notes; chat.js opens them and reads what was written."""

from yinju.web.escaping import literal
from yinju.web.texts import Texts


def dialogs_html(texts: Texts) -> str:
    """Every dialog, closed, and the place for notes."""
    words = texts.dialogs
    note = f'<p id="toast" role="status" lang="{texts.language}" data-copied="{literal(texts.chat.copied)}"></p>'
    delete = f"<p>{literal(words.delete_note)}</p>"
    return note + "".join([
        _dialog_html("edit", words.edit, _area_html(words.edit), words.ask, texts),
        _dialog_html("reason", words.reason, _area_html(words.reason), words.send, texts),
        _dialog_html("rename", words.rename, f'<input aria-label="{literal(words.rename)}" maxlength="80">', words.save,
                     texts),
        _dialog_html("delete", words.delete, delete, words.delete_yes, texts),
        _dialog_html("delete-document", texts.documents.delete_title, _which_html(texts.documents.delete_note),
                     texts.documents.delete, texts),
    ])  # fmt: skip


def _which_html(note: str) -> str:
    """A place for the name of what it is about, and a note."""
    return f'<p class="which"></p><p>{literal(note)}</p>'


def _area_html(name: str) -> str:
    return f'<textarea rows="4" aria-label="{literal(name)}"></textarea>'


def _dialog_html(name: str, title: str, field: str, yes: str, texts: Texts) -> str:
    """A dialog whose form closes it with `yes`, or without a value."""
    confirm = f'<button value="yes" class="yes">{literal(yes)}</button>'
    cancel = f'<button value="" class="no">{literal(texts.dialogs.cancel)}</button>'
    return (
        f'<dialog id="{name}" lang="{texts.language}" aria-labelledby="{name}-title"><form method="dialog">'
        f'<h2 id="{name}-title">{literal(title)}</h2>{field}<p class="buttons">{confirm}{cancel}</p></form></dialog>'
    )
