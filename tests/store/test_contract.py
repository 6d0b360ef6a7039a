"""What every store must do, whichever holds the documents: one suite, run over each."""

import random
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from yinju.errors import IndexBusyError, IndexMissingError
from yinju.ingest.entries import divide
from yinju.ingest.records import terms_of
from yinju.reading import read_document
from yinju.settings import Settings
from yinju.store.local import vectors
from yinju.store.local.store import LocalStore
from yinju.store.local.writing import LocalWriter
from yinju.store.milvus.store import MilvusStore
from yinju.store.protocol import Hits, IngestedFile, Names, Snapshot, Store, StoreFacts
from yinju.store.scoped import ScopedSnapshot
from yinju.store.tuning import Tuned
from yinju.types import Figure, FigureSource, FileOutcome, FileState, Scope, Vectors

MakeStore = Callable[..., Store]
FACTS = StoreFacts({"name": "toy", "fingerprint": "toy-1", "dimension": 4}, {"passage_characters": 30})
TEXTS = {
    "貓/照顧.md": "# 貓\n\n貓每天要睡十四個小時。\n\n## 飲水\n\n水碗離飯碗遠一點，貓才肯喝水。\n",
    "狗.txt": "狗每天要散步兩次。第三條的規定見下。\n",
    "茶.txt": "泡綠茶的水溫約八十度，紅茶要用滾水。\n",
}


class Sketched(LocalStore):
    """A local store that searches sketches from the first passage on."""

    def writer(self, facts: StoreFacts | None = None, *, anew: bool = False) -> LocalWriter:
        """The right to change it."""
        writer = super().writer(facts, anew=anew)
        writer.tuned = Tuned(99, 1.0, 0.98, 4)
        return writer


@pytest.fixture(params=["local", "sketched", "milvus"])
def make_store(
    request: pytest.FixtureRequest, tmp_path: Path, milvus_lite: str, monkeypatch: pytest.MonkeyPatch
) -> MakeStore:
    """Makes the same store each time it is called with the same name, as another process would open it."""
    if request.param == "sketched":
        monkeypatch.setattr(vectors, "FEW", 0)
        return lambda name="store": Sketched(tmp_path / name)
    if request.param == "local":
        return lambda name="store": LocalStore(tmp_path / name)
    return lambda name="store": MilvusStore(tmp_path / name, milvus_lite)


@pytest.fixture
def store(make_store: MakeStore) -> Store:
    """A store of the three texts, published once."""
    made = make_store()
    with made.writer(FACTS) as writer:
        for name, text in TEXTS.items():
            writer.add(ingested(name, text))
        assert writer.publish() == made.current()
    return made


def vector_of(text: str) -> Vectors:
    """Counts of four characters, scaled to length 1; zero where none stands in the text."""
    counts = np.array([text.count(character) for character in "貓狗茶水"], np.float32)
    return np.asarray(counts / max(float(np.linalg.norm(counts)), 1e-9), np.float32)


def ingested(name: str, text: str) -> IngestedFile:
    """A file as ingestion hands it over."""
    file = divide(read_document(text.encode(), name), Settings(passage_characters=30))
    vectors = [vector_of(passage.text) for passage in file.passages]
    file.vectors = np.array(vectors, np.float32).reshape(-1, 4)
    return file


def edit(store: Store, *changes: tuple[str, str | None]) -> int:
    """Write files anew, or remove those without a text, and publish."""
    with store.writer() as writer:
        for name, text in changes:
            if text is None:
                writer.remove(name)
            else:
                writer.add(ingested(name, text))
        return writer.publish()


def texts_of(snapshot: Snapshot, ids: list[int]) -> list[str]:
    """The documents of passages, in order."""
    return [passage.document for passage in snapshot.documents.passages(ids)]


def found(snapshot: Snapshot, word: str, within: frozenset[str] | None = None) -> list[str]:
    """The documents that two characters beside each other are found in."""
    return texts_of(snapshot, [number for number, _ in snapshot.keywords.search("bigrams", [word], 9, within)])


def nearest(snapshot: Snapshot, text: str, count: int, within: Names | None = None) -> Hits:
    """The passages nearest to one text."""
    return snapshot.vectors.search(vector_of(text).reshape(1, 4), count, within)[0]


def test_nothing_is_there_before_the_first_publication(make_store: MakeStore) -> None:
    store = make_store()
    assert store.current() is None
    with pytest.raises(IndexMissingError):
        store.open()
    with store.writer(FACTS) as writer:
        writer.add(ingested("a.txt", "不發佈。"))
    assert make_store().current() is None


