"""The store in Milvus, beside what every store must do: weights by hand, errors, answers as of the local store."""

import math
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import ANIMALS
from tests.store.test_contract import FACTS, TEXTS, edit, found, ingested, nearest, texts_of

from yinju.errors import IndexDamagedError, IndexMismatchError, IndexMissingError, IndexWriteError, SettingsError
from yinju.ingest.records import terms_of
from yinju.library import build_index, open_library
from yinju.protocols import Encoder
from yinju.settings import Settings
from yinju.store.local.store import LocalStore
from yinju.store.milvus import entities, search
from yinju.store.milvus.connection import Milvus
from yinju.store.milvus.store import MilvusStore
from yinju.store.milvus.weights import EVERYWHERE, count_terms, dimension_of, rarity
from yinju.store.milvus.writing import MilvusWriter
from yinju.store.protocol import DESIGNATORS
from yinju.types import Scope

WITHIN = frozenset({"狗.txt", "沒有.txt"})


def filled(store: MilvusStore) -> MilvusStore:
    """A store with the texts of the contract published."""
    with store.writer(FACTS) as writer:
        for name, text in TEXTS.items():
            writer.add(ingested(name, text))
        writer.publish()
    return store


@pytest.fixture
def store(tmp_path: Path, milvus_lite: str) -> MilvusStore:
    """The texts of the contract, published once."""
    return filled(MilvusStore(tmp_path / "store", milvus_lite))


def client_of(store: MilvusStore) -> Any:  # noqa: ANN401 - pymilvus says nothing of its types
    """What speaks to Milvus."""
    return store._milvus._client


# Weights


def test_the_inner_product_is_bm25() -> None:
    """貓 twice among four words where six are usual, in 1 of 3 passages; 水 once, in 2 of 3."""
    passage = count_terms({"words": "貓 水 貓 睡"}).weighted({"words": 6.0})
    question = {dimension_of("words", "貓"): rarity(1, 3), dimension_of("words", "水"): rarity(2, 3)}
    slowed = 1.2 * (0.25 + 0.75 * 4 / 6)
    by_hand = math.log(1 + 2.5 / 1.5) * 2 * 2.2 / (2 + slowed) + math.log(1 + 1.5 / 2.5) * 2.2 / (1 + slowed)
    assert sum(passage[dimension] * weight for dimension, weight in question.items()) == pytest.approx(by_hand)


def test_a_passage_without_terms_has_a_vector_and_designators_weigh_one() -> None:
    assert count_terms({"words": ""}).weighted({"words": 1.0}) == {EVERYWHERE: 1.0}
    weights = count_terms({DESIGNATORS: "article:3 article:3 =article:4"}).weighted({})
    designators = [dimension_of(DESIGNATORS, term) for term in ("article:3", "=article:4")]
    assert weights == dict.fromkeys([EVERYWHERE, *designators], 1.0)


def test_scores_are_nearly_those_of_the_local_store(store: MilvusStore, tmp_path: Path) -> None:
    """They differ by how tantivy rounds lengths."""
    local = LocalStore(tmp_path / "local")
    with local.writer(FACTS) as writer:
        for name, text in TEXTS.items():
            writer.add(ingested(name, text))
        writer.publish()
    with closing(store.open()) as one, closing(local.open()) as other:
        for field, terms in (("words", ["水", "天"]), ("bigrams", ["每天"]), ("characters", ["水", "每", "的"])):
            hits = [snapshot.keywords.search(field, terms, 9) for snapshot in (one, other)]
            assert dict(hits[0]) == pytest.approx(dict(hits[1]), rel=0.05)
            highest = [snapshot.keywords.highest_score(field, terms) for snapshot in (one, other)]
            assert highest[0] == pytest.approx(highest[1])


# What is in Milvus


def test_two_libraries_share_no_collection(store: MilvusStore, tmp_path: Path, milvus_lite: str) -> None:
    other = filled(MilvusStore(tmp_path / "other", milvus_lite))
    edit(other, ("狗.txt", None))
    with closing(store.verify()) as one, closing(other.verify()) as two:
        assert one.collection != two.collection
        assert (found(one, "散步"), found(two, "散步")) == (["狗.txt"], [])


