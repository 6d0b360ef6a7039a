"""The search form of texts: both scripts and every way to write a character come to the same tokens."""

import random

import pytest

from yinju.folding import Script
from yinju.text import (
    _cut_folded,
    _form_of,
    bigrams,
    characters,
    content_tokens,
    convert,
    fold,
    has_content,
    located_form,
    said_to,
    script_of,
    search_form,
    tokens,
    words,
)

FOLDED = [
    ("ＡＢＣ１２３", "abc123"),
    ("Straße", "strasse"),
    ("Plain ASCII", "plain ascii"),
    ("ﬁ①㎏", "fi1kg"),
    ("，！（）", ",!()"),
    ("裏裡里", "里里里"),
    ("着著", "着着"),
    ("臺台檯", "台台台"),
    ("為爲为", "为为为"),
    ("麵面", "面面"),
    ("什麼什么", "什么什么"),
    ("ｶﾅ", "カナ"),
    ("微\u200b信\u200d營\ufeff銷\u00ad", "微信营销"),
    ("葛\ufe00城\U000e0100市", "葛城市"),
    ("\u202e倒\u202c字\u2066元", "倒字元"),
    ("\uf9dc\ufa0a", "隆见"),
    ("⽔⼭", "水山"),
    ("𠮷\U0002a700\U00030000\U000313b0", "𠮷\U0002a700\U00030000\U000313b0"),
    ("⺠⻑⻋⻛㇐", "民长车风一"),
    ("靑淸鄕歴", "青清乡历"),
    ("二〇二四，一○○四，○九年", "二零二四,一零零四,零九年"),
    ("○○公司，○ 項目", "○○公司,○ 项目"),
    ("英\U000e0067\U000e007f國\u3164\uffa0\u034f\u180b\ufff9", "英国"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), FOLDED)
def test_folding(text: str, expected: str) -> None:
    assert fold(text) == expected
    assert fold(expected) == expected


JUSTIFIED = [
    ("運 營 的 核 心 是 用 戶", "运营的核心是用户"),
    ("運\u3000營\u00a0的  核\u2009心", "运营的核心"),
    ("好 的 ， 我 們 走 。", "好的 , 我们走 。"),
    ("目　　錄\n總　則\n", "目录\n总则\n"),
    ("姓 名：張 三｜單 位：教務處", "姓名:张三|单位:教务处"),
    ("│操        作        面        積│", "│操作面积│"),
    ("見「採 購」一節", "见「采购」一节"),
    ("運 費 1 2 0 元 ， 七 折", "运费120元 , 七折"),
    ("使 用 w i f i 連 線", "使用wifi连线"),
]
APART = ["张三 李四 王五", "第一章 总则", "公园 我 去了", "第34条 民、刑事", "把 url 设 为 key", "选 项 1 2", 
         "否\t是\t否", "甲\n乙\n丙", "a b c", "用 gpt 4 写", "2 0 2 4 年",
         "甲 1 2 乙 3 4 丙", "第 1 2 页", "运 费 120 元"]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), JUSTIFIED)
def test_spaces_of_justified_text_are_gone(text: str, expected: str) -> None:
    assert fold(text) == expected == fold(expected)
    assert words(text) == words(expected.replace(" ", ""))


@pytest.mark.parametrize("text", APART)
def test_other_spaces_stay(text: str) -> None:
    assert fold(text) == text


def test_long_texts_of_gaps_are_read_in_one_go() -> None:
    assert fold("丙甲 乙,丙" * 100_000) == "丙甲 乙,丙" * 100_000
    assert fold("丙,甲 乙," * 100_000) == "丙,甲乙," * 100_000
    assert fold(("甲" + " " * 1_000) * 1_000) == "甲" * 1_000 + " " * 1_000


def test_every_common_simplified_character_is_its_own_search_form() -> None:
    level_one = [bytes([high, low]).decode("gb2312") for high in range(0xB0, 0xD7) for low in range(0xA1, 0xFA)]
    rewritten = {"乾": "干", "著": "着", "菸": "烟"}  # written differently only where the script is Traditional
    assert {c: fold(c) for c in level_one if fold(c) != c}.items() <= rewritten.items()


TWINS = [
    ("為什麼行銷與營銷不同？", "为什么行销与营销不同？"),
    ("臺灣軟體業的發展", "台湾软体业的发展"),
    ("錢鍾書寫的《圍城》", "钱钟书写的《围城》"),
    ("乾燥的麵條後來賣完了", "干燥的面条后来卖完了"),
    ("微信(WeChat)有１０億用戶", "微信（wechat）有10亿用户"),
]


