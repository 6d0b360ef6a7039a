"""A page's lines + what its elements say of themselves → which lines are around the text rather than of it.

Names alone are not believed: a stretch goes only if what it holds fits, too. A menu kept is better than text lost.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from yinju.reading.html.line import Line
from yinju.reading.html.names import Kind
from yinju.reading.html.posts import find_posts, find_titles, holds_any, is_around, is_row, outside_posts
from yinju.reading.html.stretches import MAINS, Counts, Page, Stretch, running

_MOST_RUNNING = {Kind.FOOTER: 400, Kind.CONTROLS: 150, Kind.SIDE: 150}
"""Characters of running text in what is boilerplate by its name."""
_FEWEST_LINKED = 0.2
"""Share of the characters of what is boilerplate because it leads elsewhere."""
_MOSTLY = 0.8
_MOST_OF_PAGE = 1 / 3
"""Share of a page's characters that are no links; a stretch with more is the page itself."""
_MAIN_SHARE = 0.5
_LONGEST_ENTRY = 80
_SEPARATORS = re.compile(r"[\s|｜·›>»/]")
_CUE = re.compile(
    "(?:相[關关](?:閱讀|阅读|文章|新[聞闻]|推[薦荐]|問題|问题|[連链][結接])|推[薦荐](?:閱讀|阅读|文章)"
    "|[熱热][門门](?:文章|推[薦荐]|排行|新[聞闻])|猜你喜[歡欢]|延伸[閱阅][讀读]|[為为]您推[薦荐]|大家都在看|[隨随]便看看"
    "|分享[到至此].{0,4}|近期文章|最新文章|更多文章)[：:]?"
)
_LEADING = re.compile(
    "[當当]前位置[：:]|您?[現现]?在?的?位置[：:]|跳[到至](?:主要)?[內内]容|Skip to |[上下]一篇[：:]|返回[頂顶]部"
    "|【打印】|【[關关][閉闭]】"
)
_COLOPHON = re.compile(
    r"ICP[备備证證][\d:： ]|公网安备|^Powered by |(?:©|Copyright|版[權权]所有).{0,40}\d{4}"
    "|版[權权]所有.{0,5}(?:©|Copyright)",
    re.IGNORECASE,
)
_LONGEST_COLOPHON = 150
_LAST_LINES = 8
_FEWEST_BESIDE = 40
"""Characters of running text beside a sidebar that is larger than a third of the page."""
_FEWEST_FOLDED = 40
_FOLDED_SHARE = 0.6
"""Characters, and their share, of running text in what is folded and yet a part of the page's text."""


def find_boilerplate(lines: Sequence[Line], stretches: Sequence[Stretch], whole: bool) -> list[bool]:
    """For each line of a page whether it is to be left out: what is hidden, and what is around the page's text."""
    page = Page(lines)
    ordered = sorted(stretches, key=lambda stretch: (stretch.first, -stretch.last))
    # Some pages hide all their text until a script shows it.
    most_hidden = page.all.shown / 2
    page.leave_out_stretches(
        ordered, lambda stretch, counts: _stays_hidden(stretch, counts) and counts.shown <= most_hidden
    )
    hidden = [*page.out]
    page.count()
    posts = [] if whole else find_posts(page, ordered)
    titles = [place for place in find_titles(page, posts) if not hidden[place]]
    commented = _commented(page, ordered)
    page.leave_out_stretches(
        ordered,
        lambda stretch, counts: (
            not holds_any(stretch, posts)
            and (is_around(stretch, posts, titles) or _is_boilerplate(page, stretch, counts, commented))
        ),
    )
    if not whole:
        page.leave_out(_single_lines(lines))
    if any(page.out) and not whole:  # there is something around its text
        page.leave_out(_links_at_top(page))
        page.leave_out(_linked_below_cues(lines))
        page.count()
        page.leave_out(_outside_main(page, ordered))
    if posts:
        page.count()
        replies = {place for one in ordered if one.kind is Kind.COMMENTS for place in one.places}
        page.leave_out(place for place in outside_posts(page, posts, titles) if place not in replies)
    if all(page.out):
        return hidden
    for place in titles:
        page.out[place] = False
    if not titles:
        _keep_title(page, hidden)
    return page.out


def _stays_hidden(stretch: Stretch, counts: Counts) -> bool:
    """Whether what is not shown is none of the page's text: what is folded is, where it reads like more of it."""
    if stretch.kind is not Kind.FOLDED:
        return stretch.kind is Kind.HIDDEN
    reads_on = counts.running >= max(_FEWEST_FOLDED, _FOLDED_SHARE * counts.own) and counts.linked < counts.own / 4
    return not (reads_on and (stretch.in_main or stretch.by_name))


