"""A sentence → what says something else, or the same in other words: what benchmarks/claims.py checks.

Nothing here is taken from the code that checks claims.
"""

import random
import re
import warnings
from collections.abc import Callable, Mapping, Sequence

from yinju.text import convert, script_of

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # jieba 0.42 has invalid escapes and asks for pkg_resources
    import jieba.posseg as tagged_words  # type: ignore[import-untyped]

UNITS = {
    "length": "公里=千米 公尺=米 公分=厘米 英里 毫米", "area": "平方公里=平方千米 平方公尺=平方米 公頃=公顷",
    "weight": "公斤=千克 公噸=吨=噸 克=公克",
    "money": "美元 英鎊=英镑 歐元=欧元 日圓=日元 人民幣=人民币 港元",
    "time": "小時=小时 分鐘=分钟 秒 天 個月=个月 週=周",
    "people": "人=名", "things": "座 艘 架 輛=辆 首 集 部 場=场 局",
}  # fmt: skip
"""Units that measure one thing; those joined by = are the same one, and no claim swaps them."""
NEGATED = (
    ("不是", "是"), ("沒有", "有"), ("没有", "有"), ("不能", "能"), ("不會", "會"), ("不会", "会"),
    ("無法", "能夠"), ("无法", "能够"),
    ("不可以", "可以"), ("從未", "曾經"), ("从未", "曾经"), ("不需要", "需要"), ("禁止", "允許"),
    ("不得", "可以"), ("並非", "是"), ("并非", "是"),
)  # fmt: skip
OPPOSED = (
    ("增加", "減少"), ("上升", "下降"), ("以上", "以下"), ("最高", "最低"), ("最大", "最小"), ("之前", "之後"),
    ("提高", "降低"), ("最早", "最晚"),
    ("增加", "减少"), ("之前", "之后"), ("上午", "下午"), ("成功", "失敗"), ("成功", "失败"), ("支持", "反對"),
    ("支持", "反对"),
)  # fmt: skip
INSERTED = re.compile(
    "(?<![不沒没無无未非否也還还就只就凡但於于若正總总])(?P<be>是(?![否非因為为以指由])|屬於|属于|位於|位于|獲得|获得|成為|成为|包括|擔任|担任|參加|参加|出生於|出生于|擁有|拥有"
    "|使用|採用|采用|進入|进入|設有|设有|支持|接受|加入|發現|发现|可以|能夠|能够|需要|允許|允许)"
)
REWORDED = (
    ("因此", "所以"), ("為了", "為"), ("但是", "不過"), ("但", "然而"), ("並且", "而且"), ("以及", "和"),
    ("及", "與"), ("由於", "因為"), ("例如", "比如"),
    ("為了", "为"), ("并且", "而且"), ("由于", "因为"), ("及", "与"), ("但是", "不过"), ("約", "大約"),
    ("约", "大约"), ("此外", "另外"), ("因為", "由於"),
)  # fmt: skip
FILLERS = (
    "因此",
    "所以",
    "此外",
    "另外",
    "其中",
    "同時",
    "同时",
    "不過",
    "不过",
    "然而",
    "而且",
    "並且",
    "并且",
    "也",
    "亦",
    "曾",
    "便",
    "都",
)
REGIONAL = (
    ("計程車", "出租車"), ("软件", "软体"), ("軟體", "軟件"), ("品質", "質量"), ("網路", "網絡"),
    ("网络", "网路"), ("電腦", "計算機"), ("资讯", "信息"), ("資訊", "信息"),
    ("信息", "资讯"), ("視訊", "視頻"), ("視頻", "影片"), ("硬碟", "硬盘"), ("程式", "程序"), ("公尺", "米"),
    ("米", "公尺"), ("公里", "千米"), ("公斤", "千克"), ("公分", "厘米"),
)  # fmt: skip
PREFIXES = (
    "根據資料，",
    "根据资料，",
    "文件指出，",
    "簡單來說，",
    "简单来说，",
    "據文件說明，",
    "資料顯示，",
    "总的来说，",
)
_BESIDE_NUMBER = {"約": r"約(?=\d)", "约": r"约(?=\d)", "米": r"(?<=\d)米", "及": "(?<![以埃普波涉触觸])及(?!其|时|時)"}
CHINESE = "〇一二三四五六七八九"
_YEAR, _DAY = r"(?<!\d)(?P<n>[12]\d{3})(?=年)", r"(?<!\d)(?P<n>\d{1,2})(?=[月日](?!本|间))"
_COUNT = (
    r"(?<![\d.,，:年A-Za-z-])(?P<n>[1-9]\d{0,3})"
    r"(?=\s?[個个名位座次人歲岁艘場场首集條条隊队支部本種种家架萬万公米英])(?![個个]月)"
)
_PLAIN = r"(?<![\d.,:/A-Za-z\-])(?P<n>[1-9]\d*(?:\.\d+)?)(?![\d.,:/A-Za-z\-年月日])"
_WORDED = r"(?P<n>[二兩两三四五六七八九])(?=[個个名位座次人歲岁艘場场首集條条隊队支部本種种家架])"