@pytest.mark.parametrize(("traditional", "simplified"), TWINS)
def test_both_scripts_have_the_same_tokens(traditional: str, simplified: str) -> None:
    for split in (words, bigrams, characters, tokens):
        assert split(traditional) == split(simplified)
        assert split(traditional)


def test_words() -> None:
    assert words("品牌營銷，用 GPT-4 寫3.5篇。") == ["品牌", "营销", "用", "gpt", "4", "写", "3", "5", "篇"]


def test_bigrams_stay_within_a_run_of_han_characters() -> None:
    assert bigrams("行銷與營銷，茶 abc山水") == ["营销", "销与", "与营", "营销", "茶", "山水"]


def test_characters_keep_other_words_whole() -> None:
    assert characters("茶與tea 2024年") == ["茶", "与", "tea", "2024", "年"]


def test_tokens_are_words_then_the_bigrams_that_are_none() -> None:
    assert tokens("品牌與營銷") == ["品牌", "与", "营销", "牌与", "与营"]


@pytest.mark.parametrize(
    "text", ["𠮷野家", "\U0002a700山", "\U0002b820水", "\U00030000人", "\U000313b0人", "\U0002ebf0人"]
)
def test_rare_characters_are_found(text: str) -> None:
    assert list(text) == characters(text)
    assert text[:2] in bigrams(text)
    assert "".join(words(text)) == text


@pytest.mark.parametrize("text", ["", " \u3000\n", "，。！？「」——……", "😀👍🏽", "\u200b\ufeff", "_", "\ud800"])
def test_what_holds_no_word_has_no_tokens(text: str) -> None:
    assert words(text) == bigrams(text) == characters(text) == tokens(text) == []
    assert not has_content(text)


@pytest.mark.parametrize("text", ["茶", "a", "７", "𠮷", "，茶"])
def test_one_letter_is_content(text: str) -> None:
    assert has_content(text)


SCRIPTS = [
    ("為什麼", "hant"),
    ("为什么", "hans"),
    ("茶山人水", None),
    ("", None),
    ("English only", None),
    ("這個词", "hant"),
    ("\ud800为什么", "hans"),
]


@pytest.mark.parametrize(("text", "script"), SCRIPTS)
def test_script(text: str, script: str | None) -> None:
    assert script_of(text) == script


def test_convert() -> None:
    assert convert("软件里有什么？ABC", "hant") == "軟件裡有什麼？ABC"
    assert convert("軟體裡有什麼？ABC", "hans") == "软体里有什么？ABC"
    assert convert("山水", "hant") == convert("山水", "hans") == "山水"


REGIONS = [
    ("行銷軟體", "营销软件"),
    ("網路影片的品質", "网络视频的质量"),
    ("用隨身碟備份資料庫", "用U盘备份数据库"),
    ("她的部落格談泡麵和馬鈴薯", "她的博客谈方便面和土豆"),
    ("網際網路的資訊安全，預設值", "互联网的信息安全，默认值"),
    ("搭計程車去醫院貼OK繃", "搭出租车去医院贴创可贴"),
    ("超音波與CP值", "B超与性价比"),
]


@pytest.mark.parametrize(("taiwan", "mainland"), REGIONS)
def test_either_region_s_words_are_searched_as_the_same(taiwan: str, mainland: str) -> None:
    for split in (words, bigrams, characters, tokens, content_tokens):
        assert split(taiwan) == split(mainland)
    assert search_form(taiwan) == search_form(mainland)


def test_where_two_words_meet_is_no_regional_word() -> None:
    assert search_form("上網路線") == "上网路线"
    assert search_form("「網路」\n路線") == "「网络」\n路线"
    assert search_form("多數位於山區，自行銷毀") == "多数位于山区,自行销毁"


def test_a_word_with_letters_is_one_only_by_itself() -> None:
    assert search_form("這個U盤，GPU盤點") == "这个优盘,gpu盘点"


@pytest.mark.parametrize("text", ["檔案與文件", "質量守恆", "資料", "窩心的早上"])
def test_what_means_something_else_elsewhere_stays_itself(text: str) -> None:
    assert search_form(text) == fold(text)


