"""Lines that were only wrapped are joined, all others stay."""

import random
import textwrap
import time
import tracemalloc
from collections.abc import Iterator

import pytest

from made_files import sentences
from yinju.reading import read_document
from yinju.reading.markdown import extract_markdown
from yinju.reading.wrapping import join_wrapped_lines

NO_START = "，、。！？；：…）」』】》〉"


def wrapped(paragraph: str, columns: int) -> Iterator[str]:
    """The lines of a paragraph as a program of East Asia breaks them; none begins with a comma."""
    line, width = "", 0
    for character in paragraph:
        wide = 1 if character.isascii() else 2
        if width + wide > columns and character not in NO_START:
            yield line
            line, width = "", 0
        line += character
        width += wide
    yield line


def paragraphs(seed: int, count: int = 12) -> list[str]:
    """Paragraphs of one to five sentences of the sample corpus that hold no list."""
    pool = [
        one.strip()
        for one in sentences()
        if "\n" not in one.strip() and one.strip()[-1] in "。！？" and one[0] > "\u4e00"
    ]
    drawn = random.Random(seed)
    drawn.shuffle(pool)
    made = ["".join(pool.pop() for _ in range(drawn.randint(1, 5))) for _ in range(count)]
    return [one for one in made if one[:3].count("、") == 0]


LAYOUTS = {"blank lines": ("\n\n", ""), "indents": ("\n", "　　"), "both": ("\n\n", "    "), "none": ("\n", "")}


@pytest.mark.parametrize("columns", [38, 60, 76])
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("seed", range(4))
def test_wrapped_paragraphs_are_one_line_each(layout: str, columns: int, seed: int) -> None:
    between, indent = LAYOUTS[layout]
    whole = [indent + one for one in paragraphs(seed)]
    broken = between.join("\n".join(wrapped(one, columns)) for one in whole)
    joined = [line for line in join_wrapped_lines(broken).split("\n") if line]
    amid = [line for line in joined if line[-1] not in "。！？；："]
    assert len(amid) <= 0.04 * broken.count("\n"), amid
    assert "".join(joined) == "".join(whole)
    if layout != "none":
        assert all(any(line in one for one in whole) for line in joined)


def test_words_of_letters_are_joined_by_a_space() -> None:
    whole = (
        "The quick brown fox jumps over the lazy dog and then it runs away from all of the other animals in the wood. "
        "Nobody has seen it since, although a few people claim that they have met it on the way to the next well-known "
        "village, where it is said to live in peace."
    )
    assert join_wrapped_lines("\n".join(textwrap.wrap(whole, 60))) == whole


def test_items_go_on_below_their_first_word() -> None:
    text = (
        "申請補助應備下列文件，並於期限之前以書面送交本會秘\n書處辦理，逾期者不予受理，亦不退還所附文件：\n\n"
        "1. 申請書一式三份，應由申請人親自簽名，並且加蓋機\n   關印信，影本無效。\n"
        "2. 計畫書，內容應包括緣起、目的、方法、預期成果經\n   費概算。\n"
    )
    assert join_wrapped_lines(text).split("\n") == [
        "申請補助應備下列文件，並於期限之前以書面送交本會秘書處辦理，逾期者不予受理，亦不退還所附文件：",
        "",
        "1. 申請書一式三份，應由申請人親自簽名，並且加蓋機關印信，影本無效。",
        "2. 計畫書，內容應包括緣起、目的、方法、預期成果經費概算。",
        "",
    ]


