"""Reasons: every one is said in three languages with the same facts, and nothing raises one that is not said."""

import ast
import re
from pathlib import Path
from string import Formatter

from tests.test_messages import keys_in

from yinju import errors
from yinju.errors import IndexMissingError, ReadingError
from yinju.reading.detect import _SIGNATURES
from yinju.reasons import LANGUAGES, Reason, cause_of, say, say_all
from yinju.reasons.editing import SENTENCES as EDITING
from yinju.reasons.libraries import SENTENCES as LIBRARIES
from yinju.reasons.reading import KINDS
from yinju.reasons.reading import SENTENCES as READING
from yinju.reasons.say import ROOMS, SENTENCES
from yinju.text import convert, script_of

SOURCE = Path(__file__).parents[1] / "src" / "yinju"


def test_a_reason_says_the_same_in_three_languages() -> None:
    for name, said in SENTENCES.items():
        facts = [sorted({field for _, field, _, _ in Formatter().parse(sentence) if field}) for sentence in said]
        assert facts[0] == facts[1] == facts[2], name
        assert all(sentence.strip() for sentence in said), name


def test_a_reason_that_the_page_tells_is_a_whole_sentence() -> None:
    for name in (*READING, *EDITING, *LIBRARIES):
        said = SENTENCES[name]
        assert [sentence[-1] for sentence in said] == ["。", "。", "."], name
        assert len(set(said)) == 3, name


def test_each_language_is_in_its_own_script() -> None:
    for name, (traditional, simplified, english) in SENTENCES.items():
        assert convert(simplified, "hans") == simplified, name
        assert script_of(traditional) in ("hant", None), name
        assert not any("一" <= character <= "鿿" for character in english), name


def test_no_reason_is_in_two_rooms() -> None:
    assert len(SENTENCES) == sum(len(room.SENTENCES) for room in ROOMS)


def test_every_reason_is_given() -> None:
    modules = (path for path in SOURCE.rglob("*.py") if path.parent.name != "reasons" or path.stem == "system")
    patterns = {pattern for path in modules for pattern in keys_in(ast.parse(path.read_text("utf-8")))}
    telling = (
        p for p in patterns if re.fullmatch(r"(\w|\\w\+|\\\.)+", p) and re.search("[a-z]", p.replace(r"\w+", ""))
    )
    used = re.compile("|".join(telling))
    assert {name for name in SENTENCES if not used.fullmatch(name)} == set()


MAKERS = {*(name for name in vars(errors) if name.endswith("Error")), "PassingError", "Reason", "trouble", "_damaged"}
"""What is given the name of a reason: first, or after what kind of fault or which model it is."""


def named(node: ast.AST) -> set[str]:
    """The names of reasons that a call makes, where it is one that makes any."""
    made = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
    if not (isinstance(node, ast.Call) and made in MAKERS and node.args):
        return set()
    given = node.args[1 if made in ("GenerationError", "PassingError", "trouble") else 0]
    filled = {id(part) for text in ast.walk(given) if isinstance(text, ast.JoinedStr) for part in text.values}
    texts = (part.value for part in ast.walk(given) if isinstance(part, ast.Constant) and id(part) not in filled)
    return {text for text in texts if isinstance(text, str) and re.fullmatch(r"[a-z_.]+[a-z]", text)}


def test_what_is_raised_has_a_sentence() -> None:
    trees = (ast.parse(path.read_text("utf-8")) for path in SOURCE.rglob("*.py"))
    raised = {name for tree in trees for node in ast.walk(tree) for name in named(node)}
    assert raised - {"markdown"} <= SENTENCES.keys()
    assert len(raised) > 120


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
    assert "a RAR archive" in say(Reason("unknown_format", {"kind": "rar"}), "en")
    assert "5,000,000" in say(Reason("too_large", {"size": 5_000_000, "limit": 1}))


def test_several_reasons_are_one_text() -> None:
    both = (Reason("hidden"), Reason("little_text"))
    assert say_all(both) == "隱藏檔案，未讀取；可提取的文字很少，可能只有浮水印。"
    assert say_all(both, "en") == "A hidden file, not read. There is hardly any text, perhaps only a watermark."
    assert say_all(()) == ""


def test_a_reason_of_a_later_yinju_is_its_name() -> None:
    assert say(Reason("not.known.yet", {"x": 1})) == "not.known.yet"


def test_an_error_keeps_its_reason_and_says_it_in_any_language() -> None:
    error = ReadingError("empty.pdf")
    assert (error.code, error.reason, str(error)) == ("empty", Reason("empty.pdf"), say(Reason("empty.pdf")))
    missing = IndexMissingError("index.missing", index=Path("none"))
    assert missing.said("zh-Hans") == "none 里没有索引；请先建立：yinju index 文件夹 --index none"
    assert str(missing) == missing.said("en") == "There is no index in none; make one: yinju index CORPUS --index none"


def test_a_reason_within_a_reason_is_said_in_the_same_language() -> None:
    remedy = Reason("index.rebuild", {"index": "i"})
    reasons = [Reason("corpus.file", {"name": name, "told": [Reason("hidden")]}) for name in "ab"]
    assert say(Reason("index.unreadable", {"path": "p", "remedy": remedy}), "en").startswith("p cannot be read; make")
    told = Reason("corpus.nothing", {"corpus": "c", "count": 2, "seen": reasons})
    assert "（a：隐藏文件，未读取。、b：隐藏文件，未读取。）" in say(told, "zh-Hans")


def test_the_system_s_words_are_said_too() -> None:
    why = cause_of(PermissionError(13, "Permission denied"))
    assert [say(Reason("call.system", {"path": "p", "why": why}), one).split("；")[0] for one in LANGUAGES[:2]] == [
        "p：沒有權限",
        "p：没有权限",
    ]
    remedy = Reason("remedy.again")
    assert "(Permission denied)" in say(Reason("setting.unreadable", {"file": "f", "why": why, "remedy": remedy}), "en")
    assert cause_of(ValueError("a\n b")) == "a b" and cause_of(ValueError()) == "ValueError"
