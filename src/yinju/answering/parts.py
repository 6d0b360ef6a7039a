"""A question → the questions in it, each of which can be asked alone: two in one, 「A跟B各…」.

What one part leaves out is taken from the part before, as it would be from an earlier turn (followup/).
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from yinju.answering.followup import resolve
from yinju.answering.followup.phrases import lead_of, topic_of
from yinju.answering.followup.slots import ALIKE, alike, class_of, glued, join, swap
from yinju.answering.followup.words import ASKED, THINGS, Kind, Phrase, Word, read_phrase
from yinju.segmentation import cut
from yinju.text import HAN, fold, without_courtesy

MOST = 4
"""Parts of one question; what seems to have more is taken as it is."""

SAME = 0.9
"""How much alike two things are that share what follows, or stand side by side without 和."""

_APART = re.compile(rf"[，,。；;？?！!\n]+\s*|(?<=[{HAN}\w])\s+(?=[{HAN}\w])")
_QUOTED = (("「", "」"), ("『", "』"), ("“", "”"), ("《", "》"), ("（", "）"), ("(", ")"))
_TIE = "还有|另外|以及|顺便(?:问一?下)?|而且|并且|然后|再来|再者|同时"
_TIED = re.compile(f"^(?:{_TIE}|(?P<and>[和跟]))[,\\s]*(?=.)")
_NO_QUESTION = frozenset("吧 嘛 么 呢".split())
_OF_THE_ANSWER = re.compile(
    "(?:跟|和|与|比|同).*(?:比|哪|差|不同|一样)|(?:是|各|又)*(?:多少|叫什么|谁|什么|哪些|哪几个)$"
)
"""What is asked of the answer to the question before, or of both together."""


def split_parts(question: str) -> tuple[str, ...]:
    """The questions in one, in order, four at most, each complete; the question itself where there is but one."""
    groups = [_each(piece) for piece in _pieces(question)]
    if not 1 < sum(map(len, groups)) <= MOST:
        return (question,)
    parts = list[str]()
    for group in groups:
        parts += [_completed(piece, tuple(parts)) for piece in group]
    if any(after.startswith(before) for before, after in pairwise(parts)):
        return (question,)  # no topic to carry over was found
    return tuple(dict.fromkeys(without_courtesy(part) for part in parts))


def _completed(piece: str, parts: Sequence[str]) -> str:
    """A question with the topic of those before it where it does not name one, or only a thing that belongs to it."""
    understood = resolve(piece, [(part, "") for part in parts])
    if not parts or understood != piece:
        return understood
    owner, own = read_phrase(parts[0]), read_phrase(piece)
    thing = lead_of(own)
    same = _asked(owner) == _asked(own) or alike(fold(topic_of(owner)), fold(thing)) >= ALIKE
    single = len(read_phrase(thing).words) == 1 and len(thing) < 4 and not thing.isascii()
    return join(_without_aspect(lead_of(owner)), piece) if single and not same else piece


def _without_aspect(lead: str) -> str:
    words = read_phrase(lead).words
    kept = [word for word in words if word.kind not in ("aspect", "owning")]
    return lead[: kept[-1].end] if kept else lead


def _asked(phrase: Phrase) -> str:
    """The last question word of a question; empty without any."""
    return next((word.folded for word in reversed(phrase.words) if word.kind == "asking"), "")


def _pieces(question: str) -> list[str]:
    """The text of each question in one; what asks nothing stays with the question after it, or else before it."""
    found, waiting = list[str](), ""
    for clause in _clauses(question):
        if found and _OF_THE_ANSWER.match(fold(clause)):
            found[-1] = f"{found[-1]}，{clause}"
        elif not asks(clause):
            waiting = join(waiting, " " if waiting else "", clause) if says(clause) else waiting
        else:
            first, *others = _runs(_untied(clause) if found else clause)
            found += [f"{waiting} {first}".strip(), *others]
            waiting = ""
        if len(found) > MOST:  # too many to be told apart, whatever follows
            break
    if waiting and found:
        found[-1] = f"{found[-1]} {waiting}"
    return found


def _clauses(question: str) -> list[str]:
    """What marks and spaces set apart, quotations whole."""
    found, done = list[str](), 0
    for mark in _APART.finditer(question):
        before = question[: mark.start()]
        if all(before.count(opening) <= before.count(closing) for opening, closing in _QUOTED):
            found.append(question[done : mark.start()])
            done = mark.end()
    return [clause for clause in (*found, question[done:]) if clause.strip()]


def _untied(clause: str) -> str:
    """A clause without the 另外 that ties it to the one before."""
    tie = _TIED.match(fold(clause))
    if not tie or len(fold(clause)) != len(clause):
        return clause
    rest = clause[tie.end() :]
    name = tie["and"] and len(cut([fold(rest)])[0]) < 2  # 和平饭店: a name that begins so
    return clause if name or not asks(rest) else rest


def asks(clause: str) -> bool:
    """Whether a clause has a word that asks."""
    return any(word.kind == "asking" and word.folded not in _NO_QUESTION for word in read_phrase(clause).words)


def says(clause: str) -> bool:
    """Whether a clause says anything: 麻煩問一下 does not."""
    return bool(read_phrase(clause).kinds() & {*ASKED, "value"})


_ENDS = re.compile("(?:多少|几|哪).*|.*(?:什么|谁|哪里|哪儿|啥)")
_BEGINS = re.compile("几点|几时|几岁|什么时候|多久|多少|怎么|如何|为什么|哪里|谁")


def _runs(clause: str, most: int = MOST) -> list[str]:
    """The questions that follow each other in a clause without a mark: 高鐵哪一班 and 幾點開; at most one more."""
    words = read_phrase(clause).words
    asking = [n for n, word in enumerate(words) if word.kind == "asking" and word.folded not in _NO_QUESTION]
    for first, second in pairwise(asking):
        place = _new_question(words, first, second)
        if place is not None and most:
            at = words[place].start
            return [clause[:at].strip(), *_runs(_untied(clause[at:]), most - 1)]
    return [clause]


def _new_question(words: Sequence[Word], first: int, second: int) -> int | None:
    """The place of the word that a second question begins with; None where two question words are one question's."""
    between = [word.folded for word in words[first + 1 : second]]
    tie = next((n for n, word in enumerate(between, first + 1) if re.fullmatch(f"{_TIE}|和", word)), None)
    if tie is not None:
        return tie
    asks, asked = words[first].folded, words[second].folded
    led = first > 0 and words[first - 1].folded in ("在", "从", "到")
    if not _ENDS.fullmatch(asks) or (led and between):
        return second if asks == asked != "哪里" and between else None
    if not between or between in (["到"], ["从"]):
        follows = first > 0 and asks != asked and second + 1 < len(words)  # neither 誰什麼時候去 nor 幾點到幾點
        return first + 1 if follows and _BEGINS.match(asked) else None
    modal = between[0] in ("可以", "能", "要", "会", "需要") and asked == "吗"
    return first + 1 if modal and asks.startswith("多少") else None


