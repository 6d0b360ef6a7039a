"""A question and the sentence that comes nearest → what of the question the documents do not have, in its own words.

A number, code, version or date of which no document has that one (XK-210A, 第五十條, 2023 年) is named before a thing
that they do not mention (籃球社).
"""

from collections.abc import Iterator

from yinju.answering.confidence import spells
from yinju.answering.neighbours import neighbour
from yinju.answering.sentences import ORDINAL, Sentence
from yinju.answering.sides import told_apart
from yinju.designators import asked_designators
from yinju.numerals import with_digits
from yinju.retrieval import Evidence
from yinju.retrieval.answer_types import asked_types
from yinju.retrieval.query import ASPECTS, Query, holds, places
from yinju.retrieval.thesaurus import alternatives
from yinju.store.protocol import Snapshot
from yinju.text import located_form, search_form, words
from yinju.types import Span
from yinju.vocabulary import shipped_vocabulary

NEAREST = 5
"""How many of the best passages may spell a code, and so keep it from being called absent."""
MOST = 2
"""How many things are named."""
_POINTING = frozenset("那这啥某哪几每各")
"""What no name of a thing begins with: 那場, 啥時候."""
_SAYING = frozenset("吗呢吧啊呀嘛了的")
"""What none ends with: 好了嗎."""
_BETWEEN = frozenset(("", *" 的和跟与或及、,。"))
"""What stands before a name that begins there."""
TELLING = 4.0
"""The weight in everyday speech from which a thing is worth naming."""


def absent_from(generation: Snapshot, evidence: Evidence) -> tuple[str, ...]:
    """The numbers, codes and names of which the evidence has only another, so that nothing in it answers."""
    if strict := unmet_numbers(generation, evidence):
        return strict
    query = evidence.query
    foreign = neighbour(evidence) or absent_side(generation, query)
    if not foreign:
        return ()
    form, located = located_form(query.text)
    start = form.find(foreign)
    return (query.text[located[start][0] : located[start + len(foreign) - 1][1]],)


def unmentioned(generation: Snapshot, query: Query, best: Sentence | None) -> tuple[str, ...]:
    """What of a question neither the likeliest sentence's passage nor any other mentions, at most `MOST`."""
    form, located = located_form(query.text)
    around = "\n".join((*best.candidate.sentences, best.candidate.around)) if best else ""
    plain = "".join(with_digits(around).split())
    spans = [m.span() for m in ORDINAL.finditer(form) if "月" not in m.group() and with_digits(m.group()) not in plain]
    if not spans:
        unknown = sorted(_unknown(generation, query, around), key=lambda token: -query.weights[token])
        places_of = (span for token in unknown for span in list(places(form, token))[:1])
        named = [(start, _end_of_name(query, start, end)) for start, end in places_of]
        spans = [one for one in dict.fromkeys(named) if not any(_is_within(one, other) for other in named)]
    return tuple(query.text[located[start][0] : located[end - 1][1]] for start, end in spans[:MOST])


def _is_within(span: Span, other: Span) -> bool:
    return span != other and other[0] <= span[0] and span[1] <= other[1]


def _end_of_name(query: Query, start: int, end: int) -> int:
    """Where a name ends whose one word ends there, with the noun that follows: 鑽石會員, not 鑽石.

    Where another word comes before, as in 天氣變壞溪水暴漲, it is not certain that the two are one name.
    """
    if query.form[start - 1 : start] not in _BETWEEN:
        return end
    asking = any(first <= end < until for kind in asked_types(query.form) for first, until in kind.asks(query.form))
    is_noun, own = shipped_vocabulary().is_noun, {word for word in words(query.text) if word not in ASPECTS}
    following = (word for word in own if not asking and query.form.startswith(word, end) and is_noun(word))
    return end + max(map(len, following), default=0)


def absent_side(generation: Snapshot, query: Query) -> str:
    """The side of a comparison that no document speaks of, in search form; empty where all are there."""
    tokens = [*query.weights]
    for side in told_apart(query):
        own = [token for token, is_own in zip(tokens, side.tolist(), strict=True) if is_own]
        others = [other for token in own for other in alternatives(token)]
        if not any(generation.keywords.document_frequency(token) for token in (*own, *others)):
            spans = [span for token in own for span in list(places(query.form, token))[:1]]
            return query.form[min(start for start, _ in spans) : max(end for _, end in spans)] if spans else own[0]
    return ""


def unmet_numbers(generation: Snapshot, evidence: Evidence) -> tuple[str, ...]:
    """What is asked for by number and is not there, as it is written; none where it is, or no number is asked for."""
    query = evidence.query
    if not query.lookup.strict or any(candidate.designated for candidate, _ in evidence.ranked):
        return ()
    asked = [one for one in asked_designators(query.text) if one.strict]
    if any(spells(query, candidate) for candidate, _ in evidence.ranked[:NEAREST]):
        return ()
    absent = [one for one in asked if not generation.keywords.is_designated(one.term)]
    return tuple(query.text[one.start : one.end].strip() for one in (absent or asked)[:MOST])


def _unknown(generation: Snapshot, query: Query, around: str) -> Iterator[str]:
    """The things that a question names and no passage does, in these or in other words."""
    vocabulary, own = shipped_vocabulary(), {*words(query.text)}
    for token in query.weights:
        if len(token) < 2 or token not in own or not vocabulary.is_noun(token) or token in ASPECTS:
            continue
        if token[0] in _POINTING or token[-1] in _SAYING:
            continue
        if vocabulary.asked_weight(token) < TELLING or generation.keywords.document_frequency(token):
            continue
        said = any(search_form(other) in around for other in alternatives(token))
        if not said and not holds("".join(around.split()), token):
            yield token
