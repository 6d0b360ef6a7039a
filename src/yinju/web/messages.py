"""A question or an answer, however far it has come → the HTML of its chat message."""

from collections.abc import Sequence

from yinju.messages import say
from yinju.printing import unnamed
from yinju.types import Answer, ModelFault, Statement, Verdict
from yinju.web.escaping import language_of, literal, with_breaks
from yinju.web.links import Links, links_to, passages_html
from yinju.web.statements import near_html, statements_html
from yinju.web.texts import Texts

CURSOR = '<span class="cursor"></span>'
_KINDS = {Verdict.ANSWERED: "answer", Verdict.NEAR: "refusal near", Verdict.NOTHING: "refusal nothing"}


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
    return _asked_by_click(texts.chat.next, questions) if questions else ""


def _asked_by_click(lead: str, questions: Sequence[str]) -> str:
    links = "".join(
        f'<a class="suggestion" href="#ask" role="button" lang="{language_of(question)}">{with_breaks(question)}</a>'
        for question in questions
    )
    return f'<div class="next"><p class="lead">{literal(lead)}</p>{links}</div>'


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
        _missing_html(answer, texts), _stopped_html(answer, links, texts), _options_html(answer, texts),
        _hurried_html(answer, texts), retry_html(texts) if again and answer.fault else "",
    ]  # fmt: skip
    language = language_of(answer.text + answer.pending)
    return f'<div class="{_KINDS[answer.verdict]}" lang="{language}">{"".join(parts)}</div>'


def _body_html(answer: Answer, links: Links, texts: Texts) -> str:
    if answer.verdict is Verdict.NOTHING:
        said = answer.statements or (Statement(say("nothing", texts.language), ()),)
        return statements_html(said, links, texts) + _nearest_html(answer, links, texts)
    if answer.verdict is Verdict.NEAR:
        label = f'<p class="verdict" lang="{texts.language}">{literal(say("verdict.near", texts.language))}</p>'
        return label + near_html(answer.statements, links, texts)
    if answer.complete:
        return statements_html(answer.statements, links, texts)
    if answer.statements or answer.pending:
        return statements_html(answer.statements, links, texts, f"{_pending_html(answer.pending)}{CURSOR}")
    return passages_html(texts.chat.reading, answer.citations, links) + f"<p>{CURSOR}</p>"


def _nearest_html(answer: Answer, links: Links, texts: Texts) -> str:
    """The passages that came nearest, folded away."""
    if not answer.citations:
        return ""
    summary = literal(say("nearest", texts.language, count=len(answer.citations)))
    passages = passages_html("", answer.citations, links)
    return f'<details lang="{texts.language}"><summary>{summary}</summary>{passages}</details>'


def _missing_html(answer: Answer, texts: Texts) -> str:
    """What the documents do not have of the question, where the answer does not say so itself."""
    if not (missing := unnamed(answer)):
        return ""
    told = say("verdict.missing", texts.language, missing=say("comma", texts.language).join(missing))
    return f'<p class="missing" lang="{texts.language}">{with_breaks(told)}</p>'


def _options_html(answer: Answer, texts: Texts) -> str:
    """Questions that may have been meant, each asked by a click."""
    return _asked_by_click(say("options", texts.language), answer.options) if answer.options else ""


def _pending_html(pending: str) -> str:
    return f'<span class="pending">{with_breaks(pending)}</span>' if pending else ""


def _hurried_html(answer: Answer, texts: Texts) -> str:
    return (
        f'<p class="understood" lang="{texts.language}">{say("hurried", texts.language)}</p>' if answer.hurried else ""
    )


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
    return f'<div class="unfinished">{label}{statements_html(answer.unfinished, links, texts)}</div>{notice}'


def _stopped_html(answer: Answer, links: Links, texts: Texts) -> str:
    if answer.fault is not ModelFault.STOPPED:
        return ""
    passages = "" if answer.statements else passages_html(texts.chat.had_read, answer.citations, links)
    return f'{passages}<p class="stopped" role="status">{literal(texts.chat.stopped)}</p>'
