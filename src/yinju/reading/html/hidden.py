"""An element's attributes → whether a page shows it."""

import re
from collections.abc import Mapping
from functools import lru_cache

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
_WORD = re.compile("[a-z]+")
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


def is_folded(attributes: Mapping[str, str]) -> bool:
    """Whether what is hidden can be asked for: it takes up no place, rather than one where nothing can be seen."""
    names, style = attributes.get("class", ""), attributes.get("style", "")
    return _SPOKEN.isdisjoint(names.split()) and not (style and _is_invisible(style))


@lru_cache(maxsize=4096)
def _is_invisible(style: str) -> bool:
    """Whether a style hides what it is applied to for good: transparent, too small, off the screen, white on white."""
    if _INVISIBLE_STYLE.search(style):
        return True
    colours = {name.lower().partition("-")[0]: value.strip().lower() for name, value in _COLOUR.findall(style)}
    shown = {"".join(colour.split()) for colour in colours.values()}
    return len(colours) == 2 and (len(shown) == 1 or shown <= _WHITE)
