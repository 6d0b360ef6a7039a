"""Outlines: what asks for one, which document or section is meant, and what is said of it."""

import gc
import shutil
import weakref
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from yinju.answering.outline import OutlineRequest, outline_request, reply_with_outline
from yinju.answering.outline.numbered import last_of, of_part
from yinju.answering.outline.places import shelf_of
from yinju.answering.outline.request import Part
from yinju.answering.reply import Reply
from yinju.answering.titles import Name, kinds_alike, kinds_of, shown_title, titles_of, units
from yinju.ingest.build import open_store
from yinju.library import build_index
from yinju.messages import language_of
from yinju.protocols import Encoder
from yinju.retrieval import Retriever
from yinju.settings import Settings
from yinju.store.scoped import ScopedSnapshot
from yinju.types import DocumentFacts, Scope, Verdict

ROOT = Path(__file__).parents[2]
MAIL = """Subject: Re: Re: 東港兩日遊
From: a@example.org
To: b@example.org
Date: Mon, 02 Jun 2025 10:00:00 +0800
Content-Type: text/plain; charset=utf-8

大家好，就照這樣定了：
1. 日期是 6 月 21 日到 22 日。
2. 住海風民宿，兩晚共 3,200 元。

在 Sun, 1 Jun 2025 09:00:00 +0800，乙 寫道：
> 我想改成 6 月 28 日，住碼頭旅店比較近，一晚 1,100 元。
"""


def said(reply: Reply | None) -> str:
    """A reply's text, a line for each statement that begins one."""
    assert reply is not None
    return "".join(("\n" if one.new_line else "") + one.text for one in reply.statements).lstrip()


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Iterator[Retriever]:
    """Over the sample corpus, six documents for trying out, and a thread of mails."""
    folder = tmp_path_factory.mktemp("outline")
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    shutil.copytree(ROOT / "benchmarks" / "free" / "tune" / "documents", folder / "corpus", dirs_exist_ok=True)
    (folder / "corpus" / "東港.eml").write_text(MAIL, "utf-8")
    build_index(folder / "corpus", folder / "index", encoder=real_encoder)
    opened = open_store(folder / "index").open()
    yield Retriever(opened, real_encoder, Settings())
    opened.close()


def asked(retriever: Retriever, question: str) -> Reply | None:
    """The reply to a question that asks for an outline."""
    request = outline_request(question)
    assert request is not None, question
    return reply_with_outline(retriever, request, question, language_of(question))


OUTLINES = """
健身房那份規約大概在講什麼 | 躍岬 | 退會步驟 | 會員等級與月費
員工手冊分幾章 各講什麼 | 砚桐 | 第一章 | 總則 | 福利
净化器说明书有哪些章节 | 清屿 | 一、规格 | 十、固件记录
净化器说明书的重点 | 清屿 | E1 风机不转 | 整机保修 2 年
图书馆规则的大纲 | 茄苳 | 逾期与赔偿 | 附录二
帮我整理一下山菜到家这几次开会的重点 | 山菜 | 第四次周会 | 上线日提前到 4 月 27 日
云栈的台账有什么内容 | 云栈 | 设备清单 | 维修记录 | 12 项
概括一下那篇讲定价的讲义 | 訂價 | 省时间、省力气 | 竞争导向
私域笔记讲了什么 | 私域 | 常客、熟客、沉睡客、流失客
活动策划手册的主要内容是什么 | 活动策划 | 活动分级 | 倒排时间表
幫我摘要一下微博那篇文章 | 微博与微信 | 關係不同
行銷名詞問與答有什麼內容 | 行銷名詞 | 市場區隔是什麼？ | 第四章
茶行行事曆的大綱 | 青禾茶行內容 | 九十六萬元
微商问答讲了哪些东西 | 微商与 | 合规
总结一下数据指标那份讲义 | 數據指標 | 一页的周报
運營營銷策劃那篇在講什麼 | 運營與營銷與策劃 | 用一盒月餅說明
"""

