"""A file that is moved or renamed is not read again: what is known of it goes along, whoever moved it, and when."""

from base64 import b64encode
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PIL import Image
from tests.conftest import ToyEncoder

from yinju import open_library
from yinju.errors import DocumentsError
from yinju.ingest import entries
from yinju.ingest import following as module
from yinju.ingest.build import build as build_now
from yinju.ingest.changes import Act, Change, Stage
from yinju.ingest.editor import Editor
from yinju.ingest.files import ENCODINGS, find_files
from yinju.ingest.upkeep import tag
from yinju.library import Library, build_index
from yinju.reading import Reader
from yinju.settings import Settings

OPEN = Settings(refuse_below=0.0)
TEA, CAT, SALES = "茶/高山茶.md", "猫狗.txt", "營銷.txt"


@pytest.fixture
def library(corpus: Path, tmp_path: Path, encoder: ToyEncoder) -> Iterator[Library]:
    build_index(corpus, tmp_path / "index", encoder=encoder)
    with open_library(tmp_path / "index", encoder=encoder, settings=OPEN) as opened:
        yield opened


@pytest.fixture
def editor(library: Library) -> Editor:
    return library.editor()


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read from now on."""
    read: list[str] = []
    real = Reader.read

    def noted(self: Reader, path: Path, name: str, *rest: Any) -> Any:  # noqa: ANN401 - as the real one
        read.append(name)
        return real(self, path, name, *rest)

    monkeypatch.setattr(Reader, "read", noted)
    return read


def ended(editor: Editor, change: Change) -> Change:
    found = editor.wait(change, 30)
    assert found.ended, found
    return found


def test_what_is_known_of_a_file_goes_along(
    library: Library, editor: Editor, unread: list[str], encoder: ToyEncoder, corpus: Path
) -> None:
    tag(library.index, TEA, ["飲料"])
    before, outcome = library.passages_of(TEA), library.outcome(TEA)
    encoder.documents.clear()
    change = ended(editor, editor.move(TEA, "山/茶.md"))
    assert (change.stage, change.act, change.before) == (Stage.DONE, Act.MOVE, TEA)
    assert unread == [] and encoder.documents == [], "its title is its own: nothing is read or embedded again"
    assert not (corpus / TEA).exists() and (corpus / "山/茶.md").exists()
    after = library.passages_of("山/茶.md")
    assert [(p.text, p.title, p.headings, p.start) for p in after] == [
        (p.text, p.title, p.headings, p.start) for p in before
    ]
    assert {p.id for p in after}.isdisjoint(p.id for p in before)
    assert library.document(TEA) is None and library.outcome(TEA) is None
    moved = library.outcome("山/茶.md")
    assert moved and outcome and (moved.added, moved.sha256) == (outcome.added, outcome.sha256)
    assert library.facts.tags == {"山/茶.md": ["飲料"]}
    assert library.ask("泡茶的水幾度？").citations[0].document == "山/茶.md"
    assert library.original("山/茶.md") == corpus / "山/茶.md"
    assert library._store.verify().documents.passage_count() == library.passage_count


def test_a_title_that_is_the_name_of_the_file_is_the_new_one(library: Library, editor: Editor) -> None:
    ended(editor, editor.move(CAT, "動物.txt"))
    found = library.document("動物.txt")
    assert found and found.title == "動物" and {p.title for p in library.passages_of("動物.txt")} == {"動物"}
    assert library.search("動物")[0].passage.document == "動物.txt", "and it is found by it"


@pytest.mark.parametrize("target", ["猫狗.md", "猫狗V2.0.txt"])
def test_what_a_name_tells_is_read_again(editor: Editor, unread: list[str], target: str) -> None:
    assert ended(editor, editor.move(CAT, target)).stage is Stage.DONE
    assert unread == [target]


def test_a_file_moved_by_hand_is_known_as_well(
    library: Library, corpus: Path, encoder: ToyEncoder, unread: list[str]
) -> None:
    tag(library.index, SALES, ["買賣"])
    (corpus / "舊").mkdir()
    (corpus / SALES).rename(corpus / "舊" / SALES)
    report = build_index(corpus, library.index, encoder=encoder, settings=OPEN)
    assert (report.removed, unread) == ((), [])
    assert library.facts.tags == {f"舊/{SALES}": ["買賣"]}


def test_of_files_that_hold_the_same_each_keeps_its_own(library: Library, editor: Editor) -> None:
    for name in ("甲.txt", "乙.txt"):
        ended(editor, library.add(name, ["書和人。".encode()]))
        ended(editor, editor.tag(name, [name[0]]))
    changes = [editor.move("甲.txt", "二.txt"), editor.move("乙.txt", "一.txt"), editor.move("一.txt", "三.txt")]
    assert [ended(editor, one).stage for one in changes] == [Stage.DONE] * 3
    assert library.facts.tags == {"二.txt": ["甲"], "三.txt": ["乙"]}


def test_a_stated_encoding_goes_along(library: Library, editor: Editor, corpus: Path, unread: list[str]) -> None:
    ended(editor, library.add("碼.txt", ["書和人，一年。".encode("big5")]))
    ended(editor, editor.read_as("碼.txt", "big5hkscs"))
    unread.clear()
    ended(editor, editor.move("碼.txt", "檔/碼.txt"))
    assert unread == []
    assert (corpus / ENCODINGS).read_text("utf-8") == "檔/碼.txt = big5hkscs\n"
    assert library.facts.encodings == {"檔/碼.txt": "big5hkscs"}


@pytest.mark.parametrize(
    ("name", "target", "code"),
    [
        (CAT, SALES, "move.taken"), (CAT, CAT, "move.taken"), ("沒有.txt", "有.txt", "not_there"),
        (CAT, "../外.txt", "name.outside"), (CAT, "", "name.empty"), (CAT, ".隱.txt", "name.hidden"),
        (CAT, "茶", "name.taken"), (CAT, "營銷.txt/甲.txt", "name.taken"), (CAT, "a\u202eb.txt", "name.characters"),
    ],
)  # fmt: skip
def test_a_refused_move_loses_nothing(editor: Editor, corpus: Path, name: str, target: str, code: str) -> None:
    files = {path: path.read_bytes() for path in corpus.rglob("*") if path.is_file()}
    with pytest.raises(DocumentsError) as refused:
        editor.move(name, target)
    assert refused.value.reason.name == code
    assert {path: path.read_bytes() for path in corpus.rglob("*") if path.is_file()} == files
    assert editor.changes() == []


def test_tags_are_given_and_taken_without_reading(library: Library, editor: Editor, unread: list[str]) -> None:
    held = library.passage_count, library.outcome(CAT)
    ended(editor, editor.tag(CAT, ["動物", " 動物 ", "朋友"]))
    assert library.facts.tags == {CAT: ["動物", "朋友"]}
    changes = [editor.tag(CAT, ["寵物"], ["動物"]), editor.tag(TEA, ["飲料"]), editor.tag(CAT, [], ["朋友"])]
    assert [ended(editor, one).stage for one in changes] == [Stage.DONE] * 3
    assert library.facts.tags == {CAT: ["寵物"], TEA: ["飲料"]}
    assert (library.passage_count, library.outcome(CAT), unread) == (*held, [])
    for wrong in ("a,b", "#a", "長" * 41, "a\u202e"):
        with pytest.raises(DocumentsError):
            editor.tag(CAT, [wrong])


Between = Callable[[Callable[[], None]], None]


@pytest.fixture
def between(monkeypatch: pytest.MonkeyPatch) -> Iterator[Between]:
    """Has something done while the next build goes on: after it has seen which files there are, before it opens any."""
    todo: list[Callable[[], None]] = []
    real = find_files

    def listed(*arguments: Any) -> Any:  # noqa: ANN401 - as the real one
        found = list(real(*arguments))
        if todo:
            todo.pop()()
        return iter(found)

    monkeypatch.setattr(entries, "find_files", listed)
    yield todo.append
    assert todo == [], "no build came"


def test_a_known_file_moved_during_a_build_ends_under_its_new_name(
    library: Library, editor: Editor, between: Between, unread: list[str]
) -> None:
    ended(editor, editor.tag(CAT, ["動物"]))
    moves: list[Change] = []
    between(lambda: moves.append(editor.move(CAT, "動/猫狗.txt")))
    assert ended(editor, library.add("新.txt", ["新的書。".encode()])).stage is Stage.DONE
    assert ended(editor, moves[0]).stage is Stage.DONE
    assert unread == ["新.txt"]
    assert library.facts.tags == {"動/猫狗.txt": ["動物"]}
    assert library.outcome(CAT) is None and library.ask("狗在早晨散步嗎").citations[0].document == "動/猫狗.txt"


def test_a_file_that_is_listed_under_both_names_is_not_read_again(
    library: Library, editor: Editor, corpus: Path, monkeypatch: pytest.MonkeyPatch, unread: list[str]
) -> None:
    """It was moved while the folder was looked through: into a folder that is looked into later."""
    ended(editor, editor.tag(CAT, ["動物"]))
    real = find_files

    def listed(*arguments: Any) -> Any:  # noqa: ANN401 - as the real one
        found = list(real(*arguments))
        if (corpus / "動" / CAT).exists() and CAT not in {name for name, _, _ in found}:
            found.append((CAT, corpus / CAT, None))
        return iter(sorted(found))

    monkeypatch.setattr(entries, "find_files", listed)
    ended(editor, editor.move(CAT, f"動/{CAT}"))
    monkeypatch.setattr(entries, "find_files", real)
    ended(editor, library.add("新.txt", ["新的書。".encode()]))
    assert unread == ["新.txt"] and library.outcome(CAT) is None
    assert library.facts.tags == {f"動/{CAT}": ["動物"]}


def test_a_file_that_moves_twice_during_a_build_keeps_all(
    library: Library, editor: Editor, corpus: Path, monkeypatch: pytest.MonkeyPatch, unread: list[str]
) -> None:
    """The build sees it between its two moves, and finds nothing there: neither name is known to it as a file's."""
    ended(editor, editor.tag(CAT, ["動物"]))
    real, moves = find_files, list[Change]()

    def listed(*arguments: Any) -> Any:  # noqa: ANN401 - as the real one
        if not moves:
            moves.append(editor.move(CAT, "二.txt"))
            found = list(real(*arguments))
            moves.append(editor.move("二.txt", "三/猫.txt"))
            return iter(found)
        return real(*arguments)

    monkeypatch.setattr(entries, "find_files", listed)
    ended(editor, library.add("新.txt", ["新的書。".encode()]))
    assert [ended(editor, one).stage for one in moves] == [Stage.DONE, Stage.DONE]
    assert unread == ["新.txt"] and library.facts.tags == {"三/猫.txt": ["動物"]}
    assert [o.name for o in library.outcomes()] == ["三/猫.txt", "新.txt", SALES, TEA]


