"""One term, written in two ways: either way a question finds the documents that write it in the other one.

Of each pair one document tells of the first form and another one of the second; all stand in one index.
"""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

import yinju
from yinju.answering.asked import Asked
from yinju.answering.values import likely_span
from yinju.settings import Settings
from yinju.splitting import split_sentences
from yinju.text import located_form, search_form, words

RARE = [
    ("𠮷祥麵舖", "𠮷\U000e0100祥麵舖"),
    ("𪚥龍書屋", "𪚥\u2060龍書屋"),
    ("𫝋氏宗祠", "𠐊氏宗祠"),
    ("\U0002a700山茶莊", "\U0002a700\u200b山茶莊"),
    ("\U0002b740溪水廠", "\U0002b740\ufeff溪水廠"),
    ("\U0002b820嶺步道", "\U0002b820\u034f嶺步道"),
    ("\U0002ceb0橋市場", "\u200e\U0002ceb0橋市場"),
    ("\U0002ebf0湖碼頭", "\U0002ebf0\ufe00湖碼頭"),
    ("\U00030000井煤礦", "\U00030000\u200c井煤礦"),
    ("\U00031350谷果園", "\U00031350\u3164谷果園"),
    ("\U000323b0灣漁港", "\U000323b0\u180b灣漁港"),
]
COMPATIBILITY = [
    ("興\uf9dc紡織", "興隆紡織"),
    ("\uf90a門酒窖", "金門酒窖"),
    ("音\uf914廳堂", "音乐厅堂"),
    ("華\U0002f800影城", "華丽影城"),
    ("⽔利公署", "水利公署"),
    ("⼟⽊⼯會", "土木工會"),
    ("⺠政⻑室", "民政長室"),
    ("⻋輛⻔診", "车辆门诊"),
    ("⻝品⻛味", "食品风味"),
    ("大同㈱", "大同(株)"),
    ("８００㏄鍋爐", "800cc鍋爐"),
    ("五十㎡套房", "五十m2套房"),
    ("㊙密檔庫", "祕密檔庫"),
    ("Ⅳ號機組", "IV號機組"),
    ("③號月臺", "3號月台"),
]
VERTICAL = [
    ("長青︵東區︶班", "長青（東區）班"),
    ("﹁拾穗﹂畫展", "「拾穗」畫展"),
    ("﹃紅樓﹄講座", "『紅樓』講座"),
    ("︽論語︾讀經", "《論語》讀經"),
    ("花蓮︐台東線", "花蓮，台東線"),
    ("松柏︱銀髮社", "松柏—銀髮社"),
]
WIDTH = [
    ("ＥＲＰ系統", "erp系統"),
    ("３Ｄ列印室", "3D列印室"),
    ("ｶﾞﾗｽ博物館", "ガラス博物館"),
    ("１２７號倉", "127號倉"),
    ("ｃａｆé吧", "cafe\u0301吧"),
    ("𝐖𝐢𝐅𝐢熱點", "WiFi熱點"),
]
SCRIPTS = [
    ("臺灣裏海館", "台湾里海馆"),
    ("說明簡報", "説明简报"),
    ("歷史檔案", "歴史档案"),
    ("靑年旅館", "青年旅馆"),
    ("秘書處衆", "祕书处众"),
    ("一○九年度", "一〇九年度"),
    ("二〇三五願景", "二零三五愿景"),
]
INVISIBLE = [
    ("微\u200b信\u200b社\u200b群", "微信社群"),
    ("衛\u200c星\u200d導航", "衛星導航"),
    ("電\ufeff動巴士", "電動巴士"),
    ("co\u00adopera\u00adtive銀行", "cooperative銀行"),
    ("\u202e潛水\u202c學校", "潛水學校"),
    ("\u2067園藝\u2069\u200f治療", "園藝治療"),
    ("葛\ufe00飾\U000e0101染坊", "葛飾染坊"),
    ("👩‍🏫教師進修", "👩🏫教師進修"),
    ("7️⃣號球場", "7號球場"),
    ("🏴\U000e0067\U000e0062\U000e007f風笛樂隊", "🏴風笛樂隊"),
    ("氣象\ud83d雷達", "氣象雷達"),
]
SPACED = [
    ("營 運 總 部", "營運總部"),
    ("法　務　單　位", "法務單位"),
    ("「採　　購」", "採購"),
    ("招\u00a0生\u2009委 員 會", "招生委員會"),
]
PAIRS = [*RARE, *COMPATIBILITY, *VERTICAL, *WIDTH, *SCRIPTS, *INVISIBLE, *SPACED]