SECTIONS = """
员工手册第六章讲什么 | 砚桐 | 食堂午餐自付 6 元 | 生日发 100 元蛋糕券
員工手冊第三章假期的內容 | 砚桐 | 年休假 | 點“銷假”
净化器保修那一节都说了些什么 | 清屿 | 电机保修 5 年 | 第二年起各付一程
图书馆规则第二章讲什么 | 茄苳 | 有效期限五年
第三次週會講了些什麼 | 山菜 | 改委託吉野冷鏈 | 阮明哲三月底離職
最後一次週會有哪些決議 | 山菜 | 4 月 27 日 | 離島不送
3月10日的會議講了什麼 | 山菜 | 免運門檻由 1,200 元降為 900 元
第二次周会的决议 | 山菜 | 改为每周三、六
运动馆规约里退会步骤那部分 | 躍岬 | 交还置物柜钥匙
會員等級那部分講什麼 | 躍岬 | 晨練會員
維修記錄那張表有什麼內容 | 云栈 | 維修記錄 | 12 項
审稿流程那部分讲什么 | 青禾茶行內容 | 不得超过两个工作天
活動策劃手冊第四章講什麼 | 活动策划 | 嘉賓無法到場
拾光记账待办事项那节的内容 | 拾光 | 下次会议定在七月十一日
東港那趟最後怎麼安排 | 東港 | 6 月 21 日到 22 日 | 3,200 元
東港的信講了什麼 | 東港 | 海風民宿
四月的會議講了什麼 | 拾光 | 新的考核辦法
圖書館附錄一講什麼 | 茄苳 | 十冊、三十日
"""


def cases(table: str) -> list[list[str]]:
    """The lines of a table, each divided into its cells."""
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


@pytest.mark.parametrize("case", cases(OUTLINES), ids=lambda case: case[0])
def test_a_document_is_outlined(retriever: Retriever, case: list[str]) -> None:
    question, document, *wanted = case
    reply = asked(retriever, question)
    text = said(reply)
    assert reply is not None
    assert {citation.document[: len(document)] for citation in reply.citations} == {document}
    assert all(one in text for one in wanted), text
    assert len(text) <= 600


@pytest.mark.parametrize("case", cases(SECTIONS), ids=lambda case: case[0])
def test_a_section_is_given_whole_or_by_what_tells_most(retriever: Retriever, case: list[str]) -> None:
    question, document, *wanted = case
    reply = asked(retriever, question)
    text = said(reply)
    assert reply is not None
    assert {citation.document[: len(document)] for citation in reply.citations} == {document}
    assert all(one in text for one in wanted), text
    assert len(text) <= 650


def test_every_statement_but_the_first_has_its_place_in_the_document(retriever: Retriever) -> None:
    for question in ("员工手册的大纲", "净化器保修那一节", "这些文件讲什么", "東港那趟最後怎麼安排"):
        reply = asked(retriever, question)
        assert reply is not None
        assert reply.statements[0].markers == ()
        assert [one.markers for one in reply.statements if one.markers] == [
            (n,) for n in range(1, len(reply.citations) + 1)
        ]
        for citation in reply.citations:
            document = retriever.generation.documents.document(citation.document)
            assert document is not None
            assert document.text[citation.start : citation.end] == citation.quote


def test_an_outline_says_what_it_is_in_the_asker_s_script(retriever: Retriever) -> None:
    assert said(asked(retriever, "员工手册的大纲")).startswith(
        "《砚桐电子有限公司员工手册（2026 年版）》的大纲，共 8 个部分"
    )
    assert "考取 IPC 焊接證獎勵 800 元" in said(asked(retriever, "員工手冊第六章講什麼"))
    request = outline_request("what is 员工手册 about")
    assert request is not None
    assert said(reply_with_outline(retriever, request, "", "en")).startswith("Outline of “砚桐")


def test_a_quoted_mail_is_not_the_latest(retriever: Retriever) -> None:
    text = said(asked(retriever, "東港那趟最後怎麼安排"))
    assert "碼頭旅店" not in text
    assert "example.org" not in text


