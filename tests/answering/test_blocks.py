"""A question about one article, record, row or version is answered with that alone. Documents are made here."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from yinju.library import Library, build_index, open_library

RULES = """# 社團器材借用要點

## 第一章 借用

第一條 社員得借用器材，每次以七日為限。

第二條 借用前須繳交押金五百元。

第三條 有下列情形之一者，不得借用：

（一）逾期未還兩次以上；

（二）損壞器材未賠償；

（三）非本社社員。

第四條 違反第三條規定者，停權一學期。

## 第二章 附則

第五條 本要點自2024年9月1日起施行。
"""
LENDING = "# 圖書借閱辦法\n\n第一條 每人可借十本書。\n\n第二條 借期三十天。\n\n第三條 逾期每日罰兩元。\n"
PARTS = """零件编号: QX-17
名称: 皮带轮
材质: 铸铁
更换周期: 两年
更换方法: 松开张紧器后取下

零件编号: QX-71
名称: 皮带
材质: 橡胶
更换周期: 一年
更换方法: 先放松再拉出

零件编号: QY-17
名称: 轴承座
材质: 铸钢
更换周期: 五年
更换方法: 用拉拔器取出
"""
ROOMS = "房型,床數,房價,早餐\n松居,一張,2800,含\n竹居,兩張,3400,含\n梅居,兩張,3900,不含\n"
MANUAL = "# 咖啡机说明书 V{0}\n\n发布日期：{1}年3月1日\n\n## 清洁\n\n除垢每{2}个月一次。\n"
DOCUMENTS = {
    "rules": {"要點.md": RULES},
    "two rules": {"要點.md": RULES, "借閱.md": LENDING},
    "parts": {"零件.txt": PARTS},
    "rooms": {"房型.csv": ROOMS},
    "versions": {f"说明书V{n}.md": MANUAL.format(n, year, months) for n, year, months in
                 (("1.0", 2021, "三"), ("1.2", 2022, "四"), ("2.0", 2024, "六"))},
}  # fmt: skip

Open = Callable[[str], Library]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    """Opens the library of some documents, each once."""
    kept: dict[str, Library] = {}

    def open_one(name: str) -> Library:
        if name not in kept:
            folder = tmp_path_factory.mktemp("blocks")
            (folder / "corpus").mkdir()
            for file, text in DOCUMENTS[name].items():
                (folder / "corpus" / file).write_text(text, "utf-8")
            build_index(folder / "corpus", folder / "index")
            kept[name] = open_library(folder / "index")
        return kept[name]

    yield open_one
    for library in kept.values():
        library.close()


ARTICLE = [
    "第三條 有下列情形之一者，不得借用：", "（一）逾期未還兩次以上；", "（二）損壞器材未賠償；", "（三）非本社社員。",
]  # fmt: skip


@pytest.mark.parametrize(
    ("documents", "question", "said"),
    [
        ("rules", "第三條規定了什麼？", ARTICLE),
        ("rules", "第 3 條", ARTICLE),
        ("rules", "器材借用要點第3條的內容", ARTICLE),
        ("rules", "什麼時候施行", ["第五條 本要點自2024年9月1日起施行。"]),
        ("two rules", "圖書借閱辦法第三條", ["第三條 逾期每日罰兩元。"]),
        ("two rules", "《社團器材借用要點》第二條怎麼說", ["第二條 借用前須繳交押金五百元。"]),
        ("parts", "QX-71的材质是什么", ["QX-71｜名称：皮带｜材质：橡胶"]),
        ("parts", "qx17怎么更换", ["QX-17｜更换方法：松开张紧器后取下"]),
        ("parts", "QY17 多久更换一次", ["QY-17｜更换周期：五年"]),
        ("rooms", "竹居一晚多少錢", ["竹居｜房價：3400"]),
        ("versions", "V1.2版多久除垢一次", ["除垢每四个月一次。"]),
        ("versions", "最新版多久除垢", ["除垢每六个月一次。"]),
        ("versions", "1.0版的说明书，除垢周期是几个月", ["除垢每三个月一次。"]),
    ],
)
def test_one_block_is_the_whole_answer(opened: Open, documents: str, question: str, said: list[str]) -> None:
    answer = opened(documents).ask(question)
    assert [statement.text for statement in answer.statements] == said


@pytest.mark.parametrize(
    ("documents", "question"),
    [
        ("rules", "第九條規定了什麼"),
        ("two rules", "圖書借閱辦法第五條"),  # which only the other one has
        ("two rules", "停車管理辦法第一條"),
        ("parts", "QX-18的材质是什么"),
        ("parts", "零件编号QZ-17怎么更换"),
        ("versions", "V3.0版多久除垢一次"),
    ],
)
def test_what_has_another_number_does_not_answer(opened: Open, documents: str, question: str) -> None:
    assert opened(documents).ask(question).refused


@pytest.mark.parametrize(
    ("documents", "question", "words"),
    [
        ("rules", "违反第三条会怎么样", "停權一學期"),
        ("parts", "哪個零件是橡膠做的", "QX-71"),
        ("rooms", "早餐不含的是哪一間", "梅居"),
    ],
)
def test_what_speaks_of_it_is_found_where_more_is_asked(
    opened: Open, documents: str, question: str, words: str
) -> None:
    assert words in opened(documents).search(question, 1)[0].passage.text


def test_an_article_longer_than_a_passage_is_given_whole(tmp_path: Path) -> None:
    points = [
        f"（{n}）第{n}種情形，應於期限內向管理單位提出書面說明，並檢附相關文件供查驗；" for n in "一二三四五六七八九十"
    ]
    points += [f"（十{n}）第十{n}種情形，得由管理單位視情況延長期限，但以三十日為限；" for n in "一二三四五六七八九"]
    text = "\n".join(
        ["# 場地要點", "第一條 開放時間為每日上午九時。", "第二條 下列情形應提出說明：", *points, "第三條 免費。"]
    )
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "要點.md").write_text(text, "utf-8")
    build_index(tmp_path / "corpus", tmp_path / "index")
    with open_library(tmp_path / "index") as library:
        answer = library.ask("第二條的內容是什麼")
        assert [statement.text for statement in answer.statements] == ["第二條 下列情形應提出說明：", *points]
        assert len({citation.passage for citation in answer.citations}) > 1
