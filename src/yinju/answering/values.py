"""Where in a statement the value is said that a question asks for: a sum of money, a date, a telephone number."""

import re

from yinju.answering.asked import Asked
from yinju.retrieval.answer_types import asked_value
from yinju.text import located_form
from yinju.types import Span

_TO = re.compile(r"\s*(?:[~–—-]|至|到)\s*")
"""What joins the two ends of a range, which is marked whole: 18:00–21:00."""


def likely_span(statement: str, asked: Asked) -> Span | None:
    """The range that most likely is the answer, in the statement's characters; None where nothing in it stands out.

    Of several it is the one nearest after the words beside the question's asking word.
    """
    pattern = asked_value(asked.form)
    if pattern is None:
        return None
    form, located = located_form(statement)
    found = [m.span() for m in pattern.finditer(form) if m.group() not in asked.form and len(m.group()) > 1]
    anchors = [form.find(pair) for pair in asked.beside if pair in form]
    if not found or not (anchors or len(found) == 1):
        return None
    start, end = min(found, key=lambda span: min((abs(span[0] - anchor) for anchor in anchors), default=0))
    until = next((span for span in found if _TO.fullmatch(form, end, span[0])), None)
    return located[start][0], located[until[1] - 1 if until else end - 1][1]
