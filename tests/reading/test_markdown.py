"""Markdown: the text untouched, the headings found."""

import random

import pytest
from markdown_it import MarkdownIt

from yinju.reading import read_document
from yinju.reading.extract import headings_of
from yinju.reading.markdown import extract_markdown

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
        found = [text.count("\n", 0, heading.start) for heading in headings_of(extract_markdown(text).blocks)]
        assert found == [token.map[0] for token in opened if token.map], text
