"""Articles by their number, each with all that stands below it."""

import pytest

from yinju.reading.structure import find_structure
from yinju.types import BlockKind


def articles(text: str) -> list[tuple[str, str]]:
    """The marker of each article and its whole text."""
    parts: dict[int, list[str]] = {}
    markers: dict[int, str] = {}
    for block in find_structure(text, (), "text"):
        if block.kind is BlockKind.ARTICLE:
            markers[block.group] = block.marker
        if block.group:
            parts.setdefault(block.group, []).append(text[block.start : block.end])
    return [(marker, "/".join(parts[group])) for group, marker in markers.items()]


def test_an_article_holds_its_points_and_paragraphs() -> None:
    text = "第一章 總則\n第一條 有下列情形者：\n（一）甲；\n（二）乙。\n前項自公布日施行。\n第二章 罰則\n第二條 罰。"
    assert articles(text) == [
        ("第一條", "第一條 有下列情形者：/（一）甲；/（二）乙。/前項自公布日施行。"), ("第二條", "第二條 罰。"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "markers"),
    [
        ("第 1 條\n甲。\n第 2 條\n乙。", ["第1條", "第2條"]),
        ("第三條之一　甲。\n第四條　乙。", ["第三條之一", "第四條"]),
        ("第一条为了甲。\n第二条乙。\n第三条丙。", ["第一条", "第二条", "第三条"]),
        ("第二十条规定得很清楚。\n照办。", []),
        ("第一條【目的】甲。\n第二條（範圍）乙。", ["第一條", "第二條"]),
        ("第一條 ………… 3\n第二條 ………… 4", []),
        ("**第一條** 甲。\n\n**第二條** 乙。", ["第一條", "第二條"]),
        ("第44-1條 甲。", ["第44-1條"]),
    ],
)
def test_markers_of_articles(text: str, markers: list[str]) -> None:
    assert [marker for marker, _ in articles(text)] == markers