Change = Callable[[str, random.Random], str | None]


def _pick(pattern: str, sentence: str, chance: random.Random) -> re.Match[str] | None:
    matches = list(re.finditer(pattern, sentence))
    return chance.choice(matches) if matches else None


def _put(sentence: str, start: int, end: int, text: str) -> str:
    return sentence[:start] + text + sentence[end:]


def _other_number(text: str, chance: random.Random) -> str:
    """A number of the same length with another value."""
    if text in CHINESE or text in "兩两":
        return chance.choice([c for c in "二三四五六七八九" if c != text and not (text in "兩两" and c == "二")])
    while True:
        place = chance.choice([i for i, c in enumerate(text) if c.isdigit()])
        digits = "123456789" if place == 0 else "0123456789"
        changed = _put(text, place, place + 1, chance.choice(digits))
        if float(changed) != float(text):
            return changed


def change_number(sentence: str, chance: random.Random) -> str | None:
    """Another count or measure."""
    match = _pick(f"{_PLAIN}|{_WORDED.replace('<n>', '<m>')}", sentence, chance)
    return match and _put(sentence, *match.span(), _other_number(match.group(), chance))


def change_date(sentence: str, chance: random.Random) -> str | None:
    """Another year, month, day or century."""
    match = _pick(rf"{_YEAR}|{_DAY.replace('<n>', '<d>')}|(?<!\d)\d{{1,2}}(?=世[紀纪])", sentence, chance)
    if not match:
        return None
    if match["d"]:
        highest = 12 if sentence[match.end()] == "月" else 28
        return _put(
            sentence, *match.span(), str(chance.choice([n for n in range(1, highest + 1) if n != int(match["d"])]))
        )
    if match["n"]:
        return _put(sentence, *match.span(), str(int(match["n"]) + chance.choice([-20, -10, -3, -2, -1, 1, 2, 4, 10])))
    return _put(sentence, *match.span(), str(int(match.group()) + chance.choice([-1, 1, 2])))


def change_unit(sentence: str, chance: random.Random) -> str | None:
    """Another unit: of the same thing, such as 公里 → 公尺, or of another."""
    of = {unit: (kind, group) for kind, line in UNITS.items() for group in line.split() for unit in group.split("=")}
    names = "|".join(sorted(of, key=lambda unit: (-len(unit), unit)))
    match = _pick(
        rf"(?<=[\d萬万億亿百十])\s?(?P<u>{names})(?![口民數数工類类列隊队份長长均際际歲士])", sentence, chance
    )
    if not match:
        return None
    kind, group = of[match["u"]]
    script = script_of(sentence) or "hant"
    alike = kind in ("people", "things")
    near = chance.random() < 0.7 and not alike
    others = [
        u for u, (k, g) in of.items()
        if g != group and (k == kind) == near and convert(u, script) == u and not (alike and k in ("people", "things"))
    ]  # fmt: skip
    return _put(sentence, *match.span("u"), chance.choice(others)) if others else None


def change_negation(sentence: str, chance: random.Random) -> str | None:
    """A negation more or less, or a word's opposite."""
    ways = [(a, b) for a, b in NEGATED if a in sentence and not re.search(f"[是有]{a}|{a}[不僅仅只]", sentence)]
    ways += [pair for a, b in OPPOSED for pair in ((a, b), (b, a)) if pair[0] in sentence]
    if ways:
        told, said = chance.choice(ways)
        return sentence.replace(told, said, 1)
    match = _pick(INSERTED.pattern, sentence, chance)
    if not match:
        return None
    past = chance.random() < 0.5 and match["be"] not in (
        "是",
        "可以",
        "能夠",
        "能够",
        "需要",
        "屬於",
        "属于",
        "位於",
        "位于",
    )
    no = ("沒有" if script_of(sentence) == "hant" else "没有") if past else "不"
    return _put(sentence, match.start(), match.start(), no)


def names_of(text: str) -> Mapping[str, str]:
    """Name → its kind: title, foreign, nr, ns or nt."""
    found = dict.fromkeys(re.findall("《[^《》]{2,15}》", text), "title")
    found |= dict.fromkeys(
        re.findall("[\u4e00-\u9fff]{2,6}[·‧．][\u4e00-\u9fff]{2,6}(?![\u4e00-\u9fff])", text), "foreign"
    )
    for word, tag in tagged_words.cut(text):
        if tag in ("nr", "ns", "nt", "nrt") and len(word) >= 2 and text.count(word) >= (1 if tag == "ns" else 2):
            found.setdefault(word, tag)
    return found


