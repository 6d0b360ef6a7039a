"""What a document says of itself: version, dates, what it replaces, language."""

import pytest

from yinju.reading import read_document
from yinju.types import DocumentFacts


@pytest.mark.parametrize(
    ("name", "text", "facts"),
    [
        ("手冊V1.0.md", "# 門鎖手冊\n\n發布日期：2022年5月10日\n",
         DocumentFacts("1.0", "2022-05-10", language="zh-Hant")),
        ("收费_115年版.txt", "自民国一一五年一月一日起施行，取代《112年收费规定》。",
         DocumentFacts("115年", "", "2026-01-01", "《112年收费规定》", "zh-Hans")),
        ("a.md", "# 办法\n\n版本：2.1\n\n本办法自2023年6月1日起施行。",
         DocumentFacts("2.1", "", "2023-06-01", "", "zh-Hans")),
        ("a.md", "# 條例\n\n中華民國113年5月20日修正\n\n內容。", DocumentFacts("", "2024-05-20", language="zh-Hant")),
        ("codes.txt", "零件代码: 2077\n原因: 弹簧疲劳", DocumentFacts(language="zh-Hans")),
        ("a.md", "# Guide\n\nRead this first.\n", DocumentFacts(language="en")),
    ],
)  # fmt: skip
def test_facts_are_found(name: str, text: str, facts: DocumentFacts) -> None:
    assert read_document(text.encode(), name).facts == facts
