"""Guides: the outline of a document and its key sentences, which an answer to what it is about says as well."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from yinju import Library, build_index, open_library
from yinju.answering.outline import sections
from yinju.answering.outline.key_points import MOST
from yinju.answering.outline.key_sentences import is_whole
from yinju.answering.outline.sections import read_outlined
from yinju.protocols import Encoder
from yinju.settings import Settings
from yinju.types import Guide, Scope

ROOT = Path(__file__).parents[2]
TABLE = "姓名,分機,部門\n江以晴,201,會計\n龐志遠,202,倉儲\n費雪莉,203,門市\n"
MAIL = """Subject: Re: Re: 東港兩日遊
From: a@example.org
To: b@example.org
Content-Type: text/plain; charset=utf-8

大家好，就照這樣定了：
1. 日期是 6 月 21 日到 22 日，早上七點出發。
2. 住海風民宿，兩晚共 3,200 元，訂金已經付了。

在 Sun, 1 Jun 2025 09:00:00 +0800，乙 寫道：
> 我想改成 6 月 28 日，住碼頭旅店比較近，一晚 1,100 元。
"""
LICENCE = """# The Acorn Licence

## Permissions

This licence lets everybody copy the acorns and plant them wherever oaks may grow. It asks for nothing in return.

## Warranty

There is no warranty for the acorns; whoever plants one bears
the risk that it does not grow. However, squirrels are exempt.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Iterator[Library]:
    """Over the sample corpus, documents for trying out, a table, a thread of mails and an English text."""
    folder = tmp_path_factory.mktemp("guide")
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    shutil.copytree(ROOT / "benchmarks" / "free" / "tune" / "documents", folder / "corpus", dirs_exist_ok=True)
    for name, text in {"分機.csv": TABLE, "東港.eml": MAIL, "licence.md": LICENCE}.items():
        (folder / "corpus" / name).write_text(text, "utf-8")
    build_index(folder / "corpus", folder / "index", encoder=real_encoder)
    with open_library(folder / "index", encoder=real_encoder, settings=Settings()) as opened:
        yield opened


def guide(library: Library, begins: str) -> Guide:
    """The guide of the document whose name begins so."""
    (name,) = [outcome.name for outcome in library.outcomes() if outcome.name.startswith(begins)]
    found = library.guide(name)
    assert found is not None
    return found


GUIDES = """
砚桐 | 第一条 员工分为研发、产线、销售、职能四类 | 试用期三个月
茄苳 | 為便利民眾使用館藏，訂定本規則 | 附錄一 115 年修正重點
山菜 | 上線日提前到 4 月 27 日 | 第四次週會 3 月 24 日 › 決議
清屿 | 整机保修 2 年 | 九、保修
运营向营销 | 小运营 | 运营和营销，谁的范围大
微商与 | 微商是微信营销的一部分。 | 微信营销和微商到底是什么关系？
東港 | 6 月 21 日到 22 日 | 海風民宿
云栈 | 电影摄影机 | 的资产编号 | 维修记录
"""


@pytest.mark.parametrize("case", [line.split(" | ") for line in GUIDES.strip().splitlines()], ids=lambda case: case[0])
def test_key_points_tell_what_a_document_is_about(library: Library, case: list[str]) -> None:
    begins, *wanted = case
    told = "\n".join(f"{point.heading}：{point.text}" for point in guide(library, begins).points)
    assert all(one in told for one in wanted), told


def test_every_point_is_the_document_s_own_and_said_by_the_answer(library: Library) -> None:
    """One sentence of each stretch before two of any, none of them cut off, in reading order."""
    for outcome in library.outcomes():
        found = library.guide(outcome.name)
        document = library.document(outcome.name)
        assert found is not None and document is not None
        assert 1 <= len(found.points) <= MOST, outcome.name
        places = [(point.citation.start, point.citation.end) for point in found.points]
        assert places == sorted(places)
        assert [point.citation.marker for point in found.points] == [*range(1, len(places) + 1)]
        for point in found.points:
            assert document.text[point.citation.start : point.citation.end] == point.citation.quote
        answer = library.ask("這份文件在講什麼", scope=Scope(frozenset({outcome.name})))
        assert answer.about == outcome.name
        cited = {(citation.start, citation.end) for citation in answer.citations}
        assert {*places} <= cited, outcome.name


