"""What is known of a conversation when a follow-up is asked, and what a rule makes of the follow-up."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from yinju.answering.followup.phrases import Phrase, members_of, stem_of, topic_of
from yinju.answering.followup.topics import join
from yinju.text import fold

LONGEST = 80
"""A question of more characters says by itself what it is about."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is known when a question is asked: the question before, as it was understood, and what came of it."""

    question: str
    phrase: Phrase
    answer: str
    earlier: str
    """The topic before the topic of that question; empty for none."""
    root: str
    """What the talk is about at large, where that question named only something of it: 麥田里烘焙 and its 沉睡客."""
    points: tuple[str, ...]
    """What an ordinal picks from."""
    owner: str
    """What those are points of."""
    picked: int | None
    """Which of them was asked for last."""

    @property
    def topic(self) -> str:
        """What the question before was about."""
        return topic_of(self.phrase)

    @property
    def subject(self) -> str:
        """The topic with what it belongs to."""
        topic = self.topic
        if not topic or not self.root or self.root in self.question or fold(topic) in fold(self.root):
            return topic or self.root
        return f"{self.root}的{topic}"

    def owned(self, text: str) -> str:
        """A text from the question before, behind what it belongs to where it does not say so itself."""
        return text if not self.root or self.root in text else join(self.root, " ", text)

    @property
    def members(self) -> list[str]:
        """What the question before named side by side."""
        return [self.phrase.text[start:end] for start, end in members_of(self.phrase)]


@dataclass(frozen=True, slots=True)
class Meaning:
    """A question as it is searched, and the point of a list it asks for."""

    question: str
    picked: int | None = None


Rule = Callable[[Phrase, Said], Meaning | None]


_OPENING = re.compile("^(?:那么|那|其中|然后|而|所以|请问|想问)+[,\\s]*")
_CLOSING = re.compile(r"(?:(?:的话)?[呢咧哩]|的话)[\s?!。.~]*$|[\s!。.~]*$")


def strip_particles(phrase: Phrase, start: int = 0, end: int | None = None) -> str:
    """What stands between two places of a question, without an opening 那 or a closing 呢."""
    folded = phrase.folded[start:end]
    opening = _OPENING.match(folded) if not start else None
    left = opening.end() if opening else 0
    closing = _CLOSING.search(folded, left) if end is None else None
    return phrase.text[start:end][left : closing.start() if closing else None]


def set_behind(said: Said, question: str) -> str:
    """The question before and this one, where no better is known."""
    stem = stem_of(said.phrase, with_aspect=True)
    return f"{said.question if len(said.question) <= LONGEST else stem} {question}".strip()


def last_two(said: Said) -> str:
    """The two things that were spoken of last; the one where there was only one."""
    if len(said.members) > 1 or not said.earlier:
        return said.topic
    return join(said.earlier, "和", said.topic)
