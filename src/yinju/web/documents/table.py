"""The files as the last build left them → the HTML of their table: filtered, sorted, a page at a time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlencode

from yinju.reasons import Reason, say
from yinju.types import FileOutcome, FileState
from yinju.web.documents.shown import format_name, message_html, size_text, state_html, state_name
from yinju.web.escaping import language_of, literal, one_line
from yinju.web.texts import Texts
from yinju.web.times import time_html

ROWS = 100
"""How many files a page of the table holds."""

COLUMNS: dict[str, Callable[[FileOutcome], Any]] = {
    "name": lambda o: o.name.casefold(),
    "state": lambda o: list(FileState).index(o.state),
    "format": lambda o: o.format,
    "size": lambda o: o.size,
    "pages": lambda o: o.pages or 0,
    "passages": lambda o: o.passages,
    "encoding": lambda o: o.encoding or "",
    "added": lambda o: o.added,
}
"""Column → what it is sorted by."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Which files are wanted, and in which order, as an address says it."""

    q: str = ""
    sort: str = "name"
    down: bool = False
    page: int = 1

    @property
    def href(self) -> str:
        """The address of the view that shows them."""
        facts: dict[str, str | int] = {"q": self.q, "sort": self.sort, "down": int(self.down), "page": self.page}
        usual = {"q": "", "sort": "name", "down": 0, "page": 1}
        return view_href(**{name: fact for name, fact in facts.items() if fact != usual[name]})

    def of(self, outcomes: Sequence[FileOutcome]) -> list[FileOutcome]:
        """The files that are wanted, in their order; equals by name."""
        wanted = self.q.casefold().split()
        found = [o for o in outcomes if all(word in f"{o.title}\n{o.name}".casefold() for word in wanted)]
        by_name = sorted(found, key=COLUMNS["name"])
        return sorted(by_name, key=COLUMNS.get(self.sort, COLUMNS["name"]), reverse=self.down)

    def sorted_by(self, column: str) -> "Listing":
        """The same files by a column, the other way round where they are already."""
        return replace(self, sort=column, down=column == self.sort and not self.down, page=1)


def view_href(**facts: str | int) -> str:
    """The address of this view."""
    return f"/?{urlencode({'view': 'documents', **facts}, errors='replace')}"


