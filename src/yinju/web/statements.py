"""Statements → HTML: paragraphs of a line each, tables of rows, and quotations where they are no answer."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from yinju.printing import parted
from yinju.types import Statement
from yinju.web.escaping import literal, with_breaks
from yinju.web.links import Links
from yinju.web.texts import Texts


def statements_html(statements: Sequence[Statement], links: Links, texts: Texts, end: str = "") -> str:
    """Statements as paragraphs, one for each line, and as tables; the last paragraph ends with the HTML `end`."""
    *before, last = parted(statements) or [[]]
    if end and last and last[0].row:
        before, last = [*before, last], []
    return "".join(_part_html(part, links, texts) for part in before) + _part_html(last, links, texts, end)


def near_html(statements: Sequence[Statement], links: Links, texts: Texts) -> str:
    """What is said of what comes near, and that itself as a quotation, in which nothing stands out."""
    shown = []
    for quoted, group in groupby(statements, key=lambda statement: bool(statement.markers)):
        said = statements_html([replace(statement, emphasis=None) for statement in group], links, texts)
        shown.append(f"<blockquote>{said}</blockquote>" if quoted else said)
    return "".join(shown)


def _part_html(part: Sequence[Statement], links: Links, texts: Texts, end: str = "") -> str:
    if part and part[0].row:
        return _table_html(part, links, texts)
    line = "".join(_statement_html(statement, links, texts) for statement in part) + end
    return f"<p>{line}</p>" if line else ""


def _statement_html(statement: Statement, links: Links, texts: Texts) -> str:
    said = _emphasised(statement) + _links_html(statement, links)
    if statement.supported:
        return f'<span class="statement">{said}</span>'
    reason = _reason_html(statement, texts)
    return f'<span class="statement unsupported" title="{reason}">{said}{_doubt_html(reason, texts)}</span>'


def _emphasised(statement: Statement) -> str:
    text = statement.text
    if statement.emphasis is None:
        return with_breaks(text.strip())
    start, end = statement.emphasis
    before, after = text[:start].lstrip(), text[end:].rstrip()
    return f"{with_breaks(before)}<strong>{with_breaks(text[start:end])}</strong>{with_breaks(after)}"


def _table_html(rows: Sequence[Statement], links: Links, texts: Texts) -> str:
    """A table that can be scrolled sideways, each row ending with its markers."""
    names = [head for head, _ in rows[0].row]
    heads = "".join(f'<th scope="col">{with_breaks(name.strip())}</th>' for name in names)
    head = f"<thead><tr>{heads}<td></td></tr></thead>" if any(names) else ""
    body = "".join(_row_html(row, links, texts) for row in rows)
    return f'<div class="table" tabindex="0"><table>{head}<tbody>{body}</tbody></table></div>'


def _row_html(row: Statement, links: Links, texts: Texts) -> str:
    asked = row.text[slice(*row.emphasis)].strip() if row.emphasis else None
    cells = "".join(
        f"<td><strong>{with_breaks(cell.strip())}</strong></td>"
        if asked and cell.strip() == asked
        else f"<td>{with_breaks(cell.strip())}</td>"
        for _, cell in row.row
    )
    if row.supported:
        return f'<tr>{cells}<td class="sources">{_links_html(row, links)}</td></tr>'
    reason = _reason_html(row, texts)
    after = f'<td class="sources">{_links_html(row, links)}{_doubt_html(reason, texts)}</td>'
    return f'<tr class="unsupported" title="{reason}">{cells}{after}</tr>'


def _links_html(statement: Statement, links: Links) -> str:
    return "".join(links.get(marker, "") for marker in statement.markers)


def _reason_html(statement: Statement, texts: Texts) -> str:
    """Why a statement is doubted; nothing where it is not."""
    if statement.disagreement is None:
        return ""
    return literal(texts.chat.unsupported_title.format(reason=texts.chat.disagreement(statement.disagreement)))


def _doubt_html(reason: str, texts: Texts) -> str:
    return f'<span class="doubt" tabindex="0" title="{reason}">{literal(texts.chat.unsupported)}</span>'
