"""Questions that outlines make: a heading is asked only in the form that the text below it answers."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from yinju.reading import read_file
from yinju.suggestions.cells import cell_questions
from yinju.suggestions.examples import is_clear
from yinju.suggestions.headings import outline_questions
from yinju.types import Document


def read(folder: Path, text: str, name: str = "甲.md") -> Document:
    (folder / name).write_text(text, "utf-8")
    return read_file(folder / name, name)


def outlined(folder: Path, heading: str, below: str) -> list[tuple[str, int]]:
    """The questions of a document with a heading of its own and text below it, with their ranks."""
    document = read(folder, f"# 店裡的事\n\n開場白。\n\n## {heading}\n\n{below}\n\n## 別的\n\n別的事情。\n")
    return [(one.question, one.rank) for one in outline_questions(document, document.blocks)]


LIST = "- 早上開門。\n- 晚上關門。\n- 中午休息。"
STEPS = "1. 先洗手。\n2. 打開爐子。\n3. 把水倒進鍋裡。"
ARTICLES = "第一條 員工八點上班。\n\n第二條 員工五點下班。\n\n第三條 員工週日休息。"


@pytest.mark.parametrize(
    ("heading", "below", "question", "rank"),
    [
        ("問：什麼時候開門？", "早上八點。", "什麼時候開門？", 0),
        ("一、怎樣存放", "放在櫃子裡。", "怎樣存放？", 1),
        ("同樣是茶，為什麼價錢不同", "因為產地不同。", "同樣是茶，為什麼價錢不同？", 1),
        ("訂金", "訂金是先付的一部分錢，占兩成。", "訂金是什麼？", 2),
        ("訂金：先付的錢", "「訂金」指先付的一部分錢，占兩成。", "訂金是什麼？", 2),
        ("降低成本的三個做法", LIST, "降低成本有哪三個做法？", 2),
        ("三種常見的訂價方法", LIST, "常見的訂價方法有哪三種？", 2),
        ("折扣的規矩", LIST, "折扣的規矩有哪些？", 2),
        ("五、退會步驟", "填好單子，交給櫃檯。", "退會步驟是什麼？", 2),
        ("年度預算", "全年預算是九十六萬元，一半給廣告。", "年度預算是多少？", 2),
        ("第一次使用", STEPS, "第一次使用怎麼做？", 2),
        ("第二章 工作時間", ARTICLES, "工作時間有哪些規定？", 2),
    ],
)
def test_a_heading_is_asked_as_the_text_below_answers(
    tmp_path: Path, heading: str, below: str, question: str, rank: int
) -> None:
    assert outlined(tmp_path, heading, below) == [(question, rank)]


@pytest.mark.parametrize(
    ("heading", "below"),
    [
        ("3. 引流：人從哪裡來", "從店裡來。"),
        ("引流：人從哪裡來？", "從店裡來。"),
        ("推得準也會惹人煩", "手機忽然跳出一則廣告，正好是你在找的。"),
        ("能不能看到，差別最大", "看得到的人多，轉發的人就多。"),
        ("訂金", "客人先付兩成，取貨時付清。"),
        ("訂金", "訂金不是押金，客人常常弄錯。"),
        ("折扣的規矩", "打折要店長同意，平常不打折。"),
        ("折扣的規矩", "\n".join(f"- 第 {n} 個規矩。" for n in range(20))),
        ("第一章 總則", ARTICLES),
        ("店裡的貓", STEPS.replace("1. ", "- ").replace("2. ", "- ").replace("3. ", "- ")),
        ("年度預算", "預算由店長編列，每年檢討一次。"),
    ],
)
def test_other_headings_are_not_asked(tmp_path: Path, heading: str, below: str) -> None:
    assert outlined(tmp_path, heading, below) == []


@pytest.mark.parametrize(
    ("heading", "below", "least"),
    [
        ("怎樣存放", "放在櫃子裡。", 1), ("降低成本的三個做法", LIST, 3), ("第一次使用", STEPS, 3),
        ("第二章 工作時間", ARTICLES, 3),
        ("店裡的三項服務", "### 泡茶\n\n一。\n\n### 送貨\n\n二。\n\n### 包裝\n\n三。", 3),
    ],
)  # fmt: skip
def test_what_is_listed_below_a_heading_has_to_be_said_whole(
    tmp_path: Path, heading: str, below: str, least: int
) -> None:
    document = read(tmp_path, f"# 店裡的事\n\n開場白。\n\n## {heading}\n\n{below}\n\n## 別的\n\n別的事情。\n")
    (asked,) = outline_questions(document, document.blocks)
    assert asked.listed == least
    assert document.text[: asked.end].rstrip().endswith(below.rstrip("。").splitlines()[-1][-3:] + "。")


def test_neither_the_title_nor_what_stands_twice_is_asked(tmp_path: Path) -> None:
    text = "# 怎麼開店\n\n開場白。\n\n## 待辦事項\n\n- 一。\n- 二。\n\n## 待辦事項\n\n- 三。\n- 四。\n"
    document = read(tmp_path, text)
    assert list(outline_questions(document, document.blocks)) == []


@pytest.mark.parametrize(
    ("lead", "question"),
    [
        ("第四條 借閱證分為下列四種：", "借閱證分為哪四種？"), ("判斷標準有三條：", "判斷標準有哪三條？"),
        ("這裡很吵，群裡有四條規矩：", "群裡有哪四條規矩？"), ("退貨原因大致有三種：", "退貨原因有哪三種？"),
        ("群裡有幾條規矩：", ""), ("規矩如下：", ""),
    ],
)  # fmt: skip
def test_what_introduces_a_list_asks_for_it(tmp_path: Path, lead: str, question: str) -> None:
    document = read(tmp_path, f"規則\n\n{lead}\n一、甲。\n二、乙。\n三、丙。\n", "甲.txt")
    found = [one for one in outline_questions(document, document.blocks) if one.rank == 2]
    assert [one.question for one in found] == ([question] if question else [])
    for one in found:
        assert document.text[one.start : one.end].endswith("丙。")


def celled(folder: Path, heads: str, *rows: str) -> list[str]:
    """The questions of a document with one table."""
    lines = [heads, "|".join(["---"] * (heads.count("|") + 1)), *rows]
    table = "".join(f"| {line.replace('|', ' | ')} |\n" for line in lines).replace("| --- |", "|---|")
    document = read(folder, f"# 表\n\n{table}")
    found = list(cell_questions(document, document.blocks))
    assert all(one.rank == 3 for one in found)
    return [one.question for one in found]


@pytest.mark.parametrize(
    ("heads", "rows", "questions"),
    [
        ("品名|價錢", ["紅茶|五元", "綠茶|六元"], ["紅茶多少錢？"]),
        ("分店|店長|電話", ["河堤館|閻筱蓉|04-55501207", "車站館|祝敬堯|04-55501318"],
         ["河堤館的店長是誰？", "車站館的電話是多少？"]),
        ("資產編號|保管人", ["YZ-101|湛一鳴", "YZ-102|戚敏"], ["YZ-101 的保管人是誰？"]),
        ("錯誤碼|意思", ["E1|風機不轉", "E2|沒有裝好"], ["錯誤碼 E1 是什麼意思？"]),
        ("等級|月費|入會費", ["單館會員|999 元|無", "通館會員|1,299 元|500 元"],
         ["單館會員的月費是多少？", "通館會員的入會費是多少？"]),
        ("星期|欄目|負責人", ["一|茶農的一天|編輯", "三|泡茶小技巧|店長"], ["「茶農的一天」的負責人是誰？"]),
        ("事項|期限", ["商品拍照|3 月 13 日", "試吃會|1 個月"], ["商品拍照的期限是什麼時候？"]),
        ("項目|期限", ["置物櫃|1 個月", "毛巾|當次"], []),
        ("活動|地點|時間", ["報到|河濱廣場|8:00", "開幕|大禮堂|9:00"], ["報到是什麼時候？", "開幕的地點在哪裡？"]),
        ("品項|金額", ["便當 180 份|9,000 元", "報到、領背心|200 元"], []),
        ("項目|微信|微博", ["人數上限|五百人|兩千人", "語言|中文|中文"], ["微信和微博的人數上限有什麼不同？"]),
        ("項目|甲一|甲二|甲三", ["額定功率|28 W|42 W|47 W", "顏色|黑|白|紅"], ["甲一的額定功率是多少？"]),
        ("級別|預算上限", ["小型|800 元", "大型|900 元"], []),
        ("品名|價錢", ["紅茶|五元", "紅茶|六元"], []),
        ("品名|說明", ["紅茶|很香", "綠茶|很淡"], []),
        ("現象|解決辦法", ["按了沒反應|解鎖後再試", "很吵|換濾網"], ["按了沒反應怎麼處理？"]),
    ],
)  # fmt: skip
def test_a_table_is_asked_about_cells_that_people_ask_about(
    tmp_path: Path, heads: str, rows: Iterable[str], questions: list[str]
) -> None:
    assert celled(tmp_path, heads, *rows) == questions


def test_a_record_is_asked_about_like_a_row(tmp_path: Path) -> None:
    records = "".join(f"單位：{unit}\n電話：{number}\n承辦人：{who}\n\n" for unit, number, who in (
        ("流通櫃檯", "06-788-2146", "粘淑惠"), ("視聽室", "06-788-2147", "酆志豪"), ("推廣組", "06-788-2148", "戚敏")
    ))  # fmt: skip
    document = read(tmp_path, f"聯絡窗口\n\n{records}", "甲.txt")
    found = [one.question for one in cell_questions(document, document.blocks)]
    assert found == ["流通櫃檯的承辦人是誰？", "視聽室的電話是多少？"]


@pytest.mark.parametrize(
    ("question", "clear"),
    [
        ("轉換率怎麼算？", True), ("怎麼算？", False), ("出過什麼問題？", False), ("選擇步驟是什麼？", False),
        ("內容怎麼分配？", False), ("看哪些數？", False), ("為什麼要改考核？", True), ("請假流程是什麼？", True),
        ("D250901 多少錢？", False), ("他們怎麼定價？", False), ("兩者有沒有相同的地方？", False),
        ("本章說了什麼？", False), ("以下步驟是什麼？", False), ("長" * 30 + "？", False),
    ],
)  # fmt: skip
def test_a_question_is_clear_by_itself(question: str, clear: bool) -> None:
    assert is_clear(question) == clear
