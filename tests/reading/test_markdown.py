"""Markdown: words without the markup of links and images, headings and code found."""

import random
import time
from collections.abc import Callable

import pytest
from markdown_it import MarkdownIt

from yinju.reading import read_document
from yinju.reading.extract import count_characters, headings_of
from yinju.reading.markdown import extract_markdown
from yinju.types import BlockKind

TEXT = """# 請假**規定** `v2`

說明文字。

```python
# 不是標題
```

> # 引文裡的不算

天數
----
七天。
### 細則 ###
三天前申請。
"""


def test_headings_are_found_and_the_text_is_kept() -> None:
    extract = extract_markdown(TEXT)
    assert extract.text == TEXT
    assert [(heading.level, heading.name) for heading in headings_of(extract.blocks)] == [
        (1, "請假規定 v2"),
        (2, "天數"),
        (3, "細則"),
    ]
    assert extract.title == "請假規定 v2"
    assert [TEXT[heading.start : heading.end] for heading in headings_of(extract.blocks)] == [
        "# 請假**規定** `v2`\n",
        "天數\n----\n",
        "### 細則 ###\n",
    ]


def test_sections_leave_heading_lines_out() -> None:
    document = read_document(TEXT.encode(), "a.md")
    assert document.sections[1].headings == ("請假規定 v2", "天數")
    assert document.text[document.sections[1].start : document.sections[1].end] == "七天。\n"


def test_front_matter_gives_the_title_and_no_section() -> None:
    text = '---\ntitle: "手冊"\nlang: zh\n---\n前言。\n# 甲\n內容。'
    document = read_document(text.encode(), "a.md")
    assert document.title == "手冊"
    assert [section.headings for section in document.sections] == [(), ("甲",)]
    assert document.text[document.sections[0].start : document.sections[0].end] == "前言。\n"


def test_without_a_title_the_file_name_serves() -> None:
    assert read_document("內容。\n\n## 小節\n文".encode(), "目錄/筆記.md").title == "筆記"


NOTES = """# 標題

甲句[^1]。乙句 [^b]。
同段`[^1]`。

```
[^1]
```

| 甲 | 乙 |
|---|---|
| 一[^1] | 二[^9] |

[^1]: 註文
續行
[^b]: 另註。

    第二段。
[^8]: 沒人用
"""


def test_a_note_stands_below_the_paragraph_that_refers_to_it() -> None:
    extract = extract_markdown(NOTES)
    assert [line for line in extract.text.split("\n") if line] == [
        "# 標題",
        "甲句。乙句。",
        "同段`[^1]`。",
        "[註1] 註文 續行",
        "[註2] 另註。 第二段。",
        "```",
        "[^1]",
        "```",
        "| 甲 | 乙 |",
        "|---|---|",
        "| 一 | 二[^9] |",
        "[^8]: 沒人用",
    ]
    assert extract.dropped == len("[^1][^b][^1][^1]:[^b]:")


def test_marks_without_notes_stay() -> None:
    for text in ("甲[^1]。", "甲[^1]。\n\n[^2]: 乙\n", "```\n[^1]: 甲\n```\n乙[^1]"):
        assert extract_markdown(text).text == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("```\n# 甲\n\n# 乙\n\n```\n\n# 丙", ["丙"]),
        ("~~~\n\n```\n\n# 甲\n\n```", []),
        ("<!-- 註\n\n# 甲\n\n-->\n\n# 乙", ["乙"]),
        ("<div>\n# 甲\n</div>\n\n# 乙", ["乙"]),
        ("- 項\n\n  # 甲\n\n# 乙", ["乙"]),
        ("- 項\n\n  ```\n  文\n\n# 甲", ["甲"]),
        ("甲\n===\n\n---\n\n乙\n---\n", ["甲", "乙"]),
        ("- 項\n---\n\n> 引\n---\n", []),
        ("#無空格\n\n####### 七\n\n#\n\n\\# 逃\n\n   # 甲 #\n    # 四", ["甲"]),
        ("# 甲 #乙 ##  \n## ![圖](a.png) [連](b) &amp; `碼`\n", ["甲 #乙", "圖 連 & 碼"]),
        ("甲\n# 乙", ["乙"]),
    ],
)
def test_only_what_markdown_takes_for_a_heading_is_one(text: str, words: list[str]) -> None:
    assert [heading.name for heading in headings_of(extract_markdown(text).blocks)] == words


def test_headings_are_those_of_the_whole_text_at_once() -> None:
    """A text is read in parts; a parser of the whole finds the same headings in the same lines."""
    lines = ["# 甲", "文", "", "", "- 項", "  # 乙", "```", "~~~", "  ```", "<!--", "-->", "<div>", "==", "---", "> 引"]
    whole = MarkdownIt("commonmark")
    for seed in range(300):
        text = "文\n" + "\n".join(random.Random(seed).choices(lines, k=12))
        opened = [token for token in whole.parse(text) if token.type == "heading_open" and token.level == 0]
        read = extract_markdown(text)
        found = [read.text.count("\n", 0, heading.start) for heading in headings_of(read.blocks)]
        assert found == [token.map[0] for token in opened if token.map], text


