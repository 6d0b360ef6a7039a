"""Answers as files: what stands in them, read back with other programs, and that no text breaks them."""

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image

from yinju.conversations import KeptAnswer
from yinju.messages import Language, say
from yinju.reading.word import extract_docx
from yinju.types import Answer, BlockKind, Citation, Disagreement, ModelFault, Statement, Verdict
from yinju.web.export import MEDIA_TYPES, ExportError, answer_markdown, export, pdf, typeset

CITED = Citation(1, "甲/乙.pdf", "乙", "乙 › 飲水", 3, 10, 14, "貓*要*喝水。", "…", "ab" * 32)
SIMPLIFIED = Citation(2, "狗.txt", "狗", "狗", None, 0, 5, "软件项圈要选宽的。", "…", "cd" * 32)
ANSWER = Answer(
    "貓要什麼？<b>",
    (Statement("貓要[喝]水。", (1,)), Statement("也要睡。", (), Disagreement.UNFOUND, new_line=True)),
    (CITED,), Verdict.ANSWERED, 0.9, "extractive", 0.01,
)  # fmt: skip
BOTH = replace(
    ANSWER, statements=(Statement("貓喝水。", (2, 1)), Statement("还是喝水。", (1,))), citations=(CITED, SIMPLIFIED)
)
NOTHING = replace(ANSWER, statements=(Statement("沒有找到。", ()),), verdict=Verdict.NOTHING, missing=("XK-210A",))
NEAR = replace(ANSWER, statements=(Statement("最接近的是：", ()), ANSWER.statements[0]), verdict=Verdict.NEAR)
ROWS = replace(ANSWER, options=("甲？", "<b>？"), statements=tuple(
    Statement(f"{n}|", (1,), row=(("型號", f"X|{n}"), ("價格\n", "*5*"))) for n in (1, 2)
))  # fmt: skip
SOURCE = "乙 › 飲水（甲/乙.pdf，第 3 頁）：「貓*要*喝水。」"
HOSTILE = [
    "a\x00b\x08\x1b\x7f\x9b", "\ud800 half", "\u202eevil\u2066", "\ufffe\uffff", "]]><w:p/></w:t>&lt;&amp;",
    "#panic() #read(\"/etc/passwd\") $x$ @a <a> \\", "長" * 600, "a" * 600, "\u0301" * 500, "🫠👩‍👩‍👧", "مرحبا",
    "", " \n\r\t\x0b\x85\u2028", "{place} {0} %s",
]  # fmt: skip


def kept(*answers: Answer) -> list[KeptAnswer]:
    """Answers as a chat has them, one a minute."""
    return [KeptAnswer(str(number), 1_800_000_000 + 60 * number, answer) for number, answer in enumerate(answers)]


def made(kind: str, *answers: Answer, title: str = "貓的事", language: Language = "zh-Hant") -> bytes:
    """The file of a chat."""
    return export(kind, title, kept(*answers), language)


def pages(content: bytes) -> list[str]:
    """The text of each page of a PDF."""
    document = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


def copied(answer: Answer) -> str:
    """What the page copies of an answer."""
    return answer_markdown(kept(answer)[0], "zh-Hant")


def test_markdown_has_every_source_and_no_syntax_of_theirs() -> None:
    assert copied(ANSWER) == (
        "貓要\\[喝\\]水。[1]\n\n也要睡。（來源未能證實）\n\n出處：\n\n"
        "[1] 乙 › 飲水（甲/乙.pdf，第 3 頁）：「貓\\*要\\*喝水。」\n\n"
    )
    assert copied(NOTHING).startswith("沒有找到。\n\n文件裡沒有提到：XK-210A\n\n最接近的段落（1）\n\n[1] ")
    assert copied(NEAR).startswith("最接近的是：\n\n> 貓要\\[喝\\]水。[1]\n\n出處：\n\n[1] ")
    evil = replace(ANSWER, statements=(Statement("![x](http://evil/) <img src=x> [a]: http://evil\n\n# b", ()),))
    said = copied(evil).split("\n\n")[0]
    assert not {"![x](", "<img", "\n#"} & {said[i : i + 5] for i in range(len(said))}
    assert "!\\[x\\]" in said


def test_sentences_that_are_not_chinese_have_a_space_between_them() -> None:
    said = (
        Statement("Cats drink.", (1,)),
        Statement("And sleep.", ()),
        Statement("貓喝水。", ()),
        Statement("So.", ()),
    )
    answer = replace(ANSWER, statements=said)
    assert copied(answer).startswith("Cats drink.[1] And sleep.貓喝水。So.\n")
    assert "Cats drink. And sleep.貓喝水。So." in extract_docx(made("docx", answer)).text


