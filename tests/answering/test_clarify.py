"""Asking back: which questions name no target, what each document says to them, and what is left to be answered."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from yinju.answering.clarify import clarification
from yinju.answering.reply import Reply
from yinju.ingest.build import open_store
from yinju.library import build_index
from yinju.messages import language_of
from yinju.protocols import Encoder
from yinju.retrieval import Retriever, retrieve
from yinju.settings import Settings
from yinju.types import Verdict

TUNE = Path(__file__).parents[2] / "benchmarks" / "free" / "tune" / "documents"
SHOPS = {
    "書店.md": "# 石榴書店須知\n\n## 場地\n\n閱讀室押金每人 300 元，離開時退還。書店晚上 21:00 打烊。\n\n"
    "## 聯絡\n\n電話 04-5550-1111，找小莫。可以取消活動，三天前全額退。\n",
    "琴房.md": "# 松濤琴房規則\n\n## 租用\n\n押金 1,500 元，琴房 22:30 打烊。\n\n"
    "## 聯絡\n\n电话 04-5550-2222。取消預約不得晚於前一天。\n",
    "單車.txt": "單車站說明\n\n押金一律三百元。聽說租車人最多。\n",
}
LEVELS = """# 碼頭停車場

| 車種 | 月租 | 日租 |
|---|---|---|
| 機車 | 300 元 | 30 元 |
| 轎車 | 2,400 元 | 180 元 |
| 貨車 | 3,600 元 | 260 元 |

## 罰則

逾時離場每小時罰 50 元。佔用車位罰 600 元。破壞柵欄罰 2,000 元。
"""


def opened(folder: Path, encoder: Encoder, documents: dict[str, str] | None) -> Iterator[Retriever]:
    """A retriever over some documents, those for trying out where none are given."""
    corpus = TUNE if documents is None else folder / "corpus"
    if documents is not None:
        corpus.mkdir()
        for name, text in documents.items():
            (corpus / name).write_text(text, "utf-8")
    build_index(corpus, folder / "index", encoder=encoder)
    generation = open_store(folder / "index").open()
    yield Retriever(generation, encoder, Settings())
    generation.close()


@pytest.fixture(scope="module")
def shops(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Iterator[Retriever]:
    yield from opened(tmp_path_factory.mktemp("shops"), real_encoder, SHOPS)


@pytest.fixture(scope="module")
def parking(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Iterator[Retriever]:
    yield from opened(tmp_path_factory.mktemp("parking"), real_encoder, {"停車.md": LEVELS})


@pytest.fixture(scope="module")
def tune(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Iterator[Retriever]:
    yield from opened(tmp_path_factory.mktemp("tune"), real_encoder, None)


def asked(retriever: Retriever, question: str) -> Reply | None:
    """What is said back to a question."""
    return clarification(retriever, retrieve(retriever, question), language_of(question))


def test_each_document_s_reading_is_given_with_its_source(shops: Retriever) -> None:
    reply = asked(shops, "押金多少")
    assert reply is not None
    assert reply.verdict is Verdict.ANSWERED
    lines = [statement.text for statement in reply.statements]
    assert lines[0] == "文件裡有幾處，說的不一樣；你想問的是哪一個？"
    assert sorted(lines[1:]) == [
        "《單車站說明》：押金一律三百元。",
        "《松濤琴房規則》：押金 1,500 元，琴房 22:30 打烊。",
        "《石榴書店須知》：閱讀室押金每人 300 元，離開時退還。",
    ]
    assert sorted(reply.options) == ["《單車站說明》押金多少", "《松濤琴房規則》押金多少", "《石榴書店須知》押金多少"]
    assert [statement.markers for statement in reply.statements] == [(), (1,), (2,), (3,)]
    for citation in reply.citations:
        document = shops.generation.documents.document(citation.document)
        assert document is not None
        assert document.text[citation.start : citation.end] == citation.quote
        assert "押金" in citation.quote


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("几点关门", ("21:00", "22:30")),
        ("電話幾號", ("04-5550-1111", "04-5550-2222")),
        ("可以取消吗", ("三天前全额退", "不得晚于前一天")),
        ("請問押金要多少錢呢？", ("300 元", "1,500 元", "三百元")),
    ],
)
def test_what_names_no_target_is_asked_back(shops: Retriever, question: str, said: tuple[str, ...]) -> None:
    reply = asked(shops, question)
    assert reply is not None
    text = "\n".join(statement.text for statement in reply.statements)
    assert all(one in text for one in said), text


@pytest.mark.parametrize(
    "question",
    """琴房押金多少|書店幾點關門|閱讀室的押金多少錢|押金為什麼要收|誰收押金|押金和電話|租金多少|小莫電話幾號|押金最高是多少|《單車站說明》押金多少
    |營業額多少|可以帶狗嗎|什麼是押金""".split("|"),
)
def test_what_names_a_target_or_asks_otherwise_is_left_to_be_answered(shops: Retriever, question: str) -> None:
    assert asked(shops, question.strip()) is None


def test_where_all_readings_agree_there_is_nothing_to_ask(tmp_path: Path, real_encoder: Encoder) -> None:
    same = {"甲.txt": "甲館規定\n\n押金每人 300 元，離開時退還。\n", "乙.txt": "乙館規定\n\n入館請先繳押金 300 元。\n"}
    for retriever in opened(tmp_path, real_encoder, same):
        assert asked(retriever, "押金多少") is None


def test_rows_of_one_table_are_readings_of_their_own(parking: Retriever) -> None:
    reply = asked(parking, "月租多少錢")
    assert reply is not None
    _, *lines = [statement.text for statement in reply.statements]
    assert lines == [
        "機車：300 元",
        "轎車：2,400 元",
        "貨車：3,600 元",
    ]
    assert reply.options == ("機車月租多少錢", "轎車月租多少錢", "貨車月租多少錢")


def test_sentences_of_one_section_are_one_reading(parking: Retriever) -> None:
    """The section answers the question as a whole."""
    assert asked(parking, "罰多少錢") is None


@pytest.mark.parametrize("question", ["電話幾號", "分機多少", "手續費多少", "入會費多少", "可以借多久"])
def test_over_six_documents_what_is_open_is_asked_back(tune: Retriever, question: str) -> None:
    assert asked(tune, question) is not None


@pytest.mark.parametrize(
    "question",
    """年假几天|迟到扣多少钱|试用期多久|体检什么时候|食堂多少钱|宿舍多少钱|工资几号发|掛失多少錢|逾期罰多少|預約幾件|影印多少錢|可以外帶嗎|保修多久
    |运费多少|上線日是幾號|預算多少|報名費多少|可以請假嗎|可以帶寵物嗎|打车报销多少|免運多少錢|滤网多少钱|錯誤碼E3|第六條|有幾個人|多少錢|什麼時候
    |KQ-30 多少钱|年终奖怎么发|誰負責網站|哪裡可以影印|为什么延到五月|怎么退会|借閱證有幾種|员工手册""".split("|"),
)
def test_ordinary_short_questions_are_answered_not_asked_back(tune: Retriever, question: str) -> None:
    assert asked(tune, question.strip()) is None
