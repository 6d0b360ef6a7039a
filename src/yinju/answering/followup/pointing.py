"""A follow-up that points at something said before → what it means: a point of a list, one of two, 它 or 這種做法."""

import re
from collections.abc import Sequence

from yinju.answering.followup.lexicon import GENERAL, MANNER
from yinju.answering.followup.phrases import asked_noun, statement_of
from yinju.answering.followup.said import Meaning, Said, set_behind, strip_particles
from yinju.answering.followup.slots import CONTRAST, join, put, slot_of, swap
from yinju.answering.followup.words import ASKED, NAMING, Phrase, Word, read_phrase, telling_parts, weight_of
from yinju.numerals import number_of
from yinju.text import fold, script_of

_CLASS = "(?:[条点个项步种类层段款组位家件句招章题部成级轮群人场]|部分|阶段|大[点类项步]|方面|方案|名)"
_NUMBER = r"[一二两三四五六七八九十\d]{1,3}"
_ORDINAL = re.compile(
    rf"(?:倒数第(?P<last>{_NUMBER})|第(?P<nth>{_NUMBER}))(?:{_CLASS}(?!月|星期|小时|年)|(?=[呢是的,?]|$))"
    rf"|(?P<final>最[后末](?:[一那]?{_CLASS}|(?=呢)))|(?P<back>[上前]一{_CLASS})(?!月|星期|小时)|(?P<next>[下后]一{_CLASS})(?!月|星期|小时)"
    "|(?P<former>前者)|(?P<latter>后者)"
)


_ASKS_POINTS = re.compile("哪些|(?:哪?[几二两三四五六七八九十])大?[个种类点条项步层件部关波栏]|多少[个种类点条项步]")
"""What asks for several points: its place is an ordinal's."""


def pick_point(phrase: Phrase, said: Said) -> Meaning | None:
    """第二條呢, 後者: another number in the question, or a point of the last list or pair; None without an ordinal."""
    found = _ORDINAL.search(phrase.folded)
    if not found:
        return None
    pair = bool(found["former"] or found["latter"])
    before, after = strip_particles(phrase, 0, found.start()), strip_particles(phrase, found.end()).rstrip("？?")
    if not (pair or before or after) and (counted := _counted(phrase.text[slice(*found.span())], said)):
        return counted
    others = [p for p in telling_parts(phrase) if p.end <= found.start() or p.start >= found.end()]
    points = (said.members or list(said.points)) if pair else (list(said.points) or said.members)
    place = _place(found, len(points), said.picked)
    listed = bool(points) or _ASKS_POINTS.search(said.phrase.folded)
    if others and not pair and (others[0].end <= found.start() or not listed):
        return None
    if place is None or not 0 <= place < len(points):
        return _numbered(phrase, found, said) if not pair else Meaning(set_behind(said, phrase.text))
    if not any(p.kind in (*NAMING, "asking") for p in phrase.parts if p.end <= found.start()):
        before = ""  # 上面第二條, 你說的第二點
    if points == said.members:
        whole = swap(said.phrase, points[place]) or points[place]
        alone = not before and not after and not CONTRAST.search(said.phrase.folded)
        return Meaning(whole if alone else join(before, points[place], after))
    return Meaning(join(before, _owned(said.owner, points[place]), after), None if pair else place)


def _counted(ordinal: str, said: Said) -> Meaning | None:
    """第三次呢 after 第二次怎麼罰: the last question of the talk that has such a number, with this one."""
    for past in said.talk():
        span, likeness = slot_of(past.phrase, ordinal)
        if likeness >= 1:
            return Meaning(put(past.phrase, span, ordinal), swapped=ordinal)
    return None


def _numbered(phrase: Phrase, found: re.Match[str], said: Said) -> Meaning | None:
    """第二條呢 after 有哪幾條: the number of what was asked for; else behind the question, or no number of a list."""
    ordinal, after = phrase.text[slice(*found.span())], strip_particles(phrase, found.end())
    asked = _ASKS_POINTS.search(said.phrase.folded)
    if not asked:
        return None if after else Meaning(set_behind(said, phrase.text))
    owner = _ENDS_IN.sub("", said.phrase.text[: asked.start()])
    following = (p for p in said.phrase.words if p.start == asked.end() and p.end - p.start > 1)
    named = next((p for p in following if p.kind in (*NAMING, "aspect")), None)
    point = ordinal + (said.phrase.of(named) if named else "")
    return Meaning(join(owner, "的" if owner else "", point, after), swapped=ordinal)


_ENDS_IN = re.compile("(?:一?[有分是的]|分成|分为|分為|包括|包含|得到|说的|說的)+$")