_EACH = re.compile("(?:各自?|分别|个别)(?:是|为)?|都(?=怎么|是什么|多少|几)")
_PAIRS = re.compile(
    "新旧|大小|男女|早晚|内外|上下|前后|中英(?=文)|平假(?=日)|[一二三四五六七八九]{2,4}(?=年级|班|楼|月|号|期|级)"
)
_ASKS_ONLY = re.compile("(?:多少|什么|谁|几|哪).{0,3}")
BARE: set[Kind] = {"aspect", "role", "little", "owning"}
"""What says an aspect and not of what."""


def _each(piece: str) -> list[str]:
    """A question about several things at once → one about each; itself where it has no 各."""
    folded = read_phrase(piece).folded
    found = _EACH.search(folded)
    if not found:
        return [piece]
    said, asked = piece[: found.start()], piece[found.end() :]
    if pair := _PAIRS.search(folded[: found.start()]):
        things = [f"{said[: pair.start()]}{one}{said[pair.end() :]}" for one in said[slice(*pair.span())]]
    else:
        things = whole(listed(said))
    copula = "是" if found[0].endswith("是") and _ASKS_ONLY.fullmatch(folded[found.end() :]) else ""
    return [join(thing, copula, asked) for thing in things] if len(things) > 1 else [piece]


def listed(said: str) -> list[str]:
    """What 和 and the like join in a text."""
    ties = [word for word in read_phrase(said).words if word.kind == "joining" or word.folded == "还有"]
    starts, ends = [0, *(tie.end for tie in ties)], [*(tie.start for tie in ties), len(said)]
    return [thing for start, end in zip(starts, ends, strict=True) if (thing := said[start:end].strip())]


def whole(things: Sequence[str]) -> list[str]:
    """Each thing with what only the first or the last says for all: 境内 and 境外的免赔额, 團費的罰款 and 押金."""
    if len(things) < 2 or all(thing.endswith("的") for thing in things):
        return list(things)
    *others, last = things
    if shared := _shared_end(others[-1], last):
        return [*(join(other, shared) for other in others), last]
    first = read_phrase(things[0])
    return [things[0], *(_of_the_kind(first, thing) for thing in things[1:])]


def _of_the_kind(first: Phrase, thing: str) -> str:
    """A thing that is named short beside the first: 舊的 beside 新規定, 地點 beside 社課的時間."""
    named, ending = read_phrase(thing), first.words[-1]
    if not (named.kinds() <= BARE or thing.endswith("的") or class_of(fold(thing))):
        return thing
    bare = first.text[: ending.start] + thing if ending.kind in ("aspect", "role") else thing
    return swap(first, thing.rstrip("的"), modifies=True) or bare


def _shared_end(other: str, last: str) -> str:
    """What the last of some things says for all of them, behind the words that are of the kind of another one."""
    if "的" in other:
        return ""
    if "的" in last[1:-1]:
        shared = last[last.index("的") :]
        return "" if shared[1:] in other or read_phrase(other).words[-1].kind == "aspect" else shared
    phrase = read_phrase(last)
    named = [n for n, word in enumerate(phrase.words, 1) if word.kind in THINGS]
    said = phrase.words[named[-1] :] if named else ()
    measured = len(said) > 1 and said[0].kind == "value" and said[-1].kind == "aspect"  # 一箱运费
    if (
        said
        and (measured or said[0].kind in ("verb", "aspect"))
        and not read_phrase(other).kinds() & {"verb", "aspect"}
    ):
        return last[said[0].start :]  # 掉了 of 健保卡和身分證掉了
    count = len(read_phrase(other).words)
    if len(phrase.words) <= count or glued(phrase.words, count):
        return ""
    end = phrase.words[count - 1].end
    return "" if alike(phrase.folded[:end], fold(other)) < SAME or other.endswith(last[end:]) else last[end:]