def _write(folder: Path, name: str, text: str) -> None:
    """A text file, or JSON where a lone surrogate keeps the text from being one."""
    if "\ud83d" in text:
        (folder / f"{name}.json").write_text(json.dumps({"title": text, "text": text}), "utf-8")
    else:
        (folder / f"{name}.txt").write_text(text, "utf-8")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[yinju.Library]:
    """All pairs in one index: the first form of number n meets in document na, the second is led in document nb."""
    folder = tmp_path_factory.mktemp("forms")
    (folder / "corpus").mkdir()
    for number, (one, other) in enumerate(PAIRS):
        _write(folder / "corpus", f"{number}a", f"{one}的開會地點在三樓。")
        _write(folder / "corpus", f"{number}b", f"{other}的負責人姓王。")
    report = yinju.build_index(folder / "corpus", folder / "index")
    assert {outcome.state.value for outcome in report.outcomes} == {"indexed"}
    with yinju.open_library(folder / "index", settings=Settings(refuse_below=0.0)) as opened:
        yield opened


def test_there_are_sixty_pairs() -> None:
    assert len(PAIRS) == 60 == len({search_form(one) for one, _ in PAIRS})


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_either_form_finds_the_other(library: yinju.Library, one: str, other: str) -> None:
    number = PAIRS.index((one, other))
    for question, name, written in (
        (f"{other}的開會地點在哪裡？", f"{number}a", one),
        (f"{one}的負責人是誰？", f"{number}b", other),
    ):
        hit = library.search(question, 1)[0].passage
        citation = library.ask(question).citations[0]
        document = library.document(citation.document)
        assert document is not None
        assert (Path(hit.document).stem, Path(citation.document).stem) == (name, name)
        assert citation.quote == document.text[citation.start : citation.end]
        assert written.replace("\ud83d", "\ufffd") in citation.quote


@pytest.mark.parametrize(("one", "other"), [pair for pair in PAIRS if "\ud83d" not in pair[0]])
def test_both_forms_are_one_for_search(one: str, other: str) -> None:
    assert words(one) == words(other)
    for form in (one, other):
        searched, located = located_form(form)
        assert len(searched) == len(located)
        assert all(0 <= start < end <= len(form) for start, end in located)


@pytest.mark.parametrize(
    "sentences",
    [
        ["第一條︑七天內可退︒", "過期不退﹗", "你知道嗎︖", "﹁是的︒﹂", "他說︒"],
        ["甲問﹖", "乙答﹗", "｢好｡｣", "丙走了｡"],
        ["運 營 的 核 心 ， 是 用 戶 。", "「 好 嗎 ？ 」", "他 問 。"],
    ],
)
def test_sentences_end_at_any_full_stop(sentences: list[str]) -> None:
    text = "".join(sentences)
    assert [text[start:end] for start, end in split_sentences(text)] == sentences


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("運 費 一 百 二 十 元 。", "一 百 二 十 元"),
        ("運\u200b費⼀百\u00ad⼆⼗元。", "⼀百\u00ad⼆⼗元"),
        ("運費１２０元。", "１２０元"),
    ],
)
def test_the_answer_is_marked_in_its_own_characters(statement: str, expected: str) -> None:
    span = likely_span(statement, Asked(search_form("運費多少錢？")))
    assert span is not None and statement[slice(*span)] == expected


def test_justified_text_of_a_pdf_is_read_without_the_blanks_that_space_it(tmp_path: Path) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    held = io.BytesIO()
    canvas = Canvas(held, invariant=True)
    canvas.setFont("STSong-Light", 12)
    for line, text in enumerate(("運營的核心，是留住用戶。", "退貨要在七天內提出。")):
        canvas.drawString(72, 700 - 40 * line, " ".join(text))
    canvas.save()
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "手冊.pdf").write_bytes(held.getvalue())
    yinju.build_index(tmp_path / "corpus", tmp_path / "index")
    with yinju.open_library(tmp_path / "index", settings=Settings(refuse_below=0.0)) as opened:
        statement, citation = (answer := opened.ask("运营的核心是什么？")).statements[0], answer.citations[0]
    assert citation.quote == "運營的核心，是留住用戶。"
    assert statement.disagreement is None
