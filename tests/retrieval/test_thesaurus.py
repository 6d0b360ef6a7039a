"""Other words for what a question says: which words are of one group, and where in the question they count."""

import re
from importlib.resources import files

import pytest

from yinju.retrieval.thesaurus import LONGEST, alternatives, wordings
from yinju.text import search_form


def said(question: str) -> dict[str, tuple[str, ...]]:
    """Each piece of a question that may be said otherwise, and its other words."""
    form = search_form(question)
    return {form[slice(*one.span)]: one.others for one in wordings(question)}


@pytest.mark.parametrize(
    ("word", "other"),
    [("狗", "犬"), ("犬", "狗"), ("老师", "教师"), ("工资", "薪酬"), ("司机", "驾驶员"), ("生病", "患病")],
)
def test_words_of_one_group_stand_for_each_other(word: str, other: str) -> None:
    assert other in alternatives(word)
    assert word in alternatives(other)
    assert word not in alternatives(word)


def test_a_bus_is_no_car_of_an_office() -> None:
    """公車 is searched as 公交车, wherever it stands in the file."""
    assert search_form("公車") == search_form("巴士") == "公交车"
    assert "公务车" not in alternatives("公交车")


def test_a_word_that_no_group_has_stands_for_nothing() -> None:
    assert alternatives("綉球花季") == ()
    assert wordings("綉球花") == ()
    assert wordings("") == ()


@pytest.mark.parametrize("question", ["狗可以進公園嗎", "狗可以进公园吗", "【狗】可以進公園嗎？"])
def test_both_scripts_are_one(question: str) -> None:
    assert "犬" in said(question)["狗"]
    assert "绿地" in said(question)["公园"]


def test_a_phrase_of_several_words_counts_beside_them() -> None:
    found = said("什麼時候領薪水")
    assert "发薪" in found["领工资"]
    assert "薪酬" in found["工资"] and "提领" in found["领"]


def test_a_word_begins_and_ends_with_words_of_the_question() -> None:
    """The 狗 of 熱狗 is none, and 事情 is none in 同事情緒."""
    assert "狗" in said("狗吃什麼")
    assert "狗" not in said("熱狗多少錢")
    assert "事情" not in said("同事情緒不好")


def test_a_phrase_does_not_go_over_a_mark() -> None:
    assert "领工资" in said("領薪水")
    assert "领工资" not in said("領，薪水")


def test_the_file_is_as_its_reader_takes_it() -> None:
    lines = [line for line in (files("yinju") / "thesaurus.txt").read_text("utf-8").splitlines() if line[:1] != "#"]
    assert len(lines) > 1000
    assert [line for line in lines if len(line.split()) < 2] == []
    assert [line for line in lines if re.search(r"[、，,；;]", line)] == []
    assert [word for line in lines for word in line.split() if len(word) > 3 * LONGEST] == []
