"""Documents → how they are called when people read their names, and how far what somebody says is such a name."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath

from yinju.folding import HAN, fold
from yinju.text import search_form
from yinju.types import DocumentFacts

_REPLIES = re.compile(r"^\s*(?:(?:re|fwd?|回复|回覆|答复|转发|轉寄|转寄)\s*[:：]\s*)+", re.IGNORECASE)
_UNIT = re.compile(rf"[{HAN}]|[^\W_{HAN}]+")
_EDGE = "\x1f"
"""Stands around each unit of a name, so that 12 is not found in 112."""

ALONE = 0.5
"""What one Han character weighs that a name holds apart from its neighbours, beside two together."""


def shown_title(title: str) -> str:
    """A title as it is said: without what a mail program put in front of it."""
    return " ".join(_REPLIES.sub("", title).split()) or title


def titles_of(facts: Mapping[str, tuple[str, DocumentFacts]]) -> dict[str, str]:
    """Document → its title as it is said, by name; those of one title have their file's name beside it."""
    titles = {name: shown_title(title) for name, (title, _) in sorted(facts.items())}
    often = Counter(titles.values())
    return {name: f"{title}（{name}）" if often[title] > 1 else title for name, title in titles.items()}


def units(text: str) -> list[str]:
    """The Han characters of a text one by one, in search form, and its numbers and other words whole."""
    return _UNIT.findall(search_form(text))


@dataclass(frozen=True, slots=True)
class Name:
    """What something is called, ready to be compared."""

    form: str
    """Its units with an edge around each; several names of one thing stand apart."""

    @classmethod
    def of(cls, *names: str) -> "Name":
        """One thing's names."""
        return cls(_EDGE.join(f"{_EDGE}{_EDGE.join(units(name))}{_EDGE}" for name in names))

    def held(self, said: Sequence[str]) -> list[float]:
        """For each unit of what somebody says how far the name holds it: 1 in a run, less alone, 0 where it does not.

        The order of the runs does not matter: 會議紀錄梧桐苑 is held by 梧桐苑會議紀錄.
        """
        found = [0.0] * len(said)
        here = [f"{_EDGE}{unit}{_EDGE}" in self.form for unit in said]
        longest = max((len([*own]) for held, own in groupby(here) if held), default=0)
        for length in range(longest, 0, -1):
            for start in range(len(said) - length + 1):
                run = slice(start, start + length)
                if not all(here[run]) or any(found[run]):
                    continue
                if length == 1 or f"{_EDGE}{_EDGE.join(said[run])}{_EDGE}" in self.form:
                    whole = length > 1 or len(said[start]) > 1 or len(said) == 1
                    found[run] = [1.0 if whole else ALONE] * length
        return found


def name_of_file(name: str) -> str:
    """A file's name as a title: without its folders and its ending."""
    return PurePosixPath(name).stem


_KINDS = tuple(
    re.compile(words) for words in (
        "手册|指南|说明|须知|教材|讲义|课本", "规定|规则|规约|规章|规程|条例|办法|章程|守则|公约|制度|政策",
        "合同|合约|契约|协议|租约", "会议|纪要|记录|纪录", "计划|企划|企画|提案|方案|策划",
        "检查表|清单|台账|通讯录|名册|名单", "邮件|来信", "问答",
    )
)  # fmt: skip
"""How documents of one kind are called, folded; people take these words for each other, but not those of two kinds."""


def kinds_of(called: str) -> frozenset[int]:
    """Of which kinds a document is by what it is called; empty where that does not say."""
    form = fold(called)
    return frozenset(n for n, pattern in enumerate(_KINDS) if pattern.search(form))


def kinds_alike(kinds: frozenset[int], title: str) -> bool:
    """Whether a document of some kinds may have that title: 員工手冊 is no 員工通訊錄."""
    own = kinds_of(title) if kinds else frozenset[int]()
    return not kinds or not own or not kinds.isdisjoint(own)
