"""What a model reads: whole lists and articles, tables as Markdown, figures with their rows; all within a budget."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from yinju.answering.by_model import is_left_to_model
from yinju.answering.gathering import answer_by_rules, look_up
from yinju.answering.generated.evidence import Piece, Wanted, cited_passages, gather_evidence
from yinju.answering.generated.generate import Generated, generate
from yinju.answering.plan import read_plan
from yinju.library import Library, build_index, open_library
from yinju.settings import Settings
from yinju.types import Answer, Passage

MACHINES = [("XK-210A", "冷氣", 24), ("XK-210B", "冷氣", 36), ("QF-7", "風扇", 12), ("QF-9", "風扇", 18)]
ARTICLE = "第二條　申請人應備妥下列文件：\n" + "".join(
    f"（{n}）第{n}種證明文件正本及影本各一份。\n" for n in "一二三四五六七八九"
)
DOCUMENTS = {
    "機器.md": "# 保固表\n\n單位：月。\n\n| 型號 | 種類 | 保固月數 |\n|---|---|---|\n"
    + "".join(f"| {name} | {kind} | {months} |\n" for name, kind, months in MACHINES),
    "清單.csv": "編號,品名,數量\n" + "".join(f"A{n:03},第{n}種零件,{n + 1}\n" for n in range(300)),
    "辦法.txt": f"補助辦法\n\n第一條　本辦法補助社區的綠化。\n{ARTICLE}第三條　本辦法自公布日施行。\n",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("evidence")
    (folder / "corpus").mkdir()
    for name, text in DOCUMENTS.items():
        (folder / "corpus" / name).write_text(text, "utf-8")
    settings = Settings(passage_characters=120)
    build_index(folder / "corpus", folder / "index", settings=settings)
    with open_library(folder / "index", settings=settings) as opened:
        yield opened


def read(library: Library, question: str, characters: int = 2_000, pieces: int = 6) -> tuple[list[Piece], Answer]:
    """What a model would read for a question, and what is answered without one."""
    using = library.answering()
    asked = look_up(using, question, read_plan(question, ()))
    answer = answer_by_rules(using, asked)
    ranked = [candidate.passage for candidate, _ in asked.whole.evidence.ranked]
    cited = cited_passages(using.generation.documents, answer, ranked)
    best = [*{passage.id: passage for passage in (*cited, *ranked)}.values()]
    wanted = Wanted(asked.whole.evidence.query, characters, pieces)
    return [*gather_evidence(using.generation, best, answer, wanted)], answer


def said(question: str, evidence: list[Piece], text: str) -> Generated:
    """What becomes of what a model says."""
    *_, grown = generate([question], "hant", evidence, [text])
    return grown


def passages(piece: Piece) -> list[Passage]:
    return [source.passage for source in piece.sources]


def test_a_table_is_drawn_whole_and_its_cells_are_found_in_their_row(library: Library) -> None:
    evidence, _ = read(library, "XK-210B 保固幾個月")
    drawn = next(piece for piece in evidence if "XK-210B" in piece.shown)
    assert "| 型號 | 種類 | 保固月數 |\n|---|---|---|\n| XK-210A | 冷氣 | 24 |\n| XK-210B | 冷氣 | 36 |" in drawn.shown
    assert drawn.shown.count("|---|---|---|") == 1
    number = evidence.index(drawn) + 1
    right = said("XK-210B 保固幾個月", evidence, f"有答案\nXK-210B 的保固月數是 36。[{number}]")
    assert right.borne_out
    assert right.citations[0].quote.strip() == "| XK-210B | 冷氣 | 36 |"
    wrong = said("XK-210B 保固幾個月", evidence, f"有答案\nXK-210B 的保固月數是 24。[{number}]")
    assert not wrong.borne_out


def test_of_a_long_table_the_rows_that_are_asked_for_are_drawn(library: Library) -> None:
    evidence, _ = read(library, "A257 的數量是多少", characters=600)
    drawn = next(piece for piece in evidence if "| A257 |" in piece.shown)
    assert "| A257 | 第257種零件 | 258 |" in drawn.shown
    assert "（全表 300 列" in drawn.shown
    assert sum(len(piece.shown) for piece in evidence) <= 600


def test_a_figure_is_given_with_its_rows_and_cited_by_them(library: Library) -> None:
    question = "保固月數超過 20 的型號有幾個"
    evidence, answer = read(library, question)
    assert answer.statements[0].worked_out, answer.text
    figure = evidence[0]
    assert figure.shown == answer.statements[0].text
    grown = said(question, evidence, f"有答案\n{figure.shown}[1]")
    assert grown.borne_out
    assert {citation.document for citation in grown.citations} == {"機器.md"}
    text = DOCUMENTS["機器.md"]
    assert all(text[c.start : c.end] == c.quote for c in grown.citations)
    assert {c.quote.split("|")[1].strip() for c in grown.citations} == {"XK-210A", "XK-210B"}
    assert not said(question, evidence, f"有答案\n{figure.shown.replace('2', '5')}[1]").borne_out


def test_an_article_is_whole_over_passages(library: Library) -> None:
    evidence, _ = read(library, "第二條")
    piece = next(piece for piece in evidence if "下列文件" in piece.shown)
    assert len(passages(piece)) > 1
    assert all(f"第{n}種證明文件" in piece.shown for n in "一二三四五六七八九")
    assert "第三條" not in piece.shown
    grown = said("第二條", evidence, f"有答案\n第九種證明文件正本及影本各一份。[{evidence.index(piece) + 1}]")
    text = DOCUMENTS["辦法.txt"]
    assert grown.borne_out
    assert all(text[c.start : c.end] == c.quote for c in grown.citations)


def test_the_budget_and_the_number_of_pieces_hold_and_the_first_is_there_in_any_case(library: Library) -> None:
    assert len(read(library, "補助辦法", pieces=1)[0]) == 1
    assert sum(len(piece.shown) for piece in read(library, "補助辦法", characters=150)[0]) <= 150
    assert len(read(library, "補助社區的綠化", characters=1)[0]) == 1


def test_what_the_plan_answers_needs_no_model(library: Library) -> None:
    assert is_left_to_model(read(library, "XK-210B 保固幾個月")[1])
    assert not is_left_to_model(read(library, "XK-330 保固幾個月")[1])
    assert not is_left_to_model(read(library, "火星上的隕石坑有幾個")[1])