def test_a_file_moved_on_during_the_build_that_follows_its_move_keeps_all(
    library: Library, editor: Editor, between: Between, unread: list[str]
) -> None:
    ended(editor, editor.tag(CAT, ["動物"]))
    moves: list[Change] = []
    between(lambda: moves.append(editor.move("二.txt", "三/猫.txt")))
    first = editor.move(CAT, "二.txt")
    assert ended(editor, first).stage is Stage.DONE
    assert ended(editor, moves[0]).stage is Stage.DONE
    assert unread == [] and library.facts.tags == {"三/猫.txt": ["動物"]}
    assert [o.name for o in library.outcomes() if "猫" in o.name or "二" in o.name] == ["三/猫.txt"]


def test_a_new_file_moved_while_it_is_indexed_ends_under_its_new_name(
    library: Library, editor: Editor, between: Between
) -> None:
    moves: list[Change] = []
    between(lambda: moves.append(editor.move("新.txt", "新/書.txt")))
    added = library.add("新.txt", ["新的書。".encode()])
    assert ended(editor, added).stage is Stage.DONE
    assert ended(editor, moves[0]).stage is Stage.DONE
    assert (told := editor.wait(added).outcome) and told.name == "新/書.txt"
    assert [o.name for o in library.outcomes() if "新" in o.name] == ["新/書.txt"]


