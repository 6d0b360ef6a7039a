"""Answers: whole sentences with exact citations, in the asker's script; refusal; questions that follow others."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from yinju.answering.asked import Asked, asked_by
from yinju.answering.extract import Chosen, choose_sentences, compose, spoken
from yinju.answering.reply import cite
from yinju.answering.sentences import describe_sentences
from yinju.library import Library, build_index, open_library
from yinju.protocols import Encoder
from yinju.retrieval.candidates import find_candidates
from yinju.retrieval.query import make_query
from yinju.retrieval.retrieve import rank
from yinju.settings import Settings
from yinju.types import Passage, Verdict

DOCUMENTS = {
    "茶.md": "# 泡茶\n\n綠茶的水溫約八十度。紅茶的水溫約一百度。烏龍茶介於兩者之間，約九十度。\n\n"
    "## 保存\n\n茶葉要放在陰涼處。\n",
    "狗.txt": "狗每天要散步两次。「慢慢走」，这是医生说的话。\n",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("answer")
    (folder / "corpus").mkdir()
    for name, text in DOCUMENTS.items():
        (folder / "corpus" / name).write_text(text, "utf-8")
    build_index(folder / "corpus", folder / "index")
    with open_library(folder / "index", settings=Settings(answer_characters=20)) as opened:
        yield opened


def test_every_statement_is_its_citation_in_the_asker_s_script(library: Library) -> None:
    answer = library.ask("绿茶的水温约多少度？")
    assert not answer.refused
    assert answer.mode == "extractive"
    assert answer.statements[0].text == "绿茶的水温约八十度。"
    assert answer.citations[0].quote == "綠茶的水溫約八十度。"
    assert answer.text.startswith("绿茶的水温约八十度。[1]")


def test_what_is_in_the_asker_s_script_is_left_as_it_is() -> None:
    passage = Passage(0, "甲", "", (), None, 0, 9, "余先生姓范，住在于家。", ((0, 11),))
    statements, _ = compose("余先生住在哪裡？", Asked("余先生住在哪里?"), [Chosen(passage, 0)])
    assert statements[0].text == "余先生姓范，住在于家。"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("- **綠茶**：約八十度。", "綠茶：約八十度。"),
        ("答：綠茶不發酵。", "綠茶不發酵。"),
        ("3. 先燙壺。", "先燙壺。"),
        ("3.14 是圓周率。", "3.14 是圓周率。"),
        ("用 `make chat` 開始。", "用 make chat 開始。"),
        ("**誰來？", "誰來？"),
        ("二乘二*二", "二乘二*二"),
        ("-18℃：冷凍", "-18℃：冷凍"),
        ("2**10 種，即 3**4", "2**10 種，即 3**4"),
        ("● 甲", "甲"),
        ("> 引用", "引用"),
        ("| 大杯 | 五十元 |", "大杯｜五十元"),
    ],
)
def test_a_statement_leaves_markup_to_the_quote(written: str, said: str) -> None:
    assert spoken(written) == said


def test_a_citation_is_a_range_of_the_untouched_document(library: Library) -> None:
    for question in ("綠茶的水溫約多少度？", "狗每天散步几次？", "茶葉要放在哪裡？"):
        for citation in library.ask(question).citations:
            document = library.document(citation.document)
            assert document is not None
            assert document.text[citation.start : citation.end] == citation.quote
            assert citation.quote in citation.passage


def test_markers_count_from_one_and_resolve(library: Library) -> None:
    answer = library.ask("泡茶的水溫，綠茶、紅茶、烏龍茶各要幾度？")
    assert [c.marker for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert {m for s in answer.statements for m in s.markers} == {c.marker for c in answer.citations}


def test_heading_is_the_path_above(library: Library) -> None:
    cited = library.ask("茶葉要放在哪裡？").citations[0]
    assert (cited.document, cited.heading, cited.page) == ("茶.md", "泡茶 › 保存", None)


def test_what_the_documents_do_not_say_is_refused_with_the_nearest(library: Library) -> None:
    answer = library.ask("火星上的隕石坑有幾個？")
    assert answer.refused and answer.verdict is Verdict.NOTHING
    assert set(answer.missing) == {"火星", "隕石坑"}
    assert [statement.text for statement in answer.statements] == ["文件裡沒有找到答案，也沒有提到「隕石坑、火星」。"]
    assert answer.confidence < library.settings.refuse_below
    assert answer.citations
    assert answer.citations[0].quote == answer.citations[0].passage


def test_what_has_nothing_to_do_with_the_documents_shows_whole_passages(library: Library) -> None:
    answer = library.ask("怎麼樣才會快樂")
    assert answer.verdict is Verdict.NOTHING
    assert [statement.text for statement in answer.statements] == ["文件裡沒有找到這個問題的答案。"]
    assert answer.citations
    assert all(citation.quote == citation.passage for citation in answer.citations)


@pytest.mark.parametrize("question", ["是什麼？", "的", "誰", "為什麼呢"])
def test_a_question_about_nothing_is_refused(library: Library, question: str) -> None:
    assert library.ask(question).confidence == 0.0
    assert library.ask(question).refused


def test_the_threshold_is_a_setting(library: Library) -> None:
    before = library.settings
    library.settings = before.model_copy(update={"refuse_below": 0.0})
    assert not library.ask("火星上有隕石坑嗎？").refused
    library.settings = before.model_copy(update={"refuse_below": 1.1})
    assert library.ask("綠茶的水溫約多少度？").refused
    library.settings = before


def test_answers_stay_about_as_long_as_set_and_never_cut_a_sentence(library: Library) -> None:
    live = library._live()
    query = make_query(live, library.encoder, "烏龍茶、綠茶、紅茶的水溫")
    sentences = describe_sentences(query, rank(find_candidates(live, query, 20)))
    whole = {s.text for s in sentences}
    counts = []
    for limit in (1, 12, 25, 500):
        chosen = choose_sentences(sentences, asked_by(query), limit)
        assert len(chosen) == 1 or sum(len(s.text) for s in chosen) <= limit
        assert {s.text for s in chosen} <= whole
        counts.append(len(chosen))
    assert counts == sorted(counts)
    assert counts[0] == 1


def test_no_passage_is_ahead_of_one_that_a_re_ranker_put_first(library: Library) -> None:
    live = library._live()
    query = make_query(live, library.encoder, "綠茶的水溫約多少度？")
    ranked = rank(find_candidates(live, query, 20))
    assert {s.features["passage"] for s in describe_sentences(query, ranked[::-1])} == {0.0}
    best, worst = ranked[0][0], ranked[-1][0]
    read = [(replace(c, features=c.features | {"reread": odds}), 0.5) for c, odds in ((worst, 2.0), (best, -1.0))]
    assert {(s.candidate.passage, s.features["passage"]) for s in describe_sentences(query, read)} == {
        (worst.passage, 0.0), (best.passage, -3.0)
    }  # fmt: skip


def test_chosen_sentences_of_a_passage_keep_their_order(library: Library) -> None:
    live = library._live()
    query = make_query(live, library.encoder, "烏龍茶 九十度 綠茶")
    sentences = describe_sentences(query, rank(find_candidates(live, query, 20)))
    chosen = choose_sentences(sentences, asked_by(query), 500)
    of_first = [s.number for s in chosen if s.passage.id == chosen[0].passage.id]
    assert of_first == sorted(of_first)


def test_nothing_found_gives_nothing_to_choose() -> None:
    assert choose_sentences([], Asked("问题"), 80) == []
    assert compose("問題", Asked("问题"), []) == ((), ())


def test_cite_counts_from_the_document() -> None:
    passage = Passage(7, "書.txt", "書", ("上", "下"), 3, 100, 106, "甲。乙丙。", ((0, 2), (2, 5)))
    citation = cite(passage, 2, 5, 4)
    assert (citation.marker, citation.start, citation.end, citation.quote) == (4, 102, 105, "乙丙。")
    assert (citation.heading, citation.page, citation.title) == ("上 › 下", 3, "書")


def test_a_follow_up_says_how_it_was_understood(library: Library) -> None:
    answer = library.ask("那紅茶呢？", history=[("綠茶的水溫約多少度？", "約八十度。")])
    assert answer.understood_as == "紅茶的水溫約多少度？"
    assert "紅茶的水溫約一百度。" in [citation.quote for citation in answer.citations]
    assert library.ask("綠茶的水溫約多少度？").understood_as is None


@pytest.mark.parametrize(
    ("question", "understood", "says"),
    [("要散步幾次？", None, "狗每天要散步兩次。"), ("多少度？", "綠茶多少度？", "綠茶的水溫約八十度。")],
)
def test_what_is_not_answered_where_the_talk_was_about_is_asked_by_itself(
    library: Library, question: str, understood: str | None, says: str
) -> None:
    answer = library.ask(question, [("綠茶要放在哪裡？", "茶葉要放在陰涼處。")])
    assert (answer.understood_as, answer.statements[0].text) == (understood, says)


def test_below_a_heading_that_asks_the_answer_begins_with_the_first_sentence(
    tmp_path: Path, real_encoder: Encoder
) -> None:
    text = (
        "# 課程問答\n\n## 學費可以退嗎？\n\n開課前都可以。退費要三天。\n\n"
        "## 課程在哪裡上？\n\n為什麼選這裡？因為安靜。學費的收據也在這裡領。\n"
    )
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "問答.md").write_text(text, "utf-8")
    build_index(tmp_path / "corpus", tmp_path / "index", encoder=real_encoder)
    with open_library(tmp_path / "index", encoder=real_encoder, settings=Settings(refuse_below=0.0)) as opened:
        assert opened.ask("学费可以退吗").statements[0].text == "开课前都可以。"
        said = [statement.text for statement in opened.ask("課程在哪裡上？").statements]
    assert said[0] == "因為安靜。"
    assert "為什麼選這裡？" not in said
