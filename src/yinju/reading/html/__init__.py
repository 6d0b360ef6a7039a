"""HTML → Extract: what a reader of the page sees of its text, without scripts, hidden parts and what is around it.

The parser reports tags to a collector and builds no tree, so neither depth nor size of a page matters.
"""

import re

from lxml import etree  # type: ignore[import-untyped]

from yinju.reading.extract import Extract
from yinju.reading.html.collector import Collector

_DECLARATION = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_PAGE = re.compile(r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_TAG = re.compile(r"\s*<[a-z!]", re.IGNORECASE)


def declared_encoding(data: bytes) -> str | None:
    """The encoding a page's head states, or None."""
    found = _DECLARATION.search(data[:4096])
    return found[1].decode("ascii", "ignore") if found else None


def is_html(text: str, name: str) -> bool:
    """Whether a text is a page: by its first tag, or by its name and any tag at its start."""
    if _PAGE.match(text[:4096]):
        return True
    return name.lower().endswith((".html", ".htm", ".xhtml")) and _TAG.match(text[:4096]) is not None


def extract_html(text: str, whole: bool = False) -> Extract:
    """The visible text of a page, a line for each block, and for each table row with its cells between ｜.

    Where a table's first row holds its heads, each cell below stands beside its own. What is around a web page's text
    is left out, unless the page is `whole`, as a chapter of a book. A note stands below the line that refers to it.
    """
    parser = etree.HTMLParser(target=Collector(whole), huge_tree=True, remove_pis=True)
    # libxml2 believes an XML declaration's encoding even of decoded text.
    parser.feed(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    page: Collector = parser.close()
    return page.extract()
