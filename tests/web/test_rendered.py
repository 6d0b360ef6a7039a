"""A document as its blocks show it: tables, lists, code and Markdown's emphasis, what is cited marked in every part."""

import html
import re

import pytest

from yinju.reading import read_document
from yinju.types import Citation
from yinju.web.source.panel import Offer, place_html
from yinju.web.source.place import Place, Wanted

TEXT = """# 茶的*價格*

前言有 **重點**、`a*b` 與 [連結](https://elsewhere.example/x)，\\*不斜\\*，snake_case_name。

> 引文 **一**
> 引文二

## 表 ##

| 品名 | 價格 |
|---|---:|
| 烏龍 | **500** |
| 紅茶 | 300 |

- 一點
  - 小點
- 兩點

1. 甲
2. 乙

小標
----

```py
print("1 < 2")
```

---

尾。
"""


def shown(text: str, *cited: str, name: str = "甲.md", view: str = "whole", body: bool = True) -> str:
    """What the panel shows where the first of some words are cited, and the others too."""
    document = read_document(text.encode(), name)
    spans = [(document.text.index(words), document.text.index(words) + len(words)) for words in cited or ("尾。",)]
    others = tuple(Citation(n, name, "", "", None, *span, "", "") for n, span in enumerate(spans[1:], start=2))
    made = place_html(Place(document, spans[0], others=others, wanted=Wanted(turn=1)), view, Offer(), "zh-Hant")
    return html.unescape(made.partition("</header>")[2] if body else made)


def marked(made: str) -> list[str]:
    """The text in each mark."""
    return [re.sub("<[^>]*>", "", one) for one in re.findall("<mark.*?>(.*?)</mark>", made, re.S)]


@pytest.mark.parametrize(
    "expected",
    [
        '<h3 class="heading">茶的<em>價格</em></h3>',
        "前言有 <strong>重點</strong>、<code>a*b</code> 與 連結，*不斜*，snake_case_name。</p>",
        "<blockquote><p>引文 <strong>一</strong></p><p>引文二</p></blockquote>",
        '<h4 class="heading">表</h4>',
        '<thead><tr><th scope="col">品名</th><th scope="col">價格</th></tr></thead>',
        "<tr><td>烏龍</td><td><strong>500</strong></td></tr><tr><td>紅茶</td><td>300</td></tr>",
        '<ul><li class="dotted">一點</li><li class="dotted" style="--level:1">小點</li><li class="dotted">兩點</li>',
        "<ul><li>1. 甲</li><li>2. 乙</li></ul>",
        '<h4 class="heading">小標</h4><pre>print("1 < 2")</pre><hr>',
    ],
)
def test_markdown_is_shown_as_what_it_says(expected: str) -> None:
    made = shown(TEXT)
    assert expected in made
    assert "elsewhere.example" not in made


@pytest.mark.parametrize(
    ("cited", "marks"),
    [
        ("| 烏龍 | **500** |", ["烏龍", "500"]),
        ("龍 | **5", ["龍", "5"]),
        ("點**、`a*", ["點、a*"]),
        ("點\n  - 小", ["點", "小"]),
        ("一**\n> 引文二\n\n## 表 ##", ["一", "引文二", "表"]),
        ("| 紅茶 | 300 |\n\n- 一點", ["紅茶", "300", "一點"]),
        ("``py", ["``py"]),
        ("print", ["print"]),
    ],
)
def test_what_is_cited_is_marked_in_every_part_of_it(cited: str, marks: list[str]) -> None:
    assert marked(shown(TEXT, cited)) == marks
    assert marked(shown(TEXT, cited, view="raw")) == [cited]


def test_what_else_is_cited_is_a_link_at_its_first_part() -> None:
    made = shown(TEXT, "尾。", "| 烏龍 | **500** |", "2. 乙")
    assert marked(made) == ["烏龍[2]", "500", "2. 乙[3]", "尾。"]
    assert made.count('data-marker="2"') == 2
    assert made.count('href="#src-1-2?') == 1


def test_the_passage_amid_a_table_has_its_heads() -> None:
    rows = "".join(f"| 第{number}款 | {number} 元 |\n" for number in range(400))
    made = shown(f"# 價目\n\n| 品名 | 價格 |\n|---|---|\n{rows}", "| 第200款 | 200 元 |", view="text")
    assert '<thead><tr><th scope="col">品名</th><th scope="col">價格</th></tr></thead>' in made
    assert "第0款" not in made
    assert marked(made) == ["第200款", "200 元"]


def test_a_citation_of_what_stands_between_the_cells_is_shown() -> None:
    text = "品名,價格\n烏龍茶,500\n紅茶,300\n綠茶,200\n"
    document = read_document(text.encode(), "價.csv")
    assert "烏龍茶" in document.text
    made = shown(text, "價格：500", name="價.csv")
    assert marked(made) == ["500"]
    assert "<td>紅茶</td>" in made
    made = shown(text, "價格", name="價.csv")
    assert marked(made) == ["價格"]


def test_no_sign_is_taken_for_markdown_elsewhere() -> None:
    assert '<p class="paragraph">2 **倍** > 1</p>' in shown("前言在此。\n\n2 **倍** > 1\n\n尾。\n", name="甲.txt")


@pytest.mark.parametrize("hostile", ["<img src=x onerror=alert(1)>", "</mark><script>", '"><svg onload=alert(1)>'])
def test_what_a_document_says_never_becomes_markup(hostile: str) -> None:
    table = f"| 甲 | {hostile} |\n|---|---|\n| {hostile} | 乙 |\n| 丙 | 丁 |\n"
    text = f"# {hostile}\n\n**{hostile}**\n\n- {hostile}\n\n```\n{hostile}\n```\n\n{table}\n> {hostile}\n\n尾。\n"
    document = read_document(text.encode(), "甲.md")
    for view in ("text", "whole", "raw"):
        made = place_html(Place(document, (2, len(document.text) - 2)), view, Offer(), "en")
        assert not re.search("<(img|script|svg)", made)


def test_many_signs_that_never_close_are_read_at_once() -> None:
    assert "**a" in shown("**a " * 20_000 + "\n\n尾。\n")