def test_markdown_has_rows_as_a_table_and_what_may_have_been_meant_as_a_list() -> None:
    table, lead, options, *_ = copied(ROWS).split("\n\n")
    assert table.split("\n") == [
        "| 型號 | 價格 |  |", "| --- | --- | --- |", "| X\\|1 | \\*5\\* | [1] |", "| X\\|2 | \\*5\\* | [1] |",
    ]  # fmt: skip
    assert (lead, options) == ("你是想問：", "- 甲？\n- \\<b\\>？")


@pytest.mark.parametrize(
    ("verdict", "told"),
    [(Verdict.ANSWERED, "文件裡有答案"), (Verdict.NEAR, "不是直接的答案"), (Verdict.NOTHING, "文件裡沒有答案")],
)
def test_each_file_tells_when_it_was_answered_and_the_verdict(verdict: Verdict, told: str) -> None:
    facts = f"2027-01-15 08:00 UTC · {told}"
    answer = replace(ANSWER, verdict=verdict)
    assert f"\n*{facts}*\n" in made("md", answer).decode()
    assert facts in extract_docx(made("docx", answer)).text
    assert facts in pages(made("pdf", answer))[0]
    stopped = replace(answer, fault=ModelFault.STOPPED)
    assert f"{facts} · 已停止" in extract_docx(made("docx", stopped)).text


def test_a_word_document_has_the_sources_as_footnotes() -> None:
    content = made("docx", ANSWER, BOTH)
    assert extract_docx(content).text.split("\n") == [
        "貓的事", "貓要什麼？<b>", "2027-01-15 08:00 UTC · 文件裡有答案", "貓要[喝]水。", f"[註1] {SOURCE}",
        "也要睡。（來源未能證實）", "貓要什麼？<b>", "2027-01-15 08:01 UTC · 文件裡有答案", "貓喝水。,还是喝水。3",
        "[註2] 狗（狗.txt）：「软件项圈要选宽的。」", f"[註3] {SOURCE}",
    ]  # fmt: skip
    document = docx.Document(BytesIO(content))
    assert [p.style.name for p in document.paragraphs if p.style][:5] == [
        "Title", "Heading 1", "Subtitle", "Normal", "Normal",
    ]  # fmt: skip
    properties = document.core_properties
    assert (properties.title, properties.author, properties.comments) == ("貓的事", "", "")
    body = document.element.xml
    assert body.count("w:footnoteReference ") == 3
    assert 'w:name="_Ref3"' in body
    assert "NOTEREF _Ref3 \\h" in body
    assert ['w:eastAsia="zh-CN"' in run._r.xml for run in document.paragraphs[-1].runs if run.text == "还是喝水。"] == [
        True
    ]
    assert 'w:eastAsia="Microsoft YaHei"' in body
    assert 'w:eastAsia="Microsoft JhengHei"' in document.styles.element.xml
    (notes,) = (part for part in document.part.package.iter_parts() if part.partname == "/word/footnotes.xml")
    assert notes.blob.count(b"<w:footnote ") == 5  # two of which are lines


def test_a_word_document_has_tables_lists_and_quotes() -> None:
    content = made("docx", ROWS, NEAR, NOTHING)
    (table,) = docx.Document(BytesIO(content)).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["型號", "價格"], ["X|1", "*5*"], ["X|2", "*5*1"],
    ]  # fmt: skip
    styles = {p.text: p.style.name for p in docx.Document(BytesIO(content)).paragraphs if p.style}
    assert styles["<b>？"] == styles["貓*要*喝水。"] == "List Bullet"
    assert styles["貓要[喝]水。"] == "Quote"
    read = extract_docx(content)
    kinds = [block.kind for block in read.blocks]
    assert (kinds.count(BlockKind.ROW), kinds.count(BlockKind.ITEM), kinds.count(BlockKind.NOTE)) == (2, 2, 3)
    assert "最接近的段落（1）\n• 貓*要*喝水。\n[註3] 乙" in read.text


def test_the_question_of_one_answer_is_its_title() -> None:
    content = export("docx", ANSWER.question, kept(ANSWER), "zh-Hant")
    assert extract_docx(content).text.startswith("貓要什麼？<b>\n2027-01-15")
    assert pages(export("pdf", ANSWER.question, kept(ANSWER), "zh-Hant"))[0].startswith("貓要什麼？<b>\n2027-01-15")


def test_a_pdf_has_the_sources_at_the_foot_of_their_page() -> None:
    (page,) = pages(made("pdf", ANSWER, BOTH, ROWS, NEAR))
    lines = page.split("\n")
    assert "貓要[喝]水。1" in lines
    assert "也要睡。（來源未能證實）" in lines
    assert "型號 價格" in lines
    assert lines[-6:] == [
        f"1 {SOURCE}",
        "2 狗（狗.txt）：「软件项圈要选宽的。」",
        f"3 {SOURCE}",
        f"4 {SOURCE}",
        f"5 {SOURCE}",
        "1 / 1",
    ]
    many = pages(made("pdf", *[ANSWER] * 30))
    for number in (1, 30):
        (place,) = (text for text in many if f"貓要[喝]水。{number}\n" in text)
        assert f"\n{number} {SOURCE}\n" in place