def files_html(
    outcomes: Sequence[FileOutcome], listing: Listing, under_way: Mapping[str, str], editable: bool, texts: Texts
) -> str:
    """The table; `under_way` are the stages of files that are being changed, by name."""
    words = texts.documents
    if not outcomes:
        return f'<p class="hint empty">{literal(words.none if editable else words.none_to_read)}</p>'
    found = listing.of(outcomes)
    if not found:
        return f'<p class="hint empty">{literal(words.nothing)}</p>'
    last_page = -(-len(found) // ROWS)
    shown = replace(listing, page=min(max(listing.page, 1), last_page))
    first = (shown.page - 1) * ROWS
    rows = found[first : first + ROWS]
    body = "".join(_row_html(outcome, under_way.get(outcome.name), editable, texts) for outcome in rows)
    table = f"<table><thead><tr>{_heads_html(shown, editable, texts)}</tr></thead><tbody>{body}</tbody></table>"
    return table + pages_html(
        [replace(shown, page=page).href for page in (shown.page - 1, shown.page + 1)],
        (first, first + len(rows), len(found)), texts,
    )  # fmt: skip


def pages_html(hrefs: Sequence[str], place: tuple[int, int, int], texts: Texts, kind: str = "list") -> str:
    """Links to the page before and after, where there are any, and the place (first, end, total) among all."""
    first, end, total = place
    if end - first >= total:
        return ""
    words = texts.documents
    before = f'<a class="button {kind}" rel="prev" href="{literal(hrefs[0])}">{literal(words.previous)}</a>'
    after = f'<a class="button {kind}" rel="next" href="{literal(hrefs[1])}">{literal(words.next)}</a>'
    between = literal(words.between.format(first=first + 1, last=end, total=total))
    return f'<p class="pages">{before if first else ""}<span>{between}</span>{after if end < total else ""}</p>'


def totals_html(outcomes: Sequence[FileOutcome], texts: Texts, meaning_read: float = 1.0) -> str:
    """How much there is, of what share the meaning was read so far, and how many files are left out."""
    words, kept = texts.documents, [o for o in outcomes if o.state in (FileState.INDEXED, FileState.WARNED)]
    size, passages = size_text(sum(o.size for o in kept)), sum(o.passages for o in kept)
    said = literal(words.totals.format(documents=f"{len(kept):,}", passages=f"{passages:,}", size=size))
    if 0 < meaning_read < 1:
        told = say(Reason("meaning_read", {"share": int(100 * meaning_read)}), texts.language)
        said += f" · {literal(told.rstrip('。.'))}"
    if len(outcomes) > len(kept):
        href = Listing(sort="state", down=True).href
        left_out = words.left_out.format(number=f"{len(outcomes) - len(kept):,}")
        said += f' · <a class="list" href="{literal(href)}">{literal(left_out)}</a>'
    return said


def _heads_html(listing: Listing, editable: bool, texts: Texts) -> str:
    heads = [_head_html(column, listing, texts) for column in COLUMNS]
    acts = f'<th scope="col" class="acts"><span class="unseen">{literal(texts.documents.acts)}</span></th>'
    return "".join(heads) + (acts if editable else "")


def _head_html(column: str, listing: Listing, texts: Texts) -> str:
    chosen = column == listing.sort
    order = f' aria-sort="{"descending" if listing.down else "ascending"}"' if chosen else ""
    arrow = f'<span aria-hidden="true">{"▼" if listing.down else "▲"}</span>' if chosen else ""
    href = literal(listing.sorted_by(column).href)
    name = literal(str(getattr(texts.documents, column)))
    return f'<th scope="col" class="{column}"{order}><a class="list" href="{href}">{name} {arrow}</a></th>'


def _row_html(outcome: FileOutcome, stage: str | None, editable: bool, texts: Texts) -> str:
    facts = {
        "state": state_html(stage or state_name(outcome.state), texts),
        "format": literal(format_name(outcome.format)),
        "size": literal(size_text(outcome.size)) if outcome.size else "—",
        "pages": f"{outcome.pages:,}" if outcome.pages else "—",
        "passages": f"{outcome.passages:,}" if outcome.passages else "—",
        "encoding": literal(outcome.encoding or "—"),
        "added": time_html(outcome.added),
    }
    cells = "".join(_cell_html(column, fact, texts) for column, fact in facts.items())
    acts = f'<td class="acts">{acts_html(outcome.name, texts)}</td>' if editable else ""
    return f'<tr data-name="{quote(outcome.name)}">{_name_html(outcome, texts)}{cells}{acts}</tr>'


def _cell_html(column: str, fact: str, texts: Texts) -> str:
    """A cell; one that has nothing to tell is left out where there is little room."""
    lacking = " lacking" if fact == "—" else ""
    label = literal(str(getattr(texts.documents, column)))
    return f'<td class="{column}{lacking}" data-label="{label}">{fact}</td>'


def _name_html(outcome: FileOutcome, texts: Texts) -> str:
    title = outcome.title or outcome.name
    link = f'<a class="go" href="{literal(view_href(document=outcome.name))}" lang="{language_of(title)}">'
    file = f'<span class="file">{one_line(outcome.name, 120)}</span>' if title != outcome.name else ""
    message = message_html(outcome.reasons, texts)
    return f'<th scope="row" class="name">{link}{one_line(title, 120)}</a>{file}{message}</th>'


def acts_html(name: str, texts: Texts) -> str:
    """What can be done to a file."""
    words, of = texts.documents, one_line(name, 120)
    return "".join(
        f'<button type="button" class="{act}" aria-label="{literal(label)} {of}">{literal(label)}</button>'
        for act, label in (("reread", words.reread), ("remove", words.delete))
    )
