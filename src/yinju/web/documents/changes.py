"""Changes under way and of late → the HTML that documents.js asks for while something goes on."""

from collections.abc import Sequence
from urllib.parse import quote

from yinju.ingest.changes import Act, Change, Stage
from yinju.web.documents.shown import message_html, stage_name, state_html
from yinju.web.escaping import literal, one_line
from yinju.web.texts import Texts

MOST = 200
"""How many changes are listed, the latest; all are counted."""


def changes_html(changes: Sequence[Change], after: int, generation: int, texts: Texts) -> str:
    """The changes that go on, and those later than one, latest first; nothing but its numbers where there is none."""
    told = [change for change in changes if change.id > after or not change.ended]
    running = sum(not change.ended for change in told)
    latest = {change.name: change.id for change in changes}
    items = "".join(_change_html(change, latest[change.name], texts) for change in reversed(told[-MOST:]))
    numbers = f'data-running="{running}" data-total="{len(told)}" data-generation="{generation}"'
    return f"<ul {numbers}>{items}</ul>"


def _change_html(change: Change, latest: int, texts: Texts) -> str:
    words, name = texts.documents, one_line(change.name, 120)
    buttons = []
    if change.stage is Stage.FAILED:
        buttons.append(("retry", words.retry))
    elif change.act is Act.REMOVE and change.ended and latest == change.id:
        buttons.append(("undo", words.undo))
    shown = "".join(
        f'<button type="button" class="{act}" aria-label="{literal(label)} {name}">{literal(label)}</button>'
        for act, label in buttons
    )
    reasons = [change.reason] if change.reason else change.outcome.reasons if change.outcome else ()
    return (
        f'<li data-change="{change.id}" data-name="{quote(change.name)}" data-kept="{quote(change.kept)}">'
        f'<span class="file">{name}</span>{state_html(stage_name(change), texts)}'
        f"{message_html(reasons, texts)}{shown}</li>"
    )


def under_way(changes: Sequence[Change]) -> dict[str, str]:
    """File → the stage of its latest change, where that has not ended."""
    latest = {change.name: change for change in changes}
    return {name: stage_name(change) for name, change in latest.items() if not change.ended}
