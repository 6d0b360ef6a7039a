"""A document's outline (headings, what introduces lists) → questions that the text below answers.

A heading that is a question is asked as it is; any other only where the text below it is an answer of that form: a
definition for 是什麼, a list for 有哪些, steps for 怎麼做, articles for 有哪些規定.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from yinju.folding import fold
from yinju.splitting import split_sentences
from yinju.types import Block, BlockKind, Document, Section

LONGEST_HEADING = 14
"""A longer heading says something, and names nothing."""
LONGEST_DEFINITION = 200
MOST_LISTED = 12
"""A list or table with more can hardly be an answer."""
FEWEST_ARTICLES = 3
"""Fewer articles do not tell what the rules are."""

_NUMBER = re.compile(
    r"^\s*(?:第[〇一二三四五六七八九十百\d]+[章節节回部篇條条]|附[錄录][一二三四五六七八九十\d]*"
    r"|[（(]?[一二三四五六七八九十]{1,3}[、）).．]|\d+(?:[.．]\d+)*(?:[.．、)）]|(?=\s))|[問问][:：]|Q\d*[:：.])\s*"
)
_ASKS = re.compile("[什甚]么|怎|如何|哪|为何|几[个种条天次]|多少|多久|是否|[吗谁]|是不是|要不要|能不能|会不会|有没有")
_CLAUSES = re.compile("[，,；;：:]")
_LABELLED = re.compile("[^：:]+[：:]")
_GRADED = re.compile("(?:大致|大概|大約|大约|主要|一般|通常)(?:可以?)?(?=(?:分為|分为|分成|有|包括)$)")
_COUNTED = "[二兩两三四五六七八九十][個个種种類类項项條条點点層层步關关招]"
_COUNT_LAST = re.compile(f"(.+?)的({_COUNTED})(.+)")
_COUNT_FIRST = re.compile(f"({_COUNTED})(.+)")
_INTRODUCES = re.compile(
    rf"(?:^|[。；，])\W*([^，。；：:\d]{{2,14}}?(?:分為|分为|分成|有|包括))(?:下列|以下|如下)?({_COUNTED})([^，。；：:]{{0,8}})[：:]?$"
)
_LIST = re.compile(
    "(?:规[矩则范]|原则|守则|做法|方法|技巧|提醒|建议|[重要]点|事项|项目|条件|种类|类型|指标|成员|窗口|问题"
    "|原因|理由|[好坏]处|[优缺]点|环节|功能|误[读区解]|材料|资料|设备|风险|福利|服务)$"
)
_ONE = re.compile("(?:步骤|流程|程序|顺序|办法)$")
_AMOUNT = re.compile("(?:预算|费用|价格|售价|[月年]费|押金|运费|工资|人数|面积)$")
_NUMERAL = re.compile(r"[\d〇一二三四五六七八九十百千万]\s*(?:元|块|万|人|位|名|平方|坪|㎡|%)")
_GENERAL = re.compile("总则|附则|通则|前言|引言|序|结语|后记|概|简介|说明|目录|附录|其他|案例|举例|小结|总结")
_ACT = re.compile(
    "先|再|把|将|打开|点|按|取|到|在|用|从|拆|装|填|选|写|准备|下载|登[录入]|带|等|开|关|联系|撕|手机|本人"
)


@dataclass(frozen=True, slots=True)
class Example:
    """A question that could be asked."""

    question: str
    document: str
    start: int
    end: int
    """The range of the document's text that answers it."""
    rank: int
    """How little it is the document's own: 0 for a question as it is written, 1 for a heading that asks, 2 for one made
    into a question, 3 for a place in a table or a record."""
    listed: int = 1
    """How many sentences of that range an answer has to say at least: the points of a list, some of many articles."""


@dataclass(frozen=True, slots=True)
class _Below:
    """What stands below a heading."""

    document: Document
    section: Section
    blocks: Sequence[Block]
    """Placed in the document."""
    headings: int
    """How many headings stand right below it."""

    @property
    def text(self) -> str:
        """The text up to the next heading."""
        return self.document.text[self.section.start : self.section.end]

    def count(self, kind: BlockKind) -> int:
        """How many blocks of a kind there are."""
        return sum(block.kind is kind for block in self.blocks)

    @property
    def listed(self) -> int:
        """How many things it lists: items, rows or headings, articles aside."""
        if self.count(BlockKind.ARTICLE):
            return 0
        return self.count(BlockKind.ITEM) or self.count(BlockKind.ROW) or self.headings


