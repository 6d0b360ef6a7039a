"""Of two parts of one document the later one wins: minutes, dated points, mails and what they quote."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.shelves import library_of

from yinju.answering.extract import Chosen
from yinju.answering.extracted import Found, find, reply_to
from yinju.answering.latest import later, original, without_older
from yinju.answering.sentences import Sentence
from yinju.messages import say
from yinju.retrieval import Retriever
from yinju.types import Verdict

MINUTES = """# 管理委員會紀錄

## 第1次會議（2024年1月10日）

停車場月租費訂為每月 2000 元。

## 第2次會議（2024年3月12日）

停車場月租費調整為每月 2400 元。

## 第10次會議（2024年11月5日）

大門換成電子鎖。
"""
NOTICES = """# 晨光路跑公告

- 2024年5月9日：集合地點改在體育館前廣場。
- 2024年5月1日：集合地點在河濱公園東門。
- 2024年5月12日：贈品為毛巾一條。
"""
MAIL = """From: a@example.org
To: b@example.org
Subject: =?utf-8?b?5pil6YGK?=
Content-Type: text/plain; charset=utf-8

報到時間改為早上八點半。

> 報到時間是早上七點。
>> 報到時間是早上六點。
"""
MARCH = "# 2026-03-05 週會紀錄\n\n- 春季活動預算 12 萬元。\n- 客服專線每天九點到六點。\n"
LATER = "# 週會紀錄 2026-03-19\n\n- 春季活動預算改為 15 萬元。\n- 客服專線忙線時轉總機。\n"
OTHER = "# 舊版停車說明\n\n## 第99次會議\n\n停車場月租費為每月 9900 元。\n"


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Retriever]:
    """What finds passages of minutes, notices and mails."""
    documents = {"紀錄.md": MINUTES, "公告.md": NOTICES, "春遊.eml": MAIL, "說明.md": OTHER}
    documents |= {"三月.md": MARCH, "三月下.md": LATER}
    with library_of(documents, tmp_path_factory.mktemp("latest")) as opened:
        yield opened.answering().retriever


def holding(found: Found, words: str) -> Sentence:
    return next(sentence for sentence in found.sentences if words in sentence.text)


def after(retriever: Retriever, question: str, words: str) -> str | None:
    """The later sentence than the one that holds some words, or None."""
    found = find(retriever, question)
    newer = later(found.evidence.query, holding(found, words), found.sentences)
    return newer.text if newer else None


@pytest.mark.parametrize(
    ("question", "old", "new"),
    [
        ("停車場月租費多少錢", "2000", "停車場月租費調整為每月 2400 元。"),
        ("集合地點在哪裡", "河濱公園", "- 2024年5月9日：集合地點改在體育館前廣場。"),
        ("報到時間是幾點", "七點", "報到時間改為早上八點半。"),
        ("報到時間是幾點", "六點", "報到時間改為早上八點半。"),
        ("春季活動預算多少", "12", "- 春季活動預算改為 15 萬元。"),
    ],
)
def test_the_latest_says_it(retriever: Retriever, question: str, old: str, new: str) -> None:
    assert after(retriever, question, old) == new


@pytest.mark.parametrize(
    ("question", "words"),
    [("停車場月租費多少錢", "2400"), ("集合地點在哪裡", "體育館"), ("報到時間是幾點", "八點半")],
)
def test_what_is_the_latest_stays(retriever: Retriever, question: str, words: str) -> None:
    assert after(retriever, question, words) is None


@pytest.mark.parametrize(
    ("question", "old"),
    [
        ("第一次會議的停車場月租費多少錢", "2000"),
        ("原本停車場月租費多少錢", "2000"),
        ("一開始集合地點在哪裡", "河濱公園"),
        ("5月1日的集合地點在哪裡", "河濱公園"),
        ("之前報到時間是幾點", "七點"),
    ],
)
def test_where_the_old_is_asked_it_stays(retriever: Retriever, question: str, old: str) -> None:
    assert after(retriever, question, old) is None


def test_what_was_chosen_of_an_older_part_is_left_out(retriever: Retriever) -> None:
    def kept(question: str) -> list[str]:
        found = find(retriever, question)
        both = [holding(found, words) for words in ("2000", "2400")]
        chosen = [Chosen(one.candidate.passage, one.number) for one in both]
        return [one.text for one in without_older(found.evidence.query, found.sentences, chosen)]

    assert kept("停車場月租費多少錢") == ["停車場月租費調整為每月 2400 元。"]
    assert len(kept("停車場月租費各次會議是多少錢，有什麼變化")) == 2


COURSES = """# 駕訓班須知

## 班別

| 班別 | 時段 |
|---|---|
| 日間班 | 9:00–12:00 |
| 夜間班 | 18:30–21:30 |

## 通知

夜間班自 5 月 1 日起時段改為 18:00–21:00。

天雨時日間班照常上課。
"""


@pytest.mark.parametrize(
    ("question", "said", "replaced"),
    [
        ("夜間班的時段是幾點到幾點", "18:00–21:00", "18:30–21:30"),
        ("日間班的時段是幾點到幾點", "9:00–12:00", ""),
    ],
)
def test_what_a_notice_changes_is_cited_as_replaced(tmp_path: Path, question: str, said: str, replaced: str) -> None:
    with library_of({"須知.md": COURSES}, tmp_path) as opened:
        retriever = opened.answering().retriever
        reply = reply_to(retriever, question, find(retriever, question))
    assert reply.verdict is Verdict.ANSWERED
    assert said in reply.statements[0].text
    notices = [s for s in reply.statements if s.text == say("replaced", "zh-Hant")]
    assert len(notices) == bool(replaced)
    assert all(replaced in reply.citations[notice.markers[0] - 1].quote for notice in notices)


def test_a_version_that_is_named_is_not_overtaken(tmp_path: Path) -> None:
    text = "# 更新\n\n- 1.3.1（2025-12-03）：定時改為最長 12 小時。\n- 1.4.0（2026-03-20）：定時改為最長 10 小時。\n"
    with library_of({"更新.md": text}, tmp_path) as opened:
        retriever = opened.answering().retriever
        named, latest = (
            reply_to(retriever, question, find(retriever, question)).statements[0].text
            for question in ("1.3.1版的定時最長幾小時", "定時最長幾小時")
        )
    assert "12 小時" in named
    assert "10 小時" in latest


@pytest.mark.parametrize(("question", "old"), [("停車場月租費原本多少錢", "2000"), ("停車場月租費多少錢", None)])
def test_what_held_before_it_was_changed_is_given_where_that_is_asked(
    retriever: Retriever, question: str, old: str | None
) -> None:
    found = find(retriever, question)
    first = original(found.evidence.query, holding(found, "2400"), found.sentences)
    assert (first is None) if old is None else (first is not None and old in first.text)
