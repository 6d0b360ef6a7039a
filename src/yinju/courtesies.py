"""A folded question → the same without what is said around it: 您好, 麻烦问一下, 大佬们, 急, 在线等, 谢谢."""

import re

from yinju.types import Span

_STOP = r"[\s,.:;!?。、~…·]"
_ONCE = "(?:一?下下?|一句|看看?|个问题|几个问题)?"
_PEOPLE = (
    "(?:各位|诸位|在座的?|这里的)?(?:大佬|大神|大侠|高手|前辈|老师|先生|小姐|女士|同学|同仁|同事|朋友|亲友|家人|宝子|姐妹|兄弟|哥|姐|学长|学姐"
    "|小伙伴|网友|楼主|版主|版大|乡民|客服|管理员|小编|掌柜|老板|老大|亲爱的|亲)(?:们|大大)?"
)
_GREETINGS = (
    rf"(?:您|你|妳|大家|各位|{_PEOPLE})好[啊呀]?(?={_STOP}|[请想问麻我]|$)|哈喽|哈啰|嗨+|(?:hi|hello|hey|dear)(?![a-z-])|(?:早安|午安|晚安|早上好|上午好|中午好|下午好|晚上好)[啊呀]?(?={_STOP}|[请想问麻我]|$)|早啊?(?=[\\s,!])"
    "|在吗|有人吗|有人在吗"
)
_ASKING = (
    rf"不好意思|打扰(?=了|一下|下|{_STOP})了?|(?:抱歉|劳驾|冒昧|小弟|小妹|在下|小白|新手)(?={_STOP}|[请想问])|弱弱地?的?问|急问|跪求"
    "|(?:我?(?:也|就|还)?想要?)?(?:请问|请教(?!师))|我?(?:只?是)?(?:也|就|还)?想(?:要?问|了解)|求问|我?想(?:要)?知道|(?:请|麻烦)?告诉我"
    "|(?:有没有|有)(?:人|谁|哪位)(?:能|可以)?(?:知道|清楚|了解)|谁(?:能|可以)?(?:知道|告诉我|说说)|知道的人|问(?=一?下|[\\s,:])"
    "|(?:可以|能|能不能|能否|可否|可不可以)?(?:麻烦|劳烦|请)?(?:您|你|妳)?(?:可以|能)?(?:帮忙|帮我|帮|替我|给我)(?:查询?|问|找|看|确认|说明|解释|讲)"
    "|(?:可以|能|能不能|能否|可否)(?:麻烦|请)?(?:您|你|妳)?(?:告诉|跟我说|说)我?|麻烦(?!的|人|事|制造)(?:再|您|你|大家|各位|了)*(?:问|请问|查询?|说|看|讲)?|请(?=告诉|说明|帮[我忙]|教我)"
)
_OPENING = re.compile(
    rf"{_STOP}*(?:(?:{_GREETINGS}){_ONCE}{_STOP}*"
    rf"|(?:{_PEOPLE}|各位|诸位|大家|那个|嗯+|呃+|额+|话说){_STOP}+|(?:{_PEOPLE}|各位|诸位|大家)(?={_ASKING}|{_GREETINGS})"
    rf"|(?:{_ASKING})(?:{_ONCE}|各位|大家|{_PEOPLE}){_STOP}*)"
)
_CHATTERED = (
    "知道的(?:人|朋友|大侠)?|(?:请|快点|快|麻烦)*告诉(?:我|一下)|(?:坐|急|在)?在?(?:线|线上)等(?:回复|答案|解答|急)?(?=$|[\\s,.!?。~])"
    r"|(?:多谢|谢谢|感谢|感恩|谢啦|跪谢|先谢过?|万分感谢|蟹蟹|3q|thx|thanks?(?: you| in advance)?|tks)"
    r"(?![信函状卡词会])(?:大家|各位|你们|您|你|妳|了|啦|喔|哦|哈|!|先)*"
    r"|拜托(?:拜托|了|大家|啦)*|(?:挺|很|非常|超|十万火)?急(?:需|用)?(?=$|[\s,.!?。~])(?<![着心紧加应告危救])|急{2,}"
    r"|求(?:解答?|助|救|告知|指教|科普|大神|回复|答案)(?=$|[\s,.:;!?。])|帮帮忙|好人一生平安|哈{2,}|呵{2,}|嘿{2,}|嘻{2,}|[~^]{2,}"
)
_CHATTER = re.compile(_CHATTERED)
_ENDING = re.compile(rf"(?:{_STOP}|(?<=\?))(?:(?:{_CHATTERED}){_STOP}*)+$")
_EDGES = re.compile(r"^[\s,.:;!?。、~]+|(?<![\s,.:;!?。、~])[\s,:;、~]+[\s,.:;!?。、~]*$|\s+$")
"""What stops nothing any more; a question mark at the end stays."""


def without_courtesies(folded: str) -> str:
    """The question that is left, or what was said where nothing else was asked."""
    return _EDGES.sub("", _CHATTER.sub(" ", folded[_opening(folded) :])) or folded


def question_span(folded: str) -> Span:
    """Where the question stands, between what opens and what closes; all of it where nothing else was asked."""
    start = _opening(folded)
    ending = _ENDING.search(folded, start)
    end = ending.start() + (folded[ending.start()] in ".!?;") if ending else len(folded)
    return (start, end) if folded[start:end].strip(" ,.!?~") else (0, len(folded))


def _opening(folded: str) -> int:
    """The place behind what is said before the question."""
    place = 0
    while (match := _OPENING.match(folded[place:])) and match.end():
        place += match.end()
    return place
