"""A word of a claim → whether it is a name, by jieba's dictionary and by how names are made."""

import re
from collections.abc import Sequence

from yinju.folding import fold
from yinju.segmentation import tag_of

_NAME_TAGS = ("nr", "ns", "nt", "nz")
_LATIN = re.compile(r"[^\W\d_]*[a-z][\w.+&'-]*")
_SURNAMES = frozenset(
    fold(
        "王李張劉陳楊趙黃周吳徐孫胡朱高林何郭馬羅梁宋鄭謝韓唐馮于董蕭程曹袁鄧許傅沈曾彭呂蘇盧蔣蔡賈丁魏薛葉閻余潘杜戴夏鍾汪田任姜范方石姚譚廖鄒熊金陸"
        "郝孔白崔康毛邱秦江史顧侯邵孟龍萬段雷錢湯尹黎易常武喬賀賴龔文歐翁阮柯洪莊簡游詹鍾施連溫倪俞童梅"
    )
)
_TRANSCRIBED = frozenset(
    fold(
        "阿埃艾安奧巴貝比彼賓波伯勃布查達戴丹德蒂丁杜多厄恩爾法菲費芬弗佛福蓋甘戈格古哈海漢赫亨霍基吉加傑金卡凱坎柯科克肯庫拉萊蘭勞勒雷里利莉林琳隆盧"
        "魯露倫羅洛馬瑪麥曼梅蒙米密摩莫姆穆納娜奈內尼紐諾努歐帕佩皮普奇喬瓊茹薩塞桑沙莎尚舍施史斯思松蘇索塔泰坦湯特提廷圖托瓦威韋維溫沃烏西希夏謝辛休"
        "雅亞延耶伊英尤約澤扎詹珍茲佐"
    )
)
_COMMON = re.compile("中|大|小|新|老|高|白|东|西|南|北|文|方|长|宝|明|平|安|和|金|石|龙|马|江|海|山|水|湖|河|花|关|华")


def is_latin(word: str) -> bool:
    """Whether a word is written in letters, as most brand names are."""
    return _LATIN.fullmatch(word) is not None


def is_name(word: str) -> bool:
    """Whether one word is a name: of a person, place, body or product."""
    if is_latin(word):
        return len(word) > 1
    tag = tag_of(word)
    if len(word) == 1:
        return tag.startswith("ns") and not _COMMON.match(word)
    return tag.startswith(_NAME_TAGS)


def is_noun(word: str) -> bool:
    """Whether one word is a noun, a name or unknown, and no verb, adjective, adverb or pronoun."""
    tag = tag_of(word)
    return tag == "vn" or not tag.startswith(("v", "a", "d", "p", "r", "z", "c", "u"))


def hold_name(words: Sequence[str]) -> bool:
    """Whether words that stand side by side are or hold a name, known or made as names are."""
    if any(map(is_name, words)):
        return True
    singles = ""
    for word in [*words, ""]:
        if len(word) == 1:
            singles += word
            continue
        if 2 <= len(singles) <= 3 and singles[0] in _SURNAMES:
            return True
        if len(singles) >= 2 and all(c in _TRANSCRIBED for c in singles):
            return True
        singles = ""
    return False
