"""Some documents of a library, asked as if it held no others: compared with a library that does hold no others."""

from contextlib import closing

import pytest
from tests.shelves import library_of

from yinju.library import Library
from yinju.settings import Settings
from yinju.store import scoped as module
from yinju.store.scoped import ScopedSnapshot
from yinju.types import Scope

TEXTS = {
    "請假.md": "# 請假\n\n病假一年十四天，要附診斷書。\n\n## 事假\n\n事假一年七天，三天前提出。\n",
    "出差.md": "# 出差\n\n住宿每晚三千元為上限，實報實銷。\n\n## 交通\n\n高鐵坐標準車廂，計程車要附收據。\n",
    "採購.md": "# 採購\n\n五萬元以上要三家報價。第三條的報價單保存五年。\n\n## 驗收\n\n貨到七天內驗收。\n",
    "會議.txt": "每週一上午十點開會，會議室先到先用。請假的人要看紀錄。\n",
    "停車.txt": "停車位一個月兩千元，地下二樓，要附行照。\n",
}
CHOSEN = ("請假.md", "停車.txt", "出差.md")
QUESTIONS = ("病假一年幾天？", "停車位一個月多少錢？", "要附什麼？", "報價單保存幾年", "高鐵坐哪種車廂", "會議室怎麼用")
SCOPE = Scope(frozenset(CHOSEN))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(TEXTS, tmp_path_factory.mktemp("whole"))


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of({name: TEXTS[name] for name in CHOSEN}, tmp_path_factory.mktemp("alone"))


@pytest.mark.parametrize("question", QUESTIONS)
def test_hits_and_answers_are_those_of_a_library_of_these_alone(whole: Library, alone: Library, question: str) -> None:
    hits, expected = whole.search(question, 9, SCOPE), alone.search(question, 9)
    assert [hit.passage.id for hit in hits] == [hit.passage.id for hit in expected]
    assert [hit.score for hit in hits] == pytest.approx([hit.score for hit in expected], abs=0.05)
    answer, told = whole.ask(question, scope=SCOPE), alone.ask(question)
    assert (answer.verdict, answer.text) == (told.verdict, told.text)
    assert {citation.document for citation in answer.citations} <= {*CHOSEN}


def test_words_are_as_rare_as_they_are_among_them(whole: Library, alone: Library) -> None:
    with closing(ScopedSnapshot(whole.answering().retriever.generation, SCOPE)) as scoped:
        other = alone.answering().retriever.generation.keywords
        assert len(scoped) == len(scoped.keywords) == len(scoped.vectors) == len(other) == alone.passage_count
        for term in ("要附", "报价", "一年", "没有"):
            assert scoped.keywords.frequency_in("bigrams", term) == other.frequency_in("bigrams", term)
            assert scoped.keywords.document_frequency(term) == other.document_frequency(term)
        assert scoped.keywords.highest_score("bigrams", ["要附", "一年"]) == pytest.approx(
            other.highest_score("bigrams", ["要附", "一年"])
        )
        assert not scoped.keywords.is_designated("article:3")


def test_only_they_are_there(whole: Library) -> None:
    scoped = ScopedSnapshot(whole.answering().retriever.generation, SCOPE).documents
    assert (
        [document.name for document in scoped.documents()]
        == [*scoped.facts()]
        == [*scoped.outcomes()]
        == sorted(CHOSEN)
    )
    assert (
        scoped.document("採購.md") is None and scoped.passages_of("採購.md") == [] and scoped.outcome("採購.md") is None
    )
    assert {name for _, name in scoped.places()} == {*CHOSEN}
    assert scoped.leads(["採購.md"]) == scoped.digests(["採購.md"]) == {}
    assert scoped.within(Scope(frozenset({"採購.md", "停車.txt"}))) == {"停車.txt"}


def test_in_a_large_scope_words_are_as_rare_as_in_the_library(whole: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "OWN_STATISTICS", 1)
    snapshot = whole.answering().retriever.generation
    scoped = ScopedSnapshot(snapshot, SCOPE).keywords
    assert scoped.frequency_in("bigrams", "要附") == snapshot.keywords.frequency_in("bigrams", "要附")
    found = dict(scoped.search("bigrams", ["要附", "报价"], 9))
    assert found and found.items() <= dict(snapshot.keywords.search("bigrams", ["要附", "报价"], 9)).items()
    assert {hit.passage.document for hit in whole.search("報價單要附什麼", 9, SCOPE)} <= {*CHOSEN}


def test_an_empty_scope_has_nothing(whole: Library) -> None:
    nowhere = Scope(frozenset({"沒有.txt"}))
    assert whole.search("病假一年幾天？", scope=nowhere) == []
    assert whole.ask("病假一年幾天？", scope=nowhere).refused
    assert whole.settings == Settings(index=str(whole.index))