def test_a_small_scope_is_fetched_and_a_long_one_asked_for_in_parts(
    store: MilvusStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(store.open()) as snapshot:
        expected = snapshot.keywords.search("characters", ["水", "天"], 3)
        numbers = [number for number, _ in expected]
        assert snapshot.keywords.scores("characters", ["水", "天"], numbers) == pytest.approx(dict(expected))
        in_memory = snapshot.keywords.search("characters", ["水", "天"], 3, frozenset(TEXTS))
        assert dict(in_memory) == pytest.approx(dict(expected))
    monkeypatch.setattr(search, "OWN_STATISTICS", 0)
    monkeypatch.setattr(entities, "_AT_ONCE", 1)
    with closing(store.open()) as snapshot:
        assert snapshot.keywords.search("characters", ["水", "天"], 3, frozenset(TEXTS)) == expected
        assert texts_of(snapshot, [hit[0] for hit in nearest(snapshot, "茶", 9, WITHIN)]) == ["狗.txt"]
        assert found(snapshot, "散步", WITHIN) == ["狗.txt"]
        assert snapshot.keywords.search_designated("article:3", "words", ["天"], 9, WITHIN) == [
            snapshot.documents.passages_of("狗.txt")[0].id
        ]


def test_what_a_killed_writer_left_is_cleared_by_the_next(store: MilvusStore, monkeypatch: pytest.MonkeyPatch) -> None:
    with store.writer() as writer:
        writer.add(ingested("鳥.txt", "鳥在清晨唱歌。\n"))
        writer._seal()
        monkeypatch.setattr(writer, "_clear", lambda: None)
    with closing(store.verify()) as snapshot:
        assert client_of(store).query(snapshot.collection, output_fields=["count(*)"])[0]["count(*)"] == 5
        assert found(snapshot, "唱歌") == []
    with store.writer():
        pass
    with closing(store.verify()) as snapshot:
        assert client_of(store).query(snapshot.collection, output_fields=["count(*)"])[0]["count(*)"] == 4


def test_what_no_publication_sees_is_deleted_and_an_empty_collection_dropped(store: MilvusStore) -> None:
    with closing(store.open()) as snapshot:
        collection = snapshot.collection
    for text in ("茶一。\n", "茶二。\n", "茶三。\n"):
        edit(store, ("茶.txt", text))
    assert store.compact(terms_of, whole=True)
    with store.writer():
        pass
    with closing(store.verify()):
        held = client_of(store).query(collection, output_fields=["segment"], filter="place > 0")
        assert len({row["segment"] for row in held}) < 5
    with store.writer(FACTS, anew=True) as writer:
        writer.add(ingested("鳥.txt", "鳥在清晨唱歌。\n"))
        writer.publish()
    with store.writer(), closing(store.open()) as snapshot:
        assert snapshot.collection != collection
    assert not client_of(store).has_collection(collection)


def test_many_segments_are_one_store_and_are_put_together(store: MilvusStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MilvusWriter, "sealed", 2)
    with store.writer(FACTS, anew=True) as writer:
        for number in range(24):
            writer.add(ingested(f"{number}.txt", f"第{number}隻貓在喝水。\n"))
        writer.publish()
    monkeypatch.undo()
    edit(store, ("7.txt", None), ("8.txt", "第八隻狗在睡覺。\n"))
    for together in (False, True):
        if together:
            assert store.compact(terms_of)
        with closing(store.verify()) as snapshot:
            assert len(snapshot.manifest.segments) == (1 if together else 13)
            assert len(snapshot) == len(snapshot.keywords) == len(snapshot.vectors) == 23
            assert (snapshot.keywords.frequency_in("bigrams", "喝水"), found(snapshot, "睡觉")) == (
                22 if together else 24,
                ["8.txt"],
            )
            assert len(nearest(snapshot, "貓", 99)) == 23


@pytest.mark.parametrize("field", ["dense", "sparse"])
def test_verify_tells_what_was_changed_or_lost_in_milvus(store: MilvusStore, field: str) -> None:
    with closing(store.verify()) as snapshot:
        collection, client = snapshot.collection, client_of(store)
    (row,) = client.query(collection, filter="place >= 0", limit=1, output_fields=["*"])
    changed = {"dense": [0.6, 0.8, 0.0, 0.0], "sparse": {7: 1.0}}[field]
    client.upsert(collection, [{**row, field: changed}])
    with pytest.raises(IndexDamagedError, match=r"is not as it was published; make the index anew: yinju index CORPUS"):
        store.verify()
    client.delete(collection, filter=f"place == {row['place']}")
    with pytest.raises(IndexDamagedError, match="holds 3 passages, the manifest says 4; set YINJU_MILVUS_URI"):
        store.open()
    client.drop_collection(collection)
    with pytest.raises(IndexDamagedError, match=f"{collection} at .* is not there; set YINJU_MILVUS_URI"):
        store.open()


# Milvus that cannot be used


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, Callable[[], None]]]:
    """The address of a server in a process of its own, and what kills it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program, folder = str(Path(sys.executable).with_name("milvus-lite")), str(tmp_path / "served")
    command = [program, "server", "--data-dir", folder, "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        address, ends = f"http://127.0.0.1:{port}", time.monotonic() + 30
        while time.monotonic() < ends:
            with suppress(IndexMissingError):
                Milvus(address).count("none")
                break
            time.sleep(0.1)
        yield address, process.kill
        process.kill()


def test_a_server_that_goes_in_the_middle_is_told(tmp_path: Path, server: tuple[str, Callable[[], None]]) -> None:
    address, kill = server
    store = filled(MilvusStore(tmp_path / "store", address))
    with closing(store.open()) as snapshot:
        assert found(snapshot, "散步") == ["狗.txt"]
        writer = store.writer()
        writer.add(ingested("鳥.txt", "鳥在清晨唱歌。\n"))
        kill()
        told = rf"Milvus at {address} cannot be used \(.*\); see that it runs and that YINJU_MILVUS_URI .* again$"
        for ask in (
            lambda: found(snapshot, "散步"),
            lambda: nearest(snapshot, "茶", 2),
            lambda: snapshot.vectors.rows([passage.id for passage in snapshot.documents.passages_of("茶.txt")]),
            store.open,
        ):
            with pytest.raises(IndexMissingError, match=told):
                ask()
        with pytest.raises(IndexWriteError, match=told), writer:
            writer.publish()
        assert store.current() == snapshot.number


def test_nobody_at_the_address_is_told_without_the_password(tmp_path: Path) -> None:
    store = MilvusStore(tmp_path, "http://me:secret@127.0.0.1:1", "token")
    with (
        pytest.raises(IndexWriteError, match=r"^Milvus at http://127.0.0.1:1 cannot be used") as told,
        store.writer(FACTS) as writer,
    ):
        writer.add(ingested("a.txt", "貓。"))
        writer.publish()
    assert "secret" not in str(told.value) and "\n" not in str(told.value)
    assert store.current() is None


def test_a_file_that_another_process_has_is_told(tmp_path: Path) -> None:
    hold = "import sys; from milvus_lite.db import MilvusLite; db = MilvusLite(sys.argv[1]); print(flush=True); input()"
    path = str(tmp_path / "held.db")
    with subprocess.Popen([sys.executable, "-c", hold, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        with pytest.raises(IndexMissingError, match=r"held.db cannot be used .*; one process at a time has such a"):
            Milvus(path).count("any")
        process.kill()


@pytest.mark.parametrize("address", ["milvus", "/some/folder/milvus.sqlite"])
def test_what_is_no_address_is_told(tmp_path: Path, address: str) -> None:
    with pytest.raises(SettingsError, match=f"YINJU_MILVUS_URI={address} is neither .*; set it right, such as export"):
        MilvusStore(tmp_path, address)


def test_without_pymilvus_the_way_to_have_it_is_told(tmp_path: Path) -> None:
    program = (
        "import sys\nsys.modules['pymilvus'] = None\n"
        "from yinju.settings import Settings\nfrom yinju.library import build_index\n"
        "for store in ('local', 'milvus'):\n"
        "    build_index(sys.argv[1], f'{sys.argv[1]}/../{store}', settings=Settings(store=store))\n    print(store)"
    )
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "茶.txt").write_text("泡綠茶的水溫約八十度。", "utf-8")
    command = [sys.executable, "-c", program, str(tmp_path / "corpus")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.stdout == "local\n"
    assert done.stderr.endswith("install it: make milvus, or pip install 'yinju[milvus]'\n")


# As the local store


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder of three documents."""
    for name, text in ANIMALS.items():
        (tmp_path / "corpus").mkdir(exist_ok=True)
        (tmp_path / "corpus" / name).write_text(text, "utf-8")
    return tmp_path / "corpus"