def outline_questions(document: Document, blocks: Sequence[Block]) -> Iterator[Example]:
    """The questions that headings and introductions of lists make; `blocks` are the document's, placed in it."""
    starts = [block.start for block in blocks]
    headings = [_NUMBER.sub("", s.headings[-1]).strip() if s.headings else "" for s in document.sections]
    often = Counter(headings)
    children = Counter(section.headings[:-1] for section in document.sections)
    whole = len({section.headings[:1] for section in document.sections}) == 1
    for section, heading in zip(document.sections, headings, strict=True):
        is_title = len(section.headings) == 1 and (whole or document.title.startswith(section.headings))
        if heading and often[heading] == 1 and not is_title:
            inside = blocks[bisect_left(starts, section.start) : bisect_left(starts, section.end)]
            below = _Below(document, section, inside, children[section.headings])
            if asked := _asked(heading, below):
                end = max(s.end for s in document.sections if s.headings[: len(section.headings)] == section.headings)
                yield Example(asked[0], document.name, section.start, end, asked[1], _least(asked[0], below))
    yield from _introduced(document, blocks)


def _least(question: str, below: _Below) -> int:
    """How many sentences below a heading an answer has to say that lists what is asked for."""
    if question.endswith("規定？"):
        return FEWEST_ARTICLES
    lists = re.search("有哪.+？$|怎麼做？$", question) and 2 <= below.listed <= MOST_LISTED
    return below.listed if lists else 1


def _asked(heading: str, below: _Below) -> tuple[str, int] | None:
    """A heading as a question with its rank; None where it makes none that the text below it answers."""
    folded = fold(heading)
    if _ASKS.search(folded) and _LABELLED.match(heading):  # 引流：人从哪里来 is said by nobody
        return None
    if heading.endswith(("？", "?")):
        return heading, 0
    if _ASKS.search(_CLAUSES.split(folded)[-1]):  # 能不能看到，差别最大 asks nothing
        return f"{heading}？", 1
    if _ASKS.search(folded) or not (below.text.strip() or below.headings):
        return None
    name = _CLAUSES.split(heading)[0]
    if _defines(fold(below.text[:LONGEST_DEFINITION]), fold(name)):
        return f"{name}是什麼？", 2
    if len(heading) > LONGEST_HEADING or name != heading or _GENERAL.match(folded):
        return None
    return _listing(heading, folded, below)


def _listing(heading: str, folded: str, below: _Below) -> tuple[str, int] | None:
    """A heading that names what is listed below it, as a question with its rank."""
    if below.count(BlockKind.ARTICLE) > 2:
        return f"{heading}有哪些規定？", 2
    if _ONE.search(folded):
        return f"{heading}是什麼？", 2
    if not below.blocks and _AMOUNT.search(folded) and _NUMERAL.search(fold(below.text)):
        return f"{heading}是多少？", 2
    if not 2 <= below.listed <= MOST_LISTED:
        return None
    if match := _COUNT_LAST.fullmatch(heading):
        return f"{match[1]}有哪{match[2]}{match[3]}？", 2
    if match := _COUNT_FIRST.fullmatch(heading):
        return f"{match[2]}有哪{match[1]}？", 2
    if _LIST.search(folded):
        return f"{heading}有哪些？", 2
    return (f"{heading}怎麼做？", 2) if _are_steps(below) else None


def _defines(text: str, name: str) -> bool:
    """Whether the first sentence says what a name is; both are folded."""
    text = re.sub(r"[*_「」『』“”\"]", "", text).lstrip()
    first = text[slice(*next(iter(split_sentences(text)), (0, 0)))]
    defines = rf"{re.escape(name)}(?:\s?\([^)]*\))?,?(?:就?是指?|指的?是?|即|的意思是)(?![不否非])"
    return bool(re.match(defines, first))


def _are_steps(below: _Below) -> bool:
    """Whether its items are numbered and most of them say what to do."""
    items = [block for block in below.blocks if block.kind is BlockKind.ITEM]
    said = (below.document.text[block.start : block.end].removeprefix(block.marker).lstrip() for block in items)
    acts = sum(bool(_ACT.match(fold(text))) for text in said)
    return len(items) > 2 and all(any(map(str.isalnum, block.marker)) for block in items) and acts * 2 >= len(items)


def _introduced(document: Document, blocks: Sequence[Block]) -> Iterator[Example]:
    """What sentences say that lists follow: 借閱證分為下列四種： is asked as 借閱證分為哪四種."""
    groups = defaultdict[int, list[Block]](list)
    for block in blocks:
        groups[block.group].append(block)
    for block in blocks:
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.ARTICLE):
            text = document.text[block.start : block.end].removeprefix(block.marker).strip()
            if match := _INTRODUCES.search(text):
                lead, count, rest = match.groups()
                group = groups[block.group]
                items = sum(one.kind is BlockKind.ITEM for one in group)
                asked = f"{_GRADED.sub('', lead)}哪{count}{rest}？"
                yield Example(asked, document.name, block.start, group[-1].end, 2, max(1, items))
