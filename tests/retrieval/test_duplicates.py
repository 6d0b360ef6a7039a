"""The same text under several names: found once, with all its places; what only looks alike stays apart."""

import pytest

from yinju import build_index, open_library
from yinju.library import Library
from yinju.protocols import Encoder
from yinju.settings import Settings

RULE = "員工每年有七天特休，未休完的可以保留到隔年三月底，逾期不再補發工資，也不得轉讓給其他同事。"
SIMPLIFIED = "员工每年有七天特休，未休完的可以保留到隔年三月底，逾期不再补发工资，也不得转让给其他同事。"
TEXTS = {
    "a/請假辦法.txt": f"# 請假辦法\n{RULE}\n病假要附醫院的證明。\n",
    "b/請假辦法（副本）.md": f"# 請假辦法\n\n{RULE}\n\n病假要附醫院的證明。\n",
    "c/请假办法.txt": f"请假办法\n\n{SIMPLIFIED}\n病假要附医院的证明。\n",
    "d/舊辦法.txt": RULE.replace("七天", "五天"),
    "e/反例.txt": RULE.replace("不再補發", "再補發"),
}
QUESTION = "員工每年有幾天特休？"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Library:
    folder = tmp_path_factory.mktemp("copies")
    for name, text in TEXTS.items():
        (folder / "corpus" / name).parent.mkdir(parents=True)
        (folder / "corpus" / name).write_text(text, "utf-8")
    build_index(folder / "corpus", folder / "index", encoder=real_encoder)
    return open_library(folder / "index", encoder=real_encoder, settings=Settings(refuse_below=0.0))


def test_the_same_text_is_one_hit_with_all_its_places(library: Library) -> None:
    hits = library.search(QUESTION, 10)
    places = [{hit.passage.document, *(copy.document for copy in hit.copies)} for hit in hits]
    assert {"a/請假辦法.txt", "b/請假辦法（副本）.md", "c/请假办法.txt"} in places
    assert sum(map(len, places)) == library.passage_count


@pytest.mark.parametrize("name", ["d/舊辦法.txt", "e/反例.txt"])
def test_another_number_or_a_denial_is_another_text(library: Library, name: str) -> None:
    hit = next(hit for hit in library.search(QUESTION, 10) if hit.passage.document == name)
    assert hit.copies == ()


def test_an_answer_says_it_once_and_names_every_place(library: Library) -> None:
    answer = library.ask("病假要附什麼證明？")
    assert answer.text.count("醫院的證明") == 1
    cited = next(citation for citation in answer.citations if "病假" in citation.quote)
    assert {cited.document, *(copy.document for copy in cited.copies)} >= {
        "a/請假辦法.txt", "b/請假辦法（副本）.md", "c/请假办法.txt"
    }  # fmt: skip
    for copy in cited.copies:
        document = library.document(copy.document)
        assert document
        assert copy.sha256 == document.sha256
        assert document.text[copy.start : copy.end] in ("病假要附醫院的證明。", "病假要附医院的证明。")