def test_what_was_added_is_there(store: Store) -> None:
    with closing(store.open()) as snapshot:
        assert (
            len(snapshot) == len(snapshot.keywords) == len(snapshot.vectors) == snapshot.documents.passage_count() == 4
        )
        assert [document.name for document in snapshot.documents.documents()] == sorted(TEXTS)
        assert [*snapshot.documents.facts()] == [*snapshot.documents.outcomes()] == sorted(TEXTS)
        document = snapshot.documents.document("茶.txt")
        assert document is not None and document.text == TEXTS["茶.txt"]
        assert snapshot.documents.document("沒有.txt") is None
        assert snapshot.facts == FACTS
        assert snapshot.number == store.current() and snapshot.built > 0


def test_passages_are_as_they_were_handed_over(store: Store) -> None:
    with closing(store.open()) as snapshot:
        for name, text in TEXTS.items():
            file = ingested(name, text)
            assert snapshot.documents.passages_of(name) == [*file.passages]
            ids = [passage.id for passage in file.passages]
            assert snapshot.documents.passages(ids[::-1]) == [*file.passages][::-1]
            assert file.vectors is not None
            np.testing.assert_allclose(snapshot.vectors.rows(ids), file.vectors, atol=5e-3)
        first, second = snapshot.documents.passages_of("貓/照顧.md")
        assert (snapshot.documents.passage_after(first), snapshot.documents.passage_before(second)) == (second, first)
        assert snapshot.documents.passage_before(first) is snapshot.documents.passage_after(second) is None
        assert snapshot.documents.leads(["貓/照顧.md", "沒有.txt"]) == {"貓/照顧.md": first.text}
        digests = {name: ingested(name, text).outcome.sha256 for name, text in TEXTS.items()}
        assert snapshot.documents.digests([*TEXTS]) == digests
        assert [name for _, name in snapshot.documents.places()] == ["狗.txt", "茶.txt", "貓/照顧.md", "貓/照顧.md"]


def test_keywords_find_by_words_and_by_numbers(store: Store) -> None:
    with closing(store.open()) as snapshot:
        keywords = snapshot.keywords
        assert found(snapshot, "散步") == ["狗.txt"]
        assert [score > 0 for _, score in keywords.search("words", ["猫", "水温"], 9)] == [True] * 3
        assert keywords.search("words", ["沒有"], 9) == keywords.search("words", [], 9) == []
        best = keywords.search("bigrams", ["散步", "每天"], 9)
        assert [score for _, score in best] == sorted((score for _, score in best), reverse=True)
        assert keywords.scores("bigrams", ["散步", "每天"], [number for number, _ in best]) == pytest.approx(dict(best))
        assert all(score < keywords.highest_score("bigrams", ["散步", "每天"]) for _, score in best)
        assert (keywords.frequency_in("words", "散步"), keywords.document_frequency("沒有")) == (1, 0)
        assert texts_of(snapshot, keywords.search_designated("article:3", "words", ["狗"], 9)) == ["狗.txt"]
        (dog,) = (passage.id for passage in snapshot.documents.passages_of("狗.txt"))
        assert keywords.designated("article:3", [dog]) == {dog}
        assert not keywords.is_designated("article:3")


def test_vectors_find_the_nearest(store: Store) -> None:
    with closing(store.open()) as snapshot:
        hits = nearest(snapshot, "茶", 2)
        assert texts_of(snapshot, [hits[0][0]]) == ["茶.txt"]
        assert hits[0][1] == pytest.approx(1 / 2**0.5, abs=5e-3)  # 茶 and 水 stand twice each
        assert len(nearest(snapshot, "茶", 99)) == 4
        both = snapshot.vectors.search(np.array([vector_of("茶"), vector_of("狗")]), 2)
        assert both == [nearest(snapshot, "茶", 2), nearest(snapshot, "狗", 2)]


@pytest.mark.parametrize("names", [{"狗.txt"}, {"狗.txt", "茶.txt"}, {"沒有.txt"}, set()])
def test_only_documents_within_are_ever_found(store: Store, names: set[str]) -> None:
    within = frozenset(names)
    with closing(store.open()) as snapshot:
        hits = [
            *snapshot.keywords.search("characters", ["水", "天", "的"], 9, within),
            *nearest(snapshot, "貓狗茶水", 9, within),
        ]
        assert {*texts_of(snapshot, [number for number, _ in hits])} == names & TEXTS.keys()
        designated = snapshot.keywords.search_designated("article:3", "words", ["天"], 9, within)
        assert {*texts_of(snapshot, designated)} == names & {"狗.txt"}


