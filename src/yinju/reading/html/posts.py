"""The texts of a page's articles, as the programs for blogs and news mark them, and what is around these."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice

from yinju.reading.html.line import Line
from yinju.reading.html.names import Kind
from yinju.reading.html.stretches import PUNCTUATION, Page, Stretch, running
from yinju.types import BlockKind

_FEWEST_POSTED = 30
"""Characters in sentences of an article; with fewer it is filled in by a script."""
_MOST_BESIDE = 3
"""Times the running text of a page's articles that may stand elsewhere, what is named as around them aside."""
_FEW_BESIDE = 150
"""Characters of short lines before a page's articles, or after them, that may belong to them: enclosures, a date."""
_ABOVE_POST = 12
"""Lines above the text of an article within which its title stands."""
_KEPT = (BlockKind.HEADS, BlockKind.ROW, BlockKind.FIELD, BlockKind.QUESTION, BlockKind.ANSWER)
_AROUND_POST = (Kind.SIDE, Kind.NAVIGATION, Kind.FOOTER, Kind.LINKS, Kind.CONTROLS, Kind.BANNER)


def find_posts(page: Page, ordered: Sequence[Stretch]) -> list[Stretch]:
    """The texts of a page's articles; none where they hold hardly any of what can be read on the page."""
    found: list[Stretch] = []
    for stretch in ordered:
        inside = stretch.kind is Kind.POST and (not found or stretch.first >= found[-1].last)
        if inside and _posted(page, stretch) >= _FEWEST_POSTED:
            found.append(stretch)
    if not found:
        return []
    beside = page.all.running - sum(page.counts(post).running for post in found)
    last = 0
    for stretch in ordered:
        if stretch.last > last and stretch.kind in (*_AROUND_POST, Kind.COMMENTS) and not holds_any(stretch, found):
            beside -= page.counts(stretch).running
            last = stretch.last
    return found if beside <= _MOST_BESIDE * sum(_posted(page, post) for post in found) else []


def _posted(page: Page, post: Stretch) -> int:
    """The characters of the sentences in the text of an article."""
    lines = (page.lines[place] for place in post.places if not page.out[place])
    return sum(len(line.text) - line.linked for line in lines if PUNCTUATION.search(line.text))


def holds_any(stretch: Stretch, posts: Sequence[Stretch]) -> bool:
    """Whether a stretch holds the text of an article; these are in order."""
    place = bisect_left(posts, stretch.first, key=lambda post: post.first)
    return place < len(posts) and posts[place].last <= stretch.last and stretch.kind is not Kind.POST


def is_around(stretch: Stretch, posts: Sequence[Stretch], titles: Sequence[int]) -> bool:
    """Whether a stretch is by what it says around the texts of articles, neither in one nor the head of one."""
    if bisect_left(titles, stretch.first) < bisect_left(titles, stretch.last):
        return False
    place = bisect_right(posts, stretch.first, key=lambda post: post.first)
    return stretch.kind in _AROUND_POST and bool(posts) and (place == 0 or posts[place - 1].last <= stretch.first)


def outside_posts(page: Page, posts: Sequence[Stretch], titles: Sequence[int]) -> Iterator[int]:
    """The many short lines before the first title or below the last text of a page's articles."""
    first = min(posts[0].first, *titles[:1]) if titles else posts[0].first
    few = max(_FEW_BESIDE, sum(_posted(page, post) for post in posts) // 2)
    for side in (range(first), range(posts[-1].last, len(page.lines))):
        around = [
            place for place in side if not (page.out[place] or running(page.lines[place]) or is_row(page.lines[place]))
        ]
        if sum(len(page.lines[place].text) for place in around) > few:
            yield from around


def is_row(line: Line) -> bool:
    """Whether a line is a row of a table, or a question or its answer."""
    return line.block is not None and line.block.kind in _KEPT


def find_titles(page: Page, posts: Sequence[Stretch]) -> Iterator[int]:
    """The heading next above the text of each article."""
    after = 0
    for post in posts:
        above = range(post.first - 1, max(after, post.first - _ABOVE_POST) - 1, -1)
        yield from islice((place for place in above if page.lines[place].level is not None), 1)
        after = post.last