def swap_name(sentence: str, own: Mapping[str, str], others: Mapping[str, str], chance: random.Random) -> str | None:
    """A name of the same kind in a name's place, from the same paragraph where there is one."""
    stand = [name for name in own if name in sentence]
    chance.shuffle(stand)
    for name in stand:
        for source in (own, others) if chance.random() < 0.5 else (others, own):
            rivals = [
                r for r, kind in source.items() if kind == own[name] and r not in sentence and not set(r) & set(name)
            ]
            if rivals:
                return sentence.replace(name, chance.choice(rivals))
    return None


def other_script(sentence: str, chance: random.Random) -> str | None:
    """The sentence in the script it is not written in."""
    return convert(sentence, "hant" if script_of(sentence) == "hans" else "hans") if script_of(sentence) else None


def dropped_clause(sentence: str, chance: random.Random) -> str | None:
    """All clauses but one, which is not the first."""
    clauses = re.split("(?<=[，；])", sentence)
    if len(clauses) < 3:
        return None
    clauses.pop(chance.randrange(1, len(clauses)))
    return "".join(clauses)


def moved_clause(sentence: str, chance: random.Random) -> str | None:
    """Two neighbouring long clauses in the other order."""
    clauses = re.split("[，；]", sentence.rstrip("。"))
    places = [i for i in range(len(clauses) - 1) if min(len(clauses[i]), len(clauses[i + 1])) >= 6]
    if not places:
        return None
    at = chance.choice(places)
    clauses[at], clauses[at + 1] = clauses[at + 1], clauses[at]
    return "，".join(clauses) + "。"


def _replaced(pairs: Sequence[tuple[str, str]]) -> Change:
    def change(sentence: str, chance: random.Random) -> str | None:
        ways = [(_BESIDE_NUMBER.get(a, a), b) for a, b in pairs if re.search(_BESIDE_NUMBER.get(a, a), sentence)]
        told, said = chance.choice(ways) if ways else ("", "")
        return re.sub(told, said, sentence) if told else None

    return change


def without_filler(sentence: str, chance: random.Random) -> str | None:
    """One conjunction or adverb fewer."""
    stand = [w for w in FILLERS if (w in sentence if len(w) > 1 else re.search(f"，{w}", sentence))]
    filler = chance.choice(stand) if stand else None
    return filler and (
        re.sub(f"{filler}，?", "", sentence, count=1) if len(filler) > 1 else sentence.replace(f"，{filler}", "，", 1)
    )


def in_chinese(number: int) -> str:
    """A number from 1 to 9,999 in Chinese digits."""
    written, gap = "", False
    for power, unit in ((3, "千"), (2, "百"), (1, "十"), (0, "")):
        digit = number // 10**power % 10
        if digit:
            written += ("〇".replace("〇", "零") if gap and written else "") + CHINESE[digit] + unit
        gap = not digit
    return written.removeprefix("一") if written.startswith("一十") else written


def rewritten_numeral(sentence: str, chance: random.Random) -> str | None:
    """A number or year in Chinese digits, with separators, or in full-width digits."""
    match = _pick(f"{_YEAR}|{_COUNT.replace('<n>', '<c>')}|{_DAY.replace('<n>', '<d>')}", sentence, chance)
    if not match:
        return None
    if match["n"]:
        return _put(sentence, *match.span(), "".join(CHINESE[int(c)] for c in match["n"]))
    if len(match.group()) > 3 and chance.random() < 0.5:
        return _put(sentence, *match.span(), f"{int(match.group()):,}")
    if chance.random() < 0.3:
        return _put(sentence, *match.span(), "".join(chr(ord(c) + 0xFEE0) for c in match.group()))
    return _put(sentence, *match.span(), in_chinese(int(match.group())))


def dressed(sentence: str, chance: random.Random) -> str | None:
    """Other punctuation, a bullet, emphasis or quotation marks."""
    cut = chance.randrange(2, 8)
    bold = f"**{sentence[:cut]}**{sentence[cut:]}"
    return chance.choice(
        [f"- {sentence}", bold, sentence.replace("，", "；"), f"1. {sentence.rstrip('。')}", sentence + "[1]"]
    )


TRUE_CHANGES: Mapping[str, Change] = {
    "verbatim": lambda sentence, _: sentence,
    "other script": other_script,
    "clause dropped": dropped_clause,
    "clauses reordered": moved_clause,
    "function word": _replaced(REWORDED),
    "filler left out": without_filler,
    "regional word": _replaced(REGIONAL),
    "numeral": rewritten_numeral,
    "opening phrase": lambda sentence, chance: chance.choice(PREFIXES) + sentence,
    "markup": dressed,
}
FALSE_CHANGES: Mapping[str, Change] = {
    "number": change_number, "date": change_date, "unit": change_unit, "negation": change_negation,
}  # fmt: skip
