"""Statistics → how questions were answered and received; in words only what the asking visitor said itself."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from yinju.conversations import Statistics
from yinju.web.escaping import language_of, literal, one_line
from yinju.web.texts import Texts
from yinju.web.times import time_html

DAYS = 30
"""As many as the statistics go back."""


def answers_html(statistics: Statistics, texts: Texts) -> str:
    """The cards about answers, feedback and slow questions."""
    return _answering_html(statistics, texts) + _feedback_html(statistics, texts) + _slowest_html(statistics, texts)


def _answering_html(statistics: Statistics, texts: Texts) -> str:
    words = texts.overview
    if not statistics.answers:
        return _card_html("answering", words.answering, f'<p class="hint">{literal(words.no_answers)}</p>')
    near, nothing = statistics.near, statistics.nothing
    answered = ("good", words.answered, statistics.answers - near - nothing)
    shares = stack_html([answered, ("near", words.near, near), ("bad", words.nothing, nothing)])
    by_model = [(words.generated, statistics.generated), (words.faults, statistics.faults)]
    counts = "".join(f"<dt>{literal(name)}</dt><dd>{number:,}</dd>" for name, number in by_model if number)
    counted = f'<dl class="counts">{counts}</dl>' if counts else ""
    return _card_html("answering", words.answering, shares + counted + _days_html(statistics, texts))


def stack_html(parts: Sequence[tuple[str, str, int]]) -> str:
    """Parts of a whole as one bar, (kind, name, number) each; named and numbered below it, with their percentages."""
    whole = sum(number for _, _, number in parts) or 1
    bar = "".join(f'<span class="{kind}" style="width: {number / whole:.1%}"></span>' for kind, _, number in parts)
    named = "".join(
        f'<li class="{kind}">{literal(name)} <b>{number:,}</b> ({number / whole:.0%})</li>'
        for kind, name, number in parts
    )
    return f'<div class="stack" aria-hidden="true">{bar}</div><ul class="key">{named}</ul>'


def _days_html(statistics: Statistics, texts: Texts) -> str:
    words = texts.overview
    counts = {day: (answers, refused) for day, answers, refused in statistics.days}
    most = max((answers for answers, _ in counts.values()), default=1)
    today = datetime.now(UTC).date()
    columns = []
    for back in range(DAYS - 1, -1, -1):
        day = (today - timedelta(days=back)).isoformat()
        answers, refused = counts.get(day, (0, 0))
        told = literal(words.day_as.format(day=day, answers=answers, refused=refused))
        named = f'aria-label="{told}" title="{told}"' if answers else 'aria-hidden="true"'
        heights = f"height: {answers / most:.1%}; --part: {(answers - refused) / max(answers, 1):.1%}"
        columns.append(f'<li {named} style="{heights}"></li>')
    return f'<h4>{literal(words.days)}</h4><ul class="days">{"".join(columns)}</ul>'


def _feedback_html(statistics: Statistics, texts: Texts) -> str:
    words = texts.overview
    judged = [("good", words.helpful, statistics.helpful), ("bad", words.unhelpful, statistics.unhelpful)]
    if not statistics.helpful + statistics.unhelpful:
        return _card_html("feedback", words.feedback, f'<p class="hint">{literal(words.no_feedback)}</p>')
    content = stack_html(judged)
    if statistics.reasons:
        items = "".join(
            _own_html(question, f"{literal(words.helpful if good else words.unhelpful)}", when, reason)
            for question, good, reason, when in statistics.reasons
        )
        content += f'<h4>{literal(words.own_reasons)}</h4><ul class="own">{items}</ul>'
    return _card_html("feedback", words.feedback, content + _others_html(texts))


def _slowest_html(statistics: Statistics, texts: Texts) -> str:
    words = texts.overview
    items = "".join(
        _own_html(question, literal(words.seconds.format(number=f"{seconds:.2f}")), when)
        for question, seconds, when in statistics.slowest
    )
    content = f'<ol class="own">{items}</ol>' if items else f'<p class="hint">{literal(words.no_slowest)}</p>'
    return _card_html("slowest", words.slowest, content + _others_html(texts))


def _own_html(question: str, fact: str, when: float, reason: str = "") -> str:
    said = f'<p class="reason" lang="{language_of(reason)}">{one_line(reason, 300)}</p>' if reason else ""
    return (
        f'<li><span class="question" lang="{language_of(question)}">{one_line(question, 120)}</span>'
        f'<span class="facts">{fact} · {time_html(when)}</span>{said}</li>'
    )


def _others_html(texts: Texts) -> str:
    return f'<p class="note">{literal(texts.overview.own_only)}</p>'


def _card_html(kind: str, title: str, content: str) -> str:
    return f'<section class="card {kind}"><h3>{literal(title)}</h3>{content}</section>'
