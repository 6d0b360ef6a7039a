"""Templates: what they write is only characters, their layout is nothing, and no HTML stands elsewhere."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import UndefinedError, nodes

from yinju.web.rendering import TEMPLATES, render

WEB = Path(__file__).parents[2] / "src" / "yinju" / "web"


def rendered(source: str, **values: object) -> str:
    return TEMPLATES.from_string(source).render(values)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>\n  {{ x }}\n</p>\n", "<p>&#42;\n&#60;b&#62;</p>"),
        ('<a\n  {% if x %} class="c"{% endif %}\n  href="{{ x }}">', '<a class="c" href="&#42;\n&#60;b&#62;">'),
        ("<b>a</b>\n\n  <b>b</b> <b>c</b>", "<b>a</b><b>b</b> <b>c</b>"),
        ("{% macro m(y) %}\n<i>{{ y }}</i>\n{% endmacro %}\n{{ m(x) }}", "<i>&#42;\n&#60;b&#62;</i>"),
        ("{{ x|breaks }}", "&#42;<br>&#60;b&#62;"),
        ("{{ x|one_line(3) }}{{ x|regional }}", "&#42; &#60;…zh-Hant"),
        ("{{ [x, x]|join(x[0]) }}", "&#42;\n&#60;b&#62;&#42;&#42;\n&#60;b&#62;"),
        ("{{ x ~ 1 }}{{ -1.5 }}{{ 1 - 3 }}", "&#42;\n&#60;b&#62;1-1.5-2"),
        ("{{ 12345|grouped }} {{ 0.256|percent }} {{ 0.256|percent(0) }} {{ -2|fixed(2) }}", "12,345 25.6% 26% -2.00"),
        ("{{ '甲 <b>/%'|quoted }}", "%E7%94%B2%20%3Cb%3E/%25"),
    ],
)
def test_what_is_written_is_characters_and_what_is_laid_out_is_one_line(source: str, expected: str) -> None:
    assert rendered(source, x="*\n<b>") == expected


def test_what_a_template_is_not_told_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        rendered("{{ x }}")
    facts = SimpleNamespace(title="", name="", page=None, headings=())
    with pytest.raises(KeyError, match="no key"):
        render("source/quoted.html", "en", quote="", notice="no key", facts=facts)


@pytest.mark.parametrize("name", TEMPLATES.list_templates())
def test_no_template_passes_anything_by_the_escaping(name: str) -> None:
    tree = TEMPLATES.parse((WEB / "templates" / name).read_text("utf-8"))
    assert not {"safe", "forceescape", "tojson", "xmlattr"} & {found.name for found in tree.find_all(nodes.Filter)}
    assert not list(tree.find_all((nodes.ScopedEvalContextModifier, nodes.MarkSafe)))


def texts(path: Path) -> Iterator[str]:
    """The strings of a module, its docstrings left out."""
    tree = ast.parse(path.read_text("utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def test_html_stands_in_templates_alone() -> None:
    """But for what a line break in a text becomes."""
    found = {text for path in WEB.rglob("*.py") for text in texts(path) if re.search(r"(?<!\?P)</?[a-z]", text)}
    assert found == {"<br>"}
