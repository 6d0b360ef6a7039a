"""Markdown: the text untouched, the headings found."""

from yinju.reading import read_document
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
    assert [(heading.level, heading.text) for heading in extract.headings] == [
        (1, "請假規定 v2"),
        (2, "天數"),
        (3, "細則"),
    ]
    assert extract.title == "請假規定 v2"
    assert [TEXT[heading.start : heading.end] for heading in extract.headings] == [
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
