"""Texts that hold nothing, too much, or bytes that are no text: each ends as it must, and none spoils the others."""

import io
import json
import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest
from PIL import Image

from made_files import WRITERS, make_content
from yinju.errors import ReadingError
from yinju.ingest.build import build, open_store
from yinju.ingest.entries import divide
from yinju.protocols import Encoder
from yinju.reading import Reader, read_document, read_file
from yinju.reading.html import extract_html
from yinju.reasons import Reason
from yinju.reasons.reason import Fact
from yinju.settings import Settings
from yinju.types import FileState

LONGEST = Settings().passage_characters
LINE = "滿一年的員工可以請七天特別休假並且應該提前三天說明理由" * 7_000
"""600 KB without a mark; benchmarks/large_files.py has one of 50 MB."""
MEMORY_BYTES = 1_500_000_000
GOOD = 20


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader(memory_bytes=MEMORY_BYTES) as shared:
        yield shared


def picture_alone() -> bytes:
    """A Word document that holds a picture and no text."""
    picture = io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    document, out = docx.Document(), io.BytesIO()
    document.add_picture(picture)
    document.save(out)
    return out.getvalue()


NOTHING: dict[str, bytes] = {
    "空.txt": b"", "空白.txt": b" \r\n\t", "全形空白.md": "\u3000\n".encode(), "標記8.txt": b"\xef\xbb\xbf",
    "標記16.txt": b"\xff\xfe", "標記與空白.csv": b"\xfe\xff\0 ", "空.pdf": b"", "空.docx": b"", "空.json": b"",
    "只有圖片.docx": picture_alone(), "只有程式.html": b"<html><p> </p><script>var a</script></html>",
    "零寬.txt": "\u200b\u2060".encode(),
}  # fmt: skip
"""Twelve files without a word."""
NOISE = random.Random(1).randbytes(5_000)
UNKNOWN = "unknown_format"
SPREADSHEET, WORD, PRINTED = (WRITERS[kind](make_content(0, 2, 1)) for kind in ("xlsx", "docx", "pdf"))
DISGUISED: dict[str, tuple[bytes, str]] = {
    "program.txt": (b"\x7fELF\2\1\1\0" + NOISE, UNKNOWN), "photo.txt": (b"\xff\xd8\xff\xe0" + NOISE, "unreadable"),
    "noise.txt": (NOISE, UNKNOWN), "noise.md": (NOISE[::-1], UNKNOWN), "noise.csv": (NOISE * 3, UNKNOWN),
    "noise.json": (NOISE[1:], UNKNOWN), "noise.html": (NOISE[2:], UNKNOWN), "zeros.txt": (bytes(9_000), UNKNOWN),
    "film.pdf": (b"\0\0\0\x18ftypmp42" + NOISE, UNKNOWN), "pdf.txt": (PRINTED, "pdf"), "docx.pdf": (WORD, "docx"),
    "xlsx.docx": (SPREADSHEET, "xlsx"), "a.txt.pdf": (WORD, "docx"), "a.pdf.exe": (PRINTED, "pdf"),
    "none": (SPREADSHEET, "xlsx"),
}  # fmt: skip
"""Name → bytes, and the format that they are read as or why they are refused."""


def with_good_ones(folder: Path, files: dict[str, bytes]) -> Path:
    """A folder of some files among good ones."""
    folder.mkdir()
    for number in range(GOOD):
        (folder / f"好{number:02}.txt").write_text(f"第{number}隻貓在茶山看書。", "utf-8")
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def shows_only_text(text: str) -> bool:
    """Whether a text holds neither controls nor what stands for bytes that are no text."""
    shown = (character for character in text if character not in "\n\t")
    return not any(unicodedata.category(one) in ("Cc", "Cn", "Co", "Cs") or one == "\ufffd" for one in shown)


def test_d1_files_without_a_word_are_skipped_and_spoil_no_other(tmp_path: Path, encoder: Encoder) -> None:
    corpus = with_good_ones(tmp_path / "corpus", NOTHING)
    outcomes = build(corpus, tmp_path / "index", encoder, Settings()).outcomes
    empty = [outcome for outcome in outcomes if outcome.name in NOTHING]
    assert len(empty) == 12 and len(outcomes) == GOOD + 12
    for outcome in empty:
        assert (outcome.state, outcome.code, outcome.passages) == (FileState.SKIPPED, "empty", 0), outcome
        assert outcome.message.endswith("。")
    assert sum(outcome.passages == 1 and outcome.state is FileState.INDEXED for outcome in outcomes) == GOOD


def test_d2_files_are_read_as_what_they_are_or_refused_by_name(tmp_path: Path, encoder: Encoder) -> None:
    corpus = with_good_ones(tmp_path / "corpus", {name: data for name, (data, _) in DISGUISED.items()})
    outcomes = {outcome.name: outcome for outcome in build(corpus, tmp_path / "index", encoder, Settings()).outcomes}
    assert {name: outcomes[name].format or outcomes[name].code for name in DISGUISED} == {
        name: end for name, (_, end) in DISGUISED.items()
    }
    assert "ELF" in outcomes["program.txt"].message and "圖片" in outcomes["photo.txt"].message
    opened = open_store(tmp_path / "index").open()
    documents = opened.documents.documents()
    assert len(documents) == GOOD + sum(end not in (UNKNOWN, "unreadable") for _, end in DISGUISED.values())
    assert all(shows_only_text(document.text + document.title) for document in documents)
    opened.close()


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
@pytest.mark.parametrize("kind", ["txt", "md", "csv", "html", "json"])
def test_d3_bad_bytes_are_counted_and_the_first_is_located(encoding: str, kind: str) -> None:
    sentence = "員工每年可以請七天特別休假，主管應當同意。".encode(encoding)
    before, after = {
        "html": (b"<html><p>", b"</p></html>"), "json": (b'{"text": "', b'"}'), "csv": (b"a,b\n1,", b"\n"),
    }.get(kind, (b"", b"\n"))  # fmt: skip
    few = read_document(before + sentence * 9 + b"\xff\n" + sentence + b"\xff" + after, f"a.{kind}")
    facts: dict[str, Fact] = {"encoding": few.encoding or "", "bad": 2, "first": len(before + sentence * 9)}
    assert Reason("bad_bytes", facts) in few.reasons and few.state is FileState.WARNED
    with pytest.raises(ReadingError, match="超過 5 %") as caught:
        read_document(before + (sentence + b"\xff" * 5) * 9 + after, f"a.{kind}", encoding=encoding)
    assert caught.value.code == "undecodable" and str(len(before + sentence)) in str(caught.value)