def _place(found: re.Match[str], count: int, picked: int | None) -> int | None:
    """The place from 0 that an ordinal names; None where it is unknown."""
    if found["former"] or found["latter"]:
        return 0 if found["former"] else 1 if count > 1 else None
    if found["final"]:
        return count - 1
    if found["last"]:
        return count - (number_of(found["last"]) or count + 1)
    if found["nth"]:
        return (number_of(found["nth"]) or 0) - 1
    return None if picked is None else picked + (1 if found["next"] else -1)


def _owned(owner: str, point: str) -> str:
    """A point with what it is a point of."""
    if not owner or owner in point:
        return point
    return f"{owner}的{point}" if len(point) <= 12 else f"{owner} {point}"


_EARLIER = re.compile(
    "(?:前面|上面|之前|刚才|刚刚|上一?个|前一?个|先前)(?:的|说的|提到的|问的|讲的)?(?:那|一|这)?(?:个|种|家|款)?"
)
_BESIDE = re.compile("^(?:那么|那)?(?:如果)?(?:[这它])?(?P<with>跟|和|与|同|相较于?|相比于?|比起|对比|比)")
_COMPARES = re.compile("比|区别|不同|差|一样|哪|更|好|适合|优势|关系|共同|相同|呢")
_WHICH = re.compile(
    "^(?:那么|那|到底|究竟|所以)*(?:哪一?[个种家款边者样条间本台支张位]|(?:有什么|有啥|有何|哪里)?(?:差在|差别|区别|差异|不同|不一样|差多少))"
)
_WHICH_ONE = re.compile(
    "^(?:那么|那|到底|究竟|所以)*(?:哪一?[个种家款边者类样条间本台支张位]|谁)"
    "(?:更|比较|最|好|适合|划算|便宜|贵|强|重要|先|会|值得|容易|难|快|慢|有)"
)
_TWO = re.compile(
    "(?:这|那|他们|它们)?(?:两|二)者|(?:这|那)两[个种家款边样]|[它他]们[俩两]个?|(?<!前)(?<!后)两[个种家款边样](?=都|有|的|一起|差|哪|呢|之间)"
)


def compare(phrase: Phrase, said: Said) -> Meaning | None:
    """跟高鐵比呢, 哪個更好, 兩者: the last topic beside the other; None where nothing is compared."""
    if two := _TWO.search(phrase.folded):
        rest = strip_particles(phrase, two.end())
        pair = said.last_two
        if not said.topic or (pair == said.topic != "" and len(said.members) < 2 and "者" not in two[0]):
            return None
        if any(p.end <= two.start() for p in telling_parts(phrase)):
            return None
        if rest:
            return Meaning(join(strip_particles(phrase, 0, two.start()), said.last_two, rest))
        return Meaning(swap(said.phrase, said.last_two) or join(said.last_two, said.question))
    which = _WHICH if len(said.members) > 1 or said.earlier else _WHICH_ONE
    if which.match(phrase.folded) and said.topic and not telling_parts(phrase)[1:]:
        return Meaning(join(_both(phrase, said), strip_particles(phrase)))
    beside = _BESIDE.match(phrase.folded)
    return _compare_with(phrase, beside.start("with"), beside.end(), said) if beside else None


_MEASURES = re.compile("多|少|贵|便宜|高|低|大|小|快|慢|长|短|远|近|重|轻|划算")


def _both(phrase: Phrase, said: Said) -> str:
    """The last two things, with what was asked of either where more or less of it is meant: 運費 of 哪家比較便宜."""
    both, one = said.last_two, said.swapped or said.topic
    if both == said.topic or one not in said.question or not _MEASURES.search(phrase.folded):
        return both
    asked = read_phrase(said.question.replace(one, both, 1))
    return "".join(asked.of(word) for word in asked.words if word.kind not in ("asking", "mark", "verb", "little"))


def _compare_with(phrase: Phrase, start: int, end: int, said: Said) -> Meaning | None:
    """跟 X 比呢: the topic before beside X."""
    other = _EARLIER.match(phrase.folded, end)
    part = next((p for p in phrase.parts if p.start >= end), None)
    if other:
        stop, name = other.end(), said.earlier
    elif part and part.kind in NAMING and weight_of(phrase.of(part)):
        stop, name = part.end, phrase.of(part)
    else:
        return None
    rest = strip_particles(phrase, stop)
    if not name or not said.topic:
        return Meaning(set_behind(said, phrase.text))
    if not (_COMPARES.search(phrase.folded, stop) or phrase.folded[start:end].startswith(("比", "相"))):
        return None
    topic = next((m for m in said.members if m != name), said.topic) if name in said.members else said.topic
    if not rest or re.fullmatch("相?比(?:较|起来)?", fold(rest)):
        how = "有什么区别" if script_of(phrase.text + said.question) == "hans" else "有什麼區別"
        return Meaning(join(topic, "跟", name, "比", how))
    return Meaning(join(topic, phrase.text[start:end], name, rest))


