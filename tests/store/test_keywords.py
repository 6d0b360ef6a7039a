"""The keyword index: BM25 worked by hand, fields kept apart, and nothing a user types an operator."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from yinju.store.local.keywords import KeywordIndex, KeywordWriter

PASSAGES = [
    {"words": ["茶", "山"], "bigrams": ["茶山"], "characters": ["高", "山"]},
    {"words": ["茶", "茶"], "bigrams": ["茶茶"], "characters": ["沖", "泡"]},
    {"words": ["水", "and"], "bigrams": ["水"], "characters": ["茶"]},
]


def write_keywords(folder: Path, passages: Sequence[Mapping[str, list[str]]]) -> None:
    """Passages numbered from 0, the first two of the document a, the others of b."""
    writer = KeywordWriter(folder)
    for number, terms in enumerate(passages):
        writer.add(number, "a" if number < 2 else "b", {field: " ".join(own) for field, own in terms.items()})
    writer.close()


@pytest.fixture
def index(tmp_path: Path) -> KeywordIndex:
    write_keywords(tmp_path / "keywords", PASSAGES)
    return KeywordIndex(tmp_path / "keywords")


def test_scores_are_bm25_best_first(index: KeywordIndex) -> None:
    """Two of three passages hold 茶, all of length 2: idf = ln(1 + 1.5 / 2.5), frequency part f · 2.2 / (f + 1.2)."""
    idf = math.log(1.6)
    found = index.search("words", ["茶"], 10)
    assert [number for number, _ in found] == [1, 0]
    assert [score for _, score in found] == pytest.approx([idf * 4.4 / 3.2, idf], rel=1e-4)


def test_any_term_is_enough_and_each_counts_once(index: KeywordIndex) -> None:
    once, twice = (dict(index.search("words", ["山", "水", *more], 10)) for more in ([], ["山"]))
    assert once.keys() == {0, 2}
    assert once == twice


def test_fields_are_kept_apart(index: KeywordIndex) -> None:
    assert [number for number, _ in index.search("characters", ["茶"], 10)] == [2]
    assert [number for number, _ in index.search("bigrams", ["茶山"], 10)] == [0]
    assert index.search("bigrams", ["高"], 10) == []


def test_passages_are_scored_wherever_they_stand_in_the_list(index: KeywordIndex) -> None:
    best, second = index.search("words", ["茶", "山"], 10)
    assert index.scores("words", ["茶", "山"], [second[0], 2]) == pytest.approx(dict([second]))
    assert index.scores("words", ["茶", "山"], [0, 1, 2]) == pytest.approx(dict([best, second]))
    assert (
        index.scores("words", ["火"], [0]) == index.scores("words", [], [0]) == index.scores("words", ["茶"], []) == {}
    )


def test_no_passage_reaches_the_highest_score(index: KeywordIndex) -> None:
    """ln(1 + 1.5 / 2.5) for 茶 in two of three passages and ln(1 + 2.5 / 1.5) for 山 in one, each times 2.2."""
    highest = index.highest_score("words", ["茶", "山", "茶", "火"])
    assert highest == pytest.approx(2.2 * (math.log(1.6) + math.log(8 / 3)))
    assert highest > index.search("words", ["茶", "山"], 1)[0][1]
    assert index.highest_score("words", ["火"]) == 0


def test_no_more_than_asked_for(index: KeywordIndex) -> None:
    assert len(index.search("words", ["茶"], 1)) == 1
    assert len(index) == 3


@pytest.mark.parametrize(
    "term",
    [
        "AND",
        "OR",
        "NOT",
        '"',
        '"茶',
        "NEAR(",
        "words:茶",
        "*",
        "茶*",
        "茶^2",
        "-茶",
        "+茶",
        "(",
        "[茶 TO 山]",
        "\\",
        "",
        "茶 山",
    ],
)
def test_operators_are_terms_like_any_other(index: KeywordIndex, term: str) -> None:
    assert index.search("words", [term], 10) == []
    assert index.search("words", [term, "山"], 10) == index.search("words", ["山"], 10)


def test_nothing_asked_for_finds_nothing(index: KeywordIndex) -> None:
    assert index.search("words", [], 10) == []


def test_nothing_is_left_locked(tmp_path: Path) -> None:
    write_keywords(tmp_path / "keywords", PASSAGES)
    assert not list((tmp_path / "keywords").glob(".*.lock"))


def test_another_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"."):
        KeywordIndex(tmp_path)


def test_a_folder_that_cannot_be_written_is_read_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_keywords(tmp_path / "keywords", PASSAGES)
    before = sorted(path.name for path in (tmp_path / "keywords").iterdir())
    monkeypatch.setattr("os.access", lambda *_: False)
    assert [number for number, _ in KeywordIndex(tmp_path / "keywords").search("characters", ["茶"], 10)] == [2]
    assert sorted(path.name for path in (tmp_path / "keywords").iterdir()) == before


def test_only_the_passages_of_some_documents_are_found_scored_as_anywhere(index: KeywordIndex) -> None:
    anywhere = dict(index.search("words", ["茶", "水"], 10))
    assert dict(index.search("words", ["茶", "水"], 10, frozenset("b"))) == {2: pytest.approx(anywhere[2])}
    assert dict(index.search("words", ["茶", "水"], 1, frozenset("ab"))).keys() <= anywhere.keys()
    assert index.search("words", ["茶"], 10, frozenset()) == []


def edited(tmp_path: Path) -> KeywordIndex:
    """The index without its document a, with a passage of c."""
    write_keywords(tmp_path / "keywords", PASSAGES)
    writer = KeywordWriter(tmp_path / "edited", tmp_path / "keywords")
    writer.remove(["a", "nowhere"])
    writer.add(2**62 + 5, "c", {"words": "山 雨", "bigrams": "", "characters": ""})
    writer.close()
    return KeywordIndex(tmp_path / "edited")


def test_an_edited_index_goes_on_from_the_one_before(tmp_path: Path) -> None:
    index = edited(tmp_path)
    assert len(index) == 2
    assert [number for number, _ in index.search("words", ["山", "茶"], 10)] == [2**62 + 5]
    assert [number for number, _ in index.search("words", ["水"], 10)] == [2]
    before = KeywordIndex(tmp_path / "keywords")
    assert len(before) == 3 and [number for number, _ in before.search("words", ["山"], 10)] == [0]


def test_a_word_of_deleted_passages_alone_stands_nowhere(tmp_path: Path) -> None:
    index = edited(tmp_path)
    assert [index.frequency_in("words", word) for word in "茶山水雨"] == [0, 1, 1, 1]


def test_files_are_linked_and_not_copied(tmp_path: Path) -> None:
    edited(tmp_path)
    shared = {p.name for p in (tmp_path / "edited").iterdir()} & {p.name for p in (tmp_path / "keywords").iterdir()}
    large = [name for name in shared if not name.endswith(".json")]
    assert large
    assert all((tmp_path / "edited" / n).samefile(tmp_path / "keywords" / n) for n in large)


def test_where_a_disk_knows_no_links_files_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    assert len(edited(tmp_path)) == 2
