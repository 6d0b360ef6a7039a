"""A template of templates/ and plain data → HTML in which texts of documents and readers are nothing but characters.

The chat renders Markdown with HTML in it, so both must be disarmed, wherever a text is shown: every ASCII punctuation
mark becomes a character reference, which neither Markdown nor HTML takes for syntax, and which a browser shows as the
mark itself. `Environment.finalize` does that to all that a template writes, before Jinja's own escaping. What the
operator `~` or the filter `join` puts together of HTML and text has only the latter: a template writes one after the
other.
"""

import re
import string
from collections.abc import Iterable, Iterator
from functools import partial
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup

from yinju.messages import Language, say
from yinju.printing import shown
from yinju.reasons import say_all
from yinju.text import script_of
from yinju.web.links import place_href

_REFERENCES = {ord(mark): f"&#{ord(mark)};" for mark in string.punctuation}
_BREAK = Markup("<br>")


def render(template: str, language: Language, **values: object) -> str:
    """The HTML of a template in a language; in it `say` says a key of the catalogue in that, `say_all` reasons."""
    said = {"say": partial(_said, language), "say_all": partial(say_all, language=language)}
    return TEMPLATES.get_template(template).render(values, language=Markup(language), **said)


def _said(language: Language, key: str, **values: object) -> str:
    return say(key, language, **values)


def literal(text: str) -> Markup:
    """The text as HTML that shows its characters and does nothing, for content and for quoted attributes."""
    return Markup(shown(text).translate(_REFERENCES))


def with_breaks(text: str) -> Markup:
    """The text as HTML in a single line, each of its line breaks a <br>."""
    return literal(text).replace("\n", _BREAK)


def one_line(text: str, most_characters: int) -> str:
    """The text's beginning, white space joined, with … where it was cut."""
    joined = " ".join(text.split())
    return joined if len(joined) <= most_characters else joined[:most_characters].rstrip() + "…"


def regional(text: str) -> Markup:
    """The lang attribute for a text, so that the browser draws the characters in their regional shape."""
    return Markup("zh-Hans" if script_of(text[:2_000]) == "hans" else "zh-Hant")


def runs(numbers: Iterable[int]) -> list[list[int]]:
    """Numbers in groups of such as follow each other: 1, 2, 3, 5 → [1, 2, 3], [5]."""
    found = list[list[int]]()
    for number in numbers:
        if found and number == found[-1][-1] + 1:
            found[-1].append(number)
        else:
            found.append([number])
    return found


def _written(value: object) -> object:
    """What stands in the HTML for a value that a template writes."""
    if hasattr(value, "__html__"):
        return value
    return Markup(value) if isinstance(value, int | float) else literal(str(value))


class _OneLine(Extension):
    """Makes a template one line, however it is laid out: the chat takes a line break for Markdown.

    A line break with the white space around it is nothing, or a space where an attribute goes on below.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """The same tokens, the text between tags joined."""
        for token in stream:
            if token.type == "data":
                joined = re.sub(r"\s*\n\s*(?=[a-z])", " ", token.value)
                token = Token(token.lineno, "data", re.sub(r"\s*\n\s*", "", joined))
            yield token


TEMPLATES = Environment(
    loader=PackageLoader("yinju.web"), autoescape=True, undefined=StrictUndefined, finalize=_written,
    extensions=[_OneLine], auto_reload=False,
)  # fmt: skip
TEMPLATES.filters |= {
    "one_line": one_line, "breaks": with_breaks, "regional": regional, "quoted": lambda text: Markup(quote(text)),
    "grouped": lambda number: Markup(f"{number:,}"), "fixed": lambda number, digits: Markup(f"{number:.{digits}f}"),
    "percent": lambda share, digits=1: Markup(f"{share:.{digits}%}"), "runs": runs,
    "model_name": lambda path: one_line(path.rstrip("/").rsplit("/", 1)[-1], 40),
}  # fmt: skip
TEMPLATES.globals["place_href"] = place_href
