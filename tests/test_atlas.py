"""The map of a collection: which passages are on it, and where from."""

from collections import Counter
from pathlib import Path

import pytest

from yinju.atlas import draw, sample
from yinju.library import build_index, open_library
from yinju.protocols import Encoder
from yinju.settings import Settings
from yinju.store.protocol import Snapshot


def test_every_passage_of_a_small_collection_is_on_the_map(generation: Snapshot) -> None:
    atlas = draw(generation)
    assert [(d.name, len(d.points), d.passages) for d in atlas.documents] == [
        ("狗.txt", 1, 1), ("茶.txt", 1, 1), ("貓.md", 2, 2),
    ]  # fmt: skip
    assert (atlas.points, atlas.passages) == (4, 4)
    cat = atlas.documents[2]
    assert (cat.title, cat.sha256) == ("貓的照顧", generation.documents.digests(["貓.md"])["貓.md"])
    assert ["十四個小時" in cat.points[0].passage.text, "水碗" in cat.points[1].passage.text] == [True, True]
    assert all(0 <= value <= 1 for d in atlas.documents for p in d.points for value in (p.x, p.y))
    assert draw(generation) == atlas


def test_a_large_collection_is_sampled(generation: Snapshot) -> None:
    atlas = draw(generation, 3)
    assert [(d.name, len(d.points), d.passages) for d in atlas.documents] == [
        ("狗.txt", 1, 1), ("茶.txt", 1, 1), ("貓.md", 1, 2),
    ]  # fmt: skip
    assert (atlas.points, atlas.passages) == (3, 4)


@pytest.mark.parametrize(
    ("owners", "most", "expected"),
    [
        ("aab", 3, [0, 1, 2]),
        ("aaaaaabbc", 4, [0, 3, 6, 8]),  # two, one and one: the last gets what is left
        ("abcdefghij", 4, [0, 2, 5, 7]),
        ("baba", 2, [0, 1]),
        ("", 5, []),
    ],
)
def test_the_sample_by_hand(owners: str, most: int, expected: list[int]) -> None:
    assert sample(list(owners), most) == expected


def test_documents_give_evenly() -> None:
    owners = ["long"] * 5_000 + ["short"] * 10 + ["middle"] * 600
    taken = Counter(owners[i] for i in sample(owners, 1_000))
    assert taken == {"short": 10, "long": 495, "middle": 495}


def test_the_map_is_drawn_once_for_each_generation(tmp_path: Path, encoder: Encoder) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text("微信是商人的書。\n", "utf-8")
    build_index(tmp_path / "corpus", tmp_path / "index", encoder=encoder)
    with open_library(tmp_path / "index", encoder=encoder, settings=Settings()) as library:
        first = library.atlas()
        assert library.atlas() is first
        (tmp_path / "corpus" / "b.txt").write_text("貓狗在山水之間。\n", "utf-8")
        build_index(tmp_path / "corpus", tmp_path / "index", encoder=encoder)
        assert [document.name for document in library.atlas().documents] == ["a.txt", "b.txt"]