def test_a_part_of_a_document_has_no_guide_of_its_own(library: Library) -> None:
    assert library.ask("员工手册第六章讲什么").about == ""
    assert library.ask("這些文件講什麼").about == ""


def test_the_outline_is_nested_and_each_heading_has_its_place(library: Library) -> None:
    found = guide(library, "山菜")
    assert [(heading.text, heading.level) for heading in found.outline[:4]] == [
        ("專案成員", 0), ("第一次週會 3 月 3 日", 0), ("報告", 1), ("決議", 1),
    ]  # fmt: skip
    document = library.document(found.document)
    assert document is not None
    decided = found.outline[3]
    assert "上線日訂在 4 月 20 日" in document.text[decided.start : decided.end]
    assert guide(library, "分機").outline == ()


def test_headings_that_a_section_numbers_itself_are_in_the_outline(library: Library) -> None:
    levels = {heading.text: heading.level for heading in guide(library, "活动策划手册").outline}
    assert levels["第二章 提案与筹备"] == 0 and levels["2.2 预算怎么分"] == 1


def test_a_table_is_told_in_the_reader_s_language(library: Library) -> None:
    name = guide(library, "分機").document
    told = {
        language: [point.text for point in found.points]
        for language in ("zh-Hant", "en")
        if (found := library.guide(name, language))
    }
    assert told == {
        "zh-Hant": ["江以晴、龐志遠、費雪莉的分機、部門"],
        "en": ["分機, 部門 of 江以晴, 龐志遠, 費雪莉"],
    }


def test_english_sentences_are_whole(library: Library) -> None:
    assert [point.text for point in guide(library, "licence").points] == [
        "This licence lets everybody copy the acorns and plant them wherever oaks may grow.",
        "There is no warranty for the acorns; whoever plants one bears the risk that it does not grow.",
    ]


def test_a_mail_is_found_by_its_subject_as_the_file_has_it(library: Library) -> None:
    assert library.ask("《Re: Re: 東港兩日遊》講了什麼").about == "東港.eml"


def test_of_a_very_long_document_some_passages_are_read(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    document, storage = library.document("砚桐电子员工手册.docx"), library.answering().generation.documents
    assert document is not None
    every = [line.place for line in read_outlined(storage, document, "").root.lines()]
    monkeypatch.setattr(sections, "MOST_PASSAGES", 10)
    some = [line.place for line in read_outlined(storage, document, "").root.lines()]
    assert {*some} < {*every} and some[-1] > 0.9 * every[-1]
    assert [line.place for line in read_outlined(storage, document, "", whole=True).root.lines()] == every


def test_a_guide_is_made_once(library: Library) -> None:
    assert guide(library, "砚桐") is guide(library, "砚桐")
    assert library.guide("沒有.md") is None


@pytest.mark.parametrize(
    "text",
    """整机保修 2 年。|第五條 月租金每月 4,300 元，押金兩個月。|招募志工 160 人，工作人員 22 人|店長說「明天再來。」
    |There is no warranty for the program.|*每場活動只准有一個主要目的。*""".split("|"),
)
def test_a_sentence_that_stands_alone(text: str) -> None:
    assert is_whole(text.strip())


@pytest.mark.parametrize(
    "text",
    """這樣做比較省錢。|因此每年修訂一次。|第二，不要在半夜推送。|包括下列各項：|你要選哪一個？|先在微博發起話題；
    |註：以公告為準。|星橋系統運維手冊（第 7 版）|2026-03-01 10:00 閱讀 1356|However, you may copy it at any time.
    |This is why it fails so often.|propagate a covered work without any permission
    |If additional permissions|編號：12　日期：三月|（見附件""".split("|"),
)
def test_a_sentence_that_does_not(text: str) -> None:
    assert not is_whole(text.strip())
