"""A thread of mails → the newest of them, without its header and its signature."""

import re

from yinju.answering.outline.sections import Line, Section
from yinju.types import BlockKind

_QUOTED = re.compile(
    r"\s*(?:>|[在于於].{5,80}(?:写道|寫道|写了|寫了)[:：]|On .{5,80} wrote:"
    r"|-{2,}\s*(?:原始邮件|原始郵件|Original Message))"
)
_HEADER = re.compile(
    r"\s*(?:主旨|主题|主題|寄件人|发件人|收件人|副本|抄送|密件副本|日期|附件|subject|from|to|cc|date)\s*[:：]",
    re.IGNORECASE,
)
_SIGNED = 8
"""Characters of a line at the end that is only a name."""


def latest_mail(root: Section) -> list[Line]:
    """The sentences of the newest mail of a thread, without its header and its signature; empty for other documents."""
    lines = [*root.lines()]
    quoted = next((n for n, line in enumerate(lines) if _QUOTED.match(line.text)), None)
    if not quoted:
        return []
    newest = [line for line in lines[:quoted] if not _HEADER.match(line.text)]
    while newest and len(newest[-1].text.strip()) < _SIGNED and newest[-1].kind is BlockKind.PARAGRAPH:
        newest.pop()
    return newest
