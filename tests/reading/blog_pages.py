"""Pages as the programs for blogs write them: a short post, and around it more than the post has.

Marked as saved pages are: what stands between `<!--b-->` and `<!--/b-->` is boilerplate. `{40 …}` stands for so many of
what follows, each with another number in the place of `#`; `{p}`, `{t}` and `{s}` for words as in saved pages.
"""

import random
import re
from collections.abc import Iterator
from pathlib import Path

from tests.reading.web_pages import WebPage, marked_page

from made_files import sentences

_MANY = re.compile(r"\{(\d+) (.*?)\}", re.DOTALL)
FOLDER = Path(__file__).parent / "blog_pages"


def blog_pages() -> Iterator[tuple[str, WebPage]]:
    """Every page with its name."""
    pool = sentences()
    for path in sorted(FOLDER.glob("*.html")):
        random.Random(path.stem).shuffle(pool)
        yield path.stem, marked_page(_MANY.sub(_many, path.read_text("utf-8")), pool)


def _many(found: re.Match[str]) -> str:
    return "\n".join(found[2].replace("#", str(number)) for number in range(10, 10 + int(found[1])))