def test_all_documents_are_named_each_with_what_is_in_it(retriever: Retriever) -> None:
    reply = asked(retriever, "這些文件講什麼")
    assert reply is not None
    lines = [statement.text for statement in reply.statements]
    assert lines[0].startswith("收錄的 21 份文件大致是這些")
    assert lines[-1] == "其餘 1 份，可以一份一份問我。"
    assert "《活动策划手册》：什麼樣的活動值得辦、提案與籌備、宣傳與報名等 5 項" in lines


def test_a_scope_leaves_one_document_to_be_meant(retriever: Retriever) -> None:
    scope = Scope(frozenset({"砚桐电子员工手册.docx"}))
    scoped = replace(retriever, generation=ScopedSnapshot(retriever.generation, scope))
    assert "员工手册" in said(asked(scoped, "这份文件讲了什么"))
    assert "第三章" in said(asked(scoped, "第三章讲什么"))


def test_where_two_sections_are_called_alike_it_is_asked_which(retriever: Retriever) -> None:
    reply = asked(retriever, "第六章講什麼")
    assert reply is not None
    assert (reply.verdict, said(reply), reply.citations) == (Verdict.NOTHING, "你是指哪一份文件？", ())
    assert reply.options == (
        "《砚桐电子有限公司员工手册（2026 年版）》的「第六章 福利」講了什麼",
        "《茄苳鎮立圖書館館藏借閱規則》的「第六章　附則」講了什麼",
    )


def test_what_is_offered_is_understood_when_it_is_asked(retriever: Retriever) -> None:
    for question in ("第六章講什麼", "运营那一节说了什么", "微信那篇文章講什麼", "這份文件講什麼"):
        offered = asked(retriever, question)
        assert offered is not None
        assert 2 <= len(offered.options) <= 5, question
        for option in offered.options:
            reply = asked(retriever, option)
            assert reply is not None and reply.verdict is Verdict.ANSWERED, option


def test_what_no_document_is_called_is_said_and_asked_back(retriever: Retriever) -> None:
    reply = asked(retriever, "租屋手冊講了什麼")
    assert reply is not None
    assert said(reply) == "文件裡沒有叫「租屋手冊」的。你是指哪一份文件？"
    assert "《活动策划手册》講了什麼" in reply.options


@pytest.mark.parametrize(
    "question", ["店長說了什麼", "上線日最後怎麼決定", "第四十章講什麼", "第七次週會講了什麼", "外星人的重點"]
)
def test_what_nothing_is_called_is_a_question_like_others(retriever: Retriever, question: str) -> None:
    assert asked(retriever, question) is None


@pytest.mark.parametrize(
    ("question", "request_"),
    [
        ("帮我总结社群那篇文章", OutlineRequest("社群", of_document=True)),
        ("家長手冊裡面講了哪些主題", OutlineRequest("家长手册", of_document=True)),
        ("泉州行程最後怎麼安排", OutlineRequest("泉州行程", "latest")),
        ("博物館指南有哪些章節", OutlineRequest("博物馆指南", "headings", of_document=True)),
        ("動物條例分幾章 各講什麼", OutlineRequest("动物条例", of_document=True)),
        ("「費用」那部分說什麼", OutlineRequest("费用", of_section=True)),
        ("第六章講什麼", OutlineRequest(part=Part(6, "章"))),
        ("七月那次管委會大概講了什麼", OutlineRequest("管委会", part=Part(month=7))),
        ("第2次會議的決議", OutlineRequest("决议", part=Part(2, "次"), of_meeting=True)),
        ("最近一次會議講了什麼", OutlineRequest(part=Part(unit="次", last=True), of_meeting=True)),
        ("所有資料幫我總結一下", OutlineRequest(of_all=True)),
        ("總結一下所有資料", OutlineRequest(of_all=True)),
        ("這份文件在說什麼", OutlineRequest(of_document=True)),
        ("幫我總結一下", OutlineRequest()),
        ("summarize the staff handbook", OutlineRequest("staff handbook")),
        ("What does chapter 6 say?", OutlineRequest(part=Part(6, "章"))),
        ("summary of all documents", OutlineRequest(of_all=True)),
    ],
)
def test_what_an_outline_is_asked_of(question: str, request_: OutlineRequest | None) -> None:
    assert outline_request(question) == request_


