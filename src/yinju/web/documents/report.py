"""A file → the HTML of its report: its guide, all that is known of how it was read, and its passages."""

from urllib.parse import urlencode

from yinju.library import Library
from yinju.messages import Language
from yinju.suggestions.guide import guide_questions
from yinju.web.documents.shown import size_text, state_name, textless_pages
from yinju.web.documents.table import facts_of, page_of, view_href
from yinju.web.rendering import render

PASSAGES = 20
"""How many passages a page of the preview holds."""
ENCODINGS = ("utf-8", "gb18030", "big5hkscs", "cp950", "utf-16-le", "utf-16-be", "shift_jis", "euc_kr")
"""Those that can be chosen for a text file."""
HEADINGS, UNFOLDED = 200, 40
"""How many headings of an outline are shown, and up to how many at once."""


def report_html(library: Library, name: str, page: int, editable: bool, language: Language) -> str:
    """The report of a file, or a notice where there is none of that name."""
    outcome = library.outcome(name)
    if outcome is None:
        return render("documents/unknown.html", language, back=view_href())
    passages = library.passages_of(name)
    shown = page_of(len(passages), PASSAGES, page, lambda number: view_href(document=name, page=number))
    stated = library.facts.encodings.get(name, "")
    return render(
        "documents/report.html", language, back=view_href(), outcome=outcome, state=state_name(outcome.state),
        cells=facts_of(outcome), size=_size(outcome.size), textless=textless_pages(outcome), editable=editable,
        encodings=dict.fromkeys(("", *ENCODINGS, stated)), stated=stated, headings=HEADINGS,
        original=urlencode({"document": name}, errors="replace") if library.original(name) else "",
        guide=library.guide(name, language), questions=guide_questions(library, name), unfolded=UNFOLDED,
        passages=passages[shown.first : shown.end], page=shown, tags=library.facts.tags.get(name, ()),
    )  # fmt: skip


def _size(size: int) -> str:
    """A size to read and, where that is another, to the byte."""
    return size_text(size) + (f" ({size:,} B)" if size >= 1_000 else "")
