"""Text of documents, questions and answers → HTML in which nothing but its characters is left.

The chat renders Markdown with HTML in it, so both must be disarmed: every ASCII punctuation mark becomes a character
reference, which neither Markdown nor HTML takes for syntax, and which a browser shows as the mark itself.
"""

import string

from yinju.text import script_of

_REFERENCES = {ord(mark): f"&#{ord(mark)};" for mark in string.punctuation}
_CONTROLS = dict.fromkeys([*range(9), *range(11, 32), *range(0x7F, 0xA0)])
_DIRECTION = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_LITERAL = {**_REFERENCES, **_CONTROLS, **_DIRECTION, **_SURROGATES}
_BREAKS = {**_LITERAL, ord("\n"): "<br>"}


def literal(text: str) -> str:
    """The text as HTML that shows its characters and does nothing, for content and for quoted attributes.

    Line breaks stay as they are; control characters and those that turn the direction of writing are dropped, and half
    of a character beyond U+FFFF, which cannot be sent, is a �.
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_LITERAL)


def one_line(text: str, most_characters: int) -> str:
    """The text's beginning as HTML, white space joined, with … where it was cut."""
    joined = " ".join(text.split())
    return literal(joined if len(joined) <= most_characters else joined[:most_characters].rstrip() + "…")


def with_breaks(text: str) -> str:
    """The text as HTML in a single line, each of its line breaks a <br>."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_BREAKS)


def language_of(text: str) -> str:
    """The lang attribute for a text, so that the browser draws the characters in their regional shape."""
    return "zh-Hans" if script_of(text[:2_000]) == "hans" else "zh-Hant"
