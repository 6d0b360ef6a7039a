"""Documents → how they are called when people read their names."""

import re
from collections import Counter
from collections.abc import Mapping

from yinju.types import DocumentFacts, Scope

_REPLIES = re.compile(r"^\s*(?:(?:re|fwd?|回复|回覆|答复|转发|轉寄|转寄)\s*[:：]\s*)+", re.IGNORECASE)


def shown_title(title: str) -> str:
    """A title as it is said: without what a mail program put in front of it."""
    return " ".join(_REPLIES.sub("", title).split()) or title


def titles_of(facts: Mapping[str, tuple[str, DocumentFacts]], scope: Scope | None = None) -> dict[str, str]:
    """Document → its title as it is said, by name; those of one title have their file's name beside it."""
    titles = {
        name: shown_title(title) for name, (title, _) in sorted(facts.items()) if not scope or name in scope.documents
    }
    often = Counter(titles.values())
    return {name: f"{title}（{name}）" if often[title] > 1 else title for name, title in titles.items()}