def test_what_is_done_before_a_move_follows_the_file(
    library: Library, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Event()

    def build(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - as the real one
        held.wait(30)
        return build_now(*arguments, **options)

    monkeypatch.setattr(module, "build", build)
    first = library.add("先.txt", ["先的書。".encode()])
    changes = [
        library.add("甲.txt", ["書和人。".encode()]), editor.tag("甲.txt", ["一"]), editor.move("甲.txt", "乙.txt"),
        editor.reread("乙.txt"), editor.move("乙.txt", "丙/丁.txt"), editor.tag("丙/丁.txt", ["二"]),
    ]  # fmt: skip
    held.set()
    assert [ended(editor, one).stage for one in (first, *changes)] == [Stage.DONE] * 7
    assert {one.outcome.name for one in map(editor.wait, changes) if one.outcome} == {"丙/丁.txt"}
    assert library.facts.tags == {"丙/丁.txt": ["一", "二"]}


def test_figures_go_along(library: Library, editor: Editor, unread: list[str]) -> None:
    held = BytesIO()
    picture = Image.new("RGB", (90, 60), "white")
    picture.paste("navy", (10, 10, 50, 40))
    picture.save(held, "PNG")
    address = f"data:image/png;base64,{b64encode(held.getvalue()).decode()}"
    drawn = f"<figure><img src='{address}'><figcaption>圖1 路線</figcaption></figure>"
    page = f"<h1>步道</h1><p>環山步道全長四公里。</p>{drawn}"
    ended(editor, editor.add("步道.html", [page.encode()]))
    (figure,), before = library.figures("步道.html"), library.document("步道.html")
    unread.clear()
    ended(editor, editor.move("步道.html", "山/路.html"))
    assert unread == [] and library.figures("山/路.html") == (figure,)
    assert library.figure_image("山/路.html", 0, 90)
    assert before and (cited := library.cited_document("步道.html", before.sha256)) and cited.name == "山/路.html"
    assert library.cited_document("步道.html", "") is None
