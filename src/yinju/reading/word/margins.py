"""The headers, footers and comments of a docx → what they say of the document itself; the rest is left out and counted.

A number or version printed above every page, 文件編號：QP-07-12, is often said nowhere else.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from yinju.reading.extract import count_characters
from yinju.reading.field_names import bare_name
from yinju.reading.forms import pairs_of
from yinju.reading.package import Package
from yinju.reading.unpacking import DAMAGE
from yinju.reading.word.tables import read_table

MOST_PARTS = 200
"""Headers and footers that are read."""
LONGEST_VALUE = 40

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MARGINS, _COMMENTS = ("header", "footer"), "comments"
_NAMES = (
    "(?:文件|文書|檔案|文档|表單|表单|規範|规范|程序書|程序|制度|合同|合約|契約)?(?:編號|编号|編碼|编码|號碼|号码)|文號|文号|案號|案号"
    "|(?:文件|文檔|文档)?(?:版次|版本[號号]?|版號|版号)|(?:制定|制訂|修訂|修订|發行|发行|發布|发布|公布|生效|實施|实施|核准|編制|编制)日期"
    "|(?:機密|机密|保密)等?[級级]別?|密[級级]|(?:制定|制訂|編制|编制|主辦|權責|归口|發行|发行)(?:單位|单位|部門|部门)"
    r"|(?:Doc(?:ument)?\.? ?)?(?:No\.?|Number|ID)|Rev(?:ision|\.)?|Version|Effective Date"
)
_NAME = re.compile(_NAMES, re.IGNORECASE)
_PAIR = re.compile(
    rf"(?<!\w)(?P<name>{_NAMES})(?:\s*[：:]\s*|\s+(?=\S*\d))(?P<value>[^\s｜|，。；：:]{{1,{LONGEST_VALUE}}})",
    re.IGNORECASE,
)
_VERSION = re.compile(".{0,2}版|Rev|Version", re.IGNORECASE)


def read_margins(package: Package, body: str, words: Callable[[Any], str]) -> tuple[list[tuple[str, str]], int]:
    """The fields that headers and footers tell of a document, each once, and how many characters are left out.

    `words` tells what a paragraph says. A damaged part is passed over, for it is not shown.
    """
    fields: dict[tuple[str, str], None] = {}
    texts: set[str] = set()
    for relation in package.relations(body)[: MOST_PARTS * 4]:
        if relation.kind not in (*_MARGINS, _COMMENTS):
            continue
        try:
            root = package.root(relation.target)
        except DAMAGE:
            continue
        text = "\n".join(words(paragraph) for paragraph in root.iter(f"{_WORD}p"))
        if text in texts or len(texts) > MOST_PARTS:
            continue
        texts.add(text)
        if relation.kind in _MARGINS:
            fields |= dict.fromkeys(_fields(root, words))
    kept = sum(count_characters(name + value) for name, value in fields)
    return [*fields], max(0, sum(map(count_characters, texts)) - kept)


def version_in(fields: Iterable[tuple[str, str]]) -> str:
    """The version that fields tell of, without its sign; empty where none does."""
    found = (value for name, value in fields if _VERSION.match(name) and any(map(str.isalnum, value)))
    return re.sub(r"^[VvＶ](?:er(?:sion)?)?[. ]*(?=\d)|版$", "", next(found, ""))


def _fields(root: Any, words: Callable[[Any], str]) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - lxml has no types
    """What a header or footer tells, in its tables by label and value, in its lines by what stands behind a name."""
    for table in root.iter(f"{_WORD}tbl"):
        rows, _ = read_table(table, lambda cell: " ".join(" ".join(map(words, cell.iter(f"{_WORD}p"))).split()))
        for row in rows:
            for label, value in pairs_of(row) or ():
                name = bare_name(label)
                if _NAME.fullmatch(name) and 0 < len(value) <= LONGEST_VALUE:
                    yield name, value
    for paragraph in root.iter(f"{_WORD}p"):
        for match in _PAIR.finditer(words(paragraph)):
            yield match["name"].strip(), match["value"]