def test_the_search_form_is_its_own() -> None:
    for taiwan, mainland in REGIONS:
        assert search_form(search_form(taiwan)) == search_form(taiwan)
        assert words(search_form(taiwan)) == words(mainland)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("請問微商是什麼？", ["微商"]),
        ("微商和微信營銷有什麼區別", ["微商", "微信", "营销", "信营"]),
        ("這是什麼？", []),
        ("QQ 群多大", ["qq", "群", "多", "大"]),
    ],
)
def test_content_tokens_leave_the_asking_out(question: str, expected: list[str]) -> None:
    assert set(expected) <= set(content_tokens(question))
    assert not {"什么", "和", "区别", "请问", "有"} & set(content_tokens(question))
    assert bool(expected) == bool(content_tokens(question))


@pytest.mark.parametrize("question", ["問卷怎麼填寫？", "求助專線電話是多少", "方程求解的步驟", "問責制度"])
def test_what_only_looks_polite_is_what_a_question_is_about(question: str) -> None:
    assert {"问卷", "求助", "求解", "问责"} & set(content_tokens(question))


@pytest.mark.parametrize(
    "question", ["問一下退貨", "問：怎麼退貨", "求助，怎麼退貨", "怎麼退貨？求解答", "請問退貨，謝謝"]
)
def test_politeness_is_not(question: str) -> None:
    assert content_tokens(question) == ["退货"]


@pytest.mark.parametrize(
    ("asker", "script", "text", "said"),
    [
        ("軟體是什麼？", "hant", "营销软件里的视频", "行銷軟體裡的影片"),
        ("營銷是什麼？", "hant", "营销软件", "營銷軟體"),
        ("软件是什么？", "hans", "行銷軟體的程式設計師", "营销软件的程序员"),
        ("茶", "hant", "對象和營銷", "對象和營銷"),
        ("對象是誰", "hant", "招聘对象要写得具体", "招聘對象要寫得具體"),
        ("皇后", "hant", "皇后后来走了", "皇后後來走了"),
        ("甲", "hant", "", ""),
    ],
)
def test_an_answer_is_said_in_the_asker_s_script_and_words(asker: str, script: Script, text: str, said: str) -> None:
    assert said_to(asker, script, text) == said


@pytest.mark.parametrize(
    ("text", "form", "located"),
    [
        ("行銷", "营销", [(0, 2), (0, 2)]),
        ("A貓 ５", "a猫 5", [(0, 1), (1, 2), (2, 3), (3, 4)]),
        ("㎏\u200b麵", "kg面", [(0, 1), (0, 1), (2, 3)]),
        ("e\u0301ﾊﾟ", "éパ", [(0, 2), (2, 4)]),
        ("用隨身碟", "用优盘", [(0, 1), (1, 4), (1, 4)]),
        ("行 銷 部 ⺠", "营销部民", [(0, 3), (0, 3), (4, 5), (6, 7)]),
        ("一○年", "一零年", [(0, 1), (1, 2), (2, 3)]),
        ("\u1112\u1161\u11ab", "한", [(0, 3)]),
        ("", "", []),
    ],
)
def test_every_character_of_a_search_form_has_its_place(text: str, form: str, located: list[tuple[int, int]]) -> None:
    assert located_form(text) == (form, located)


def test_places_are_found_whatever_stands_side_by_side() -> None:
    pieces = ["微信", "營銷", "软体", "U盘", "aB", "e\u0301\u0327", "q\u0307\u0323", "ｶﾞ", "\u1100\u1161\u11a8", "ﬁ㎏",
              "\u200b\ufe00", "𠮷", "は\u3099", "資訊安全", "\u09c7\u09be", "ﾞ\u0301", " 。\n",
              "    ", "一○◯"]  # fmt: skip
    generator = random.Random(5)
    for _ in range(500):
        text = "".join(generator.choices("".join(pieces), k=12))
        form, located = located_form(text)
        assert form == search_form(text)
        assert len(located) == len(form)
        assert all(0 <= start < end <= len(text) for start, end in located)
        assert [start for start, _ in located] == sorted(start for start, _ in located)


def test_lines_share_nothing_so_that_each_is_cut_once() -> None:
    """What a line is searched as is the same whatever stands in the lines around it."""
    pieces = ["微信", "營銷", "软体", "U盘", "aB", "e\u0301", "ﾊﾟ", "一○", "◯", " ", "行 銷 部", "資訊安全", "\r", "\n"]
    generator = random.Random(6)
    for _ in range(500):
        text = "".join(generator.choices(pieces, k=14)) + "\n行 銷"
        folded = fold(text)
        form = _form_of(folded, _cut_folded(folded))
        assert (search_form(text), words(text)) == (form, _cut_folded(form))
