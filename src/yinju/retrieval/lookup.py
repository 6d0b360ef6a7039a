"""A question → what it asks for by number, 「劳动合同法第39条」: in which documents, and whether for anything else.

Found by number first: what has every number asked for stands above all else, and what has none answers nothing.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from yinju.designators import Designator, asked_designators, version_term
from yinju.folding import fold
from yinju.retrieval.answer_types import giving_types
from yinju.store.protocol import Snapshot
from yinju.text import content_tokens, search_form, words
from yinju.types import DocumentFacts

_RULES = re.compile(
    "(?:法|法典|条例|办法|规定|规则|规程|细则|章程|守则|准则|公约|合同|协议|契约|制度|手册|标准|要点|须知|指南|规约)$"
)
"""How documents are called whose articles people ask for."""
_FILLERS = re.compile(
    "^(?:请问|想问|问|请|查|查询|看|根据|按照|依照|依据|依|按|在|关于|有关|对于|我们|我国|公司的?|现行的?|一下|下|里|中国?|那么?|和|与|跟|及|、|，|,|的|\\s|[《「“\"'(（])+"
)
_AFTER_NAME = re.compile("[的中里内裡上下\\s,，、:：》」”\"')）]+$|(?:里面|当中|之中|规定的?)$")
_POINTING = re.compile(
    "^(?:本|该|此|这个?|那个?|上述|前述|我们公司的?)?(?:法|条例|办法|规定|规则|规程|细则|章程|守则|准则|合同|协议|契约|制度|手册)$"
)
_LOOKING_UP = frozenset(
    """
    规定 内容 条文 原文 全文 具体 讲 说 写 是 怎么 什么 规定了 列出 显示 看 查 查询 文字 完整 主要 大意 意思 哪些 条 款
    章 节 说明 提到 写了 讲了 说了 介绍 讲述 解释 含义 文件 条款 第
    """.split()
)
_LOOKED_UP = ("reason", "whether")
"""Types of answers that what is asked for by number gives as a whole."""
_LATEST = re.compile("最新|新版|现行(?!的?(?:市场|价))|目前(?:的)?版|当前(?:的)?版|最近一版|最后一版")
_OLD = re.compile("旧版|老版|旧的|旧规|旧制|修正前|修订前|修改前|改版前|上一版|前一版|以前的版|原来的?版|旧规定|旧办法")
"""Asks for what was before."""
_BOTH = re.compile(
    "新旧|旧.*新|新.*旧|改了什么|修正了什么|修订了什么|哪些(?:修改|修正|变动)|差在|区别|不同|不一样|差异|变化|两版|各版"
)
"""Asks for both."""
_AGE = re.compile(f"{_LATEST.pattern}|{_OLD.pattern}")
SHORTEST_NAME = 4
"""Characters of a name of rules that may stand apart in their title."""
SHORTEST_TITLE = 6
"""Characters of a title that may be the end of another's."""
_SUFFIXES = re.compile(
    r"[(（\[【].*?[)）\]】]|修订版|修正版?|正式版|最新版?|新版|旧版|草案|试行|\d+(?:\.\d+)*|[年月日版v_\W]"
)