@pytest.mark.parametrize("text", ["貓狗龜鬱", "猫狗龟郁", "Cats and dogs"])
def test_a_pdf_shows_both_scripts_and_latin(text: str) -> None:
    """Each character is drawn with ink of its own, where a font that lacks them would draw the same box."""
    drawings = set()
    for character in set(text) - {" "}:
        content = export(
            "pdf", character, kept(replace(ANSWER, question=character, statements=(), citations=())), "zh-Hant"
        )
        image = pypdfium2.PdfDocument(content)[0].render(scale=2).to_pil().convert("L")
        head = image.crop((0, 0, image.width, image.height // 9))
        assert _ink(head) > 20
        drawings.add(head.tobytes())
    assert len(drawings) == len(set(text) - {" "})


def _ink(image: Image.Image) -> int:
    return sum(count for count, shade in image.getcolors() or () if isinstance(shade, int) and shade < 128)


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_what_yinju_says_is_in_the_language_asked_for(language: Language) -> None:
    for text in (
        extract_docx(made("docx", ANSWER, language=language)).text,
        "".join(pages(made("pdf", ANSWER, language=language))),
    ):
        assert say("verdict.answered", language) in text
        assert say("chat.unsupported", language) in text
    assert "(甲/乙.pdf, page 3): “貓" in made("md", ANSWER, language="en").decode().replace("\\*", "*")


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_no_text_breaks_a_file(text: str) -> None:
    cited = replace(CITED, document=text, title=text, heading=text, quote=text)
    row = Statement(text, (1,), Disagreement.NUMBER, row=((text, text), (text, text)))
    said = (Statement(text, (1, 7)), row, Statement(text, (), new_line=True))
    answer = replace(ANSWER, question=text, statements=said, citations=(cited,), missing=(text,), options=(text,))
    for verdict in Verdict:
        files = {kind: made(kind, replace(answer, verdict=verdict), title=text) for kind in MEDIA_TYPES}
        assert json.loads(files["json"])
        assert "\u202e" not in files["md"].decode()
        read = extract_docx(files["docx"])
        docx.Document(BytesIO(files["docx"]))
        shown = "".join(pages(files["pdf"]))
        if text.startswith("#panic"):
            assert "#panic()" in shown
            assert "#panic()" in read.text
        assert "root:" not in shown
        if verdict is Verdict.ANSWERED and text == "a" * 600:
            assert "a" * 60 in shown
            assert not any(_reaches_over_the_margin(page) for page in pypdfium2.PdfDocument(files["pdf"]))


def _reaches_over_the_margin(page: pypdfium2.PdfPage) -> bool:
    return any(item.get_bounds()[2] > page.get_width() - 60 for item in page.get_objects())


def test_no_file_tells_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YINJU_LLM_API_KEY", "sk-kept-secret")
    with ZipFile(BytesIO(made("docx", ANSWER))) as package:
        held = b"".join(map(package.read, package.namelist())).decode("utf-8", "replace")
    content = made("pdf", ANSWER)
    held += repr(pypdfium2.PdfDocument(content).get_metadata_dict()) + "".join(pages(content))
    held += made("md", ANSWER).decode() + made("json", ANSWER).decode()
    assert not [told for told in ("sk-kept", sys.prefix, str(Path(pdf.__file__).parent)) if told in held]


def test_two_hundred_turns_are_exported_in_seconds() -> None:
    long = replace(BOTH, statements=BOTH.statements * 4)
    for kind in ("docx", "pdf"):
        start = time.process_time()
        assert made(kind, *[long] * 200)
        assert time.process_time() - start < 20


@pytest.mark.parametrize(("status", "notice"), [(typeset.NO_FONT, "export.no_font"), (1, "export.trouble")])
def test_a_pdf_that_is_not_made_is_told(monkeypatch: pytest.MonkeyPatch, status: int, notice: str) -> None:
    def end(command: Sequence[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess(command, status, b"", b"why")

    monkeypatch.setattr(subprocess, "run", end)
    with pytest.raises(ExportError) as told:
        made("pdf", ANSWER)
    assert told.value.notice == notice


def test_a_pdf_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "SECONDS", 0.001)
    with pytest.raises(ExportError) as told:
        made("pdf", ANSWER)
    assert told.value.notice == "export.trouble"


def test_without_a_chinese_font_the_program_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typeset, "FONTS", {"zh-TW": ("None",), "zh-CN": ("None",)})
    monkeypatch.setattr(typeset, "BOTH", ())
    assert typeset.main() == typeset.NO_FONT


def test_what_exports_is_loaded_by_who_exports() -> None:
    program = "import sys, yinju.web; print({'docx', 'typst'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout == "set()\n"
    assert Path(pdf.__file__).with_name("sheet.typ").is_file()
