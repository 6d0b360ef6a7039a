"""A question or an answer, however far it has come → the HTML of its chat message."""

from collections.abc import Sequence

from yinju.types import Answer, ModelFault, Statement
from yinju.web.escaping import language_of, literal, with_breaks
from yinju.web.links import Links, links_to, passages_html
from yinju.web.texts import Texts

CURSOR = '<span class="cursor"></span>'


def question_html(question: str, turn: int, texts: Texts) -> str:
    """A question as a message, which can be asked otherwise; `turn` is its number in the chat."""
    edit = _act_html("edit", turn, texts.chat.edit)
    return f'<div class="question">{with_breaks(question.strip())}</div><p class="acts">{edit}</p>'


def acts_html(turn: int, message: str, helpful: bool | None, texts: Texts, *, again: bool) -> str:
    """What can be done with an answer: copied, judged if it is kept, and, where told, given anew."""
    acts = [_act_html("copy", turn, texts.chat.copy, message)]
    if message:
        acts.append(_act_html("up", turn, texts.chat.helpful, message, pressed=helpful is True))
        acts.append(_act_html("down", turn, texts.chat.unhelpful, message, pressed=helpful is False))
    if again:
        acts.append(_act_html("again", turn, texts.chat.again))
    return f'<p class="acts">{"".join(acts)}</p>'


def _act_html(act: str, turn: int, name: str, message: str = "", *, pressed: bool = False) -> str:
    """A small button that chat.js reads by its class and href; Gradio lets no aria-* attributes through."""
    target = f"#{act}-{turn}" + (f"?{message}" if message else "")
    said = " said" if pressed else ""
    return f'<a class="act {act}{said}" href="{literal(target)}" role="button" title="{literal(name)}"></a>'


def suggestions_html(questions: Sequence[str], texts: Texts) -> str:
    """Questions that are asked by a click; nothing without any."""
    if not questions:
        return ""
    links = "".join(
        f'<a class="suggestion" href="#ask" role="button" lang="{language_of(question)}">{with_breaks(question)}</a>'
        for question in questions
    )
    return f'<div class="next"><p class="lead">{literal(texts.chat.next)}</p>{links}</div>'


def notice_html(notice: str) -> str:
    """A short notice, alone or below an answer."""
    return f'<div class="notice">{with_breaks(notice)}</div>'


def retry_html(texts: Texts) -> str:
    """What asks the last question again."""
    return f'<p class="retry-line"><a class="retry" href="#retry" role="button">{literal(texts.chat.retry)}</a></p>'


def answer_html(answer: Answer, turn: int, texts: Texts, *, message: str = "", last: bool = False) -> str:
    """An answer as a message; `turn` is its number in the chat, `message` the id under which it is kept.

    The last answer of a chat can be asked for again.
    """
    links = links_to(answer.citations, turn, message)
    again = last and answer.complete
    parts = [
        _understood_html(answer, texts, again), _fault_html(answer, links, texts), _body_html(answer, links, texts),
        _stopped_html(answer, links, texts), retry_html(texts) if again and answer.fault else "",
    ]  # fmt: skip
    kind = "refusal" if answer.refused else "answer"
    language = texts.language if answer.refused else language_of(answer.text + answer.pending)
    return f'<div class="{kind}" lang="{language}">{"".join(parts)}</div>'


def _body_html(answer: Answer, links: Links, texts: Texts) -> str:
    if answer.refused:
        return f"<p>{literal(texts.chat.refused)}</p>{passages_html(texts.chat.nearest, answer.citations, links)}"
    if answer.complete:
        return _lines_html(answer.statements, links, texts)
    if answer.statements or answer.pending:
        return _lines_html(answer.statements, links, texts, f"{_pending_html(answer.pending)}{CURSOR}")
    return passages_html(texts.chat.reading, answer.citations, links) + f"<p>{CURSOR}</p>"


def _lines_html(statements: Sequence[Statement], links: Links, texts: Texts, end: str = "") -> str:
    """Statements as paragraphs, one for each line, the last one ending with `end`."""
    lines: list[str] = []
    for statement in statements:
        html = _statement_html(statement, links, texts)
        if lines and not statement.new_line:
            lines[-1] += html
        else:
            lines.append(html)
    *before, last = lines or [""]
    return "".join(f"<p>{line}</p>" for line in (*before, last + end) if line)


def _pending_html(pending: str) -> str:
    return f'<span class="pending">{with_breaks(pending)}</span>' if pending else ""


def _statement_html(statement: Statement, links: Links, texts: Texts) -> str:
    said = _emphasised(statement) + "".join(links.get(marker, "") for marker in statement.markers)
    if statement.disagreement is None:
        return f'<span class="statement">{said}</span>'
    reason = texts.chat.unsupported_title.format(reason=texts.chat.disagreement(statement.disagreement))
    mark = f'<span class="doubt" tabindex="0" title="{literal(reason)}">{literal(texts.chat.unsupported)}</span>'
    return f'<span class="statement unsupported" title="{literal(reason)}">{said}{mark}</span>'


def _emphasised(statement: Statement) -> str:
    text = statement.text
    if statement.emphasis is None:
        return with_breaks(text.strip())
    start, end = statement.emphasis
    before, after = text[:start].lstrip(), text[end:].rstrip()
    return f"{with_breaks(before)}<strong>{with_breaks(text[start:end])}</strong>{with_breaks(after)}"


def _understood_html(answer: Answer, texts: Texts, undo: bool) -> str:
    if answer.understood_as is None:
        return ""
    link = f' <a class="undo" href="#undo" role="button">{literal(texts.chat.undo)}</a>' if undo else ""
    return f'<p class="understood">{with_breaks(texts.chat.understood.format(question=answer.understood_as))}{link}</p>'


def _fault_html(answer: Answer, links: Links, texts: Texts) -> str:
    """What the model had said, and its fault."""
    if answer.fault is None or answer.fault is ModelFault.STOPPED:
        return ""
    reason = literal(texts.chat.no_model.format(reason=texts.chat.fault(answer.fault)))
    instead = "" if answer.refused else literal(texts.chat.instead)
    notice = f'<p class="fault" role="status">{reason}{instead}</p>'
    if not answer.unfinished:
        return notice
    label = f'<p class="label">{literal(texts.chat.said(answer.fault))}</p>'
    return f'<div class="unfinished">{label}{_lines_html(answer.unfinished, links, texts)}</div>{notice}'


def _stopped_html(answer: Answer, links: Links, texts: Texts) -> str:
    if answer.fault is not ModelFault.STOPPED:
        return ""
    passages = "" if answer.statements else passages_html(texts.chat.had_read, answer.citations, links)
    return f'{passages}<p class="stopped" role="status">{literal(texts.chat.stopped)}</p>'
