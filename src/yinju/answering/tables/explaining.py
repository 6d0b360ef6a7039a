"""A question read over a table, its asking words answered → the words that nothing explains."""

from collections.abc import Sequence

from yinju.answering.tables.asking import Binding
from yinju.answering.tables.grounding import Grounding
from yinju.answering.tables.kinds import TIMED
from yinju.answering.tables.question import Word

_SUFFIX = frozenset("版型款区级类号班组社店部室馆票费课")
"""What people add to a name that a table has without it."""


def still_unexplained(found: Grounding, bound: Sequence[Binding]) -> list[Word]:
    """The words that neither the table nor what is asked explains: not verbs beside a word that asks, 誰負責."""
    left = list[Word]()
    asked = "\n".join(found.grid.columns[n].head for binding in bound for n in binding.columns)
    timed = "\n".join(
        found.grid.columns[n].head
        for b in bound for n in b.columns if b.ask.kind and b.ask.kind.name in ("time", "duration", "weekday")
    )  # fmt: skip
    ends = {place for binding in bound for place in binding.ask.span}
    units = {
        n for b in bound if b.ask.is_count and b.columns for n in range(b.ask.span[1], b.ask.span[1] + len(b.ask.unit))
    }
    for word in found.unexplained:
        if units.issuperset(word.places):
            continue
        beside = word.start in ends or word.end in ends
        loose = word.is_verb or (len(word.text) == 1 and word.tag[:1] in ("u", "p", "d", "z"))
        if beside and (loose or word.text in TIMED or {*word.text} <= {*asked} or any(c in timed for c in word.text)):
            continue
        if _beside_name(found, word):
            continue
        left.append(word)
    return left


def _beside_name(found: Grounding, word: Word) -> bool:
    """Whether a character is what people add to a name, 版 or 區, or what they do with the thing: 刷信用卡."""
    follows = (
        len(word.text) == 1
        and word.text in _SUFFIX
        and any(sense.span[1] == word.start and sense.is_whole for sense in found.senses)
    )
    return follows or (
        (word.is_verb or (len(word.text) == 1 and word.tag[:1] == "z"))
        and any(sense.span[0] == word.end and sense.is_whole for sense in found.senses)
    )