@pytest.mark.parametrize(
    "question",
    """年假幾天|第十條規定了什麼|請假要附什麼文件|誰負責整理會議紀錄|微信和微博差在哪|發票抬頭要寫什麼|怎麼申請會員|為什麼延到五月
    |會議幾點開始|哪一章講到押金|手冊在哪裡拿|重點班幾點下課|內容行銷是什麼|總結報告什麼時候交|大綱怎麼寫""".split("|"),
)
def test_what_asks_for_no_outline(question: str) -> None:
    assert outline_request(question.strip()) is None


@pytest.mark.parametrize(
    ("said_", "name", "share"),
    [
        ("博物館指南", "瀾川陶瓷博物館參觀指南", 5),
        ("旅行險說明", "隨行旅行保險產品說明", 4.5),
        ("112年版", "115年版", 2),
        ("11月", "2025年1月", 0.5),
        ("KQ-20", "KQ-20 說明書", 2),
    ],
)
def test_how_far_a_name_holds_what_somebody_says(said_: str, name: str, share: float) -> None:
    assert sum(Name.of(name).held(units(said_))) == share


def test_what_a_name_holds_is_told_unit_by_unit() -> None:
    """Runs first, the longest first; a unit elsewhere counts half, one that is not there parts two runs."""
    assert Name.of("梧桐苑會議紀錄").held(units("會議紀錄在梧桐苑")) == [1, 1, 1, 1, 0, 1, 1, 1]
    assert Name.of("議會").held(units("會議")) == [0.5, 0.5]
    assert Name.of("甲", "乙").held(units("甲乙")) == [0.5, 0.5]
    assert Name.of("梧桐苑").held(units("銀杏")) == [0, 0] and Name.of("梧桐苑").held([]) == []


def test_documents_of_two_kinds_are_not_taken_for_each_other() -> None:
    assert not kinds_alike(kinds_of("員工手冊"), "木也文具員工通訊錄")
    assert kinds_alike(kinds_of("會員規定"), "會員資費與使用規約")
    assert kinds_alike(kinds_of("社群"), "員工通訊錄")


def test_titles_are_said_as_people_know_them() -> None:
    assert shown_title("Re: Fwd: 轉寄: 東港兩日遊") == "東港兩日遊"
    facts = {"甲.md": ("規定", DocumentFacts()), "乙.md": ("規定", DocumentFacts()), "丙.md": ("茶", DocumentFacts())}
    assert titles_of(facts) == {"丙.md": "茶", "乙.md": "規定（乙.md）", "甲.md": "規定（甲.md）"}


def test_parts_are_found_by_number_and_date() -> None:
    paths = [("第三次會議 114 年 3 月 9 日",), ("第四次會議 114 年 7 月 20 日",), ("六、安全",), ("2025-07-15",)]
    assert of_part(Part(3, "次"), paths) == [paths[0]]
    assert of_part(Part(6, "章"), paths) == [paths[2]]
    assert of_part(Part(month=7), paths) == [paths[1], paths[3]]
    assert of_part(Part(month=7, day=15), paths) == [paths[3]]
    assert last_of([path[0] for path in paths[:2]], "次") == "第四次會議 114 年 7 月 20 日"
    assert last_of(["第一章 總則"], "章") is None


def test_what_is_kept_of_a_generation_goes_with_it(tmp_path: Path, encoder: Encoder) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "茶.md").write_text("# 茶\n\n## 沖泡\n\n水九十五度。\n\n## 保存\n\n放陰涼處。\n", "utf-8")
    build_index(tmp_path / "corpus", tmp_path / "index", encoder=encoder)
    generation = open_store(tmp_path / "index").open()
    assert shelf_of(generation).paths_of("茶.md") == (("沖泡",), ("保存",))
    alone = weakref.ref(generation)
    generation.close()
    del generation
    gc.collect()
    assert alone() is None
