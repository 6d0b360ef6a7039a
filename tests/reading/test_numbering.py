"""The numbers that Word draws in front of paragraphs: ways, levels, lists that go on or begin anew, styles."""

import pytest
from tests.reading.numbered_documents import abstract, level, num, numbered, paragraph, start_at

from yinju.reading import read_document

PLAIN = (abstract(0, level(0, "decimal", "%1."), level(1, "lowerLetter", "(%2)")), num(1, 0))


def lines(body: list[str], numbering: tuple[str, ...], styles: str = "") -> list[str]:
    """The lines of a document."""
    return read_document(numbered(body, numbering, styles), "a.docx").text.split("\n")


@pytest.mark.parametrize(
    ("way", "text", "more", "line"),
    [
        ("chineseCountingThousand", "第%1條", "", "第二條 乙"),
        ("chineseCountingThousand", "第%1條", '<w:suff w:val="nothing"/>', "第二條乙"),
        ("taiwaneseCountingThousand", "%1、", "", "二、乙"),
        ("taiwaneseCountingThousand", "（%1）", '<w:suff w:val="space"/>', "（二）乙"),
        ("ideographTraditional", "%1、", "", "乙、乙"),
        ("decimalEnclosedCircleChinese", "%1", "", "② 乙"),
        ("decimal", "%1)", '<w:start w:val="7"/>', "8) 乙"),
        ("upperRoman", "%1.", "", "II. 乙"),
        ("bullet", "\uf0b7", "", "• 乙"),
        ("bullet", "\uf0d8", "", "➢ 乙"),
        ("bullet", "-", "", "- 乙"),
        ("none", "", "", "乙"),
        ("none", "附件", "", "附件 乙"),
        ("decimal", "", "", "乙"),
    ],
)
def test_a_number_is_drawn_as_people_see_it(way: str, text: str, more: str, line: str) -> None:
    numbering = (abstract(0, level(0, way, text, more)), num(1, 0))
    assert lines([paragraph("甲", 1), paragraph("乙", 1)], numbering)[1] == line


def test_deeper_levels_begin_anew_below_each_higher_one() -> None:
    numbering = (abstract(0, level(0, "decimal", "%1."), level(1, "decimal", "%1.%2"), level(2, "lowerLetter", "%3)")),
                 num(1, 0))  # fmt: skip
    depths = [0, 1, 1, 2, 2, 1, 2, 0, 1]
    drawn = [line.split(" ")[0] for line in lines([paragraph("字", 1, depth) for depth in depths], numbering)]
    assert drawn == ["1.", "1.1", "1.2", "a)", "b)", "1.3", "a)", "2.", "2.1"]


@pytest.mark.parametrize(("restart", "last"), [("0", "(c)"), ("1", "(a)")])
def test_a_level_may_count_on_whatever_is_above_it(restart: str, last: str) -> None:
    lower = level(1, "lowerLetter", "(%2)", f'<w:lvlRestart w:val="{restart}"/>')
    numbering = (abstract(0, level(0, "decimal", "%1."), lower), num(1, 0))
    drawn = lines([paragraph("字", 1, depth) for depth in (0, 1, 1, 0, 1)], numbering)
    assert drawn[-1] == f"{last} 字"


def test_a_legal_level_draws_all_numbers_in_digits() -> None:
    numbering = (
        abstract(0, level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1.%2", "<w:isLgl/>")),
        num(1, 0),
    )
    assert lines([paragraph("總則", 1), paragraph("目的", 1, 1)], numbering) == ["第一章 總則", "1.1 目的"]


def test_uses_of_one_list_count_on_unless_they_begin_anew() -> None:
    numbering = (*PLAIN, num(2, 0), num(3, 0, start_at(0, 1)), num(4, 0, start_at(0, 5)))
    body = [paragraph("字", number) for number in (1, 2, 1, 3, 3, 4, 1)]
    assert [line[0] for line in lines(body, numbering)] == [*"1231256"]


def test_a_use_may_change_a_level() -> None:
    changed = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1.")}</w:lvlOverride>'
    assert lines([paragraph("甲", 2)], (*PLAIN, num(2, 0, changed))) == ["A. 甲"]


def test_styles_number_their_paragraphs_and_those_based_on_them() -> None:
    numbering = (
        abstract(0, level(0, "chineseCounting", "%1、", '<w:pStyle w:val="Chapter"/>'),
                 level(1, "decimal", "%1.%2", '<w:pStyle w:val="Clause"/><w:isLgl/>')),
        num(1, 0),
    )  # fmt: skip
    stated = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = (
        f'<w:style w:type="paragraph" w:styleId="Chapter"><w:name w:val="章"/>{stated}</w:style>'
        f'<w:style w:type="paragraph" w:styleId="Clause"><w:name w:val="款"/>{stated}</w:style>'
        '<w:style w:type="paragraph" w:styleId="Red"><w:name w:val="紅"/><w:basedOn w:val="Clause"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Round"><w:name w:val="圓"/><w:basedOn w:val="Round"/></w:style>'
    )
    styled = [("總則", "Chapter"), ("甲", "Clause"), ("乙", "Red"), ("圓", "Round"), ("罰則", "Chapter")]
    body = [*(paragraph(words, style=style) for words, style in styled), paragraph("無", 0, style="Clause")]
    assert lines(body, numbering, styles) == ["一、總則", "1.1 甲", "1.2 乙", "圓", "二、罰則", "無"]


def test_a_list_may_have_its_levels_from_a_style() -> None:
    stated = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    style = f'<w:style w:type="numbering" w:styleId="L"><w:name w:val="L"/>{stated}</w:style>'
    numbering = (
        abstract(0, level(0, "decimal", "%1)"), more='<w:styleLink w:val="L"/>'),
        abstract(1, more='<w:numStyleLink w:val="L"/>'),
        num(1, 0),
        num(2, 1),
    )
    assert lines([paragraph("甲", 2), paragraph("乙", 2)], numbering, style) == ["1) 甲", "2) 乙"]


def test_headings_have_their_numbers_in_their_names() -> None:
    document = read_document(
        numbered([paragraph("總則", 1, style="Heading1"), paragraph("字。"), paragraph("罰則", 1, style="Heading1")],
                 (abstract(0, level(0, "chineseCounting", "第%1章")), num(1, 0))), "a.docx"
    )  # fmt: skip
    assert [section.headings for section in document.sections] == [("第一章 總則",), ("第二章 罰則",)]


def test_empty_paragraphs_count_and_deleted_ones_do_not() -> None:
    deleted = paragraph("", 1, more="<w:rPr><w:del/></w:rPr>")
    body = [paragraph("甲", 1), paragraph("", 1), deleted, paragraph("乙", 1)]
    assert lines(body, PLAIN) == ["1. 甲", "3. 乙"]


def test_the_rows_of_a_table_are_numbered() -> None:
    def row(*cells: str) -> str:
        return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"

    rows = row(*map(paragraph, ("序號", "假別", "天數")))
    for name, days in (("事假", "14"), ("病假", "30")):
        rows += row(paragraph("", 1), paragraph(name), paragraph(days))
    assert lines([f"<w:tbl>{rows}</w:tbl>"], PLAIN) == [
        *("序號｜假別｜天數", "序號：1｜假別：事假｜天數：14", "序號：2｜假別：病假｜天數：30")
    ]


@pytest.mark.parametrize("stated", ['w:val="99"', 'w:val="x"', ""])
def test_a_number_of_no_list_is_none(stated: str) -> None:
    body = f"<w:p><w:pPr><w:numPr><w:numId {stated}/></w:numPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>"
    assert lines([body], PLAIN) == ["甲"]