Family = tuple[str, tuple[str, ...]]
"""The newest of some documents that are one text in several versions, and the older ones."""
_families: WeakKeyDictionary[Snapshot, list[Family]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a question asks for by number."""

    terms: tuple[str, ...] = ()
    """Such as article:39; each once."""
    strict: bool = False
    """Whether one of them must be met by whatever answers."""
    documents: frozenset[str] | None = None
    """The documents that the question names beside a number; None where it names none."""
    rest: str = ""
    """The folded question without numbers and the document's name."""
    is_bare: bool = False
    """Whether nothing else is asked: 第39条规定了什么."""
    outdated: frozenset[str] = field(default_factory=frozenset)
    """Documents that are not asked: those that a newer one takes the place of or, where the old is asked for, that."""


def read_lookup(generation: Snapshot, question: str) -> Lookup:
    """What a question asks for by number; nothing where it names none that counts."""
    folded = fold(question)
    found = [one for one in asked_designators(question) if one.strict or generation.keywords.is_designated(one.term)]
    outdated = _not_asked(generation, folded, found)
    if not found:
        return Lookup(rest=_AGE.sub(" ", folded) if outdated else "", outdated=outdated)
    documents, name = _named(generation, folded, found)
    rest = _without(folded, found, name)
    left = [token for token in content_tokens(rest) if token not in _LOOKING_UP and _counts(generation, token)]
    terms = tuple(dict.fromkeys(one.term for one in found))
    bare = not left and all(kind.name in _LOOKED_UP for kind in giving_types(search_form(rest)))
    return Lookup(terms, any(one.strict for one in found), documents, rest, bare, outdated)


def outdated_documents(families: Iterable[Family]) -> frozenset[str]:
    """The documents that another of the same title is newer than."""
    return frozenset(name for _, older in families for name in older)


def families_in(generation: Snapshot) -> list[Family]:
    """The families of an index, worked out once."""
    if generation not in _families:
        _families[generation] = families_of(generation.documents.facts())
    return _families[generation]


def _not_asked(generation: Snapshot, folded: str, found: Iterable[Designator]) -> frozenset[str]:
    """The documents whose age is not the one asked for: the newest is, unless the question says otherwise."""
    families = families_in(generation)
    if not families or _BOTH.search(folded) or any(one.term.startswith("version:") for one in found):
        return frozenset()
    return frozenset(newest for newest, _ in families) if _OLD.search(folded) else outdated_documents(families)


def _counts(generation: Snapshot, token: str) -> bool:
    """Whether a word of the question asks for something: not a Latin one that stands nowhere, as 「error 77」 has."""
    return not token.isascii() or generation.keywords.document_frequency(token) > 0


def _without(folded: str, found: Iterable[Designator], name: str) -> str:
    """The question without what it names by number, without a document's name, and without 最新版."""
    pieces, place = [], 0
    for one in found:
        pieces.append(folded[place : one.start])
        place = one.end
    rest = " ".join([*pieces, folded[place:]])
    return _AGE.sub(" ", rest.replace(name, " ") if name else rest)


def _named(generation: Snapshot, folded: str, found: list[Designator]) -> tuple[frozenset[str] | None, str]:
    """The documents that a question names in front of an article's number, and the name as it stands there.

    No document where the question names rules that none is called; None where it names none.
    """
    articles = [one for one in found if one.term.startswith(("article:", "chapter:"))]
    if not articles:
        return None, ""
    titles = {name: fold(title) for name, (title, _) in generation.documents.facts().items()}
    before = _AFTER_NAME.sub("", folded[: articles[0].start])
    before = re.split(r"[。？！?!;；]", before)[-1]
    asked = _FILLERS.sub("", before)
    while len(asked) > 1:
        holding = {name: title for name, title in titles.items() if asked in title}
        if holding:
            exact = {name for name, title in holding.items() if _core(title).endswith(asked)}
            shortest = min((len(_core(holding[name])) for name in exact), default=0)
            closest = {name for name in exact if len(_core(holding[name])) == shortest}
            return frozenset(closest or holding), asked
        shortened = {name for name, title in titles.items() if _is_short_for(asked, title)}
        shortened = shortened or {name for name, title in titles.items() if _is_spelled_in(asked, title)}
        if shortened:
            return frozenset(shortened), asked
        shorter = _FILLERS.sub("", asked[1:]) if _FILLERS.match(asked) else ""
        if not shorter:
            break
        asked = shorter
    within = {name for name, title in titles.items() if len(core := _core(title)) > 2 and core in folded}
    if within:
        longest = max(within, key=lambda name: len(titles[name]))
        return frozenset(within), _core(titles[longest])
    if len(asked) > 1 and _RULES.search(asked) and not _POINTING.match(asked):
        return frozenset(), asked
    return None, ""


def _is_short_for(asked: str, title: str) -> bool:
    """Whether a name is made of two words or more of a title, in their order: 停车办法 for 园区停车管理办法."""
    parts, place = words(asked), 0
    for part in parts:
        place = title.find(part, place)
        if place < 0 or len(part) < 2:
            return False
        place += len(part)
    return len(parts) > 1


def _is_spelled_in(asked: str, title: str) -> bool:
    """Whether a name's characters stand in a title in their order: 運動館規約 in 躍岬運動館會員資費與使用規約."""
    place = 0
    for character in asked:
        place = title.find(character, place) + 1
        if not place:
            return False
    return len(asked) >= SHORTEST_NAME


def _core(title: str) -> str:
    """A folded title without what is in brackets, and without the country's name."""
    bare = re.sub(r"[(（\[【].*?[)）\]】]|[《》\s]", "", title)
    return re.sub("^中华(?:人民共和国|民国)", "", bare)


def families_of(facts: Mapping[str, tuple[str, DocumentFacts]]) -> list[Family]:
    """Documents of one title in several versions: newer by version, by when it is in force, or was issued."""
    titled: list[tuple[str, list[tuple[tuple[tuple[int, ...], str, str], str]]]] = []
    for name, (title, known) in sorted(facts.items(), key=lambda one: -len(one[1][0])):
        age, own = (_version_number(known.version), known.effective, known.issued), _SUFFIXES.sub("", fold(title))
        if any(age) and own:
            family = next((kept for other, kept in titled if _is_one_title(own, other)), None)
            if family is None:
                titled.append((own, family := []))
            family.append((age, name))
    return [
        (newest, older) for _, family in titled
        for (age, newest) in [max(family)] if (older := tuple(name for other, name in family if other < age))
    ]  # fmt: skip


def _is_one_title(short: str, long: str) -> bool:
    """Whether two titles are the same but for who issued it, which only one of them says."""
    return short == long or (len(short) >= SHORTEST_TITLE and long.endswith(short))


def _version_number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version_term(version))) if version else ()