UNWRAPPED = {
    "poem": "朝辭白帝彩雲間，千里江陵一日還。\n兩岸猿聲啼不住，輕舟已過萬重山。\n" * 4,
    "verses": "朝辭白帝彩雲間千里江陵一日還兩岸猿聲\n輕舟已過萬重山孤帆遠影碧空盡唯見長江\n" * 4,
    "lyrics": "我曾經走過那條長長的路\n看見你在風裡等待著誰\n那時候的天空還是藍色的一片\n沒有人知道後來會怎麼樣\n" * 3,
    "addresses": "台北市中正區重慶南路一段一百二十二號\n新北市板橋區中山路一段一百六十一號二十五樓\n"
    "台中市西屯區台灣大道三段九十九號\n高雄市苓雅區四維三路二號\n桃園市桃園區縣府路一號三樓\n",
    "dialogue": "張經理：這份合約的付款條件還要再談一談嗎\n李律師：對方希望把訂金改成百分之三十以內\n" * 4,
    "code": "def read(path):\n    with open(path) as file:\n        pass\n\nfor one in read(path):\n    print(one)\n"
    * 3,
    "log": "2024-03-01 12:00:01 INFO 服務已經啟動，等待連線中\n2024-03-01 12:00:02 WARN 連線逾時，將於五秒後重試\n" * 5,
    "csv": "編號,名稱,數量,單價,備註\n1001,投影機用燈泡組,12,3500,含安裝\n1002,會議室用白板筆,144,18,黑色的\n" * 4,
    "table": "編號    名稱            數量    單價\n1001    投影機用燈泡    12      3500\n1002    白板筆          18\n"
    * 4,
    "articles": "第一條 本辦法依公司章程第二十三條規定訂定之\n第二條 本辦法所稱員工係指編制內全職人員及約聘\n" * 4,
    "values": "公司名稱：大同世界科技股份有限公司台北總部\n統一編號：一二三四五六七八九零一二三四五六\n" * 4,
    "sentences": "琴房每天早上八點開門，晚上十點準時熄燈。\n借用鼓組的同學，要在前一天中午前先登記。\n" * 6,
    "names": "國立臺灣大學醫學院附設醫院新竹台大分院\n國立成功大學醫學院附設醫院斗六分院門診\n" * 6,
}  # fmt: skip


@pytest.mark.parametrize("kind", UNWRAPPED)
def test_lines_that_were_not_wrapped_stay(kind: str) -> None:
    assert join_wrapped_lines(UNWRAPPED[kind]) == UNWRAPPED[kind]


def test_texts_in_lines_of_their_own_stay() -> None:
    """Each paragraph in one line, as most programs write them."""
    for seed in range(20):
        text = "\n".join(paragraphs(seed))
        assert join_wrapped_lines(text) == text


def test_a_mail_that_flows_is_joined() -> None:
    head = "From: a@b.c\nTo: c@d.e\nSubject: x\nContent-Type: text/plain; charset=utf-8; format=flowed"
    body = "各位同仁： \n午休改為十二時。\n the lazy \ndog\n> 引 \n> 文\n-- \n人事"
    text = read_document(f"{head}\n\n{body}".encode(), "a.eml").text
    assert text.split("\n")[3:] == ["各位同仁：午休改為十二時。", "the lazy dog", "> 引 ", "> 文", "-- ", "人事"]
    text = read_document(f"{head}; delsp=yes\n\n甲 \n乙 \nab \ncd".encode(), "a.eml").text
    assert text.endswith("甲乙abcd")


def test_soft_breaks_of_markdown_are_joined_and_others_stay() -> None:
    words = "琴房平日早上八點開門，晚上十點熄燈，寒暑假\n只開到六點。鼓組與擴大機須先登記，借出由值\n班同學點交。"
    text = f"# 題\n\n{words}\n\n```\n{words}\n```\n\n{words}\n\n- 項\n  {words[:21]}  \n  乙\n"
    joined = words.replace("\n", "")
    assert (
        extract_markdown(text).text
        == f"# 題\n\n{joined}\n\n```\n{words}\n```\n\n{joined}\n\n- 項\n  {words[:21]}  \n  乙\n"
    )


@pytest.mark.parametrize("million", [100_000, pytest.param(1_000_000, marks=pytest.mark.full)])
@pytest.mark.parametrize(
    ("line", "times"), [("字\n", 5), ("字", 16), (f"{'字，' * 10}\n", 1 / 5), (f"{'字' * 20}\n", 1 / 5)]
)
def test_no_text_takes_much(line: str, times: float, million: int) -> None:
    text = line * int(times * million)
    tracemalloc.start()
    started = time.process_time()
    join_wrapped_lines(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 300 * million
    assert time.process_time() - started < million / 50_000 + 5