def test_a_scope_is_names_folders_formats_and_dates(store: Store) -> None:
    with closing(store.open()) as snapshot:
        within = snapshot.documents.within
        assert within(Scope()) == TEXTS.keys()
        assert within(Scope(frozenset({"狗.txt", "沒有.txt"}))) == {"狗.txt"}
        assert within(Scope(folders=frozenset({"貓"}))) == within(Scope(folders=frozenset({"貓/"}))) == {"貓/照顧.md"}
        assert within(Scope(frozenset({"狗.txt"}), frozenset({"貓"}))) == {"狗.txt", "貓/照顧.md"}
        assert within(Scope(frozenset())) == frozenset()
        assert within(Scope(formats=frozenset({"markdown"}))) == {"貓/照顧.md"}
        assert within(Scope(frozenset({"狗.txt"}), frozenset({"貓"}), formats=frozenset({"text"}))) == {"狗.txt"}
        assert within(Scope(until="1970-01-01")) == TEXTS.keys()
        assert within(Scope(since="1970-02")) == frozenset()


def test_tags_unite_with_names_and_folders_and_formats_narrow_them_all(store: Store) -> None:
    with store.writer() as writer:
        writer.facts = replace(writer.facts, tags={"茶.txt": ["飲料"], "狗.txt": ["動物", "朋友"]})
        writer.publish()
    with closing(store.open()) as snapshot:
        within = snapshot.documents.within
        assert within(Scope(tags=frozenset({"飲料"}))) == {"茶.txt"}
        assert within(Scope(tags=frozenset({"飲料", "朋友"}))) == {"茶.txt", "狗.txt"}
        assert within(Scope(frozenset({"狗.txt"}), tags=frozenset({"飲料"}))) == {"茶.txt", "狗.txt"}
        assert within(Scope(folders=frozenset({"貓"}), tags=frozenset({"飲料"}))) == {"茶.txt", "貓/照顧.md"}
        assert within(Scope(frozenset(), tags=frozenset({"沒有"}))) == frozenset()
        narrow = Scope(folders=frozenset({"貓"}), tags=frozenset({"飲料"}), formats=frozenset({"markdown"}))
        assert within(narrow) == {"貓/照顧.md"}


def test_an_edit_is_seen_whole_once_it_is_published(store: Store, make_store: MakeStore) -> None:
    before = store.open()
    number = edit(store, ("茶.txt", "茶要用山泉水。\n"), ("狗.txt", None), ("鳥.txt", "鳥在清晨唱歌。\n"))
    with closing(make_store().open()) as snapshot:
        assert snapshot.number == number != before.number
        assert [*snapshot.documents.facts()] == ["茶.txt", "貓/照顧.md", "鳥.txt"]
        seen = [found(snapshot, word) for word in ("散步", "山泉", "唱歌")]
        assert seen == [[], ["茶.txt"], ["鳥.txt"]]
        assert len(snapshot) == len(snapshot.keywords) == len(snapshot.vectors) == 4
        assert texts_of(snapshot, [nearest(snapshot, "狗", 1)[0][0]]) != ["狗.txt"]
        assert snapshot.keywords.frequency_in("bigrams", "散步") == 0
        assert snapshot.documents.outcome("狗.txt") is None
    assert (found(before, "散步"), found(before, "山泉"), len(before)) == (["狗.txt"], [], 4)
    assert before.documents.document("狗.txt") is not None
    before.close()


def test_ids_stay_while_other_documents_come_and_go(store: Store) -> None:
    with closing(store.open()) as snapshot:
        ids = [passage.id for passage in snapshot.documents.passages_of("貓/照顧.md")]
    edit(store, ("茶.txt", None), ("鳥.txt", "鳥在清晨唱歌。\n"))
    edit(store, ("貓/照顧.md", TEXTS["貓/照顧.md"]))
    store.compact(terms_of, whole=True)
    with closing(store.open()) as snapshot:
        assert [passage.id for passage in snapshot.documents.passages_of("貓/照顧.md")] == ids
        assert texts_of(snapshot, ids) == ["貓/照顧.md"] * 2


def test_how_a_file_ended_is_kept_without_a_document(store: Store) -> None:
    failed = FileOutcome("壞.pdf", FileState.FAILED)
    with store.writer() as writer:
        writer.add(IngestedFile(failed))
        writer.publish()
    with closing(store.open()) as snapshot:
        assert snapshot.documents.outcome("壞.pdf") == failed
        assert "壞.pdf" in snapshot.documents.outcomes() and "壞.pdf" not in snapshot.documents.facts()
        assert len(snapshot) == 4
    edit(store, ("壞.pdf", None))
    with closing(store.open()) as snapshot:
        assert snapshot.documents.outcome("壞.pdf") is None


