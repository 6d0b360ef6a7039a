"""The library and what is chosen → the HTML of the settings."""

from typing import Any

from yinju.answering.llm.server import without_credentials
from yinju.configuration import variable_of
from yinju.embedding import SHIPPED
from yinju.libraries import Libraries
from yinju.library import Library
from yinju.reading.recognizer import is_installed
from yinju.users import Right
from yinju.web.desk import Desk
from yinju.web.documents.shown import size_text
from yinju.web.documents.view import why_closed
from yinju.web.rendering import render
from yinju.web.setup.choices import FIXED, Choices
from yinju.web.setup.storage import storage_of
from yinju.web.setup.strictness import HEIGHT, POINTS, WIDTH, drawn, measured_curve
from yinju.web.visitor import Visitor

ENCODERS = SHIPPED[1:]


def view_html(desk: Desk, choices: Choices, libraries: Libraries, visitor: Visitor) -> str:
    """The view; to those who may not change anything, only what is in force. What takes up space is of one library."""
    library, deleted = desk.library, libraries.deleted_size()
    storage = storage_of(library, desk.conversations.path) | ({"deleted_libraries": deleted} if deleted else {})
    return render(
        "setup/view.html", visitor.language, may_change=visitor.may(Right.MANAGE), user=visitor.user,
        model=_model(library, choices),
        encoder=_setting(library, choices, "encoder"), ocr=_setting(library, choices, "ocr"), installed=is_installed(),
        strictness=_strictness(library, choices), encoders=ENCODERS,
        storage=[(part, size_text(size)) for part, size in storage.items()],
        deletes=(storage["deleted"] > 0 or deleted > 0) and why_closed(library, visitor) is None,
        several=sum(visitor.may_open(one.id) for one in libraries.entries()) > 1,
    )  # fmt: skip


def _setting(library: Library, choices: Choices, name: str) -> dict[str, Any]:
    """A setting: its value, where that is from, whether it is fixed there, and its value from the next start on."""
    origin = choices.origin(name)
    return {
        "name": name, "value": getattr(library.settings, name), "next": getattr(choices.next_start(), name),
        "origin": origin, "fixed": origin in FIXED, "variable": variable_of(name),
    }  # fmt: skip


def _model(library: Library, choices: Choices) -> dict[str, Any]:
    """The language model, its key being told as there or not there."""
    origin, variable = choices.model_origin()
    settings = library.settings
    return {
        "name": library.model_name, "model": settings.llm_model, "has_key": bool(settings.llm_api_key),
        "address": without_credentials(settings.llm_base_url.strip()), "origin": origin, "fixed": origin in FIXED,
        "variable": variable,
    }  # fmt: skip


def _strictness(library: Library, choices: Choices) -> dict[str, Any]:
    curve = measured_curve()
    return _setting(library, choices, "refuse_below") | {
        "curve": curve, "lines": {"answered": drawn(curve.answered), "refused": drawn(curve.refused)},
        "points": POINTS, "width": WIDTH, "height": HEIGHT,
    }  # fmt: skip