def test_answers_are_those_of_the_local_store(
    corpus: Path, tmp_path: Path, milvus_lite: str, real_encoder: Encoder
) -> None:
    said: list[list[object]] = []
    for settings in (Settings(), Settings(store="milvus", milvus_uri=milvus_lite)):
        index = tmp_path / settings.store
        build_index(corpus, index, encoder=real_encoder, settings=settings)
        with open_library(index, encoder=real_encoder, settings=settings) as library:
            answers = [library.ask(question) for question in ("貓一天睡多久？", "泡綠茶的水溫幾度？", "火星有多遠？")]
            change = library.editor().wait(library.add("鳥.txt", ["鳥在清晨唱歌。".encode()]), 30)
            answers.append(library.ask("鳥什麼時候唱歌？"))
            answers.append(library.ask("每天要做什麼？", scope=Scope(frozenset({"狗.txt"}))))
            shown = ((one.text, one.verdict, () if one.refused else one.citations) for one in answers)
            said.append([change.stage, *shown])  # what comes near without an answer may do so equally
    assert said[0] == said[1]


def test_a_folder_of_another_store_is_told(
    corpus: Path, tmp_path: Path, real_encoder: Encoder, milvus_lite: str
) -> None:
    index, in_milvus = tmp_path / "index", Settings(store="milvus", milvus_uri=milvus_lite)
    build_index(corpus, index, encoder=real_encoder, settings=Settings())
    with pytest.raises(IndexMismatchError, match=r"STORE=local, the store in use is milvus; set YINJU_STORE=local, or"):
        build_index(corpus, index, encoder=real_encoder, settings=in_milvus)
    build_index(corpus, index, encoder=real_encoder, settings=in_milvus, rebuild=True)
    with pytest.raises(IndexMismatchError, match=r"STORE=milvus, the store in use is local; set YINJU_STORE=milvus"):
        open_library(index, encoder=real_encoder, settings=Settings())
