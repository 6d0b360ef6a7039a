"""The catalogue: every key is said in three languages with the same {names}, is in one room, and is used."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from jinja2 import nodes

from yinju.messages import LANGUAGES, say
from yinju.messages.catalogue import ROOMS, SENTENCES
from yinju.text import convert, script_of
from yinju.web.rendering import TEMPLATES

SOURCE = Path(__file__).parents[1] / "src" / "yinju"


def names(sentence: str) -> set[str]:
    """What is filled in."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("key", SENTENCES)
def test_a_key_says_the_same_in_three_languages(key: str) -> None:
    said = SENTENCES[key]
    assert len(said) == len(LANGUAGES)
    assert all(sentence.strip() for sentence in said)
    assert names(said[0]) == names(said[1]) == names(said[2])


@pytest.mark.parametrize("key", SENTENCES)
def test_each_language_is_in_its_own_script(key: str) -> None:
    traditional, simplified, english = SENTENCES[key]
    assert convert(simplified, "hans") == simplified
    assert script_of(traditional) in ("hant", None)
    assert not any("一" <= character <= "鿿" for character in english)


def test_no_key_is_in_two_rooms() -> None:
    counted = Counter(key for room in ROOMS for key in room.SENTENCES)
    assert [key for key, count in counted.items() if count > 1] == []


def keys_in(tree: ast.AST) -> Iterator[str]:
    """The texts of a module as patterns of keys: what an f-string fills in may be any word."""
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield re.escape(node.value)
        if isinstance(node, ast.JoinedStr):
            parts = (re.escape(str(p.value)) if isinstance(p, ast.Constant) else r"\w+" for p in node.values)
            yield "".join(parts)


def keys_in_template(tree: nodes.Template) -> Iterator[str]:
    """The keys that a template says as patterns: what it puts together with other things may be any word."""
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "say" and not isinstance(call.args[0], nodes.Name):
            parts = call.args[0].nodes if isinstance(call.args[0], nodes.Concat) else call.args[:1]
            yield "".join(re.escape(part.value) if isinstance(part, nodes.Const) else r"\w+" for part in parts)


@pytest.mark.parametrize("name", TEMPLATES.list_templates())
def test_what_a_template_says_is_in_the_catalogue(name: str) -> None:
    said = {*keys_in_template(TEMPLATES.parse((SOURCE / "web" / "templates" / name).read_text("utf-8")))}
    assert {pattern for pattern in said if not any(re.fullmatch(pattern, key) for key in SENTENCES)} == set()


def test_every_key_is_used() -> None:
    modules = (path for path in SOURCE.rglob("*.py") if path.parent.name != "messages")
    patterns = {pattern for path in modules for pattern in keys_in(ast.parse(path.read_text("utf-8")))}
    for path in (SOURCE / "web" / "templates").rglob("*.html"):
        patterns |= {*keys_in_template(TEMPLATES.parse(path.read_text("utf-8")))}
    telling = (
        p for p in patterns if re.fullmatch(r"(\w|\\w\+|\\\.)+", p) and re.search("[a-z]", p.replace(r"\w+", ""))
    )
    used = re.compile("|".join(telling))
    assert {key for key in SENTENCES if not used.fullmatch(key)} - {"near.missing", "nothing.missing"} == set()


def test_values_are_filled_in() -> None:
    assert say("page", "en", number=7) == "page 7"
    with pytest.raises(KeyError):
        say("page", "en")
    with pytest.raises(KeyError):
        say("no such key", "en")
