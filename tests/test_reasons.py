"""Reasons: every one is said in three languages with the same facts, and nothing raises one that is not said."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

from yinju.errors import ReadingError
from yinju.reading.detect import _SIGNATURES
from yinju.reasons import LANGUAGES, Reason, say, say_all
from yinju.reasons.editing import SENTENCES as EDITING
from yinju.reasons.reading import KINDS
from yinju.reasons.reading import SENTENCES as READING

SOURCE = Path(__file__).parents[1] / "src" / "yinju"
SENTENCES = READING | EDITING


@pytest.mark.parametrize("name", SENTENCES)
def test_a_reason_says_the_same_in_three_languages(name: str) -> None:
    said = SENTENCES[name]
    facts = [sorted(field for _, field, _, _ in Formatter().parse(sentence) if field) for sentence in said]
    assert facts[0] == facts[1] == facts[2]
    assert [sentence[-1] for sentence in said] == ["。", "。", "."]
    assert len(set(said)) == 3


def named(node: ast.AST) -> set[str]:
    """The names of reasons that a call makes, where it is one that makes any."""
    makers = ("ReadingError", "DocumentsError", "QuestionError", "Reason")
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in makers and node.args):
        return set()
    texts = (part.value for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant))
    return {text for text in texts if isinstance(text, str) and re.fullmatch(r"[a-z_.]+[a-z]", text)}


def test_what_is_raised_has_a_sentence() -> None:
    trees = (ast.parse(path.read_text("utf-8")) for path in SOURCE.rglob("*.py"))
    raised = {name for tree in trees for node in ast.walk(tree) for name in named(node)}
    assert raised - {"markdown"} <= SENTENCES.keys()
    assert len(raised) > 40


def test_every_kind_that_is_told_has_a_name() -> None:
    told = {kind for _, kind in _SIGNATURES} | {"mp4", "odf"}
    assert told == KINDS.keys()


def test_numbers_kinds_and_lists_are_said_as_the_language_does() -> None:
    pages = Reason("textless_pages", {"pages": ["2", "4–5"]})
    assert [say(pages, language)[:12] for language in LANGUAGES] == [
        "第 2、4–5 頁沒有可提取的"[:12],
        "第 2、4–5 页没有可提取的"[:12],
        "No text on p",
    ]
    assert "2, 4–5" in say(pages, "en")
    assert "a PNG picture" in say(Reason("unknown_format", {"kind": "png"}), "en")
    assert "5,000,000" in say(Reason("too_large", {"size": 5_000_000, "limit": 1}))


def test_several_reasons_are_one_text() -> None:
    both = (Reason("hidden"), Reason("little_text"))
    assert say_all(both) == "隱藏檔案，未讀取；可提取的文字很少，可能只有浮水印。"
    assert say_all(both, "en") == "A hidden file, not read. There is hardly any text, perhaps only a watermark."
    assert say_all(()) == ""


def test_a_reason_of_a_later_yinju_is_its_name() -> None:
    assert say(Reason("not.known.yet", {"x": 1})) == "not.known.yet"


def test_an_error_keeps_its_reason_and_says_it_in_chinese() -> None:
    error = ReadingError("empty.pdf")
    assert (error.code, error.reason, str(error)) == ("empty", Reason("empty.pdf"), say(Reason("empty.pdf")))
