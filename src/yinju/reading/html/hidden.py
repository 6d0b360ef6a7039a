"""An element's attributes → whether a page shows it."""

import re
from collections.abc import Mapping
from functools import lru_cache

from yinju.reading.html.names import Kind

_NOT_DISPLAYED = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_INVISIBLE_STYLE = re.compile(
    r"visibility\s*:\s*hidden|opacity\s*:\s*0(?![.\d]*[1-9])"
    r"|font-size\s*:\s*[01](?:px|pt)?\s*(?:;|$)|(?:left|top|text-indent)\s*:\s*-\d{4,}(?:px|em|pt)?"
    r"|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?\s*\)",
    re.IGNORECASE,
)
_COLOUR = re.compile(r"(?:^|;)\s*(background(?:-color)?|color)\s*:\s*([^;!]+)", re.IGNORECASE)
_WHITE = frozenset(("#fff", "#ffffff", "white", "rgb(255,255,255)"))
_SPOKEN = frozenset(("sr-only", "visually-hidden", "screen-reader-text", "visuallyhidden"))
"""Classes of what is read aloud but not shown."""
_FOLDED = frozenset("tab tabs tabpanel pane panel accordion collapse collapsible faq answer spoiler".split())
"""Words in the classes of what a click unfolds."""
_UNFOLDED = frozenset(
    "page pages part parts chapter section content text article body more rest full fulltext readmore expand expanded"
    " unfold tab tabs pane panel step answer detail details".split()
)
"""Words in the names of what is shown once a click asks for it."""
_POPUPS = frozenset(
    "popup pop modal dialog tooltip tip tips template tpl menu overlay mask layer alert login signin cookie consent nav"
    " dropdown toast loading error search share qrcode ad ads".split()
)
_WORD = re.compile("[a-z]+")
_NAME_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_LONGEST_NAMES = 300


def is_hidden(tag: str, attributes: Mapping[str, str]) -> bool:
    """Whether an element says that it is not shown; a whole page and what a click unfolds are not hidden."""
    if tag in ("html", "body"):
        return False
    names, style = attributes.get("class", ""), attributes.get("style", "")
    if not _SPOKEN.isdisjoint(names.split()) or (style and _is_invisible(style)):
        return True
    if "hidden" in attributes or attributes.get("aria-hidden") == "true" or (style and _NOT_DISPLAYED.search(style)):
        words = _WORD.findall(names[:_LONGEST_NAMES].lower())
        return attributes.get("role") != "tabpanel" and _FOLDED.isdisjoint(words)
    return False


def hidden_kind(tag: str, attributes: Mapping[str, str]) -> tuple[Kind, bool] | None:
    """HIDDEN, or FOLDED for what a script may show, and whether by its name that holds text; None for what is shown."""
    if not is_hidden(tag, attributes):
        return None
    names, style = attributes.get("class", ""), attributes.get("style", "")
    is_gone = not _SPOKEN.isdisjoint(names.split()) or bool(style and _is_invisible(style))
    words = {word.lower() for word in _NAME_WORD.findall(f"{names} {attributes.get('id', '')}"[:_LONGEST_NAMES])}
    if is_gone or not words.isdisjoint(_POPUPS):
        return Kind.HIDDEN, False
    return Kind.FOLDED, not words.isdisjoint(_UNFOLDED)


@lru_cache(maxsize=4096)
def _is_invisible(style: str) -> bool:
    """Whether a style hides what it is applied to for good: transparent, too small, off the screen, white on white."""
    if _INVISIBLE_STYLE.search(style):
        return True
    colours = {name.lower().partition("-")[0]: value.strip().lower() for name, value in _COLOUR.findall(style)}
    shown = {"".join(colour.split()) for colour in colours.values()}
    return len(colours) == 2 and (len(shown) == 1 or shown <= _WHITE)