def _commented(page: Page, ordered: Sequence[Stretch]) -> int:
    """The own characters of the longest article before a page's comments; without one they are a page's text."""
    first = next((stretch.first for stretch in ordered if stretch.kind is Kind.COMMENTS), 0)
    articles = (one for one in ordered if one.kind in (Kind.ARTICLE, Kind.POST) and one.last <= first)
    return max((page.counts(stretch).own for stretch in articles), default=0)


def _is_boilerplate(page: Page, stretch: Stretch, counts: Counts, commented: int) -> bool:
    """Whether a stretch is what it says, judged by what it holds."""
    kind = stretch.kind
    if kind in (Kind.HIDDEN, Kind.FOLDED, *MAINS) or not counts.shown:
        return False
    if counts.own > _MOST_OF_PAGE * page.all.own:
        return kind is Kind.SIDE and not stretch.in_main and _is_beside_text(page, stretch, counts)
    if kind is Kind.COMMENTS:
        return counts.own < commented
    if kind in (Kind.NAVIGATION, Kind.BANNER, Kind.FOOTER) and not stretch.by_name:
        return True
    mostly_links = counts.linked >= _FEWEST_LINKED * counts.shown
    if kind in (Kind.NAVIGATION, Kind.LINKS):
        return mostly_links and not counts.running
    may_be_text = stretch.in_main and (kind is Kind.SIDE or counts.headings > 0)
    return counts.running <= _MOST_RUNNING[kind] and (mostly_links or not may_be_text)


def _is_beside_text(page: Page, stretch: Stretch, counts: Counts) -> bool:
    """Whether a sidebar that is most of a page has no sentences and no rows, and what is beside it has sentences."""
    if counts.running > _MOST_RUNNING[Kind.SIDE] or page.all.running - counts.running < _FEWEST_BESIDE:
        return False
    return not any(is_row(page.lines[place]) for place in stretch.places)


def _is_link(line: Line) -> bool:
    words = len(_SEPARATORS.sub("", line.text))
    return line.level is None and line.linked >= _MOSTLY * words and len(line.text) <= _LONGEST_ENTRY


def _links_at_top(page: Page) -> Iterator[int]:
    """The links before a page's first words of its own."""
    yield from takewhile(lambda place: page.out[place] or _is_link(page.lines[place]), range(len(page.lines)))


def _linked_below_cues(lines: Sequence[Line]) -> Iterator[int]:
    """Lines such as 相關閱讀, with the links that follow them."""
    place = 0
    while place < len(lines):
        below = place + 1
        if _CUE.fullmatch(lines[place].text):
            while below < len(lines) and _is_link(lines[below]):
                below += 1
            if below > place + 1:
                yield from range(place, below)
        place = below


def _single_lines(lines: Sequence[Line]) -> Iterator[int]:
    """Lines that by their words lead elsewhere, and those at the end that tell whose the page is."""
    for place, line in enumerate(lines):
        if line.linked >= _FEWEST_LINKED * len(line.text) and _LEADING.match(line.text) and not running(line):
            yield place
    for place in range(len(lines) - 1, max(-1, len(lines) - 1 - _LAST_LINES), -1):
        text, runs = lines[place].text, running(lines[place])
        if len(text) <= _LONGEST_COLOPHON and (_COLOPHON.match(text) if runs else _COLOPHON.search(text)):
            yield place
        elif runs:
            return


def _outside_main(page: Page, ordered: Sequence[Stretch]) -> Iterator[int]:
    """What is around the elements that hold most of a page's own text, but for headings and running text."""
    for kind in (Kind.MAIN, Kind.ARTICLE):
        outside, own, last = [*range(len(page.lines))], 0, 0
        for stretch in ordered:
            if stretch.kind is kind and stretch.last > last:
                own += page.counts(stretch).own
                last = stretch.last
                outside[stretch.first : last] = [-1] * (last - stretch.first)
        if not last or own < _MAIN_SHARE * page.all.own:
            continue
        for place in outside:
            line = page.lines[place]
            keeps = line.level == 1 or running(line) or (kind is Kind.ARTICLE and not _is_link(line))
            if place >= 0 and not keeps:
                yield place


def _keep_title(page: Page, hidden: Sequence[bool]) -> None:
    """Take back the outermost headings where all of them were left out: a title may stand in a page's banner."""
    titles = [place for place, line in enumerate(page.lines) if line.level == 1 and not hidden[place]]
    if all(page.out[place] for place in titles):
        for place in titles:
            page.out[place] = False
