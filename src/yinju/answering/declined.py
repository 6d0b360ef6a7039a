"""A turn that no document answers → why: nonsense, a sum, a letter to be written, the time, a complaint."""

import re
from itertools import pairwise
from typing import Literal

from yinju.folding import HAN, fold

Why = Literal["nonsense", "sum", "task", "now", "wrong"]

_N = r"-?(?:\d[\d,.]*%?|[零一二三四五六七八九十百千万亿两半]+)"
_POLITE = (
    "(?:请问?|你|您|可不可以|可以|能不能|能|会|帮忙?|给|替|麻烦|我|想|要|来|can you |could you |would you |please )*"
)
_ONE = "(?:写|编|作|拟|生成|做|画)(?:一?[封篇首份个段张则点些幅]|出)?"
_WORK = (
    "(?:[信诗歌词图画]|文章|故事|作文|代码|程序|程式|文案|履历|简历|邮件|小说|日记|演讲稿|讲稿|情书|报告|心得|论文|自传|剧本|脚本|笑话"
    "|对联|logo|海报|email)"
)
_ASKED: tuple[tuple[Why, str], ...] = (
    ("sum",
     f"{_POLITE}(?:算一?下?|计算|calculate|what(?:'s|is))?{_N}(?:[-+*/×÷x^]|加上?|减去?|乘以?|除以?|plus|minus|times)"
     f"(?:{_N}|[-+*/×÷()])+(?:=|等于|是|equals)?(?:多少|几)?"
     f"|{_POLITE}(?:根号{_N}|{_N}的(?:平方根?|[立三]次?方))(?:=|等于|是)*(?:多少|几)?"),
    ("task",
     f"(?:{_POLITE}(?:帮忙?|替|给|麻烦|请|你)我?{_ONE}|{_ONE}(?<=[封篇首份个段张则点些幅])).{{0,30}}{_WORK}.{{0,60}}"),
    ("task",
     f"{_POLITE}[讲说唱](?:一?[个则首段点些]|点)?(?:冷笑话|笑话|鬼故事|故事|段子|歌|情话)(?:来?听听?|给我[听看]?)?"
     "[吗吧呢]*"),
    ("task",
     f"{_POLITE}(?:把.{{1,60}}|将.{{1,60}})?(?:翻译|翻成|译成)(?:(?:一下|成|为|下面|下列|这|以下|:|,|：).{{0,200}})?"),
    ("task",
     f"{_POLITE}推荐(?:我)?(?:一?[部首本个款些])?(?:好看|好听|好玩)?的?(?:电影|电视剧|歌|小说|游戏|股票).{{0,9}}"),
    ("task",
     f"{_POLITE}(?:陪我(?:聊聊?天?|玩|说说?话)|[跟和]我聊聊?天?)[吧吗好]*"
     "|我?(?:好|很|太)?无聊[啊哦喔]*|我(?:爱|喜欢|讨厌)你|你(?:爱|喜欢)我吗?"),
    ("task",
     "(?:can you |could you |would you |please )*(?:write|compose|draft|sing|draw|translate|tell me|give me|make me)"
     "(?: me)? (?:a|an|some|this|the following|my|into) (?!summary|outline|list|overview).{1,80}"),
    ("now", "(?:请问)?(?:现在|今天|明天|昨天|后天)是?(?:几点钟?|几月几[号日]|几[号日]|星期几|礼拜几|周几)[了啊呢]*"),
    ("now",
     "(?:请问)?(?:现在|今天|明天|后天|外面|周末|最近)的?(?:天气|气温)(?:怎么?样|如何|好[吗不]|预报|怎样|会下雨吗)?"
     "[呢啊]*|(?:今天|明天|后天)会?不?会?下雨吗?|what time is it(?: now)?|what(?:'s| is) the (?:time|weather|date)"
     "(?: like)?(?: now| today)?|how(?:'s| is) the weather(?: today)?"),
    ("wrong",
     "(?:你|这|好像|是|根本|都|又|完全|个|答案|回答|说|答|得|的)*(?:不对|错了?|有误|乱[说答讲]|胡说(?:八道)?"
     "|不是这个|答非所问|听不懂|看不懂|不是我(?:要|问)的(?:答案|问题)?|没[用有]帮?助?|垃圾|[太好真很]?[笨烂]蛋?|什么鬼)[了啊吧吗嘛]*"),
    ("wrong",
     "(?:that'?s |this is |it'?s |you'?re )?(?:wrong|incorrect|not helpful|useless|stupid|not what i asked)"
     "(?: answer)?"),
)  # fmt: skip
"""Why → how it is asked, over folded turns whose Han text has no spaces, and without marks at the end."""
_PATTERNS = tuple((why, re.compile(asked)) for why, asked in _ASKED)
_QUESTION = re.compile(
    "怎|如何|哪|什么|多久|多少|为何|要不要|需要|必须|规定|谁|几[天份次]|是否|费|总结|摘要|大纲|重点|概要|要点|目录"
)
"""What a request for a letter does not hold, but a question about letters or a request for a summary does."""
_MINUS_ALONE = re.compile(r"[\d.]+(?:[-/][\d.]+)+")
"""A date, a number or a code as often as a sum."""

_NO_LETTER = re.compile(r"[\W_]*")
_MUTTERED = re.compile("(?:[嗯啊哦喔呃额哈呵嘿嘻欸诶唉呀哇噢呜哼唔嘛啦吧呢喵汪咦耶嗷呣咳啧切哎]|[\\W_])+")
_TRIED = re.compile(r"(?:test(?:ing)?|测试(?:一下|中|看看)?|试试看?|[\W\d_])+")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {frozenset(pair) for row in _ROWS for pair in pairwise(row)}
_ON_KEYBOARD = 0.8
"""The share of neighbours in a word that are neighbours on a keyboard, from which it is none."""
_CONSONANTS = re.compile("[b-df-hj-np-tv-xz]{6,}")


def why_declined(turn: str) -> Why | None:
    """Why no document answers a turn; None for what may be a question."""
    folded = fold(turn).strip().rstrip("?.!。~;,… ")
    said = re.sub(r"\s+", "", folded) if re.search(f"[{HAN}]", folded) else folded
    if turn.strip() and _is_nonsense(said):
        return "nonsense"
    for why, pattern in _PATTERNS:
        words = re.sub(r"\s+", "", folded) if why == "sum" else said
        if pattern.fullmatch(words) and not (why == "task" and _QUESTION.search(said)):
            return None if why == "sum" and _MINUS_ALONE.fullmatch(words) else why
    return None


def _is_nonsense(said: str) -> bool:
    """Whether it has no letter, or is muttering, a test of the line, or what a hand does on a keyboard."""
    if any(pattern.fullmatch(said) for pattern in (_NO_LETTER, _MUTTERED)):
        return True
    if _TRIED.fullmatch(said):
        return not re.fullmatch(r"[\W\d_]+", said)
    return said.isascii() and said.isalpha() and _is_hammered(said)


def _is_hammered(word: str) -> bool:
    if len(word) < 4:
        return False
    if len(set(word)) == 1 or any(word in row or word in row[::-1] for row in _ROWS):
        return True
    beside = sum(frozenset(pair) in _BESIDE for pair in pairwise(word))
    return len(word) > 4 and (beside >= _ON_KEYBOARD * (len(word) - 1) or _CONSONANTS.fullmatch(word) is not None)