LARGE: dict[str, str] = {
    "a.txt": LINE, "a.md": f"# 題\n\n{LINE}", "a.csv": f"甲,乙\n一,{LINE}\n", "a.json": json.dumps({"文": LINE}),
    "a.html": f"<html><p>{LINE}", "letters.txt": "x" * 500_000, "lines.txt": "甲\n" * 50_000,
    "marks.txt": "。" * 100_000, "brackets.txt": "（" * 100_000, "spaces.txt": f"甲{' ' * 500_000}乙",
    "dots.md": "1. " * 100_000, "quotes.csv": '"' * 200_001, "list.json": "[" * 200_000, "stars.md": "*" * 100_000,
    "ticks.md": "`" * 50_000 + "甲" + "`" * 49_999, "links.md": "[" * 50_000 + "甲", "quoted.md": ">" * 20_000 + "甲",
    "rows.csv": "編號,姓名,說明\n" + "".join(f"{n},王小明,第{n}筆已經出貨\n" for n in range(5_000)),
    "table.html": "<html><table>" + "<tr><td>一欄<td>二欄</tr>" * 20_000,
}  # fmt: skip


@pytest.mark.parametrize("name", LARGE)
def test_d5_every_passage_of_a_large_text_keeps_to_the_limit(reader: Reader, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(LARGE[name], "utf-8")
    entry = divide(reader.read(tmp_path / name, name), Settings())
    passages = entry.passages
    assert passages and max(len(passage.text) for passage in passages) <= LONGEST
    assert entry.document is not None
    assert entry.outcome.indexed + entry.outcome.dropped == len("".join(entry.document.text.split())) + (
        entry.document.dropped
    )


def test_d5_half_a_gigabyte_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(500_000_000)
    with pytest.raises(ReadingError, match=r"500,000,000 位元組，超過上限 100,000,000") as caught:
        read_file(tmp_path / "a.txt", "a.txt", memory_bytes=400_000_000)
    assert caught.value.code == "too_large"


HIDING = [
    "<p style='display:none'>{}</p>", "<p hidden>{}</p>", "<p style='visibility: hidden'>{}</p>",
    "<p style='font-size:1px'>{}</p>", "<p style='font-size:0'>{}</p>", "<p style='opacity:0'>{}</p>",
    "<p style='color:#fff;background:#fff'>{}</p>", "<p style='color: white; background-color: white'>{}</p>",
    "<div aria-hidden=true><p>{}</div>",
    "<script>{}</script>", "<style>{}</style>", "<!-- {} -->", "<template>{}</template>", "<noscript>{}</noscript>",
    "<svg><text>{}</text></svg>", "<SCRIPT\n>{}</SCRIPT >", "<textarea hidden>{}</textarea>",
    "<p style='position:absolute;left:-9999px'>{}</p>", "<p style='text-indent:-9999px'>{}</p>",
]  # fmt: skip


@pytest.mark.parametrize("hiding", HIDING)
def test_d12_what_nobody_sees_is_not_read(hiding: str) -> None:
    page = f"<html><body><p>看得見。</p>{hiding.format('祕密指令')}<p>之後。</p></body></html>"
    assert "祕密指令" not in extract_html(page).text
    assert "看得見。" in extract_html(page).text and "之後。" in extract_html(page).text


MALFORMED: dict[str, Callable[[], str]] = {
    "deep": lambda: "<html>" + "<div>" * 200_000 + "深處",
    "deep lists": lambda: "<html>" + "<ul><li>" * 100_000 + "深處",
    "deep tables": lambda: "<html>" + "<table><tr><td>" * 20_000 + "深處",
    "letters": lambda: "<html>" + "<b><i>" * 50_000 + "深處",
    "never closed": lambda: "<html><p>深處<a href='",
    "closed alone": lambda: "<html>" + "</div>" * 100_000 + "深處",
    "attributes": lambda: f"<html><p {' '.join(f'a{n}=1' for n in range(50_000))}>深處",
    "crossed": lambda: "<html><b><p><i></b>深處</p></i>",
    "a tag in a tag": lambda: "<html><p <p <p>深處",
    "entities": lambda: "<html><p>" + "&#x41;" * 50_000 + "深處",
    "nothing but opened": lambda: "<html>深處" + "<" * 100_000,
    "comments": lambda: "<html>" + "<!--" * 50_000 + "--><p>深處",
}


@pytest.mark.parametrize("kind", MALFORMED)
def test_d12_a_page_that_breaks_all_rules_is_read_in_time(reader: Reader, tmp_path: Path, kind: str) -> None:
    (tmp_path / "a.html").write_text(MALFORMED[kind](), "utf-8")
    assert "深處" in re.sub(r"\s", "", reader.read(tmp_path / "a.html", "a.html").text)