_THIS = re.compile(
    "(?P<it>它们|它|牠们|牠|他们|她们|他(?!人)|她|前述|上述|刚才说的|刚刚说的|上面说的|前面说的|你说的)"
    "|(?P<so>[这那]样做|[这那]样(?!的)|这么做|这么说|这样的话)|(?P<place>这里|那里|这边|那边|这儿|那儿)"
    "|(?P<that>(?:这|那|此|该)(?:一)?(?:[个种些家款条项样位类套件场份本间篇段招笔张群批点道步关台部辆栋座把瓶盒箱幅只]|方面)的?)"
    "|(?P<bare>该|此)|(?P<own>其)|(?P<sole>这(?!么|次|点)|那(?=是|算|叫))"
)


def _meant(found: re.Match[str], said: Said) -> str:
    """The topic that a pronoun means: somebody for 他, no people for 它 and 那裡."""
    person = found[0] in ("他", "她")
    for past in said.talk():
        parts = read_phrase(past.subject).parts
        if person and parts and parts[-1].kind == "role":
            return past.subject
    if person:
        return said.subject.split("的")[0]
    parts = read_phrase(said.subject).parts
    thing = found["place"] or found[0] in ("它", "它们", "牠", "牠们")
    people = thing and len(parts) > 1 and parts[-1].kind == "role"
    return said.subject[: parts[-1].start].rstrip("的") if people else said.subject


_NOT_BACK = re.compile("[这那](?:年头|[几两些]年|个?(?:月|星期|周|世界|年代|时代|时候)|段时间|种时候|时|天)")


def point_back(phrase: Phrase, said: Said) -> Meaning | None:
    """它, 這種做法, 該平台: the last topic in their place; None without any."""
    found = next((m for m in _THIS.finditer(phrase.folded) if _points(phrase, m)), None)
    if not found:
        return None
    if not said.subject:
        return Meaning(set_behind(said, phrase.text))
    end = found.end()
    noun = next((p for p in (*phrase.parts, *phrase.words) if p.start == end and p.kind in ASKED), None)
    manner = found["so"] or found["sole"] or (noun and noun.folded in MANNER)
    topic = said.owned(statement_of(said.phrase)) if manner else _meant(found, said)
    if found["that"] and not noun and (wanted := asked_noun(said.phrase)) and "noun" in read_phrase(wanted).kinds():
        topic = f"{topic}的{wanted}"
    if (found["that"] or found["bare"]) and noun:
        if noun.folded in GENERAL or noun.folded in fold(topic):
            end = noun.end
        else:
            topic += "的"
    elif found["own"]:
        topic += "的"
    return Meaning(join(strip_particles(phrase, 0, found.start()), topic, strip_particles(phrase, end)))


_ALSO = re.compile("也[是会要能有]?$")
"""分館也這樣做嗎 is the same question about another."""


def _points(phrase: Phrase, found: re.Match[str]) -> bool:
    """Whether what looks like a pronoun is one and nothing in the question itself is what it stands for."""
    start, end = found.span()
    if _NOT_BACK.match(phrase.folded, start) or (found["so"] and _ALSO.search(phrase.folded, 0, start)):
        return False
    before = [p for p in phrase.parts if p.end <= start]
    after = next((p for p in phrase.parts if p.end > end), None)
    own_word = any(p.start == start for p in phrase.parts)
    if found["own"] or found["bare"] or found["sole"]:
        alone = any((p.start, p.end) == (start, end) for p in phrase.parts)
        if not alone or (found["sole"] is None and (not after or after.kind not in (*ASKED, "verb"))):
            return False
    return own_word and not _stands_for(phrase, before, start, not found["it"])


def _stands_for(phrase: Phrase, before: Sequence[Word], start: int, joined: bool) -> bool:
    """Whether an earlier clause of the question names the thing, or it stands right before: 瑜伽這種活動."""
    telling = set(telling_parts(phrase))
    clause = any(p.kind == "mark" and p in before for p in phrase.parts)
    if clause and any(p in telling for p in before):
        return True
    if not joined or not before or before[-1].end != start:
        return False
    if before[-1].kind == "owning":  # 賣得最好的那款主力茶
        return any(p in telling for p in before)
    named = before[-2] if len(before) > 1 and phrase.folded[before[-1].start : start] == "会" else before[-1]
    return named in telling