def test_what_was_not_published_never_was(store: Store) -> None:
    number = store.current()
    with store.writer() as writer:
        writer.add(ingested("鳥.txt", "鳥在清晨唱歌。\n"))
        writer.remove("茶.txt")
    with pytest.raises(ZeroDivisionError), store.writer() as writer:
        writer.remove("茶.txt")
        _ = 1 / 0
    with closing(store.open()) as snapshot:
        assert (snapshot.number, [*snapshot.documents.facts()]) == (number, sorted(TEXTS))
        assert found(snapshot, "唱歌") == []


def test_nothing_changed_publishes_nothing(store: Store) -> None:
    number = store.current()
    assert edit(store) == edit(store, ("沒有.txt", None)) == number
    with store.writer(StoreFacts(FACTS.encoder, FACTS.settings, corpus="/some/folder")) as writer:
        assert writer.publish() != number


def test_one_writes_at_a_time(store: Store, make_store: MakeStore) -> None:
    with store.writer(), pytest.raises(IndexBusyError), make_store().writer():
        pass
    with make_store().writer():
        pass


def test_it_can_be_begun_anew(store: Store) -> None:
    with store.writer(FACTS, anew=True) as writer:
        writer.add(ingested("鳥.txt", "鳥在清晨唱歌。\n"))
        writer.publish()
    with closing(store.open()) as snapshot:
        assert [*snapshot.documents.facts()] == ["鳥.txt"]
        assert found(snapshot, "散步") == []


def test_a_publication_can_be_taken_back(store: Store) -> None:
    before = store.current()
    edit(store, ("茶.txt", None))
    assert store.rollback() == store.current() == before
    with closing(store.open()) as snapshot:
        assert found(snapshot, "绿茶") == ["茶.txt"]
    with pytest.raises(IndexMissingError):
        store.rollback()
    edit(store, ("狗.txt", None))
    with closing(store.open()) as snapshot:
        assert [*snapshot.documents.facts()] == ["茶.txt", "貓/照顧.md"]


def test_an_emptied_store_holds_nothing(store: Store) -> None:
    edit(store, *((name, None) for name in TEXTS))
    with closing(store.open()) as snapshot:
        assert (len(snapshot), snapshot.documents.documents(), snapshot.documents.outcomes()) == (0, [], {})
        assert nearest(snapshot, "茶", 3) == snapshot.keywords.search("words", ["茶"], 3) == []
        assert snapshot.vectors.rows([]).shape == (0, 4)


def test_put_together_it_says_what_a_store_made_at_once_says(store: Store, make_store: MakeStore) -> None:
    """Twenty edits by chance, then everything put together: the same hits and scores as of a store of what is left."""
    chance, left = random.Random(16), dict(TEXTS)
    for step in range(20):
        name = f"{chance.randrange(8)}.txt"
        text = (
            None
            if chance.random() < 0.3
            else f"第{step}次寫的{chance.choice('貓狗茶水')}，{chance.choice('貓狗茶水')}。\n"
        )
        edit(store, (name, text))
        left.pop(name, None)
        left |= {name: text} if text else {}
    store.compact(terms_of, whole=True)
    at_once = make_store("at once")
    with at_once.writer(FACTS) as writer:
        for name in sorted(left):
            writer.add(ingested(name, left[name]))
        writer.publish()
    with closing(store.open()) as one, closing(at_once.open()) as other:
        assert [*one.documents.facts()] == [*other.documents.facts()] == sorted(left)
        for character in "貓狗茶水次第":
            for snapshot_search in ("words", "characters"):
                hits = [{*s.keywords.search(snapshot_search, [character], 99)} for s in (one, other)]
                assert dict(hits[0]) == pytest.approx(dict(hits[1]))
            near = [dict(nearest(s, character, 99)) for s in (one, other)]
            assert near[0] == pytest.approx(near[1], abs=5e-3)


def test_the_figures_of_a_document_come_and_go_with_it(store: Store) -> None:
    figures = (
        Figure(3, FigureSource.MEMBER, ("word/media/a.png",), "圖 1：貓", "1", None, None, (320, 200)),
        Figure(9, FigureSource.REGION, (), "", "", 2, (0.1, 0.2, 0.5, 0.75)),
    )
    file = ingested("圖.txt", "圖 1：貓。\n水碗。\n")
    assert file.document
    file.document = replace(file.document, figures=figures)
    with store.writer() as writer:
        writer.add(file)
        writer.publish()
    with closing(store.open()) as live:
        assert live.documents.figures("圖.txt") == figures
        assert live.documents.figures("狗.txt") == live.documents.figures("沒有.txt") == ()
        assert ScopedSnapshot(live, Scope(frozenset({"狗.txt"}))).documents.figures("圖.txt") == ()
    with store.writer() as writer:
        writer.remove("圖.txt")
        writer.publish()
    with closing(store.open()) as live:
        assert live.documents.figures("圖.txt") == ()
