"""A question → what it asks an outline of: everything, a document, a chapter, a meeting; None for other questions.

Only the wording is read. Whether there is such a document or chapter is seen later, see places.py; a question that
names none is one like any other.
"""

import re
from dataclasses import dataclass, replace
from typing import Literal

from yinju.folding import HAN, fold
from yinju.numerals import NUMERALS, number_of

Wants = Literal["outline", "headings", "latest"]

LONGEST = 160
"""Characters of a question that may ask for an outline."""


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a document is meant: 第六章, 7月那次, 最後一次."""

    number: int = 0
    unit: str = ""
    """What is counted, folded: 章, 次; empty where a date says which."""
    month: int = 0
    day: int = 0
    last: bool = False


@dataclass(frozen=True, slots=True)
class OutlineRequest:
    """What an outline is asked of."""

    target: str = ""
    """The words that say of what, folded and without spaces; empty for whatever there is."""
    wants: Wants = "outline"
    part: Part | None = None
    of_all: bool = False
    """Whether it asks of all documents: 這些文件."""
    of_document: bool = False
    """Whether it names a document as one: 那篇文章, 手冊."""
    of_section: bool = False
    """Whether it names a part of one as such: 費用那部分."""
    of_meeting: bool = False
    """Whether it names a meeting: 四月的會議."""
    title: str = ""
    """A title in its marks: 《高山茶》."""


_N = f"(?:\\d+|[{NUMERALS}]+)"
_POLITE = (
    "(?:请问|请|麻烦你?|可不可以|可以|能不能|能否|能|帮我|帮忙|给我|跟我|我想知道|我想|我要|想知道|想|告诉我|简单"
    "|大概|大致|快速|先|再|来|一下|你)*"
)
_SAYS = (
    "(?:(?:讲述?|说明?|写(?=[了的过着])|谈到?|介绍|规定|提到?|讨论|聊|交代|记载?|决定|决议|宣布)(?:了|的是|的|过"
    "|到|着)*"
    "|(?:是)?(?:关于|有关|在讲|在说|在谈|在写|涉及|涵盖))"
)
_WHAT = "(?:些|了)?(?:什么|啥|哪些|甚么)(?:方面|内容|主题|东西|事情?|重点|部分|问题|规定)?"
_EACH = "(?:里面?|中|上|都|主要|大概|大致|大体|到底|究竟|一共|总共|分别|各|通篇|全文|整体|是|在|又)*"
_PIECES = "(?:章节?|节|部分|部份|单元|大点|篇|段落|标题|小节|大项)"
_GIST = (
    "(?:主要|大致|大概|核心)?(?:的)?(?:重点|要点|大意|大纲|摘要|概要|概述|主旨|梗概|总结|纲要|内容大纲|内容摘要"
    "|内容简介|内容)"
)
_AFTER = (
    "(?:帮我|请|给我|麻烦)*(?:抓|整理|列|讲|说|总结|归纳|写|做|摘|理|看|介绍|告诉我|给我)?(?:一?下|出来|出|给我|个"
    "|一份|看看)*(?:好吗|可以吗|吗|吧|呢)?"
)

_ASKS: tuple[tuple[Wants, str], ...] = (
    ("latest",
     "(?P<target>.+?)(?:到底|究竟)?(?:最后|最终|后来|目前|现在|最新)(?:是|的|又|到底|确定|确认|都)*(?:怎么|如何"
     "|怎样)?(?:安排|敲定|定案|定下来?|确认"
     "|规划|计划|定的?|结论|版本|决定|方案)(?:的|了)?(?:是什么|是怎样的?|呢|怎么样|如何|什么)?"),
    ("headings",
     f"(?P<target>.*?){_EACH}(?:有|分|分成|分为|包括|包含|列了?)(?:了)?(?:哪些|哪几|几|多少|什么)(?:大|个"
     f"|小)*{_PIECES}(?P<more>(?:和|及)?(?:各|分别|都|每.)*{_SAYS}{_WHAT})?"),
    ("headings",
     f"{_POLITE}(?:列|看|整理)?(?:一?下|出)?(?P<target>.*?)(?:的)?(?:目录|章节|架构|结构)(?:是什么|有哪些|呢"
     f"|{_AFTER})"),
    ("outline",
     "(?P<target>.*?)(?:都|主要|大概|大致|里面?)*(?:包括|包含|有)(?:了)?(?:哪些|什么|些什么)(?:内容|主题|方面"
     "|重点|要点|东西)"),
    ("outline",
     f"{_POLITE}(?:总结|概括|归纳|摘要|概述|简述|浓缩)(?:一?下|出|地)*(?P<target>.*?)(?:的)?(?:{_GIST})?{_AFTER}"),
    ("outline",
     f"{_POLITE}(?:整理|列|抓|画|摘|说|讲|看|做|写|给|提炼)(?:一?下|出|个|一份|一个|成"
     f"|给我)*(?P<target>.*?)(?:的)?{_GIST}{_AFTER}"),
    ("outline", f"{_POLITE}(?P<target>.*?)(?:的)?{_GIST}(?:是什么|有哪些|是啥|有什么|为何|如何|呢|讲什么|{_AFTER})"),
    ("outline", f"{_POLITE}(?P<target>.*?){_EACH}{_SAYS}{_WHAT}(?:呢|啊|呀|的)*(?P<noun>文件|文章|书|内容)?"),
    ("outline", "(?P<target>.+?)(?:请|帮我|麻烦)*(?:总结|概括|归纳)(?:一?下)?[吧吗呢]?"),
    ("outline", f"{_POLITE}(?P<target>.+?那一?个?(?:部分|部份|章|节|段))"),
    ("outline",
     "(?P<target>.*?)(?:的|有|做|作|通过|达成)*(?:了|过)?(?:哪些|什么|几项)?(?P<own>决议|结论"
     "|决定)(?:事项)?(?:是什么|有哪些|有什么|呢|是啥)?"),
)  # fmt: skip
_ENGLISH: tuple[tuple[Wants, str], ...] = (
    ("outline",
     "(?:please |can you |could you )*(?:summari[sz]e|outline|sum up|recap)(?: the| this| that| our)?(?P<target> ?.*)"),
    ("outline",
     "(?:please |can you |could you )*(?:(?:give|show|write|make)(?: me| us)?(?: an?| the)? ?(?:short |brief "
     "|quick )?)?(?:summary|outline|overview|gist|key points|main points|table of contents)"
     " (?:of|for|from|in)(?: the| this| that| our)?(?P<target> .*)"),
    ("outline",
     "what (?:is|are|does|do)(?: the| this| that| our)?(?P<target> .*?) (?:about|say|says|cover|covers|contain"
     "|discuss)(?: about)?(?: in general)?"),
    ("headings",
     "(?:what|which)(?: are the)? (?:chapters|sections|parts|topics)(?: are| does| do)?(?: there)?(?: in| of)?(?: "
     "the| this| that| our)?(?P<target> .*?)(?: have| cover| contain)?"),
)  # fmt: skip
_PATTERNS = tuple((wants, re.compile(asked)) for wants, asked in _ASKS)
_ENGLISH_PATTERNS = tuple((wants, re.compile(asked)) for wants, asked in _ENGLISH)

_LOOKED_UP = re.compile(f"第{_N}(?:条|款|项|號|号)")
"""What is looked up by its number, and given whole without an outline."""
_NUMBERED = re.compile(
    f"第(?P<number>{_N})(?:个)?(?P<unit>章节?|节|部分|部份|次|讲|课|单元|篇|回|期|季|点|段|大点)(?:会议|开会)?"
)
_CHAPTER = re.compile(r"\b(?P<unit>chapter|section|part) (?P<number>\d+)\b")
_UNITS = {"chapter": "章", "section": "节", "part": "部分"}
_LAST = re.compile(
    "(?:最后|最近|最新|上)(?:的)?一?(?P<unit>[次章节回期封])(?:会议|开会)?|最近(?:的)?(?:会议|开会)|最新(?:的)?会议"
)
_DATED = re.compile(f"(?P<month>{_N})月(?:份)?(?:(?P<day>{_N})[日号])?(?:的|那)?(?:一?次|一?场)?")
_ASKING = re.compile("谁|哪|怎|如何|多少|为什么|为何|吗|什么|几[点个号岁]|要$|该$")
"""What stands in no target: it asks something else first."""
_SECTION = re.compile("(?:这|那)?(?:一)?(?:个)?(?:部分|部份|(?<!文)章节?|小?节|段落?|单元|栏)$")
_MEETING = re.compile("(?:那场|这场|的)?(?:会议|开会|例会)")
_POINTED = re.compile("[这那](?:一)?(?:[份篇本封张套个趟回次场]|几次|些)")
_ALL = re.compile(
    "(?:这些|所有|全部|现有|目前|收录|各|手上|库里|资料库|知识库|你的|你有)+的?(?:文件|文档|资料|档案|文章)*(?:库)?"
    "|(?:文件|文档|资料|档案)(?:们|库)?|(?:all |every |my |your )*(?:documents?|files?|everything)(?: here)?"
)
_MANY = re.compile("些|所有|全部|各|几")
_GENERAL = "文件|文档|文章|档案|资料|东西|书"
NOUNS = (
    "手册|说明书?|指南|须知|规定|规则|规约|规章|条例|办法|章程|守则|合同|合约|契约|协议|报告书?|纪要|记录|纪录"
    "|计划书?|企划书?|提案|简报|讲义"
    "|笔记|邮件|信|检查表|表|清单|问答|公告|教材|通讯录|台账|会议|公约|政策|方案|制度"
)
"""How documents are called, folded."""
_DOCUMENT = re.compile(f"(?:{_GENERAL}|{NOUNS})$")
_FILLERS = re.compile(
    "^(?:讲|谈|说|关于|有关|对于|针对|这|那|整|本|该|的|把|在|和|里|上面|我们|咱们|公司的|一下|你|你们|要|个)+|(?:的"
    "|里面?|中|上面?|内|都|在|是|有|一共|总共|它|到底|之前|当时|这几次|这次|那次|几次|开会|会上|每次|帮我|请|麻烦|给我)+$"
)


_QUOTED = re.compile('《(?P<title>[^》]+)》|[「“『"](?P<words>[^」”』"]+)[」”』"]')
_TITLE, _WORDS = "\ue000", "\ue001"
"""Stand for what a question quotes while its wording is read."""


def outline_request(question: str) -> OutlineRequest | None:
    """What a question asks an outline of, by its wording alone; None where it asks for none."""
    folded = fold(question).strip().strip("?.!。~;,… ")
    if not folded or len(folded) > LONGEST:
        return None
    if not re.search(f"[{HAN}]", folded):
        return _first(_ENGLISH_PATTERNS, folded)
    quoted = {_TITLE if match["title"] else _WORDS: match[match.lastgroup or 0] for match in _QUOTED.finditer(folded)}
    folded = _QUOTED.sub(lambda match: _TITLE if match["title"] else _WORDS, folded)
    said = re.sub(r"[\s,，:：!！]+", "", folded)
    request = _first(_PATTERNS, said) or _first(_ENGLISH_PATTERNS, folded)
    if request is None or _LOOKED_UP.search(said):
        return None
    target = request.target.replace(_WORDS, quoted.get(_WORDS, ""))
    part, rest = _part(target) if _WORDS in request.target else (request.part, target)
    return replace(request, target=_trimmed(rest.replace(_TITLE, "")), part=part, title=quoted.get(_TITLE, ""))


def _first(patterns: tuple[tuple[Wants, re.Pattern[str]], ...], said: str) -> OutlineRequest | None:
    for wants, pattern in patterns:
        match = pattern.fullmatch(said)
        if match:
            found = match.groupdict()
            target = found["target"].strip()
            if _ASKING.search(target):
                return None
            request = _read(target)
            own = found.get("own") or ""
            return replace(request, target=request.target + own, wants="outline" if found.get("more") else wants)
    return None


def _read(target: str) -> OutlineRequest:
    """The target's words sorted out: the part by number or date, whether it is a document, and the rest."""
    bare = re.sub("[《》「」『』“”\"'（）()]", "", target)
    part, rest = _part(bare)
    of_meeting = part is not None and _MEETING.search(bare) is not None
    rest = _MEETING.sub("", rest) if of_meeting else rest
    pointed = _POINTED.search(rest) is not None
    rest = _POINTED.sub("", rest)
    of_section = _SECTION.search(rest) is not None and part is None
    rest = _trimmed(_SECTION.sub("", rest) if of_section else rest)
    if _ALL.fullmatch(rest):
        one = pointed and not _MANY.search(bare)
        return OutlineRequest("", part=part, of_all=not one and part is None, of_document=one, of_meeting=of_meeting)
    of_document = pointed or _TITLE in target or _DOCUMENT.search(rest) is not None
    rest = _trimmed(re.sub(f"(?:{_GENERAL})$", "", rest))
    return OutlineRequest(rest, part=part, of_document=of_document, of_section=of_section, of_meeting=of_meeting)


def _trimmed(words: str) -> str:
    before = None
    while words != before:
        before, words = words, _FILLERS.sub("", words.strip())
    return words


def _part(target: str) -> tuple[Part | None, str]:
    """The part that is named by number, by date, or as the last, and what is left."""
    for pattern in (_NUMBERED, _CHAPTER):
        if match := pattern.search(target):
            unit = _UNITS.get(match["unit"], match["unit"])
            return Part(number_of(match["number"]) or 0, unit), _without(target, match)
    if match := _LAST.search(target):
        return Part(unit=match["unit"] or "次", last=True), _without(target, match)
    match = _DATED.search(target)
    month = number_of(match["month"]) if match else None
    if match and month and month <= 12:
        return Part(month=month, day=number_of(match["day"] or "") or 0), _without(target, match)
    return None, target


def _without(target: str, match: re.Match[str]) -> str:
    return (target[: match.start()] + target[match.end() :]).strip()