SHOWN = [
    ("見 [手冊](a.md \"題\") 與 [ [二] ](<b c.md>)。", "見 手冊 與  [二] 。"),
    ("![流程圖：先申請](a.png)再![图片](./img/x.png)核准", "流程圖：先申請再核准"),
    ("![image-20230801](x)![IMG_2031.JPG](y)![](z)甲", "甲"),
    ("[![Build](https://x/b.svg)](https://x) [甲](u_(v))", "Build 甲"),
    ("見 [手冊\n  二](a) [甲\n\n乙](u)", "見 手冊\n  二 [甲\n\n乙](u)"),
    ("`[甲](u)` ``![a](b)`` \\[乙](u)", "`[甲](u)` ``![a](b)`` \\[乙](u)"),
    ("[注](見 下文) [ ] 做 [x] 完 [^9]", "[注](見 下文) [ ] 做 [x] 完 [^9]"),
    ("<https://a.b/c> <mailto:a@b.cn> <a@b.cn> <T> <名字> a<b>c", "https://a.b/c a@b.cn a@b.cn <T> <名字> ac"),
    ("甲<br/>乙<!-- 註 -->丙 `<br>`", "甲\n乙丙 `<br>`"),
    ("| 甲<br>乙 | 丙 |", "| 甲 乙 | 丙 |"),
    ("<details><summary>問</summary>\n\n答 <img src=a alt='有表'> <img src=b>\n\n</details>", "問\n\n答 有表 \n\n"),
    ("見[手冊][m]、[條款][]、[M]、[無][n]。\n\n"
     "[m]: https://a.b '題'\n[條款]: ./c.md\n[張三]: 你好",
     "見手冊、條款、M、[無][n]。\n\n[張三]: 你好"),
    ("<table><tr><td>甲</td>\n<td class=x>乙</td></tr></table>", "甲｜乙"),
    ("- ![图片](a.png)\n- 乙\n1. <img src=x>\n", "- 乙\n"),
    ("```\n![图片](a.png) [a](b) <br>\n```\n[a](b)", "```\n![图片](a.png) [a](b) <br>\n```\na"),
    ("甲\n\n    [a](b)\n\n[a](b)", "甲\n\n    [a](b)\n\na"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "shown"), SHOWN)
def test_people_read_words_and_no_markup(text: str, shown: str) -> None:
    extract = extract_markdown(text)
    assert extract.text == shown
    assert extract.dropped == count_characters(text) - count_characters(shown)


def test_headings_and_code_stand_where_they_are_in_what_is_read() -> None:
    text = "---\ntitle: [甲](u)\n---\n![图片](a.png)\n\n# [題](u) 一\n\n"
    text += "甲 [a](b)\n\n```py\nx = [1](2)\n```\n\n## 二 <br>\n"
    extract = extract_markdown(text)
    assert [(block.kind, extract.text[block.start : block.end].strip(), block.name) for block in extract.blocks] == [
        ("heading", "# 題 一", "題 一"),
        ("code", "```py\nx = [1](2)\n```", ""),
        ("heading", "## 二", "二"),
    ]
    assert extract.text.startswith("---\ntitle: [甲](u)\n---\n\n# 題 一")


CODE = [
    ("~~~\na\n\n~~~~\n乙", ["~~~\na\n\n~~~~"]),
    ("- 項\n  ```\n  a\n  ```\n乙", ["  ```\n  a\n  ```"]),
    ("- 項\n\n  ```\n  a\n\n乙\n```\nb\n```", ["  ```\n  a\n", "```\nb\n```"]),
    ("> ```\n> a\n> ```\n\n``` a`b ```\n乙", ["> ```\n> a\n> ```"]),
    ("甲\n\n    a = 1\n\n\tb = 2\n\n乙", ["    a = 1\n\n\tb = 2"]),
    ("- 項\n\n    續\n\n甲\n    續\n\n    　這是一個縮排的段落。", []),
    ("```\na", ["```\na"]),
]


@pytest.mark.parametrize(("text", "code"), CODE)
def test_code_is_told_from_words(text: str, code: list[str]) -> None:
    extract = extract_markdown(text)
    found = [extract.text[block.start : block.end] for block in extract.blocks if block.kind is BlockKind.CODE]
    assert found == code


HOSTILE: list[Callable[[int], str]] = [
    lambda n: "[" * 2 * n,
    lambda n: "[a](" * n,
    lambda n: "![" * n + "](" * n,
    lambda n: "[a[b" * n,
    lambda n: "<a " * 2 * n,
    lambda n: "<!--" * 2 * n,
    lambda n: "--> <!-- `" * n,
    lambda n: "`" * (n + 1) + "[a](b)",
    lambda n: "](" + "`a" * (2 * n + 1),
    lambda n: "- " + "![a](b) " * n + "x",
    lambda n: "[a](b)\n  ```\n" * (n // 3),
    lambda n: "[a](b)\n\n    x\n\n" * (n // 3),
    lambda n: "[a](b)" + "\n" * 3 * n + "    x",
    lambda n: "</td>" + " " * 3 * n,
    lambda n: "[a]: " + "x." * 2 * n + "\n[a]: x.y z\n" * (n // 5),
    lambda n: "a@" * 2 * n + "<" + "a." * 2 * n,
]


@pytest.mark.parametrize("size", [20_000, pytest.param(100_000, marks=pytest.mark.full)])
@pytest.mark.parametrize("made", HOSTILE, ids=range(len(HOSTILE)))
def test_no_markup_takes_long(made: Callable[[int], str], size: int) -> None:
    text = made(size)
    started = time.process_time()
    extract_markdown(text)
    assert time.process_time() - started < size / 4_000
