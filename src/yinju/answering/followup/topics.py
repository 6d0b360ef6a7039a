"""A question and another topic → the question with that topic in the right place."""

import re

from yinju.answering.followup.phrases import Phrase, members_of, read_phrase, topic_of, topic_span, weight_of

_ORGANISATION = re.compile("(?:店|茶行|行|公司|书店|馆|坊|屋|厂|校|大学|医院|品牌|集团|工作室|烘焙|味|社|庄|堂)$")
CONTRAST = re.compile("区别|差别|差异|不同|不一样|差在|比|哪|共同|相同|关系|一样")
_LATIN = re.compile(r"[\x21-\x7e ]+")


def join(*pieces: str) -> str:
    """The pieces as one text; a space only where two Latin words would run together."""
    text = ""
    for piece in filter(None, pieces):
        text += f" {piece}" if re.search(r"[A-Za-z0-9]$", text) and re.match("[A-Za-z0-9]", piece) else piece
    return text.strip()


def is_name(text: str) -> bool:
    """Whether a run of content words is telling enough to be one of two things compared."""
    return weight_of(text) > 0


def replace_topic(said: Phrase, topic: str, condition: bool = False, aspect: bool = False) -> str:
    """An earlier question with another topic, or another aspect, where its own stood.

    What is surely an aspect (人力方面呢) takes the place of none but an aspect. A condition (如果是新店) that has
    nothing of its kind to replace is set before the question.
    """
    named = read_phrase(topic)
    if aspect or not named.kinds() & {"content", "measure"}:
        return _replace_aspect(said, topic)
    own = members_of(said)
    if own and len(members_of(named)) < 2 and "content" in named.kinds():
        if CONTRAST.search(said.folded) and topic not in _texts(said, own):
            return _put(said, own[0][0], own[0][0], f"{topic}、")
        return _put(said, own[0][0], own[-1][1], topic)
    span, likeness = _slot(said, named)
    if span is None or (likeness < 1 and condition) or (likeness < -0.5 and _ORGANISATION.search(named.folded)):
        return join(topic, " " if span is None else "", said.text)
    if likeness < -0.5:  # 木棉書店在哪裡？那房租呢: what a firm has, not another in its place
        topic = f"{said.text[slice(*span)]}的{topic}"
    return _put(said, *span, topic)


def _texts(phrase: Phrase, spans: list[tuple[int, int]]) -> list[str]:
    return [phrase.text[start:end] for start, end in spans]


def _put(said: Phrase, start: int, end: int, topic: str) -> str:
    after = said.text[end:]
    return join(said.text[:start], topic, after if topic[-1:].isascii() else after.lstrip())


def _replace_aspect(said: Phrase, aspect: str) -> str:
    """An earlier question about another aspect of its topic."""
    if content := [p for p in said.parts if p.kind == "content"]:
        own = [p for p in said.parts if p.kind == "aspect" and p.start > content[0].start]
        if own:
            return _put(said, own[-1].start, own[-1].end, aspect)
    topic = topic_of(said)
    return join(topic, "的", aspect) if topic else join(said.text, " ", aspect)


def _slot(said: Phrase, named: Phrase) -> tuple[tuple[int, int] | None, float]:
    """Where the other topic belongs, and how alike what stands there is; None where nothing can be replaced."""
    if named.kinds() <= {"measure", "little"}:
        places = [p for p in said.parts if p.kind == "measure"]
        return ((places[0].start, places[0].end), 3.0) if places else (None, 0.0)
    spans = [(p.start, p.end) for p in said.parts if p.kind == "content"]
    spans += [inner for span in spans for inner in _within(said, span, named.folded)]
    whole = topic_span(said)
    if whole and (len(members_of(named)) > 1 or "的" in named.text or "的" not in said.text[slice(*whole)]):
        spans.append(whole)
    own = members_of(said)
    if own:
        spans.insert(0, (own[0][0], own[-1][1]))
    if not spans:
        return None, 0.0
    scored = [(_likeness(said, span, named) - i / 100, span) for i, span in enumerate(spans)]
    score, span = max(scored, key=lambda pair: pair[0])
    return span, score


def _within(said: Phrase, span: tuple[int, int], named: str) -> list[tuple[int, int]]:
    """The places in a name of the other's length that are like it at an end: 微博 in 微博營銷, for 微信."""
    (start, end), length = span, len(named)
    if length < 2 or end - start < length + 2:
        return []
    alike = named[0] == said.folded[start] or named[-1] == said.folded[start + length - 1]
    inner = [(start, start + length)] if alike else []
    return inner + ([(end - length, end)] if named[-1] == said.folded[end - 1] else [])


def _likeness(said: Phrase, span: tuple[int, int], named: Phrase) -> float:
    """How much two names are of a kind: how they end and begin, Latin or not, a firm or not."""
    old, new = said.folded[slice(*span)], named.folded
    score = 2.0 * (old[-1] == new[-1]) + (old[-2:] == new[-2:]) + (old[0] == new[0])
    score += 0.3 * (len(old) == len(new)) + 1.5 * bool(_LATIN.fullmatch(old) and _LATIN.fullmatch(new))
    firm = bool(_ORGANISATION.search(old)), bool(_ORGANISATION.search(new))
    score += 1.5 * all(firm) - 1.0 * (firm[0] != firm[1])
    return score + 2.0 * (len(members_of(named)) > 1 and _is_pair(said, span))


def _is_pair(said: Phrase, span: tuple[int, int]) -> bool:
    own = members_of(said)
    return bool(own) and span == (own[0][0], own[-1][1])
