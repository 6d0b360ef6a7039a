"""What passages mean is read behind, the newest first; a stop loses little, and a question finds by it."""

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from yinju.deep import deep_encoder
from yinju.ingest import meaning
from yinju.ingest.build import open_store
from yinju.ingest.meaning import meanings_of, newest_first
from yinju.library import build_index, open_library
from yinju.settings import Settings
from yinju.types import Progress, Scope

AUTO = Settings(encoder="auto")
TEXTS = {
    "貓.md": "# 貓\n\n## 喝水\n\n水碗要放在飯碗遠一點的地方，每天換水。\n\n## 睡覺\n\n貓一天要睡十四個小時。\n",
    "門市.md": "# 門市\n\n## 退換\n\n商品在七日內憑發票可以退回，運費由買方負擔。\n\n## 時間\n\n週一公休。\n",
}


def fill(
    index: Path, settings: Settings, progress: Progress | None = None, stop: Callable[[], bool] = lambda: False
) -> int:
    """Read what of an index was not read yet."""
    with closing(open_store(index).open()) as snapshot:
        return meaning.fill(index, snapshot, settings, progress, stop)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name, text in TEXTS.items():
        (corpus / name).write_text(text, "utf-8")
    build_index(corpus, tmp_path / "index")
    return tmp_path / "index"


def test_all_is_read_once_and_after_an_edit_what_is_new(index: Path) -> None:
    told: list[tuple[int, int, str]] = []
    assert fill(index, AUTO, lambda *step: told.append(step)) == 0
    assert told[-1] == (4, 4, "meaning")
    told.clear()
    assert fill(index, AUTO, lambda *step: told.append(step)) == 0 and not told
    (index.parent / "corpus" / "新.md").write_text("# 新\n\n停車一小時三十元。\n", "utf-8")
    build_index(index.parent / "corpus", index)
    assert fill(index, AUTO, lambda *step: told.append(step)) == 0
    assert told == [(5, 5, "meaning")]
    build_index(index.parent / "corpus", index, rebuild=True)
    told.clear()
    assert fill(index, AUTO, lambda *step: told.append(step)) == 0 and not told, "an index made anew"


def test_the_newest_documents_come_first(index: Path) -> None:
    (index.parent / "corpus" / "新.md").write_text("# 新\n\n停車一小時三十元。\n", "utf-8")
    build_index(index.parent / "corpus", index)
    with closing(open_store(index).open()) as snapshot:
        ids = newest_first(snapshot.documents)
        assert snapshot.documents.passages(ids.tolist())[0].document == "新.md"
        assert sorted(ids) == sorted(snapshot.documents.ids())


def test_what_was_read_before_a_stop_stays(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "BATCH", 1)
    stops = iter([False, False, False, True])  # asked once before anything is made ready
    assert fill(index, AUTO, stop=lambda: next(stops)) == 2
    told: list[int] = []
    assert fill(index, AUTO, lambda done, *_: told.append(done)) == 0
    assert told == [3, 4]


def test_what_was_read_of_a_file_goes_along_when_it_moves(index: Path) -> None:
    fill(index, AUTO)
    (index.parent / "corpus" / "動物").mkdir()
    (index.parent / "corpus" / "貓.md").rename(index.parent / "corpus" / "動物" / "貓.md")
    build_index(index.parent / "corpus", index, settings=AUTO)
    told: list[int] = []
    assert fill(index, AUTO, lambda done, *_: told.append(done)) == 0
    assert told == [], "nothing is left to read"


def test_nothing_is_read_unasked_in_a_large_index_or_where_it_is_not_wanted(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert fill(index, Settings(encoder="yinju")) == fill(index, Settings(encoder="auto", reread=False)) == 0
    assert not (index / "meanings").exists()
    monkeypatch.setattr(meaning, "READ_UNASKED", 3)
    assert fill(index, AUTO) == 4
    assert fill(index, Settings(encoder="yinju-deep")) == 0


def test_a_question_finds_what_shares_no_word_with_it(index: Path) -> None:
    question = "東西買錯了能拿去還嗎"
    shutil.copytree(index, index.parent / "bare")
    fill(index, AUTO)
    with open_library(index, settings=AUTO) as library, open_library(index.parent / "bare", settings=AUTO) as bare:
        own, none = library.answering().retriever, bare.answering().retriever
        assert (own.meaning_read, none.meaning_read) == (1, 0)
        assert library.search(question)[0].passage.headings[-1] == "退換"
        assert bare.passage_count == library.passage_count
        scoped = library.answering(Scope(frozenset({"貓.md"}))).retriever
        assert own.meanings and len(own.meanings.of(scoped.generation.documents)) == 2


def test_vectors_are_the_means_of_sentences(index: Path) -> None:
    with closing(open_store(index).open()) as snapshot:
        passages = snapshot.documents.passages(snapshot.documents.ids().tolist())
    found = deep_encoder().vectors(passages)
    assert found.shape == (4, 384) and np.linalg.norm(found, axis=1) == pytest.approx(1, abs=1e-5)
    assert meanings_of(index, Settings(encoder="yinju")) is None
